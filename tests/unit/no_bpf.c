// SPDX-License-Identifier: MIT
/*
 * Empty BPF objects, for tests whose program has the eBPF backend in it but does not load a probe: they
 * need not wait until the three builds of the probe are made.
 */
#define EMPTY(name) ".globl " name ", " name "_end\n" name ":\n" name "_end:\n"

__asm__(".data\n" EMPTY("sct_bpf_cast") EMPTY("sct_bpf_typed") EMPTY("sct_bpf_plain"));
