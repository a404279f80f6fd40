/* SPDX-License-Identifier: MIT */
/* What the library's files share; not installed. */
#ifndef SCT_INTERNAL_H
#define SCT_INTERNAL_H

#include <linux/types.h>
#include "sctrace.h"
#include "sct_abi.h"

/* Boot time to wall clock, as measured at the start of the session. */
struct sct_clock {
	__s64 real_minus_boot;	/* ns */
};

/* A decoded view of a record; the record's bytes stay where they are. */
struct sct_event {
	const struct sct_record *rec;	/* checked by sct_record_check() */
	const struct sct_task *task;	/* or NULL */
	const struct sct_clock *clock;
	unsigned cpu;
};

/*
 * Is the record, of which avail bytes can be read, whole and in itself consistent?  0, or -EBADMSG
 * with a sentence in why (static).  Everything else in the library trusts checked records.
 */
int sct_record_check(const struct sct_record *rec, size_t avail, const char **why);

/* Value bytes of parameter i of a checked record, and their number. */
const __u8 *sct_record_param(const struct sct_record *rec, unsigned i, unsigned *len);

/* ---- tasks.c: what task records said, by tid ---- */
struct sct_tasks;
struct sct_tasks *sct_tasks_new(void);
void sct_tasks_free(struct sct_tasks *tasks);
int sct_tasks_learn(struct sct_tasks *tasks, const struct sct_record *task_record);
const struct sct_task *sct_tasks_find(const struct sct_tasks *tasks, pid_t tid);
/* Forget the tasks that alive() denies; pointers of the current batch stay valid. */
void sct_tasks_sweep(struct sct_tasks *tasks, bool (*alive)(pid_t tid));
/* The batch has been handed out: what it alone still pointed to can go. */
void sct_tasks_batch_done(struct sct_tasks *tasks);

/* ---- tables.c ---- */
struct sct_symbol {
	const char *name;
	__u64 value;
	__u64 mask;	/* the bits that the symbol is about; all ones in an enum */
};
/* The symbols of a set, and their number; NULL for no such set. */
const struct sct_symbol *sct_symbols(const char *set, unsigned *n);
enum sct_format sct_param_format(const struct sct_record *rec, unsigned i);
const char *sct_errno_name(int err);	/* "ENOENT", or NULL */
const char *sct_signal_name(int sig);	/* "SIGINT", "SIGRT_3", or NULL */

/* ---- a growing line ---- */
struct sct_buf {
	char *data;
	size_t len, cap;
	bool failed;	/* out of memory: what follows is dropped */
};
void sct_buf_put(struct sct_buf *buf, const void *data, size_t len);
void sct_buf_printf(struct sct_buf *buf, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* ---- text.c, json.c ---- */
void sct_text_value(struct sct_buf *buf, const struct sct_event *event, unsigned param,
		    unsigned max_string);
int sct_json_event(struct sct_buf *buf, const struct sct_event *event);

#endif
