/* SPDX-License-Identifier: MIT */
/*
 * A child makes calls and notes beside each what must be told of it; the parent traces it through
 * the public interface and compares, parameter by parameter.
 *
 *	fd = CALL(openat, NUM(dirfd, AT_FDCWD), STR(name, "file"), NUM(flags, O_RDWR), UNSEEN(0));
 *	ALSO_NUM(mode, 0);
 *	GOT_NUM(dev, dev_of(fd));
 *	GOT_NUM(ino, ino_of(fd));
 *
 * In CALL() each argument names the parameter that must show it.  What follows names the others:
 * each parameter of the event must be named, except its result, which is compared by itself.
 *
 *	ALSO_	known when the call begins, like an argument
 *	GOT_	what the call returned: a record at entry must not have it
 *	NOW_	what the task is at the time of the record
 *	NONE()	never there
 */
#ifndef CALLS_H
#define CALLS_H

#include <errno.h>
#include <sctrace.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define BAD_PTR ((void *)16)	/* nothing is ever mapped there */
#define SNAPLEN 80u		/* the library's default */

enum how {
	UNSEEN_ARG,	/* an argument that no parameter shows */
	IS_NUM, IS_RANGE, IS_OBJECT, IS_STRING, IS_STRINGS, IS_BYTES, IS_STRUCTS, IS_ADDRESS,
	IS_ADDRESSES, IS_MESSAGE, IS_NONE,
	IS_CGROUPS,	/* "NAME=PATH" strings, in data with ~ before a path that may be an ancestor */
	IS_FAULT,	/* empty for want of readable memory; or, of data, what comes before that */
};

enum when { ALWAYS, AT_RETURN, AT_ITS_TIME };

struct want {
	const char *param;
	enum how how;
	long arg;		/* what the call is given */
	enum when when;
	uint64_t num, max;	/* IS_NUM; IS_RANGE, inclusive */
	const void *data;
	size_t len;		/* IS_BYTES: 0 says as many as are kept of size */
	uint64_t size;		/* of all the data, where a part is kept */
	bool cut, faulted;	/* although nothing else here says so */
	const void *peer;	/* IS_ADDRESSES, IS_MESSAGE */
	size_t peer_len;
	const void *before;	/* IS_OBJECT: at entry */
};

/* ---- arguments ---- */

#define NUM(p, v)	{ .param = #p, .how = IS_NUM, .arg = (long)(v), .num = (uint64_t)(long)(v) }
#define STR(p, s)	{ .param = #p, .how = IS_STRING, .arg = (long)(s), .data = (s) }
#define BYTES(p, b, n)	{ .param = #p, .how = IS_BYTES, .arg = (long)(b), .data = (b), .size = (n) }
#define OBJECT(p, o)	{ .param = #p, .how = IS_OBJECT, .arg = (long)(o), .data = (o), .len = sizeof(*(o)) }
#define STRUCTS(p, s, n) { .param = #p, .how = IS_OBJECT, .arg = (long)(s), .data = (s), \
			   .len = (n) * sizeof(*(s)), .size = (n) * sizeof(*(s)) }
#define ADDRESS(p, a, n) { .param = #p, .how = IS_ADDRESS, .arg = (long)(a), .data = (a), .len = (n) }
#define BAD(p)		{ .param = #p, .how = IS_FAULT, .arg = (long)BAD_PTR }
#define BAD_BYTES(p, n)	{ .param = #p, .how = IS_FAULT, .arg = (long)BAD_PTR, .data = "", .size = (n) }
#define NULL_ARG(p)	{ .param = #p, .how = IS_NONE }
#define UNSEEN(v)	{ .how = UNSEEN_ARG, .arg = (long)(v) }

/* ---- the call ---- */

#define CALL(call, ...) CALL_AS(call, SYS_##call, __VA_ARGS__)

/* The same, told as the event given. */
#define CALL_AS(event, nr, ...)							\
	make_call(__FILE__, __LINE__, #event, nr, (struct want[]){ __VA_ARGS__ },	\
		  sizeof((struct want[]){ __VA_ARGS__ }) / sizeof(struct want))

long make_call(const char *file, int line, const char *event, long nr, struct want *args,
	       unsigned nargs);

/* For calls that are made in another way: before it, then after it in each task that returns. */
#define CALL_BEGIN(event, ...)							\
	begin_call(__FILE__, __LINE__, #event, (struct want[]){ __VA_ARGS__ },	\
		   sizeof((struct want[]){ __VA_ARGS__ }) / sizeof(struct want))
void begin_call(const char *file, int line, const char *event, struct want *args, unsigned nargs);
void end_call(long ret);
/* What is noted after the call would come too late; its end is an event of this name. */
void will_end_call(long ret, const char *event);
void will_not_return(void);	/* the same, of a call whose only record is that at entry */
void call_is(const char *name, enum sct_event_abi abi);	/* of the last call */
void no_enter_record(void);	/* of the last call: it began in another task */

/* ---- what else the record of the last call must tell ---- */

