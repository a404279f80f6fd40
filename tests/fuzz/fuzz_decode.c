// SPDX-License-Identifier: MIT
/*
 * Records and rings with any content, as the library reads them: nothing is read that is not
 * theirs, what is refused is so for a reason, and what is taken prints.
 */
#include <errno.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <sanitizer/asan_interface.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "bpf_ring.h"
#include "kmod_ring.h"
#include "perf_ring.h"
#include "make_record.h"
#include "live.h"
#include "session.h"

static __u64 made[MADE_ROOM / 8];
static size_t made_len;

static void check_reason(const char *why)
{
	REQUIRE(why && *why, "no reason");
	for (; *why; why++)
		REQUIRE(*why >= ' ' && *why <= '~', "byte %#x in the reason", (__u8)*why);
}

/* ---- one record, of which maybe not all is there ---- */

#define WHOLE 240u

static void one_record(struct fuzz_input *in)
{
	struct sct_event event = {
		.real_minus_boot = 1700000000000000000ll, .decoder = fuzz_decoder(),
	};
	size_t n = make_record(in, (void *)made, SCT_REC_MAX), missing = fuzz_take(in, 1);
	const char *why = NULL;
	void *copy;

	tear(in, made, n);
	if (missing > WHOLE)
		n -= (missing - WHOLE) * 4 < n ? (missing - WHOLE) * 4 : n;
	copy = malloc(n + !n);
	REQUIRE(copy, "no memory");
	event.rec = memcpy(copy, made, n);
	if (sct_record_check(event.rec, n, &why))
		check_reason(why);
	else
		fuzz_print(&event);
	free(copy);
}

/* ---- rings, in memory of which only what is written is readable ---- */

#define CPUS	  2u
#define RING_SIZE 16384u
#define LONGEST	  2000u	/* value there */
#define AGAIN	  192u

enum kind { ALONE, KMOD, BPF, PERF, KINDS };

struct writer {
	__u8 *base;	/* a page or two, the data, and where the ring has it a second time that */
	__u8 *data;
	__u64 start, pos, seq, ts;
};

static struct writer writers[CPUS];
static struct sct_session *session;
static struct sct_live live;
static __u64 next_seq[CPUS];
static struct sct_ring rings[CPUS], *heap[CPUS];

static size_t copies(enum kind kind)
{
	return kind == PERF ? 1 : 2;
}

static void writer_start(struct fuzz_input *in, struct writer *w, enum kind kind)
{
	size_t page = sysconf(_SC_PAGESIZE);

	if (!w->base)
		w->base = aligned_alloc(page, 2 * page + 2 * RING_SIZE);
	REQUIRE(w->base, "no memory");
	__asan_unpoison_memory_region(w->base, 2 * page + 2 * RING_SIZE);
	memset(w->base, 0, 2 * page);
	w->data = w->base + (kind == PERF ? 1 : 2) * page;
	w->start = w->pos = RING_SIZE - 8 * fuzz_take(in, 1);
	w->seq = w->ts = 0;
}

static void put(struct writer *w, enum kind kind, const void *bytes, size_t n)
{
	size_t at = w->pos % RING_SIZE, first = n < RING_SIZE - at ? n : RING_SIZE - at, i;

	for (i = 0; i < copies(kind); i++) {
		memcpy(w->data + i * RING_SIZE + at, bytes, first);
		memcpy(w->data + i * RING_SIZE, (const __u8 *)bytes + first, n - first);
	}
	w->pos += n;
}

/* The head that the kernel puts in front of each; it is sound. */
static void put_head(struct fuzz_input *in, struct writer *w, enum kind kind, size_t n)
{
	struct { struct perf_event_header header; __u32 size, lead; } sample = {
		.header = { .type = PERF_RECORD_SAMPLE, .size = sizeof(sample) + n }, .size = n + 4,
	};
	__u32 entry[2] = { n };
	unsigned how = kind == KMOD ? 0 : fuzz_take(in, 1);

	if (how > 240)
		sample.header.type = PERF_RECORD_LOST;
	if (how > 240)
		entry[0] |= how > 250 ? BPF_RINGBUF_BUSY_BIT : BPF_RINGBUF_DISCARD_BIT;
	if (kind == PERF)
		put(w, kind, &sample, sizeof(sample));
	else if (kind == BPF)
		put(w, kind, entry, sizeof(entry));
}

