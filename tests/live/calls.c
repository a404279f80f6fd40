// SPDX-License-Identifier: MIT
/* The log of calls that child and parent share, and the comparison; see calls.h. */
#include "calls.h"
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>

#define CALLS_MAX  4096u
#define WANTS_MAX  40u
#define ARENA_SIZE (32u << 20)
#define COPY_MAX   8192u	/* no value that is kept is longer */

struct done {
	const char *file, *event, *exit_event;
	const char *name;	/* of the call, where that is not the event's */
	enum sct_event_abi abi;
	int line;
	pid_t tid, tgid;
	long ret;
	uint64_t before, after;	/* CLOCK_BOOTTIME, ns */
	bool no_enter, no_exit, seen_enter, seen_exit;
	unsigned nwants;
	struct want wants[WANTS_MAX];
};

static struct log {
	bool go;
	unsigned ncalls;
	size_t used;
	char error[256];
	struct done calls[CALLS_MAX];
	char arena[ARENA_SIZE] __attribute__((aligned(64)));
} *calls;

const char *test_dir;
unsigned cpus;

/* ---- the child ---- */

void die_at(const char *file, int line, const char *fmt, ...)
{
	int err = errno, n;
	va_list ap;

	n = snprintf(calls->error, sizeof(calls->error), "%s:%d: ", file, line);
	va_start(ap, fmt);
	n += vsnprintf(calls->error + n, sizeof(calls->error) - n, fmt, ap);
	va_end(ap);
	if (n < (int)sizeof(calls->error))
		snprintf(calls->error + n, sizeof(calls->error) - n, ": %s", strerror(err));
	end_process(1);
}

void end_process(int status)
{
	for (;;)
		syscall(SYS_exit_group, status);
}

void *shared(size_t size)
{
	size_t at = __atomic_fetch_add(&calls->used, (size + 63) & ~63ul, __ATOMIC_RELAXED);

	if (at + size > ARENA_SIZE)
		die("no room to note calls");
	return calls->arena + at;
}

static const void *copy(const void *data, size_t len)
{
	void *p;

	if (!data || !len)
		return data;
	if (len > COPY_MAX)
		len = COPY_MAX;
	p = shared(len);
	memcpy(p, data, len);
	return p;
}

static uint64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

/* In the initial pid namespace, wherever we are: /proc is that namespace's. */
static void ids_now(pid_t *tgid, pid_t *tid)
{
	char text[64] = "";

	if (syscall(SYS_readlink, "/proc/thread-self", text, sizeof(text) - 1) < 0 ||
	    sscanf(text, "%d/task/%d", tgid, tid) != 2)
		die("/proc/thread-self");
}

pid_t tid_now(void)
{
	pid_t tgid, tid;

	ids_now(&tgid, &tid);
	return tid;
}

pid_t pid_now(void)
{
	pid_t tgid, tid;

	ids_now(&tgid, &tid);
	return tgid;
}

static struct statx statx_of(int fd)
{
	struct statx st;

	if (syscall(SYS_statx, fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &st))
		die("statx of descriptor %d", fd);
	return st;
}

uint64_t ino_of(int fd)
{
	return statx_of(fd).stx_ino;
}

uint32_t dev_of(int fd)
{
	struct statx st = statx_of(fd);

	return st.stx_dev_major << 20 | st.stx_dev_minor;
}

void reap(pid_t pid)
{
	while (syscall(SYS_wait4, pid, NULL, 0, NULL) < 0)
		if (errno != EINTR)
			die("waiting for %d", pid);
}

static struct done pending, *last;

/* Keep what the memory is now, for the parent. */
static void keep(struct want *w)
{
	switch (w->how) {
	case IS_STRING:
		if (!w->data)
			w->how = IS_NONE;
		else
			w->data = copy(w->data, strlen(w->data) + 1);
		break;
	case IS_BYTES:
		w->data = copy(w->data, w->size);
		break;
	case IS_FAULT:
	case IS_STRINGS:
	case IS_CGROUPS:
	case IS_STRUCTS:
	case IS_ADDRESS:
	case IS_ADDRESSES:
	case IS_MESSAGE:
		w->data = copy(w->data, w->len);
		w->peer = copy(w->peer, w->peer_len);
		break;
	default:
		break;
	}
}

