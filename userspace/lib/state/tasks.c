// SPDX-License-Identifier: MIT
/*
 * What task records said, by tid.  Events of the current batch point to tasks, so nothing is freed
 * before the batch is done: what is replaced or swept waits in the list of the gone.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "state.h"

#define MIN_BUCKETS 256u

struct node {
	struct sct_task task;
	struct node *next;	/* in its bucket, then among the gone */
	__u64 ended;		/* when it was found to be gone, 0 while it lives */
	char strings[];
};

struct sct_tasks {
	struct node **buckets;
	unsigned nbuckets;	/* a power of two */
	unsigned ntasks;
	struct node *gone;
};

static struct node **bucket(const struct sct_tasks *tasks, pid_t tid)
{
	/* tids are dealt out in order: their low bits spread well */
	return &tasks->buckets[(unsigned)tid & (tasks->nbuckets - 1)];
}

/* Where the task hangs, or where it would. */
static struct node **place(const struct sct_tasks *tasks, pid_t tid)
{
	struct node **p = bucket(tasks, tid);

	while (*p && (*p)->task.tid != tid)
		p = &(*p)->next;
	return p;
}

static void retire(struct sct_tasks *tasks, struct node **p)
{
	struct node *n = *p;

	*p = n->next;
	n->next = tasks->gone;
	tasks->gone = n;
	tasks->ntasks--;
}

struct sct_tasks *sct_tasks_new(void)
{
	struct sct_tasks *tasks = calloc(1, sizeof(*tasks));

	if (!tasks)
		return NULL;
	tasks->nbuckets = MIN_BUCKETS;
	tasks->buckets = calloc(tasks->nbuckets, sizeof(*tasks->buckets));
	if (!tasks->buckets) {
		free(tasks);
		return NULL;
	}
	return tasks;
}

static bool nobody(pid_t tid)
{
	(void)tid;
	return false;
}

void sct_tasks_free(struct sct_tasks *tasks)
{
	if (!tasks)
		return;
	sct_tasks_sweep(tasks, nobody, 1, ~0ull);
	sct_tasks_batch_done(tasks);
	free(tasks->buckets);
	free(tasks);
}

/* Twice the buckets; without memory for that, chains grow instead. */
static void grow(struct sct_tasks *tasks)
{
	struct sct_tasks bigger = *tasks;
	unsigned i;

	bigger.nbuckets *= 2;
	bigger.buckets = calloc(bigger.nbuckets, sizeof(*bigger.buckets));
	if (!bigger.buckets)
		return;
	for (i = 0; i < tasks->nbuckets; i++) {
		while (tasks->buckets[i]) {
			struct node *n = tasks->buckets[i];
			struct node **to = bucket(&bigger, n->task.tid);

			tasks->buckets[i] = n->next;
			n->next = *to;
			*to = n;
		}
	}
	free(tasks->buckets);
	*tasks = bigger;
}

/* ---- a node from a record ---- */


/* Copy a string to *to and move on; "" when it is not available. */
static const char *string(const struct sct_value *v, char **to)
{
	const char *s = *to;

	if (v->len)
		memcpy(*to, v->data, v->len);
	(*to)[v->len] = 0;
	*to += v->len + 1;
	return s;
}

static struct node *node_new(const struct sct_record *rec)
{
	struct sct_values values;
#define VALUE(field) sct_values_at(&values, SCT_PARAM(task, field))
	struct node *n;
	char *to;

	sct_values_start(&values, rec);
	n = malloc(sizeof(*n) + VALUE(comm)->len + VALUE(exe)->len + VALUE(cgroup)->len + 3);
	if (!n)
		return NULL;
	to = n->strings;
	n->ended = 0;
	n->task = (struct sct_task){
		.tid = rec->tid,
		.tgid = rec->tgid,
#define NUMBER(field) .field = VALUE(field)->u
		NUMBER(ppid), NUMBER(vtid), NUMBER(vpid),
		NUMBER(uid), NUMBER(gid), NUMBER(loginuid), NUMBER(start_time),
		NUMBER(pidns), NUMBER(mntns), NUMBER(netns), NUMBER(userns),
#undef NUMBER
	};
	n->task.comm = string(VALUE(comm), &to);
	n->task.exe = string(VALUE(exe), &to);
	n->task.cgroup = string(VALUE(cgroup), &to);
#undef VALUE
	return n;
}

/* ---- */

int sct_tasks_learn(struct sct_tasks *tasks, const struct sct_record *task_record)
{
	struct node *n = node_new(task_record), **p;

	if (!n)
		return -ENOMEM;
	if (tasks->ntasks >= tasks->nbuckets)
		grow(tasks);
	p = place(tasks, n->task.tid);
	if (*p)
		retire(tasks, p);
	n->next = *p;
	*p = n;
	tasks->ntasks++;
	return 0;
}

const struct sct_task *sct_tasks_find(const struct sct_tasks *tasks, pid_t tid)
{
	const struct node *n = *place(tasks, tid);

	return n ? &n->task : NULL;
}

void sct_tasks_sweep(struct sct_tasks *tasks, bool (*alive)(pid_t tid), __u64 now, __u64 read)
{
	struct node **p;
	unsigned i;

	for (i = 0; i < tasks->nbuckets; i++) {
		p = &tasks->buckets[i];
		while (*p) {
			if (alive((*p)->task.tid))
				(*p)->ended = 0;
			else if (!(*p)->ended)
				(*p)->ended = now;
			if ((*p)->ended && (*p)->ended < read)
				retire(tasks, p);
			else
				p = &(*p)->next;
		}
	}
}

void sct_tasks_batch_done(struct sct_tasks *tasks)
{
	while (tasks->gone) {
		struct node *n = tasks->gone;

		tasks->gone = n->next;
		free(n);
	}
}