/* What else is in the ring than what lies before pos cannot be read. */
static void poison(const struct writer *w, enum kind kind, __u64 pos)
{
	size_t n = pos <= w->start ? 0 : pos - w->start < RING_SIZE ? pos - w->start : RING_SIZE;
	size_t at = w->start % RING_SIZE, end = at + n;

	__asan_poison_memory_region(w->data, copies(kind) * RING_SIZE);
	__asan_unpoison_memory_region(w->data + at, kind == PERF && end > RING_SIZE ? RING_SIZE - at : n);
	if (end > RING_SIZE)
		__asan_unpoison_memory_region(w->data, end - RING_SIZE);
}

/* Of the call that began with the last record, which all that came in registers has, too. */
static size_t end_of_call(struct fuzz_input *in, struct sct_record *rec)
{
	size_t off = SCT_VALUES_OFF(rec->nparams);

	rec->flags &= ~SCT_RF_ENTER;
	if (off < made_len)
		tear(in, (__u8 *)rec + off, made_len - off);
	return made_len;
}

static bool write_record(struct fuzz_input *in, enum kind kind)
{
	struct sct_record *rec = (void *)made;
	unsigned how = fuzz_take(in, 1);
	struct writer *w = &writers[how % CPUS];
	size_t n = how < AGAIN ? make_record(in, rec, LONGEST) : end_of_call(in, rec);

	if (n + 16 > RING_SIZE - (w->pos - w->start))
		return false;
	w->seq += fuzz_take(in, 1) % 8 == 7;	/* one is lost */
	rec->seq = w->seq++;
	rec->ts = w->ts += fuzz_take(in, 1);
	tear(in, made, n);
	made_len = n;
	put_head(in, w, kind, n);
	put(w, kind, made, n);
	return true;
}

/* Where the writer is, as it shows it: the module's may be anywhere. */
static void show(struct fuzz_input *in, const struct writer *w, enum kind kind)
{
	__u64 pos = w->pos;

	if (kind == KMOD && fuzz_take(in, 1) == 255)
		pos += (__s8)fuzz_take(in, 1);
	if (kind == PERF)
		((struct perf_event_mmap_page *)w->base)->data_head = pos;
	else
		*(__u64 *)(w->data - sysconf(_SC_PAGESIZE)) = pos;
	poison(w, kind, pos);
}

/* ---- a session that reads them ---- */

static void detach(struct sct_driver *d)
{
	(void)d;
}

static int counts(struct sct_driver *d, unsigned cpu, struct sct_counts *c)
{
	(void)d;
	c->sent = writers[cpu].seq;
	c->lost = 0;
	return 0;
}

static const struct sct_driver_ops driver = { .name = "fuzzer", .detach = detach, .counts = counts };

static struct sct_session *new_session(void)
{
	struct sct_session *s = calloc(1, sizeof(*s));
	unsigned i;

	REQUIRE(s, "no memory");
	for (i = 0; i < SCT_BATCH_MAX; i++) {
		s->events[i].decoder = fuzz_decoder();
		s->batch[i] = &s->events[i];
	}
	return s;
}

