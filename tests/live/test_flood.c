// SPDX-License-Identifier: MIT
/*
 * Nothing is lost silently: a program calls as fast as it can, in one thread and in many, into
 * rings too small or large enough, of each kind; then counters, sequence numbers, losses, events
 * and the program's own count must tell the same, for every CPU and event.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include "session.h"

#define THREADS	   8
#define CPUS	   1024
#define EVENTS	   1024
#define EVENT_LIST "getppid,openat,close"

/* ---- the program ---- */

struct caller {
	pid_t tid;
	char comm[16];
	uint64_t getppids, opens;	/* made so far; of opens, each is closed */
	uint64_t ts;			/* of its last event that arrived */
};

/* Shared with the program: caller 0 is its first thread. */
static struct plan {
	uint64_t getppids, opens;	/* to make; 0 and 0: for ever */
	unsigned threads;		/* that make them, or 0: the first one does */
	bool bystander;			/* not traced */
	struct caller caller[1 + THREADS];
} *plan;

static void introduce(struct caller *c, const char *name, unsigned i)
{
	snprintf(c->comm, sizeof(c->comm), "flood %s %u", name, i);
	prctl(PR_SET_NAME, c->comm);
	c->tid = gettid();
}

static void flood(struct caller *c)
{
	uint64_t most = plan->getppids > plan->opens ? plan->getppids : plan->opens, i;
	bool forever = !most;
	int fd;

	for (i = 0; forever || i < most; i++) {
		if (forever || i < plan->getppids) {
			syscall(SYS_getppid);
			c->getppids++;
		}
		if (forever || i < plan->opens) {
			fd = open("/dev/null", O_RDONLY);
			close(fd);
			c->opens++;
		}
	}
}

static void *thread(void *arg)
{
	struct caller *c = arg;

	introduce(c, "thread", c - plan->caller);
	flood(c);
	return NULL;
}

static void run_program(int go)
{
	pthread_t threads[THREADS];
	unsigned i;
	char c;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	introduce(&plan->caller[0], "main", 0);
	if (read(go, &c, 1) != 1)
		_exit(1);
	if (!plan->threads)
		flood(&plan->caller[0]);
	for (i = 0; i < plan->threads; i++)
		if (pthread_create(&threads[i], NULL, thread, &plan->caller[1 + i]))
			_exit(1);
	for (i = 0; i < plan->threads; i++)
		pthread_join(threads[i], NULL);
	_exit(0);
}

/* A copy of this program that floods once told so. */
static pid_t start_program(int *go)
{
	int pipe[2];
	pid_t pid;

	check(!pipe2(pipe, O_CLOEXEC), "%m");
	pid = fork();
	check(pid >= 0, "%m");
	if (!pid) {
		close(pipe[1]);
		run_program(pipe[0]);
	}
	close(pipe[0]);
	*go = pipe[1];
	return pid;
}

static pid_t start_bystander(void)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			syscall(SYS_getppid);
	}
	return pid;
}

static void end(pid_t pid, bool by_itself)
{
	int status;

	if (!by_itself)
		kill(pid, SIGKILL);
	check(waitpid(pid, &status, 0) == pid, "%m");
	check(!by_itself || status == 0, "the program ended with status %#x", status);
}

/* ---- what arrives, record by record ---- */

struct cpu {
	uint64_t next_seq;	/* behind the last event or loss */
	uint64_t events[EVENTS];
	uint64_t resumed;	/* losses with an event behind them, whose task is reported anew */
	uint64_t lost;
	uint64_t ts;
	bool after_loss;
};

static struct cpu cpus[CPUS];
static uint64_t batches, losses;

/* Time never goes back within a batch, a CPU, a thread. */
static void check_order(uint64_t *last, const struct sct_event *e, const char *within)
{
	check(sct_event_ts(e) >= *last, "time goes back by %llu ns within %s",
	      (unsigned long long)(*last - sct_event_ts(e)), within);
	*last = sct_event_ts(e);
}

