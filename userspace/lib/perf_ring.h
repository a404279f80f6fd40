/* SPDX-License-Identifier: MIT */
/* The perf buffer of one CPU, as the BPF probe writes it.  perf_event_open(2), "MMAP layout". */
#ifndef SCT_PERF_RING_H
#define SCT_PERF_RING_H

#include "session.h"

/* Create the ring of a CPU; 0 or -errno */
int sct_perf_ring_open(struct sct_ring *ring, unsigned cpu, size_t size);
void sct_perf_ring_close(struct sct_ring *ring);
void sct_perf_ring_snapshot(struct sct_ring *ring);
const struct sct_record *sct_perf_ring_peek(struct sct_ring *ring);
void sct_perf_ring_pop(struct sct_ring *ring);
void sct_perf_ring_release(struct sct_ring *ring);

#endif
