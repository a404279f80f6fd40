// SPDX-License-Identifier: MIT
/*
 * Readers that lie about their position, stop reading, or wait: what is lost is counted, and no
 * more.
 */
#include "consumer.h"
#include <poll.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* A consumer of this process's getppid on CPU 0, where the process is. */
static void open_small(struct consumer *c)
{
	consumer_init(c);
	want_getppid(&c->want);
	c->set.config.ring_size = SCT_RING_MIN;
	c->set.config.wake_bytes = 0;
	c->set.wake_ms = 0;
	consumer_open(c);
	consumer_trace_only(c, getpid());
	consumer_attach(c, 1u << SCT_KIND_sys_exit);
}

static const struct sct_count *getppid_count(struct sct_counts *n, const struct consumer *c)
{
	must(get_counts(c->rings[0].fd, 0, n));
	return &n->count[0][SCT_EV_generic_x];
}

/* n calls: none is lost. */
static void check_whole(struct consumer *c, unsigned n)
{
	struct ring *r = &c->rings[0];
	const __u64 seq = r->seq, gaps = r->gaps, got = r->got[0][SCT_EV_generic_x];

	call_getppid(n);
	ring_read(c, r);
	check(r->got[0][SCT_EV_generic_x] == got + n, "%llu records of %u calls, from %llu on",
	      r->got[0][SCT_EV_generic_x] - got, n, seq);
	check(r->gaps == gaps, "%llu are missing", r->gaps - gaps);
}

static void close_checked(struct consumer *c)
{
	struct totals t;

	consumer_finish(c, &t);
	consumer_close(c);
}

/* ---- positions ---- */

/*
 * The reader has read all, but says that it is elsewhere: where it can't be, or further back.  Then
 * all goes on as if nothing had been.
 */
static void wrong_position(struct consumer *c, __u64 position)
{
	const unsigned n = 1000;	/* more than fit */
	struct ring *r = &c->rings[0];
	struct sct_counts counts;
	struct sct_count before, after;

	before = *getppid_count(&counts, c);
	store_release(&r->reader->position, position);
	call_getppid(n);
	after = *getppid_count(&counts, c);
	check(after.seen == before.seen + n, "%llu of %u calls were seen", after.seen - before.seen, n);
	check(after.dropped[SCT_DROP_RING_FULL] > before.dropped[SCT_DROP_RING_FULL],
	      "position %#llx, writer at %#llx: nothing was lost", position, r->writer->position);
	/* what was written all the same had room where we have read */
	ring_read(c, r);
	call_getppid(1);	/* what was lost before it shows by its number */
	ring_read(c, r);
	check(r->seq == counts.sent + counts.lost + 1 || r->seq == counts.sent + counts.lost + 2,
	      "the next one is %llu, sent %llu, lost %llu", r->seq, counts.sent, counts.lost);
	check(r->gaps == counts.lost, "%llu are missing, lost %llu", r->gaps, counts.lost);
	check_whole(c, 50);
}

static void positions(void)
{
	struct consumer c;
	struct ring *r;
	unsigned i;

	open_small(&c);
	r = &c.rings[0];
	check_whole(&c, 50);
	for (i = 0; i < 64; i += 7) {
		wrong_position(&c, r->tail + (1ull << i) + SCT_RING_MIN);
		wrong_position(&c, r->tail - (1ull << i) - SCT_RING_MIN);
		wrong_position(&c, r->tail - i - 1);	/* between records, too */
	}
	wrong_position(&c, 0);
	wrong_position(&c, 1);
	wrong_position(&c, ~0ull);
	wrong_position(&c, 1ull << 63);
	wrong_position(&c, r->tail - SCT_RING_MIN);
	wrong_position(&c, r->tail + SCT_RING_MIN);
	for (i = 0; i < effort(20); i++)
		wrong_position(&c, r->tail + SCT_RING_MIN + random_u64() / 2);
	close_checked(&c);
}

/* ---- a position that another thread changes all the time ---- */

static int stop;

static void *spoil_position(void *arg)
{
	struct ring *r = arg;
	__u64 i, x = 88172645463325252ull;

	for (i = 0; !load_acquire(&stop); i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		switch (x % 4) {
		case 0:
			store_release(&r->reader->position, x);
			break;
		case 1:
			store_release(&r->reader->position, load_acquire(&r->writer->position));
			break;
		case 2:
			store_release(&r->reader->position,
				      load_acquire(&r->writer->position) - (x >> 8) % (2 * r->size));
			break;
		default:
			store_release(&r->reader->position,
				      load_acquire(&r->writer->position) + (x >> 8) % (2 * r->size));
			break;
		}
		if (i % 256 == 0)
			sched_yield();
	}
	return NULL;
}

