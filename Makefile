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

VERSION := $(shell sed -n 's/^\#define SCT_VERSION "\(.*\)"/\1/p' $(SRC)/common/sct_version.h)

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
.PHONY: all check check-unit check-live check-vm check-kasan check-boot fuzz \
	kmod kmod-lint tests lint bench bench-vm install install-kmod-source uninstall dkms-install dkms-remove \
	dist deb clean help FORCE

# Quiet: the kind of step and what it is about.  V=1: the command itself.
Q   := $(if $(filter 1,$(V)),,@)
rel = $(patsubst $(SRC)/%,%,$(patsubst $(O)/%,%,$(1)))
say = $(if $(filter 1,$(V)),,@printf '  %-9s%s\n' '$(1)' '$(call rel,$(2))';)

all: $(O)/sctrace $(O)/libsctrace.so $(O)/libsctrace.a $(PROBES) ## build all (default)

# ---- flags ----

DEPS	    := libbpf yajl
DEP_CFLAGS  := $(shell $(PKG_CONFIG) --cflags $(DEPS) 2>/dev/null)
DEP_LIBS    := $(shell $(PKG_CONFIG) --libs $(DEPS) 2>/dev/null)
TEST_LIBS    = $(shell $(PKG_CONFIG) --libs cmocka)

BASE	:= -std=gnu11 -D_GNU_SOURCE $(WARN) -pthread
LIB_INC	:= -I$(SRC)/common -I$(SRC)/userspace/include -I$(SRC)/userspace/lib

# What each directory may include: the tool and the live tests only see the public header.
inc_userspace/lib := $(LIB_INC) $(DEP_CFLAGS)
inc_userspace/cli := -I$(SRC)/userspace/include -DSCTRACE_VERSION='"$(VERSION)"' $(DEP_CFLAGS)
inc_tests/unit	  := $(inc_userspace/lib) $(FILLERS)
inc_tests/live	  := -I$(SRC)/userspace/include
inc_tests/parity  := $(inc_tests/live) -I$(SRC)/tests/live
inc_tests/hostile := $(LIB_INC)
inc_tests/bench	  := -I$(SRC)/userspace/include
inc_tests/fuzz	  := $(inc_tests/unit)
flags_of = $(BASE) $(inc_$(patsubst %/,%,$(dir $(1))))

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

# The BPF target has no architecture of its own: the kernel's asm/ headers are the machine's.
# Debian's compiler looks for those of 32-bit programs where only gcc-multilib has them.
MULTIARCH := $(shell $(CC) -print-multiarch 2>/dev/null)
ASM_INC   := $(if $(MULTIARCH),-idirafter /usr/include/$(MULTIARCH))
BPF_FLAGS := -target bpf -mcpu=v3 -O2 -g -fno-strict-aliasing $(WARN) $(FILLERS) \
	     $(ASM_INC) -I$(SRC)/common -I$(SRC)/bpf

# All that is built depends on this file, which changes with the flags.
$(O)/flags: export FLAGS = $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(inc_userspace/lib) $(BPF_FLAGS)
$(O)/flags: FORCE
	@mkdir -p $(@D)
	@echo "$$FLAGS" | cmp -s - $@ || echo "$$FLAGS" > $@

sources = $(sort $(patsubst $(SRC)/%,%,$(wildcard $(SRC)/$(1))))

# ---- the probe ----

# Three builds of one source, see bpf/read.bpf.h.  Two thirds of what the compiler makes are for linkers.
PROBES := $(O)/sctrace.bpf.o $(O)/sctrace-typed.bpf.o $(O)/sctrace-plain.bpf.o
$(O)/sctrace.bpf.o: BPF_FLAGS += -DSCT_CAST
$(O)/sctrace-typed.bpf.o: BPF_FLAGS += -DSCT_TYPED

$(PROBES): $(SRC)/bpf/sctrace.bpf.c $(O)/flags $(SRC)/Makefile
	$(call say,BPF,$@)$(CLANG) $(BPF_FLAGS) -MMD -MP -MT $@ -MF $@.d -c $< -o $@
	$(Q)$(LLVM_STRIP) -g -w -N 'LBB*' -R .rel.BTF -R .rel.BTF.ext -R .llvm_addrsig $@

# ---- the kernel module ----

