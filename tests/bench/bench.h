/* SPDX-License-Identifier: MIT */
/*
 * One timed loop per program, one line of output:
 *
 *   bench=NAME ops=N ns_per_op=X min_ns_per_op=X
 *
 * The loop runs in CHUNKS slices.  On a machine with other work the cheapest slice is the figure to
 * compare; the mean includes the others' noise.
 *
 * With the argument "step" the program instead takes numbers from its standard input, does as many
 * operations, and answers each with the instructions that these took; both are 64 bits wide.
 */
#ifndef BENCH_H
#define BENCH_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BENCH_CHUNKS 10

/* Through the vDSO: no system call. */
static inline uint64_t bench_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

_Noreturn static inline void bench_die(const char *what)
{
	perror(what);
	exit(1);
}

/* Executed instructions, where an emulator lets the time stamp counter count them. */
static inline uint64_t bench_insns(void)
{
#ifdef __x86_64__
	return __builtin_ia32_rdtsc();
#else
	errno = ENOTSUP;
	bench_die("counting instructions");
#endif
}

/* What fails ends the program: it would be fast. */
static inline long bench_must(long ret, const char *what)
{
	if (ret < 0)
		bench_die(what);
	return ret;
}

#define MUST(call) bench_must(call, #call)

static inline void bench_steps(void (*op)(void))
{
	uint64_t n, insns, i;

	while (MUST(read(STDIN_FILENO, &n, sizeof(n))) == sizeof(n)) {
		insns = bench_insns();
		for (i = 0; i < n; i++)
			op();
		insns = bench_insns() - insns;
		MUST(write(STDOUT_FILENO, &insns, sizeof(insns)));
	}
}

/* Call op as often as the program's argument says, else ops times. */
static inline void bench_run(const char *name, int argc, char **argv, long ops, void (*op)(void))
{
	long n = (argc > 1 ? strtol(argv[1], NULL, 0) : ops) / BENCH_CHUNKS, i;
	uint64_t total = 0, least = UINT64_MAX, ns;
	int chunk;

	if (argc > 1 && !strcmp(argv[1], "step")) {
		bench_steps(op);
		return;
	}
	if (n < 1)
		n = 1;
	for (chunk = 0; chunk < BENCH_CHUNKS; chunk++) {
		ns = bench_now();
		for (i = 0; i < n; i++)
			op();
		ns = bench_now() - ns;
		total += ns;
		if (ns < least)
			least = ns;
	}
	printf("bench=%s ops=%ld ns_per_op=%.1f min_ns_per_op=%.1f\n", name, n * BENCH_CHUNKS,
	       (double)total / n / BENCH_CHUNKS, (double)least / n);
}

#endif
