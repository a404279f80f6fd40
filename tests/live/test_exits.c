// SPDX-License-Identifier: MIT
/* Each thread's end is told, also when a process's last threads end at the same time. */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "session.h"

#define PROCESSES 3000
#define THREADS	  3	/* besides the first */

static atomic_bool go;

static void *thread(void *arg)
{
	(void)arg;
	while (!go)
		;
	syscall(SYS_exit, 0);
	return NULL;
}

static void end_together(void)
{
	pthread_t t;
	unsigned i;

	for (i = 0; i < THREADS; i++)
		if (pthread_create(&t, NULL, thread, NULL))
			_exit(1);
	go = true;
	syscall(SYS_exit, 0);
}

static void run(int wait_fd)
{
	unsigned i;
	int status;
	pid_t pid;
	char c;

	if (read(wait_fd, &c, 1) != 1)
		_exit(1);
	for (i = 0; i < PROCESSES; i++) {
		pid = fork();
		if (!pid)
			end_together();
		if (pid < 0 || waitpid(pid, &status, 0) != pid || status)
			_exit(1);
	}
	_exit(0);
}

static unsigned ends;

static void count_ends(const struct sct_event *event)
{
	ends += !strcmp(sct_event_name(event), "procexit");
}

int main(void)
{
	const unsigned want = PROCESSES * (THREADS + 1) + 1;
	int status;

	need_root();
	status = trace_child("procexit", run, count_ends);
	check(!status, "status %#x", status);
	check(ends == want, "%u of %u threads' ends arrived", ends, want);
	return 0;
}
