// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 9b6304c1d537 ("fs: add ctime accessors infrastructure"), 6.6 */
#include <linux/fs.h>

s64 probe(struct inode *inode);
s64 probe(struct inode *inode)
{
	return inode_get_ctime(inode).tv_sec;
}
