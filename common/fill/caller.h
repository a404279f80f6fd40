/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the caller passed, in registers and in memory, whatever ABI he has.  For value functions and rows.h. */
#ifndef SCT_CALLER_H
#define SCT_CALLER_H

/* ---- the caller's ABI: his pointers, longs and times may be half as wide as the kernel's ---- */

static SCT_INLINE int sct_is_ia32(struct sct_fill *f)
{
	return (f->flags & SCT_RF_ABI_MASK) == SCT_ABI_IA32;
}

/* Pointers, and sizes beside them (struct iovec): of x32 callers, too. */
static SCT_INLINE int sct_is_narrow(struct sct_fill *f)
{
	return (f->flags & SCT_RF_ABI_MASK) != SCT_ABI_NATIVE;
}

static SCT_INLINE int sct_has_time32(struct sct_fill *f)
{
	return sct_is_ia32(f) && !(f->flags & SCT_RF_TIME64);
}

/* Argument i for a type of 64 bit: what is signed has its sign where the caller's long ends. */
static SCT_INLINE __u64 sct_long_arg(struct sct_fill *f, __u32 i, int is_signed)
{
	return is_signed && sct_is_ia32(f) ? (__u64)(__s32)f->args[i] : f->args[i];
}

/* A number of 64 bit in argument i, of an i386 caller in arguments j and j + 1. */
static SCT_INLINE __u64 sct_pair_arg(struct sct_fill *f, __u32 i, __u32 j)
{
	return sct_is_ia32(f) ? f->args[j + 1] << 32 | f->args[j] : f->args[i];
}

/* A user's or group's id: old calls of i386 have it of 16 bit, with a -1 of that size. */
static SCT_INLINE __u32 sct_wide_id(__u16 id)
{
	return id == 0xffff ? ~0u : id;
}

static SCT_INLINE __u32 sct_id_arg(struct sct_fill *f, __u32 i)
{
	return sct_has_time32(f) ? sct_wide_id(f->args[i]) : (__u32)f->args[i];
}

/* ---- data of user memory ---- */

/* Has the call returned, and well?  Then what it wrote for the caller may be read. */
static SCT_INLINE int sct_ok(struct sct_fill *f)
{
	return !f->enter && f->ret >= 0;
}

/* Read n numbers that are narrow or not, n being constant: 0 or -EFAULT. */
#define sct_read_words(f, dst, uptr, n, narrow, ctype)			\
	({								\
		ctype __w[n];						\
		int __err, __i;						\
									\
		if (narrow) {						\
			__err = sct_read_user(f, __w, uptr, sizeof(__w));	\
			for (__i = 0; __i < (n) && !__err; __i++)	\
				(dst)[__i] = __w[__i];			\
		} else {						\
			__err = sct_read_user(f, dst, uptr, (n) * sizeof(__u64));	\
		}							\
		__err;							\
	})

/* The same, pointers and sizes; and longs with a sign. */
#define sct_read_ptrs(f, dst, uptr, n)					\
	sct_read_words(f, dst, uptr, n, sct_is_narrow(f), __u32)
#define sct_read_longs(f, dst, uptr, n, narrow)				\
	sct_read_words(f, dst, uptr, n, narrow, __s32)

static SCT_INLINE __u32 sct_ptr_size(struct sct_fill *f)
{
	return sct_is_narrow(f) ? 4 : 8;
}

/* A string argument; NULL is "not available", a bad pointer is "faulted". */
static SCT_INLINE __u64 sct_put_ustr(struct sct_fill *f, __u64 uptr)
{
	return uptr ? sct_put_user_str(f, uptr, SCT_SIZE_STR) : 0;
}

/* A buffer: its true size, then at most max bytes of it. */
static SCT_INLINE __u64 sct_put_ubuf_max(struct sct_fill *f, __u64 uptr, __u64 size, __u64 max)
{
	__u64 n = size;

	if (!uptr)
		return 0;
	if (n > max) {
		n = max;
		sct_cut(f);
	}
	sct_put(f, size);
	return sizeof(size) + (n ? sct_put_user_buf(f, uptr, n) : 0);
}

/* A buffer: its true size, then what the snaplen keeps of it. */
static SCT_INLINE __u64 sct_put_ubuf(struct sct_fill *f, __u64 uptr, __u64 size)
{
	return sct_put_ubuf_max(f, uptr, size, f->cfg->snaplen);
}

/* One object of fixed size. */
static SCT_INLINE __u64 sct_put_uobj(struct sct_fill *f, __u64 uptr, __u32 size)
{
	return uptr ? sct_put_user_buf(f, uptr, size) : 0;
}

/* Of count objects the first max ones, behind the count. */
static SCT_INLINE __u64 sct_put_uarray(struct sct_fill *f, __u64 uptr, __u64 count, __u32 max,
				       __u32 size)
{
	__u64 n = count;

	if (!uptr)
		return 0;
	if (n > max) {
		n = max;
		sct_cut(f);
	}
	sct_put(f, count);
	return sizeof(count) + (n ? sct_put_user_buf(f, uptr, n * size) : 0);
}

/* A struct timespec. */
static SCT_INLINE __u64 sct_put_timespec(struct sct_fill *f, __u64 uptr)
{
	__s64 ts[2] = {};

	if (!uptr || !sct_has_time32(f))
		return sct_put_uobj(f, uptr, SCT_SIZE_TIMESPEC);
	if (sct_read_longs(f, ts, uptr, 2, 1)) {
		sct_fault(f);
		return 0;
	}
	sct_put(f, ts[0]);
	sct_put(f, ts[1]);
	return sizeof(ts);
}

/* A part of a larger object. */
static SCT_INLINE __u64 sct_put_ufield(struct sct_fill *f, __u64 uptr, __u32 off, __u32 size)
{
	return uptr ? sct_put_user_buf(f, uptr + off, size) : 0;
}

/*
 * The strings from start to end, max bytes of them; they end with a NUL, whatever the process wrote
 * there.
 */
static SCT_INLINE __u64 sct_put_ustrings(struct sct_fill *f, __u64 start, __u64 end, __u64 max)
{
	__u64 n = end - start;

	if (!start || start >= end)
		return 0;
	if (n > max) {
		n = max;
		sct_cut(f);
	}
	if (n > 1 && !sct_put_user_buf(f, start, n - 1))
		return 0;
	sct_put(f, (__u8)0);
	return n;
}

#endif