static void see_loss(struct cpu *cpu, const struct sct_event *e)
{
	uint64_t lost = sct_event_lost(e);

	check(lost > 0 && lost < 1ull << 40, "a loss of %llu", (unsigned long long)lost);
	cpu->lost += lost;
	cpu->next_seq += lost;
	cpu->after_loss = true;
	losses++;
}

static void see_task(pid_t pid, const struct sct_event *e)
{
	const struct sct_task *task = sct_event_task(e);
	struct caller *c = plan->caller;

	check(task, "no task of event %s on CPU %u", sct_event_name(e), sct_event_cpu(e));
	check(sct_event_tgid(e) == pid, "an event of process %d", sct_event_tgid(e));
	while (c < plan->caller + 1 + THREADS && c->tid != sct_event_tid(e))
		c++;
	check(c < plan->caller + 1 + THREADS, "an event of thread %d", sct_event_tid(e));
	check(task->tid == c->tid && task->tgid == pid && task->ppid == getpid(),
	      "task of %d is %d, %d, %d", c->tid, task->tid, task->tgid, task->ppid);
	check(!strcmp(task->comm, c->comm), "'%s' is called '%s'", c->comm, task->comm);
	check_order(&c->ts, e, "a thread");
}

static void see(pid_t pid, const struct sct_event *e)
{
	struct cpu *cpu = &cpus[sct_event_cpu(e)];
	uint64_t step = sct_event_seq(e) - cpu->next_seq;

	/* a gap is a loss: what a reader never gets, task records, takes no number that he counts */
	check(!step, "CPU %u: sequence number %llu, not %llu", sct_event_cpu(e),
	      (unsigned long long)sct_event_seq(e), (unsigned long long)cpu->next_seq);
	check_order(&cpu->ts, e, "a CPU");
	if (!strcmp(sct_event_name(e), "loss")) {
		see_loss(cpu, e);
		return;
	}
	cpu->resumed += cpu->after_loss;
	cpu->after_loss = false;
	cpu->next_seq++;
	cpu->events[sct_event_info(e)->id]++;
	see_task(pid, e);
}

static void msleep(unsigned ms)
{
	const struct timespec ts = { .tv_nsec = ms * 1000000l };

	nanosleep(&ts, NULL);
}

/* The reader is slow enough, whatever the machine: until something is lost, it reads nothing. */
static void wait_for_loss(struct sct_session *s)
{
	struct sct_stats st;

	do {
		msleep(1);
		st = stats_of(s, SCT_ALL_CPUS, SCT_ALL_EVENTS);
	} while (!dropped(&st) && sct_traced(s));
}

/* Read all, until the program ends or for some batches, at a pace. */
static void consume(struct sct_session *s, pid_t pid, unsigned pause_ms, unsigned max_batches)
{
	const struct sct_event *const *events;
	ssize_t n, i;
	uint64_t ts;

	memset(cpus, 0, sizeof(cpus));
	batches = losses = 0;
	while (!sct_drained(s)) {
		n = sct_next(s, &events, 50);
		check(n >= 0, "%s", sct_strerror(s));
		for (i = 0, ts = 0; i < n; i++) {
			check_order(&ts, events[i], "a batch");
			see(pid, events[i]);
		}
		batches += n > 0;
		if (batches >= max_batches || sct_traced(s) == 0)
			sct_stop(s);
		msleep(pause_ms);
	}
}

/* ---- do all accounts agree? ---- */

/* One CPU; returns its sums. */
static struct sct_stats check_cpu(struct sct_session *s, unsigned n)
{
	unsigned task = sct_event_by_name("task")->id;
	struct sct_stats st, all = stats_of(s, n, SCT_ALL_EVENTS), sum = { 0 };
	const struct sct_event_info *ev;
	uint64_t tasks = 0;
	unsigned i;

