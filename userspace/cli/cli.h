/* SPDX-License-Identifier: MIT */
/* What the files of the sctrace command share. */
#ifndef SCT_CLI_H
#define SCT_CLI_H

#include <stdbool.h>
#include <stdio.h>
#include "sctrace.h"

/* Exit statuses: those of sysexits.h, and those that shells use for commands. */
enum {
	EXIT_USAGE = 64,	/* options, names of events */
	EXIT_NO_PROCESS = 66,
	EXIT_KERNEL = 69,	/* the kernel cannot */
	EXIT_INTERNAL = 70,
	EXIT_OS = 71,
	EXIT_OUTPUT = 74,	/* disk full and the like */
	EXIT_PERMISSION = 77,
	EXIT_CANNOT_RUN = 126,
	EXIT_NOT_FOUND = 127,
	EXIT_SIGNAL = 128,	/* plus the signal that killed the command */
};

struct arguments {
	struct sct_options opt;
	struct sct_print_options print;
	char *events;		/* all -e, joined */
	pid_t *pids;
	const char *output;
	size_t file_size;	/* of the output, in files of that size; 0: in one */
	unsigned files;		/* so many of them */
	int colour;		/* what --colour says */
	bool quiet, verbose;
	bool doctor;
	bool stat;		/* counters, not events, */
	double interval;	/* every so many seconds; 0: at the end */
	char **command;		/* or NULL */
};

/* To stderr, behind "sctrace: ", with a newline. */
void complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

long now_ms(void);	/* CLOCK_MONOTONIC */

/* Trace as told; returns the exit status. */
int trace(const struct arguments *args);

/* Make room for another file at path, so that there are at most so many; 0 or a negative errno. */
int rotate(const char *path, unsigned files);

/* ---- stat.c: the counters of a session since it began; NULL: out of memory ---- */
struct counters;
struct counters *counters_new(const struct arguments *args, struct sct_session *s);
void counters_free(struct counters *c);
/* How long to wait for the next interval to be over, in ms, but not longer than most. */
int counters_wait_ms(const struct counters *c, int most);
/* A table of what is new since the last one; 0 or what sct_stats() returns. */
int counters_print(struct counters *c, struct sct_session *s, FILE *out);

/* ---- times.c: how long calls took; NULL: out of memory ---- */
struct times;
struct times *times_new(void);
void times_free(struct times *t);
void times_add(struct times *t, const struct sct_event *const *events, size_t n);
/* The table, once: it is sorted then. */
void times_print(struct times *t, FILE *out);

uint64_t dropped_of(const struct sct_stats *st);
/* The reasons of what was dropped, in parentheses; nothing when nothing was. */
void print_reasons(FILE *out, const struct sct_stats *st);

/* ---- signals.c ---- */
void signals_catch(bool with_command);
/* In the child: the dispositions that the caller of sctrace had. */
void signals_restore(void);
/* A signal stops this session; NULL: none any more. */
void signals_session(struct sct_session *s);
/* While the command runs, the keys of the terminal are for it; 0: it has ended. */
void signals_command(pid_t pid);
int signals_caught(void);	/* the signal that ended tracing, or 0 */
bool signals_sent(void);	/* a process sent it to sctrace alone; of a key, the command gets its own */
/* End by this signal. */
void signals_die(int sig);

/* See what works; returns the exit status. */
int doctor(const struct arguments *args);

/* sctrace list ...; returns the exit status. */
int list_main(int argc, char **argv);

#endif
