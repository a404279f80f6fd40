/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The accessors (see sct_fill.h): values of kernel objects.  For the kernel side only, after the
 * backend's fill and access headers; includes nothing of the kernel.
 *
 * The backend provides the kernel's structures, NULL, and
 *
 *   SCT_READ(p, a, b.c)	p->a->b.c, a number; 0 where a pointer on the way is NULL
 *   SCT_PTR(p, a, b)		the same for a pointer
 *   SCT_PEEK(p, a, b.c)	p->a->b.c, whose last object may be gone: then it is anything
 *   SCT_FAR(p, a, b.c), SCT_FAR_PTR(), SCT_FAR_PEEK()	the same where p does not come from
 *				the current task or the tracepoint by these steps alone, but by arithmetic,
 *				a cast, or memory of ours
 *   SCT_REF(type)		a pointer that may be one or the other, for SCT_REF_READ(), SCT_REF_PTR();
 *				SCT_REF_FAR(ref): take it for the other
 *   SCT_COPY(dst, p, a)	copy p->a, which is as large as *dst; nothing where p is NULL
 *   SCT_BIT(p, a)		p->a, a bit field
 *   SCT_ADDR(p, type, a)	address of member a of *p, which is a type
 *   SCT_OWNER(p, type, a)	the type whose member a is at p
 *   SCT_ID(a), SCT_INUM	the number in a user's or group's id, in a namespace
 *   __force			tells sparse that a cast is meant
 *
 * and what differs per backend or kernel; a pointer may be NULL where it is given and returned:
 *
 *   sct_current(f)		the current task
 *   sct_fd_file(f, fd)		the file of a descriptor of the current task, not held
 *   sct_file_get(f, fd), sct_file_put(file)	the same, held
 *   sct_file_sock(file)	the socket that it is, or NULL
 *   sct_netlink_port(sk)	the port of a netlink socket; 0: none, or not known
 *   sct_sock_v6_local(a, sk), sct_sock_v6_remote(a, sk)	IPv6 addresses; none: left 0
 *   sct_task_pid(t), sct_leader_pid(t), sct_task_pgrp(t)	struct pid of a task, of the first
 *				thread of its process, of its process group
 *   sct_pid_upid(pid, level)	what the pid is in its namespace of a level
 *   sct_reaper_start(f, upid)	when the first process of its namespace started
 *   sct_threads(t), SCT_THREAD_NODE	list of its process's threads; a thread's member in it
 *   sct_css_set(t)		its cgroups
 *   sct_dfl_kn(cset), sct_controller_kn(cset, name)	its node in v2's or a controller's hierarchy
 *   sct_kernfs_parent(kn), sct_kernfs_up(kn)	its parent; also of one that was come to by the latter
 *   sct_kernfs_name(s, kn, &len)	where the name of a node is, at most 255 bytes
 *   sct_dentry_name(s, d, &len, &up)	the same of a directory entry, and its parent
 *   sct_name_copy(dst, name, n)	copy a part of such a name
 *   sct_mount_up(&vm, &d)	go on to what a mount is mounted on; 0 where it is on nothing
 *   SCT_MOUNTS_HIDDEN		does sct_mount_up() not know?
 *   sct_path_of(f, d, vm)	collect the path of d in vm from the root of the mount namespace, and
 *   sct_kernfs_path_of(f, kn)	that of a cgroup in its hierarchy: SCT_PATH_DEPTH turns of sct_path_turn() and
 *				sct_kernfs_turn(); 1 when the path's begin is missing
 *   sct_peek_bytes(dst, p, n)	copy memory that may be gone
 *   sct_put_peeked(f, p, n)	append such memory; nothing when it is gone
 *   sct_mm_pages(mm, i)	a counter of memory, SCT_MM_*
 *   sct_inode_ctime(inode), sct_inode_mtime(inode)	ns since the epoch
 *   sct_acc_start_time, loginuid, mntns (f, t), sct_acc_regs_ip(), sct_acc_siginfo()
 *   SCT_FMODE_CREATED, SCT_RLIMIT_NOFILE, SCT_SOCK_STREAM, SCT_PF_EXITING,
 *   SCT_PAGE_KIB		the kernel's constants
 */
