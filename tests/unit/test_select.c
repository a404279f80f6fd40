// SPDX-License-Identifier: MIT
/* Words of a selection, and what the kernel side is told of it. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "live.h"

static struct sct_options options;
static struct sct_selection sel;
static struct sct_diag diag;

static int choose(const char *events)
{
	memset(&options, 0, sizeof(options));
	options.events = events;
	return sct_select(&sel, &options, &diag);
}

#define HAS(name)   (sel.call[SCT_SYS_##name] == SCT_WANT_EXIT)
#define SHOWS(name) (sel.event[SCT_EV_##name])

static void by_default_all_but_the_frequent(void **state)
{
	(void)state;
	assert_int_equal(choose(NULL), 0);
	assert_true(HAS(openat) && HAS(getpid) && SHOWS(procexit) && sel.unknown);
	assert_int_equal(sel.call[SCT_SYS_execve], SCT_WANT_EXIT | SCT_WANT_ENTER);
	assert_false(SHOWS(switch) || SHOWS(task) || SHOWS(loss));
}

static void sets_have_calls_and_events(void **state)
{
	(void)state;
	assert_int_equal(choose("%signal"), 0);
	assert_true(HAS(kill) && HAS(sigaction) && SHOWS(signaldeliver));
	assert_false(HAS(openat) || SHOWS(procexit) || sel.unknown);
	assert_int_equal(choose("%memory"), 0);
	assert_true(HAS(mmap) && !SHOWS(page_fault_user));
	assert_int_equal(choose("%sched"), 0);
	assert_true(HAS(sched_setaffinity) && !SHOWS(switch));
	assert_int_equal(choose("%net"), 0);
	assert_true(HAS(socket) && HAS(sendfile));
}

static void what_is_behind_a_mark_is_taken_out(void **state)
{
	(void)state;
	assert_int_equal(choose("%file,!openat,mkdir"), 0);
	assert_true(HAS(rmdir) && !HAS(openat) && !HAS(mkdir));
	assert_int_equal(choose("!%file,!getpid"), 0);
	assert_true(HAS(getuid) && SHOWS(procexit) && !HAS(getpid) && !HAS(rmdir));
	assert_int_equal(choose("!all"), 0);
	assert_false(HAS(getuid) || SHOWS(procexit) || sel.unknown);
}

static void frequent_events_are_meant_alone(void **state)
{
	(void)state;
	assert_int_equal(choose("p*"), 0);
	assert_true(HAS(poll) && SHOWS(procexit) && !SHOWS(page_fault_user) && !SHOWS(procfork));
	assert_int_equal(choose("page_*"), 0);
	assert_true(SHOWS(page_fault_user) && SHOWS(page_fault_kernel));
}

static void words_that_mean_nothing_are_refused(void **state)
{
	static const char *const words[] = { "nonsense", "%nonsense", "%meta", "task", "loss*", "OPEN*", "?" };
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_int_equal(choose(words[i]), -ENOENT);
	assert_int_equal(choose(""), -EINVAL);
	assert_int_equal(choose("read,!"), -EINVAL);
	assert_int_equal(choose("?nonsense"), 0);
	assert_int_equal(choose("none"), 0);
}

static void results_and_times_change_what_is_wanted(void **state)
{
	(void)state;
	memset(&options, 0, sizeof(options));
	options.events = "execve,read";
	options.results = SCT_RESULTS_ERROR;
	assert_int_equal(sct_select(&sel, &options, &diag), 0);
	assert_int_equal(sel.call[SCT_SYS_execve], SCT_WANT_EXIT);
	assert_false(sct_select_kind(&sel, SCT_KIND_sys_enter));
	options.durations = true;
	assert_int_equal(sct_select(&sel, &options, &diag), 0);
	assert_int_equal(sel.call[SCT_SYS_read], SCT_WANT_EXIT | SCT_WANT_TIME);
	assert_true(sct_select_kind(&sel, SCT_KIND_sys_enter));
}

static void the_kernel_side_is_told_no_classes(void **state)
{
	static struct sct_want want;
	unsigned i;

	(void)state;
	assert_int_equal(choose(NULL), 0);
	sct_select_want(&sel, &want);
	for (i = 0; i < SCT_NR_MAX; i++)
		assert_false(want.nr[SCT_ABI_NATIVE][i].flags & ~SCT_SF_MASK);
}

#define SCT_PART(via, number, call, words) I_##via##_##call,
enum {
#include "syscalls.def"
};
#define PART(via, call) (sel.part[I_##via##_##call] == SCT_WANT_EXIT)

static void what_is_made_through_a_call_has_both_names(void **state)
{
	(void)state;
	assert_int_equal(choose("connect,msgget"), 0);
	assert_true(PART(socketcall, connect) && PART(ipc, msgget));
	assert_false(PART(socketcall, bind) || PART(ipc, shmat) || HAS(socketcall) || HAS(ipc));
	assert_int_equal(choose("socketcall"), 0);
	assert_true(HAS(socketcall) && PART(socketcall, connect) && PART(socketcall, send));
	assert_false(HAS(connect) || PART(ipc, msgget));
	assert_int_equal(choose("!connect"), 0);
	assert_true(HAS(socketcall) && PART(socketcall, bind) && !PART(socketcall, connect));
	assert_int_equal(choose("!socketcall"), 0);
	assert_true(HAS(connect) && !PART(socketcall, connect) && PART(ipc, msgget));
	assert_int_equal(choose("%ipc"), 0);
	assert_true(PART(ipc, shmat) && !PART(socketcall, connect));
	/* flags of a call that is made through another are not what that one's set says */
	assert_int_equal(choose("%desc"), 0);
	assert_true(HAS(socketcall) && !PART(socketcall, connect));
}

