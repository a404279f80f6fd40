/* SPDX-License-Identifier: MIT */
/* What tests in C of any kind share: failures that explain themselves, and how a test is skipped. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define EXIT_SKIP 77

/* Say where and why, and end; the caller's children end with it (PR_SET_PDEATHSIG). */
#define fail(fmt, ...)							\
	do {								\
		fprintf(stderr, "%s:%d: " fmt "\n", __FILE__, __LINE__, ##__VA_ARGS__);	\
		exit(1);						\
	} while (0)

#define check(cond, fmt, ...)						\
	do {								\
		if (!(cond))						\
			fail("%s: " fmt, #cond, ##__VA_ARGS__);		\
	} while (0)

#endif
