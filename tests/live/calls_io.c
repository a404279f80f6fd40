// SPDX-License-Identifier: MIT
/* Calls on descriptors, and those that make the special kinds of them. */
#include "calls.h"
#include "families.h"
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/io_uring.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>

static char text[200];

static void done_with(long fd)
{
	CALL(close, NUM(fd, fd));
}

/* A file in memory that holds text. */
static long new_file(void)
{
	long fd = CALL(memfd_create, STR(name, "text"), NUM(flags, MFD_CLOEXEC));
	unsigned i;

	for (i = 0; i < sizeof(text); i++)
		text[i] = 'a' + i % 26;
	CALL(write, NUM(fd, fd), BYTES(data, text, sizeof(text)), NUM(size, sizeof(text)));
	CALL(lseek, NUM(fd, fd), NUM(offset, 0), NUM(whence, SEEK_SET));
	return fd;
}

static void reading(void)
{
	long fd = new_file(), n;
	char buf[300];

	n = CALL(read, NUM(fd, fd), UNSEEN(buf), NUM(size, 10));
	GOT_BYTES(data, buf, n);
	n = CALL(read, NUM(fd, fd), UNSEEN(buf), NUM(size, sizeof(buf)));
	GOT_BYTES(data, buf, n);
	n = CALL(read, NUM(fd, fd), UNSEEN(buf), NUM(size, sizeof(buf)));
	GOT_BYTES(data, buf, n);
	CALL(read, NUM(fd, fd), UNSEEN(NULL), NUM(size, 0));
	NONE(data);
	CALL(read, NUM(fd, -1), UNSEEN(buf), NUM(size, -1));
	NONE(data);
	CALL(read, NUM(fd, 1 << 20), UNSEEN(BAD_PTR), NUM(size, 1));
	NONE(data);
	n = CALL(pread64, NUM(fd, fd), UNSEEN(buf), NUM(size, 81), NUM(pos, 3));
	GOT_BYTES(data, buf, n);
	CALL(pread64, NUM(fd, fd), UNSEEN(buf), NUM(size, 5), NUM(pos, -1));
	NONE(data);
	done_with(fd);
}

static void writing(void)
{
	long fd = new_file();

	CALL(write, NUM(fd, fd), BYTES(data, "\0\xff\n", 3), NUM(size, 3));
	CALL(write, NUM(fd, fd), BYTES(data, text, 80), NUM(size, 80));
	CALL(write, NUM(fd, fd), BYTES(data, text, 81), NUM(size, 81));
	CALL(write, NUM(fd, fd), BYTES(data, "", 0), NUM(size, 0));
	CALL(write, NUM(fd, fd), BAD_BYTES(data, 4), NUM(size, 4));
	CALL(write, NUM(fd, fd), BAD_BYTES(data, 1ull << 40), NUM(size, 1ull << 40));
	CALL(write, NUM(fd, fd), NULL_ARG(data), NUM(size, 7));
	CALL(write, NUM(fd, -1), BYTES(data, "closed", 6), NUM(size, 6));
	CALL(pwrite64, NUM(fd, fd), BYTES(data, "position", 8), NUM(size, 8), NUM(pos, 1ll << 33));
	CALL(pwrite64, NUM(fd, fd), BYTES(data, "before", 6), NUM(size, 6), NUM(pos, -2));
	done_with(fd);
}

