/* SPDX-License-Identifier: MIT */
/* JSON that the tool writes itself: one object a line. */
#ifndef SCT_CLI_JSON_H
#define SCT_CLI_JSON_H

#include <stdbool.h>
#include <stdio.h>

bool json_begin(void);	/* false: out of memory */
void json_end(void);
bool json_wanted(void);	/* between those two */

/* Members of an object; key NULL for those of an array. */
void json_string(const char *key, const char *value);	/* NULL is null */
void json_number(const char *key, long long value);
void json_seconds(const char *key, double value);
void json_bool(const char *key, bool value);
void json_open_object(const char *key);
void json_close_object(void);
void json_open_array(const char *key);
void json_close_array(void);

/* The object that was opened first: close it, and write it. */
void json_line(FILE *out);

#endif
