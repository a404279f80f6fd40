/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The module's part of the accessors, see kernel/objects.h.  For kmod/fill.c only.
 *
 * They run with preemption off, in tracepoints where interrupts may be off and locks held: no
 * sleeping, no lock (there are kernels on which spinlocks sleep), nobody woken.  What other tasks
 * may take away meanwhile is under RCU, or held, or read by sct_peek_bytes(), which needs neither.
 * Descriptors are held for system calls alone: those come from a task that holds no lock.
 */
#ifndef SCT_ACCESS_KMOD_H
#define SCT_ACCESS_KMOD_H

#include "task.h"
#include <linux/binfmts.h>
#include <linux/dcache.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/ipv6.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/net.h>
#include <linux/path.h>
#include <linux/pid_namespace.h>
#include <linux/ptrace.h>
#include <linux/tty.h>
#include <linux/tty_driver.h>
#include <linux/user_namespace.h>
#include <net/af_unix.h>
#include <net/inet_sock.h>
#include <net/net_namespace.h>
#include <net/sock.h>
#include <asm/word-at-a-time.h>
#ifdef CONFIG_X86_64
#include <asm/processor.h>
#include <asm/vsyscall.h>
#endif

static SCT_INLINE int sct_peek_bytes(void *dst, const void *p, u32 n)
{
#ifdef HAVE_COPY_FROM_KERNEL_NOFAULT
	return copy_from_kernel_nofault(dst, p, n);
#else
	return probe_kernel_read(dst, p, n);
#endif
}

/*
 * Numbers of memory that may be gone; 0 where it is.  An exception at an address of the kernel's
 * finds its way out by itself, so the call for that, most of the work, can be left out where we
 * know what such an address is.
 */
#if defined(CONFIG_X86_64) && defined(HAVE_NOFAULT_LABEL)

static SCT_INLINE bool sct_is_kernel(const void *p)
{
	return (long)p >> (boot_cpu_data.x86_virt_bits - 1) == -1 &&
	       (unsigned long)p < VSYSCALL_ADDR;
}

#define SCT_PEEKER(type)						\
	static SCT_INLINE type sct_peek_##type(const void *p)		\
	{								\
		type v;							\
									\
		if (unlikely(!sct_is_kernel(p)))			\
			return 0;					\
		__get_kernel_nofault(&v, p, type, fault);		\
		return v;						\
	fault:								\
		return 0;						\
	}

#else

#define SCT_PEEKER(type)						\
	static SCT_INLINE type sct_peek_##type(const void *p)		\
	{								\
		type v;							\
									\
		return sct_peek_bytes(&v, p, sizeof(v)) ? 0 : v;	\
	}

#endif

SCT_PEEKER(u32)
SCT_PEEKER(u64)

/* Adding 0 takes a const away. */
#define sct_peek(p, a)							\
	({								\
		__typeof__(p) __p = (p);				\
									\
		BUILD_BUG_ON(sizeof(__p->a) != 4 && sizeof(__p->a) != 8);	\
		(__typeof__(__p->a + 0))(sizeof(__p->a) == 4 ?		\
					 sct_peek_u32(&__p->a) : sct_peek_u64(&__p->a));	\
	})

#define SCT_PEEK(p, ...) sct_walk(sct_peek, p, __VA_ARGS__)

static SCT_INLINE u64 sct_put_peeked(struct sct_fill *f, const void *src, u32 n)
{
	if (sct_peek_bytes(sct_dst(f), src, n))
		return 0;
	f->off += n;
	return n;
}

#define SCT_BIT(p, a)	 SCT_READ(p, a)
#define SCT_ADDR(p, type, a)  (&(p)->a)
#define SCT_OWNER(p, type, a) container_of(p, type, a)

#define SCT_COPY(dst, p, a)						\
	do {								\
		BUILD_BUG_ON(sizeof(*(dst)) != sizeof((p)->a));		\
		if (p)							\
			memcpy(dst, &(p)->a, sizeof(*(dst)));		\
	} while (0)

#ifdef HAVE_NS_COMMON
#define SCT_INUM ns.inum
#else
#define SCT_INUM proc_inum
#endif

#define SCT_SOCK_STREAM	  SOCK_STREAM
#define SCT_PF_EXITING	  PF_EXITING
#define SCT_RLIMIT_NOFILE RLIMIT_NOFILE
#define SCT_PAGE_KIB	  (PAGE_SIZE / 1024)
#ifdef FMODE_CREATED	/* 73a09dd94377 ("introduce FMODE_CREATED and switch to it"), 4.19 */
#define SCT_FMODE_CREATED ((__force u32)FMODE_CREATED)
#else
#define SCT_FMODE_CREATED 0
#endif

