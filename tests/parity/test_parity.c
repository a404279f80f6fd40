// SPDX-License-Identifier: MIT
/*
 * Two backends that watch the same processes at the same time tell the same of them: for each
 * thread the same events in the same order, and of each event the same, parameter by parameter, but
 * for what tells one record from another: the time when the probe ran, the ring and the number in
 * it.
 *
 * And the processes do all that there are rows for: each event comes, each call succeeds and fails,
 * with a record at entry and one at exit, and each number of each table is used.
 *
 * SCT_PARITY_BACKENDS="ebpf,kmod" are the two; one twice shows what differs by itself.
 */
#include "calls.h"
#include "calls_abi.h"
#include "events.h"
#include "stream.h"
#include "workload.h"
#include <cpuid.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#define RING_SIZE (16u << 20)

/* Frequent events alone: they would come in the middle of others, in one stream before, in the other
 * after those, and a probe that reads a program's memory causes some. */
static const struct pass {
	const char *what;
	bool frequent, enter, files;
	unsigned snaplen;
} passes[] = {
	{ "calls as they return", .frequent = false },
	{ "calls also at entry, with all data and files", .enter = true, .files = true, .snaplen = 16384 },
	{ "switches and page faults", .frequent = true },
};

/* What became of each event and call. */
enum {
	SUCCEEDED = 1, FAILED = 2, ENTERED = 4,
};

#define ROWS_MAX 1024

static unsigned char came[ROWS_MAX];		/* by event */
static unsigned char called[2][ROWS_MAX];	/* by ABI and call */

/* ---- what came ---- */

static bool has_failed(const struct seen *e, bool *not_there)
{
	unsigned i;

	for (i = 0; i < e->info->nparams; i++)
		if (e->info->params[i].result)
			break;
	if (i == e->info->nparams || e->values[i].kind != SCT_VALUE_INT)
		return false;
	*not_there = e->values[i].i == -ENOSYS;
	return e->values[i].i < 0 && e->values[i].i > -4096;
}

static void note(const struct seen *e)
{
	unsigned row = row_of(e->name), how = ENTERED;
	bool not_there = false;

	if (!e->enter)
		how = has_failed(e, &not_there) ? FAILED : SUCCEEDED;
	if (not_there)		/* this kernel has no such call: all is said */
		how |= SUCCEEDED;
	came[e->info->id] |= how;
	if (row < ROWS_MAX && e->abi <= SCT_EVENT_I386)
		called[e->abi][row] |= how;
}

static void note_all(const struct stream *s)
{
	unsigned i, n;

	for (i = 0; i < s->nthreads; i++)
		for (n = 0; n < s->threads[i].n; n++)
			note(s->threads[i].events[n]);
}

