// SPDX-License-Identifier: MIT
/* Calls on sockets. */
#include "calls.h"
#include "families.h"
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#define FAMILY_SIZE sizeof(sa_family_t)

static const struct sockaddr_un unnamed = { .sun_family = AF_UNIX };

static void done_with(long fd)
{
	CALL(close, NUM(fd, fd));
}

static long new_socket(int domain, int type)
{
	long fd = CALL(socket, NUM(domain, domain), NUM(type, type), NUM(proto, 0));

	ALSO_NUM(flags, type & (SOCK_CLOEXEC | SOCK_NONBLOCK));
	if (fd < 0 && !(domain == AF_INET6 && errno == EAFNOSUPPORT))	/* a kernel without IPv6 */
		die("socket");
	return fd;
}

/* A socket on a port of the loopback device that the kernel chooses; *addr is where. */
static long bound_socket(int type, struct sockaddr_in *addr)
{
	long fd = new_socket(AF_INET, type);
	socklen_t len = sizeof(*addr);

	*addr = (struct sockaddr_in){ AF_INET, 0, { htonl(INADDR_LOOPBACK) }, { 0 } };
	CALL(bind, NUM(fd, fd), ADDRESS(addr, addr, len), UNSEEN(len));
	CALL(getsockname, NUM(fd, fd), UNSEEN(addr), UNSEEN(&len));
	GOT_ADDRESS(addr, addr, len);
	return fd;
}

static long connected_socket(struct sockaddr_in *own, const struct sockaddr_in *to)
{
	long fd = bound_socket(SOCK_STREAM, own);

	if (CALL(connect, NUM(fd, fd), ADDRESS(addr, to, sizeof(*to)), UNSEEN(sizeof(*to))))
		die("connect");
	NOW_ADDRESSES(tuple, own, sizeof(*own), to, sizeof(*to));
	return fd;
}

static void making_sockets(void)
{
	struct sockaddr_in addr = { .sin_family = AF_INET };
	socklen_t len = sizeof(addr);
	int fds[2];

	done_with(new_socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK));
	CALL(socket, NUM(domain, -1), NUM(type, 0xff0000ff), NUM(proto, -2));
	ALSO_NUM(flags, 0);
	CALL(socketpair, NUM(domain, AF_UNIX), NUM(type, SOCK_DGRAM | SOCK_CLOEXEC), NUM(proto, 0),
	     UNSEEN(fds));
	GOT_NUM(fd1, fds[0]);
	GOT_NUM(fd2, fds[1]);
	GOT_RANGE(source, 1, -1);
	GOT_RANGE(peer, 1, -1);
	done_with(fds[0]);
	done_with(fds[1]);
	CALL(socketpair, NUM(domain, AF_INET), NUM(type, 0), NUM(proto, 9), UNSEEN(BAD_PTR));
	NONE(fd1);
	NONE(fd2);
	NONE(source);
	NONE(peer);
	CALL(bind, NUM(fd, -1), ADDRESS(addr, &addr, len), UNSEEN(len));
	CALL(bind, NUM(fd, 0), BAD(addr), UNSEEN(16));
	CALL(bind, NUM(fd, 0), NULL_ARG(addr), UNSEEN(16));
	CALL(listen, NUM(fd, -1), NUM(backlog, -5));
	CALL(getsockname, NUM(fd, -1), UNSEEN(&addr), UNSEEN(&len));
	NONE(addr);
	CALL(getpeername, NUM(fd, -1), UNSEEN(&addr), UNSEEN(&len));
	NONE(addr);
	CALL(shutdown, NUM(fd, -1), NUM(how, 44));
}

static void got_queue(unsigned pct, unsigned len, unsigned max)
{
	GOT_NUM(queuepct, pct);
	GOT_NUM(queuelen, len);
	GOT_NUM(queuemax, max);
}

static void got_no_connection(void)
{
	NONE(tuple);
	NONE(queuepct);
	NONE(queuelen);
	NONE(queuemax);
	NONE(addr);
}

/*
 * Another CPU may be at it to put a connection into the queue, when connect() has returned: wait until
 * n are there, or which comes first is chance.
 */
