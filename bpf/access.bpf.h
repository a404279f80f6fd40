/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* BPF's implementation of the accessors: values of kernel objects, by CO-RE.  For BPF only. */
#ifndef SCT_ACCESS_BPF_H
#define SCT_ACCESS_BPF_H

#define sct_current(f) ((struct task_struct *)bpf_get_current_task())

/* ---- files ---- */

static SCT_INLINE struct file *sct_fd_file(struct task_struct *t, __s32 fd)
{
	struct fdtable *fdt = SCT_READ(t, files, fdt);
	struct file **fds = SCT_READ(fdt, fd), *file = 0;

	if (fd >= 0 && (__u32)fd < SCT_READ(fdt, max_fds))
		bpf_probe_read_kernel(&file, sizeof(file), &fds[fd]);
	return file;
}

static SCT_INLINE void sct_file_inode(struct file *file, struct sct_inode_id *id)
{
	struct inode *inode = SCT_READ(file, f_inode);

	id->ino = SCT_READ(inode, i_ino);
	id->dev = SCT_READ(inode, i_sb, s_dev);
}

static SCT_INLINE void sct_acc_fd_inode(struct sct_fill *f, __s32 fd, struct sct_inode_id *id)
{
	struct file *file = sct_fd_file(sct_current(f), fd);

	sct_file_inode(file, id);
}

static SCT_INLINE int sct_acc_fd_created(struct sct_fill *f, __s32 fd)
{
	struct file *file = sct_fd_file(sct_current(f), fd);

	return !!(SCT_READ(file, f_mode) & SCT_FMODE_CREATED);
}

