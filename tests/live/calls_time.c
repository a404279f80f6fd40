// SPDX-License-Identifier: MIT
/* Timers and clocks, and what is asked of the system; nothing here changes a clock. */
#include "calls.h"
#include "families.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <time.h>
#include <linux/capability.h>

#define PAGE 4096ul

static const struct itimerspec hour = { { 0, 0 }, { 3600, 7 } }, no_time = { { 0, 0 }, { 0, -1 } };

static void interval_timers(void)
{
	const struct itimerval hours = { { 7200, 1 }, { 3600, 2 } }, never = { { 0, 0 }, { 0, 0 } };
	struct itimerval old;

	CALL(setitimer, NUM(which, ITIMER_REAL), OBJECT(new_value, &hours), UNSEEN(NULL));
	NONE(old_value);
	CALL(getitimer, NUM(which, ITIMER_REAL), UNSEEN(&old));
	GOT_OBJECT(curr_value, &old);
	CALL(setitimer, NUM(which, ITIMER_REAL), OBJECT(new_value, &never), UNSEEN(&old));
	GOT_OBJECT(old_value, &old);
	CALL(setitimer, NUM(which, 99), NULL_ARG(new_value), UNSEEN(NULL));
	NONE(old_value);
	CALL(setitimer, NUM(which, ITIMER_PROF), BAD(new_value), UNSEEN(&old));
	NONE(old_value);
	CALL(getitimer, NUM(which, -1), UNSEEN(&old));
	NONE(curr_value);
	CALL(getitimer, NUM(which, ITIMER_VIRTUAL), UNSEEN(BAD_PTR));
	NONE(curr_value);
}

/* The beginning of a struct sigevent, as records have it. */
struct event {
	uint64_t value;
	int32_t signo, notify, tid, pad;
};

static void posix_timers(void)
{
	static union {
		struct event begin;
		struct sigevent all;
	} ev = { .begin = { .value = 0xfedcba9876543210, .signo = SIGUSR1, .notify = SIGEV_NONE } };
	struct itimerspec old;
	int id = -1;

	CALL(timer_create, NUM(clockid, CLOCK_MONOTONIC), OBJECT(sevp, &ev.begin), UNSEEN(&id));
	GOT_NUM(timerid, id);
	CALL(timer_settime, NUM(timerid, id), NUM(flags, 0), OBJECT(new_value, &hour),
	     UNSEEN(&old));
	GOT_OBJECT(old_value, &old);
	CALL(timer_settime, NUM(timerid, id), NUM(flags, TIMER_ABSTIME), OBJECT(new_value, &hour),
	     UNSEEN(NULL));
	NONE(old_value);
	CALL(timer_gettime, NUM(timerid, id), UNSEEN(&old));
	GOT_OBJECT(curr_value, &old);
	CALL_AS(timer_delete, SYS_timer_getoverrun, NUM(timerid, id));
	call_is("timer_getoverrun", SCT_EVENT_X86_64);
	CALL(timer_delete, NUM(timerid, id));
	CALL(timer_delete, NUM(timerid, -2));
	CALL(timer_gettime, NUM(timerid, id), UNSEEN(&old));
	NONE(curr_value);
	CALL(timer_settime, NUM(timerid, -3), NUM(flags, -1), OBJECT(new_value, &no_time),
	     UNSEEN(NULL));
	NONE(old_value);
	CALL(timer_settime, NUM(timerid, -3), NUM(flags, 0), BAD(new_value), UNSEEN(BAD_PTR));
	NONE(old_value);
	CALL(timer_create, NUM(clockid, 99), NULL_ARG(sevp), UNSEEN(&id));
	NONE(timerid);
	CALL(timer_create, NUM(clockid, -1), BAD(sevp), UNSEEN(BAD_PTR));
	NONE(timerid);
}

static void timer_descriptors(void)
{
	struct itimerspec old;
	long fd;

	fd = CALL(timerfd_create, NUM(clockid, CLOCK_REALTIME), NUM(flags, 0));
	CALL(timerfd_settime, NUM(fd, fd), NUM(flags, TFD_TIMER_ABSTIME), OBJECT(new_value, &hour),
	     UNSEEN(&old));
	GOT_OBJECT(old_value, &old);
	CALL(timerfd_settime, NUM(fd, fd), NUM(flags, -1), OBJECT(new_value, &no_time),
	     UNSEEN(NULL));
	NONE(old_value);
	CALL(timerfd_settime, NUM(fd, -1), NUM(flags, 0), BAD(new_value), UNSEEN(NULL));
	NONE(old_value);
	CALL(timerfd_gettime, NUM(fd, fd), UNSEEN(&old));
	GOT_OBJECT(curr_value, &old);
	CALL(timerfd_gettime, NUM(fd, -1), UNSEEN(&old));
	NONE(curr_value);
	CALL(close, NUM(fd, fd));
}

