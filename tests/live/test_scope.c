// SPDX-License-Identifier: MIT
/*
 * Who is traced: all of a tree, whatever way its processes came to be, until the last has ended,
 * and nobody else; and what is told of each task is right.
 *
 * Each role of a scenario notes what it knows of itself, then makes one call that nobody else
 * makes.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include "session.h"

#define MARK	  0x5c7ace	/* no such thing to have a priority: EINVAL */
#define NOBODY	  65534
#define WAIT_MS	  60000

#define ROLES(X)									\
	X(MAIN) X(RENAMED) X(THREAD) X(CHILD) X(GRANDCHILD) X(CHILD_THREAD) X(SETUID)	\
	X(EXEC) X(VFORK) X(DAEMON) X(LAST) X(FIRST_OF_PID) X(SECOND_OF_PID) X(NEW_CHILD)	\
	X(SIBLING) X(OUTSIDER) X(OUTSIDER_REUSE) X(SELF) X(OWN_CHILD) X(BYSTANDER)

enum role {
#define X(role) role,
	ROLES(X)
#undef X
	NROLES,
};

static const char *const role_names[NROLES] = {
#define X(role) #role,
	ROLES(X)
#undef X
};

struct self {
	pid_t tid, tgid, ppid;
	uid_t uid;
	char comm[16], exe[512], cgroup[512];
	bool reparented;	/* ppid may be either */
};

/* All processes of the test share it. */
static struct shared {
	struct self self[NROLES];
	atomic_uint ready, bystanders;
	atomic_bool over;
	atomic_int reuse;	/* process id that an outsider shall take, then 0, or -1: it cannot */
} *shared;
static int shared_fd, go;

static void msleep(unsigned ms)
{
	const struct timespec ts = { .tv_nsec = ms * 1000000l };

	nanosleep(&ts, NULL);
}

#define wait_until(cond)					\
	do {							\
		unsigned left = WAIT_MS;			\
		while (!(cond) && --left)			\
			msleep(1);				\
		check(cond, "waited in vain");			\
	} while (0)

/* ---- roles ---- */

static void read_line(char *to, size_t size, const char *path, const char *start)
{
	FILE *f = fopen(path, "re");
	char line[1024];

	while (f && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (!strncmp(line, start, strlen(start)))
			snprintf(to, size, "%.*s", (int)size - 1, line + strlen(start));
	}
	if (f)
		fclose(f);
}

static void mark(enum role role)
{
	struct self *self = &shared->self[role];

	self->tid = gettid();
	self->tgid = getpid();
	self->ppid = getppid();
	self->uid = getuid();
	prctl(PR_GET_NAME, self->comm);
	if (readlink("/proc/self/exe", self->exe, sizeof(self->exe) - 1) < 0)
		self->exe[0] = '\0';
	read_line(self->cgroup, sizeof(self->cgroup), "/proc/self/cgroup", "0::");
	syscall(SYS_getpriority, MARK, role);
}

static void wait_for_go(void)
{
	char c;

	atomic_fetch_add(&shared->ready, 1);
	while (read(go, &c, 1) < 0 && errno == EINTR)
		;
}

static void *thread(void *role)
{
	prctl(PR_SET_NAME, "a thread");
	if (go)
		wait_for_go();
	mark((enum role)(long)role);
	return NULL;
}

static pthread_t start_thread(enum role role)
{
	pthread_t t;

	check(!pthread_create(&t, NULL, thread, (void *)(long)role), "%m");
	return t;
}

static void reap(pid_t pid)
{
	int status;

	check(waitpid(pid, &status, 0) == pid, "%m");
	check(!status, "status %#x", status);
}

/* 0 in the child.  Whoever outlives the test's end by failure is ended by the kernel. */
static pid_t start(const char *name)
{
	pid_t pid = fork();

	check(pid >= 0, "%m");
	if (!pid) {
		prctl(PR_SET_NAME, name);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	}
	return pid;
}

