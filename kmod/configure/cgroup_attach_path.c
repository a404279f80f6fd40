// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* e4f8d81c738d ("cgroup/tracing: Move taking of spin lock out of trace event handlers"), 4.19 */
#include <linux/sched.h>
#include <linux/cgroup.h>
#include <trace/events/cgroup.h>

void probe(void (*cb)(void *, struct cgroup *, const char *, struct task_struct *, bool));
void probe(void (*cb)(void *, struct cgroup *, const char *, struct task_struct *, bool))
{
	check_trace_callback_type_cgroup_attach_task(cb);
}
