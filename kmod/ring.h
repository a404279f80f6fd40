/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Writing to a ring, the hot half; ring.c has the rest.  All of it on the ring's CPU, preemption
 * off.
 */
#ifndef SCT_RING_H
#define SCT_RING_H

#include "kmod.h"

/* Counters that an interrupt may change, too, but no other CPU. */
static __always_inline void sct_inc(__u64 *n)
{
	BUILD_BUG_ON(sizeof(local_t) != sizeof(*n));
	local_inc((local_t *)n);
}

/* Is there room for n bytes, now that the reader was asked where it is? */
bool sct_ring_find_room(struct sct_ring *ring, u32 n);
/* Much may wait in the ring: wake its reader. */
void sct_ring_look(struct sct_ring *ring);

/* Can n bytes be written at the head?  They are in one piece there. */
static __always_inline bool sct_ring_has_room(struct sct_ring *ring, u32 n)
{
	return likely(ring->head + n <= ring->limit) || sct_ring_find_room(ring, n);
}

/* The record of len bytes at the head is done. */
static __always_inline void sct_ring_commit(struct sct_ring *ring, u32 len)
{
	ring->n.sent++;
	ring->head += len;
	/* pairs with the reader's acquire: the record before the position behind it */
	smp_store_release(&ring->writer->position, ring->head);
	if (unlikely(ring->head >= ring->look))
		sct_ring_look(ring);
}

/* The sequence number of the next record. */
static __always_inline u64 sct_ring_seq(const struct sct_ring *ring)
{
	return ring->n.sent + READ_ONCE(ring->n.lost);
}

#endif
