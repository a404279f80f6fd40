/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* BPF's implementation of the accessors: values of kernel objects, by CO-RE.  For BPF only. */
#ifndef SCT_ACCESS_BPF_H
#define SCT_ACCESS_BPF_H

#define sct_current(f) ((struct task_struct *)bpf_get_current_task())

/* ---- files ---- */

static SCT_INLINE struct file *sct_fd_file(struct task_struct *t, __s32 fd)
{
	struct fdtable *fdt = BPF_CORE_READ(t, files, fdt);
	struct file **fds = BPF_CORE_READ(fdt, fd), *file = 0;

	if (fd >= 0 && (__u32)fd < BPF_CORE_READ(fdt, max_fds))
		bpf_probe_read_kernel(&file, sizeof(file), &fds[fd]);
	return file;
}

static SCT_INLINE void sct_file_inode(struct file *file, struct sct_inode_id *id)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);

	id->ino = BPF_CORE_READ(inode, i_ino);
	id->dev = BPF_CORE_READ(inode, i_sb, s_dev);
}

static SCT_INLINE void sct_acc_fd_inode(struct sct_fill *f, __s32 fd, struct sct_inode_id *id)
{
	struct file *file = sct_fd_file(sct_current(f), fd);

	sct_file_inode(file, id);
}

static SCT_INLINE int sct_acc_fd_created(struct sct_fill *f, __s32 fd)
{
	struct file *file = sct_fd_file(sct_current(f), fd);

	return !!(BPF_CORE_READ(file, f_mode) & SCT_FMODE_CREATED);
}

static SCT_INLINE void sct_acc_exe_inode(struct sct_fill *f, struct sct_inode_id *id)
{
	struct file *exe = BPF_CORE_READ(sct_current(f), mm, exe_file);

	sct_file_inode(exe, id);
}

/*
 * ---- paths ----
 * Collected from the last component to the first in s->path.  What a loop carries from turn to
 * turn lives in s, not in registers: the verifier then sees every turn end in the same state.
 */

#define SCT_PATH_BUF 4096u

static SCT_INLINE void sct_path_start(struct sct_slot *s)
{
	s->pos = SCT_PATH_BUF - 1;
	s->path[SCT_PATH_BUF - 1] = 0;
}

/* Put "/name" before what is there. */
static SCT_INLINE void sct_path_prepend(struct sct_slot *s, const void *name, __u32 len)
{
	__u32 pos = s->pos;

	len &= 255;	/* NAME_MAX */
	if (pos < len + 1)
		return;
	pos -= len;
	bpf_probe_read_kernel(&s->path[sct_masked(pos, SCT_PATH_BUF - 1)],
			      sct_masked(len, 255), name);
	pos--;
	s->path[sct_masked(pos, SCT_PATH_BUF - 1)] = '/';
	s->pos = pos;
}

/* Append what was collected, or "/" when there is nothing. */
static SCT_INLINE __u64 sct_path_put(struct sct_fill *f)
{
	__u32 pos = f->s->pos;
	__u64 n;

	if (pos >= SCT_PATH_BUF - 1) {
		f->s->path[SCT_PATH_BUF - 2] = '/';
		pos = SCT_PATH_BUF - 2;
	}
	n = sct_masked(SCT_PATH_BUF - pos, SCT_PATH_BUF - 1);
	return sct_put_kernel(f, &f->s->path[sct_masked(pos, SCT_PATH_BUF - 1)], n);
}

/* The path from the root of the mount namespace to path. */
static SCT_INLINE __u64 sct_put_path(struct sct_fill *f, struct path *path)
{
	struct dentry *d = BPF_CORE_READ(path, dentry), *up;
	struct vfsmount *vm = BPF_CORE_READ(path, mnt);
	struct mount *m, *mup;
	__u32 i;

	if (!d || !vm)
		return 0;
	sct_path_start(f->s);
	for (i = 0; i < SCT_PATH_DEPTH; i++) {
		if (d == BPF_CORE_READ(vm, mnt_root)) {
			m = (void *)vm - bpf_core_field_offset(struct mount, mnt);
			mup = BPF_CORE_READ(m, mnt_parent);
			if (mup == m)
				break;
			d = BPF_CORE_READ(m, mnt_mountpoint);
			vm = (void *)mup + bpf_core_field_offset(struct mount, mnt);
			continue;
		}
		sct_path_prepend(f->s, BPF_CORE_READ(d, d_name.name),
				 BPF_CORE_READ(d, d_name.len));
		up = BPF_CORE_READ(d, d_parent);
		if (up == d)
			break;
		d = up;
	}
	if (i == SCT_PATH_DEPTH)
		sct_cut(f);
	return sct_path_put(f);
}

