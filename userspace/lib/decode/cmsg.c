// SPDX-License-Identifier: MIT
/* Ancillary data of messages, one after the other. */
#include <string.h>
#include "decode.h"

/* struct cmsghdr of a native caller; for others the kernel's length is as wide as theirs. */
struct head {
	__u64 len;
	__s32 level, type;
};

struct head32 {
	__u32 len;
	__s32 level, type;
};

/* The head at p, of which n bytes are there: its size, 0 where it is not whole. */
static unsigned get_head(struct head *head, const struct sct_record *rec, const __u8 *p, size_t n)
{
	struct head32 narrow;

	if ((rec->flags & SCT_RF_ABI_MASK) == SCT_ABI_NATIVE) {
		if (n < sizeof(*head))
			return 0;
		memcpy(head, p, sizeof(*head));
		return sizeof(*head);
	}
	if (n < sizeof(narrow))
		return 0;
	memcpy(&narrow, p, sizeof(narrow));
	*head = (struct head){ narrow.len, narrow.level, narrow.type };
	return sizeof(narrow);
}

static struct sct_value number(__s32 n)
{
	return (struct sct_value){ .sz = sizeof(struct sct_value), .kind = SCT_VALUE_INT, .i = n, .u = n };
}

bool sct_cmsg_next(const struct sct_record *rec, const struct sct_value *all, size_t *pos,
		   struct sct_cmsg *msg)
{
	unsigned align = (rec->flags & SCT_RF_ABI_MASK) == SCT_ABI_NATIVE ? 8 : 4, size;
	const __u8 *p = (const __u8 *)all->data + *pos;
	size_t left = all->len - *pos, len;
	struct head head;

	size = get_head(&head, rec, p, left);
	if (!size || head.len < size)
		return false;
	len = head.len < left ? head.len : left;
	*msg = (struct sct_cmsg){ .level = number(head.level), .type = number(head.type) };
	msg->type_type = sct_variant(SCT_T_CMSG_TYPE, SCT_T_SOCK_LEVEL, (__u32)head.level);
	msg->data_type = sct_variant(SCT_T_CMSG_DATA, msg->type_type - sct_types, (__u32)head.type);
	msg->data = (struct sct_value){
		.sz = sizeof(msg->data), .kind = SCT_VALUE_BYTES, .data = p + size,
		.len = len - size, .size = head.len - size, .cut = len < head.len,
	};
	sct_reread(rec, msg->data_type, &msg->data);
	len = (len + align - 1) & ~(size_t)(align - 1);
	*pos += len < left ? len : left;
	return true;
}
