// SPDX-License-Identifier: MIT
/* What is no call: processes that begin and end, signals, context switches, page faults. */
#include "events.h"
#include "families.h"

static bool has_value(const struct sct_event *event, const struct want *want)
{
	struct sct_value v = { .sz = sizeof(v) };

	return !sct_event_arg(event, want->param, &v) && v.u == want->num;
}

/* Faults are many: those of the wanted address count. */
static bool is_it(const struct sct_event *event, const struct expected *x)
{
	if (x->seen || x->tid != sct_event_tid(event) ||
	    strcmp(x->event, sct_event_info(event)->name))
		return false;
	return strncmp(x->event, "page_fault", strlen("page_fault")) ||
	       has_value(event, &x->wants[0]);
}

static void check_switch(const struct sct_event *event)
{
	const struct want size = { .param = "vm_size", .how = IS_RANGE, .num = 4, .max = 1 << 20 };
	const struct want next = { .param = "next", .how = IS_NUM, .num = facts->sleeper };
	uint64_t ts = sct_event_ts(event);

	if (strcmp(sct_event_info(event)->name, "switch") || sct_event_tid(event) != facts->sleeper ||
	    ts < facts->asleep || ts > facts->awake)
		return;
	facts->switches++;
	check_param(event, &size);
	if (has_value(event, &next))
		fail_event(event, "a task does not switch to itself");
}

static void check_event(const struct sct_event *event)
{
	struct expected *x;
	unsigned i, n;

	check_switch(event);
	for (i = 0; i < facts->n; i++) {
		x = &facts->list[i];
		if (!is_it(event, x))
			continue;
		x->seen = true;
		for (n = 0; n < ARRAY_SIZE(x->wants) && x->wants[n].param; n++)
			check_param(event, &x->wants[n]);
		return;
	}
}

static void check_all_came(void)
{
	const struct expected *x;

	for (x = facts->list; x < facts->list + facts->n; x++)
		if (!x->seen)
			fail("%s of thread %d did not arrive", x->event, x->tid);
	if (!facts->switches)
		fail("no switch of %d, that slept, arrived", facts->sleeper);
}

int main(void)
{
	test_begin();
	prepare_process();
	prepare_events();
	trace(EVENTS, false, cause_events, check_event);
	check_all_came();
	test_end();
}