static void reading_vectors(void)
{
	struct iovec v[3];
	long fd = new_file(), n;
	char buf[300];

	v[0] = (struct iovec){ buf, 5 };
	v[1] = (struct iovec){ NULL, 0 };
	v[2] = (struct iovec){ buf + 5, 100 };
	n = CALL(readv, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 3));
	ALSO_NUM(size, 105);
	GOT_BYTES(data, buf, n);
	n = CALL(readv, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 1));
	ALSO_NUM(size, 5);
	GOT_BYTES(data, buf, n);
	CALL(readv, NUM(fd, -1), UNSEEN(v), NUM(iovcnt, 2));
	ALSO_NUM(size, 5);
	NONE(data);
	CALL(readv, NUM(fd, fd), UNSEEN(BAD_PTR), NUM(iovcnt, 1));
	FAULT(size);
	NONE(data);
	n = CALL(preadv, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 3), NUM(pos, 190), UNSEEN(0));
	ALSO_NUM(size, 105);
	GOT_BYTES(data, buf, n);
	CALL(preadv, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 3), NUM(pos, -1), UNSEEN(0));
	ALSO_NUM(size, 105);
	NONE(data);
	n = CALL(preadv2, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 3), NUM(pos, 3), UNSEEN(0),
		 NUM(flags, RWF_HIPRI));
	ALSO_NUM(size, 105);
	GOT_BYTES(data, buf, n);
	CALL(preadv2, NUM(fd, fd), UNSEEN(BAD_PTR), NUM(iovcnt, 1), NUM(pos, -1), UNSEEN(-1),
	     NUM(flags, -1));
	FAULT(size);
	NONE(data);
	done_with(fd);
}

static void writing_vectors(void)
{
	struct iovec v[40];
	long fd = new_file();
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(v); i++)
		v[i] = (struct iovec){ text + 3 * i, 3 };
	CALL(writev, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 3));
	ALSO_BYTES(data, text, 9);
	ALSO_NUM(size, 9);
	CALL(writev, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 32));
	ALSO_BYTES(data, text, 96);
	ALSO_NUM(size, 96);
	/* the lengths of more than 32 are not read */
	CALL(writev, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 40));
	ALSO_BYTES(data, text, 96);
	WANT(size, .how = IS_NUM, .num = 96, .cut = true);
	CALL(writev, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 0));
	ALSO_BYTES(data, text, 0);
	ALSO_NUM(size, 0);
	CALL(writev, NUM(fd, fd), UNSEEN(BAD_PTR), NUM(iovcnt, 2));
	FAULT(data);
	FAULT(size);
	v[1].iov_base = BAD_PTR;
	CALL(writev, NUM(fd, -1), UNSEEN(v), NUM(iovcnt, 2));
	WANT(data, .how = IS_FAULT, .data = text, .len = 3, .size = 6, .cut = true);
	ALSO_NUM(size, 6);
	CALL(pwritev, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 1), NUM(pos, 1000), UNSEEN(0));
	ALSO_BYTES(data, text, 3);
	ALSO_NUM(size, 3);
	CALL(pwritev, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 1), NUM(pos, -4), UNSEEN(-1));
	ALSO_BYTES(data, text, 3);
	ALSO_NUM(size, 3);
	CALL(pwritev2, NUM(fd, fd), UNSEEN(v), NUM(iovcnt, 1), NUM(pos, 1000), UNSEEN(0),
	     NUM(flags, RWF_DSYNC));
	ALSO_BYTES(data, text, 3);
	ALSO_NUM(size, 3);
	CALL(pwritev2, NUM(fd, -1), UNSEEN(v), NUM(iovcnt, 1), NUM(pos, -4), UNSEEN(-1),
	     NUM(flags, -1));
	ALSO_BYTES(data, text, 3);
	ALSO_NUM(size, 3);
	done_with(fd);
}

static void copies_of_descriptors(void)
{
	long fd = CALL(dup, NUM(oldfd, 0)), other = fd + 100;

	CALL(dup, NUM(oldfd, -1));
	CALL(dup2, NUM(oldfd, fd), NUM(newfd, other));
	CALL(dup2, NUM(oldfd, fd), NUM(newfd, -1));
	CALL(dup3, NUM(oldfd, fd), NUM(newfd, other + 1), NUM(flags, O_CLOEXEC));
	CALL(dup3, NUM(oldfd, fd), NUM(newfd, fd), NUM(flags, 0));
	CALL(fcntl, NUM(fd, fd), NUM(cmd, F_DUPFD_CLOEXEC), NUM(arg, other + 2));
	NONE(value);
	CALL(fcntl, NUM(fd, fd), NUM(cmd, F_GETFD), NUM(arg, 0));
	NONE(value);
	CALL(fcntl, NUM(fd, -1), NUM(cmd, 9999), NUM(arg, -1));
	NONE(value);
	CALL(close_range, NUM(first, other), NUM(last, other + 5), NUM(flags, CLOSE_RANGE_CLOEXEC));
	CALL(close_range, NUM(first, other), NUM(last, other + 5), NUM(flags, 0));
	CALL(close_range, NUM(first, -1), NUM(last, 0), NUM(flags, 0x80000000));
	done_with(fd);
	CALL(close, NUM(fd, -1));
	CALL(close, NUM(fd, 0x7fffffff));
}

