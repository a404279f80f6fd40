// SPDX-License-Identifier: MIT
/*
 * What i386 makes through socketcall(2) and ipc(2), and what its old mmap and select are given; and
 * lengths that calls overwrite.
 */
#include <unistd.h>
#include <sys/uio.h>
#include "fillers.h"
#include "sct_config.h"

#define SCT_INLINE inline

static int sct_peek_user(void *dst, __u64 uptr, __u32 n)
{
	struct iovec to = { dst, n }, from = { (void *)uptr, n };

	if (!n)
		return 0;
	return process_vm_readv(getpid(), &to, 1, &from, 1, 0) == (ssize_t)n ? 0 : -EFAULT;
}

#include "sct_part.h"

static const struct sct_nr socket_nr = { .row = SCT_SYS_socket, .words = 3 };
static const struct sct_nr sendto_nr = { .row = SCT_SYS_sendto, .words = 6 };
static const struct sct_nr ipc_nr = { .row = SCT_SYS_semop };
static const struct sct_nr no_nr = { .row = SCT_SYS_NONE };

static void assert_args(const __u64 *args, const __u64 *want)
{
	assert_memory_equal(args, want, 6 * sizeof(*args));
}

TEST(parts_have_numbers_of_their_call)
{
	assert_int_equal(sct_part_number(SCT_VIA_socketcall, ARGS(3)), SCT_PART_socketcall_connect);
	assert_int_equal(sct_part_number(SCT_VIA_ipc, ARGS(0x10015)), SCT_PART_ipc_shmat);
	assert_int_equal(sct_part_number(SCT_VIA_mmap, ARGS(3)), SCT_PART_mmap_mmap);
	assert_int_equal(sct_part_number(SCT_VIA_select, ARGS(3)), SCT_PART_select_select);
	/* what is beyond is none */
	assert_int_equal(sct_part_number(SCT_VIA_socketcall, ARGS(SCT_PARTS_MAX)), SCT_PARTS_MAX - 1);
	assert_int_equal(sct_part_number(SCT_VIA_socketcall, ARGS(0x10003)), SCT_PARTS_MAX - 1);
	assert_int_equal(sct_part_number(SCT_VIA_ipc, ARGS(0xffff)), SCT_PARTS_MAX - 1);
}

TEST(socketcall_has_its_arguments_in_memory)
{
	static const __u32 words[] = { 1, 0xffffffff, 3, 4, 5, 6 };
	__u64 args[6] = { 1, (__u64)at_edge(words, 12) };

	assert_int_equal(sct_part_args(SCT_VIA_socketcall, &socket_nr, args), 0);
	assert_args(args, ARGS(1, 0xffffffffu, 3));
	args[1] = (__u64)at_edge(words, 24);
	assert_int_equal(sct_part_args(SCT_VIA_socketcall, &sendto_nr, args), 0);
	assert_args(args, ARGS(1, 0xffffffffu, 3, 4, 5, 6));
}

TEST(old_mmap_has_its_arguments_in_memory)
{
	static const __u32 words[] = { 1, 2, 3, 4, 5, 6 };
	const struct sct_nr nr = { .row = SCT_SYS_mmap, .words = 6 };
	__u64 args[6] = { (__u64)at_edge(words, 24), 99 };

	assert_int_equal(sct_part_args(SCT_VIA_mmap, &nr, args), 0);
	assert_args(args, ARGS(1, 2, 3, 4, 5, 6));
}

TEST(what_cannot_be_read_or_is_no_part_stays_as_it_is)
{
	static const __u32 words[3];
	__u64 args[6] = { 1, (__u64)BAD_PTR, 3, 4, 5, 6 };

	assert_int_not_equal(sct_part_args(SCT_VIA_socketcall, &socket_nr, args), 0);
	args[1] = (__u64)at_edge(words, 11);
	assert_int_not_equal(sct_part_args(SCT_VIA_socketcall, &socket_nr, args), 0);
	assert_args(args, ARGS(1, args[1], 3, 4, 5, 6));
	args[1] = (__u64)at_edge(words, 12);
	assert_int_not_equal(sct_part_args(SCT_VIA_socketcall, &no_nr, args), 0);
	assert_args(args, ARGS(1, args[1], 3, 4, 5, 6));
	assert_int_not_equal(sct_part_args(SCT_VIA_ipc, &no_nr, args), 0);
}

/* number, first, second, third, ptr, fifth */
static void ipc(__u32 number, __u64 ptr, const __u64 *want)
{
	__u64 args[6] = { number, 1, 2, 3, ptr, 5 };

	assert_int_equal(sct_part_args(SCT_VIA_ipc, &ipc_nr, args), 0);
	assert_args(args, want);
}

