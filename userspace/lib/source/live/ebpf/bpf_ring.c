// SPDX-License-Identifier: MIT
#include <bpf/bpf.h>
#include "bpf_ring.h"

struct entry {	/* struct bpf_ringbuf_hdr */
	__u32 len;	/* and BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_DISCARD_BIT */
	__u32 pg_off;
	struct sct_record rec;
};

int sct_bpf_ring_open(struct sct_ring *ring, size_t size)
{
	ring->size = size;
	ring->fd = bpf_map_create(BPF_MAP_TYPE_RINGBUF, "sct_ring", 0, 0, size, NULL);
	return ring->fd < 0 ? ring->fd : sct_mapped_ring_open(ring);
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
		e = sct_mapped_ring_at(ring);
		/* pairs with the xchg() in bpf_ringbuf_commit(): the length before the record */
		len = __atomic_load_n(&e->len, __ATOMIC_ACQUIRE);
		if (len & BPF_RINGBUF_BUSY_BIT)
			break;	/* still being written: it and all behind it later */
		ring->next = entry_end(ring, len);
		if (!(len & BPF_RINGBUF_DISCARD_BIT) && len >= sizeof(e->rec) && e->rec.len <= len)
			return &e->rec;
		ring->pos = ring->next;
	}
	return NULL;
}

const struct sct_ring_ops sct_bpf_ring_ops = {
	.snapshot = sct_mapped_ring_snapshot,
	.peek = bpf_ring_peek,
	.release = sct_mapped_ring_release,
	.close = sct_mapped_ring_close,
};
