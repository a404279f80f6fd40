// SPDX-License-Identifier: MIT
/* fork, execve of a program that does nothing (BENCH_TRUE, else /bin/true), wait. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "bench.h"

static const char *program = "/bin/true";

static void op(void)
{
	static char *const args[] = { "true", NULL }, *const env[] = { NULL };
	pid_t pid = MUST(fork());
	int status;

	if (!pid) {
		execve(program, args, env);
		_exit(127);
	}
	MUST(waitpid(pid, &status, 0));
	if (status)
		bench_die(program);
}

int main(int argc, char **argv)
{
	const char *other = getenv("BENCH_TRUE");

	if (other)
		program = other;
	bench_run("exec", argc, argv, 500, op);
	return 0;
}
