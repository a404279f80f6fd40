/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Which call is it, through which ABI, and does what it returned pass?  For the kernel side only, after sct_config.h;
 * includes nothing of kernel, BPF or libc.
 */
#ifndef SCT_CALL_H
#define SCT_CALL_H

/* ---- which call is it?  nr is what the caller gave ---- */

/* Of a table by number: the last stands for all beyond. */
static SCT_INLINE __u32 sct_nr_index(__u32 nr)
{
	return nr < SCT_NR_MAX ? nr : SCT_NR_MAX - 1;
}

/* The number without the mark of an ABI. */
static SCT_INLINE __u32 sct_nr_plain(__u32 nr)
{
	return nr & ~SCT_X32_BIT;
}

/* The ABI that the call is made through; takes its mark off the number. */
static SCT_INLINE __u32 sct_abi_of(int compat, __u32 *nr)
{
	if (compat)
		return SCT_ABI_IA32;
	if (*nr < SCT_X32_BIT || *nr >= SCT_X32_BIT + SCT_NR_MAX)
		return SCT_ABI_NATIVE;
	*nr = sct_nr_plain(*nr);
	return SCT_ABI_X32;
}

/* ---- what a call returned ---- */

/* Does it pass?  Only calls return something. */
static SCT_INLINE int sct_result_passes(__u32 pass, __u32 kind, __s64 ret)
{
	if (pass == SCT_PASS_ANY || (kind != SCT_KIND_sys_enter && kind != SCT_KIND_sys_exit))
		return 1;
	if (kind == SCT_KIND_sys_enter)
		return 0;
	return (pass == SCT_PASS_ERROR) == (ret < 0 && ret >= SCT_ERRNO_MAX);
}

#endif
