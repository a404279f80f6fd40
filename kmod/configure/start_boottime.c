// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* cf25e24db61c ("time: Rename tsk->real_start_time to ->start_boottime"), 5.5 */
#include <linux/sched.h>

u64 probe(struct task_struct *t);
u64 probe(struct task_struct *t)
{
	return t->start_boottime;
}
