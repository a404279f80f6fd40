/* SPDX-License-Identifier: MIT */
/* The kernel module's ring of one CPU, see sct_ioctl.h. */
#ifndef SCT_KMOD_RING_H
#define SCT_KMOD_RING_H

#include "live.h"

extern const struct sct_ring_ops sct_kmod_ring_ops;

#endif