/* What argument 2 points to, before and after the call. */
static void locking(void)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 3, .l_len = 4 };
	struct f_owner_ex owner = { F_OWNER_TID, 0 };
	long fd = new_file();

	CALL(fcntl, NUM(fd, fd), NUM(cmd, F_SETLK), NUM(arg, &lock));
	ALSO_BYTES(value, &lock, sizeof(lock));
	CALL(fcntl, NUM(fd, fd), NUM(cmd, F_OFD_SETLK), NUM(arg, &lock));	/* the other lock is there */
	ALSO_BYTES(value, &lock, sizeof(lock));
	CALL(fcntl, NUM(fd, fd), NUM(cmd, F_GETLK), NUM(arg, &lock));
	NOW_BYTES(value, &lock, sizeof(lock));
	CALL(fcntl, NUM(fd, -1), NUM(cmd, F_SETLKW), NUM(arg, &lock));
	ALSO_BYTES(value, &lock, sizeof(lock));
	CALL(fcntl, NUM(fd, fd), NUM(cmd, F_SETLK), NUM(arg, BAD_PTR));
	WANT(value, .how = IS_FAULT, .data = "", .size = sizeof(lock));
	CALL(fcntl, NUM(fd, fd), NUM(cmd, F_SETLK), NUM(arg, NULL));
	NONE(value);
	owner.pid = tid_now();
	CALL(fcntl, NUM(fd, fd), NUM(cmd, F_SETOWN_EX), NUM(arg, &owner));
	ALSO_BYTES(value, &owner, sizeof(owner));
	owner.pid = 0;
	CALL(fcntl, NUM(fd, fd), NUM(cmd, F_GETOWN_EX), NUM(arg, &owner));
	GOT_BYTES(value, &owner, sizeof(owner));
	CALL(fcntl, NUM(fd, -1), NUM(cmd, F_GETOWN_EX), NUM(arg, &owner));
	NONE(value);
	done_with(fd);
}

static void controlling(void)
{
	long fd = new_file();
	int n;

	CALL(ioctl, NUM(fd, fd), NUM(request, FIONREAD), NUM(argument, &n));
	GOT_BYTES(value, &n, sizeof(n));
	n = 1;
	CALL(ioctl, NUM(fd, fd), NUM(request, FIONBIO), NUM(argument, &n));
	ALSO_BYTES(value, &n, sizeof(n));
	CALL(ioctl, NUM(fd, fd), NUM(request, FIOCLEX), NUM(argument, 0));
	NONE(value);
	CALL(ioctl, NUM(fd, fd), NUM(request, TCGETS), NUM(argument, BAD_PTR));
	NONE(value);
	CALL(ioctl, NUM(fd, fd), NUM(request, TCSETS), NUM(argument, BAD_PTR));
	WANT(value, .how = IS_FAULT, .data = "", .size = 36);
	CALL(ioctl, NUM(fd, -1), NUM(request, _IOW('s', 77, char[99])), NUM(argument, text));
	ALSO_BYTES(value, text, 99);
	CALL(ioctl, NUM(fd, -1), NUM(request, 0xffffffff), NUM(argument, -1));
	WANT(value, .how = IS_FAULT, .data = "", .size = 0x3fff, .cut = true);
	done_with(fd);
}