static SCT_INLINE struct task_struct *sct_current(struct sct_fill *f)
{
	return current;
}

static SCT_INLINE u64 sct_number_of(struct sct_fill *f, const void *p)
{
	return (unsigned long)p;
}

/* ---- files ---- */

static SCT_INLINE struct file *sct_fd_file(struct sct_fill *f, s32 fd)
{
	struct fdtable *fdt = SCT_PTR(sct_current(f), files, fdt);
	u32 i = fd;

	if (!fdt || i >= fdt->max_fds)
		return NULL;
	return rcu_dereference_raw(fdt->fd[sct_index(i, fdt->max_fds)]);
}

static SCT_INLINE struct file *sct_file_get(struct sct_fill *f, s32 fd)
{
	return fget(fd);
}

static SCT_INLINE void sct_file_put(struct file *file)
{
	if (file)
		fput(file);
}

#define SCT_TIME_NS(t)							\
	({								\
		__typeof__(t) __t = (t);				\
									\
		(u64)__t.tv_sec * NSEC_PER_SEC + __t.tv_nsec;		\
	})

static SCT_INLINE u64 sct_inode_ctime(struct inode *inode)
{
	if (!inode)
		return 0;
#ifdef HAVE_INODE_GET_CTIME
	return SCT_TIME_NS(inode_get_ctime(inode));
#else
	return SCT_TIME_NS(inode->i_ctime);
#endif
}

static SCT_INLINE u64 sct_inode_mtime(struct inode *inode)
{
	if (!inode)
		return 0;
#ifdef HAVE_INODE_GET_MTIME
	return SCT_TIME_NS(inode_get_mtime(inode));
#else
	return SCT_TIME_NS(inode->i_mtime);
#endif
}

/* ---- names ---- */

/*
 * Copy a name of at most max bytes, which may be renamed or freed meanwhile; returns its length.
 * Its NUL may come earlier: what lies behind the word with the NUL is not read.
 */
static u32 sct_copy_name(u8 *dst, const u8 *name, u32 max)
{
	const struct word_at_a_time constants = WORD_AT_A_TIME_CONSTANTS;
	unsigned long word, zero;
	u32 n = 0, step;

	while (n < max) {
		step = sizeof(word) - (unsigned long)(name + n) % sizeof(word);
		if (step == sizeof(word)) {
			word = sct_peek_u64(name + n);
		} else {
			word = -1ul;
			if (sct_peek_bytes(&word, name + n, step))
				return 0;
		}
		put_unaligned(word, (unsigned long *)(dst + n));
		if (has_zero(word, &zero, &constants)) {
			zero = prep_zero_mask(word, zero, &constants);
			n += find_zero(create_zero_mask(zero));
			break;
		}
		n += step;
	}
	return min(n, max);
}

/* Names are first copied behind the path. */
static SCT_INLINE void sct_name_copy(void *dst, const void *name, u32 n)
{
	memcpy(dst, name, n);
}

static SCT_INLINE const void *sct_dentry_name(struct sct_slot *s, struct dentry *d, u32 *len,
					      struct dentry **up)
{
	u8 *dst = &s->path[SCT_PATH_BUF];

	*len = sct_copy_name(dst, SCT_PEEK(d, d_name.name), SCT_PEEK(d, d_name.len) & 255);
	*up = SCT_PEEK(d, d_parent);
	return dst;
}

/* ---- mounts ---- */

