// SPDX-License-Identifier: MIT
/* What the memory of a call held when the call began, where that differs from what it held at the end. */
#include <errno.h>
#include <string.h>
#include "decode.h"

/* A program that was executed has strings of its own. */
static bool is_executed(const struct sct_event *event)
{
	const unsigned type = event->rec->type;

	if (type != SCT_EV_execve_x && type != SCT_EV_execveat_x)
		return false;
	return !sct_plain(sct_event_decode(event), SCT_PARAM(execve_x, res))->i;
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

/* What the parameter was, in the decoder; NULL when it did not change, or that is not known. */
static const struct sct_value *changed(const struct sct_event *event, unsigned i)
{
	const struct sct_value *then, *now;
	struct sct_decoder *decoder;

	if (!event->begun || !is_compared(event->rec, i) || is_executed(event))
		return NULL;
	decoder = sct_event_decode(event);
	then = sct_values_at(sct_values_begun(decoder), i);
	now = sct_plain(decoder, i);
	if (then->kind == SCT_VALUE_NONE || now->kind == SCT_VALUE_NONE || then->faulted ||
	    now->faulted || !differs(then, now))
		return NULL;
	return then;
}

int sct_event_changed(const struct sct_event *event, unsigned param, struct sct_value *before)
{
	const struct sct_value *then;
	size_t sz = before->sz;

	if (param >= event->rec->nparams || sz < sizeof(before->sz))
		return -EINVAL;
	then = changed(event, param);
	if (!then)
		return -ENOENT;
	memcpy(before, then, sz < sizeof(*then) ? sz : sizeof(*then));
	before->sz = sz;
	return 0;
}

const struct sct_type_row *sct_next_change(const struct sct_event *event, unsigned *i,
					   struct sct_value *before)
{
	for (; event->begun && *i < event->rec->nparams; ++*i)
		if (changed(event, *i))
			return sct_typed_begun(sct_event_decode(event), *i, before);
	return NULL;
}
