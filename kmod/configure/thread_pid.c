// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 6883f81aac6f ("pid: Implement PIDTYPE_TGID"), 4.19, and shortly after it task_struct.thread_pid */
#include <linux/sched.h>
#include <linux/sched/signal.h>

struct pid * probe(struct task_struct *t);
struct pid * probe(struct task_struct *t)
{
	return t->thread_pid ? t->signal->pids[PIDTYPE_TGID] : NULL;
}
