/* SPDX-License-Identifier: MIT */
/* The probe, as the compiler left it, inside the library: nothing to find at run time. */
	.section .rodata
	.globl	sct_bpf_object
	.globl	sct_bpf_object_end
	.hidden	sct_bpf_object
	.hidden	sct_bpf_object_end
	.type	sct_bpf_object, @object
	.balign	8
sct_bpf_object:
	.incbin	"sctrace.bpf.o"
sct_bpf_object_end:
	.size	sct_bpf_object, . - sct_bpf_object
	.section .note.GNU-stack, "", @progbits
