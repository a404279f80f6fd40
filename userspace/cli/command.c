// SPDX-License-Identifier: MIT
/* The traced command: find it, start it as it would start without sctrace, await its end. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "command.h"

#define GRACE_MS 1000	/* how long a signalled command may take to end */

static bool is_program(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) && !access(path, X_OK);
}

/* Where the shell would find the command; malloc()ed, or NULL.  One execve, as the user expects. */
static char *find_program(const char *name)
{
	const char *dirs = getenv("PATH"), *end;
	char *path;

	if (strchr(name, '/'))
		return strdup(name);
	for (dirs = dirs ? dirs : "/usr/bin:/bin"; *dirs; dirs = *end ? end + 1 : end) {
		end = dirs + strcspn(dirs, ":");
		if (asprintf(&path, "%.*s%s%s", (int)(end - dirs), dirs, end > dirs ? "/" : "./",
			     name) < 0)
			return NULL;
		if (is_program(path))
			return path;
		free(path);
	}
	errno = ENOENT;
	return NULL;
}

/*
 * In the child: wait until the session is open, then become the command.  All signals are blocked
 * until then; those that are pending act on the command.
 */
static void become(const char *path, char **argv, int go, const sigset_t *mask, bool to_stderr)
{
	char c;

	if (read(go, &c, 1) != 1)
		_exit(EXIT_OS);		/* the session did not open */
	signals_restore();
	sigprocmask(SIG_SETMASK, mask, NULL);
	if (to_stderr)
		dup2(STDERR_FILENO, STDOUT_FILENO);
	execv(path, argv);
	complain("cannot run %s: %s", path, strerror(errno));
	_exit(errno == ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_RUN);
}

int command_start(struct command *c, char **argv, bool to_stderr)
{
	char *path = find_program(argv[0]);
	sigset_t all, mask;
	int go[2];

	if (!path) {
		complain("cannot run %s: %s", argv[0], strerror(errno));
		return EXIT_NOT_FOUND;
	}
	if (pipe2(go, O_CLOEXEC)) {
		complain("cannot create a pipe: %s", strerror(errno));
		free(path);
		return EXIT_OS;
	}
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &mask);
	c->pid = fork();
	if (!c->pid) {
		close(go[1]);
		become(path, argv, go[0], &mask, to_stderr);
	}
	sigprocmask(SIG_SETMASK, &mask, NULL);
	free(path);
	close(go[0]);
	c->go = go[1];
	if (c->pid > 0)
		return 0;
	complain("cannot fork: %s", strerror(errno));
	return EXIT_OS;
}

void command_release(struct command *c, bool go)
{
	if (c->go < 0)
		return;
	if (go)
		signals_command(c->pid);
	if (go && write(c->go, "", 1) != 1)
		complain("cannot start the command: %s", strerror(errno));
	close(c->go);
	c->go = -1;
}

void command_reap(struct command *c)
{
	int status;

	if (c->pid <= 0 || waitpid(c->pid, &status, WNOHANG) != c->pid)
		return;
	signals_command(0);
	c->pid = 0;
	c->killed = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	c->status = c->killed ? EXIT_SIGNAL + c->killed : WEXITSTATUS(status);
}

void command_end(struct command *c)
{
	const struct timespec ms = { .tv_nsec = 1000000 }, tick = { .tv_nsec = 50 * 1000000 };
	int i, sig;

	while (c->pid > 0 && !signals_caught()) {
		command_reap(c);
		if (c->pid > 0)
			nanosleep(&tick, NULL);	/* until a signal, at most */
	}
	if (c->pid <= 0)
		return;
	sig = signals_caught();
	if (signals_sent()) {	/* of a key, the command has got its own */
		kill(c->pid, sig);
		kill(c->pid, SIGCONT);	/* a stopped process handles no signal */
	}
	for (i = 0; c->pid && i < GRACE_MS; i++) {
		command_reap(c);
		nanosleep(&ms, NULL);
	}
	if (c->pid)
		c->status = EXIT_SIGNAL + sig;
}
