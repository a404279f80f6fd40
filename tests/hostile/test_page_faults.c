// SPDX-License-Identifier: MIT
/*
 * Page faults, context switches and signals together with all calls: events within events, also
 * within the module's own look at user memory.
 */
#include "consumer.h"
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define PAGE 4096u

static unsigned run_ms;

/* Each page of its memory is touched for the first time, by us and by the kernel. */
static void fault(void *arg)
{
	const size_t n = 64 * PAGE;
	int zero = must(open("/dev/zero", O_RDONLY)), i;
	__u8 *p;

	(void)arg;
	for (;;) {
		p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		check(p != MAP_FAILED, "%s", strerror(errno));
		for (i = 0; i < 16; i++)
			p[i * PAGE] = 1;
		must(read(zero, p + 16 * PAGE, 16 * PAGE));
		/* the kernel finds nothing there; nor does the module */
		open((char *)p + 40 * PAGE, O_RDONLY);
		syscall(SYS_openat, AT_FDCWD, p + 48 * PAGE - 3, O_RDONLY);
		must(munmap(p, n));
		open((char *)p, O_RDONLY);
		syscall(SYS_writev, 1, p, 8);
		syscall(SYS_execve, p, p, p);
		syscall(SYS_sendto, 1, p, PAGE, 0, p, 16);
	}
}

static void handled(int sig)
{
	(void)sig;
}

static void signal_itself(void *arg)
{
	(void)arg;
	signal(SIGUSR1, handled);
	for (;;) {
		raise(SIGUSR1);
		kill(getpid(), SIGUSR1);
	}
}

/* Two that switch for each byte. */
static void ping_pong(void *arg)
{
	int there[2], back[2], echo;
	char c = 0;

	(void)arg;
	must(pipe(there));
	must(pipe(back));
	echo = !must(fork());
	if (echo)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		if (!echo && write(there[1], &c, 1) != 1)
			fail("pipe: %s", strerror(errno));
		if (read((echo ? there : back)[0], &c, 1) != 1)
			fail("pipe: %s", strerror(errno));
		if (echo && write(back[1], &c, 1) != 1)
			fail("pipe: %s", strerror(errno));
	}
}

static void fork_and_exit(void *arg)
{
	char *const argv[] = { "test_page_faults", "nothing", NULL };
	pid_t pid;

	(void)arg;
	for (;;) {
		pid = must(fork());
		if (!pid) {
			execv("/proc/self/exe", argv);
			_exit(0);
		}
		must(waitpid(pid, NULL, 0));
	}
}

static void (*const loads[])(void *arg) = { fault, fault, signal_itself, ping_pong, fork_and_exit };
#define NLOADS (sizeof(loads) / sizeof(loads[0]))

static void check_happened(const struct totals *t, unsigned enter, unsigned event)
{
	check(t->count[enter][event].delivered, "%s, enter %u: none was delivered", event_name(event),
	      enter);
}

/* kinds: of these alone; pass: also of whom we have not started */
static void run(__u32 kinds, __u32 pass)
{
	pid_t pids[NLOADS];
	struct consumer c;
	struct totals t;
	unsigned i;

	consumer_init(&c);
	want_all(&c.want, SCT_WANT_EXIT | SCT_WANT_ENTER);
	c.set.config.ring_size = 2 << 20;
	c.set.config.snaplen = 4096;
	c.set.config.pass_default = pass;
	c.set.config.wake_bytes = 64;
	consumer_open(&c);
	consumer_start_reading(&c);
	for (i = 0; i < NLOADS; i++) {
		pids[i] = spawn(loads[i], NULL);
		consumer_trace_only(&c, pids[i]);
	}
	consumer_attach(&c, kinds);
	sleep_ms(run_ms);
	for (i = 0; i < NLOADS; i++)
		end_child(pids[i]);
	consumer_stop_reading(&c);
	consumer_finish(&c, &t);
	printf("kinds %#x: seen %llu, filtered %llu, delivered %llu, dropped %llu\n", kinds, t.seen,
	       t.filtered, t.delivered, t.dropped);
	if (kinds & 1u << SCT_KIND_sys_enter)
		check_happened(&t, 1, SCT_EV_openat_x);
	if (kinds & 1u << SCT_KIND_sys_exit)
		check_happened(&t, 0, SCT_EV_openat_x);
	if (kinds & kinds_there(c.rings[0].fd) & 1u << SCT_KIND_page_fault_user)
		check_happened(&t, 0, SCT_EV_page_fault_user);
	if (kinds & kinds_there(c.rings[0].fd) & 1u << SCT_KIND_page_fault_kernel)
		check_happened(&t, 0, SCT_EV_page_fault_kernel);
	if (kinds & 1u << SCT_KIND_sched_switch)
		check_happened(&t, 0, SCT_EV_switch);
	if (kinds & 1u << SCT_KIND_signal_deliver)
		check_happened(&t, 0, SCT_EV_signaldeliver);
	/* what the module meets itself can't be written in the middle of a record */
	if (kinds == KINDS_ALL && kinds_there(c.rings[0].fd) == KINDS_ALL)
		check(t.count[0][SCT_EV_page_fault_kernel].dropped[SCT_DROP_COMMIT],
		      "no page fault came in the middle of a record");
	consumer_close(&c);
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		return 0;
	begin();
	run_ms = effort(3000);
	run(KINDS_ALL, 0);
	run(KINDS_ALL, 1);
	run(KINDS_ALL & ~KINDS_CALLS, 1);
	run(1u << SCT_KIND_page_fault_kernel | 1u << SCT_KIND_sched_switch, 1);
	module_reload();
	return 0;
}
