// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* fa2c3254d7cf ("sched/tracing: Don't re-read p->state ..."), 5.18 */
#include <linux/sched.h>
#include <trace/events/sched.h>

void probe(void (*cb)(void *, bool, unsigned int, struct task_struct *, struct task_struct *));
void probe(void (*cb)(void *, bool, unsigned int, struct task_struct *, struct task_struct *))
{
	check_trace_callback_type_sched_switch(cb);
}
