/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Outlined values (outlined.def): functions that the verifier checks once a program, whoever calls them.  What loops
 * is one that makes a few turns, called in a loop: the verifier goes through the turns of one call only.  What they
 * have to do with is in the slot.  For BPF only.
 */
#ifndef SCT_OUTLINE_BPF_H
#define SCT_OUTLINE_BPF_H

static __always_inline struct sct_slot *sct_own_slot(__u32 kind)
{
	return kind < SCT_KIND_MAX ? sct_slot_of(sct_cpu_of(bpf_get_smp_processor_id()), kind) : 0;
}

/* The frame that such a function goes on with. */
static __always_inline struct sct_fill sct_own_frame(struct sct_slot *s, __u32 kind, __u32 param, int alone)
{
	struct sct_fill f = {
		.flags = ((struct sct_record *)s->rec)->flags, .cfg = &sct_cfg.config, .s = s, .kind = kind,
		.n = param, .alone = alone,
	};

	return f;
}

/* The way of f->off there and back. */
#define sct_off_there(from, to) ((to)->off = (from)->off)
#define sct_off_stays(from, to)

#define SCT_FUNCTION(type, name, params, args, is_alone, off)					\
	__attribute__((noinline)) int sct_##name##_at(__u32 kind, __u32 current SCT_AND_EACH params)	\
	{											\
		struct sct_slot *s = sct_own_slot(kind);					\
		struct sct_fill frame, *f = &frame;						\
		int ret;									\
												\
		if (!s)										\
			return 0;								\
		frame = sct_own_frame(s, kind, current, is_alone);				\
		off(s, f);									\
		ret = sct_body_##name(SCT_BEHIND(f, args));					\
		off(f, s);									\
		return ret;									\
	}											\
	static SCT_INLINE type sct_##name(SCT_BEHIND(struct sct_fill *f, params))		\
	{											\
		int ret;									\
												\
		if (f->alone)									\
			return sct_body_##name(SCT_BEHIND(f, args));				\
		off(f, f->s);									\
		ret = sct_##name##_at(f->kind, f->n SCT_AND_EACH args);		\
		off(f->s, f);									\
		return ret;									\
	}
#define SCT_FUNCTION_PLACED(type, name, params, args)  SCT_FUNCTION(type, name, params, args, 0, sct_off_there)
#define SCT_FUNCTION_ALONE(type, name, params, args)   SCT_FUNCTION(type, name, params, args, 1, sct_off_there)
#define SCT_FUNCTION_CARRIED(type, name, params, args) SCT_FUNCTION(type, name, params, args, 0, sct_off_stays)
#define SCT_FUNCTION_INLINE(type, name, params, args)					\
	static SCT_INLINE type sct_##name(SCT_BEHIND(struct sct_fill *f, params))	\
	{										\
		return sct_body_##name(SCT_BEHIND(f, args));				\
	}
#define SCT_FUNCTION_OF(type, name, bpf, kmod, params, args) SCT_FUNCTION_##bpf(type, name, params, args)
#define SCT_OUTLINED SCT_FUNCTION_OF
#define SCT_OUTLINED_KERNEL SCT_FUNCTION_OF
#include "outlined.def"

#endif