static void changing_position(void)
{
	struct totals t = { 0 };
	struct sct_counts counts;
	struct sct_count last;
	struct consumer c;
	struct ring *r;
	pthread_t thread;
	__u64 head, before = 0;
	unsigned i, n = effort(200);

	open_small(&c);
	r = &c.rings[0];
	run_anywhere();
	store_release(&stop, 0);
	start_thread(&thread, spoil_position, r);
	run_on(0);
	for (i = 0; i < n; i++) {
		call_getppid(100);
		head = load_acquire(&r->writer->position);
		check(head >= before && head % 8 == 0, "the writer goes from %llu to %llu", before, head);
		before = head;
	}
	store_release(&stop, 1);
	pthread_join(thread, NULL);
	last = *getppid_count(&counts, &c);
	check(last.seen - last.filtered == 100ull * n, "%llu calls, not %llu",
	      last.seen - last.filtered, 100ull * n);
	check_counts(0, &counts, &t);
	check(t.delivered && t.dropped, "delivered %llu, dropped %llu", t.delivered, t.dropped);
	/* now as a reader that begins */
	r->tail = load_acquire(&r->writer->position);
	store_release(&r->reader->position, r->tail);
	r->seq = counts.sent + counts.lost;
	check_whole(&c, 1);
	check_whole(&c, 300);
	must(attach(c.rings[0].fd, 0));
	consumer_close(&c);
}

/* ---- scope that changes at random ---- */

static void *spoil_scope(void *arg)
{
	const unsigned pid = getpid(), first = pid < 2048 ? 0 : pid - 2048;	/* and what comes behind us */
	__u8 *scope = arg;
	__u32 x = 123456789;
	unsigned i;

	for (i = 0; !load_acquire(&stop); i++) {
		x = x * 1664525 + 1013904223;
		scope[first + (x >> 8) % 4096] = x >> 24;
		if (i % 1024 == 0)
			sched_yield();
	}
	return NULL;
}

static void random_scope(void)
{
	struct consumer c;
	struct totals t;
	pthread_t thread;
	unsigned i;
	int status;
	pid_t pid;

	consumer_init(&c);
	want_all(&c.want, SCT_WANT_EXIT | SCT_WANT_ENTER);
	c.want.kinds &= ~(1u << SCT_KIND_sched_switch);
	c.set.config.ring_size = 1 << 20;
	c.set.config.pass_default = 1;
	consumer_open(&c);
	consumer_attach(&c, KINDS_ALL);
	store_release(&stop, 0);
	start_thread(&thread, spoil_scope, c.scope);
	for (i = 0; i < effort(100); i++) {
		pid = must(fork());
		if (!pid) {
			call_getppid(10);
			_exit(0);
		}
		must(waitpid(pid, &status, 0));
		consumer_read(&c);
	}
	store_release(&stop, 1);
	pthread_join(thread, NULL);
	consumer_finish(&c, &t);
	check(t.delivered && t.filtered, "delivered %llu, filtered %llu", t.delivered, t.filtered);
	consumer_close(&c);
}

/* ---- who stops reading ---- */

static void stops_reading(void)
{
	const unsigned n = 2000;	/* more than fit */
	struct consumer lazy, good;
	struct sct_counts counts;
	struct sct_count count;
	struct ring *r = NULL;
	__u64 unused;
	unsigned i, turn;

	open_small(&lazy);
	open_small(&good);
	r = &lazy.rings[0];
	for (turn = 0; turn < 5; turn++) {
		for (i = 0; i < n; i += 50)
			check_whole(&good, 50);
		count = *getppid_count(&counts, &lazy);
		check(count.delivered + count.dropped[SCT_DROP_RING_FULL] == (turn + 1ull) * n,
		      "delivered %llu, ring full %llu, of %llu calls", count.delivered,
		      count.dropped[SCT_DROP_RING_FULL], (turn + 1ull) * n);
		check(count.delivered < (turn + 1ull) * n, "the ring has no end");
		unused = r->size - (r->writer->position - r->tail);
		check(unused < r->size / 4, "full, but %llu bytes of %llu are free", unused, r->size);
		ring_read(&lazy, r);
		check(r->got[0][SCT_EV_generic_x] == count.delivered, "%llu records, delivered %llu",
		      r->got[0][SCT_EV_generic_x], count.delivered);
	}
	close_checked(&lazy);
	close_checked(&good);
}

