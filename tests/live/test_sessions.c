// SPDX-License-Identifier: MIT
/* Several sessions at once, in one process and in several: each has what it asked for, and no more. */
#include <sys/resource.h>
#include "session.h"

#define CALLS 100u	/* of each kind, in each round */

/* ---- programs to be traced: a round of calls for each WORK that they are sent, then END ---- */

#define WORK "w"
#define END  "e"

struct worker {
	pid_t pid;
	int go, done;
};

static void work(int go, int done)
{
	unsigned i;
	char c;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (read(go, &c, 1) == 1 && c == *WORK) {
		for (i = 0; i < CALLS; i++) {
			getpgid(0);
			getpriority(PRIO_PROCESS, 0);
		}
		if (write(done, "", 1) != 1)
			_exit(1);
	}
	_exit(0);
}

static struct worker start_worker(void)
{
	int go[2], done[2];
	struct worker w;

	check(!pipe2(go, O_CLOEXEC) && !pipe2(done, O_CLOEXEC), "%m");
	w.pid = fork();
	check(w.pid >= 0, "%m");
	if (!w.pid) {
		close(go[1]);
		work(go[0], done[1]);
	}
	close(go[0]);
	close(done[1]);
	w.go = go[1];
	w.done = done[0];
	return w;
}

static void work_once(const struct worker *w)
{
	char c;

	check(write(w->go, WORK, 1) == 1 && read(w->done, &c, 1) == 1, "%m");
}

static void end_worker(const struct worker *w)
{
	int status;

	check(write(w->go, END, 1) == 1, "%m");
	check(waitpid(w->pid, &status, 0) == w->pid && !status, "status %#x", status);
}

/* ---- sessions ---- */

struct reader {
	const char *name;
	struct sct_session *s;
	pid_t pid;		/* what it traces */
	const char *call;	/* and the only one that it asked for */
	unsigned seen;
};

static struct reader open_reader(const char *name, const char *call, pid_t pid, size_t ring_size)
{
	struct sct_options opt = { .events = call, .pids = &pid, .npids = 1, .ring_size = ring_size };

	return (struct reader){ .name = name, .s = open_session(&opt), .pid = pid, .call = call };
}

static void read_some(struct reader *r)
{
	const struct sct_event *const *batch;
	ssize_t n = sct_next(r->s, &batch, 10), i;

	check(n >= 0, "%s: %s", r->name, sct_strerror(r->s));
	for (i = 0; i < n; i++) {
		check(!strcmp(sct_event_name(batch[i]), r->call), "%s: %s", r->name,
		      sct_event_name(batch[i]));
		check(sct_event_tid(batch[i]) == r->pid, "%s: of %d", r->name,
		      sct_event_tid(batch[i]));
		r->seen++;
	}
}

/* It has seen so many rounds: less only where the kernel has skipped the probe. */
static void end_reader(struct reader *r, unsigned rounds)
{
	uint64_t missed;

	sct_stop(r->s);
	while (!sct_drained(r->s))
		read_some(r);
	missed = stats_of(r->s, SCT_ALL_CPUS, SCT_ALL_EVENTS).missed;
	check(r->seen <= rounds * CALLS && r->seen + missed >= rounds * CALLS,
	      "%s: %u of %u calls, %llu skipped", r->name, r->seen, rounds * CALLS,
	      (unsigned long long)missed);
	sct_close(r->s);
}

/* ---- another process with a session of its own; it ends when it has seen two rounds ---- */

static pid_t start_process(const struct worker *w, int *ready)
{
	struct reader r;
	int pipes[2];
	pid_t pid;

	check(!pipe2(pipes, O_CLOEXEC), "%m");
	pid = fork();
	check(pid >= 0, "%m");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		r = open_reader("another process", "getpgid", w->pid, 0);
		check(write(pipes[1], "", 1) == 1, "%m");
		while (sct_traced(r.s))
			read_some(&r);
		end_reader(&r, 2);
		exit(0);
	}
	close(pipes[1]);
	*ready = pipes[0];
	return pid;
}

int main(void)
{
	struct reader pgids, priorities, other;
	struct worker one, two;
	int ready, status;
	pid_t process;
	char c;

	need_root();
	one = start_worker();
	process = start_process(&one, &ready);
	two = start_worker();
	check(read(ready, &c, 1) == 1, "the other process has no session");
	pgids = open_reader("first", "getpgid", one.pid, 0);
	priorities = open_reader("second", "getpriority", one.pid, 64 << 10);
	other = open_reader("third", "getpgid", two.pid, 1 << 20);

	work_once(&one);
	work_once(&two);
	read_some(&pgids);
	end_reader(&pgids, 1);	/* while the others go on */
	read_some(&priorities);
	work_once(&one);
	work_once(&two);
	end_reader(&priorities, 2);
	pgids = open_reader("fourth", "getpgid", two.pid, 0);	/* it missed two rounds */
	work_once(&two);
	end_reader(&other, 3);
	end_reader(&pgids, 1);

	end_worker(&one);
	end_worker(&two);
	check(waitpid(process, &status, 0) == process && !status, "the other process: %#x", status);
	return 0;
}
