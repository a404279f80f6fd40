/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of memory events.  Included by sct_fill.h only, after process.h. */

SCT_TASK_VALUE(__u64, vm_size)
SCT_TASK_VALUE(__u64, vm_rss)
SCT_TASK_VALUE(__u64, vm_swap)

/* How many pages of 4 KiB n bytes take. */
static SCT_INLINE __u64 sct_pages(__u64 n)
{
	return n / 4096 + (n % 4096 != 0);
}