TEST(ipc_has_its_arguments_in_an_order_of_each_call)
{
	static const __u32 words[] = { 0x80000001, 7 };
	void *two = at_edge(words, 8), *one = at_edge(words, 4);

	ipc(SCT_PART_ipc_semop, 4, ARGS(1, 4, 2, 5));
	ipc(SCT_PART_ipc_semtimedop, 4, ARGS(1, 4, 2, 5));
	ipc(SCT_PART_ipc_semget, 4, ARGS(1, 2, 3));
	ipc(SCT_PART_ipc_semctl, (__u64)one, ARGS(1, 2, 3, 0x80000001));
	ipc(SCT_PART_ipc_msgsnd, 4, ARGS(1, 4, 2, 3));
	ipc(SCT_PART_ipc_msgrcv, (__u64)two, ARGS(1, 0x80000001, 2, 7, 3));
	ipc(SCT_PART_ipc_msgrcv | 1 << 16, 4, ARGS(1, 4, 2, 5, 3));
	ipc(SCT_PART_ipc_msgget, 4, ARGS(1, 2, 3));
	ipc(SCT_PART_ipc_msgctl, 4, ARGS(1, 2, 4));
	ipc(SCT_PART_ipc_shmat, 4, ARGS(1, 4, 2, 3));
	ipc(SCT_PART_ipc_shmdt, 4, ARGS(4));
	ipc(SCT_PART_ipc_shmget, 4, ARGS(1, 2, 3));
	ipc(SCT_PART_ipc_shmctl, 4, ARGS(1, 2, 4));
}

TEST(ipc_whose_arguments_are_not_there_stays_as_it_is)
{
	__u64 args[6] = { SCT_PART_ipc_msgrcv, 1, 2, 3, (__u64)BAD_PTR, 5 };

	assert_int_not_equal(sct_part_args(SCT_VIA_ipc, &ipc_nr, args), 0);
	assert_args(args, ARGS(SCT_PART_ipc_msgrcv, 1, 2, 3, BAD_PTR, 5));
	args[0] = SCT_PART_ipc_semctl;
	assert_int_not_equal(sct_part_args(SCT_VIA_ipc, &ipc_nr, args), 0);
}

TEST(shmat_through_ipc_returns_the_address)
{
	static const __u32 addr[] = { 0xf7001000 };
	const __u64 *args = ARGS(1, 0, 0, at_edge(addr, 4));

	assert_int_equal(sct_part_result(SCT_VIA_ipc, SCT_SYS_shmat, args, 0), 0xf7001000);
	assert_int_equal(sct_part_result(SCT_VIA_ipc, SCT_SYS_shmat, args, -22), -22);
	assert_int_equal(sct_part_result(SCT_VIA_ipc, SCT_SYS_shmat, ARGS(1, 0, 0, BAD_PTR), 0), 0);
	assert_int_equal(sct_part_result(SCT_VIA_ipc, SCT_SYS_shmget, args, 0), 0);
	assert_int_equal(sct_part_result(SCT_VIA_NONE, SCT_SYS_shmat, args, 0), 0);
}

/* Such a length alone: the others are not known. */
#define LENS(len) ((SCT_LENS_UNKNOWN & ~0xffull) | (len))

TEST(length_that_a_call_overwrites)
{
	const __u32 len = 17, narrow[2] = { 0, 18 };
	const __u64 wide[2] = { 0, 19 };
	const __u32 *at = at_edge(&len, 4);

	assert_int_equal(sct_lens_before(SCT_SYS_accept, SCT_ABI_NATIVE, ARGS(3, 1, at)), LENS(17));
	assert_int_equal(sct_lens_before(SCT_SYS_accept4, SCT_ABI_IA32, ARGS(3, 1, at)), LENS(17));
	assert_int_equal(sct_lens_before(SCT_SYS_getsockname, SCT_ABI_NATIVE, ARGS(3, 1, at)), LENS(17));
	assert_int_equal(sct_lens_before(SCT_SYS_getpeername, SCT_ABI_NATIVE, ARGS(3, 1, at)), LENS(17));
	assert_int_equal(sct_lens_before(SCT_SYS_recvfrom, SCT_ABI_NATIVE, ARGS(3, 0, 0, 0, 1, at)), LENS(17));
	assert_int_equal(sct_lens_before(SCT_SYS_recvmsg, SCT_ABI_NATIVE, ARGS(3, wide)), LENS(19));
	assert_int_equal(sct_lens_before(SCT_SYS_recvmmsg, SCT_ABI_NATIVE, ARGS(3, wide, 1)), LENS(19));
	assert_int_equal(sct_lens_before(SCT_SYS_recvmsg, SCT_ABI_X32, ARGS(3, narrow)), LENS(18));
	assert_int_equal(sct_lens_before(SCT_SYS_recvmmsg_time64, SCT_ABI_IA32, ARGS(3, narrow, 1)), LENS(18));
}

