// SPDX-License-Identifier: MIT
/* The calls of calls32.h; their results go to standard output. */
#include "calls32.h"
#include <errno.h>
#include <unistd.h>

static int call(const unsigned a[7])
{
	long ret = syscall(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);

	return ret == -1 ? -errno : ret;
}

int main(void)
{
	static struct mem32 memory, *mem = &memory;
	const unsigned calls[][7] = {
#define LIST(...)	__VA_ARGS__
#define X(event, name, nr, args, params) { nr, LIST args },
		CALLS32(X)
#undef X
	};
	int results[sizeof(calls) / sizeof(calls[0])];
	unsigned i;

	fill_mem32(mem);
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		results[i] = call(calls[i]);
	return write(STDOUT_FILENO, results, sizeof(results)) != sizeof(results);
}
