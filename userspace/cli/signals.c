// SPDX-License-Identifier: MIT
/*
 * Signals to sctrace.  For a key (Ctrl-C, Ctrl-\, Ctrl-Z) the kernel sends a signal to the whole
 * foreground process group: the command gets it without our help and decides what it does; sctrace
 * follows.  A signal that a process sends to sctrace is for sctrace.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "cli.h"

#define KEYS_MS	1000	/* a Ctrl-C this soon after another may be for sctrace */
#define KEYS	3	/* so many in a row are */

/* The dispositions that sctrace changes; the command gets those from before. */
static struct {
	int sig;
	struct sigaction before;
} changed[] = {
	{ .sig = SIGINT }, { .sig = SIGQUIT }, { .sig = SIGTERM }, { .sig = SIGHUP }, { .sig = SIGPIPE },
	{ .sig = SIGCHLD }, { .sig = SIGTSTP }, { .sig = SIGTTIN }, { .sig = SIGTTOU }, { .sig = SIGCONT },
};

static struct sct_session *volatile to_stop;
static volatile pid_t command;		/* while it runs; 0: keys are for sctrace */
static volatile sig_atomic_t caught;	/* the signal that ends tracing */
static volatile sig_atomic_t sent;	/* by a process, not by the terminal */
static volatile sig_atomic_t suspend_key;
static volatile sig_atomic_t continued;

static bool is_sent(const siginfo_t *info)
{
	return info->si_code <= 0;	/* sigaction(2): else it is the kernel's */
}

/* Is this Ctrl-C for sctrace?  The one before it prints a hint. */
static bool is_last_key(void)
{
	static const char hint[] =
		"sctrace: press Ctrl-C again at once to stop tracing; the command goes on\n";
	static long last;
	static int keys;
	const long now = now_ms();

	keys = keys && now - last <= KEYS_MS ? keys + 1 : 1;
	last = now;
	if (keys == KEYS - 1 && write(STDERR_FILENO, hint, sizeof(hint) - 1) < 0)
		return false;	/* nobody is there to read it */
	return keys >= KEYS;
}

static void on_end(int sig, siginfo_t *info, void *context)
{
	const int saved = errno;
	struct sct_session *s = to_stop;

	(void)context;
	if (command && !is_sent(info) && (sig == SIGQUIT || (sig == SIGINT && !is_last_key()))) {
		errno = saved;
		return;
	}
	sent = is_sent(info);
	caught = sig;
	if (s)
		sct_stop(s);
	errno = saved;
}

/* Stop by the default action of a signal; return when SIGCONT comes. */
static void stop_by(int sig)
{
	const struct sigaction dfl = { .sa_handler = SIG_DFL };
	struct sigaction before;
	sigset_t one, mask;

	sigemptyset(&one);
	sigaddset(&one, sig);
	if (sig != SIGSTOP)
		sigaction(sig, &dfl, &before);
	sigprocmask(SIG_UNBLOCK, &one, &mask);
	kill(getpid(), sig);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	if (sig != SIGSTOP)
		sigaction(sig, &before, NULL);
}

/*
 * The shell has continued our process group, and may have given it the terminal.  Hand both on to
 * the command's group.
 */
static void resume(pid_t group)
{
	const int tty = open("/dev/tty", O_RDWR | O_CLOEXEC);

	if (tty >= 0 && tcgetpgrp(tty) == getpgrp())
		tcsetpgrp(tty, group);
	if (tty >= 0)
		close(tty);
	kill(-group, SIGCONT);
}

/*
 * The shell waits for sctrace, so sctrace stops when the command does.  Exception: SIGSTOP without
 * Ctrl-Z, to a command in our process group, comes from another process, which will continue the
 * command alone.  A command in a group of its own is a shell that suspends itself.
 */
static void follow(int stopped_by)
{
	const pid_t group = getpgid(command);
	const bool apart = group > 0 && group != getpgrp();

	if (stopped_by == SIGSTOP && !suspend_key && !apart)
		return;
	suspend_key = 0;
	continued = 0;
	stop_by(stopped_by);
	if (apart && continued)
		resume(group);
}

/* Also ends poll() and nanosleep(), so that the command is reaped at once. */
static void on_child(int sig, siginfo_t *info, void *context)
{
	const int saved = errno;
	siginfo_t state = { 0 };
	int stopped_by = 0;

	(void)sig;
	(void)info;	/* several signals may have become one: ask for the state */
	(void)context;
	while (command && !waitid(P_PID, command, &state, WSTOPPED | WCONTINUED | WNOHANG) &&
	       state.si_pid) {
		stopped_by = state.si_code == CLD_STOPPED ? state.si_status : 0;
		state.si_pid = 0;
	}
	if (stopped_by)
		follow(stopped_by);
	errno = saved;
}

static void on_continue(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)info;
	(void)context;
	continued = 1;
}

static void on_suspend(int sig, siginfo_t *info, void *context)
{
	const int saved = errno;

	(void)context;
	if (is_sent(info))
		stop_by(sig);
	else
		suspend_key = 1;
	errno = saved;
}

static void set(int sig, void (*handler)(int, siginfo_t *, void *))
{
	/* A write that waits for a slow reader is restarted; poll() is not. */
	struct sigaction sa = { .sa_sigaction = handler, .sa_flags = SA_RESTART | SA_SIGINFO };

	sigaction(sig, &sa, NULL);
}

void signals_catch(bool with_command)
{
	const struct sigaction ign = { .sa_handler = SIG_IGN };
	struct sigaction hup;
	size_t i;

	for (i = 0; i < sizeof(changed) / sizeof(changed[0]); i++)
		sigaction(changed[i].sig, NULL, &changed[i].before);
	set(SIGINT, on_end);
	set(SIGQUIT, on_end);
	set(SIGTERM, on_end);
	if (!sigaction(SIGHUP, NULL, &hup) && hup.sa_handler != SIG_IGN)	/* nohup(1) */
		set(SIGHUP, on_end);
	set(SIGCHLD, on_child);
	sigaction(SIGPIPE, &ign, NULL);
	if (!with_command)
		return;
	set(SIGTSTP, on_suspend);
	set(SIGCONT, on_continue);
	/* When the command has taken the terminal for its own group, sctrace still prints. */
	sigaction(SIGTTIN, &ign, NULL);
	sigaction(SIGTTOU, &ign, NULL);
}

void signals_restore(void)
{
	size_t i;

	for (i = 0; i < sizeof(changed) / sizeof(changed[0]); i++)
		sigaction(changed[i].sig, &changed[i].before, NULL);
}

void signals_session(struct sct_session *s)
{
	to_stop = s;
	if (s && caught)	/* before there was anything to stop */
		sct_stop(s);
}

void signals_command(pid_t pid)
{
	command = pid;
}

int signals_caught(void)
{
	return caught;
}

bool signals_sent(void)
{
	return sent;
}

void signals_die(int sig)
{
	const struct sigaction dfl = { .sa_handler = SIG_DFL };
	sigset_t one;

	prctl(PR_SET_DUMPABLE, 0);	/* a core of the command is there, if one is wanted */
	sigemptyset(&one);
	sigaddset(&one, sig);
	sigaction(sig, &dfl, NULL);
	sigprocmask(SIG_UNBLOCK, &one, NULL);
	kill(getpid(), sig);
}
