/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of socket events.  Included by sct_fill.h only. */

#define SCT_SOCKADDR_MAX SCT_SIZE_SOCKADDR

static SCT_INLINE __u32 sct_val_socket_flags(struct sct_fill *f)
{
	return f->args[1] & (SCT_SOCK_CLOEXEC | SCT_SOCK_NONBLOCK);
}

/* ---- addresses ---- */

/* The address of n bytes that the call was given. */
static SCT_INLINE __u64 sct_put_sockaddr(struct sct_fill *f, __u64 uptr, __u32 n)
{
	if (!uptr || !n)
		return 0;
	if (n > SCT_SOCKADDR_MAX) {
		n = SCT_SOCKADDR_MAX;
		sct_cut(f);
	}
	return sct_put_user_buf(f, uptr, n);
}

/* A length that the call takes and gives back; 0 when there is none. */
static SCT_INLINE __u32 sct_user_len(struct sct_fill *f, __u64 uptr)
{
	__u32 n = 0;

	if (uptr && sct_read_user(f, &n, uptr, sizeof(n)))
		sct_fault(f);
	return n;
}

/* Of the n bytes that address i has the kernel writes as many as the call had room for. */
static SCT_INLINE __u32 sct_written_len_of(struct sct_fill *f, __u32 i, __u32 n)
{
	__u8 room = sct_given(f) >> 8 * i;

	return n < room || room == 0xff ? n : room;
}

static SCT_INLINE __u32 sct_written_len(struct sct_fill *f, __u32 n)
{
	return sct_written_len_of(f, 0, n);
}

/* The address that the call returned, whose length it left at ulen. */
static SCT_INLINE __u64 sct_put_sockaddr_at(struct sct_fill *f, __u64 uptr, __u64 ulen)
{
	return uptr ? sct_put_sockaddr(f, uptr, sct_written_len(f, sct_user_len(f, ulen))) : 0;
}

static SCT_INLINE __u64 sct_put_tuple(struct sct_fill *f, __s32 fd)
{
	return sct_put_tuple_to(f, fd, 0, 0);
}

/* Also of an attempt that failed or goes on: then the remote address may be missing. */
static SCT_INLINE __u64 sct_put_connect_tuple(struct sct_fill *f)
{
	return f->enter ? 0 : sct_put_tuple(f, f->args[0]);
}

/* ---- accept: the queue of the listening socket; the first of the three looks it up ---- */

static SCT_INLINE __u8 sct_val_queue_pct(struct sct_fill *f)
{
	__u32 len = 0, max = 0;

	sct_acc_sock_queue(f, f->args[0], &len, &max);
	sct_loop(f)->sum = len;
	sct_loop(f)->room = max;
	return max ? (__u64)len * 100 / max : 0;
}

static SCT_INLINE __u32 sct_val_queue_len(struct sct_fill *f)
{
	return sct_loop(f)->sum;
}

static SCT_INLINE __u32 sct_val_queue_max(struct sct_fill *f)
{
	return sct_loop(f)->room;
}

/* ---- socketpair; the first of the two looks both up ---- */

static SCT_INLINE __u64 sct_val_pair_source(struct sct_fill *f)
{
	__u64 own = 0, peer = 0;
	__s32 fd;

	if (!sct_read_user(f, &fd, f->args[3], sizeof(fd)))
		sct_acc_sock_pair(f, fd, &own, &peer);
	sct_loop(f)->sum = peer;
	return own;
}

static SCT_INLINE __u64 sct_val_pair_peer(struct sct_fill *f)
{
	return sct_loop(f)->sum;
}

/* ---- data ---- */

/* With MSG_TRUNC the result may be more than the buffer took. */
static SCT_INLINE __u64 sct_put_recvfrom_data(struct sct_fill *f)
{
	__u64 max = f->cfg->snaplen;

	return sct_put_ubuf_max(f, f->args[1], f->ret, f->args[2] < max ? f->args[2] : max);
}

