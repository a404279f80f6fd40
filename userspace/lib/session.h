/* SPDX-License-Identifier: MIT */
/* The session, which alone knows all layers; for session.c, options.c, batch.c, stats.c and pairs.c. */
#ifndef SCT_SESSION_H
#define SCT_SESSION_H

#include "decode.h"
#include "select.h"
#include "source.h"
#include "state.h"

#define SCT_BATCH_MAX	512

/* The record of an event that is made here: "loss". */
struct sct_loss {
	struct sct_record rec;
	__u16 len[4];
	__u64 lost;
};

struct sct_session {
	struct sct_options opt;		/* sz, and defaults filled in */
	struct sct_selection sel;
	struct sct_diag diag;
	struct sct_source *source;	/* NULL: not open */

	struct sct_tasks *tasks;
	struct sct_decoder *decoder;	/* of all events */
	struct sct_pairs *pairs;	/* NULL: nobody wants to know how calls began */
	unsigned learned;		/* tasks since the last sweep */
	int stop;			/* sct_stop() was called; atomic */
	bool drained, whole;
	__u64 lost_seen;
	__u64 *next_seq;		/* number of the next event, by CPU: see sct_event_seq() */

	unsigned nitems, next_item;	/* what the source yielded, and how far it is in batches */
	struct sct_item items[SCT_BATCH_MAX];
	unsigned nbatch;
	const struct sct_event *batch[SCT_BATCH_MAX];	/* the events, as sct_next() hands them out */
	struct sct_event events[SCT_BATCH_MAX];
	struct sct_loss losses[SCT_BATCH_MAX];
};

/* options.c: take over and check options, fill in defaults */
int sct_options_take(struct sct_session *session, const struct sct_options *options);

/* batch.c: turn what the source has into a batch of events; how much it had, or a negative errno */
int sct_batch_fill(struct sct_session *session);
void sct_batch_release(struct sct_session *session);

/* ---- pairs.c: the record of a call's entry, until that of its end comes ---- */
struct sct_pairs;
struct sct_pairs *sct_pairs_new(void);
void sct_pairs_free(struct sct_pairs *pairs);
void sct_pairs_clear(struct sct_pairs *pairs);	/* records are missing */
int sct_pairs_begin(struct sct_pairs *pairs, const struct sct_record *rec);
/* That of the entry to the call that ends in rec, now the caller's; NULL: not known. */
struct sct_record *sct_pairs_end(struct sct_pairs *pairs, const struct sct_record *rec);

#endif