# kbuild writes beside what it compiles: that is links to the source, below the kernel's name.
KDIR	   ?= /lib/modules/$(shell uname -r)/build
KDIR_NAME   = $(KDIR)/include/generated/utsrelease.h
KMOD_DIR    = $(O)/kmod/$(shell sed -n 's/.*UTS_RELEASE "\(.*\)".*/\1/p' '$(KDIR_NAME)' 2>/dev/null)
KMOD_SRCS  := kmod/Kbuild kmod/Makefile kmod/digest.sh $(foreach p,kmod/*.[ch] kmod/configure/*.c \
					common/*.h common/*.def common/fillers/*.h,$(call sources,$(p)))

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

# ---- the library ----

SONAME	  := libsctrace.so.$(firstword $(subst ., ,$(VERSION)))
SOFILE	  := libsctrace.so.$(VERSION)
LIB_SRCS  := $(call sources,userspace/lib/*.c)
LIB_OBJS  := $(LIB_SRCS:%.c=$(O)/%.o) $(O)/userspace/lib/bpf_object.o
LIB_MAP	  := $(SRC)/userspace/lib/libsctrace.map

$(O)/userspace/%.o: $(SRC)/userspace/%.c $(O)/flags $(SRC)/Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(call flags_of,userspace/$*.c) $(CPPFLAGS) $(CFLAGS) -fPIC -MMD -MP \
		-c $< -o $@

$(O)/userspace/lib/bpf_object.o: $(SRC)/userspace/lib/bpf_object.S $(PROBES)
	@mkdir -p $(@D)
	$(call say,AS,$<)$(CC) -Wa,-I$(O) -c $< -o $@

$(O)/libsctrace.a: $(LIB_OBJS)
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $^

$(O)/$(SOFILE): $(LIB_OBJS) $(LIB_MAP)
	$(call say,LD,$@)$(CC) -shared $(CFLAGS) $(LDFLAGS) -Wl,-soname,$(SONAME) \
		-Wl,--version-script=$(LIB_MAP) -Wl,-z,defs -Wl,--as-needed \
		-o $@ $(LIB_OBJS) -pthread $(DEP_LIBS)

$(O)/$(SONAME): $(O)/$(SOFILE)
	$(Q)ln -sf $(SOFILE) $@

$(O)/libsctrace.so: $(O)/$(SONAME)
	$(Q)ln -sf $(SONAME) $@

# ---- the tool: static in the build tree, so that it runs there; `install` links the shared library

CLI_OBJS := $(patsubst %.c,$(O)/%.o,$(call sources,userspace/cli/*.c))

$(O)/sctrace: $(CLI_OBJS) $(O)/libsctrace.a
	$(call say,LD,$@)$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed -o $@ $^ -pthread $(DEP_LIBS)

# ---- tests ----

# Unit tests: the library and the tests under sanitizers.  Each test_*.c with a main() is a program;
# those without are one together, with the main() of fillers.c, which sees in the end whether they
# left out a value.  What programs share comes from archives: each takes what it needs.
UNIT_SRCS    := $(call sources,tests/unit/*.c)
UNIT_TESTS   := $(filter tests/unit/test_%,$(UNIT_SRCS))
UNIT_COMMON  := $(patsubst %.c,$(O)/%.o,$(filter-out $(UNIT_TESTS),$(UNIT_SRCS)))
FILLER_TESTS := $(if $(UNIT_TESTS),$(shell cd $(SRC) && grep -L '^int main' $(UNIT_TESTS)))
UNIT_SINGLE  := $(patsubst %.c,$(O)/%,$(filter-out $(FILLER_TESTS),$(UNIT_TESTS)))
UNIT_PROGS   := $(if $(FILLER_TESTS),$(O)/tests/unit/test_fillers) $(UNIT_SINGLE)
UNIT_SCRIPTS := $(wildcard $(SRC)/tests/unit/test_*.sh)
SAN_OBJS     := $(LIB_SRCS:%.c=$(O)/sanitized/%.o)

$(O)/sanitized/%.o: $(SRC)/%.c $(O)/flags $(SRC)/Makefile
	@mkdir -p $(@D)
	$(call say,CC-SAN,$<)$(CC) $(call flags_of,$*.c) $(CPPFLAGS) $(CFLAGS) $(SANITIZE) -MMD -MP \
		-c $< -o $@

$(O)/tests/unit/%.o: $(SRC)/tests/unit/%.c $(O)/flags $(SRC)/Makefile
	@mkdir -p $(@D)
	$(call say,CC-SAN,$<)$(CC) $(call flags_of,tests/unit/$*.c) $(CPPFLAGS) $(CFLAGS) $(SANITIZE) \
		-MMD -MP -c $< -o $@

$(O)/sanitized/lib.a: $(SAN_OBJS) $(O)/userspace/lib/bpf_object.o
$(O)/tests/unit/common.a: $(UNIT_COMMON)
$(O)/sanitized/lib.a $(O)/tests/unit/common.a:
	@mkdir -p $(@D)
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $^

$(O)/tests/unit/test_fillers: $(FILLER_TESTS:%.c=$(O)/%.o)
$(UNIT_SINGLE): $(O)/%: $(O)/%.o
$(UNIT_PROGS): $(O)/tests/unit/common.a $(O)/sanitized/lib.a
	$(call say,LD,$@)$(CC) $(CFLAGS) $(LDFLAGS) $(SANITIZE) -Wl,--as-needed -o $@ \
		$(filter %.o,$^) $(filter %.a,$^) -pthread $(TEST_LIBS) $(DEP_LIBS)

# Live, parity and hostile tests, benchmarks: each C file is a program, *32.c a 32-bit one; the test_*
# and run* are tests, which may run the others.  Files without a main() are what those beside share;
# parity runs what live does.
HELPER_DIRS   := live parity hostile bench
HELPER_SRCS   := $(foreach d,$(HELPER_DIRS),$(call sources,tests/$(d)/*.c))
HELPER_COMMON := $(if $(HELPER_SRCS),$(shell cd $(SRC) && grep -L '^int main' $(HELPER_SRCS)))
HELPERS32     := $(patsubst %.c,$(O)/%,$(filter %32.c,$(HELPER_SRCS)))
HELPERS	      := $(patsubst %.c,$(O)/%,$(filter-out %32.c $(HELPER_COMMON),$(HELPER_SRCS)))
tests_of       = $(filter $(O)/tests/$(1)/test_%,$(HELPERS)) $(wildcard $(SRC)/tests/$(1)/test_*.sh)
LIVE_TESTS    := $(call tests_of,live) $(wildcard $(SRC)/tests/live/run*.sh)
PARITY_TESTS  := $(call tests_of,parity)
HOSTILE_TESTS := $(call tests_of,hostile)

$(HELPER_COMMON:%.c=$(O)/%.o): $(O)/%.o: $(SRC)/%.c $(O)/flags $(SRC)/Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(call flags_of,$*.c) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

COMMON_LIBS   := $(HELPER_DIRS:%=$(O)/tests/%/common.a)
$(foreach d,$(HELPER_DIRS),$(eval $(O)/tests/$(d)/common.a: \
		$(patsubst %.c,$(O)/%.o,$(filter tests/$(d)/%,$(HELPER_COMMON)))))
$(COMMON_LIBS):
	@mkdir -p $(@D)
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $^

$(HELPERS): $(O)/%: $(SRC)/%.c $(O)/libsctrace.so $(COMMON_LIBS) $(SRC)/Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(call flags_of,$*.c) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP \
		-MF $@.d -MT $@ $< -o $@ $(@D)/common.a \
		$(if $(filter %/parity,$(@D)),$(O)/tests/live/common.a) \
		-Wl,--as-needed -L$(O) -lsctrace -Wl,-rpath,$(O)

# Not every compiler has 32-bit libraries and headers at hand: then the test that wants this skips.  Static:
# a guest may run it though this machine cannot, which then does not know its libraries.
$(HELPERS32): $(O)/%: $(SRC)/%.c $(O)/flags $(SRC)/Makefile
	@mkdir -p $(@D)
	@if printf '#include <errno.h>\nint main(void) { return 0; }\n' | $(CC) -m32 -static $(ASM_INC) -x c - -o /dev/null 2>/dev/null; then \
		$(if $(filter 1,$(V)),set -x,printf '  %-9s%s\n' CC-32 $(call rel,$<)); \
		$(CC) -m32 -static $(call flags_of,$*.c) $(ASM_INC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP \
			-MF $@.d -MT $@ $< -o $@; \
	 else echo '  $(call rel,$<): not built: $(CC) -m32 does not work here'; fi

# A program without even a start of its own; see there.
$(O)/tests/bench/b_true: $(SRC)/tests/bench/b_true.S $(O)/flags
	@mkdir -p $(@D)
	$(call say,AS,$<)$(CC) -nostdlib -static -o $@ $<

# Fuzzers: each fuzz_*.c is a program; the other files, the library, and the host build of the fillers are in
# both.  All of it is compiled by clang, to see which of its branches an input takes.
FUZZ_SRCS  := $(call sources,tests/fuzz/*.c)
FUZZ_PROGS := $(patsubst %.c,$(O)/%,$(filter tests/fuzz/fuzz_%,$(FUZZ_SRCS)))
FUZZ_OBJS  := $(patsubst %.c,$(O)/fuzz/%.o,$(filter-out $(FUZZ_PROGS:$(O)/%=%.c),$(FUZZ_SRCS)) \
		$(LIB_SRCS) tests/unit/fillers.c)
FUZZ_FLAGS := -O1 -g -fno-omit-frame-pointer $(SANITIZE)

$(O)/fuzz/%.o: $(SRC)/%.c $(O)/flags $(SRC)/Makefile | $(O)/fuzz/clang
	@mkdir -p $(@D)
	$(call say,CC-FUZZ,$<)$(CLANG) $(call flags_of,$*.c) $(CPPFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link \
		-MMD -MP -c $< -o $@

$(O)/fuzz/common.a: $(FUZZ_OBJS) $(O)/userspace/lib/bpf_object.o
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $^

$(FUZZ_PROGS): $(O)/%: $(O)/fuzz/%.o $(O)/fuzz/common.a
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CLANG) $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $^ -pthread $(DEP_LIBS)

# The compiler is packaged without the library that makes a fuzzer of a program.
$(O)/fuzz/clang:
	@mkdir -p $(@D)
	@printf 'int LLVMFuzzerTestOneInput(const char *p, long n) { return p && n < 0; }\n' | \
		$(CLANG) $(SANITIZE) -fsanitize=fuzzer -x c - -o $@ 2>$@.log || { cat $@.log >&2; \
		echo 'fuzz: $(CLANG) cannot link a fuzzer: scripts/setup --tests installs libclang-rt-dev,' \
			'which has its library' >&2; exit 1; }

tests: all $(UNIT_PROGS) $(HELPERS) $(HELPERS32) $(FUZZ_PROGS)

# Scripts find the tree and the build here.
RUN := SCT_SRC='$(SRC)' SCT_BUILD='$(O)' SCTRACE='$(O)/sctrace' MAKE='$(MAKE)' CC='$(CC)' \
       $(SRC)/tests/run

# The emulator can do all that on x86-64 only, and one kernel of it is enough for each change.
check: tests ## run all tests; those that need privileges skip without
	@failed=; $(RUN) $(UNIT_PROGS) $(UNIT_SCRIPTS) $(SRC)/tests/fuzz/run $(LIVE_TESTS) $(PARITY_TESTS) || failed=1; \
	 [ "$$(uname -m)" != x86_64 ] || $(VM) KERNEL=6.1 $(SRC)/tests/vm/run $(VM_TESTS) || failed=1; \
	 [ -z "$$failed" ]

check-unit: all $(UNIT_PROGS) ## run the tests that need no privileges
	@$(RUN) $(UNIT_PROGS) $(UNIT_SCRIPTS)

check-live: tests ## run the tests that trace on this kernel
	@$(RUN) $(LIVE_TESTS) $(PARITY_TESTS)

fuzz: $(FUZZ_PROGS) ## look for inputs that fillers or decoder fail on; FUZZ_SECONDS=3600, FUZZ=fill or decode
	@SCT_BUILD='$(O)' FUZZ='$(FUZZ)' FUZZ_SECONDS='$(or $(FUZZ_SECONDS),3600)' $(SRC)/tests/fuzz/run

# What runs under other kernels, and what that needs beside itself.
VM_TESTS := $(SRC)/tests/vm/test_load.sh \
	    $(addprefix $(O)/tests/live/,test_calls test_abi test_events test_results test_scope test_storm \
					 test_flood) \
	    $(PARITY_TESTS) $(HOSTILE_TESTS)
VM_FILES := $(O)/sctrace $(SRC)/scripts/sctrace-driver-loader $(HELPERS32) $(filter $(O)/tests/live/prog_%,$(HELPERS)) \
	    $(filter $(O)/tests/hostile/%,$(filter-out $(HOSTILE_TESTS),$(HELPERS)))
VM_NEEDS := all $(filter $(VM_TESTS) $(VM_FILES),$(HELPERS)) $(HELPERS32)
VM	  = SCT_SRC='$(SRC)' SCT_BUILD='$(O)' FILES='$(VM_FILES)' V='$(V)'

check-vm: $(VM_NEEDS) ## run tests under Debian's kernels; KERNEL=6.1: that one
	@$(VM) KERNEL='$(KERNEL)' $(SRC)/tests/vm/run $(VM_TESTS)

check-kasan: $(VM_NEEDS) ## run the module's tests under a kernel with KASAN, lockdep, kmemleak
	@$(VM) KERNEL=kasan $(SRC)/tests/vm/run $(VM_TESTS)

# Two sets of packages: Debian 11 has libraries that are too old for the tool.
check-boot: ## install the packages in guests of Debian 11 and 12, boot, update, purge; RELEASE=, SCENARIO=
	@$(MAKE) deb
	@[ '$(RELEASE)' = 12 ] || $(MAKE) deb STATIC=1
	@SCT_BUILD='$(O)' RELEASE='$(RELEASE)' SCENARIO='$(SCENARIO)' V='$(V)' $(SRC)/tests/boot/run

bench: all $(filter $(O)/tests/bench/%,$(HELPERS)) ## measure what tracing costs on this machine
	@SCT_SRC='$(SRC)' SCT_BUILD='$(O)' SCTRACE='$(O)/sctrace' $(SRC)/tests/bench/run.sh

# For an emulator, with which it is not linked.
BENCH_PLUGIN := $(O)/tests/bench/plugin/count.so
$(BENCH_PLUGIN): $(O)/%.so: $(SRC)/%.c $(O)/flags
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(BASE) $(CFLAGS) -fPIC -shared -fvisibility=hidden -o $@ $<

BENCH_VM := $(filter $(O)/tests/bench/insns $(O)/tests/bench/b_%,$(HELPERS)) $(O)/tests/bench/b_true

bench-vm: all $(BENCH_VM) $(BENCH_PLUGIN) ## count the instructions that tracing costs, under KERNEL=6.1; WHERE=getppid: by function
	@SCT_SRC='$(SRC)' SCT_BUILD='$(O)' FILES='$(BENCH_VM)' KERNEL='$(or $(KERNEL),6.1)' WHERE='$(WHERE)' \
		CC='$(CC)' V='$(V)' $(SRC)/tests/bench/vm.sh

# ---- lint: one stamp per file and tool, so that a second run only looks at what changed ----

C_SRCS	:= $(LIB_SRCS) $(call sources,userspace/cli/*.c) $(UNIT_SRCS) $(HELPER_SRCS) \
	   $(FUZZ_SRCS) $(call sources,tests/bench/plugin/*.c)
SCRIPTS	:= $(wildcard $(SRC)/scripts/* $(SRC)/tests/run $(SRC)/tests/*/*.sh $(SRC)/tests/unit/loader/*.sh) $(SRC)/kmod/digest.sh \
	   $(addprefix $(SRC)/tests/,$(addprefix vm/,fetch init kasan module run) boot/guest boot/run fuzz/run) \
	   $(addprefix $(SRC)/packaging/,deb completion/sctrace init.d/sctrace-driver.in) \
	   $(wildcard $(SRC)/debian/*.postinst $(SRC)/debian/*.prerm $(SRC)/debian/*.postrm) $(SRC)/.ci/run
MANUALS	:= $(wildcard $(SRC)/man/*.[0-9])
LINT	:= $(O)/lint

lint: $(C_SRCS:%.c=$(LINT)/gcc/%.o) $(C_SRCS:%.c=$(LINT)/clang/%.o) ## look for mistakes without running
lint: $(C_SRCS:%.c=$(LINT)/tidy/%) $(LINT)/bpf $(LINT)/cppcheck $(LINT)/shellcheck $(LINT)/man

lint_cc = $(2) $(call flags_of,$(3)) $(CPPFLAGS) -O2 -g -Werror -MMD -MP -c $(SRC)/$(3) -o $(1)

$(LINT)/gcc/%.o: $(SRC)/%.c $(O)/flags $(SRC)/Makefile
	@mkdir -p $(@D)
	$(call say,GCC,$<)$(call lint_cc,$@,gcc,$*.c)

$(LINT)/clang/%.o: $(SRC)/%.c $(O)/flags $(SRC)/Makefile
	@mkdir -p $(@D)
	$(call say,CLANG,$<)$(call lint_cc,$@,$(CLANG),$*.c)

# It counts on stderr the warnings that it does not show.
tidy = $(CLANG_TIDY) --quiet --warnings-as-errors='*' $(1) -- $(2) 2>$@.log || { cat $@.log >&2; exit 1; }

# The compile pass knows what each file includes.
$(LINT)/tidy/%: $(SRC)/%.c $(LINT)/clang/%.o $(SRC)/.clang-tidy
	@mkdir -p $(@D)
	$(call say,TIDY,$<)$(call tidy,$<,$(call flags_of,$*.c))
	@touch $@

$(LINT)/bpf: $(SRC)/bpf/sctrace.bpf.c $(O)/sctrace.bpf.o $(SRC)/.clang-tidy
	@mkdir -p $(@D)
	$(call say,CLANG,$<)$(CLANG) $(BPF_FLAGS) -Werror -fsyntax-only $<
	$(call say,CLANG,$<)$(CLANG) $(BPF_FLAGS) -DSCT_CAST -Werror -fsyntax-only $<
	$(call say,CLANG,$<)$(CLANG) $(BPF_FLAGS) -DSCT_TYPED -Werror -fsyntax-only $<
	$(call say,TIDY,$<)$(call tidy,$<,$(BPF_FLAGS))
	@touch $@

# What cppcheck takes wrongly: system headers, which it is not shown, and two macros of theirs that
# are syntax; the type of a member, asked for through a null pointer; the two ends of what an
# assembler or linker laid out; memory that a function only writes.
CPPCHECK := cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr \
	    --enable=warning,performance,portability $(LIB_INC) -D_GNU_SOURCE \
	    '-DLIBBPF_OPTS(type,name,...)=struct type name' \
	    '-Dbpf_object__for_each_program(p,o)=while ((p = bpf_object__next_program(o, p)))' \
	    --suppress=missingIncludeSystem --suppress='nullPointer:*/common/fillers/*' \
	    --suppress=comparePointers --suppress='ctuuninitvar:*/tests/unit/fill_host.h'

$(LINT)/cppcheck: $(C_SRCS:%.c=$(LINT)/gcc/%.o)
	@mkdir -p $@.d
	$(call say,CPPCHECK,userspace tests)$(CPPCHECK) --cppcheck-build-dir=$@.d $(addprefix $(SRC)/,$(C_SRCS))
	@touch $@

$(LINT)/shellcheck: $(SCRIPTS)
	@mkdir -p $(@D)
	$(call say,SHELL,scripts tests)shellcheck -x $^
	@touch $@

$(LINT)/man: $(MANUALS)
	@mkdir -p $(@D)
	$(call say,MAN,man)mandoc -T lint -W warning $^
	@touch $@

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
Requires.private: $(DEPS)
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

# ---- source and packages ----

# What git knows; in a tarball, what is there.
DIST	   := sctrace-$(VERSION)
DIST_TIME   = $(or $(SOURCE_DATE_EPOCH),$(shell cd $(SRC) && git log -1 --format=%ct 2>/dev/null || \
	      stat -c %Y common/sct_version.h))
DIST_FILES  = cd $(SRC) && { git ls-files 2>/dev/null | grep . || \
	      find . \( -name .git -o -path './$(call rel,$(O))' \) -prune -o ! -type d -print; } | LC_ALL=C sort

# Nothing in it tells who made it, where and when.
$(O)/$(DIST).tar.gz: FORCE
	@mkdir -p $(@D)
	$(call say,TAR,$@)$(DIST_FILES) | tar -C $(SRC) -czf $@ --owner=root:0 --group=root:0 --mode=u+rw,go=rX,a-s \
		--mtime=@$(DIST_TIME) --transform='s:^\(\./\)*:$(DIST)/:S' -T -

dist: $(O)/$(DIST).tar.gz ## make a tarball of the source

deb: $(O)/$(DIST).tar.gz ## make Debian packages, below build/deb; STATIC=1: for releases with too old a libbpf
	@SCT_SRC='$(SRC)' SCT_BUILD='$(O)' STATIC='$(STATIC)' V='$(V)' $(SRC)/packaging/deb $<

clean: ## remove the output directory
	$(call say,CLEAN,$(O))if [ -e $(O)/flags ]; then rm -rf $(O); fi

help: ## show this
	@echo 'make [O=DIR] [V=1] [CC=..] [CFLAGS=..] [PREFIX=/usr/local] [DESTDIR=..] TARGET'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1@\2/p' $(SRC)/Makefile | \
		while IFS=@ read -r t d; do printf '  %-20s%s\n' $$t "$$d"; done

-include $(shell find $(O) \( $(patsubst %,-path $(O)/% -o,vm kmod boot) -path $(O)/deb \) -prune -o -name '*.d' -type f -print 2>/dev/null)
