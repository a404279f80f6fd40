// SPDX-License-Identifier: MIT
/*
 * Calls without a row of their own, and of unknown numbers, arrive with their numbers and raw
 * arguments; those of i386 are told as what they are there, with the arguments that its callers
 * mean.
 */
#include "calls32.h"
#include "calls_abi.h"

/* What the numbers below mean in either table, and numbers that mean nothing ("syscall"). */
#define EVENTS	"syscall,getppid,semget,"				\
		"truncate,"				\
		"access,dup2,pipe,connect,socketcall,ipc,mmap,select,getuid,fchdir,time,lseek,pread64,writev,"	\
		"nanosleep,sendmsg,nice,signal,sigaction,sigprocmask,sigpending,sigsuspend,ssetmask,"	\
		"olduname,oldolduname,vm86old,vm86,_llseek,truncate64,statfs64,fstatfs64,*stat64,"	\
		"stat,lstat,fstat,oldstat,oldlstat,oldfstat,*chown,chown32,setuid,setgid,setreuid,"	\
		"setregid,setresuid,setresgid,setfsuid,setfsgid,getresuid,getresgid,getresuid32,"	\
		"fstatat64,rt_sigaction,readv,preadv2"

/* ---- a 32-bit program ---- */

#define LIST(...) __VA_ARGS__

static unsigned seen32;

static const int *results32(void)
{
	static int results[NCALLS32];
	static bool have;

	if (!have && read(results_fd[0], results, NCALLS32 * sizeof(int)) != NCALLS32 * sizeof(int))
		fail("the 32-bit program did not tell its results");
	have = true;
	return results;
}

static void check_call32(const struct sct_event *event, const char *row, const char *name,
			 const struct want *wants, unsigned nwants)
{
	const struct sct_event_info *info = sct_event_info(event);
	struct want ret = { .how = IS_NUM };
	int result = results32()[seen32];
	unsigned i;

	if (strcmp(info->name, row) || strcmp(sct_event_name(event), name)) {
		fail_event(event, "is told as %s, not %s", sct_event_name(event), name);
		return;
	}
	for (i = 0; i < nwants; i++)
		check_param(event, &wants[i]);
	for (i = 0; i < info->nparams && !info->params[i].result; i++)
		;
	ret.param = info->params[i].name;
	/* an address is no negative number */
	ret.num = result >= -4095 && result < 0 ? (uint64_t)result : (uint32_t)result;
	check_param(event, &ret);
}

/* Call number seen32 of the table. */
static void check_next32(const struct sct_event *event)
{
	unsigned n = 0;

#define X(event_, name, nr, args, params)						\
	if (n++ == seen32) {								\
		const struct want wants[] = { LIST params };				\
											\
		check_call32(event, #event_, name, wants, ARRAY_SIZE(wants));		\
	}
	CALLS32(X)
#undef X
}

static bool is_first32(const struct sct_event *event)
{
	struct sct_value v = { .sz = sizeof(v) };

	return !sct_event_arg(event, "arg0", &v) && v.u == FIRST32;
}

static void check_program32(const struct sct_event *event)
{
	if (!seen32 && !is_first32(event))
		return;	/* from before its main() */
	check_next32(event);
	seen32++;
}

/* ---- all of them ---- */

static pid_t *caller;

static void calls(void)
{
	*caller = pid_now();
	calls_abi();
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

static void check_complete(void)
{
	const struct sct_event_info *ev;
	unsigned i;

	for (i = 0; (ev = sct_event_at(i)); i++)
		if (ev->is_call && !is_native(ev) && !was_called(ev->name))
			fail("no call of this test arrives as %s", ev->name);
}

int main(void)
{
	test_begin();
	prepare_abi();
	caller = map_shared(sizeof(*caller));
	trace(EVENTS, false, calls, check_event);
	check_all_seen(false);
	if (have_32bit)
		check_complete();
	if (have_program32 && seen32 != NCALLS32)
		fail("%u of %u calls of the 32-bit program arrived", seen32, NCALLS32);
	test_end();
}
