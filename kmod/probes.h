/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The probes and the tracepoints that they are attached to (probes.c). */
#ifndef SCT_PROBES_H
#define SCT_PROBES_H

#include "kmod.h"

/* Consumers that are attached to something; RCU, changed under sct_attach_lock. */
extern struct list_head sct_active;

/* Tracepoints that this kernel has, a bit for each enum sct_kind. */
extern u32 sct_kinds_there;

void sct_probes_init(void);
/* Attach to what the consumers in sct_active want, and what that needs. */
int sct_probes_update(void);
/* Nothing is attached any more. */
void sct_probes_exit(void);

#endif
