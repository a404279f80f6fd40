// SPDX-License-Identifier: MIT
/*
 * The scope: one byte per process id, shared with the kernel side, which hands it on at fork and
 * notes in it that the process ends (enum sct_scope).
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "live.h"

#define PROC_PID_INIT_INO 0xEFFFFFFCu	/* include/linux/proc_ns.h: the initial pid namespace */

#define PF_EXITING 4u	/* include/linux/sched.h: set before the tracepoint of the exit is hit */

#define LOOK_MS	 1000	/* between two looks at whether processes live, */
#define LOOK_MAX 64u	/* at so many of them */

struct stat_line {
	pid_t ppid;
	unsigned flags;
};

/* Of a process or thread: proc(5), /proc/PID/stat.  -ESRCH when it is gone. */
static int read_stat(const char *path, struct stat_line *st)
{
	FILE *f = fopen(path, "re");
	char line[512], *end;
	int err = 0;

	if (!f)
		return errno == ENOENT ? -ESRCH : -errno;
	if (!fgets(line, sizeof(line), f))
		err = -ESRCH;
	fclose(f);
	if (err)
		return err;
	end = strrchr(line, ')');	/* the name may contain anything */
	return end && sscanf(end + 1, " %*c %d %*d %*d %*d %*d %u", &st->ppid, &st->flags) == 2 ? 0 : -EINVAL;
}

static bool is_number(const char *s)
{
	return isdigit((unsigned char)*s);
}

/* Is it gone, or about to be?  Not when that cannot be told. */
static bool is_ending(const char *path)
{
	struct stat_line st = {};
	int err = read_stat(path, &st);

	return err ? err == -ESRCH : st.flags & PF_EXITING;
}

/* The first thread may have ended before the others. */
static bool all_threads_end(pid_t pid)
{
	char dir[64], path[sizeof(dir) + sizeof("/stat") + NAME_MAX];
	bool end = true;
	struct dirent *e;
	DIR *tasks;

	snprintf(dir, sizeof(dir), "/proc/%d/task", pid);
	tasks = opendir(dir);
	if (!tasks)
		return errno == ENOENT;
	while (end && (e = readdir(tasks))) {
		snprintf(path, sizeof(path), "%s/%s/stat", dir, e->d_name);
		end = !is_number(e->d_name) || is_ending(path);
	}
	closedir(tasks);
	return end;
}

/*
 * Parent of a live process; 0 when it is gone, a zombie, or about to be: the kernel side may have
 * noted its end already.  Of any other it will.
 */
static pid_t parent_of(pid_t pid)
{
	struct stat_line st = {};
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (read_stat(path, &st) || (st.flags & PF_EXITING && all_threads_end(pid)))
		return 0;
	return st.ppid ? st.ppid : 1;	/* init and kernel threads: alive, and nobody's child */
}

/* Certainly: what /proc does not show, or cannot show now, may live. */
static bool has_ended(pid_t pid)
{
	char path[64];

	if (kill(pid, 0) && errno == ESRCH)
		return true;
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	return !access(path, F_OK) && is_ending(path) && all_threads_end(pid);
}

/* Is the id that of a thread, not of a process?  proc(5), /proc/PID/status. */
static bool is_thread(pid_t pid)
{
	char path[64], line[128];
	int tgid = pid;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f) && sscanf(line, "Tgid: %d", &tgid) != 1)
		;
	if (f)
		fclose(f);
	return tgid != pid;
}

static bool in_initial_pid_namespace(void)
{
	struct stat st;

	return stat("/proc/self/ns/pid", &st) || st.st_ino == PROC_PID_INIT_INO;
}

int sct_scope_check(struct sct_live *live)
{
	unsigned i;
	pid_t pid;

	if (!in_initial_pid_namespace())
		return sct_fail(live->source.diag, -ENOTSUP, "sctrace must run in the host's pid namespace: process ids mean others here (for a container: --pid=host)");
	for (i = 0; i < live->driver.opt->npids; i++) {
		pid = live->driver.opt->pids[i];
		if (pid <= 0 || pid >= (pid_t)SCT_PID_LIMIT || !parent_of(pid))
			return sct_fail(live->source.diag, -ESRCH, "no process with id %d", pid);
		if (is_thread(pid))
			return sct_fail(live->source.diag, -ESRCH, "%d is a thread: give the id of its process", pid);
	}
	return 0;
}

int sct_scope_begin(struct sct_live *live)
{
	__u8 *scope = live->driver.scope;
	unsigned i;

	scope[getpid()] = SCT_SCOPE_HIDE;
	for (i = 0; i < live->driver.opt->npids; i++)
		scope[live->driver.opt->pids[i]] = SCT_SCOPE_TRACE;
	if (live->driver.opt->armed)
		scope[live->driver.opt->armed] = SCT_SCOPE_ARMED;
	return 0;
}

