// SPDX-License-Identifier: MIT
/*
 * CPUs that go down and come up while records flow, and while consumers come and go; a machine that
 * sleeps meanwhile.
 */
#include "consumer.h"
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#define NWORKERS 4
#define CALLS	 200u

static unsigned cpu;	/* the last one, which goes down */

/* EBUSY: somebody else holds them for a moment. */
static void set_online(bool online)
{
	char path[64];
	int fd, turn;
	long n = -1;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online", cpu);
	fd = must(open(path, O_WRONLY));
	for (turn = 0; turn < 100 && n != 1; turn++) {
		n = write(fd, online ? "1" : "0", 1);
		if (n != 1)
			sleep_ms(20);
	}
	check(n == 1, "%s, %d: %s", path, online, strerror(errno));
	must(close(fd));
	check(cpu_online(cpu) == online, "CPU %u has not changed", cpu);
}

/* A consumer of this process's getppid, of which nothing is lost. */
static void open_exact(struct consumer *c)
{
	consumer_init(c);
	want_getppid(&c->want);
	c->set.config.ring_size = 1 << 20;
}

static void close_exact(struct consumer *c, __u64 calls)
{
	struct totals t;

	consumer_finish(c, &t);
	check(t.count[0][SCT_EV_generic_x].delivered == calls && !t.dropped,
	      "delivered %llu of %llu calls, dropped %llu", t.count[0][SCT_EV_generic_x].delivered, calls,
	      t.dropped);
	consumer_close(c);
}

/* ---- rings of CPUs that are not there yet ---- */

/* Who joins a ring only after its CPU came up and worked has all of it. */
static void joins_late(void)
{
	const size_t page = sysconf(_SC_PAGESIZE);
	struct consumer c;
	struct ring *r;
	__u8 *scope;
	int first, late;

	open_exact(&c);
	set_online(false);
	first = device_open(0, O_RDWR);
	must(setup(first, &c.set));
	scope = mmap(NULL, SCT_PID_LIMIT, PROT_READ | PROT_WRITE, MAP_SHARED, first, SCT_MMAP_SCOPE);
	check(scope != MAP_FAILED, "%s", strerror(errno));
	scope[getpid()] = SCT_SCOPE_TRACE;
	must(attach(first, 1u << SCT_KIND_sys_exit));
	set_online(true);
	run_on(cpu);
	call_getppid(CALLS);
	run_on(0);
	late = device_open(cpu, O_RDWR);
	must(join(late, first));

	/* a consumer of that ring alone */
	c.nrings = 1;
	c.rings = r = calloc(1, sizeof(*r));
	check(r, "out of memory");
	r->cpu = cpu;
	r->size = c.set.config.ring_size;
	r->reader = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, late, 0);
	r->writer = mmap(NULL, page + 2 * r->size, PROT_READ, MAP_SHARED, late, page);
	check(r->reader != MAP_FAILED && r->writer != MAP_FAILED, "%s", strerror(errno));
	r->data = (const __u8 *)r->writer + page;
	ring_read(&c, r);
	check(r->got[0][SCT_EV_generic_x] == CALLS && !r->gaps && r->seq == CALLS + 1,
	      "%llu records of %u calls, %llu missing, next %llu", r->got[0][SCT_EV_generic_x], CALLS,
	      r->gaps, r->seq);
	must(munmap(r->reader, page));
	must(munmap((void *)r->writer, page + 2 * r->size));
	must(munmap(scope, SCT_PID_LIMIT));
	must(close(first));
	must(close(late));
	free(r);
}

/* Its device can be joined, and its ring read, while it is down. */
static void reads_without_cpu(void)
{
	struct consumer c;

	open_exact(&c);
	consumer_open(&c);
	consumer_trace_only(&c, getpid());
	consumer_attach(&c, 1u << SCT_KIND_sys_exit);
	run_on(cpu);
	call_getppid(CALLS);
	run_on(0);
	set_online(false);
	ring_read(&c, &c.rings[cpu]);
	check(c.rings[cpu].got[0][SCT_EV_generic_x] == CALLS, "%llu records",
	      c.rings[cpu].got[0][SCT_EV_generic_x]);
	call_getppid(CALLS);
	set_online(true);
	run_on(cpu);
	call_getppid(CALLS);
	close_exact(&c, 3 * CALLS);

	set_online(false);	/* set up while it is down */
	open_exact(&c);
	consumer_open(&c);
	consumer_trace_only(&c, getpid());
	consumer_attach(&c, 1u << SCT_KIND_sys_exit);
	call_getppid(CALLS);
	set_online(true);
	run_on(cpu);
	call_getppid(CALLS);
	run_on(0);
	close_exact(&c, 2 * CALLS);
}

/* ---- processes that work meanwhile ---- */

static pid_t workers[NWORKERS];
static int *stop;	/* shared with the children */
static __u64 *done;	/* calls of each worker */

/* It goes where the scheduler sends it, which is away from a CPU that goes. */
static void work(void *arg)
{
	__u64 *n = arg;
	__u32 r = getpid();

	while (!load_acquire(stop)) {
		call_getppid(10);
		store_release(n, *n + 10);
		r = r * 1664525 + 1013904223;
		if (r % 16 == 0) {
			cpu_set_t set;

			CPU_ZERO(&set);
			CPU_SET((r >> 16) % (cpu + 1), &set);
			sched_setaffinity(0, sizeof(set), &set);	/* it may be down */
			sleep_ms(1);
			run_anywhere();
		}
	}
}

