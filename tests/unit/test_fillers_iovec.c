// SPDX-License-Identifier: MIT
/* Calls with an iovec array: its buffers are shown as one. */
#include <sys/uio.h>
#include "fillers.h"

static struct iovec two[] = { { "hello ", 6 }, { "world", 5 } };

static void repeat(struct iovec *iov, size_t n, void *base, size_t len)
{
	while (n--)
		*iov++ = (struct iovec){ base, len };
}

TEST(writev_buffers_are_one)
{
	struct rec rec = fill(writev_x, 11, 1, two, 2);

	assert_bytes(&rec, writev_x, data, 11, "hello world", 11);
	assert_num(&rec, writev_x, size, 11);
	assert_num(&rec, writev_x, iovcnt, 2);
}

TEST(writev_without_buffers_has_size_0)
{
	struct rec rec = fill(writev_x, 0, 1, two, 0);

	assert_bytes(&rec, writev_x, data, 0, "", 0);
	assert_num(&rec, writev_x, size, 0);
}

TEST(writev_null_array_is_empty)
{
	struct rec rec = fill(writev_x, -EFAULT, 1, NULL, 2);

	assert_empty(&rec, writev_x, data);
}

TEST(writev_bad_array_is_faulted)
{
	struct rec rec = fill(writev_x, -EFAULT, 1, BAD_PTR, 2);

	assert_faulted(&rec, writev_x, data);
	assert_faulted(&rec, writev_x, size);
}

/* The kernel takes such an array not at all. */
TEST(writev_array_that_ends_early_is_faulted)
{
	struct rec rec = fill(writev_x, -EFAULT, 1, at_edge(two, sizeof(two)), 3);

	assert_faulted(&rec, writev_x, data);
	assert_faulted(&rec, writev_x, size);
}

/* After a bad buffer comes no more data, but the sizes are known. */
TEST(writev_bad_buffer_in_the_middle_ends_the_data)
{
	struct iovec iov[] = { { "abc", 3 }, { BAD_PTR, 4 }, { "def", 3 } };
	struct rec rec = fill(writev_x, 3, 1, iov, 3);
	const struct param *p = &rec.p[SCT_PARAM(writev_x, data)];
	__u64 size;

	memcpy(&size, p->data, sizeof(size));
	assert_int_equal(size, 10);
	assert_int_equal(p->len, 8 + 3);
	assert_memory_equal(p->data + 8, "abc", 3);
	check(&rec, SCT_PARAM(writev_x, data), rec.head.faulted >> SCT_PARAM(writev_x, data) & 1);
	assert_num(&rec, writev_x, size, 10);
}

TEST(writev_empty_buffers_are_skipped)
{
	struct iovec iov[] = { { BAD_PTR, 0 }, { "a", 1 }, { NULL, 0 }, { "b", 1 } };
	struct rec rec = fill(writev_x, 2, 1, iov, 4);

	assert_bytes(&rec, writev_x, data, 2, "ab", 2);
}

TEST(writev_is_cut_at_the_snaplen_inside_a_buffer)
{
	struct iovec iov[3];
	struct rec rec;

	repeat(iov, 3, big_buffer(), 50);
	rec = fill(writev_x, 150, 1, iov, 3);
	assert_bytes(&rec, writev_x, data, 150, big_buffer(), 80);
	assert_num(&rec, writev_x, size, 150);
}

TEST(writev_reads_no_more_than_the_largest_number_of_buffers)
{
	struct iovec iov[SCT_IOV_MAX + 1];
	__u32 i = SCT_PARAM(writev_x, data);
	struct rec rec;

	repeat(iov, SCT_IOV_MAX + 1, "x", 1);
	rec = fill(writev_x, SCT_IOV_MAX, 1, iov, SCT_IOV_MAX);
	assert_bytes(&rec, writev_x, data, SCT_IOV_MAX, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 32);
	rec = fill(writev_x, SCT_IOV_MAX + 1, 1, iov, SCT_IOV_MAX + 1);
	check(&rec, i, rec.head.cut >> i & 1 && rec.p[i].len == 8 + SCT_IOV_MAX);
	i = SCT_PARAM(writev_x, size);
	check(&rec, i, rec.head.cut >> i & 1);
}

TEST(writev_huge_lengths_are_cut)
{
	struct iovec iov[] = { { big_buffer(), ~0ull }, { big_buffer(), 1ull << 63 } };
	struct rec rec = fill(writev_x, -EINVAL, 1, iov, 1);

	assert_bytes(&rec, writev_x, data, ~0ull, big_buffer(), 80);
	rec = fill(writev_x, -EINVAL, 1, iov + 1, 1);
	assert_bytes(&rec, writev_x, data, 1ull << 63, big_buffer(), 80);
}

