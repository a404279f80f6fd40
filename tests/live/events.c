// SPDX-License-Identifier: MIT
/* What causes events that are no calls; see events.h. */
#include "events.h"
#include <fcntl.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>

struct facts *facts;

#define IS(p, v)	   { .param = #p, .how = IS_NUM, .num = (uint64_t)(v) }
#define IS_BETWEEN(p, a, b) { .param = #p, .how = IS_RANGE, .num = (a), .max = (b) }
#define IS_TEXT(p, s)	   { .param = #p, .how = IS_STRING, .data = (s) }
#define HAS_NOT(p)	   { .param = #p, .how = IS_NONE }

#define EXPECT(name, thread, ...)						\
	do {									\
		unsigned at = __atomic_fetch_add(&facts->n, 1, __ATOMIC_RELAXED);	\
		if (at >= ARRAY_SIZE(facts->list))				\
			die("no room for what is expected");			\
		facts->list[at] = (struct expected){				\
			.event = #name, .tid = (thread), .wants = { __VA_ARGS__ },	\
		};								\
	} while (0)

static uint64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

/* ---- processes ---- */

static void expect_exit(pid_t pid, int status, pid_t reaper)
{
	EXPECT(procexit, pid, IS(status, status), IS(ret, WIFEXITED(status) ? WEXITSTATUS(status) : 0),
	       IS(sig, WIFSIGNALED(status) ? WTERMSIG(status) : 0),
	       IS(core, WIFSIGNALED(status) && WCOREDUMP(status)), IS(reaper_tid, reaper));
}

static void wait_for(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) != pid)
		die("waiting for %d", pid);
	expect_exit(pid, status, 0);
}

/* Run a function in a new process and wait for its end. */
static void in_process(void (*run)(void))
{
	uint64_t before = now();
	pid_t self = getpid(), pid = fork();

	if (!pid) {
		run();
		end_process(0);
	}
	EXPECT(procfork, self, IS(child_tid, pid), IS(child_pid, pid), IS(child_vtid, pid),
	       IS(child_vpid, pid), IS_BETWEEN(start_time, before, now()));
	wait_for(pid);
}

static void exit_with_status(void)
{
	end_process(77);
}

static void die_of_signal(void)
{
	raise(SIGKILL);
}

static void die_with_core(void)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY }, none = { 0, 0 };

	if (setrlimit(RLIMIT_CORE, &all))	/* then the kernel sets no flag */
		setrlimit(RLIMIT_CORE, &none);
	EXPECT(signaldeliver, getpid(), IS(spid, getpid()), IS(dpid, getpid()), IS(sig, SIGABRT),
	       IS(code, SI_TKILL));
	abort();
}

/*
 * The child that is left behind is its grandfather's, who asked for such.  It sleeps while its
 * parent changes, and is woken then: two sessions see no call of it differently.
 */
static void leave_a_child(void)
{
	pid_t self = getpid(), pid;
	sigset_t end;
	int sig;

	sigemptyset(&end);
	sigaddset(&end, SIGUSR2);
	sigprocmask(SIG_BLOCK, &end, NULL);
	pid = fork();
	if (pid) {
		usleep(50000);
		return;
	}
	if (prctl(PR_SET_PDEATHSIG, SIGUSR2))
		die("PR_SET_PDEATHSIG");
	if (getppid() == self)
		sigwait(&end, &sig);
	expect_exit(self, 0, getppid());
	end_process(0);
}

static void leaving_a_child(void)
{
	pid_t self = getpid(), pid;

	if (prctl(PR_SET_CHILD_SUBREAPER, 1))
		die("PR_SET_CHILD_SUBREAPER");
	pid = fork();
	if (!pid) {
		leave_a_child();
		end_process(0);
	}
	EXPECT(procfork, self, IS(child_tid, pid), IS(child_pid, pid));
	if (waitpid(pid, NULL, 0) != pid || waitpid(-1, NULL, 0) < 0)
		die("waiting for children");
}

