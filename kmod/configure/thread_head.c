// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 0c740d0afc3b ("introduce for_each_thread() to replace the buggy while_each_thread()"), 3.14 */
#include <linux/sched.h>

struct list_head * probe(struct task_struct *t);
struct list_head * probe(struct task_struct *t)
{
	return t->thread_node.next;
}