void begin_call(const char *file, int line, const char *event, struct want *args, unsigned nargs)
{
	unsigned i;

	pending = (struct done){ .file = file, .line = line, .event = event, .exit_event = event };
	for (i = 0; i < nargs; i++) {
		if (args[i].how == UNSEEN_ARG)
			continue;
		keep(&args[i]);
		if (args[i].how == IS_OBJECT)
			args[i].before = copy(args[i].data, args[i].len);
		pending.wants[pending.nwants++] = args[i];
	}
	pending.before = now();
}

void end_call(long ret)
{
	uint64_t after = now();
	unsigned i;

	i = __atomic_fetch_add(&calls->ncalls, 1, __ATOMIC_RELAXED);
	if (i >= CALLS_MAX)
		die("no room to note calls");
	last = &calls->calls[i];
	*last = pending;
	ids_now(&last->tgid, &last->tid);
	last->ret = ret;
	last->after = after;
	for (i = 0; i < last->nwants; i++)
		if (last->wants[i].how == IS_OBJECT)
			last->wants[i].data = copy(last->wants[i].data, last->wants[i].len);
}

long make_call(const char *file, int line, const char *event, long nr, struct want *args,
	       unsigned nargs)
{
	long a[6] = { 0 }, ret;
	unsigned i;

	for (i = 0; i < nargs && i < ARRAY_SIZE(a); i++)
		a[i] = args[i].arg;
	begin_call(file, line, event, args, nargs);
	ret = syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
	end_call(ret == -1 ? -errno : ret);
	return ret;
}

void will_end_call(long ret, const char *event)
{
	end_call(ret);
	last->after = -1;
	last->exit_event = event;
}

void will_not_return(void)
{
	end_call(0);
	last->after = -1;
	last->no_exit = true;
}

void call_is(const char *name, enum sct_event_abi abi)
{
	last->name = name;
	last->abi = abi;
}

void no_enter_record(void)
{
	last->no_enter = true;
}

void add_want(const struct want *want)
{
	if (last->nwants == WANTS_MAX)
		die("too many parameters of %s", last->event);
	last->wants[last->nwants] = *want;
	keep(&last->wants[last->nwants++]);
}

/* ---- the parent: reports ---- */

#define REPORTS_MAX 40u

static unsigned failures;
static uint64_t missed;		/* runs of the probe that the kernel skipped */

static void vfail(const char *fmt, va_list ap)
{
	if (failures++ < REPORTS_MAX) {
		vprintf(fmt, ap);
		putchar('\n');
	}
}

void fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfail(fmt, ap);
	va_end(ap);
}

void fail_event(const struct sct_event *event, const char *fmt, ...)
{
	static const struct sct_print_options options = {
		.sz = sizeof(options), .time = SCT_TIME_RELATIVE, .max_string = 80,
	};
	static struct sct_printer *printer;
	va_list ap;
	size_t len;

	va_start(ap, fmt);
	vfail(fmt, ap);
	va_end(ap);
	if (!printer)
		printer = sct_printer_new(&options);
	if (printer && failures <= REPORTS_MAX)
		printf("    in %.500s", sct_print(printer, event, &len));
}

/* ---- the parent: one parameter ---- */

static unsigned param_index(const struct sct_event_info *info, const char *name)
{
	unsigned i;

	for (i = 0; i < info->nparams; i++)
		if (!strcmp(info->params[i].name, name))
			break;
	return i;
}

static bool same_bytes(const struct sct_value *v, const void *data, size_t len)
{
	return v->len == len && (!len || !memcmp(v->data, data, len));
}

static bool is_number(const struct sct_value *v, const struct sct_type_info *type, uint64_t num)
{
	unsigned unused = type->scalar ? 64 - 8 * type->size : 0;

	if (v->kind == SCT_VALUE_INT && v->i != (int64_t)(num << unused) >> unused)
		return false;
	return (v->kind == SCT_VALUE_INT || v->kind == SCT_VALUE_UINT) &&
	       v->u == num << unused >> unused;
}

static bool is_bytes(const struct sct_value *v, const struct want *w, size_t max)
{
	size_t kept = w->len ? w->len : w->size < max ? w->size : max;

	return v->kind == SCT_VALUE_BYTES && same_bytes(v, w->data, kept) && v->size == w->size;
}

static bool is_object(const struct sct_value *v, const struct sct_type_info *type,
		      const void *object, const struct want *w)
{
	uint64_t num = 0;

	if (!object)
		return v->kind == SCT_VALUE_NONE;
	if (v->kind == SCT_VALUE_STRUCTS)
		return same_bytes(v, object, v->len) && v->size == w->len &&
		       (v->len == w->len || v->cut);
	memcpy(&num, object, w->len < sizeof(num) ? w->len : sizeof(num));
	return is_number(v, type, num);
}

