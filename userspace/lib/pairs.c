// SPDX-License-Identifier: MIT
/*
 * The two records of a call: the one of its entry is kept until that of its end comes, by thread.
 * Two threads of one place displace each other, and what was lost is not known here: what does not
 * fit together is not taken for a pair.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "session.h"

#define PLACES 65536u

struct sct_pairs {
	struct sct_record *begun[PLACES];
};

struct sct_pairs *sct_pairs_new(void)
{
	return calloc(1, sizeof(struct sct_pairs));
}

void sct_pairs_clear(struct sct_pairs *pairs)
{
	unsigned i;

	if (!pairs)
		return;
	for (i = 0; i < PLACES; i++) {
		free(pairs->begun[i]);
		pairs->begun[i] = NULL;
	}
}

void sct_pairs_free(struct sct_pairs *pairs)
{
	sct_pairs_clear(pairs);
	free(pairs);
}

int sct_pairs_begin(struct sct_pairs *pairs, const struct sct_record *rec)
{
	struct sct_record **place = &pairs->begun[rec->tid % PLACES];

	free(*place);
	*place = malloc(rec->len);
	if (!*place)
		return -ENOMEM;
	memcpy(*place, rec, rec->len);
	return 0;
}

/* What came in registers is the same at the end. */
static bool fits(const struct sct_record *begun, const struct sct_record *rec)
{
	const struct sct_param *params = sct_events[rec->type].params;
	struct sct_values then, now;
	unsigned i;

	if (begun->tid != rec->tid || begun->row != rec->row || begun->type != rec->type ||
	    (begun->flags ^ rec->flags) & SCT_RF_ABI_MASK)
		return false;
	sct_values_start(&then, begun);
	sct_values_start(&now, rec);
	for (i = 0; i < rec->nparams; i++) {
		if (!(params[i].source & SCT_SOURCE_REGISTER))
			continue;
		if (sct_values_at(&then, i)->u != sct_values_at(&now, i)->u)
			return false;
	}
	return true;
}

struct sct_record *sct_pairs_end(struct sct_pairs *pairs, const struct sct_record *rec)
{
	struct sct_record **place = &pairs->begun[rec->tid % PLACES], *begun = *place;

	if (!begun || !fits(begun, rec))
		return NULL;
	*place = NULL;
	return begun;
}
