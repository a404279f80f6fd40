# SPDX-License-Identifier: MIT
# The eBPF probe: three builds of one source.  Included by the Makefile.

# ---- the probe ----

# Three builds of one source, see bpf/read.bpf.h.  Two thirds of what the compiler makes are for linkers.
PROBES := $(O)/sctrace.bpf.o $(O)/sctrace-typed.bpf.o $(O)/sctrace-plain.bpf.o
$(O)/sctrace.bpf.o: BPF_FLAGS += -DSCT_CAST
$(O)/sctrace-typed.bpf.o: BPF_FLAGS += -DSCT_TYPED

$(PROBES): $(SRC)/bpf/sctrace.bpf.c $(O)/flags $(SRC)/Makefile
	$(call say,BPF,$@)$(CLANG) $(BPF_FLAGS) -MMD -MP -MT $@ -MF $@.d -c $< -o $@
	$(Q)$(LLVM_STRIP) -g -w -N 'LBB*' -R .rel.BTF -R .rel.BTF.ext -R .llvm_addrsig $@
