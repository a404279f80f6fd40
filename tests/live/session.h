/* SPDX-License-Identifier: MIT */
/*
 * What the live tests in C share: sessions that must open, and failures that explain themselves.
 * SCT_BACKEND in the environment is the backend that they use.
 */
#ifndef SESSION_H
#define SESSION_H

#include <fcntl.h>
#include <sctrace.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../check.h"

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
	opt->backend = getenv("SCT_BACKEND");	/* NULL: auto */
	check(!sct_open(&s, opt), "%s", sct_strerror(s));
	return s;
}

/* Until nobody lives who is traced; each event goes to seen(). */
static inline void trace_to_end(struct sct_session *s, void (*seen)(const struct sct_event *event))
{
	const struct sct_event *const *batch;
	ssize_t i, n;

	while (!sct_drained(s)) {
		if (!sct_traced(s))
			sct_stop(s);
		n = sct_next(s, &batch, 10);
		check(n >= 0, "%s", sct_strerror(s));
		for (i = 0; i < n; i++)
			seen(batch[i]);
	}
}

/*
 * Trace a child that runs run(fd) from the moment on that a byte can be read from fd, to its end;
 * each event goes to seen().  Returns the child's wait status.
 */
static inline int trace_child(const char *events, void (*run)(int fd),
			      void (*seen)(const struct sct_event *event))
{
	struct sct_options opt = { .events = events, .npids = 1 };
	struct sct_session *s;
	int wait[2], status;
	pid_t pid;

	check(!pipe2(wait, O_CLOEXEC), "%m");
	pid = fork();
	check(pid >= 0, "%m");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		run(wait[0]);
	}
	opt.pids = &pid;
	s = open_session(&opt);
	check(write(wait[1], "", 1) == 1, "%m");
	trace_to_end(s, seen);
	check(waitpid(pid, &status, 0) == pid, "%m");
	sct_close(s);
	return status;
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
