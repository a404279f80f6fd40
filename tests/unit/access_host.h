/* SPDX-License-Identifier: MIT */
/*
 * The host's implementation of the accessors: each answers from the test's struct sct_fake.
 * Pointers into the kernel are only compared, never followed.  For fillers.c only.
 */
#ifndef SCT_ACCESS_HOST_H
#define SCT_ACCESS_HOST_H

static SCT_INLINE struct task_struct *sct_current(struct sct_fill *f)
{
	return &fake.task;
}

/* ---- bytes of kernel memory ---- */

static SCT_INLINE __u64 sct_put_kernel(struct sct_fill *f, const void *src, __u64 n)
{
	memcpy(sct_room(f, n), src, n);
	f->off += n;
	return n;
}

static SCT_INLINE __u64 sct_put_kernel_str(struct sct_fill *f, const char *s, __u32 max)
{
	__u64 n;

	if (!s)
		return 0;
	n = sct_put_kernel(f, s, strnlen(s, max - 1));
	sct_put(f, (__u8)0);
	return n + 1;
}

/* ---- files ---- */

static SCT_INLINE void sct_acc_fd_inode(struct sct_fill *f, __s32 fd, struct sct_inode_id *id)
{
	if (fd >= 0)
		*id = fake.fd_inode;
}

static SCT_INLINE void sct_acc_fd_file(struct sct_fill *f, __s32 fd, struct sct_fd_file *to)
{
	(void)f;
	if (fd == fake.closed_fd)
		return;
	to->ino = fake.fd_inode.ino;
	to->dev = fake.fd_inode.dev;
	to->magic = fake.fd_magic;
	to->flags = fake.fd_deleted ? SCT_FF_DELETED : 0;
}

static SCT_INLINE int sct_acc_fd_created(struct sct_fill *f, __s32 fd)
{
	return fd >= 0 && fake.fd_created;
}

static SCT_INLINE __u64 sct_body_put_fd_path(struct sct_fill *f, __s32 fd)
{
	return fd >= 0 && fd != fake.closed_fd ? sct_put_kernel_str(f, fake.fd_path, SCT_SIZE_PATH) : 0;
}

/* ---- sockets ---- */

static SCT_INLINE __u64 sct_put_sockaddr(struct sct_fill *f, __u64 uptr, __u32 n);

static SCT_INLINE __u64 sct_body_put_tuple_to(struct sct_fill *f, __s32 fd, __u64 uptr, __u32 n)
{
	struct sct_tuple t = { .llen = fake.local_len, .rlen = fake.remote_len };
	__u64 start = f->off;

	if (fd < 0 || fake.no_socket)
		return 0;
	sct_put(f, t);
	sct_put_kernel(f, fake.local, t.llen);
	if (t.rlen)
		sct_put_kernel(f, fake.remote, t.rlen);
	else
		t.rlen = sct_put_sockaddr(f, uptr, n);
	memcpy(f->rec + start, &t, sizeof(t));
	return f->off - start;
}

static SCT_INLINE void sct_put_device_or_sock(struct sct_fill *f, __s32 fd,
					      struct sct_fd_details *to)
{
	*to = fake.fd_details;
	if (to->mode == SCT_S_IFSOCK)
		to->len = sct_put_tuple_to(f, fd, 0, 0);
}

static SCT_INLINE void sct_acc_sock_queue(struct sct_fill *f, __s32 fd, __u32 *len, __u32 *max)
{
	*len = fd >= 0 ? fake.queue_len : 0;
	*max = fd >= 0 ? fake.queue_max : 0;
}

static SCT_INLINE void sct_acc_sock_pair(struct sct_fill *f, __s32 fd, __u64 *own, __u64 *peer)
{
	*own = fd >= 0 ? fake.pair_own : 0;
	*peer = fd >= 0 ? fake.pair_peer : 0;
}

/* ---- tasks; reading what is none gives 0, as the kernel's no-fault reads do ---- */