#ifndef SCT_ACCESS_H
#define SCT_ACCESS_H

#include "sct_ref.h"

#define SCT_THREADS_MAX	  64u	/* walked for one that lives */
#define SCT_ANCESTORS_MAX 32u	/* walked for a subreaper */

/* ---- files ---- */

static SCT_INLINE void sct_acc_fd_inode(struct sct_fill *f, __s32 fd, struct sct_inode_id *id)
{
	sct_file_ref file = sct_fd_file(f, fd);

	id->ino = SCT_REF_READ(file, f_inode, i_ino);
	id->dev = SCT_REF_READ(file, f_inode, i_sb, s_dev);
}

static SCT_INLINE void sct_acc_fd_file(struct sct_fill *f, __s32 fd, struct sct_fd_file *to)
{
	sct_file_ref file = sct_fd_file(f, fd);

	to->ino = SCT_REF_READ(file, f_inode, i_ino);
	to->dev = SCT_REF_READ(file, f_inode, i_sb, s_dev);
	to->magic = SCT_REF_READ(file, f_inode, i_sb, s_magic);
	to->flags = to->ino && !SCT_REF_READ(file, f_inode, i_nlink) ? SCT_FF_DELETED : 0;
}

static SCT_INLINE int sct_acc_fd_created(struct sct_fill *f, __s32 fd)
{
	sct_file_ref file = sct_fd_file(f, fd);

	return !!((__force __u32)SCT_REF_READ(file, f_mode) & SCT_FMODE_CREATED);
}

static SCT_INLINE void sct_acc_exe_inode(struct sct_fill *f, struct sct_inode_id *id)
{
	struct inode *inode = SCT_PTR(sct_current(f), mm, exe_file, f_inode);

	id->ino = SCT_READ(inode, i_ino);
	id->dev = SCT_READ(inode, i_sb, s_dev);
}

/*
 * ---- paths ----
 * Collected from the last component to the first in s->path.  What a loop carries from turn to
 * turn lives in s, not in registers: the verifier then sees every turn end in the same state.
 */

struct sct_walk {
	struct dentry *d, *root;
	struct vfsmount *vm;
};

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
	sct_name_copy(&s->path[sct_masked(pos, SCT_PATH_BUF - 1)], name, sct_masked(len, 255));
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

/*
 * A walk goes up by one component a turn.  It returns SCT_WALK_ON, or how the walk ends: 0, or 1
 * when the path's begin is missing.
 */
#define SCT_WALK_ON (-1)

static SCT_INLINE int sct_path_turn(struct sct_slot *s, struct sct_walk *w)
{
	struct vfsmount *vm;
	struct dentry *up;
	const void *name;
	__u32 len;

	if (w->d == w->root) {
		if (!sct_mount_up(&w->vm, &w->d))
			return SCT_MOUNTS_HIDDEN;
		vm = w->vm;	/* CO-RE would look for our member in the kernel */
		w->root = SCT_FAR_PEEK(vm, mnt_root);
		return SCT_WALK_ON;
	}
	name = sct_dentry_name(s, w->d, &len, &up);
	if (sct_path_prepend(s, name, len))
		return 1;
	if (up == w->d)
		return 0;
	w->d = up;
	return SCT_WALK_ON;
}

static SCT_INLINE int sct_kernfs_turn(struct sct_slot *s, struct kernfs_node **kn)
{
	struct kernfs_node *up = sct_kernfs_up(*kn);
	const void *name;
	__u32 len;

	if (!up)	/* the root */
		return 0;
	name = sct_kernfs_name(s, *kn, &len);
	if (len && sct_path_prepend(s, name, len))
		return 1;
	*kn = up;
	return SCT_WALK_ON;
}

static SCT_INLINE __u64 sct_put_path(struct sct_fill *f, struct dentry *d, struct vfsmount *vm)
{
	if (!d || !vm)
		return 0;
	if (sct_path_of(f, d, vm))
		sct_cut(f);
	return sct_path_put(f);
}

static SCT_INLINE __u64 sct_put_fd_path(struct sct_fill *f, __s32 fd)
{
	sct_file_ref file = sct_fd_file(f, fd);

	return sct_put_path(f, SCT_REF_PTR(file, f_path.dentry), SCT_REF_PTR(file, f_path.mnt));
}

