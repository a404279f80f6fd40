// SPDX-License-Identifier: MIT
/* See stream.h. */
#include "stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "calls.h"

/* ---- copies: each event, with all that it points to, is one piece of memory ---- */

static void *or_die(void *p)
{
	if (!p) {
		perror("keeping events");
		exit(1);
	}
	return p;
}

/* Lay out data behind *end, or only count its size while there is no memory. */
static void *put(char *base, size_t *end, const void *data, size_t len)
{
	char *p = base ? base + *end : NULL;

	if (p && len)
		memcpy(p, data, len);
	*end += (len + 7) & ~7ul;
	return p;
}

static void *put_string(char *base, size_t *end, const char *s)
{
	return put(base, end, s, strlen(s) + 1);
}

static struct sct_task *put_task(char *base, size_t *end, const struct sct_task *task)
{
	struct sct_task copy = *task;

	copy.comm = put_string(base, end, task->comm);
	copy.exe = put_string(base, end, task->exe);
	copy.cgroup = put_string(base, end, task->cgroup);
	return put(base, end, &copy, sizeof(copy));
}

static void put_value(char *base, size_t *end, const struct sct_event *event, unsigned i,
		      struct sct_value *value)
{
	value->sz = sizeof(*value);
	if (sct_event_value(event, i, value))
		fail("%s has no parameter %u", sct_event_name(event), i);
	value->data = put(base, end, value->data, value->len);
	value->peer = put(base, end, value->peer, value->peer_len);
}

static int put_hex(char *to, size_t room, const void *data, unsigned len)
{
	const unsigned char *p = data;
	unsigned i;
	int n = 0;

	for (i = 0; i < len; i++)
		n += snprintf(to + n, room - n, "%02x", p[i]);
	return n;
}

static int put_file(char *to, size_t room, const char *name, const struct sct_file *f)
{
	int n = snprintf(to, room, "%s=%s %x:%llu%s%s ", name, f->path, f->dev,
			 (unsigned long long)f->ino, f->deleted ? "deleted " : "",
			 f->cut ? "cut " : "");

	if (f->device)
		n += snprintf(to + n, room - n, "%c%x ", f->device, f->number);
	if (!f->family)
		return n;
	n += snprintf(to + n, room - n, "%u,%u,%u peer %llu port %u ", f->family, f->type,
		      f->protocol, (unsigned long long)f->peer, f->port);
	n += put_hex(to + n, room - n, f->local, f->local_len);
	n += snprintf(to + n, room - n, "->");
	n += put_hex(to + n, room - n, f->remote, f->remote_len);
	return n + snprintf(to + n, room - n, " ");
}

static const char *files_of(const struct sct_event *event)
{
	const struct sct_event_info *info = sct_event_info(event);
	static char text[1 << 15];
	struct sct_file file = { .sz = sizeof(file) };
	unsigned i;
	int n = 0;

	text[0] = '\0';
	for (i = 0; i < info->nparams; i++)
		if (!sct_event_file(event, i, &file))
			n += put_file(text + n, sizeof(text) - n, info->params[i].name, &file);
	return text;
}

static struct seen *put_event(char *base, const struct sct_event *event, const char *text,
			      size_t *end)
{
	const struct sct_event_info *info = sct_event_info(event);
	struct sct_value values[info->nparams];
	struct seen e = {
		.info = info, .name = sct_event_name(event), .enter = sct_event_is_enter(event),
		.abi = sct_event_abi(event), .tid = sct_event_tid(event),
		.tgid = sct_event_tgid(event), .cgroup = sct_event_cgroup_id(event),
		.ts = sct_event_ts(event),
	};
	struct seen *to = put(base, end, &e, sizeof(e));
	unsigned i;

	if (sct_event_task(event))
		e.task = put_task(base, end, sct_event_task(event));
	for (i = 0; i < info->nparams; i++)
		put_value(base, end, event, i, &values[i]);
	e.values = put(base, end, values, sizeof(values));
	e.text = put_string(base, end, text);
	e.files = put_string(base, end, files_of(event));
	if (to)
		*to = e;
	return to;
}

