// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 9c2136be0878 ("sched/tracing: Append prev_state to tp args instead"), 5.19 */
#include <linux/sched.h>
#include <trace/events/sched.h>

void probe(void (*cb)(void *, bool, struct task_struct *, struct task_struct *, unsigned int));
void probe(void (*cb)(void *, bool, struct task_struct *, struct task_struct *, unsigned int))
{
	check_trace_callback_type_sched_switch(cb);
}
