// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 633488947ef6 ("kernfs: Use RCU to access kernfs_node::parent"), 6.15 */
#include <linux/kernfs.h>

struct kernfs_node * probe(struct kernfs_node *kn);
struct kernfs_node * probe(struct kernfs_node *kn)
{
	return kn->__parent;
}
