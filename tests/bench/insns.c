// SPDX-License-Identifier: MIT
/*
 * insns CONFIG BACKEND PROGRAM OPS CALLS [EVENTS]: instructions per operation of a loop of this
 * directory, traced in one way; for a guest of one CPU whose time stamp counter counts them.
 *
 *	untraced	no session
 *	unselected	another call is selected: the tracepoint is attached, nothing is wanted
 *	filtered	EVENTS are selected, of another process
 *	full		EVENTS, and the ring has no room
 *	selected	EVENTS, and there is room
 *	two		the same for two sessions
 *	calls		not a measurement: list the events of OPS operations
 *	where		nor this: marks for plugin/count.c
 *
 * EVENTS are the CALLS (events) of one operation.  While the loop runs, this program waits for it,
 * and nobody reads; what the reader costs is counted apart, when the loop waits: to get the events
 * (next), and to print them (text, json).  Lines of results, one for each round:
 *
 *	op BACKEND CONFIG PROGRAM EVENTS INSTRUCTIONS
 *	read BACKEND READER PROGRAM EVENTS INSTRUCTIONS-PER-EVENT
 */
#include <sys/mman.h>
#include "../live/session.h"
#include "bench.h"

#define ROUNDS 3
#define PRINTED 2	/* batches that are printed in each format; it takes long */
#define SLACK  4	/* events of the loop's calls between two steps */
#define YOUNG_US 10000	/* sct_next() holds younger records back */

enum reader { NEXT, TEXT, JSON, READERS };
static const char *const reader_names[] = { "next", "text", "json" };

static const char *backend, *config, *name, *events = "";
static double calls;
static uint64_t ops;

/* ---- the loop ---- */

static struct {
	pid_t pid;
	int to, from;
} loop;

static void start_loop(const char *program)
{
	int to[2], from[2];

	check(!pipe2(to, O_CLOEXEC) && !pipe2(from, O_CLOEXEC), "%m");
	loop.pid = fork();
	check(loop.pid >= 0, "%m");
	if (!loop.pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		execl(program, program, "step", (char *)NULL);
		fail("%s: %m", program);
	}
	close(to[0]);
	close(from[1]);
	loop.to = to[1];
	loop.from = from[0];
}

static double run_loop(void)
{
	uint64_t insns;

	check(write(loop.to, &ops, sizeof(ops)) == sizeof(ops), "%m");
	check(read(loop.from, &insns, sizeof(insns)) == sizeof(insns), "%s ended", name);
	return (double)insns / (double)ops;
}

/* A process that only waits. */
static pid_t start_other(void)
{
	pid_t pid = fork();

	check(pid >= 0, "%m");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
	return pid;
}

/* ---- sessions ---- */

static struct sct_session *trace(const char *which, pid_t pid, size_t ring_size)
{
	struct sct_options opt = {
		.backend = backend, .events = which, .pids = &pid, .npids = 1,
		.ring_size = ring_size,
	};

	return open_session(&opt);
}

struct reading {
	uint64_t events, insns;
};

static void print_events(enum reader reader, const struct sct_event *const *batch, ssize_t n,
			 struct reading *reading)
{
	struct sct_print_options opt = { .sz = sizeof(opt), .json = reader == JSON };
	struct sct_printer *printer = sct_printer_new(&opt);
	FILE *null = fopen("/dev/null", "we");
	uint64_t start = bench_insns();
	const char *line;
	size_t len;
	ssize_t i;

	check(printer && null, "%m");
	for (i = 0; i < n; i++) {
		line = sct_print(printer, batch[i], &len);
		check(line && fwrite(line, 1, len, null) == len, "%m");
	}
	fflush(null);
	reading->insns += bench_insns() - start;
	reading->events += n;
	fclose(null);
	sct_printer_free(printer);
}

/* Read all there is; some of it is printed, too. */
static void drain(struct sct_session *s, struct reading reading[READERS])
{
	const struct sct_event *const *batch;
	uint64_t got = 0, start, insns;
	enum reader reader;
	unsigned i;
	ssize_t n;

	memset(reading, 0, READERS * sizeof(*reading));
	usleep(YOUNG_US);
	for (i = 0;; i++) {
		start = bench_insns();
		n = sct_next(s, &batch, 0);
		insns = bench_insns() - start;
		check(n >= 0, "%s", sct_strerror(s));
		if (!n)
			break;
		got += n;
		reading[NEXT].insns += insns;
		reading[NEXT].events += n;
		reader = TEXT + i % (READERS - TEXT);
		if (i < PRINTED * (READERS - TEXT))
			print_events(reader, batch, n, &reading[reader]);
	}
	check(got >= calls * ops - SLACK && got <= calls * ops + SLACK,
	      "%llu events of %llu operations", (unsigned long long)got, (unsigned long long)ops);
}

/* ---- what is measured ---- */

static void tell(const char *what, const char *how, double insns)
{
	printf("%s %s %s %s %s %.1f\n", what, backend, how, name, *events ? events : "-", insns);
}

