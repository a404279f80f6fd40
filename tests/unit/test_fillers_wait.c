// SPDX-License-Identifier: MIT
/* Calls that wait: poll, select, futex, io_uring. */
#include <linux/futex.h>
#include <linux/io_uring.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include "fillers.h"

/* ---- poll ---- */

struct pollfds {
	__u64 count;
	struct pollfd fd[SCT_POLLFD_MAX];
};

static void make_pollfds(struct pollfds *p, __u64 count)
{
	size_t i;

	p->count = count;
	for (i = 0; i < SCT_POLLFD_MAX; i++)
		p->fd[i] = (struct pollfd){ .fd = i, .events = POLLIN, .revents = POLLHUP };
}

TEST(poll_tells_its_descriptors)
{
	struct pollfds p;
	struct rec rec;

	make_pollfds(&p, 2);
	rec = fill(poll_x, 1, at_edge(p.fd, 16), 2, -1);
	assert_mem(&rec, poll_x, fds, &p, 8 + 2 * 8);
	rec = fill(ppoll_x, 1, at_edge(p.fd, 16), 2, NULL, NULL);
	assert_mem(&rec, ppoll_x, fds, &p, 8 + 2 * 8);
}

TEST(poll_without_descriptors_has_count_0)
{
	struct pollfds p;
	struct rec rec;

	make_pollfds(&p, 0);
	rec = fill(poll_x, 0, p.fd, 0, 10);
	assert_mem(&rec, poll_x, fds, &p, 8);
	rec = fill(poll_x, 0, NULL, 0, 10);
	assert_empty(&rec, poll_x, fds);
}

TEST(poll_of_the_largest_number_is_whole)
{
	struct pollfds p;
	struct rec rec;

	make_pollfds(&p, SCT_POLLFD_MAX);
	rec = fill(poll_x, 0, at_edge(p.fd, sizeof(p.fd)), SCT_POLLFD_MAX, 10);
	assert_mem(&rec, poll_x, fds, &p, sizeof(p));
}

TEST(poll_of_more_is_cut)
{
	struct pollfds p;
	struct rec rec;

	make_pollfds(&p, SCT_POLLFD_MAX + 1);
	rec = fill(poll_x, 0, at_edge(p.fd, sizeof(p.fd)), SCT_POLLFD_MAX + 1, 10);
	assert_cut(&rec, poll_x, fds, &p, sizeof(p));
}

TEST(poll_huge_count_is_kept)
{
	struct pollfds p;
	struct rec rec;

	make_pollfds(&p, UINT32_MAX);
	rec = fill(poll_x, -EINVAL, p.fd, ~0ull, 10);
	assert_cut(&rec, poll_x, fds, &p, sizeof(p));
}

TEST(poll_bad_pointer_has_the_count)
{
	__u32 i = SCT_PARAM(poll_x, fds);
	struct rec rec = fill(poll_x, -EFAULT, BAD_PTR, 2, 10);

	check(&rec, i, rec.p[i].len == 8 && rec.p[i].data[0] == 2 && rec.head.faulted >> i & 1);
}

/* ---- select ---- */

TEST(select_timeout_is_in_nanoseconds)
{
	struct timeval tv = { 5, 999999 };
	struct timespec want = { 5, 999999000 };
	struct rec rec = fill(select_x, 0, 0, NULL, NULL, NULL, at_edge(&tv, sizeof(tv)));

	assert_mem(&rec, select_x, timeout, &want, sizeof(want));
}

TEST(select_without_timeout_is_empty)
{
	struct rec rec = fill(select_x, 0, 0, NULL, NULL, NULL, NULL);

	assert_empty(&rec, select_x, timeout);
}

TEST(select_bad_timeout_is_faulted)
{
	struct rec rec = fill(select_x, -EFAULT, 0, NULL, NULL, NULL, at_edge(big_buffer(), 15));

	assert_faulted(&rec, select_x, timeout);
}

/* ---- futex: the fourth argument is a timeout or a number ---- */

