// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Rings, and other memory that user space maps. */
#include "kmod.h"
#include "ring.h"
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>

#define DATA_PAGE 2u	/* of a ring's pages: behind the reader's and the writer's */

/* ---- memory ---- */

/*
 * Are there so many pages?  Beside them are the tables that map them, here and in user space, and
 * lists of them, 56 bytes a page; with KASAN, shadows of two mappings.  For all these, others might
 * be killed.
 */
static bool fits(u64 n)
{
	struct sysinfo info;

	si_meminfo(&info);
	n += n / 64 + (IS_ENABLED(CONFIG_KASAN_VMALLOC) ? n / 4 : 0);
	return n + info.totalram / 32 <= sct_mem_available(&info);
}

static int mem_alloc(struct sct_mem *mem, unsigned int n)
{
	if (!fits(n))
		return -ENOMEM;
	mem->pages = sct_vzalloc(n * sizeof(*mem->pages));
	if (!mem->pages)
		return -ENOMEM;
	for (mem->n = 0; mem->n < n; mem->n++) {
		mem->pages[mem->n] = alloc_page(SCT_GFP_MAPPED);
		if (!mem->pages[mem->n])
			return -ENOMEM;
		cond_resched();
		if (fatal_signal_pending(current))
			return -EINTR;
	}
	return 0;
}

static int mem_show(struct sct_mem *mem, struct page **pages, unsigned int n)
{
	mem->addr = vmap(pages, n, VM_MAP, PAGE_KERNEL);
	return mem->addr ? 0 : -ENOMEM;
}

void sct_mem_free(struct sct_mem *mem)
{
	if (mem->addr)
		vunmap(mem->addr);
	while (mem->n)
		__free_page(mem->pages[--mem->n]);
	vfree(mem->pages);
	mem->addr = NULL;
	mem->pages = NULL;
}

int sct_mem_alloc_shown(struct sct_mem *mem, unsigned int n)
{
	int err = mem_alloc(mem, n);

	return err ? err : mem_show(mem, mem->pages, n);
}

/* ---- mapping ---- */

/* None of ours: all pages are there from the start, and others are never. */
static const struct vm_operations_struct sct_vm_ops = {};

static int insert_pages(struct vm_area_struct *vma, const struct sct_mem *mem, unsigned long first,
			unsigned long period)
{
	unsigned long i, at;
	int err = 0;

	sct_vm_flags_set(vma, VM_DONTEXPAND | VM_DONTCOPY | VM_DONTDUMP);
	vma->vm_ops = &sct_vm_ops;
	for (i = 0; i < vma_pages(vma) && !err; i++) {
		at = first + i;
		err = vm_insert_page(vma, vma->vm_start + i * PAGE_SIZE,
				     mem->pages[at < mem->n ? at : at - period]);
		cond_resched();
	}
	return err;
}

static int check_range(struct vm_area_struct *vma, unsigned long first, unsigned long n)
{
	if (!(vma->vm_flags & VM_SHARED) || first >= n || vma_pages(vma) > n - first)
		return -EINVAL;
	return 0;
}

/* The reader's page alone may be written to, now and after any mprotect(). */
int sct_ring_mmap(struct sct_ring *ring, struct vm_area_struct *vma)
{
	unsigned long first = vma->vm_pgoff, period = ring->mem.n - DATA_PAGE;
	int err = check_range(vma, first, ring->mem.n + period);

	if (err)
		return err;
	if (first + vma_pages(vma) > 1) {
		if (vma->vm_flags & VM_WRITE)
			return -EPERM;
		sct_vm_flags_clear(vma, VM_MAYWRITE);
	}
	return insert_pages(vma, &ring->mem, first, period);
}

int sct_mem_mmap(const struct sct_mem *mem, struct vm_area_struct *vma, unsigned long first)
{
	int err = check_range(vma, first, mem->n);

	return err ? err : insert_pages(vma, mem, first, 0);
}

/* ---- rings ---- */

static void wake_reader(struct irq_work *work)
{
	wake_up(&container_of(work, struct sct_ring, wake)->wait);
}

struct sct_ring *sct_ring_new(void)
{
	struct sct_ring *ring = sct_vzalloc(sizeof(*ring));

