// SPDX-License-Identifier: MIT
/* Descriptors: inherited, passed on, never set up, too many; and how long a consumer lives. */
#include "consumer.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#define CALLS 20u

static struct sct_want want;

/* A consumer of getppid of this process, in one descriptor, attached. */
static int small_consumer(void)
{
	struct sct_setup s = setup_for(&want);
	int fd = device_open(0, O_RDWR);
	__u8 *scope;

	s.config.ring_size = SCT_RING_MIN;
	s.config.wake_bytes = s.config.ring_size / 4;
	must(setup(fd, &s));
	scope = mmap(NULL, SCT_PID_LIMIT, PROT_READ | PROT_WRITE, MAP_SHARED, fd, SCT_MMAP_SCOPE);
	check(scope != MAP_FAILED, "%s", strerror(errno));
	scope[getpid()] = SCT_SCOPE_TRACE;
	must(munmap(scope, SCT_PID_LIMIT));
	must(attach(fd, 1u << SCT_KIND_sys_exit));
	return fd;
}

static void check_traces(int fd)
{
	__u64 before = getppid_traced(fd);

	call_getppid(CALLS);
	check(getppid_traced(fd) == before + CALLS, "%llu calls, not %u",
	      getppid_traced(fd) - before, CALLS);
}

/* ---- a descriptor that was never set up ---- */

static void half_open(void)
{
	struct sct_hello h = { .sz = sizeof(h) };
	struct sct_counts n;
	struct pollfd p = { .events = POLLIN };
	int fd = device_open(0, O_RDWR);
	char c;

	must(ioctl(fd, SCT_IOC_HELLO, &h));
	check(h.version == SCT_IOC_VERSION && h.digest == digest() && !h.cpu && h.ncpus,
	      "version %u, digest %#llx, CPU %u of %u", h.version, h.digest, h.cpu, h.ncpus);
	must_fail(attach(fd, 0), EINVAL);
	must_fail(attach(fd, KINDS_CALLS), EINVAL);
	must_fail(change_want(fd, &want), EINVAL);
	must_fail(get_counts(fd, 0, &n), EINVAL);
	must_fail(read(fd, &c, 1), EINVAL);
	must_fail(write(fd, &c, 1), EINVAL);
	must_fail(lseek(fd, 0, SEEK_SET), ESPIPE);
	check(mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED, "a ring without a consumer");
	check(mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, SCT_MMAP_SCOPE) == MAP_FAILED,
	      "a scope without a consumer");
	p.fd = fd;
	check(poll(&p, 1, 0) == 1 && p.revents & POLLERR, "poll says %#x", p.revents);
	must(close(fd));
}

/* ---- joining ---- */

static void joins(void)
{
	int fd = small_consumer(), empty = device_open(0, O_RDWR), other = device_open(0, O_RDWR);
	int null = must(open("/dev/null", O_RDWR)), closed = must(dup(null));
	struct sct_setup s = setup_for(&want);

	must(close(closed));
	must_fail(join(empty, empty), EINVAL);
	must_fail(join(empty, other), EINVAL);
	must_fail(join(empty, null), EINVAL);
	must_fail(join(empty, closed), EBADF);
	must_fail(join(empty, -1), EBADF);
	must_fail(join(empty, AT_FDCWD), EBADF);
	must_fail(ioctl(empty, SCT_IOC_JOIN, NULL), EFAULT);
	must_fail(join(fd, fd), EBUSY);
	must_fail(join(fd, empty), EINVAL);
	must_fail(setup(fd, &s), EBUSY);
	must(join(empty, fd));
	must_fail(join(empty, fd), EBUSY);
	must_fail(join(empty, empty), EBUSY);
	must_fail(setup(empty, &s), EBUSY);
	must(join(other, empty));
	must(close(fd));
	check_traces(empty);
	must(close(empty));
	check_traces(other);
	must(close(other));
	must(close(null));
}

/* ---- other processes ---- */

static void use_inherited(void *arg)
{
	int fd = *(int *)arg;

	check(!getppid_traced(fd), "somebody else is traced");
	must(attach(fd, 0));
	must(attach(fd, 1u << SCT_KIND_sys_exit));
}

static void forked(void)
{
	int fd = small_consumer(), i;

	for (i = 0; i < 4; i++)
		wait_for(spawn(use_inherited, &fd));
	check_traces(fd);
	must(close(fd));
}

static void duplicated(void)
{
	int fd = small_consumer(), twin = must(dup(fd)), third = must(fcntl(fd, F_DUPFD_CLOEXEC, 100));

	must(close(fd));
	check_traces(twin);
	must(dup2(twin, third));
	must(close(twin));
	check_traces(third);
	must(close(third));
}

