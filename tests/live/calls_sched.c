// SPDX-License-Identifier: MIT
/* Scheduling, signals that carry something, and waiting with waitid. */
#include "calls.h"
#include "families.h"
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <linux/ioprio.h>
#include <linux/kcmp.h>

#define KEPT 32u	/* the beginning of a siginfo */

union info {
	siginfo_t all;
	char kept[KEPT];
};

static void policies(void)
{
	struct { uint32_t size, policy; uint64_t flags, nice, runtime, deadline, period; } attr = { 0 };
	const int one = 1, zero = 0;
	struct timespec ts;
	int priority;

	CALL(sched_getscheduler, NUM(pid, 0));
	CALL(sched_getscheduler, NUM(pid, -1));
	CALL(sched_getparam, NUM(pid, 0), UNSEEN(&priority));
	GOT_NUM(priority, priority);
	CALL(sched_getparam, NUM(pid, -1), UNSEEN(&priority));
	NONE(priority);
	CALL(sched_setparam, NUM(pid, 0), OBJECT(priority, &one));
	CALL(sched_setparam, NUM(pid, 0), OBJECT(priority, &zero));
	CALL(sched_setparam, NUM(pid, 0), BAD(priority));
	CALL(sched_setscheduler, NUM(pid, 0), NUM(policy, SCHED_OTHER), OBJECT(priority, &zero));
	CALL(sched_setscheduler, NUM(pid, 0), NUM(policy, 99), OBJECT(priority, &one));
	CALL(sched_setscheduler, NUM(pid, -1), NUM(policy, -1), NULL_ARG(priority));
	CALL(sched_get_priority_max, NUM(policy, SCHED_FIFO));
	CALL_AS(sched_get_priority_max, SYS_sched_get_priority_min, NUM(policy, -1));
	call_is("sched_get_priority_min", SCT_EVENT_X86_64);
	CALL(sched_rr_get_interval, NUM(pid, 0), UNSEEN(&ts));
	GOT_OBJECT(tp, &ts);
	CALL(sched_rr_get_interval, NUM(pid, -1), UNSEEN(&ts));
	NONE(tp);
	CALL(sched_getattr, NUM(pid, 0), UNSEEN(&attr), NUM(size, sizeof(attr)), NUM(flags, 0));
	GOT_OBJECT(attr, &attr);
	CALL(sched_getattr, NUM(pid, 0), UNSEEN(&attr), NUM(size, 1), NUM(flags, -1));
	NONE(attr);
	CALL(sched_setattr, NUM(pid, 0), OBJECT(attr, &attr), NUM(flags, 0));
	CALL(sched_setattr, NUM(pid, -1), OBJECT(attr, &attr), NUM(flags, 0));
	CALL(sched_setattr, NUM(pid, 0), BAD(attr), NUM(flags, -1));
	CALL(sched_setattr, NUM(pid, 0), NULL_ARG(attr), NUM(flags, 0));
}

static void io_priorities(void)
{
	const int lowest = IOPRIO_CLASS_BE << IOPRIO_CLASS_SHIFT | 7;

	CALL(ioprio_set, NUM(which, IOPRIO_WHO_PROCESS), NUM(who, 0), NUM(ioprio, lowest));
	CALL(ioprio_get, NUM(which, IOPRIO_WHO_PROCESS), NUM(who, 0));
	CALL(ioprio_set, NUM(which, IOPRIO_WHO_PROCESS), NUM(who, 0), NUM(ioprio, 0));
	CALL(ioprio_set, NUM(which, 99), NUM(who, -1), NUM(ioprio, -1));
	CALL(ioprio_get, NUM(which, -1), NUM(who, 0x7fffffff));
}

static void of_processes(void)
{
	struct iovec v[3] = { { &v, sizeof(v) }, { NULL, 0 }, { BAD_PTR, 4096 } };
	static char page[4096] __attribute__((aligned(4096)));
	const struct iovec whole = { page, sizeof(page) };
	uint64_t head, len;
	long fd;

	CALL(get_robust_list, NUM(pid, 0), UNSEEN(&head), UNSEEN(&len));
	GOT_OBJECT(head, &head);
	GOT_OBJECT(len, &len);
	CALL(get_robust_list, NUM(pid, -1), UNSEEN(&head), UNSEEN(BAD_PTR));
	NONE(head);
	NONE(len);
	CALL(kcmp, NUM(pid1, pid_now()), NUM(pid2, pid_now()), NUM(type, KCMP_FILES), NUM(idx1, 0),
	     NUM(idx2, 0));
	CALL(kcmp, NUM(pid1, -1), NUM(pid2, 1), NUM(type, 99), NUM(idx1, -1), NUM(idx2, BAD_PTR));
	fd = CALL(pidfd_open, NUM(pid, pid_now()), NUM(flags, 0));
	CALL(process_madvise, NUM(pidfd, fd), STRUCTS(vec, &whole, 1), NUM(vlen, 1),
	     NUM(advice, 20),
	     NUM(flags, 0));
	CALL(close, NUM(fd, fd));
	CALL(process_madvise, NUM(pidfd, -1), STRUCTS(vec, v, 3), NUM(vlen, 3), NUM(advice, 20),
	     NUM(flags, 0));
	CALL(process_madvise, NUM(pidfd, -1), NULL_ARG(vec), NUM(vlen, 0), NUM(advice, -1),
	     NUM(flags, -1));
	CALL(process_madvise, NUM(pidfd, -1), BAD_BYTES(vec, 2 * sizeof(v[0])), NUM(vlen, 2),
	     NUM(advice, 4),
	     NUM(flags, 0));
	CALL(process_mrelease, NUM(pidfd, -1), NUM(flags, 0));
	CALL(process_mrelease, NUM(pidfd, -1), NUM(flags, 0xf0));
}

