/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The module's implementation of the filler vocabulary (vocab.h).  For kmod/fill.c only.
 *
 * The record is built in place, at the ring's head, where the ring has made sure that the event's
 * largest record fits.  The frame is a local of each filler whose address goes nowhere: the
 * compiler keeps it in registers, so everything here is inlined and functions get plain values.
 *
 * Fillers run with preemption off and must not fault: memory that is not there now is not there.
 */
#ifndef SCT_FILL_KMOD_H
#define SCT_FILL_KMOD_H

#include "task.h"
#include "kernel/ref.h"

struct sct_fill {
	__u64 args[6];
	__s64 ret;
	__u64 off;
	__u64 cut, faulted;
	__u8 *rec;
	__u32 n;
	__u32 nr, row, flags;
	const struct sct_config *cfg;
	__u64 given;
	int enter;
	int have_id;
	struct sct_inode_id id;
	struct sct_loop loop;
	struct sct_walk walk;
	struct sct_slot *s;
	const struct sct_call *call;
};

#define SCT_FILLER(id) static SCT_INLINE void sct_fill_##id(struct sct_fill *f)

#define sct_masked(v, mask)   (v)	/* the verifier's sake */

#define sct_put(f, v)							\
	do {								\
		__typeof__(v) __put = (v);				\
		put_unaligned(__put, (__typeof__(v) *)sct_dst(f));	\
		(f)->off += sizeof(__put);				\
	} while (0)

#include "vocab.h"

static SCT_INLINE __u64 sct_any(struct sct_fill *f, __u64 v)
{
	return v;
}

static SCT_INLINE struct sct_loop *sct_loop(struct sct_fill *f)
{
	return &f->loop;
}

static SCT_INLINE void sct_cut(struct sct_fill *f)
{
	f->cut |= 1ull << f->n;
}

static SCT_INLINE void sct_fault(struct sct_fill *f)
{
	f->faulted |= 1ull << f->n;
}

static SCT_INLINE __u8 *sct_rec_at(struct sct_fill *f, __u64 off)
{
	return f->rec + off;
}

static SCT_INLINE __u8 *sct_dst(struct sct_fill *f)
{
	return sct_rec_at(f, f->off);
}

static SCT_INLINE void sct_begin(struct sct_fill *f, __u32 i)
{
	f->n = i;
}

static SCT_INLINE void sct_end(struct sct_fill *f, __u64 n)
{
	*(__u16 *)(f->rec + sizeof(struct sct_record) + 2 * f->n) = n;
}

static SCT_INLINE __u64 sct_given(struct sct_fill *f)
{
	return f->given;
}

/* ---- user memory ---- */

/* The last byte of what was read when all max bytes were: is there more? */
static SCT_INLINE __u64 sct_put_user_str(struct sct_fill *f, __u64 uptr, __u32 max)
{
	long n = sct_user_str(sct_dst(f), uptr, max);

	if (n < 0) {
		sct_fault(f);
		return 0;
	}
	if (n > max) {
		n = max;
		sct_cut(f);
	}
	f->off += n;
	return n;
}

static SCT_INLINE int sct_read_user(struct sct_fill *f, void *dst, __u64 uptr, __u32 n)
{
	return sct_user_read(dst, uptr, n);
}

static SCT_INLINE __u64 sct_put_user_buf(struct sct_fill *f, __u64 uptr, __u64 n)
{
	if (sct_user_read(sct_dst(f), uptr, n)) {
		sct_fault(f);
		return 0;
	}
	f->off += n;
	return n;
}

/* ---- kernel memory ---- */

/* Append n bytes of the kernel's, which are there. */
static SCT_INLINE __u64 sct_put_kernel(struct sct_fill *f, const void *src, __u64 n)
{
	memcpy(sct_dst(f), src, n);
	f->off += n;
	return n;
}

/* Append a string of the kernel's, cut to max bytes with its NUL. */
static SCT_INLINE __u64 sct_put_kernel_str(struct sct_fill *f, const char *src, __u32 max)
{
	__u32 n;

	if (!src)
		return 0;
	n = strnlen(src, max - 1);
	sct_put_kernel(f, src, n);
	sct_put(f, (__u8)0);
	return n + 1;
}