TEST(length_of_an_address_that_is_longer_than_any)
{
	const __u32 *at = at_edge(&(__u32){ 255 }, 4), *most = at_edge(&(__u32){ ~0u }, 4);

	assert_int_equal(sct_lens_before(SCT_SYS_accept, SCT_ABI_NATIVE, ARGS(3, 1, at)), LENS(254));
	assert_int_equal(sct_lens_before(SCT_SYS_accept, SCT_ABI_NATIVE, ARGS(3, 1, most)), LENS(254));
}

/* Each message of a vector has a length: what a byte each has room for. */
TEST(lengths_that_a_call_overwrites)
{
	__u64 wide[SCT_MMSG_MAX + 1][8] = {}, *at;
	__u32 narrow[2][8] = {}, i;

	for (i = 0; i < ARRAY_SIZE(wide); i++)
		wide[i][1] = 0x20 + i;
	narrow[0][1] = 3;
	narrow[1][1] = 4;
	at = at_edge(wide, sizeof(wide));
	assert_int_equal(sct_lens_before(SCT_SYS_recvmmsg, SCT_ABI_NATIVE, ARGS(3, at, 9)),
			 0x2726252423222120);
	assert_int_equal(sct_lens_before(SCT_SYS_recvmmsg, SCT_ABI_NATIVE, ARGS(3, at, 2)),
			 0xffffffffffff2120);
	assert_int_equal(sct_lens_before(SCT_SYS_recvmmsg, SCT_ABI_NATIVE, ARGS(3, at, 0)), SCT_LENS_UNKNOWN);
	/* what cannot be read, and those behind it, are not known */
	assert_int_equal(sct_lens_before(SCT_SYS_recvmmsg, SCT_ABI_NATIVE, ARGS(3, at + 7 * 8, 4)),
			 0xffffffffffff2827);
	assert_int_equal(sct_lens_before(SCT_SYS_recvmmsg, SCT_ABI_IA32, ARGS(3, narrow, 2)),
			 0xffffffffffff0403);
}

TEST(length_that_is_not_there)
{
	assert_int_equal(sct_lens_before(SCT_SYS_accept, SCT_ABI_NATIVE, ARGS(3, 0, 0)), SCT_LENS_UNKNOWN);
	assert_int_equal(sct_lens_before(SCT_SYS_accept, SCT_ABI_NATIVE, ARGS(3, 0, BAD_PTR)),
			 SCT_LENS_UNKNOWN);
	assert_int_equal(sct_lens_before(SCT_SYS_recvmsg, SCT_ABI_NATIVE, ARGS(3, 0)), SCT_LENS_UNKNOWN);
	assert_int_equal(sct_lens_before(SCT_SYS_read, SCT_ABI_NATIVE, ARGS(1, 2, 3, 4, 5, 6)),
			 SCT_LENS_UNKNOWN);
}

/* Else the length that an earlier call of the thread noted would count, where its end was missed. */
TEST(length_that_cannot_be_read_is_noted_as_such)
{
	const struct sct_nr accept = { .row = SCT_SYS_accept, .want = SCT_WANT_LEN };
	const struct sct_nr timed = { .row = SCT_SYS_accept, .want = SCT_WANT_TIME };
	const __u32 *at = at_edge(&(__u32){ 17 }, 4);
	__u64 lens = 5;

	assert_true(sct_is_noted(&accept, SCT_ABI_NATIVE, ARGS(3, 1, BAD_PTR), &lens));
	assert_int_equal(lens, SCT_LENS_UNKNOWN);
	assert_true(sct_is_noted(&accept, SCT_ABI_NATIVE, ARGS(3, 1, at), &lens));
	assert_int_equal(lens, LENS(17));
	assert_false(sct_is_noted(&accept, SCT_ABI_NATIVE, ARGS(3, 0, 0), &lens));
	assert_true(sct_is_noted(&timed, SCT_ABI_NATIVE, ARGS(3, 1, at), &lens));
	assert_int_equal(lens, SCT_LENS_UNKNOWN);
}
