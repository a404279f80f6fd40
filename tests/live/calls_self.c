// SPDX-License-Identifier: MIT
/* What a task asks about itself, sets for itself, and the time. */
#include "calls.h"
#include "families.h"
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>
#include <linux/membarrier.h>
#include <linux/utsname.h>

#define PAGE 4096ul

static void ids(void)
{
	CALL(getpid);
	CALL_AS(getpid, SYS_gettid);
	call_is("gettid", SCT_EVENT_X86_64);
	CALL_AS(getpid, SYS_getpgrp);
	call_is("getpgrp", SCT_EVENT_X86_64);
	CALL(getpgid, NUM(pid, 0));
	CALL(getpgid, NUM(pid, -1));
	CALL_AS(getpgid, SYS_getsid, NUM(pid, 0));
	call_is("getsid", SCT_EVENT_X86_64);
	CALL_AS(getpgid, SYS_getsid, NUM(pid, 0x7fffffff));
	call_is("getsid", SCT_EVENT_X86_64);
	CALL(setfsuid, NUM(uid, 1000));
	CALL(setfsuid, NUM(uid, 0));
	CALL(setfsuid, NUM(uid, -1));
	CALL(setfsgid, NUM(gid, 1000));
	CALL(setfsgid, NUM(gid, 0));
	CALL(setfsgid, NUM(gid, -1));
}

/* The C library's list is set again as it was. */
static void registering(void)
{
	static int tid;
	struct robust_list_head *head;
	size_t len;

	if (syscall(SYS_get_robust_list, 0, &head, &len))
		die("the robust list");
	CALL(set_robust_list, NUM(head, head), NUM(len, len));
	ALSO_OBJECT(list, head);
	CALL(set_robust_list, NUM(head, BAD_PTR), NUM(len, -1));
	FAULT(list);
	CALL(set_tid_address, NUM(tidptr, &tid));
	CALL(rseq, NUM(rseq, BAD_PTR), NUM(rseq_len, 77), NUM(flags, -1), NUM(sig, 0xfedcba98));
}

static void scheduling(void)
{
	unsigned char mask[256];	/* more than a record keeps */
	long n;

	n = CALL(sched_getaffinity, NUM(pid, 0), NUM(len, sizeof(mask)), UNSEEN(mask));
	if (n < 0)
		die("the CPUs");
	GOT_BYTES(mask, mask, n);
	CALL(sched_setaffinity, NUM(pid, 0), NUM(len, n), BYTES(mask, mask, n));
	CALL(sched_getaffinity, NUM(pid, -1), NUM(len, 3), UNSEEN(mask));
	NONE(mask);
	CALL(sched_setaffinity, NUM(pid, -1), NUM(len, sizeof(mask)), BYTES(mask, mask, sizeof(mask)));
	CALL(sched_setaffinity, NUM(pid, 0), NUM(len, 8), BAD_BYTES(mask, 8));
	CALL(getpriority, NUM(which, PRIO_PROCESS), NUM(who, 0));
	CALL(getpriority, NUM(which, 99), NUM(who, -1));
	CALL(setpriority, NUM(which, PRIO_PROCESS), NUM(who, 0), NUM(prio, 0));
	CALL(setpriority, NUM(which, PRIO_USER), NUM(who, 0x7ffffffe), NUM(prio, -99));
}

static void times_of(void)
{
	struct timespec ts = { 0, 0 }, soon = { 0, 2000 }, never = { -1, 4000000000 };

	CALL(clock_gettime, NUM(clockid, CLOCK_MONOTONIC), UNSEEN(&ts));
	GOT_OBJECT(tp, &ts);
	CALL(clock_gettime, NUM(clockid, 99), UNSEEN(&ts));
	NONE(tp);
	CALL(clock_gettime, NUM(clockid, CLOCK_MONOTONIC_RAW), UNSEEN(BAD_PTR));
	NONE(tp);
	CALL_AS(clock_gettime, SYS_clock_getres, NUM(clockid, CLOCK_REALTIME_COARSE), UNSEEN(&ts));
	call_is("clock_getres", SCT_EVENT_X86_64);
	GOT_OBJECT(tp, &ts);
	CALL_AS(clock_gettime, SYS_clock_getres, NUM(clockid, CLOCK_REALTIME), UNSEEN(NULL));
	call_is("clock_getres", SCT_EVENT_X86_64);
	NONE(tp);
	CALL(clock_settime, NUM(clockid, CLOCK_MONOTONIC), OBJECT(tp, &never));
	CALL(clock_settime, NUM(clockid, CLOCK_MONOTONIC), BAD(tp));
	CALL(clock_settime, NUM(clockid, 99), NULL_ARG(tp));
	CALL(clock_nanosleep, NUM(clockid, CLOCK_MONOTONIC), NUM(flags, 0), OBJECT(request, &soon),
	     UNSEEN(&ts));
	NONE(remain);
	CALL(clock_nanosleep, NUM(clockid, CLOCK_REALTIME), NUM(flags, TIMER_ABSTIME),
	     OBJECT(request, &soon), UNSEEN(NULL));
	NONE(remain);
	CALL(clock_nanosleep, NUM(clockid, CLOCK_REALTIME), NUM(flags, -1), OBJECT(request, &never),
	     UNSEEN(BAD_PTR));
	NONE(remain);
	CALL(clock_nanosleep, NUM(clockid, 99), NUM(flags, 0), BAD(request), UNSEEN(NULL));
	NONE(remain);
	CALL(alarm, NUM(seconds, 1000));
	CALL(alarm, NUM(seconds, 0));
}

