/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Which call is it that ends?  What the task shows then (x86's orig_ax) is not enough: in six calls
 * it stops for its tracer between entry and end (PTRACE_EVENT_EXEC, _FORK, _VFORK, _CLONE and
 * _VFORK_DONE of ptrace(2)), and the tracer may write any number there.  The tracepoints
 * sched_process_exec and sched_process_fork come before that stop: they note the number.  A return
 * from a signal handler ends with -1 by itself: it is noted at entry, where sys_enter is attached,
 * so that -1 is taken for one only then.
 *
 * One entry for each thread id, so that no task can displace another's.  Only the thread itself
 * writes its entry, and who makes the thread before it runs.  For the kernel side only, after
 * sct_config.h; includes nothing of the kernel.
 *
 * The backend provides
 *
 *   sct_sum(p, n)	add n to a __u64 that other CPUs add to as well
 */
#ifndef SCT_NUMBER_H
#define SCT_NUMBER_H

#define SCT_NOTED	  0x8000u	/* there is a note */
#define SCT_NOTED_X32	  0x4000u	/* the number has the mark of x32 */
#define SCT_NOTED_HANDLER 0x2000u	/* the call returns from a signal handler */

static SCT_INLINE int sct_returns_from_handler(__u32 row)
{
	return row == SCT_SYS_rt_sigreturn || row == SCT_SYS_sigreturn;
}

/* nr is what the task shows at entry; 0 where no call has that number. */
static SCT_INLINE __u32 sct_number_note(__u32 nr)
{
	__u32 plain = nr & ~SCT_X32_BIT;

	return plain < SCT_NR_MAX ? SCT_NOTED | (nr != plain ? SCT_NOTED_X32 : 0) | plain : 0;
}

/* What the task showed at entry. */
static SCT_INLINE __u32 sct_noted_number(__u32 note)
{
	return (note & (SCT_NR_MAX - 1)) | (note & SCT_NOTED_X32 ? SCT_X32_BIT : 0);
}

/* Put a note into a thread's entry, or 0; noted is how many have one. */
static SCT_INLINE void sct_note_number(__u16 *entry, __u64 *noted, __u32 note)
{
	__s64 more = !!note - !!*entry;

	*entry = note;
	if (more)
		sct_sum(noted, more);
}

/* The thread's call ends: its note, or 0. */
static SCT_INLINE __u32 sct_take_number(__u16 *entry, __u64 *noted)
{
	__u32 note = *entry;

	if (note)
		sct_note_number(entry, noted, 0);
	return note;
}

/*
 * No call has that number: a return from a signal handler that was not noted, or a call that a
 * tracer made the kernel skip.  A program may also pass -1, which fails so.
 */
static SCT_INLINE int sct_is_no_call(__u32 nr, __s64 ret)
{
	return (__s32)nr == -1 && ret != SCT_ENOSYS;
}

#endif