static SCT_INLINE void sct_acc_exe_inode(struct sct_fill *f, struct sct_inode_id *id)
{
	struct file *exe = SCT_READ(sct_current(f), mm, exe_file);

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

/* Put "/name" before what is there; 1 when it does not fit. */
static SCT_INLINE int sct_path_prepend(struct sct_slot *s, const void *name, __u32 len)
{
	__u32 pos = s->pos;

	len &= 255;	/* NAME_MAX */
	if (pos < len + 1)
		return 1;
	pos -= len;
	bpf_probe_read_kernel(&s->path[sct_masked(pos, SCT_PATH_BUF - 1)],
			      sct_masked(len, 255), name);
	pos--;
	s->path[sct_masked(pos, SCT_PATH_BUF - 1)] = '/';
	s->pos = pos;
	return 0;
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
	n = sct_masked(SCT_PATH_BUF - pos, 2 * SCT_PATH_BUF - 1);
	return sct_put_kernel(f, &f->s->path[sct_masked(pos, SCT_PATH_BUF - 1)], n);
}

/* Collect the path of d in vm from the root of the mount namespace; 1 when its begin is missing. */
static SCT_INLINE int sct_collect_path(struct sct_slot *s, struct dentry *d, struct vfsmount *vm)
{
	struct mount *m, *mup;
	struct dentry *up;
	__u32 i;

	sct_path_start(s);
	for (i = 0; i < SCT_PATH_DEPTH; i++) {
		if (d == SCT_READ(vm, mnt_root)) {
			m = (void *)vm - bpf_core_field_offset(struct mount, mnt);
			mup = SCT_READ(m, mnt_parent);
			if (mup == m)
				return 0;
			d = SCT_READ(m, mnt_mountpoint);
			vm = (void *)mup + bpf_core_field_offset(struct mount, mnt);
			continue;
		}
		if (sct_path_prepend(s, SCT_READ(d, d_name.name), SCT_READ(d, d_name.len)))
			return 1;
		up = SCT_READ(d, d_parent);
		if (up == d)
			return 0;
		d = up;
	}
	return 1;
}

static SCT_INLINE struct kernfs_node *sct_kernfs_parent(struct kernfs_node *kn)
{
	if (bpf_core_field_exists(struct kernfs_node, parent))
		return SCT_READ(kn, parent);
	return SCT_READ((struct kernfs_node___rcu *)kn, __parent);
}

/* Collect the path of a cgroup in its hierarchy; 1 when its begin is missing. */
static SCT_INLINE int sct_collect_kernfs(struct sct_slot *s, struct kernfs_node *kn)
{
	struct kernfs_node *up;
	const char *name;
	__u32 i;
	long n;

	sct_path_start(s);
	for (i = 0; i < SCT_PATH_DEPTH && kn; i++) {
		up = sct_kernfs_parent(kn);
		if (!up)	/* the root */
			return 0;
		/* a kernfs node does not know its name's length: find it behind the path */
		name = SCT_READ(kn, name);
		n = bpf_probe_read_kernel_str(&s->path[SCT_PATH_BUF], 256, name);
		if (n > 1 && sct_path_prepend(s, name, n - 1))
			return 1;
		kn = up;
	}
	return i == SCT_PATH_DEPTH;
}

/*
 * The same as functions that the verifier checks once a program, whoever calls them.  A program
 * that tail-calls does without: such a mix is refused before 5.10, on arm64 before 6.0.
 */
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

static SCT_INLINE __u64 sct_put_path(struct sct_fill *f, struct path *path)
{
	struct dentry *d = SCT_READ(path, dentry);
	struct vfsmount *vm = SCT_READ(path, mnt);

	if (!d || !vm)
		return 0;
	if (f->kind == SCT_KIND_MAX ? sct_collect_path(f->s, d, vm) :
				      sct_walk_path(f->kind, sct_number(f->s, d),
						    sct_number(f->s, vm)))
		sct_cut(f);
	return sct_path_put(f);
}

static SCT_INLINE void sct_path_cgroup(struct sct_fill *f, struct kernfs_node *kn)
{
	if (f->kind == SCT_KIND_MAX ? sct_collect_kernfs(f->s, kn) :
				      sct_walk_kernfs(f->kind, sct_number(f->s, kn)))
		sct_cut(f);
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
	return sct_put_file_path(f, SCT_READ(sct_current(f), mm, exe_file));
}

static SCT_INLINE __u64 sct_put_cwd(struct sct_fill *f)
{
	struct fs_struct *fs = SCT_READ(sct_current(f), fs);

	return fs ? sct_put_path(f, (void *)fs + bpf_core_field_offset(struct fs_struct, pwd)) : 0;
}

/* ---- cgroups ---- */

static SCT_INLINE struct kernfs_node *sct_css_kn(struct css_set *cset, __u32 id)
{
	struct cgroup_subsys_state **subsys;
	struct cgroup_subsys_state *css = 0;

	subsys = (void *)cset + bpf_core_field_offset(struct css_set, subsys);
	bpf_probe_read_kernel(&css, sizeof(css), subsys + id);
	return SCT_READ(css, cgroup, kn);
}

/* The task's cgroup in the hierarchy of a controller; NULL when the kernel lacks that. */
#define sct_controller_kn(cset, id)						\
	(bpf_core_enum_value_exists(enum cgroup_subsys_id, id) ?		\
	 sct_css_kn(cset, bpf_core_enum_value(enum cgroup_subsys_id, id)) : 0)

static SCT_INLINE __u64 sct_put_cgroup_path(struct sct_fill *f)
{
	struct css_set *cset = SCT_READ(sct_current(f), cgroups);
	struct kernfs_node *kn = SCT_READ(cset, dfl_cgrp, kn);

	if (!sct_kernfs_parent(kn))	/* v2 is not what groups tasks here */
		kn = sct_controller_kn(cset, memory_cgrp_id);
	if (!sct_kernfs_parent(kn))
		kn = sct_controller_kn(cset, pids_cgrp_id);
	sct_path_cgroup(f, kn);
	return sct_path_put(f);
}

/* Append name and the path of kn, unless it was walked just now. */
static SCT_INLINE __u64 sct_put_cgroup(struct sct_fill *f, const char *name, __u32 len,
				       struct kernfs_node *kn, struct kernfs_node *last)
{
	__u32 len_all;

	if (!kn)
		return 0;
	if (kn != last)
		sct_path_cgroup(f, kn);
	len_all = len + (f->s->pos < SCT_PATH_BUF - 1 ? SCT_PATH_BUF - f->s->pos : sizeof("/"));
	if (f->s->loop.room < len_all) {
		sct_cut(f);
		return 0;
	}
	f->s->loop.room -= len_all;
	return sct_put_kernel(f, name, len) + sct_path_put(f);
}

static SCT_INLINE __u64 sct_put_cgroups(struct sct_fill *f)
{
	struct css_set *cset = SCT_READ(sct_current(f), cgroups);
	struct kernfs_node *kn, *last = 0;
	__u64 start = f->off;

	f->s->loop.room = SCT_SIZE_STRV;
#define SCT_CONTROLLERS(X) X(cpuset) X(cpu) X(cpuacct) X(io) X(memory)
#define X(name)									\
	kn = sct_controller_kn(cset, name##_cgrp_id);				\
	sct_put_cgroup(f, #name "=", sizeof(#name), kn, last);			\
	last = kn;
	SCT_CONTROLLERS(X)
#undef X
	sct_put_cgroup(f, "=", 1, SCT_READ(cset, dfl_cgrp, kn), last);
	return f->off - start;
}

/* ---- sockets ---- */

static SCT_INLINE struct sock *sct_fd_sock(struct sct_fill *f, __s32 fd)
{
	struct file *file = sct_fd_file(sct_current(f), fd);
	struct socket *sock;

	if ((SCT_READ(file, f_inode, i_mode) & SCT_S_IFMT) != SCT_S_IFSOCK)
		return 0;
	sock = SCT_READ(file, private_data);
	return SCT_READ(sock, sk);
}

static SCT_INLINE void sct_acc_sock_queue(struct sct_fill *f, __s32 fd, __u32 *len, __u32 *max)
{
	struct sock *sk = sct_fd_sock(f, fd);

	*len = SCT_READ(sk, sk_ack_backlog);
	*max = SCT_READ(sk, sk_max_ack_backlog);
}

static SCT_INLINE void sct_acc_sock_pair(struct sct_fill *f, __s32 fd, __u64 *own, __u64 *peer)
{
	struct sock *sk = sct_fd_sock(f, fd);

	*own = (__u64)sk;
	*peer = 0;
	if (SCT_READ(sk, __sk_common.skc_family) == SCT_AF_UNIX)
		*peer = (__u64)SCT_READ((struct unix_sock *)sk, peer);
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
	struct unix_address *addr = SCT_READ((struct unix_sock *)sk, addr);
	__u32 len = SCT_READ(addr, len);

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
		a4 = SCT_READ(sk, __sk_common.skc_rcv_saddr);
		if (!a4)
			a4 = SCT_READ(inet, inet_saddr);
		return sct_put_inet(f, a4, SCT_READ(inet, inet_sport));
	}
	if (family == SCT_AF_INET6 && bpf_core_field_exists(struct sock_common, skc_v6_daddr)) {
		bpf_core_read(&a6, sizeof(a6), &sk->__sk_common.skc_v6_rcv_saddr);
		if (!(a6.v[0] | a6.v[1]))
			BPF_CORE_READ_INTO(&a6, inet, pinet6, saddr);
		return sct_put_inet6(f, a6, SCT_READ(inet, inet_sport),
				     SCT_READ(sk, __sk_common.skc_bound_dev_if));
	}
	return 0;
}

/*
 * Is that where a socket is connected to?  A stream socket keeps the address, but not the port, of a
 * connection that was refused; others may have no ports.
 */
static SCT_INLINE int sct_sock_connected(struct sock *sk, __u64 addr, __u16 port)
{
	return port || (addr && SCT_READ(sk, sk_type) != SCT_SOCK_STREAM);
}

/* As getpeername(2) says it, except that a connection may not be complete; 0 when there is none. */
static SCT_INLINE __u16 sct_put_sock_remote(struct sct_fill *f, struct sock *sk, __u16 family)
{
	__u16 port = SCT_READ(sk, __sk_common.skc_dport);
	struct sct_in6 a6 = {};
	struct sock *peer;
	__u32 a4;

	if (family == SCT_AF_UNIX) {
		peer = SCT_READ((struct unix_sock *)sk, peer);
		return peer ? sct_put_unix(f, peer) : 0;
	}
	if (family == SCT_AF_INET) {
		a4 = SCT_READ(sk, __sk_common.skc_daddr);
		return sct_sock_connected(sk, a4, port) ? sct_put_inet(f, a4, port) : 0;
	}
	if (family == SCT_AF_INET6 && bpf_core_field_exists(struct sock_common, skc_v6_daddr)) {
		bpf_core_read(&a6, sizeof(a6), &sk->__sk_common.skc_v6_daddr);
		if (!sct_sock_connected(sk, a6.v[0] | a6.v[1], port))
			return 0;
		return sct_put_inet6(f, a6, port, SCT_READ(sk, __sk_common.skc_bound_dev_if));
	}
	return 0;
}

static SCT_INLINE __u64 sct_put_tuple_to(struct sct_fill *f, __s32 fd, __u64 uptr, __u32 n)
{
	struct sock *sk = sct_fd_sock(f, fd);
	__u16 family = SCT_READ(sk, __sk_common.skc_family), llen, rlen;
	__u64 start = f->off, end;

	if (family != SCT_AF_UNIX && family != SCT_AF_INET && family != SCT_AF_INET6)
		return 0;
	sct_put(f, (__u32)0);	/* struct sct_tuple's place */
	llen = sct_put_sock_local(f, sk, family);
	rlen = sct_put_sock_remote(f, sk, family);
	if (!rlen && uptr)
		rlen = sct_put_user_buf(f, uptr, n < SCT_SIZE_SOCKADDR ? n : SCT_SIZE_SOCKADDR);
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
	return SCT_READ(t, real_parent, tgid);
}

static SCT_INLINE __u64 sct_acc_start_time(struct sct_fill *f, struct task_struct *t)
{
	if (bpf_core_field_exists(struct task_struct, start_boottime))
		return SCT_READ(t, start_boottime);
	return SCT_READ((struct task_struct___old *)t, real_start_time);
}

static SCT_INLINE __s32 sct_acc_tid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, pid);
}