static void wait_for_queue(long fd, unsigned n)
{
	struct tcp_info info = {};
	socklen_t len = sizeof(info);

	for (;;) {
		CALL(getsockopt, NUM(fd, fd), NUM(level, IPPROTO_TCP), NUM(optname, TCP_INFO),
		     UNSEEN(&info), OBJECT(optlen, &len));
		GOT_BYTES(val, &info, len);
		if (info.tcpi_unacked >= n)	/* of who listens, how many wait */
			return;
		usleep(1000);
	}
}

static void stream(void)
{
	struct sockaddr_in server, client[2], from;
	long fd = bound_socket(SOCK_STREAM | SOCK_NONBLOCK, &server), to[2], in[2], n;
	socklen_t len = sizeof(from);
	char buf[200] = "";

	CALL(listen, NUM(fd, fd), NUM(backlog, 4));
	CALL(accept, NUM(sockfd, fd), UNSEEN(&from), UNSEEN(&len));
	got_no_connection();
	to[0] = connected_socket(&client[0], &server);
	wait_for_queue(fd, 1);
	to[1] = connected_socket(&client[1], &server);
	wait_for_queue(fd, 2);
	in[0] = CALL(accept, NUM(sockfd, fd), UNSEEN(&from), UNSEEN(&len));
	GOT_ADDRESS(addr, &client[0], sizeof(client[0]));
	WANT(tuple, .how = IS_ADDRESSES, .data = &server, .len = sizeof(server),
	     .peer = &client[0], .peer_len = sizeof(client[0]), .when = AT_RETURN);
	got_queue(25, 1, 4);
	in[1] = CALL(accept4, NUM(sockfd, fd), UNSEEN(NULL), UNSEEN(NULL), NUM(flags, SOCK_CLOEXEC));
	NONE(addr);
	WANT(tuple, .how = IS_ADDRESSES, .data = &server, .len = sizeof(server),
	     .peer = &client[1], .peer_len = sizeof(client[1]), .when = AT_RETURN);
	got_queue(0, 0, 4);
	CALL(accept4, NUM(sockfd, -1), UNSEEN(BAD_PTR), UNSEEN(BAD_PTR), NUM(flags, -1));
	got_no_connection();

	CALL(sendto, NUM(fd, to[0]), BYTES(data, buf, 90), NUM(size, 90), NUM(flags, MSG_NOSIGNAL),
	     NULL_ARG(addr), UNSEEN(0));
	NOW_ADDRESSES(tuple, &client[0], sizeof(client[0]), &server, sizeof(server));
	n = CALL(recvfrom, NUM(fd, in[0]), UNSEEN(buf), NUM(size, 20), NUM(flags, MSG_PEEK),
		 UNSEEN(&from), UNSEEN(NULL));
	if (n < 0)	/* without a length the kernel takes no address */
		NONE(data);
	else
		GOT_BYTES(data, buf, n);
	NOW_ADDRESSES(tuple, &server, sizeof(server), &client[0], sizeof(client[0]));
	NONE(addr);
	len = sizeof(from);
	CALL(getpeername, NUM(fd, in[1]), UNSEEN(&from), UNSEEN(&len));
	GOT_ADDRESS(addr, &client[1], sizeof(client[1]));
	CALL(shutdown, NUM(fd, to[0]), NUM(how, SHUT_WR));
	done_with(to[0]);
	done_with(to[1]);
	done_with(in[0]);
	done_with(in[1]);
	done_with(fd);
	to[0] = bound_socket(SOCK_STREAM, &client[0]);
	CALL(connect, NUM(fd, to[0]), ADDRESS(addr, &server, sizeof(server)), UNSEEN(sizeof(server)));
	NOW_ADDRESSES(tuple, &client[0], sizeof(client[0]), NULL, 0);
	done_with(to[0]);
	CALL(connect, NUM(fd, -1), BAD(addr), UNSEEN(28));
	NONE(tuple);
}

