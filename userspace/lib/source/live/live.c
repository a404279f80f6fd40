// SPDX-License-Identifier: MIT
/* The live source: open, wait, stop, close. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "live.h"

#define TICK_MS	50	/* rings are looked at this often, whatever the watermark */

static struct sct_live *live_of(const struct sct_source *source)
{
	return (struct sct_live *)source;	/* its first member */
}

/*
 * Wait for a ring to fill to its watermark.  Where records wait for the window to pass, a ring is
 * readable all the time: then time alone counts.
 */
static int live_wait(struct sct_source *source, int timeout_ms)
{
	struct sct_live *live = live_of(source);
	const int most = live->nheap ? SCT_WINDOW_NS / 1000000 : TICK_MS;
	struct pollfd fds[live->nrings + 1];
	unsigned i;

	for (i = 0; i < live->nrings; i++)
		fds[i] = (struct pollfd){ .fd = live->rings[i].fd, .events = POLLIN };
	fds[i] = (struct pollfd){ .fd = live->cpus.fd, .events = POLLIN };
	if (timeout_ms < 0 || timeout_ms > most)
		timeout_ms = most;
	if (poll(fds, live->nheap ? 0 : live->nrings + 1, timeout_ms) < 0)
		return sct_fail(source->diag, -errno, "cannot wait for records: %s", strerror(errno));
	return 0;
}

static void live_release(struct sct_source *source)
{
	struct sct_live *live = live_of(source);
	struct sct_cpus *c = &live->cpus;
	unsigned i;

	for (i = 0; i < live->nrings; i++)
		live->driver.ring_ops->release(&live->rings[i]);
	c->nchanges -= c->nout;
	memmove(c->changes, c->changes + c->nout, c->nchanges * sizeof(*c->changes));
	c->nout = 0;
}

static void live_stop(struct sct_source *source)
{
	struct sct_live *live = live_of(source);

	if (!live->detached)
		live->driver.ops->detach(&live->driver);
	live->detached = true;
}

static void live_locate(const struct sct_source *source, const struct sct_item *item, char *text, size_t size)
{
	(void)source;
	snprintf(text, size, "the ring of CPU %u holds garbage at position %llu, record %llu", item->cpu,
		 (unsigned long long)item->pos, (unsigned long long)item->rec->seq);
}

static int live_counts(struct sct_source *source, unsigned cpu, struct sct_counts *counts)
{
	struct sct_driver *driver = &live_of(source)->driver;

	return driver->ops->counts(driver, cpu, counts);
}

static __u64 live_missed(struct sct_source *source)
{
	struct sct_driver *driver = &live_of(source)->driver;

	return driver->ops->missed(driver);
}

static int live_traced(struct sct_source *source)
{
	return sct_scope_count(live_of(source));
}

static bool live_alive(pid_t tid)
{
	return !kill(tid, 0) || errno != ESRCH;
}

static const struct sct_event_info *live_missing(const struct sct_source *source, unsigned i,
						 const char **program)
{
	const struct sct_driver *driver = &live_of(source)->driver;

	return driver->ops->missing ? driver->ops->missing(driver, i, program) : NULL;
}

static unsigned live_rings(const struct sct_source *source, size_t *size)
{
	const struct sct_live *live = live_of(source);

	*size = live->driver.opt->ring_size;
	return live->nrings;
}

static void live_close(struct sct_source *source)
{
	struct sct_live *live = live_of(source);

	sct_driver_close(live);
	sct_cpus_close(live);
	free(live->heap);
	free(live);
}

const struct sct_source_ops sct_live_ops = {
	.next = sct_live_next,
	.release = live_release,
	.wait = live_wait,
	.stop = live_stop,
	.locate = live_locate,
	.counts = live_counts,
	.missed = live_missed,
	.traced = live_traced,
	.alive = live_alive,
	.missing = live_missing,
	.rings = live_rings,
	.close = live_close,
};

static int start(struct sct_live *live)
{
	struct sct_driver *driver = &live->driver;
	int err;

	err = sct_scope_begin(live);
	if (!err)
		err = driver->ops->follow(driver);
	if (!err)
		err = sct_scope_settle(live);
	if (!err)
		err = driver->ops->start(driver);
	return err;
}

static int open_all(struct sct_live *live)
{
	int err;

	err = sct_driver_choose(live);
	if (!err)
		err = sct_driver_configure(&live->driver);
	if (!err)
		err = sct_scope_check(live);
	if (!err)
		err = sct_driver_open(live);
	if (err)
		return err;
	live->source.ncpus = live->driver.ncpus;
	live->source.name = live->driver.ops->name;
	live->heap = calloc(live->driver.ncpus, sizeof(*live->heap));
	if (!live->heap)
		return sct_fail(live->source.diag, -ENOMEM, "out of memory");
	err = sct_cpus_open(live);
	return err ? err : start(live);
}

int sct_live_open(struct sct_source **source, const struct sct_options *options,
		  const struct sct_selection *sel, struct sct_diag *diag)
{
	struct sct_live *live = calloc(1, sizeof(*live));
	int err;

	*source = NULL;
	if (!live)
		return sct_fail(diag, -ENOMEM, "out of memory");
	live->source = (struct sct_source){ .ops = &sct_live_ops, .diag = diag };
	live->driver = (struct sct_driver){
		.opt = options, .sel = sel, .diag = diag, .whole = !options->npids && !options->armed,
	};
	live->cpus.fd = -1;
	err = open_all(live);
	if (err)
		live_close(&live->source);
	else
		*source = &live->source;
	return err;
}
