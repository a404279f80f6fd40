// SPDX-License-Identifier: MIT
/* Vectors of messages: what a value of format MMSGS holds, one after the other. */
#include <errno.h>
#include <string.h>
#include "decode.h"

/*
 * The head at p, of which n bytes are there: the size with what is behind it, 0 where that is not
 * whole.
 */
static size_t get_head(struct sct_mmsg *head, const __u8 *p, size_t n)
{
	size_t size;

	if (n < sizeof(*head))
		return 0;
	memcpy(head, p, sizeof(*head));
	size = sizeof(*head) + head->naddr + head->ndata + head->ncontrol;
	return size <= n ? size : 0;
}

/* Bytes behind their number, as those of type BYTES; n is 0 where there are none. */
static bool is_counted(const __u8 *p, size_t n)
{
	return !n || !sct_bytes_check(p, n);
}

const char *sct_mmsgs_check(const __u8 *p, size_t len)
{
	const __u8 *end = p + len;
	struct sct_mmsg head;
	__u64 count, n = 0;
	size_t size;

	if (len < sizeof(count))
		return "messages without their number";
	memcpy(&count, p, sizeof(count));
	for (p += sizeof(count); p < end; p += size, n++) {
		size = get_head(&head, p, end - p);
		if (!size || !is_counted(p + sizeof(head) + head.naddr, head.ndata) ||
		    !is_counted(p + size - head.ncontrol, head.ncontrol))
			return "part of a message";
	}
	return n > count ? "more messages than counted" : NULL;
}

static struct sct_value number(__u32 n, bool told)
{
	return (struct sct_value){
		.sz = sizeof(struct sct_value), .kind = told ? SCT_VALUE_UINT : SCT_VALUE_NONE,
		.i = n, .u = n,
	};
}

static struct sct_value bytes(const __u8 *p, size_t n)
{
	struct sct_value v = { .sz = sizeof(v) };

	if (n) {
		sct_value_counted(&v, SCT_VALUE_BYTES, p, n, 1);
		v.cut = v.len < v.size;
	}
	return v;
}

bool sct_mmsg_next(const struct sct_value *all, size_t *pos, struct sct_message *msg)
{
	const __u8 *p = (const __u8 *)all->data + *pos;
	struct sct_mmsg head;
	size_t size = get_head(&head, p, all->len - *pos);

	if (!size)
		return false;
	*pos += size;
	p += sizeof(head);
	*msg = (struct sct_message){
		.sz = sizeof(*msg),
		.addr = { .sz = sizeof(msg->addr), .data = p, .len = head.naddr, .size = head.naddr,
			  .kind = head.naddr ? SCT_VALUE_ADDRESS : SCT_VALUE_NONE },
		.data = bytes(p + head.naddr, head.ndata),
		.control = bytes(p + head.naddr + head.ndata, head.ncontrol),
		.flags = number(head.flags, head.told & SCT_MMSG_FLAGS),
		.len = number(head.len, head.told & SCT_MMSG_LEN),
	};
	return true;
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
