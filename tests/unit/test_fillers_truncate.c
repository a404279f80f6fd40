// SPDX-License-Identifier: MIT
#include "fillers.h"

TEST(truncate_has_path_and_length)
{
	struct rec rec = fill(truncate_x, 0, "/tmp/file", 1ull << 40);

	assert_num(&rec, truncate_x, res, 0);
	assert_str(&rec, truncate_x, path, "/tmp/file");
	assert_num(&rec, truncate_x, length, 1ull << 40);
}

TEST(truncate_of_i386_has_a_length_of_32_bit)
{
	struct rec rec;

	fake.flags = SCT_ABI_IA32;
	rec = fill(truncate_x, -EINVAL, "/tmp/file", 0xfffffffe);
	assert_num(&rec, truncate_x, length, -2);
}
