// SPDX-License-Identifier: MIT
/* Rings in memory that is shared with the kernel, see live.h. */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include "live.h"

static long page_size(void)
{
	return sysconf(_SC_PAGESIZE);
}

static __u64 *reader_position(const struct sct_ring *ring)
{
	return ring->base;
}

static __u64 *writer_position(const struct sct_ring *ring)
{
	return (__u64 *)(ring->data - page_size());
}

/* The writer's side is read-only for us: a second mapping, behind the reader's page. */
int sct_mapped_ring_open(struct sct_ring *ring)
{
	const size_t page = page_size(), shown = page + 2 * ring->size;
	void *writer;

	ring->base = mmap(NULL, page + shown, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (ring->base == MAP_FAILED) {
		ring->base = NULL;
		return -errno;
	}
	writer = (__u8 *)ring->base + page;
	if (mmap(ring->base, page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, ring->fd, 0) ==
	    MAP_FAILED ||
	    mmap(writer, shown, PROT_READ, MAP_SHARED | MAP_FIXED, ring->fd, page) == MAP_FAILED)
		return -errno;
	ring->data = (__u8 *)writer + page;
	return 0;
}

void sct_mapped_ring_close(struct sct_ring *ring)
{
	if (ring->base)
		munmap(ring->base, 2 * page_size() + 2 * ring->size);
	if (ring->fd >= 0)
		close(ring->fd);
	ring->base = NULL;
	ring->fd = -1;
}

void sct_mapped_ring_snapshot(struct sct_ring *ring)
{
	/*
	 * pairs with smp_store_release() of producer_pos in __bpf_ringbuf_reserve(), and with that
	 * of the writer's position in the module's sct_ring_commit()
	 */
	ring->head = __atomic_load_n(writer_position(ring), __ATOMIC_ACQUIRE);
}

void sct_mapped_ring_release(struct sct_ring *ring)
{
	/*
	 * pairs with smp_load_acquire() of consumer_pos in __bpf_ringbuf_reserve(), and with that
	 * of the reader's position in the module's waiting()
	 */
	__atomic_store_n(reader_position(ring), ring->pos, __ATOMIC_RELEASE);
}
