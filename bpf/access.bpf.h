/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* BPF's part of the accessors, see sct_access.h: kernel objects by CO-RE.  For BPF only. */
#ifndef SCT_ACCESS_BPF_H
#define SCT_ACCESS_BPF_H

#define NULL ((void *)0)
#define __force

/* Nothing can go away here: a read of what has gone gives something else or 0. */
#define SCT_PTR(p, ...)	 SCT_READ(p, __VA_ARGS__)
#define SCT_PEEK(p, ...) SCT_READ(p, __VA_ARGS__)
#define SCT_BIT(p, a)	 BPF_CORE_READ_BITFIELD_PROBED(p, a)
#define SCT_COPY(dst, p, a)    bpf_core_read(dst, sizeof(*(dst)), &(p)->a)
#define SCT_ADDR(p, type, a)   ((void *)(p) + bpf_core_field_offset(type, a))
#define SCT_OWNER(p, type, a)  ((void *)(p) - bpf_core_field_offset(type, a))
#define SCT_ID(a)	 a.val
#define SCT_INUM	 ns.inum

#define sct_peek_bytes(dst, p, n) bpf_probe_read_kernel(dst, n, p)
#define sct_put_peeked(f, p, n)	  sct_put_kernel(f, p, n)

#define sct_current(f) ((struct task_struct *)bpf_get_current_task())

/*
 * Of the current task t: by loads, or by the helper that has the value, where each load would be a call.
 */
static SCT_INLINE __u64 sct_current_ids(struct task_struct *t)
{
	if (!SCT_DIRECT)
		return bpf_get_current_pid_tgid();
	return (__u64)SCT_READ(t, tgid) << 32 | (__u32)SCT_READ(t, pid);
}

static SCT_INLINE __u64 sct_current_cgroup(struct task_struct *t)
{
	return SCT_DIRECT ? SCT_READ(t, cgroups, dfl_cgrp, kn, id) : bpf_get_current_cgroup_id();
}

/* ---- files ---- */

static SCT_INLINE struct file *sct_fd_file(struct task_struct *t, __s32 fd)
{
	struct fdtable *fdt = SCT_READ(t, files, fdt);
	struct file **fds = SCT_READ(fdt, fd), *file = 0;

	if (fd >= 0 && (__u32)fd < SCT_READ(fdt, max_fds))
		bpf_probe_read_kernel(&file, sizeof(file), &fds[fd]);
	return file;
}

#define sct_file_get(fd)   sct_fd_file((struct task_struct *)bpf_get_current_task(), fd)
#define sct_file_put(file) ((void)(file))

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

#define sct_name_copy(dst, name, n) bpf_probe_read_kernel(dst, n, name)

static SCT_INLINE const void *sct_dentry_name(struct sct_slot *s, struct dentry *d, __u32 *len)
{
	*len = SCT_READ(d, d_name.len);
	return SCT_READ(d, d_name.name);
}

#define SCT_MOUNTS_HIDDEN 0

static SCT_INLINE int sct_mount_up(struct vfsmount **vm, struct dentry **d)
{
	struct mount *m = SCT_OWNER(*vm, struct mount, mnt), *up = SCT_READ(m, mnt_parent);

	if (up == m)
		return 0;
	*d = SCT_READ(m, mnt_mountpoint);
	*vm = SCT_ADDR(up, struct mount, mnt);
	return 1;
}

/*
 * The walks as functions that the verifier checks once a program, whoever calls them.  A program
 * that tail-calls does without: such a mix is refused before 5.10, on arm64 before 6.0.
 */
static SCT_INLINE int sct_collect_path(struct sct_slot *s, struct dentry *d, struct vfsmount *vm);
static SCT_INLINE int sct_collect_kernfs(struct sct_slot *s, struct kernfs_node *kn);

__attribute__((noinline)) int sct_walk_path(__u32 kind, __u64 d, __u64 vm)
{
	struct sct_slot *s = kind < SCT_KIND_MAX ? sct_this_slot(kind) : 0;

	return s ? sct_collect_path(s, (struct dentry *)d, (struct vfsmount *)vm) : 0;
}

