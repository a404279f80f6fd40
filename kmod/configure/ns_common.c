// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 435d5f4bb2cc ("common object embedded into various struct ....ns"), 3.19 */
#include <linux/user_namespace.h>

unsigned int probe(struct user_namespace *ns);
unsigned int probe(struct user_namespace *ns)
{
	return ns->ns.inum;
}
