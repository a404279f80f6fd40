// SPDX-License-Identifier: MIT
/* What a word of a selection means: a name, a pattern, or a set of calls and events. */
#include <fnmatch.h>
#include <string.h>
#include "schema.h"

struct set {
	struct sct_set_info info;
	__u32 class;		/* SCT_SC_* of its calls; 0: they are those with events of the category */
	const char *category;	/* of its events beside calls, or NULL */
};

static const struct set sets[] = {
#define X(tok, name, alias, doc) { { "%" name, doc }, SCT_SC_##tok, alias },
	SCT_CLASSES(X)
#undef X
#define X(cat, name) { { "%" name, "of category " name }, 0, name },
	SCT_CATEGORIES(X)
#undef X
};

#define NSETS (sizeof(sets) / sizeof(sets[0]))

static bool is_hidden(const struct sct_event_info *ev)
{
	return ev->is_call || !strcmp(ev->category, "meta");
}

/* A category of which a class has the events, or that nobody can ask for. */
static bool is_covered(const struct set *set)
{
	unsigned i;

	if (set->class || !set->category)
		return false;
	for (i = 0; i < SCT_CLASS_MAX; i++)
		if (sets[i].category && !strcmp(sets[i].category, set->category))
			return true;
	return !strcmp(set->category, "meta");
}

const struct sct_set_info *sct_set_at(unsigned i)
{
	unsigned n;

	for (n = 0; n < NSETS; n++)
		if (!is_covered(&sets[n]) && !i--)
			return &sets[n].info;
	return NULL;
}

/* The set that is called so; of a class also by the name of its category. */
static const struct set *find_set(const char *word)
{
	unsigned i;

	for (i = 0; i < NSETS; i++)
		if (!strcmp(sets[i].info.name, word) ||
		    (sets[i].class && sets[i].category && !strcmp(sets[i].category, word + 1)))
			return strcmp(word, "%meta") ? &sets[i] : NULL;
	return NULL;
}

static bool is_pattern(const char *word)
{
	return strpbrk(word, "*?[");
}

bool sct_word_has_call(const char *word, const struct sct_syscall_info *call)
{
	const struct set *set;

	if (!strcmp(word, "all"))
		return true;
	if (is_pattern(word))
		return !fnmatch(word, call->name, 0);
	if (*word != '%')
		return !strcmp(word, call->name);
	set = find_set(word);
	if (!set)
		return false;
	if (set->class)
		return sct_call_flags[call - sct_syscall_at(0)] & set->class;
	return !strcmp(call->event->category, set->category);
}

bool sct_word_has_event(const char *word, const struct sct_event_info *event)
{
	const struct set *set;

	if (is_hidden(event))
		return false;
	if (!strcmp(word, "all"))
		return event->by_default;
	if (is_pattern(word))
		return !fnmatch(word, event->name, 0);
	if (*word != '%')
		return !strcmp(word, event->name);
	set = find_set(word);
	return set && set->category && !strcmp(event->category, set->category);
}
