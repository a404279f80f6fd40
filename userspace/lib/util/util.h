/* SPDX-License-Identifier: MIT */
/*
 * What every layer needs: a line that grows, diagnostics, clocks.  Layer util: knows libc and the types of
 * the public header alone.
 */
#ifndef SCT_UTIL_H
#define SCT_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <linux/types.h>
#include "sctrace.h"

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

/*
 * ---- json_out.c: JSON into such a line ----
 * It puts commas and quotes, and escapes what has to be.  Who writes opens and closes, and puts a key before
 * each member of an object.
 */

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

/* ---- diagnostics ---- */

#define SCT_ERROR_MAX 1024

/* Where a session's parts report to. */
struct sct_diag {
	char error[SCT_ERROR_MAX];	/* why the last call failed: one line */
	sct_log_fn log;			/* or NULL */
	void *log_ctx;
};

/* Note why a call fails.  Returns err. */
int sct_fail(struct sct_diag *diag, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Append to that. */
void sct_fail_more(struct sct_diag *diag, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Pass a message to the user's callback. */
void sct_log(const struct sct_diag *diag, enum sct_log_level level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* ---- clocks ---- */

__u64 sct_now(clockid_t clock);	/* ns */

#endif
