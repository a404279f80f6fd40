// SPDX-License-Identifier: MIT
/* What an event has for its readers, of values that are taken apart. */
#include <errno.h>
#include <string.h>
#include "decode.h"

int sct_event_field(const struct sct_event *event, unsigned param, unsigned element, unsigned field,
		    const char **name, struct sct_value *value)
{
	const struct sct_type_row *type, *field_type;
	struct sct_value all, v;
	unsigned size;
	size_t sz = value->sz;

	if (param >= event->rec->nparams || sz < sizeof(value->sz))
		return -EINVAL;
	type = sct_decode(event->rec, param, &all);
	size = sct_object_size(event->rec, type);
	if (!type->layout || (size_t)element * size >= all.len)
		return -ENOENT;
	*name = sct_field_get(event->rec, type, (const __u8 *)all.data + (size_t)element * size,
			      all.len - (size_t)element * size < size ?
			      all.len - (size_t)element * size : size, field, &field_type, &v);
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
	struct sct_message msg;
	struct sct_value all;
	size_t pos = 0;

	if (param >= event->rec->nparams || sz < sizeof(message->sz))
		return -EINVAL;
	sct_value_get(event->rec, param, &all);
	if (sct_param_type(event->rec, param)->format != SCT_FMT_MMSGS || !all.len)
		return -ENOENT;
	do {
		if (!sct_mmsg_next(&all, &pos, &msg))
			return -ENOENT;
	} while (i--);
	msg.sz = sz;
	memcpy(message, &msg, sz < sizeof(msg) ? sz : sizeof(msg));
	return 0;
}
