# SPDX-License-Identifier: MIT
# Installation, and DKMS.  Included by the Makefile.

# ---- install ----

# libtool does the same: a run path, unless the library goes where all programs look for it.
RPATH = $(if $(filter /usr/lib% /lib%,$(LIBDIR)),,-Wl,-rpath,$(LIBDIR))

# STATIC=1: a tool that runs where there is neither this library nor those that it needs.  The static
# one of yajl has a name that pkg-config does not know.
STATIC_LIBS = $(patsubst -lyajl,-lyajl_s,$(shell $(PKG_CONFIG) --static --libs $(DEPS)))
CLI_LIBS    = $(if $(STATIC),-static $(O)/libsctrace.a -pthread $(STATIC_LIBS), \
		   $(RPATH) -L$(O) -lsctrace $(DEP_LIBS))

under_prefix = $(patsubst $(PREFIX)/%,$${prefix}/%,$(1))

define PC
prefix=$(PREFIX)
libdir=$(call under_prefix,$(LIBDIR))
includedir=$(call under_prefix,$(INCDIR))

Name: sctrace
Description: what every process on a Linux machine asks of the kernel
Version: $(VERSION)
Requires.private: $(LIB_DEPS)
Libs: -L$${libdir} -lsctrace
Libs.private: -pthread
Cflags: -I$${includedir}
endef

# Each public function has a manual page, which is that of the library.
FUNCTIONS := $(shell sed -n 's/^\t\(sct_[a-z_]*\);.*/\1/p' $(LIB_MAP))
man_of	   = $(MANDIR)/man$(patsubst .%,%,$(suffix $(1)))/$(notdir $(1))
MAN3	   = $(call man_of,libsctrace.3)
MAN_LINKS  = $(FUNCTIONS:%=$(dir $(MAN3))%.3)

# What other programs read has paths of this installation in it.
TEMPLATES := $(wildcard $(SRC)/packaging/systemd/*.in)
UNITS	   = $(patsubst %.in,$(UNITDIR)/%,$(notdir $(TEMPLATES)))
fill	   = sed 's:@SBINDIR@:$(SBINDIR):g; s:@BINDIR@:$(BINDIR):g'

# What is edited after the installation stays when there is one already, and when it is removed.
CONFIG	   = $(CONFDIR)/programs.conf

INSTALLED = $(BINDIR)/sctrace $(SBINDIR)/sctrace-driver-loader $(INCDIR)/sctrace.h $(PCDIR)/sctrace.pc \
	    $(addprefix $(LIBDIR)/,libsctrace.a libsctrace.so $(SONAME) $(SOFILE)) \
	    $(foreach m,$(MANUALS),$(call man_of,$(m))) $(MAN_LINKS) \
	    $(UNITS) $(UDEVDIR)/60-sctrace.rules $(BASHDIR)/sctrace

install: export PC_TEXT = $(PC)
install: all ## install below PREFIX (/usr/local), or DESTDIR and PREFIX; STATIC=1: a static tool
	$(call say,INSTALL,$(DESTDIR)$(PREFIX))mkdir -p $(sort $(dir $(addprefix $(DESTDIR),$(INSTALLED) $(CONFIG))))
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed -o $(DESTDIR)$(BINDIR)/sctrace $(CLI_OBJS) $(CLI_LIBS)
	$(Q)chmod 755 $(DESTDIR)$(BINDIR)/sctrace
	$(Q)$(INSTALL) -m 755 $(SRC)/scripts/sctrace-driver-loader $(DESTDIR)$(SBINDIR)
	$(Q)$(INSTALL) -m 644 $(SRC)/userspace/include/sctrace.h $(DESTDIR)$(INCDIR)
	$(Q)$(INSTALL) -m 644 $(O)/libsctrace.a $(O)/$(SOFILE) $(DESTDIR)$(LIBDIR)
	$(Q)ln -sf $(SOFILE) $(DESTDIR)$(LIBDIR)/$(SONAME)
	$(Q)ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libsctrace.so
	$(Q)printf '%s\n' "$$PC_TEXT" > $(DESTDIR)$(PCDIR)/sctrace.pc
	$(Q)chmod 644 $(DESTDIR)$(PCDIR)/sctrace.pc
	$(Q)for m in $(MANUALS); do $(INSTALL) -m 644 $$m $(DESTDIR)$(MANDIR)/man$${m##*.}; done
	$(Q)for m in $(MAN_LINKS); do ln -sf libsctrace.3 $(DESTDIR)$$m; done
	$(Q)for t in $(TEMPLATES); do u=$(DESTDIR)$(UNITDIR)/$$(basename $$t .in); $(fill) $$t > $$u && chmod 644 $$u; done
	$(Q)$(INSTALL) -m 644 $(SRC)/packaging/udev/60-sctrace.rules $(DESTDIR)$(UDEVDIR)
	$(Q)$(INSTALL) -m 644 $(SRC)/packaging/completion/sctrace $(DESTDIR)$(BASHDIR)
	$(Q)[ -e $(DESTDIR)$(CONFIG) ] || $(INSTALL) -m 644 $(SRC)/packaging/programs.conf $(DESTDIR)$(CONFIG)
	$(Q)[ -n "$(DESTDIR)" ] || ldconfig 2>/dev/null || :

uninstall: ## remove what install put there
	$(call say,REMOVE,$(DESTDIR)$(PREFIX))rm -f $(addprefix $(DESTDIR),$(INSTALLED))
	$(Q)! cmp -s $(SRC)/packaging/programs.conf $(DESTDIR)$(CONFIG) || rm -f $(DESTDIR)$(CONFIG)
	$(Q)rmdir $(DESTDIR)$(CONFDIR) 2>/dev/null || :

# ---- DKMS: rebuilds the module for each kernel that is installed ----

DKMS_SRC = $(SRCDIR)/sctrace-$(VERSION)

install-kmod-source: ## install the module's source in /usr/src, for DKMS and sctrace-driver-loader
	$(call say,INSTALL,$(DESTDIR)$(DKMS_SRC))rm -rf $(DESTDIR)$(DKMS_SRC)
	$(Q)mkdir -p $(addprefix $(DESTDIR)$(DKMS_SRC)/,$(sort $(dir $(KMOD_SRCS))))
	$(Q)cd $(SRC) && for f in $(KMOD_SRCS); do $(INSTALL) -m 644 $$f $(DESTDIR)$(DKMS_SRC)/$$f; done
	$(Q)sed 's/#MODULE_VERSION#/$(VERSION)/' $(SRC)/dkms.conf > $(DESTDIR)$(DKMS_SRC)/dkms.conf
	$(Q)chmod 644 $(DESTDIR)$(DKMS_SRC)/dkms.conf

# What DKMS has built of another state of this version would not be built again.
dkms_forget = ! dkms status -m sctrace -v $(VERSION) | grep -q . || dkms remove -m sctrace -v $(VERSION) --all

dkms-install: install-kmod-source ## hand the module to DKMS, and build it for this kernel or KERNEL=
	$(call say,DKMS,sctrace/$(VERSION))$(dkms_forget)
	$(Q)dkms add -m sctrace -v $(VERSION)
	$(Q)dkms install -m sctrace -v $(VERSION) $(if $(KERNEL),-k $(KERNEL))

dkms-remove: ## take the module from DKMS again, for all kernels, and its source away
	$(call say,DKMS,sctrace/$(VERSION))$(dkms_forget)
	$(Q)rm -rf $(DKMS_SRC)