static SCT_INLINE __s32 sct_acc_pid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, tgid);
}

static SCT_INLINE __s32 sct_acc_ptid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_parent, pid);
}

static SCT_INLINE __u64 sct_acc_fdlimit(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, signal, rlim[SCT_RLIMIT_NOFILE].rlim_cur);
}

static SCT_INLINE __u64 sct_acc_pgft_maj(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, maj_flt);
}

static SCT_INLINE __u64 sct_acc_pgft_min(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, min_flt);
}

static SCT_INLINE __u32 sct_acc_tty(struct sct_fill *f, struct task_struct *t)
{
	struct tty_struct *tty = SCT_READ(t, signal, tty);
	struct tty_driver *driver = SCT_READ(tty, driver);

	if (!tty)
		return 0;
	return (SCT_READ(driver, major) << 20) +
	       SCT_READ(driver, minor_start) + SCT_READ(tty, index);
}

static SCT_INLINE __u32 sct_acc_uid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, uid.val);
}

static SCT_INLINE __u32 sct_acc_gid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, gid.val);
}

static SCT_INLINE __u32 sct_acc_euid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, euid.val);
}

static SCT_INLINE __u32 sct_acc_egid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, egid.val);
}

/* 8 bytes in every kernel: f122a08b197d ("capability: just use a 'u64'"), 6.3 */
#define SCT_CAP_ACCESSOR(set)							\
	static SCT_INLINE __u64 sct_acc_##set(struct sct_fill *f, struct task_struct *t)	\
	{									\
		const struct cred *cred = SCT_READ(t, real_cred);		\
		__u64 caps = 0;							\
										\
		bpf_core_read(&caps, sizeof(caps), &cred->set);			\
		return caps;							\
	}
