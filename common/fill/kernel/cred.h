/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Credentials of a task. */
#ifndef SCT_KERNEL_CRED_H
#define SCT_KERNEL_CRED_H

static SCT_INLINE __u32 sct_acc_uid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, SCT_ID(uid));
}

static SCT_INLINE __u32 sct_acc_gid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, SCT_ID(gid));
}

static SCT_INLINE __u32 sct_acc_euid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, SCT_ID(euid));
}

static SCT_INLINE __u32 sct_acc_egid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, SCT_ID(egid));
}

/* 8 bytes in every kernel: f122a08b197d ("capability: just use a 'u64'"), 6.3 */
#define SCT_CAP_ACCESSOR(set)							\
	static SCT_INLINE __u64 sct_acc_##set(struct sct_fill *f, struct task_struct *t)	\
	{									\
		const struct cred *cred = SCT_PTR(t, real_cred);		\
		__u64 caps = 0;							\
										\
		SCT_COPY(&caps, cred, set);					\
		return caps;							\
	}
SCT_CAP_ACCESSOR(cap_inheritable)
SCT_CAP_ACCESSOR(cap_permitted)
SCT_CAP_ACCESSOR(cap_effective)

#endif