	for (i = 0; (ev = sct_event_at(i)); i++) {
		st = stats_of(s, n, ev->id);
		check(st.seen == st.delivered + st.filtered + dropped(&st),
		      "CPU %u, %s: seen %llu, delivered %llu, filtered %llu, dropped %llu", n,
		      ev->name, (unsigned long long)st.seen, (unsigned long long)st.delivered,
		      (unsigned long long)st.filtered, (unsigned long long)dropped(&st));
		if (ev->id == task)
			tasks = st.delivered;
		else
			check(st.delivered == cpus[n].events[ev->id], "CPU %u, %s: delivered %llu, arrived %llu",
			      n, ev->name, (unsigned long long)st.delivered,
			      (unsigned long long)cpus[n].events[ev->id]);
		sum.seen += st.seen;
		sum.delivered += st.delivered;
		sum.filtered += st.filtered;
		sum.dropped[0] += dropped(&st);
	}
	check(dropped(&all) == cpus[n].lost, "CPU %u: dropped %llu, losses tell of %llu", n,
	      (unsigned long long)dropped(&all), (unsigned long long)cpus[n].lost);
	check(tasks >= cpus[n].resumed, "CPU %u: %llu task records, but events behind %llu losses", n,
	      (unsigned long long)tasks, (unsigned long long)cpus[n].resumed);
	check(all.delivered - tasks + dropped(&all) == cpus[n].next_seq,
	      "CPU %u: delivered %llu, %llu of them tasks, and dropped %llu, but the last number is %llu", n,
	      (unsigned long long)all.delivered, (unsigned long long)tasks,
	      (unsigned long long)dropped(&all), (unsigned long long)cpus[n].next_seq);
	check(all.seen == sum.seen && all.delivered == sum.delivered &&
	      all.filtered == sum.filtered && dropped(&all) == sum.dropped[0],
	      "CPU %u: the sum over events is another", n);
	return all;
}

static int cpu_exists(struct sct_session *s, int cpu)
{
	struct sct_stats st = { .sz = sizeof(st) };

	return !sct_stats(s, cpu, SCT_ALL_EVENTS, &st);
}

static void check_accounts(struct sct_session *s)
{
	struct sct_stats all = stats_of(s, SCT_ALL_CPUS, SCT_ALL_EVENTS), st, sum = { 0 };
	unsigned i;

	for (i = 0; i < CPUS && cpu_exists(s, i); i++) {
		st = check_cpu(s, i);
		sum.seen += st.seen;
		sum.delivered += st.delivered;
		sum.filtered += st.filtered;
		sum.dropped[0] += dropped(&st);
	}
	check(all.seen == sum.seen && all.delivered == sum.delivered &&
	      all.filtered == sum.filtered && dropped(&all) == sum.dropped[0],
	      "the sum over CPUs is another");
	check(all.lost_seen == dropped(&all), "lost_seen %llu, dropped %llu",
	      (unsigned long long)all.lost_seen, (unsigned long long)dropped(&all));
}

/*
 * What the probe saw of the program is what the program did, except where the kernel skipped the
 * probe: at most as often as it says itself, of all events together.  Returns what is missing.
 */
static uint64_t check_count(struct sct_session *s, const char *event, uint64_t made, uint64_t most)
{
	struct sct_stats st = stats_of(s, SCT_ALL_CPUS, sct_event_by_name(event)->id);
	uint64_t seen = st.seen - st.filtered;

	check(seen <= made && made - seen <= most,
	      "%s: seen %llu, filtered %llu, made %llu, at most %llu skipped", event,
	      (unsigned long long)st.seen, (unsigned long long)st.filtered,
	      (unsigned long long)made, (unsigned long long)most);
	return made - seen;
}

