// SPDX-License-Identifier: MIT
/* What pointer arguments point to, where the command says so. */
#include <fcntl.h>
#include <sys/socket.h>
#include "fillers.h"

TEST(fcntl_lock_is_there_when_it_was_passed)
{
	struct flock lock = { .l_type = F_WRLCK, .l_start = 7, .l_len = 9 };
	struct rec rec = fill(fcntl_x, 0, 3, F_SETLK, at_edge(&lock, sizeof(lock)));

	assert_bytes(&rec, fcntl_x, value, sizeof(lock), &lock, sizeof(lock));
	rec = fill(fcntl_x, -EAGAIN, 3, F_SETLK, at_edge(&lock, sizeof(lock)));
	assert_bytes(&rec, fcntl_x, value, sizeof(lock), &lock, sizeof(lock));
	rec = fill_enter(fcntl_x, 3, F_OFD_GETLK, at_edge(&lock, sizeof(lock)));
	assert_bytes(&rec, fcntl_x, value, sizeof(lock), &lock, sizeof(lock));
	rec = fill(fcntl_x, -EFAULT, 3, F_SETLKW, BAD_PTR);
	assert_bytes_faulted(&rec, fcntl_x, value, sizeof(lock));
	rec = fill(fcntl_x, -EFAULT, 3, F_SETLKW, NULL);
	assert_empty(&rec, fcntl_x, value);
}

TEST(fcntl_results_are_there_after_a_success)
{
	struct f_owner_ex owner = { F_OWNER_PID, 12 };
	struct rec rec = fill(fcntl_x, 0, 3, F_GETOWN_EX, &owner);

	assert_bytes(&rec, fcntl_x, value, sizeof(owner), &owner, sizeof(owner));
	rec = fill(fcntl_x, -EBADF, 3, F_GETOWN_EX, &owner);
	assert_empty(&rec, fcntl_x, value);
	rec = fill_enter(fcntl_x, 3, F_GETOWN_EX, &owner);
	assert_empty(&rec, fcntl_x, value);
}

TEST(fcntl_locks_are_as_large_as_the_caller_has_them)
{
	struct rec rec;

	fake.flags = SCT_ABI_IA32;
	rec = fill(fcntl_x, 0, 3, F_SETLK, big_buffer());
	assert_bytes(&rec, fcntl_x, value, 16, big_buffer(), 16);
	rec = fill(fcntl_x, 0, 3, F_OFD_SETLK, big_buffer());
	assert_bytes(&rec, fcntl_x, value, 24, big_buffer(), 24);
	rec = fill(fcntl_x, 0, 3, 13 /* F_SETLK64 */, big_buffer());
	assert_bytes(&rec, fcntl_x, value, 24, big_buffer(), 24);
	fake.flags = SCT_ABI_X32;
	rec = fill(fcntl_x, 0, 3, F_SETLK, big_buffer());
	assert_bytes(&rec, fcntl_x, value, 32, big_buffer(), 32);
}

TEST(fcntl_numbers_are_no_pointers)
{
	struct rec rec = fill(fcntl_x, 0, 3, F_SETFL, BAD_PTR);

	assert_empty(&rec, fcntl_x, value);
	assert_num(&rec, fcntl_x, arg, BAD_PTR);
	rec = fill(fcntl_x, -EINVAL, 3, 9999, big_buffer());
	assert_empty(&rec, fcntl_x, value);
}

/* They are no data, whose length the user of the tracer chooses. */
TEST(options_are_whole_whatever_the_snaplen)
{
	int len = 300;
	struct rec rec = fill(setsockopt_x, 0, 3, SOL_SOCKET, SO_LINGER, big_buffer(), 300);

	assert_bytes(&rec, setsockopt_x, val, 300, big_buffer(), 300);
	rec = fill(getsockopt_x, 0, 3, SOL_SOCKET, SO_LINGER, big_buffer(), &len);
	assert_bytes(&rec, getsockopt_x, val, 300, big_buffer(), 300);
	rec = fill(setsockopt_x, 0, 3, SOL_SOCKET, SO_LINGER, big_buffer(), SCT_VALUE_MAX + 1);
	assert_bytes(&rec, setsockopt_x, val, SCT_VALUE_MAX + 1, big_buffer(), SCT_VALUE_MAX);
}
