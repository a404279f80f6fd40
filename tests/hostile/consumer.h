/* SPDX-License-Identifier: MIT */
/*
 * For the hostile tests: the kernel module's interface used directly, without the library, by a
 * reader that checks every byte which it can know, and accounts for every event.
 *
 * SCT_KMOD	sctrace.ko
 * SCT_EFFORT	how often the tests repeat what can be repeated; 1 if not set
 */
#ifndef CONSUMER_H
#define CONSUMER_H

#include <errno.h>
#include <linux/types.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <unistd.h>
#include "../check.h"
#include "sct_abi.h"
#include "sct_config.h"
#include "sct_ioctl.h"

/* ---- tests ---- */

/* A call that must work; one that must fail so. */
#define must(call)							\
	({								\
		long must_ret = (long)(call);				\
		if (must_ret == -1)					\
			fail("%s: %s", #call, strerror(errno));		\
		must_ret;						\
	})
#define must_fail(call, error)						\
	do {								\
		long fail_ret = (long)(call);				\
		if (fail_ret != -1)					\
			fail("%s: works, not %s", #call, #error);	\
		if (errno != (error))					\
			fail("%s: %s, not %s", #call, strerror(errno), #error);	\
	} while (0)

/* A thread of run(arg), which must start. */
#define start_thread(thread, run, arg)					\
	do {								\
		int start_err = pthread_create(thread, NULL, run, arg);	\
		if (start_err)						\
			fail("no thread for %s: %s", #run, strerror(start_err));	\
	} while (0)

/* First of all in each main(): needs root and the module, which is loaded. */
void begin(void);
/* So much to do in a short run. */
unsigned effort(unsigned n);
/* The same numbers each time from the same seed, which begin() has told; SCT_SEED sets it. */
__u32 random_u32(void);
__u64 random_u64(void);

/* Runs run(arg) in a child, which ends with its parent.  It must not fail: wait_for(). */
pid_t spawn(void (*run)(void *arg), void *arg);
void wait_for(pid_t pid);
void end_child(pid_t pid);	/* by SIGKILL */
void sleep_ms(unsigned ms);
__u64 now_ns(void);		/* CLOCK_BOOTTIME */

bool module_loaded(void);
int module_load(void);		/* 0 or an errno */
int module_unload(void);	/* 0 or an errno */
/* It must go, and comes back: nothing has been left open. */
void module_reload(void);

unsigned cpus_possible(void);
bool cpu_online(unsigned cpu);
void run_on(unsigned cpu);	/* the calling thread */
void run_anywhere(void);

/* ---- devices and consumers ---- */

int device_open(unsigned cpu, int flags);
__u64 digest(void);		/* of our own tables */

/* A setup that works, of nothing. */
struct sct_setup setup_for(const struct sct_want *want);
int setup(int fd, const struct sct_setup *s);
int join(int fd, int other);
int attach(int fd, __u32 kinds);
int change_want(int fd, const struct sct_want *want);
int get_counts(int fd, unsigned cpu, struct sct_counts *n);
__u32 kinds_there(int fd);

void want_call(struct sct_want *want, unsigned row, unsigned how);
/* Each call of each ABI, also those without a row, and all other events. */
void want_all(struct sct_want *want, unsigned how);

#define KINDS_CALLS (1u << SCT_KIND_sys_enter | 1u << SCT_KIND_sys_exit)
#define KINDS_ALL   ((1u << SCT_KIND_MAX) - 1)

struct consumer;

struct ring {
	int fd;
	unsigned cpu;
	__u64 size, tail;
	struct sct_ring_page *reader;
	const struct sct_ring_page *writer;
	const __u8 *data;
	__u64 seq;		/* of the next record, if none is lost */
	__u64 gaps;		/* sequence numbers that were missing */
	__u64 got[2][SCT_EV_MAX];	/* records, as sct_counts.count */
};

struct consumer {
	struct sct_want want;
	struct sct_setup set;	/* as from setup_for(), changed before consumer_open() */
	unsigned nrings;	/* one for each possible CPU */
	struct ring *rings;
	__u8 *scope;
	__u64 since;
	/* is given each record */
	void (*seen)(struct consumer *c, const struct ring *r, const struct sct_record *rec);
	void *ctx;
	pthread_t thread;
	int stop;
};

/* Memory 0 is a consumer of nothing with sensible settings, once this was called. */
void consumer_init(struct consumer *c);
/* Opens the devices of all CPUs, sets up, joins, maps. */
void consumer_open(struct consumer *c);
void consumer_attach(struct consumer *c, __u32 kinds);
/* Reads what is there; checks it; returns the number of records. */
__u64 ring_read(struct consumer *c, struct ring *r);
__u64 consumer_read(struct consumer *c);
/* A thread that reads all the time, not traced by this consumer. */
void consumer_start_reading(struct consumer *c);
void consumer_stop_reading(struct consumer *c);
/* All of one enum sct_scope; c's own process stays as it is. */
void consumer_trace_only(struct consumer *c, pid_t pid);

/* What tests count: calls of getppid(2), which nobody else makes so often. */
void want_getppid(struct sct_want *want);
void call_getppid(unsigned n);
/*
 * How often was it traced on all CPUs, in a consumer of want_getppid()?  Also when the ring was
 * full, since nobody may read it.
 */
__u64 getppid_traced(int fd);

struct totals {
	struct sct_count count[2][SCT_EV_MAX];
	__u64 seen, filtered, delivered, dropped;
};
/* Does all that a CPU counts add up?  Added to the totals. */
void check_counts(unsigned cpu, const struct sct_counts *n, struct totals *t);
/* Detaches, reads the rest, and checks that each event is accounted for. */
void consumer_finish(struct consumer *c, struct totals *t);
/* What is still open and mapped goes. */
void consumer_close(struct consumer *c);

/* Is it a record as it must be?  Else the test fails. */
void check_record(const struct sct_record *rec, __u64 room, __u32 snaplen);
/* The bytes of parameter i. */
const void *record_param(const struct sct_record *rec, unsigned i, unsigned *len);
const char *event_name(unsigned event);

#define load_acquire(p)	    __atomic_load_n(p, __ATOMIC_ACQUIRE)
#define store_release(p, v) __atomic_store_n(p, v, __ATOMIC_RELEASE)

#endif
