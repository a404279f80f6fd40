/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Namespaces of a task, and its ids in them. */
#ifndef SCT_KERNEL_NS_H
#define SCT_KERNEL_NS_H

/* The id of a task in its innermost pid namespace. */
static SCT_INLINE sct_upid_ref sct_pid_innermost(struct pid *pid)
{
	return sct_pid_upid(pid, SCT_READ(pid, level));
}

static SCT_INLINE sct_upid_ref sct_task_upid(struct task_struct *t)
{
	return sct_pid_innermost(sct_task_pid(t));
}

static SCT_INLINE __s32 sct_acc_pgid(struct sct_fill *f, struct task_struct *t)
{
	sct_upid_ref upid = sct_pid_upid(sct_task_pgrp(t), 0);

	return SCT_REF_READ(upid, nr);
}

/* 0 for a group that was led from outside the namespace. */
static SCT_INLINE __s32 sct_acc_vpgid(struct sct_fill *f, struct task_struct *t)
{
	struct pid *own = sct_task_pid(t), *pid = sct_task_pgrp(t);
	__u32 level = SCT_READ(own, level);
	sct_upid_ref upid = sct_pid_upid(pid, level);

	return level <= SCT_READ(pid, level) ? SCT_REF_READ(upid, nr) : 0;
}

static SCT_INLINE __s32 sct_acc_vtid(struct sct_fill *f, struct task_struct *t)
{
	sct_upid_ref upid = sct_task_upid(t);

	return SCT_REF_READ(upid, nr);
}

static SCT_INLINE __s32 sct_acc_vpid(struct sct_fill *f, struct task_struct *t)
{
	sct_upid_ref upid = sct_pid_innermost(sct_leader_pid(t));

	return SCT_REF_READ(upid, nr);
}

static SCT_INLINE __u32 sct_acc_pidns(struct sct_fill *f, struct task_struct *t)
{
	sct_upid_ref upid = sct_task_upid(t);

	return SCT_REF_READ(upid, ns, SCT_INUM);
}

static SCT_INLINE __u64 sct_acc_pidns_start(struct sct_fill *f, struct task_struct *t)
{
	sct_upid_ref upid = sct_task_upid(t);

	return sct_reaper_start(f, upid);
}

static SCT_INLINE __u32 sct_acc_netns(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, nsproxy, net_ns, SCT_INUM);
}

static SCT_INLINE __u32 sct_acc_userns(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, user_ns, SCT_INUM);
}

#endif
