/* SPDX-License-Identifier: MIT */
/* A session and the backend below it; for session.c, select.c and the backends. */
#ifndef SCT_SESSION_H
#define SCT_SESSION_H

#include <signal.h>
#include "internal.h"
#include "sct_config.h"

#define SCT_BATCH_MAX	512
#define SCT_ERROR_MAX	1024

/* What the user asked for, by row of the tables. */
struct sct_selection {
	__u8 call[SCT_SYS_MAX];		/* SCT_WANT_* */
	__u8 unknown;			/* SCT_WANT_*: calls without a row */
	__u8 event[SCT_EV_MAX];		/* for events that are not calls */
};

/* One CPU's ring as the merge sees it. */
struct sct_ring {
	unsigned cpu;
	__u64 next_seq;			/* of the next record */
	const struct sct_record *rec;	/* next record, or NULL: none before the snapshot */
	/* the backend's */
	int fd;
	void *base;			/* control page, data behind it */
	__u8 *data;
	size_t size;
	__u64 head, pos;		/* snapshot of the writer's position; ours */
	__u8 *linear;			/* perf buffers: copy of the one record that wraps */
};

/* How one kind of ring is read. */
struct sct_ring_ops {
	void (*snapshot)(struct sct_ring *ring);	/* note how far the writer is */
	const struct sct_record *(*peek)(struct sct_ring *ring);	/* next record, or NULL */
	void (*pop)(struct sct_ring *ring);		/* go behind it; its bytes stay */
	void (*release)(struct sct_ring *ring);		/* the writer may reuse what is behind us */
	void (*close)(struct sct_ring *ring);
};

struct sct_session;

/* A source of records.  Errors are negative errnos, with sct_fail() called. */
struct sct_backend {
	const char *name;
	int (*open)(struct sct_session *s);		/* rings exist, nothing is attached */
	int (*follow)(struct sct_session *s);		/* the scope is handed on and ends */
	int (*start)(struct sct_session *s);		/* records begin to flow */
	void (*detach)(struct sct_session *s);		/* no more records; rings stay */
	void (*close)(struct sct_session *s);		/* also after a failed open */
	int (*counts)(struct sct_session *s, unsigned cpu, struct sct_counts *counts);
	int (*open_rings)(struct sct_session *s);	/* for CPUs that came up meanwhile */
	__u64 (*missed)(struct sct_session *s);
	__u8 *(*scope)(struct sct_session *s);		/* SCT_PID_LIMIT bytes, enum sct_scope */
};

extern const struct sct_backend sct_backend_ebpf;

/* A synthesized "loss" record. */
struct sct_loss {
	struct sct_record rec;
	__u16 len[4];
	__u64 lost;
};

struct sct_session {
	struct sct_options opt;		/* sz, and defaults filled in */
	const struct sct_backend *backend;
	void *priv;			/* the backend's */
	struct sct_selection sel;
	char error[SCT_ERROR_MAX];

	const struct sct_ring_ops *ring_ops;
	struct sct_ring *rings;
	unsigned nrings;
	unsigned ncpus;			/* possible CPUs: room in rings and heap */
	struct sct_ring **heap;		/* rings with a record, oldest first */
	unsigned nheap;

	struct sct_tasks *tasks;
	unsigned learned;		/* tasks since the last sweep */
	struct sct_clock clock;
	__u64 looked;			/* boot time of the last look around, see look_around() */
	volatile sig_atomic_t stop;
	bool started, detached, drained, whole, ring_warned;
	__u64 lost_seen;

	unsigned nbatch;
	const struct sct_event *batch[SCT_BATCH_MAX];
	struct sct_event events[SCT_BATCH_MAX];
	struct sct_loss losses[SCT_BATCH_MAX];
};

/* Note why the call fails; returns err. */
int sct_fail(struct sct_session *s, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void sct_log(const struct sct_session *s, enum sct_log_level level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* select.c: fill s->sel from s->opt.events; 0, -ENOENT or -EINVAL */
int sct_select(struct sct_session *s);
/* Is the kind's tracepoint needed by the selection? */
bool sct_select_kind(const struct sct_selection *sel, enum sct_kind kind);
/* The same, as the kernel side is told. */
void sct_select_want(const struct sct_selection *sel, struct sct_want *want);
/* The tracepoint of each event; of a call, that of its end. */
extern const enum sct_kind sct_event_kind[SCT_EV_MAX];

/* scope.c: who is traced */
int sct_scope_check(struct sct_session *s);	/* do the processes exist? */
int sct_scope_begin(struct sct_session *s);	/* before records flow */
int sct_scope_settle(struct sct_session *s);	/* followers are attached: add what runs already */
int sct_scope_count(struct sct_session *s);

#endif
