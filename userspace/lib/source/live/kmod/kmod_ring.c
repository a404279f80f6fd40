// SPDX-License-Identifier: MIT
#include "kmod_ring.h"

/* Positions and lengths are the kernel's, and yet checked: what makes no sense must not be read. */
static const char *check_length(__u64 len, __u64 avail)
{
	if (len < sizeof(struct sct_record) || len > SCT_REC_LIMIT || len % 8)
		return "a record has an impossible length";
	if (len > avail)
		return "a record ends behind the writer's position";
	return NULL;
}

static const struct sct_record *kmod_ring_peek(struct sct_ring *ring)
{
	const struct sct_record *rec = sct_mapped_ring_at(ring);
	const __u64 avail = ring->head - ring->pos;
	__u32 len;

	if (!avail)
		return NULL;
	if (avail > ring->size || avail % 8) {
		ring->bad = "the writer's position is impossible";
		return NULL;
	}
	len = __atomic_load_n(&rec->len, __ATOMIC_RELAXED);
	ring->bad = check_length(len, avail);
	ring->next = ring->pos + len;
	return ring->bad ? NULL : rec;
}

const struct sct_ring_ops sct_kmod_ring_ops = {
	.snapshot = sct_mapped_ring_snapshot,
	.peek = kmod_ring_peek,
	.release = sct_mapped_ring_release,
	.close = sct_mapped_ring_close,
};