/* A child with this process id, which must be free: 0 in it; -1 when that cannot be had. */
static pid_t start_as(pid_t pid, const char *name)
{
	struct clone_args args = {
		.exit_signal = SIGCHLD, .set_tid = (unsigned long)&pid, .set_tid_size = 1,
	};
	pid_t child = syscall(SYS_clone3, &args, sizeof(args));

	if (!child)
		prctl(PR_SET_NAME, name);
	return child;
}

/* In a process that belongs to init; 0 in it. */
static pid_t start_daemon(const char *name)
{
	pid_t pid = fork(), middle;

	check(pid >= 0, "%m");
	if (pid) {
		reap(pid);
		return pid;
	}
	middle = getpid();
	setsid();
	pid = fork();
	if (pid)
		_exit(pid < 0);
	prctl(PR_SET_NAME, name);
	wait_until(getppid() != middle);
	return 0;
}

/* ---- the tree of a command ---- */

static void run_child(void)
{
	pid_t pid;

	mark(CHILD);
	pid = start("grandchild");
	if (!pid) {
		mark(GRANDCHILD);
		_exit(0);
	}
	reap(pid);
	pthread_join(start_thread(CHILD_THREAD), NULL);
	check(!setuid(NOBODY), "%m");
	mark(SETUID);
}

static void run_daemon(int main_lives)
{
	char c;

	shared->self[DAEMON].reparented = shared->self[LAST].reparented = true;
	mark(DAEMON);
	check(read(main_lives, &c, 1) == 0, "%m");
	mark(LAST);
}

static void spawn_self(const char *what, char *fd)
{
	char *argv[] = { "test_scope", (char *)what, fd, NULL };
	pid_t pid;

	check(!posix_spawn(&pid, "/proc/self/exe", NULL, NULL, argv, environ), "%m");
	reap(pid);
}

/* Two processes, one after the other, with one id. */
static void reuse_pid(void)
{
	pid_t pid = start("the first"), second;

	if (!pid) {
		mark(FIRST_OF_PID);
		_exit(0);
	}
	reap(pid);
	second = start_as(pid, "the second");
	if (!second) {
		mark(SECOND_OF_PID);
		_exit(0);
	}
	if (second > 0)
		reap(second);
}

/* In its parent's memory, while that waits: as vfork() does. */
static int run_vforked(void *unused)
{
	(void)unused;
	mark(VFORK);
	return 0;
}

static void run_command(char *fd)
{
	static char stack[64 << 10] __attribute__((aligned(16)));
	int lives[2];
	pid_t pid;

	mark(MAIN);
	prctl(PR_SET_NAME, "renamed");
	mark(RENAMED);
	pthread_join(start_thread(THREAD), NULL);
	pid = start("child");
	if (!pid) {
		run_child();
		_exit(0);
	}
	reap(pid);
	spawn_self("exec", fd);
	pid = clone(run_vforked, stack + sizeof(stack), CLONE_VM | CLONE_VFORK | SIGCHLD, NULL);
	reap(pid);
	reuse_pid();
	check(!pipe(lives), "%m");
	if (!start_daemon("daemon")) {
		close(lives[1]);
		run_daemon(lives[0]);
		_exit(0);
	}
}

/* ---- what arrives ---- */

static unsigned seen[NROLES];
static uint64_t start_times[NROLES];
static char first[64], last[64];

static void describe(char buf[64], const struct sct_event *e)
{
	snprintf(buf, 64, "%s%s of %d", sct_event_name(e), sct_event_is_enter(e) ? " (enter)" : "",
		 sct_event_tid(e));
}

/* A cgroup namespace may hide the beginning. */
static bool ends_with(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);

	return !strcmp(end, "/") || (n >= m && !strcmp(path + n - m, end));
}

