// SPDX-License-Identifier: MIT
#include <asm/unistd_x32.h>	/* numbers are sums, of the bit that marks all of them and what we have */
#include <stdbool.h>
#include "fillers.h"

#define TEXT_(x) #x
#define TEXT(x)	 TEXT_(x)

static const struct {
	const char *name;
	int x86_64;
	const char *header;
} numbers[] = {
#define SCT_SYSCALL(name, x86_64, i386, arm64, flags, event) \
	[SCT_SYS_##name] = { #name, x86_64, TEXT(__NR_##name) },
#include "syscalls.def"
};

static const int own[SCT_SYS_MAX] = {
#define SCT_X32(number, call) [SCT_SYS_##call] = number,
#include "syscalls.def"
};

static bool in_header(size_t i)
{
	return strchr(numbers[i].header, '+');
}

/* The headers may be older than the table. */
TEST(x32_numbers_are_the_kernel_s)
{
	int n = 0, nown = 0, nr;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		if (!in_header(i))
			continue;
		nr = atoi(strchr(numbers[i].header, '+') + 1);
		if (nr != (own[i] ? own[i] : numbers[i].x86_64))
			fail_msg("%s is %d, in the header %d", numbers[i].name,
				 own[i] ? own[i] : numbers[i].x86_64, nr);
		n++;
		nown += nr >= 512;
	}
	assert_in_range(n, 300, ARRAY_SIZE(numbers));
	assert_int_equal(nown, 36);
}
