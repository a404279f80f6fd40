// SPDX-License-Identifier: MIT
/*
 * A process whose tracer changes the numbers of its calls (tests/hostile/renumber.c) still makes the
 * calls that it makes: each is recorded once, as that call, in the process and in its child, and where the
 * number was changed inside the call, with what it was changed to.
 */
#include <limits.h>
#include <sctrace.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include "../hostile/renumber.h"
#include "session.h"

#define EVENTS	  "execve,execveat,fork,vfork,clone,clone3,umask,getpid,getppid,syscall"
#define GETPID	  SYS_getpid
#define OTHER	  SYS_getppid
#define ACTS	  100	/* calls that are made under an attack that changes their numbers inside, */
#define FEWER	  25	/* and under one that is over before the call begins, or comes after it */
#define NCALLS	  6
#define NAMES	  9
#define NO_CALL	  (NAMES - 1)
#define FIRST_MARK 100

/* What is counted, by index; the last is a number without a call. */
static const char *const names[NAMES] = {
	"execve", "execveat", "fork", "vfork", "clone", "clone3", "getpid", "getppid", "syscall",
};

static const char *const stops[] = { "event", "done", "exit", "entry", "seccomp", "into" };

static struct attack {
	const char *stop;
	unsigned call;		/* of names */
	long number;
	unsigned acts;
	/* what has been seen */
	unsigned marks, own[NAMES], child[NAMES], changed, fake;
	pid_t tid;
} attacks[6 * 6 * 3];
static unsigned nattacks;
static struct attack *now;	/* between its two marks */

static bool is_inside(const char *stop)
{
	return !strcmp(stop, "event") || !strcmp(stop, "done");
}

static void list_attacks(void)
{
	static const long numbers[] = { -1, GETPID, OTHER };
	unsigned stop, call, n;

	for (stop = 0; stop < sizeof(stops) / sizeof(stops[0]); stop++)
		for (call = 0; call < NCALLS; call++)
			for (n = 0; n < 3; n++) {
				if (!strcmp(stops[stop], "done") && strcmp(names[call], "vfork"))
					continue;
				if (!strcmp(stops[stop], "into") && (numbers[n] != OTHER || call < 2))
					continue;
				attacks[nattacks++] = (struct attack){
					.stop = stops[stop], .call = call, .number = numbers[n],
					.acts = is_inside(stops[stop]) ? ACTS : FEWER,
				};
			}
}

/* Where the attacking program is: of the build, or in a guest, which has all of them in one place. */
static const char *attacker(void)
{
	static char path[PATH_MAX + 32];
	const char *build = getenv("SCT_BUILD");

	snprintf(path, sizeof(path), "%s/tests/hostile/renumber", build ? build : "");
	return build && !access(path, X_OK) ? path : "/bin/renumber";
}

static void run_attack(const struct attack *a)
{
	char number[16], acts[16], mark[16];
	int status;
	pid_t pid;

	snprintf(number, sizeof(number), "%ld", a->number);
	snprintf(acts, sizeof(acts), "%u", a->acts);
	snprintf(mark, sizeof(mark), "%u", FIRST_MARK + (unsigned)(a - attacks));
	pid = fork();
	check(pid >= 0, "%m");
	if (!pid) {
		execl(attacker(), "renumber", names[a->call], a->stop, number, acts, mark, NULL);
		fail("%s: %m", attacker());
	}
	check(waitpid(pid, &status, 0) == pid && !status, "%s %s %s ended with %x", names[a->call],
	      a->stop, number, status);
}

static void run_attacks(int fd)
{
	unsigned i;
	char c;

	check(read(fd, &c, 1) == 1, "%m");
	for (i = 0; i < nattacks; i++)
		run_attack(&attacks[i]);
	_exit(0);
}

static bool take_mark(const struct sct_event *e)
{
	unsigned mark = number_of(e, "mask");

	if (strcmp(sct_event_name(e), "umask") || sct_event_is_enter(e))
		return false;
	if (mark < FIRST_MARK || mark >= FIRST_MARK + nattacks)
		return true;
	now = now ? NULL : &attacks[mark - FIRST_MARK];
	attacks[mark - FIRST_MARK].tid = sct_event_tid(e);
	attacks[mark - FIRST_MARK].marks++;
	return true;
}