#define X(ctype, name)							\
	static SCT_INLINE ctype sct_acc_##name(struct sct_fill *f, struct task_struct *t) \
	{								\
		return t == &fake.task || t == &fake.other ? t->name : 0;	\
	}
SCT_FAKE_TASK(X)
#undef X

static SCT_INLINE __u64 sct_put_comm(struct sct_fill *f)
{
	return sct_put_kernel_str(f, fake.comm, SCT_COMM_LEN);
}

static SCT_INLINE __u64 sct_body_put_cwd(struct sct_fill *f)
{
	return sct_put_kernel_str(f, fake.cwd, SCT_SIZE_PATH);
}

static SCT_INLINE __u64 sct_body_put_cgroup_path(struct sct_fill *f)
{
	return sct_put_kernel_str(f, fake.cgroup_path, SCT_SIZE_PATH);
}

static SCT_INLINE __u64 sct_body_put_cgroups(struct sct_fill *f)
{
	return sct_put_kernel(f, fake.cgroups, fake.cgroups_len);
}

static SCT_INLINE void sct_acc_mm_strings(struct sct_fill *f, struct sct_mm_strings *s)
{
	*s = fake.mm;
}

/* ---- the executable ---- */

static SCT_INLINE __u64 sct_body_put_exe_path(struct sct_fill *f)
{
	return sct_put_kernel_str(f, fake.exe_path, SCT_SIZE_PATH);
}

static SCT_INLINE void sct_acc_exe_inode(struct sct_fill *f, struct sct_inode_id *id)
{
	*id = fake.exe_inode;
}

static SCT_INLINE __u64 sct_acc_exe_ctime(struct sct_fill *f)
{
	return fake.exe_ctime;
}

static SCT_INLINE __u64 sct_acc_exe_mtime(struct sct_fill *f)
{
	return fake.exe_mtime;
}

static SCT_INLINE int sct_acc_exe_memfd(struct sct_fill *f)
{
	return fake.exe_memfd;
}

/* ---- what tracepoints point to: &fake stands for a binprm, a siginfo, registers ---- */

static SCT_INLINE int sct_is_fake(__u64 kptr)
{
	return kptr == (__u64)&fake;
}

static SCT_INLINE __u64 sct_put_bprm_filename(struct sct_fill *f, __u64 bprm)
{
	return sct_put_kernel_str(f, sct_is_fake(bprm) ? fake.bprm_filename : NULL, SCT_SIZE_PATH);
}

static SCT_INLINE __u64 sct_put_kernel_path(struct sct_fill *f, __u64 path)
{
	return sct_put_kernel_str(f, sct_is_fake(path) ? fake.cgroup_path : NULL, SCT_SIZE_PATH);
}

static SCT_INLINE __u64 sct_put_bprm_interp(struct sct_fill *f, __u64 bprm)
{
	return sct_put_kernel_str(f, sct_is_fake(bprm) ? fake.bprm_interp : NULL, SCT_SIZE_PATH);
}

static SCT_INLINE void sct_acc_siginfo(struct sct_fill *f, __u64 info, __s32 *code, __s32 *pid)
{
	if (!sct_is_fake(info))
		return;
	*code = fake.signal_code;
	*pid = fake.signal_pid;
}

static SCT_INLINE __u64 sct_acc_regs_ip(struct sct_fill *f, __u64 regs)
{
	return sct_is_fake(regs) ? fake.regs_ip : 0;
}

/* ---- io_uring ---- */

static SCT_INLINE void sct_acc_uring_submit(struct sct_fill *f, struct sct_uring *u)
{
	*u = fake.uring;
}

static SCT_INLINE void sct_acc_uring_async_work(struct sct_fill *f, struct sct_uring *u)
{
	*u = fake.uring;
}

static SCT_INLINE void sct_acc_uring_complete(struct sct_fill *f, struct sct_uring *u)
{
	*u = fake.uring;
}

#endif