static SCT_INLINE __u64 sct_put_file_path(struct sct_fill *f, struct file *file)
{
	if (!file)
		return 0;
	return sct_put_path(f, (void *)file + bpf_core_field_offset(struct file, f_path));
}

static SCT_INLINE __u64 sct_put_fd_path(struct sct_fill *f, __s32 fd)
{
	return sct_put_file_path(f, sct_fd_file(sct_current(f), fd));
}

static SCT_INLINE __u64 sct_put_exe_path(struct sct_fill *f)
{
	return sct_put_file_path(f, BPF_CORE_READ(sct_current(f), mm, exe_file));
}

static SCT_INLINE struct kernfs_node *sct_kernfs_parent(struct kernfs_node *kn)
{
	if (bpf_core_field_exists(struct kernfs_node, parent))
		return BPF_CORE_READ(kn, parent);
	return BPF_CORE_READ((struct kernfs_node___rcu *)kn, __parent);
}

/* The task's cgroup v2 path. */
static SCT_INLINE __u64 sct_put_cgroup_path(struct sct_fill *f)
{
	struct kernfs_node *kn = BPF_CORE_READ(sct_current(f), cgroups, dfl_cgrp, kn), *up;
	const char *name;
	__u32 i;
	long n;

	sct_path_start(f->s);
	for (i = 0; i < SCT_PATH_DEPTH && kn; i++) {
		up = sct_kernfs_parent(kn);
		if (!up)	/* the root */
			break;
		/* a kernfs node does not know its name's length: find it behind the path */
		name = BPF_CORE_READ(kn, name);
		n = bpf_probe_read_kernel_str(&f->s->path[SCT_PATH_BUF], 256, name);
		if (n > 1)
			sct_path_prepend(f->s, name, n - 1);
		kn = up;
	}
	if (i == SCT_PATH_DEPTH)
		sct_cut(f);
	return sct_path_put(f);
}

/* ---- sockets ---- */

static SCT_INLINE struct sock *sct_fd_sock(struct sct_fill *f, __s32 fd)
{
	struct file *file = sct_fd_file(sct_current(f), fd);
	struct socket *sock;

	if ((BPF_CORE_READ(file, f_inode, i_mode) & SCT_S_IFMT) != SCT_S_IFSOCK)
		return 0;
	sock = BPF_CORE_READ(file, private_data);
	return BPF_CORE_READ(sock, sk);
}

static SCT_INLINE void sct_acc_sock_queue(struct sct_fill *f, __s32 fd, __u32 *len, __u32 *max)
{
	struct sock *sk = sct_fd_sock(f, fd);

	*len = BPF_CORE_READ(sk, sk_ack_backlog);
	*max = BPF_CORE_READ(sk, sk_max_ack_backlog);
}

static SCT_INLINE void sct_acc_sock_pair(struct sct_fill *f, __s32 fd, __u64 *own, __u64 *peer)
{
	struct sock *sk = sct_fd_sock(f, fd);

	*own = (__u64)sk;
	*peer = 0;
	if (BPF_CORE_READ(sk, __sk_common.skc_family) == SCT_AF_UNIX)
		*peer = (__u64)BPF_CORE_READ((struct unix_sock *)sk, peer);
}

/* Ports and addresses in network order, as the kernel keeps them. */
static SCT_INLINE __u16 sct_put_inet(struct sct_fill *f, __u32 addr, __u16 port)
{
	sct_put(f, (__u16)SCT_AF_INET);
	sct_put(f, port);
	sct_put(f, addr);
	sct_put(f, (__u64)0);
	return 16;
}

struct sct_in6 {
	__u64 v[2];
};

static SCT_INLINE __u16 sct_put_inet6(struct sct_fill *f, struct sct_in6 addr, __u16 port,
				      __u32 dev)
{
	int link_local = ((__u8 *)&addr)[0] == 0xfe && (((__u8 *)&addr)[1] & 0xc0) == 0x80;

	sct_put(f, (__u16)SCT_AF_INET6);
	sct_put(f, port);
	sct_put(f, (__u32)0);	/* flow information */
	sct_put(f, addr.v[0]);
	sct_put(f, addr.v[1]);
	sct_put(f, link_local ? dev : 0u);
	return 28;
}

