// SPDX-License-Identifier: MIT
/* A server and a client over loopback, IPv4 and IPv6: every step waits for the other side's. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
#include "prog.h"

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static void client(const union address *to, socklen_t len, int family)
{
	char reply[64], data[] = "vectors of ", more[] = "data";
	struct iovec iov[] = { { data, strlen(data) }, { more, strlen(more) } };
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = 2 };
	union address own;
	socklen_t own_len = sizeof(own);
	int fd = MUST(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)), one = 1;

	MUST(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)));
	MUST(connect(fd, &to->any, len));
	MUST(getsockname(fd, &own.any, &own_len));
	MUST(write(fd, "hello", 5));
	MUST(recv(fd, reply, 5, MSG_WAITALL));
	MUST(writev(fd, iov, 2));
	MUST(recv(fd, reply, 5, MSG_WAITALL));
	MUST(sendmsg(fd, &msg, MSG_NOSIGNAL));
	MUST(recvmsg(fd, &msg, MSG_WAITALL));
	MUST(shutdown(fd, SHUT_WR));
	MUST(read(fd, reply, sizeof(reply)));
	close(fd);
}

static void serve(int listener)
{
	char data[64];
	struct iovec iov[] = { { data, 10 }, { data + 10, 5 } };
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = 2 };
	union address peer;
	socklen_t len = sizeof(peer);
	int fd = MUST(accept4(listener, &peer.any, &len, SOCK_CLOEXEC)), size;

	MUST(getpeername(fd, &peer.any, &len));
	len = sizeof(size);
	MUST(getsockopt(fd, SOL_SOCKET, SO_TYPE, &size, &len));
	MUST(recv(fd, data, 5, MSG_WAITALL));
	MUST(write(fd, data, 5));
	MUST(recv(fd, data, 15, MSG_WAITALL));
	MUST(send(fd, data, 5, MSG_NOSIGNAL));
	MUST(recvmsg(fd, &msg, MSG_WAITALL));
	MUST(sendto(fd, data, 15, 0, NULL, 0));
	MUST(read(fd, data, sizeof(data)));	/* the end */
	close(fd);
}

static void talk(int family, union address *addr, socklen_t len)
{
	int fd = MUST(socket(family, SOCK_STREAM, 0)), one = 1, status;
	pid_t pid;

	MUST(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)));
	MUST(bind(fd, &addr->any, len));
	MUST(listen(fd, 5));
	MUST(getsockname(fd, &addr->any, &len));
	pid = MUST(fork());
	if (!pid) {
		close(fd);
		client(addr, len, family);
		exit(0);
	}
	serve(fd);
	close(fd);
	MUST(waitpid(pid, &status, 0));
	if (status)
		exit(1);
}

int main(void)
{
	union address v4 = { .v4 = { .sin_family = AF_INET } };
	union address v6 = { .v6 = { .sin6_family = AF_INET6 } };
	int fd;

	v4.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	talk(AF_INET, &v4, sizeof(v4.v4));
	/* nobody listens there any more */
	fd = MUST(socket(AF_INET, SOCK_STREAM, 0));
	if (!connect(fd, &v4.any, sizeof(v4.v4)))
		return 1;
	close(fd);
	v6.v6.sin6_addr = in6addr_loopback;
	fd = socket(AF_INET6, SOCK_STREAM, 0);
	if (fd < 0)
		return 0;	/* a machine without IPv6 */
	if (!bind(fd, &v6.any, sizeof(v6.v6))) {
		close(fd);
		talk(AF_INET6, &v6, sizeof(v6.v6));
	}
	return 0;
}
