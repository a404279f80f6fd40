// SPDX-License-Identifier: MIT
/* Sessions: open, the merge over CPUs, statistics, close. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "session.h"
#include "sct_ioctl.h"

/*
 * A record's time is taken when its filler starts, and it is visible a little later.  Records
 * younger than this stay in the rings, so that an older one of another CPU can still turn up.
 */
#define WINDOW_NS	2000000u
#define TICK_MS		50	/* rings are looked at this often, whatever the watermark */
#define SWEEP_AFTER	16384	/* task records between two searches for tasks that ended */

#define RING_DEFAULT	(4u << 20)

static __u64 now_ns(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

#define STEP_NS 1000000	/* smaller differences are the clock being slewed, and our measuring */

/* Relate the wall clock to the records' clock; again when it was set. */
static void set_clock(struct sct_session *s)
{
	__s64 diff = now_ns(CLOCK_REALTIME) - now_ns(CLOCK_BOOTTIME);

	if (llabs(diff - s->real_minus_boot) > STEP_NS)
		s->real_minus_boot = diff;
}

/* ---- open and close ---- */

_Static_assert((int)SCT_RESULTS_SUCCESS == SCT_PASS_SUCCESS &&
	       (int)SCT_RESULTS_ERROR == SCT_PASS_ERROR, "the public results are the kernel side's");

/* How much of what is kept; 0 is the default. */
static int take_sizes(struct sct_session *s)
{
	size_t size;

	if (!s->opt.snaplen)
		s->opt.snaplen = SCT_SNAPLEN_DEF;
	if (s->opt.snaplen > SCT_SNAPLEN_MAX)
		return sct_fail(s, -EINVAL, "snaplen %u is above the limit of %u bytes",
				s->opt.snaplen, SCT_SNAPLEN_MAX);
	if (!s->opt.argv_max)
		s->opt.argv_max = SCT_ARGV_DEF;
	if (s->opt.argv_max > SCT_ARGV_MAX)
		return sct_fail(s, -EINVAL, "argv_max %u is above the limit of %u bytes",
				s->opt.argv_max, SCT_ARGV_MAX);
	if (!s->opt.ring_size)
		s->opt.ring_size = RING_DEFAULT;
	if (s->opt.ring_size > SCT_RING_MAX)
		return sct_fail(s, -EINVAL, "ring size %zu is above the limit of 1 GiB per CPU",
				s->opt.ring_size);
	size = s->opt.argv_max > SCT_ARGV_DEF || s->opt.files ? SCT_RING_LARGE : SCT_RING_MIN;
	while (size < s->opt.ring_size)
		size *= 2;
	s->opt.ring_size = size;
	return 0;
}

enum sct_files sct_files_asked(const struct sct_session *s)
{
	if (s->opt.file_details)
		return SCT_FILES_DETAILS;
	return s->opt.files ? SCT_FILES_PATHS : SCT_FILES_NONE;
}

static int take_options(struct sct_session *s, const struct sct_options *o)
{
	if (o && (o->sz < sizeof(o->sz) || o->sz > sizeof(*o)))
		return sct_fail(s, -EINVAL, "sct_options.sz is %zu; this library knows up to %zu",
				o->sz, sizeof(*o));
	if (o)
		memcpy(&s->opt, o, o->sz);
	s->opt.files |= s->opt.file_details;
	if ((unsigned)s->opt.results > SCT_RESULTS_ERROR)
		return sct_fail(s, -EINVAL, "results is %d: none of SCT_RESULTS_*", s->opt.results);
	if ((s->opt.enter || s->opt.snapshot) && s->opt.results)
		return sct_fail(s, -EINVAL, "records at entry have no result that could be chosen by");
	if (s->opt.npids && !s->opt.pids)
		return sct_fail(s, -EINVAL, "npids is %u, but pids is NULL", s->opt.npids);
	if (s->opt.armed < 0 || s->opt.armed >= (pid_t)SCT_PID_LIMIT)
		return sct_fail(s, -EINVAL, "armed is %d: no process id", s->opt.armed);
	s->whole = !s->opt.npids && !s->opt.armed;
	return take_sizes(s);
}

static int start(struct sct_session *s)
{
	int err;

	err = sct_scope_begin(s);
	if (!err)
		err = s->backend->follow(s);
	if (!err)
		err = sct_scope_settle(s);
	if (!err)
		err = s->backend->start(s);
	s->started = !err;
	return err;
}

int sct_open(struct sct_session **session, const struct sct_options *options)
{
	struct sct_session *s = calloc(1, sizeof(*s));
	unsigned i;
	int err;

	*session = s;
	if (!s)
		return -ENOMEM;
	err = take_options(s, options);
	if (!err)
		err = sct_backend_choose(s);
	if (!err)
		err = sct_select(s);
	if (!err)
		err = sct_scope_check(s);
	if (err)
		return err;
	s->tasks = sct_tasks_new();
	s->decoder = sct_decoder_new();
	for (i = 0; i < SCT_BATCH_MAX; i++)
		s->events[i].decoder = s->decoder;
	if (s->opt.snapshot || s->opt.files)
		s->pairs = sct_pairs_new();
	if (!s->tasks || !s->decoder || (!s->pairs && (s->opt.snapshot || s->opt.files)))
		return sct_fail(s, -ENOMEM, "out of memory");
	set_clock(s);
	err = sct_backend_open(s);
	if (err)
		return err;
	s->heap = calloc(s->ncpus, sizeof(*s->heap));
	if (!s->heap)
		return sct_fail(s, -ENOMEM, "out of memory");
	err = sct_cpus_open(s);
	return err ? err : start(s);
}

void sct_stop(struct sct_session *s)
{
	s->stop = 1;	/* sct_next() does the work: this may be a signal handler */
}

/* The events of the batch have been handed out: with them goes what they kept. */
static void release_begun(struct sct_session *s)
{
	unsigned i;

	for (i = 0; s->pairs && i < s->nbatch; i++) {
		free(s->events[i].begun);
		s->events[i].begun = NULL;
	}
}

void sct_close(struct sct_session *s)
{
	if (!s)
		return;
	sct_backend_close(s);
	sct_cpus_close(s);
	release_begun(s);
	sct_pairs_free(s->pairs);
	sct_tasks_free(s->tasks);
	sct_decoder_free(s->decoder);
	free(s->heap);
	free(s);
}

const char *sct_strerror(const struct sct_session *s)
{
	return s ? s->error : "out of memory";
}

const char *sct_backend(const struct sct_session *s)
{
	return s->started ? s->backend->name : NULL;
}

bool sct_drained(const struct sct_session *s)
{
	return s->drained;
}

int sct_traced(const struct sct_session *s)
{
	if (s->whole)
		return -EINVAL;
	return sct_scope_count((struct sct_session *)s);
}

/* ---- the merge: a heap of rings by the time of their next record ---- */

static bool older(const struct sct_ring *a, const struct sct_ring *b)
{
	return a->rec->ts < b->rec->ts;
}

static void sift_down(struct sct_session *s, unsigned i)
{
	struct sct_ring *ring = s->heap[i];
	unsigned child;

	while ((child = 2 * i + 1) < s->nheap) {
		if (child + 1 < s->nheap && older(s->heap[child + 1], s->heap[child]))
			child++;
		if (!older(s->heap[child], ring))
			break;
		s->heap[i] = s->heap[child];
		i = child;
	}
	s->heap[i] = ring;
}

static int bad_ring(struct sct_session *s, const struct sct_ring *ring)
{
	return sct_fail(s, -EBADMSG, "the ring of CPU %u holds garbage at position %llu, record %llu: %s",
			ring->cpu, (unsigned long long)ring->pos,
			(unsigned long long)ring->next_seq, ring->bad);
}

/*
 * See what every ring has now, and make a heap of those that have something.  A ring that holds
 * garbage is an error: nothing of it can be trusted.
 */
static int gather(struct sct_session *s)
{
	struct sct_ring *ring;
	unsigned i;

	s->nheap = 0;
	for (i = 0; i < s->nrings; i++) {
		ring = &s->rings[i];
		s->ring_ops->snapshot(ring);
		ring->rec = s->ring_ops->peek(ring);
		if (ring->bad)
			return bad_ring(s, ring);
		if (ring->rec)
			s->heap[s->nheap++] = ring;
	}
	for (i = s->nheap / 2; i-- > 0;)
		sift_down(s, i);
	return 0;
}

static void advance(struct sct_session *s)
{
	struct sct_ring *ring = s->heap[0];

	ring->pos = ring->next;
	ring->rec = s->ring_ops->peek(ring);
	if (!ring->rec)
		s->heap[0] = s->heap[--s->nheap];
	if (s->nheap > 1)
		sift_down(s, 0);
}

static struct sct_event *batch_add(struct sct_session *s, const struct sct_record *rec,
				   unsigned cpu)
{
	struct sct_event *e = &s->events[s->nbatch];

	/* decoder stays the same; begun is NULL, see release_begun() */
	e->rec = rec;
	e->task = sct_tasks_find(s->tasks, rec->tid);
	e->real_minus_boot = s->real_minus_boot;
	e->cpu = cpu;
	s->batch[s->nbatch++] = e;
	return e;
}

static void batch_loss(struct sct_session *s, struct sct_ring *ring, __u64 ts, __u64 lost)
{
	struct sct_loss *l = &s->made[s->nbatch].loss;

	*l = (struct sct_loss){
		.rec = {
			.len = sizeof(*l), .type = SCT_EV_loss, .nparams = SCT_NPARAMS(loss),
			.seq = ring->next_seq, .ts = ts,
		},
		.len = { sizeof(l->lost) },
		.lost = lost,
	};
	batch_add(s, &l->rec, ring->cpu)->task = NULL;
	s->lost_seen += lost;
	sct_pairs_clear(s->pairs);	/* the end of what began may be missing */
}

static void batch_hotplug(struct sct_session *s, const struct sct_cpu_change *change)
{
	struct sct_hotplug *h = &s->made[s->nbatch].hotplug;

	*h = (struct sct_hotplug){
		.rec = {
			.len = sizeof(*h), .type = SCT_EV_cpu_hotplug, .row = SCT_SYS_NONE,
			.nparams = SCT_NPARAMS(cpu_hotplug), .ts = change->ts,
		},
		.len = { sizeof(h->cpu), sizeof(h->action) },
		.cpu = change->cpu,
		.action = change->action,
	};
	batch_add(s, &h->rec, change->cpu)->task = NULL;
}

/* CPUs that came or went up to a time. */
static void batch_cpus(struct sct_session *s, __u64 until)
{
	struct sct_cpus *c = &s->cpus;
	unsigned n = 0;

	while (n < c->nchanges && c->changes[n].ts <= until && s->nbatch < SCT_BATCH_MAX - 1)
		batch_hotplug(s, &c->changes[n++]);
	c->nchanges -= n;
	memmove(c->changes, c->changes + n, c->nchanges * sizeof(*c->changes));
}

/* Forget tasks that are gone: the kernel side sends a record again for a tid that is reused. */
static bool task_is_alive(pid_t tid)
{
	return !kill(tid, 0) || errno != ESRCH;
}

static int learn_task(struct sct_session *s, const struct sct_record *rec)
{
	if (++s->learned >= SWEEP_AFTER) {
		s->learned = 0;
		sct_tasks_sweep(s->tasks, task_is_alive, now_ns(CLOCK_BOOTTIME), rec->ts);
	}
	if (sct_tasks_learn(s->tasks, rec))
		return sct_fail(s, -ENOMEM, "out of memory for task records");
	return 0;
}

static int add_event(struct sct_session *s, const struct sct_record *rec, unsigned cpu)
{
	struct sct_event *e;

	if (s->pairs && rec->flags & SCT_RF_ENTER) {
		if (sct_pairs_begin(s->pairs, rec))
			return sct_fail(s, -ENOMEM, "out of memory for calls that have begun");
		if (!sct_select_shows_enter(s, sct_syscall_at(rec->row)))
			return 0;
	}
	e = batch_add(s, rec, cpu);
	if (s->pairs && sct_event_info(e)->is_call && !sct_event_is_enter(e))
		e->begun = sct_pairs_end(s->pairs, rec);
	return 0;
}

/* Hand on the oldest record. */
static int take(struct sct_session *s)
{
	struct sct_ring *ring = s->heap[0];
	const struct sct_record *rec = ring->rec;
	int err = 0;

	if (rec->seq > ring->next_seq)
		batch_loss(s, ring, rec->ts, rec->seq - ring->next_seq);
	ring->next_seq = rec->seq + 1;
	if (rec->type == SCT_EV_task)
		err = learn_task(s, rec);
	else
		err = add_event(s, rec, ring->cpu);
	advance(s);
	return err;
}

/* Records up to a time into the batch. */
static int collect(struct sct_session *s, __u64 until)
{
	const struct sct_record *rec;
	int err;

	while (s->nheap && s->nbatch < SCT_BATCH_MAX - 1) {
		rec = s->heap[0]->rec;
		if (s->cpus.nchanges)
			batch_cpus(s, rec->ts < until ? rec->ts : until);
		if (rec->ts > until || s->nbatch >= SCT_BATCH_MAX - 1)
			break;
		err = sct_record_check(rec, rec->len, &s->heap[0]->bad);
		if (err && s->nbatch)
			break;	/* what is before it first; it fails the next call */
		if (err)
			return bad_ring(s, s->heap[0]);
		err = take(s);
		if (err)
			return err;
	}
	if (s->cpus.nchanges && !s->nheap)
		batch_cpus(s, until);
	return 0;
}

/* What was dropped behind the last record of each ring; only when nothing is attached any more. */
static int collect_tail_losses(struct sct_session *s)
{
	struct sct_counts *counts = malloc(sizeof(*counts));
	__u64 end;
	unsigned i;
	int err = 0;

	if (!counts)
		return sct_fail(s, -ENOMEM, "out of memory");
	for (i = 0; i < s->nrings && !err && s->nbatch < SCT_BATCH_MAX; i++) {
		err = s->backend->counts(s, s->rings[i].cpu, counts);
		end = counts->sent + counts->lost;
		if (err || end == s->rings[i].next_seq)
			continue;
		batch_loss(s, &s->rings[i], now_ns(CLOCK_BOOTTIME), end - s->rings[i].next_seq);
		s->rings[i].next_seq = end;
	}
	free(counts);
	return err;
}

/*
 * Wait for a ring to fill to its watermark.  Where records wait for the window to pass, a ring is
 * readable all the time: then time alone counts.
 */
static int wait_for_records(struct sct_session *s, int timeout_ms)
{
	struct pollfd fds[s->nrings + 1];
	unsigned i;

	for (i = 0; i < s->nrings; i++)
		fds[i] = (struct pollfd){ .fd = s->rings[i].fd, .events = POLLIN };
	fds[i] = (struct pollfd){ .fd = s->cpus.fd, .events = POLLIN };
	if (poll(fds, s->nheap ? 0 : s->nrings + 1, timeout_ms) < 0)
		return sct_fail(s, -errno, "cannot wait for records: %s", strerror(errno));
	return 0;
}

/* Once a second: has the clock been set?  Then, and when the kernel says so: has a CPU come up? */
static void look_around(struct sct_session *s, __u64 now)
{
	if (now - s->looked < 1000000000u && !sct_cpus_told(s))
		return;
	s->looked = now;
	set_clock(s);
	sct_cpus_look(s, now);
	if (sct_rings_open(s) && !s->ring_warned) {
		s->ring_warned = true;	/* it is tried again, and what is lost is counted */
		sct_log(s, SCT_LOG_WARN, "%s", s->error);
	}
}

static void release_batch(struct sct_session *s)
{
	unsigned i;

	for (i = 0; i < s->nrings; i++)
		s->ring_ops->release(&s->rings[i]);
	sct_decoder_forget(s->decoder);
	release_begun(s);
	s->nbatch = 0;
	sct_tasks_batch_done(s->tasks);
}

ssize_t sct_next(struct sct_session *s, const struct sct_event *const **events, int timeout_ms)
{
	__u64 now, deadline = now_ns(CLOCK_BOOTTIME) +
			      (timeout_ms < 0 ? 0 : timeout_ms * 1000000ull);
	int err, wait;

	if (!s->started)
		return sct_fail(s, -EINVAL, "the session is not open");
	*events = s->batch;
	for (;;) {
		release_batch(s);	/* also what held task records alone, or the rings stay full */
		if (s->stop && !s->detached) {
			s->backend->detach(s);
			s->detached = true;
		}
		now = now_ns(CLOCK_BOOTTIME);
		look_around(s, now);
		err = gather(s);
		if (!err)
			err = collect(s, s->detached ? ~0ull : now - WINDOW_NS);
		if (!err && s->detached && !s->nheap && !s->drained) {
			err = collect_tail_losses(s);
			s->drained = !s->nbatch;
		}
		if (err)
			return err;
		if (s->nbatch || s->drained)
			return s->nbatch;
		if (timeout_ms >= 0 && now >= deadline)
			return 0;
		wait = s->nheap ? WINDOW_NS / 1000000 : TICK_MS;
		if (timeout_ms >= 0 && deadline - now < wait * 1000000ull)
			wait = (deadline - now) / 1000000 + 1;
		err = wait_for_records(s, wait);
		if (err == -EINTR && !s->stop)
			return 0;	/* let the caller look at what its signal handler noted */
		if (err && err != -EINTR)
			return err;
	}
}

/* ---- statistics ---- */

static const char *const drop_reasons[] = {
#define X(tok, text) text,
	SCT_DROPS(X)
#undef X
};

_Static_assert(SCT_DROP_MAX <= SCT_DROP_REASONS, "no room for all reasons");

const char *sct_drop_reason(unsigned reason)
{
	return reason < SCT_DROP_MAX ? drop_reasons[reason] : NULL;
}

static void add_count(struct sct_stats *st, const struct sct_count *c)
{
	unsigned i;

	st->seen += c->seen;
	st->filtered += c->filtered;
	st->delivered += c->delivered;
	for (i = 0; i < SCT_DROP_MAX; i++)
		st->dropped[i] += c->dropped[i];
}

static void add_cpu(struct sct_stats *st, const struct sct_counts *counts, int event)
{
	unsigned enter, i;

	for (enter = 0; enter < 2; enter++)
		for (i = 0; i < SCT_EV_MAX; i++)
			if (event == SCT_ALL_EVENTS || event == (int)i)
				add_count(st, &counts->count[enter][i]);
}

int sct_stats(struct sct_session *s, int cpu, int event, struct sct_stats *stats)
{
	struct sct_stats st = { .sz = stats->sz };
	struct sct_counts *counts;
	unsigned i;
	int err = 0;

	if (!s->started || stats->sz < sizeof(st.sz) || stats->sz > sizeof(st) ||
	    event >= (int)SCT_EV_MAX || event < SCT_ALL_EVENTS ||
	    cpu >= (int)s->ncpus || cpu < SCT_ALL_CPUS)
		return sct_fail(s, -EINVAL, "sct_stats: bad size, CPU, event or session");
	counts = malloc(sizeof(*counts));
	if (!counts)
		return sct_fail(s, -ENOMEM, "out of memory");
	for (i = 0; i < s->ncpus && !err; i++) {
		if (cpu != SCT_ALL_CPUS && cpu != (int)i)
			continue;
		err = s->backend->counts(s, i, counts);
		if (!err)
			add_cpu(&st, counts, event);
	}
	free(counts);
	if (err)
		return err;
	if (cpu == SCT_ALL_CPUS && event == SCT_ALL_EVENTS) {
		st.missed = s->backend->missed(s);
		st.lost_seen = s->lost_seen;
	}
	memcpy(stats, &st, stats->sz);
	return 0;
}