static SCT_INLINE __u16 sct_put_unix(struct sct_fill *f, struct sock *sk)
{
	struct unix_address *addr = BPF_CORE_READ((struct unix_sock *)sk, addr);
	__u32 len = BPF_CORE_READ(addr, len);

	if (!addr) {
		sct_put(f, (__u16)SCT_AF_UNIX);
		return 2;
	}
	if (len > SCT_SIZE_SOCKADDR)
		len = SCT_SIZE_SOCKADDR;
	return sct_put_kernel(f, (void *)addr + bpf_core_field_offset(struct unix_address, name),
			      len);
}

/* As getsockname(2) says it. */
static SCT_INLINE __u16 sct_put_sock_local(struct sct_fill *f, struct sock *sk, __u16 family)
{
	struct inet_sock *inet = (void *)sk;
	struct sct_in6 a6 = {};
	__u32 a4;

	if (family == SCT_AF_UNIX)
		return sct_put_unix(f, sk);
	if (family == SCT_AF_INET) {
		a4 = BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr);
		if (!a4)
			a4 = BPF_CORE_READ(inet, inet_saddr);
		return sct_put_inet(f, a4, BPF_CORE_READ(inet, inet_sport));
	}
	if (family == SCT_AF_INET6 && bpf_core_field_exists(struct sock_common, skc_v6_daddr)) {
		bpf_core_read(&a6, sizeof(a6), &sk->__sk_common.skc_v6_rcv_saddr);
		if (!(a6.v[0] | a6.v[1]))
			BPF_CORE_READ_INTO(&a6, inet, pinet6, saddr);
		return sct_put_inet6(f, a6, BPF_CORE_READ(inet, inet_sport),
				     BPF_CORE_READ(sk, __sk_common.skc_bound_dev_if));
	}
	return 0;
}

/* As getpeername(2) says it, except that a connection may not be complete; 0 when there is none. */
static SCT_INLINE __u16 sct_put_sock_remote(struct sct_fill *f, struct sock *sk, __u16 family)
{
	__u16 port = BPF_CORE_READ(sk, __sk_common.skc_dport);
	struct sct_in6 a6 = {};
	struct sock *peer;
	__u32 a4;

	if (family == SCT_AF_UNIX) {
		peer = BPF_CORE_READ((struct unix_sock *)sk, peer);
		return peer ? sct_put_unix(f, peer) : 0;
	}
	if (family == SCT_AF_INET) {
		a4 = BPF_CORE_READ(sk, __sk_common.skc_daddr);
		return a4 || port ? sct_put_inet(f, a4, port) : 0;
	}
	if (family == SCT_AF_INET6 && bpf_core_field_exists(struct sock_common, skc_v6_daddr)) {
		bpf_core_read(&a6, sizeof(a6), &sk->__sk_common.skc_v6_daddr);
		if (!(a6.v[0] | a6.v[1] | port))
			return 0;
		return sct_put_inet6(f, a6, port, BPF_CORE_READ(sk, __sk_common.skc_bound_dev_if));
	}
	return 0;
}

static SCT_INLINE __u64 sct_put_sockaddr(struct sct_fill *f, __u64 uptr, __u32 n);

static SCT_INLINE __u64 sct_put_tuple_to(struct sct_fill *f, __s32 fd, __u64 uptr, __u32 n)
{
	struct sock *sk = sct_fd_sock(f, fd);
	__u16 family = BPF_CORE_READ(sk, __sk_common.skc_family), llen, rlen;
	__u64 start = f->off, end;

	if (family != SCT_AF_UNIX && family != SCT_AF_INET && family != SCT_AF_INET6)
		return 0;
	sct_put(f, (__u32)0);	/* struct sct_tuple's place */
	llen = sct_put_sock_local(f, sk, family);
	rlen = sct_put_sock_remote(f, sk, family);
	if (!rlen)
		rlen = sct_put_sockaddr(f, uptr, n);
	end = f->off;
	f->off = start;
	sct_put(f, llen);
	sct_put(f, rlen);
	f->off = end;
	return end - start;
}

/* ---- tasks ---- */

static SCT_INLINE __u64 sct_put_comm(struct sct_fill *f)
{
	return sct_put_kernel_str(f, &sct_current(f)->comm, SCT_COMM_LEN);
}

static SCT_INLINE __s32 sct_acc_ppid(struct sct_fill *f, struct task_struct *t)
{
	return BPF_CORE_READ(t, real_parent, tgid);
}

static SCT_INLINE __u64 sct_acc_start_time(struct sct_fill *f, struct task_struct *t)
{
	if (bpf_core_field_exists(struct task_struct, start_boottime))
		return BPF_CORE_READ(t, start_boottime);
	return BPF_CORE_READ((struct task_struct___old *)t, real_start_time);
}

