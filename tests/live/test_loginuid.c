// SPDX-License-Identifier: MIT
/* A login user id that is set while a process runs is known from the next event on. */
#include <fcntl.h>
#include <sys/syscall.h>
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

static unsigned calls;
static uint32_t last;

static void note_loginuid(const struct sct_event *event)
{
	calls++;
	last = sct_event_task(event)->loginuid;
}

int main(void)
{
	int status;

	need_root();
	status = trace_child("getppid", run, note_loginuid);
	check(WIFEXITED(status), "status %#x", status);
	if (WEXITSTATUS(status) == EXIT_SKIP) {
		puts("the login user id cannot be set here");
		return EXIT_SKIP;
	}
	check(!status && calls == 2, "status %#x, %u calls", status, calls);
	check(last == LOGINUID, "%u", last);
	return 0;
}