SCT_CAP_ACCESSOR(cap_inheritable)
SCT_CAP_ACCESSOR(cap_permitted)
SCT_CAP_ACCESSOR(cap_effective)

static SCT_INLINE __u32 sct_acc_loginuid(struct sct_fill *f, struct task_struct *t)
{
	if (!bpf_core_field_exists(struct task_struct, loginuid))
		return -1;	/* a kernel without audit: never set */
	return SCT_READ(t, loginuid.val);
}

/* What pid is in the pid namespace of the given level. */
static SCT_INLINE struct upid *sct_pid_upid(struct pid *pid, __u32 level)
{
	return (void *)pid + bpf_core_field_offset(struct pid, numbers) +
	       level * bpf_core_type_size(struct upid);
}

/* The id of a task in its innermost pid namespace. */
static SCT_INLINE struct upid *sct_task_upid(struct task_struct *t)
{
	struct pid *pid = SCT_READ(t, thread_pid);

	return sct_pid_upid(pid, SCT_READ(pid, level));
}

static SCT_INLINE struct pid *sct_task_pgrp(struct task_struct *t)
{
	struct signal_struct *signal = SCT_READ(t, signal);
	struct pid **pids = (void *)signal + bpf_core_field_offset(struct signal_struct, pids);
	struct pid *pid = 0;

	bpf_probe_read_kernel(&pid, sizeof(pid),
			      pids + bpf_core_enum_value(enum pid_type, PIDTYPE_PGID));
	return pid;
}