static void start_work(struct consumer *c)
{
	unsigned i;

	if (!stop) {
		stop = mmap(NULL, sysconf(_SC_PAGESIZE), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		check(stop != MAP_FAILED, "%s", strerror(errno));
		done = (__u64 *)(stop + 2);
	}
	*stop = 0;
	for (i = 0; i < NWORKERS; i++) {
		done[i] = 0;
		workers[i] = must(fork());
		if (!workers[i]) {
			sleep_ms(50);	/* until it is known */
			work(&done[i]);
			_exit(0);
		}
		consumer_trace_only(c, workers[i]);
	}
}

/* Each call has been traced, or counted where the ring was full. */
static void end_work(struct consumer *c)
{
	__u64 calls = 0, traced;
	struct totals t;
	unsigned i;

	store_release(stop, 1);
	for (i = 0; i < NWORKERS; i++) {
		wait_for(workers[i]);
		calls += done[i];
	}
	consumer_stop_reading(c);
	consumer_finish(c, &t);
	traced = t.count[0][SCT_EV_generic_x].delivered +
		 t.count[0][SCT_EV_generic_x].dropped[SCT_DROP_RING_FULL];
	check(traced == calls, "delivered %llu, dropped %llu, of %llu calls",
	      t.count[0][SCT_EV_generic_x].delivered, t.dropped, calls);
	consumer_close(c);
}

/* ---- sleep ---- */

static bool put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0 && write(fd, text, strlen(text)) == (long)strlen(text);

	if (fd >= 0)
		must(close(fd));
	return done;
}

/*
 * All the way, CPUs included, by a kernel that can test that: then it wakes by itself, on any
 * machine.
 */
static bool machine_sleeps(void)
{
	if (!put("/sys/power/pm_test", "core"))
		return false;
	put("/sys/module/suspend/parameters/pm_test_delay", "1");
	return put("/sys/power/state", "mem");
}

static void sleeps(void)
{
	struct consumer c;
	unsigned i;

	open_exact(&c);
	c.set.config.ring_size = 4 << 20;
	consumer_open(&c);
	consumer_start_reading(&c);
	consumer_attach(&c, 1u << SCT_KIND_sys_exit);
	start_work(&c);
	for (i = 0; i < effort(2); i++) {
		sleep_ms(100);
		if (!machine_sleeps()) {
			printf("note: suspend is not tested, this kernel cannot: %s\n", strerror(errno));
			break;
		}
	}
	sleep_ms(100);
	end_work(&c);
}

/* ---- storm ---- */

static void come_and_go(void *arg)
{
	struct consumer c;
	struct totals t;

	(void)arg;
	while (!load_acquire(stop)) {
		consumer_init(&c);
		want_all(&c.want, SCT_WANT_EXIT | SCT_WANT_ENTER);
		c.set.config.ring_size = SCT_RING_MIN;
		c.set.config.wake_bytes = 0;
		c.set.config.pass_default = 1;
		consumer_open(&c);
		consumer_attach(&c, KINDS_ALL);
		sleep_ms(random_u32() % 20);
		consumer_finish(&c, &t);
		consumer_close(&c);
	}
}

static void storm(void)
{
	struct consumer c, all;
	struct totals t;
	unsigned i;
	pid_t other;

	open_exact(&c);
	c.set.config.ring_size = 4 << 20;
	consumer_open(&c);
	consumer_init(&all);
	want_all(&all.want, SCT_WANT_EXIT | SCT_WANT_ENTER);
	all.set.config.pass_default = 1;
	all.set.config.ring_size = 1 << 20;
	consumer_open(&all);
	consumer_start_reading(&c);
	consumer_start_reading(&all);
	consumer_attach(&c, 1u << SCT_KIND_sys_exit);
	start_work(&c);
	consumer_attach(&all, KINDS_ALL);
	other = spawn(come_and_go, NULL);
	for (i = 0; i < effort(15); i++) {
		set_online(false);
		sleep_ms(random_u32() % 60);
		set_online(true);
		sleep_ms(random_u32() % 60);
	}
	end_work(&c);
	wait_for(other);
	consumer_stop_reading(&all);
	consumer_finish(&all, &t);
	printf("all: seen %llu, filtered %llu, delivered %llu, dropped %llu\n", t.seen, t.filtered,
	       t.delivered, t.dropped);
	check(!t.count[0][SCT_EV_generic_x].dropped[SCT_DROP_NO_RING], "a CPU had no ring");
	consumer_close(&all);
}

int main(void)
{
	char path[64];

	begin();
	cpu = sysconf(_SC_NPROCESSORS_CONF) - 1;
	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online", cpu);
	sleeps();
	if (!cpu || access(path, W_OK)) {
		puts("no CPU here can be taken down");
		return EXIT_SKIP;
	}
	run_on(0);
	joins_late();
	reads_without_cpu();
	run_anywhere();
	storm();
	module_reload();
	return 0;
}
