/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of file events.  Included by sct_fill.h only. */

/* The kernel ignores the mode unless the call may create a file (open(2)). */
static SCT_INLINE __u32 sct_open_mode(__u64 flags, __u64 mode)
{
	return flags & (SCT_O_CREAT | SCT_O_TMPFILE) ? (__u32)mode : 0;
}

static SCT_INLINE __u32 sct_val_openat_mode(struct sct_fill *f)
{
	return sct_open_mode(f->args[2], f->args[3]);
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

/* ---- vectors ---- */

static SCT_INLINE __u64 sct_put_iov_written(struct sct_fill *f)
{
	return sct_put_uiov(f, f->args[1], f->args[2], SCT_NO_LIMIT);
}

/* What sct_put_iov_written(), which came before, found. */
static SCT_INLINE __u64 sct_val_iov_sum(struct sct_fill *f)
{
	return sct_loop(f)->sum;
}

static SCT_INLINE __u64 sct_put_iov_read(struct sct_fill *f)
{
	return sct_put_uiov(f, f->args[1], f->args[2], f->ret);
}

static SCT_INLINE __u64 sct_val_iov_size(struct sct_fill *f)
{
	return sct_uiov_size(f, f->args[1], f->args[2]);
}
