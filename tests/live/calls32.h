/* SPDX-License-Identifier: MIT */
/*
 * Calls of a 32-bit program, X(name, number, six arguments), the first and the last to tell them from
 * those of its C library.  Their numbers mean something else to a 64-bit program, and their pointers
 * nothing to anybody.
 */
#ifndef CALLS32_H
#define CALLS32_H

#define CALLS32(X)								\
	X("getppid",	64,  0x11111111, 2, 3, 4, 5, 6)	/* semget */		\
	X("access",	33,  16, 0x80000004, 0xffffffff, 0, 0, 0) /* dup2 */	\
	X("pipe",	42,  16, 1, 2, 0xfffffffe, 4, 5) /* connect */		\
	X("socketcall", 102, 99, 16, 0, 0, 0, 0x7fffffff) /* getuid */		\
	X("syscall",	999, 0xdeadbeef, 1, 2, 3, 4, 0xcafe0000)		\
	X("getppid",	64,  0x22222222, 7, 8, 9, 10, 11)

#endif