static SCT_INLINE __s32 sct_acc_pgid(struct sct_fill *f, struct task_struct *t)
{
	struct upid *upid = sct_pid_upid(sct_task_pgrp(t), 0);

	return SCT_READ(upid, nr);
}

/* 0 for a group that was led from outside the namespace. */
static SCT_INLINE __s32 sct_acc_vpgid(struct sct_fill *f, struct task_struct *t)
{
	__u32 level = SCT_READ(t, thread_pid, level);
	struct pid *pid = sct_task_pgrp(t);
	struct upid *upid = sct_pid_upid(pid, level);

	return level <= SCT_READ(pid, level) ? SCT_READ(upid, nr) : 0;
}

static SCT_INLINE __s32 sct_acc_vtid(struct sct_fill *f, struct task_struct *t)
{
	struct upid *upid = sct_task_upid(t);

	return SCT_READ(upid, nr);
}

static SCT_INLINE __s32 sct_acc_vpid(struct sct_fill *f, struct task_struct *t)
{
	struct upid *upid = sct_task_upid(SCT_READ(t, group_leader));

	return SCT_READ(upid, nr);
}

static SCT_INLINE __u32 sct_acc_pidns(struct sct_fill *f, struct task_struct *t)
{
	struct upid *upid = sct_task_upid(t);

	return SCT_READ(upid, ns, ns.inum);
}

static SCT_INLINE __u64 sct_acc_pidns_start(struct sct_fill *f, struct task_struct *t)
{
	struct upid *upid = sct_task_upid(t);

	return sct_acc_start_time(f, SCT_READ(upid, ns, child_reaper));
}

static SCT_INLINE __u32 sct_acc_mntns(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, nsproxy, mnt_ns, ns.inum);
}

static SCT_INLINE __u32 sct_acc_netns(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, nsproxy, net_ns, ns.inum);
}

static SCT_INLINE __u32 sct_acc_userns(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, user_ns, ns.inum);
}

/* ---- memory ---- */

/* Pages; a counter that is per CPU may be read below 0. */
#define sct_mm_count(mm, i)							\
	({									\
		__s64 __n;							\
										\
		if (bpf_core_type_exists(struct mm_rss_stat))			\
			__n = SCT_READ((struct mm_struct___old *)(mm),	\
					    rss_stat.count[i].counter);		\
		else								\
			__n = SCT_READ(mm, rss_stat[i].count);		\
		__n > 0 ? (__u64)__n : 0;					\
	})

static SCT_INLINE __u64 sct_acc_vm_size(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, mm, total_vm) * SCT_PAGE_KIB;
}

static SCT_INLINE __u64 sct_acc_vm_rss(struct sct_fill *f, struct task_struct *t)
{
	struct mm_struct *mm = SCT_READ(t, mm);

	return (sct_mm_count(mm, SCT_MM_FILEPAGES) + sct_mm_count(mm, SCT_MM_ANONPAGES) +
		sct_mm_count(mm, SCT_MM_SHMEMPAGES)) * SCT_PAGE_KIB;
}

static SCT_INLINE __u64 sct_acc_vm_swap(struct sct_fill *f, struct task_struct *t)
{
	struct mm_struct *mm = SCT_READ(t, mm);

	return sct_mm_count(mm, SCT_MM_SWAPENTS) * SCT_PAGE_KIB;
}

