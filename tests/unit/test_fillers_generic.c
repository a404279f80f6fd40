// SPDX-License-Identifier: MIT
/* The generic event, and what only one well-known row needs to show. */
#include <fcntl.h>
#include "fillers.h"

TEST(generic_tells_number_and_row)
{
	struct rec rec = fill(generic_x, 0);

	assert_num(&rec, generic_x, ID, fake.row);
	assert_num(&rec, generic_x, nativeID, fake.nr);
}

TEST(generic_keeps_all_bits_of_arguments)
{
	struct rec rec = fill(generic_x, -ENOSYS, 1, ~0ull, 1ull << 63, -1, INT64_MAX, 6);

	assert_num(&rec, generic_x, res, -ENOSYS);
	assert_num(&rec, generic_x, arg0, 1);
	assert_num(&rec, generic_x, arg1, ~0ull);
	assert_num(&rec, generic_x, arg2, 1ull << 63);
	assert_num(&rec, generic_x, arg3, -1);
	assert_num(&rec, generic_x, arg4, INT64_MAX);
	assert_num(&rec, generic_x, arg5, 6);
}

TEST(generic_record_is_as_long_as_its_values)
{
	struct rec rec = fill(generic_x, 0);

	assert_int_equal(rec.head.len, 56 + 24 + SCT_ALIGN8(2 + 4 + 7 * 8));
}

TEST(read_data_is_the_result_s_length)
{
	struct rec rec = fill(read_x, 5, 3, "hello world", 100);

	assert_bytes(&rec, read_x, data, 5, "hello", 5);
	assert_num(&rec, read_x, size, 100);
}

TEST(read_of_nothing_has_no_data)
{
	struct rec rec = fill(read_x, 0, 3, BAD_PTR, 100);

	assert_bytes(&rec, read_x, data, 0, "", 0);
}

TEST(failed_read_has_no_data)
{
	struct rec rec = fill(read_x, -EAGAIN, 3, "hello", 5);

	assert_empty(&rec, read_x, data);
}

TEST(write_data_is_cut_at_the_snaplen)
{
	struct rec rec = fill(write_x, -EFAULT, 1, big_buffer(), BIG_SIZE);

	assert_bytes(&rec, write_x, data, BIG_SIZE, big_buffer(), SCT_SNAPLEN_DEF);
}

TEST(write_data_is_all_or_nothing)
{
	struct rec rec = fill(write_x, 4, 1, at_edge("abcd", 4), 5);

	assert_bytes_faulted(&rec, write_x, data, 5);
}

TEST(write_of_a_huge_count_keeps_the_count)
{
	struct rec rec = fill(write_x, -EFAULT, 1, at_edge(big_buffer(), 80), ~0ull);

	assert_bytes(&rec, write_x, data, ~0ull, big_buffer(), 80);
}

TEST(write_enter_has_data_and_no_result)
{
	struct rec rec = fill_enter(write_x, 1, "abc", 3);

	assert_empty(&rec, write_x, res);
	assert_bytes(&rec, write_x, data, 3, "abc", 3);
}

TEST(negative_descriptor_stays_negative)
{
	struct rec rec = fill(close_x, -EBADF, 0xffffffff);

	assert_num(&rec, close_x, fd, -1);
	assert_int_equal(rec.p[SCT_PARAM(close_x, fd)].len, 4);
}
