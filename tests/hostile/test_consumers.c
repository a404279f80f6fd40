// SPDX-License-Identifier: MIT
/*
 * Several consumers at once, each with its own events, scope, snaplen and rings: each gets exactly
 * its own, while others around them are made and killed.
 */
#include "consumer.h"
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define NWORKERS 3
#define NVICTIMS 3
#define BYTES	 1000u	/* of each write */

/* What each worker does, on all CPUs. */
static unsigned ncalls;
static pid_t workers[NWORKERS];

static void work(void *arg)
{
	static char data[BYTES];
	int *go = arg, null = must(open("/dev/null", O_WRONLY | O_CLOEXEC));
	unsigned i;

	while (!load_acquire(go))
		sleep_ms(5);
	for (i = 0; i < ncalls; i++) {
		if (i % 64 == 0)
			run_on(i / 64 % 2 && cpu_online(1) ? 1 : 0);
		call_getppid(1);
		syscall(SYS_sched_yield);
		if (i % 8 == 0)
			must(write(null, data, BYTES));
	}
}

/* ---- who makes trouble: consumers of everything, of which most end in the middle of it ---- */

static void live_dangerously(void *arg)
{
	struct consumer c;
	unsigned i;

	(void)arg;
	for (;;) {
		consumer_init(&c);
		want_all(&c.want, SCT_WANT_EXIT | SCT_WANT_ENTER);
		c.set.config.ring_size = SCT_RING_MIN << random_u32() % 3;
		c.set.config.snaplen = 1 + random_u32() % SCT_SNAPLEN_MAX;
		c.set.config.wake_bytes = 0;
		c.set.config.pass_default = 1;
		consumer_open(&c);
		consumer_attach(&c, random_u32() & KINDS_ALL);
		for (i = random_u32() % 20; i; i--) {
			consumer_read(&c);
			sched_yield();
		}
		if (random_u32() % 2)
			consumer_attach(&c, random_u32() & KINDS_ALL);
		consumer_close(&c);
	}
}

static int stop;

static void *kill_and_make(void *arg)
{
	pid_t victims[NVICTIMS] = { 0 };
	unsigned i;

	(void)arg;
	while (!load_acquire(&stop)) {
		i = random_u32() % NVICTIMS;
		if (victims[i])
			end_child(victims[i]);
		victims[i] = spawn(live_dangerously, NULL);
		sleep_ms(random_u32() % 300);
	}
	for (i = 0; i < NVICTIMS; i++)
		if (victims[i])
			end_child(victims[i]);
	return NULL;
}

/* ---- the consumers that must not notice ---- */

static const struct watch {
	const char *name;
	unsigned row;		/* the call */
	unsigned event;
	unsigned how;
	unsigned worker;	/* the only one that is traced, or NWORKERS: each */
	unsigned hidden;	/* the only one that is not, or NWORKERS */
	__u32 snaplen;
	__u64 ring_size;
	bool lazy;		/* reads only in the end */
} watches[] = {
	{ "getppid of all", SCT_SYS_getppid, SCT_EV_generic_x, SCT_WANT_EXIT, NWORKERS, NWORKERS, 80,
	  4 << 20, false },
	{ "sched_yield of one, both ways", SCT_SYS_sched_yield, SCT_EV_pause_x,
	  SCT_WANT_EXIT | SCT_WANT_ENTER,
	  1, NWORKERS, 80, 4 << 20, false },
	{ "sched_yield of all but one", SCT_SYS_sched_yield, SCT_EV_pause_x, SCT_WANT_EXIT, NWORKERS, 2, 80,
	  4 << 20, false },
	{ "short write of all", SCT_SYS_write, SCT_EV_write_x, SCT_WANT_EXIT, NWORKERS, NWORKERS, 10,
	  4 << 20, false },
	{ "whole write of one", SCT_SYS_write, SCT_EV_write_x, SCT_WANT_EXIT, 0, NWORKERS, 4000,
	  4 << 20, true },
	{ "getppid of one, little room", SCT_SYS_getppid, SCT_EV_generic_x, SCT_WANT_EXIT, 2, NWORKERS,
	  80, SCT_RING_MIN, true },
};
#define NWATCHES (sizeof(watches) / sizeof(watches[0]))

static bool is_traced(const struct watch *w, unsigned worker)
{
	return w->worker == NWORKERS ? w->hidden != worker : w->worker == worker;
}

static void see(struct consumer *c, const struct ring *r, const struct sct_record *rec)
{
	const struct watch *w = c->ctx;
	const void *value;
	unsigned i, len;
	__u64 size;

	(void)r;
	for (i = 0; i < NWORKERS; i++)
		if ((pid_t)rec->tgid == workers[i])
			break;
	check(i < NWORKERS && is_traced(w, i), "%s: %s of process %u", w->name, event_name(rec->type),
	      rec->tgid);
	if (rec->type == SCT_EV_task)
		return;
	check(rec->type == w->event, "%s: %s", w->name, event_name(rec->type));
	if (rec->type == SCT_EV_write_x) {
		value = record_param(rec, SCT_PARAM(write_x, data), &len);
		memcpy(&size, value, sizeof(size));
		check(size == BYTES && len == 8 + (w->snaplen < BYTES ? w->snaplen : BYTES),
		      "%s: %u bytes of %llu", w->name, len, size);
	} else {
		check(rec->row == w->row, "%s: call %u", w->name, rec->row);
	}
}

