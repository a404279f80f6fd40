// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 0f6a5a9d4d4b ("... add group_dead to sched_process_exit"), 6.16 */
#include <linux/sched.h>
#include <trace/events/sched.h>

void probe(void (*cb)(void *, struct task_struct *, bool));
void probe(void (*cb)(void *, struct task_struct *, bool))
{
	check_trace_callback_type_sched_process_exit(cb);
}