static void datagrams(void)
{
	struct sockaddr_in a, b, from;
	long fa = bound_socket(SOCK_DGRAM, &a), fb = bound_socket(SOCK_DGRAM, &b), n;
	socklen_t len = sizeof(from);
	char buf[100];

	CALL(sendto, NUM(fd, fa), BYTES(data, "hello, you", 10), NUM(size, 10), NUM(flags, 0),
	     ADDRESS(addr, &b, sizeof(b)), UNSEEN(sizeof(b)));
	NOW_ADDRESSES(tuple, &a, sizeof(a), &b, sizeof(b));
	n = CALL(recvfrom, NUM(fd, fb), UNSEEN(buf), NUM(size, sizeof(buf)), NUM(flags, MSG_PEEK),
		 UNSEEN(&from), UNSEEN(&len));
	GOT_BYTES(data, buf, n);
	NOW_ADDRESSES(tuple, &b, sizeof(b), &a, sizeof(a));
	GOT_ADDRESS(addr, &a, sizeof(a));
	/* the result counts what the buffer could not take */
	n = CALL(recvfrom, NUM(fd, fb), UNSEEN(buf), NUM(size, 3),
		 NUM(flags, MSG_TRUNC | MSG_DONTWAIT), UNSEEN(NULL), UNSEEN(NULL));
	WANT(data, .how = IS_BYTES, .data = "hel", .len = 3, .size = n, .cut = true, .when = AT_RETURN);
	NOW_ADDRESSES(tuple, &b, sizeof(b), NULL, 0);
	NONE(addr);
	CALL(recvfrom, NUM(fd, fb), UNSEEN(buf), NUM(size, 3), NUM(flags, MSG_DONTWAIT),
	     UNSEEN(&from), UNSEEN(&len));
	NONE(data);
	NOW_ADDRESSES(tuple, &b, sizeof(b), NULL, 0);
	NONE(addr);
	CALL(sendto, NUM(fd, fa), BAD_BYTES(data, 3), NUM(size, 3), NUM(flags, -1), BAD(addr), UNSEEN(16));
	WANT(tuple, .how = IS_ADDRESSES, .data = &a, .len = sizeof(a), .faulted = true);
	CALL(sendto, NUM(fd, -1), NULL_ARG(data), NUM(size, 3), NUM(flags, 0), NULL_ARG(addr), UNSEEN(0));
	NONE(tuple);
	done_with(fa);
	done_with(fb);
}

/* The kernel writes as much of an address as there is room, and how long it is. */
static void short_addresses(void)
{
	struct sockaddr_in a, b, from;
	long fa = bound_socket(SOCK_DGRAM, &a), fb = bound_socket(SOCK_DGRAM, &b), server, to, in;
	socklen_t len = 4;
	char buf[10];
	struct iovec v = { buf, sizeof(buf) };
	struct msghdr m = { .msg_name = &from, .msg_namelen = 6, .msg_iov = &v, .msg_iovlen = 1 };

	memset(&from, 0xee, sizeof(from));
	CALL(getsockname, NUM(fd, fa), UNSEEN(&from), UNSEEN(&len));
	GOT_ADDRESS(addr, &from, 4);
	CALL(sendto, NUM(fd, fa), BYTES(data, "12", 2), NUM(size, 2), NUM(flags, 0),
	     ADDRESS(addr, &b, sizeof(b)), UNSEEN(sizeof(b)));
	NOW_ADDRESSES(tuple, &a, sizeof(a), &b, sizeof(b));
	len = 2;
	CALL(recvfrom, NUM(fd, fb), UNSEEN(buf), NUM(size, 10), NUM(flags, MSG_PEEK),
	     UNSEEN(&from), UNSEEN(&len));
	GOT_BYTES(data, "12", 2);
	NOW_ADDRESSES(tuple, &b, sizeof(b), &from, 2);
	GOT_ADDRESS(addr, &from, 2);
	CALL(recvmsg, NUM(fd, fb), UNSEEN(&m), NUM(flags, 0));
	GOT_NUM(size, 2);
	GOT_BYTES(data, "12", 2);
	NOW_ADDRESSES(tuple, &b, sizeof(b), &from, 6);
	NONE(msgcontrol);
	GOT_ADDRESS(addr, &from, 6);
	GOT_NUM(msg_flags, 0);
	done_with(fa);
	done_with(fb);
	server = bound_socket(SOCK_STREAM, &a);
	CALL(listen, NUM(fd, server), NUM(backlog, 1));
	to = connected_socket(&b, &a);
	len = 7;
	in = CALL(accept4, NUM(sockfd, server), UNSEEN(&from), UNSEEN(&len), NUM(flags, 0));
	GOT_ADDRESS(addr, &from, 7);
	WANT(tuple, .how = IS_ADDRESSES, .data = &a, .len = sizeof(a), .peer = &b, .peer_len = sizeof(b),
	     .when = AT_RETURN);
	got_queue(0, 0, 1);
	len = 0;
	CALL(getpeername, NUM(fd, in), UNSEEN(&from), UNSEEN(&len));
	NONE(addr);
	done_with(in);
	done_with(to);
	done_with(server);
}

