// SPDX-License-Identifier: MIT
/*
 * Calls without a row of their own, of unknown numbers, and 32-bit ones arrive with their numbers and
 * raw arguments; nothing is decoded with the table of another ABI.
 */
#include "calls.h"
#include "calls32.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

/* What the numbers below mean in either table, and numbers that mean nothing ("syscall"). */
#define EVENTS	"syscall,getppid,sync_file_range,sched_get_priority_max,readlinkat,semget,"	\
		"access,dup2,pipe,connect,socketcall,getuid,getpgid,fchdir,munmap,fchown,time,rt_sigaction"

/* The row of a call, as the events number it. */
static unsigned row_of(const char *name)
{
	const struct sct_syscall_info *call;
	unsigned i;

	for (i = 0; (call = sct_syscall_at(i)); i++)
		if (!strcmp(call->name, name))
			return i;
	return 65535;	/* none */
}

/* ---- calls of 64-bit programs ---- */

static void generic(const char *name, long nr, const long a[6])
{
	CALL_AS(syscall, nr, NUM(arg0, a[0]), NUM(arg1, a[1]), NUM(arg2, a[2]), NUM(arg3, a[3]),
		NUM(arg4, a[4]), NUM(arg5, a[5]));
	call_is(name, SCT_EVENT_X86_64);
	ALSO_NUM(ID, row_of(name));
	ALSO_NUM(nativeID, nr);
}

#define GENERIC(name, nr, ...) generic(name, nr, (const long[6]){ __VA_ARGS__ })

static void generic_calls(void)
{
	GENERIC("getppid", SYS_getppid, -1, 2, 3, 4, 5, 0x0123456789abcdef);
	GENERIC("sync_file_range", SYS_sync_file_range, 9999, -2, 1ll << 40, 7, -5, -6);
	GENERIC("sched_get_priority_max", SYS_sched_get_priority_max, 1);
	GENERIC("sched_get_priority_max", SYS_sched_get_priority_max, -1);
	GENERIC("readlinkat", SYS_readlinkat, AT_FDCWD, (long)BAD_PTR, (long)BAD_PTR, -1);
	GENERIC("syscall", 999, 1, 2, 3, 4, 5, 6);
	GENERIC("syscall", 1023, -1, -1, -1, -1, -1, -1);
	GENERIC("syscall", 1024, 1);
	GENERIC("syscall", 123456789, 0);
}

/* ---- 32-bit calls of 64-bit programs ---- */

/* The registers of the arguments are wider than what such a call takes. */
long int80(long nr, const uint64_t args[6]);
__asm__(".text\n"
	"int80:\n\t"
	"push %rbx\n\t"
	"push %rbp\n\t"
	"mov %rdi, %rax\n\t"
	"mov (%rsi), %rbx\n\t"
	"mov 8(%rsi), %rcx\n\t"
	"mov 16(%rsi), %rdx\n\t"
	"mov 32(%rsi), %rdi\n\t"
	"mov 40(%rsi), %rbp\n\t"
	"mov 24(%rsi), %rsi\n\t"
	"int $0x80\n\t"
	"pop %rbp\n\t"
	"pop %rbx\n\t"
	"ret\n");

/* A kernel that is configured so ends the program instead. */
static bool takes_32bit_calls(void)
{
	static const uint64_t none[6];
	pid_t pid = fork();
	int status;

	if (!pid) {
		int80(20, none);	/* getpid */
		_exit(0);
	}
	return waitpid(pid, &status, 0) == pid && !status;
}

static void call32(const char *name, unsigned nr, const uint64_t a[6])
{
	CALL_BEGIN(syscall, NUM(nativeID, nr), NUM(ID, row_of(name)), NUM(arg0, (uint32_t)a[0]),
		   NUM(arg1, (uint32_t)a[1]), NUM(arg2, (uint32_t)a[2]), NUM(arg3, (uint32_t)a[3]),
		   NUM(arg4, (uint32_t)a[4]), NUM(arg5, (uint32_t)a[5]));
	end_call(int80(nr, a));
	call_is(name, SCT_EVENT_I386);
}

#define CALL32(name, nr, ...) call32(name, nr, (const uint64_t[6]){ __VA_ARGS__ })

