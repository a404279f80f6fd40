/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * User memory as it is now: what isn't in memory isn't read in, and nothing sleeps.
 *
 * Not copy_from_user_nofault() and strncpy_from_user(): both look up what kind of memory they write
 * to, which for a ring, mapped by vmap(), takes longer than the copy.
 */
#ifndef SCT_USER_H
#define SCT_USER_H

#include "compat.h"
#include <linux/string.h>
#include <linux/types.h>
#include <linux/uaccess.h>
#include <asm/word-at-a-time.h>

static __always_inline int sct_user_read(void *dst, u64 uptr, u32 n)
{
	const void __user *src = (const void __user *)(unsigned long)uptr;
	unsigned long left;

	if (unlikely(!sct_access_ok(src, n)))
		return -EFAULT;
	pagefault_disable();
	left = sct_raw_copy(dst, src, n);
	pagefault_enable();
	return unlikely(left) ? -EFAULT : 0;
}

#ifdef HAVE_UNSAFE_GET_USER

/* A string up to max bytes with its NUL; max + 1 and an end where there is none. */
static inline long sct_user_copy_str(u8 *dst, const u8 __user *src, u32 max)
{
	const struct word_at_a_time constants = WORD_AT_A_TIME_CONSTANTS;
	unsigned long word, zero;
	u32 n = 0;
	u8 c;

	if (unlikely(!user_access_begin(src, max)))
		return -EFAULT;
	/* the word may go beyond what is mapped, though the string does not */
	for (; max - n >= sizeof(word); n += sizeof(word)) {
		unsafe_get_user(word, (unsigned long __user *)(src + n), bytes);
		put_unaligned(word, (unsigned long *)(dst + n));
		if (has_zero(word, &zero, &constants)) {
			zero = prep_zero_mask(word, zero, &constants);
			n += find_zero(create_zero_mask(zero)) + 1;
			goto out;
		}
	}
bytes:
	while (n < max) {
		unsafe_get_user(c, src + n, fault);
		dst[n++] = c;
		if (!c)
			goto out;
	}
	dst[max - 1] = 0;
	n = max + 1;
out:
	user_access_end();
	return n;
fault:
	user_access_end();
	return -EFAULT;
}

#else

static inline long sct_user_copy_str(u8 *dst, const u8 __user *src, u32 max)
{
	long n = strncpy_from_user((char *)dst, (const char __user *)src, max);

	if (n < 0)
		return -EFAULT;
	if (n < max)
		return n + 1;
	dst[max - 1] = 0;
	return max + 1;
}

#endif

static noinline __maybe_unused long sct_user_str(u8 *dst, u64 uptr, u32 max)
{
	u32 room = max;
	long n;

	if (uptr >= TASK_SIZE_MAX)
		return -EFAULT;
	if (room > TASK_SIZE_MAX - uptr)
		room = TASK_SIZE_MAX - uptr;
	pagefault_disable();
	n = sct_user_copy_str(dst, (const u8 __user *)(unsigned long)uptr, room);
	pagefault_enable();
	/* where user space ends, the string has to, too */
	return n > room && room < max ? -EFAULT : n;
}

#endif
