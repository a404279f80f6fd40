// SPDX-License-Identifier: MIT
/* The calls and events of the live tests, and what is not among those; see workload.h. */
#include "workload.h"
#include "calls.h"
#include "calls_abi.h"
#include "events.h"
#include "families.h"
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define NOBODY 65534

/* Run a function in a process of its own, and return how that ended. */
static int in_process(void (*run)(void))
{
	pid_t pid = syscall(SYS_fork);
	int status;

	if (!pid) {
		run();
		end_process(0);
	}
	if (pid < 0 || syscall(SYS_wait4, pid, &status, 0, NULL) != pid)
		die("a process of its own");
	return status;
}

static void be_nobody(void)
{
	if (syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) ||
	    syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY))
		die("becoming nobody");
}

/* ---- each number of the tables ---- */

#define NATIVE	   0	/* in sct_syscall_info.nr */
#define I386	   1
#define X32_BIT	   0x40000000	/* Linux: __X32_SYSCALL_BIT */
#define ANY	   16	/* no pointer, open descriptor, flag or command that does something */
#define MOMENT_US  20000

const struct left_out left_out64[] = {
	{ "uprobe", "it is the kernel's own: elsewhere it may be refused or kill" },
	{ "uretprobe", "it is the kernel's own: elsewhere it may be refused or kill" },
	{ NULL, NULL },
};

const struct left_out left_out32[] = {
	{ "sync", "it writes back all that the machine has, and x86-64's is made" },
	{ NULL, NULL },
};

static bool is_in(const struct left_out *list, const char *name)
{
	for (; list->name; list++)
		if (!strcmp(list->name, name))
			return true;
	return false;
}

