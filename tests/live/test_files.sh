#!/bin/sh
# SPDX-License-Identifier: MIT
# -y: the files of descriptors are what the program says they are; -yy: devices and sockets, too; --snapshot:
# memory that changes is told.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

"$CC" -D_GNU_SOURCE -x c - -o opener <<-'PROGRAM'
	/* opens all kinds of files, and prints what /proc says they are */
	#include <fcntl.h>
	#include <stdio.h>
	#include <sys/eventfd.h>
	#include <sys/mman.h>
	#include <sys/socket.h>
	#include <unistd.h>

	static void tell(const char *what, int fd)
	{
		char link[32], to[4096];
		int n;

		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		n = readlink(link, to, sizeof(to));
		printf("%s %d<%.*s>\n", what, fd, n, to);
	}

	int main(void)
	{
		int file = open("file", O_RDWR | O_CREAT, 0644), dir = open(".", O_RDONLY), fds[2], i;

		tell("openat", file);
		tell("openat", openat(dir, "file", O_RDONLY));
		unlink("file");
		tell("fdatasync", file);
		if (fdatasync(file) || pipe(fds) || write(fds[1], "x", 1) != 1)
			return 1;
		tell("write", fds[1]);
		if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) || send(fds[0], "x", 1, 0) != 1)
			return 1;
		tell("sendto", fds[0]);
		tell("eventfd2", eventfd(0, 0));
		tell("memfd_create", memfd_create("some memory", 0));
		tell("dup3", fds[0]);	/* what it was before */
		dup3(dir, fds[0], 0);
		tell("close", fds[0]);
		close(fds[0]);
		close(77);
		for (i = 0; i < 200; i++)	/* a table of its own, larger */
			dup(dir);
		tell("fchdir", 150);
		return fchdir(150);
	}
PROGRAM

# What /proc says of a descriptor, is in the line of the call.
check_files()
{
	while read -r call file; do
		grep -F -- "$file" lines | grep -q " $call(" || fail "no $call with $file" lines
	done <says
}
expect 0 '' "$SCTRACE" -q -y -t none -o lines -- ./opener
cp out says
[ "$(wc -l <says)" -eq 10 ] || fail "the program says too little" says
check_files
has lines " openat\(dirfd=AT_FDCWD<$PWD>, name=\"file\", .* = [0-9]+<$PWD/file>\$"
has lines " openat\(dirfd=[0-9]+<$PWD>, name=\"file\", "
has lines ' close\(fd=77\) = -1 EBADF'
! grep -q 'close.*\.\.\.$' lines || fail "an entry that nobody asked for" lines
expect 0 '' "$SCTRACE" -q -y -t none -o lines --perf-buffer -T --enter -- ./opener
cp out says
check_files
has lines ' close\(fd=[0-9]+<'"$PWD"'>\) \.\.\.$'
has lines ' close\(fd=[0-9]+<'"$PWD"'>\) = 0 <'
expect 0 '' "$SCTRACE" -q -y -j -o lines -e close,dup3,openat -- ./opener
jq -es --arg d "$PWD" 'any(.[]; .event == "close" and .files.fd.path == $d and .files.fd.ino > 0) and
	any(.[]; .event == "openat" and .files.fd.ino == .args.ino and .files.fd.dev == .args.dev)' lines >/dev/null ||
	fail "JSON" lines
expect 0 '' "$SCTRACE" -q -j -o lines -e close -- ./opener
jq -es 'all(.[]; has("files") | not)' lines >/dev/null || fail "files that nobody asked for" lines

# ---- devices and sockets ----

