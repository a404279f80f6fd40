/* SPDX-License-Identifier: MIT */
/* All that is to be seen by two backends at once. */
#ifndef WORKLOAD_H
#define WORKLOAD_H

void prepare_workload(void);
void workload(void);		/* in the child */

/*
 * The workload makes each call of the tables, in both ABIs.  These it leaves out; NULL behind the
 * last.
 */
struct left_out {
	const char *name, *why;
};

extern const struct left_out left_out64[], left_out32[];

#endif
