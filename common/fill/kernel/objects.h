/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What a backend with a kernel to look at gives to the accessors of kernel/, beside vocab.h.  Included by its access
 * header, which implements it, after ref.h; includes nothing of the kernel.  What is declared here and missing there
 * does not compile.
 *
 * Macros, as they are about members:
 *
 *   SCT_READ(p, a, b.c)	p->a->b.c, a number; 0 where a pointer on the way is NULL
 *   SCT_PTR(p, a, b)		the same for a pointer
 *   SCT_PEEK(p, a, b.c)	p->a->b.c, whose last object may be gone: then it is anything
 *   SCT_FAR(), SCT_REF() and others of ref.h
 *   SCT_COPY(dst, p, a)	copy p->a, which is as large as *dst; nothing where p is NULL
 *   SCT_BIT(p, a)		p->a, a bit field
 *   SCT_ADDR(p, type, a)	address of member a of *p, which is a type
 *   SCT_OWNER(p, type, a)	the type whose member a is at p
 *   SCT_ID(a), SCT_INUM	the number in a user's or group's id, in a namespace
 *   SCT_THREAD_NODE		member of a task in the list sct_threads()
 *   SCT_MOUNTS_HIDDEN		does sct_mount_up() not know?
 *   SCT_PATH_BUF		bytes of a path in the slot
 *   sct_controller_kn(cset, name)	a task's node in a controller's hierarchy
 *   sct_mm_pages(mm, i)	a counter of memory, SCT_MM_*; __s64
 *   sct_masked(v, mask)	v, which is no more than mask: for the BPF verifier
 *   SCT_FMODE_CREATED, SCT_RLIMIT_NOFILE, SCT_SOCK_STREAM, SCT_PF_EXITING, SCT_PAGE_KIB, SCT_MM_*, NULL
 *				the kernel's constants, and
 *   __force			tells sparse that a cast is meant
 *
 * and struct sct_slot, where the frame's member s points: __u32 pos and __u8 path[2 * SCT_PATH_BUF], see path.h.
 *
 * A pointer may be NULL where it is given and returned.
 */
#ifndef SCT_OBJECTS_H
#define SCT_OBJECTS_H

#include "vocab.h"

#if !defined(SCT_READ) || !defined(SCT_PTR) || !defined(SCT_PEEK) || !defined(SCT_FAR) || !defined(SCT_COPY) ||	\
	!defined(SCT_BIT) || !defined(SCT_ADDR) || !defined(SCT_OWNER) || !defined(SCT_ID) ||			\
	!defined(SCT_INUM) || !defined(SCT_THREAD_NODE) || !defined(SCT_MOUNTS_HIDDEN) ||			\
	!defined(SCT_PATH_BUF) || !defined(sct_controller_kn) || !defined(sct_mm_pages) || !defined(sct_masked)
#error "the backend defines the macros that objects.h names before it includes that"
#endif

#ifndef __clang__
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wunused-function"
#endif

struct css_set;
struct dentry;
struct inode;
struct kernfs_node;
struct list_head;
struct mm_struct;
struct pid;
struct sct_slot;
struct sock;
struct vfsmount;

/* ---- memory that may be gone ---- */

/* Copy n bytes: 0, or another number when they are gone.  Append them; nothing when they are gone. */
static SCT_INLINE int sct_peek_bytes(void *dst, const void *p, __u32 n);
static SCT_INLINE __u64 sct_put_peeked(struct sct_fill *f, const void *p, __u32 n);

/* A pointer as a number, and back: outlined functions take numbers. */
static SCT_INLINE __u64 sct_number_of(struct sct_fill *f, const void *p);

static SCT_INLINE void *sct_pointer(__u64 number)
{
	return (void *)(unsigned long)number;
}

/* ---- files and sockets ---- */

/* The file of a descriptor of the current task, not held; the same, held. */
static SCT_INLINE sct_file_ref sct_fd_file(struct sct_fill *f, __s32 fd);
static SCT_INLINE sct_file_ref sct_file_get(struct sct_fill *f, __s32 fd);
static SCT_INLINE void sct_file_put(sct_file_ref file);
/* The socket that it is, or NULL. */
static SCT_INLINE sct_sock_ref sct_file_sock(sct_file_ref file);

/* Times, ns since the epoch. */
static SCT_INLINE __u64 sct_inode_ctime(struct inode *inode);
static SCT_INLINE __u64 sct_inode_mtime(struct inode *inode);

/* The port of a netlink socket; 0: none, or not known. */
static SCT_INLINE __u32 sct_netlink_port(struct sock *sk);
/* IPv6 addresses, 16 bytes; left as they are where there is none. */
static SCT_INLINE void sct_sock_v6_local(__u64 *a, struct sock *sk);
static SCT_INLINE void sct_sock_v6_remote(__u64 *a, struct sock *sk);

/* ---- paths and cgroups ---- */

/* What a walk carries on from turn to turn, as sct_loop(). */
static SCT_INLINE struct sct_walk *sct_walk_of(struct sct_fill *f);

/* Where the name of a directory entry is, at most 255 bytes, and its parent; copy a part of such a name. */
static SCT_INLINE const void *sct_dentry_name(struct sct_slot *s, struct dentry *d, __u32 *len,
					      struct dentry **up);
static SCT_INLINE void sct_name_copy(void *dst, const void *name, __u32 n);
/* Go on to what a mount is mounted on; 0 where it is on nothing. */
static SCT_INLINE int sct_mount_up(struct vfsmount **vm, struct dentry **d);

static SCT_INLINE struct css_set *sct_css_set(struct task_struct *t);
/* Its node in v2's hierarchy. */
static SCT_INLINE struct kernfs_node *sct_dfl_kn(struct css_set *cset);
/* The parent of a node, also of one that was come to by sct_kernfs_up(); the name, as sct_dentry_name(). */
static SCT_INLINE struct kernfs_node *sct_kernfs_parent(struct kernfs_node *kn);
static SCT_INLINE struct kernfs_node *sct_kernfs_up(struct kernfs_node *kn);
static SCT_INLINE const void *sct_kernfs_name(struct sct_slot *s, struct kernfs_node *kn, __u32 *len);

/* ---- ids of tasks ---- */

/* struct pid of a task, of the first thread of its process, of its process group. */
static SCT_INLINE struct pid *sct_task_pid(struct task_struct *t);
static SCT_INLINE struct pid *sct_leader_pid(struct task_struct *t);
static SCT_INLINE struct pid *sct_task_pgrp(struct task_struct *t);
/* What the pid is in its namespace of a level; when the first process of that namespace started. */
static SCT_INLINE sct_upid_ref sct_pid_upid(struct pid *pid, __u32 level);
static SCT_INLINE __u64 sct_reaper_start(struct sct_fill *f, sct_upid_ref upid);
/* The list of its process's threads. */
static SCT_INLINE struct list_head *sct_threads(struct task_struct *t);

/* ---- outlined, see there ---- */

#define SCT_OUTLINED_KERNEL SCT_OUTLINED_PROTOTYPES
#include "outlined.def"

#ifndef __clang__
#pragma GCC diagnostic pop
#endif

#endif