static void moving(void)
{
	long from = new_file(), to = new_file(), offset = 7, out = 0;
	struct iovec v[9] = { { text, 5 } };
	int fds[2], copy[2];

	CALL(sendfile, NUM(out_fd, to), NUM(in_fd, from), OBJECT(offset, &offset), NUM(size, 20));
	CALL(sendfile, NUM(out_fd, to), NUM(in_fd, from), NULL_ARG(offset), NUM(size, 1ull << 62));
	CALL(sendfile, NUM(out_fd, -1), NUM(in_fd, -2), BAD(offset), NUM(size, 1));
	CALL(pipe2, UNSEEN(fds), NUM(flags, O_NONBLOCK));
	GOT_NUM(fd1, fds[0]);
	GOT_NUM(fd2, fds[1]);
	GOT_NUM(ino, ino_of(fds[0]));
	CALL(pipe2, UNSEEN(copy), NUM(flags, 0));
	GOT_NUM(fd1, copy[0]);
	GOT_NUM(fd2, copy[1]);
	GOT_NUM(ino, ino_of(copy[0]));
	offset = 1;
	CALL(splice, NUM(fd_in, from), OBJECT(off_in, &offset), NUM(fd_out, fds[1]),
	     NULL_ARG(off_out), NUM(size, 30), NUM(flags, SPLICE_F_MOVE | SPLICE_F_MORE));
	CALL(tee, NUM(fdin, fds[0]), NUM(fdout, copy[1]), NUM(len, 10),
	     NUM(flags, SPLICE_F_NONBLOCK));
	CALL(tee, NUM(fdin, -1), NUM(fdout, -2), NUM(len, -1), NUM(flags, -1));
	CALL(splice, NUM(fd_in, fds[0]), NULL_ARG(off_in), NUM(fd_out, to), OBJECT(off_out, &out),
	     NUM(size, 30), NUM(flags, SPLICE_F_NONBLOCK));
	CALL(splice, NUM(fd_in, -1), BAD(off_in), NUM(fd_out, -1), BAD(off_out), NUM(size, -1),
	     NUM(flags, -1));
	CALL(vmsplice, NUM(fd, fds[1]), STRUCTS(iov, v, 1), NUM(nr_segs, 1),
	     NUM(flags, SPLICE_F_NONBLOCK));
	CALL(vmsplice, NUM(fd, -1), STRUCTS(iov, v, 9), NUM(nr_segs, 9), NUM(flags, -1));
	CALL(vmsplice, NUM(fd, fds[1]), BAD_BYTES(iov, 2 * sizeof(*v)), NUM(nr_segs, 2),
	     NUM(flags, 0));
	done_with(fds[0]);
	done_with(fds[1]);
	done_with(copy[0]);
	done_with(copy[1]);
	done_with(from);
	done_with(to);
}

static void polling(void)
{
	struct pollfd fds[70];
	uint64_t mask = 1ull << (SIGUSR2 - 1);
	struct timespec ts = { 0, 1000 };
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(fds); i++)
		fds[i] = (struct pollfd){ .fd = -1 - (int)i, .events = POLLIN };
	fds[0].fd = 12345;
	fds[1] = (struct pollfd){ .fd = new_file(), .events = POLLOUT };
	CALL(poll, STRUCTS(fds, fds, 3), NUM(nfds, 3), NUM(timeout, -1));
	CALL(poll, STRUCTS(fds, fds, 64), NUM(nfds, 64), NUM(timeout, 0));
	CALL(poll, STRUCTS(fds, fds, 70), NUM(nfds, 70), NUM(timeout, 1));
	CALL(poll, NULL_ARG(fds), NUM(nfds, 0), NUM(timeout, 0));
	CALL(poll, BAD_BYTES(fds, 2 * sizeof(*fds)), NUM(nfds, 2), NUM(timeout, -7));
	CALL(ppoll, STRUCTS(fds, fds + 2, 1), NUM(nfds, 1), OBJECT(timeout, &ts),
	     OBJECT(sigmask, &mask), UNSEEN(sizeof(mask)));
	CALL(ppoll, STRUCTS(fds, fds, 2), NUM(nfds, 2), NULL_ARG(timeout), NULL_ARG(sigmask),
	     UNSEEN(sizeof(mask)));
	CALL(ppoll, NULL_ARG(fds), NUM(nfds, 5), BAD(timeout), BAD(sigmask), UNSEEN(3));
	done_with(fds[1].fd);
}