TEST(futex_wait_has_a_timeout)
{
	static const int ops[] = {
		FUTEX_WAIT, FUTEX_LOCK_PI, FUTEX_WAIT_BITSET, FUTEX_WAIT_REQUEUE_PI, 13,
		FUTEX_WAIT_PRIVATE, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME,
	};
	struct timespec ts = { 1, 2 };
	struct rec rec;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ops); i++) {
		rec = fill(futex_x, 0, &ops, ops[i], 0, &ts);
		assert_mem(&rec, futex_x, timeout, &ts, sizeof(ts));
		assert_empty(&rec, futex_x, val2);
	}
}

TEST(futex_wake_has_a_number)
{
	static const int ops[] = {
		FUTEX_WAKE, FUTEX_FD, FUTEX_REQUEUE, FUTEX_CMP_REQUEUE, FUTEX_WAKE_OP,
		FUTEX_UNLOCK_PI, FUTEX_TRYLOCK_PI, FUTEX_WAKE_BITSET, FUTEX_CMP_REQUEUE_PI,
		FUTEX_WAKE_PRIVATE,
	};
	struct rec rec;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ops); i++) {
		rec = fill(futex_x, 0, &ops, ops[i], 1, 0x10);
		assert_empty(&rec, futex_x, timeout);
		assert_num(&rec, futex_x, val2, 0x10);
	}
}

/* ---- io_uring ---- */

TEST(io_uring_enter_has_a_signal_set)
{
	__u64 set = 0x8000000000000001ull;
	struct rec rec = fill(io_uring_enter_x, 1, 3, 1, 1, 0, at_edge(&set, 8), 8);

	assert_mem(&rec, io_uring_enter_x, sig, &set, 8);
}

TEST(io_uring_enter_extended_argument_points_to_the_set)
{
	__u64 set = 0x1234, ext[3] = { (__u64)&set, 8, 0 };
	struct rec rec = fill(io_uring_enter_x, 1, 3, 1, 1, IORING_ENTER_EXT_ARG, ext, sizeof(ext));

	assert_mem(&rec, io_uring_enter_x, sig, &set, 8);
	ext[0] = 0;
	rec = fill(io_uring_enter_x, 1, 3, 1, 1, IORING_ENTER_EXT_ARG, ext, sizeof(ext));
	assert_empty(&rec, io_uring_enter_x, sig);
	rec = fill(io_uring_enter_x, -EFAULT, 3, 1, 1, IORING_ENTER_EXT_ARG, BAD_PTR, sizeof(ext));
	assert_faulted(&rec, io_uring_enter_x, sig);
}

/* The argument is an offset into memory that was registered before. */
TEST(io_uring_enter_registered_argument_is_no_pointer)
{
	__u64 flags = SCT_IORING_ENTER_EXT_ARG | SCT_IORING_ENTER_EXT_ARG_REG;
	struct rec rec = fill(io_uring_enter_x, 1, 3, 1, 1, flags, BAD_PTR, 24);

	assert_empty(&rec, io_uring_enter_x, sig);
}

/* ---- wait4, clock_nanosleep ---- */

TEST(wait4_tells_of_a_child_that_it_found)
{
	struct rusage usage = { .ru_utime = { 1, 2 }, .ru_nivcsw = 3 };
	__u32 status = 0x1234;
	struct rec rec;

	rec = fill(wait4_x, 77, -1, at_edge(&status, sizeof(status)), 1, at_edge(&usage, sizeof(usage)));
	assert_num(&rec, wait4_x, res, 77);
	assert_num(&rec, wait4_x, pid, -1);
	assert_num(&rec, wait4_x, status, 0x1234);
	assert_num(&rec, wait4_x, options, 1);
	assert_mem(&rec, wait4_x, rusage, &usage, sizeof(usage));
	rec = fill(wait4_x, 77, -1, NULL, 1, NULL);
	assert_empty(&rec, wait4_x, status);
	assert_empty(&rec, wait4_x, rusage);
}

