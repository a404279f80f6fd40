// SPDX-License-Identifier: MIT
/* The selection: from the user's list of names to what the kernel side is told. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "select.h"

const enum sct_kind sct_event_kind[SCT_EV_MAX] = {
#define SCT_EVENT(id, name, cat, flags, filler, params) [SCT_EV_##id] = SCT_KIND_sys_exit,
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params) [SCT_EV_##id] = SCT_KIND_##kind,
#include "events.def"
};

const char *const sct_kind_names[SCT_KIND_MAX] = {
#define X(kind) #kind,
	SCT_KINDS(X)
#undef X
};

/* A list of words on its way into a selection. */
struct choice {
	struct sct_selection *sel;
	const struct sct_options *options;
	struct sct_diag *diag;
};

bool sct_select_shows_enter(const struct sct_options *options, const struct sct_syscall_info *call)
{
	return options->enter || (call && call->enter);
}

/* Is the file of a descriptor, which is asked for, gone when the call returns? */
static bool closes(const struct choice *c, const struct sct_syscall_info *call)
{
	return c->options->files && sct_call_flags[call - sct_syscall_at(0)] & SCT_SF_CLOSES;
}

/* call is NULL for a number without a row.  At entry there is no result to choose by. */
static __u8 call_want(const struct choice *c, const struct sct_syscall_info *call)
{
	bool enter = sct_select_shows_enter(c->options, call) || (call && closes(c, call)) || c->options->snapshot;
	bool len = call && sct_call_flags[call - sct_syscall_at(0)] & SCT_SF_LEN;

	return SCT_WANT_EXIT | (enter && !c->options->results ? SCT_WANT_ENTER : 0) |
	       (c->options->durations ? SCT_WANT_TIME : 0) | (len ? SCT_WANT_LEN : 0);
}

/* Levenshtein distance, for "did you mean": names are short. */
static unsigned distance(const char *a, const char *b)
{
	unsigned row[64], la = strlen(a), lb = strlen(b), i, j, diag, up;

	if (la >= 64 || lb >= 64)
		return 64;
	for (j = 0; j <= lb; j++)
		row[j] = j;
	for (i = 1; i <= la; i++) {
		diag = row[0];
		row[0] = i;
		for (j = 1; j <= lb; j++) {
			up = row[j];
			row[j] = diag + (a[i - 1] != b[j - 1]);
			if (row[j - 1] + 1 < row[j])
				row[j] = row[j - 1] + 1;
			if (up + 1 < row[j])
				row[j] = up + 1;
			diag = up;
		}
	}
	return row[lb];
}

static void closer(const char *name, const char *candidate, const char **best, unsigned *dist)
{
	unsigned d = distance(name, candidate);

	if (d < *dist) {
		*best = candidate;
		*dist = d;
	}
}

static int unknown_word(const struct choice *c, const char *word)
{
	const char *what = *word == '%' ? "set" : "event";
	const struct sct_syscall_info *call;
	const struct sct_event_info *ev;
	const struct sct_set_info *set;
	const char *best = NULL;
	unsigned i, dist = 3;

	if (strpbrk(word, "*?["))
		return sct_fail(c->diag, -ENOENT, "no event or system call is called like '%s'", word);
	for (i = 0; *word == '%' && (set = sct_set_at(i)); i++)
		closer(word, set->name, &best, &dist);
	for (i = 0; (call = sct_syscall_at(i)); i++)
		closer(word, call->name, &best, &dist);
	for (i = 0; (ev = sct_event_at(i)); i++)
		if (!ev->is_call && strcmp(ev->category, "meta"))
			closer(word, ev->name, &best, &dist);
	if (best)
		return sct_fail(c->diag, -ENOENT, "unknown %s '%s'; did you mean '%s'?", what, word, best);
	return sct_fail(c->diag, -ENOENT, "unknown %s '%s'; %s the names", what, word, *word == '%' ?
			"'sctrace list sets' shows" :
			"'sctrace list events' and 'sctrace list syscalls' show");
}

/* Events beside calls, of those that are traced by default or of the others: how many are meant? */
static unsigned select_events(const struct choice *c, const char *word, bool out, bool by_default)
{
	const struct sct_event_info *ev;
	unsigned i, n = 0;

	for (i = 0; (ev = sct_event_at(i)); i++) {
		if (ev->by_default != by_default || !sct_word_has_event(word, ev))
			continue;
		c->sel->event[i] = !out;
		n++;
	}
	return n;
}

/* A call that is made through another is meant by its own name, and by that of the other. */
static void select_parts(const struct choice *c, const char *word, bool out)
{
	const struct sct_syscall_info *call;
	unsigned i;

	for (i = 0; i < SCT_NPARTS; i++) {
		call = sct_syscall_at(sct_parts[i].row);
		if (sct_word_has_call(word, call) ||
		    (*word != '%' && sct_word_has_call(word, sct_syscall_at(sct_parts[i].through))))
			c->sel->part[i] = out ? 0 : call_want(c, call);
	}
}

/* Put what a word means in, or take it out.  What is frequent is not meant beside what is not. */
static int select_word(const struct choice *c, const char *word, bool out)
{
	const bool may_miss = *word == '?' && word[1];
	const struct sct_syscall_info *call;
	unsigned i, n;

	word += may_miss;
	if (!strcmp(word, "none"))
		return 0;
	if (!strcmp(word, "syscall") || !strcmp(word, "all")) {	/* also numbers without a row */
		c->sel->unknown = out ? 0 : call_want(c, NULL);
		if (*word == 's')
			return 0;
	}
	n = select_events(c, word, out, true);
	for (i = 0; (call = sct_syscall_at(i)); i++) {
		if (!sct_word_has_call(word, call))
			continue;
		c->sel->call[i] = out ? 0 : call_want(c, call);
		n++;
	}
	select_parts(c, word, out);
	if (!n)
		n = select_events(c, word, out, false);
	return n || may_miss ? 0 : unknown_word(c, word);
}

