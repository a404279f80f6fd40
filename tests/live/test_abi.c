// SPDX-License-Identifier: MIT
/*
 * Calls without a row of their own, of unknown numbers, and 32-bit ones arrive with their numbers and
 * raw arguments; nothing is decoded with the table of another ABI.
 */
#include "calls32.h"
#include "calls_abi.h"

/* What the numbers below mean in either table, and numbers that mean nothing ("syscall"). */
#define EVENTS	"syscall,getppid,sync_file_range,sched_get_priority_max,readlinkat,semget,"	\
		"access,dup2,pipe,connect,socketcall,getuid,sgetmask,fchdir,munmap,fchown,time,rt_sigaction"

/* ---- a 32-bit program ---- */

static const struct call32 {
	const char *name;
	unsigned nr, args[6];
} calls32[] = {
#define X(name, nr, ...) { name, nr, { __VA_ARGS__ } },
	CALLS32(X)
#undef X
};

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
			fail("the 32-bit program did not tell its results");
	}
	if (seen32 < ARRAY_SIZE(calls32))
		check_call32(event, &calls32[seen32], results[seen32]);
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

int main(void)
{
	test_begin();
	prepare_abi();
	caller = map_shared(sizeof(*caller));
	trace(EVENTS, false, calls, check_event);
	check_all_seen(false);
	if (have_program32 && seen32 != ARRAY_SIZE(calls32))
		fail("%u of %zu calls of the 32-bit program arrived", seen32, ARRAY_SIZE(calls32));
	test_end();
}