__attribute__((noinline)) int sct_walk_kernfs(__u32 kind, __u64 kn)
{
	struct sct_slot *s = kind < SCT_KIND_MAX ? sct_this_slot(kind) : 0;

	return s ? sct_collect_kernfs(s, (struct kernfs_node *)kn) : 0;
}

static SCT_INLINE int sct_path_of(struct sct_fill *f, struct dentry *d, struct vfsmount *vm)
{
	return f->kind == SCT_KIND_MAX ? sct_collect_path(f->s, d, vm) :
	       sct_walk_path(f->kind, sct_number(&f->s->number, d),
			     sct_number(&f->s->number, vm));
}

static SCT_INLINE int sct_kernfs_path_of(struct sct_fill *f, struct kernfs_node *kn)
{
	return f->kind == SCT_KIND_MAX ? sct_collect_kernfs(f->s, kn) :
	       sct_walk_kernfs(f->kind, sct_number(&f->s->number, kn));
}

/* ---- cgroups ---- */

static SCT_INLINE struct kernfs_node *sct_kernfs_parent(struct kernfs_node *kn)
{
	if (bpf_core_field_exists(struct kernfs_node, parent))
		return SCT_READ(kn, parent);
	return SCT_READ((struct kernfs_node___rcu *)kn, __parent);
}

/* A kernfs node does not know its name's length: find it behind the path. */
static SCT_INLINE const void *sct_kernfs_name(struct sct_slot *s, struct kernfs_node *kn,
					      __u32 *len)
{
	const char *name = SCT_READ(kn, name);
	long n = bpf_probe_read_kernel_str(&s->path[SCT_PATH_BUF], 256, name);

	*len = n > 1 ? n - 1 : 0;
	return name;
}

#define sct_css_set(t)	 SCT_READ(t, cgroups)
#define sct_dfl_kn(cset) SCT_READ(cset, dfl_cgrp, kn)

static SCT_INLINE struct kernfs_node *sct_css_kn(struct css_set *cset, __u32 id)
{
	struct cgroup_subsys_state **subsys = SCT_ADDR(cset, struct css_set, subsys), *css = 0;

	bpf_probe_read_kernel(&css, sizeof(css), subsys + id);
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
	np = SCT_READ((struct inet_sock *)sk, pinet6);
	sct_copy_v6(a, &np->saddr);
}

/* ---- tasks ---- */

#define sct_task_pid(t)	  SCT_READ(t, thread_pid)
#define sct_leader_pid(t) SCT_READ(t, group_leader, thread_pid)

static SCT_INLINE struct pid *sct_task_pgrp(struct task_struct *t)
{
	struct signal_struct *signal = SCT_READ(t, signal);
	struct pid **pids = SCT_ADDR(signal, struct signal_struct, pids), *pid = 0;

	bpf_probe_read_kernel(&pid, sizeof(pid),
			      pids + bpf_core_enum_value(enum pid_type, PIDTYPE_PGID));
	return pid;
}

static SCT_INLINE struct upid *sct_pid_upid(struct pid *pid, __u32 level)
{
	return SCT_ADDR(pid, struct pid, numbers) + level * bpf_core_type_size(struct upid);
}

#define SCT_THREAD_NODE thread_node
#define sct_threads(t)	SCT_ADDR(SCT_READ(t, signal), struct signal_struct, thread_head)

static SCT_INLINE __u64 sct_acc_start_time(struct sct_fill *f, struct task_struct *t)
{
	if (bpf_core_field_exists(struct task_struct, start_boottime))
		return SCT_READ(t, start_boottime);
	return SCT_READ((struct task_struct___old *)t, real_start_time);
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
	if (SCT_DIRECT) {
		t = sct_typed(t);
		comm[0] = *(__u64 *)&t->comm[0];
		comm[1] = *(__u64 *)&t->comm[8];
	} else {
		bpf_get_current_comm(comm, SCT_COMM_LEN);
	}
}

/* ---- memory ---- */

/* Pages. */
#define sct_mm_pages(mm, i)							\
	(bpf_core_type_exists(struct mm_rss_stat) ?				\
	 SCT_READ((struct mm_struct___old *)(mm), rss_stat.count[i].counter) :	\
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

#endif
