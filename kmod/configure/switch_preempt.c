// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* c73464b1c843 ("sched/core: Fix trace_sched_switch()"), 4.4 */
#include <linux/sched.h>
#include <trace/events/sched.h>

void probe(void (*cb)(void *, bool, struct task_struct *, struct task_struct *));
void probe(void (*cb)(void *, bool, struct task_struct *, struct task_struct *))
{
	check_trace_callback_type_sched_switch(cb);
}
