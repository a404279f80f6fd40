// SPDX-License-Identifier: MIT
/* A login user id that is set while a process runs is known from the next event on. */
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "session.h"

#define LOGINUID 4321u

static void run(int wait_fd)
{
	char c, text[16];
	int fd, n;

	if (read(wait_fd, &c, 1) != 1)
		_exit(1);
	syscall(SYS_getppid);
	fd = open("/proc/self/loginuid", O_WRONLY);
	n = snprintf(text, sizeof(text), "%u", LOGINUID);
	if (fd < 0 || write(fd, text, n) != n)
		_exit(EXIT_SKIP);
	syscall(SYS_getppid);
	_exit(0);
}

int main(void)
{
	struct sct_options opt = { .events = "getppid", .npids = 1 };
	const struct sct_event *const *events;
	int wait[2], status, calls = 0;
	struct sct_session *s;
	uint32_t last = 0;
	ssize_t i, n;
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
		for (i = 0; i < n; i++, calls++)
			last = sct_event_task(events[i])->loginuid;
	}
	check(waitpid(pid, &status, 0) == pid && WIFEXITED(status), "status %#x", status);
	sct_close(s);
	if (WEXITSTATUS(status) == EXIT_SKIP) {
		puts("the login user id cannot be set here");
		return EXIT_SKIP;
	}
	check(!status && calls == 2, "status %#x, %d calls", status, calls);
	check(last == LOGINUID, "%u", last);
	return 0;
}
