# SPDX-License-Identifier: MIT
# Static analysis.  Included by the Makefile.

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
	    --suppress=missingIncludeSystem --suppress='nullPointer:*/common/fill/values/*' \
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
