/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* BPF's part of the accessors, see kernel/objects.h: kernel objects by CO-RE.  For BPF only. */
#ifndef SCT_ACCESS_BPF_H
#define SCT_ACCESS_BPF_H

#define NULL ((void *)0)
#define __force

/* Nothing can go away here: a read of what has gone gives something else or 0. */
#define SCT_PTR(p, ...)	 SCT_READ(p, __VA_ARGS__)
#define SCT_PEEK(p, ...) SCT_READ(p, __VA_ARGS__)
#define SCT_BIT(p, a)	 BPF_CORE_READ_BITFIELD_PROBED(p, a)
#define SCT_ADDR(p, type, a)   ((void *)(p) + bpf_core_field_offset(type, a))
#define SCT_OWNER(p, type, a)  ((void *)(p) - bpf_core_field_offset(type, a))
#define SCT_ID(a)	 a.val
#define SCT_INUM	 ns.inum

static SCT_INLINE int sct_peek_bytes(void *dst, const void *p, __u32 n)
{
	return bpf_probe_read_kernel(dst, n, p);
}

static SCT_INLINE __u64 sct_put_peeked(struct sct_fill *f, const void *p, __u32 n)
{
	return sct_put_kernel(f, p, n);
}

static SCT_INLINE __u64 sct_number_of(struct sct_fill *f, const void *p)
{
	return sct_number(&f->s->number, p);
}

static SCT_INLINE struct task_struct *sct_current(struct sct_fill *f)
{
	return sct_self();
}

#if SCT_LOADS
#define SCT_COPY(dst, p, a) (*(dst) = *(__typeof__(dst))&sct_typed(p)->a)
#else
#define SCT_COPY(dst, p, a) bpf_core_read(dst, sizeof(*(dst)), &(p)->a)
#endif

/* Element i, a constant, of an array of pointers that is a member of *p. */
#if SCT_LOADS
#define SCT_ELEMENT(p, type, a, i)					\
	(((__typeof__(((type *)0)->a[0]) *)SCT_ADDR(sct_typed(p), type, a))[i])
#else
#define SCT_ELEMENT(p, type, a, i)					\
	({								\
		__typeof__(((type *)0)->a[0]) __e = 0;			\
									\
		bpf_probe_read_kernel(&__e, sizeof(__e),		\
				      SCT_ADDR(p, type, a) + (i) * sizeof(__e));	\
		__e;							\
	})
#endif

/* ---- files ---- */

static SCT_INLINE struct file *sct_fd_far(struct task_struct *t, __s32 fd)
{
	struct fdtable *fdt = SCT_READ(t, files, fdt);
	struct file **fds = SCT_READ(fdt, fd), *file = 0;

	if (fd >= 0 && (__u32)fd < SCT_READ(fdt, max_fds))
		bpf_probe_read_kernel(&file, sizeof(file), &fds[fd]);
	return file;
}

#ifdef SCT_TYPED

/*
 * A process with few descriptors has them in an array inside its struct files_struct, where the
 * verifier knows what each is, if only the number is constant: search for it in 6 steps.  A table
 * that is not that array has room for more.
 */
#define SCT_FD_NEAR 64	/* NR_OPEN_DEFAULT of include/linux/fdtable.h, with longs of 64 bits */
#define SCT_FD_1(n)  near = SCT_ELEMENT(files, struct files_struct, fd_array, n);
#define SCT_FD_2(n)  if (i <= (n)) { SCT_FD_1(n) } else { SCT_FD_1((n) + 1) }
#define SCT_FD_4(n)  if (i < (n) + 2) { SCT_FD_2(n) } else { SCT_FD_2((n) + 2) }
#define SCT_FD_8(n)  if (i < (n) + 4) { SCT_FD_4(n) } else { SCT_FD_4((n) + 4) }
#define SCT_FD_16(n) if (i < (n) + 8) { SCT_FD_8(n) } else { SCT_FD_8((n) + 8) }
#define SCT_FD_32(n) if (i < (n) + 16) { SCT_FD_16(n) } else { SCT_FD_16((n) + 16) }
#define SCT_FD_64(n) if (i < (n) + 32) { SCT_FD_32(n) } else { SCT_FD_32((n) + 32) }

static SCT_INLINE struct file *sct_fd_near(struct sct_slot *s, struct files_struct *files, __s32 fd)
{
	struct file *near = 0;
	__u64 i;

	/* through memory: what is found out of i says nothing of fd, and all ways end alike */
	*(volatile __u64 *)&s->number = (__u32)fd;
	i = *(volatile __u64 *)&s->number;
	SCT_FD_64(0)
	return near;
}

