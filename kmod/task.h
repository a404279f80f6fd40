/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * How the module reads kernel objects, and what it asks of a task with every event: the module's
 * part of kernel/objects.h that sct_scope.h and sct_known.h use, too.
 *
 * What a step finds stays, by RCU or because only the current task changes it.  Pointers are read
 * once.
 */
#ifndef SCT_TASK_H
#define SCT_TASK_H

#include "compat.h"
#include <linux/audit.h>
#include <linux/cgroup.h>
#include <linux/cred.h>
#include <linux/nsproxy.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#ifdef HAVE_SCHED_SIGNAL_HEADER
#include <linux/sched/signal.h>
#endif
#include <linux/string.h>

#define SCT_INLINE __always_inline

/* p->a, a pointer; without what sparse thinks of it. */
#define sct_step(p, a)							\
	({								\
		__typeof__(p) __s = (p);				\
									\
		__s ? ((__typeof__(*__s->a) __force __kernel *)READ_ONCE(__s->a)) : NULL;	\
	})

#define sct_value(p, a)							\
	({								\
		__typeof__(p) __s = (p);				\
									\
		__s ? __s->a : 0;					\
	})

/* last(p, a) on what all steps but the last one lead to */
#define sct_walk1(last, p, a)	   last(p, a)
#define sct_walk2(last, p, a, ...) sct_walk1(last, sct_step(p, a), __VA_ARGS__)
#define sct_walk3(last, p, a, ...) sct_walk2(last, sct_step(p, a), __VA_ARGS__)
#define sct_walk4(last, p, a, ...) sct_walk3(last, sct_step(p, a), __VA_ARGS__)
#define sct_walkn(_1, _2, _3, _4, n, ...) sct_walk##n
#define sct_walk(last, p, ...) sct_walkn(__VA_ARGS__, 4, 3, 2, 1)(last, p, __VA_ARGS__)

#define SCT_READ(p, ...) sct_walk(sct_value, p, __VA_ARGS__)
#define SCT_PTR(p, ...)	 sct_walk(sct_step, p, __VA_ARGS__)

#ifdef HAVE_KUID_STRUCT
#define SCT_ID(a) a.val
#else
#define SCT_ID(a) a
#endif

struct sct_fill;

static SCT_INLINE u64 sct_acc_start_time(struct sct_fill *f, struct task_struct *t)
{
#if defined(HAVE_START_BOOTTIME)
	return SCT_READ(t, start_boottime);
#elif defined(HAVE_REAL_START_TIME_NS)
	return SCT_READ(t, real_start_time);
#else
	return t ? timespec_to_ns(&t->real_start_time) : 0;
#endif
}

/* -1 where a kernel has no audit. */
static SCT_INLINE u32 sct_acc_loginuid(struct sct_fill *f, struct task_struct *t)
{
	return __kuid_val(audit_get_loginuid(t));
}

static SCT_INLINE struct css_set *sct_css_set(struct task_struct *t)
{
#ifdef CONFIG_CGROUPS
	return SCT_PTR(t, cgroups);
#else
	return NULL;
#endif
}

/* Of its cgroup in the hierarchy of v2. */
static SCT_INLINE u64 sct_cgroup_id(struct task_struct *t)
{
#if defined(HAVE_KERNFS_ID)
	return SCT_READ(sct_css_set(t), dfl_cgrp, kn, id);
#elif defined(HAVE_KERNFS_ID_UNION)
	return SCT_READ(sct_css_set(t), dfl_cgrp, kn, id.id);
#elif defined(HAVE_CGROUP_KN)
	return SCT_READ(sct_css_set(t), dfl_cgrp, kn, ino);
#else
	return 0;
#endif
}

static SCT_INLINE void sct_task_comm(struct task_struct *t, u64 *n)
{
	BUILD_BUG_ON(sizeof(t->comm) != 2 * sizeof(*n));
	n[0] = *(const u64 *)&t->comm[0];
	n[1] = *(const u64 *)&t->comm[8];
}

#define sct_number(room, p) ((u64)(unsigned long)(p))

#endif