static void the_kernel_side_is_told_what_is_made_through_a_call(void **state)
{
	static struct sct_want want;
	struct sct_nr nr;

	(void)state;
	assert_int_equal(choose("connect"), 0);
	sct_select_want(&sel, &want);
	nr = want.nr[SCT_ABI_IA32][102];
	assert_true(want.any[102] == SCT_WANT_EXIT && !nr.want && nr.event == SCT_EV_generic_x);
	assert_int_equal(nr.via, SCT_VIA_socketcall);
	nr = want.part[SCT_VIA_socketcall][3];
	assert_true(nr.want == SCT_WANT_EXIT && nr.event == SCT_EV_connect_x && nr.words == 3);
	assert_int_equal(nr.row, SCT_SYS_connect);
	assert_int_equal(want.part[SCT_VIA_socketcall][0].row, SCT_SYS_NONE);
	assert_false(want.part[SCT_VIA_socketcall][4].want || want.any[117]);
	assert_int_equal(want.nr[SCT_ABI_NATIVE][102].via, SCT_VIA_NONE);
}

static void x32_has_numbers_of_its_own(void **state)
{
	static struct sct_want want;

	(void)state;
	assert_int_equal(choose("ioctl,openat"), 0);
	sct_select_want(&sel, &want);
	assert_int_equal(want.nr[SCT_ABI_X32][514].row, SCT_SYS_ioctl);
	assert_int_equal(want.nr[SCT_ABI_X32][514].want, SCT_WANT_EXIT);
	assert_int_equal(want.any[514], SCT_WANT_EXIT);
	assert_int_equal(want.nr[SCT_ABI_X32][257].row, SCT_SYS_openat);
	assert_int_equal(want.nr[SCT_ABI_NATIVE][514].row, SCT_SYS_NONE);
	assert_false(want.nr[SCT_ABI_X32][513].want);
}

static void lengths_are_looked_at_when_a_call_begins(void **state)
{
	(void)state;
	assert_int_equal(choose("listen,accept"), 0);
	assert_int_equal(sel.call[SCT_SYS_accept], SCT_WANT_EXIT | SCT_WANT_LEN);
	assert_int_equal(sel.part[I_socketcall_accept], SCT_WANT_EXIT | SCT_WANT_LEN);
	assert_true(HAS(listen) && sct_select_notes(&sel));
	assert_true(sct_select_kind(&sel, SCT_KIND_sys_enter));
	assert_int_equal(choose("listen"), 0);
	assert_false(sct_select_notes(&sel) || sct_select_kind(&sel, SCT_KIND_sys_enter));
}

/* A number that no call has must not be taken for such a return, where entries are looked at anyway. */
static void returns_from_handlers_are_noted(void **state)
{
	static struct sct_want want;

	(void)state;
	assert_int_equal(choose("syscall"), 0);
	sct_select_want(&sel, &want);
	assert_int_equal(want.nr[SCT_ABI_NATIVE][15].want, SCT_WANT_NUMBER);
	assert_int_equal(want.nr[SCT_ABI_IA32][119].want, SCT_WANT_NUMBER);
	assert_int_equal(want.nr[SCT_ABI_IA32][173].want, SCT_WANT_NUMBER);
	assert_int_equal(want.nr[SCT_ABI_X32][513].want, SCT_WANT_NUMBER);
	assert_false(sct_select_kind(&sel, SCT_KIND_sys_enter));
	assert_int_equal(choose("read"), 0);
	sct_select_want(&sel, &want);
	assert_false(want.nr[SCT_ABI_NATIVE][15].want);
}

/* The tracepoints that note the numbers of calls. */
static void calls_need_forks_and_execs(void **state)
{
	const __u32 both = 1u << SCT_KIND_sched_process_fork | 1u << SCT_KIND_sched_process_exec;

	const struct sct_driver driver = { .opt = &options, .sel = &sel };

	(void)state;
	assert_int_equal(choose("read"), 0);
	assert_int_equal(sct_driver_kinds(&driver) & both, both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_default_all_but_the_frequent),
		cmocka_unit_test(sets_have_calls_and_events),
		cmocka_unit_test(what_is_behind_a_mark_is_taken_out),
		cmocka_unit_test(frequent_events_are_meant_alone),
		cmocka_unit_test(words_that_mean_nothing_are_refused),
		cmocka_unit_test(results_and_times_change_what_is_wanted),
		cmocka_unit_test(the_kernel_side_is_told_no_classes),
		cmocka_unit_test(lengths_are_looked_at_when_a_call_begins),
		cmocka_unit_test(returns_from_handlers_are_noted),
		cmocka_unit_test(calls_need_forks_and_execs),
		cmocka_unit_test(x32_has_numbers_of_its_own),
		cmocka_unit_test(what_is_made_through_a_call_has_both_names),
		cmocka_unit_test(the_kernel_side_is_told_what_is_made_through_a_call),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
