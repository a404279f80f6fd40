// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 57e0be041d9e ("sched: Make task->real_start_time nanoseconds based"), 3.17 */
#include <linux/sched.h>

u64 probe(struct task_struct *t);
u64 probe(struct task_struct *t)
{
	return t->real_start_time;
}