#define WANT(p, ...)	 add_want(&(struct want){ .param = #p, __VA_ARGS__ })
#define ALSO_NUM(p, v)	 WANT(p, .how = IS_NUM, .num = (uint64_t)(v))
#define GOT_NUM(p, v)	 WANT(p, .how = IS_NUM, .num = (uint64_t)(v), .when = AT_RETURN)
#define NOW_NUM(p, v)	 WANT(p, .how = IS_NUM, .num = (uint64_t)(v), .when = AT_ITS_TIME)
#define NOW_RANGE(p, a, b) WANT(p, .how = IS_RANGE, .num = (a), .max = (b), .when = AT_ITS_TIME)
#define GOT_RANGE(p, a, b) WANT(p, .how = IS_RANGE, .num = (a), .max = (b), .when = AT_RETURN)
#define ALSO_STR(p, s)	 WANT(p, .how = IS_STRING, .data = (s))
#define GOT_STR(p, s)	 WANT(p, .how = IS_STRING, .data = (s), .when = AT_RETURN)
#define NOW_STR(p, s)	 WANT(p, .how = IS_STRING, .data = (s), .when = AT_ITS_TIME)
#define ALSO_STRINGS(p, s, n) WANT(p, .how = IS_STRINGS, .data = (s), .len = (n))
#define NOW_STRINGS(p, s, n) WANT(p, .how = IS_STRINGS, .data = (s), .len = (n), .when = AT_ITS_TIME)
#define ALSO_BYTES(p, b, n) WANT(p, .how = IS_BYTES, .data = (b), .size = (n))
#define GOT_BYTES(p, b, n) WANT(p, .how = IS_BYTES, .data = (b), .size = (n), .when = AT_RETURN)
#define ALSO_OBJECT(p, o) WANT(p, .how = IS_STRUCTS, .data = (o), .len = sizeof(*(o)))
#define NOW_BYTES(p, b, n) WANT(p, .how = IS_BYTES, .data = (b), .size = (n), .when = AT_ITS_TIME)
#define GOT_OBJECT(p, o) \
	WANT(p, .how = IS_STRUCTS, .data = (o), .len = sizeof(*(o)), .when = AT_RETURN)
#define GOT_STRUCTS(p, s, n) \
	WANT(p, .how = IS_STRUCTS, .data = (s), .len = (n) * sizeof(*(s)), .when = AT_RETURN)
#define NOW_OBJECT(p, o) \
	WANT(p, .how = IS_STRUCTS, .data = (o), .len = sizeof(*(o)), .when = AT_ITS_TIME)
#define ALSO_ADDRESS(p, a, n) WANT(p, .how = IS_ADDRESS, .data = (a), .len = (n))
#define GOT_ADDRESS(p, a, n) WANT(p, .how = IS_ADDRESS, .data = (a), .len = (n), .when = AT_RETURN)
#define NOW_ADDRESSES(p, a, n, b, m) \
	WANT(p, .how = IS_ADDRESSES, .data = (a), .len = (n), .peer = (b), .peer_len = (m), \
	     .when = AT_ITS_TIME)
/* One message: of n bytes, from or to an address of m; flags of one that came */
#define ALSO_MESSAGE(p, b, n, a, m) \
	WANT(p, .how = IS_MESSAGE, .data = (b), .len = (n), .peer = (a), .peer_len = (m))
#define GOT_MESSAGE(p, b, n, a, m, f) \
	WANT(p, .how = IS_MESSAGE, .data = (b), .len = (n), .peer = (a), .peer_len = (m), .num = (f), \
	     .when = AT_RETURN)
#define NONE(p)		 WANT(p, .how = IS_NONE)
#define FAULT(p)	 WANT(p, .how = IS_FAULT)
#define GOT_FAULT(p)	 WANT(p, .how = IS_FAULT, .when = AT_RETURN)

void add_want(const struct want *want);

extern const char *test_dir;	/* the working directory at first, whose files nobody else sees */
extern unsigned cpus;		/* online */

/* ---- for the child; calls that these make beside those noted are in calls.c ---- */

/* Give up, with what errno says. */
#define die(...) die_at(__FILE__, __LINE__, __VA_ARGS__)
__attribute__((noreturn, format(printf, 3, 4)))
void die_at(const char *file, int line, const char *fmt, ...);

void *shared(size_t size);		/* memory that the child shares with its children, zeroed */
uint64_t ino_of(int fd);
uint32_t dev_of(int fd);		/* as the kernel numbers devices */
pid_t tid_now(void);
pid_t pid_now(void);
__attribute__((noreturn)) void end_process(int status);
void reap(pid_t pid);

/* ---- for the parent ---- */


void test_begin(void);		/* skips the test without privileges */
/*
 * Records name cgroups as the initial cgroup namespace does, /proc/self/cgroup as that of its reader: in
 * a container that leaves out the beginning.  Skips the test if it cannot leave such a namespace.
 */
void enter_cgroup_namespace(void);
bool find_program(const char *name, char *path, size_t size);	/* of those of this directory */
void *map_shared(size_t size);	/* memory that the child shares, for what it does not note */
void test_end(void);		/* with the test's exit status */

__attribute__((format(printf, 1, 2)))
void fail(const char *fmt, ...);
void fail_event(const struct sct_event *event, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Trace a child that runs run(): each event goes to each().  Then check_all_seen() has no calls
 * left that compare_call() saw no record of.
 */
void trace(const char *events, bool enter, void (*run)(void),
	   void (*each)(const struct sct_event *event));
void compare_call(const struct sct_event *event);
void check_all_seen(bool enter);
bool was_called(const char *event);
/*
 * Do 64-bit programs have it?  Those of 32-bit programs alone are for test_abi.c, the others for
 * test_calls.c.
 */
bool is_native(const struct sct_event_info *ev);

/* The same by hand, for sessions of other kinds. */
pid_t start_child(void (*run)(void));	/* it waits */
void let_child_run(void);
void end_child(pid_t pid);		/* wait for it: it must have come to its end */
uint64_t note_missed(struct sct_session *session);	/* what the kernel skipped, see test_end() */

/* One parameter against what it must be; wants at entry other things. */
void check_param(const struct sct_event *event, const struct want *want);

#endif
