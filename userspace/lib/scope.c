// SPDX-License-Identifier: MIT
/*
 * The scope: one byte per process id, shared with the kernel side, which hands it on at fork and
 * notes in it that the process ends (enum sct_scope).
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "session.h"

#define PROC_PID_INIT_INO 0xEFFFFFFCu	/* include/linux/proc_ns.h: the initial pid namespace */

#define PF_EXITING 4u	/* include/linux/sched.h: set before the tracepoint of the exit is hit */

/*
 * Parent of a live process; 0 when it is gone, a zombie, or about to be: the kernel side may have noted
 * its end already.  proc(5), /proc/PID/stat.
 */
static pid_t parent_of(pid_t pid)
{
	char path[64], line[512], state, *end;
	unsigned flags = 0;
	int ppid = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	f = fopen(path, "re");
	if (!f)
		return 0;
	if (fgets(line, sizeof(line), f)) {
		end = strrchr(line, ')');	/* the name may contain anything */
		if (!end || sscanf(end + 1, " %c %d %*d %*d %*d %*d %u", &state, &ppid, &flags) != 3 ||
		    strchr("ZX", state) || flags & PF_EXITING)
			ppid = -1;
	}
	fclose(f);
	if (ppid == 0)
		return 1;	/* init and kernel threads: alive, and nobody's child */
	return ppid < 0 ? 0 : ppid;
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

int sct_scope_check(struct sct_session *s)
{
	unsigned i;
	pid_t pid;

	if (!in_initial_pid_namespace())
		return sct_fail(s, -ENOTSUP, "sctrace must run in the host's pid namespace: process ids mean others here (for a container: --pid=host)");
	for (i = 0; i < s->opt.npids; i++) {
		pid = s->opt.pids[i];
		if (pid <= 0 || pid >= (pid_t)SCT_PID_LIMIT || !parent_of(pid))
			return sct_fail(s, -ESRCH, "no process with id %d", pid);
		if (is_thread(pid))
			return sct_fail(s, -ESRCH, "%d is a thread: give the id of its process", pid);
	}
	return 0;
}

int sct_scope_begin(struct sct_session *s)
{
	__u8 *scope = s->backend->scope(s);
	unsigned i;

	scope[getpid()] = SCT_SCOPE_HIDE;
	for (i = 0; i < s->opt.npids; i++)
		scope[s->opt.pids[i]] = SCT_SCOPE_TRACE;
	if (s->opt.armed)
		scope[s->opt.armed] = SCT_SCOPE_ARMED;
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
		if (!isdigit((unsigned char)*e->d_name))
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
int sct_scope_settle(struct sct_session *s)
{
	__u8 *scope = s->backend->scope(s);
	unsigned i, alive = 0;

	while (inherit_round(scope))
		;
	for (i = 0; i < s->opt.npids; i++) {
		if (parent_of(s->opt.pids[i]))
			alive++;
		else
			scope[s->opt.pids[i]] = SCT_SCOPE_DEFAULT;
	}
	if (s->opt.npids && !alive && !sct_scope_count(s))
		return sct_fail(s, -ESRCH, "process %d has ended", s->opt.pids[0]);
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

int sct_scope_count(struct sct_session *s)
{
	const __u8 *scope = s->backend->scope(s);
	static const __u8 none[SCT_SCOPE_PAGE];
	unsigned page, i, max = pid_max();
	int n = 0;

	for (page = 0; page < max; page += sizeof(none)) {
		if (!memcmp(scope + page, none, sizeof(none)))
			continue;
		for (i = page; i < page + sizeof(none); i++)
			n += scope[i] == SCT_SCOPE_TRACE || scope[i] == SCT_SCOPE_ARMED;
	}
	return n;
}
