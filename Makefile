# SPDX-License-Identifier: MIT
# sctrace: build, test, install.  `make help` lists the targets.

SRC := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
O ?= build
ifneq ($(words $(SRC) $(CURDIR) $(O)),3)
$(error make cannot handle blanks in the path of the source or of the output directory)
endif
override O := $(abspath $(O))
ifneq ($(filter $(O)/%,$(SRC)/Makefile),)
$(error O=$(O) holds the source: choose a directory of its own)
endif

VERSION := $(shell sed -n 's/^\#define SCT_VERSION "\(.*\)"/\1/p' $(SRC)/common/wire/sct_version.h)

PREFIX	?= /usr/local
BINDIR	?= $(PREFIX)/bin
SBINDIR	?= $(PREFIX)/sbin
LIBDIR	?= $(PREFIX)/lib
INCDIR	?= $(PREFIX)/include
MANDIR	?= $(PREFIX)/share/man
PCDIR	?= $(LIBDIR)/pkgconfig
UNITDIR	?= $(PREFIX)/lib/systemd/system
UDEVDIR	?= $(PREFIX)/lib/udev/rules.d
BASHDIR	?= $(PREFIX)/share/bash-completion/completions
CONFDIR	?= /etc/sctrace
SRCDIR	?= /usr/src

ifeq ($(origin CC),default)
CC := gcc
endif
CLANG	    ?= clang
CLANG_TIDY  ?= clang-tidy
LLVM_STRIP  ?= llvm-strip
PKG_CONFIG  ?= pkg-config
INSTALL	    ?= install

WARN	:= -Wall -Wextra
FILLERS	:= -Wno-unused-parameter# all fillers and accessors have the same ones
CFLAGS	?= -O2 -g

MAKEFLAGS += -r
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: all check check-one check-unit check-live check-vm check-kasan check-boot fuzz \
	kmod kmod-lint tests lint bench bench-vm install install-kmod-source uninstall dkms-install dkms-remove \
	dist deb clean help FORCE

# Quiet: the kind of step and what it is about.  V=1: the command itself.
Q   := $(if $(filter 1,$(V)),,@)
rel = $(patsubst $(SRC)/%,%,$(patsubst $(O)/%,%,$(1)))
say = $(if $(filter 1,$(V)),,@printf '  %-9s%s\n' '$(1)' '$(call rel,$(2))';)

all: $(O)/sctrace $(O)/libsctrace.so $(O)/libsctrace.a $(PROBES) ## build all (default)

# ---- flags ----

# yajl is for the tool alone: the library writes its JSON itself.
LIB_DEPS    := libbpf
DEPS	    := $(LIB_DEPS) yajl
DEP_CFLAGS  := $(shell $(PKG_CONFIG) --cflags $(DEPS) 2>/dev/null)
DEP_LIBS    := $(shell $(PKG_CONFIG) --libs $(DEPS) 2>/dev/null)
TEST_LIBS    = $(shell $(PKG_CONFIG) --libs cmocka)

BASE	:= -std=gnu11 -D_GNU_SOURCE $(WARN) -pthread

include $(SRC)/mk/layers.mk

# What a file may include: the headers of its layer (mk/layers.mk).  Tests of the library and of the
# fillers see all of them; the tool and the live tests the public header alone.
dirs	= $(addprefix -I$(SRC)/,$(1))
LIB_INC	:= $(call dirs,$(sort $(layer_$(LIB)) $(layer_$(LIB)/source/live/kmod) $(layer_$(LIB)/source/live/ebpf) $(layer_common/fill)))
inc_tests/unit	  := $(LIB_INC) $(DEP_CFLAGS) $(FILLERS)
inc_tests/live	  := $(call dirs,$(API))
inc_tests/parity  := $(call dirs,$(API) tests/live)
inc_tests/hostile := $(call dirs,$(API) $(WIRE))
inc_tests/bench	  := $(call dirs,$(API))
inc_tests/fuzz	  := $(inc_tests/unit)
inc_tests/bench/plugin :=
inc_userspace/cli := -DSCTRACE_VERSION='"$(VERSION)"'
folder	 = $(patsubst %/,%,$(dir $(1)))
flags_of = $(BASE) $(call dirs,$(layer_$(folder))) $(inc_$(folder)) $(if $(filter userspace/%,$(folder)),$(DEP_CFLAGS))

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

# The BPF target has no architecture of its own: the kernel's asm/ headers are the machine's.
# Debian's compiler looks for those of 32-bit programs where only gcc-multilib has them.
MULTIARCH := $(shell $(CC) -print-multiarch 2>/dev/null)
ASM_INC   := $(if $(MULTIARCH),-idirafter /usr/include/$(MULTIARCH))
BPF_FLAGS := -target bpf -mcpu=v3 -O2 -g -fno-strict-aliasing $(WARN) $(FILLERS) \
	     $(ASM_INC) $(call dirs,$(layer_bpf))

# All that is built depends on this file, which changes with the flags.
$(O)/flags: export FLAGS = $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(LIB_INC) $(DEP_CFLAGS) $(BPF_FLAGS)
$(O)/flags: FORCE
	@mkdir -p $(@D)
	@echo "$$FLAGS" | cmp -s - $@ || echo "$$FLAGS" > $@

# All rules name what they make by its absolute path: `make build/sctrace` names the same file.
RELATIVE := $(foreach g,$(filter-out /%,$(MAKECMDGOALS)),$(if $(filter $(O)/%,$(abspath $(g))),$(g)))
.PHONY: $(RELATIVE)
$(foreach g,$(RELATIVE),$(eval $(g): $(abspath $(g))))

sources = $(sort $(patsubst $(SRC)/%,%,$(wildcard $(addprefix $(SRC)/,$(1)))))

include $(SRC)/mk/bpf.mk
include $(SRC)/mk/kmod.mk
include $(SRC)/mk/lib.mk
include $(SRC)/mk/tests.mk
include $(SRC)/mk/lint.mk
include $(SRC)/mk/install.mk
include $(SRC)/mk/package.mk

clean: ## remove the output directory
	$(call say,CLEAN,$(O))if [ -e $(O)/flags ]; then rm -rf $(O); fi

help: ## show this
	@echo 'make [O=DIR] [V=1] [CC=..] [CFLAGS=..] [PREFIX=/usr/local] [DESTDIR=..] TARGET'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1@\2/p' $(SRC)/Makefile $(SRC)/mk/*.mk | \
		while IFS=@ read -r t d; do printf '  %-20s%s\n' $$t "$$d"; done

-include $(shell find $(O) \( $(patsubst %,-path $(O)/% -o,vm kmod boot) -path $(O)/deb \) -prune -o -name '*.d' -type f -print 2>/dev/null)
