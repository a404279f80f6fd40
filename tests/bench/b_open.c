// SPDX-License-Identifier: MIT
/* openat and close: a path and a descriptor. */
#include <fcntl.h>
#include <unistd.h>
#include "bench.h"

static void op(void)
{
	MUST(close(MUST(open("/dev/null", O_RDONLY))));
}

int main(int argc, char **argv)
{
	bench_run("open", argc, argv, 200000, op);
	return 0;
}
