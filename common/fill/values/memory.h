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

/* mmap2 of i386 counts it in pages of 4 KiB. */
static SCT_INLINE __u64 sct_val_mmap_offset(struct sct_fill *f)
{
	return f->row == SCT_SYS_mmap2 ? f->args[5] << 12 : f->args[5];
}

/* A mask of nodes has maxnode - 1 bits, in so many longs. */
static SCT_INLINE __u64 sct_node_words(struct sct_fill *f, __u64 maxnode)
{
	__u64 bits = maxnode ? maxnode - 1 : 0;
	__u32 width = 8 * sct_ptr_size(f);

	return bits / width + (bits % width != 0);
}
