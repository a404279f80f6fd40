// SPDX-License-Identifier: MIT
/* Children in many ways, that end in many ways; one at a time. */
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "prog.h"

#define FORKS 40

static char *const args[] = { "true", "an argument", "", "\xff\xfe", NULL };
static char *const environment[] = { "A=1", "LONG=0123456789012345678901234567890123456789", NULL };

static void reap(pid_t pid, int status)
{
	int got;

	MUST(waitpid(pid, &got, 0));
	if (got != status)
		exit(1);
}

/* A string that nobody looked at yet may not be in memory when the call begins. */
static void touch(const char *s)
{
	while (*(const volatile char *)s)
		s++;
}

static void run(const char *path)
{
	execve(path, args, environment);
	_exit(99);
}

static void nested(int depth)
{
	pid_t pid = MUST(fork());

	if (!pid) {
		MUST(getppid());
		if (depth)
			nested(depth - 1);
		_exit(depth);
	}
	reap(pid, depth << 8);
}

static void handle(int sig)
{
	(void)sig;
}

int main(void)
{
	struct sigaction sa = { .sa_handler = handle };
	struct clone_args ca = { .exit_signal = SIGCHLD, .flags = CLONE_FS };
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int i, fd;

	for (i = 0; i < FORKS; i++) {
		pid = MUST(fork());
		if (!pid) {
			MUST(write(1, &"0123456789"[i % 10], 1));
			_exit(i);
		}
		reap(pid, i << 8);
	}
	nested(5);
	pid = MUST(fork());
	if (!pid)
		run("/bin/true");
	reap(pid, 0);
	pid = MUST(fork());
	if (!pid)
		run("nothing/at/all");
	reap(pid, 99 << 8);
	pid = MUST(fork());
	if (!pid)
		run("fruit");	/* not executable */
	reap(pid, 99 << 8);
	pid = MUST(fork());
	if (!pid) {
		touch(args[1]);
		touch(environment[1]);
		run("./script.cat");
	}
	waitpid(pid, &i, 0);
	pid = MUST(syscall(SYS_clone3, &ca, sizeof(ca)));
	if (!pid)
		_exit(2);
	reap(pid, 2 << 8);
	pid = MUST(syscall(SYS_fork));
	if (!pid) {
		MUST(kill(getpid(), SIGTERM));
		_exit(1);
	}
	reap(pid, SIGTERM);
	pid = MUST(fork());
	if (!pid) {
		MUST(setsid());
		MUST(sigaction(SIGUSR1, &sa, NULL));
		MUST(kill(getpid(), SIGUSR1));
		_exit(0);
	}
	reap(pid, 0);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	MUST(-posix_spawn(&pid, "/bin/true", &actions, NULL, args, environment));
	reap(pid, 0);
	/* A successful execveat becomes an execve on its way: it fails here. */
	fd = MUST(open(".", O_PATH | O_DIRECTORY));
	if (!syscall(SYS_execveat, fd, "fruit", args, environment, 0))
		return 1;
	return 0;
}
