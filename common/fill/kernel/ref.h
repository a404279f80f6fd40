/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Pointers that a backend reads in one way or another.  Where it has no SCT_REF() of its own, all pointers are alike.
 *
 *   SCT_FAR(p, a, b.c), SCT_FAR_PTR(), SCT_FAR_PEEK()	SCT_READ() and so on (objects.h), where p does not come from
 *				the current task or the tracepoint by these steps alone, but by arithmetic,
 *				a cast, or memory of ours
 *   SCT_REF(type)		a pointer that may be one or the other, for SCT_REF_READ(), SCT_REF_PTR();
 *				SCT_REF_FAR(ref): take it for the other
 */
#ifndef SCT_REF_H
#define SCT_REF_H

#ifndef SCT_REF
#define SCT_FAR(p, ...)	     SCT_READ(p, __VA_ARGS__)
#define SCT_FAR_PTR(p, ...)  SCT_PTR(p, __VA_ARGS__)
#define SCT_FAR_PEEK(p, ...) SCT_PEEK(p, __VA_ARGS__)
#define SCT_REF(type)	     type *
#define SCT_REF_READ(r, ...) SCT_READ(r, __VA_ARGS__)
#define SCT_REF_PTR(r, ...)  SCT_PTR(r, __VA_ARGS__)
#define SCT_REF_FAR(r)	     (r)
#endif

typedef SCT_REF(struct file) sct_file_ref;
typedef SCT_REF(struct sock) sct_sock_ref;
typedef SCT_REF(struct upid) sct_upid_ref;

/* Where the walk of a path is, or that of a cgroup's. */
struct sct_walk {
	struct dentry *d, *root;
	struct vfsmount *vm;
	struct kernfs_node *kn;
};

#endif
