// SPDX-License-Identifier: MIT
/*
 * Ends of processes that the kernel side did not note: who waits for the last of them must come to
 * an end.  Links the library's inside.
 */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "live.h"

#define MANY 200u	/* more than are looked at in one go */

static __u8 scope[SCT_PID_LIMIT];

static struct sct_options options;
static struct sct_diag diag;
static struct sct_live live;

/* Who lives is looked at each time, not once in a while. */
static int count(void)
{
	live.scope_looked = 0;
	return sct_scope_count(&live);
}

static int begin(void **state)
{
	(void)state;
	memset(scope, SCT_SCOPE_DEFAULT, sizeof(scope));
	memset(&options, 0, sizeof(options));
	memset(&live, 0, sizeof(live));
	live.source.diag = &diag;
	live.driver = (struct sct_driver){ .opt = &options, .diag = &diag, .scope = scope };
	return 0;
}

static pid_t start(void (*run)(void))
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		run();
		_exit(0);
	}
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void wait_here(void)
{
	for (;;)
		pause();
}

static void leave(void)
{
}

static void wait_for_end(pid_t pid)
{
	siginfo_t info;

	assert_int_equal(waitid(P_PID, pid, &info, WEXITED | WNOWAIT), 0);
}

static void *thread(void *arg)
{
	wait_here();
	return arg;
}

static void end_first_thread(void)
{
	pthread_t t;

	if (!pthread_create(&t, NULL, thread, NULL))
		syscall(SYS_exit, 0);
}

static void wait_for_zombie(pid_t pid)
{
	char path[64], state = 0;
	unsigned turn;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	for (turn = 0; turn < 10000 && state != 'Z'; turn++) {
		f = fopen(path, "re");
		assert_non_null(f);
		assert_int_equal(fscanf(f, "%*d (%*[^)]) %c", &state), 1);
		fclose(f);
		usleep(1000);
	}
	assert_int_equal(state, 'Z');
}

static pid_t gone(void)
{
	pid_t pid = start(leave);

	end(pid);
	return pid;
}

/* ---- tests ---- */

static void live_process_is_counted(void **state)
{
	pid_t pid = start(wait_here);

	(void)state;
	scope[pid] = SCT_SCOPE_TRACE;
	assert_int_equal(count(), 1);
	scope[pid] = SCT_SCOPE_ARMED;
	assert_int_equal(count(), 1);
	assert_int_equal(scope[pid], SCT_SCOPE_ARMED);
	end(pid);
}

static void other_scopes_are_not(void **state)
{
	(void)state;
	scope[getpid()] = SCT_SCOPE_HIDE;
	scope[getppid()] = SCT_SCOPE_ENDING;
	assert_int_equal(count(), 0);
	assert_int_equal(scope[getpid()], SCT_SCOPE_HIDE);
}

static void gone_process_has_ended(void **state)
{
	pid_t pid = gone();

	(void)state;
	scope[pid] = SCT_SCOPE_TRACE;
	assert_int_equal(count(), 0);
	assert_int_equal(scope[pid], SCT_SCOPE_ENDING);
}

static void zombie_has_ended(void **state)
{
	pid_t pid = start(leave);

	(void)state;
	wait_for_end(pid);
	scope[pid] = SCT_SCOPE_ARMED;
	assert_int_equal(count(), 0);
	end(pid);
}

static void process_without_its_first_thread_lives(void **state)
{
	pid_t pid = start(end_first_thread);

	(void)state;
	wait_for_zombie(pid);
	scope[pid] = SCT_SCOPE_TRACE;
	assert_int_equal(count(), 1);
	options.pids = &pid;
	options.npids = 1;
	assert_int_equal(sct_scope_check(&live), 0);
	end(pid);
	assert_int_equal(count(), 0);
	assert_int_equal(sct_scope_check(&live), -ESRCH);
}

static void many_that_ended_are_seen_in_turns(void **state)
{
	pid_t self = getpid(), pid = self;
	unsigned i, n, last;

	(void)state;
	for (i = 0; i < MANY; i++) {
		while (pid == self || !kill(pid, 0) || errno != ESRCH)
			pid = pid > 300 ? pid - 1 : 32767;
		scope[pid] = SCT_SCOPE_TRACE;
		pid = pid > 300 ? pid - 1 : 32767;
	}
	scope[self] = SCT_SCOPE_TRACE;
	last = MANY + 1;
	for (i = 0; i < MANY && last > 1; i++, last = n) {
		n = count();
		assert_true(n <= last);
		usleep(n > 1 ? 1000 : 0);	/* a short-lived one may have come to such an id */
	}
	assert_int_equal(last, 1);
	assert_true(i > 1);
	assert_int_equal(scope[self], SCT_SCOPE_TRACE);
}

static void a_look_is_taken_once_in_a_while(void **state)
{
	pid_t pid = start(wait_here);

	(void)state;
	scope[pid] = SCT_SCOPE_TRACE;
	assert_int_equal(count(), 1);
	end(pid);
	assert_int_equal(sct_scope_count(&live), 1);
	usleep(1100000);
	assert_int_equal(sct_scope_count(&live), 0);
}

static void command_that_ended_before_it_was_followed_is_not_traced(void **state)
{
	(void)state;
	options.armed = gone();
	scope[options.armed] = SCT_SCOPE_ARMED;
	assert_int_equal(sct_scope_settle(&live), 0);
	assert_int_equal(scope[options.armed], SCT_SCOPE_DEFAULT);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(live_process_is_counted),
		TEST(other_scopes_are_not),
		TEST(gone_process_has_ended),
		TEST(zombie_has_ended),
		TEST(process_without_its_first_thread_lives),
		TEST(many_that_ended_are_seen_in_turns),
		TEST(a_look_is_taken_once_in_a_while),
		TEST(command_that_ended_before_it_was_followed_is_not_traced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