/* ---- programs ---- */

static char *const program[] = { "program", NULL };

/* What runs: where it is, its device and inode. */
#define IS_PROGRAM								\
	IS_TEXT(exe, facts->path), IS(exe_ino, facts->program.st_ino),		\
	IS(exe_dev, major(facts->program.st_dev) << 20 | minor(facts->program.st_dev))

static void know_program(void)
{
	if (stat("program", &facts->program) || !realpath("program", facts->path))
		die("stat of the program");
}

static void exec_program(void)
{
	EXPECT(procexec, getpid(), IS_TEXT(filename, "./program"), IS_TEXT(interp, "./program"),
	       IS(old_tid, getpid()), IS_PROGRAM);
	execv("./program", program);
}

static void exec_script(void)
{
	EXPECT(procexec, getpid(), IS_TEXT(filename, "script"), IS_TEXT(interp, "program"),
	       IS(old_tid, getpid()), IS_PROGRAM);
	execv("script", program);
}

static void *exec_in_thread(void *unused)
{
	EXPECT(procexec, getpid(), IS_TEXT(filename, "program"), IS_TEXT(interp, "program"),
	       IS(old_tid, tid_now()));
	execv("program", program);
	return unused;
}

static void thread_execs(void)
{
	uint64_t before = now();
	pthread_t thread;

	/* the thread's id is in what it says itself */
	EXPECT(procfork, getpid(), IS(child_pid, getpid()), IS(child_vpid, getpid()),
	       IS_BETWEEN(start_time, before, before + 10000000000));
	if (pthread_create(&thread, NULL, exec_in_thread, NULL))
		die("pthread_create");
	pthread_join(thread, NULL);
}

/* ---- signals: as the handler gets them ---- */

static void on_signal(int sig, siginfo_t *info, void *context)
{
	(void)context;
	EXPECT(signaldeliver, getpid(), IS(sig, sig), IS(code, info->si_code), IS(dpid, getpid()),
	       IS(spid, info->si_code == SI_KERNEL || sig == SIGSEGV ? 0 : info->si_pid));
	if (sig == SIGSEGV)
		end_process(0);
}

static void catch(int sig)
{
	struct sigaction action = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO };

	sigfillset(&action.sa_mask);	/* else a later one's handler may begin before an earlier one's */
	sigaction(sig, &action, NULL);
}

static void take_signals(void)
{
	const struct itimerval soon = { .it_value.tv_usec = 1000 };
	sigset_t alarm, before;
	const union sigval value = { .sival_int = 12345 };
	char *volatile nowhere = BAD_PTR;
	pid_t self = getpid(), pid;

	catch(SIGUSR1);
	catch(SIGUSR2);
	catch(SIGALRM);
	catch(SIGCHLD);
	catch(SIGSEGV);
	kill(self, SIGUSR1);
	raise(SIGUSR1);
	sigqueue(self, SIGUSR2, value);
	/* it may come before we wait for it */
	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	sigprocmask(SIG_BLOCK, &alarm, &before);
	setitimer(ITIMER_REAL, &soon, NULL);
	sigsuspend(&before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	pid = fork();
	if (!pid) {
		kill(self, SIGUSR2);
		end_process(3);
	}
	while (waitpid(pid, NULL, 0) < 0)
		;
	*nowhere = 1;
}

/* Of <trace/events/signal.h>, as the library names them. */
enum { DELIVERED, IGNORED, ALREADY_PENDING };

static void expect_sent(int sig, int code, bool group, int result)
{
	EXPECT(signalgenerate, getpid(), IS(dpid, getpid()), IS(dtid, getpid()), IS(sig, sig),
	       IS(code, code), IS(group, group), IS(result, result));
}

static void send_signals(void)
{
	sigset_t usr1;

	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_BLOCK, &usr1, NULL);
	signal(SIGUSR2, SIG_IGN);
	expect_sent(SIGUSR1, SI_USER, true, DELIVERED);
	kill(getpid(), SIGUSR1);
	expect_sent(SIGUSR1, SI_USER, true, ALREADY_PENDING);
	kill(getpid(), SIGUSR1);
	expect_sent(SIGUSR1, SI_TKILL, false, DELIVERED);
	raise(SIGUSR1);
	expect_sent(SIGUSR2, SI_TKILL, false, IGNORED);
	raise(SIGUSR2);
	if (kill(getpid(), 0))
		die("a signal that is none");
	expect_sent(SIGTERM, SI_USER, true, DELIVERED);
	kill(getpid(), SIGTERM);
}