TEST(wait4_that_found_none_has_no_status)
{
	static const __s64 results[] = { 0, -ECHILD, -EINTR };
	struct rusage usage = { .ru_nswap = 1 };
	__u32 status = 0x1234;
	struct rec rec;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(results); i++) {
		rec = fill(wait4_x, results[i], 5, &status, 1, &usage);
		assert_empty(&rec, wait4_x, status);
		assert_empty(&rec, wait4_x, rusage);
	}
	rec = fill_enter(wait4_x, 5, &status, 1, &usage);
	assert_empty(&rec, wait4_x, status);
	assert_empty(&rec, wait4_x, rusage);
}

TEST(wait4_of_i386_has_smaller_rusage)
{
	__u32 usage[18] = { 1, 2, 3 };
	struct rec rec;

	fake.flags = SCT_ABI_IA32;
	rec = fill(wait4_x, 77, 77, NULL, 0, at_edge(usage, sizeof(usage)));
	assert_mem(&rec, wait4_x, rusage, usage, sizeof(usage));
}

TEST(a_sleep_that_is_interrupted_tells_what_was_left)
{
	struct timespec request = { 5, 0 }, remain = { 4, 1 };
	struct rec rec = fill(clock_nanosleep_x, -516, CLOCK_BOOTTIME, 0, &request, &remain);

	assert_num(&rec, clock_nanosleep_x, clockid, CLOCK_BOOTTIME);
	assert_mem(&rec, clock_nanosleep_x, request, &request, sizeof(request));
	assert_mem(&rec, clock_nanosleep_x, remain, &remain, sizeof(remain));
	rec = fill(clock_nanosleep_x, -516, CLOCK_BOOTTIME, 0, &request, NULL);
	assert_empty(&rec, clock_nanosleep_x, remain);
	rec = fill(clock_nanosleep_x, 0, CLOCK_BOOTTIME, 0, &request, &remain);
	assert_empty(&rec, clock_nanosleep_x, remain);
	rec = fill(clock_nanosleep_x, -514, CLOCK_BOOTTIME, 1, &request, &remain);
	assert_empty(&rec, clock_nanosleep_x, remain);
	rec = fill_enter(clock_nanosleep_x, CLOCK_BOOTTIME, 0, &request, &remain);
	assert_empty(&rec, clock_nanosleep_x, remain);
}

TEST(times_of_i386_are_told_as_others)
{
	const __s32 narrow[2] = { -1, 999999999 };
	const __s64 wide[2] = { -1, 999999999 };
	struct rec rec;

	fake.flags = SCT_ABI_IA32;
	rec = fill(clock_gettime_x, 0, CLOCK_REALTIME, at_edge(narrow, sizeof(narrow)));
	assert_mem(&rec, clock_gettime_x, tp, wide, sizeof(wide));
	rec = fill(clock_nanosleep_x, -516, CLOCK_REALTIME, 0, narrow, narrow);
	assert_mem(&rec, clock_nanosleep_x, request, wide, sizeof(wide));
	assert_mem(&rec, clock_nanosleep_x, remain, wide, sizeof(wide));
}

/* ---- pselect6 ---- */

TEST(pselect6_tells_as_many_descriptors_as_it_has)
{
	__u8 sets[3][2] = { { 1, 2 }, { 3, 4 }, { 5, 6 } };
	struct rec rec = fill(pselect6_x, 1, 9, at_edge(sets[0], 2), at_edge(sets[1], 2), at_edge(sets[2], 2));

	assert_fds(&rec, pselect6_x, inp, 9, sets[0], 2);
	assert_fds(&rec, pselect6_x, outp, 9, sets[1], 2);
	assert_fds(&rec, pselect6_x, exp, 9, sets[2], 2);
	rec = fill(pselect6_x, 1, 8, sets[0], NULL, BAD_PTR);
	assert_fds(&rec, pselect6_x, inp, 8, sets[0], 1);
	assert_empty(&rec, pselect6_x, outp);
	assert_bytes_faulted(&rec, pselect6_x, exp, 8);
}

