/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Arrays of buffers and of strings in user memory, as one value each.  After caller.h. */
#ifndef SCT_LOOPS_H
#define SCT_LOOPS_H

/* Element i of an array of struct iovec; 0 or -EFAULT. */
#define sct_read_iovec(f, iov, uptr, i)	\
	sct_read_ptrs(f, iov, (uptr) + (i) * 2 * sct_ptr_size(f), 2)
#define SCT_IOV_BASE 0
#define SCT_IOV_LEN  1

#define SCT_NO_LIMIT (~0ull)

/* Loops that put: a turn returns 0 when there is to be another. */

/* The next buffer of an iovec array; -1 when the array is unreadable. */
static SCT_INLINE int sct_uiov_turn(struct sct_fill *f, __u64 uptr, __u64 count, __u64 limit)
{
	struct sct_loop *l = sct_loop(f);
	__u64 n, iov[2];

	if (l->turn >= count || (limit != SCT_NO_LIMIT && !l->room))
		return 1;
	if (sct_read_iovec(f, iov, uptr, l->turn)) {
		sct_fault(f);
		return -1;
	}
	l->turn++;
	l->sum += iov[SCT_IOV_LEN];
	n = iov[SCT_IOV_LEN] < l->room ? iov[SCT_IOV_LEN] : l->room;
	if (!n)
		return 0;
	f->off = l->off;
	l->room = sct_put_user_buf(f, iov[SCT_IOV_BASE], n) ? l->room - n : 0;
	l->off = f->off;
	return 0;
}

static SCT_INLINE int sct_body_uiov_turns(struct sct_fill *f, __u64 uptr, __u64 count, __u64 limit)
{
	int end = 0;
	__u32 i;

	for (i = 0; i < SCT_TURNS && !end; i++)
		end = sct_uiov_turn(f, uptr, count, limit);
	return end;
}

/*
 * The buffers of an iovec array as one: the true size, then at most max bytes.  limit is
 * the true size, e.g. the result of a read; without one that is the sum of all lengths, which
 * sct_put_uiov_sum() puts again.  Like the kernel, take no array of which a part is unreadable.
 */
static SCT_INLINE __u64 sct_put_uiov_max(struct sct_fill *f, __u64 uptr, __u64 count, __u64 limit,
					 __u64 max)
{
	__u64 start = f->off, size, n;
	struct sct_loop *l = sct_loop(f);
	int end = 0;
	__u32 i;

	l->sum = 0;
	if (!uptr)
		return 0;
	sct_put(f, limit);	/* the size's place */
	l->off = f->off;
	l->room = limit < max ? limit : max;
	l->turn = 0;
	for (i = 0; i < SCT_IOV_MAX && !end; i += SCT_TURNS)
		end = sct_uiov_turns(f, uptr, count, limit);
	f->off = start;
	if (end < 0) {
		l->sum = SCT_NO_LIMIT;
		return 0;
	}
	size = limit == SCT_NO_LIMIT ? l->sum : limit;
	sct_put(f, size);
	n = l->off - start;
	if (n - sizeof(size) < size || (limit == SCT_NO_LIMIT && count > SCT_IOV_MAX))
		sct_cut(f);
	f->off = l->off;
	return n;
}

static SCT_INLINE __u64 sct_put_uiov(struct sct_fill *f, __u64 uptr, __u64 count, __u64 limit)
{
	return sct_put_uiov_max(f, uptr, count, limit, f->cfg->snaplen);
}

/* The sum of the lengths, after sct_put_uiov() or sct_uiov_sum() took it. */
static SCT_INLINE __u64 sct_put_uiov_sum(struct sct_fill *f, __u64 count)
{
	__u64 sum = sct_loop(f)->sum;

	if (sum == SCT_NO_LIMIT) {
		sct_fault(f);
		return 0;
	}
	if (count > SCT_IOV_MAX)
		sct_cut(f);
	sct_put(f, sum);
	return sizeof(sum);
}

static SCT_INLINE void sct_uiov_sum(struct sct_fill *f, __u64 uptr, __u64 count)
{
	struct sct_loop *l = sct_loop(f);
	__u64 iov[2];
	__u32 i;

	l->sum = 0;
	for (i = 0; i < SCT_IOV_MAX && i < count; i++) {
		if (sct_read_iovec(f, iov, uptr, i)) {
			l->sum = SCT_NO_LIMIT;
			break;
		}
		l->sum += iov[SCT_IOV_LEN];
	}
}

/* The next string of a vector of pointers. */
static SCT_INLINE int sct_ustrv_turn(struct sct_fill *f, __u64 uptr)
{
	struct sct_loop *l = sct_loop(f);
	__u64 str[1] = { 0 };

	if (sct_read_ptrs(f, str, uptr + l->turn * sct_ptr_size(f), 1)) {
		sct_fault(f);
		return 1;
	}
	if (!str[0])
		return 1;
	if (l->turn == SCT_STRV_MAX || !l->room) {
		sct_cut(f);
		return 1;
	}
	l->turn++;
	f->off = l->off;
	l->room -= sct_put_user_str(f, str[0], l->room);
	l->off = f->off;
	return 0;
}

static SCT_INLINE int sct_body_ustrv_turns(struct sct_fill *f, __u64 uptr)
{
	int end = 0;
	__u32 i;

	for (i = 0; i < SCT_TURNS && !end; i++)
		end = sct_ustrv_turn(f, uptr);
	return end;
}

/* The strings of a vector of pointers that ends with NULL; those that cannot be read are left out. */
static SCT_INLINE __u64 sct_put_ustrv(struct sct_fill *f, __u64 uptr)
{
	struct sct_loop *l = sct_loop(f);
	__u64 start = f->off;
	__u32 i;

	if (!uptr)
		return 0;
	l->off = f->off;
	l->room = f->cfg->argv_failed;
	l->turn = 0;
	for (i = 0; i <= SCT_STRV_MAX && !sct_ustrv_turns(f, uptr);)
		i += SCT_TURNS;
	f->off = l->off;
	return l->off - start;
}

#endif
