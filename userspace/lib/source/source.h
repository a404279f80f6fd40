/* SPDX-License-Identifier: MIT */
/*
 * Sources: where records come from, in the order of time.  A source knows nothing of sessions, formats
 * and the content of records.  Layer source, on schema and select.
 */
#ifndef SCT_SOURCE_H
#define SCT_SOURCE_H

#include "schema.h"
#include "sct_config.h"
#include "util.h"

enum sct_item_kind {
	SCT_ITEM_RECORD,	/* an event, or the record of a task */
	SCT_ITEM_LOSS,		/* records are missing here */
	SCT_ITEM_END,		/* nothing more will come */
};

/* What a source yields. */
struct sct_item {
	enum sct_item_kind kind;
	unsigned cpu;
	const struct sct_record *rec;	/* not checked beyond its length; valid until release() */
	__u64 pos;			/* of a record: its place in the source, for locate() */
	__u64 ts, seq, lost;		/* of a loss: CLOCK_BOOTTIME ns, first missing number, how many */
};

struct sct_source;

/* Functions return 0 or more, or a negative errno that is reported to source->diag. */
struct sct_source_ops {
	/*
	 * Take up to max items, the oldest first.  Returns how many; 0: there are none yet.  All
	 * that was handed out before must have been released.
	 */
	int (*next)(struct sct_source *source, struct sct_item *items, unsigned max);
	/* Items that were handed out are no longer used: their memory may be written again. */
	void (*release)(struct sct_source *source);
	/* Sleep until next() may have something, for at most timeout_ms, or -1; -EINTR: a signal came. */
	int (*wait)(struct sct_source *source, int timeout_ms);
	/* Detach from what writes records; what is there can still be read.  Again: no effect. */
	void (*stop)(struct sct_source *source);
	/* Where a record is that cannot be right, for a message: "the ring of CPU 1 holds garbage at ...". */
	void (*locate)(const struct sct_source *source, const struct sct_item *item, char *text, size_t size);
	int (*counts)(struct sct_source *source, unsigned cpu, struct sct_counts *counts);
	/* Runs of the probe that the kernel skipped. */
	__u64 (*missed)(struct sct_source *source);
	/* Processes in scope that live. */
	int (*traced)(struct sct_source *source);
	/* May records of this task still come?  NULL: nobody knows. */
	bool (*alive)(pid_t tid);
	/* The i-th event that cannot be traced, and why; NULL behind the last.  See sct_missing(). */
	const struct sct_event_info *(*missing)(const struct sct_source *source, unsigned i,
						const char **program);
	/* How many rings there are, and the size of each in bytes. */
	unsigned (*rings)(const struct sct_source *source, size_t *size);
	/* End it and free it. */
	void (*close)(struct sct_source *source);
};

struct sct_source {
	const struct sct_source_ops *ops;
	struct sct_diag *diag;		/* the caller's */
	const char *name;		/* of the backend, or of the file */
	unsigned ncpus;			/* CPUs have smaller numbers */
	__s64 real_minus_boot;		/* ns from the records' clock to the wall clock; may change */
};

#endif
