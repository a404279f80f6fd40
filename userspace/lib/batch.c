// SPDX-License-Identifier: MIT
/* Batches: items of the source become events, with the task and the call that they belong to. */
#include <errno.h>
#include <stdlib.h>
#include "session.h"

#define SWEEP_AFTER	16384	/* task records between two searches for tasks that ended */

/* Inline, as most of what a reader pays for an event is here. */
static inline __attribute__((always_inline))
struct sct_event *add_event(struct sct_session *s, const struct sct_record *rec, unsigned cpu)
{
	struct sct_event *e = &s->events[s->nbatch++];

	/* decoder stays as it is; begun is NULL, see sct_batch_release() */
	e->rec = rec;
	e->task = sct_tasks_find(s->tasks, rec->tid);
	e->real_minus_boot = s->source->real_minus_boot;
	e->seq = s->next_seq[cpu];
	e->cpu = cpu;
	return e;
}

static __attribute__((noinline)) void add_loss(struct sct_session *s, const struct sct_item *item)
{
	struct sct_loss *l = &s->losses[s->nbatch];

	*l = (struct sct_loss){
		.rec = {
			.len = sizeof(*l), .type = SCT_EV_loss, .nparams = SCT_NPARAMS(loss),
			.seq = item->seq, .ts = item->ts,
		},
		.len = { sizeof(l->lost) },
		.lost = item->lost,
	};
	add_event(s, &l->rec, item->cpu)->task = NULL;
	s->next_seq[item->cpu] += item->lost;
	s->lost_seen += item->lost;
	sct_pairs_clear(s->pairs);	/* the end of what began may be missing */
}

/* Forget tasks that are gone: the kernel side sends a record again for a tid that is reused. */
static __attribute__((noinline)) int learn_task(struct sct_session *s, const struct sct_record *rec)
{
	if (++s->learned >= SWEEP_AFTER && s->source->ops->alive) {
		s->learned = 0;
		sct_tasks_sweep(s->tasks, s->source->ops->alive, sct_now(CLOCK_BOOTTIME), rec->ts);
	}
	if (sct_tasks_learn(s->tasks, rec))
		return sct_fail(&s->diag, -ENOMEM, "out of memory for task records");
	return 0;
}

/* Where it matters how calls began. */
static __attribute__((noinline)) int add_paired(struct sct_session *s, const struct sct_record *rec, unsigned cpu)
{
	struct sct_event *e;

	if (rec->flags & SCT_RF_ENTER) {
		if (sct_pairs_begin(s->pairs, rec))
			return sct_fail(&s->diag, -ENOMEM, "out of memory for calls that have begun");
		if (!sct_select_shows_enter(&s->opt, sct_syscall_at(rec->row)))
			return 0;
	}
	e = add_event(s, rec, cpu);
	s->next_seq[cpu]++;
	if (sct_event_info(e)->is_call && !sct_event_is_enter(e))
		e->begun = sct_pairs_end(s->pairs, rec);
	return 0;
}

static inline int add_record(struct sct_session *s, const struct sct_record *rec, unsigned cpu)
{
	if (rec->type == SCT_EV_task)
		return learn_task(s, rec);
	if (rec->type == SCT_EV_cpu_hotplug) {	/* no ring had it */
		add_event(s, rec, cpu);
		return 0;
	}
	if (s->pairs)
		return add_paired(s, rec, cpu);
	add_event(s, rec, cpu);
	s->next_seq[cpu]++;
	return 0;
}

static __attribute__((noinline)) int bad_record(struct sct_session *s, const struct sct_item *item, const char *why)
{
	char where[128];

	s->source->ops->locate(s->source, item, where, sizeof(where));
	return sct_fail(&s->diag, -EBADMSG, "%s: %s", where, why);
}

static inline int add_item(struct sct_session *s, const struct sct_item *item)
{
	const char *why;

	switch (item->kind) {
	case SCT_ITEM_RECORD:
		if (sct_record_check(item->rec, item->rec->len, &why))
			return bad_record(s, item, why);
		return add_record(s, item->rec, item->cpu);
	case SCT_ITEM_LOSS:
		add_loss(s, item);
		break;
	case SCT_ITEM_END:
		s->drained = true;
	}
	return 0;
}

/*
 * What comes before an item that fails is delivered first; that one fails the next call, and all later ones.
 * Returns how many items there were, events or not.
 */
int sct_batch_fill(struct sct_session *s)
{
	unsigned i;
	int n = 0, err = 0;

	if (s->next_item == s->nitems) {
		s->next_item = s->nitems = 0;
		n = s->source->ops->next(s->source, s->items, SCT_BATCH_MAX);
		if (n < 0)
			return n;
		s->nitems = n;
	}
	for (i = s->next_item; i < s->nitems && !err; i++)
		err = add_item(s, &s->items[i]);
	s->next_item = err ? i - 1 : i;
	return err && !s->nbatch ? err : n;
}

/* The events of the batch have been handed out: what they kept goes with them. */
void sct_batch_release(struct sct_session *s)
{
	unsigned i;

	sct_decoder_forget(s->decoder);
	for (i = 0; s->pairs && i < s->nbatch; i++) {
		free(s->events[i].begun);
		s->events[i].begun = NULL;
	}
	s->nbatch = 0;
	if (s->source && s->next_item == s->nitems)
		s->source->ops->release(s->source);
	sct_tasks_batch_done(s->tasks);
}
