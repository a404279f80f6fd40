/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Memory of a task. */
#ifndef SCT_KERNEL_MM_H
#define SCT_KERNEL_MM_H

/* A counter that is per CPU may be read below 0. */
#define sct_mm_count(mm, i)							\
	({									\
		__s64 __n = sct_mm_pages(mm, i);				\
										\
		__n > 0 ? (__u64)__n : 0;					\
	})

static SCT_INLINE __u64 sct_acc_vm_size(struct sct_fill *f, struct task_struct *t)
{
	return SCT_READ(t, mm, total_vm) * SCT_PAGE_KIB;
}

static SCT_INLINE __u64 sct_acc_vm_rss(struct sct_fill *f, struct task_struct *t)
{
	struct mm_struct *mm = SCT_PTR(t, mm);

	return (sct_mm_count(mm, SCT_MM_FILEPAGES) + sct_mm_count(mm, SCT_MM_ANONPAGES) +
		sct_mm_count(mm, SCT_MM_SHMEMPAGES)) * SCT_PAGE_KIB;
}

static SCT_INLINE __u64 sct_acc_vm_swap(struct sct_fill *f, struct task_struct *t)
{
	struct mm_struct *mm = SCT_PTR(t, mm);

	return sct_mm_count(mm, SCT_MM_SWAPENTS) * SCT_PAGE_KIB;
}

#endif
