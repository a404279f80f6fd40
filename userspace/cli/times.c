// SPDX-License-Identifier: MIT
/* sctrace stat -T: how long the calls took, summed up by name, in the order of their share. */
#include <stdlib.h>
#include <string.h>
#include "cli.h"
#include "json.h"

#define ROOM 2048u	/* more than there are names of calls; a power of two */

struct times_row {
	const char *name;	/* of the tables: one pointer for each name; NULL: free */
	uint64_t calls, errors, timed;
	uint64_t total, max;	/* ns */
};

struct times {
	struct times_row rows[ROOM];
	struct times_row sum;	/* of all, without a name */
	uint64_t lost;
};

struct times *times_new(void)
{
	return calloc(1, sizeof(struct times));
}

void times_free(struct times *t)
{
	free(t);
}

static struct times_row *row_of(struct times *t, const char *name)
{
	unsigned i = ((uintptr_t)name >> 2) * 0x9e3779b1u % ROOM;

	while (t->rows[i].name && t->rows[i].name != name)
		i = (i + 1) % ROOM;
	t->rows[i].name = name;
	return &t->rows[i];
}

static bool failed(const struct sct_event *event)
{
	const struct sct_event_info *info = sct_event_info(event);
	struct sct_value v = { .sz = sizeof(v) };
	unsigned i;

	for (i = 0; i < info->nparams; i++)
		if (info->params[i].result)
			return !sct_event_value(event, i, &v) && v.kind == SCT_VALUE_INT &&
			       v.i < 0 && v.i >= -4095;
	return false;
}

static void count(struct times_row *row, bool failed, int64_t took)
{
	row->calls++;
	row->errors += failed;
	if (took < 0)
		return;
	row->timed++;
	row->total += took;
	if ((uint64_t)took > row->max)
		row->max = took;
}

static void add(struct times *t, const struct sct_event *event)
{
	const int64_t took = sct_event_duration(event);

	t->lost += sct_event_lost(event);
	if (!sct_event_info(event)->is_call || sct_event_is_enter(event))
		return;
	count(row_of(t, sct_event_name(event)), failed(event), took);
	count(&t->sum, failed(event), took);
}

void times_add(struct times *t, const struct sct_event *const *events, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		add(t, events[i]);
}

/* ---- the table ---- */

static int by_share(const void *a, const void *b)
{
	const struct times_row *x = a, *y = b;

	if (!x->name || !y->name)
		return !x->name - !y->name;
	if (x->total != y->total)
		return x->total < y->total ? 1 : -1;
	if (x->calls != y->calls)
		return x->calls < y->calls ? 1 : -1;
	return strcmp(x->name, y->name);
}

static uint64_t average(const struct times_row *row)
{
	return row->timed ? row->total / row->timed : 0;
}

/* The sum has no name. */
static void json_row(FILE *out, const struct times_row *row, uint64_t lost)
{
	json_open_object(NULL);
	json_string("call", row->name);
	json_number("calls", row->calls);
	json_number("errors", row->errors);
	json_number("timed", row->timed);
	json_number("total", row->total);
	json_number("average", average(row));
	json_number("max", row->max);
	if (!row->name)
		json_number("lost", lost);
	json_line(out);
}

static void text_row(FILE *out, const struct times_row *row, uint64_t total)
{
	fprintf(out, "%6.2f %12.6f %12.3f %12.3f %10llu %10llu %s\n",
		total ? 100.0 * row->total / total : 0.0, row->total / 1e9, average(row) / 1e3,
		row->max / 1e3, (unsigned long long)row->calls, (unsigned long long)row->errors,
		row->name ? row->name : "total");
}

void times_print(struct times *t, FILE *out)
{
	unsigned i;

	qsort(t->rows, ROOM, sizeof(t->rows[0]), by_share);
	if (!json_wanted())
		fprintf(out, "\n%6s %12s %12s %12s %10s %10s %s\n", "% time", "seconds",
			"usecs/call", "max usecs", "calls", "errors", "call");
	for (i = 0; i < ROOM && t->rows[i].name; i++) {
		if (json_wanted())
			json_row(out, &t->rows[i], 0);
		else
			text_row(out, &t->rows[i], t->sum.total);
	}
	if (json_wanted()) {
		json_row(out, &t->sum, t->lost);
		return;
	}
	text_row(out, &t->sum, t->sum.total);
	if (t->lost)
		fprintf(out, "%llu records lost: what they were about is not in these sums\n",
			(unsigned long long)t->lost);
}
