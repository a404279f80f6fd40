// SPDX-License-Identifier: MIT
/* What the memory of a call held when the call began, where that differs from what it held at the end. */
#include <errno.h>
#include <string.h>
#include "decode.h"

/* A program that was executed has strings of its own. */
static bool is_executed(const struct sct_record *rec)
{
	struct sct_value res;

	if (rec->type != SCT_EV_execve_x && rec->type != SCT_EV_execveat_x)
		return false;
	sct_value_get(rec, SCT_PARAM(execve_x, res), &res);
	return !res.i;
}

static bool is_compared(const struct sct_record *rec, unsigned i)
{
	const struct sct_param *param = &sct_events[rec->type].params[i];

	if (!(param->source & SCT_SOURCE_MEMORY) || param->type == SCT_T_VALUE)
		return false;
	switch (sct_param_type(rec, i)->format) {
	case SCT_FMT_STR:
	case SCT_FMT_STRV:
	case SCT_FMT_BYTES:
	case SCT_FMT_CMSG:
	case SCT_FMT_SOCKADDR:
		return true;
	default:	/* of structs, and of values, the kernel may write a part */
		return false;
	}
}

static bool differs(const struct sct_value *a, const struct sct_value *b)
{
	return a->len != b->len || a->size != b->size || (a->len && memcmp(a->data, b->data, a->len) != 0);
}

int sct_event_changed(const struct sct_event *event, unsigned param, struct sct_value *before)
{
	struct sct_value then, now;
	size_t sz = before->sz;

	if (param >= event->rec->nparams || sz < sizeof(before->sz))
		return -EINVAL;
	if (!event->begun || !is_compared(event->rec, param) || is_executed(event->rec))
		return -ENOENT;
	sct_value_get(event->begun, param, &then);
	sct_value_get(event->rec, param, &now);
	if (then.kind == SCT_VALUE_NONE || now.kind == SCT_VALUE_NONE || then.faulted ||
	    now.faulted || !differs(&then, &now))
		return -ENOENT;
	then.sz = sz;
	memcpy(before, &then, sz < sizeof(then) ? sz : sizeof(then));
	return 0;
}

const struct sct_type_row *sct_next_change(const struct sct_event *event, unsigned *i,
					   struct sct_value *before)
{
	before->sz = sizeof(*before);
	for (; event->begun && *i < event->rec->nparams; ++*i)
		if (!sct_event_changed(event, *i, before))
			return sct_decode_as(event->rec, *i, before);
	return NULL;
}
