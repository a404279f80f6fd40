/* SPDX-License-Identifier: MIT */
/* The command that is traced, see command.c. */
#ifndef SCT_CLI_COMMAND_H
#define SCT_CLI_COMMAND_H

#include "cli.h"

struct command {
	pid_t pid;	/* until it is reaped */
	int go;		/* write end of the pipe that it waits for; -1: none */
	int killed;	/* by this signal, or 0 */
	int status;	/* for exit() */
};

/* Fork; it waits.  Returns an exit status, after a message. */
int command_start(struct command *c, char **argv, bool to_stderr);
/* Let it begin, or end without having begun. */
void command_release(struct command *c, bool go);
/* Has it ended?  Then c->pid is 0, and its status is there. */
void command_reap(struct command *c);
/*
 * Await its end.  A signal that was sent to sctrace ends the wait: pass it on, and give the command
 * a second to end.
 */
void command_end(struct command *c);

#endif
