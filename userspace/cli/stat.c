// SPDX-License-Identifier: MIT
/* sctrace stat: counters instead of events, a table for each interval or one at the end. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "cli.h"
#include "json.h"

struct counters {
	double interval, start, due;	/* seconds; interval 0: one table at the end */
	unsigned ncpus, nevents;
	struct sct_stats *before;	/* by CPU and event: what the last table ended with */
};

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

uint64_t dropped_of(const struct sct_stats *st)
{
	uint64_t sum = 0;
	unsigned i;

	for (i = 0; sct_drop_reason(i); i++)
		sum += st->dropped[i];
	return sum;
}

void print_reasons(FILE *out, const struct sct_stats *st)
{
	const char *why, *sep = " (";
	unsigned i;

	for (i = 0; (why = sct_drop_reason(i)); i++) {
		if (!st->dropped[i])
			continue;
		fprintf(out, "%s%s %llu", sep, why, (unsigned long long)st->dropped[i]);
		sep = ", ";
	}
	if (*sep == ',')
		fputc(')', out);
}

/* ---- the table ---- */

static void json_row(FILE *out, double elapsed, int cpu, const char *event,
		     const struct sct_stats *st)
{
	const char *why;
	unsigned i;

	json_open_object(NULL);
	json_seconds("elapsed", elapsed);
	if (event)
		json_number("cpu", cpu);
	else
		json_string("cpu", NULL);
	json_string("event", event);
	json_number("seen", st->seen);
	json_number("delivered", st->delivered);
	json_number("filtered", st->filtered);
	json_open_object("dropped");
	for (i = 0; (why = sct_drop_reason(i)); i++)
		if (st->dropped[i])
			json_number(why, st->dropped[i]);
	json_close_object();
	json_number("missed", st->missed);
	json_line(out);
}

static void text_head(const struct counters *c, FILE *out)
{
	if (c->interval)
		fprintf(out, "%12s ", "time");
	fprintf(out, "%-5s %-24s %12s %12s %12s %12s\n", "cpu", "event", "seen", "delivered",
		"filtered", "dropped");
}

/* The total has neither CPU nor event, which is NULL then. */
static void print_row(const struct counters *c, FILE *out, double elapsed, int cpu,
		      const char *event, const struct sct_stats *st)
{
	if (json_wanted()) {
		json_row(out, elapsed, cpu, event, st);
		return;
	}
	if (c->interval)
		fprintf(out, "%12.6f ", elapsed);
	if (event)
		fprintf(out, "%-5d %-24s", cpu, event);
	else
		fprintf(out, "%-30s", "total");
	fprintf(out, " %12llu %12llu %12llu %12llu", (unsigned long long)st->seen,
		(unsigned long long)st->delivered, (unsigned long long)st->filtered,
		(unsigned long long)dropped_of(st));
	print_reasons(out, st);
	if (st->missed)
		fprintf(out, ", missed by the kernel %llu", (unsigned long long)st->missed);
	fputc('\n', out);
}

static void add(struct sct_stats *sum, const struct sct_stats *st)
{
	unsigned i;

	sum->seen += st->seen;
	sum->delivered += st->delivered;
	sum->filtered += st->filtered;
	sum->missed += st->missed;
	for (i = 0; i < SCT_DROP_REASONS; i++)
		sum->dropped[i] += st->dropped[i];
}

/* What is new in st; before becomes st. */
static void since(struct sct_stats *st, struct sct_stats *before)
{
	const struct sct_stats now = *st;
	unsigned i;

	st->seen -= before->seen;
	st->delivered -= before->delivered;
	st->filtered -= before->filtered;
	st->missed -= before->missed;
	for (i = 0; i < SCT_DROP_REASONS; i++)
		st->dropped[i] -= before->dropped[i];
	*before = now;
}

static bool is_zero(const struct sct_stats *st)
{
	return !st->seen && !st->delivered && !st->filtered && !dropped_of(st);
}

static int print_event(struct counters *c, struct sct_session *s, FILE *out, double elapsed,
		       unsigned event, struct sct_stats *total)
{
	struct sct_stats st;
	unsigned cpu;
	int err;

	for (cpu = 0; cpu < c->ncpus; cpu++) {
		st = (struct sct_stats){ .sz = sizeof(st) };
		err = sct_stats(s, cpu, event, &st);
		if (err)
			return err;
		since(&st, &c->before[cpu * c->nevents + event]);
		if (is_zero(&st))
			continue;
		add(total, &st);
		print_row(c, out, elapsed, cpu, sct_event_at(event)->name, &st);
	}
	return 0;
}

int counters_print(struct counters *c, struct sct_session *s, FILE *out)
{
	struct sct_stats total = { .sz = sizeof(total) }, all = { .sz = sizeof(all) };
	const double elapsed = now() - c->start;
	unsigned event;
	int err = 0;

	if (!json_wanted())
		text_head(c, out);
	for (event = 0; event < c->nevents && !err; event++)
		err = print_event(c, s, out, elapsed, event, &total);
	if (!err)
		err = sct_stats(s, SCT_ALL_CPUS, SCT_ALL_EVENTS, &all);
	if (err)
		return err;
	since(&all, &c->before[c->ncpus * c->nevents]);
	total.missed = all.missed;	/* it is known for the whole alone */
	print_row(c, out, elapsed, -1, NULL, &total);
	c->due += c->interval;
	if (c->due < now())	/* we were held up */
		c->due = now() + c->interval;
	return 0;
}

int counters_wait_ms(const struct counters *c, int most)
{
	double left = (c->due - now()) * 1000;

	if (!c->interval || left > most)
		return most;
	return left > 0 ? (int)left + 1 : 0;
}

struct counters *counters_new(const struct arguments *args, struct sct_session *s)
{
	struct sct_stats st = { .sz = sizeof(st) };
	struct counters *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->interval = args->interval;
	c->start = now();
	c->due = c->start + c->interval;
	while (sct_event_at(c->nevents))
		c->nevents++;
	while (!sct_stats(s, c->ncpus, SCT_ALL_EVENTS, &st))
		c->ncpus++;
	c->before = calloc(c->ncpus * c->nevents + 1, sizeof(*c->before));
	if (!c->before) {
		free(c);
		return NULL;
	}
	return c;
}

void counters_free(struct counters *c)
{
	if (c)
		free(c->before);
	free(c);
}
