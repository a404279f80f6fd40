// SPDX-License-Identifier: MIT
#include <errno.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "perf_ring.h"

/* A sample with PERF_SAMPLE_RAW: the bytes that bpf_perf_event_output() was given. */
struct sample {
	struct perf_event_header header;
	__u32 size;
	__u32 lead;	/* ours: puts the record on 8 bytes */
	struct sct_record rec;
};

static long page_size(void)
{
	return sysconf(_SC_PAGESIZE);
}

int sct_perf_ring_open(struct sct_ring *ring, size_t size)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_BPF_OUTPUT,
		.sample_type = PERF_SAMPLE_RAW,
		.sample_period = 1,
		.watermark = 1,	/* one wake-up per quarter of the ring, not per record */
		.wakeup_watermark = size / 4,
	};
	int err;

	ring->size = size;
	ring->linear = malloc(SCT_REC_LIMIT + sizeof(struct sample));
	if (!ring->linear)
		return -ENOMEM;
	ring->fd = syscall(__NR_perf_event_open, &attr, -1, ring->cpu, -1, PERF_FLAG_FD_CLOEXEC);
	if (ring->fd < 0)
		return -errno;
	ring->base = mmap(NULL, page_size() + size, PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, 0);
	if (ring->base == MAP_FAILED) {
		err = -errno;
		ring->base = NULL;
		return err;
	}
	ring->data = (__u8 *)ring->base + page_size();
	return ioctl(ring->fd, PERF_EVENT_IOC_ENABLE, 0) ? -errno : 0;
}

static void perf_close(struct sct_ring *ring)
{
	if (ring->base)
		munmap(ring->base, page_size() + ring->size);
	if (ring->fd >= 0)
		close(ring->fd);
	free(ring->linear);
	ring->base = NULL;
	ring->fd = -1;
	ring->linear = NULL;
}

static void perf_snapshot(struct sct_ring *ring)
{
	struct perf_event_mmap_page *page = ring->base;

	/* pairs with the barrier in the kernel's perf_output_put_handle(): head before data */
	ring->head = __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
}

static void perf_release(struct sct_ring *ring)
{
	struct perf_event_mmap_page *page = ring->base;

	/* pairs with the kernel's read of data_tail: our reads are done before the space is reused */
	__atomic_store_n(&page->data_tail, ring->pos, __ATOMIC_RELEASE);
}

/* The n bytes at the ring's position in one piece: a record that wraps is copied. */
static const void *straighten(struct sct_ring *ring, size_t n)
{
	size_t at = ring->pos & (ring->size - 1), first = ring->size - at;

	if (n <= first)
		return ring->data + at;
	memcpy(ring->linear, ring->data + at, first);
	memcpy(ring->linear + first, ring->data, n - first);
	return ring->linear;
}

static size_t entry_size(const struct sct_ring *ring)
{
	const struct perf_event_header *h = (const void *)(ring->data + (ring->pos & (ring->size - 1)));

	return h->size;	/* headers are 8 bytes on 8 bytes: they never wrap */
}

static const struct sct_record *perf_peek(struct sct_ring *ring)
{
	const struct sample *sample;
	size_t n;

	while (ring->pos < ring->head) {
		n = entry_size(ring);
		if (n < sizeof(struct perf_event_header) || n > ring->head - ring->pos) {
			ring->pos = ring->head;	/* cannot happen; and would loop for ever */
			break;
		}
		ring->next = ring->pos + n;
		if (n >= sizeof(*sample) && n <= SCT_REC_LIMIT + sizeof(*sample)) {
			sample = straighten(ring, n);
			if (sample->header.type == PERF_RECORD_SAMPLE &&
			    sample->rec.len <= n - offsetof(struct sample, rec))
				return &sample->rec;
		}
		ring->pos = ring->next;	/* perf's own note of a loss; our sequence numbers tell better */
	}
	return NULL;
}

const struct sct_ring_ops sct_perf_ring_ops = {
	.snapshot = perf_snapshot,
	.peek = perf_peek,
	.release = perf_release,
	.close = perf_close,
};