/* Those that end the process, wait, or come back twice. */
static bool needs_process(const char *name)
{
	static const char *const names[] = {
		"clone", "exit", "exit_group", "fork", "pause", "rt_sigreturn", "sigreturn",
		"sigsuspend", "vfork",
	};
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

static void call_number(int abi, int nr)
{
	static const uint64_t args[6] = { ANY, ANY, ANY, ANY, ANY, ANY };

	if (abi == I386)
		int80(nr, args);
	else
		syscall(nr, ANY, ANY, ANY, ANY, ANY, ANY);
}

static int its_abi, its_number;
static bool may_fork, is_return;

static void allow_processes(rlim_t n)
{
	const struct rlimit limit = { n, n };

	if (syscall(SYS_setrlimit, RLIMIT_NPROC, &limit))
		die("a limit of processes");
}

/* A handler's return takes what it returns to from the stack: there it must not find something. */
__attribute__((noreturn)) static void return_to_nowhere(void)
{
	__asm__ volatile("mov %1, %%rsp\n\t"
			 "int $0x80\n\t"
			 "ud2" : : "a"(its_number), "i"(ANY) : "memory");
	__builtin_unreachable();
}

static void call_it(void)
{
	const struct itimerval soon = { .it_value.tv_usec = MOMENT_US }, never = {};

	if (!may_fork)
		allow_processes(0);
	syscall(SYS_setitimer, ITIMER_REAL, &soon, NULL);
	if (is_return)
		return_to_nowhere();
	call_number(its_abi, its_number);
	/* of a child that nobody waits for the parent would change at any moment */
	syscall(SYS_setitimer, ITIMER_REAL, &never, NULL);
	while (syscall(SYS_wait4, -1, NULL, __WALL, NULL) > 0)
		;
}

/*
 * Of 64-bit calls, the families make those that events are named after, but for pause; and handlers
 * return.
 */
static bool is_due(const struct sct_syscall_info *call, int abi)
{
	if (call->nr[abi] < 0 || is_in(abi == I386 ? left_out32 : left_out64, call->name))
		return false;
	return abi == I386 ||
	       ((strcmp(call->event->name, call->name) || !strcmp(call->name, "pause")) &&
		strcmp(call->name, "rt_sigreturn"));
}

/* As nobody, who cannot reboot the machine. */
static void call_numbers(int abi)
{
	const struct sct_syscall_info *call;
	unsigned i;

	be_nobody();
	for (i = 0; (call = sct_syscall_at(i)); i++) {
		if (!is_due(call, abi))
			continue;
		its_abi = abi;
		its_number = call->nr[abi];
		may_fork = strcmp(call->name, "vfork");	/* both would return to the same stack */
		is_return = strstr(call->name, "sigreturn");
		if (needs_process(call->name))
			in_process(call_it);
		else
			call_number(abi, its_number);
	}
}

static void native_numbers(void)
{
	call_numbers(NATIVE);
}

static void numbers_of_i386(void)
{
	call_numbers(I386);
}

/* No kernel of a distribution takes them, but each can be asked. */
static void numbers_of_x32(void)
{
	call_number(NATIVE, X32_BIT | SYS_getppid);
	call_number(NATIVE, X32_BIT | SYS_openat);
	call_number(NATIVE, X32_BIT | 512);	/* rt_sigaction of x32 only */
	call_number(NATIVE, X32_BIT | 9999);
	call_number(NATIVE, -1);
	call_number(NATIVE, INT_MIN);
}

/* ---- failures and successes that the families do not have ---- */

static void without_descriptors(void)
{
	const struct rlimit none = { 0, 0 };

	syscall(SYS_setrlimit, RLIMIT_NOFILE, &none);
	syscall(SYS_inotify_init);
	syscall(SYS_eventfd, 0);
	syscall(SYS_epoll_create, 1);
}

static void without_processes(void)
{
	be_nobody();
	allow_processes(0);
	if (!syscall(SYS_fork))
		end_process(0);
	syscall(SYS_vfork);	/* it fails: no second one returns from here */
	syscall(SYS_setsid);
	syscall(SYS_setsid);
}

/* union bpf_attr of BPF_MAP_CREATE */
static void make_map(void)
{
	const struct {
		unsigned type, key_size, value_size, max_entries;
		char more[48];
	} attr = { 2, 4, 4, 1, "" };

	syscall(SYS_bpf, 0, &attr, sizeof(attr));
}

/* ---- long and ragged data ---- */

#define PAGE	 4096u
#define LONG	 70000u	/* more than is ever kept */
#define PIECES	 40u	/* of which no 32 are looked at */

/* Memory of n bytes that end where no memory follows. */
static char *at_the_edge(size_t n)
{
	size_t whole = (n + PAGE - 1) / PAGE * PAGE;
	char *p = mmap(NULL, whole + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED || munmap(p + whole, PAGE))
		die("memory with an edge");
	return p + whole - n;
}

static void long_data(void)
{
	char *buf = at_the_edge(LONG), *got = at_the_edge(LONG);
	struct iovec v[PIECES];
	struct msghdr msg = { .msg_iov = v, .msg_iovlen = PIECES };
	int fd = syscall(SYS_memfd_create, "long", 0), fds[2];
	unsigned i;

	for (i = 0; i < LONG; i++)
		buf[i] = i * 7;
	for (i = 0; i < PIECES; i++)
		v[i] = (struct iovec){ buf + i * 1000, i % 3 * 500 };
	if (syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, fds))
		die("socketpair");
	syscall(SYS_write, fd, buf, LONG);
	syscall(SYS_write, fd, buf + 1, LONG);		/* a part can be read */
	syscall(SYS_write, -1, buf + LONG - 50, 100);
	syscall(SYS_pread64, fd, got, LONG, 0);
	syscall(SYS_pread64, fd, got + LONG - 5000, 10000, 0);
	syscall(SYS_writev, fd, v, PIECES);
	syscall(SYS_pwritev, fd, v, PIECES - 10, 100, 0);
	syscall(SYS_sendto, fds[0], buf, 30000, 0, NULL, 0);
	syscall(SYS_recvfrom, fds[1], got, LONG, 0, NULL, NULL);
	syscall(SYS_sendmsg, fds[0], &msg, 0);
	for (i = 0; i < PIECES; i++)
		v[i].iov_base = got + i * 1000;
	syscall(SYS_recvmsg, fds[1], &msg, 0);
	syscall(SYS_preadv, fd, v, PIECES, 0, 0);
	v[1].iov_base = BAD_PTR;
	syscall(SYS_preadv, fd, v, PIECES, 0, 0);
	syscall(SYS_writev, fd, v, PIECES);
	syscall(SYS_setsockopt, fds[0], SOL_SOCKET, 12345, buf, LONG);
	syscall(SYS_poll, at_the_edge(3 * sizeof(struct pollfd)), 5, 0);
	syscall(SYS_close, fds[0]);
	syscall(SYS_close, fds[1]);
	syscall(SYS_close, fd);
}

