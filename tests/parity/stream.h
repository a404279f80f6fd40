/* SPDX-License-Identifier: MIT */
/* What a session told, kept thread by thread, and the comparison of two sessions that saw the same. */
#ifndef STREAM_H
#define STREAM_H

#include <sctrace.h>
#include <stdbool.h>

/* An event that outlives its batch. */
struct seen {
	const struct sct_event_info *info;
	const char *name;
	bool enter;
	enum sct_event_abi abi;
	pid_t tid, tgid;
	uint64_t cgroup, ts;
	const struct sct_task *task;	/* NULL: not known */
	const struct sct_value *values;	/* one for each parameter */
	const char *text;		/* as it prints */
	const char *files;		/* of its descriptors, "name=path device:inode" and more; "": none */
};

/* The events of a thread, in their order. */
struct thread {
	pid_t tid;
	unsigned n, room;
	const struct seen **events;
};

struct stream {
	char name[32];			/* of its backend, and which of two of the same */
	uint64_t lost;			/* records */
	uint64_t may_lack, lacked;	/* events */
	unsigned n;
	unsigned nthreads, room;
	struct thread *threads;
	unsigned nshared;
	pid_t shared[64];		/* processes of more than one thread */
};

void stream_add(struct stream *s, const struct sct_event *event);
void stream_free(struct stream *s);

/*
 * Report what differs between two streams.  Before the time begin, not both may have been told of
 * all events.
 */
void streams_compare(struct stream *a, struct stream *b, uint64_t begin);

#endif