static void calls_of_32bit(void)
{
	CALL32("getppid", 64, 0x1234567800000001, 2, 3, 4, 5, -1);	/* semget */
	CALL32("access", 33, (uint64_t)BAD_PTR, 0xffffffff00000000, 3);		/* dup2 */
	CALL32("pipe", 42, (uint64_t)BAD_PTR);				/* connect */
	CALL32("socketcall", 102, 77, (uint64_t)BAD_PTR);		/* getuid */
	CALL32("fchdir", 133, -1);					/* mknod */
	CALL32("getpgid", 132, -1);					/* utime */
	CALL32("munmap", 91, 1, 0);					/* fchown */
	CALL32("time", 13, 0);						/* rt_sigaction */
	CALL32("syscall", 999, 1, 2, 3, 4, 5, 6);
	CALL32("syscall", 1023, 1);
	CALL32("syscall", 5000, 1);
}

/* ---- a 32-bit program ---- */

static const struct call32 {
	const char *name;
	unsigned nr, args[6];
} calls32[] = {
#define X(name, nr, ...) { name, nr, { __VA_ARGS__ } },
	CALLS32(X)
#undef X
};

static char program32[4096];
static int results_fd[2];

/* It and what it makes in turn is no part of the log: it has no access to that. */
static void run_program32(void)
{
	char *argv[] = { program32, NULL };
	pid_t pid = syscall(SYS_fork);

	if (!pid) {
		syscall(SYS_dup3, results_fd[1], STDOUT_FILENO, 0);
		syscall(SYS_execve, program32, argv, NULL);
		end_process(127);
	}
	reap(pid);
}

static void check_call32(const struct sct_event *event, const struct call32 *c, int result)
{
	static const char *const names[] = { "arg0", "arg1", "arg2", "arg3", "arg4", "arg5" };
	struct want want = { .param = "nativeID", .how = IS_NUM, .num = c->nr };
	unsigned i;

	if (strcmp(sct_event_name(event), c->name))
		fail_event(event, "is told as %s, not %s", sct_event_name(event), c->name);
	check_param(event, &want);
	want.param = "ID";
	want.num = row_of(c->name);
	check_param(event, &want);
	want.param = "res";
	want.num = (long)result;
	check_param(event, &want);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		want.param = names[i];
		want.num = c->args[i];
		check_param(event, &want);
	}
}

static unsigned seen32;

static bool is_first32(const struct sct_event *event)
{
	struct sct_value v = { .sz = sizeof(v) };

	return !sct_event_arg(event, "arg0", &v) && v.u == calls32[0].args[0];
}

static void check_program32(const struct sct_event *event)
{
	static int results[ARRAY_SIZE(calls32)];

	if (!seen32) {
		if (!is_first32(event))
			return;	/* from before its main() */
		if (read(results_fd[0], results, sizeof(results)) != sizeof(results))
			fail("%s did not tell its results", program32);
	}
	if (seen32 < ARRAY_SIZE(calls32))
		check_call32(event, &calls32[seen32], results[seen32]);
	seen32++;
}

/* ---- all of them ---- */

static bool have_32bit, have_program32;
static pid_t *caller;

static void calls(void)
{
	*caller = pid_now();
	generic_calls();
	if (have_32bit)
		calls_of_32bit();
	if (have_program32)
		run_program32();
}

static void check_event(const struct sct_event *event)
{
	if (sct_event_tgid(event) == *caller)
		compare_call(event);
	else if (sct_event_abi(event) == SCT_EVENT_I386)
		check_program32(event);
	else if (have_program32 && seen32)
		fail_event(event, "a 32-bit program makes no 64-bit calls");
}

static bool runs(const char *program)
{
	char command[4200];

	snprintf(command, sizeof(command), "'%s' >/dev/null", program);
	return !access(program, X_OK) && !system(command);
}

static void find_program32(void)
{
	ssize_t n = readlink("/proc/self/exe", program32, sizeof(program32) - 16);
	char *slash = n > 0 ? strrchr(program32, '/') : NULL;

	if (slash)
		strcpy(slash + 1, "calls32");
	have_program32 = have_32bit && slash && runs(program32);
	if (!have_program32)
		printf("no 32-bit program: this machine cannot build or run one\n");
}

int main(void)
{
	test_begin();
	have_32bit = takes_32bit_calls();
	if (!have_32bit)
		printf("no 32-bit calls: this kernel does not take them\n");
	find_program32();
	if (pipe2(results_fd, O_CLOEXEC))
		fail("pipe: %s", strerror(errno));
	caller = map_shared(sizeof(*caller));
	trace(EVENTS, false, calls, check_event);
	check_all_seen(false);
	if (have_program32 && seen32 != ARRAY_SIZE(calls32))
		fail("%u of %zu calls of the 32-bit program arrived", seen32, ARRAY_SIZE(calls32));
	test_end();
}
