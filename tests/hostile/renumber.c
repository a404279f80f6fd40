// SPDX-License-Identifier: MIT
/*
 * A tracer that changes the numbers of its child's calls: renumber CALL STOP NUMBER ACTS MARK.  Needs
 * no privileges.  The child marks begin and end with umask(MARK), and makes ACTS calls of that name in
 * between; at each the tracer writes NUMBER into its registers when it is stopped at STOP:
 *
 *   event	PTRACE_EVENT_EXEC, _FORK, _VFORK or _CLONE: inside the call
 *   done	PTRACE_EVENT_VFORK_DONE: at the end of a vfork
 *   exit	when the call has returned
 *   entry	before the call: NUMBER is made instead, where it is -1 none, with FAKE as its result
 *   seccomp	the same, as a filter of the child's has it stopped
 *   into	the other way round: the child asks for NUMBER, and the tracer makes CALL of it
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>
#include "renumber.h"

#define OPTIONS (PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | \
		 PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)

static const struct call {
	const char *name;
	long nr;
} calls[] = {
	{ "execve", SYS_execve }, { "execveat", SYS_execveat }, { "fork", SYS_fork },
	{ "vfork", SYS_vfork }, { "clone", SYS_clone }, { "clone3", SYS_clone3 },
};

static void die(const char *what)
{
	fprintf(stderr, "renumber: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- the child ---- */

/* In the memory of its parent, until it ends. */
static void end_child(void)
{
	syscall(SYS_exit, 0);
	__builtin_unreachable();
}

/* Not syscall(2), whose return address the child would overwrite. */
static __attribute__((always_inline)) inline long raw_vfork(long nr)
{
	long ret;

	__asm__ volatile("syscall" : "=a"(ret) : "0"(nr) : "rcx", "r11", "memory");
	return ret;
}

static __attribute__((noinline)) void make_child(long as, long nr)
{
	struct clone_args args = { .exit_signal = 0 };
	long pid;

	switch (nr) {
	case SYS_vfork:
		pid = raw_vfork(as);
		if (!pid) {
			__asm__ volatile("syscall" : : "a"(SYS_exit), "D"(0) : "rcx", "r11", "memory");
			__builtin_unreachable();
		}
		break;
	case SYS_clone3:
		pid = syscall(as, &args, sizeof(args));
		break;
	default:
		pid = syscall(as, 0, 0, 0, 0, 0);
	}
	if (!pid)
		end_child();
	if (pid > 0)
		waitpid(pid, NULL, __WALL);	/* without a child of that number it fails */
}

/* left acts are to be made; those of execve go on in the new program. */
static void act(const struct call *call, long as, unsigned left, const char *mark)
{
	char number[16], asked[16];
	char *argv[] = { "renumber", "act", (char *)call->name, asked, number, (char *)mark, NULL };
	char *envp[] = { NULL };

	snprintf(asked, sizeof(asked), "%ld", as);
	while (left--) {
		snprintf(number, sizeof(number), "%u", left);
		if (call->nr == SYS_execve)
			syscall(as, "/proc/self/exe", argv, envp);
		else if (call->nr == SYS_execveat)
			syscall(as, -100, "/proc/self/exe", argv, envp, 0);
		else
			make_child(as, call->nr);
	}
	syscall(SYS_umask, atoi(mark));
	_exit(0);
}

static void stop_at(long nr)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog prog = { sizeof(filter) / sizeof(filter[0]), filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog))
		die("seccomp");
}

static void be_traced(const struct call *call, long as, const char *stop, unsigned acts, const char *mark)
{
	if (ptrace(PTRACE_TRACEME, 0, 0, 0))
		die("PTRACE_TRACEME");
	raise(SIGSTOP);
	if (!strcmp(stop, "seccomp"))
		stop_at(call->nr);
	syscall(SYS_umask, atoi(mark));
	act(call, as, acts, mark);
}

/* ---- its tracer ---- */

struct attack {
	const char *stop;
	long nr, as, to;	/* the call; what the child asks for; what it becomes */
	pid_t child;
	int inside;		/* between the stops at entry and at exit */
	long entered;		/* the number at entry */
};