/* ---- cgroups ---- */

#define CGROUPS "cgroup"	/* where the hierarchy is mounted */

/* Into a cgroup below the root that only this run of the test uses: it can be removed again. */
static void move_to_cgroup(void)
{
	char procs[sizeof(CGROUPS) + sizeof(facts->cgroup) + 16];
	int fd;

	snprintf(procs, sizeof(procs), CGROUPS "%s/cgroup.procs", facts->cgroup);
	fd = open(procs, O_WRONLY);
	EXPECT(cgroupattach, getpid(), IS(pid, getpid()), IS(tid, getpid()),
	       IS_TEXT(path, facts->cgroup), IS(threads, 1));
	if (fd < 0 || write(fd, "0", 1) != 1)
		die("moving to a cgroup");
}

static void in_cgroup(void)
{
	char cgroup[sizeof(CGROUPS) + sizeof(facts->cgroup)];

	if ((mkdir(CGROUPS, 0700) && errno != EEXIST) || mount("none", CGROUPS, "cgroup2", 0, NULL))
		return;	/* no such here */
	snprintf(facts->cgroup, sizeof(facts->cgroup), "/sctrace-test-%d", getpid());
	snprintf(cgroup, sizeof(cgroup), CGROUPS "%s", facts->cgroup);
	if (mkdir(cgroup, 0700) && errno != EEXIST)
		die("mkdir of a cgroup");
	in_process(move_to_cgroup);
	if (rmdir(cgroup) || umount(CGROUPS))
		die("rmdir of a cgroup");
}

/* ---- io_uring ---- */

/* As glibc has no calls for it: a ring, its memory, and what was submitted so far. */
static struct {
	int fd;
	unsigned char *rings;
	struct io_uring_sqe *sqes;
	struct io_uring_params p;
	unsigned submitted;
} ring;

static bool open_ring(void)
{
	const size_t size = 4096;

	ring.fd = syscall(SYS_io_uring_setup, 8, &ring.p);
	if (ring.fd < 0 || !(ring.p.features & IORING_FEAT_SINGLE_MMAP))
		return false;
	ring.rings = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, ring.fd, IORING_OFF_SQ_RING);
	ring.sqes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, ring.fd, IORING_OFF_SQES);
	if (ring.rings == MAP_FAILED || ring.sqes == MAP_FAILED)
		die("memory of a ring");
	return true;
}

/* Submit one request, wait for its completion, and return what that says. */
static int request(const struct io_uring_sqe *sqe)
{
	unsigned *tail = (unsigned *)(ring.rings + ring.p.sq_off.tail);
	unsigned *array = (unsigned *)(ring.rings + ring.p.sq_off.array);
	const unsigned mask = *(unsigned *)(ring.rings + ring.p.sq_off.ring_mask);
	unsigned *head = (unsigned *)(ring.rings + ring.p.cq_off.head);
	const struct io_uring_cqe *cqes = (void *)(ring.rings + ring.p.cq_off.cqes);
	const unsigned cq_mask = *(unsigned *)(ring.rings + ring.p.cq_off.ring_mask);
	int res;

	ring.sqes[*tail & mask] = *sqe;
	array[*tail & mask] = *tail & mask;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring.fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) != 1)
		die("io_uring_enter");
	res = cqes[*head & cq_mask].res;
	__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
	return res;
}

