// SPDX-License-Identifier: MIT
/* Run a session: start the command, print events, end cleanly. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include "command.h"
#include "json.h"

#define CHECK_MS	50	/* how often the scope is asked whether anybody still lives */

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
	struct command command;
};

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
	times_print(run->times, run->out);
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
	if (run->args->print.json && !json_begin())
		return -ENOMEM;
	run->counters = counters_new(run->args, run->session);
	if (run->args->opt.durations)
		run->times = times_new();
	return run->counters && (run->times || !run->args->opt.durations) ? 0 : -ENOMEM;
}

static int open_session(struct run *run)
{
	struct sct_options opt = run->args->opt;
	int err;

	opt.armed = run->command.pid;
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
	signals_session(run->session);
	return 0;
}

/* Is it over?  When the command is reaped, or all of -p are gone, and nobody they started lives. */
static void check_end(struct run *run)
{
	static long last;
	long now = now_ms();

	command_reap(&run->command);
	if (run->command.pid > 0 || now - last < CHECK_MS)
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

/* Loading takes a while; a script or a person may wait for this line. */
static void say_begun(const struct run *run)
{
	const struct arguments *args = run->args;

	if (args->quiet || args->stat)
		return;
	if (args->command)
		complain("tracing %s, process %d", args->command[0], run->command.pid);
	else if (args->opt.npids == 1)
		complain("tracing process %d and what it starts", args->pids[0]);
	else if (args->opt.npids)
		complain("tracing %u processes and what they start", args->opt.npids);
	else
		complain("tracing all processes");
}

static int begin(struct run *run)
{
	const struct arguments *args = run->args;
	int status = open_output(run);

	run->printer = sct_printer_new(&args->print);
	if (!run->printer) {
		complain("out of memory");
		status = EXIT_OS;
	}
	/* JSON on standard output must not be mixed with the output of the command */
	if (!status && args->command)
		status = command_start(&run->command, args->command, args->print.json && !args->output);
	if (!status)
		status = open_session(run);
	if (!status && args->command && signals_caught())
		status = EXIT_SIGNAL + signals_caught();	/* it is not to begin any more */
	if (!status)
		say_begun(run);
	command_release(&run->command, !status);
	return status;
}

/* A shell ends its loop or script at Ctrl-C only if the command died of the signal itself. */
static void end_like_command(const struct run *run, int status)
{
	const int sig = run->command.killed ? run->command.killed : signals_caught();

	if ((sig == SIGINT || sig == SIGQUIT) && status == EXIT_SIGNAL + sig)
		signals_die(sig);
}

int trace(const struct arguments *args)
{
	struct run run = { .args = args, .command.go = -1 };
	int status;

	signals_catch(args->command);
	status = begin(&run);
	if (!status)
		status = loop(&run);
	signals_session(NULL);
	if (status && run.command.pid > 0)
		kill(run.command.pid, SIGTERM);
	if (run.session && sct_backend(run.session) && !args->quiet && !args->stat)
		print_totals(&run);
	counters_free(run.counters);
	times_free(run.times);
	json_end();
	sct_close(run.session);
	command_end(&run.command);
	close_output(&run);
	sct_printer_free(run.printer);
	if (!status)
		status = run.failed ? run.failed : run.command.status;
	end_like_command(&run, status);
	return status;
}
