# SPDX-License-Identifier: MIT
# Tests, fuzzers, benchmarks.  Included by the Makefile.

# ---- tests ----

# Unit tests: the library and the tests under sanitizers.  Each test_*.c with a main() is a program;
# those without are one together, with the main() of fillers.c, which sees in the end whether they
# left out a value; each of these is also a program of its own, of its tests alone, without the library.
# What programs share comes from archives: each takes what it needs.  The embedded BPF objects, which take
# longest to build, are not among it: a test that names their symbols has them, no_bpf.c is for the others.
UNIT_SRCS    := $(call sources,tests/unit/*.c)
UNIT_TESTS   := $(filter tests/unit/test_%,$(UNIT_SRCS))
UNIT_COMMON  := $(patsubst %.c,$(O)/%.o,$(filter-out $(UNIT_TESTS),$(UNIT_SRCS)))
FILLER_TESTS := $(if $(UNIT_TESTS),$(shell cd $(SRC) && grep -L '^int main' $(UNIT_TESTS)))
UNIT_SINGLE  := $(patsubst %.c,$(O)/%,$(filter-out $(FILLER_TESTS),$(UNIT_TESTS)))
UNIT_FILLERS := $(FILLER_TESTS:%.c=$(O)/%)
UNIT_BPF     := $(if $(UNIT_TESTS),$(shell cd $(SRC) && grep -l sct_bpf_cast $(UNIT_TESTS)))
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

$(O)/sanitized/lib.a: $(SAN_OBJS)
$(O)/tests/unit/common.a: $(UNIT_COMMON)
$(O)/sanitized/lib.a $(O)/tests/unit/common.a:
	@mkdir -p $(@D)
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $^

$(O)/tests/unit/test_fillers: $(FILLER_TESTS:%.c=$(O)/%.o)
$(UNIT_SINGLE) $(UNIT_FILLERS): $(O)/%: $(O)/%.o
$(UNIT_BPF:%.c=$(O)/%): $(O)/userspace/lib/source/live/ebpf/bpf_object.o
$(UNIT_PROGS) $(UNIT_FILLERS): $(O)/tests/unit/common.a
$(UNIT_PROGS): $(O)/sanitized/lib.a
$(UNIT_PROGS) $(UNIT_FILLERS):
	$(call say,LD,$@)$(CC) $(CFLAGS) $(LDFLAGS) $(SANITIZE) -Wl,--as-needed -o $@ \
		$(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group -pthread $(TEST_LIBS) $(DEP_LIBS)

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

$(O)/fuzz/common.a: $(FUZZ_OBJS) $(O)/userspace/lib/source/live/ebpf/bpf_object.o
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

# One test, by its name below tests/, with or without the suffix.  A C file needs its program, and the
# programs of its folder that are no tests, which it may run; a script needs those and the tool, if it uses
# the build at all.
ONE	    := $(patsubst tests/%,%,$(basename $(T)))
ONE_DIR	    := $(patsubst %/,%,$(dir $(ONE)))
ONE_SCRIPT  := $(wildcard $(SRC)/tests/$(ONE).sh)
ONE_PROG    := $(filter $(O)/tests/$(ONE),$(UNIT_PROGS) $(UNIT_FILLERS) $(HELPERS))
ONE_DIRS    := $(addprefix $(O)/tests/,$(ONE_DIR) $(if $(filter parity,$(ONE_DIR)),live))
ONE_HELPERS := $(filter-out $(ONE_DIRS:%=%/test_%),$(filter $(ONE_DIRS:%=%/%),$(HELPERS) $(HELPERS32)))
ONE_USES    := $(if $(ONE_SCRIPT),$(shell grep -q 'SCTRACE\|SCT_BUILD\|expect\.sh' $(ONE_SCRIPT) && echo all))
ONE_NEEDS   := $(ONE_PROG) $(ONE_USES) $(if $(ONE_PROG)$(ONE_USES),$(ONE_HELPERS))

# All that a first test needs is small and independent: use each CPU, unless the command line says otherwise.
ifneq ($(filter check-one,$(MAKECMDGOALS)),)
ifeq ($(filter -j% --jobserver%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc)
endif
endif

check-one: $(if $(T),$(ONE_NEEDS)) ## build and run one test: T=unit/test_print, T=live/test_cli
	$(if $(ONE_PROG)$(ONE_SCRIPT),,$(error check-one: $(if $(T),there is no test $(T) below tests/,name \
		a test, as T=unit/test_print)))
	@$(RUN) $(or $(ONE_PROG),$(ONE_SCRIPT))

fuzz: $(FUZZ_PROGS) ## look for inputs that fillers or decoder fail on; FUZZ_SECONDS=3600, FUZZ=fill or decode
	@SCT_BUILD='$(O)' FUZZ='$(FUZZ)' FUZZ_SECONDS='$(or $(FUZZ_SECONDS),3600)' $(SRC)/tests/fuzz/run

# What runs under other kernels, and what that needs beside itself.
VM_TESTS := $(SRC)/tests/vm/test_load.sh \
	    $(addprefix $(O)/tests/live/,test_calls test_abi test_events test_results test_scope test_storm \
					 test_flood test_renumber) \
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
