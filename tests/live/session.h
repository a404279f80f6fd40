/* SPDX-License-Identifier: MIT */
/* What the live tests in C share: sessions that must open, and failures that explain themselves. */
#ifndef SESSION_H
#define SESSION_H

#include <sctrace.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_SKIP 77

/* Say where and why, and end; the caller's children end with it (PR_SET_PDEATHSIG). */
#define fail(fmt, ...)							\
	do {								\
		fprintf(stderr, "%s:%d: " fmt "\n", __FILE__, __LINE__, ##__VA_ARGS__);	\
		exit(1);						\
	} while (0)

#define check(cond, fmt, ...)						\
	do {								\
		if (!(cond))						\
			fail("%s: " fmt, #cond, ##__VA_ARGS__);		\
	} while (0)

static inline void log_warnings(void *ctx, enum sct_log_level level, const char *msg)
{
	(void)ctx;
	if (level <= SCT_LOG_WARN)
		fprintf(stderr, "%s\n", msg);
}

static inline void need_root(void)
{
	if (geteuid()) {
		puts("tracing needs root");
		exit(EXIT_SKIP);
	}
}

static inline struct sct_session *open_session(struct sct_options *opt)
{
	struct sct_session *s;

	opt->sz = sizeof(*opt);
	opt->log = log_warnings;
	check(!sct_open(&s, opt), "%s", sct_strerror(s));
	return s;
}

static inline struct sct_stats stats_of(struct sct_session *s, int cpu, int event)
{
	struct sct_stats st = { .sz = sizeof(st) };

	check(!sct_stats(s, cpu, event, &st), "%s", sct_strerror(s));
	return st;
}

static inline uint64_t dropped(const struct sct_stats *st)
{
	uint64_t sum = 0;
	unsigned i;

	for (i = 0; sct_drop_reason(i); i++)
		sum += st->dropped[i];
	return sum;
}

/* A parameter as a number; what is not available is a failure. */
static inline int64_t number_of(const struct sct_event *e, const char *name)
{
	struct sct_value v = { .sz = sizeof(v) };

	check(!sct_event_arg(e, name, &v) && v.kind != SCT_VALUE_NONE, "%s of %s", name,
	      sct_event_name(e));
	return v.i;
}

#endif