static void open_session(enum kind kind, bool pairs)
{
	static bool online[2 * CPUS];
	static const struct sct_ring_ops *const ops[KINDS] = {
		[KMOD] = &sct_kmod_ring_ops, [BPF] = &sct_bpf_ring_ops, [PERF] = &sct_perf_ring_ops,
	};
	unsigned cpu;

	if (!session)
		session = new_session();
	/* what is behind it is filled before it is read */
	memset(session, 0, offsetof(struct sct_session, items));
	live = (struct sct_live){
		.source = { .ops = &sct_live_ops, .diag = &session->diag, .ncpus = CPUS },
		.driver = {
			.ops = &driver, .opt = &session->opt, .diag = &session->diag,
			.ring_ops = ops[kind], .ncpus = CPUS,
		},
		.rings = rings, .nrings = CPUS, .heap = heap,
		.cpus = { .fd = -1, .online = online },
		.looked = sct_now(CLOCK_BOOTTIME),	/* not for other CPUs */
	};
	session->nbatch = 0;
	session->source = &live.source;
	memset(next_seq, 0, sizeof(next_seq));
	session->next_seq = next_seq;
	session->tasks = sct_tasks_new();
	session->decoder = fuzz_decoder();
	session->pairs = pairs ? sct_pairs_new() : NULL;
	session->opt.enter = true;
	sct_stop(session);
	for (cpu = 0; cpu < CPUS; cpu++)
		rings[cpu] = (struct sct_ring){
			.cpu = cpu, .fd = -1, .base = writers[cpu].base, .data = writers[cpu].data,
			.size = RING_SIZE, .pos = writers[cpu].start,
			.linear = kind == PERF ? malloc(RING_SIZE) : NULL,
		};
}

static void close_session(void)
{
	unsigned cpu, i;

	for (cpu = 0; cpu < CPUS; cpu++)
		free(rings[cpu].linear);
	for (i = 0; i < session->nbatch; i++) {
		free(session->events[i].begun);
		session->events[i].begun = NULL;
	}
	sct_pairs_free(session->pairs);
	sct_tasks_free(session->tasks);
}

static void read_all(struct sct_session *s)
{
	const struct sct_event *const *events;
	ssize_t n, i;

	while ((n = sct_next(s, &events, 0)) > 0)
		for (i = 0; i < n; i++)
			fuzz_print(events[i]);
	REQUIRE(n < 0 || sct_drained(s), "rings are not read to their end");
	if (n)
		check_reason(sct_strerror(s));
}

static void whole_rings(struct fuzz_input *in, enum kind kind, bool pairs)
{
	unsigned cpu, n = fuzz_take(in, 1) % 16;

	for (cpu = 0; cpu < CPUS; cpu++)
		writer_start(in, &writers[cpu], kind);
	memset(made, 0, made_len = sizeof(struct sct_record));
	while (n-- && write_record(in, kind))
		;
	open_session(kind, pairs);
	for (cpu = 0; cpu < CPUS; cpu++)
		show(in, &writers[cpu], kind);
	read_all(session);
	close_session();
}

/* ---- the fuzzer's way in ---- */

int LLVMFuzzerTestOneInput(const __u8 *data, size_t size)
{
	struct fuzz_input in = { data, size };
	unsigned how = fuzz_take(&in, 1);

	fuzz_print_start(&in);
	if (how % KINDS == ALONE)
		one_record(&in);
	else
		whole_rings(&in, how % KINDS, how >> 2 == 1);
	fuzz_print_end();
	return 0;
}

#define FORMS 6u

/*
 * A record of each event for callers of each kind, at the begin of a call, and with its files; the
 * last time one of those that a ring holds.
 */
static size_t seed(unsigned i, __u8 *to)
{
	static const __u8 form[FORMS] = {
		SCT_ABI_NATIVE, SCT_ABI_IA32, SCT_ABI_X32, SCT_RF_ENTER, SCT_RF_FILES | SCT_RF_DURATION,
		SCT_RF_ENTER | SCT_RF_FILES,
	};
	size_t n = 0;

	to[n++] = i % FORMS == FORMS - 1 ? (i / FORMS % 8 ? 8 : 4) + 1 + i / FORMS % 3 : ALONE;
	to[n++] = 2;	/* options */
	if (to[0]) {
		to[n++] = 15;	/* records, */
		to[n++] = i;	/* from here on, */
		to[n++] = i;
		to[n++] = i % AGAIN;	/* the first in this ring */
	}
	to[n++] = i / FORMS;
	to[n++] = i / FORMS >> 8;
	to[n++] = form[i % FORMS];
	to[n++] = 0;	/* the first call */
	return n;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	fuzz_seeds(*argc, *argv, FORMS * SCT_EV_MAX, seed);
	return 0;
}
