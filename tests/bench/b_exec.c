// SPDX-License-Identifier: MIT
/* fork, execve of a program that does nothing, wait. */
#include <sys/wait.h>
#include <unistd.h>
#include "bench.h"

static void op(void)
{
	static char *const args[] = { "true", NULL }, *const env[] = { NULL };
	pid_t pid = MUST(fork());
	int status;

	if (!pid) {
		execve("/bin/true", args, env);
		_exit(127);
	}
	MUST(waitpid(pid, &status, 0));
	if (status)
		bench_die("/bin/true");
}

int main(int argc, char **argv)
{
	bench_run("exec", argc, argv, 500, op);
	return 0;
}
