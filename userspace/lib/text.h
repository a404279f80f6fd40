/* SPDX-License-Identifier: MIT */
/* Values as text, in lines of events; for text.c, text_value.c and text_file.c. */
#ifndef SCT_TEXT_H
#define SCT_TEXT_H

#include "internal.h"

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