static SCT_INLINE sct_file_ref sct_fd_file(struct sct_fill *f, __s32 fd)
{
	struct task_struct *t = sct_self();
	struct files_struct *files = SCT_READ(t, files);
	sct_file_ref file = {};

	if ((__u32)fd < SCT_FD_NEAR && SCT_READ(files, fdt, max_fds) == SCT_FD_NEAR)
		file.near = sct_fd_near(f->s, files, fd);
	else
		file.far = sct_fd_far(t, fd);
	return file;
}

#define sct_file_sock sct_file_sock
static SCT_INLINE sct_sock_ref sct_file_sock(sct_file_ref file)
{
	struct socket *sock;
	sct_sock_ref sk = {};

	if (file.near) {
		/*
		 * looks into the file, which nobody holds; RCU, under which programs run, keeps its
		 * memory
		 */
		sock = bpf_sock_from_file(file.near);
		if (sock)
			sk.near = SCT_READ(sock, sk);
	} else if ((SCT_FAR(file.far, f_inode, i_mode) & SCT_S_IFMT) == SCT_S_IFSOCK) {
		sock = SCT_FAR(file.far, private_data);
		sk.far = SCT_FAR(sock, sk);
	}
	return sk;
}

#else
static SCT_INLINE struct file *sct_fd_file(struct sct_fill *f, __s32 fd)
{
	return sct_fd_far(sct_self(), fd);
}
#endif

static SCT_INLINE sct_file_ref sct_file_get(struct sct_fill *f, __s32 fd)
{
	return sct_fd_file(f, fd);
}

static SCT_INLINE void sct_file_put(sct_file_ref file)
{
}

