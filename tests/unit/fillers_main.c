// SPDX-License-Identifier: MIT
/* The program that runs the tests of fillers: each test_*.c without a main() has some. */
#include "fillers.h"

static int before_test(void **state)
{
	(void)state;
	fake_reset();
	return 0;
}

static int after_test(void **state)
{
	(void)state;
	free_edges();
	return 0;
}

static void every_computed_value_is_checked(void **state)
{
	(void)state;
	assert_int_equal(report_unchecked(), 0);
}

/* A program of one file's tests, which has its name, cannot check all values. */
static int is_whole(void)
{
	return !strcmp(program_invocation_short_name, "test_fillers");
}

extern const struct test __start_sct_tests[], __stop_sct_tests[];

int main(int argc, char **argv)
{
	size_t n = __stop_sct_tests - __start_sct_tests, i;
	struct CMUnitTest *tests = calloc(n + 1, sizeof(*tests));
	int failed;

	for (i = 0; tests && i < n; i++)
		tests[i] = (struct CMUnitTest){ __start_sct_tests[i].name, __start_sct_tests[i].run,
						before_test, after_test, NULL };
	if (argc > 1)	/* only the tests of this name; * and ? stand for others */
		cmocka_set_test_filter(argv[1]);
	else if (tests && is_whole())
		tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_computed_value_is_checked);
	failed = tests ? _cmocka_run_group_tests("fillers", tests, n, NULL, NULL) : -1;
	free(tests);
	return failed ? 1 : 0;
}