static void check_counts(struct sct_session *s)
{
	uint64_t missed = stats_of(s, SCT_ALL_CPUS, SCT_ALL_EVENTS).missed, left = missed;
	uint64_t getppids = 0, opens = 0;
	unsigned i;

	for (i = 0; i < 1 + THREADS; i++) {
		getppids += plan->caller[i].getppids;
		opens += plan->caller[i].opens;
	}
	left -= check_count(s, sct_syscall_by_name("getppid")->event->name, getppids, left);
	left -= check_count(s, "openat", opens, left);
	left -= check_count(s, "close", opens, left);
	if (missed)
		printf("note: the kernel skipped the probe %llu times, %llu calls are missing\n",
		       (unsigned long long)missed, (unsigned long long)(missed - left));
}

/* ---- the cases ---- */

struct flood {
	const char *name;
	uint64_t getppids, opens;
	unsigned threads;
	size_t ring_size;
	unsigned pause_ms;	/* between two batches */
	unsigned batches;	/* stop after so many; 0: at the program's end */
	enum { NO_LOSS, LOSS, MAYBE } expect;
	bool bystander;
};

static const struct flood floods[] = {
	{ "a million getppid, a slow reader", 1000000, 0, 0, 1, 5, 0, LOSS, true },
	{ "open and close, a slow reader", 0, 200000, 0, 1, 5, 0, LOSS, false },
	{ "8 threads of both, a slow reader", 40000, 20000, THREADS, 1, 5, 0, LOSS, false },
	{ "8 threads of both, large rings", 4000, 2000, THREADS, 32 << 20, 0, 0, NO_LOSS, true },
	{ "stopped in the middle of it", 0, 0, THREADS, 1, 1, 40, MAYBE, true },
};

static void report(struct sct_session *s, const char *name)
{
	struct sct_stats st = stats_of(s, SCT_ALL_CPUS, SCT_ALL_EVENTS);

	printf("%s: seen %llu, delivered %llu, filtered %llu, dropped %llu in %llu losses\n", name,
	       (unsigned long long)st.seen, (unsigned long long)st.delivered,
	       (unsigned long long)st.filtered, (unsigned long long)dropped(&st),
	       (unsigned long long)losses);
	fflush(stdout);
}

static void run(const struct flood *f, bool perf_buffer)
{
	struct sct_options opt = {
		.events = EVENT_LIST, .ring_size = f->ring_size, .perf_buffer = perf_buffer,
		.npids = 1,
	};
	pid_t bystander = 0, pid;
	struct sct_session *s;
	struct sct_stats st;
	int go;

	memset(plan, 0, sizeof(*plan));
	plan->getppids = f->getppids;
	plan->opens = f->opens;
	plan->threads = f->threads;
	pid = start_program(&go);
	opt.pids = &pid;
	if (f->bystander)
		bystander = start_bystander();
	s = open_session(&opt);
	check(write(go, "", 1) == 1, "%m");
	close(go);
	if (f->expect == LOSS)
		wait_for_loss(s);
	consume(s, pid, f->pause_ms, f->batches ? f->batches : -1u);
	end(pid, !f->batches);
	if (bystander)
		end(bystander, false);
	report(s, f->name);
	check_accounts(s);
	if (!f->batches)
		check_counts(s);
	st = stats_of(s, SCT_ALL_CPUS, SCT_ALL_EVENTS);
	check(f->expect != NO_LOSS || !dropped(&st), "%llu", (unsigned long long)dropped(&st));
	check(f->expect != LOSS || dropped(&st), "the reader was not slow enough");
	check(!f->bystander || st.filtered, "the bystander was not seen");
	sct_close(s);
}

int main(void)
{
	const char *backend = getenv("SCT_BACKEND");
	unsigned i;

	need_root();
	plan = mmap(NULL, sizeof(*plan), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(plan != MAP_FAILED, "%m");
	for (i = 0; i < sizeof(floods) / sizeof(*floods); i++)
		run(&floods[i], false);
	if (backend && !strcmp(backend, "kmod"))
		return 0;	/* it has one kind of ring */
	for (i = 0; i < sizeof(floods) / sizeof(*floods); i++)
		run(&floods[i], true);
	return 0;
}