/* What cannot come. */
static const struct {
	const char *event;
	unsigned how;
	const char *why;
} never[] = {
	{ "task", SUCCEEDED, "compared with each event of the task" },
	{ "loss", SUCCEEDED, "an error" },
	{ "cpu_hotplug", SUCCEEDED, "made by the library alone, and CPUs stay here" },
	{ "getuid", FAILED, "always succeeds" },
	{ "geteuid", FAILED, "always succeeds" },
	{ "getgid", FAILED, "always succeeds" },
	{ "getegid", FAILED, "always succeeds" },
	{ "getpid", FAILED, "always succeeds" },
	{ "alarm", FAILED, "always succeeds" },
	{ "set_tid_address", FAILED, "always succeeds" },
	{ "setfsuid", FAILED, "returns what it was, also when it was not changed" },
	{ "setfsgid", FAILED, "returns what it was, also when it was not changed" },
	{ "exit", SUCCEEDED | FAILED, "does not return" },
	{ "clock_settime", SUCCEEDED, "the machine's clocks are not the test's" },
	{ "munlockall", FAILED, "always succeeds" },
	{ "brk", FAILED, "returns where the heap ends, also when it was not moved" },
	{ "init_module", SUCCEEDED, "there is no module that all kernels take" },
	{ "finit_module", SUCCEEDED, "there is no module that all kernels take" },
	{ "delete_module", SUCCEEDED, "there is no module that all kernels take" },
	{ "execveat", SUCCEEDED, "becomes an execve" },
	{ "umask", FAILED, "always succeeds" },
	{ "pivot_root", SUCCEEDED, "the root directory is not the test's" },
	{ "swapon", SUCCEEDED, "the machine's memory is not the test's" },
	{ "swapoff", SUCCEEDED, "the machine's memory is not the test's" },
	{ "reboot", SUCCEEDED, "the machine is not the test's" },
	{ "kexec_load", SUCCEEDED, "what the machine boots is not the test's" },
	{ "kexec_file_load", SUCCEEDED, "what the machine boots is not the test's" },
	{ "process_mrelease", SUCCEEDED, "only of a process that is being killed" },
	{ "personality", FAILED, "always succeeds" },
	{ "modify_ldt", FAILED, "returns errors as numbers of 32 bits" },
	{ "io_cancel", SUCCEEDED, "of what can be cancelled, the kernel says that it is in progress" },
	{ "futex_wait", SUCCEEDED, "only when another thread wakes it at the right moment" },
	{ "futex_waitv", SUCCEEDED, "only when another thread wakes it at the right moment" },
	{ "map_shadow_stack", SUCCEEDED, "only on processors that have such stacks" },
	{ "lsm_set_self_attr", SUCCEEDED, "which security modules there are is not the test's" },
	{ "rt_sigsuspend", SUCCEEDED, "always ends as interrupted" },
	{ "sigsuspend", SUCCEEDED, "always ends as interrupted" },
	{ "ssetmask", FAILED, "always succeeds" },
	{ "nice", FAILED, "only of those who may not" },
	{ "vm86old", SUCCEEDED, "only kernels of 32 bit have it" },
	{ "vm86", SUCCEEDED, "only kernels of 32 bit have it" },
	{ "quotactl", SUCCEEDED, "there is no file system with quotas" },
	{ "quotactl_fd", SUCCEEDED, "there is no file system with quotas" },
	{ "landlock_restrict_self", SUCCEEDED, "it would restrict the calls after it" },
};

/* The kernel has switched them on: a processor without protection keys has none to hand out. */
static bool has_protection_keys(void)
{
	unsigned a, b, c = 0, d;

	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && c & bit_OSPKE;
}

/* Only some security modules have attributes of processes, and the machine may have none of those. */
static bool has_security_attributes(void)
{
	int fd = open("/proc/self/attr/current", O_RDONLY | O_CLOEXEC);
	bool has;
	char c;

	has = fd >= 0 && read(fd, &c, 1) == 1;
	close(fd);
	return has;
}

/* What can only succeed on machines that have something. */
static const struct {
	const char *event;
	bool (*has)(void);
} machine_has[] = {
	{ "pkey_alloc", has_protection_keys },
	{ "pkey_free", has_protection_keys },
	{ "lsm_get_self_attr", has_security_attributes },
};

static unsigned expected_of(const struct sct_event_info *ev)
{
	unsigned how = ev->is_call ? SUCCEEDED | FAILED | ENTERED : SUCCEEDED, i;

	for (i = 0; i < ARRAY_SIZE(machine_has); i++)
		if (!strcmp(machine_has[i].event, ev->name) && !machine_has[i].has()) {
			printf("note: this machine has nothing that %s could succeed with\n", ev->name);
			how &= ~SUCCEEDED;
		}
	for (i = 0; i < ARRAY_SIZE(never); i++)
		if (!strcmp(never[i].event, ev->name))
			how &= ~never[i].how;
	return how;
}