static void datagrams6(void)
{
	struct sockaddr_in6 a = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	socklen_t len = sizeof(a);
	long fd = new_socket(AF_INET6, SOCK_DGRAM);

	if (CALL(bind, NUM(fd, fd), ADDRESS(addr, &a, len), UNSEEN(len))) {
		done_with(fd);	/* a machine without IPv6 */
		return;
	}
	CALL(getsockname, NUM(fd, fd), UNSEEN(&a), UNSEEN(&len));
	GOT_ADDRESS(addr, &a, sizeof(a));
	CALL(sendto, NUM(fd, fd), BYTES(data, "6", 1), NUM(size, 1), NUM(flags, 0),
	     ADDRESS(addr, &a, len), UNSEEN(len));
	NOW_ADDRESSES(tuple, &a, len, &a, len);
	CALL(connect, NUM(fd, fd), ADDRESS(addr, &a, len), UNSEEN(len));
	NOW_ADDRESSES(tuple, &a, len, &a, len);
	CALL(getpeername, NUM(fd, fd), UNSEEN(&a), UNSEEN(&len));
	GOT_ADDRESS(addr, &a, len);
	done_with(fd);
}

static void local(void)
{
	struct sockaddr_un path = { AF_UNIX, "socket" }, hidden = { AF_UNIX, "\0hidden" };
	socklen_t path_len = offsetof(struct sockaddr_un, sun_path) + sizeof("socket");
	socklen_t hidden_len = offsetof(struct sockaddr_un, sun_path) + 7;
	long fd = new_socket(AF_UNIX, SOCK_STREAM), to = new_socket(AF_UNIX, SOCK_STREAM), in;

	CALL(bind, NUM(fd, fd), ADDRESS(addr, &path, path_len), UNSEEN(path_len));
	CALL(listen, NUM(fd, fd), NUM(backlog, 2));
	CALL(connect, NUM(fd, to), ADDRESS(addr, &path, path_len), UNSEEN(path_len));
	NOW_ADDRESSES(tuple, &unnamed, FAMILY_SIZE, &path, path_len);
	in = CALL(accept, NUM(sockfd, fd), UNSEEN(NULL), UNSEEN(NULL));
	NONE(addr);
	WANT(tuple, .how = IS_ADDRESSES, .data = &path, .len = path_len, .peer = &unnamed,
	     .peer_len = FAMILY_SIZE, .when = AT_RETURN);
	got_queue(0, 0, 2);
	done_with(in);
	done_with(to);
	done_with(fd);
	CALL(unlink, STR(path, "socket"));
	fd = new_socket(AF_UNIX, SOCK_DGRAM);
	CALL(bind, NUM(fd, fd), ADDRESS(addr, &hidden, hidden_len), UNSEEN(hidden_len));
	CALL(sendto, NUM(fd, fd), BYTES(data, "x", 1), NUM(size, 1), NUM(flags, 0),
	     ADDRESS(addr, &hidden, hidden_len), UNSEEN(hidden_len));
	NOW_ADDRESSES(tuple, &hidden, hidden_len, &hidden, hidden_len);
	done_with(fd);
}

/* With -yy its port is told, which the kernel chooses. */
static void netlink(void)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK };
	socklen_t len = sizeof(addr);
	long fd = new_socket(AF_NETLINK, SOCK_RAW);

	CALL(bind, NUM(fd, fd), ADDRESS(addr, &addr, len), UNSEEN(len));
	CALL(getsockname, NUM(fd, fd), UNSEEN(&addr), UNSEEN(&len));
	GOT_ADDRESS(addr, &addr, len);
	done_with(fd);
}

