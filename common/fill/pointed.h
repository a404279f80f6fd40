/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What an argument points to where a command says so, see commands.def.  After caller.h. */
#ifndef SCT_POINTED_H
#define SCT_POINTED_H

#include "commands.def"

/* What there is for a command: a number of all that the kernel side needs to know. */
#define SCT_WHAT_DIR 48		/* SCT_DIR_* */
#define SCT_WHAT_X32 32		/* size for callers of x32, */
#define SCT_WHAT_IA32 16	/* and of i386 */

#define SCT_WHAT_CASE(name, number, dir, type)						\
	case number:									\
		return (__u64)SCT_DIR_##dir << SCT_WHAT_DIR |				\
		       (__u64)SCT_OBJ_X32_##type << SCT_WHAT_X32 |			\
		       (__u64)SCT_OBJ_IA32_##type << SCT_WHAT_IA32 | SCT_OBJ_##type;

#define SCT_WHAT_OF(call, list)								\
	static SCT_INLINE __u64 sct_##call##_value(__u32 command)			\
	{										\
		switch (command) {							\
			list(SCT_WHAT_CASE)						\
		}									\
		return 0;								\
	}

/* The size that it has for the caller; 0 where it is not to be read. */
static SCT_INLINE __u32 sct_what_size(struct sct_fill *f, __u64 what)
{
	__u64 dir = what >> SCT_WHAT_DIR;

	if (dir == SCT_DIR_NONE || (dir == SCT_DIR_OUT && !sct_ok(f)))
		return 0;
	if (sct_is_narrow(f))
		what >>= !sct_is_ia32(f) ? SCT_WHAT_X32 : sct_has_time32(f) ? SCT_WHAT_IA32 : 0;
	return what & 0xffff;
}

/* What uptr points to: its true size, then what is kept. */
static SCT_INLINE __u64 sct_put_value(struct sct_fill *f, __u64 uptr, __u64 what)
{
	__u32 size = sct_what_size(f, sct_any(f, what));

	return size ? sct_put_ubuf_max(f, uptr, size, SCT_VALUE_MAX) : 0;
}

#endif