static void send_fd(int to, int fd)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { .head = { .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS,
				.cmsg_len = CMSG_LEN(sizeof(int)) } };
	char c = 0;
	struct iovec iov = { &c, 1 };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control,
			    .msg_controllen = sizeof(control) };

	memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
	must(sendmsg(to, &m, 0));
}

static int receive_fd(int from)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control;
	char c;
	struct iovec iov = { &c, 1 };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control,
			    .msg_controllen = sizeof(control) };
	int fd;

	must(recvmsg(from, &m, 0));
	memcpy(&fd, CMSG_DATA(&control.head), sizeof(fd));
	return fd;
}

/* Sets up, passes the descriptor on, and is no more. */
static void set_up_and_pass(void *arg)
{
	int fd = small_consumer();

	send_fd(*(int *)arg, fd);
}

static void trace_me(int fd)
{
	__u8 *scope = mmap(NULL, SCT_PID_LIMIT, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			   SCT_MMAP_SCOPE);

	check(scope != MAP_FAILED, "%s", strerror(errno));
	scope[getpid()] = SCT_SCOPE_TRACE;
	must(munmap(scope, SCT_PID_LIMIT));
}

static void passed(void)
{
	int pair[2], fd, other;

	must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	wait_for(spawn(set_up_and_pass, &pair[1]));
	fd = receive_fd(pair[0]);
	trace_me(fd);
	check_traces(fd);
	other = device_open(cpus_possible() - 1, O_RDWR);
	must(join(other, fd));
	must(close(fd));
	check_traces(other);
	/* on its way, and nobody will ever take it */
	send_fd(pair[1], other);
	must(close(other));
	must(close(pair[0]));
	must(close(pair[1]));
}

static int result[2];	/* a pipe: what the orphan says */

static void orphan(int fd)
{
	char c = 0;

	while (getppid() != 1)
		sleep_ms(1);
	trace_me(fd);
	check_traces(fd);
	must(write(result[1], &c, 1));
}

static void leave_orphan(void *arg)
{
	int fd = small_consumer();

	(void)arg;
	if (!must(fork()))
		orphan(fd);
}

static void outlives_parent(void)
{
	char c;

	must(pipe(result));
	wait_for(spawn(leave_orphan, NULL));
	must(close(result[1]));
	check(read(result[0], &c, 1) == 1, "the child of a process that ended has failed");
	must(close(result[0]));
}

/* ---- how long it lives ---- */

static __u64 position(const struct sct_ring_page *page)
{
	return load_acquire(&page->position);
}

static void lives_by_mapping(void)
{
	const size_t all = 2 * 4096 + 2 * SCT_RING_MIN;
	struct sct_ring_page *ring, *writer;
	int fd;
	__u64 before;

	run_on(0);
	fd = small_consumer();
	ring = mmap(NULL, all, PROT_READ, MAP_SHARED, fd, 0);
	check(ring != MAP_FAILED, "%s", strerror(errno));
	writer = (void *)((char *)ring + 4096);
	must(close(fd));
	check(module_unload() == EAGAIN, "a mapping does not keep the module");
	before = position(writer);
	call_getppid(CALLS);
	check(position(writer) > before, "no records without a descriptor");
	/* half of it goes */
	must(munmap((char *)ring + 4096 + 4096 + SCT_RING_MIN, SCT_RING_MIN));
	must(munmap(ring, 4096));
	before = position(writer);
	call_getppid(CALLS);
	check(position(writer) > before, "no records for a part of a mapping");
	check(module_unload() == EAGAIN, "a part of a mapping does not keep the module");
	must(munmap(writer, 4096 + SCT_RING_MIN));
	run_anywhere();
	module_reload();
}

static void unload(void)
{
	int fd = device_open(0, O_RDWR);

	check(module_unload() == EAGAIN, "an open device does not keep the module");
	must(close(fd));
	fd = small_consumer();
	check(module_unload() == EAGAIN, "a consumer does not keep the module");
	check_traces(fd);
	must(close(fd));
	module_reload();
}