static bool is_cgroup(const char *s, const char *want)
{
	size_t n = strcspn(want, "~"), len;

	if (!want[n])
		return !strcmp(s, want);
	if (strncmp(s, want, n))
		return false;
	s += n;
	want += n + 1;
	len = strlen(s);
	return !strcmp(s, "/") || (!strncmp(s, want, len) && (!want[len] || want[len] == '/'));
}

static bool are_cgroups(const struct sct_value *v, const struct want *w)
{
	const char *s = v->data, *want = w->data;
	const char *end = s + v->len, *want_end = want + w->len;

	if (v->kind != SCT_VALUE_STRINGS)
		return false;
	for (; s < end && want < want_end; s += strlen(s) + 1, want += strlen(want) + 1)
		if (!is_cgroup(s, want))
			return false;
	return s == end && want == want_end;
}

/* Data keeps so much; other things are kept whole up to the size of their type. */
static size_t most(const struct sct_type_info *type)
{
	if (!strcmp(type->token, "BYTES"))
		return SNAPLEN;
	if (!strcmp(type->format, "bytes") || !strcmp(type->format, "cmsg") ||
	    !strcmp(type->format, "fdset"))
		return type->size - sizeof(uint64_t);
	return type->size;
}

static bool is_wanted(const struct sct_value *v, const struct sct_type_info *type,
		      const struct want *w, bool enter)
{
	size_t len;

	switch (w->how) {
	case IS_NUM:
		return is_number(v, type, w->num);
	case IS_RANGE:
		return v->kind == SCT_VALUE_UINT && v->u >= w->num && v->u <= w->max;
	case IS_OBJECT:
		return is_object(v, type, enter ? w->before : w->data, w);
	case IS_STRING:
		len = strlen(w->data);
		return v->kind == SCT_VALUE_STRING &&
		       same_bytes(v, w->data, len < most(type) ? len : most(type) - 1);
	case IS_STRINGS:
		return v->kind == SCT_VALUE_STRINGS && same_bytes(v, w->data, w->len);
	case IS_CGROUPS:
		return are_cgroups(v, w);
	case IS_STRUCTS:
		return v->kind == SCT_VALUE_STRUCTS && same_bytes(v, w->data, w->len);
	case IS_BYTES:
		return is_bytes(v, w, most(type));
	case IS_FAULT:
		if (!w->data)
			return v->kind == SCT_VALUE_NONE;
		return (v->kind == SCT_VALUE_BYTES || v->kind == SCT_VALUE_STRUCTS) &&
		       same_bytes(v, w->data, w->len) && v->size == w->size;
	case IS_ADDRESS:
		return v->kind == SCT_VALUE_ADDRESS && same_bytes(v, w->data, w->len);
	case IS_ADDRESSES:
		return v->kind == SCT_VALUE_ADDRESSES && same_bytes(v, w->data, w->len) &&
		       v->peer_len == w->peer_len &&
		       (!v->peer_len || !memcmp(v->peer, w->peer, v->peer_len));
	default:	/* a list without strings is no different from none */
		return v->kind == SCT_VALUE_NONE || (v->kind == SCT_VALUE_STRINGS && !v->len);
	}
}

/*
 * It is the only one of a vector; how much of it was sent or came is known when the call has
 * returned.
 */
static bool is_message(const struct sct_event *event, unsigned i, const struct want *w, bool enter)
{
	struct sct_message m = { .sz = sizeof(m) }, second = { .sz = sizeof(second) };
	bool came = w->when == AT_RETURN;

	if (sct_event_message(event, i, 0, &m) || sct_event_message(event, i, 1, &second) != -ENOENT)
		return false;
	return same_bytes(&m.data, w->data, w->len) && m.data.size == w->len &&
	       same_bytes(&m.addr, w->peer, w->peer_len) && m.control.kind == SCT_VALUE_NONE &&
	       m.flags.kind == (came ? SCT_VALUE_UINT : SCT_VALUE_NONE) && m.flags.u == w->num &&
	       m.len.kind == (enter ? SCT_VALUE_NONE : SCT_VALUE_UINT) && m.len.u == (enter ? 0 : w->len);
}

static bool is_cut(const struct sct_type_info *type, const struct want *w)
{
	switch (w->how) {
	case IS_STRING:
		return strlen(w->data) >= most(type);
	case IS_BYTES:
	case IS_FAULT:
		return w->cut || w->size > most(type);
	case IS_OBJECT:
		return w->data && w->size >= type->size;
	default:
		return w->cut;
	}
}