/* What is to be done after each step gets its round; round 0 is for warming up. */
static void measure(void (*after)(unsigned round))
{
	unsigned round;
	double insns;

	for (round = 0; round <= ROUNDS; round++) {
		insns = run_loop();
		if (round)
			tell("op", config, insns);
		after(round);
	}
}

static struct sct_session *a, *b;

static void nothing(unsigned round)
{
	(void)round;
}

/* What has been counted since the last call; dropped[0] is the sum of all reasons. */
static struct sct_stats news(void)
{
	static struct sct_stats last;
	struct sct_stats now = stats_of(a, SCT_ALL_CPUS, SCT_ALL_EVENTS), diff = now;

	now.dropped[0] = dropped(&now);
	diff.seen -= last.seen;
	diff.filtered -= last.filtered;
	diff.delivered -= last.delivered;
	diff.dropped[0] = now.dropped[0] - last.dropped[0];
	last = now;
	return diff;
}

static void must_not_be_seen(unsigned round)
{
	(void)round;
	check(!news().seen, "not all is unselected");
}

static void must_be_filtered(unsigned round)
{
	struct sct_stats st = news();

	(void)round;
	check(st.filtered == st.seen && st.seen >= calls * ops, "seen %llu, filtered %llu",
	      (unsigned long long)st.seen, (unsigned long long)st.filtered);
}

static void fill_ring(void)
{
	do
		run_loop();
	while (news().delivered > SLACK);
}

static void must_be_dropped(unsigned round)
{
	struct sct_stats st = news();

	(void)round;
	check(st.dropped[0] >= calls * ops - SLACK, "dropped %llu, delivered %llu",
	      (unsigned long long)st.dropped[0], (unsigned long long)st.delivered);
}

static void read_and_tell(unsigned round)
{
	struct reading reading[READERS];
	enum reader i;

	drain(a, reading);
	for (i = 0; i < READERS && round; i++)
		if (reading[i].events)
			tell("read", reader_names[i], (double)reading[i].insns / reading[i].events);
}

static void read_both(unsigned round)
{
	struct reading reading[READERS];

	(void)round;
	drain(a, reading);
	drain(b, reading);
}

/* For whoever adds a loop. */
static void list_calls(void)
{
	const struct sct_event *const *batch;
	ssize_t i, n;

	run_loop();
	usleep(YOUNG_US);
	while ((n = sct_next(a, &batch, 0)) > 0)
		for (i = 0; i < n; i++)
			printf("%s\n", sct_event_name(batch[i]));
}

/*
 * For plugin/count.c: an address that is known before anything runs.  Between the first and the
 * second call lie OPS operations, up to the third twice as many.
 */
#define MARK 0x5c7000000000ul

static void (*make_mark(void))(void)
{
	void *p = mmap((void *)MARK, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	check(p == (void *)MARK, "%m");
	*(uint8_t *)p = 0xc3;	/* return */
	return (void (*)(void))p;
}

static void list_symbols(void)
{
	FILE *f = fopen("/proc/kallsyms", "re");
	char line[512], type;
	unsigned long addr;

	check(f, "%m");
	puts("symbols");
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx %c", &addr, &type) == 2 && strchr("tTwW", type))
			printf("sym %s", line);
	fclose(f);
}

static void be_watched(void)
{
	void (*mark)(void) = make_mark();
	unsigned i;

	for (i = 0; i < 3; i++)
		run_loop();
	list_symbols();
	mark();
	run_loop();
	mark();
	ops *= 2;
	run_loop();
	mark();
}

int main(int argc, char **argv)
{
	check(argc >= 6, "usage: insns CONFIG BACKEND PROGRAM OPS CALLS [EVENTS]");
	config = argv[1];
	backend = argv[2];
	name = strrchr(argv[3], '/') ? strrchr(argv[3], '/') + 1 : argv[3];
	ops = strtoull(argv[4], NULL, 0);
	calls = strtod(argv[5], NULL);
	if (argc > 6)
		events = argv[6];
	start_loop(argv[3]);
	if (!strcmp(config, "untraced")) {
		measure(nothing);
	} else if (!strcmp(config, "unselected")) {
		a = trace("sethostname", loop.pid, 0);
		measure(must_not_be_seen);
	} else if (!strcmp(config, "filtered")) {
		a = trace(events, start_other(), 0);
		measure(must_be_filtered);
	} else if (!strcmp(config, "full")) {
		a = trace(events, loop.pid, 1);
		fill_ring();
		measure(must_be_dropped);
	} else if (!strcmp(config, "selected")) {
		a = trace(events, loop.pid, 0);
		measure(read_and_tell);
	} else if (!strcmp(config, "two")) {
		a = trace(events, loop.pid, 0);
		b = trace(events, loop.pid, 0);
		measure(read_both);
	} else if (!strcmp(config, "where")) {
		if (strcmp(backend, "none"))
			a = trace(events, loop.pid, 0);
		be_watched();
	} else {
		check(!strcmp(config, "calls"), "no such configuration: %s", config);
		a = trace(NULL, loop.pid, 0);
		list_calls();
	}
	sct_close(a);
	sct_close(b);
	return 0;
}
