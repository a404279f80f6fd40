/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Sockets: addresses, and what kind they are. */
#ifndef SCT_KERNEL_SOCK_H
#define SCT_KERNEL_SOCK_H

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

static SCT_INLINE __u64 sct_body_put_tuple_to(struct sct_fill *f, __s32 fd, __u64 uptr, __u32 n)
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

#endif
