/* SPDX-License-Identifier: MIT */
/*
 * A ring in memory that is shared with the kernel: a page with the reader's position, a page with
 * the writer's, then the data twice in a row, so that no record wraps.  The BPF ring buffer and the
 * module's ring are such.  Positions are bytes since the start.
 */
#ifndef SCT_MAPPED_RING_H
#define SCT_MAPPED_RING_H

#include "session.h"

/* Map ring->fd, which has ring->size bytes of data; 0 or -errno. */
int sct_mapped_ring_open(struct sct_ring *ring);

/* These are for sct_ring_ops.  Closing closes ring->fd, too; also after a failure to open. */
void sct_mapped_ring_snapshot(struct sct_ring *ring);
void sct_mapped_ring_release(struct sct_ring *ring);
void sct_mapped_ring_close(struct sct_ring *ring);

/* What lies at our position. */
static inline const void *sct_mapped_ring_at(const struct sct_ring *ring)
{
	return ring->data + (ring->pos & (ring->size - 1));
}

#endif