/* What nobody touched is not in memory: it reads as zeros, or cannot be read while a probe runs. */
static void untouched_data(void)
{
	char *p = at_the_edge(4 * PAGE);

	syscall(SYS_write, -1, p, PAGE);
	syscall(SYS_write, -1, p + PAGE - 10, 20);
	syscall(SYS_access, p + 2 * PAGE, F_OK);
	p[2 * PAGE - 1] = 'x';
	syscall(SYS_write, -1, p + PAGE, 2 * PAGE);
	syscall(SYS_access, p + 2 * PAGE - 1, F_OK);
	p[3 * PAGE] = 0;
	syscall(SYS_access, p + 2 * PAGE - 1, F_OK);
}

static void strings(void)
{
	static const unsigned lengths[] = { 1, 7, 8, 9, 255, 4094, 4095, 4096, 4097, 9000 };
	char *argv[4] = { NULL };
	char *s;
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		s = at_the_edge(lengths[i] + 1);
		memset(s, 's', lengths[i]);
		syscall(SYS_access, s, F_OK);		/* the end is the last that can be read */
		syscall(SYS_symlinkat, s, -1, s + 1);
		syscall(SYS_execve, s, NULL, NULL);
		argv[0] = argv[1] = argv[2] = s;
		syscall(SYS_execve, "/nowhere", argv, argv + 1);
		s[lengths[i]] = 's';			/* there is none */
		syscall(SYS_access, s, F_OK);
		syscall(SYS_execve, "/nowhere", argv, argv + 1);
		syscall(SYS_memfd_create, s, 0);
	}
	syscall(SYS_access, "\xff\x01 \n\"\\", F_OK);
}

/* More than are ever read. */
static void many_strings(void)
{
	static char *argv[3000];
	unsigned i;

	for (i = 0; i + 1 < ARRAY_SIZE(argv); i++)
		argv[i] = i % 3 ? "argument" : "";
	syscall(SYS_execve, "/nowhere", argv, argv + 1);
	syscall(SYS_execve, "/nowhere", argv, BAD_PTR);
}

/* ---- programs ---- */

static char *programs[] = { "prog_forks", "prog_sockets", "prog_tcp", "prog_threads" };
static char paths[ARRAY_SIZE(programs)][4096];
static unsigned program;

static int new_file(const char *path, size_t size)
{
	static const char text[10000] = "pear\napple\nfig\n";
	int fd = syscall(SYS_open, path, O_RDWR | O_CREAT, 0600);

	if (fd < 0 || syscall(SYS_write, fd, text, size) != (long)size)
		die("%s", path);
	return fd;
}

/* In a directory of its own, with what it expects there. */
static void run_program(void)
{
	char *argv[] = { programs[program], NULL }, dir[32];

	snprintf(dir, sizeof(dir), "of-%d", pid_now());
	if (syscall(SYS_mkdir, dir, 0700) || syscall(SYS_chdir, dir) || syscall(SYS_mkdir, "dir", 0700))
		die("a directory for a program");
	new_file("fruit", 15);
	new_file("numbers", 10000);
	new_file("dir/empty", 0);
	syscall(SYS_dup2, new_file("output", 0), STDOUT_FILENO);
	syscall(SYS_execve, paths[program], argv, environ);
	die("%s", paths[program]);
}

static void run_programs(void)
{
	int status;

	for (program = 0; program < ARRAY_SIZE(programs); program++) {
		status = in_process(run_program);
		if (!WIFEXITED(status) || WEXITSTATUS(status) == 1)	/* see must() in prog.h */
			die("%s ended with status %#x", programs[program], status);
	}
}

/* ---- all of it ---- */

void prepare_workload(void)
{
	unsigned i;

	prepare_process();
	prepare_events();
	prepare_abi();
	for (i = 0; i < ARRAY_SIZE(programs); i++)
		if (!find_program(programs[i], paths[i], sizeof(paths[i])))
			fail("%s is missing: make tests builds it", programs[i]);
}

static void families(void)
{
#define X(family)				\
	CALL(chdir, STR(path, test_dir));	\
	calls_##family();
	FAMILIES(X)
#undef X
}

void workload(void)
{
	families();
	calls_abi();
	in_process(native_numbers);
	if (have_32bit)
		in_process(numbers_of_i386);
	in_process(numbers_of_x32);
	in_process(without_descriptors);
	in_process(without_processes);
	in_process(make_map);
	in_process(long_data);
	in_process(untouched_data);
	in_process(strings);
	in_process(many_strings);
	run_programs();
	in_process(cause_events);
}
