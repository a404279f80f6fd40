// SPDX-License-Identifier: MIT
/* A line that grows.  Numbers and strings, which are most of it, do not go through printf. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"

char *sct_buf_grow(struct sct_buf *buf, size_t n)
{
	size_t cap = buf->cap ? buf->cap : 512;
	char *data;

	if (buf->failed)
		return NULL;
	while (cap - buf->len < n)
		cap *= 2;
	data = realloc(buf->data, cap);
	if (!data) {
		buf->failed = true;
		return NULL;
	}
	buf->data = data;
	buf->cap = cap;
	return data + buf->len;
}

void sct_buf_u64(struct sct_buf *buf, __u64 v)
{
	char digits[20], *p = digits + sizeof(digits);

	do {
		*--p = '0' + v % 10;
		v /= 10;
	} while (v);
	sct_buf_put(buf, p, digits + sizeof(digits) - p);
}

void sct_buf_s64(struct sct_buf *buf, __s64 v)
{
	if (v < 0)
		sct_buf_char(buf, '-');
	sct_buf_u64(buf, v < 0 ? -(__u64)v : (__u64)v);
}

void sct_buf_hex(struct sct_buf *buf, __u64 v)
{
	unsigned n = 2 + (67 - __builtin_clzll(v | 1)) / 4, i;
	char *to = sct_buf_room(buf, n);

	if (!to)
		return;
	to[0] = '0';
	to[1] = 'x';
	for (i = n; i > 2; i--) {
		to[i - 1] = "0123456789abcdef"[v & 15];
		v >>= 4;
	}
	buf->len += n;
}

void sct_buf_oct(struct sct_buf *buf, __u64 v)
{
	char digits[24], *p = digits + sizeof(digits);

	for (; v; v >>= 3)
		*--p = '0' + (v & 7);
	*--p = '0';
	sct_buf_put(buf, p, digits + sizeof(digits) - p);
}

void sct_buf_digits(struct sct_buf *buf, __u64 v, unsigned n)
{
	char *to = sct_buf_room(buf, n);
	unsigned i;

	if (!to)
		return;
	for (i = n; i; i--) {
		to[i - 1] = '0' + v % 10;
		v /= 10;
	}
	buf->len += n;
}

void sct_buf_printf(struct sct_buf *buf, const char *fmt, ...)
{
	va_list ap;
	char *to;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	to = n < 0 ? NULL : sct_buf_room(buf, n + 1);
	if (!to)
		return;
	va_start(ap, fmt);
	vsnprintf(to, n + 1, fmt, ap);
	va_end(ap);
	buf->len += n;
}