static SCT_INLINE __u32 sct_acc_uid(struct sct_fill *f, struct task_struct *t)
{
	return BPF_CORE_READ(t, cred, uid.val);
}

static SCT_INLINE __u32 sct_acc_gid(struct sct_fill *f, struct task_struct *t)
{
	return BPF_CORE_READ(t, cred, gid.val);
}

static SCT_INLINE __u32 sct_acc_loginuid(struct sct_fill *f, struct task_struct *t)
{
	if (!bpf_core_field_exists(struct task_struct, loginuid))
		return -1;	/* a kernel without audit: never set */
	return BPF_CORE_READ(t, loginuid.val);
}

/* The id of a task in its innermost pid namespace. */
static SCT_INLINE struct upid *sct_task_upid(struct task_struct *t)
{
	struct pid *pid = BPF_CORE_READ(t, thread_pid);
	unsigned int level = BPF_CORE_READ(pid, level);

	return (void *)pid + bpf_core_field_offset(struct pid, numbers) +
	       level * bpf_core_type_size(struct upid);
}

static SCT_INLINE __s32 sct_acc_vtid(struct sct_fill *f, struct task_struct *t)
{
	struct upid *upid = sct_task_upid(t);

	return BPF_CORE_READ(upid, nr);
}

static SCT_INLINE __s32 sct_acc_vpid(struct sct_fill *f, struct task_struct *t)
{
	struct upid *upid = sct_task_upid(BPF_CORE_READ(t, group_leader));

	return BPF_CORE_READ(upid, nr);
}

static SCT_INLINE __u32 sct_acc_pidns(struct sct_fill *f, struct task_struct *t)
{
	struct upid *upid = sct_task_upid(t);

	return BPF_CORE_READ(upid, ns, ns.inum);
}

static SCT_INLINE __u32 sct_acc_mntns(struct sct_fill *f, struct task_struct *t)
{
	return BPF_CORE_READ(t, nsproxy, mnt_ns, ns.inum);
}

static SCT_INLINE __u32 sct_acc_netns(struct sct_fill *f, struct task_struct *t)
{
	return BPF_CORE_READ(t, nsproxy, net_ns, ns.inum);
}

static SCT_INLINE __u32 sct_acc_userns(struct sct_fill *f, struct task_struct *t)
{
	return BPF_CORE_READ(t, cred, user_ns, ns.inum);
}

/* ---- memory ---- */

/* Pages; a counter that is per CPU may be read below 0. */
#define sct_mm_count(mm, i)							\
	({									\
		__s64 __n;							\
										\
		if (bpf_core_type_exists(struct mm_rss_stat))			\
			__n = BPF_CORE_READ((struct mm_struct___old *)(mm),	\
					    rss_stat.count[i].counter);		\
		else								\
			__n = BPF_CORE_READ(mm, rss_stat[i].count);		\
		__n > 0 ? (__u64)__n : 0;					\
	})

static SCT_INLINE __u64 sct_acc_vm_size(struct sct_fill *f, struct task_struct *t)
{
	return BPF_CORE_READ(t, mm, total_vm) * SCT_PAGE_KIB;
}

static SCT_INLINE __u64 sct_acc_vm_rss(struct sct_fill *f, struct task_struct *t)
{
	struct mm_struct *mm = BPF_CORE_READ(t, mm);

	return (sct_mm_count(mm, SCT_MM_FILEPAGES) + sct_mm_count(mm, SCT_MM_ANONPAGES) +
		sct_mm_count(mm, SCT_MM_SHMEMPAGES)) * SCT_PAGE_KIB;
}

static SCT_INLINE __u64 sct_acc_vm_swap(struct sct_fill *f, struct task_struct *t)
{
	struct mm_struct *mm = BPF_CORE_READ(t, mm);

	return sct_mm_count(mm, SCT_MM_SWAPENTS) * SCT_PAGE_KIB;
}

/* ---- the end of a task ---- */

static SCT_INLINE __s32 sct_acc_exit_code(struct sct_fill *f, struct task_struct *t)
{
	return BPF_CORE_READ(t, exit_code);
}

static SCT_INLINE __s32 sct_acc_exit_reaper(struct sct_fill *f, struct task_struct *t)
{
	struct list_head *children = (void *)t + bpf_core_field_offset(struct task_struct, children);

	struct upid *upid = sct_task_upid(t);

	if (BPF_CORE_READ(children, next) == children)
		return 0;
	return BPF_CORE_READ(upid, ns, child_reaper, pid);
}

#endif