"$CC" -D_GNU_SOURCE -x c - -o teller <<-'PROGRAM'
	/* opens all kinds of devices and sockets, and prints what the kernel tells it of them */
	#include <arpa/inet.h>
	#include <errno.h>
	#include <fcntl.h>
	#include <linux/netlink.h>
	#include <stddef.h>
	#include <stdio.h>
	#include <stdlib.h>
	#include <string.h>
	#include <sys/socket.h>
	#include <sys/stat.h>
	#include <sys/sysmacros.h>
	#include <sys/un.h>
	#include <unistd.h>

	union address {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
		struct sockaddr_un un;
		struct sockaddr_nl nl;
	};

	static int must(int n)
	{
		if (n < 0) {
			perror("teller");
			exit(1);
		}
		return n;
	}

	static long inode(int fd)
	{
		struct stat st;

		must(fstat(fd, &st));
		return st.st_ino;
	}

	static void tell_device(const char *path, int flags)
	{
		int fd = open(path, flags);
		char full[4096];
		struct stat st;

		if (fd < 0)
			return;
		must(fstat(fd, &st));
		must(fcntl(fd, F_GETFD));
		printf("fcntl %d<%s<%s %u:%u>>\n", fd, realpath(path, full), S_ISBLK(st.st_mode) ? "block" : "char",
		       major(st.st_rdev), minor(st.st_rdev));
	}

	static unsigned print_inet(const union address *a)
	{
		char text[64];

		if (a->any.sa_family == AF_INET) {
			printf("%s:%u", inet_ntop(AF_INET, &a->v4.sin_addr, text, sizeof(text)), ntohs(a->v4.sin_port));
			return a->v4.sin_port;
		}
		printf("[%s]:%u", inet_ntop(AF_INET6, &a->v6.sin6_addr, text, sizeof(text)), ntohs(a->v6.sin6_port));
		return a->v6.sin6_port;
	}

	static void tell_inet(const char *call, const char *word, int fd)
	{
		socklen_t len = sizeof(union address), peer_len = len;
		union address own, peer;

		must(fcntl(fd, F_GETFD));
		must(getsockname(fd, &own.any, &len));
		printf("%s %d<%s:[", call, fd, word);
		if (!own.v4.sin_port) {		/* in the same place in both */
			printf("%ld]>\n", inode(fd));
			return;
		}
		print_inet(&own);
		if (!getpeername(fd, &peer.any, &peer_len)) {
			printf("->");
			print_inet(&peer);
		}
		printf("]>\n");
	}

	/* 0 where IPv6 is there, but switched off */
	static int any_port(int fd, int family, union address *to, socklen_t *len)
	{
		int bound;

		memset(to, 0, sizeof(*to));
		to->any.sa_family = family;
		if (family == AF_INET)
			to->v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		else
			to->v6.sin6_addr = in6addr_loopback;
		*len = family == AF_INET ? sizeof(to->v4) : sizeof(to->v6);
		bound = bind(fd, &to->any, *len);
		if (bound && family == AF_INET6 && errno == EADDRNOTAVAIL)
			return 0;
		must(bound);
		must(getsockname(fd, &to->any, len));
		return 1;
	}

	static void tcp(int family, const char *word)
	{
		int listener = socket(family, SOCK_STREAM, 0), client, server;
		union address to;
		socklen_t len;

		if (listener < 0)
			return;
		tell_inet("socket", word, listener);
		if (!any_port(listener, family, &to, &len))
			return;
		tell_inet("fcntl", word, listener);
		must(listen(listener, 1));
		tell_inet("fcntl", word, listener);
		client = must(socket(family, SOCK_STREAM, 0));
		must(connect(client, &to.any, len));
		tell_inet("fcntl", word, client);
		tell_inet("connect", word, client);
		server = must(accept(listener, NULL, NULL));
		tell_inet("accept", word, server);
		tell_inet("close", word, client);
		must(close(client));
	}

	static void udp(int family, const char *word)
	{
		int one = socket(family, SOCK_DGRAM, 0), other;
		union address to;
		socklen_t len;

		if (one < 0)
			return;
		tell_inet("fcntl", word, one);
		if (!any_port(one, family, &to, &len))
			return;
		tell_inet("fcntl", word, one);
		other = must(socket(family, SOCK_DGRAM, 0));
		must(connect(other, &to.any, len));
		tell_inet("fcntl", word, other);
	}

	static void tell_unix(const char *call, const char *type, int fd, int peer)
	{
		union address own = { 0 };
		socklen_t len = sizeof(own.un);

		must(fcntl(fd, F_GETFD));
		must(getsockname(fd, &own.any, &len));
		printf("%s %d<UNIX-%s:[%ld", call, fd, type, inode(fd));
		if (peer >= 0)
			printf("->%ld", inode(peer));
		if (len > offsetof(struct sockaddr_un, sun_path))
			printf(*own.un.sun_path ? ",\"%.*s\"" : ",@\"%.*s\"",
			       (int)(len - offsetof(struct sockaddr_un, sun_path) - 1),
			       own.un.sun_path + !*own.un.sun_path);
		printf("]>\n");
	}

	static void unix_pair(int type, const char *name)
	{
		int fds[2];

		must(socketpair(AF_UNIX, type, 0, fds));
		tell_unix("fcntl", name, fds[0], fds[1]);
		tell_unix("fcntl", name, fds[1], fds[0]);
		tell_unix("close", name, fds[0], fds[1]);
		must(close(fds[0]));
	}

	static void unix_server(const char *path, int len)
	{
		int listener = must(socket(AF_UNIX, SOCK_STREAM, 0)), client, server;
		union address to = { .un.sun_family = AF_UNIX };

		tell_unix("socket", "STREAM", listener, -1);
		memcpy(to.un.sun_path, path, len);
		len += offsetof(struct sockaddr_un, sun_path);
		must(bind(listener, &to.any, len));
		must(listen(listener, 1));
		tell_unix("fcntl", "STREAM", listener, -1);
		client = must(socket(AF_UNIX, SOCK_STREAM, 0));
		must(connect(client, &to.any, len));
		tell_unix("connect", "STREAM", client, -1);	/* nobody has accepted it */
		server = must(accept(listener, NULL, NULL));
		tell_unix("accept", "STREAM", server, client);
		tell_unix("fcntl", "STREAM", client, server);
	}

	/* The file that a socket is bound to is none. */
	static void tell_path(const char *path)
	{
		int fd = must(open(path, O_PATH));
		char full[4096];

		must(fcntl(fd, F_GETFD));
		printf("fcntl %d<%s>\n", fd, realpath(path, full));
	}

	static void netlink(void)
	{
		int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
		union address own = { .nl.nl_family = AF_NETLINK };
		socklen_t len = sizeof(own.nl);

		if (fd < 0)
			return;
		printf("socket %d<NETLINK:[%ld]>\n", fd, inode(fd));
		must(bind(fd, &own.any, len));
		must(getsockname(fd, &own.any, &len));
		printf("getsockname %d<NETLINK:[ROUTE:%u]>\n", fd, own.nl.nl_pid);
	}

	int main(void)
	{
		int i;

		tell_device("/dev/null", O_RDWR);
		tell_device("/dev/zero", O_PATH);
		if (!mknod("disk", S_IFBLK | 0600, makedev(259, 0x12345)))
			tell_device("disk", O_PATH);
		tell_device("/dev/loop0", O_RDONLY);
		tell_device("/dev/vda", O_RDONLY);
		tcp(AF_INET, "TCP");
		tcp(AF_INET6, "TCPv6");
		udp(AF_INET, "UDP");
		udp(AF_INET6, "UDPv6");
		unix_pair(SOCK_STREAM, "STREAM");
		unix_pair(SOCK_DGRAM, "DGRAM");
		unix_pair(SOCK_SEQPACKET, "SEQPACKET");
		unlink("a socket");
		unix_server("a socket", sizeof("a socket"));
		tell_path("a socket");
		unix_server("\0an abstract one", sizeof("\0an abstract one") - 1);
		netlink();
		for (i = 0; i < 100; i++)	/* a table of its own, larger */
			dup(0);
		unix_pair(SOCK_STREAM, "STREAM");
		udp(AF_INET, "UDP");
		return 0;
	}
