// SPDX-License-Identifier: MIT
/* UDP, Unix sockets, and waiting for descriptors, all in one thread. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>
#include "prog.h"

static void *const volatile nowhere = (void *)8;

static void udp(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET }, from;
	socklen_t len = sizeof(a);
	int fd = MUST(socket(AF_INET, SOCK_DGRAM, 0));
	int out = MUST(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, IPPROTO_UDP));
	struct timeval tv = { .tv_sec = 3, .tv_usec = 250000 };
	char big[3000], buf[4096];

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	MUST(bind(fd, (void *)&a, sizeof(a)));
	MUST(getsockname(fd, (void *)&a, &len));
	MUST(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)));
	memset(big, 0xa5, sizeof(big));
	MUST(sendto(out, big, sizeof(big), 0, (void *)&a, sizeof(a)));
	len = sizeof(from);
	MUST(recvfrom(fd, buf, sizeof(buf), 0, (void *)&from, &len));
	MUST(sendto(out, "", 0, 0, (void *)&a, sizeof(a)));
	MUST(recvfrom(fd, buf, sizeof(buf), MSG_TRUNC, NULL, NULL));
	recvfrom(fd, buf, sizeof(buf), MSG_DONTWAIT, (void *)&from, &len);	/* nothing is there */
	sendto(out, "lost", 4, 0, nowhere, sizeof(a));			/* no address there */
	close(fd);
	close(out);
}

static void local(void)
{
	struct sockaddr_un path = { .sun_family = AF_UNIX, .sun_path = "socket" };
	struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "\0sctrace test" };
	socklen_t path_len = offsetof(struct sockaddr_un, sun_path) + 7, len = sizeof(path);
	socklen_t name_len = offsetof(struct sockaddr_un, sun_path) + 13;
	int a = MUST(socket(AF_UNIX, SOCK_DGRAM, 0)), b = MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
	int pair[2], on = 1;
	char data[32];

	MUST(bind(a, (void *)&path, path_len));
	MUST(bind(b, (void *)&name, name_len));
	MUST(connect(a, (void *)&name, name_len));
	MUST(send(a, "by name", 7, 0));
	MUST(recvfrom(b, data, sizeof(data), 0, (void *)&path, &len));
	MUST(sendto(b, "by path", 7, 0, (void *)&path, path_len));
	MUST(read(a, data, sizeof(data)));
	len = sizeof(name);
	MUST(getpeername(a, (void *)&name, &len));
	MUST(unlink("socket"));
	close(a);
	close(b);
	if (!connect(b, (void *)&path, path_len))	/* closed */
		exit(1);
	MUST(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
	MUST(setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)));
	MUST(write(pair[0], "across", 6));
	MUST(read(pair[1], data, sizeof(data)));
	MUST(shutdown(pair[0], SHUT_RDWR));
	close(pair[0]);
	close(pair[1]);
}

/* Pass a descriptor with a message. */
static void pass(void)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {};
	char data[16];
	struct iovec iov = { data, sizeof(data) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control,
			      .msg_controllen = sizeof(control) };
	int pair[2], fd = MUST(open("fruit", O_RDONLY));

	MUST(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
	memcpy(data, "0123456789abcdef", sizeof(data));
	control.head = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int)),
					 .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
	memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
	MUST(sendmsg(pair[0], &msg, 0));
	iov.iov_len = 8;	/* the other half is cut off */
	MUST(recvmsg(pair[1], &msg, MSG_CMSG_CLOEXEC));
}