/*
 * ---- outlined values (outlined.def): each a function of its own ----
 * Its frame begins with the value and is kept in registers, too.
 */

static SCT_INLINE struct sct_fill sct_part_frame(u8 *dst, const struct sct_call *call)
{
	return (struct sct_fill){
		.rec = dst, .flags = ((struct sct_record *)call->rec)->flags, .cfg = call->cfg,
		.s = call->slot, .call = call,
	};
}

#define SCT_PART_CUT	 0x10000u
#define SCT_PART_FAULTED 0x20000u

/* The bytes appended and the marks, as one number. */
static SCT_INLINE u32 sct_part_end(struct sct_fill *f, u32 n)
{
	return n | (f->cut ? SCT_PART_CUT : 0) | (f->faulted ? SCT_PART_FAULTED : 0);
}

static SCT_INLINE u32 sct_part_take(struct sct_fill *f, u32 part)
{
	u32 n = part & 0xffff;

	if (part & SCT_PART_CUT)
		sct_cut(f);
	if (part & SCT_PART_FAULTED)
		sct_fault(f);
	f->off += n;
	return n;
}

#define SCT_PART_PUT(type, name, params, args)						\
	static noinline u32 sct_part_##name(u8 *dst, const struct sct_call *call SCT_AND_EACH params)	\
	{										\
		struct sct_fill frame = sct_part_frame(dst, call), *f = &frame;		\
											\
		return sct_part_end(f, sct_body_##name(SCT_BEHIND(f, args)));		\
	}										\
	static SCT_INLINE type sct_##name(SCT_BEHIND(struct sct_fill *f, params))	\
	{										\
		return sct_part_take(f, sct_part_##name(sct_dst(f), f->call SCT_AND_EACH args));	\
	}
#define SCT_PART_NUMBER(type, name, params, args)					\
	static noinline type sct_part_##name(SCT_BEHIND(const struct sct_call *call, params))	\
	{										\
		struct sct_fill frame = sct_part_frame(NULL, call), *f = &frame;		\
											\
		return sct_body_##name(SCT_BEHIND(f, args));				\
	}										\
	static SCT_INLINE type sct_##name(SCT_BEHIND(struct sct_fill *f, params))	\
	{										\
		return sct_part_##name(SCT_BEHIND(f->call, args));				\
	}
#define SCT_PART_INLINE(type, name, params, args)					\
	static SCT_INLINE type sct_##name(SCT_BEHIND(struct sct_fill *f, params))	\
	{										\
		return sct_body_##name(SCT_BEHIND(f, args));				\
	}
#define SCT_PART(type, name, bpf, kmod, params, args) SCT_PART_##kmod(type, name, params, args)
#define SCT_OUTLINED SCT_PART
#include "outlined.def"

/* ---- the frame's way in and out of a filler ---- */

static SCT_INLINE struct sct_fill sct_frame(const struct sct_call *call, __u32 nparams,
					    int enter)
{
	struct sct_fill f = {
		.args = { call->args[0], call->args[1], call->args[2], call->args[3],
			  call->args[4], call->args[5] },
		.ret = call->ret, .nr = call->nr, .row = call->row, .enter = enter,
		.flags = ((struct sct_record *)call->rec)->flags,
		.rec = call->rec, .cfg = call->cfg, .given = call->given, .s = call->slot, .call = call,
		.off = SCT_VALUES_OFF(nparams),
	};

	if (nparams % 4)	/* no old bytes in the padding of the lengths */
		*(__u64 *)(f.rec + SCT_VALUES_OFF(nparams) - 8) = 0;
	return f;
}

/* Complete the record's header; returns the record's length. */
static SCT_INLINE __u32 sct_finish(struct sct_fill *f, __u32 event, __u32 nparams)
{
	struct sct_record *r = (struct sct_record *)f->rec;
	__u32 len = SCT_ALIGN8(f->off);

	put_unaligned(0ull, (__u64 *)sct_dst(f));	/* no old bytes in the padding */
	r->len = len;
	r->row = f->row;
	r->type = event;
	r->nparams = nparams;
	r->cut = f->cut;
	r->faulted = f->faulted;
	return len;
}

#endif
