// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 2c4704756cab ("pids: Move the pgrp and session pid pointers from task_struct to signal_struct"), 4.19 */
#include <linux/sched.h>

struct pid * probe(struct task_struct *t);
struct pid * probe(struct task_struct *t)
{
	return t->thread_pid;
}
