// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The flavours of RCU are one since 4.20; the names of the others went with 5.1. */
#include <linux/rcupdate.h>

void probe(struct rcu_head *head, rcu_callback_t func);
void probe(struct rcu_head *head, rcu_callback_t func)
{
	call_rcu_sched(head, func);
}
