// SPDX-License-Identifier: MIT
/* The cheapest call there is: what a tracer costs at least. */
#include <sys/syscall.h>
#include <unistd.h>
#include "bench.h"

static void op(void)
{
	syscall(SYS_getppid);
}

int main(int argc, char **argv)
{
	bench_run("getppid", argc, argv, 1000000, op);
	return 0;
}
