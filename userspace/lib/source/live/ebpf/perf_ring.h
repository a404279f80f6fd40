/* SPDX-License-Identifier: MIT */
/* The perf buffer of one CPU, as the BPF probe writes it.  perf_event_open(2), "MMAP layout". */
#ifndef SCT_PERF_RING_H
#define SCT_PERF_RING_H

#include "live.h"

/* Create the ring of ring->cpu; 0 or -errno */
int sct_perf_ring_open(struct sct_ring *ring, size_t size);
extern const struct sct_ring_ops sct_perf_ring_ops;

#endif
