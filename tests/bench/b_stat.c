// SPDX-License-Identifier: MIT
/* newfstatat: a path, and nothing changes. */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "bench.h"

static void op(void)
{
	struct stat st;

	MUST(syscall(SYS_newfstatat, AT_FDCWD, "/dev/null", &st, 0));
}

int main(int argc, char **argv)
{
	bench_run("stat", argc, argv, 300000, op);
	return 0;
}
