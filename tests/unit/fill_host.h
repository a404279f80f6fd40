/* SPDX-License-Identifier: MIT */
/*
 * The host's implementation of the filler vocabulary (vocab.h), over this process's own memory.
 * For fillers.c only.  It is stricter than the others: what they must guarantee fails here loudly.
 */
#ifndef SCT_FILL_HOST_H
#define SCT_FILL_HOST_H

#define SCT_INLINE inline

struct sct_fill {
	__u64 args[6];
	__s64 ret;
	__u64 off, cut, faulted;
	__u32 n;
	__u32 nr, row, flags;
	int enter;
	int have_id;
	struct sct_inode_id id;
	struct sct_loop loop;
	const struct sct_config *cfg;
	const char *name;
	__u8 *rec;	/* SCT_REC_MAX bytes, behind them nothing is mapped */
	__u64 start;	/* where the open parameter begins */
	__u32 next;	/* the parameter that has to be opened next */
	int open;
};

#define SCT_FILLER(id)	   static void sct_fill_##id(struct sct_fill *f)

#define sct_fail(f, fmt, ...) fail_msg("%s: " fmt, (f)->name, __VA_ARGS__)

#define sct_put(f, v)							\
	do {								\
		__typeof__(v) __put = (v);				\
		memcpy(sct_room(f, sizeof(v)), &__put, sizeof(v));	\
		(f)->off += sizeof(v);					\
	} while (0)

#include "vocab.h"

/* Nothing is too large here. */
#define SCT_OUTLINED(type, name, bpf, kmod, params, args)				\
	static SCT_INLINE type sct_##name(SCT_BEHIND(struct sct_fill *f, params))	\
	{										\
		return sct_body_##name(SCT_BEHIND(f, args));				\
	}
#include "outlined.def"

static SCT_INLINE __u64 sct_any(struct sct_fill *f, __u64 v)
{
	return v;
}

static SCT_INLINE struct sct_loop *sct_loop(struct sct_fill *f)
{
	return &f->loop;
}

/* ---- appending ---- */

static SCT_INLINE __u8 *sct_room(struct sct_fill *f, __u64 n)
{
	if (!f->open)
		sct_fail(f, "%llu bytes are put while no parameter is open", n);
	if (n > SCT_REC_MAX - f->off)
		sct_fail(f, "parameter %u: no room for %llu bytes", f->n, n);
	return f->rec + f->off;
}

static SCT_INLINE __u8 *sct_rec_at(struct sct_fill *f, __u64 off)
{
	if (off >= f->off)
		sct_fail(f, "byte %llu of the record is not there yet", off);
	return f->rec + off;
}

static SCT_INLINE void sct_begin(struct sct_fill *f, __u32 i)
{
	if (f->open)
		sct_fail(f, "parameter %u begins inside parameter %u", i, f->n);
	if (i != f->next)
		sct_fail(f, "parameter %u begins where %u is due", i, f->next);
	f->n = i;
	f->open = 1;
	f->start = f->off;
}

static SCT_INLINE void sct_end(struct sct_fill *f, __u64 n)
{
	__u16 len = n;

	if (!f->open)
		sct_fail(f, "parameter %u ends twice", f->n);
	if (n != f->off - f->start)
		sct_fail(f, "parameter %u ends with %llu bytes, but has %llu", f->n, n,
			 f->off - f->start);
	memcpy(f->rec + sizeof(struct sct_record) + 2 * f->n, &len, sizeof(len));
	f->open = 0;
	f->next++;
}

/* ---- user memory: faults are ordinary ---- */

static SCT_INLINE void sct_cut(struct sct_fill *f)
{
	f->cut |= 1ull << f->n;
}

static SCT_INLINE void sct_fault(struct sct_fill *f)
{
	f->faulted |= 1ull << f->n;
}

static SCT_INLINE int sct_read_user(struct sct_fill *f, void *dst, __u64 uptr, __u32 n)
{
	struct iovec to = { dst, n }, from = { (void *)uptr, n };

	if (fake.read_user)
		return fake.read_user(dst, uptr, n);
	return process_vm_readv(getpid(), &to, 1, &from, 1, 0) == (ssize_t)n ? 0 : -EFAULT;
}

static SCT_INLINE __u64 sct_given(struct sct_fill *f)
{
	return fake.given;
}

/* A page at a time: what follows the string need not be readable. */
static SCT_INLINE __u64 sct_put_user_str(struct sct_fill *f, __u64 uptr, __u32 max)
{
	__u8 *dst = sct_room(f, max), *nul = NULL;
	__u64 n = 0, part;

	while (!nul && n < max) {
		part = 4096 - (uptr + n) % 4096;
		if (part > max - n)
			part = max - n;
		if (sct_read_user(f, dst + n, uptr + n, part)) {
			sct_fault(f);
			return 0;
		}
		nul = memchr(dst + n, 0, part);
		n = nul ? (__u64)(nul - dst) + 1 : n + part;
	}
	if (!nul) {
		dst[max - 1] = 0;
		sct_cut(f);
	}
	f->off += n;
	return n;
}

static SCT_INLINE __u64 sct_put_user_buf(struct sct_fill *f, __u64 uptr, __u64 n)
{
	__u8 *dst = sct_room(f, n);

	if (n && sct_read_user(f, dst, uptr, n)) {
		sct_fault(f);
		return 0;
	}
	f->off += n;
	return n;
}

/* ---- the frame's way in and out of a filler ---- */

static SCT_INLINE struct sct_fill sct_frame(__u8 *rec, const char *name, __u32 nparams)
{
	struct sct_fill f = { .name = name, .rec = rec, .cfg = &fake.cfg, .off = SCT_VALUES_OFF(nparams) };

	if (sct_config_check(f.cfg))
		sct_fail(&f, "%s is configured wrongly", sct_config_check(f.cfg));
	memset(rec + sizeof(struct sct_record), 0, f.off - sizeof(struct sct_record));
	return f;
}

static SCT_INLINE void sct_finish(struct sct_fill *f, __u32 event, __u32 nparams)
{
	struct sct_record r = {
		.len = SCT_ALIGN8(f->off), .row = f->row, .type = event, .nparams = nparams,
		.flags = f->flags | (f->enter ? SCT_RF_ENTER : 0), .cut = f->cut, .faulted = f->faulted,
	};

	if (f->open)
		sct_fail(f, "parameter %u does not end", f->n);
	if (f->next != nparams)
		sct_fail(f, "%u of %u parameters are there", f->next, nparams);
	memset(f->rec + f->off, 0, r.len - f->off);
	memcpy(f->rec, &r, sizeof(r));
}

#endif
