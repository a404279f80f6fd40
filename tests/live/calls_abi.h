/* SPDX-License-Identifier: MIT */
/* Calls that are told with raw arguments, for want of a row or a name; and those of i386. */
#ifndef CALLS_ABI_H
#define CALLS_ABI_H

#include <netinet/in.h>
#include <time.h>
#include "calls.h"

extern bool have_32bit;		/* the kernel takes 32-bit calls */
extern bool have_program32;	/* calls32 could be built, and runs */
extern int results_fd[2];	/* a pipe, with what its calls returned */

/* What struct mem32 has, as it must be told. */
extern const struct sockaddr_in addr32;
extern const struct timespec time32, no_time32;
extern const uint16_t no_name32;	/* address of a unix socket that has none */
extern const int16_t sembuf32[3];
extern const int32_t type32;
extern const uint32_t act32[4];
extern const uint8_t fds32[9];

void prepare_abi(void);		/* says what there is not */
void calls_abi(void);		/* in the child */

unsigned row_of(const char *name);	/* of a call, as the events number it */
long int80(long nr, const uint64_t args[6]);	/* the kernel gets their lower halves */

#endif
