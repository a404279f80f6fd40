// SPDX-License-Identifier: MIT
/*
 * Traced processes whose threads change under the module's eyes what it looks at: arguments in
 * memory, descriptors, directories, peers of sockets, names, executables.  Every record must be
 * well-formed, every event accounted for.
 */
#include "consumer.h"
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdnoreturn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

#define AREA_PAGES 16u
#define PAGE	   4096u

static unsigned run_ms;
static char self[] = "prog";	/* a copy of this program; with an argument it does nothing */

static __u32 next(__u32 *r)
{
	*r = *r * 1664525 + 1013904223;
	return *r >> 8;
}

/* ---- descriptors that come and go ---- */

#define FD_FROM 40	/* those that others use */
#define FD_TO	56
#define FD_KEPT 60	/* those that they are made of */
#define NKEPT	8

static void keep(int fd, unsigned i)
{
	must(dup2(fd, FD_KEPT + i));
	must(close(fd));
}

static void make_descriptors(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int pair[2], fd;

	must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair));
	keep(pair[0], 0);
	keep(pair[1], 1);
	must(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, pair));
	keep(pair[0], 2);
	keep(pair[1], 3);
	fd = must(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0));
	snprintf(a.sun_path, sizeof(a.sun_path), "listen%d", getpid());
	must(bind(fd, (struct sockaddr *)&a, sizeof(a)));
	must(listen(fd, 4));
	keep(fd, 4);
	keep(must(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)), 5);
	keep(must(open("file", O_RDWR | O_CREAT, 0600)), 6);
	keep(must(open(".", O_RDONLY | O_DIRECTORY)), 7);
}

static noreturn void *change_descriptors(void *arg)
{
	__u32 r = (unsigned long)arg;
	int fd;

	for (;;) {
		fd = FD_FROM + next(&r) % (FD_TO - FD_FROM);
		if (next(&r) % 3)
			dup2(FD_KEPT + next(&r) % NKEPT, fd);
		else
			close(fd);
	}
}

/* ---- memory that comes and goes ---- */

static __u8 *area;

/* It may be gone when we return: only the kernel looks at it. */
static void *some_memory(__u32 *r)
{
	__u32 n = next(r) % (AREA_PAGES * PAGE);

	switch (next(r) % 4) {
	case 0:		/* just before a page's end */
		return area + (n | (PAGE - 1)) - next(r) % 40;
	case 1:
		return area + n / 8 * 8;
	case 2:		/* where all of them look */
		return area + n % 64 * 8;
	default:
		return area + n;
	}
}

static __u64 some_number(__u32 *r)
{
	static const __u64 special[] = {
		0, 1, 2, 8, 16, 110, 128, 1024, 1025, 4095, 4096, 4097, 65536, INT_MAX, 1ull << 31,
		UINT_MAX, 1ull << 32, 1ull << 47, 1ull << 63, ~0ull, -4095ull,
	};

	return next(r) % 2 ? special[next(r) % (sizeof(special) / sizeof(special[0]))]
			   : next(r) % 300;
}

/* What programs put there: paths, arrays of buffers and of strings, messages, addresses. */
static void fill_page(__u8 *page, __u32 *r)
{
	static const char letters[] = "aab/.";
	struct iovec *iov = (void *)page;
	struct msghdr *m = (void *)page;
	void **pointers = (void *)page;
	__u32 i, what = next(r) % 6, n = next(r) % PAGE;

	switch (what) {
	case 0:
		for (i = 0; i < n; i++)
			page[i] = letters[next(r) % 5];
		page[n] = 0;
		break;
	case 1:
		memset(page, 'a', PAGE);	/* no end */
		break;
	case 2:
		for (i = 0; i < PAGE / sizeof(*iov); i++)
			iov[i] = (struct iovec){ some_memory(r), some_number(r) };
		break;
	case 3:
		for (i = 0; i < PAGE / sizeof(*m); i++)
			m[i] = (struct msghdr){
				.msg_name = some_memory(r), .msg_namelen = next(r) % 130,
				.msg_iov = some_memory(r), .msg_iovlen = some_number(r),
				.msg_control = some_memory(r), .msg_controllen = some_number(r),
			};
		break;
	case 4:
		for (i = 0; i < PAGE / sizeof(*pointers); i++)
			pointers[i] = next(r) % 16 ? some_memory(r) : NULL;
		break;
	default:
		for (i = 0; i + sizeof(struct sockaddr_un) < PAGE; i += 128)
			*(struct sockaddr_un *)(page + i) = (struct sockaddr_un){
				.sun_family = next(r) % 12, .sun_path = "a/b" };
		break;
	}
}