static const char *text_of(const struct sct_event *event)
{
	static const struct sct_print_options options = {
		.sz = sizeof(options), .time = SCT_TIME_ABSOLUTE, .details = true, .max_string = 80,
	};
	static struct sct_printer *printer;
	size_t len;

	if (!printer)
		printer = or_die(sct_printer_new(&options));
	return or_die((void *)sct_print(printer, event, &len));
}

static struct thread *thread_of(struct stream *s, pid_t tid)
{
	unsigned i;

	for (i = 0; i < s->nthreads; i++)
		if (s->threads[i].tid == tid)
			return &s->threads[i];
	if (s->nthreads == s->room) {
		s->room = 2 * s->room + 64;
		s->threads = or_die(realloc(s->threads, s->room * sizeof(*s->threads)));
	}
	s->threads[s->nthreads] = (struct thread){ .tid = tid };
	return &s->threads[s->nthreads++];
}

static bool is_shared(const struct stream *s, pid_t tgid)
{
	unsigned i;

	for (i = 0; i < s->nshared; i++)
		if (s->shared[i] == tgid)
			return true;
	return false;
}

static void note_shared(struct stream *s, pid_t tgid)
{
	if (is_shared(s, tgid))
		return;
	if (s->nshared == ARRAY_SIZE(s->shared)) {
		puts("too many processes with threads");
		exit(1);
	}
	s->shared[s->nshared++] = tgid;
}

void stream_add(struct stream *s, const struct sct_event *event)
{
	struct thread *t = thread_of(s, sct_event_tid(event));
	const char *text = text_of(event);
	size_t size = 0, end = 0;

	put_event(NULL, event, text, &size);
	if (t->n == t->room) {
		t->room = 2 * t->room + 16;
		t->events = or_die(realloc(t->events, t->room * sizeof(*t->events)));
	}
	if (sct_event_tid(event) != sct_event_tgid(event))
		note_shared(s, sct_event_tgid(event));
	t->events[t->n++] = put_event(or_die(malloc(size)), event, text, &end);
	s->n++;
}

void stream_free(struct stream *s)
{
	unsigned i, n;

	for (i = 0; i < s->nthreads; i++) {
		for (n = 0; n < s->threads[i].n; n++)
			free((void *)s->threads[i].events[n]);
		free(s->threads[i].events);
	}
	free(s->threads);
}

/* ---- what differs ---- */

struct pair {
	const struct stream *a, *b;
	const struct seen *ea, *eb;
};

static void describe(char *text, size_t size, const struct sct_value *v)
{
	const unsigned char *data = v->data;
	size_t i, n;

	n = snprintf(text, size, "kind %d, %lld (%#llx), %zu of %llu bytes, %zu of the peer%s%s", v->kind,
		     (long long)v->i, (unsigned long long)v->u, v->len, (unsigned long long)v->size,
		     v->peer_len, v->cut ? ", cut" : "", v->faulted ? ", faulted" : "");
	for (i = 0; data && i < v->len && i < 64 && n + 8 < size; i++)
		n += snprintf(text + n, size - n, "%s%02x", i ? "" : ": ", data[i]);
}

/* What always differs is told once, so that it does not hide the rest. */
static bool is_new(const char *name, bool enter, const char *what)
{
	static char told[256][96];
	static unsigned n;
	char key[sizeof(told[0])];
	unsigned i;

	snprintf(key, sizeof(key), "%s %d %s", name, enter, what);
	for (i = 0; i < n; i++)
		if (!strcmp(told[i], key))
			return false;
	if (n < ARRAY_SIZE(told))
		memcpy(told[n++], key, sizeof(key));
	return true;
}

static void report(const struct pair *p, const char *what, const char *a, const char *b)
{
	bool of_task = !strncmp(what, "its task", strlen("its task"));

	if (of_task ? !is_new("", false, what) : !is_new(p->ea->name, p->ea->enter, what))
		return;
	fail("%s%s: %s differs\n    %-7s %s\n    %-7s %s\n    %-7s %.600s    %-7s %.600s", p->ea->name,
	     p->ea->enter ? " at entry" : "", what, p->a->name, a, p->b->name, b,
	     p->a->name, p->ea->text, p->b->name, p->eb->text);
}

static void compare_number(const struct pair *p, const char *what, uint64_t a, uint64_t b)
{
	char ta[64], tb[64];

	if (a == b)
		return;
	snprintf(ta, sizeof(ta), "%llu (%#llx)", (unsigned long long)a, (unsigned long long)a);
	snprintf(tb, sizeof(tb), "%llu (%#llx)", (unsigned long long)b, (unsigned long long)b);
	report(p, what, ta, tb);
}