#define SCT_INODE_TIME(which)								\
	static SCT_INLINE __u64 sct_inode_##which(struct inode *inode)			\
	{										\
		__u64 sec, nsec;							\
											\
		if (bpf_core_field_exists(struct inode, i_##which##_sec)) {		\
			sec = SCT_READ(inode, i_##which##_sec);			\
			nsec = SCT_READ(inode, i_##which##_nsec);			\
		} else if (bpf_core_field_exists(struct inode___ts, __i_##which)) {	\
			sec = SCT_READ((struct inode___ts *)inode, __i_##which.tv_sec);	\
			nsec = SCT_READ((struct inode___ts *)inode, __i_##which.tv_nsec);	\
		} else {								\
			sec = SCT_READ((struct inode___old *)inode, i_##which.tv_sec);	\
			nsec = SCT_READ((struct inode___old *)inode, i_##which.tv_nsec);	\
		}									\
		return sec * 1000000000 + (nsec & SCT_NSEC_MASK);			\
	}
SCT_INODE_TIME(ctime)
SCT_INODE_TIME(mtime)

/* ---- paths ---- */

#define SCT_PATH_BUF 4096u

static SCT_INLINE void sct_name_copy(void *dst, const void *name, __u32 n)
{
	bpf_probe_read_kernel(dst, n, name);
}

/* Members that lie side by side are one read, where each is a call; CO-RE tells whether they do. */
#define sct_apart(type, a, b) (bpf_core_field_offset(type, b) - bpf_core_field_offset(type, a))

struct sct_dentry {
	struct dentry *up;
	__u32 hash, len;
	const void *name;
};

static SCT_INLINE const void *sct_dentry_name(struct sct_slot *s, struct dentry *d, __u32 *len,
					      struct dentry **up)
{
	struct sct_dentry dentry;

	if (sct_casts() ||
	    sct_apart(struct dentry, d_parent, d_name.len) != __builtin_offsetof(struct sct_dentry, len) ||
	    sct_apart(struct dentry, d_parent, d_name.name) != __builtin_offsetof(struct sct_dentry, name)) {
		*len = SCT_FAR(d, d_name.len);
		*up = SCT_FAR(d, d_parent);
		return SCT_FAR(d, d_name.name);
	}
	bpf_core_read(&dentry, sizeof(dentry), &d->d_parent);
	*len = dentry.len;
	*up = dentry.up;
	return dentry.name;
}

#define SCT_MOUNTS_HIDDEN 0

static SCT_INLINE int sct_mount_up(struct vfsmount **vm, struct dentry **d)
{
	struct mount *m = SCT_OWNER(*vm, struct mount, mnt), *up = SCT_FAR(m, mnt_parent);

	if (up == m)
		return 0;
	*d = SCT_FAR(m, mnt_mountpoint);
	*vm = SCT_ADDR(up, struct mount, mnt);
	return 1;
}

static SCT_INLINE struct sct_walk *sct_walk_of(struct sct_fill *f)
{
	_Static_assert(sizeof(struct sct_walk) == sizeof(f->s->walk), "sct_slot.walk");
	return (struct sct_walk *)f->s->walk;
}

/* ---- cgroups ---- */

static SCT_INLINE struct kernfs_node *sct_kernfs_parent(struct kernfs_node *kn)
{
	if (bpf_core_field_exists(struct kernfs_node, parent))
		return SCT_READ(kn, parent);
	return SCT_READ((struct kernfs_node___rcu *)kn, __parent);
}

static SCT_INLINE struct kernfs_node *sct_kernfs_up(struct kernfs_node *kn)
{
	if (bpf_core_field_exists(struct kernfs_node, parent))
		return SCT_FAR(kn, parent);
	return SCT_FAR((struct kernfs_node___rcu *)kn, __parent);
}

/* A kernfs node does not know its name's length: find it behind the path. */
static SCT_INLINE const void *sct_kernfs_name(struct sct_slot *s, struct kernfs_node *kn,
					      __u32 *len)
{
	const char *name = SCT_FAR(kn, name);
	long n = bpf_probe_read_kernel_str(&s->path[SCT_PATH_BUF], 256, name);

	*len = n > 1 ? n - 1 : 0;
	return name;
}

static SCT_INLINE struct css_set *sct_css_set(struct task_struct *t)
{
	return SCT_READ(t, cgroups);
}

static SCT_INLINE struct kernfs_node *sct_dfl_kn(struct css_set *cset)
{
	return SCT_READ(cset, dfl_cgrp, kn);
}

static SCT_INLINE struct kernfs_node *sct_css_kn(struct css_set *cset, __u32 id)
{
	struct cgroup_subsys_state *css = SCT_ELEMENT(cset, struct css_set, subsys, id);

	return SCT_READ(css, cgroup, kn);
}

#define sct_controller_kn(cset, name)						\
	(bpf_core_enum_value_exists(enum cgroup_subsys_id, name##_cgrp_id) ?	\
	 sct_css_kn(cset, bpf_core_enum_value(enum cgroup_subsys_id, name##_cgrp_id)) : 0)

/* ---- sockets ---- */

#define sct_has_v6() bpf_core_field_exists(struct sock_common, skc_v6_daddr)
#define sct_copy_v6(dst, src) bpf_core_read(dst, sizeof(struct in6_addr), src)

static SCT_INLINE void sct_sock_v6_remote(__u64 *a, struct sock *sk)
{
	if (sct_has_v6())
		sct_copy_v6(a, &sk->__sk_common.skc_v6_daddr);
}

static SCT_INLINE void sct_sock_v6_local(__u64 *a, struct sock *sk)
{
	struct ipv6_pinfo *np;

	if (!sct_has_v6())
		return;
	sct_copy_v6(a, &sk->__sk_common.skc_v6_rcv_saddr);
	if (a[0] | a[1])
		return;
	np = SCT_FAR((struct inet_sock *)sk, pinet6);
	sct_copy_v6(a, &np->saddr);
}

static SCT_INLINE __u32 sct_netlink_port(struct sock *sk)
{
	return SCT_FAR((struct netlink_sock *)sk, portid);
}

/* ---- tasks ---- */

static SCT_INLINE struct pid *sct_task_pid(struct task_struct *t)
{
	return SCT_READ(t, thread_pid);
}

static SCT_INLINE struct pid *sct_leader_pid(struct task_struct *t)
{
	return SCT_READ(t, group_leader, thread_pid);
}

static SCT_INLINE struct pid *sct_task_pgrp(struct task_struct *t)
{
	struct signal_struct *signal = SCT_READ(t, signal);

	return SCT_ELEMENT(signal, struct signal_struct, pids,
			   bpf_core_enum_value(enum pid_type, PIDTYPE_PGID));
}

static SCT_INLINE struct upid *sct_pid_upid_far(struct pid *pid, __u64 level)
{
	return SCT_ADDR(pid, struct pid, numbers) +
	       sct_masked(level, SCT_PID_LEVELS - 1) * bpf_core_type_size(struct upid);
}

#ifdef SCT_TYPED
static SCT_INLINE sct_upid_ref sct_pid_upid(struct pid *pid, __u32 level)
{
	sct_upid_ref upid = {};

	if (level)
		upid.far = sct_pid_upid_far(pid, level);
	else
		upid.near = SCT_ADDR(pid, struct pid, numbers);
	return upid;
}
#else
static SCT_INLINE struct upid *sct_pid_upid(struct pid *pid, __u32 level)
{
	return sct_pid_upid_far(pid, level);
}
#endif

#define SCT_THREAD_NODE thread_node

static SCT_INLINE struct list_head *sct_threads(struct task_struct *t)
{
	return SCT_ADDR(SCT_READ(t, signal), struct signal_struct, thread_head);
}

static SCT_INLINE __u64 sct_reaper_start(struct sct_fill *f, sct_upid_ref upid)
{
	return SCT_REF_READ(upid, ns, child_reaper, start_boottime);
}

static SCT_INLINE __u64 sct_acc_start_time(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, start_boottime);
}

static SCT_INLINE __u32 sct_acc_loginuid(struct sct_fill *f, struct task_struct *t)
{
	if (!bpf_core_field_exists(struct task_struct, loginuid))
		return -1;	/* a kernel without audit: never set */
	return SCT_READ(t, loginuid.val);
}

static SCT_INLINE __u32 sct_acc_mntns(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, nsproxy, mnt_ns, ns.inum);
}

static SCT_INLINE void sct_task_comm(struct task_struct *t, __u64 *comm)
{
	if (SCT_LOADS) {
		t = sct_typed(t);
		comm[0] = *(__u64 *)&t->comm[0];
		comm[1] = *(__u64 *)&t->comm[8];
	} else {
		bpf_get_current_comm(comm, SCT_COMM_LEN);
	}
}

/* ---- memory ---- */

/* Pages.  Verifiers before 6.2 do not follow into an array of a typedef'ed struct. */
#define sct_mm_pages(mm, i)							\
	(bpf_core_type_exists(struct mm_rss_stat) ?				\
	 SCT_FAR((struct mm_struct___old *)(mm), rss_stat.count[i].counter) :	\
	 SCT_READ(mm, rss_stat[i].count))

/* ---- signals and faults ---- */

/* info may also be one of the kernel's constants that stand for a struct. */
static SCT_INLINE void sct_acc_siginfo(struct sct_fill *f, __u64 info, __s32 *code, __s32 *pid)
{
	struct kernel_siginfo *si = (void *)info;

	if (info <= SCT_SEND_SIG_PRIV)
		return;
	*code = SCT_READ(si, si_code);
	*pid = SCT_READ(si, _sifields._kill._pid);
}

static SCT_INLINE __u64 sct_acc_regs_ip(struct sct_fill *f, __u64 regs)
{
	struct pt_regs *r = (void *)regs;

	return SCT_READ(r, ip);
}

/*
 * ---- io_uring ----
 * Arguments are read where it is known that the tracepoint has them: see sct_take_tp_args().
 */

static SCT_INLINE void sct_uring_of(struct io_kiocb *req, struct sct_uring *u)
{
	u->opcode = SCT_READ(req, opcode);
	u->user_data = SCT_READ(req, cqe.user_data);
	u->flags = SCT_READ(req, flags);
	u->fd = SCT_READ(req, cqe.fd);
	u->known = 1;
}

static SCT_INLINE void sct_acc_uring_submit(struct sct_fill *f, struct sct_uring *u)
{
	if (bpf_core_type_exists(btf_trace_io_uring_submit_req) ||
	    bpf_core_type_exists(btf_trace_io_uring_submit_sqe___req)) {
		sct_uring_of((struct io_kiocb *)f->tp->args[0], u);
	} else if (bpf_core_type_exists(btf_trace_io_uring_submit_sqe___args) &&
		   bpf_core_type_exists(btf_trace_io_uring_complete___args)) {
		u->opcode = (__u8)f->tp->args[2];
		u->user_data = f->tp->args[3];
		u->flags = f->tp->args[4];
		u->known = 1;
	}
}

static SCT_INLINE void sct_acc_uring_async_work(struct sct_fill *f, struct sct_uring *u)
{
	if (bpf_core_type_exists(btf_trace_io_uring_queue_async_work___req)) {
		sct_uring_of((struct io_kiocb *)f->tp->args[0], u);
		u->hashed = (__u8)f->tp->args[1];
	} else if (bpf_core_type_exists(btf_trace_io_uring_queue_async_work___args)) {
		u->hashed = (__u8)f->tp->args[1];
	}
}

static SCT_INLINE void sct_uring_completed(struct sct_uring *u, __u64 user_data, __s32 res,
					   __u32 flags, struct io_kiocb *req)
{
	u->user_data = user_data;
	u->res = res;
	u->flags = flags;
	if (req)
		u->opcode = SCT_FAR(req, opcode);
	u->known = 1;
}

static SCT_INLINE void sct_acc_uring_complete(struct sct_fill *f, struct sct_uring *u)
{
	struct io_uring_cqe *cqe;

	if (bpf_core_type_exists(btf_trace_io_uring_complete___cqe)) {
		cqe = (struct io_uring_cqe *)f->tp->args[2];
		sct_uring_completed(u, SCT_READ(cqe, user_data), SCT_READ(cqe, res),
				    SCT_READ(cqe, flags), (struct io_kiocb *)f->tp->args[1]);
	} else if (bpf_core_type_exists(btf_trace_io_uring_complete___req)) {
		sct_uring_completed(u, f->tp->args[2], f->tp->args[3], f->tp->args[4],
				    (struct io_kiocb *)f->tp->args[1]);
	} else if (bpf_core_type_exists(btf_trace_io_uring_complete___args)) {
		sct_uring_completed(u, f->tp->args[1], f->tp->args[2], f->tp->args[3], NULL);
	}
}

#include "kernel/objects.h"

#endif
