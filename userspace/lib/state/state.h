/* SPDX-License-Identifier: MIT */
/*
 * What records say of the tasks of the machine.  Layer state, on decode; never asks the machine itself.
 */
#ifndef SCT_STATE_H
#define SCT_STATE_H

#include "decode.h"

/* ---- tasks.c: what task records said, by tid ---- */
struct sct_tasks;
struct sct_tasks *sct_tasks_new(void);
void sct_tasks_free(struct sct_tasks *tasks);
int sct_tasks_learn(struct sct_tasks *tasks, const struct sct_record *task_record);
const struct sct_task *sct_tasks_find(const struct sct_tasks *tasks, pid_t tid);
/*
 * Note which tasks alive() denies now, and forget those whose end was noted before the time that
 * records have been read up to: of the others, events may be waiting in the rings.  Pointers of the
 * current batch stay valid.
 */
void sct_tasks_sweep(struct sct_tasks *tasks, bool (*alive)(pid_t tid), __u64 now, __u64 read);
/* The batch has been handed out: what it alone still pointed to can go. */
void sct_tasks_batch_done(struct sct_tasks *tasks);

#endif
