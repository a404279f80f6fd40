// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* c53cd490b1a4 ("kernfs: introduce kernfs_node_id"), 4.14 */
#include <linux/kernfs.h>

u64 probe(struct kernfs_node *kn);
u64 probe(struct kernfs_node *kn)
{
	return kn->id.id;
}
