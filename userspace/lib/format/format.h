/* SPDX-License-Identifier: MIT */
/*
 * Events as text and JSON.  Layer format, on decode; knows no session and no source.
 */
#ifndef SCT_FORMAT_H
#define SCT_FORMAT_H

#include "decode.h"

/* ---- text.c, text_value.c, text_file.c, json.c ---- */
/* What /proc calls such a file: a path, or "socket:[12345]". */
void sct_text_file(struct sct_buf *buf, const struct sct_file *file);
void sct_text_value(struct sct_buf *buf, const struct sct_event *event, unsigned param,
		    unsigned max_string);
/* The line behind the time and the CPU, without a newline. */
void sct_text_event(struct sct_buf *buf, const struct sct_event *event,
		    const struct sct_print_options *options);
int sct_json_event(struct sct_buf *buf, const struct sct_event *event);

/* Bytes of a string, without quotes. */
void sct_text_escaped(struct sct_buf *buf, const char *s, size_t len);
/* In quotes, at most max characters, 0 for all; with dots when that is not all, or cut. */
void sct_text_quoted(struct sct_buf *buf, const char *s, size_t len, unsigned max, bool cut);
void sct_text_inet(struct sct_buf *buf, const struct sct_addr *addr);
void sct_text_device(struct sct_buf *buf, __u32 major, __u32 minor);
/* The file behind a descriptor: </etc/passwd> */
void sct_text_fd(struct sct_buf *buf, const struct sct_file *file);
void sct_text_signal(struct sct_buf *buf, int sig);
/* A value of that type; max: characters of a string, 0 for all. */
void sct_text_put(struct sct_buf *buf, const struct sct_event *event,
		  const struct sct_type_row *type, const struct sct_value *v, unsigned max);

#endif
