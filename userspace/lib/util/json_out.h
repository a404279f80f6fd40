/* SPDX-License-Identifier: MIT */
/*
 * JSON into a line that grows: commas and quotes, and what has to be escaped.  Who writes opens and
 * closes, and puts a key before each member of an object.  Layer util, for format.
 */
#ifndef SCT_JSON_OUT_H
#define SCT_JSON_OUT_H

#include "util.h"

struct sct_json {
	struct sct_buf *buf;
	bool comma;	/* before what comes next */
};

/* What comes next is a value that is put into the buffer itself. */
static inline void sct_json_next(struct sct_json *g)
{
	if (g->comma)
		sct_buf_char(g->buf, ',');
	g->comma = true;
}

/* Bytes that are JSON. */
static inline void sct_json_raw(struct sct_json *g, const char *s, size_t len)
{
	char *to = sct_buf_room(g->buf, len + 1);

	if (!to)
		return;
	if (g->comma)
		*to++ = ',';
	memcpy(to, s, len);
	g->buf->len += len + g->comma;
	g->comma = true;
}

static inline void sct_json_open(struct sct_json *g, char bracket)
{
	sct_json_raw(g, &bracket, 1);
	g->comma = false;
}

static inline void sct_json_close(struct sct_json *g, char bracket)
{
	sct_buf_char(g->buf, bracket);
	g->comma = true;
}

/* A key that is a literal. */
#define SCT_JSON_KEY(g, name)							\
	do {									\
		sct_json_raw(g, "\"" name "\":", sizeof("\"" name "\":") - 1);	\
		(g)->comma = false;						\
	} while (0)

/* A word in quotes: of it, nothing has to be escaped. */
void sct_json_word(struct sct_json *g, const char *s);
void sct_json_key(struct sct_json *g, const char *name);	/* the same, as a key */
/* UTF-8 */
void sct_json_string(struct sct_json *g, const char *s, size_t len);
void sct_json_base64(struct sct_json *g, const __u8 *s, size_t len);
void sct_json_u64(struct sct_json *g, __u64 v);
void sct_json_s64(struct sct_json *g, __s64 v);

static inline void sct_json_null(struct sct_json *g)
{
	sct_json_raw(g, "null", 4);
}

static inline void sct_json_bool(struct sct_json *g, bool v)
{
	sct_json_raw(g, v ? "true" : "false", v ? 4 : 5);
}

#endif