static void check_events_complete(void)
{
	static const char *const text[] = { "that succeeded", "that failed", "at entry" };
	const struct sct_event_info *ev;
	unsigned i, n, missing;

	for (i = 0; (ev = sct_event_at(i)); i++) {
		missing = expected_of(ev) & ~came[ev->id];
		for (n = 0; n < ARRAY_SIZE(text); n++)
			if (missing & 1u << n)
				fail("the workload has no %s %s", ev->name, text[n]);
	}
}

static bool is_left_out(const struct left_out *list, const char *name)
{
	for (; list->name; list++)
		if (!strcmp(list->name, name))
			return true;
	return false;
}

static void check_calls_complete(enum sct_event_abi abi, const struct left_out *left_out)
{
	const struct sct_syscall_info *call;
	unsigned i;

	for (i = 0; (call = sct_syscall_at(i)); i++)
		if (call->nr[abi] >= 0 && !called[abi][i] && !is_left_out(left_out, call->name))
			fail("the workload has no %s of %s programs", call->name,
			     abi == SCT_EVENT_I386 ? "32-bit" : "64-bit");
}

/* ---- the sessions ---- */

static char backends[2][16] = { "ebpf", "kmod" };

/* The names of all that a pass traces, comma-separated. */
static char *events_of(const struct pass *pass)
{
	static char names[1 << 16];
	const struct sct_syscall_info *call;
	unsigned i, n;

	if (pass->frequent)
		return FREQUENT_EVENTS;
	n = snprintf(names, sizeof(names), "syscall,procfork,procexec,procexit,signaldeliver,"
		     "signalgenerate,cgroupattach," URING_EVENTS);
	for (i = 0; (call = sct_syscall_at(i)); i++)
		n += snprintf(names + n, sizeof(names) - n, ",%s", call->name);
	return names;
}

/* Else there is nothing to compare with, but what is there must work. */
static bool is_there(const char *backend)
{
	return !access(strcmp(backend, "kmod") ? "/sys/kernel/btf/vmlinux" : "/dev/sctrace0", F_OK);
}

static void say_why(void *ctx, enum sct_log_level level, const char *msg)
{
	(void)ctx;
	if (level <= SCT_LOG_WARN)
		printf("%s\n", msg);
}

static struct sct_session *open_session(const struct pass *pass, const char *backend, pid_t *pid)
{
	const struct sct_options options = {
		.sz = sizeof(options), .backend = backend, .events = events_of(pass),
		.enter = pass->enter, .file_details = pass->files,
		.snaplen = pass->snaplen, .ring_size = RING_SIZE,
		.pids = pid, .npids = 1, .log = say_why,
	};
	struct sct_session *session;
	int err = sct_open(&session, &options);

	if (!err)
		return session;
	printf("backend %s: %s\n", backend, sct_strerror(session));
	sct_close(session);
	kill(*pid, SIGKILL);
	exit(is_there(backend) ? 1 : 77);
}

static void take(struct sct_session *session, struct stream *stream)
{
	const struct sct_event *const *events;
	ssize_t n, i;

	n = sct_next(session, &events, 10);
	if (n < 0) {
		printf("backend %s: %s\n", stream->name, sct_strerror(session));
		exit(1);
	}
	for (i = 0; i < n; i++) {
		stream->lost += sct_event_lost(events[i]);
		if (!sct_event_lost(events[i]))
			stream_add(stream, events[i]);
	}
}

static uint64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

static bool has_ended(pid_t pid)
{
	siginfo_t info = { .si_pid = 0 };

	return !waitid(P_PID, pid, &info, WEXITED | WNOHANG | WNOWAIT) && info.si_pid == pid;
}

#define PATIENCE 30000000000ull	/* ns: of processes that the child left, on a slow machine */

/*
 * Is nobody left whom it traces?  The child, whom it may count as ended already, tells its parent
 * so before that finds it ended: a last event.
 */