static void open_watch(struct consumer *c, const struct watch *w)
{
	unsigned i;

	consumer_init(c);
	want_call(&c->want, w->row, w->how);
	c->seen = see;
	c->ctx = (void *)w;
	c->set.config.snaplen = w->snaplen;
	c->set.config.ring_size = w->ring_size;
	c->set.config.wake_bytes = w->ring_size / 4;
	consumer_open(c);
	for (i = 0; i < NWORKERS; i++)
		if (is_traced(w, i))
			consumer_trace_only(c, workers[i]);
	consumer_attach(c, (w->how & SCT_WANT_EXIT ? 1u << SCT_KIND_sys_exit : 0) |
			   (w->how & SCT_WANT_ENTER ? 1u << SCT_KIND_sys_enter : 0));
	if (!w->lazy)
		consumer_start_reading(c);
}

static void close_watch(struct consumer *c, const struct watch *w)
{
	__u64 expected = 0, dropped;
	const struct sct_count *n;
	struct totals t;
	unsigned i;

	if (!w->lazy)
		consumer_stop_reading(c);
	consumer_finish(c, &t);
	for (i = 0; i < NWORKERS; i++)
		if (is_traced(w, i))
			expected += w->row == SCT_SYS_write ? (ncalls + 7) / 8 : ncalls;
	for (i = 0; i < 2; i++) {
		if (!(w->how & (i ? SCT_WANT_ENTER : SCT_WANT_EXIT)))
			continue;
		n = &t.count[i][w->event];
		dropped = n->dropped[SCT_DROP_RING_FULL];
		check(n->delivered + dropped == expected, "%s: delivered %llu, ring full %llu, not %llu",
		      w->name, n->delivered, dropped, expected);
		check(!dropped || w->ring_size == SCT_RING_MIN, "%s: lost %llu", w->name, dropped);
		check(w->ring_size > SCT_RING_MIN || ncalls < 1200 || dropped, "%s: lost nothing", w->name);
	}
	consumer_close(c);
}

static void watch_all(void)
{
	struct consumer c[NWATCHES];
	pthread_t trouble;
	int *go = mmap(NULL, sizeof(*go), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned i;

	check(go != MAP_FAILED, "%s", strerror(errno));
	for (i = 0; i < NWORKERS; i++)
		workers[i] = spawn(work, go);
	for (i = 0; i < NWATCHES; i++)
		open_watch(&c[i], &watches[i]);
	store_release(&stop, 0);
	start_thread(&trouble, kill_and_make, NULL);
	sleep_ms(500);
	store_release(go, 1);
	for (i = 0; i < NWORKERS; i++)
		wait_for(workers[i]);
	store_release(&stop, 1);
	pthread_join(trouble, NULL);
	for (i = 0; i < NWATCHES; i++)
		close_watch(&c[i], &watches[i]);
	must(munmap(go, sizeof(*go)));
}

/* ---- sums since the module was loaded ---- */

static __u64 total(unsigned cpu, const char *name)
{
	char path[128], text[32] = "";
	int fd;

	snprintf(path, sizeof(path), "/sys/class/sctrace/" SCT_DEVICE_NAME "%u/%s", cpu, name);
	fd = must(open(path, O_RDONLY));
	check(read(fd, text, sizeof(text) - 1) > 0, "%s: %s", path, strerror(errno));
	must(close(fd));
	return strtoull(text, NULL, 10);
}

static void totals_add_up(void)
{
	static const char *const drops[] = {
#define X(tok, text) "dropped_" #tok,
		SCT_DROPS(X)
#undef X
	};
	__u64 seen, rest, delivered = 0;
	unsigned cpu, i;

	for (cpu = 0; cpu < cpus_possible(); cpu++) {
		seen = total(cpu, "seen");
		rest = total(cpu, "filtered") + total(cpu, "delivered");
		delivered += total(cpu, "delivered");
		for (i = 0; i < SCT_DROP_MAX; i++)
			rest += total(cpu, drops[i]);
		check(seen == rest, "CPU %u: seen %llu, but %llu are accounted for", cpu, seen, rest);
	}
	check(delivered > ncalls, "all in all only %llu were delivered", delivered);
}

int main(void)
{
	unsigned turn;

	begin();
	ncalls = effort(4000);
	if (ncalls > 8000)	/* what the rings have room for */
		ncalls = 8000;
	for (turn = 0; turn < effort(1); turn++)
		watch_all();
	totals_add_up();
	module_reload();
	return 0;
}
