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
	u64 entered;		/* when the call began; 0: not known */
	u64 given;		/* see sct_given() */
	u32 nr, row;
	int enter;
	u8 *rec;		/* room for the event's largest record */
	/* these stay */
	const struct sct_config *cfg;	/* the consumer's */
	struct sct_slot *slot;
};

struct sct_filler {
	u32 (*fill)(const struct sct_call *call);	/* returns the record's length */
	u16 max;		/* bytes of the largest record, without its vectors; 0: no event that fillers make */
	u8  vectors;		/* parameters of type ARGV, of which the consumer says how large they get */
	u8  files;		/* descriptors, whose files are room apart, too */
	u16 kind;		/* of its tracepoint; of a call sys_exit; SCT_KIND_MAX for none */
};
extern const struct sct_filler sct_fillers[SCT_EV_MAX];

/* Find out what the running kernel looks like where no compile probe can tell. */
void sct_fill_init(void);

/* ---- memory that is shared with user space (ring.c) ---- */

struct sct_mem {
	struct page **pages;
	unsigned int n;
	void *addr;		/* where the kernel sees it */
};

/* Errors are negative; what is half made is freed by sct_mem_free(), too. */
int sct_mem_alloc_shown(struct sct_mem *mem, unsigned int n);
void sct_mem_free(struct sct_mem *mem);
/* For mmap(): the pages from `first` on. */
int sct_mem_mmap(const struct sct_mem *mem, struct vm_area_struct *vma, unsigned long first);

/* ---- rings: one per CPU of a consumer (ring.c) ---- */

struct sct_ring {
	u8 *data;		/* twice in a row; NULL: no ring on this CPU */
	u64 size;
	u64 head;		/* where the next record begins; user space sees a copy of it */
	u64 limit;		/* the reader's position when last looked at, plus size */
	u64 look;		/* when the head comes here, look how much waits */
	u32 wake_bytes;
	u32 busy;		/* somebody is in here: who interrupts him may not write */
	bool full;		/* was full, and still is nearly so */
	u64 due;		/* what lies before has waited long enough */
	struct sct_ring_page *reader;	/* written by user space: not to be trusted */
	struct sct_ring_page *writer;
	struct sct_call call;	/* what is being written */
	struct sct_counts n;
	struct sct_known known[SCT_KNOWN_MAX];
	struct sct_slot slot;
	struct sct_mem mem;	/* reader's page, writer's page, data */
	wait_queue_head_t wait;
	struct irq_work wake;	/* tracepoints may hold locks that waking needs */
};

/* A ring without memory for records: it counts what it can't take.  NULL: no memory for that. */
struct sct_ring *sct_ring_new(void);
void sct_ring_free(struct sct_ring *ring);
/* Is there memory for n rings? */
bool sct_rings_fit(u64 size, unsigned int n);
/* Give the ring its memory, unless it has; the caller sees to it that nobody else does. */
int sct_ring_fill_in(struct sct_ring *ring, u64 size, u32 wake_bytes);
int sct_ring_mmap(struct sct_ring *ring, struct vm_area_struct *vma);
/* For poll(): does enough wait, or long enough? */
bool sct_ring_readable(struct sct_ring *ring);
/* What waits by now has waited long enough.  Is there anybody who wants to know? */
bool sct_ring_make_due(struct sct_ring *ring);

/* ---- consumers (consumer.c) ---- */

struct sct_consumer {
	struct kref files;
	struct list_head all;		/* from setup on */
	struct list_head active;	/* in sct_active while kinds is not 0; RCU */
	u32 kinds;			/* bit: tracepoint of enum sct_kind that it is attached to */
	struct sct_want *want;		/* NULL before the setup, see sct_consumer_ready() */
	u8 *scope;			/* SCT_PID_LIMIT of enum sct_scope, shared with user space */
	struct sct_entered *entered;	/* SCT_ENTERED_MAX; NULL: there is nothing to note */
	u64 *told;			/* SCT_TOLD_MAX: version in the last record of a task, any ring */
	struct sct_config cfg;
	u32 wake_ms;
	struct sct_mem scope_mem, told_mem, entered_mem;
	struct delayed_work tick;
	struct sct_ring *rings[];	/* by CPU; from setup on one for each possible */
};

/* Sums over events, and over consumers. */
struct sct_total {
	u64 seen, filtered, delivered;
	u64 dropped[SCT_DROP_MAX];
};

/* Is it set up?  From then on all but want and kinds stays. */
static inline bool sct_consumer_ready(const struct sct_consumer *c)
{
	/* pairs with the release in set_up() */
	return smp_load_acquire(&c->want);
}

/*
 * All return 0 or a negative error.  The functions with a consumer but the first need one that is
 * ready.
 */
struct sct_consumer *sct_consumer_new(void);
void sct_consumer_put(struct sct_consumer *c);
int sct_consumer_setup(struct sct_consumer *c, struct sct_setup *setup, int cpu);
int sct_consumer_add_ring(struct sct_consumer *c, int cpu);
int sct_consumer_attach(struct sct_consumer *c, u32 kinds);
int sct_consumer_set_want(struct sct_consumer *c, u64 uptr);
/* Somebody waits for a ring: wake him after wake_ms. */
void sct_consumer_will_wait(struct sct_consumer *c);

int sct_consumers_init(void);
void sct_consumers_exit(void);
void sct_consumers_add_cpu(int cpu);
void sct_consumers_total(int cpu, struct sct_total *total);

/* ---- CPUs that come up (hotplug.c) ---- */

/* From now on coming() is called, before the CPU does anything. */
int sct_hotplug_init(void (*coming)(int cpu));
void sct_hotplug_exit(void);

/* ---- devices (file.c, main.c) ---- */

extern const struct file_operations sct_fops;

/* Of the tables that this module was made from. */
u64 sct_digest(void);

#endif