/* Give processes without a scope the one of their parent; how many were given one? */
static unsigned inherit_round(__u8 *scope)
{
	DIR *proc = opendir("/proc");
	unsigned given = 0;
	struct dirent *e;
	pid_t pid, ppid;

	if (!proc)
		return 0;
	while ((e = readdir(proc))) {
		if (!is_number(e->d_name))
			continue;
		pid = atoi(e->d_name);
		if (pid <= 0 || pid >= (pid_t)SCT_PID_LIMIT || scope[pid] != SCT_SCOPE_DEFAULT)
			continue;
		ppid = parent_of(pid);
		if (ppid > 0 && ppid < (pid_t)SCT_PID_LIMIT &&
		    (scope[ppid] == SCT_SCOPE_TRACE || scope[ppid] == SCT_SCOPE_HIDE)) {
			scope[pid] = scope[ppid];
			given++;
			if (!parent_of(pid)) {	/* it ended meanwhile, maybe before we wrote */
				scope[pid] = SCT_SCOPE_DEFAULT;
				given--;
			}
		}
	}
	closedir(proc);
	return given;
}

/*
 * New children inherit in the kernel from now on; those who were there before get it here.  A
 * grandchild may be listed before its parent was given its scope, hence the rounds.
 */
int sct_scope_settle(struct sct_live *live)
{
	__u8 *scope = live->driver.scope;
	unsigned i, alive = 0;

	while (inherit_round(scope))
		;
	for (i = 0; i < live->driver.opt->npids; i++) {
		if (parent_of(live->driver.opt->pids[i]))
			alive++;
		else
			scope[live->driver.opt->pids[i]] = SCT_SCOPE_DEFAULT;
	}
	if (live->driver.opt->armed && !parent_of(live->driver.opt->armed))
		scope[live->driver.opt->armed] = SCT_SCOPE_DEFAULT;
	if (live->driver.opt->npids && !alive && !sct_scope_count(live))
		return sct_fail(live->source.diag, -ESRCH, "process %d has ended", live->driver.opt->pids[0]);
	return 0;
}

/* No process has this id or a higher one now. */
static unsigned pid_max(void)
{
	FILE *f = fopen("/proc/sys/kernel/pid_max", "re");
	unsigned max = SCT_PID_LIMIT;

	if (f && (fscanf(f, "%u", &max) != 1 || max > SCT_PID_LIMIT))
		max = SCT_PID_LIMIT;
	if (f)
		fclose(f);
	return max;
}

static bool is_traced(__u8 scope)
{
	return scope == SCT_SCOPE_TRACE || scope == SCT_SCOPE_ARMED;
}

/*
 * Note the end of a process that is traced, unless it lives.  Meanwhile another may have come to
 * its id and been given this scope: it gets that back, unless the kernel side has given it another.
 */
static bool note_end(__u8 *p, pid_t pid)
{
	const __u8 ending = SCT_SCOPE_ENDING;
	__u8 was = *p, now = ending;

	if (!is_traced(was) || !has_ended(pid) ||
	    !__atomic_compare_exchange_n(p, &was, ending, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
		return false;
	if (has_ended(pid))
		return true;
	__atomic_compare_exchange_n(p, &now, was, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	return false;
}

static bool is_time(struct sct_live *live)
{
	struct timespec ts;
	__u64 now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	now = ts.tv_sec * 1000ull + ts.tv_nsec / 1000000;
	if (now - live->scope_looked < LOOK_MS)
		return false;
	live->scope_looked = now;
	return true;
}

/*
 * The kernel side notes the end of each process that it gave a scope, unless the kernel does not
 * run it: a preemptible kernel skips an eBPF program that is running on that CPU already.  Then
 * nobody else would, and who waits for the last to end would wait for ever.  How many had ended?
 */
static unsigned note_ends(struct sct_live *live, __u8 *scope, unsigned max)
{
	unsigned i, looks = 0, ended = 0;

	for (i = 0; i < max && looks < LOOK_MAX; i++) {
		if (live->scope_next >= max)
			live->scope_next = 0;
		if (is_traced(scope[live->scope_next])) {
			ended += note_end(scope + live->scope_next, live->scope_next);
			looks++;
		}
		live->scope_next++;
	}
	return ended;
}

int sct_scope_count(struct sct_live *live)
{
	__u8 *scope = live->driver.scope;
	static const __u8 none[4096];
	unsigned page, i, max = pid_max();
	int n = 0;

	for (page = 0; page < max; page += sizeof(none)) {
		if (!memcmp(scope + page, none, sizeof(none)))
			continue;
		for (i = page; i < page + sizeof(none); i++)
			n += is_traced(scope[i]);
	}
	return n && is_time(live) ? n - (int)note_ends(live, scope, max) : n;
}