static void options(void)
{
	long fd = new_socket(AF_INET, SOCK_STREAM);
	socklen_t len = sizeof(int);
	int on = 1, val = -1;

	CALL(setsockopt, NUM(fd, fd), NUM(level, SOL_SOCKET), NUM(optname, SO_KEEPALIVE),
	     BYTES(val, &on, sizeof(on)), NUM(optlen, sizeof(on)));
	CALL(setsockopt, NUM(fd, fd), NUM(level, IPPROTO_TCP), NUM(optname, 12345), BAD_BYTES(val, 4),
	     NUM(optlen, 4));
	CALL(setsockopt, NUM(fd, -1), NUM(level, -1), NUM(optname, -2), NULL_ARG(val),
	     NUM(optlen, -1));
	CALL(getsockopt, NUM(fd, fd), NUM(level, SOL_SOCKET), NUM(optname, SO_KEEPALIVE), UNSEEN(&val),
	     OBJECT(optlen, &len));
	GOT_BYTES(val, &val, sizeof(val));
	len = 2;
	CALL(getsockopt, NUM(fd, fd), NUM(level, IPPROTO_TCP), NUM(optname, TCP_NODELAY), UNSEEN(&val),
	     OBJECT(optlen, &len));
	GOT_BYTES(val, &val, 2);
	CALL(getsockopt, NUM(fd, -1), NUM(level, 3), NUM(optname, 4), UNSEEN(BAD_PTR), BAD(optlen));
	NONE(val);
	done_with(fd);
}