/* The words one after the other; list is cut into them. */
static int select_list(const struct choice *c, char *list)
{
	char *next, *word = strtok_r(list, ",", &next);
	bool out = false;
	int err;

	err = word ? 0 : sct_fail(c->diag, -EINVAL, "the list of events is empty");
	if (word && *word == '!')
		err = select_word(c, "all", false);
	for (; word && !err; word = strtok_r(NULL, ",", &next)) {
		if (*word == '!') {
			out = true;
			word++;
		}
		err = *word ? select_word(c, word, out) :
			      sct_fail(c->diag, -EINVAL, "the list of events is empty behind '!'");
	}
	return err;
}

int sct_select(struct sct_selection *sel, const struct sct_options *options, struct sct_diag *diag)
{
	const struct choice c = { sel, options, diag };
	char *copy;
	int err;

	memset(sel, 0, sizeof(*sel));
	if (!options->events)
		return select_word(&c, "all", false);
	copy = strdup(options->events);
	if (!copy)
		return sct_fail(diag, -ENOMEM, "out of memory");
	err = select_list(&c, copy);
	free(copy);
	return err;
}

static bool any_call(const struct sct_selection *sel, unsigned want)
{
	unsigned i;

	for (i = 0; i < SCT_SYS_MAX; i++)
		if (sel->call[i] & want)
			return true;
	for (i = 0; i < SCT_NPARTS; i++)
		if (sel->part[i] & want)
			return true;
	return sel->unknown & want;
}

bool sct_select_notes(const struct sct_selection *sel)
{
	return any_call(sel, SCT_WANT_NOTE);
}

bool sct_select_kind(const struct sct_selection *sel, enum sct_kind kind)
{
	unsigned i;

	if (kind == SCT_KIND_sys_enter)
		return any_call(sel, SCT_WANT_ENTER | SCT_WANT_NOTE);
	if (kind == SCT_KIND_sys_exit)
		return any_call(sel, SCT_WANT_EXIT);
	for (i = 0; i < SCT_EV_MAX; i++)
		if (sel->event[i] && sct_event_kind[i] == kind)
			return true;
	return false;
}

/* Such a call ends with the number -1, which none has: it must be told from the others that do. */
static bool returns_from_handler(unsigned row)
{
	return row == SCT_SYS_rt_sigreturn || row == SCT_SYS_sigreturn;
}

static void put_number(const struct sct_selection *sel, struct sct_nr *nr, int number,
		       const struct sct_syscall_info *call, unsigned row)
{
	if (number < 0)
		return;
	nr[number].event = call->event->id;
	nr[number].row = row;
	nr[number].want = sel->call[row] | (sel->unknown && returns_from_handler(row) ? SCT_WANT_NUMBER : 0);
	nr[number].flags = sct_call_flags[row] & SCT_SF_MASK;
}

/* What is none of the parts of such a call is the call itself, with raw arguments. */
static void put_part(struct sct_want *want, const struct sct_part_row *part, unsigned part_want)
{
	const struct sct_syscall_info *through = sct_syscall_at(part->through);
	struct sct_nr *nr = &want->nr[SCT_ABI_IA32][through->nr[1]];

	nr->event = SCT_EV_generic_x;
	nr->via = part->via;
	want->any[through->nr[1]] |= part_want;
	want->part[part->via][part->number] = (struct sct_nr){
		.event = sct_syscall_at(part->row)->event->id, .row = part->row, .want = part_want,
		.flags = sct_call_flags[part->row] & SCT_SF_MASK, .words = part->words,
	};
}

static void put_parts(const struct sct_selection *sel, struct sct_want *want)
{
	unsigned via, i;

	for (via = 0; via < SCT_VIA_MAX; via++)
		for (i = 0; i < SCT_PARTS_MAX; i++)
			want->part[via][i] = (struct sct_nr){ SCT_EV_generic_x, SCT_SYS_NONE, 0, 0, 0, 0 };
	for (i = 0; i < SCT_NPARTS; i++)
		put_part(want, &sct_parts[i], sel->part[i]);
}

void sct_select_want(const struct sct_selection *sel, struct sct_want *want)
{
	const struct sct_nr unknown = { SCT_EV_generic_x, SCT_SYS_NONE, sel->unknown, 0, 0, 0 };
	const struct sct_syscall_info *call;
	unsigned abi, i;

	for (abi = 0; abi < SCT_ABI_MAX; abi++)
		for (i = 0; i < SCT_NR_MAX; i++)
			want->nr[abi][i] = unknown;
	for (i = 0; (call = sct_syscall_at(i)); i++) {
		put_number(sel, want->nr[SCT_ABI_NATIVE], call->nr[0], call, i);
		put_number(sel, want->nr[SCT_ABI_X32], call->nr[0], call, i);
		if (sct_x32_numbers[i])
			put_number(sel, want->nr[SCT_ABI_X32], sct_x32_numbers[i], call, i);
		put_number(sel, want->nr[SCT_ABI_IA32], call->nr[1], call, i);
	}
	memset(want->any, 0, sizeof(want->any));
	put_parts(sel, want);
	for (abi = 0; abi < SCT_ABI_MAX; abi++)
		for (i = 0; i < SCT_NR_MAX; i++)
			want->any[i] |= want->nr[abi][i].want;
	want->kinds = 0;
	for (i = SCT_KIND_sys_exit + 1; i < SCT_KIND_MAX; i++)
		if (sct_select_kind(sel, i))
			want->kinds |= 1u << i;
}