TEST(pselect6_of_no_or_too_many_descriptors)
{
	static __u8 set[SCT_FDSET_MAX + 10];
	struct rec rec = fill(pselect6_x, 0, 0, BAD_PTR, NULL, NULL);

	assert_empty(&rec, pselect6_x, inp);
	rec = fill(pselect6_x, 0, -1, BAD_PTR, NULL, NULL);
	assert_empty(&rec, pselect6_x, inp);
	rec = fill(pselect6_x, 0, 8 * sizeof(set), set, NULL, NULL);
	assert_fds(&rec, pselect6_x, inp, 8 * sizeof(set), set, SCT_FDSET_MAX);
	rec = fill(pselect6_x, 0, INT32_MAX, set, NULL, NULL);
	assert_fds(&rec, pselect6_x, inp, INT32_MAX, set, SCT_FDSET_MAX);
}

TEST(signal_set_is_where_its_address_is)
{
	const __u64 set = 0x123456789abcdef0;
	__u64 at[2] = { (__u64)&set, sizeof(set) };
	struct rec rec = fill(pselect6_x, 0, 0, NULL, NULL, NULL, NULL, at_edge(at, 8));

	assert_num(&rec, pselect6_x, sigmask, set);
	rec = fill(io_pgetevents_x, 0, 0, 0, 0, NULL, NULL, at_edge(at, 8));
	assert_num(&rec, io_pgetevents_x, sigmask, set);
	rec = fill(pselect6_x, 0, 0, NULL, NULL, NULL, NULL, NULL);
	assert_empty(&rec, pselect6_x, sigmask);
	rec = fill(pselect6_x, 0, 0, NULL, NULL, NULL, NULL, at_edge(at, 7));
	assert_faulted(&rec, pselect6_x, sigmask);
	at[0] = (__u64)BAD_PTR;
	rec = fill(pselect6_x, 0, 0, NULL, NULL, NULL, NULL, at);
	assert_faulted(&rec, pselect6_x, sigmask);
	at[0] = 0;
	rec = fill(pselect6_x, 0, 0, NULL, NULL, NULL, NULL, at);
	assert_empty(&rec, pselect6_x, sigmask);
}

/* An address of 32 bit is all that there is for i386; x32 has one of 64. */
TEST(address_of_a_signal_set_is_as_wide_as_the_caller_has_it)
{
	const __u64 set = 0x123456789abcdef0;
	const __u32 narrow[2] = { 16, 8 };
	__u64 at[2] = { (__u64)&set, sizeof(set) };
	struct rec rec;

	fake.flags = SCT_ABI_IA32;
	rec = fill(pselect6_x, 0, 0, NULL, NULL, NULL, NULL, at_edge(narrow, 4));
	assert_faulted(&rec, pselect6_x, sigmask);
	fake.flags = SCT_ABI_X32;
	rec = fill(pselect6_x, 0, 0, NULL, NULL, NULL, NULL, at_edge(at, 8));
	assert_num(&rec, pselect6_x, sigmask, set);
}

/* ---- io_submit ---- */

TEST(io_submit_tells_the_first_request)
{
	__u8 cb[2][SCT_SIZE_IOCB] = { { 1, 2, 3 }, { 4 } };
	__u64 list[2] = { (__u64)cb[0], (__u64)cb[1] };
	struct rec rec = fill(io_submit_x, 2, 0, 2, at_edge(list, sizeof(list)));

	assert_mem(&rec, io_submit_x, iocb, cb[0], sizeof(cb[0]));
	rec = fill(io_submit_x, 0, 0, 0, list);
	assert_empty(&rec, io_submit_x, iocb);
	rec = fill(io_submit_x, 0, 0, 1, NULL);
	assert_empty(&rec, io_submit_x, iocb);
	rec = fill(io_submit_x, -EFAULT, 0, 1, BAD_PTR);
	assert_faulted(&rec, io_submit_x, iocb);
	list[0] = (__u64)BAD_PTR;
	rec = fill(io_submit_x, -EFAULT, 0, 1, list);
	assert_faulted(&rec, io_submit_x, iocb);
}
