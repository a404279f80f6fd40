/* SPDX-License-Identifier: MIT */
/*
 * Records made by hand, parameter by parameter, and what they print.  For tests of the library's
 * inside.
 */
#ifndef RECORDS_H
#define RECORDS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "format.h"
#include "session.h"

struct made_record {
	__u64 bytes[SCT_REC_MAX / 8];	/* the record, when rec_event() has made it */
	__u8 pool[2 * SCT_REC_MAX];	/* values */
	size_t used;
	const __u8 *value[64];
	unsigned len[64];
	struct sct_record head;
	__u64 took;	/* where its flags say so, */
	__s64 shown;	/* this, */
	__u64 files[128];	/* and these */
	size_t files_len;
};

extern struct made_record rec;
extern struct sct_task task;
extern const __s64 real_minus_boot;
extern struct sct_event event;

void rec_start(unsigned type);
void rec_set(unsigned param, const void *data, size_t len);
void rec_set_number(unsigned param, __u64 v);
/* A counted value: the program's count, then what was kept. */
void rec_set_counted(unsigned param, __u64 count, const void *data, size_t len);
/* A message behind the first of a vector: what is in head besides lengths, then bytes; NULL: none. */
void rec_add_message(unsigned param, __u64 count, struct sct_mmsg head, const void *addr, size_t naddr,
		     const char *data);
/* The file of a descriptor, behind the values. */
void rec_file(unsigned param, const char *path, __u64 magic, unsigned flags);
/* What that is, where its flags say so: what is in details besides the length; and addresses. */
void rec_file_details(struct sct_fd_details details, const void *local, __u16 llen,
		      const void *remote, __u16 rlen);
struct sct_record *rec_bytes(void);
/* The event, with another record, which is sound. */
const struct sct_event *rec_read(const struct sct_record *r);
/* The finished event; the record is sound. */
const struct sct_event *rec_event(void);

/* The record as it is now becomes that of the call's entry, event.begun; the caller frees that. */
void rec_begin(void);
/* A record of which avail bytes are there is not sound, for that reason; the one made, too. */
void assert_bad_bytes(const struct sct_record *r, size_t avail, const char *reason);
void assert_bad(const char *reason);

/* One of openat(2), sound, which returned fd. */
void openat_record(__s32 fd);

#define START(id)	      rec_start(SCT_EV_##id)
#define SET(id, param, v)     rec_set_number(SCT_PARAM(id, param), (__u64)(v))
#define SET_STR(id, param, s) rec_set(SCT_PARAM(id, param), s, strlen(s) + 1)
#define BIT(id, param)	      (1ull << SCT_PARAM(id, param))
/* What is at a pointer argument, whole. */
#define SET_VALUE(id, v)      rec_set_counted(SCT_PARAM(id, value), sizeof(v), &(v), sizeof(v))

/* ---- what it prints ---- */

#define LINE_MAX_BYTES (4 * SCT_REC_MAX)
extern char line[LINE_MAX_BYTES];	/* the last that was printed */

const char *print_with(struct sct_print_options options);
const char *text(void);
const char *json_line(void);
/* One parameter alone. */
const char *text_param(unsigned param);
/*
 * What stands at a path of the JSON, as text: "null" when nothing does; how much is in a list or
 * object.
 */
const char *json(const char *path);
size_t json_count(const char *path);

#define assert_text(s)	     assert_string_equal(text(), "2 ls[1234] " s)
#define assert_param(id, param, s) assert_string_equal(text_param(SCT_PARAM(id, param)), s)
#define assert_json(path, s) assert_string_equal(json(path), s)

#endif
