/* SPDX-License-Identifier: MIT */
/* The BPF ring buffer of one CPU.  Linux: Documentation/bpf/ringbuf.rst, kernel/bpf/ringbuf.c. */
#ifndef SCT_BPF_RING_H
#define SCT_BPF_RING_H

#include "live.h"

/* Create a ring; ring->fd is then its map.  0 or -errno */
int sct_bpf_ring_open(struct sct_ring *ring, size_t size);

extern const struct sct_ring_ops sct_bpf_ring_ops;

#endif
