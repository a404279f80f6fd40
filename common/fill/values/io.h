/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of vectored I/O and of calls that wait for descriptors.  Included by sct_fill.h only. */

/* ---- an iovec array at argument 1, its length in argument 2 ---- */

static SCT_INLINE __u64 sct_put_iov_written(struct sct_fill *f)
{
	return sct_put_uiov(f, f->args[1], f->args[2], SCT_NO_LIMIT);
}

/* The size of what sct_put_iov_written(), which came before, put. */
static SCT_INLINE __u64 sct_put_iov_written_size(struct sct_fill *f)
{
	return sct_put_uiov_sum(f, f->args[2]);
}

static SCT_INLINE __u64 sct_put_iov_read(struct sct_fill *f)
{
	return sct_put_uiov(f, f->args[1], f->args[2], f->ret);
}

static SCT_INLINE __u64 sct_put_iov_size(struct sct_fill *f)
{
	sct_uiov_sum(f, f->args[1], f->args[2]);
	return sct_put_uiov_sum(f, f->args[2]);
}

/*
 * preadv2(2) and pwritev2(2): x32 passes the position as one, and what follows it one further in
 * front.
 */
static SCT_INLINE __u32 sct_val_rwf_flags(struct sct_fill *f)
{
	return (f->flags & SCT_RF_ABI_MASK) == SCT_ABI_X32 ? f->args[4] : f->args[5];
}

/* ---- select ---- */

/* A set that has n descriptors, argument 0, a bit each. */
static SCT_INLINE __u64 sct_put_fd_set(struct sct_fill *f, __u64 uptr)
{
	__s32 n = f->args[0];
	__u64 size = ((__u64)n + 7) / 8;

	if (n <= 0 || !uptr)
		return 0;
	if (size > SCT_FDSET_MAX) {
		size = SCT_FDSET_MAX;
		sct_cut(f);
	}
	sct_put(f, (__u64)n);
	return sizeof(__u64) + sct_put_user_buf(f, uptr, size);
}

/* A signal set whose address, with its size behind, is at uptr: x32 has both of 64 bit. */
static SCT_INLINE __u64 sct_put_sigset_at(struct sct_fill *f, __u64 uptr)
{
	__u64 set[1] = {};

	if (uptr && sct_read_words(f, set, uptr, 1, sct_is_ia32(f), __u32)) {
		sct_fault(f);
		return 0;
	}
	return sct_put_uobj(f, set[0], SCT_SIZE_SIGSET);
}

/* A struct timeval, as a timespec. */
static SCT_INLINE __u64 sct_put_select_timeout(struct sct_fill *f)
{
	__s64 tv[2];

	if (!f->args[4])
		return 0;
	if (sct_read_longs(f, tv, f->args[4], 2, sct_is_ia32(f))) {
		sct_fault(f);
		return 0;
	}
	sct_put(f, tv[0]);
	tv[1] = (__u64)tv[1] * 1000;
	sct_put(f, tv[1]);
	return sizeof(tv);
}

/*
 * ---- io_uring_enter(2) ----
 * Argument 4 is a signal set; or a struct io_uring_getevents_arg, which begins with the address
 * of one; or an offset.
 */
static SCT_INLINE __u64 sct_put_uring_sigmask(struct sct_fill *f)
{
	__u64 uptr = f->args[4];

	if (f->args[3] & SCT_IORING_ENTER_EXT_ARG_REG)
		return 0;
	if (uptr && f->args[3] & SCT_IORING_ENTER_EXT_ARG &&
	    sct_read_user(f, &uptr, uptr, sizeof(uptr))) {
		sct_fault(f);
		return 0;
	}
	return sct_put_uobj(f, uptr, SCT_SIZE_SIGSET);
}

/* ---- io_submit(2): the first of the requests, whose addresses are at argument 2 ---- */

static SCT_INLINE __u64 sct_put_first_iocb(struct sct_fill *f)
{
	__u64 iocb[1] = {};

	if (!f->args[1] || !f->args[2])
		return 0;
	if (sct_read_ptrs(f, iocb, f->args[2], 1)) {
		sct_fault(f);
		return 0;
	}
	return sct_put_uobj(f, iocb[0], SCT_SIZE_IOCB);
}

/* ---- clock_nanosleep(2): did a signal interrupt it, so that it tells what was left? ---- */

static SCT_INLINE int sct_sleep_interrupted(struct sct_fill *f)
{
	return !f->enter && f->ret == -SCT_ERESTART_RESTARTBLOCK;
}

/* ---- msgsnd(2) and msgrcv(2): what follows the type of the message, a long, at argument 1 ---- */

static SCT_INLINE __u64 sct_put_message(struct sct_fill *f, __u64 size)
{
	return f->args[1] ? sct_put_ubuf(f, f->args[1] + (sct_is_ia32(f) ? 4 : 8), size) : 0;
}

/* ---- futex(2): does this operation take a timeout?  Otherwise argument 3 is a number ---- */

static SCT_INLINE int sct_futex_timed(struct sct_fill *f)
{
	switch (f->args[1] & SCT_FUTEX_CMD_MASK) {
	case SCT_FUTEX_WAIT:
	case SCT_FUTEX_LOCK_PI:
	case SCT_FUTEX_WAIT_BITSET:
	case SCT_FUTEX_WAIT_REQUEUE_PI:
	case SCT_FUTEX_LOCK_PI2:
		return 1;
	}
	return 0;
}
