// SPDX-License-Identifier: MIT
/* A connection over loopback in one thread: socket, connect, accept4, close, close. */
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include "bench.h"

static struct sockaddr_in addr = { .sin_family = AF_INET };
static int listener;

static void op(void)
{
	struct sockaddr_in peer;
	socklen_t len = sizeof(peer);
	int fd = MUST(socket(AF_INET, SOCK_STREAM, 0));

	MUST(connect(fd, (struct sockaddr *)&addr, sizeof(addr)));
	MUST(close(MUST(accept4(listener, (struct sockaddr *)&peer, &len, SOCK_CLOEXEC))));
	MUST(close(fd));
}

int main(int argc, char **argv)
{
	struct linger reset = { 1, 0 };	/* no connection is left behind in TIME_WAIT */
	socklen_t len = sizeof(addr);

	addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = MUST(socket(AF_INET, SOCK_STREAM, 0));
	MUST(bind(listener, (struct sockaddr *)&addr, sizeof(addr)));
	MUST(listen(listener, 128));
	MUST(getsockname(listener, (struct sockaddr *)&addr, &len));
	MUST(setsockopt(listener, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)));
	bench_run("tcp", argc, argv, 5000, op);
	return 0;
}
