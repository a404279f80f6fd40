// SPDX-License-Identifier: MIT
/* sctrace list: what the tables hold, for people and as JSON. */
#include <errno.h>
#include <getopt.h>
#include <string.h>
#include "cli.h"
#include "json.h"

static void list_event_params(const struct sct_event_info *ev)
{
	const struct sct_param_info *p;

	for (p = ev->params; p < ev->params + ev->nparams; p++)
		printf("  %-24s %-14s %s%s\n", p->name, p->type, sct_type_by_name(p->type)->doc,
		       p->result ? " (result)" : "");
}

static void json_event(const struct sct_event_info *ev)
{
	const struct sct_param_info *p;

	json_open_object(NULL);
	json_string("name", ev->name);
	json_string("category", ev->category);
	json_bool("syscall", ev->is_call);
	json_bool("default", ev->by_default);
	json_open_array("params");
	for (p = ev->params; p < ev->params + ev->nparams; p++) {
		json_open_object(NULL);
		json_string("name", p->name);
		json_string("type", p->type);
		json_bool("result", p->result);
		json_close_object();
	}
	json_close_array();
	json_line(stdout);
}

/* Is it meant by one of the words, or are there none? */
static bool has_call(char **words, const struct sct_syscall_info *call)
{
	unsigned i;

	for (i = 0; words[i]; i++)
		if (sct_word_has_call(words[i], call))
			return true;
	return !i;
}

static bool has_event(char **words, const struct sct_event_info *ev)
{
	unsigned i;

	for (i = 0; words[i]; i++)
		if (sct_word_has_event(words[i], ev))
			return true;
	return !i;
}

/* Each word must mean something. */
static int check_words(char **words)
{
	const struct sct_syscall_info *call;
	const struct sct_event_info *ev;
	unsigned i;
	bool found;

	for (; *words; words++) {
		found = false;
		for (i = 0; !found && (call = sct_syscall_at(i)); i++)
			found = sct_word_has_call(*words, call);
		for (i = 0; !found && (ev = sct_event_at(i)); i++)
			found = sct_word_has_event(*words, ev);
		if (!found) {
			complain("no set, event or system call '%s'; see 'sctrace list sets'", *words);
			return EXIT_USAGE;
		}
	}
	return 0;
}

static int list_events(char **words)
{
	const struct sct_event_info *ev;
	unsigned i;

	for (i = 0; (ev = sct_event_at(i)); i++) {
		if (!has_event(words, ev))
			continue;
		if (json_wanted())
			json_event(ev);
		else
			printf("%-24s %-8s %2u parameters%s%s\n", ev->name, ev->category,
			       ev->nparams, ev->is_call ? "" : ", not a call",
			       ev->by_default || !strcmp(ev->category, "meta") ? "" : ", only when asked for");
	}
	return 0;
}

static void print_symbols(const char *set)
{
	const char *name;
	uint64_t value;
	unsigned i;

	for (i = 0; (name = sct_symbol_at(set, i, &value)); i++)
		printf("    %-30s %#llx\n", name, (unsigned long long)value);
}

static int list_event(const char *name)
{
	const struct sct_event_info *ev = name ? sct_event_by_name(name) : NULL;
	const struct sct_syscall_info *call;
	const char *symbols;
	unsigned i;

	if (!name) {
		complain("list event: which one?");
		return EXIT_USAGE;
	}
	call = sct_syscall_by_name(name);
	if (!ev && call)
		ev = call->event;
	if (!ev) {
		complain("no event or system call '%s'; see 'sctrace list events'", name);
		return EXIT_USAGE;
	}
	if (json_wanted()) {
		json_event(ev);
		return 0;
	}
	printf("%s, %s%s\n", name, ev->category, ev->is_call ? ", a system call" : "");
	if (call)
		printf("  numbers: x86-64 %d, i386 %d, arm64 %d\n", call->nr[0], call->nr[1],
		       call->nr[2]);
	list_event_params(ev);
	for (i = 0; i < ev->nparams; i++) {
		symbols = sct_type_by_name(ev->params[i].type)->symbols;
		if (!symbols)
			continue;
		printf("  %s:\n", ev->params[i].name);
		print_symbols(symbols);
	}
	return 0;
}

