// SPDX-License-Identifier: MIT
/*
 * The module's rings as a session reads them, here made by hand in a file in memory: sound ones,
 * and ones that the module never makes, which must be errors that name the place.  Links the
 * library's inside.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>
#include "kmod_ring.h"
#include "session.h"

#define CPUS	  2u
#define RING_SIZE 65536u
#define REC_LEN	  SCT_VALUES_OFF(SCT_NPARAMS(openat_x))

/* ---- the kernel's side ---- */

static struct writer {
	__u8 *base;	/* the file: the reader's page, the writer's, the data and their copy */
	__u64 pos;
	__u64 seq;
	__u64 lost;	/* behind the last record */
} writers[CPUS];

static __u64 *position_of(unsigned cpu, unsigned page)
{
	return (__u64 *)(writers[cpu].base + (size_t)page * sysconf(_SC_PAGESIZE));
}

static void show(unsigned cpu, __u64 pos)
{
	__atomic_store_n(position_of(cpu, 1), pos, __ATOMIC_RELEASE);
}

/* The bytes at a position; the module has the data twice, the file has them two times. */
static void put(unsigned cpu, __u64 pos, const void *bytes, size_t n)
{
	__u8 *data = (__u8 *)position_of(cpu, 2);
	size_t at = pos % RING_SIZE, i;

	for (i = 0; i < n; i++) {
		data[(at + i) % RING_SIZE] = ((const __u8 *)bytes)[i];
		data[(at + i) % RING_SIZE + RING_SIZE] = ((const __u8 *)bytes)[i];
	}
}

/* A record without values, of len bytes as it says itself. */
static void put_record(unsigned cpu, __u64 ts, __u32 len)
{
	struct writer *w = &writers[cpu];
	__u64 bytes[REC_LEN / 8] = { 0 };
	struct sct_record *rec = (void *)bytes;

	*rec = (struct sct_record){
		.len = len, .row = SCT_SYS_openat, .type = SCT_EV_openat_x, .nparams = SCT_NPARAMS(openat_x),
		.seq = w->seq++, .ts = ts, .tid = 1,
	};
	put(cpu, w->pos, bytes, sizeof(bytes));
	w->pos += sizeof(bytes);
}

static void write_record(unsigned cpu, __u64 ts)
{
	put_record(cpu, ts, REC_LEN);
	show(cpu, writers[cpu].pos);
}

/* ---- a session that reads them ---- */

static int open_ring(struct sct_driver *d, struct sct_ring *ring)
{
	const long page = sysconf(_SC_PAGESIZE);
	struct writer *w = &writers[ring->cpu];

	(void)d;
	ring->size = RING_SIZE;
	ring->fd = memfd_create("ring", MFD_CLOEXEC);
	assert_true(ring->fd >= 0);
	assert_int_equal(ftruncate(ring->fd, 2 * page + 2 * RING_SIZE), 0);
	memset(w, 0, sizeof(*w));
	w->base = mmap(NULL, 2 * page + 2 * RING_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED,
		       ring->fd, 0);
	assert_true(w->base != MAP_FAILED);
	return sct_mapped_ring_open(ring);
}

static void detach(struct sct_driver *d)
{
	(void)d;
}

static int counts(struct sct_driver *d, unsigned cpu, struct sct_counts *c)
{
	(void)d;
	memset(c, 0, sizeof(*c));
	c->sent = writers[cpu].seq;
	c->lost = writers[cpu].lost;
	return 0;
}

static void close_driver(struct sct_driver *d)
{
	(void)d;
}

static const struct sct_driver_ops by_hand = {
	.close = close_driver, .name = "by hand", .open_ring = open_ring, .detach = detach, .counts = counts,
};

