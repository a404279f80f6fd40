// SPDX-License-Identifier: MIT
/* What is asked for beside events: calls by their results, and how long they took. */
#include <errno.h>
#include <sctrace.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <time.h>
#include "session.h"

#define EVENTS	 "read,mkdir,rmdir,nanosleep,fork,wait4,execve,exit_group,procexit"
#define TIMES	 20	/* of each call that is counted */
#define SLEEP_NS 30000000

/* Runs of the probe that the kernel skipped, in all sessions. */
static uint64_t missed;

/* Are there as many as expected, but for those that the kernel skipped the probe for? */
static bool as_many(uint64_t got, uint64_t expected)
{
	return got + missed >= expected && got <= expected + missed;
}

/* What one session has shown. */
static struct found {
	bool durations;		/* they were asked for */
	unsigned ok, failed, enter, ends;
	unsigned timed, sleeps, first_reads, children;
} found;

/* The child: waits in a call that began before the session, then makes calls of each kind. */
static void make_calls(int fd)
{
	const struct timespec time = { .tv_nsec = SLEEP_NS };
	char c, dir[64];
	pid_t pid;
	int i;

	snprintf(dir, sizeof(dir), "/tmp/sctrace-results.%d", getpid());
	if (syscall(SYS_read, fd, &c, 1) != 1)
		_exit(1);
	for (i = 0; i < TIMES; i++) {
		syscall(SYS_mkdir, dir, 0700);
		syscall(SYS_mkdir, dir, 0700);	/* EEXIST */
		syscall(SYS_rmdir, dir);
	}
	syscall(SYS_nanosleep, &time, NULL);
	pid = syscall(SYS_fork);
	if (!pid)
		syscall(SYS_exit_group, 0);
	syscall(SYS_wait4, pid, NULL, 0, NULL);
	execl("/no/such", "such", NULL);
	execl("/bin/true", "true", NULL);
	_exit(1);
}

static void check_duration(const struct sct_event *e, int64_t ret)
{
	const int64_t took = sct_event_duration(e);
	const char *name = sct_event_name(e);

	if (!found.durations || sct_event_is_enter(e) || !sct_event_info(e)->is_call) {
		check(took == -1, "%s took %lld", name, (long long)took);
		return;
	}
	if (!strcmp(name, "read") && !found.first_reads++) {
		check(took == -1, "what began before the session took %lld", (long long)took);
		return;
	}
	if (!strcmp(name, "fork") && !ret) {
		found.children++;
		check(took == -1, "a child's first return took %lld", (long long)took);
		return;
	}
	check(took > 0 && took < (int64_t)sct_event_ts(e), "%s took %lld", name, (long long)took);
	check(took < 60000000000, "%s took %lld", name, (long long)took);
	found.timed++;
	if (!strcmp(name, "nanosleep") || !strcmp(name, "clock_nanosleep")) {
		found.sleeps++;
		check(took >= SLEEP_NS, "%s took %lld", name, (long long)took);
	}
}

static void look(const struct sct_event *e)
{
	const struct sct_event_info *info = sct_event_info(e);
	struct sct_value v = { .sz = sizeof(v) };
	unsigned i;

	check(strcmp(info->name, "loss"), "records are lost");
	if (sct_event_is_enter(e))
		found.enter++;
	for (i = 0; i < info->nparams; i++)
		if (info->params[i].result)
			check(!sct_event_value(e, i, &v), "the result of %s", info->name);
	check_duration(e, v.i);
	if (!info->is_call)
		found.ends++;
	else if (v.kind != SCT_VALUE_NONE && v.i < 0)
		found.failed++;
	else if (!sct_event_is_enter(e))
		found.ok++;
}

/* The child waits for us: it sleeps in no other call before. */
static void wait_for_sleep(pid_t pid)
{
	char path[64], state = '?';
	unsigned tries;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	for (tries = 0; tries < 60000 && state != 'S'; tries++) {
		usleep(1000);
		f = fopen(path, "re");
		check(f, "%s: %m", path);
		check(fscanf(f, "%*d (%*[^)]) %c", &state) == 1, "%s", path);
		fclose(f);
	}
	check(state == 'S', "the child has state %c", state);
}