/* A little room now and then is given to whole records only, and nothing is written over. */
static void little_room(void)
{
	struct consumer c;
	struct ring *r;
	unsigned i;

	open_small(&c);
	r = &c.rings[0];
	for (i = 0; i < effort(300); i++) {
		call_getppid(random_u32() % 700);
		ring_read(&c, r);
		/* not all of what has been read is given back at once */
		store_release(&r->reader->position, r->tail - random_u32() % 0xe000 % (r->tail + 1));
		call_getppid(random_u32() % 100);
		ring_read(&c, r);
	}
	close_checked(&c);
}

/* ---- poll ---- */

struct waiter {
	int fd;
	int epoll;
	int timeout;
	int result;
	__u64 after;	/* ns */
};

static void *wait_in_poll(void *arg)
{
	struct waiter *w = arg;
	struct pollfd p = { .fd = w->fd, .events = POLLIN };
	struct epoll_event e = { .events = EPOLLIN };
	__u64 start = now_ns();
	int ep;

	if (w->epoll) {
		ep = must(epoll_create1(0));
		must(epoll_ctl(ep, EPOLL_CTL_ADD, w->fd, &e));
		w->result = epoll_wait(ep, &e, 1, w->timeout);
		must(close(ep));
	} else {
		w->result = poll(&p, 1, w->timeout);
		check(w->result < 1 || p.revents == POLLIN, "poll says %#x", p.revents);
	}
	w->after = now_ns() - start;
	return NULL;
}

/* Two that wait, in poll and epoll: are they woken after n calls? */
static void wakes(struct consumer *c, unsigned n, bool woken)
{
	struct waiter w[2] = {
		{ .fd = c->rings[0].fd, .timeout = woken ? 60000 : 1000 },
		{ .fd = c->rings[0].fd, .timeout = woken ? 60000 : 1000, .epoll = 1 },
	};
	pthread_t thread[2];
	unsigned i;

	run_anywhere();
	for (i = 0; i < 2; i++)
		start_thread(&thread[i], wait_in_poll, &w[i]);
	sleep_ms(300);	/* they sleep by now */
	run_on(0);
	call_getppid(n);
	for (i = 0; i < 2; i++) {
		pthread_join(thread[i], NULL);
		check(w[i].result == woken, "%s: %d after %u calls and %llu ms, wake_bytes %u, wake_ms %u",
		      i ? "epoll" : "poll", w[i].result, n, w[i].after / 1000000, c->set.config.wake_bytes,
		      c->set.wake_ms);
		check(!woken || w[i].after >= 250000000, "it did not wait: %llu ns", w[i].after);
		check(!woken || w[i].after < 30000000000, "only after %llu ms", w[i].after / 1000000);
	}
	ring_read(c, &c->rings[0]);
}

static void open_waiting(struct consumer *c, __u32 bytes, __u32 ms)
{
	consumer_init(c);
	want_getppid(&c->want);
	c->set.config.wake_bytes = bytes;
	c->set.wake_ms = ms;
	consumer_open(c);
	consumer_trace_only(c, getpid());
	consumer_attach(c, 1u << SCT_KIND_sys_exit);
	call_getppid(1);
	consumer_read(c);	/* the task's record */
}

static void polls(void)
{
	struct consumer c;
	unsigned i;

	open_waiting(&c, 16 << 10, 0);
	for (i = 0; i < 3; i++) {
		wakes(&c, 10, false);		/* some 1.5 KB: too little */
		wakes(&c, 600, true);
	}
	wakes(&c, 0, false);
	close_checked(&c);

	open_waiting(&c, c.set.config.ring_size, 200);	/* by time alone */
	for (i = 0; i < 3; i++) {
		wakes(&c, 0, false);
		wakes(&c, 1, true);
	}
	close_checked(&c);

	open_waiting(&c, 0, 0);			/* anything */
	for (i = 0; i < 3; i++) {
		wakes(&c, 0, false);
		wakes(&c, 1, true);
	}
	close_checked(&c);
}

int main(void)
{
	begin();
	run_on(0);
	positions();
	changing_position();
	random_scope();
	run_on(0);
	stops_reading();
	little_room();
	polls();
	module_reload();
	return 0;
}