static int open_session(void **state)
{
	struct sct_session *s = calloc(1, sizeof(*s));
	struct sct_live *live;
	unsigned cpu;

	assert_non_null(s);
	live = calloc(1, sizeof(*live));
	assert_non_null(live);
	live->source = (struct sct_source){ .ops = &sct_live_ops, .diag = &s->diag, .ncpus = CPUS };
	live->driver = (struct sct_driver){
		.ops = &by_hand, .diag = &s->diag, .opt = &s->opt, .ring_ops = &sct_kmod_ring_ops, .ncpus = CPUS,
	};
	live->cpus.fd = -1;
	live->looked = ~0ull >> 1;	/* CPUs of this machine are not ours */
	live->rings = calloc(CPUS, sizeof(*live->rings));
	live->heap = calloc(CPUS, sizeof(struct sct_ring *));
	s->tasks = sct_tasks_new();
	s->decoder = sct_decoder_new();
	assert_true(live->rings && live->heap && s->tasks && s->decoder);
	for (cpu = 0; cpu < SCT_BATCH_MAX; cpu++) {
		s->events[cpu].decoder = s->decoder;
		s->batch[cpu] = &s->events[cpu];
	}
	for (cpu = 0; cpu < CPUS; cpu++) {
		live->rings[cpu].cpu = cpu;
		assert_int_equal(open_ring(&live->driver, &live->rings[cpu]), 0);
		live->nrings++;
	}
	s->source = &live->source;
	s->next_seq = calloc(CPUS, sizeof(*s->next_seq));
	assert_non_null(s->next_seq);
	*state = s;
	return 0;
}

static int close_session(void **state)
{
	struct sct_session *s = *state;
	unsigned cpu;

	for (cpu = 0; cpu < CPUS; cpu++)
		munmap(writers[cpu].base, 2 * sysconf(_SC_PAGESIZE) + 2 * RING_SIZE);
	sct_close(s);
	return 0;
}

static const struct sct_event *const *batch;

static ssize_t next(struct sct_session *s)
{
	return sct_next(s, &batch, 0);
}

/* ---- sound rings ---- */

static void an_empty_ring_has_nothing(void **state)
{
	assert_int_equal(next(*state), 0);
}

static void records_come_in_the_order_of_time(void **state)
{
	unsigned i;

	for (i = 0; i < 6; i++)
		write_record(i % 3 ? 1 : 0, 100 + i);
	assert_int_equal(next(*state), 6);
	for (i = 0; i < 6; i++) {
		assert_int_equal(sct_event_ts(batch[i]), 100 + i);
		assert_int_equal(sct_event_cpu(batch[i]), i % 3 ? 1 : 0);
	}
}

/* The size of a record does not divide that of the ring. */
static void records_do_not_wrap(void **state)
{
	unsigned i;

	for (i = 0; i < 5 * RING_SIZE / REC_LEN; i++) {
		write_record(0, 100 + i);
		assert_int_equal(next(*state), 1);
		assert_int_equal(sct_event_seq(batch[0]), i);
		assert_int_equal(sct_event_ts(batch[0]), 100 + i);
	}
	assert_true(RING_SIZE % REC_LEN);
}

static void the_writer_learns_how_far_we_are(void **state)
{
	write_record(0, 1);
	write_record(0, 2);
	assert_int_equal(next(*state), 2);
	assert_int_equal(*position_of(0, 0), 0);	/* the batch is still in use */
	assert_int_equal(next(*state), 0);
	assert_int_equal(*position_of(0, 0), 2 * REC_LEN);
}

static void a_full_ring_is_read(void **state)
{
	ssize_t n, all = 0;
	unsigned i;

	for (i = 0; i < RING_SIZE / REC_LEN; i++)
		write_record(0, i);
	while ((n = next(*state)) > 0)
		all += n;
	assert_int_equal(n, 0);
	assert_int_equal(all, i);
}

static void a_gap_is_a_loss(void **state)
{
	write_record(0, 1);
	writers[0].seq += 7;
	write_record(0, 2);
	assert_int_equal(next(*state), 3);
	assert_string_equal(sct_event_name(batch[1]), "loss");
	assert_int_equal(sct_event_lost(batch[1]), 7);
	assert_int_equal(sct_event_seq(batch[2]), 8);
}

/* A CPU that came up later: its ring was there before we looked, and full. */
static void what_was_lost_before_the_first_record_is_told(void **state)
{
	writers[1].seq = 5;
	write_record(1, 2);
	assert_int_equal(next(*state), 2);
	assert_int_equal(sct_event_lost(batch[0]), 5);
	assert_int_equal(sct_event_cpu(batch[0]), 1);
}