static long number_of(pid_t pid)
{
	return ptrace(PTRACE_PEEKUSER, pid, offsetof(struct user_regs_struct, orig_rax), 0);
}

static void change(const struct attack *a)
{
	if (ptrace(PTRACE_POKEUSER, a->child, offsetof(struct user_regs_struct, orig_rax), a->to))
		die("PTRACE_POKEUSER");
}

static void change_at_entry(const struct attack *a)
{
	change(a);
	if (a->to == -1 && ptrace(PTRACE_POKEUSER, a->child, offsetof(struct user_regs_struct, rax), FAKE))
		die("PTRACE_POKEUSER");
}

static void syscall_stop(struct attack *a)
{
	a->inside = !a->inside;
	if (a->inside) {
		a->entered = number_of(a->child);
		if (a->entered == a->as && (!strcmp(a->stop, "entry") || !strcmp(a->stop, "into")))
			change_at_entry(a);
	} else if (a->entered == a->nr && !strcmp(a->stop, "exit")) {
		change(a);
	}
}

static void stopped(struct attack *a, int status)
{
	const int event = status >> 16;

	if (WSTOPSIG(status) == (SIGTRAP | 0x80))
		syscall_stop(a);
	else if (event == PTRACE_EVENT_SECCOMP)
		change_at_entry(a);
	else if (event == PTRACE_EVENT_VFORK_DONE)
		!strcmp(a->stop, "done") ? change(a) : (void)0;
	else if (event && !strcmp(a->stop, "event"))
		change(a);
}

static int wants_calls(const struct attack *a)
{
	return !strcmp(a->stop, "exit") || !strcmp(a->stop, "entry") || !strcmp(a->stop, "into");
}

static int trace(struct attack *a)
{
	long options = OPTIONS;
	int status;
	pid_t pid;

	if (waitpid(a->child, &status, 0) != a->child || !WIFSTOPPED(status))
		die("the child does not stop");
	if (!strcmp(a->stop, "done"))
		options |= PTRACE_O_TRACEVFORKDONE;
	if (!strcmp(a->stop, "seccomp"))
		options |= PTRACE_O_TRACESECCOMP;
	if (ptrace(PTRACE_SETOPTIONS, a->child, 0, options))
		die("PTRACE_SETOPTIONS");
	for (pid = a->child;;) {
		if (ptrace(pid == a->child && wants_calls(a) ? PTRACE_SYSCALL : PTRACE_CONT, pid, 0, 0) &&
		    errno != ESRCH)
			die("PTRACE_CONT");
		do {
			pid = waitpid(-1, &status, __WALL);
			if (pid < 0)
				die("waitpid");
			if (pid == a->child && !WIFSTOPPED(status))
				return status;
		} while (!WIFSTOPPED(status));
		if (pid == a->child)
			stopped(a, status);
	}
}

static const struct call *find(const char *name)
{
	unsigned i;

	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (!strcmp(calls[i].name, name))
			return &calls[i];
	errno = ENOENT;
	die(name);
	return NULL;
}

int main(int argc, char **argv)
{
	struct attack a = { 0 };
	int status;

	if (argc == 6 && !strcmp(argv[1], "act"))
		act(find(argv[2]), atol(argv[3]), atoi(argv[4]), argv[5]);
	if (argc != 6) {
		fputs("usage: renumber CALL STOP NUMBER ACTS MARK\n", stderr);
		return 64;
	}
	a.nr = a.as = find(argv[1])->nr;
	a.stop = argv[2];
	a.to = atol(argv[3]);
	if (!strcmp(a.stop, "into")) {
		a.as = a.to;
		a.to = a.nr;
	}
	a.child = fork();
	if (a.child < 0)
		die("fork");
	if (!a.child)
		be_traced(find(argv[1]), a.as, a.stop, atoi(argv[4]), argv[5]);
	status = trace(&a);
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		fprintf(stderr, "renumber: the child ended with %x\n", status);
		return 1;
	}
	return 0;
}