/* A message with ancillary data: a descriptor. */
union rights {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

static void messages(void)
{
	union rights rights = { .header = { CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS } }, got;
	struct iovec v[2] = { { "mes", 3 }, { "sage", 4 } };
	char buf[100];
	struct iovec w[2] = { { buf, 2 }, { buf + 2, 98 } };
	struct msghdr out = { .msg_iov = v, .msg_iovlen = 2, .msg_control = &rights,
			      .msg_controllen = sizeof(rights) }, in;
	int fds[2], passed;

	CALL(socketpair, NUM(domain, AF_UNIX), NUM(type, SOCK_DGRAM), NUM(proto, 0), UNSEEN(fds));
	GOT_NUM(fd1, fds[0]);
	GOT_NUM(fd2, fds[1]);
	GOT_RANGE(source, 1, -1);
	GOT_RANGE(peer, 1, -1);
	memcpy(CMSG_DATA(&rights.header), &fds[0], sizeof(int));
	CALL(sendmsg, NUM(fd, fds[0]), UNSEEN(&out), NUM(flags, MSG_DONTWAIT));
	ALSO_BYTES(data, "message", 7);
	ALSO_NUM(size, 7);
	NOW_ADDRESSES(tuple, &unnamed, FAMILY_SIZE, &unnamed, FAMILY_SIZE);
	NONE(addr);
	ALSO_BYTES(msgcontrol, &rights, sizeof(rights));
	in = (struct msghdr){ .msg_iov = w, .msg_iovlen = 2, .msg_control = &got,
			      .msg_controllen = sizeof(got) };
	CALL(recvmsg, NUM(fd, fds[1]), UNSEEN(&in), NUM(flags, MSG_CMSG_CLOEXEC));
	GOT_NUM(size, 7);
	GOT_BYTES(data, "message", 7);
	NOW_ADDRESSES(tuple, &unnamed, FAMILY_SIZE, &unnamed, FAMILY_SIZE);
	GOT_BYTES(msgcontrol, &got, in.msg_controllen);
	NONE(addr);
	GOT_NUM(msg_flags, in.msg_flags);
	memcpy(&passed, CMSG_DATA(&got.header), sizeof(int));
	done_with(passed);
	CALL(recvmsg, NUM(fd, fds[1]), UNSEEN(&in), NUM(flags, MSG_DONTWAIT));
	NONE(size);
	NONE(data);
	NOW_ADDRESSES(tuple, &unnamed, FAMILY_SIZE, &unnamed, FAMILY_SIZE);
	NONE(msgcontrol);
	NONE(addr);
	NONE(msg_flags);
	CALL(sendmsg, NUM(fd, fds[0]), UNSEEN(BAD_PTR), NUM(flags, -1));
	FAULT(data);
	NONE(size);
	NOW_ADDRESSES(tuple, &unnamed, FAMILY_SIZE, &unnamed, FAMILY_SIZE);
	NONE(addr);
	NONE(msgcontrol);
	done_with(fds[0]);
	done_with(fds[1]);
}

static void many_messages(void)
{
	struct sockaddr_in a, b, from, cut;
	long fa = bound_socket(SOCK_DGRAM, &a), fb = bound_socket(SOCK_DGRAM, &b);
	struct iovec v[2] = { { "first", 5 }, { "second", 6 } };
	char buf[2][100];
	struct iovec w[2] = { { buf[0], 100 }, { buf[1], 100 } };
	struct mmsghdr out[2] = {
		{ .msg_hdr = { .msg_name = &b, .msg_namelen = sizeof(b), .msg_iov = v, .msg_iovlen = 1 } },
		{ .msg_hdr = { .msg_name = &b, .msg_namelen = sizeof(b), .msg_iov = v + 1, .msg_iovlen = 1 } },
	};
	struct mmsghdr in[2] = {
		{ .msg_hdr = { .msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = w, .msg_iovlen = 1 } },
		/* the address has no more room than that */
		{ .msg_hdr = { .msg_name = &cut, .msg_namelen = 2, .msg_iov = w + 1, .msg_iovlen = 1 } },
	};
	struct timespec ts = { 5, 7 };

	CALL(sendmmsg, NUM(fd, fa), UNSEEN(out), NUM(vlen, 2), NUM(flags, MSG_CONFIRM));
	ALSO_NUM(size, 5);
	ALSO_BYTES(data, "first", 5);
	NOW_ADDRESSES(tuple, &a, sizeof(a), &b, sizeof(b));
	ALSO_ADDRESS(addr, &b, sizeof(b));
	NONE(msgcontrol);
	ALSO_MESSAGE(more, "second", 6, &b, sizeof(b));
	CALL(recvmmsg, NUM(fd, fb), UNSEEN(in), NUM(vlen, 2), NUM(flags, MSG_WAITFORONE),
	     OBJECT(timeout, &ts));
	GOT_NUM(size, 5);
	GOT_BYTES(data, "first", 5);
	NOW_ADDRESSES(tuple, &b, sizeof(b), &a, sizeof(a));
	NONE(msgcontrol);
	GOT_ADDRESS(addr, &a, sizeof(a));
	GOT_NUM(msg_flags, in[0].msg_hdr.msg_flags);
	GOT_MESSAGE(more, "second", 6, &a, 2, in[1].msg_hdr.msg_flags);
	CALL(recvmmsg, NUM(fd, fb), UNSEEN(in), NUM(vlen, 1), NUM(flags, MSG_DONTWAIT),
	     NULL_ARG(timeout));
	NONE(size);
	NONE(data);
	NOW_ADDRESSES(tuple, &b, sizeof(b), NULL, 0);
	NONE(msgcontrol);
	NONE(addr);
	NONE(msg_flags);
	NONE(more);
	CALL(sendmmsg, NUM(fd, -1), UNSEEN(NULL), NUM(vlen, 0), NUM(flags, 0));
	NONE(size);
	NONE(data);
	NONE(tuple);
	NONE(addr);
	NONE(msgcontrol);
	NONE(more);
	CALL(recvmmsg, NUM(fd, -1), UNSEEN(BAD_PTR), NUM(vlen, -1), NUM(flags, 0), BAD(timeout));
	NONE(size);
	NONE(data);
	NONE(tuple);
	NONE(msgcontrol);
	NONE(addr);
	NONE(msg_flags);
	NONE(more);
	done_with(fa);
	done_with(fb);
}

void calls_net(void)
{
	making_sockets();
	stream();
	datagrams();
	short_addresses();
	datagrams6();
	local();
	netlink();
	options();
	messages();
	many_messages();
}