static void what_was_lost_at_the_end_is_told(void **state)
{
	struct sct_session *s = *state;

	write_record(1, 1);
	writers[1].lost = 3;
	sct_stop(s);
	assert_int_equal(next(s), 2);
	assert_int_equal(sct_event_lost(batch[1]), 3);
	assert_int_equal(sct_event_cpu(batch[1]), 1);
	assert_false(sct_drained(s));
	assert_int_equal(next(s), 0);
	assert_true(sct_drained(s));
}

/* ---- rings that cannot be ---- */

static void assert_refused(struct sct_session *s, const char *where, const char *why)
{
	int again;

	for (again = 0; again < 2; again++) {
		assert_int_equal(next(s), -EBADMSG);
		if (!strstr(sct_strerror(s), where) || !strstr(sct_strerror(s), why))
			fail_msg("'%s' has no '%s' or no '%s'", sct_strerror(s), where, why);
	}
}

static void positions_that_make_no_sense_are_refused(void **state)
{
	static const struct {
		__u64 before, after;	/* where the writer was when we read it, and is now */
	} cases[] = {
		{ 0, RING_SIZE + REC_LEN }, { 0, RING_SIZE + 8 }, { 0, ~0ull }, { 0, 1ull << 63 },
		{ 0, REC_LEN + 4 }, { 0, REC_LEN - 1 },
		{ REC_LEN, 0 }, { REC_LEN, REC_LEN - 8 }, { REC_LEN, 8 },
	};
	char where[64];
	unsigned i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (i) {
			close_session(state);
			open_session(state);
		}
		if (cases[i].before) {
			write_record(1, 1);
			assert_int_equal(next(*state), 1);
		}
		show(1, cases[i].after);
		snprintf(where, sizeof(where), "CPU 1 holds garbage at position %llu, record %u",
			 (unsigned long long)cases[i].before, !!cases[i].before);
		assert_refused(*state, where, "the writer's position is impossible");
	}
}

static void lengths_that_make_no_sense_are_refused(void **state)
{
	static const __u32 lengths[] = {
		0, 1, 8, sizeof(struct sct_record) - 8, sizeof(struct sct_record) + 4, REC_LEN - 1,
		SCT_REC_LIMIT + 8, 1u << 31, ~0u, ~0u - 7,
	};
	unsigned i;

	for (i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		if (i) {
			close_session(state);
			open_session(state);
		}
		write_record(0, 1);
		put_record(0, 2, lengths[i]);
		show(0, writers[0].pos);
		assert_int_equal(next(*state), 1);	/* what is before it */
		assert_refused(*state, "CPU 0 holds garbage at position 72, record 1:",
			       "impossible length");
	}
}

static void a_record_that_is_not_all_there_is_refused(void **state)
{
	put_record(0, 1, REC_LEN + 8);
	show(0, REC_LEN);
	assert_refused(*state, "CPU 0 holds garbage at position 0", "behind the writer's position");
}

static void a_record_in_itself_wrong_is_refused(void **state)
{
	const __u16 type = SCT_EV_MAX;

	write_record(0, 1);
	write_record(0, 2);
	put(0, REC_LEN + offsetof(struct sct_record, type), &type, sizeof(type));
	assert_int_equal(next(*state), 1);
	assert_refused(*state, "CPU 0 holds garbage at position 72, record 1", ": ");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_session, close_session)
	static const struct CMUnitTest tests[] = {
		T(an_empty_ring_has_nothing),
		T(records_come_in_the_order_of_time),
		T(records_do_not_wrap),
		T(the_writer_learns_how_far_we_are),
		T(a_full_ring_is_read),
		T(a_gap_is_a_loss),
		T(what_was_lost_before_the_first_record_is_told),
		T(what_was_lost_at_the_end_is_told),
		T(positions_that_make_no_sense_are_refused),
		T(lengths_that_make_no_sense_are_refused),
		T(a_record_that_is_not_all_there_is_refused),
		T(a_record_in_itself_wrong_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
