/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What is known of a call's begin when it ends.  For the kernel side only, after sct_scope.h; includes nothing of
 * kernel, BPF or libc.
 */
#ifndef SCT_ENTERED_H
#define SCT_ENTERED_H

#include "sct_scope.h"

/*
 * ---- how did the call begin? ----
 * A task is in one call at a time, so its end is that of the last one that began.  Two tasks of one
 * entry displace each other: of one nothing is known then, and no other is taken for it.  For that
 * `who` is 0 while the rest changes, and looked at before and after; other CPUs see stores in order
 * (x86).
 */

static SCT_INLINE void sct_note_entered(struct sct_entered *e, __u32 tid, __u32 row, __u64 now, __u64 lens)
{
	volatile struct sct_entered *to = e;

	to->who = 0;
	to->ts = now;
	to->lens = lens;
	to->who = (__u64)tid << 32 | row;
}

/* Is it known?  Then *ts and *lens are set.  An execveat that has succeeded ends as an execve. */
static SCT_INLINE int sct_take_entered(struct sct_entered *e, __u32 tid, __u32 row, __u64 *ts, __u64 *lens)
{
	volatile struct sct_entered *from = e;
	__u64 who = from->who, began = from->ts, given = from->lens;

	if (who >> 32 != tid || from->who != who)
		return 0;
	from->who = 0;
	if ((__u32)who != row && !(sct_is_exec(who) && sct_is_exec(row)))
		return 0;
	*ts = began;
	*lens = given;
	return 1;
}

/* A task comes to be: what a former one of its id began has no end. */
static SCT_INLINE void sct_forget_entered(struct sct_entered *e, __u32 tid)
{
	volatile struct sct_entered *of = e;

	if (of->who >> 32 == tid)
		of->who = 0;
}

#endif
