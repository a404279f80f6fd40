// SPDX-License-Identifier: MIT
/* The printer: a line for an event, with the time in front where it is text. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "format.h"

#define NSEC_PER_SEC 1000000000

struct sct_printer {
	struct sct_print_options options;
	struct sct_buf buf;
	bool started;
	__u64 first, last;	/* sct_event_ts() of the first and the previous event */
	time_t clock_sec;	/* what clock was made from */
	char clock[9];		/* HH:MM:SS */
};

struct sct_printer *sct_printer_new(const struct sct_print_options *options)
{
	struct sct_printer *printer = calloc(1, sizeof(*printer));
	size_t sz = sizeof(printer->options);

	if (!printer)
		return NULL;
	if (options)
		memcpy(&printer->options, options, options->sz < sz ? options->sz : sz);
	printer->clock_sec = -1;
	return printer;
}

void sct_printer_free(struct sct_printer *printer)
{
	if (!printer)
		return;
	free(printer->buf.data);
	free(printer);
}

/* The wall clock; made anew once a second. */
static void put_clock(struct sct_printer *printer, __u64 ns)
{
	time_t sec = ns / NSEC_PER_SEC;
	struct tm tm;

	if (sec != printer->clock_sec) {
		localtime_r(&sec, &tm);
		strftime(printer->clock, sizeof(printer->clock), "%H:%M:%S", &tm);
		printer->clock_sec = sec;
	}
	sct_buf_str(&printer->buf, printer->clock);
	sct_buf_char(&printer->buf, '.');
	sct_buf_digits(&printer->buf, ns % NSEC_PER_SEC, 9);
}

/* Seconds from one event to another, which may be the earlier one after a late arrival. */
static void put_span(struct sct_buf *buf, __u64 from, __u64 to)
{
	__u64 ns = to >= from ? to - from : from - to;

	if (to < from)
		sct_buf_char(buf, '-');
	sct_buf_u64(buf, ns / NSEC_PER_SEC);
	sct_buf_char(buf, '.');
	sct_buf_digits(buf, ns % NSEC_PER_SEC, 9);
}

static void put_time(struct sct_printer *printer, const struct sct_event *event)
{
	__u64 ts = sct_event_ts(event);

	if (!printer->started)
		printer->first = printer->last = ts;
	printer->started = true;
	switch (printer->options.time) {
	case SCT_TIME_ABSOLUTE:
		put_clock(printer, sct_event_realtime(event));
		break;
	case SCT_TIME_RELATIVE:
		put_span(&printer->buf, printer->first, ts);
		break;
	case SCT_TIME_DELTA:
		put_span(&printer->buf, printer->last, ts);
		break;
	case SCT_TIME_NONE:
		return;
	}
	printer->last = ts;
	sct_buf_char(&printer->buf, ' ');
}

static void put_text(struct sct_printer *printer, const struct sct_event *event)
{
	struct sct_buf *buf = &printer->buf;

	put_time(printer, event);
	sct_buf_u64(buf, event->cpu);
	sct_buf_char(buf, ' ');
	sct_text_event(buf, event, &printer->options);
}

const char *sct_print(struct sct_printer *printer, const struct sct_event *event, size_t *len)
{
	struct sct_buf *buf = &printer->buf;

	buf->len = 0;
	buf->failed = false;
	if (printer->options.json) {
		if (sct_json_event(buf, event))
			return NULL;
	} else {
		put_text(printer, event);
	}
	sct_buf_put(buf, "\n", 2);	/* with the NUL */
	if (buf->failed)
		return NULL;
	*len = buf->len - 1;
	return buf->data;
}
