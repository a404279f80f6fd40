/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The end of a task.  After ns.h. */
#ifndef SCT_KERNEL_EXIT_H
#define SCT_KERNEL_EXIT_H

#define SCT_THREADS_MAX	  64u	/* walked for one that lives */
#define SCT_ANCESTORS_MAX 32u	/* walked for a subreaper */

static SCT_INLINE __s32 sct_acc_exit_code(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, exit_code);
}

/* Another thread of t's process that is not about to end; 0 when there is none. */
static SCT_INLINE __s32 sct_live_thread(struct task_struct *t)
{
	struct list_head *head = sct_threads(t), *node = SCT_FAR_PTR(head, next);
	__u32 i;

	for (i = 0; i < SCT_THREADS_MAX && node != head; i++) {
		t = SCT_OWNER(node, struct task_struct, SCT_THREAD_NODE);
		if (!(SCT_FAR(t, flags) & SCT_PF_EXITING))
			return SCT_FAR(t, pid);
		node = SCT_FAR_PTR(node, next);
	}
	return 0;
}

/* As find_new_reaper() of kernel/exit.c, but of an ancestor always the first thread. */
static SCT_INLINE __s32 sct_acc_exit_reaper(struct sct_fill *f, struct task_struct *t)
{
	struct list_head *kids = SCT_ADDR(t, struct task_struct, children);
	sct_upid_ref upid = sct_task_upid(t);
	struct task_struct *init = SCT_REF_PTR(upid, ns, child_reaper);
	__s32 init_pid = SCT_REF_READ(upid, ns, child_reaper, pid);
	struct signal_struct *signal = SCT_PTR(t, signal);
	__s32 tid = 0;
	__u32 i;

	if (SCT_PTR(kids, next) == kids)
		return 0;
	tid = sct_live_thread(t);
	if (tid)
		return tid;
	if (!SCT_BIT(signal, has_child_subreaper))
		return init_pid;
	for (i = 0; i < SCT_ANCESTORS_MAX; i++) {
		t = SCT_PTR(t, real_parent);
		upid = sct_task_upid(t);
		if (t == init || SCT_REF_PTR(upid, ns, child_reaper) != init)
			break;
		signal = SCT_PTR(t, signal);
		if (SCT_BIT(signal, is_child_subreaper) && SCT_READ(signal, live.counter) > 0)
			return SCT_READ(t, tgid);
	}
	return init_pid;
}

#endif