static void check_task(const struct sct_event *e, enum role role)
{
	const struct self *self = &shared->self[role];
	const struct sct_task *task = sct_event_task(e);
	const char *name = role_names[role];

	check(task, "%s has none", name);
	start_times[role] = task->start_time;
	check(sct_event_tid(e) == self->tid && sct_event_tgid(e) == self->tgid, "%s is %d of %d",
	      name, sct_event_tid(e), sct_event_tgid(e));
	check(task->tid == self->tid && task->tgid == self->tgid, "%s: %d of %d", name, task->tid,
	      task->tgid);
	check(self->reparented || task->ppid == self->ppid, "%s: %d, not %d", name, task->ppid,
	      self->ppid);
	check(task->uid == self->uid, "%s: %u, not %u", name, task->uid, self->uid);
	check(!strcmp(task->comm, self->comm), "%s: '%s', not '%s'", name, task->comm, self->comm);
	check(!self->exe[0] || !strcmp(task->exe, self->exe), "%s: '%s', not '%s'", name, task->exe,
	      self->exe);
	check(ends_with(task->cgroup, self->cgroup), "%s: '%s', not '%s'", name, task->cgroup,
	      self->cgroup);
}

static void see(const struct sct_event *e)
{
	int64_t role;

	check(!sct_event_lost(e), "events are lost");
	if (strcmp(sct_event_name(e), "getpriority"))
		return;
	if (number_of(e, "which") != MARK)
		return;
	role = number_of(e, "who");
	check(role >= 0 && role < NROLES, "%lld", (long long)role);
	seen[role]++;
	check_task(e, role);
}

/* One batch; time never goes back in it. */
static void consume(struct sct_session *s)
{
	const struct sct_event *const *events;
	ssize_t n = sct_next(s, &events, 50), i;

	check(n >= 0, "%s", sct_strerror(s));
	for (i = 0; i < n; i++) {
		check(!i || sct_event_ts(events[i]) >= sct_event_ts(events[i - 1]),
		      "%s before %s", sct_event_name(events[i]), sct_event_name(events[i - 1]));
		if (!first[0])
			describe(first, events[i]);
		describe(last, events[i]);
		see(events[i]);
	}
}

static void consume_until_nobody_lives(struct sct_session *s)
{
	while (!sct_drained(s)) {
		consume(s);
		if (sct_traced(s) == 0)
			sct_stop(s);
	}
}

static uint64_t missed_in(struct sct_session *s)
{
	return stats_of(s, SCT_ALL_CPUS, SCT_ALL_EVENTS).missed;
}

/* Not there, although it should be: the kernel must have skipped the probe for each such. */
static unsigned missing;

static void check_missing(struct sct_session *s)
{
	unsigned long long missed = missed_in(s);

	check(missing <= missed, "%u, but the kernel skipped the probe %llu times", missing, missed);
	if (missed)
		printf("note: the kernel skipped the probe %llu times, %u events are missing\n",
		       missed, missing);
}

static void check_end(struct sct_session *s, const char *which, const char *is, const char *want)
{
	if (strcmp(is, want)) {
		check(missed_in(s), "the %s is %s, not %s", which, is, want);
		missing++;
	}
}

/* These once each, and nobody else. */
static void check_seen(struct sct_session *s, const enum role *roles, unsigned n)
{
	uint64_t missed = missed_in(s);
	unsigned expected[NROLES] = { 0 }, i;

	for (i = 0; i < n; i++)
		expected[roles[i]] = 1;
	for (i = 0; i < NROLES; i++) {
		check(seen[i] == expected[i] || (!seen[i] && missed),
		      "%s: %u times instead of %u", role_names[i], seen[i], expected[i]);
		missing += expected[i] - seen[i];
	}
}
#define check_roles(session, ...)						\
	do {									\
		static const enum role roles[] = { __VA_ARGS__ };		\
		check_seen(session, roles, sizeof(roles) / sizeof(*roles));	\
	} while (0)

/* ---- scenarios ---- */