/* Trace the child, and let it go when the session is open. */
static struct sct_stats trace_with(struct sct_options opt)
{
	struct sct_stats st;
	struct sct_session *s;
	int go[2], status;
	pid_t pid;

	found = (struct found){ .durations = opt.durations };
	check(!pipe2(go, O_CLOEXEC), "%m");
	pid = fork();
	check(pid >= 0, "%m");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		make_calls(go[0]);
	}
	opt.events = EVENTS;
	opt.pids = &pid;
	opt.npids = 1;
	wait_for_sleep(pid);	/* in its read */
	s = open_session(&opt);
	check(write(go[1], "", 1) == 1, "%m");
	trace_to_end(s, look);
	check(waitpid(pid, &status, 0) == pid && !status, "status %x", status);
	st = stats_of(s, SCT_ALL_CPUS, SCT_ALL_EVENTS);
	missed += st.missed;
	check(st.seen == st.delivered + st.filtered + dropped(&st), "the counters do not add up");
	sct_close(s);
	close(go[0]);
	close(go[1]);
	return st;
}

int main(void)
{
	struct sct_options all = { 0 }, ok = { .results = SCT_RESULTS_SUCCESS };
	struct sct_options failed = { .results = SCT_RESULTS_ERROR };
	struct sct_options times = { .durations = true };
	struct sct_options failed_times = { .results = SCT_RESULTS_ERROR, .durations = true };
	struct sct_options wrong = { .sz = sizeof(wrong), .results = 3 };
	struct sct_session *s;
	struct found every;

	need_root();
	trace_with(all);
	every = found;
	check(every.ok + missed >= 2 * TIMES + 4 && as_many(every.failed, TIMES + 1) &&
	      every.enter + missed >= 3 && as_many(every.ends, 2), "%u, %u, %u, %u", every.ok,
	      every.failed, every.enter, every.ends);

	check(trace_with(ok).filtered + missed >= TIMES + 1, "failed calls are not counted as filtered");
	check(as_many(found.ok, every.ok) && !found.failed && !found.enter && as_many(found.ends, 2),
	      "%u, %u, %u, %u", found.ok, found.failed, found.enter, found.ends);

	check(trace_with(failed).filtered + missed >= 2 * TIMES,
	      "successful calls are not counted as filtered");
	check(!found.ok && as_many(found.failed, every.failed) && !found.enter && as_many(found.ends, 2),
	      "%u, %u, %u, %u", found.ok, found.failed, found.enter, found.ends);

	trace_with(times);
	check(as_many(found.ok, every.ok) && as_many(found.failed, every.failed) &&
	      as_many(found.enter, every.enter), "%u, %u, %u", found.ok, found.failed, found.enter);
	check(as_many(found.timed, every.ok + every.failed - 2) && as_many(found.sleeps, 1) &&
	      as_many(found.children, 1), "%u of %u, %u, %u", found.timed, every.ok + every.failed,
	      found.sleeps, found.children);

	trace_with(failed_times);
	check(!found.ok && as_many(found.failed, every.failed) && as_many(found.timed, every.failed),
	      "%u, %u, %u", found.ok, found.failed, found.timed);

	check(sct_open(&s, &wrong) == -EINVAL && strstr(sct_strerror(s), "results is 3"), "%s",
	      sct_strerror(s));
	sct_close(s);
	wrong.results = SCT_RESULTS_ERROR;
	wrong.enter = true;
	check(sct_open(&s, &wrong) == -EINVAL && strstr(sct_strerror(s), "no result"), "%s", sct_strerror(s));
	sct_close(s);
	if (missed)
		printf("the kernel skipped the probe %llu times\n", (unsigned long long)missed);
	return 0;
}
