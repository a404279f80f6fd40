/* SPDX-License-Identifier: MIT */
/* What causes the events that are no calls, and what is known of them then. */
#ifndef EVENTS_H
#define EVENTS_H

#include <limits.h>
#include <sys/stat.h>
#include "calls.h"

/* Of tracepoints; the last three come so often that they are only told when asked for. */
#define EVENTS "procfork,procexec,procexit,signalgenerate,signaldeliver,cgroupattach," URING_EVENTS "," \
	       FREQUENT_EVENTS
#define URING_EVENTS "io_uring_submit,io_uring_async_work,io_uring_complete"
#define FREQUENT_EVENTS "switch,page_fault_user,page_fault_kernel"

/* An event that must come, in the order of its thread's events of that name. */
struct expected {
	const char *event;
	pid_t tid;
	struct want wants[8];
	bool seen;
};

/* In memory that child and parent share. */
extern struct facts {
	unsigned n;
	struct expected list[64];
	pid_t sleeper;
	uint64_t asleep, awake;	/* CLOCK_BOOTTIME, ns */
	unsigned switches;
	struct stat program;	/* what is executed, */
	char path[PATH_MAX];	/* and where it is */
	char cgroup[32];	/* that a process moves to */
} *facts;

void prepare_events(void);	/* after prepare_process() */
void cause_events(void);	/* in the child */

#endif
