// SPDX-License-Identifier: MIT
/* 4 KiB into a pipe and out of it: buffers, of which the tracer copies the begin. */
#include <string.h>
#include <unistd.h>
#include "bench.h"

static char buf[4096];
static int ends[2];

static void op(void)
{
	MUST(write(ends[1], buf, sizeof(buf)));
	MUST(read(ends[0], buf, sizeof(buf)));
}

int main(int argc, char **argv)
{
	memset(buf, 'x', sizeof(buf));
	MUST(pipe(ends));
	bench_run("pipe", argc, argv, 200000, op);
	return 0;
}