static noreturn void *change_memory(void *arg)
{
	__u32 r = (unsigned long)arg;
	__u8 *page;

	for (;;) {
		page = area + next(&r) % AREA_PAGES * PAGE;
		switch (next(&r) % 8) {
		case 0:
			mprotect(page, PAGE, PROT_NONE);
			sched_yield();
			mprotect(page, PAGE, PROT_READ | PROT_WRITE);
			break;
		case 1:
			munmap(page, PAGE);
			break;
		case 2:
			madvise(page, PAGE, MADV_DONTNEED);
			break;
		case 3:
			mprotect(page, PAGE, PROT_READ);
			break;
		default:
			/* only this thread maps here, and only there it may write */
			if (mmap(page, PAGE, PROT_READ | PROT_WRITE,
				 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != page)
				fail("mmap: %s", strerror(errno));
			fill_page(page, &r);
			break;
		}
	}
}

/*
 * Calls that harm nobody whatever they are given, as long as paths are made of "ab/.".  An argument
 * is p: memory, f: descriptor, d: directory, n: number, 0: nothing, c: few flags, D: MSG_DONTWAIT
 */
static const struct {
	int nr;
	const char *args;
} calls[] = {
	{ SYS_openat, "dpcn" }, { SYS_openat, "fpcn" }, { SYS_openat2, "dppn" }, { SYS_open, "pcn" },
	{ SYS_newfstatat, "dppc" }, { SYS_stat, "pp" }, { SYS_statx, "dpcnp" },
	{ SYS_readlinkat, "dppn" }, { SYS_faccessat, "dpc" }, { SYS_unlinkat, "dpc" },
	{ SYS_renameat2, "dpdpc" }, { SYS_rename, "pp" }, { SYS_linkat, "dpdpc" },
	{ SYS_symlinkat, "pdp" }, { SYS_mkdirat, "dpn" }, { SYS_fchmodat, "dpn" },
	{ SYS_utimensat, "dppc" }, { SYS_execve, "ppp" },
	{ SYS_execveat, "dpppc" }, { SYS_chdir, "p" }, { SYS_getcwd, "pn" }, { SYS_truncate, "pn" },
	{ SYS_writev, "fpn" }, { SYS_readv, "fpn" }, { SYS_pwritev, "fpn0" }, { SYS_preadv, "fpn0" },
	{ SYS_write, "fpn" }, { SYS_read, "fpn" }, { SYS_pread64, "fpn0" }, { SYS_getdents64, "fpn" },
	{ SYS_sendmsg, "fpD" }, { SYS_recvmsg, "fpD" }, { SYS_sendmmsg, "fpnD" },
	{ SYS_recvmmsg, "fpnD0" }, { SYS_sendto, "fpnDpn" }, { SYS_recvfrom, "fpnDpp" },
	{ SYS_connect, "fpn" }, { SYS_bind, "fpn" }, { SYS_accept4, "fppc" }, { SYS_getsockname, "fpp" },
	{ SYS_getpeername, "fpp" }, { SYS_setsockopt, "fccpn" }, { SYS_getsockopt, "fccpp" },
	{ SYS_socketpair, "cc0p" }, { SYS_pipe2, "pc" }, { SYS_poll, "pn0" }, { SYS_fstat, "fp" },
	{ SYS_ioctl, "fnp" }, { SYS_epoll_ctl, "fcfp" }, { SYS_inotify_add_watch, "fpc" },
	{ SYS_memfd_create, "pc" }, { SYS_setxattr, "pppnc" }, { SYS_getxattr, "pppn" },
	{ SYS_name_to_handle_at, "dpppc" }, { SYS_getrandom, "pnc" }, { SYS_capget, "pp" },
	{ SYS_wait4, "0pDp" }, { SYS_prlimit64, "0c0p" }, { SYS_sched_getaffinity, "0np" },
	{ SYS_statfs, "pp" }, { SYS_fstatfs, "fp" }, { SYS_fsconfig, "fcppc" }, { SYS_io_submit, "nnp" },
	{ SYS_futex, "pcn" }, { SYS_mq_open, "pcn0" }, { SYS_sendfile, "ffpn" }, { SYS_splice, "fpfpnc" },
	{ SYS_copy_file_range, "fpfpnc" }, { SYS_fcntl, "fcp" }, { SYS_acct, "p" },
	{ SYS_quotactl, "npnp" }, { SYS_bpf, "npn" }, { SYS_perf_event_open, "p000c" },
	{ SYS_add_key, "pppn" }, { SYS_io_uring_setup, "np" }, { SYS_getgroups, "np" },
};
#define NCALLS (sizeof(calls) / sizeof(calls[0]))

static long some_arg(char what, __u32 *r)
{
	switch (what) {
	case 'p':
		return next(r) % 64 ? (long)some_memory(r) : (long)some_number(r);
	case 'f':
		return FD_FROM + next(r) % (FD_TO - FD_FROM);
	case 'd':
		return next(r) % 4 ? AT_FDCWD : FD_FROM + (long)(next(r) % (FD_TO - FD_FROM));
	case 'n':
		return some_number(r);
	case 'c':
		return next(r) % 8;
	case 'D':
		return MSG_DONTWAIT | 1;	/* for wait4() WNOHANG */
	default:
		return 0;
	}
}

/* In a process that shares the memory, so that it changes for this call, too. */
static void exec_at_random(__u32 *r)
{
	char **argv = some_memory(r), **envp = some_memory(r);

	if (!vfork()) {	/* NOLINT: the memory must be shared */
		execve(self, argv, envp);
		_exit(0);
	}
}

static noreturn void *call_at_random(void *arg)
{
	__u32 r = (unsigned long)arg, i;
	long a[6];
	const char *p;

	for (;;) {
		i = next(&r) % NCALLS;
		if (calls[i].nr == SYS_futex && next(&r) % 2)	/* FUTEX_WAIT waits */
			continue;
		memset(a, 0, sizeof(a));
		for (p = calls[i].args; *p; p++)
			a[p - calls[i].args] = some_arg(*p, &r);
		if (calls[i].nr == SYS_futex)
			a[1] = 1;		/* FUTEX_WAKE */
		if (calls[i].nr == SYS_fcntl)
			a[1] %= 4;		/* no locks */
		if (calls[i].nr == SYS_prlimit64)
			a[2] = 0;
		syscall(calls[i].nr, a[0], a[1], a[2], a[3], a[4], a[5]);
		if (next(&r) % 256 == 0)
			exec_at_random(&r);
		if (next(&r) % 256 == 0)	/* what was opened meanwhile */
			syscall(SYS_close_range, FD_KEPT + NKEPT, ~0u, 0);
	}
}

static void change_arguments(void *arg)
{
	pthread_t t;

	(void)arg;
	area = mmap(NULL, AREA_PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	check(area != MAP_FAILED, "%s", strerror(errno));
	make_descriptors();
	signal(SIGCHLD, SIG_IGN);	/* nobody waits */
	start_thread(&t, change_memory, (void *)(unsigned long)random_u32());
	start_thread(&t, change_descriptors, (void *)(unsigned long)random_u32());
	start_thread(&t, call_at_random, (void *)(unsigned long)random_u32());
	call_at_random((void *)(unsigned long)random_u32());
}

/* ---- directories and executables that are moved and removed ---- */

static void move_directories(void *arg)
{
	(void)arg;
	for (;;) {
		mkdir("w", 0700);
		mkdir("w/a", 0700);
		if (link(self, "w/a/x") && errno != EEXIST && errno != ENOENT)
			fail("link: %s", strerror(errno));
		sched_yield();
		rename("w/a", "w/c");
		rename("w/c/x", "w/c/y");
		rename("w", "v");
		sched_yield();
		unlink("v/c/y");
		rmdir("v/c");
		rmdir("v");
		unlink("w/a/x");
		unlink("w/c/x");
		unlink("w/c/y");
		rmdir("w/a");
		rmdir("w/c");
		rmdir("w");
	}
}

static void exec_what_moves(void *arg)
{
	char *const argv[] = { self, "nothing", NULL };
	int dir, fd;

	(void)arg;
	signal(SIGCHLD, SIG_IGN);	/* nobody waits */
	for (;;) {
		dir = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (!vfork()) {	/* NOLINT: it is what programs do */
			execv("w/a/x", argv);
			_exit(0);
		}
		if (!chdir("w/a")) {
			fd = open("x", O_RDONLY);
			if (!must(fork())) {
				fexecve(fd, argv, environ);
				execv("../c/x", argv);
				_exit(0);
			}
			syscall(SYS_getcwd, (char[64]){ 0 }, 64);
			close(fd);
			must(fchdir(dir));
		}
		close(dir);
	}
}

static void exec_memory(void *arg)
{
	int written = must(memfd_create("in memory", 0)), fd = must(open(self, O_RDONLY)), memory;
	char *const argv[] = { "from memory", "nothing", NULL };
	char buf[PAGE], path[32];
	pid_t pid;
	long n;

	(void)arg;
	while ((n = must(read(fd, buf, sizeof(buf)))))
		check(write(written, buf, n) == n, "%s", strerror(errno));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", written);
	memory = must(open(path, O_RDONLY | O_CLOEXEC));
	must(close(written));	/* else it is busy */
	for (;;) {
		pid = must(fork());
		if (!pid) {
			fexecve(memory, argv, environ);
			fail("fexecve: %s", strerror(errno));
		}
		wait_for(pid);
	}
}

static void *exec_from_thread(void *arg)
{
	char *const argv[] = { "by a thread", "nothing", NULL };

	(void)arg;
	execv("/proc/self/exe", argv);
	fail("execv: %s", strerror(errno));
}

static noreturn void *call_for_ever(void *arg)
{
	(void)arg;
	for (;;) {
		call_getppid(1);
		close(open("/dev/null", O_RDONLY));
	}
}

static void exec_beside_threads(void *arg)
{
	pthread_t t;
	pid_t pid;

	(void)arg;
	for (;;) {
		pid = must(fork());
		if (!pid) {
			start_thread(&t, call_for_ever, NULL);
			start_thread(&t, exec_from_thread, NULL);
			call_for_ever(NULL);
		}
		wait_for(pid);
	}
}

/* ---- sockets whose peers change ---- */

#define NSOCKETS 3
static int sockets[NSOCKETS];

static struct sockaddr_un socket_name(unsigned i)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	snprintf(a.sun_path, sizeof(a.sun_path), "s%u-%d", i, getpid());
	return a;
}

static noreturn void *change_peers(void *arg)
{
	const struct sockaddr nobody = { .sa_family = AF_UNSPEC };
	__u32 r = (unsigned long)arg;
	struct sockaddr_un a;
	int fd;

	for (;;) {
		fd = sockets[next(&r) % NSOCKETS];
		a = socket_name(next(&r) % NSOCKETS);
		switch (next(&r) % 4) {
		case 0:
			(void)connect(fd, &nobody, sizeof(nobody));
			break;
		case 1:		/* another socket takes the descriptor */
			fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
			unlink(a.sun_path);
			(void)bind(fd, (struct sockaddr *)&a, sizeof(a));
			dup2(fd, sockets[next(&r) % NSOCKETS]);
			close(fd);
			break;
		default:
			(void)connect(fd, (struct sockaddr *)&a, sizeof(a));
			break;
		}
	}
}

static void talk_to_changing_peers(void *arg)
{
	struct sockaddr_un a;
	pthread_t t;
	__u32 r = random_u32();
	unsigned i;
	char data[64] = "";
	int fd;

	(void)arg;
	for (i = 0; i < NSOCKETS; i++)
		sockets[i] = must(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0));
	for (i = 0; i < 2; i++)
		start_thread(&t, change_peers, (void *)(unsigned long)random_u32());
	for (;;) {
		fd = sockets[next(&r) % NSOCKETS];
		a = socket_name(next(&r) % NSOCKETS);
		if (next(&r) % 2)
			sendto(fd, data, sizeof(data), MSG_DONTWAIT, (struct sockaddr *)&a, sizeof(a));
		else
			send(fd, data, sizeof(data), MSG_DONTWAIT);
		recvfrom(fd, data, sizeof(data), MSG_DONTWAIT, NULL, NULL);
	}
}