static void begin(void)
{
	memset(shared, 0, sizeof(*shared));
	memset(seen, 0, sizeof(seen));
	memset(start_times, 0, sizeof(start_times));
	missing = 0;
	first[0] = last[0] = '\0';
	go = 0;
}

static pid_t start_bystander(void)
{
	pid_t pid = start("bystander");

	if (pid)
		return pid;
	while (!shared->over) {
		syscall(SYS_getpriority, MARK, BYSTANDER);
		atomic_fetch_add(&shared->bystanders, 1);
	}
	_exit(0);
}

/* The bystander's calls were seen, and kept back. */
static void end_bystander(struct sct_session *s, pid_t pid, unsigned before, unsigned after)
{
	struct sct_stats st = stats_of(s, SCT_ALL_CPUS,
				       sct_syscall_by_name("getpriority")->event->id);

	check(st.filtered + missed_in(s) >= after - before && after > before,
	      "%llu, but it made %u", (unsigned long long)st.filtered, after - before);
	shared->over = true;
	reap(pid);
}

/* What every process of the machine makes is not asked for, but only what these here make. */
static void command(void)
{
	struct sct_options opt = { .events = "getpriority,execve,procexit" };
	unsigned before, after;
	struct sct_session *s;
	char fd[16], text[64], c;
	int wait[2];
	pid_t bystander, pid;

	begin();
	bystander = start_bystander();
	check(!pipe2(wait, O_CLOEXEC), "%m");
	snprintf(fd, sizeof(fd), "%d", shared_fd);
	pid = start("not yet");
	if (!pid) {
		mark(SELF);	/* before its execve it is not traced */
		close(wait[1]);
		if (read(wait[0], &c, 1) == 1)
			execl("/proc/self/exe", "test_scope", "command", fd, NULL);
		_exit(1);
	}
	opt.armed = pid;
	s = open_session(&opt);
	before = shared->bystanders;
	check(write(wait[1], "", 1) == 1, "%m");
	consume(s);
	reap(pid);
	after = shared->bystanders;
	consume_until_nobody_lives(s);
	close(wait[0]);
	close(wait[1]);
	end_bystander(s, bystander, before, after);

	if (shared->self[SECOND_OF_PID].tid) {
		check_roles(s, MAIN, RENAMED, THREAD, CHILD, GRANDCHILD, CHILD_THREAD, SETUID,
			    EXEC, VFORK, DAEMON, LAST, FIRST_OF_PID, SECOND_OF_PID);
		check(shared->self[FIRST_OF_PID].tid == shared->self[SECOND_OF_PID].tid, "!");
		check(!seen[SECOND_OF_PID] ||
		      start_times[SECOND_OF_PID] > start_times[FIRST_OF_PID], "!");
	} else {
		check_roles(s, MAIN, RENAMED, THREAD, CHILD, GRANDCHILD, CHILD_THREAD, SETUID,
			    EXEC, VFORK, DAEMON, LAST, FIRST_OF_PID);
	}
	snprintf(text, sizeof(text), "execve (enter) of %d", pid);
	check_end(s, "first", first, text);
	snprintf(text, sizeof(text), "procexit of %d", shared->self[LAST].tid);
	check_end(s, "last", last, text);
	check_missing(s);
	sct_close(s);
}

static void run_waiting_child(void)
{
	pthread_t t = start_thread(CHILD_THREAD);
	pid_t pid = start("grandchild");

	wait_for_go();
	if (!pid) {
		mark(GRANDCHILD);
		_exit(0);
	}
	mark(CHILD);
	pthread_join(t, NULL);
	reap(pid);
	_exit(0);
}

