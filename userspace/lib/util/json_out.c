// SPDX-License-Identifier: MIT
/* JSON into a line that grows. */
#include "util.h"

void sct_json_word(struct sct_json *g, const char *s)
{
	sct_json_raw(g, "\"", 1);
	sct_buf_str(g->buf, s);
	sct_buf_char(g->buf, '"');
}

void sct_json_key(struct sct_json *g, const char *name)
{
	sct_json_raw(g, "\"", 1);
	sct_buf_str(g->buf, name);
	sct_buf_put(g->buf, "\":", 2);
	g->comma = false;
}

static bool is_plain(__u8 c)
{
	return c >= ' ' && c != '"' && c != '\\';
}

/* A byte that does not stand for itself, in at most 6. */
static char *put_escape(char *to, __u8 c)
{
	static const char codes[] = "\bb\ff\nn\rr\tt\"\"\\\\", digits[] = "0123456789ABCDEF";
	unsigned i;

	*to++ = '\\';
	for (i = 0; codes[i]; i += 2) {
		if (c == (__u8)codes[i]) {
			*to++ = codes[i + 1];
			return to;
		}
	}
	*to++ = 'u';
	*to++ = '0';
	*to++ = '0';
	*to++ = digits[c >> 4];
	*to++ = digits[c & 15];
	return to;
}

void sct_json_string(struct sct_json *g, const char *s, size_t len)
{
	size_t i = 0, plain;
	char *to;

	sct_json_raw(g, "\"", 1);
	while (i < len) {
		for (plain = i; plain < len && is_plain(s[plain]); plain++)
			;
		sct_buf_put(g->buf, s + i, plain - i);
		i = plain;
		if (i == len)
			break;
		to = sct_buf_room(g->buf, 6);
		if (!to)
			return;
		g->buf->len += put_escape(to, s[i]) - to;
		i++;
	}
	sct_buf_char(g->buf, '"');
}

void sct_json_base64(struct sct_json *g, const __u8 *s, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *to;
	size_t i, n;
	__u32 v;

	sct_json_raw(g, "\"", 1);
	to = sct_buf_room(g->buf, (len + 2) / 3 * 4 + 1);
	if (!to)
		return;
	for (i = 0; i < len; i += 3) {
		n = len - i < 3 ? len - i : 3;
		v = s[i] << 16 | (n > 1 ? s[i + 1] << 8 : 0) | (n > 2 ? s[i + 2] : 0);
		*to++ = digits[v >> 18];
		*to++ = digits[v >> 12 & 63];
		*to++ = n > 1 ? digits[v >> 6 & 63] : '=';
		*to++ = n > 2 ? digits[v & 63] : '=';
	}
	*to = '"';
	g->buf->len += (len + 2) / 3 * 4 + 1;
}

void sct_json_u64(struct sct_json *g, __u64 v)
{
	sct_json_next(g);
	sct_buf_u64(g->buf, v);
}

void sct_json_s64(struct sct_json *g, __s64 v)
{
	sct_json_next(g);
	sct_buf_s64(g->buf, v);
}
