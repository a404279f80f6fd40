// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 67c0496e87d1 ("kernfs: convert kernfs_node->id from union kernfs_node_id to u64"), 5.5 */
#include <linux/kernfs.h>

u64 probe(struct kernfs_node *kn);
u64 probe(struct kernfs_node *kn)
{
	return kn->id;
}
