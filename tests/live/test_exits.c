// SPDX-License-Identifier: MIT
/* Each thread's end is told, also when a process's last threads end at the same time. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <signal.h>
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

int main(void)
{
	struct sct_options opt = { .events = "procexit", .npids = 1 };
	const unsigned want = PROCESSES * (THREADS + 1) + 1;
	const struct sct_event *const *events;
	struct sct_session *s;
	unsigned ends = 0;
	ssize_t i, n;
	int wait[2], status;
	pid_t pid;

	need_root();
	check(!pipe2(wait, O_CLOEXEC), "%m");
	pid = fork();
	check(pid >= 0, "%m");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		run(wait[0]);
	}
	opt.pids = &pid;
	s = open_session(&opt);
	check(write(wait[1], "", 1) == 1, "%m");
	while (!sct_drained(s)) {
		if (!sct_traced(s))
			sct_stop(s);
		n = sct_next(s, &events, 10);
		check(n >= 0, "%s", sct_strerror(s));
		for (i = 0; i < n; i++)
			ends += !strcmp(sct_event_name(events[i]), "procexit");
	}
	check(waitpid(pid, &status, 0) == pid && !status, "status %#x", status);
	check(ends == want, "%u of %u threads' ends arrived", ends, want);
	sct_close(s);
	return 0;
}
