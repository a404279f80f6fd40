// SPDX-License-Identifier: MIT
/*
 * The two records of a call: the one of its entry is kept until that of its end comes, by thread.
 * Two threads of one place displace each other, and what was lost is not known here: what does not
 * fit together is not taken for a pair.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "internal.h"

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
	struct sct_value then, now;
	unsigned i;

	if (begun->tid != rec->tid || begun->row != rec->row || begun->type != rec->type ||
	    (begun->flags ^ rec->flags) & SCT_RF_ABI_MASK)
		return false;
	for (i = 0; i < rec->nparams; i++) {
		if (!(params[i].source & SCT_SOURCE_REGISTER))
			continue;
		sct_value_get(begun, i, &then);
		sct_value_get(rec, i, &now);
		if (then.u != now.u)
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

/* ---- what differs ---- */

/* A program that was executed has strings of its own. */
static bool is_executed(const struct sct_record *rec)
{
	struct sct_value res;

	if (rec->type != SCT_EV_execve_x && rec->type != SCT_EV_execveat_x)
		return false;
	sct_value_get(rec, SCT_PARAM(execve_x, res), &res);
	return !res.i;
}

static bool is_compared(const struct sct_record *rec, unsigned i)
{
	const struct sct_param *param = &sct_events[rec->type].params[i];

	if (!(param->source & SCT_SOURCE_MEMORY) || param->type == SCT_T_VALUE)
		return false;
	switch (sct_param_type(rec, i)->format) {
	case SCT_FMT_STR:
	case SCT_FMT_STRV:
	case SCT_FMT_BYTES:
	case SCT_FMT_CMSG:
	case SCT_FMT_SOCKADDR:
		return true;
	default:	/* of structs, and of values, the kernel may write a part */
		return false;
	}
}

static bool differs(const struct sct_value *a, const struct sct_value *b)
{
	return a->len != b->len || a->size != b->size || (a->len && memcmp(a->data, b->data, a->len) != 0);
}

int sct_event_changed(const struct sct_event *event, unsigned param, struct sct_value *before)
{
	struct sct_value then, now;
	size_t sz = before->sz;

	if (param >= event->rec->nparams || sz < sizeof(before->sz))
		return -EINVAL;
	if (!event->begun || !is_compared(event->rec, param) || is_executed(event->rec))
		return -ENOENT;
	sct_value_get(event->begun, param, &then);
	sct_value_get(event->rec, param, &now);
	if (then.kind == SCT_VALUE_NONE || now.kind == SCT_VALUE_NONE || then.faulted ||
	    now.faulted || !differs(&then, &now))
		return -ENOENT;
	then.sz = sz;
	memcpy(before, &then, sz < sizeof(then) ? sz : sizeof(then));
	return 0;
}

const struct sct_type_row *sct_next_change(const struct sct_event *event, unsigned *i,
					   struct sct_value *before)
{
	before->sz = sizeof(*before);
	for (; event->begun && *i < event->rec->nparams; ++*i)
		if (!sct_event_changed(event, *i, before))
			return sct_decode_as(event->rec, *i, before);
	return NULL;
}
