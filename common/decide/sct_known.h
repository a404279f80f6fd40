/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Does the ring's reader know the task?  For the kernel side only, after the backend's reads (see kernel/objects.h);
 * includes nothing of kernel, BPF or libc.
 *
 * The backend provides, beside those,
 *
 *   sct_number(&room, p)	a kernel pointer as a number; room is a __u64 to use meanwhile
 *   sct_task_comm(t, n)	the current task's name as two numbers
 */
#ifndef SCT_KNOWN_H
#define SCT_KNOWN_H

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