static void describe(char *text, size_t size, const struct want *w)
{
	switch (w->how) {
	case IS_NUM:
		snprintf(text, size, "%lld (%#llx)", (long long)w->num, (unsigned long long)w->num);
		break;
	case IS_RANGE:
		snprintf(text, size, "from %llu to %llu", (unsigned long long)w->num,
			 (unsigned long long)w->max);
		break;
	case IS_STRING:
		snprintf(text, size, "\"%.60s\"", (const char *)w->data);
		break;
	case IS_BYTES:
		snprintf(text, size, "%llu bytes, \"%.*s\"", (unsigned long long)w->size,
			 w->size < 60 ? (int)w->size : 60, (const char *)w->data);
		break;
	case IS_NONE:
		snprintf(text, size, "empty");
		break;
	case IS_FAULT:
		snprintf(text, size, "faulted");
		break;
	default:
		snprintf(text, size, "what was passed");
	}
}

void check_param(const struct sct_event *event, const struct want *want)
{
	static const struct want none = { .how = IS_NONE };
	const struct sct_event_info *info = sct_event_info(event);
	unsigned i = param_index(info, want->param);
	bool enter = sct_event_is_enter(event);
	struct sct_value v = { .sz = sizeof(v) };
	const struct want *w = want;
	const struct sct_type_info *type;
	char text[128];
	bool good;

	if (i == info->nparams) {
		fail_event(event, "%s has no parameter %s", info->name, want->param);
		return;
	}
	if (enter && want->when == AT_ITS_TIME)
		return;
	if (enter && want->when == AT_RETURN)
		w = &none;
	type = sct_type_by_name(info->params[i].type);
	sct_event_value(event, i, &v);
	good = w->how == IS_MESSAGE ? is_message(event, i, w, enter) : is_wanted(&v, type, w, enter);
	if (good && v.faulted == (w->faulted || w->how == IS_FAULT) && v.cut == is_cut(type, w))
		return;
	describe(text, sizeof(text), w);
	fail_event(event, "%s of %s is not %s, but kind %d, %lld (%#llx), %zu of %llu bytes%s%s",
		   want->param, info->name, text, v.kind, (long long)v.i, (unsigned long long)v.u,
		   v.len, (unsigned long long)v.size, v.cut ? ", cut" : "",
		   v.faulted ? ", faulted" : "");
}

/* ---- the parent: one call ---- */

static void check_result(const struct sct_event *event, const struct done *d, const char *param)
{
	const struct want ret = { .param = param, .how = IS_NUM, .num = d->ret, .when = AT_RETURN };

	check_param(event, &ret);
}

static void check_params(const struct sct_event *event, const struct done *d)
{
	const struct sct_event_info *info = sct_event_info(event);
	unsigned i, n;

	for (n = 0; n < d->nwants; n++)
		if (d->event == d->exit_event ||
		    param_index(info, d->wants[n].param) < info->nparams)
			check_param(event, &d->wants[n]);
	for (i = 0; i < info->nparams; i++) {
		if (info->params[i].result) {
			check_result(event, d, info->params[i].name);
			continue;
		}
		for (n = 0; n < d->nwants; n++)
			if (!strcmp(d->wants[n].param, info->params[i].name))
				break;
		if (n == d->nwants)
			fail("nothing says what %s of %s must be", info->params[i].name, info->name);
	}
}

/*
 * What tests and the C library call to make processes, to look at them, to wait for them, and to
 * end.
 */
static bool is_beside(const struct sct_event *event)
{
	static const char *const names[] = {
		"capget", "clock_gettime", "clock_nanosleep", "exit", "exit_group",
		"get_robust_list", "getpgid", "getpid", "getrandom", "getrusage", "getsid",
		"gettid", "madvise", "preadv2", "readlink", "restart_syscall", "rseq", "rt_sigaction",
		"rt_sigprocmask", "rt_sigreturn", "sched_yield", "set_robust_list",
		"set_tid_address", "statx", "wait4", "waitid",
	};
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(names[i], sct_event_name(event)))
			return true;
	return false;
}

/* now() of ours, where the C library needs the kernel for that; nobody else asks for this clock. */
static bool is_our_clock(const struct sct_event *event)
{
	struct sct_value v = { .sz = sizeof(v) };

	return !strcmp(sct_event_name(event), "clock_gettime") &&
	       !sct_event_arg(event, "clockid", &v) && v.i == CLOCK_BOOTTIME;
}