/* Signals to itself, which it blocks and takes. */
static void queued_signals(void)
{
	const struct timespec soon = { 0, 1000 }, bad = { -1, -1 };
	const uint64_t usr1 = 1ull << (SIGUSR1 - 1);
	union info info = { .all = { .si_signo = SIGUSR1, .si_code = SI_QUEUE } }, got;
	pid_t pid = pid_now(), tid = tid_now();
	uint64_t old;
	long fd;

	info.all.si_pid = pid;
	info.all.si_uid = 12345;
	info.all.si_value.sival_int = -6;
	CALL(rt_sigprocmask, NUM(how, SIG_BLOCK), OBJECT(set, &usr1), UNSEEN(&old),
	     NUM(sigsetsize, 8));
	GOT_NUM(oldset, old);
	CALL(rt_sigqueueinfo, NUM(pid, pid), NUM(sig, SIGUSR1), OBJECT(info, &info.kept));
	CALL(rt_sigtimedwait, OBJECT(set, &usr1), UNSEEN(&got), OBJECT(timeout, &soon),
	     NUM(sigsetsize, 8));
	GOT_OBJECT(info, &got.kept);
	CALL(rt_tgsigqueueinfo, NUM(pid, pid), NUM(tid, tid), NUM(sig, SIGUSR1),
	     OBJECT(info, &info.kept));
	CALL(rt_sigtimedwait, OBJECT(set, &usr1), UNSEEN(NULL), NULL_ARG(timeout),
	     NUM(sigsetsize, 8));
	NONE(info);
	CALL(rt_sigtimedwait, OBJECT(set, &usr1), UNSEEN(&got), OBJECT(timeout, &soon),
	     NUM(sigsetsize, 8));
	NONE(info);
	CALL(rt_sigtimedwait, BAD(set), UNSEEN(&got), OBJECT(timeout, &bad), NUM(sigsetsize, -1));
	NONE(info);
	CALL(rt_sigqueueinfo, NUM(pid, 0x7fffffff), NUM(sig, SIGUSR1), BAD(info));
	CALL(rt_tgsigqueueinfo, NUM(pid, -1), NUM(tid, -2), NUM(sig, 99), NULL_ARG(info));
	CALL(rt_sigsuspend, OBJECT(set, &usr1), NUM(sigsetsize, 77));
	CALL(rt_sigsuspend, BAD(set), NUM(sigsetsize, 8));
	fd = CALL(pidfd_open, NUM(pid, pid), NUM(flags, 0));
	CALL(pidfd_send_signal, NUM(pidfd, fd), NUM(sig, 0), NULL_ARG(info), NUM(flags, 0));
	CALL(pidfd_send_signal, NUM(pidfd, fd), NUM(sig, 0), OBJECT(info, &info.kept),
	     NUM(flags, -1));
	CALL(pidfd_send_signal, NUM(pidfd, -1), NUM(sig, 99), BAD(info), NUM(flags, 1));
	CALL(close, NUM(fd, fd));
	CALL(rt_sigprocmask, NUM(how, SIG_SETMASK), OBJECT(set, &old), UNSEEN(NULL),
	     NUM(sigsetsize, 8));
	NONE(oldset);
}

static void signal_stacks(void)
{
	static char room[16384];
	const stack_t bad = { .ss_sp = room, .ss_flags = 0x77, .ss_size = 1 };
	const stack_t stack = { .ss_sp = room, .ss_size = sizeof(room) }, none = { .ss_flags = SS_DISABLE };
	stack_t old;

	CALL(sigaltstack, OBJECT(ss, &stack), UNSEEN(NULL));
	NONE(old_ss);
	CALL(sigaltstack, OBJECT(ss, &none), UNSEEN(&old));
	GOT_OBJECT(old_ss, &old);
	CALL(sigaltstack, OBJECT(ss, &bad), UNSEEN(&old));
	NONE(old_ss);
	CALL(sigaltstack, BAD(ss), UNSEEN(&old));
	NONE(old_ss);
	CALL(sigaltstack, NULL_ARG(ss), UNSEEN(BAD_PTR));
	NONE(old_ss);
}

/* Where no child is. */
static void waiting(void)
{
	CALL(waitid, NUM(idtype, P_PID), NUM(id, 0x7fffffff), UNSEEN(BAD_PTR),
	     NUM(options, WEXITED | WNOHANG),
	     UNSEEN(NULL));
	NONE(infop);
	NONE(rusage);
	CALL(waitid, NUM(idtype, 99), NUM(id, -1), UNSEEN(BAD_PTR), NUM(options, -1),
	     UNSEEN(BAD_PTR));
	NONE(infop);
	NONE(rusage);
}

/* pause itself would wait: others come as its event. */
static void without_arguments(void)
{
	CALL_AS(pause, SYS_sched_yield);
	call_is("sched_yield", SCT_EVENT_X86_64);
	CALL_AS(pause, SYS_restart_syscall);
	call_is("restart_syscall", SCT_EVENT_X86_64);
	CALL_AS(pause, SYS_create_module);
	call_is("create_module", SCT_EVENT_X86_64);
	CALL_AS(pause, SYS__sysctl);
	call_is("_sysctl", SCT_EVENT_X86_64);
}

void calls_sched(void)
{
	policies();
	io_priorities();
	of_processes();
	queued_signals();
	signal_stacks();
	waiting();
	without_arguments();
}