TEST(writev_huge_count_ends)
{
	struct rec rec = fill(writev_x, -EINVAL, 1, big_buffer(), ~0ull);

	check(&rec, SCT_PARAM(writev_x, data), rec.head.cut >> SCT_PARAM(writev_x, data) & 1);
}

TEST(writev_fills_the_largest_snaplen)
{
	struct iovec iov[SCT_IOV_MAX];
	struct rec rec;

	fake.cfg.snaplen = SCT_SNAPLEN_MAX;
	repeat(iov, SCT_IOV_MAX, big_buffer(), SCT_SNAPLEN_MAX / SCT_IOV_MAX);
	rec = fill(writev_x, SCT_SNAPLEN_MAX, 1, iov, SCT_IOV_MAX);
	assert_bytes(&rec, writev_x, data, SCT_SNAPLEN_MAX, big_buffer(), SCT_SNAPLEN_MAX);
	repeat(iov, SCT_IOV_MAX, big_buffer(), SCT_SNAPLEN_MAX);
	rec = fill(writev_x, 0, 1, iov, SCT_IOV_MAX);
	assert_bytes(&rec, writev_x, data, SCT_IOV_MAX * SCT_SNAPLEN_MAX, big_buffer(),
		     SCT_SNAPLEN_MAX);
}

TEST(readv_data_is_the_result_s_length)
{
	struct rec rec = fill(readv_x, 8, 1, two, 2);

	assert_bytes(&rec, readv_x, data, 8, "hello wo", 8);
	assert_num(&rec, readv_x, size, 11);
}

TEST(readv_of_nothing_has_size_0)
{
	struct rec rec = fill(readv_x, 0, 1, two, 2);

	assert_bytes(&rec, readv_x, data, 0, "", 0);
}

TEST(readv_bad_array_is_faulted)
{
	struct rec rec = fill(readv_x, 8, 1, at_edge(two, sizeof(two)), 3);

	assert_faulted(&rec, readv_x, size);
	rec = fill(readv_x, 100, 1, at_edge(two, sizeof(two)), 3);
	assert_faulted(&rec, readv_x, data);
}

TEST(readv_that_failed_has_sizes_only)
{
	struct rec rec = fill(readv_x, -EIO, 1, two, 2);

	assert_empty(&rec, readv_x, data);
	assert_num(&rec, readv_x, size, 11);
}

TEST(preadv_and_pwritev_tell_position_and_data)
{
	struct rec rec = fill(preadv_x, 8, 1, two, 2, 4096);

	assert_bytes(&rec, preadv_x, data, 8, "hello wo", 8);
	assert_num(&rec, preadv_x, size, 11);
	assert_num(&rec, preadv_x, pos, 4096);
	rec = fill(pwritev_x, 8, 1, two, 2, 4096);
	assert_bytes(&rec, pwritev_x, data, 11, "hello world", 11);
	assert_num(&rec, pwritev_x, size, 11);
	assert_num(&rec, pwritev_x, pos, 4096);
}

/* The data is that of the caller's side; the other side's addresses mean nothing here. */
TEST(process_vm_data_is_the_callers)
{
	struct iovec far = { BAD_PTR, 11 };
	struct rec rec = fill(process_vm_readv_x, 8, 77, two, 2, &far, 1, 0);

	assert_bytes(&rec, process_vm_readv_x, data, 8, "hello wo", 8);
	rec = fill(process_vm_writev_x, 11, 77, two, 2, &far, 1, 0);
	assert_bytes(&rec, process_vm_writev_x, data, 11, "hello world", 11);
}

/* ---- preadv2 and pwritev2 ---- */

TEST(flags_of_preadv2_come_one_argument_earlier_for_x32)
{
	struct iovec v = { "abc", 3 };
	struct rec rec = fill(preadv2_x, 3, 3, &v, 1, 7, 0, 5);

	assert_num(&rec, preadv2_x, flags, 5);
	assert_num(&rec, preadv2_x, size, 3);
	assert_bytes(&rec, preadv2_x, data, 3, "abc", 3);
	rec = fill(pwritev2_x, 3, 3, &v, 1, 7, 0, 6);
	assert_num(&rec, pwritev2_x, flags, 6);
	assert_num(&rec, pwritev2_x, size, 3);
	assert_bytes(&rec, pwritev2_x, data, 3, "abc", 3);
	fake.flags = SCT_ABI_X32;
	rec = fill(preadv2_x, -EBADF, -1, NULL, 0, 7, 8, 9);
	assert_num(&rec, preadv2_x, flags, 8);
}
