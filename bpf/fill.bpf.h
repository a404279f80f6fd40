/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * BPF's implementation of the filler vocabulary (vocab.h).  For BPF only.
 *
 * The frame is a local of each program whose address goes nowhere: the compiler keeps it in
 * registers.  The verifier follows registers, not conditions, so offsets and lengths are masked
 * right where they are used, behind an asm that hides the mask's redundancy from the compiler.
 */
#ifndef SCT_FILL_BPF_H
#define SCT_FILL_BPF_H

#define SCT_INLINE __always_inline

struct sct_fill {
	__u64 args[6];
	__s64 ret;
	__u64 off;
	__u32 n;
	__u32 nr, row, flags;
	int enter;
	int have_id;
	struct sct_inode_id id;
	const volatile struct sct_config *cfg;
	struct sct_slot *s;
	struct bpf_raw_tracepoint_args *tp;	/* of events that are no calls */
	__u32 kind;	/* of the program */
	int alone;	/* call no function; constant */
};

#define SCT_FILLER(id) static SCT_INLINE void sct_fill_##id(struct sct_fill *f)

#define SCT_TURNS 8	/* of a call */

/* Through a pointer variable: clang stores byte by byte when it sees the array behind the cast. */
#define sct_put(f, v)							\
	do {								\
		__u8 *__p = sct_dst(f);					\
		*(__typeof__(v) *)__p = (v);				\
		(f)->off += sizeof(v);					\
	} while (0)

#include "vocab.h"

static SCT_INLINE struct sct_loop *sct_loop(struct sct_fill *f)
{
	return &f->s->loop;
}

/* Marks go into the record, not into registers: the verifier need not follow each combination. */
static SCT_INLINE void sct_cut(struct sct_fill *f)
{
	struct sct_record *r = (void *)f->s->rec;

	r->cut |= 1ull << f->n;
}

static SCT_INLINE void sct_fault(struct sct_fill *f)
{
	struct sct_record *r = (void *)f->s->rec;

	r->faulted |= 1ull << f->n;
}

/* Through memory, of which the verifier knows nothing. */
static SCT_INLINE __u64 sct_any(struct sct_fill *f, __u64 v)
{
	*(volatile __u64 *)&f->s->loop.sum = v;
	return *(volatile __u64 *)&f->s->loop.sum;
}

static SCT_INLINE __u8 *sct_rec_at(struct sct_fill *f, __u64 off)
{
	return &f->s->rec[sct_masked(off, SCT_REC_MAX - 1)];
}

static SCT_INLINE __u8 *sct_dst(struct sct_fill *f)
{
	if (__builtin_constant_p(f->off))	/* up to the first data: no check needed */
		return &f->s->rec[f->off];
	return sct_rec_at(f, f->off);
}

static SCT_INLINE void sct_begin(struct sct_fill *f, __u32 i)
{
	f->n = i;
}

static SCT_INLINE void sct_end(struct sct_fill *f, __u64 n)
{
	__u8 *len = &f->s->rec[sizeof(struct sct_record) + 2 * f->n];

	*(__u16 *)len = n;
	/*
	 * Through memory, of which the verifier knows nothing: paths that differ in the offset
	 * alone then are one to it.
	 */
	if (!__builtin_constant_p(f->off)) {
		*(volatile __u64 *)&f->s->off = f->off;
		f->off = *(volatile __u64 *)&f->s->off;
	}
}

static SCT_INLINE __u64 sct_given(struct sct_fill *f)
{
	return f->cfg->notes ? f->s->given : SCT_LENS_UNKNOWN;
}

static SCT_INLINE __u64 sct_put_user_str(struct sct_fill *f, __u64 uptr, __u32 max)
{
	__u8 *dst = sct_dst(f);
	long n;

	if (!__builtin_constant_p(max))
		max = sct_masked(max, SCT_CHUNK_MAX - 1);
	n = bpf_probe_read_user_str(dst, max, (void *)uptr);

	if (n < 0) {
		sct_fault(f);
		return 0;
	}
	if (!n) {	/* "" is 0 on some kernels, 1 on others */
		*dst = 0;
		n = 1;
	}
	if (n == max) {	/* full: the last byte tells whether the string ends there, too */
		__u8 last = 1;

		bpf_probe_read_user(&last, sizeof(last), (void *)(uptr + max - 1));
		if (last)
			sct_cut(f);
	}
	f->off += n;
	return n;
}

static SCT_INLINE __u64 sct_put_user_buf(struct sct_fill *f, __u64 uptr, __u64 n)
{
	n = sct_masked(n, SCT_CHUNK_MAX - 1);
	if (bpf_probe_read_user(sct_dst(f), n, (void *)uptr)) {
		sct_fault(f);
		return 0;
	}
	f->off += n;
	return n;
}

static SCT_INLINE int sct_read_user(struct sct_fill *f, void *dst, __u64 uptr, __u32 n)
{
	return bpf_probe_read_user(dst, n, (void *)uptr);
}

/* Append n bytes of kernel memory. */
static SCT_INLINE __u64 sct_put_kernel(struct sct_fill *f, const void *src, __u64 n)
{
	n = sct_masked(n, SCT_CHUNK_MAX - 1);
	if (bpf_probe_read_kernel(sct_dst(f), n, src))
		return 0;
	f->off += n;
	return n;
}

/* Append a NUL-terminated string of kernel memory. */
static SCT_INLINE __u64 sct_put_kernel_str(struct sct_fill *f, const char *src, __u32 max)
{
	long n = bpf_probe_read_kernel_str(sct_dst(f), max, src);

	if (n <= 0)
		return 0;
	f->off += n;
	return n;
}

/* ---- the frame's way in and out of a program ---- */

static SCT_INLINE struct sct_fill sct_frame(struct sct_slot *s, __u32 kind, __u32 nparams,
					  int enter)
{
	struct sct_record *r = (void *)s->rec;
	struct sct_fill f = {
		.args = { s->args[0], s->args[1], s->args[2], s->args[3], s->args[4], s->args[5] },
		.ret = s->ret, .nr = s->nr, .row = s->row, .flags = r->flags, .enter = enter,
		.cfg = &sct_cfg.config, .s = s, .kind = kind,
		.off = SCT_VALUES_OFF(nparams),
	};
	__u8 *pad;

	r->cut = 0;
	r->faulted = 0;
	if (nparams % 4) {	/* no old bytes in the padding of the lengths */
		pad = &s->rec[SCT_VALUES_OFF(nparams) - 8];
		*(__u64 *)pad = 0;
	}
	return f;
}

/* Complete the record's header; returns the record's length. */
static SCT_INLINE __u64 sct_finish(struct sct_fill *f, __u32 event, __u32 nparams)
{
	struct sct_record *r = (void *)f->s->rec;
	__u64 len = SCT_ALIGN8(f->off);
	__u8 *end = sct_dst(f);

	*(__u64 *)end = 0;	/* no old bytes in the padding */
	r->len = len;
	r->row = f->row;
	r->type = event;
	r->nparams = nparams;
	return len;
}

#endif
