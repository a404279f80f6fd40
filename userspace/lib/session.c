// SPDX-License-Identifier: MIT
/* Sessions: open, the next batch, close. */
#include <errno.h>
#include <stdlib.h>
#include "live.h"
#include "session.h"

static int open_session(struct sct_session *s, const struct sct_options *options)
{
	int err = sct_options_take(s, options);
	unsigned i;

	if (!err)
		err = sct_select(&s->sel, &s->opt, &s->diag);
	if (err)
		return err;
	s->tasks = sct_tasks_new();
	s->decoder = sct_decoder_new();
	for (i = 0; i < SCT_BATCH_MAX; i++) {
		s->events[i].decoder = s->decoder;
		s->batch[i] = &s->events[i];
	}
	if (s->opt.snapshot || s->opt.files)
		s->pairs = sct_pairs_new();
	if (!s->tasks || !s->decoder || (!s->pairs && (s->opt.snapshot || s->opt.files)))
		return sct_fail(&s->diag, -ENOMEM, "out of memory");
	err = sct_live_open(&s->source, &s->opt, &s->sel, &s->diag);
	if (err)
		return err;
	s->next_seq = calloc(s->source->ncpus, sizeof(*s->next_seq));
	return s->next_seq ? 0 : sct_fail(&s->diag, -ENOMEM, "out of memory");
}

int sct_open(struct sct_session **session, const struct sct_options *options)
{
	*session = calloc(1, sizeof(**session));
	return *session ? open_session(*session, options) : -ENOMEM;
}

void sct_stop(struct sct_session *s)
{
	/* sct_next() does the work: this may be a signal handler, or another thread */
	__atomic_store_n(&s->stop, 1, __ATOMIC_RELEASE);
}

void sct_close(struct sct_session *s)
{
	if (!s)
		return;
	if (s->tasks && s->decoder)
		sct_batch_release(s);
	if (s->source)
		s->source->ops->close(s->source);
	sct_pairs_free(s->pairs);
	sct_tasks_free(s->tasks);
	sct_decoder_free(s->decoder);
	free(s->next_seq);
	free(s);
}

const char *sct_strerror(const struct sct_session *s)
{
	return s ? s->diag.error : "out of memory";
}

const char *sct_backend(const struct sct_session *s)
{
	return s->source ? s->source->name : NULL;
}

bool sct_drained(const struct sct_session *s)
{
	return s->drained;
}

int sct_traced(const struct sct_session *s)
{
	if (s->whole || !s->source)
		return -EINVAL;
	return s->source->ops->traced(s->source);
}

const struct sct_event_info *sct_missing(const struct sct_session *s, unsigned i, const char **program)
{
	return s->source ? s->source->ops->missing(s->source, i, program) : NULL;
}

unsigned sct_rings(const struct sct_session *s, size_t *size)
{
	*size = s->opt.ring_size;
	return s->source ? s->source->ops->rings(s->source, size) : 0;
}

static bool is_stopped(const struct sct_session *s)
{
	return __atomic_load_n(&s->stop, __ATOMIC_ACQUIRE);
}

/* What is left of a time-out that ends at the deadline, ms; at least 1. */
static int rest_of(__u64 deadline)
{
	const __u64 now = sct_now(CLOCK_BOOTTIME);

	return deadline > now ? (int)((deadline - now) / 1000000) + 1 : 1;
}

ssize_t sct_next(struct sct_session *s, const struct sct_event *const **events, int timeout_ms)
{
	const __u64 deadline = sct_now(CLOCK_BOOTTIME) + (timeout_ms < 0 ? 0 : timeout_ms * 1000000ull);
	struct sct_source *source = s->source;
	int n, err;

	if (!source || !s->next_seq)
		return sct_fail(&s->diag, -EINVAL, "the session is not open");
	*events = s->batch;
	for (;;) {
		sct_batch_release(s);	/* also what held task records alone, or the rings stay full */
		if (is_stopped(s))
			source->ops->stop(source);
		n = s->drained ? 0 : sct_batch_fill(s);
		if (n < 0)
			return n;
		if (s->nbatch || s->drained)
			return s->nbatch;
		if (n)
			continue;	/* no events, task records: there may be more */
		if (timeout_ms >= 0 && sct_now(CLOCK_BOOTTIME) >= deadline)
			return 0;
		err = source->ops->wait(source, timeout_ms < 0 ? -1 : rest_of(deadline));
		if (err == -EINTR && !is_stopped(s))
			return 0;	/* let the caller look at what its signal handler noted */
		if (err && err != -EINTR)
			return err;
	}
}