/* ---- a process that changes what it is called ---- */

static noreturn void *change_names(void *arg)
{
	__u32 r = (unsigned long)arg;
	char name[32];

	for (;;) {
		memset(name, 'a' + next(&r) % 26, sizeof(name));
		name[next(&r) % sizeof(name)] = 0;
		name[sizeof(name) - 1] = 0;
		prctl(PR_SET_NAME, name);
		prctl(PR_GET_NAME, name);
	}
}

static void change_itself(void *arg)
{
	int fds[2];
	pthread_t t;
	unsigned i;

	(void)arg;
	fds[0] = must(open(self, O_RDONLY));
	fds[1] = must(open("/proc/self/exe", O_RDONLY));
	for (i = 0; i < 2; i++)
		start_thread(&t, change_names, (void *)(unsigned long)random_u32());
	for (i = 0;; i++) {	/* refused where the old one is mapped, which must not matter */
		prctl(PR_SET_MM, PR_SET_MM_EXE_FILE, fds[i % 2], 0, 0);
		prctl(PR_SET_MM, PR_SET_MM_ARG_START, i % 2 ? 0x10000 : (long)&i, 0, 0);
		prctl(PR_SET_MM, PR_SET_MM_ARG_END, i % 3 ? 0x7fffffff0000 : (long)(&i + 1), 0, 0);
		setpgid(0, 0);
		syscall(SYS_setresuid, -1, -1, i % 2 ? 0 : -1);
		call_getppid(1);
	}
}