/* The sender's address is the remote one of a socket that has none itself. */
static SCT_INLINE __u64 sct_put_recvfrom_tuple(struct sct_fill *f)
{
	__u64 from = sct_ok(f) ? f->args[4] : 0;

	return sct_put_tuple_to(f, f->args[0], from, from ? sct_written_len(f, sct_user_len(f, f->args[5])) : 0);
}

/* ---- messages ---- */

struct sct_msghdr {	/* struct mmsghdr of 64-bit user space */
	__u64 name;
	__u32 namelen;
	__u32 pad;
	__u64 iov;
	__u64 iovlen;
	__u64 control;
	__u64 controllen;
	__u32 flags;
	__u32 pad2;
	__u32 len;	/* not in struct msghdr */
};

#define SCT_MSGHDR_SIZE	 __builtin_offsetof(struct sct_msghdr, len)
#define SCT_MMSGHDR_SIZE sizeof(struct sct_msghdr)

struct sct_msghdr_narrow {	/* of i386 and x32 user space */
	__u32 name, namelen, iov, iovlen, control, controllen, flags, len;
};

/* The header of a narrow caller, with its length where n is the size of a native one with that. */
static SCT_INLINE int sct_read_narrow_msg(struct sct_fill *f, __u64 uptr, __u32 n,
					  struct sct_msghdr *m)
{
	struct sct_msghdr_narrow w = {};

	if (sct_read_user(f, &w, uptr, n == SCT_MMSGHDR_SIZE ? sizeof(w) :
			  __builtin_offsetof(struct sct_msghdr_narrow, len)))
		return -1;
	m->name = w.name;
	m->namelen = w.namelen;
	m->iov = w.iov;
	m->iovlen = w.iovlen;
	m->control = w.control;
	m->controllen = w.controllen;
	m->flags = w.flags;
	m->len = w.len;
	return 0;
}

static SCT_INLINE int sct_read_msghdr(struct sct_fill *f, __u64 uptr, __u32 n, struct sct_msghdr *m)
{
	return sct_is_narrow(f) ? sct_read_narrow_msg(f, uptr, n, m) : sct_read_user(f, m, uptr, n);
}

/*
 * Read a message's header, of n bytes where it is native; all is zero, and nothing more read, when
 * there is none.  One that cannot be read is a fault of parameter i.
 */
static SCT_INLINE void sct_read_msg(struct sct_fill *f, __u32 i, __u64 uptr, __u32 n,
				    struct sct_msghdr *m)
{
	struct sct_msghdr none = {};

	*m = none;
	f->n = i;	/* whose fault it is; it begins later */
	if (uptr && sct_read_msghdr(f, uptr, n, m)) {
		*m = none;
		sct_fault(f);
	}
}

static SCT_INLINE __u64 sct_put_cmsg(struct sct_fill *f, struct sct_msghdr *m)
{
	return sct_put_ubuf_max(f, m->control, m->controllen, SCT_CMSG_MAX);
}

/*
 * ---- vectors of messages ----
 * The first message has the parameters that one alone has, those behind it are a value of their
 * own.
 */