/* The begin of struct mount in fs/mount.h, since 3.3; see sct_fill_init(). */
struct sct_mount {
	struct hlist_node hash;
	struct sct_mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

static bool sct_mounts_known __read_mostly;

#define SCT_MOUNTS_HIDDEN (!sct_mounts_known)

static SCT_INLINE int sct_mount_up(struct vfsmount **vm, struct dentry **d)
{
	struct sct_mount *m = container_of(*vm, struct sct_mount, mnt), *up;

	if (!sct_mounts_known)
		return 0;
	up = SCT_PEEK(m, mnt_parent);
	if (up == m)
		return 0;
	*d = SCT_PEEK(m, mnt_mountpoint);
	*vm = &up->mnt;
	return 1;
}

/* ---- cgroups ---- */

#ifdef HAVE_CGROUP_KN

#include <linux/kernfs.h>

static SCT_INLINE struct kernfs_node *sct_kernfs_parent(struct kernfs_node *kn)
{
#ifdef HAVE_KERNFS_PARENT_RCU
	return SCT_PTR(kn, __parent);
#else
	return SCT_PTR(kn, parent);
#endif
}

static SCT_INLINE const void *sct_kernfs_name(struct sct_slot *s, struct kernfs_node *kn,
					      u32 *len)
{
	u8 *dst = &s->path[SCT_PATH_BUF];

	*len = sct_copy_name(dst, (const u8 *)SCT_PEEK(kn, name), 255);
	return dst;
}

static SCT_INLINE struct kernfs_node *sct_dfl_kn(struct css_set *cset)
{
	return SCT_PTR(cset, dfl_cgrp, kn);
}

/* -1: this kernel is built without it. */
static SCT_INLINE int sct_subsys_id(const char *name)
{
#define SUBSYS(x) if (!__builtin_strcmp(name, #x)) return x##_cgrp_id;
#include <linux/cgroup_subsys.h>
#undef SUBSYS
	return -1;
}

static SCT_INLINE struct kernfs_node *sct_css_kn(struct css_set *cset, int id)
{
	return id < 0 ? NULL : SCT_PTR(cset, subsys[id], cgroup, kn);
}

#define sct_controller_kn(cset, name) sct_css_kn(cset, sct_subsys_id(#name))

#else

static SCT_INLINE struct kernfs_node *sct_kernfs_parent(struct kernfs_node *kn)
{
	return NULL;
}

static SCT_INLINE const void *sct_kernfs_name(struct sct_slot *s, struct kernfs_node *kn,
					      u32 *len)
{
	*len = 0;
	return "";
}

static SCT_INLINE struct kernfs_node *sct_dfl_kn(struct css_set *cset)
{
	return NULL;
}

#define sct_controller_kn(cset, name) ((struct kernfs_node *)NULL)

#endif

static SCT_INLINE struct kernfs_node *sct_kernfs_up(struct kernfs_node *kn)
{
	return sct_kernfs_parent(kn);
}

static SCT_INLINE struct sct_walk *sct_walk_of(struct sct_fill *f)
{
	return &f->walk;
}

/* ---- sockets ---- */

#if IS_ENABLED(CONFIG_IPV6)

#ifdef HAVE_SK_V6
#define SCT_SK_V6_LOCAL(sk, np)  (&(sk)->sk_v6_rcv_saddr)
#define SCT_SK_V6_REMOTE(sk, np) (&(sk)->sk_v6_daddr)
#else
#define SCT_SK_V6_LOCAL(sk, np)  (&(np)->rcv_saddr)
#define SCT_SK_V6_REMOTE(sk, np) (&(np)->daddr)
#endif

/* IPV6_ADDRFORM may take np away from the socket, which it is a part of. */
static SCT_INLINE void sct_sock_v6_local(u64 *a, struct sock *sk)
{
	struct ipv6_pinfo *np = READ_ONCE(inet_sk(sk)->pinet6);

	if (!np)
		return;
	memcpy(a, SCT_SK_V6_LOCAL(sk, np), sizeof(struct in6_addr));
	if (!(a[0] | a[1]))
		memcpy(a, &np->saddr, sizeof(struct in6_addr));
}

static SCT_INLINE void sct_sock_v6_remote(u64 *a, struct sock *sk)
{
	struct ipv6_pinfo *np = READ_ONCE(inet_sk(sk)->pinet6);

	if (np)
		memcpy(a, SCT_SK_V6_REMOTE(sk, np), sizeof(struct in6_addr));
}

#else

static SCT_INLINE void sct_sock_v6_local(u64 *a, struct sock *sk)
{
}

static SCT_INLINE void sct_sock_v6_remote(u64 *a, struct sock *sk)
{
}

#endif

/*
 * Where struct netlink_sock, of net/netlink/af_netlink.h, has its port, see sct_fill_init(); 0: not
 * known.
 */
static u32 sct_netlink_portid __read_mostly;

static SCT_INLINE u32 sct_netlink_port(struct sock *sk)
{
	return sct_netlink_portid ? *(const u32 *)((const char *)sk + sct_netlink_portid) : 0;
}

/* ---- tasks ---- */

/* A task that has been waited for has no ids any more; its first thread may be gone. */
#ifdef HAVE_THREAD_PID

static SCT_INLINE struct pid *sct_task_pid(struct task_struct *t)
{
	return SCT_PTR(t, thread_pid);
}

static SCT_INLINE struct pid *sct_leader_pid(struct task_struct *t)
{
	return SCT_PTR(t, signal, pids[PIDTYPE_TGID]);
}

static SCT_INLINE struct pid *sct_task_pgrp(struct task_struct *t)
{
	return SCT_PTR(t, signal, pids[PIDTYPE_PGID]);
}

#else

static SCT_INLINE struct task_struct *sct_leader(struct task_struct *t)
{
	return pid_alive(t) ? t->group_leader : NULL;
}

static SCT_INLINE struct pid *sct_task_pid(struct task_struct *t)
{
	return SCT_PTR(t, pids[PIDTYPE_PID].pid);
}

static SCT_INLINE struct pid *sct_leader_pid(struct task_struct *t)
{
	return sct_task_pid(sct_leader(t));
}

static SCT_INLINE struct pid *sct_task_pgrp(struct task_struct *t)
{
	return SCT_PTR(sct_leader(t), pids[PIDTYPE_PGID].pid);
}

#endif

static SCT_INLINE struct upid *sct_pid_upid(struct pid *pid, u32 level)
{
	return pid ? &pid->numbers[level] : NULL;
}

static SCT_INLINE u64 sct_reaper_start(struct sct_fill *f, struct upid *upid)
{
	return sct_acc_start_time(f, SCT_PTR(upid, ns, child_reaper));
}

#ifdef HAVE_THREAD_HEAD
#define SCT_THREAD_NODE thread_node
#else
#define SCT_THREAD_NODE thread_group
#endif

static SCT_INLINE struct list_head *sct_threads(struct task_struct *t)
{
#ifdef HAVE_THREAD_HEAD
	return &t->signal->thread_head;
#else
	return &t->thread_group;
#endif
}

/* Where struct mnt_namespace, of fs/mount.h, has its number, see sct_fill_init(); 0: not known. */
static u32 sct_mntns_inum __read_mostly;

static SCT_INLINE u32 sct_acc_mntns(struct sct_fill *f, struct task_struct *t)
{
	/* no SCT_PTR() to it: gcc before 10 takes no typeof of what points to an incomplete type */
	const struct nsproxy *proxy = SCT_PTR(t, nsproxy);
	const char *ns = proxy ? (const char *)READ_ONCE(proxy->mnt_ns) : NULL;

	return ns && sct_mntns_inum ? *(const u32 *)(ns + sct_mntns_inum) : 0;
}

/* ---- memory ---- */

#define sct_mm_pages(mm, i) sct_counted_pages(mm, i)

#define SCT_MM_FILEPAGES MM_FILEPAGES
#define SCT_MM_ANONPAGES MM_ANONPAGES
#define SCT_MM_SWAPENTS	 MM_SWAPENTS
#ifdef HAVE_MM_SHMEMPAGES
#define SCT_MM_SHMEMPAGES MM_SHMEMPAGES
#else
#define SCT_MM_SHMEMPAGES -1	/* counted as pages of files */
#endif

static SCT_INLINE s64 sct_counted_pages(struct mm_struct *mm, int i)
{
	if (!mm || i < 0)
		return 0;
#ifdef HAVE_RSS_STAT_PERCPU
	return mm->rss_stat[i].count;
#else
	return atomic_long_read(&mm->rss_stat.count[i]);
#endif
}

/* ---- signals and faults ---- */

/* info may also be one of the kernel's constants that stand for a struct. */
static SCT_INLINE void sct_acc_siginfo(struct sct_fill *f, u64 info, s32 *code, s32 *pid)
{
	const sct_siginfo_t *si = (const sct_siginfo_t *)(unsigned long)info;

	if (info <= 2)	/* SEND_SIG_FORCED */
		return;
#ifdef __SI_MASK	/* cc731525f26a ("signal: Remove kernel interal si_code magic"), 4.14 */
	*code = (short)si->si_code;
#else
	*code = si->si_code;
#endif
	*pid = si->si_pid;
}

static SCT_INLINE u64 sct_acc_regs_ip(struct sct_fill *f, u64 regs)
{
	return instruction_pointer((struct pt_regs *)(unsigned long)regs);
}

/* ---- io_uring: the probes have put together what there is, see compat.h ---- */

static SCT_INLINE void sct_acc_uring_submit(struct sct_fill *f, struct sct_uring *u)
{
	u->opcode = f->args[0];
	u->user_data = f->args[1];
	u->flags = f->args[2];
	u->fd = f->args[3];
	u->known = f->args[4];
}

static SCT_INLINE void sct_acc_uring_async_work(struct sct_fill *f, struct sct_uring *u)
{
	u->opcode = f->args[0];
	u->user_data = f->args[1];
	u->flags = f->args[2];
	u->hashed = f->args[3];
	u->known = f->args[4];
}

static SCT_INLINE void sct_acc_uring_complete(struct sct_fill *f, struct sct_uring *u)
{
	u->user_data = f->args[0];
	u->res = f->args[1];
	u->flags = f->args[2];
	u->opcode = f->args[3];
	u->known = f->args[4];
}

/* ---- outlined, see fill_kmod.h ---- */

#include "kernel/objects.h"

#define SCT_OUTLINED_KERNEL SCT_PART
#include "outlined.def"

#endif
