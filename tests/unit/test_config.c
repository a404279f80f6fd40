// SPDX-License-Identifier: MIT
/* struct sct_config: which member is wrong, and callers that know less or more of it than we do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <linux/types.h>
#include <cmocka.h>
#include "sct_abi.h"
#include "sct_config.h"

static const struct sct_config good = {
	.sz = sizeof(good), .snaplen = SCT_SNAPLEN_DEF, .ring_size = SCT_RING_MIN,
	.argv_max = SCT_ARGV_DEF, .argv_failed = SCT_ARGV_FAILED, .wake_bytes = SCT_RING_MIN,
};

/* With a change, the member is what is wrong. */
#define assert_wrong(member, ...)					\
	do {								\
		struct sct_config c = good;				\
									\
		__VA_ARGS__;						\
		assert_non_null(sct_config_check(&c));			\
		assert_string_equal(sct_config_check(&c), #member);	\
	} while (0)

#define assert_good(...)						\
	do {								\
		struct sct_config c = good;				\
									\
		__VA_ARGS__;						\
		assert_null(sct_config_check(&c));			\
	} while (0)

static void the_wrong_member_is_named(void **state)
{
	(void)state;
	assert_wrong(sz, c.sz--);
	assert_wrong(snaplen, c.snaplen = SCT_SNAPLEN_MAX + 1);
	assert_wrong(ring_size, c.ring_size = 0);
	assert_wrong(ring_size, c.ring_size = SCT_RING_MIN / 2);
	assert_wrong(ring_size, c.ring_size = SCT_RING_MIN + 4096);
	assert_wrong(ring_size, c.ring_size = 2ull * SCT_RING_MAX);
	assert_wrong(argv_max, c.argv_max = SCT_ARGV_MAX + 1);
	assert_wrong(pass_default, c.pass_default = 2);
	assert_wrong(pass_result, c.pass_result = SCT_PASS_MAX);
	assert_wrong(durations, c.durations = 2);
	assert_wrong(notes, c.notes = 2);
	assert_wrong(files, c.files = SCT_FILES_MAX);
	assert_wrong(wake_bytes, c.wake_bytes++);
	assert_wrong(argv_failed, c.argv_failed = c.argv_max + 1);
}

static void the_largest_values_are_good(void **state)
{
	(void)state;
	assert_good();
	assert_good(c.snaplen = SCT_SNAPLEN_MAX);
	assert_good(c.ring_size = c.wake_bytes = SCT_RING_MAX);
	assert_good(c.pass_default = c.durations = c.notes = 1);
	assert_good(c.pass_result = SCT_PASS_MAX - 1);
}

static void large_records_take_a_large_ring(void **state)
{
	(void)state;
	assert_wrong(ring_size, c.argv_max = SCT_ARGV_DEF + 1);
	assert_wrong(ring_size, c.files = SCT_FILES_PATHS);
	assert_good(c.argv_max = c.argv_failed = SCT_ARGV_MAX, c.ring_size = SCT_RING_LARGE);
	assert_good(c.files = SCT_FILES_MAX - 1, c.ring_size = SCT_RING_LARGE);
}

static void what_a_shorter_one_lacks_is_the_default(void **state)
{
	struct sct_config c = { .ring_size = SCT_RING_MIN };
	__u32 sz;

	(void)state;
	for (sz = offsetof(struct sct_config, argv_max); sz <= sizeof(c); sz += 4) {
		c = (struct sct_config){ .sz = sz, .ring_size = SCT_RING_MIN };
		assert_null(sct_config_take(&c, sz));
		assert_int_equal(c.sz, sizeof(c));
		assert_int_equal(c.snaplen, SCT_SNAPLEN_DEF);
		assert_int_equal(c.argv_max, SCT_ARGV_DEF);
		assert_int_equal(c.argv_failed, SCT_ARGV_FAILED);
		assert_int_equal(c.files, SCT_FILES_NONE);
	}
	c = (struct sct_config){ .sz = 4 };
	assert_string_equal(sct_config_take(&c, 4), "ring_size");
}

static void a_longer_one_is_taken_as_far_as_it_is_known(void **state)
{
	struct sct_config c = good;

	(void)state;
	c.sz = sizeof(c) + 100;
	assert_null(sct_config_take(&c, sizeof(c) + 100));
	assert_memory_equal(&c, &good, sizeof(c));
}

static void sizes_that_make_no_sense(void **state)
{
	struct sct_config c = good;

	(void)state;
	assert_string_equal(sct_config_take(&c, sizeof(c) - 1), "sz");	/* beyond what was given */
	assert_string_equal(sct_config_take(&c, 0), "sz");
	c.sz = 3;
	assert_string_equal(sct_config_take(&c, sizeof(c)), "sz");
	c.sz = ~0u;
	assert_string_equal(sct_config_take(&c, sizeof(c)), "sz");
	c.sz = offsetof(struct sct_config, wake_bytes);		/* but there are some */
	assert_string_equal(sct_config_take(&c, sizeof(c)), "sz");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_wrong_member_is_named),
		cmocka_unit_test(the_largest_values_are_good),
		cmocka_unit_test(large_records_take_a_large_ring),
		cmocka_unit_test(what_a_shorter_one_lacks_is_the_default),
		cmocka_unit_test(a_longer_one_is_taken_as_far_as_it_is_known),
		cmocka_unit_test(sizes_that_make_no_sense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
