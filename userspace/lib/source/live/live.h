/* SPDX-License-Identifier: MIT */
/*
 * The live source: rings of this machine's kernel side, merged by time.  Below it a driver, kmod or
 * ebpf, makes the rings; drivers know neither the merge nor a session.
 */
#ifndef SCT_LIVE_H
#define SCT_LIVE_H

#include "select.h"
#include "source.h"

/* ---- rings ---- */

/* One CPU's ring as the merge sees it. */
struct sct_ring {
	unsigned cpu;
	__u64 next_seq;			/* of the next record */
	const struct sct_record *rec;	/* next record, or NULL: none before the snapshot */
	const char *bad;		/* why nothing there can be trusted, or NULL */
	/* the driver's */
	int fd;
	void *base;			/* control page, data behind it */
	__u8 *data;
	size_t size;
	__u64 head, pos;		/* snapshot of the writer's position; ours */
	__u64 next;			/* behind the record that peek() found */
	__u8 *linear;			/* perf buffers: copy of the one record that wraps */
};

/* How one kind of ring is read. */
struct sct_ring_ops {
	void (*snapshot)(struct sct_ring *ring);	/* note how far the writer is */
	/* The record at ring->pos, or NULL: there is none, or ring->bad says why it is none. */
	const struct sct_record *(*peek)(struct sct_ring *ring);
	void (*release)(struct sct_ring *ring);		/* the writer may reuse what is behind us */
	void (*close)(struct sct_ring *ring);
};

/*
 * mapped_ring.c: a ring in memory that is shared with the kernel: a page with the reader's position, a page
 * with the writer's, then the data twice in a row, so that no record wraps.  The BPF ring buffer and the
 * module's ring are such.  Positions are bytes since the start.
 */

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

/* ---- drivers ---- */

struct sct_driver;

/* Functions return 0 or a negative errno that is reported to driver->diag. */
struct sct_driver_ops {
	const char *name;
	/* Nothing is attached; ncpus, ring_ops and scope of the driver are set. */
	int (*open)(struct sct_driver *driver);
	/* The ring of ring->cpu; what a failure leaves is closed by driver->ring_ops. */
	int (*open_ring)(struct sct_driver *driver, struct sct_ring *ring);
	int (*follow)(struct sct_driver *driver);	/* the scope is handed on and ends */
	int (*start)(struct sct_driver *driver);	/* records begin to flow */
	void (*detach)(struct sct_driver *driver);	/* no more records; rings stay */
	void (*close)(struct sct_driver *driver);	/* also after a failed open */
	int (*counts)(struct sct_driver *driver, unsigned cpu, struct sct_counts *counts);
	__u64 (*missed)(struct sct_driver *driver);
	/* See sct_missing(); NULL: nothing ever is. */
	const struct sct_event_info *(*missing)(const struct sct_driver *driver, unsigned i,
						const char **program);
};

struct sct_driver {
	const struct sct_driver_ops *ops;
	const struct sct_options *opt;		/* defaults are filled in */
	const struct sct_selection *sel;
	struct sct_diag *diag;
	bool whole;				/* processes without a scope of their own are traced */
	void *priv;				/* the driver's */
	unsigned ncpus;				/* possible ones */
	struct sct_config config;		/* what the kernel side is asked for */
	const struct sct_ring_ops *ring_ops;
	__u8 *scope;				/* SCT_PID_LIMIT bytes, enum sct_scope */
};

extern const struct sct_driver_ops sct_driver_ebpf;
extern const struct sct_driver_ops sct_driver_kmod;

/* What records are to say of the files of descriptors. */
static inline enum sct_files sct_files_asked(const struct sct_options *opt)
{
	if (opt->file_details)
		return SCT_FILES_DETAILS;
	return opt->files ? SCT_FILES_PATHS : SCT_FILES_NONE;
}

/* driver.c: fill driver->config from its options and selection; 0, or -EINVAL reported to driver->diag */
int sct_driver_configure(struct sct_driver *driver);
/* The tracepoints in use, a bit each: what the selection needs, and what keeps the scope right. */
__u32 sct_driver_kinds(const struct sct_driver *driver);

/* ---- the source ---- */

/* The record of an event that is made here: "cpu_hotplug". */
struct sct_hotplug {
	struct sct_record rec;
	__u16 len[4];
	__u32 cpu, action;
};

#define SCT_CPU_CHANGES 64u

/* Which CPUs there are, and what became of them and is still to be reported. */
struct sct_cpus {
	int fd;			/* where the kernel reports changes, or -1 */
	bool known;
	bool *online;		/* by CPU; behind them room for those to compare with */
	unsigned nchanges, nout;	/* those that are noted, those of them that were handed out */
	struct sct_hotplug changes[SCT_CPU_CHANGES];
};

struct sct_live {
	struct sct_source source;
	struct sct_driver driver;
	struct sct_ring *rings;
	unsigned nrings;
	struct sct_ring **heap;		/* rings with a record, oldest first */
	unsigned nheap;
	struct sct_cpus cpus;
	__u64 scope_looked;		/* when it was last seen who lives, ms */
	unsigned scope_next;		/* the first process to look at next time */
	__u64 looked;			/* boot time of the last look around, see look_around() */
	bool detached, ring_warned;
};

extern const struct sct_source_ops sct_live_ops;

/*
 * Open the driver that options->backend names, or the first that works, and begin to trace.  options,
 * sel and diag must live as long as the source.  On failure *source is NULL.
 */
int sct_live_open(struct sct_source **source, const struct sct_options *options,
		  const struct sct_selection *sel, struct sct_diag *diag);

/* choose.c: which driver, as options->backend says; NULL: the one that works */
int sct_driver_choose(struct sct_live *live);
int sct_driver_open(struct sct_live *live);	/* with its rings */
void sct_driver_close(struct sct_live *live);

/* rings.c */
int sct_rings_open(struct sct_live *live);	/* for CPUs that are online and have none */
void sct_rings_close(struct sct_live *live);

/* merge.c: next() of the source */
int sct_live_next(struct sct_source *source, struct sct_item *items, unsigned max);
#define SCT_WINDOW_NS 2000000u	/* records that are younger wait, see merge.c */

/* cpus.c */
int sct_cpus_open(struct sct_live *live);
void sct_cpus_close(struct sct_live *live);
bool sct_cpus_told(struct sct_live *live);	/* has the kernel reported a change of any device? */
void sct_cpus_look(struct sct_live *live, __u64 now);	/* note what has changed */

/* scope.c: who is traced */
int sct_scope_check(struct sct_live *live);	/* are all of them processes, and can that be known? */
int sct_scope_begin(struct sct_live *live);	/* before records flow */
int sct_scope_settle(struct sct_live *live);	/* followers are attached: add what runs already */
int sct_scope_count(struct sct_live *live);

#endif