static void compare_string(const struct pair *p, const char *what, const char *a, const char *b)
{
	if (strcmp(a, b))
		report(p, what, a, b);
}

/*
 * The last switch of a thread, which has given up its memory: meanwhile its parent may have waited
 * for it, and then it has no ids any more, or its session has ended.
 */
static bool is_end(const struct seen *e)
{
	unsigned i;

	if (strcmp(e->name, "switch"))
		return false;
	for (i = 0; i < e->info->nparams; i++)
		if (!strcmp(e->info->params[i].name, "vm_size"))
			break;
	return i < e->info->nparams && !e->values[i].u;
}

/* It may lose them while a record of it is written: then those that are read last are not there. */
static void compare_id(const struct pair *p, const char *what, uint64_t a, uint64_t b)
{
	if (!is_end(p->ea) || (a && b))
		compare_number(p, what, a, b);
}

static void compare_ids(const struct pair *p, const struct sct_task *a, const struct sct_task *b)
{
	compare_id(p, "its task's vtid", a->vtid, b->vtid);
	compare_id(p, "its task's vpid", a->vpid, b->vpid);
	compare_id(p, "its task's pidns", a->pidns, b->pidns);
}

static void compare_tasks(const struct pair *p)
{
	static const struct sct_task unknown = { .comm = "", .exe = "", .cgroup = "" };
	const struct sct_task *a = p->ea->task ? p->ea->task : &unknown;
	const struct sct_task *b = p->eb->task ? p->eb->task : &unknown;

#define SAME(field) compare_number(p, "its task's " #field, a->field, b->field)
	SAME(tid);
	SAME(tgid);
	SAME(ppid);
	SAME(uid);
	SAME(gid);
	SAME(loginuid);
	SAME(start_time);
	SAME(mntns);
	SAME(netns);
	SAME(userns);
#undef SAME
	compare_ids(p, a, b);
	compare_string(p, "its task's comm", a->comm, b->comm);
	compare_string(p, "its task's exe", a->exe, b->exe);
	compare_string(p, "its task's cgroup", a->cgroup, b->cgroup);
}

static bool same_data(const void *a, size_t a_len, const void *b, size_t b_len)
{
	return a_len == b_len && (!a_len || !memcmp(a, b, a_len));
}

static bool same_value(const struct sct_value *a, const struct sct_value *b)
{
	return a->kind == b->kind && a->cut == b->cut && a->faulted == b->faulted &&
	       a->i == b->i && a->u == b->u && a->size == b->size &&
	       same_data(a->data, a->len, b->data, b->len) &&
	       same_data(a->peer, a->peer_len, b->peer, b->peer_len);
}

/* A child that shares the memory runs on when such a call returns. */
static bool has_shared_memory(const struct pair *p)
{
	static const char *const calls[] = { "clone", "clone3", "vfork" };
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		if (!strcmp(p->ea->name, calls[i]))
			return true;
	return is_shared(p->a, p->ea->tgid);
}

/*
 * Between the two probes, another task on another CPU may have used more of the memory that it
 * shares with this one; and brought in what the first probe could not read.
 */
static bool may_change(const struct pair *p, unsigned i)
{
	if (!has_shared_memory(p))
		return false;
	return !strncmp(p->ea->info->params[i].name, "vm_", 3) ||
	       (p->ea->values[i].faulted && !p->eb->values[i].faulted);
}

static void compare_pair(const struct pair *p)
{
	const struct sct_event_info *info = p->ea->info;
	char a[256], b[256];
	unsigned i;

	compare_string(p, "its call", p->ea->name, p->eb->name);
	compare_number(p, "its process", p->ea->tgid, p->eb->tgid);
	compare_number(p, "its cgroup", p->ea->cgroup, p->eb->cgroup);
	compare_string(p, "the files of its descriptors", p->ea->files, p->eb->files);
	compare_tasks(p);
	for (i = 0; i < info->nparams; i++) {
		if (same_value(&p->ea->values[i], &p->eb->values[i]) ||
		    may_change(p, i))
			continue;
		describe(a, sizeof(a), &p->ea->values[i]);
		describe(b, sizeof(b), &p->eb->values[i]);
		report(p, info->params[i].name, a, b);
	}
}