/* Descriptors and mappings go in any order. */
static void any_order(void)
{
	struct part {
		void *at;
		size_t len;
		int fd;
	} part[6], swap;
	unsigned turn, i, k;

	for (turn = 0; turn < effort(20); turn++) {
		part[0].fd = small_consumer();
		part[1].fd = device_open(cpus_possible() - 1, O_RDWR);
		must(join(part[1].fd, part[0].fd));
		for (i = 2; i < 6; i++) {
			part[i].fd = -1;
			part[i].len = i < 4 ? 4096 + 4096 + 2 * SCT_RING_MIN : SCT_PID_LIMIT;
			part[i].at = mmap(NULL, part[i].len, PROT_READ, MAP_SHARED, part[i & 1].fd,
					  i < 4 ? 0 : SCT_MMAP_SCOPE);
			check(part[i].at != MAP_FAILED, "%s", strerror(errno));
		}
		for (i = 0; i < 6; i++) {
			k = i + random_u32() % (6 - i);
			swap = part[i];
			part[i] = part[k];
			part[k] = swap;
			if (part[i].fd >= 0)
				must(close(part[i].fd));
			else
				must(munmap(part[i].at, part[i].len));
			call_getppid(1);
		}
	}
	module_reload();
}

/* ---- read-only ---- */

static void read_only(void)
{
	struct sct_setup s = setup_for(&want);
	int fd = device_open(0, O_RDONLY);
	__u64 offset;
	void *p;

	must(setup(fd, &s));
	for (offset = 0; offset <= SCT_MMAP_SCOPE; offset += SCT_MMAP_SCOPE) {
		p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset);
		check(p == MAP_FAILED && errno == EACCES, "offset %#llx of a read-only file is writable",
		      offset);
		p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, offset);
		if (p == MAP_FAILED)
			continue;
		must_fail(mprotect(p, 4096, PROT_READ | PROT_WRITE), EACCES);
		must(munmap(p, 4096));
	}
	must(attach(fd, KINDS_CALLS));
	must(close(fd));
}

/* ---- many ---- */

static void many(void)
{
	const unsigned n = effort(24), nhalf = 400;
	int *fds = calloc(n, sizeof(*fds)), half[400];
	struct rlimit old, files = { n + nhalf + 64, n + nhalf + 64 };
	unsigned i;

	check(fds, "out of memory");
	must(getrlimit(RLIMIT_NOFILE, &old));
	must(setrlimit(RLIMIT_NOFILE, &files));
	for (i = 0; i < nhalf; i++)
		half[i] = device_open(i % cpus_possible(), O_RDWR);
	for (i = 0; i < n; i++)
		fds[i] = small_consumer();
	for (i = 0; i < nhalf; i++)
		must(close(half[i]));
	/* the first ones go while the others are traced */
	for (i = 0; i < n; i++) {
		check_traces(fds[n - 1]);
		must(close(fds[i]));
	}
	free(fds);
	must(setrlimit(RLIMIT_NOFILE, &old));
	module_reload();
}

static void no_more_descriptors(void)
{
	struct rlimit old, few = { 24, 24 };
	int fd = small_consumer(), fds[32], n = 0;

	must(getrlimit(RLIMIT_NOFILE, &old));
	few.rlim_max = old.rlim_max;
	must(setrlimit(RLIMIT_NOFILE, &few));
	while ((fds[n] = open("/dev/" SCT_DEVICE_NAME "0", O_RDWR)) >= 0) {
		must(join(fds[n], fd));
		check(++n < 32, "more descriptors than the limit");
	}
	check(errno == EMFILE, "%s", strerror(errno));
	check_traces(fd);
	while (n)
		must(close(fds[--n]));
	must(close(fd));
	must(setrlimit(RLIMIT_NOFILE, &old));
	module_reload();
}

static void nothing(void *arg)
{
	(void)arg;
}

/*
 * More memory than there is: refused, and all is given back.  Nor do smaller and smaller rings take
 * what others need to go on.
 */
static void too_much(void)
{
	struct sct_setup s = setup_for(&want);
	unsigned n = 0;
	int fds[256], last;

	s.config.wake_bytes = 0;
	for (s.config.ring_size = SCT_RING_MAX; s.config.ring_size >= 1 << 20; s.config.ring_size /= 2) {
		do {
			check(n < 256, "256 consumers, the last with %llu bytes for each CPU", s.config.ring_size);
			fds[n++] = device_open(0, O_RDWR);
		} while (!setup(fds[n - 1], &s));
		check(errno == ENOMEM, "%s", strerror(errno));
	}
	wait_for(spawn(nothing, NULL));
	/* the last as if nothing had been */
	last = fds[--n];
	must_fail(attach(last, KINDS_CALLS), EINVAL);
	while (n)
		must(close(fds[--n]));
	s.config.ring_size = SCT_RING_MIN;
	must(setup(last, &s));
	must(close(last));
	module_reload();
}

int main(void)
{
	begin();
	want_getppid(&want);
	half_open();
	joins();
	forked();
	duplicated();
	passed();
	outlives_parent();
	unload();
	lives_by_mapping();
	any_order();
	read_only();
	many();
	no_more_descriptors();
	too_much();
	return 0;
}
