// SPDX-License-Identifier: MIT
/* JSON that the tool writes itself, see json.h. */
#include <string.h>
#include <yajl/yajl_gen.h>
#include "json.h"

static yajl_gen json;

bool json_begin(void)
{
	if (!json)
		json = yajl_gen_alloc(NULL);
	return json;
}

void json_end(void)
{
	if (json)
		yajl_gen_free(json);
	json = NULL;
}

bool json_wanted(void)
{
	return json;
}

static void put(const char *text)
{
	yajl_gen_string(json, (const unsigned char *)text, strlen(text));
}

static void put_key(const char *key)
{
	if (key)
		put(key);
}

void json_string(const char *key, const char *value)
{
	put_key(key);
	if (value)
		put(value);
	else
		yajl_gen_null(json);
}

void json_number(const char *key, long long value)
{
	put_key(key);
	yajl_gen_integer(json, value);
}

void json_seconds(const char *key, double value)
{
	char text[32];

	put_key(key);
	yajl_gen_number(json, text, snprintf(text, sizeof(text), "%.6f", value));
}

void json_bool(const char *key, bool value)
{
	put_key(key);
	yajl_gen_bool(json, value);
}

void json_open_object(const char *key)
{
	put_key(key);
	yajl_gen_map_open(json);
}

void json_close_object(void)
{
	yajl_gen_map_close(json);
}

void json_open_array(const char *key)
{
	put_key(key);
	yajl_gen_array_open(json);
}

void json_close_array(void)
{
	yajl_gen_array_close(json);
}

void json_line(FILE *out)
{
	const unsigned char *text;
	size_t len;

	yajl_gen_map_close(json);
	yajl_gen_get_buf(json, &text, &len);
	fwrite(text, 1, len, out);
	fputc('\n', out);
	yajl_gen_clear(json);
	yajl_gen_reset(json, "");
}