static SCT_INLINE __u64 sct_put_exe_path(struct sct_fill *f)
{
	struct file *exe = SCT_PTR(sct_current(f), mm, exe_file);

	return sct_put_path(f, SCT_PTR(exe, f_path.dentry), SCT_PTR(exe, f_path.mnt));
}

static SCT_INLINE __u64 sct_put_cwd(struct sct_fill *f)
{
	struct fs_struct *fs = SCT_PTR(sct_current(f), fs);

	return sct_put_path(f, SCT_PTR(fs, pwd.dentry), SCT_PTR(fs, pwd.mnt));
}

/* ---- cgroups ---- */

static SCT_INLINE void sct_path_cgroup(struct sct_fill *f, struct kernfs_node *kn)
{
	if (sct_kernfs_path_of(f, kn))
		sct_cut(f);
}

static SCT_INLINE __u64 sct_put_cgroup_path(struct sct_fill *f)
{
	struct css_set *cset = sct_css_set(sct_current(f));
	struct kernfs_node *kn = sct_dfl_kn(cset);

	if (!sct_kernfs_parent(kn))	/* v2 is not what groups tasks here */
		kn = sct_controller_kn(cset, memory);
	if (!sct_kernfs_parent(kn))
		kn = sct_controller_kn(cset, pids);
	sct_path_cgroup(f, kn);
	return sct_path_put(f);
}

/* Append name and the path of kn, unless it was walked just now. */
static SCT_INLINE __u64 sct_put_cgroup(struct sct_fill *f, const char *name, __u32 len,
				       struct kernfs_node *kn, struct kernfs_node *last)
{
	struct sct_loop *l = sct_loop(f);
	__u32 len_all;

	if (!kn)
		return 0;
	if (kn != last)
		sct_path_cgroup(f, kn);
	len_all = len + (f->s->pos < SCT_PATH_BUF - 1 ? SCT_PATH_BUF - f->s->pos : sizeof("/"));
	if (l->room < len_all) {
		sct_cut(f);
		return 0;
	}
	l->room -= len_all;
	return sct_put_kernel(f, name, len) + sct_path_put(f);
}

