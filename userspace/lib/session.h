/* SPDX-License-Identifier: MIT */
/* A session and the backend below it; for session.c, select.c and the backends. */
#ifndef SCT_SESSION_H
#define SCT_SESSION_H

#include <signal.h>
#include "decode.h"
#include "format.h"
#include "state.h"
#include "sct_config.h"

#define SCT_BATCH_MAX	512
#define SCT_ERROR_MAX	1024

/* What the user asked for, by row of the tables. */
struct sct_selection {
	__u8 call[SCT_SYS_MAX];		/* SCT_WANT_* */
	__u8 part[SCT_NPARTS];		/* SCT_WANT_*: calls that are made through others */
	__u8 unknown;			/* SCT_WANT_*: calls without a row */
	__u8 event[SCT_EV_MAX];		/* for events that are not calls */
};

/* One CPU's ring as the merge sees it. */
struct sct_ring {
	unsigned cpu;
	__u64 next_seq;			/* of the next record */
	const struct sct_record *rec;	/* next record, or NULL: none before the snapshot */
	const char *bad;		/* why nothing there can be trusted, or NULL */
	/* the backend's */
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

struct sct_session;

/* What records are to tell of the files of descriptors. */
enum sct_files sct_files_asked(const struct sct_session *s);

/* config.c: what the kernel side is asked for; 0, or -EINVAL with sct_fail() called */
int sct_config_of(struct sct_session *s, struct sct_config *config);

/* A source of records.  Errors are negative errnos, with sct_fail() called. */
struct sct_backend {
	const char *name;
	/* Nothing is attached; s->ncpus and s->ring_ops are set. */
	int (*open)(struct sct_session *s);
	/* The ring of ring->cpu; what a failure leaves is closed by s->ring_ops. */
	int (*open_ring)(struct sct_session *s, struct sct_ring *ring);
	int (*follow)(struct sct_session *s);		/* the scope is handed on and ends */
	int (*start)(struct sct_session *s);		/* records begin to flow */
	void (*detach)(struct sct_session *s);		/* no more records; rings stay */
	void (*close)(struct sct_session *s);		/* also after a failed open */
	int (*counts)(struct sct_session *s, unsigned cpu, struct sct_counts *counts);
	__u64 (*missed)(struct sct_session *s);
	__u8 *(*scope)(struct sct_session *s);		/* SCT_PID_LIMIT bytes, enum sct_scope */
	/* See sct_missing(); NULL: nothing ever is. */
	const struct sct_event_info *(*missing)(const struct sct_session *s, unsigned i,
						const char **program);
};

extern const struct sct_backend sct_backend_ebpf;
extern const struct sct_backend sct_backend_kmod;

/* Records that are made here: "loss", */
struct sct_loss {
	struct sct_record rec;
	__u16 len[4];
	__u64 lost;
};

/* and "cpu_hotplug". */
struct sct_hotplug {
	struct sct_record rec;
	__u16 len[4];
	__u32 cpu, action;
};

union sct_made {
	struct sct_loss loss;
	struct sct_hotplug hotplug;
};

#define SCT_CPU_CHANGES 64u

/* Which CPUs there are, and what became of them and is still to be told. */
struct sct_cpus {
	int fd;			/* where the kernel tells of changes, or -1 */
	bool known;
	bool *online;		/* by CPU; behind them room for those to compare with */
	unsigned nchanges;
	struct sct_cpu_change {
		__u64 ts;
		__u32 cpu, action;
	} changes[SCT_CPU_CHANGES];
};

/* ---- pairs.c: the record of a call's entry, until that of its end comes ---- */
struct sct_pairs;
struct sct_pairs *sct_pairs_new(void);
void sct_pairs_free(struct sct_pairs *pairs);
void sct_pairs_clear(struct sct_pairs *pairs);	/* records are missing */
int sct_pairs_begin(struct sct_pairs *pairs, const struct sct_record *rec);
/* That of the entry to the call that ends in rec, now the caller's; NULL: not known. */
struct sct_record *sct_pairs_end(struct sct_pairs *pairs, const struct sct_record *rec);

struct sct_session {
	struct sct_options opt;		/* sz, and defaults filled in */
	const struct sct_backend *backend;
	void *priv;			/* the backend's */
	struct sct_selection sel;
	char error[SCT_ERROR_MAX];

	const struct sct_ring_ops *ring_ops;
	struct sct_ring *rings;
	unsigned nrings;
	unsigned ncpus;			/* possible ones: room in rings and heap */
	struct sct_ring **heap;		/* rings with a record, oldest first */
	unsigned nheap;

	struct sct_tasks *tasks;
	struct sct_pairs *pairs;	/* NULL: nobody wants to know how calls began */
	unsigned learned;		/* tasks since the last sweep */
	__u64 scope_looked;		/* when it was last seen who lives, ms */
	unsigned scope_next;		/* the first process to look at next time */
	struct sct_cpus cpus;
	__s64 real_minus_boot;		/* ns from the records' clock to the wall clock */
	__u64 looked;			/* boot time of the last look around, see look_around() */
	volatile sig_atomic_t stop;
	bool started, detached, drained, whole, ring_warned;
	__u64 lost_seen;

	unsigned nbatch;
	const struct sct_event *batch[SCT_BATCH_MAX];
	struct sct_event events[SCT_BATCH_MAX];
	union sct_made made[SCT_BATCH_MAX];
};

/* Note why the call fails; returns err. */
int sct_fail(struct sct_session *s, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Say more of it. */
void sct_fail_more(struct sct_session *s, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void sct_log(const struct sct_session *s, enum sct_log_level level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* backend.c: which one, as s->opt.backend says; NULL: to be seen when it is opened */
int sct_backend_choose(struct sct_session *s);
int sct_backend_open(struct sct_session *s);	/* with its rings */
void sct_backend_close(struct sct_session *s);

/* select.c: fill s->sel from s->opt.events; 0, -ENOENT or -EINVAL */
int sct_select(struct sct_session *s);
/* Is a record asked for when the call begins?  Others are there for that of its end alone. */
bool sct_select_shows_enter(const struct sct_session *s, const struct sct_syscall_info *call);
/* Is something noted when a call begins? */
bool sct_select_notes(const struct sct_selection *sel);
/* Is the kind's tracepoint needed by the selection? */
bool sct_select_kind(const struct sct_selection *sel, enum sct_kind kind);
/* The tracepoints in use, a bit each: what the selection needs, and what keeps the scope right. */
__u32 sct_select_kinds(const struct sct_session *s);
/* The same, as the kernel side is told. */
void sct_select_want(const struct sct_selection *sel, struct sct_want *want);
/* The tracepoint of each event; of a call, that of its end. */
extern const enum sct_kind sct_event_kind[SCT_EV_MAX];
/* Names of the tracepoints. */
extern const char *const sct_kind_names[SCT_KIND_MAX];

/* rings.c */
int sct_rings_open(struct sct_session *s);	/* for CPUs that are online and have none */
void sct_rings_close(struct sct_session *s);

/* cpus.c */
int sct_cpus_open(struct sct_session *s);
void sct_cpus_close(struct sct_session *s);
bool sct_cpus_told(struct sct_session *s);	/* has the kernel told of a change of any device? */
void sct_cpus_look(struct sct_session *s, __u64 now);	/* note what has changed */

/* scope.c: who is traced */
int sct_scope_check(struct sct_session *s);	/* can it be told which, do they exist? */
int sct_scope_begin(struct sct_session *s);	/* before records flow */
int sct_scope_settle(struct sct_session *s);	/* followers are attached: add what runs already */
int sct_scope_count(struct sct_session *s);

#endif
