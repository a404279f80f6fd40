/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of file events.  Included by sct_fill.h only. */

/* The kernel ignores the mode unless the call may create a file (open(2)). */
static SCT_INLINE __u32 sct_open_mode(__u64 flags, __u64 mode)
{
	return flags & (SCT_O_CREAT | SCT_O_TMPFILE) ? (__u32)mode : 0;
}

static SCT_INLINE __u32 sct_val_open_mode(struct sct_fill *f)
{
	return sct_open_mode(f->args[1], f->args[2]);
}

static SCT_INLINE __u32 sct_val_openat_mode(struct sct_fill *f)
{
	return sct_open_mode(f->args[2], f->args[3]);
}

/* ---- numbers of 64 bit, which calls of i386 have beside those of 32 ---- */

static SCT_INLINE __s64 sct_val_ftruncate_length(struct sct_fill *f)
{
	return f->row == SCT_SYS_ftruncate64 ? sct_pair_arg(f, 1, 1) : sct_long_arg(f, 1, 1);
}

static SCT_INLINE __s64 sct_val_llseek_offset(struct sct_fill *f)
{
	return f->args[1] << 32 | (__u32)f->args[2];
}

static SCT_INLINE __u64 sct_val_fadvise_len(struct sct_fill *f)
{
	if (f->row == SCT_SYS_fadvise64_64)
		return sct_pair_arg(f, 3, 3);
	return f->args[sct_is_ia32(f) ? 3 : 2];
}

static SCT_INLINE __u32 sct_val_fadvise_advice(struct sct_fill *f)
{
	if (f->row == SCT_SYS_fadvise64_64)
		return f->args[5];
	return f->args[sct_is_ia32(f) ? 4 : 3];
}

static SCT_INLINE __u64 sct_put_sendfile_offset(struct sct_fill *f)
{
	__s64 off[1] = {};

	if (!f->args[2])
		return 0;
	if (sct_read_longs(f, off, f->args[2], 1,
			   sct_is_ia32(f) && f->row != SCT_SYS_sendfile64)) {
		sct_fault(f);
		return 0;
	}
	sct_put(f, off[0]);
	return sizeof(off);
}

/* Device and inode of the descriptor that the call returned; looked up once a record. */
static SCT_INLINE struct sct_inode_id *sct_ret_inode(struct sct_fill *f)
{
	if (!f->have_id) {
		sct_acc_fd_inode(f, (__s32)f->ret, &f->id);
		f->have_id = 1;
	}
	return &f->id;
}

static SCT_INLINE __u32 sct_val_ret_dev(struct sct_fill *f)
{
	return sct_ret_inode(f)->dev;
}

static SCT_INLINE __u64 sct_val_ret_ino(struct sct_fill *f)
{
	return sct_ret_inode(f)->ino;
}

/* Did the call make the file that it opened? */
static SCT_INLINE __u16 sct_val_ret_created(struct sct_fill *f)
{
	return sct_acc_fd_created(f, (__s32)f->ret);
}

static SCT_INLINE __u64 sct_put_ret_path(struct sct_fill *f)
{
	return sct_put_fd_path(f, (__s32)f->ret);
}

/* Both ends of a pipe have the same inode. */
static SCT_INLINE __u64 sct_put_pipe_ino(struct sct_fill *f)
{
	struct sct_inode_id id = {};
	__s32 fd;

	if (sct_read_user(f, &fd, f->args[0], sizeof(fd))) {
		sct_fault(f);
		return 0;
	}
	sct_acc_fd_inode(f, fd, &id);
	sct_put(f, id.ino);
	return sizeof(id.ino);
}

/* ---- quotactl(2): the first argument is the command and, in its low byte, the type ---- */

static SCT_INLINE __u32 sct_quota_cmd(struct sct_fill *f)
{
	return (__u32)f->args[0] >> 8;
}

static SCT_INLINE __u32 sct_val_quota_cmd(struct sct_fill *f)
{
	return sct_quota_cmd(f);
}

static SCT_INLINE __u32 sct_val_quota_type(struct sct_fill *f)
{
	return f->args[0] & 0xff;
}

/* quotactl_fd(2) has it as the second. */
static SCT_INLINE __u32 sct_val_quota_fd_cmd(struct sct_fill *f)
{
	return (__u32)f->args[1] >> 8;
}

static SCT_INLINE __u32 sct_val_quota_fd_type(struct sct_fill *f)
{
	return f->args[1] & 0xff;
}

/* Is there a struct if_dqblk at argument 3? */
static SCT_INLINE int sct_quota_has_blk(struct sct_fill *f)
{
	__u32 cmd = sct_quota_cmd(f);

	return cmd == SCT_Q_SETQUOTA || (cmd == SCT_Q_GETQUOTA && sct_ok(f));
}

/* Is there a struct if_dqinfo at argument 3? */
static SCT_INLINE int sct_quota_has_info(struct sct_fill *f)
{
	__u32 cmd = sct_quota_cmd(f);

	return cmd == SCT_Q_SETINFO || (cmd == SCT_Q_GETINFO && sct_ok(f));
}

/* ---- fsconfig(2): what the value is depends on the command ---- */

static SCT_INLINE int sct_fsconfig_binary(struct sct_fill *f)
{
	return (__u32)f->args[1] == SCT_FSCONFIG_SET_BINARY;
}

static SCT_INLINE int sct_fsconfig_string(struct sct_fill *f)
{
	__u32 cmd = f->args[1];

	return cmd == SCT_FSCONFIG_SET_STRING || cmd == SCT_FSCONFIG_SET_PATH ||
	       cmd == SCT_FSCONFIG_SET_PATH_EMPTY;
}

/* ---- name_to_handle_at(2): what the kernel put behind a struct file_handle's length and type ---- */

static SCT_INLINE __u64 sct_put_file_handle(struct sct_fill *f)
{
	__u32 n = 0;

	if (sct_read_user(f, &n, f->args[2], sizeof(n))) {
		sct_fault(f);
		return 0;
	}
	return sct_put_ubuf(f, f->args[2] + 8, n);
}

/* ---- setxattrat(2) and getxattrat(2): the value, which a struct xattr_args at argument 4 points to ---- */

static SCT_INLINE __u64 sct_put_xattr_at(struct sct_fill *f, int got)
{
	struct {
		__u64 value;
		__u32 size, flags;
	} x = {};

	if (f->args[4] && sct_read_user(f, &x, f->args[4], sizeof(x))) {
		sct_fault(f);
		return 0;
	}
	if (got && !x.size)
		return 0;
	return sct_put_ubuf(f, x.value, got ? (__u64)f->ret : x.size);
}
