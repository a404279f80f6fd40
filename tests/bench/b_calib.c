// SPDX-License-Identifier: MIT
/* A thousand times two instructions and no call: does the emulator's clock count instructions? */
#include "bench.h"

static void op(void)
{
	long n = 1000;

	__asm__ volatile("1: dec %0; jnz 1b" : "+r"(n));
}

int main(int argc, char **argv)
{
	bench_run("calib", argc, argv, 20000, op);
	return 0;
}