static bool is_done(struct sct_session *session, const struct stream *stream, uint64_t ended)
{
	int n = sct_traced(session);

	if (!ended)
		return false;
	if (!n || now() - ended < PATIENCE)
		return !n;
	fail("%s still traces %d processes of a child that has ended", stream->name, n);
	return true;
}

static void take_all(struct sct_session **sessions, struct stream *streams, pid_t pid)
{
	bool stopped[2] = { false, false };
	uint64_t ended = 0;
	unsigned i;

	while (!sct_drained(sessions[0]) || !sct_drained(sessions[1])) {
		if (!ended && has_ended(pid))
			ended = now();
		for (i = 0; i < 2; i++) {
			if (!stopped[i] && is_done(sessions[i], &streams[i], ended)) {
				sct_stop(sessions[i]);
				stopped[i] = true;
			}
			take(sessions[i], &streams[i]);
		}
	}
}

/* How many signals did interrupts generate that came while a record was written? */
static uint64_t interrupting(struct sct_session *session)
{
	const struct sct_event_info *ev = sct_event_by_name("signalgenerate");
	struct sct_stats stats = { .sz = sizeof(stats) };
	uint64_t n = 0;
	unsigned i;

	if (!ev || sct_stats(session, SCT_ALL_CPUS, ev->id, &stats))
		fail("counters of signalgenerate: %s", sct_strerror(session));
	for (i = 0; sct_drop_reason(i); i++)
		if (!strncmp(sct_drop_reason(i), "interrupted", strlen("interrupted")))
			n += stats.dropped[i];
	return n;
}

/*
 * Nothing else is lost here, unless the kernel runs the probe preemptibly: then some tasks find it,
 * or its memory, in use by others.
 */
static void note_losses(struct sct_session *session, struct stream *s)
{
	uint64_t missed = note_missed(session);

	if (s->lost > interrupting(session) && !missed)
		fail("%s lost %llu records", s->name, (unsigned long long)s->lost);
	s->may_lack = missed + s->lost;
}

static void run_pass(const struct pass *pass)
{
	struct stream streams[2] = { { .n = 0 } };
	struct sct_session *sessions[2];
	pid_t pid = start_child(workload);
	uint64_t begin;
	unsigned i;

	for (i = 0; i < 2; i++) {
		sessions[i] = open_session(pass, backends[i], &pid);
		snprintf(streams[i].name, sizeof(streams[i].name), "%s%s", sct_backend(sessions[i]),
			 i && !strcmp(backends[0], backends[1]) ? "'" : "");
	}
	begin = now();
	let_child_run();
	take_all(sessions, streams, pid);
	end_child(pid);
	printf("%s: %u and %u events of %u threads\n", pass->what, streams[0].n, streams[1].n,
	       streams[0].nthreads);
	for (i = 0; i < 2; i++)
		note_losses(sessions[i], &streams[i]);
	streams_compare(&streams[0], &streams[1], begin);
	for (i = 0; i < 2; i++) {
		if (streams[i].lacked)
			printf("note: %s lacks %llu of %u events, which the kernel skipped\n", streams[i].name,
			       (unsigned long long)streams[i].lacked, streams[!i].n);
		note_all(&streams[i]);
		stream_free(&streams[i]);
		sct_close(sessions[i]);
	}
}

int main(void)
{
	const char *names = getenv("SCT_PARITY_BACKENDS");
	unsigned i;

	if (names && sscanf(names, "%15[^,],%15s", backends[0], backends[1]) != 2) {
		printf("SCT_PARITY_BACKENDS is not two names with a comma between: %s\n", names);
		return 1;
	}
	test_begin();
	prepare_workload();
	for (i = 0; i < ARRAY_SIZE(passes); i++)
		run_pass(&passes[i]);
	check_events_complete();
	check_calls_complete(SCT_EVENT_X86_64, left_out64);
	if (have_32bit)
		check_calls_complete(SCT_EVENT_I386, left_out32);
	test_end();
}
