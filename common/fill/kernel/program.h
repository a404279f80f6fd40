/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The program of the current task, and one that is being started. */
#ifndef SCT_KERNEL_PROGRAM_H
#define SCT_KERNEL_PROGRAM_H

static SCT_INLINE __u64 sct_put_comm(struct sct_fill *f)
{
	return sct_put_kernel_str(f, sct_current(f)->comm, SCT_COMM_LEN);
}

static SCT_INLINE void sct_acc_exe_inode(struct sct_fill *f, struct sct_inode_id *id)
{
	struct inode *inode = SCT_PTR(sct_current(f), mm, exe_file, f_inode);

	id->ino = SCT_READ(inode, i_ino);
	id->dev = SCT_READ(inode, i_sb, s_dev);
}

static SCT_INLINE void sct_acc_mm_strings(struct sct_fill *f, struct sct_mm_strings *s)
{
	struct mm_struct *mm = SCT_PTR(sct_current(f), mm);

	s->arg_start = SCT_READ(mm, arg_start);
	s->arg_end = SCT_READ(mm, arg_end);
	s->env_start = SCT_READ(mm, env_start);
	s->env_end = SCT_READ(mm, env_end);
}

static SCT_INLINE __u64 sct_acc_exe_ctime(struct sct_fill *f)
{
	return sct_inode_ctime(SCT_PTR(sct_current(f), mm, exe_file, f_inode));
}

static SCT_INLINE __u64 sct_acc_exe_mtime(struct sct_fill *f)
{
	return sct_inode_mtime(SCT_PTR(sct_current(f), mm, exe_file, f_inode));
}

/* Such a file is the root of a tree of its own, named by memfd_create(2). */
static SCT_INLINE int sct_acc_exe_memfd(struct sct_fill *f)
{
	struct dentry *d = SCT_PTR(sct_current(f), mm, exe_file, f_path.dentry);
	char name[8] = {};

	if (!d || SCT_PEEK(d, d_parent) != d)
		return 0;
	sct_peek_bytes(name, SCT_PEEK(d, d_name.name), 6);
	return !__builtin_memcmp(name, "memfd:\0", 8);
}

static SCT_INLINE __u64 sct_put_bprm_filename(struct sct_fill *f, __u64 bprm)
{
	return sct_put_kernel_str(f, SCT_PTR((struct linux_binprm *)bprm, filename),
				  SCT_SIZE_PATH);
}

static SCT_INLINE __u64 sct_put_kernel_path(struct sct_fill *f, __u64 path)
{
	return sct_put_kernel_str(f, (const char *)path, SCT_SIZE_PATH);
}

static SCT_INLINE __u64 sct_put_bprm_interp(struct sct_fill *f, __u64 bprm)
{
	return sct_put_kernel_str(f, SCT_PTR((struct linux_binprm *)bprm, interp),
				  SCT_SIZE_PATH);
}

#endif
