// SPDX-License-Identifier: MIT
/* Data with its size in front, as type BYTES is laid out. */
#include <string.h>
#include "decode.h"

const char *sct_bytes_check(const __u8 *v, unsigned len)
{
	__u64 count;

	if (len < sizeof(count))
		return "data without a size";
	memcpy(&count, v, sizeof(count));
	return count < len - sizeof(count) ? "more data than its size says" : NULL;
}

void sct_value_counted(struct sct_value *v, enum sct_value_kind kind, const __u8 *p,
		       unsigned len, unsigned size)
{
	v->kind = kind;
	memcpy(&v->size, p, sizeof(v->size));
	v->size = v->size > ~0ull / size ? ~0ull : v->size * size;
	v->data = p + sizeof(v->size);
	v->len = len - sizeof(v->size);
}
