/* SPDX-License-Identifier: MIT */
/* Calls that are told with raw arguments: those without a row of their own, unknown and 32-bit ones. */
#ifndef CALLS_ABI_H
#define CALLS_ABI_H

#include "calls.h"

extern bool have_32bit;		/* the kernel takes 32-bit calls */
extern bool have_program32;	/* calls32 could be built, and runs */
extern int results_fd[2];	/* a pipe, with what its calls returned */

void prepare_abi(void);		/* says what there is not */
void calls_abi(void);		/* in the child */

unsigned row_of(const char *name);	/* of a call, as the events number it */
long int80(long nr, const uint64_t args[6]);	/* the kernel gets their lower halves */

#endif
