// SPDX-License-Identifier: MIT
/* sctrace doctor: does tracing work here?  If not, why, and what helps? */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "doctor.h"
#include "json.h"

#define ROUNDS	 3	/* of the probe's calls: some kernels skip eBPF programs now and then */
#define WAIT_MS	 2000	/* for what a round makes; emulated machines are slow */
#define TICK_MS	 20

/* An event that is not to be had. */
struct missing {
	const char *event;
	char *why;
};

struct backend {
	const char *name;
	bool wanted, works, opened;
	int err;			/* why it does not open */
	char reason[1100];
	struct missing *missing;
	unsigned nmissing, rings;
	size_t ring_size;
	yajl_val plan;			/* where it does not work, what the loader says */
};

struct doctor {
	const struct arguments *args;
	struct backend backends[2];
	yajl_val plan;			/* of the module */
};

/* ---- opening a backend with all events that there are ---- */

static void log_line(void *ctx, enum sct_log_level level, const char *msg)
{
	const struct doctor *d = ctx;

	if (level <= SCT_LOG_INFO && d->args->verbose)
		complain("%s", msg);
}

static void out_of_memory(void)
{
	complain("out of memory");
	exit(EXIT_OS);
}

/* The reason is the backend's from now on. */
static void note_missing(struct backend *b, const char *event, char *why)
{
	b->missing = realloc(b->missing, (b->nmissing + 1) * sizeof(*b->missing));
	if (!b->missing || !why)
		out_of_memory();
	b->missing[b->nmissing++] = (struct missing){ event, why };
}

static bool is_missing(const struct backend *b, const char *event)
{
	unsigned i;

	for (i = 0; i < b->nmissing; i++)
		if (!strcmp(b->missing[i].event, event))
			return true;
	return false;
}

/* Events that are not calls, each of which is a tracepoint that a kernel may not have. */
static bool is_tracepoint(const struct sct_event_info *ev)
{
	return !ev->is_call && strcmp(ev->category, "meta") != 0;
}

/* The names of all but those that are missing, for struct sct_options. */
static char *all_events(const struct backend *b)
{
	const struct sct_syscall_info *call;
	const struct sct_event_info *ev;
	char *list = NULL;
	size_t size;
	unsigned i;
	FILE *f = open_memstream(&list, &size);

	if (!f)
		out_of_memory();
	fputs("syscall", f);
	for (i = 0; (call = sct_syscall_at(i)); i++)
		fprintf(f, ",%s", call->name);
	for (i = 0; (ev = sct_event_at(i)); i++)
		if (is_tracepoint(ev) && !is_missing(b, ev->name))
			fprintf(f, ",%s", ev->name);
	if (fclose(f))
		out_of_memory();
	return list;
}

static int open_one(struct doctor *d, const struct backend *b, const char *events, pid_t pid,
		    struct sct_session **s)
{
	struct sct_options opt = d->args->opt;

	opt.backend = b->name;
	opt.events = events;
	opt.enter = true;
	opt.pids = &pid;
	opt.npids = 1;
	opt.log = log_line;
	opt.log_ctx = d;
	return sct_open(s, &opt);
}

/* Which tracepoints does the kernel not have?  Each alone says so. */
static void find_tracepoints(struct doctor *d, struct backend *b, pid_t pid)
{
	const struct sct_event_info *ev;
	struct sct_session *s;
	unsigned i;

	for (i = 0; (ev = sct_event_at(i)); i++) {
		if (!is_tracepoint(ev))
			continue;
		if (open_one(d, b, ev->name, pid, &s) == -ENOTSUP)
			note_missing(b, ev->name, strdup(sct_strerror(s)));
		sct_close(s);
	}
}

static int open_all(struct doctor *d, struct backend *b, pid_t pid, struct sct_session **s)
{
	char *events = all_events(b);
	int err = open_one(d, b, events, pid, s);

	free(events);
	if (err != -ENOTSUP || b->nmissing)
		return err;
	find_tracepoints(d, b, pid);
	if (!b->nmissing)
		return err;
	sct_close(*s);
	return open_all(d, b, pid, s);
}

static void find_refused(struct backend *b, const struct sct_session *s)
{
	const struct sct_event_info *ev;
	const char *program;
	char *why;
	unsigned i;

	for (i = 0; (ev = sct_missing(s, i, &program)); i++) {
		if (asprintf(&why, "this kernel's verifier refuses program %s", program) < 0)
			why = NULL;
		note_missing(b, ev->name, why);
	}
}

/* ---- the proof ---- */

/* Read until so many of the probe's events came as they should; 0, or what sct_next() says. */
static int await(struct sct_session *s, struct probe *p, unsigned count)
{
	const long end = now_ms() + WAIT_MS;
	const struct sct_event *const *events;
	ssize_t n, i;

	while (p->came < count && !p->problem[0] && now_ms() < end) {
		n = sct_next(s, &events, TICK_MS);
		if (n < 0)
			return n;
		for (i = 0; i < n && !p->problem[0]; i++)
			probe_take(p, events[i]);
	}
	return 0;
}