static void look_shown(struct attack *a, const struct sct_event *e)
{
	const struct sct_syscall_info *call;
	int64_t nr;

	if (sct_event_shown(e, &nr, &call))
		return;
	check(nr == a->number, "%s shows %lld", sct_event_name(e), (long long)nr);
	check(nr == -1 ? !call : call && call->nr[0] == nr, "%lld is called %s", (long long)nr,
	      call ? call->name : "nothing");
	a->changed++;
}

/* Each name that is counted is not another one's. */
static void seen(const struct sct_event *e)
{
	struct sct_value ret = { .sz = sizeof(ret) };
	unsigned i;

	check(strcmp(sct_event_name(e), "loss"), "records are lost");
	if (!strcmp(sct_event_name(e), "umask") && take_mark(e))
		return;
	if (!now || sct_event_is_enter(e))
		return;
	for (i = 0; i < NAMES; i++)
		if (!strcmp(names[i], sct_event_name(e)))
			break;
	check(i < NAMES, "what is %s?", sct_event_name(e));
	check(!sct_event_arg(e, "res", &ret) && ret.kind != SCT_VALUE_NONE, "%s without a result", names[i]);
	if (sct_event_tid(e) == now->tid) {
		now->own[i]++;
		now->fake += ret.i == FAKE;
		look_shown(now, e);
	} else {
		check(!ret.i, "%s in a child returns %lld", names[i], (long long)ret.i);
		now->child[i]++;
	}
}

/* The call that really is made, as it is recorded: an execveat that succeeds is an execve to x86-64. */
static unsigned made_call(const struct attack *a, bool instead)
{
	if (instead)
		return a->number == -1 ? NO_CALL : a->number == GETPID ? 6 : 7;
	return a->call == 1 ? 0 : a->call;
}

static void report(const struct attack *a)
{
	unsigned i;

	fprintf(stderr, "%s, number becomes %ld at %s:", names[a->call], a->number, a->stop);
	for (i = 0; i < NAMES; i++)
		if (a->own[i] || a->child[i])
			fprintf(stderr, " %s %u, in children %u;", names[i], a->own[i], a->child[i]);
	fprintf(stderr, " changed %u, of a faked result %u\n", a->changed, a->fake);
}

static bool is_right(const struct attack *a)
{
	const bool instead = !strcmp(a->stop, "entry") || !strcmp(a->stop, "seccomp");
	const unsigned made = made_call(a, instead);
	bool right = a->marks == 2;
	unsigned i;

	for (i = 0; i < NAMES; i++) {
		right &= a->own[i] == (i == made ? a->acts : 0);
		right &= a->child[i] == (i == made && i > 1 && !instead ? a->acts : 0);
	}
	return right && a->changed == (is_inside(a->stop) ? a->acts : 0) &&
	       a->fake == (instead && a->number == -1 ? a->acts : 0);
}

int main(void)
{
	struct sct_options opt = { .events = EVENTS, .npids = 1 };
	unsigned i, wrong = 0;
	struct sct_session *s;
	struct sct_stats st;
	int go[2], status;
	pid_t pid;

	need_root();
	list_attacks();
	check(!pipe2(go, O_CLOEXEC), "%m");
	pid = fork();
	check(pid >= 0, "%m");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		run_attacks(go[0]);
	}
	opt.pids = &pid;
	s = open_session(&opt);
	check(write(go[1], "", 1) == 1, "%m");
	trace_to_end(s, seen);
	check(waitpid(pid, &status, 0) == pid && !status, "the attacks ended with %x", status);
	st = stats_of(s, SCT_ALL_CPUS, SCT_ALL_EVENTS);
	check(st.seen == st.delivered + st.filtered + dropped(&st) && !dropped(&st),
	      "seen %llu, delivered %llu, filtered %llu, dropped %llu", (unsigned long long)st.seen,
	      (unsigned long long)st.delivered, (unsigned long long)st.filtered,
	      (unsigned long long)dropped(&st));
	sct_close(s);
	for (i = 0; i < nattacks; i++) {
		if (!is_right(&attacks[i])) {
			report(&attacks[i]);
			wrong++;
		}
	}
	check(!wrong, "%u of %u attacks succeed", wrong, nattacks);
	return 0;
}
