/* SPDX-License-Identifier: MIT */
/* A line that grows. */
#ifndef SCT_UTIL_H
#define SCT_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <linux/types.h>

struct sct_buf {
	char *data;
	size_t len, cap;
	bool failed;	/* out of memory: what follows is dropped */
};
/* For sct_buf_room(): the same, when there is no room yet. */
char *sct_buf_grow(struct sct_buf *buf, size_t n);

/* Where n more bytes can be written, to be added to len; NULL when memory is short. */
static inline char *sct_buf_room(struct sct_buf *buf, size_t n)
{
	return n <= buf->cap - buf->len ? buf->data + buf->len : sct_buf_grow(buf, n);
}

/* Inline: most of a line are literals and single characters. */
static inline void sct_buf_put(struct sct_buf *buf, const void *data, size_t len)
{
	char *to = len ? sct_buf_room(buf, len) : NULL;

	if (!to)
		return;
	memcpy(to, data, len);
	buf->len += len;
}

static inline void sct_buf_str(struct sct_buf *buf, const char *s)
{
	sct_buf_put(buf, s, strlen(s));
}

static inline void sct_buf_char(struct sct_buf *buf, char c)
{
	sct_buf_put(buf, &c, 1);
}

void sct_buf_u64(struct sct_buf *buf, __u64 v);
void sct_buf_s64(struct sct_buf *buf, __s64 v);
void sct_buf_hex(struct sct_buf *buf, __u64 v);			/* with 0x */
void sct_buf_oct(struct sct_buf *buf, __u64 v);			/* with a 0 in front */
void sct_buf_digits(struct sct_buf *buf, __u64 v, unsigned n);	/* the last n of them */
void sct_buf_printf(struct sct_buf *buf, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