static SCT_INLINE __u64 sct_put_cgroups(struct sct_fill *f)
{
	struct css_set *cset = sct_css_set(sct_current(f));
	struct kernfs_node *kn, *last = NULL;
	__u64 start = f->off;

	sct_loop(f)->room = SCT_SIZE_STRV;
#define SCT_CONTROLLERS(X) X(cpuset) X(cpu) X(cpuacct) X(io) X(memory)
#define X(name)									\
	kn = sct_controller_kn(cset, name);					\
	sct_put_cgroup(f, #name "=", sizeof(#name), kn, last);			\
	last = kn;
	SCT_CONTROLLERS(X)
#undef X
	sct_put_cgroup(f, "=", 1, sct_dfl_kn(cset), last);
	return f->off - start;
}

/* ---- sockets ---- */

#ifndef sct_file_sock
static SCT_INLINE sct_sock_ref sct_file_sock(sct_file_ref file)
{
	struct socket *sock;

	if ((SCT_READ(file, f_inode, i_mode) & SCT_S_IFMT) != SCT_S_IFSOCK)
		return NULL;
	sock = SCT_PTR(file, private_data);
	return SCT_PTR(sock, sk);
}
#endif

static SCT_INLINE void sct_acc_sock_queue(struct sct_fill *f, __s32 fd, __u32 *len, __u32 *max)
{
	sct_file_ref file = sct_file_get(f, fd);
	sct_sock_ref sk = sct_file_sock(file);

	*len = SCT_REF_READ(sk, sk_ack_backlog);
	*max = SCT_REF_READ(sk, sk_max_ack_backlog);
	sct_file_put(file);
}

static SCT_INLINE void sct_acc_sock_pair(struct sct_fill *f, __s32 fd, __u64 *own, __u64 *peer)
{
	sct_file_ref file = sct_file_get(f, fd);
	sct_sock_ref sk = sct_file_sock(file);
	struct sock *far = SCT_REF_FAR(sk);

	*own = (__u64)far;
	*peer = 0;
	if (SCT_REF_READ(sk, __sk_common.skc_family) == SCT_AF_UNIX)
		*peer = (__u64)SCT_FAR_PTR((struct unix_sock *)far, peer);
	sct_file_put(file);
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
	struct unix_address *addr = SCT_FAR_PEEK((struct unix_sock *)sk, addr);
	__u32 len = SCT_FAR_PEEK(addr, len);

	if (!addr) {
		sct_put(f, (__u16)SCT_AF_UNIX);
		return 2;
	}
	if (len > SCT_SIZE_SOCKADDR)
		len = SCT_SIZE_SOCKADDR;
	return sct_put_peeked(f, SCT_ADDR(addr, struct unix_address, name), len);
}

/*
 * Whom sk is connected to may change, and the former one be gone.  No lock: some kernels sleep for
 * it.  The socket that sk names stays, with its address, as long as sk names it.
 */
static SCT_INLINE __u16 sct_put_unix_peer(struct sct_fill *f, struct sock *sk)
{
	struct sock *peer = SCT_FAR_PTR((struct unix_sock *)sk, peer);
	__u64 start = f->off;
	__u16 n = peer ? sct_put_unix(f, peer) : 0;

	if (SCT_FAR_PTR((struct unix_sock *)sk, peer) == peer)
		return n;
	f->off = start;
	return 0;
}

/* As getsockname(2) says it. */
static SCT_INLINE __u16 sct_put_sock_local(struct sct_fill *f, sct_sock_ref sk, __u16 family)
{
	struct inet_sock *inet = (void *)SCT_REF_FAR(sk);
	struct sct_in6 a6 = {};
	__u16 port;
	__u32 a4;

	if (family == SCT_AF_UNIX)
		return sct_put_unix(f, SCT_REF_FAR(sk));
	port = (__force __u16)SCT_FAR(inet, inet_sport);
	if (family == SCT_AF_INET) {
		a4 = (__force __u32)SCT_REF_READ(sk, __sk_common.skc_rcv_saddr);
		if (!a4)
			a4 = (__force __u32)SCT_FAR(inet, inet_saddr);
		return sct_put_inet(f, a4, port);
	}
	if (family == SCT_AF_INET6) {
		sct_sock_v6_local(a6.v, SCT_REF_FAR(sk));
		return sct_put_inet6(f, a6, port, SCT_REF_READ(sk, __sk_common.skc_bound_dev_if));
	}
	return 0;
}

/*
 * Is that where a socket is connected to?  A stream socket keeps the address, but not the port, of
 * a connection that was refused; others may have no ports.
 */
static SCT_INLINE int sct_sock_connected(sct_sock_ref sk, __u64 addr, __u16 port)
{
	return port || (addr && SCT_REF_READ(sk, sk_type) != SCT_SOCK_STREAM);
}

/* As getpeername(2) says it, except that a connection may not be complete; 0 when there is none. */
static SCT_INLINE __u16 sct_put_sock_remote(struct sct_fill *f, sct_sock_ref sk, __u16 family)
{
	__u16 port = (__force __u16)SCT_REF_READ(sk, __sk_common.skc_dport);
	struct sct_in6 a6 = {};
	__u32 a4;

	if (family == SCT_AF_UNIX)
		return sct_put_unix_peer(f, SCT_REF_FAR(sk));
	if (family == SCT_AF_INET) {
		a4 = (__force __u32)SCT_REF_READ(sk, __sk_common.skc_daddr);
		return sct_sock_connected(sk, a4, port) ? sct_put_inet(f, a4, port) : 0;
	}
	if (family == SCT_AF_INET6) {
		sct_sock_v6_remote(a6.v, SCT_REF_FAR(sk));
		if (!sct_sock_connected(sk, a6.v[0] | a6.v[1], port))
			return 0;
		return sct_put_inet6(f, a6, port, SCT_REF_READ(sk, __sk_common.skc_bound_dev_if));
	}
	return 0;
}

static SCT_INLINE __u64 sct_put_sock_tuple(struct sct_fill *f, sct_sock_ref sk, __u64 uptr,
					   __u32 n)
{
	__u16 family = SCT_REF_READ(sk, __sk_common.skc_family), llen, rlen;
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

static SCT_INLINE __u64 sct_put_tuple_to(struct sct_fill *f, __s32 fd, __u64 uptr, __u32 n)
{
	sct_file_ref file = sct_file_get(f, fd);
	__u64 len = sct_put_sock_tuple(f, sct_file_sock(file), uptr, n);

	sct_file_put(file);
	return len;
}

/*
 * The inode of the socket that a unix socket is connected to, which may be closed meanwhile: then
 * it has none any more, as one that nobody has accepted has none yet.
 */
static SCT_INLINE __u64 sct_unix_peer_ino(struct sock *sk)
{
	struct sock *peer = SCT_FAR_PTR((struct unix_sock *)sk, peer);
	struct socket *sock = SCT_FAR_PEEK(peer, sk_socket);
	struct file *file = SCT_FAR_PEEK(sock, file);
	struct inode *inode = SCT_FAR_PEEK(file, f_inode);
	__u64 ino = SCT_FAR_PEEK(inode, i_ino);

	return SCT_FAR_PTR((struct unix_sock *)sk, peer) == peer &&
	       SCT_FAR_PEEK(peer, sk_socket) == sock ? ino : 0;
}

static SCT_INLINE void sct_put_sock_details(struct sct_fill *f, sct_sock_ref sk,
					    struct sct_fd_details *to)
{
	to->family = SCT_REF_READ(sk, __sk_common.skc_family);
	to->type = SCT_REF_READ(sk, sk_type);
	to->protocol = SCT_REF_READ(sk, sk_protocol);
	if (to->family == SCT_AF_UNIX)
		to->peer = sct_unix_peer_ino(SCT_REF_FAR(sk));
	else if (to->family == SCT_AF_NETLINK)
		to->number = sct_netlink_port(SCT_REF_FAR(sk));
	to->len = sct_put_sock_tuple(f, sk, 0, 0);
}

/* A descriptor that was opened with O_PATH is none of a socket, but may be one of a device. */
static SCT_INLINE void sct_put_device_or_sock(struct sct_fill *f, __s32 fd,
					      struct sct_fd_details *to)
{
	sct_file_ref file = sct_fd_file(f, fd);
	__u16 mode = SCT_REF_READ(file, f_inode, i_mode) & SCT_S_IFMT;

	if (mode == SCT_S_IFCHR || mode == SCT_S_IFBLK) {
		to->number = SCT_REF_READ(file, f_inode, i_rdev);
		to->mode = mode;
	} else if (mode == SCT_S_IFSOCK) {
		file = sct_file_get(f, fd);
		sct_put_sock_details(f, sct_file_sock(file), to);
		sct_file_put(file);
		if (to->family)
			to->mode = mode;
	}
}

/* ---- tasks: t is the current one, or under RCU ---- */

static SCT_INLINE __u64 sct_put_comm(struct sct_fill *f)
{
	return sct_put_kernel_str(f, sct_current(f)->comm, SCT_COMM_LEN);
}

static SCT_INLINE __s32 sct_acc_tid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, pid);
}