/* ---- all of them ---- */

static void (*const troubles[])(void *arg) = {
	change_arguments, change_arguments, move_directories, exec_what_moves, exec_memory,
	exec_beside_threads, talk_to_changing_peers, change_itself,
};
#define NTROUBLES (sizeof(troubles) / sizeof(troubles[0]))

static void copy_self(void)
{
	int from = must(open("/proc/self/exe", O_RDONLY)), to = must(open(self, O_WRONLY | O_CREAT, 0700));
	char buf[PAGE];
	long n;

	while ((n = must(read(from, buf, sizeof(buf)))))
		check(write(to, buf, n) == n, "%s", strerror(errno));
	must(close(from));
	must(close(to));
}

/* Its threads and children are traced from the start on: they inherit it from us. */
static void run(const char *what, unsigned first, unsigned n)
{
	pid_t pids[NTROUBLES];
	struct consumer c;
	struct totals t;
	unsigned i;

	consumer_init(&c);
	want_all(&c.want, SCT_WANT_EXIT | SCT_WANT_ENTER);
	c.set.config.ring_size = 4 << 20;
	c.set.config.snaplen = SCT_SNAPLEN_MAX;
	consumer_open(&c);
	consumer_start_reading(&c);
	consumer_attach(&c, KINDS_ALL);
	for (i = 0; i < n; i++) {
		pids[i] = spawn(troubles[first + i], NULL);
		consumer_trace_only(&c, pids[i]);
	}
	sleep_ms(run_ms);
	for (i = 0; i < n; i++)
		end_child(pids[i]);
	consumer_stop_reading(&c);
	consumer_finish(&c, &t);
	printf("%s: seen %llu, filtered %llu, delivered %llu, dropped %llu\n", what, t.seen, t.filtered,
	       t.delivered, t.dropped);
	check(t.delivered > 100, "only %llu were delivered", t.delivered);
	consumer_close(&c);
}

/* Or a copy, which was executed with whatever arguments? */
static bool is_the_test(void)
{
	char path[PATH_MAX] = "";

	return readlink("/proc/self/exe", path, sizeof(path) - 1) > 0 && strstr(path, "/test_args") &&
	       !strstr(path, "(deleted)");
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/hostile.XXXXXX";

	(void)argv;
	if (argc > 1 || !is_the_test())
		return 0;
	begin();
	run_ms = effort(4000);
	check(mkdtemp(dir), "%s: %s", dir, strerror(errno));
	must(chdir(dir));
	copy_self();
	run("arguments", 0, 2);
	run("executables", 2, 4);
	run("peers and names", 6, 2);
	run("all", 0, NTROUBLES);
	must(chdir("/"));
	module_reload();
	return 0;
}
