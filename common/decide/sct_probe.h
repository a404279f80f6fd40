/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What probes decide before a record is made, alike in both backends: is the task in scope, does
 * what the call returned pass, and does the ring's reader know the task?  For the kernel side only,
 * after the backend's reads (see sct_access.h); includes nothing of the kernel.
 *
 * The backend provides, beside those,
 *
 *   sct_number(&room, p)	a kernel pointer as a number; room is a __u64 to use meanwhile
 *   sct_task_comm(t, n)	the current task's name as two numbers
 */
#ifndef SCT_PROBE_H
#define SCT_PROBE_H

/* ---- scope: p is the process's byte of it; NULL where the process has none ---- */

static SCT_INLINE int sct_is_exec(__u32 row)
{
	return row == SCT_SYS_execve || row == SCT_SYS_execveat;
}

static SCT_INLINE int sct_in_scope(const __u8 *p, int pass_default, __u32 row)
{
	if (!p || *p == SCT_SCOPE_DEFAULT)
		return pass_default;
	return *p == SCT_SCOPE_TRACE || *p == SCT_SCOPE_ENDING ||
	       (*p == SCT_SCOPE_ARMED && sct_is_exec(row));
}

/* ---- what a call returned ---- */

/* Does it pass?  Only calls return something. */
static SCT_INLINE int sct_result_passes(__u32 pass, __u32 kind, __s64 ret)
{
	if (pass == SCT_PASS_ANY || (kind != SCT_KIND_sys_enter && kind != SCT_KIND_sys_exit))
		return 1;
	if (kind == SCT_KIND_sys_enter)
		return 0;
	return (pass == SCT_PASS_ERROR) == (ret < 0 && ret >= SCT_ERRNO_MAX);
}

/* ---- scope: how it is handed on ---- */

/*
 * A child is in its parent's scope; threads share their process's.  The parent is here when the
 * child has its id, and before it runs: what a former process of that id left is overwritten, also
 * by DEFAULT, and the child's exec and exit come later.  The parent's byte changes meanwhile only
 * when user space gives it a scope, which may have found nothing to do for the child: hence the
 * second look.
 *
 * Tasks that come to be without this tracepoint are threads of the kernel's in a process that is
 * there (io_uring), whose byte they share, or have id 0.
 */
static SCT_INLINE void sct_scope_fork(const __u8 *parent, __u8 *child, int is_process)
{
	const volatile __u8 *from = parent;
	__u8 scope;

	if (!parent || !child || !is_process)
		return;
	scope = *from;
	*child = scope;
	if (*from != scope)
		*child = *from;
}

static SCT_INLINE void sct_scope_exec(__u8 *p)
{
	if (p && *p == SCT_SCOPE_ARMED)
		*p = SCT_SCOPE_TRACE;
}

/*
 * t ends.  Each thread is counted out before it comes here, so the last to be so finds 0; others
 * may still be on their way here: their events are to be let through.  Who forks or execs is not
 * counted out yet, and one that execs waits for the others first: once 0 was found here, no scope
 * is given from this byte, nor to it but by the fork of the next process of this id, which is free
 * only when all were here.
 */
static SCT_INLINE void sct_scope_exit(__u8 *p, struct task_struct *t)
{
	if (p && (*p == SCT_SCOPE_TRACE || *p == SCT_SCOPE_ARMED) &&
	    SCT_READ(t, signal, live.counter) == 0)
		*p = SCT_SCOPE_ENDING;
}

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

/* ---- which call is it?  nr is what the caller gave ---- */

/* Of a table by number: the last stands for all beyond. */
static SCT_INLINE __u32 sct_nr_index(__u32 nr)
{
	return nr < SCT_NR_MAX ? nr : SCT_NR_MAX - 1;
}

/* The number without the mark of an ABI. */
static SCT_INLINE __u32 sct_nr_plain(__u32 nr)
{
	return nr & ~SCT_X32_BIT;
}

/* The ABI that the call is made through; takes its mark off the number. */
static SCT_INLINE __u32 sct_abi_of(int compat, __u32 *nr)
{
	if (compat)
		return SCT_ABI_IA32;
	if (*nr < SCT_X32_BIT || *nr >= SCT_X32_BIT + SCT_NR_MAX)
		return SCT_ABI_NATIVE;
	*nr = sct_nr_plain(*nr);
	return SCT_ABI_X32;
}

/* ---- is the current task's record in this CPU's ring? ---- */

static SCT_INLINE __u64 sct_mix(__u64 h, __u64 v)
{
	return (h ^ v) * 0x9e3779b97f4a7c15ull;
}

/* All that a change of makes a new task record due, folded into one number. */
static SCT_INLINE __u64 sct_task_version(struct task_struct *t, __u64 *room)
{
	const struct cred *cred = SCT_PTR(t, real_cred);
	__u64 comm[2] = {}, h;

	sct_task_comm(t, comm);
	h = sct_mix(comm[0], comm[1]);
	h = sct_mix(h, sct_number(room, cred));
	h = sct_mix(h, SCT_READ(cred, SCT_ID(uid)));	/* the pointer may be used again */
	h = sct_mix(h, SCT_READ(cred, SCT_ID(gid)));
	h = sct_mix(h, sct_acc_loginuid(NULL, t));	/* set without new credentials */
	h = sct_mix(h, sct_number(room, SCT_PTR(t, nsproxy)));
	h = sct_mix(h, sct_number(room, sct_css_set(t)));
	h = sct_mix(h, sct_number(room, SCT_PTR(t, real_parent)));
	return sct_mix(h, SCT_READ(t, self_exec_id));
}

/*
 * Does the ring know task t of id tid as it is now?  *lost is how many records it has lost, k its
 * entry for the task, *told what the last record of it said.  Fills in *now but for lost: that is
 * noted when a task record is begun.
 */
static SCT_INLINE int sct_task_known(const struct sct_known *k, const __u64 *lost,
				     const __u64 *told, struct task_struct *t, __u32 tid,
				     struct sct_known *now)
{
	now->tid = tid;
	now->start = sct_acc_start_time(NULL, t);
	now->version = sct_mix(sct_task_version(t, &now->version), tid);
	return k->tid == tid && k->lost == *lost && k->start == now->start &&
	       k->version == now->version && told && *told == k->version;
}

/* The task record that *now is about is on its way to the ring's reader. */
static SCT_INLINE void sct_task_told(struct sct_known *k, __u64 *told, const struct sct_known *now)
{
	*k = *now;
	if (told)
		*told = now->version;
}

#endif