static SCT_INLINE __s32 sct_acc_pid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, tgid);
}

/* The parent of a task that is all but gone may be gone. */
static SCT_INLINE __s32 sct_acc_ppid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_PEEK(t, real_parent, tgid);
}

static SCT_INLINE __s32 sct_acc_ptid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_PEEK(t, real_parent, pid);
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

/* Without a lock, as above: the terminal that a process names stays as long as it does. */
static SCT_INLINE __u32 sct_acc_tty(struct sct_fill *f, struct task_struct *t)
{
	struct signal_struct *signal = SCT_PTR(t, signal);
	struct tty_struct *tty = SCT_PTR(signal, tty);
	struct tty_driver *driver = SCT_PEEK(tty, driver);
	__u32 dev = ((__u32)SCT_PEEK(driver, major) << 20) + SCT_PEEK(driver, minor_start) +
		    SCT_PEEK(tty, index);

	return SCT_PTR(signal, tty) == tty ? dev : 0;
}

static SCT_INLINE __u32 sct_acc_uid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, SCT_ID(uid));
}

static SCT_INLINE __u32 sct_acc_gid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, SCT_ID(gid));
}

static SCT_INLINE __u32 sct_acc_euid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, SCT_ID(euid));
}

static SCT_INLINE __u32 sct_acc_egid(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, SCT_ID(egid));
}

