/* SPDX-License-Identifier: MIT */
/* What the files of `sctrace doctor` share. */
#ifndef SCT_CLI_DOCTOR_H
#define SCT_CLI_DOCTOR_H

#include <stdint.h>
#include <yajl/yajl_tree.h>
#include "cli.h"

/* ---- doctor_probe.c: a process of ours that makes calls which are known ---- */

#define PROBE_CALLS  4u
#define PROBE_EVENTS (PROBE_CALLS + 1)	/* and its end */
#define PROBE_PARAMS 4u

struct probe_event {
	const char *name;
	struct {
		const char *name;
		int64_t number;
		const char *text;	/* or NULL: a number */
	} params[PROBE_PARAMS];
};

struct probe {
	pid_t pid;
	int go;				/* a byte in it, and the calls are made; its end is the process's */
	unsigned came;			/* of the events below, as they should */
	struct probe_event events[PROBE_EVENTS];
	char problem[128];		/* with one that did not, or "" */
};

/* 0 or a negative errno; it waits then. */
int probe_start(struct probe *p);
/* Make the calls, which are expected from here on. */
void probe_calls(struct probe *p);
/* Let it end, without waiting for that. */
void probe_end(struct probe *p);
void probe_reap(struct probe *p);
/* Is it what is expected next? */
void probe_take(struct probe *p, const struct sct_event *event);

/* ---- doctor_loader.c: what sctrace-driver-loader knows of a backend ---- */

/*
 * What `plan` says of it, as JSON; NULL when there is no loader, or it says nothing.
 * yajl_tree_free() it.
 */
yajl_val loader_plan(const char *backend);
/* A member of it that is a string, else NULL; inner is NULL, or the name of a member of that. */
const char *loader_text(yajl_val plan, const char *name, const char *inner);
/* Can the backend be made ready? */
bool loader_can(yajl_val plan);

#endif