PROGRAM

tells()
{
	rm -f disk
	expect 0 '' "$SCTRACE" -q -t none -o lines "$@" -- ./teller
	cp out says
	check_files
}
tells -yy
[ "$(wc -l <says)" -ge 30 ] || fail "the program says too little" says
tells -y -y --perf-buffer -T --enter
tells --decode-fds=all
tells --decode-fds --decode-fds=all -s 1000
expect 0 '' "$SCTRACE" -q -t none -o lines -y -- ./teller
! grep -Eq 'fd=[0-9]+<(/[^ ]*<|TCP|UDP|UNIX|NETLINK)' lines || fail "details that nobody asked for" lines
has lines ' fcntl\(fd=[0-9]+<socket:\[[0-9]+\]>,'
expect 0 '' "$SCTRACE" -q -t none -o lines -yy --decode-fds=none -- ./teller
! grep -q 'fd=[0-9]*<' lines || fail "files that nobody asked for" lines
expect 64 "'some' is none of none, path, all" "$SCTRACE" --decode-fds=some -- true

expect 0 '' "$SCTRACE" -q -j -o lines -e fcntl,getsockname -yy -- ./teller
jq -es 'any(.[].files.fd; .path == "/dev/null" and .char == {"major": 1, "minor": 3}) and
	any(.[].files.fd; .family == "AF_NETLINK" and .protocol == "NETLINK_ROUTE" and .port > 0) and
	any(.[].files.fd; .protocol == "IPPROTO_UDP" and .type == "SOCK_DGRAM" and .remote.address == "127.0.0.1" and
		.local.port > 0 and .remote.port > 0) and
	any(.[].files.fd; .type == "SOCK_SEQPACKET" and .peer > .ino and .local == {"family": "AF_UNIX"}) and
	([.[].files.fd | select(.protocol == "IPPROTO_TCP" and .local.port > 0)] |
		any(.[] as $a | .[] as $b | $a.local == $b.remote and $b.local == $a.remote; .))' lines >/dev/null ||
	fail "JSON of details" lines