/* The thread that completes what a worker did may be the worker. */
#define IS_REQUEST(sqe) IS(opcode, (sqe).opcode), IS(user_data, (sqe).user_data)

static void use_ring(void)
{
	static char buf[16];
	struct io_uring_sqe nop = { .opcode = IORING_OP_NOP, .user_data = 0x1122334455667788 };
	struct io_uring_sqe bad = { .opcode = IORING_OP_READ, .fd = -1, .user_data = 7 };
	struct io_uring_sqe rd = {
		.opcode = IORING_OP_READ, .flags = IOSQE_ASYNC, .user_data = 42,
		.addr = (uint64_t)(uintptr_t)buf, .len = sizeof(buf),
	};
	struct want fd = HAS_NOT(fd);
	struct utsname name;
	int major = 0, res;

	if (!open_ring())
		return;	/* no such here */
	if (uname(&name) || sscanf(name.release, "%d", &major) != 1)
		die("uname");
	rd.fd = open("program", O_RDONLY);
	if (major >= 6)
		fd = (struct want)IS(fd, rd.fd);
	EXPECT(io_uring_submit, getpid(), IS_REQUEST(nop), IS(flags, 0), HAS_NOT(fd));
	res = request(&nop);
	if (major >= 6)	/* before, some of it is not told */
		EXPECT(io_uring_complete, getpid(), IS_REQUEST(nop), IS(res, res), IS(flags, 0));
	if (major >= 6) {	/* 6bf9c47a3989, 5.18: before, what has no file ends before it is told */
		EXPECT(io_uring_submit, getpid(), IS_REQUEST(bad), IS(flags, 0));
		request(&bad);
	}
	EXPECT(io_uring_submit, getpid(), IS_REQUEST(rd), IS(flags, IOSQE_ASYNC), fd);
	if (major >= 6)
		EXPECT(io_uring_async_work, getpid(), IS_REQUEST(rd), IS(flags, IOSQE_ASYNC), IS(hashed, 0));
	if (request(&rd) != sizeof(buf))
		die("a read through a ring");
}

/* ---- scheduling and memory ---- */

static void sleep_a_while(void)
{
	facts->sleeper = getpid();
	facts->asleep = now();
	usleep(20000);
	facts->awake = now();
}

/* The processor's error code: a write; by user space. */
#define FAULT_WRITE 2u
#define FAULT_USER  4u

static void touch_memory(void)
{
	char *user = mmap(NULL, 1 << 16, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned long ip;
	int fds[2];

	if (user == MAP_FAILED || madvise(user, 1 << 16, MADV_NOHUGEPAGE) || pipe(fds))
		die("preparing a fault");
	__asm__ volatile("lea 1f(%%rip), %0\n"
			 "1:\tmovb $1, (%1)" : "=&r"(ip) : "r"(user + 0x1234) : "memory");
	EXPECT(page_fault_user, getpid(), IS(addr, user + 0x1234), IS(ip, ip),
	       IS(error, FAULT_USER | FAULT_WRITE));
	if (write(fds[1], "x", 1) != 1 || read(fds[0], user + 0x5678, 1) != 1)
		die("a pipe");
	EXPECT(page_fault_kernel, getpid(), IS(addr, user + 0x5678), IS(error, FAULT_WRITE),
	       IS_BETWEEN(ip, 1ull << 63, -1));
}

void prepare_events(void)
{
	facts = map_shared(sizeof(*facts));
}

void cause_events(void)
{
	memset(facts, 0, sizeof(*facts));
	know_program();
	in_process(exit_with_status);
	in_process(die_of_signal);
	in_process(die_with_core);
	in_process(exec_program);
	in_process(exec_script);
	in_process(thread_execs);
	in_process(take_signals);
	in_process(send_signals);
	in_cgroup();
	in_process(sleep_a_while);
	in_process(touch_memory);
	in_process(use_ring);
	leaving_a_child();
}
