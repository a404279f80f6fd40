// SPDX-License-Identifier: GPL-2.0-only OR MIT
<<<<<<< HEAD
/* 6883f81aac6f ("pid: Implement PIDTYPE_TGID"), 4.19, and shortly after it task_struct.thread_pid */
#include <linux/sched.h>
#include <linux/sched/signal.h>
=======
/* 2c4704756cab ("pids: Move the pgrp and session pid pointers from task_struct to signal_struct"), 4.19 */
#include <linux/sched.h>
>>>>>>> 4e19e2db0f9459a864e547056d743e2128abfad8

struct pid * probe(struct task_struct *t);
struct pid * probe(struct task_struct *t)
{
<<<<<<< HEAD
	return t->thread_pid ? t->signal->pids[PIDTYPE_TGID] : NULL;
=======
	return t->thread_pid;
>>>>>>> 4e19e2db0f9459a864e547056d743e2128abfad8
}
