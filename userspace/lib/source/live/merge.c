// SPDX-License-Identifier: MIT
/* The merge over CPUs: a heap of rings by the time of their next record. */
#include <errno.h>
#include <stdlib.h>
#include "live.h"

/*
 * A record's time is taken when its filler starts, and it is visible a little later.  Records that are
 * younger than SCT_WINDOW_NS stay in the rings, so that an older one of another CPU can still turn up.
 */

#define STEP_NS 1000000	/* smaller differences are the clock being slewed, and our measuring */

static bool older(const struct sct_ring *a, const struct sct_ring *b)
{
	return a->rec->ts < b->rec->ts;
}

static void sift_down(struct sct_live *live, unsigned i)
{
	struct sct_ring *ring = live->heap[i];
	unsigned child;

	while ((child = 2 * i + 1) < live->nheap) {
		if (child + 1 < live->nheap && older(live->heap[child + 1], live->heap[child]))
			child++;
		if (!older(live->heap[child], ring))
			break;
		live->heap[i] = live->heap[child];
		i = child;
	}
	live->heap[i] = ring;
}

/*
 * See what every ring has now, and make a heap of those that have something.  A ring that holds
 * garbage is an error: nothing of it can be trusted.
 */
static int gather(struct sct_live *live)
{
	const struct sct_ring_ops *ops = live->driver.ring_ops;
	struct sct_ring *ring;
	unsigned i;

	live->nheap = 0;
	for (i = 0; i < live->nrings; i++) {
		ring = &live->rings[i];
		ops->snapshot(ring);
		ring->rec = ops->peek(ring);
		if (ring->bad)
			return sct_fail(live->source.diag, -EBADMSG,
					"the ring of CPU %u holds garbage at position %llu, record %llu: %s",
					ring->cpu, (unsigned long long)ring->pos,
					(unsigned long long)ring->next_seq, ring->bad);
		if (ring->rec)
			live->heap[live->nheap++] = ring;
	}
	for (i = live->nheap / 2; i-- > 0;)
		sift_down(live, i);
	return 0;
}

/* The oldest record has been taken. */
static void advance(struct sct_live *live)
{
	struct sct_ring *ring = live->heap[0];

	ring->pos = ring->next;
	ring->rec = live->driver.ring_ops->peek(ring);
	if (!ring->rec)
		live->heap[0] = live->heap[--live->nheap];
	if (live->nheap > 1)
		sift_down(live, 0);
}

/* The number of the next record that is due is seq: those before it are missing.  Returns how many items. */
static unsigned put_loss(struct sct_item *item, struct sct_ring *ring, __u64 ts, __u64 seq)
{
	if (seq <= ring->next_seq)
		return 0;
	*item = (struct sct_item){
		.kind = SCT_ITEM_LOSS, .cpu = ring->cpu, .ts = ts, .seq = ring->next_seq,
		.lost = seq - ring->next_seq,
	};
	ring->next_seq = seq;
	return 1;
}

/* CPUs that came or went up to a time. */
static unsigned take_changes(struct sct_live *live, __u64 until, struct sct_item *items, unsigned max)
{
	struct sct_cpus *c = &live->cpus;
	unsigned n = 0;

	for (; n < max && c->nout < c->nchanges && c->changes[c->nout].rec.ts <= until; c->nout++)
		items[n++] = (struct sct_item){
			.kind = SCT_ITEM_RECORD, .cpu = c->changes[c->nout].cpu,
			.rec = &c->changes[c->nout].rec,
		};
	return n;
}

static bool has_changes(const struct sct_live *live)
{
	return live->cpus.nout < live->cpus.nchanges;
}

/* Records up to a time.  A loss and the record behind it go together. */
static unsigned collect(struct sct_live *live, __u64 until, struct sct_item *items, unsigned max)
{
	const struct sct_record *rec;
	const bool changes = has_changes(live);
	struct sct_ring *ring;
	unsigned n = 0;

	while (live->nheap && n + 1 < max) {
		ring = live->heap[0];
		rec = ring->rec;
		if (changes)
			n += take_changes(live, rec->ts < until ? rec->ts : until, items + n, max - 1 - n);
		if (rec->ts > until || n + 1 >= max)
			break;
		n += put_loss(&items[n], ring, rec->ts, rec->seq);
		ring->next_seq = rec->seq + 1;
		items[n].kind = SCT_ITEM_RECORD;
		items[n].cpu = ring->cpu;
		items[n].rec = rec;
		items[n++].pos = ring->pos;
		advance(live);
	}
	if (changes && !live->nheap)
		n += take_changes(live, until, items + n, max - n);
	return n;
}

/* What was dropped behind the last record of each ring; only when nothing is attached any more. */
static int collect_tail_losses(struct sct_live *live, struct sct_item *items, unsigned max)
{
	struct sct_driver *driver = &live->driver;
	struct sct_counts *counts = malloc(sizeof(*counts));
	unsigned i, n = 0;
	int err = 0;

	if (!counts)
		return sct_fail(live->source.diag, -ENOMEM, "out of memory");
	for (i = 0; i < live->nrings && !err && n < max; i++) {
		err = driver->ops->counts(driver, live->rings[i].cpu, counts);
		if (!err)
			n += put_loss(&items[n], &live->rings[i], sct_now(CLOCK_BOOTTIME),
				      counts->sent + counts->lost);
	}
	free(counts);
	return err ? err : (int)n;
}

/* Behind n items of a source that is detached and has no more: the last losses; when there are none, the end. */
static int finish(struct sct_live *live, struct sct_item *items, unsigned n, unsigned max)
{
	int lost = collect_tail_losses(live, items + n, max - n);

	if (lost < 0)
		return lost;
	n += lost;
	if (!n)
		items[n++] = (struct sct_item){ .kind = SCT_ITEM_END };
	return n;
}

/* Relate the wall clock to the records' clock; again when it was set. */
static void set_clock(struct sct_live *live)
{
	__s64 diff = sct_now(CLOCK_REALTIME) - sct_now(CLOCK_BOOTTIME);

	if (llabs(diff - live->source.real_minus_boot) > STEP_NS)
		live->source.real_minus_boot = diff;
}

/* Once a second: has the clock been set?  Then, and when the kernel says so: has a CPU come up? */
static void look_around(struct sct_live *live, __u64 now)
{
	struct sct_diag *diag = live->source.diag;

	if (now - live->looked < 1000000000u && !sct_cpus_told(live))
		return;
	live->looked = now;
	set_clock(live);
	sct_cpus_look(live, now);
	if (sct_rings_open(live) && !live->ring_warned) {
		live->ring_warned = true;	/* it is tried again, and what is lost is counted */
		sct_log(diag, SCT_LOG_WARN, "%s", diag->error);
	}
}

int sct_live_next(struct sct_source *source, struct sct_item *items, unsigned max)
{
	struct sct_live *live = (struct sct_live *)source;
	const __u64 now = sct_now(CLOCK_BOOTTIME);
	unsigned n;
	int err;

	look_around(live, now);
	err = gather(live);
	if (err)
		return err;
	n = collect(live, live->detached ? ~0ull : now - SCT_WINDOW_NS, items, max);
	return live->detached && !live->nheap ? finish(live, items, n, max) : (int)n;
}
