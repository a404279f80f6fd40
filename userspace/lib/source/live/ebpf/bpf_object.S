/* SPDX-License-Identifier: MIT */
/*
 * The probe's three builds (bpf/read.bpf.h) inside the library: nothing to find at run time.  They are changed
 * before they are loaded.
 */
	.data

	.macro	object name file
	.globl	\name
	.globl	\name\()_end
	.hidden	\name
	.hidden	\name\()_end
	.type	\name, @object
	.balign	8
\name:
	.incbin	"\file"
\name\()_end:
	.size	\name, . - \name
	.endm

	object	sct_bpf_cast, sctrace.bpf.o
	object	sct_bpf_typed, sctrace-typed.bpf.o
	object	sct_bpf_plain, sctrace-plain.bpf.o

	.section .note.GNU-stack, "", @progbits
