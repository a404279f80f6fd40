/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Tasks: ids that need no namespace, limits, faults, terminal. */
#ifndef SCT_KERNEL_TASK_H
#define SCT_KERNEL_TASK_H

static SCT_INLINE __s32 sct_acc_tid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, pid);
}

static SCT_INLINE __s32 sct_acc_pid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, tgid);
}

/* The parent of a task that is all but gone may be gone. */
static SCT_INLINE __s32 sct_acc_ppid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_PEEK(t, real_parent, tgid);
}

static SCT_INLINE __s32 sct_acc_ptid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_PEEK(t, real_parent, pid);
}

static SCT_INLINE __u64 sct_acc_fdlimit(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, signal, rlim[SCT_RLIMIT_NOFILE].rlim_cur);
}

static SCT_INLINE __u64 sct_acc_pgft_maj(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, maj_flt);
}

static SCT_INLINE __u64 sct_acc_pgft_min(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, min_flt);
}

/* Without a lock, as sct_put_unix_peer(): the terminal that a process names stays as long as it does. */
static SCT_INLINE __u32 sct_acc_tty(struct sct_fill *f, struct task_struct *t)
{
	struct signal_struct *signal = SCT_PTR(t, signal);
	struct tty_struct *tty = SCT_PTR(signal, tty);
	struct tty_driver *driver = SCT_PEEK(tty, driver);
	__u32 dev = ((__u32)SCT_PEEK(driver, major) << 20) + SCT_PEEK(driver, minor_start) +
		    SCT_PEEK(tty, index);

	return SCT_PTR(signal, tty) == tty ? dev : 0;
}

#endif