static void selecting(void)
{
	struct timeval tv = { 0, 500 };
	struct timespec as_ts;
	fd_set set, out;
	long fd;

	CALL(select, NUM(n, 0), UNSEEN(BAD_PTR), NULL_ARG(outp), NULL_ARG(exp), UNSEEN(&tv));
	as_ts = (struct timespec){ tv.tv_sec, tv.tv_usec * 1000 };
	NOW_OBJECT(timeout, &as_ts);
	NONE(inp);
	tv = (struct timeval){ -3, 0 };
	as_ts = (struct timespec){ -3, 0 };
	CALL(select, NUM(n, 5), NULL_ARG(inp), NULL_ARG(outp), NULL_ARG(exp), UNSEEN(&tv));
	ALSO_OBJECT(timeout, &as_ts);
	CALL(select, NUM(n, -1), NULL_ARG(inp), NULL_ARG(outp), NULL_ARG(exp), UNSEEN(NULL));
	NONE(timeout);
	CALL(select, NUM(n, 1), NULL_ARG(inp), NULL_ARG(outp), NULL_ARG(exp), UNSEEN(BAD_PTR));
	FAULT(timeout);
	/* ready, so that the kernel leaves the sets as they are */
	fd = CALL(eventfd2, NUM(initval, 1), NUM(flags, 0));
	FD_ZERO(&set);
	FD_SET(fd, &set);
	out = set;
	CALL(select, NUM(n, fd + 1), BYTES(inp, &set, fd / 8 + 1), BYTES(outp, &out, fd / 8 + 1),
	     NULL_ARG(exp), UNSEEN(NULL));
	NONE(timeout);
	done_with(fd);
	CALL(select, NUM(n, fd + 1), BYTES(inp, &set, fd / 8 + 1), NULL_ARG(outp),
	     BAD_BYTES(exp, fd / 8 + 1), UNSEEN(NULL));
	NONE(timeout);
}

static void waiting_for_events(long epfd)
{
	struct epoll_event ev[4], want = { .events = EPOLLOUT | EPOLLET, .data.u64 = 0x123456789abcdefull };
	uint64_t mask = 1ull << (SIGUSR2 - 1);
	struct timespec ts = { 0, 1000 };
	long fd, n;

	CALL(epoll_wait, NUM(epfd, epfd), UNSEEN(ev), NUM(maxevents, 4), NUM(timeout, 1));
	GOT_STRUCTS(events, ev, 0);
	CALL(epoll_wait, NUM(epfd, -1), UNSEEN(ev), NUM(maxevents, -4), NUM(timeout, -1));
	NONE(events);
	fd = CALL(eventfd2, NUM(initval, 0), NUM(flags, 0));
	CALL(epoll_ctl, NUM(epfd, epfd), NUM(op, EPOLL_CTL_ADD), NUM(fd, fd), OBJECT(event, &want));
	CALL(epoll_ctl, NUM(epfd, epfd), NUM(op, 9), NUM(fd, -1), NULL_ARG(event));
	CALL(epoll_ctl, NUM(epfd, -1), NUM(op, EPOLL_CTL_MOD), NUM(fd, fd), BAD(event));
	n = CALL(epoll_wait, NUM(epfd, epfd), UNSEEN(ev), NUM(maxevents, 4), NUM(timeout, 1000));
	GOT_STRUCTS(events, ev, n);
	CALL(epoll_pwait, NUM(epfd, epfd), UNSEEN(ev), NUM(maxevents, 4), NUM(timeout, 0),
	     OBJECT(sigmask, &mask), NUM(sigsetsize, sizeof(mask)));
	GOT_STRUCTS(events, ev, 0);
	CALL(epoll_pwait, NUM(epfd, -1), UNSEEN(BAD_PTR), NUM(maxevents, -1), NUM(timeout, -1),
	     BAD(sigmask), NUM(sigsetsize, 3));
	NONE(events);
	n = CALL(epoll_pwait2, NUM(epfd, epfd), UNSEEN(ev), NUM(maxevents, 4), OBJECT(timeout, &ts),
		 NULL_ARG(sigmask), NUM(sigsetsize, sizeof(mask)));
	if (n >= 0)
		GOT_STRUCTS(events, ev, 0);
	else	/* the kernel has no such call */
		NONE(events);
	CALL(epoll_pwait2, NUM(epfd, -1), UNSEEN(ev), NUM(maxevents, 0), BAD(timeout), BAD(sigmask),
	     NUM(sigsetsize, 8));
	NONE(events);
	done_with(fd);
}

