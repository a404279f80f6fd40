// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The flavours of RCU are one since 4.20; the names of the others went with 5.1.  The callback's
 * type has a name since 4.3 only.
 */
#include <linux/rcupdate.h>

void probe(struct rcu_head *head, void (*func)(struct rcu_head *));
void probe(struct rcu_head *head, void (*func)(struct rcu_head *))
{
	call_rcu_sched(head, func);
}
