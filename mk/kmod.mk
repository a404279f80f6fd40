# SPDX-License-Identifier: MIT
# The kernel module.  Included by the Makefile.

# ---- the kernel module ----

# kbuild writes beside what it compiles: that is links to the source, below the kernel's name.
KDIR	   ?= /lib/modules/$(shell uname -r)/build
KDIR_NAME   = $(KDIR)/include/generated/utsrelease.h
KMOD_DIR    = $(O)/kmod/$(shell sed -n 's/.*UTS_RELEASE "\(.*\)".*/\1/p' '$(KDIR_NAME)' 2>/dev/null)
KMOD_SRCS  := kmod/Kbuild kmod/Makefile kmod/digest.sh $(foreach p,kmod/*.[ch] kmod/configure/*.c \
					common/*/*.h common/*/*.def common/*/*/*.h common/*/*/*.def,$(call sources,$(p)))

# kbuild has an O of another meaning.
MAKEOVERRIDES := $(filter-out O=%,$(MAKEOVERRIDES))

kmod: ## build the kernel module, for this kernel or for the headers of KDIR=
	@[ -e '$(KDIR_NAME)' ] || { echo 'kmod: there are no kernel headers in $(KDIR): install' \
		'linux-headers-$(shell uname -r), or name others with KDIR=' >&2; exit 1; }
	$(Q)mkdir -p $(addprefix $(KMOD_DIR)/,$(sort $(dir $(KMOD_SRCS))))
	$(Q)find $(KMOD_DIR) -xtype l -delete
	$(Q)cd $(SRC) && for f in $(KMOD_SRCS); do ln -sf $(SRC)/$$f $(KMOD_DIR)/$$f; done
	$(call say,KMOD,$(KMOD_DIR)/kmod/sctrace.ko)$(MAKE) --no-print-directory $(if $(filter 1,$(V)),,-s) \
		-C $(KMOD_DIR)/kmod KDIR='$(KDIR)'

# C=2 has kbuild check each file; what it takes from here as CF is sparse's.
kmod-lint: ## build it, and look for mistakes with sparse
	@command -v sparse >/dev/null || { echo 'kmod-lint: sparse is missing: scripts/setup --tests' \
		'installs it' >&2; exit 1; }
	$(Q)$(MAKE) -f '$(SRC)/Makefile' --no-print-directory kmod O='$(O)' C=2 CF=-Wsparse-error