static int watch(struct sct_session *s, struct probe *p)
{
	unsigned round;
	int err = 0;

	for (round = 0; round < ROUNDS && p->came < PROBE_CALLS && !err; round++) {
		probe_calls(p);
		err = await(s, p, PROBE_CALLS);
	}
	probe_end(p);
	if (!err && p->came == PROBE_CALLS)
		err = await(s, p, PROBE_EVENTS);
	return err;
}

static void prove(struct backend *b, struct sct_session *s, struct probe *p)
{
	if (watch(s, p))
		snprintf(b->reason, sizeof(b->reason), "%s", sct_strerror(s));
	else if (p->came == PROBE_EVENTS)
		b->works = true;
	else if (p->problem[0])
		snprintf(b->reason, sizeof(b->reason), "it opens, but of a probe process, %s", p->problem);
	else
		snprintf(b->reason, sizeof(b->reason), "it opens, but of a probe process, %s did not come",
			 p->events[p->came].name);
	if (b->works)
		snprintf(b->reason, sizeof(b->reason),
			 "a probe process was traced, and its %u events came as they should",
			 PROBE_EVENTS);
}

static void examine(struct doctor *d, struct backend *b)
{
	struct sct_session *s = NULL;
	struct probe probe;
	int err = probe_start(&probe);

	if (err) {
		complain("cannot start a probe process: %s", strerror(-err));
		exit(EXIT_OS);
	}
	b->err = open_all(d, b, probe.pid, &s);
	if (b->err) {
		snprintf(b->reason, sizeof(b->reason), "%s", sct_strerror(s));
	} else {
		b->opened = true;
		b->rings = sct_rings(s, &b->ring_size);
		find_refused(b, s);
		prove(b, s, &probe);
	}
	probe_reap(&probe);
	sct_close(s);
	if (!b->works)
		b->plan = loader_plan(b->name);
}

/* ---- what it comes to ---- */

/* The worst that a backend which opens does is to tell wrong things. */
static int status_of(const struct doctor *d)
{
	int status = EXIT_KERNEL;
	bool works = false;
	unsigned i;

	for (i = 0; i < 2; i++) {
		const struct backend *b = &d->backends[i];

		if (!b->wanted)
			continue;
		if (b->opened && !b->works)
			return EXIT_INTERNAL;
		works |= b->works;
		if (b->err == -EPERM)
			status = EXIT_PERMISSION;
	}
	return works ? 0 : status;
}

/* In kB, 0 when the kernel does not say. */
static unsigned long long memory_available(void)
{
	FILE *f = fopen("/proc/meminfo", "re");
	unsigned long long kb = 0;
	char line[128];

	while (f && fgets(line, sizeof(line), f) && sscanf(line, "MemAvailable: %llu", &kb) != 1)
		;
	if (f)
		fclose(f);
	return kb;
}

static const struct backend *any_opened(const struct doctor *d)
{
	return d->backends[0].opened ? &d->backends[0] : d->backends[1].opened ? &d->backends[1] : NULL;
}

/* Why the loader cannot make it ready, or that it can. */
static const char *advice(const struct backend *b)
{
	if (!b->plan)
		return NULL;
	return loader_can(b->plan) ? "sctrace-driver-loader can make it ready: call 'sctrace-driver-loader load'" :
				     loader_text(b->plan, "reason", NULL);
}

/* Also when it can: the last build may have failed. */
static const char *remedy(const struct backend *b)
{
	return loader_text(b->plan, "remedy", NULL);
}

/* ---- as text ---- */

static bool colour;

static const char *paint(const char *ansi)
{
	return colour ? ansi : "";
}

/* Lines of text, each behind an indentation. */
static void indented(const char *text)
{
	size_t n;

	for (; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		printf("           %.*s\n", (int)n, text);
	}
}

static void text_module(const struct doctor *d)
{
	const char *version = loader_text(d->plan, "installed", "version");
	const char *tables = loader_text(d->plan, "installed", "tables");
	struct sct_module m = { .sz = sizeof(m) };

	if (sct_module_loaded(&m))
		printf("module     none is loaded\n");
	else
		printf("module     %s is loaded, tables %016llx\n", *m.version ? m.version : "of no version",
		       (unsigned long long)m.digest);
	if (loader_text(d->plan, "installed", "file"))
		printf("           %s is installed, tables %s\n", version ? version : "of no version",
		       tables ? tables : "unknown");
	else if (d->plan)
		printf("           none is installed for this kernel\n");
}