static void memory(void)
{
	static char p[4 * PAGE] __attribute__((aligned(PAGE)));

	CALL(madvise, NUM(addr, p), NUM(len, PAGE), NUM(advice, MADV_DONTNEED));
	CALL(madvise, NUM(addr, p + 1), NUM(len, -1), NUM(advice, -1));
	CALL(msync, NUM(addr, p), NUM(len, PAGE), NUM(flags, MS_SYNC | MS_INVALIDATE));
	CALL(msync, NUM(addr, p), NUM(len, PAGE), NUM(flags, MS_SYNC | MS_ASYNC));
	CALL(mremap, NUM(old_address, p), NUM(old_size, 4 * PAGE), NUM(new_size, 4 * PAGE), NUM(flags, 0),
	     NUM(new_address, 0));
	CALL(mremap, NUM(old_address, p), NUM(old_size, -1), NUM(new_size, 0), NUM(flags, -1),
	     NUM(new_address, BAD_PTR));
	CALL(membarrier, NUM(cmd, MEMBARRIER_CMD_QUERY), NUM(flags, 0), NUM(cpu_id, 0));
	CALL(membarrier, NUM(cmd, 0x40000000), NUM(flags, -1), NUM(cpu_id, -2));
}

static void asking(void)
{
	struct new_utsname name;
	struct rusage usage;
	char random[100];

	CALL(uname, UNSEEN(&name));
	GOT_OBJECT(name, &name);
	CALL(uname, UNSEEN(BAD_PTR));
	NONE(name);
	CALL(getrusage, NUM(who, RUSAGE_SELF), UNSEEN(&usage));
	GOT_OBJECT(usage, &usage);
	CALL(getrusage, NUM(who, 99), UNSEEN(&usage));
	NONE(usage);
	CALL(getrandom, UNSEEN(random), NUM(count, sizeof(random)), NUM(flags, 1));
	GOT_BYTES(buf, random, sizeof(random));
	CALL(getrandom, UNSEEN(random), NUM(count, -1), NUM(flags, -1));
	NONE(buf);
}

/* ---- signals; struct sigaction is the kernel's ---- */

static void handling(void)
{
	struct { uint64_t handler, flags, restorer, mask; } act = { 1, SA_RESTART, 0, 1u << 9 }, old;
	const uint64_t block = 1ull << (SIGUSR1 - 1) | 1ull << 63;
	uint64_t set;

	CALL(rt_sigaction, NUM(sig, SIGUSR2), OBJECT(act, &act), UNSEEN(&old), NUM(sigsetsize, 8));
	GOT_OBJECT(oldact, &old);
	CALL(rt_sigaction, NUM(sig, SIGUSR2), OBJECT(act, &old), UNSEEN(NULL), NUM(sigsetsize, 8));
	NONE(oldact);
	CALL(rt_sigaction, NUM(sig, SIGUSR2), NULL_ARG(act), UNSEEN(&old), NUM(sigsetsize, 8));
	GOT_OBJECT(oldact, &old);
	CALL(rt_sigaction, NUM(sig, SIGKILL), BAD(act), UNSEEN(BAD_PTR), NUM(sigsetsize, -1));
	NONE(oldact);
	CALL(rt_sigprocmask, NUM(how, SIG_BLOCK), OBJECT(set, &block), UNSEEN(&set), NUM(sigsetsize, 8));
	GOT_NUM(oldset, set);
	CALL(rt_sigprocmask, NUM(how, SIG_UNBLOCK), OBJECT(set, &block), UNSEEN(NULL),
	     NUM(sigsetsize, 8));
	NONE(oldset);
	CALL(rt_sigprocmask, NUM(how, 99), NULL_ARG(set), UNSEEN(&set), NUM(sigsetsize, 8));
	GOT_NUM(oldset, set);
	CALL(rt_sigprocmask, NUM(how, -1), BAD(set), UNSEEN(NULL), NUM(sigsetsize, 77));
	NONE(oldset);
	CALL(rt_sigpending, UNSEEN(&set), NUM(sigsetsize, 8));
	GOT_NUM(set, set);
	CALL(rt_sigpending, UNSEEN(BAD_PTR), NUM(sigsetsize, 8));
	NONE(set);
}

void calls_self(void)
{
	ids();
	registering();
	scheduling();
	times_of();
	memory();
	asking();
	handling();
}
