// SPDX-License-Identifier: MIT
/* The writer of JSON: by hand, and beside a library's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <yajl/yajl_gen.h>
#include "util.h"

static struct sct_buf buf;
static struct sct_json out = { .buf = &buf };

static void assert_written(const char *s)
{
	assert_false(buf.failed);
	assert_int_equal(buf.len, strlen(s));
	assert_memory_equal(buf.data, s, buf.len);
	buf.len = 0;
	out.comma = false;
}

static void commas_are_between(void **state)
{
	(void)state;
	sct_json_open(&out, '{');
	SCT_JSON_KEY(&out, "none");
	sct_json_open(&out, '[');
	sct_json_close(&out, ']');
	sct_json_key(&out, "some");
	sct_json_open(&out, '[');
	sct_json_word(&out, "word");
	sct_json_s64(&out, -1);
	sct_json_null(&out);
	sct_json_open(&out, '{');
	sct_json_close(&out, '}');
	sct_json_bool(&out, true);
	sct_json_close(&out, ']');
	SCT_JSON_KEY(&out, "last");
	sct_json_bool(&out, false);
	sct_json_close(&out, '}');
	assert_written("{\"none\":[],\"some\":[\"word\",-1,null,{},true],\"last\":false}");
}

static void numbers_have_all_digits(void **state)
{
	(void)state;
	sct_json_open(&out, '[');
	sct_json_u64(&out, 0);
	sct_json_u64(&out, UINT64_MAX);
	sct_json_s64(&out, INT64_MIN);
	sct_json_s64(&out, INT64_MAX);
	sct_json_close(&out, ']');
	assert_written("[0,18446744073709551615,-9223372036854775808,9223372036854775807]");
}

static void bytes_are_base64(void **state)
{
	const __u8 bytes[] = { 0, 0xff, 0x3e, 0x80 };

	(void)state;
	sct_json_open(&out, '[');
	sct_json_base64(&out, bytes, 0);
	sct_json_base64(&out, bytes, 1);
	sct_json_base64(&out, bytes, 2);
	sct_json_base64(&out, bytes, 3);
	sct_json_base64(&out, bytes, 4);
	sct_json_close(&out, ']');
	assert_written("[\"\",\"AA==\",\"AP8=\",\"AP8+\",\"AP8+gA==\"]");
}

/* The same string through the library. */
static void assert_as_library(const char *s, size_t len)
{
	const unsigned char *theirs;
	yajl_gen g = yajl_gen_alloc(NULL);
	size_t n;

	assert_non_null(g);
	assert_int_equal(yajl_gen_string(g, (const unsigned char *)s, len), yajl_gen_status_ok);
	assert_int_equal(yajl_gen_get_buf(g, &theirs, &n), yajl_gen_status_ok);
	sct_json_string(&out, s, len);
	assert_written((const char *)theirs);
	yajl_gen_free(g);
}

static void strings_are_escaped(void **state)
{
	char s[3];
	unsigned c;

	(void)state;
	sct_json_string(&out, "\"\\\b\f\n\r\t/\x01\x1f\x7f", 11);
	assert_written("\"\\\"\\\\\\b\\f\\n\\r\\t/\\u0001\\u001F\x7f\"");
	assert_as_library("", 0);
	assert_as_library("\xc3\xa4 and \xf0\x9f\x98\x80", 11);
	for (c = 1; c < 256; c++) {
		s[0] = s[2] = c;
		s[1] = 'x';
		assert_as_library(s, 1);
		assert_as_library(s, 2);
		assert_as_library(s, 3);
	}
}

static int free_buf(void **state)
{
	(void)state;
	free(buf.data);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_are_between),
		cmocka_unit_test(numbers_have_all_digits),
		cmocka_unit_test(bytes_are_base64),
		cmocka_unit_test(strings_are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, free_buf);
}
