/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Files behind descriptors. */
#ifndef SCT_KERNEL_FILE_H
#define SCT_KERNEL_FILE_H

static SCT_INLINE void sct_acc_fd_inode(struct sct_fill *f, __s32 fd, struct sct_inode_id *id)
{
	sct_file_ref file = sct_fd_file(f, fd);

	id->ino = SCT_REF_READ(file, f_inode, i_ino);
	id->dev = SCT_REF_READ(file, f_inode, i_sb, s_dev);
}

static SCT_INLINE void sct_acc_fd_file(struct sct_fill *f, __s32 fd, struct sct_fd_file *to)
{
	sct_file_ref file = sct_fd_file(f, fd);

	to->ino = SCT_REF_READ(file, f_inode, i_ino);
	to->dev = SCT_REF_READ(file, f_inode, i_sb, s_dev);
	to->magic = SCT_REF_READ(file, f_inode, i_sb, s_magic);
	to->flags = to->ino && !SCT_REF_READ(file, f_inode, i_nlink) ? SCT_FF_DELETED : 0;
}

static SCT_INLINE int sct_acc_fd_created(struct sct_fill *f, __s32 fd)
{
	sct_file_ref file = sct_fd_file(f, fd);

	return !!((__force __u32)SCT_REF_READ(file, f_mode) & SCT_FMODE_CREATED);
}

#endif