static void events(void)
{
	uint64_t mask = 1ull << (SIGUSR2 - 1);
	long fd, wd;

	CALL(epoll_create, NUM(size, 0));
	done_with(CALL(epoll_create, NUM(size, 77)));
	CALL(epoll_create1, NUM(flags, 1));
	fd = CALL(epoll_create1, NUM(flags, EPOLL_CLOEXEC));
	waiting_for_events(fd);
	done_with(fd);
	fd = CALL(inotify_init);
	NONE(flags);
	wd = CALL(inotify_add_watch, NUM(fd, fd), STR(path, "."),
		  NUM(mask, IN_CREATE | IN_ONLYDIR));
	CALL(inotify_rm_watch, NUM(fd, fd), NUM(wd, wd));
	CALL(inotify_add_watch, NUM(fd, -1), BAD(path), NUM(mask, -1));
	CALL(inotify_rm_watch, NUM(fd, fd), NUM(wd, -1));
	done_with(fd);
	done_with(CALL(inotify_init1, NUM(flags, IN_NONBLOCK)));
	CALL(inotify_init1, NUM(flags, 3));
	fd = CALL(signalfd, NUM(fd, -1), OBJECT(mask, &mask), NUM(sizemask, sizeof(mask)));
	NONE(flags);
	CALL(signalfd4, NUM(fd, fd), OBJECT(mask, &mask), NUM(sizemask, sizeof(mask)),
	     NUM(flags, SFD_NONBLOCK));
	CALL(signalfd4, NUM(fd, -1), BAD(mask), NUM(sizemask, 8), NUM(flags, 0x55));
	CALL(signalfd, NUM(fd, -1), NULL_ARG(mask), NUM(sizemask, 5));
	NONE(flags);
	done_with(fd);
	fd = CALL(eventfd, NUM(initval, 4000000000u));
	NONE(flags);
	done_with(fd);
	done_with(CALL(eventfd2, NUM(initval, 9), NUM(flags, EFD_SEMAPHORE | EFD_CLOEXEC)));
	CALL(eventfd2, NUM(initval, 0), NUM(flags, -1));
	done_with(CALL(timerfd_create, NUM(clockid, CLOCK_BOOTTIME), NUM(flags, TFD_NONBLOCK)));
	CALL(timerfd_create, NUM(clockid, -6), NUM(flags, 1));
	done_with(CALL(userfaultfd, NUM(flags, UFFD_USER_MODE_ONLY | O_CLOEXEC)));
	done_with(CALL(userfaultfd, NUM(flags, O_CLOEXEC)));
	CALL(userfaultfd, NUM(flags, 0x12345));
	CALL(memfd_create, STR(name, ""), NUM(flags, 0xff00));
	CALL(memfd_create, BAD(name), NUM(flags, MFD_ALLOW_SEALING));
}

