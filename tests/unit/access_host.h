/* SPDX-License-Identifier: MIT */
/*
 * The host's implementation of the accessors: each answers from the test's struct sct_fake.
 * For fillers.c only.
 */
#ifndef SCT_ACCESS_HOST_H
#define SCT_ACCESS_HOST_H

#define sct_current(f) (&fake)

/* ---- bytes of kernel memory ---- */

static SCT_INLINE __u64 sct_put_kernel(struct sct_fill *f, const void *src, __u64 n)
{
	memcpy(sct_room(f, n), src, n);
	f->off += n;
	return n;
}

static SCT_INLINE __u64 sct_put_kernel_str(struct sct_fill *f, const char *s, __u32 max)
{
	__u64 n = strnlen(s, max - 1);

	sct_put_kernel(f, s, n);
	sct_put(f, (__u8)0);
	return n + 1;
}

#define X(name, max)							\
	static SCT_INLINE __u64 sct_put_##name(struct sct_fill *f)	\
	{								\
		return fake.name ? sct_put_kernel_str(f, fake.name, max) : 0;	\
	}
SCT_FAKE_STRINGS(X)
#undef X

/* ---- files ---- */

static SCT_INLINE void sct_acc_fd_inode(struct sct_fill *f, __s32 fd, struct sct_inode_id *id)
{
	(void)f;
	if (fd >= 0)
		*id = fake.fd_inode;
}

static SCT_INLINE int sct_acc_fd_created(struct sct_fill *f, __s32 fd)
{
	(void)f;
	return fd >= 0 && fake.fd_created;
}

static SCT_INLINE __u64 sct_put_fd_path(struct sct_fill *f, __s32 fd)
{
	return fd >= 0 && fake.fd_path ? sct_put_kernel_str(f, fake.fd_path, SCT_SIZE_PATH) : 0;
}

static SCT_INLINE void sct_acc_exe_inode(struct sct_fill *f, struct sct_inode_id *id)
{
	(void)f;
	*id = fake.exe_inode;
}

/* ---- sockets ---- */

static SCT_INLINE __u64 sct_put_sockaddr(struct sct_fill *f, __u64 uptr, __u32 n);

static SCT_INLINE __u64 sct_put_tuple_to(struct sct_fill *f, __s32 fd, __u64 uptr, __u32 n)
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

static SCT_INLINE void sct_acc_sock_queue(struct sct_fill *f, __s32 fd, __u32 *len, __u32 *max)
{
	(void)f;
	if (fd < 0)
		return;
	*len = fake.queue_len;
	*max = fake.queue_max;
}

static SCT_INLINE void sct_acc_sock_pair(struct sct_fill *f, __s32 fd, __u64 *own, __u64 *peer)
{
	(void)f;
	if (fd < 0)
		return;
	*own = fake.pair_own;
	*peer = fake.pair_peer;
}

/* ---- tasks ---- */

#define X(ctype, name)							\
	static SCT_INLINE ctype sct_acc_##name(struct sct_fill *f, struct sct_fake *t)	\
	{								\
		(void)f;						\
		return t->name;						\
	}
SCT_FAKE_TASK(X)
#undef X

#endif