/* ---- the end of a task ---- */

static SCT_INLINE __s32 sct_acc_exit_code(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, exit_code);
}

/* Another thread of t's process that is not about to end; 0 when there is none. */
static SCT_INLINE __s32 sct_live_thread(struct task_struct *t)
{
	struct signal_struct *signal = SCT_READ(t, signal);
	struct list_head *head, *node;
	__u32 i;

	head = (void *)signal + bpf_core_field_offset(struct signal_struct, thread_head);
	node = SCT_READ(head, next);
	for (i = 0; i < SCT_THREADS_MAX && node != head; i++) {
		t = (void *)node - bpf_core_field_offset(struct task_struct, thread_node);
		if (!(SCT_READ(t, flags) & SCT_PF_EXITING))
			return SCT_READ(t, pid);
		node = SCT_READ(node, next);
	}
	return 0;
}

/* As find_new_reaper() of kernel/exit.c, but of an ancestor always the first thread. */
static SCT_INLINE __s32 sct_acc_exit_reaper(struct sct_fill *f, struct task_struct *t)
{
	struct list_head *kids = (void *)t + bpf_core_field_offset(struct task_struct, children);
	struct signal_struct *signal = SCT_READ(t, signal);
	struct upid *upid = sct_task_upid(t);
	struct task_struct *init = SCT_READ(upid, ns, child_reaper);
	__s32 tid = 0;
	__u32 i;

	if (SCT_READ(kids, next) == kids)
		return 0;
	tid = sct_live_thread(t);
	if (tid)
		return tid;
	if (!BPF_CORE_READ_BITFIELD_PROBED(signal, has_child_subreaper))
		return SCT_READ(init, pid);
	for (i = 0; i < SCT_ANCESTORS_MAX; i++) {
		t = SCT_READ(t, real_parent);
		upid = sct_task_upid(t);
		if (t == init || SCT_READ(upid, ns, child_reaper) != init)
			break;
		signal = SCT_READ(t, signal);
		if (BPF_CORE_READ_BITFIELD_PROBED(signal, is_child_subreaper) &&
		    SCT_READ(signal, live.counter) > 0)
			return SCT_READ(t, tgid);
	}
	return SCT_READ(init, pid);
}

/* ---- programs ---- */

static SCT_INLINE void sct_acc_mm_strings(struct sct_fill *f, struct sct_mm_strings *s)
{
	struct mm_struct *mm = SCT_READ(sct_current(f), mm);

	s->arg_start = SCT_READ(mm, arg_start);
	s->arg_end = SCT_READ(mm, arg_end);
	s->env_start = SCT_READ(mm, env_start);
	s->env_end = SCT_READ(mm, env_end);
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

static SCT_INLINE __u64 sct_acc_exe_ctime(struct sct_fill *f)
{
	return sct_inode_ctime(SCT_READ(sct_current(f), mm, exe_file, f_inode));
}

static SCT_INLINE __u64 sct_acc_exe_mtime(struct sct_fill *f)
{
	return sct_inode_mtime(SCT_READ(sct_current(f), mm, exe_file, f_inode));
}

/* Such a file is the root of a tree of its own, named by memfd_create(2). */
static SCT_INLINE int sct_acc_exe_memfd(struct sct_fill *f)
{
	struct dentry *d = SCT_READ(sct_current(f), mm, exe_file, f_path.dentry);
	char name[8] = {};

	if (!d || SCT_READ(d, d_parent) != d)
		return 0;
	bpf_probe_read_kernel(name, 6, SCT_READ(d, d_name.name));
	return !__builtin_memcmp(name, "memfd:\0", 8);
}

static SCT_INLINE __u64 sct_put_bprm_filename(struct sct_fill *f, __u64 bprm)
{
	return sct_put_kernel_str(f, SCT_READ((struct linux_binprm *)bprm, filename),
				  SCT_SIZE_PATH);
}

static SCT_INLINE __u64 sct_put_bprm_interp(struct sct_fill *f, __u64 bprm)
{
	return sct_put_kernel_str(f, SCT_READ((struct linux_binprm *)bprm, interp),
				  SCT_SIZE_PATH);
}

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
