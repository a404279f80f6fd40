// SPDX-License-Identifier: MIT
/* Run a session: start the command, print events, end cleanly. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "cli.h"

#define CHECK_MS	50	/* how often the scope is asked whether anybody still lives */
#define GRACE_MS	1000	/* how long a signalled command may take to end */

struct run {
	const struct arguments *args;
	struct sct_session *session;
	struct sct_printer *printer;
	struct counters *counters;	/* of sctrace stat, else NULL */
	struct times *times;	/* of sctrace stat -T, else NULL */
	FILE *out;
	size_t written;		/* to this file of several */
	bool broken;		/* output: the reader is gone, or the disk is full */
	int failed;		/* exit status when it went wrong; goes before the command's */
	int status;		/* exit status of the command */
	pid_t child;		/* the command, until it is reaped */
	int go;			/* write end of the pipe that the child waits for */
};

static struct sct_session *volatile to_stop;
static volatile sig_atomic_t caught;

static volatile sig_atomic_t sent;	/* by a process, not by the terminal */

static void on_signal(int sig, siginfo_t *info, void *context)
{
	struct sct_session *s = to_stop;

	(void)context;
	caught = sig;
	sent = info->si_code <= 0;	/* sigaction(2): else the kernel's */
	if (s)
		sct_stop(s);
}

static void on_child(int sig)
{
	(void)sig;	/* its only use is to end a wait */
}

/* A write that waits for a slow reader goes on behind a signal; poll() ends all the same. */
static void catch_signals(void)
{
	struct sigaction sa = { .sa_sigaction = on_signal, .sa_flags = SA_RESTART | SA_SIGINFO }, old;

	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	if (!sigaction(SIGHUP, NULL, &old) && old.sa_handler != SIG_IGN)	/* nohup(1) */
		sigaction(SIGHUP, &sa, NULL);
	sa.sa_flags = SA_RESTART;
	sa.sa_handler = on_child;
	sigaction(SIGCHLD, &sa, NULL);
	sa.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &sa, NULL);
}

/* ---- the command ---- */

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

/* In the child: wait until the session is open, then become the command. */
static void become(const char *path, char **command, int go, bool json)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	char c;

	sigaction(SIGPIPE, &dfl, NULL);
	if (read(go, &c, 1) != 1)
		_exit(EXIT_OS);		/* the session did not open */
	if (json)	/* the reader of our JSON wants nothing else between */
		dup2(STDERR_FILENO, STDOUT_FILENO);
	execv(path, command);
	complain("cannot run %s: %s", path, strerror(errno));
	_exit(errno == ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_RUN);
}

static int start_command(struct run *run)
{
	char **command = run->args->command;
	char *path = find_program(command[0]);
	int go[2];

	if (!path) {
		complain("cannot run %s: %s", command[0], strerror(errno));
		return EXIT_NOT_FOUND;
	}
	if (pipe2(go, O_CLOEXEC)) {
		complain("cannot create a pipe: %s", strerror(errno));
		free(path);
		return EXIT_OS;
	}
	run->child = fork();
	if (!run->child) {
		close(go[1]);
		become(path, command, go[0], run->args->print.json && !run->args->output);
	}
	free(path);
	close(go[0]);
	run->go = go[1];
	if (run->child > 0)
		return 0;
	complain("cannot fork: %s", strerror(errno));
	return EXIT_OS;
}

static void release_command(struct run *run, bool go)
{
	if (run->go < 0)
		return;
	if (go && write(run->go, "", 1) != 1)
		complain("cannot start the command: %s", strerror(errno));
	close(run->go);
	run->go = -1;
}