static void descriptors_of_processes(void)
{
	long pidfd = CALL(pidfd_open, NUM(pid, tid_now()), NUM(flags, 0));

	CALL(pidfd_open, NUM(pid, -1), NUM(flags, 1 << 30));
	done_with(CALL(pidfd_getfd, NUM(pid_fd, pidfd), NUM(target_fd, pidfd), NUM(flags, 0)));
	CALL(pidfd_getfd, NUM(pid_fd, pidfd), NUM(target_fd, -1), NUM(flags, 6));
	done_with(pidfd);
}

static void uring(void)
{
	struct io_uring_params p = { .flags = IORING_SETUP_CQSIZE, .cq_entries = 33 };
	struct io_uring_getevents_arg arg = { 0 };
	uint64_t mask = 1ull << (SIGUSR2 - 1);
	int event;
	long fd;

	fd = CALL(io_uring_setup, NUM(entries, 5), UNSEEN(&p));
	GOT_NUM(sq_entries, p.sq_entries);
	NOW_NUM(cq_entries, p.cq_entries);
	ALSO_NUM(flags, IORING_SETUP_CQSIZE);
	ALSO_NUM(sq_thread_cpu, 0);
	ALSO_NUM(sq_thread_idle, 0);
	GOT_NUM(features, p.features);
	CALL(io_uring_enter, NUM(fd, fd), NUM(to_submit, 0), NUM(min_complete, 0), NUM(flags, 0),
	     OBJECT(sig, &mask), NUM(argsz, sizeof(mask)));
	arg.sigmask = (uint64_t)(unsigned long)&mask;
	arg.sigmask_sz = sizeof(mask);
	CALL(io_uring_enter, NUM(fd, fd), NUM(to_submit, 3), NUM(min_complete, 0),
	     NUM(flags, IORING_ENTER_EXT_ARG), UNSEEN(&arg), NUM(argsz, sizeof(arg)));
	ALSO_NUM(sig, mask);
	CALL(io_uring_enter, NUM(fd, -1), NUM(to_submit, -1), NUM(min_complete, -2),
	     NUM(flags, IORING_ENTER_GETEVENTS), BAD(sig), NUM(argsz, 99));
	event = CALL(eventfd2, NUM(initval, 0), NUM(flags, 0));
	CALL(io_uring_register, NUM(fd, fd), NUM(opcode, IORING_REGISTER_EVENTFD), NUM(arg, &event),
	     NUM(nr_args, 1));
	ALSO_BYTES(value, &event, sizeof(event));
	CALL(io_uring_register, NUM(fd, fd), NUM(opcode, IORING_REGISTER_EVENTFD),
	     NUM(arg, BAD_PTR),
	     NUM(nr_args, 1));
	WANT(value, .how = IS_FAULT, .data = "", .size = 4);
	done_with(event);
	CALL(io_uring_register, NUM(fd, -1), NUM(opcode, 4444), NUM(arg, NULL), NUM(nr_args, -1));
	NONE(value);
	done_with(fd);
	p = (struct io_uring_params){ .flags = 1u << 31, .sq_thread_cpu = 6, .sq_thread_idle = 70 };
	CALL(io_uring_setup, NUM(entries, 0), UNSEEN(&p));
	NONE(sq_entries);
	ALSO_NUM(cq_entries, 0);
	ALSO_NUM(flags, p.flags);
	ALSO_NUM(sq_thread_cpu, 6);
	ALSO_NUM(sq_thread_idle, 70);
	NONE(features);
	CALL(io_uring_setup, NUM(entries, -1), UNSEEN(BAD_PTR));
	NONE(sq_entries);
	FAULT(cq_entries);
	FAULT(flags);
	FAULT(sq_thread_cpu);
	FAULT(sq_thread_idle);
	NONE(features);
}

void calls_io(void)
{
	reading();
	writing();
	reading_vectors();
	writing_vectors();
	copies_of_descriptors();
	locking();
	controlling();
	moving();
	polling();
	selecting();
	events();
	descriptors_of_processes();
	uring();
}
