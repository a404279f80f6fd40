// SPDX-License-Identifier: MIT
/* Submissions and completions of io_urings. */
#include <linux/io_uring.h>
#include "fillers.h"

TEST(io_uring_submit_tells_the_request)
{
	struct rec rec;

	fake.uring.flags = IOSQE_ASYNC | 0x80 | 0x1000000;	/* the kernel's own above */
	rec = fill(io_uring_submit, 0);
	assert_num(&rec, io_uring_submit, opcode, IORING_OP_READ);
	assert_num(&rec, io_uring_submit, fd, 7);
	assert_num(&rec, io_uring_submit, user_data, fake.uring.user_data);
	assert_num(&rec, io_uring_submit, flags, IOSQE_ASYNC);
}

/* What is there is left from another request. */
TEST(io_uring_submit_without_a_file_has_no_descriptor)
{
	static const __s32 without[] = {
		IORING_OP_NOP, IORING_OP_TIMEOUT, IORING_OP_OPENAT, IORING_OP_CLOSE, IORING_OP_STATX,
		IORING_OP_UNLINKAT, IORING_OP_SOCKET, 63,
	};
	static const __s32 with[] = {
		IORING_OP_READV, IORING_OP_FSYNC, IORING_OP_ACCEPT, IORING_OP_SPLICE, IORING_OP_SEND_ZC,
		54, 64, 200,
	};
	struct rec rec;
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(without); i++) {
		fake.uring.opcode = without[i];
		rec = fill(io_uring_submit, 0);
		assert_empty(&rec, io_uring_submit, fd);
	}
	for (i = 0; i < ARRAY_SIZE(with); i++) {
		fake.uring.opcode = with[i];
		rec = fill(io_uring_submit, 0);
		assert_num(&rec, io_uring_submit, fd, 7);
	}
	fake.uring.fd = -1;
	rec = fill(io_uring_submit, 0);
	assert_empty(&rec, io_uring_submit, fd);
}

TEST(io_uring_async_work_tells_the_request)
{
	struct rec rec = fill(io_uring_async_work, 0);

	assert_num(&rec, io_uring_async_work, opcode, IORING_OP_READ);
	assert_num(&rec, io_uring_async_work, user_data, fake.uring.user_data);
	assert_num(&rec, io_uring_async_work, flags, IOSQE_FIXED_FILE);
	assert_num(&rec, io_uring_async_work, hashed, 1);
}

TEST(io_uring_complete_tells_the_result)
{
	struct rec rec = fill(io_uring_complete, 0);

	assert_num(&rec, io_uring_complete, res, -5);
	assert_num(&rec, io_uring_complete, opcode, IORING_OP_READ);
	assert_num(&rec, io_uring_complete, user_data, fake.uring.user_data);
	assert_num(&rec, io_uring_complete, flags, IORING_CQE_F_BUFFER);
	fake.uring.opcode = -1;
	rec = fill(io_uring_complete, 0);
	assert_empty(&rec, io_uring_complete, opcode);
	assert_num(&rec, io_uring_complete, res, -5);
}

TEST(io_uring_of_a_kernel_that_tells_nothing_is_empty)
{
	struct rec rec;

	fake.uring.known = 0;
	fake.uring.opcode = -1;
	rec = fill(io_uring_submit, 0);
	assert_empty(&rec, io_uring_submit, opcode);
	assert_empty(&rec, io_uring_submit, user_data);
	rec = fill(io_uring_async_work, 0);
	assert_empty(&rec, io_uring_async_work, user_data);
	assert_num(&rec, io_uring_async_work, hashed, 1);
	rec = fill(io_uring_complete, 0);
	assert_empty(&rec, io_uring_complete, res);
}