static void compare_events(const struct stream *a, const struct seen *ea, const struct stream *b,
			   const struct seen *eb)
{
	const struct pair p = { .a = a, .b = b, .ea = ea, .eb = eb };

	compare_pair(&p);
}

/* ---- which events are the same ---- */

static bool same_event(const struct seen *a, const struct seen *b)
{
	return a->info == b->info && a->enter == b->enter && a->abi == b->abi;
}

/*
 * A kernel that runs the probe preemptibly may skip it, or find no room for its record, and counts
 * that.
 */
static void absent(struct stream *lacks, const struct stream *has, const struct seen *event,
		   uint64_t begin)
{
	if (event->ts < begin || is_end(event))
		return;
	if (lacks->may_lack) {
		lacks->may_lack--;
		lacks->lacked++;
		return;
	}
	if (!is_new(event->name, event->enter, lacks->name))
		return;
	fail("%s%s of thread %d: %s did not tell it\n    %-7s %.600s", event->name,
	     event->enter ? " at entry" : "", event->tid, lacks->name, has->name, event->text);
}

/*
 * Both probes of one happening run before either of the thread's next happening.  So an event has
 * no partner when the other stream's next one is younger than its own successor.
 */
static bool has_no_partner(const struct thread *t, unsigned i, const struct thread *u, unsigned j)
{
	return j == u->n || (i + 1 < t->n && t->events[i + 1]->ts <= u->events[j]->ts);
}

static bool equal(const struct seen *a, const struct seen *b)
{
	unsigned i;

	if (!same_event(a, b))
		return false;
	for (i = 0; i < a->info->nparams; i++)
		if (!same_value(&a->values[i], &b->values[i]))
			return false;
	return true;
}

/* Is this one not in the other stream, which goes on with what follows here? */
static bool is_extra(const struct thread *t, unsigned i, const struct thread *u, unsigned j)
{
	return !equal(t->events[i], u->events[j]) && i + 1 < t->n &&
	       equal(t->events[i + 1], u->events[j]);
}

/* Did an interrupt that has an event come between the two probes of one happening? */
static bool are_crossed(const struct thread *t, unsigned i, const struct thread *u, unsigned j)
{
	return i + 1 < t->n && j + 1 < u->n &&
	       (!strcmp(t->events[i]->name, "signalgenerate") ||
		!strcmp(u->events[j]->name, "signalgenerate")) &&
	       equal(t->events[i], u->events[j + 1]) && equal(t->events[i + 1], u->events[j]);
}

static void compare_threads(struct stream *a, const struct thread *ta, struct stream *b,
			    const struct thread *tb, uint64_t begin)
{
	const struct seen *ea, *eb;
	unsigned i = 0, j = 0;

	while (i < ta->n || j < tb->n) {
		if (are_crossed(ta, i, tb, j)) {
			compare_events(a, ta->events[i], b, tb->events[j + 1]);
			compare_events(a, ta->events[i + 1], b, tb->events[j]);
			i += 2;
			j += 2;
			continue;
		}
		if (i < ta->n && (has_no_partner(ta, i, tb, j) || (j < tb->n && is_extra(ta, i, tb, j)))) {
			absent(b, a, ta->events[i++], begin);
			continue;
		}
		if (i == ta->n || has_no_partner(tb, j, ta, i) || is_extra(tb, j, ta, i)) {
			absent(a, b, tb->events[j++], begin);
			continue;
		}
		ea = ta->events[i++];
		eb = tb->events[j++];
		if (same_event(ea, eb)) {
			compare_events(a, ea, b, eb);
			continue;
		}
		absent(b, a, ea, begin);
		absent(a, b, eb, begin);
	}
}

void streams_compare(struct stream *a, struct stream *b, uint64_t begin)
{
	const struct thread none = { 0 };
	unsigned i, known = b->nthreads;

	for (i = 0; i < a->nthreads; i++)
		compare_threads(a, &a->threads[i], b, thread_of(b, a->threads[i].tid), begin);
	for (i = 0; i < known; i++)
		if (!thread_of(a, b->threads[i].tid)->n)
			compare_threads(a, &none, b, &b->threads[i], begin);
}