/* 8 bytes in every kernel: f122a08b197d ("capability: just use a 'u64'"), 6.3 */
#define SCT_CAP_ACCESSOR(set)							\
	static SCT_INLINE __u64 sct_acc_##set(struct sct_fill *f, struct task_struct *t)	\
	{									\
		const struct cred *cred = SCT_PTR(t, real_cred);		\
		__u64 caps = 0;							\
										\
		SCT_COPY(&caps, cred, set);					\
		return caps;							\
	}
SCT_CAP_ACCESSOR(cap_inheritable)
SCT_CAP_ACCESSOR(cap_permitted)
SCT_CAP_ACCESSOR(cap_effective)

/* The id of a task in its innermost pid namespace. */
static SCT_INLINE sct_upid_ref sct_pid_innermost(struct pid *pid)
{
	return sct_pid_upid(pid, SCT_READ(pid, level));
}

static SCT_INLINE sct_upid_ref sct_task_upid(struct task_struct *t)
{
	return sct_pid_innermost(sct_task_pid(t));
}

static SCT_INLINE __s32 sct_acc_pgid(struct sct_fill *f, struct task_struct *t)
{
	sct_upid_ref upid = sct_pid_upid(sct_task_pgrp(t), 0);

	return SCT_REF_READ(upid, nr);
}

/* 0 for a group that was led from outside the namespace. */
static SCT_INLINE __s32 sct_acc_vpgid(struct sct_fill *f, struct task_struct *t)
{
	struct pid *own = sct_task_pid(t), *pid = sct_task_pgrp(t);
	__u32 level = SCT_READ(own, level);
	sct_upid_ref upid = sct_pid_upid(pid, level);

	return level <= SCT_READ(pid, level) ? SCT_REF_READ(upid, nr) : 0;
}

static SCT_INLINE __s32 sct_acc_vtid(struct sct_fill *f, struct task_struct *t)
{
	sct_upid_ref upid = sct_task_upid(t);

	return SCT_REF_READ(upid, nr);
}

static SCT_INLINE __s32 sct_acc_vpid(struct sct_fill *f, struct task_struct *t)
{
	sct_upid_ref upid = sct_pid_innermost(sct_leader_pid(t));

	return SCT_REF_READ(upid, nr);
}

static SCT_INLINE __u32 sct_acc_pidns(struct sct_fill *f, struct task_struct *t)
{
	sct_upid_ref upid = sct_task_upid(t);

	return SCT_REF_READ(upid, ns, SCT_INUM);
}

static SCT_INLINE __u64 sct_acc_pidns_start(struct sct_fill *f, struct task_struct *t)
{
	sct_upid_ref upid = sct_task_upid(t);

	return sct_reaper_start(f, upid);
}

static SCT_INLINE __u32 sct_acc_netns(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, nsproxy, net_ns, SCT_INUM);
}

static SCT_INLINE __u32 sct_acc_userns(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, real_cred, user_ns, SCT_INUM);
}

/* ---- memory ---- */

/* A counter that is per CPU may be read below 0. */
#define sct_mm_count(mm, i)							\
	({									\
		__s64 __n = sct_mm_pages(mm, i);				\
										\
		__n > 0 ? (__u64)__n : 0;					\
	})

static SCT_INLINE __u64 sct_acc_vm_size(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, mm, total_vm) * SCT_PAGE_KIB;
}

static SCT_INLINE __u64 sct_acc_vm_rss(struct sct_fill *f, struct task_struct *t)
{
	struct mm_struct *mm = SCT_PTR(t, mm);

	return (sct_mm_count(mm, SCT_MM_FILEPAGES) + sct_mm_count(mm, SCT_MM_ANONPAGES) +
		sct_mm_count(mm, SCT_MM_SHMEMPAGES)) * SCT_PAGE_KIB;
}

