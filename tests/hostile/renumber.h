/* SPDX-License-Identifier: MIT */
/* What renumber.c and the test of it agree on. */
#ifndef RENUMBER_H
#define RENUMBER_H

#define FAKE 7		/* the result of what is not run */

#endif
