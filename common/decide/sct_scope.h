/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Is the process in scope, and how is the scope handed on?  For the kernel side only, after the backend's reads (see
 * kernel/objects.h); includes nothing of kernel, BPF or libc.
 */
#ifndef SCT_SCOPE_H
#define SCT_SCOPE_H

/* ---- scope: p is the process's byte of it; NULL where the process has none ---- */

static SCT_INLINE int sct_is_exec(__u32 row)
{
	return row == SCT_SYS_execve || row == SCT_SYS_execveat;
}

static SCT_INLINE int sct_in_scope(const __u8 *p, int pass_default, __u32 row)
{
	if (!p || *p == SCT_SCOPE_DEFAULT)
		return pass_default;
	return *p == SCT_SCOPE_TRACE || *p == SCT_SCOPE_ENDING ||
	       (*p == SCT_SCOPE_ARMED && sct_is_exec(row));
}

/* ---- scope: how it is handed on ---- */

/*
 * A child is in its parent's scope; threads share their process's.  The parent is here when the
 * child has its id, and before it runs: what a former process of that id left is overwritten, also
 * by DEFAULT, and the child's exec and exit come later.  The parent's byte changes meanwhile only
 * when user space gives it a scope, which may have found nothing to do for the child: hence the
 * second look.
 *
 * Tasks that come to be without this tracepoint are threads of the kernel's in a process that is
 * there (io_uring), whose byte they share, or have id 0.
 */
static SCT_INLINE void sct_scope_fork(const __u8 *parent, __u8 *child, int is_process)
{
	const volatile __u8 *from = parent;
	__u8 scope;

	if (!parent || !child || !is_process)
		return;
	scope = *from;
	*child = scope;
	if (*from != scope)
		*child = *from;
}

static SCT_INLINE void sct_scope_exec(__u8 *p)
{
	if (p && *p == SCT_SCOPE_ARMED)
		*p = SCT_SCOPE_TRACE;
}

/*
 * t ends.  Each thread is counted out before it comes here, so the last to be so finds 0; others
 * may still be on their way here: their events are to be let through.  Who forks or execs is not
 * counted out yet, and one that execs waits for the others first: once 0 was found here, no scope
 * is given from this byte, nor to it but by the fork of the next process of this id, which is free
 * only when all were here.
 */
static SCT_INLINE void sct_scope_exit(__u8 *p, struct task_struct *t)
{
	if (p && (*p == SCT_SCOPE_TRACE || *p == SCT_SCOPE_ARMED) &&
	    SCT_READ(t, signal, live.counter) == 0)
		*p = SCT_SCOPE_ENDING;
}

#endif