/* Has the command ended?  Then its status is ours. */
static void reap(struct run *run)
{
	int status;

	if (run->child <= 0 || waitpid(run->child, &status, WNOHANG) != run->child)
		return;
	run->child = 0;
	run->status = WIFSIGNALED(status) ? EXIT_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Its end is waited for; stopped by a signal, the command gets it too, and some time to end. */
static void end_command(struct run *run)
{
	const struct timespec ms = { .tv_nsec = 1000000 }, tick = { .tv_nsec = CHECK_MS * 1000000 };
	int i;

	while (run->child > 0 && !caught) {
		reap(run);
		if (run->child > 0)
			nanosleep(&tick, NULL);	/* until a signal, at most */
	}
	if (run->child <= 0)
		return;
	if (sent)	/* the terminal gave it to the command, too */
		kill(run->child, caught);
	for (i = 0; run->child && i < GRACE_MS; i++) {
		reap(run);
		nanosleep(&ms, NULL);
	}
	if (run->child)
		run->status = EXIT_SIGNAL + caught;
}

/* ---- output ---- */

static void output_failed(struct run *run)
{
	if (!run->broken && errno != EPIPE) {
		complain("cannot write to %s: %s",
			 run->args->output ? run->args->output : "standard output",
			 strerror(errno));
		run->failed = EXIT_OUTPUT;
	}
	run->broken = true;
}

static int open_file(struct run *run)
{
	run->written = 0;
	run->out = fopen(run->args->output, "we");
	return run->out ? 0 : -errno;
}

/* A line goes into one file; a new one begins when it would make this one too large. */
static int next_file(struct run *run)
{
	int err;

	if (fclose(run->out)) {
		run->out = NULL;
		return -errno;
	}
	run->out = NULL;
	err = rotate(run->args->output, run->args->files);
	return err ? err : open_file(run);
}

/* Sets errno, too. */
static int write_line(struct run *run, const char *line, size_t len)
{
	int err = 0;

	if (run->args->file_size && run->written && run->written + len > run->args->file_size)
		err = next_file(run);
	if (!err && fwrite(line, 1, len, run->out) != len)
		err = -errno;
	run->written += len;
	errno = -err;
	return err;
}

static void print_batch(struct run *run, const struct sct_event *const *events, size_t n)
{
	const char *line;
	size_t len, i;

	for (i = 0; i < n && !run->broken; i++) {
		line = sct_print(run->printer, events[i], &len);
		if (!line) {
			complain("out of memory");
			run->failed = EXIT_OS;
			run->broken = true;
		} else if (write_line(run, line, len)) {
			output_failed(run);
		}
	}
	if (!run->broken && fflush(run->out))
		output_failed(run);
}

/* Those of the last time are kept where several are wanted. */
static int open_output(struct run *run)
{
	const struct arguments *args = run->args;
	int err = 0;

	run->out = stdout;
	if (!args->output)
		return 0;
	run->out = NULL;
	if (args->file_size)
		err = rotate(args->output, args->files);
	if (!err)
		err = open_file(run);
	if (!err)
		return 0;
	complain("cannot open %s: %s", args->output, strerror(-err));
	return EXIT_OUTPUT;
}

static void close_output(struct run *run)
{
	bool failed;

	if (!run->out)
		return;
	failed = run->out == stdout ? fflush(stdout) : fclose(run->out);
	if (failed && !run->broken)
		output_failed(run);
}

/* Task records that arrived are no lines; those that were lost are part of the losses told of. */
static void print_totals(struct run *run)
{
	struct sct_stats st = { .sz = sizeof(st) }, task = { .sz = sizeof(task) };
	const struct sct_event_info *info = sct_event_by_name("task");

	if (sct_stats(run->session, SCT_ALL_CPUS, SCT_ALL_EVENTS, &st) ||
	    sct_stats(run->session, SCT_ALL_CPUS, info->id, &task))
		return;
	fprintf(stderr, "sctrace: seen %llu, delivered %llu, filtered %llu, dropped %llu",
		(unsigned long long)(st.seen - task.delivered),
		(unsigned long long)(st.delivered - task.delivered),
		(unsigned long long)st.filtered, (unsigned long long)dropped_of(&st));
	print_reasons(stderr, &st);
	if (st.missed)
		fprintf(stderr, ", missed by the kernel %llu", (unsigned long long)st.missed);
	fputc('\n', stderr);
}

static void show_counters(struct run *run)
{
	if (run->broken)
		return;
	if (counters_print(run->counters, run->session, run->out)) {
		complain("%s", sct_strerror(run->session));
		run->failed = EXIT_INTERNAL;
		run->broken = true;
	} else if (fflush(run->out) || ferror(run->out)) {
		output_failed(run);
	}
}

static void show_times(struct run *run)
{
	if (run->broken)
		return;
	times_print(run->times, run->args->print.json, run->out);
	if (fflush(run->out) || ferror(run->out))
		output_failed(run);
}

/* ---- the loop ---- */

static void log_line(void *ctx, enum sct_log_level level, const char *msg)
{
	const struct run *run = ctx;

	if (level <= SCT_LOG_WARN || (level == SCT_LOG_INFO && run->args->verbose))
		complain("%s", msg);
}

static int open_status(int err)
{
	switch (err) {
	case -EINVAL:
	case -ENOENT:
		return EXIT_USAGE;
	case -EPERM:
		return EXIT_PERMISSION;
	case -ENOTSUP:
	case -ENODEV:
	case -ENXIO:
	case -EPROTO:
		return EXIT_KERNEL;
	case -ESRCH:
		return EXIT_NO_PROCESS;
	}
	return EXIT_OS;
}

static int make_counters(struct run *run)
{
	run->counters = counters_new(run->args, run->session);
	if (run->args->opt.durations)
		run->times = times_new();
	return run->counters && (run->times || !run->args->opt.durations) ? 0 : -ENOMEM;
}

static int open_session(struct run *run)
{
	struct sct_options opt = run->args->opt;
	int err;

	opt.armed = run->child;
	opt.log = log_line;
	opt.log_ctx = run;
	err = sct_open(&run->session, &opt);
	if (err) {
		complain("%s", sct_strerror(run->session));
		return open_status(err);
	}
	if (run->args->stat && make_counters(run)) {
		complain("out of memory");
		return EXIT_OS;
	}
	to_stop = run->session;
	if (caught)	/* before there was anything to stop */
		sct_stop(run->session);
	return 0;
}

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Is it over?  When the command is reaped, or all of -p are gone, and nobody they started lives. */
static void check_end(struct run *run)
{
	static long last;
	long now = now_ms();

	reap(run);
	if (run->child > 0 || now - last < CHECK_MS)
		return;
	last = now;
	if (sct_traced(run->session) == 0)
		sct_stop(run->session);
}

static int loop(struct run *run)
{
	const struct sct_event *const *events;
	int wait = CHECK_MS;
	ssize_t n;

	while (!sct_drained(run->session)) {
		if (run->counters)
			wait = counters_wait_ms(run->counters, CHECK_MS);
		n = sct_next(run->session, &events, wait);
		if (n < 0) {
			complain("%s", sct_strerror(run->session));
			return EXIT_INTERNAL;
		}
		if (run->times)
			times_add(run->times, events, n);
		if (!run->counters)
			print_batch(run, events, n);
		else if (!wait)
			show_counters(run);
		if (run->broken)
			sct_stop(run->session);
		check_end(run);
	}
	if (run->counters)
		show_counters(run);
	if (run->times)
		show_times(run);
	return 0;
}

int trace(const struct arguments *args)
{
	struct run run = { .args = args, .go = -1 };
	int status;

	catch_signals();
	status = open_output(&run);
	run.printer = sct_printer_new(&args->print);
	if (!run.printer) {
		complain("out of memory");
		status = EXIT_OS;
	}
	if (!status && args->command)
		status = start_command(&run);
	if (!status)
		status = open_session(&run);
	if (!status && caught && args->command)
		status = EXIT_SIGNAL + caught;	/* the command was not to begin any more */
	release_command(&run, !status);
	if (!status)
		status = loop(&run);
	to_stop = NULL;
	if (status && run.child > 0)
		kill(run.child, SIGTERM);
	if (run.session && sct_backend(run.session) && !args->quiet && !args->stat)
		print_totals(&run);
	counters_free(run.counters);
	times_free(run.times);
	sct_close(run.session);
	end_command(&run);
	close_output(&run);
	sct_printer_free(run.printer);
	if (!status)
		status = run.failed;
	return status ? status : run.status;
}