static unsigned calls_of(const char *set)
{
	const struct sct_syscall_info *call;
	unsigned i, n = 0;

	for (i = 0; (call = sct_syscall_at(i)); i++)
		n += sct_word_has_call(set, call);
	return n;
}

static unsigned events_of(const char *set)
{
	const struct sct_event_info *ev;
	unsigned i, n = 0;

	for (i = 0; (ev = sct_event_at(i)); i++)
		n += sct_word_has_event(set, ev);
	return n;
}

static int list_sets(char **words)
{
	const struct sct_set_info *set;
	unsigned i;

	(void)words;
	for (i = 0; (set = sct_set_at(i)); i++) {
		if (!json_wanted()) {
			printf("%-12s %4u calls %3u other events  %s\n", set->name,
			       calls_of(set->name), events_of(set->name), set->doc);
			continue;
		}
		json_open_object(NULL);
		json_string("name", set->name);
		json_number("calls", calls_of(set->name));
		json_number("events", events_of(set->name));
		json_string("doc", set->doc);
		json_line(stdout);
	}
	return 0;
}

static int list_syscalls(char **words)
{
	const struct sct_syscall_info *call;
	unsigned i;

	for (i = 0; (call = sct_syscall_at(i)); i++) {
		if (!has_call(words, call))
			continue;
		if (!json_wanted()) {
			printf("%-28s x86-64 %4d  i386 %4d  arm64 %4d  event %s\n", call->name,
			       call->nr[0], call->nr[1], call->nr[2], call->event->name);
			continue;
		}
		json_open_object(NULL);
		json_string("name", call->name);
		json_number("x86_64", call->nr[0]);
		json_number("i386", call->nr[1]);
		json_number("arm64", call->nr[2]);
		json_string("event", call->event->name);
		json_bool("enter", call->enter);
		json_line(stdout);
	}
	return 0;
}

static int list_types(char **words)
{
	const struct sct_type_info *t;
	unsigned i;

	(void)words;
	for (i = 0; (t = sct_type_at(i)); i++) {
		if (!json_wanted()) {
			printf("%-16s %-10s %s%6u bytes  %s\n", t->token, t->format,
			       t->scalar ? "      " : "up to ", t->size, t->doc);
			continue;
		}
		json_open_object(NULL);
		json_string("token", t->token);
		json_string("format", t->format);
		json_number("size", t->size);
		json_bool("scalar", t->scalar);
		json_string("symbols", t->symbols);
		json_string("doc", t->doc);
		json_line(stdout);
	}
	return 0;
}

static const char usage[] =
	"usage: sctrace list events|syscalls [NAME|PATTERN|%SET...] [-j], sctrace list sets|types [-j], or sctrace list event NAME [-j]";

static const struct {
	const char *what;
	int (*list)(char **words);
	bool takes_words;
} lists[] = {
	{ "events", list_events, true },
	{ "syscalls", list_syscalls, true },
	{ "sets", list_sets, false },
	{ "types", list_types, false },
};

/* words: what to list, NULL behind the last */
static int list_what(char **words)
{
	char *what = words[0], *name = what ? words[1] : NULL;
	unsigned i;
	int err;

	if (what && !strcmp(what, "event") && (!name || !words[2]))
		return list_event(name);
	for (i = 0; what && i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (strcmp(what, lists[i].what) || (name && !lists[i].takes_words))
			continue;
		err = check_words(words + 1);
		return err ? err : lists[i].list(words + 1);
	}
	complain("%s", usage);
	return EXIT_USAGE;
}

int list_main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "json", no_argument, NULL, 'j' }, { "help", no_argument, NULL, 'h' }, { 0 },
	};
	int c, status;

	argv[0] = program_invocation_short_name;
	while ((c = getopt_long(argc, argv, "jh", longs, NULL)) != -1) {
		if (c == 'h')
			puts(usage);
		if (c != 'j')
			return c == 'h' ? 0 : EXIT_USAGE;
		if (!json_begin()) {
			complain("out of memory");
			return EXIT_OS;
		}
	}
	status = list_what(argv + optind);
	json_end();
	if (fflush(stdout)) {
		complain("cannot write to standard output: %m");
		return EXIT_OUTPUT;
	}
	return status;
}