static void wait_for(void)
{
	struct epoll_event ev = { .events = EPOLLIN };
	struct itimerspec it = { .it_value = { .tv_nsec = 1 } };
	struct timespec ts = { .tv_nsec = 1000 }, none = {};
	struct timeval tv = { .tv_sec = 1 };
	int p[2], ep, event, timer, sigfd;
	struct pollfd fds[3] = {};
	unsigned long long n = 7;
	sigset_t set;
	fd_set in;

	MUST(pipe2(p, O_NONBLOCK));
	ep = MUST(epoll_create1(EPOLL_CLOEXEC));
	event = MUST(eventfd(3, EFD_SEMAPHORE));
	timer = MUST(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK));
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigaddset(&set, SIGRTMAX);
	sigfd = MUST(signalfd(-1, &set, SFD_CLOEXEC));
	MUST(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &ev));
	MUST(epoll_wait(ep, &ev, 1, 0));
	MUST(write(p[1], &n, sizeof(n)));
	MUST(epoll_wait(ep, &ev, 1, -1));
	fds[0] = (struct pollfd){ p[0], POLLIN, 0 };
	fds[1] = (struct pollfd){ event, POLLIN | POLLOUT, 0 };
	fds[2] = (struct pollfd){ -1, POLLPRI, 0 };
	MUST(poll(fds, 3, -1));
	MUST(ppoll(fds, 2, &none, &set));
	MUST(poll(NULL, 0, 0));
	FD_ZERO(&in);
	FD_SET(p[0], &in);
	MUST(select(p[0] + 1, &in, NULL, NULL, &tv));
	MUST(timerfd_settime(timer, 0, &it, NULL));
	fds[0].fd = timer;
	MUST(poll(fds, 1, -1));
	MUST(read(timer, &n, sizeof(n)));
	MUST(read(event, &n, sizeof(n)));
	MUST(nanosleep(&ts, NULL));
	if (read(sigfd + 1000, &n, sizeof(n)) >= 0)
		exit(1);
}

static void files(void)
{
	int in = MUST(open("numbers", O_RDONLY)), fd, mem;
	char a[100], b[10];
	struct iovec iov[] = { { a, sizeof(a) }, { b, sizeof(b) } };
	struct rlimit limit;
	off_t off = 5;
	void *map;

	fd = MUST(openat(AT_FDCWD, "out", O_RDWR | O_CREAT | O_EXCL, 0640));
	MUST(sendfile(fd, in, &off, 1000));
	MUST(readv(in, iov, 2));
	MUST(writev(fd, iov, 2));
	MUST(preadv(in, iov, 2, 8000));
	MUST(pwrite(fd, "x", 1, 1));
	MUST(pread(in, a, sizeof(a), 1L << 20));	/* behind its end */
	MUST(ftruncate(fd, 3));
	MUST(fsync(fd));
	MUST(fchmod(fd, 0400));
	MUST(dup2(fd, 50));
	MUST(dup3(fd, 51, O_CLOEXEC));
	MUST(close_range(50, 51, 0));
	mem = MUST(memfd_create("memory", MFD_CLOEXEC));
	MUST(ftruncate(mem, 8192));
	map = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, mem, 0);
	MUST(mlock(map, 4096));
	MUST(munlock(map, 4096));
	MUST(munmap(map, 8192));
	MUST(getrlimit(RLIMIT_NOFILE, &limit));
	MUST(getrlimit(RLIMIT_CORE, &limit));
	limit.rlim_cur = 0;
	MUST(setrlimit(RLIMIT_CORE, &limit));
	if (!open(nowhere, O_RDONLY) || !open("", O_RDONLY) || !rename("a", nowhere) || !rmdir("out"))
		exit(1);
	if (write(fd, nowhere, 10) >= 0 || !mkdir("dir", 0777) || !chdir("fruit"))
		exit(1);
	MUST(chdir("dir"));
	MUST((long)getcwd(a, sizeof(a)) ? 0 : -1);
	MUST(renameat(AT_FDCWD, "empty", AT_FDCWD, "\xc3\xa9t\xe9"));	/* not all of it is UTF-8 */
}

/* Calls that do what a command says. */
static void commands(void)
{
	struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 2, .l_len = 3 };
	int fd = MUST(open("fruit", O_RDONLY));

	MUST(fcntl(fd, F_SETFL, O_APPEND | O_NONBLOCK));
	MUST(fcntl(fd, F_GETFL));
	MUST(fcntl(fd, F_SETFD, FD_CLOEXEC));
	MUST(fcntl(fd, F_DUPFD_CLOEXEC, 60));
	MUST(fcntl(fd, F_SETSIG, SIGUSR1));
	MUST(fcntl(fd, F_SETLK, &lock));
	lock.l_type = F_WRLCK;
	MUST(fcntl(fd, F_GETLK, &lock));
}

int main(void)
{
	commands();
	udp();
	local();
	pass();
	wait_for();
	files();
	return 7;
}
