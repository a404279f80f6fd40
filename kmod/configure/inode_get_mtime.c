// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 077c212f0344 ("fs: new accessor methods for atime and mtime"), 6.7 */
#include <linux/fs.h>

s64 probe(struct inode *inode);
s64 probe(struct inode *inode)
{
	return inode_get_mtime(inode).tv_sec;
}