static SCT_INLINE __u64 sct_acc_vm_swap(struct sct_fill *f, struct task_struct *t)
{
	struct mm_struct *mm = SCT_PTR(t, mm);

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
	struct list_head *head = sct_threads(t), *node = SCT_FAR_PTR(head, next);
	__u32 i;

	for (i = 0; i < SCT_THREADS_MAX && node != head; i++) {
		t = SCT_OWNER(node, struct task_struct, SCT_THREAD_NODE);
		if (!(SCT_FAR(t, flags) & SCT_PF_EXITING))
			return SCT_FAR(t, pid);
		node = SCT_FAR_PTR(node, next);
	}
	return 0;
}

/* As find_new_reaper() of kernel/exit.c, but of an ancestor always the first thread. */
static SCT_INLINE __s32 sct_acc_exit_reaper(struct sct_fill *f, struct task_struct *t)
{
	struct list_head *kids = SCT_ADDR(t, struct task_struct, children);
	sct_upid_ref upid = sct_task_upid(t);
	struct task_struct *init = SCT_REF_PTR(upid, ns, child_reaper);
	__s32 init_pid = SCT_REF_READ(upid, ns, child_reaper, pid);
	struct signal_struct *signal = SCT_PTR(t, signal);
	__s32 tid = 0;
	__u32 i;

	if (SCT_PTR(kids, next) == kids)
		return 0;
	tid = sct_live_thread(t);
	if (tid)
		return tid;
	if (!SCT_BIT(signal, has_child_subreaper))
		return init_pid;
	for (i = 0; i < SCT_ANCESTORS_MAX; i++) {
		t = SCT_PTR(t, real_parent);
		upid = sct_task_upid(t);
		if (t == init || SCT_REF_PTR(upid, ns, child_reaper) != init)
			break;
		signal = SCT_PTR(t, signal);
		if (SCT_BIT(signal, is_child_subreaper) && SCT_READ(signal, live.counter) > 0)
			return SCT_READ(t, tgid);
	}
	return init_pid;
}

/* ---- programs ---- */

static SCT_INLINE void sct_acc_mm_strings(struct sct_fill *f, struct sct_mm_strings *s)
{
	struct mm_struct *mm = SCT_PTR(sct_current(f), mm);

	s->arg_start = SCT_READ(mm, arg_start);
	s->arg_end = SCT_READ(mm, arg_end);
	s->env_start = SCT_READ(mm, env_start);
	s->env_end = SCT_READ(mm, env_end);
}

static SCT_INLINE __u64 sct_acc_exe_ctime(struct sct_fill *f)
{
	return sct_inode_ctime(SCT_PTR(sct_current(f), mm, exe_file, f_inode));
}

static SCT_INLINE __u64 sct_acc_exe_mtime(struct sct_fill *f)
{
	return sct_inode_mtime(SCT_PTR(sct_current(f), mm, exe_file, f_inode));
}

/* Such a file is the root of a tree of its own, named by memfd_create(2). */
static SCT_INLINE int sct_acc_exe_memfd(struct sct_fill *f)
{
	struct dentry *d = SCT_PTR(sct_current(f), mm, exe_file, f_path.dentry);
	char name[8] = {};

	if (!d || SCT_PEEK(d, d_parent) != d)
		return 0;
	sct_peek_bytes(name, SCT_PEEK(d, d_name.name), 6);
	return !__builtin_memcmp(name, "memfd:\0", 8);
}

static SCT_INLINE __u64 sct_put_bprm_filename(struct sct_fill *f, __u64 bprm)
{
	return sct_put_kernel_str(f, SCT_PTR((struct linux_binprm *)bprm, filename),
				  SCT_SIZE_PATH);
}

static SCT_INLINE __u64 sct_put_kernel_path(struct sct_fill *f, __u64 path)
{
	return sct_put_kernel_str(f, (const char *)path, SCT_SIZE_PATH);
}

static SCT_INLINE __u64 sct_put_bprm_interp(struct sct_fill *f, __u64 bprm)
{
	return sct_put_kernel_str(f, SCT_PTR((struct linux_binprm *)bprm, interp),
				  SCT_SIZE_PATH);
}

#endif
