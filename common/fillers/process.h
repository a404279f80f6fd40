/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of tasks, for the task record and for process events.  Included by sct_fill.h only. */

#define SCT_TASK_VALUE(ctype, name)					\
	static SCT_INLINE ctype sct_val_##name(struct sct_fill *f)	\
	{								\
		return sct_acc_##name(f, sct_current(f));		\
	}
SCT_TASK_VALUE(__s32, ppid)
SCT_TASK_VALUE(__u64, start_time)
SCT_TASK_VALUE(__u32, uid)
SCT_TASK_VALUE(__u32, gid)
SCT_TASK_VALUE(__u32, loginuid)
SCT_TASK_VALUE(__s32, vtid)
SCT_TASK_VALUE(__s32, vpid)
SCT_TASK_VALUE(__u32, pidns)
SCT_TASK_VALUE(__u32, mntns)
SCT_TASK_VALUE(__u32, netns)
SCT_TASK_VALUE(__u32, userns)

/* The executable's device and inode; looked up once a record. */
static SCT_INLINE struct sct_inode_id *sct_exe_inode(struct sct_fill *f)
{
	if (!f->have_id) {
		sct_acc_exe_inode(f, &f->id);
		f->have_id = 1;
	}
	return &f->id;
}

static SCT_INLINE __u32 sct_val_exe_dev(struct sct_fill *f)
{
	return sct_exe_inode(f)->dev;
}

static SCT_INLINE __u64 sct_val_exe_ino(struct sct_fill *f)
{
	return sct_exe_inode(f)->ino;
}

/* ---- the end of a task; its exit code is laid out as wait(2) reports it ---- */

static SCT_INLINE __s32 sct_val_exit_code(struct sct_fill *f)
{
	return sct_acc_exit_code(f, sct_current(f));
}

static SCT_INLINE __s32 sct_val_exit_status(struct sct_fill *f)
{
	return (sct_val_exit_code(f) >> 8) & 0xff;
}

static SCT_INLINE __s32 sct_val_exit_signal(struct sct_fill *f)
{
	return sct_val_exit_code(f) & 0x7f;
}

static SCT_INLINE __u8 sct_val_exit_core(struct sct_fill *f)
{
	return !!(sct_val_exit_code(f) & 0x80);
}

/* Who inherits the children of a task that ends: 0 when it has none. */
static SCT_INLINE __s32 sct_val_exit_reaper(struct sct_fill *f)
{
	return sct_acc_exit_reaper(f, sct_current(f));
}
