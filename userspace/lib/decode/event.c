// SPDX-License-Identifier: MIT
/* Events: what each is, and its values, decoded when they are asked for. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "decode.h"

/* ---- the decoder ---- */

struct sct_decoder *sct_decoder_new(void)
{
	struct sct_decoder *decoder = malloc(sizeof(*decoder));

	if (!decoder)
		return NULL;
	decoder->event = NULL;
	decoder->variants = sct_variants_new();
	if (decoder->variants)
		return decoder;
	free(decoder);
	return NULL;
}

void sct_decoder_free(struct sct_decoder *decoder)
{
	if (!decoder)
		return;
	sct_variants_free(decoder->variants);
	free(decoder);
}

/* ---- values ---- */

int sct_event_value(const struct sct_event *event, unsigned param, struct sct_value *value)
{
	const struct sct_value *v;
	size_t sz = value->sz;

	if (param >= event->rec->nparams || sz < sizeof(value->sz))
		return -EINVAL;
	v = sct_plain(sct_event_decode(event), param);
	if (sz == sizeof(*v)) {
		*value = *v;
		return 0;
	}
	memcpy(value, v, sz < sizeof(*v) ? sz : sizeof(*v));
	value->sz = sz;
	return 0;
}

int sct_event_arg(const struct sct_event *event, const char *name, struct sct_value *value)
{
	const struct sct_event_info *info = sct_event_info(event);
	unsigned i;

	for (i = 0; i < info->nparams; i++)
		if (!strcmp(info->params[i].name, name))
			return sct_event_value(event, i, value);
	return -ENOENT;
}

int sct_event_field(const struct sct_event *event, unsigned param, unsigned element, unsigned field,
		    const char **name, struct sct_value *value)
{
	const struct sct_type_row *type, *field_type;
	const struct sct_value *all;
	struct sct_value v;
	size_t sz = value->sz, at;
	unsigned size;

	if (param >= event->rec->nparams || sz < sizeof(value->sz))
		return -EINVAL;
	all = sct_typed(sct_event_decode(event), param, &type);
	size = sct_object_size(event->rec, type);
	at = (size_t)element * size;
	if (!type->layout || at >= all->len)
		return -ENOENT;
	*name = sct_field_get(event->rec, type, (const __u8 *)all->data + at,
			      all->len - at < size ? all->len - at : size, field, &field_type, &v);
	if (!*name)
		return -ENOENT;
	v.sz = sz;
	memcpy(value, &v, sz < sizeof(v) ? sz : sizeof(v));
	return 0;
}

int sct_event_message(const struct sct_event *event, unsigned param, unsigned i,
		      struct sct_message *message)
{
	const size_t sz = message->sz;
	const struct sct_value *all;
	struct sct_message msg;
	size_t pos = 0;

	if (param >= event->rec->nparams || sz < sizeof(message->sz))
		return -EINVAL;
	all = sct_plain(sct_event_decode(event), param);
	if (sct_param_type(event->rec, param)->format != SCT_FMT_MMSGS || !all->len)
		return -ENOENT;
	do {
		if (!sct_mmsg_next(all, &pos, &msg))
			return -ENOENT;
	} while (i--);
	msg.sz = sz;
	memcpy(message, &msg, sz < sizeof(msg) ? sz : sizeof(msg));
	return 0;
}

/* ---- what an event is ---- */

const struct sct_event_info *sct_event_info(const struct sct_event *event)
{
	return &sct_events[event->rec->type].info;
}

const struct sct_syscall_info *sct_event_call(const struct sct_event *event)
{
	return sct_event_info(event)->is_call ? sct_syscall_at(event->rec->row) : NULL;
}

const char *sct_event_name(const struct sct_event *event)
{
	const struct sct_syscall_info *call = sct_event_call(event);

	return call ? call->name : sct_event_info(event)->name;
}

bool sct_event_is_enter(const struct sct_event *event)
{
	return event->rec->flags & SCT_RF_ENTER;
}

_Static_assert((int)SCT_EVENT_X86_64 == SCT_ABI_NATIVE && (int)SCT_EVENT_I386 == SCT_ABI_IA32 &&
	       (int)SCT_EVENT_X32 == SCT_ABI_X32, "the public ABI numbers are the record's");

enum sct_event_abi sct_event_abi(const struct sct_event *event)
{
	return (enum sct_event_abi)(event->rec->flags & SCT_RF_ABI_MASK);
}

uint64_t sct_event_ts(const struct sct_event *event)
{
	return event->rec->ts;
}

uint64_t sct_event_realtime(const struct sct_event *event)
{
	return event->rec->ts + event->real_minus_boot;
}

unsigned sct_event_cpu(const struct sct_event *event)
{
	return event->cpu;
}

uint64_t sct_event_seq(const struct sct_event *event)
{
	return event->seq;
}

pid_t sct_event_tid(const struct sct_event *event)
{
	return event->rec->tid;
}

pid_t sct_event_tgid(const struct sct_event *event)
{
	return event->rec->tgid;
}

uint64_t sct_event_cgroup_id(const struct sct_event *event)
{
	return event->rec->cgroup;
}

const struct sct_task *sct_event_task(const struct sct_event *event)
{
	return event->task;
}

/* By the number that the caller passes, with the mark of an ABI. */
static const struct sct_syscall_info *call_of(enum sct_event_abi abi, __s64 nr)
{
	const struct sct_syscall_info *call;
	unsigned i;

	if (abi != SCT_EVENT_I386 && nr >= SCT_X32_BIT)
		nr -= SCT_X32_BIT;
	for (i = 0; (call = sct_syscall_at(i)); i++)
		if (call->nr[abi == SCT_EVENT_I386] == nr && nr >= 0)
			return call;
	return NULL;
}

int sct_event_shown(const struct sct_event *event, int64_t *nr, const struct sct_syscall_info **call)
{
	const struct sct_record *rec = event->rec;
	unsigned behind = rec->flags & SCT_RF_DURATION ? 2 : 1;

	if (!(rec->flags & SCT_RF_CHANGED))
		return -ENOENT;
	memcpy(nr, (const __u8 *)rec + rec->len - behind * sizeof(*nr), sizeof(*nr));
	*call = call_of(sct_event_abi(event), *nr);
	return 0;
}

uint64_t sct_event_lost(const struct sct_event *event)
{
	struct sct_values values;

	if (event->rec->type != SCT_EV_loss)
		return 0;
	sct_values_start(&values, event->rec);
	return sct_values_at(&values, SCT_PARAM(loss, lost))->u;
}
