/* SPDX-License-Identifier: MIT */
/* For the programs that test_strace_diff.sh traces: each does a fixed work in a fixed order. */
#ifndef PROG_H
#define PROG_H

#include <stdio.h>
#include <stdlib.h>

/* The call must have worked, else the work is not what is to be compared. */
static inline long must(long ret, const char *what)
{
	if (ret < 0) {
		perror(what);
		exit(1);
	}
	return ret;
}

#define MUST(call) must(call, #call)

#endif