/* Message i of the vector at uptr; told is what is known of it beside what the call was given. */
static SCT_INLINE int sct_body_put_mmsg(struct sct_fill *f, __u64 uptr, __u32 i, __u32 told)
{
	__u32 size = sct_is_narrow(f) ? sizeof(struct sct_msghdr_narrow) : SCT_MMSGHDR_SIZE;
	int received = told & SCT_MMSG_FLAGS;
	struct sct_loop *l = sct_loop(f);
	__u64 max = f->cfg->snaplen, end;
	__u16 naddr, ndata, ncontrol;
	struct sct_msghdr m;

	if (sct_read_msghdr(f, uptr + i * size, SCT_MMSGHDR_SIZE, &m)) {
		sct_fault(f);
		return -1;
	}
	l->start = f->off;
	sct_put(f, told & SCT_MMSG_LEN ? m.len : 0u);
	sct_put(f, received ? m.flags : 0u);
	sct_put(f, (__u16)told);
	sct_put(f, (__u16)0);	/* the lengths' place */
	sct_put(f, (__u32)0);
	naddr = sct_put_sockaddr(f, m.name, received ? sct_written_len_of(f, i, m.namelen) : m.namelen);
	ndata = sct_put_uiov_max(f, m.iov, m.iovlen, received ? m.len : SCT_NO_LIMIT,
				 max < l->left ? max : l->left);
	l->left -= ndata ? ndata - sizeof(__u64) : 0;
	max = SCT_CMSG_MAX;
	ncontrol = sct_put_ubuf_max(f, m.control, m.controllen, max < l->left ? max : l->left);
	l->left -= ncontrol ? ncontrol - sizeof(__u64) : 0;
	end = f->off;
	f->off = l->start + __builtin_offsetof(struct sct_mmsg, naddr);
	sct_put(f, naddr);
	sct_put(f, ndata);
	sct_put(f, ncontrol);
	f->off = end;
	return 0;
}

/* Of n messages those behind the first; told holds for the first `done` ones. */
static SCT_INLINE __u64 sct_put_mmsgs(struct sct_fill *f, __u64 uptr, __u64 n, __u64 done, __u16 told)
{
	struct sct_loop *l = sct_loop(f);
	__u64 start = f->off;
	__u32 i;

	if (!uptr || n < 2)
		return 0;
	sct_put(f, n - 1);
	l->left = SCT_MMSG_BYTES;
	for (i = 1; i < SCT_MMSG_MAX && i < n; i++)
		if (sct_put_mmsg(f, uptr, i, i < done ? told : 0))
			break;
	if (i < n)
		sct_cut(f);
	return f->off - start;
}

SCT_FILLER(sendmsg_x)
{
	__s32 fd = f->args[0];
	struct sct_msghdr m;

	sct_read_msg(f, SCT_PARAM(sendmsg_x, data), f->args[1], SCT_MSGHDR_SIZE, &m);
	SCT_PUSH_RET(sendmsg_x, res);
	SCT_PUT(sendmsg_x, data, sct_put_uiov(f, m.iov, m.iovlen, SCT_NO_LIMIT));
	SCT_PUSH(sendmsg_x, fd, fd);
	SCT_PUT(sendmsg_x, size, m.iov ? sct_put_uiov_sum(f, m.iovlen) : 0);
	SCT_PUT(sendmsg_x, tuple, sct_put_tuple_to(f, fd, m.name, m.namelen));
	SCT_PUSH(sendmsg_x, flags, f->args[2]);
	SCT_PUT(sendmsg_x, addr, sct_put_sockaddr(f, m.name, m.namelen));
	SCT_PUT(sendmsg_x, msgcontrol, sct_put_cmsg(f, &m));
}

SCT_FILLER(recvmsg_x)
{
	__s32 fd = f->args[0];
	struct sct_msghdr m;
	int ok = sct_ok(f);

	sct_read_msg(f, SCT_PARAM(recvmsg_x, data), ok ? f->args[1] : 0, SCT_MSGHDR_SIZE, &m);
	m.namelen = sct_written_len(f, m.namelen);
	SCT_PUSH_RET(recvmsg_x, res);
	if (ok)
		SCT_PUSH(recvmsg_x, size, f->ret);
	else
		SCT_SKIP(recvmsg_x, size);
	SCT_PUT(recvmsg_x, data, sct_put_uiov(f, m.iov, m.iovlen, f->ret));
	SCT_PUT(recvmsg_x, tuple, sct_put_tuple_to(f, fd, m.name, m.namelen));
	SCT_PUT(recvmsg_x, msgcontrol, sct_put_cmsg(f, &m));
	SCT_PUSH(recvmsg_x, fd, fd);
	SCT_PUSH(recvmsg_x, flags, f->args[2]);
	SCT_PUT(recvmsg_x, addr, sct_put_sockaddr(f, m.name, m.namelen));
	if (ok)
		SCT_PUSH(recvmsg_x, msg_flags, m.flags);
	else
		SCT_SKIP(recvmsg_x, msg_flags);
}

