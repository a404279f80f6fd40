// SPDX-License-Identifier: MIT
/* The counters of a session. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "session.h"

static const char *const drop_reasons[] = {
#define X(tok, text) text,
	SCT_DROPS(X)
#undef X
};

_Static_assert(SCT_DROP_MAX <= SCT_DROP_REASONS, "no room for all reasons");

const char *sct_drop_reason(unsigned reason)
{
	return reason < SCT_DROP_MAX ? drop_reasons[reason] : NULL;
}

static void add_count(struct sct_stats *st, const struct sct_count *c)
{
	unsigned i;

	st->seen += c->seen;
	st->filtered += c->filtered;
	st->delivered += c->delivered;
	for (i = 0; i < SCT_DROP_MAX; i++)
		st->dropped[i] += c->dropped[i];
}

static void add_cpu(struct sct_stats *st, const struct sct_counts *counts, int event)
{
	unsigned enter, i;

	for (enter = 0; enter < 2; enter++)
		for (i = 0; i < SCT_EV_MAX; i++)
			if (event == SCT_ALL_EVENTS || event == (int)i)
				add_count(st, &counts->count[enter][i]);
}

int sct_stats(struct sct_session *s, int cpu, int event, struct sct_stats *stats)
{
	struct sct_stats st = { .sz = stats->sz };
	struct sct_counts *counts;
	unsigned i;
	int err = 0;

	if (!s->source || stats->sz < sizeof(st.sz) || stats->sz > sizeof(st) ||
	    event >= (int)SCT_EV_MAX || event < SCT_ALL_EVENTS ||
	    cpu >= (int)s->source->ncpus || cpu < SCT_ALL_CPUS)
		return sct_fail(&s->diag, -EINVAL, "sct_stats: bad size, CPU, event or session");
	counts = malloc(sizeof(*counts));
	if (!counts)
		return sct_fail(&s->diag, -ENOMEM, "out of memory");
	for (i = 0; i < s->source->ncpus && !err; i++) {
		if (cpu != SCT_ALL_CPUS && cpu != (int)i)
			continue;
		err = s->source->ops->counts(s->source, i, counts);
		if (!err)
			add_cpu(&st, counts, event);
	}
	free(counts);
	if (err)
		return err;
	if (cpu == SCT_ALL_CPUS && event == SCT_ALL_EVENTS) {
		st.missed = s->source->ops->missed(s->source);
		st.lost_seen = s->lost_seen;
	}
	memcpy(stats, &st, stats->sz);
	return 0;
}