/* Calls of a thread arrive in the order in which it made them. */
void compare_call(const struct sct_event *event)
{
	bool enter = sct_event_is_enter(event);
	unsigned before = failures, i;
	const struct sct_task *task;
	const char *name;
	struct done *d;

	if (is_our_clock(event))
		return;
	for (i = 0; i < calls->ncalls; i++) {
		d = &calls->calls[i];
		if (d->tid == sct_event_tid(event) && !d->seen_exit)
			break;
	}
	if (i == calls->ncalls || sct_event_ts(event) < d->before) {
		if (is_beside(event))
			return;
		fail_event(event, "thread %d noted no such call", sct_event_tid(event));
		return;
	}
	name = enter ? d->event : d->exit_event;
	if (strcmp(sct_event_info(event)->name, name) && is_beside(event))
		return;
	if (strcmp(sct_event_info(event)->name, name))
		fail_event(event, "a %s, not the %s", sct_event_info(event)->name, name);
	else
		check_params(event, d);
	if (enter ? d->seen_enter || d->no_enter : false)
		fail_event(event, "a record at entry too many");
	if (enter)
		d->seen_enter = true;
	if (!enter || d->no_exit)
		d->seen_exit = true;
	task = sct_event_task(event);
	if (sct_event_tgid(event) != d->tgid || !task || task->tid != d->tid || task->tgid != d->tgid)
		fail_event(event, "its process is not %d", d->tgid);
	if (sct_event_ts(event) > d->after)
		fail_event(event, "its time is not that of the call");
	if (sct_event_abi(event) != d->abi)
		fail_event(event, "its ABI is %d", sct_event_abi(event));
	if (strcmp(sct_event_name(event), d->name ? d->name : name))
		fail_event(event, "its name is %s", sct_event_name(event));
	if (failures > before)
		fail("    of the call at %s:%d", d->file, d->line);
}

/* Some calls have one although nobody asked: they may not return. */
static bool has_enter_record(const struct done *d, bool enter)
{
	const struct sct_syscall_info *call = sct_syscall_by_name(d->name ? d->name : d->event);

	return !d->no_enter && (enter || (call && call->enter));
}

void check_all_seen(bool enter)
{
	struct done *d;

	for (d = calls->calls; d < calls->calls + calls->ncalls; d++) {
		if (!d->seen_exit)
			fail("%s:%d: %s of thread %d did not arrive", d->file, d->line, d->event, d->tid);
		if (d->seen_enter != has_enter_record(d, enter))
			fail("%s:%d: %s %s record at entry", d->file, d->line, d->event,
			     d->seen_enter ? "has a" : "has no");
	}
}

bool was_called(const char *event)
{
	unsigned i;

	for (i = 0; i < calls->ncalls; i++)
		if (!strcmp(calls->calls[i].event, event))
			return true;
	return false;
}

bool is_native(const struct sct_event_info *ev)
{
	const struct sct_syscall_info *call;
	unsigned i;

	for (i = 0; (call = sct_syscall_at(i)); i++)
		if (call->event == ev && call->nr[0] >= 0)
			return true;
	return false;
}

/* ---- the parent: a session ---- */

uint64_t note_missed(struct sct_session *session)
{
	struct sct_stats stats = { .sz = sizeof(stats) };

	if (sct_stats(session, SCT_ALL_CPUS, SCT_ALL_EVENTS, &stats))
		fail("counters: %s", sct_strerror(session));
	missed += stats.missed;
	return stats.missed;
}

pid_t start_child(void (*run)(void))
{
	pid_t pid;

	memset(calls, 0, offsetof(struct log, arena) + calls->used);
	pid = fork();
	if (pid)
		return pid;
	umask(0);
	while (!__atomic_load_n(&calls->go, __ATOMIC_ACQUIRE))
		usleep(1000);
	run();
	end_process(0);
}

void let_child_run(void)
{
	__atomic_store_n(&calls->go, true, __ATOMIC_RELEASE);
}

void end_child(pid_t pid)
{
	int status = 0;

	waitpid(pid, &status, 0);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		fail("the child ended with status %#x: %s", status, calls->error);
}

static void take_events(struct sct_session *session, void (*each)(const struct sct_event *))
{
	const struct sct_event *const *events;
	ssize_t n, i;

	while (!sct_drained(session)) {
		n = sct_next(session, &events, -1);
		if (n < 0) {
			fail("reading: %s", sct_strerror(session));
			return;
		}
		for (i = 0; i < n; i++) {
			if (sct_event_lost(events[i]))
				fail("%llu records were lost",
				     (unsigned long long)sct_event_lost(events[i]));
			else
				each(events[i]);
		}
	}
}

