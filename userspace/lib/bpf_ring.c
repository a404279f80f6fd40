// SPDX-License-Identifier: MIT
#include <bpf/bpf.h>
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include "bpf_ring.h"

/*
 * The map: a page with our position, a page with the writer's, then the data, mapped twice in a row
 * by the kernel, so that no record wraps.
 */
struct entry {	/* struct bpf_ringbuf_hdr */
	__u32 len;	/* and BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_DISCARD_BIT */
	__u32 pg_off;
	struct sct_record rec;
};

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
static int map_ring(struct sct_ring *ring)
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

int sct_bpf_ring_open(struct sct_ring *ring, unsigned cpu, size_t size)
{
	ring->cpu = cpu;
	ring->size = size;
	ring->fd = bpf_map_create(BPF_MAP_TYPE_RINGBUF, "sct_ring", 0, 0, size, NULL);
	return ring->fd < 0 ? ring->fd : map_ring(ring);
}

static void bpf_ring_close(struct sct_ring *ring)
{
	if (ring->base)
		munmap(ring->base, 2 * page_size() + 2 * ring->size);
	if (ring->fd >= 0)
		close(ring->fd);
	ring->base = NULL;
	ring->fd = -1;
}

static void bpf_ring_snapshot(struct sct_ring *ring)
{
	/* pairs with smp_store_release() of producer_pos in __bpf_ringbuf_reserve() */
	ring->head = __atomic_load_n(writer_position(ring), __ATOMIC_ACQUIRE);
}

static void bpf_ring_release(struct sct_ring *ring)
{
	/* pairs with smp_load_acquire() of consumer_pos in __bpf_ringbuf_reserve() */
	__atomic_store_n(reader_position(ring), ring->pos, __ATOMIC_RELEASE);
}

static const struct entry *entry_at(const struct sct_ring *ring)
{
	return (const void *)(ring->data + (ring->pos & (ring->size - 1)));
}

static __u64 entry_end(const struct sct_ring *ring, __u32 len)
{
	return ring->pos + SCT_ALIGN8(BPF_RINGBUF_HDR_SZ + (len & ~BPF_RINGBUF_DISCARD_BIT));
}

static const struct sct_record *bpf_ring_peek(struct sct_ring *ring)
{
	const struct entry *e;
	__u32 len;

	while (ring->pos < ring->head) {
		e = entry_at(ring);
		/* pairs with the xchg() in bpf_ringbuf_commit(): the length before the record */
		len = __atomic_load_n(&e->len, __ATOMIC_ACQUIRE);
		if (len & BPF_RINGBUF_BUSY_BIT)
			break;	/* still being written: it and all behind it later */
		if (!(len & BPF_RINGBUF_DISCARD_BIT) && len >= sizeof(e->rec) && e->rec.len <= len)
			return &e->rec;
		ring->pos = entry_end(ring, len);
	}
	return NULL;
}

static void bpf_ring_pop(struct sct_ring *ring)
{
	ring->pos = entry_end(ring, entry_at(ring)->len);
}

const struct sct_ring_ops sct_bpf_ring_ops = {
	.snapshot = bpf_ring_snapshot,
	.peek = bpf_ring_peek,
	.pop = bpf_ring_pop,
	.release = bpf_ring_release,
	.close = bpf_ring_close,
};
