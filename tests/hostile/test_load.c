// SPDX-License-Identifier: MIT
/*
 * The module is loaded and unloaded while other processes make system calls and open its devices:
 * afterwards all memory is where it was.
 */
#include "consumer.h"
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define NHAMMERS   3
#define WARM_UP	   10u
#define UNLOAD_NS  60000000000	/* an emulator takes seconds to set up, attach, detach */
#define GROWTH_KIB 8192	/* what the kernel may hold more at the end: its caches, not ours */

/* ---- memory ---- */

static long meminfo(const char *name)
{
	char line[128];
	long kib = -1;
	FILE *f = fopen("/proc/meminfo", "re");

	check(f, "/proc/meminfo: %s", strerror(errno));
	while (kib < 0 && fgets(line, sizeof(line), f))
		if (!strncmp(line, name, strlen(name)) && line[strlen(name)] == ':')
			kib = strtol(line + strlen(name) + 1, NULL, 10);
	fclose(f);
	return kib < 0 ? 0 : kib;
}

/* What the kernel holds for itself; what it may free, too, has been asked to go. */
static long kernel_kib(void)
{
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY);

	if (fd >= 0) {
		must(write(fd, "3", 1));
		must(close(fd));
	}
	return meminfo("Slab") + meminfo("VmallocUsed") + meminfo("Percpu") + meminfo("PageTables");
}

/* A caller that has no name any more was in a module that is gone: no other one is. */
static void check_nothing_left(void)
{
	char line[256], caller[128];
	FILE *f = fopen("/proc/vmallocinfo", "re");

	check(f, "/proc/vmallocinfo: %s", strerror(errno));
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%*s %*s %127s", caller) == 1 &&
		    (!strncmp(caller, "0x", 2) || strstr(line, "[sctrace]")))
			fail("left behind: %s", line);
	fclose(f);
}

/* ---- what goes on meanwhile ---- */

static void hammer(void *arg)
{
	char path[] = "/dev/null";
	int fd, n;

	(void)arg;
	for (;;) {
		call_getppid(50);
		fd = open(path, O_RDWR);
		n = write(fd, path, sizeof(path));
		close(n == sizeof(path) ? fd : -1);
		syscall(0xffff, 1, 2, 3);
		if (!fork())
			_exit(0);
		waitpid(-1, NULL, 0);
	}
}

/*
 * Once a round, for it must be possible to unload.  What fails for lack of the module is right,
 * too.
 */
static void open_at_any_time(void *arg)
{
	unsigned *round = arg, last = 0;
	struct sct_want *want = calloc(1, sizeof(*want));
	struct sct_setup s;
	int fd, other;
	void *p;

	check(want, "out of memory");
	want_all(want, SCT_WANT_EXIT | SCT_WANT_ENTER);
	s = setup_for(want);
	s.config.ring_size = SCT_RING_MIN;
	s.config.wake_bytes = 0;
	s.config.pass_default = 1;
	for (;;) {
		while (load_acquire(round) == last)
			sched_yield();
		last = load_acquire(round);
		sleep_ms(random_u32() % 30);
		fd = open("/dev/" SCT_DEVICE_NAME "0", O_RDWR);
		other = open("/dev/" SCT_DEVICE_NAME "1", O_RDWR);
		if (fd >= 0 && !setup(fd, &s)) {
			join(other, fd);
			attach(fd, KINDS_ALL);
			p = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 0);
			call_getppid(10);
			if (p != MAP_FAILED)
				munmap(p, 8192);
		}
		if (other >= 0)
			close(other);
		if (fd >= 0)
			close(fd);
	}
}

/* ---- rounds ---- */

static void unload(void)
{
	const __u64 start = now_ns();
	int err;

	while ((err = module_unload()) == EAGAIN && now_ns() - start < UNLOAD_NS)
		sleep_ms(1);	/* somebody has a device open */
	check(!err, "unload: %s", strerror(err));
	check(!module_loaded() && access("/dev/" SCT_DEVICE_NAME "0", F_OK), "it is still there");
}

/* All that there is, for a moment. */
static void consume(void)
{
	struct consumer c;
	struct totals t;

	consumer_init(&c);
	want_all(&c.want, SCT_WANT_EXIT | SCT_WANT_ENTER);
	c.set.config.pass_default = 1;
	consumer_open(&c);
	consumer_attach(&c, KINDS_ALL);
	call_getppid(20);
	consumer_read(&c);
	consumer_finish(&c, &t);
	check(t.delivered >= 20, "only %llu were delivered", t.delivered);
	consumer_close(&c);
}

static void rounds(unsigned n, unsigned *round)
{
	unsigned i;
	int err;

	for (i = 0; i < n; i++) {
		store_release(round, *round + 1);
		err = module_load();
		check(!err, "load: %s", strerror(err));
		if (i % 16 == 0)
			consume();
		unload();
	}
}

int main(void)
{
	unsigned *round = mmap(NULL, sizeof(*round), PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t hammers[NHAMMERS], opener;
	unsigned i, n;
	long before, after;

	begin();
	check(round != MAP_FAILED, "%s", strerror(errno));
	n = effort(50);
	unload();
	for (i = 0; i < NHAMMERS; i++)
		hammers[i] = spawn(hammer, NULL);
	rounds(WARM_UP, round);
	check_nothing_left();
	before = kernel_kib();
	rounds(n - n / 5, round);
	opener = spawn(open_at_any_time, round);
	rounds(n / 5, round);
	end_child(opener);
	check_nothing_left();
	after = kernel_kib();
	printf("the kernel holds %ld KiB, before %u rounds it was %ld\n", after, n, before);
	check(after - before < GROWTH_KIB, "%ld KiB more than before", after - before);
	for (i = 0; i < NHAMMERS; i++)
		end_child(hammers[i]);
	check(!module_load(), "load");
	return 0;
}
