/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What probes read of arguments in memory before a record is made.  Calls that i386 makes through
 * others (SCT_PART() in syscalls.def): which one is it, and what are its arguments?  And
 * lengths that calls overwrite (SCT_SF_LEN).  args are the registers at first.  For the kernel side
 * and its test, after sct_config.h; includes nothing of kernel, BPF or libc.
 *
 * The backend provides
 *
 *   sct_peek_user(dst, uptr, n)	copy n bytes of user memory, less than 32, if they are there: 0, or
 *				not; dst has room for 32
 */
#ifndef SCT_PART_H
#define SCT_PART_H

/* Which one: an index of sct_want.part. */
static SCT_INLINE __u32 sct_part_number(__u32 via, const __u64 *args)
{
	__u32 n = 0;

	if (via == SCT_VIA_socketcall)
		n = args[0];
	else if (via == SCT_VIA_ipc)
		n = args[0] & 0xffff;
	return n < SCT_PARTS_MAX ? n : SCT_PARTS_MAX - 1;
}

/* Arguments that lie in memory, so many of 32 bit: 0, or not. */
static SCT_INLINE int sct_words_args(__u64 uptr, __u32 words, __u64 *args)
{
	__u32 w[8] = {}, i;
	int err = sct_peek_user(w, uptr, words * sizeof(w[0]));

	for (i = 0; i < 6 && !err; i++)
		args[i] = w[i];
	return err;
}

static SCT_INLINE void sct_set_args(__u64 *args, __u64 a, __u64 b, __u64 c, __u64 d, __u64 e)
{
	args[0] = a;
	args[1] = b;
	args[2] = c;
	args[3] = d;
	args[4] = e;
	args[5] = 0;
}

/*
 * ipc(number | version << 16, first, second, third, ptr, fifth): who is what, as ipc/syscall.c has it.
 * 0, or not where something in memory belongs to the arguments and is not there.
 */
static SCT_INLINE int sct_ipc_args(__u64 *args)
{
	__u64 first = args[1], second = args[2], third = args[3], ptr = args[4], fifth = args[5];
	__u32 w[8] = {};

	switch ((__u32)args[0]) {	/* with the version */
	case SCT_PART_ipc_msgrcv:	/* the first has two arguments at ptr */
		if (sct_peek_user(w, ptr, 2 * sizeof(w[0])))
			return -1;
		sct_set_args(args, first, w[0], second, w[1], third);
		return 0;
	}
	switch (args[0] & 0xffff) {
	case SCT_PART_ipc_semop:
	case SCT_PART_ipc_semtimedop:
		sct_set_args(args, first, ptr, second, fifth, 0);
		break;
	case SCT_PART_ipc_semctl:
		if (sct_peek_user(w, ptr, sizeof(w[0])))
			return -1;
		sct_set_args(args, first, second, third, w[0], 0);
		break;
	case SCT_PART_ipc_msgsnd:
	case SCT_PART_ipc_shmat:	/* third: where the address goes */
		sct_set_args(args, first, ptr, second, third, 0);
		break;
	case SCT_PART_ipc_msgrcv:
		sct_set_args(args, first, ptr, second, fifth, third);
		break;
	case SCT_PART_ipc_shmdt:
		sct_set_args(args, ptr, 0, 0, 0, 0);
		break;
	case SCT_PART_ipc_msgctl:
	case SCT_PART_ipc_shmctl:
		sct_set_args(args, first, second, ptr, 0, 0);
		break;
	default:
		sct_set_args(args, first, second, third, 0, 0);
	}
	return 0;
}

/* n is the part that was asked for: what are its arguments?  0, or not. */
static SCT_INLINE int sct_part_args(__u32 via, const struct sct_nr *n, __u64 *args)
{
	if (n->row == SCT_SYS_NONE)
		return -1;
	if (via == SCT_VIA_ipc)
		return sct_ipc_args(args);
	return sct_words_args(args[via == SCT_VIA_socketcall], n->words, args);
}

/* ipc(2) returns no address: that which shmat(2) does lies in memory. */
static SCT_INLINE __s64 sct_part_result(__u32 via, __u32 row, const __u64 *args, __s64 ret)
{
	__u32 w[8] = {};

	if (via != SCT_VIA_ipc || row != SCT_SYS_shmat || ret)
		return ret;
	return sct_peek_user(w, args[3], sizeof(w[0])) ? ret : w[0];
}

/* ---- the lengths that a call overwrites (SCT_SF_LEN) ---- */

/* Where the first is; 0: nowhere. */
static SCT_INLINE __u64 sct_len_at(__u32 row, __u32 abi, const __u64 *args)
{
	switch (row) {
	case SCT_SYS_accept:
	case SCT_SYS_accept4:
	case SCT_SYS_getsockname:
	case SCT_SYS_getpeername:
		return args[2];
	case SCT_SYS_recvfrom:
		return args[5];
	case SCT_SYS_recvmsg:
	case SCT_SYS_recvmmsg:
	case SCT_SYS_recvmmsg_time64:	/* of the address, behind the pointer to that */
		return args[1] ? args[1] + (abi == SCT_ABI_NATIVE ? 8 : 4) : 0;
	}
	return 0;
}

/* How many there are: each message of a vector has one. */
static SCT_INLINE __u32 sct_lens_given(__u32 row, const __u64 *args)
{
	return row == SCT_SYS_recvmmsg || row == SCT_SYS_recvmmsg_time64 ? args[2] : 1;
}

static SCT_INLINE __u64 sct_lens_before(__u32 row, __u32 abi, const __u64 *args)
{
	__u32 n = sct_lens_given(row, args), size = abi == SCT_ABI_NATIVE ? 64 : 32, i, w[8] = {};
	__u64 uptr = sct_len_at(row, abi, args), lens = SCT_LENS_UNKNOWN;

	for (i = 0; i < SCT_MMSG_MAX && i < n && uptr; i++) {
		if (sct_peek_user(w, uptr + i * size, sizeof(w[0])))
			break;
		lens &= ~(0xffull << 8 * i);
		lens |= (w[0] < 0xff ? w[0] : 0xfeull) << 8 * i;
	}
	return lens;
}

/*
 * Is there something to note when the call n begins?  *lens is what it was given.  Also that it
 * could not be read: what an earlier call noted, whose end was missed, would be taken for this
 * one's.
 */
static SCT_INLINE int sct_is_noted(const struct sct_nr *n, __u32 abi, const __u64 *args, __u64 *lens)
{
	*lens = n->want & SCT_WANT_LEN ? sct_lens_before(n->row, abi, args) : SCT_LENS_UNKNOWN;
	return n->want & SCT_WANT_TIME || (n->want & SCT_WANT_LEN && sct_len_at(n->row, abi, args));
}

#endif
