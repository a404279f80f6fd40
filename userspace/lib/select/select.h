/* SPDX-License-Identifier: MIT */
/*
 * The selection: from the words of struct sct_options.events to what the kernel side is asked for.
 * Layer select, on schema; knows no source and no session.
 */
#ifndef SCT_SELECT_H
#define SCT_SELECT_H

#include "schema.h"
#include "sct_config.h"
#include "util.h"

/* What the user asked for, by row of the tables. */
struct sct_selection {
	__u8 call[SCT_SYS_MAX];		/* SCT_WANT_* */
	__u8 part[SCT_NPARTS];		/* SCT_WANT_*: calls that are made through others */
	__u8 unknown;			/* SCT_WANT_*: calls without a row */
	__u8 event[SCT_EV_MAX];		/* for events that are not calls */
};

/*
 * Fill sel from options->events and from the options that ask for records at entry, for times or for
 * results.  0, -ENOENT or -EINVAL, reported to diag.
 */
int sct_select(struct sct_selection *sel, const struct sct_options *options, struct sct_diag *diag);
/* Is a record asked for when the call begins?  Others are there for that of its end alone. */
bool sct_select_shows_enter(const struct sct_options *options, const struct sct_syscall_info *call);
/* Is something noted when a call begins? */
bool sct_select_notes(const struct sct_selection *sel);
/* Is the kind's tracepoint needed by the selection? */
bool sct_select_kind(const struct sct_selection *sel, enum sct_kind kind);
/* The selection as the kernel side is told. */
void sct_select_want(const struct sct_selection *sel, struct sct_want *want);
/* The tracepoint of each event; of a call, that of its end. */
extern const enum sct_kind sct_event_kind[SCT_EV_MAX];
/* Names of the tracepoints. */
extern const char *const sct_kind_names[SCT_KIND_MAX];

#endif