static void text_head(const struct doctor *d)
{
	const struct backend *b = any_opened(d);
	struct utsname u;

	uname(&u);
	printf("kernel     %s\n", u.release);
	printf("sctrace    %s, library %s, tables %016llx\n", SCTRACE_VERSION, sct_version(),
	       (unsigned long long)sct_digest());
	text_module(d);
	if (b)
		printf("rings      %u of %zu KiB, one for each CPU: %llu KiB for each session; %llu KiB of memory are free\n",
		       b->rings, b->ring_size >> 10, (b->rings * (unsigned long long)b->ring_size) >> 10,
		       memory_available());
	putchar('\n');
}

static void text_backend(const struct backend *b)
{
	const char *more = advice(b), *help = remedy(b);
	unsigned i;

	printf("%-10s %s%s%s  %s\n", b->name, paint(b->works ? "\033[32m" : "\033[31m"),
	       b->works ? "yes" : "no ", paint("\033[0m"), b->reason);
	for (i = 0; i < b->nmissing; i++)
		printf("           %sevent %s is missing:%s %s\n", paint("\033[33m"), b->missing[i].event,
		       paint("\033[0m"), b->missing[i].why);
	if (more)
		indented(more);
	if (help)
		indented(help);
}

/* ---- as JSON ---- */

static void json_digest(const char *key, uint64_t digest)
{
	char text[17];

	snprintf(text, sizeof(text), "%016llx", (unsigned long long)digest);
	json_string(key, text);
}

static void json_module(const struct doctor *d)
{
	struct sct_module m = { .sz = sizeof(m) };

	if (sct_module_loaded(&m)) {
		json_string("loaded", NULL);
	} else {
		json_open_object("loaded");
		json_string("version", m.version);
		json_digest("tables", m.digest);
		json_bool("fits", m.digest == sct_digest());
		json_close_object();
	}
	if (!loader_text(d->plan, "installed", "file")) {
		json_string("installed", NULL);
		return;
	}
	json_open_object("installed");
	json_string("file", loader_text(d->plan, "installed", "file"));
	json_string("version", loader_text(d->plan, "installed", "version"));
	json_string("tables", loader_text(d->plan, "installed", "tables"));
	json_close_object();
}

static void json_backend(const struct backend *b)
{
	unsigned i;

	json_open_object(NULL);
	json_string("backend", b->name);
	json_bool("works", b->works);
	json_string("reason", b->reason);
	json_string("loader", advice(b));
	json_string("remedy", remedy(b));
	json_open_array("missing");
	for (i = 0; i < b->nmissing; i++) {
		json_open_object(NULL);
		json_string("event", b->missing[i].event);
		json_string("reason", b->missing[i].why);
		json_close_object();
	}
	json_close_array();
	if (b->opened) {
		json_number("rings", b->rings);
		json_number("ring_size", b->ring_size);
	}
	json_close_object();
}

static void json_report(const struct doctor *d, int status)
{
	struct utsname u;
	unsigned i;

	uname(&u);
	json_open_object(NULL);
	json_bool("works", !status);
	json_number("status", status);
	json_string("kernel", u.release);
	json_string("tool", SCTRACE_VERSION);
	json_string("library", sct_version());
	json_digest("tables", sct_digest());
	json_module(d);
	json_number("memory_free", memory_available() << 10);
	json_open_array("backends");
	for (i = 0; i < 2; i++)
		if (d->backends[i].wanted)
			json_backend(&d->backends[i]);
	json_close_array();
	json_line(stdout);
}

static void report(const struct doctor *d, int status)
{
	unsigned i;

	if (json_wanted()) {
		json_report(d, status);
		return;
	}
	text_head(d);
	for (i = 0; i < 2; i++)
		if (d->backends[i].wanted)
			text_backend(&d->backends[i]);
	printf("\n%s\n", status ? "Tracing does not work as it should." : "Tracing works.");
}

static void free_backend(struct backend *b)
{
	unsigned i;

	for (i = 0; i < b->nmissing; i++)
		free(b->missing[i].why);
	free(b->missing);
	yajl_tree_free(b->plan);
}

int doctor(const struct arguments *args)
{
	const char *name = args->opt.backend ? args->opt.backend : "auto";
	struct doctor d = { .args = args, .backends = { { .name = "kmod" }, { .name = "ebpf" } } };
	int status;
	unsigned i;

	colour = args->print.colour;
	if (args->print.json && !json_begin())
		out_of_memory();
	for (i = 0; i < 2; i++) {
		d.backends[i].wanted = !strcmp(name, "auto") || !strcmp(name, d.backends[i].name);
		if (d.backends[i].wanted)
			examine(&d, &d.backends[i]);
	}
	d.plan = loader_plan("kmod");
	status = status_of(&d);
	report(&d, status);
	yajl_tree_free(d.plan);
	for (i = 0; i < 2; i++)
		free_backend(&d.backends[i]);
	json_end();
	if (!fflush(stdout))
		return status;
	complain("cannot write to standard output: %s", strerror(errno));
	return EXIT_OUTPUT;
}