SCT_FILLER(sendmmsg_x)
{
	__s32 fd = f->args[0];
	struct sct_msghdr m;

	sct_read_msg(f, SCT_PARAM(sendmmsg_x, data), f->args[2] ? f->args[1] : 0,
		     SCT_MMSGHDR_SIZE, &m);
	SCT_PUSH_RET(sendmmsg_x, res);
	SCT_PUSH(sendmmsg_x, fd, fd);
	sct_uiov_sum(f, m.iov, m.iovlen);
	SCT_PUT(sendmmsg_x, size, m.iov ? sct_put_uiov_sum(f, m.iovlen) : 0);
	SCT_PUT(sendmmsg_x, data, sct_put_uiov(f, m.iov, m.iovlen, SCT_NO_LIMIT));
	SCT_PUT(sendmmsg_x, tuple, sct_put_tuple_to(f, fd, m.name, m.namelen));
	SCT_PUSH(sendmmsg_x, vlen, f->args[2]);
	SCT_PUSH(sendmmsg_x, flags, f->args[3]);
	SCT_PUT(sendmmsg_x, addr, sct_put_sockaddr(f, m.name, m.namelen));
	SCT_PUT(sendmmsg_x, msgcontrol, sct_put_cmsg(f, &m));
	SCT_PUT(sendmmsg_x, more, sct_put_mmsgs(f, f->args[1], (__u32)f->args[2],
						sct_ok(f) ? f->ret : 0, SCT_MMSG_LEN));
}

SCT_FILLER(recvmmsg_x)
{
	int ok = sct_ok(f) && f->ret;
	__s32 fd = f->args[0];
	struct sct_msghdr m;

	sct_read_msg(f, SCT_PARAM(recvmmsg_x, data), ok ? f->args[1] : 0, SCT_MMSGHDR_SIZE, &m);
	m.namelen = sct_written_len(f, m.namelen);
	SCT_PUSH_RET(recvmmsg_x, res);
	SCT_PUSH(recvmmsg_x, fd, fd);
	if (ok)
		SCT_PUSH(recvmmsg_x, size, m.len);
	else
		SCT_SKIP(recvmmsg_x, size);
	SCT_PUT(recvmmsg_x, data, sct_put_uiov(f, m.iov, m.iovlen, m.len));
	SCT_PUT(recvmmsg_x, tuple, sct_put_tuple_to(f, fd, m.name, m.namelen));
	SCT_PUT(recvmmsg_x, msgcontrol, sct_put_cmsg(f, &m));
	SCT_PUSH(recvmmsg_x, vlen, f->args[2]);
	SCT_PUSH(recvmmsg_x, flags, f->args[3]);
	SCT_PUT(recvmmsg_x, addr, sct_put_sockaddr(f, m.name, m.namelen));
	if (ok)
		SCT_PUSH(recvmmsg_x, msg_flags, m.flags);
	else
		SCT_SKIP(recvmmsg_x, msg_flags);
	SCT_PUT(recvmmsg_x, timeout, sct_put_timespec(f, f->args[4]));
	SCT_PUT(recvmmsg_x, more, sct_put_mmsgs(f, f->args[1], ok ? f->ret : 0, ok ? f->ret : 0,
						SCT_MMSG_LEN | SCT_MMSG_FLAGS));
}

/* ---- options ---- */

static SCT_INLINE __u64 sct_put_getsockopt_val(struct sct_fill *f)
{
	__u64 uptr = f->args[3];

	return uptr ? sct_put_ubuf_max(f, uptr, sct_user_len(f, f->args[4]), SCT_VALUE_MAX) : 0;
}
