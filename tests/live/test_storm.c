// SPDX-License-Identifier: MIT
/*
 * A session comes to its end however its processes come and go: many at a time, by fork, vfork and
 * threads, by exec of a thread that is not the first, killed in the middle of it.
 *
 * SCT_EFFORT	how often; 1 if not set
 */
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <time.h>
#include "session.h"

#define WORKERS	 8u	/* at a time */
#define TURNS	 12u	/* of each */
#define PATIENCE 90u	/* s: for a session on a slow machine */

static char self[4096];
static unsigned seed;

static unsigned any(unsigned n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 16) % n;
}

static void reap(pid_t pid)
{
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

static void exec_self(void)
{
	char *argv[] = { self, "nothing", NULL };

	execv(self, argv);
	_exit(1);
}

static void *exec_in_thread(void *arg)
{
	exec_self();
	return arg;
}

static void *end_in_thread(void *arg)
{
	syscall(SYS_exit, 0);
	return arg;
}

static void *end_all_in_thread(void *arg)
{
	_exit(0);
	return arg;
}

static void with_threads(void *(*last)(void *))
{
	pthread_t t;
	unsigned i;

	for (i = 0; i < 3; i++)
		pthread_create(&t, NULL, end_in_thread, NULL);
	if (pthread_create(&t, NULL, last, NULL))
		_exit(1);
	if (any(2))
		syscall(SYS_exit, 0);
	for (;;)
		pause();
}

static void by_fork(void)
{
	reap(fork() ?: (_exit(0), 0));
}

static void by_vfork(void)
{
	pid_t pid = syscall(SYS_clone, CLONE_VFORK | SIGCHLD, 0, 0, 0, 0);

	if (!pid)
		_exit(0);
	reap(pid);
}

static void by_exec(void)
{
	char *argv[] = { self, "nothing", NULL };
	pid_t pid;

	if (!posix_spawn(&pid, self, NULL, NULL, argv, environ))
		reap(pid);
}

static void by_thread_that_executes(void)
{
	pid_t pid = fork();

	if (!pid)
		with_threads(exec_in_thread);
	reap(pid);
}

static void by_threads_that_end(void)
{
	pid_t pid = fork();

	if (!pid)
		with_threads(end_all_in_thread);
	reap(pid);
}

/* It may be anywhere: a process of its own, one that it made, or none any more. */
static void by_signal(void)
{
	const struct timespec some = { .tv_nsec = any(2000000) };
	pid_t pid = fork();

	if (!pid)
		for (;;)
			by_exec();
	nanosleep(&some, NULL);
	kill(pid, SIGKILL);
	reap(pid);
}

static void work(void)
{
	static void (*const ways[])(void) = {
		by_fork, by_vfork, by_exec, by_thread_that_executes, by_threads_that_end, by_signal,
	};
	unsigned i;

	for (i = 0; i < TURNS; i++)
		ways[any(sizeof(ways) / sizeof(*ways))]();
	_exit(0);
}

/* Who killed processes leaves come to init here, and end. */
static void run(int wait_fd)
{
	unsigned i;
	char c;

	if (read(wait_fd, &c, 1) != 1)
		_exit(1);
	for (i = 0; i < WORKERS; i++) {
		seed += i;
		if (!fork())
			work();
	}
	while (wait(NULL) > 0)
		;
	_exit(0);
}

static unsigned ends;

static void count_ends(const struct sct_event *event)
{
	ends += !strcmp(sct_event_name(event), "procexit");
}

static void too_late(int sig)
{
	static const char text[] = "after that time the session still traces somebody\n";

	(void)sig;
	_exit(write(2, text, sizeof(text) - 1) > 0 ? 1 : 2);
}

int main(int argc, char **argv)
{
	const char *effort = getenv("SCT_EFFORT");
	unsigned i, rounds = 3 * (effort ? atoi(effort) : 1);
	ssize_t n;

	if (argc > 1)	/* see exec_self() */
		return 0;
	(void)argv;
	need_root();
	n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	check(n > 0, "%m");
	signal(SIGALRM, too_late);
	for (i = 0; i < rounds; i++) {
		seed = time(NULL) + i;
		printf("round %u: seed %u\n", i, seed);
		fflush(stdout);
		alarm(PATIENCE);
		check(!trace_child("procexit", run, count_ends), "the processes failed");
		check(ends > WORKERS * TURNS, "%u ends", ends);
		ends = 0;
	}
	return 0;
}
