// SPDX-License-Identifier: MIT
/* Each typed call's record tells what the calling program passed and got back. */
#include "calls.h"
#include "families.h"
#include <stdio.h>
#include <stdlib.h>

static void call_all(void)
{
#define X(family)				\
	CALL(chdir, STR(path, test_dir));	\
	calls_##family();
	FAMILIES(X)
#undef X
}

static bool is_typed(const struct sct_event_info *ev)
{
	return ev->is_call && strcmp(ev->name, "syscall");
}

/* The names of all calls that have rows, comma-separated: some have one together. */
static char *typed_events(void)
{
	const struct sct_syscall_info *call;
	char *list = NULL, *longer;
	unsigned i;

	for (i = 0; (call = sct_syscall_at(i)); i++) {
		if (!is_typed(call->event))
			continue;
		if (asprintf(&longer, "%s%s%s", list ? list : "", list ? "," : "", call->name) < 0)
			exit(1);
		free(list);
		list = longer;
	}
	return list;
}

static void check_complete(void)
{
	const struct sct_event_info *ev;
	unsigned i;

	for (i = 0; (ev = sct_event_at(i)); i++)
		if (is_typed(ev) && is_native(ev) && !was_called(ev->name))
			fail("no call of this test arrives as %s", ev->name);
}

int main(void)
{
	char *events = typed_events();

	test_begin();
	prepare_process();
	trace(events, false, call_all, compare_call);
	check_all_seen(false);
	check_complete();
	trace(events, true, call_all, compare_call);
	check_all_seen(true);
	free(events);
	test_end();
}