	if (!ring)
		return NULL;
	ring->call.slot = &ring->slot;
	init_waitqueue_head(&ring->wait);
	init_irq_work(&ring->wake, wake_reader);
	return ring;
}

void sct_ring_free(struct sct_ring *ring)
{
	if (!ring)
		return;
	irq_work_sync(&ring->wake);
	sct_mem_free(&ring->mem);
	vfree(ring);
}

/* The data pages of mem, shown twice. */
static int show_data(struct sct_mem *mem)
{
	unsigned int n = mem->n - DATA_PAGE;
	struct page **twice = sct_vzalloc(2 * n * sizeof(*twice));
	int err;

	if (!twice)
		return -ENOMEM;
	memcpy(twice, mem->pages + DATA_PAGE, n * sizeof(*twice));
	memcpy(twice + n, mem->pages + DATA_PAGE, n * sizeof(*twice));
	err = mem_show(mem, twice, 2 * n);
	vfree(twice);
	return err;
}

static u64 pages_of(u64 size)
{
	return DATA_PAGE + (size >> PAGE_SHIFT);
}

bool sct_rings_fit(u64 size, unsigned int n)
{
	return fits(n * pages_of(size));
}

int sct_ring_fill_in(struct sct_ring *ring, u64 size, u32 wake_bytes)
{
	struct sct_mem mem = {};
	int err;

	if (ring->data)
		return 0;
	err = mem_alloc(&mem, pages_of(size));
	if (!err)
		err = show_data(&mem);
	if (err) {
		sct_mem_free(&mem);
		return err;
	}
	ring->mem = mem;
	ring->reader = page_address(mem.pages[0]);
	ring->writer = page_address(mem.pages[1]);
	ring->size = size;
	ring->wake_bytes = wake_bytes;
	ring->look = wake_bytes;
	/* pairs with the acquire in sct_ring_find_room(): its CPU may look for it already */
	smp_store_release(&ring->data, mem.addr);
	return 0;
}

/* Bytes that wait; more than there can be when the reader's position makes no sense. */
static u64 waiting(const struct sct_ring *ring, u64 head)
{
	/* pairs with the reader's release: its reads are done before the place is used again */
	return head - smp_load_acquire(&ring->reader->position);
}

/*
 * After a loss each task has to be described anew, which would be done for records that are dropped
 * themselves.  So a ring that was full takes nothing until there is room for many.
 */
bool sct_ring_find_room(struct sct_ring *ring, u32 n)
{
	u64 used;

	/* pairs with the release in sct_ring_fill_in() */
	if (!smp_load_acquire(&ring->data))
		return false;
	used = waiting(ring, ring->head);
	if (used > ring->size ||
	    ring->size - used < (ring->full ? max_t(u64, n, ring->size / 4) : n)) {
		ring->full = true;
		ring->limit = ring->head;
		return false;
	}
	ring->full = false;
	ring->limit = ring->head + ring->size - used;
	return true;
}

/*
 * Nobody is left to wait for more than there is: `look` is where wake_bytes would wait if the
 * reader stood still, so the head is there before they do.  Who goes to wait is on the list first
 * and then looks at the head; we move the head first, and then wake who is on the list.
 */
void sct_ring_look(struct sct_ring *ring)
{
	u64 used = waiting(ring, ring->head);

	if (used < ring->wake_bytes) {
		ring->look = ring->head + ring->wake_bytes - used;
		return;
	}
	ring->look = ring->head + ring->wake_bytes / 4;
	irq_work_queue(&ring->wake);
}

/* ---- waiting ---- */

bool sct_ring_readable(struct sct_ring *ring)
{
	u64 head = READ_ONCE(ring->writer->position), used = waiting(ring, head);

	return used && (used >= ring->wake_bytes || used > head - READ_ONCE(ring->due));
}

bool sct_ring_make_due(struct sct_ring *ring)
{
	u64 head;

	/* pairs with the release in sct_ring_fill_in() */
	if (!smp_load_acquire(&ring->data))
		return false;
	head = READ_ONCE(ring->writer->position);
	if (waiting(ring, head)) {
		WRITE_ONCE(ring->due, head);
		wake_up(&ring->wait);
	}
	return waitqueue_active(&ring->wait);
}