static void run_running(void)
{
	pthread_t t = start_thread(THREAD);
	pid_t child = start("child"), pid;

	if (!child)
		run_waiting_child();
	wait_for_go();
	mark(MAIN);
	pthread_join(t, NULL);
	reap(child);
	pid = start("new child");
	if (!pid) {
		mark(NEW_CHILD);
		_exit(0);
	}
	reap(pid);
	shared->reuse = pid;	/* for an outsider: the scope must not be handed on */
	wait_until(shared->reuse <= 0);
	_exit(0);
}

/* Nobody's child here, it waits to take a process id. */
static void run_outsider(void)
{
	pid_t pid;

	atomic_fetch_add(&shared->ready, 1);
	wait_until(shared->reuse > 0);
	pid = start_as(shared->reuse, "other");
	if (!pid) {
		mark(OUTSIDER_REUSE);
		_exit(0);
	}
	mark(OUTSIDER);
	if (pid > 0)
		reap(pid);
	shared->reuse = pid > 0 ? 0 : -1;
	_exit(0);
}

static void running(void)
{
	struct sct_options opt = { .events = "getpriority", .npids = 1 };
	struct sct_session *s;
	pid_t sibling, pid;
	int pipe[2];

	begin();
	check(!pipe2(pipe, O_CLOEXEC), "%m");
	go = pipe[0];
	if (!start_daemon("outsider")) {
		close(pipe[1]);
		run_outsider();
	}
	pid = start("main");
	if (!pid) {
		close(pipe[1]);
		run_running();
	}
	sibling = start("sibling");
	if (!sibling) {
		close(pipe[1]);
		wait_for_go();
		mark(SIBLING);
		_exit(0);
	}
	wait_until(shared->ready == 7);
	opt.pids = &pid;
	s = open_session(&opt);
	close(pipe[1]);
	consume_until_nobody_lives(s);
	reap(pid);
	reap(sibling);
	close(pipe[0]);
	check_roles(s, MAIN, THREAD, CHILD, CHILD_THREAD, GRANDCHILD, NEW_CHILD);
	check(shared->self[SIBLING].tid && shared->self[OUTSIDER].tid, "they made no call");
	if (shared->reuse < 0)
		puts("note: no process id could be used again");
	check_missing(s);
	sct_close(s);
}

/* Of others than the test's processes, no event is looked at. */
static void whole_machine(void)
{
	struct sct_options opt = { .events = "getpriority" };
	unsigned waits = 0;
	pid_t before, during;
	struct sct_session *s;
	int pipe[2];

	begin();
	before = start_bystander();
	check(!pipe2(pipe, O_CLOEXEC), "%m");
	go = pipe[0];
	if (!start_daemon("outsider")) {
		close(pipe[1]);
		wait_for_go();
		shared->self[OUTSIDER].reparented = true;
		mark(OUTSIDER);
		_exit(0);
	}
	wait_until(shared->ready == 1 && shared->bystanders);
	s = open_session(&opt);
	check(sct_traced(s) < 0, "!");
	mark(SELF);
	during = start("own child");
	if (!during) {
		mark(OWN_CHILD);
		_exit(0);
	}
	reap(during);
	close(pipe[1]);
	while (!seen[OUTSIDER] && (waits++ < 100 || !missed_in(s)))
		consume(s);
	sct_stop(s);
	while (!sct_drained(s))
		consume(s);
	close(pipe[0]);
	shared->over = true;
	reap(before);
	check_roles(s, OUTSIDER);
	check_missing(s);
	sct_close(s);
}

static void map_shared(int fd)
{
	shared_fd = fd;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	check(shared != MAP_FAILED, "%m");
}

int main(int argc, char **argv)
{
	int fd;

	if (argc == 3) {
		map_shared(atoi(argv[2]));
		if (!strcmp(argv[1], "exec"))
			mark(EXEC);
		else
			run_command(argv[2]);
		return 0;
	}
	need_root();
	fd = memfd_create("shared", 0);
	check(fd >= 0 && !ftruncate(fd, sizeof(*shared)), "%m");
	map_shared(fd);
	command();
	running();
	whole_machine();
	return 0;
}