/* Clocks are asked only, or told what they refuse. */
static void clocks(void)
{
	const struct timeval bad = { -1, 7000000 };
	const struct timezone nowhere = { 99999, 7 };
	struct timex tx = { .modes = 0 };
	struct timezone tz;
	struct timeval tv;
	struct tms tms;
	time_t t;

	CALL(gettimeofday, UNSEEN(&tv), UNSEEN(&tz));
	GOT_OBJECT(tv, &tv);
	GOT_OBJECT(tz, &tz);
	CALL(gettimeofday, UNSEEN(NULL), UNSEEN(BAD_PTR));
	NONE(tv);
	NONE(tz);
	CALL(settimeofday, OBJECT(tv, &bad), OBJECT(tz, &nowhere));
	CALL(settimeofday, BAD(tv), NULL_ARG(tz));
	CALL(settimeofday, NULL_ARG(tv), NULL_ARG(tz));	/* which changes nothing */
	CALL(time, UNSEEN(&t));
	GOT_OBJECT(tloc, &t);
	CALL(time, UNSEEN(NULL));
	NONE(tloc);
	CALL(time, UNSEEN(BAD_PTR));
	NONE(tloc);
	CALL(times, UNSEEN(&tms));
	GOT_OBJECT(buf, &tms);
	CALL(times, UNSEEN(BAD_PTR));
	NONE(buf);
	CALL(adjtimex, OBJECT(buf, &tx));
	CALL(adjtimex, BAD(buf));
	tx.modes = 0;
	CALL(clock_adjtime, NUM(clockid, CLOCK_REALTIME), OBJECT(buf, &tx));
	tx.modes = ADJ_TICK;
	tx.tick = 1;
	CALL(clock_adjtime, NUM(clockid, CLOCK_MONOTONIC), OBJECT(buf, &tx));
	CALL(clock_adjtime, NUM(clockid, -1), NULL_ARG(buf));
}

static void of_the_system(void)
{
	struct sysinfo info;
	unsigned cpu, node;

	CALL(sysinfo, UNSEEN(&info));
	GOT_OBJECT(info, &info);
	CALL(sysinfo, UNSEEN(BAD_PTR));
	NONE(info);
	CALL(syslog, NUM(type, 10), UNSEEN(NULL), NUM(len, 0));
	NONE(bufp);
	CALL(syslog, NUM(type, 3), UNSEEN(BAD_PTR), NUM(len, -1));
	NONE(bufp);
	CALL(syslog, NUM(type, 99), UNSEEN(BAD_PTR), NUM(len, 7));
	NONE(bufp);
	CALL(getcpu, UNSEEN(&cpu), UNSEEN(&node));
	GOT_NUM(cpu, cpu);
	GOT_NUM(node, node);
	CALL(getcpu, UNSEEN(NULL), UNSEEN(BAD_PTR));
	NONE(cpu);
	NONE(node);
}

static void of_itself(void)
{
	static char pages[100 * PAGE] __attribute__((aligned(PAGE)));
	static unsigned char in_memory[100];
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2];
	gid_t groups[40], got[64];
	long persona, n;
	unsigned i;

	persona = CALL(personality, NUM(persona, 0xffffffff));
	CALL(personality, NUM(persona, persona | ADDR_NO_RANDOMIZE));
	CALL(personality, NUM(persona, persona));
	CALL(mincore, NUM(addr, pages), NUM(length, 100 * PAGE - 1), UNSEEN(in_memory));
	GOT_BYTES(vec, in_memory, 100);
	CALL(mincore, NUM(addr, pages + 1), NUM(length, -1), UNSEEN(in_memory));
	NONE(vec);
	CALL(getgroups, NUM(size, 0), UNSEEN(NULL));
	NONE(list);
	for (i = 0; i < ARRAY_SIZE(groups); i++)
		groups[i] = 1000 + i;
	CALL(setgroups, NUM(size, 2), STRUCTS(list, groups, 2));
	n = CALL(getgroups, NUM(size, ARRAY_SIZE(got)), UNSEEN(got));
	if (n != 2)
		die("groups");
	WANT(list, .how = IS_STRUCTS, .data = got, .len = 8, .when = AT_RETURN);
	CALL(getgroups, NUM(size, -1), UNSEEN(BAD_PTR));
	NONE(list);
	CALL(setgroups, NUM(size, 2), BAD_BYTES(list, 2 * sizeof(gid_t)));
	CALL(setgroups, NUM(size, 0), NULL_ARG(list));
	CALL(capget, UNSEEN(&head), UNSEEN(data));
	GOT_NUM(cap_inheritable, (uint64_t)data[1].inheritable << 32 | data[0].inheritable);
	GOT_NUM(cap_permitted, (uint64_t)data[1].permitted << 32 | data[0].permitted);
	GOT_NUM(cap_effective, (uint64_t)data[1].effective << 32 | data[0].effective);
	ALSO_NUM(version, head.version);
	ALSO_NUM(pid, 0);
	head.pid = -1;
	CALL(capget, UNSEEN(&head), UNSEEN(NULL));
	NONE(cap_inheritable);
	NONE(cap_permitted);
	NONE(cap_effective);
	ALSO_NUM(version, head.version);
	ALSO_NUM(pid, -1);
	CALL(capget, UNSEEN(BAD_PTR), UNSEEN(data));
	NONE(cap_inheritable);
	NONE(cap_permitted);
	NONE(cap_effective);
	FAULT(version);
	FAULT(pid);
}

void calls_time(void)
{
	interval_timers();
	posix_timers();
	timer_descriptors();
	clocks();
	of_the_system();
	of_itself();
}
