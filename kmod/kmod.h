/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the module's files share.  Included first by each of them. */
#ifndef SCT_KMOD_H
#define SCT_KMOD_H

#include "compat.h"
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/irq_work.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <asm/local.h>
#include "sct_abi.h"
#include "sct_config.h"
#include "sct_ioctl.h"

/* ---- what a filler is given, and what it may use (fill.c) ---- */

#define SCT_PATH_BUF 4096u

struct sct_slot {
	u32 pos;			/* where the path begins */
	u8 path[2 * SCT_PATH_BUF];	/* a path, built from its end */
};

struct sct_call {
	u64 args[6];
	s64 ret;
	u32 nr, row;
	u32 snaplen;
	int enter;
	u8 *rec;		/* room for the event's largest record */
	struct sct_slot *slot;
};

struct sct_filler {
	u32 (*fill)(const struct sct_call *call);	/* returns the record's length */
	u16 max;		/* bytes of the largest record; 0: no event that fillers make */
	u16 kind;		/* of its tracepoint; of a call sys_exit; SCT_KIND_MAX for none */
};
extern const struct sct_filler sct_fillers[SCT_EV_MAX];

/* Find out what the running kernel looks like where no compile probe can tell. */
void sct_fill_init(void);

/* ---- memory that is shared with user space (ring.c) ---- */

struct sct_mem {
	struct page **pages;
	unsigned int n;
	void *addr;
};

/* ---- rings: one per CPU of a consumer (ring.c) ---- */

struct sct_ring {
	u8 *data;		/* twice in a row; NULL: no ring on this CPU */
	u64 size;
	u64 head;		/* where the next record begins; user space sees a copy of it */
	u64 limit;		/* the reader's position when last looked at, plus size */
	u64 look;		/* when the head comes here, look how much waits */
	u32 wake_bytes;
	u32 busy;		/* contexts in here: only the first may write */
	bool full;		/* was full, and still is nearly so */
	struct sct_ring_page *reader;	/* written by user space: not to be trusted */
	struct sct_ring_page *writer;
	struct sct_counts n;
	struct sct_known known[SCT_KNOWN_MAX];
	struct sct_slot slot;
	struct sct_mem mem;	/* reader's page, writer's page, data */
	wait_queue_head_t wait;
	struct irq_work wake;	/* tracepoints may hold locks that waking needs */
};

/* ---- consumers (consumer.c) ---- */

struct sct_consumer {
	struct kref files;
	struct list_head all;		/* in sct_consumers, from setup on */
	struct list_head active;	/* in sct_active while kinds is not 0; RCU */
	u32 kinds;			/* tracepoints that it wants */
	struct sct_want __rcu *want;	/* NULL before the setup */
	u8 *scope;			/* SCT_PID_LIMIT of enum sct_scope, shared with user space */
	u64 *told;			/* SCT_TOLD_MAX: version in the last record of a task, any ring */
	u32 snaplen;
	u32 pass_default;
	u32 wake_ms;
	u64 ring_size;
	u32 wake_bytes;
	struct sct_mem scope_mem;
	struct delayed_work tick;	/* wakes those who wait for time, not bytes */
	struct sct_ring *rings[];	/* by CPU, each possible one from setup on */
};

#endif