# ---- memory that another thread changes while the kernel waits ----

"$CC" -D_GNU_SOURCE -x c - -o changer -pthread <<-'PROGRAM'
	#include <fcntl.h>
	#include <pthread.h>
	#include <string.h>
	#include <unistd.h>

	static char name[] = "fifo", data[100000];

	static void *change(void *unused)
	{
		char all[1000];
		int fd;

		usleep(200000);
		memcpy(name, "elsewhere", 4);
		fd = open("fifo", O_WRONLY);
		usleep(200000);
		data[0] = 'B';
		while (read(*(int *)unused, all, sizeof(all)) > 0)
			;
		close(fd);
		return NULL;
	}

	int main(void)
	{
		pthread_t thread;
		int fds[2];

		memset(data, 'A', sizeof(data));
		if (pipe(fds) || pthread_create(&thread, NULL, change, &fds[0]))
			return 1;
		open(name, O_RDONLY);
		if (write(fds[1], data, sizeof(data)) != sizeof(data))
			return 1;
		open("same", O_RDONLY);
		close(fds[1]);
		pthread_join(thread, NULL);
		return 0;
	}
PROGRAM
mkfifo fifo
: >same

expect 0 '' "$SCTRACE" -q --snapshot -t none -e openat,write -- ./changer
has out ' openat\(.*name="else", .*\) = [0-9]+ \(changed during the call: name was "fifo"\)$'
has out ' write\(data="BA+"\.\.\., .*\) = 100000 \(changed during the call: data was "AA+"\.\.\.\)$'
[ "$(grep -c changed out)" -eq 2 ] || fail "more has changed" out
! grep -q '\.\.\.$' out || fail "an entry that nobody asked for" out
expect 0 '' "$SCTRACE" -q --snapshot -j -e openat -- ./changer
jq -es 'map(select(.changed)) | length == 1 and .[0].changed == {"name": "fifo"} and
	.[0].args.name == "else"' out >/dev/null || fail "JSON" out
expect 0 '' "$SCTRACE" -q -j -e openat -- ./changer
! grep -q changed out || fail "changes that nobody asked for" out
expect 64 '--snapshot excludes -z and -Z' "$SCTRACE" --snapshot -Z -- true