static bool leave_test_dir(void)
{
	return !chdir("/") && !umount2(test_dir, MNT_DETACH) && !rmdir(test_dir);
}

#define INITIAL_CGROUP_NAMESPACE 0xeffffffbu	/* Linux: PROC_CGROUP_INIT_INO */

void enter_cgroup_namespace(void)
{
	struct stat st;
	int fd;

	if (stat("/proc/self/ns/cgroup", &st) || st.st_ino == INITIAL_CGROUP_NAMESPACE)
		return;		/* or the kernel has no cgroup namespaces */
	fd = open("/proc/1/ns/cgroup", O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWCGROUP)) {
		printf("cannot leave this cgroup namespace for that of init: %s\n", strerror(errno));
		leave_test_dir();
		exit(77);
	}
	close(fd);
}

void trace(const char *events, bool enter, void (*run)(void),
	   void (*each)(const struct sct_event *event))
{
	struct sct_options options = {
		.sz = sizeof(options), .backend = getenv("SCT_BACKEND"), .events = events, .enter = enter,
		.argv_max = 4096,	/* also where no program is executed */
	};
	struct sct_session *session;
	pid_t pid = start_child(run);
	int err;

	options.pids = &pid;
	options.npids = 1;
	err = sct_open(&session, &options);
	let_child_run();
	end_child(pid);
	if (err) {
		printf("%s\n", sct_strerror(session));
		sct_close(session);
		leave_test_dir();
		exit(err == -EPERM || err == -ENOTSUP ? 77 : 1);
	}
	sct_stop(session);
	take_events(session, each);
	note_missed(session);
	sct_close(session);
}

void *map_shared(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE,
		       -1, 0);

	if (p == MAP_FAILED) {
		perror("shared memory");
		exit(1);
	}
	return p;
}

bool find_program(const char *name, char *path, size_t size)
{
	static const char *const where[] = { "", "../live/", "../bin/" };	/* in a guest the last */
	char self[3000];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	unsigned i;

	while (n > 0 && self[n - 1] != '/')
		n--;
	for (i = 0; n > 0 && i < ARRAY_SIZE(where); i++) {
		snprintf(path, size, "%.*s%s%s", (int)n, self, where[i], name);
		if (!access(path, X_OK))
			return true;
	}
	return false;
}

/* A file system that nobody else sees and that ends with the test. */
void test_begin(void)
{
	static char dir[] = "/tmp/sctrace-test-XXXXXX";

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (geteuid()) {
		puts("tracing needs root");
		exit(77);
	}
	calls = map_shared(sizeof(*calls));
	if (!mkdtemp(dir)) {
		perror(dir);
		exit(1);
	}
	test_dir = dir;
	cpus = sysconf(_SC_NPROCESSORS_ONLN);
	if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("none", dir, "tmpfs", 0, NULL) || chdir(dir)) {
		perror("a file system of its own for the test");
		rmdir(dir);
		exit(77);
	}
}

#define TRIES 5

/*
 * Kernels that run the probe preemptibly skip it when it is already running on that CPU: what
 * such a run of the test misses may be theirs.  Only one without skips shows what is ours.
 */
static void try_again(void)
{
	const char *tried = getenv("TEST_TRIED");
	unsigned n = 1 + (tried ? atoi(tried) : 0);
	char text[16];

	printf("note: try %u: the kernel skipped the probe %llu times, the failures may be that\n", n,
	       (unsigned long long)missed);
	if (n == TRIES) {
		puts("nothing can be concluded: the kernel skips the probe in each try");
		exit(77);
	}
	snprintf(text, sizeof(text), "%u", n);
	setenv("TEST_TRIED", text, 1);
	execl("/proc/self/exe", program_invocation_short_name, NULL);
	fail("trying again: %s", strerror(errno));
}

void test_end(void)
{
	if (!leave_test_dir())
		fail("cleaning up %s: %s", test_dir, strerror(errno));
	if (failures > REPORTS_MAX)
		printf("and %u more\n", failures - REPORTS_MAX);
	if (failures && missed)
		try_again();
	if (missed)
		printf("note: the kernel skipped the probe %llu times, but nothing is missing\n",
		       (unsigned long long)missed);
	exit(failures ? 1 : 0);
}
