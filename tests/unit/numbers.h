/* SPDX-License-Identifier: MIT */
/*
 * Compares one column of syscalls.def with the numbers in a kernel header: the name COLUMN()
 * picks the column.  For test_numbers_*.c only; each includes one header and then this.
 */
#include "fillers.h"

/* The number as text, or the macro's own name where the header lacks it. */
#define TEXT_(x) #x
#define TEXT(x)	 TEXT_(x)

static const struct {
	const char *name;
	int nr;
	const char *header;
} numbers[] = {
#define SCT_SYSCALL(name, x86_64, i386, arm64, flags, event) \
	{ #name, COLUMN(x86_64, i386, arm64), TEXT(__NR_##name) },
#include "syscalls.def"
};

/* The headers may be older than the table. */
static void numbers_are_the_header_s(int at_least)
{
	size_t i;
	int n = 0;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		if (numbers[i].header[0] == '_')
			continue;
		if (atoi(numbers[i].header) != numbers[i].nr)
			fail_msg("%s is %d, in the header %s", numbers[i].name, numbers[i].nr,
				 numbers[i].header);
		n++;
	}
	assert_in_range(n, at_least, ARRAY_SIZE(numbers));
}

/* Is there a row for every number from a to b? */
static void numbers_are_complete(int a, int b)
{
	size_t i;

	for (; a <= b; a++) {
		for (i = 0; i < ARRAY_SIZE(numbers) && numbers[i].nr != a; i++)
			;
		if (i == ARRAY_SIZE(numbers))
			fail_msg("number %d is missing", a);
	}
}
