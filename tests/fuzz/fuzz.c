// SPDX-License-Identifier: MIT
/* See fuzz.h. */
#include <errno.h>
#include <sanitizer/asan_interface.h>
#include <string.h>
#include <sys/stat.h>
#include <yajl/yajl_parse.h>
#include "fuzz.h"
#include "commands.def"

/* ---- the input ---- */

void fuzz_bytes(struct fuzz_input *in, void *to, size_t n)
{
	size_t here = n < in->n ? n : in->n;

	if (here)
		memcpy(to, in->p, here);
	memset((__u8 *)to + here, 0, n - here);
	in->p += here;
	in->n -= here;
}

__u64 fuzz_take(struct fuzz_input *in, unsigned bytes)
{
	__u64 v = 0;

	fuzz_bytes(in, &v, bytes);
	return v;
}

/* What functions of other calls than those with names compare with. */
static const __u32 commands[] = {
#define NUMBER(name, number, dir, type) number,
#define LIST(list) list(NUMBER)
	SCT_COMMANDS(LIST)
#undef LIST
#undef NUMBER
};

static __u64 symbol(struct fuzz_input *in, const struct sct_type_row *type)
{
	const struct sct_symbol_set *set = &sct_sets[type->set];
	__u64 i = fuzz_take(in, set->n > 256 ? 2 : 1);

	return set->n ? set->symbols[i % set->n].value : i;
}

__u64 fuzz_number(struct fuzz_input *in, const struct sct_type_row *type)
{
	static const __s64 special[] = {
		0, SCT_AT_FDCWD, -512, -SCT_ERESTART_RESTARTBLOCK, SCT_ERRNO_MAX, INT64_MIN, INT32_MIN, -1,
	};

	switch (fuzz_take(in, 1) % 8) {
	case 0:
		return special[fuzz_take(in, 1) % 8];
	case 1:
		return fuzz_take(in, 8);
	case 2:
		return (__s8)fuzz_take(in, 1);
	case 3:
		return symbol(in, type) | symbol(in, type);
	case 4:
		return commands[fuzz_take(in, 2) % (sizeof(commands) / sizeof(*commands))];
	case 5:
		return 0x10000000 + fuzz_take(in, 2);	/* an address, of which a 32-bit program has such */
	case 6:
		return 1ull << fuzz_take(in, 1) % 64;
	default:
		return symbol(in, type);
	}
}

unsigned fuzz_row(struct fuzz_input *in, unsigned event)
{
	unsigned nth = fuzz_take(in, 1), row = SCT_SYS_NONE, i;

	for (i = 0; i < SCT_SYS_MAX && nth < 240; i++) {
		if (sct_syscall_at(i)->event->id != event)
			continue;
		row = i;
		if (!(nth-- % 8))
			break;
	}
	return row;
}

/* ---- inputs to begin with ---- */

#define SEED_SIZE 700

static __u8 next_random(void)
{
	static __u32 x = 2463534242u;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x >> 8;
}

static void write_seed(const char *dir, unsigned i, size_t (*make)(unsigned i, __u8 *to))
{
	__u8 seed[SEED_SIZE];
	char path[4096];
	size_t n;
	FILE *f;

	n = make(i, seed);
	while (n < sizeof(seed))
		seed[n++] = next_random();
	snprintf(path, sizeof(path), "%s/seed-%u", dir, i);
	f = fopen(path, "we");
	REQUIRE(f && fwrite(seed, n, 1, f) == 1, "%s: %s", path, strerror(errno));
	REQUIRE(!fclose(f), "%s: %s", path, strerror(errno));
}

void fuzz_seeds(int argc, char **argv, unsigned n, size_t (*make)(unsigned i, __u8 *to))
{
	struct stat st;
	unsigned i;
	int a;

	for (a = 1; a < argc; a++)
		if (argv[a][0] != '-' && !stat(argv[a], &st) && S_ISDIR(st.st_mode))
			break;
	for (i = 0; a < argc && i < n; i++)
		write_seed(argv[a], i, make);
}

/* ---- what is printed ---- */

static struct sct_printer *text, *json;
static bool coloured;

struct sct_decoder *fuzz_decoder(void)
{
	static struct sct_decoder *decoder;

	if (!decoder)
		decoder = sct_decoder_new();
	REQUIRE(decoder, "no memory");
	sct_decoder_forget(decoder);
	return decoder;
}

static struct sct_printer *printer(const struct sct_print_options *options)
{
	struct sct_printer *p = sct_printer_new(options);

	REQUIRE(p, "no printer");
	return p;
}

void fuzz_print_start(struct fuzz_input *in)
{
	unsigned how = fuzz_take(in, 1);
	struct sct_print_options options = {
		.sz = sizeof(options), .colour = how & 1, .details = how & 2, .time = how >> 2 & 3,
		.max_string = how & 0x10 ? how >> 5 : 0,
	};

	coloured = options.colour;
	text = printer(&options);
	options.json = true;
	json = printer(&options);
}

void fuzz_print_end(void)
{
	sct_printer_free(text);
	sct_printer_free(json);
}

/* One line, and nothing in it that a terminal takes for more than text. */
static void check_text(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i + 1 < len; i++)
		REQUIRE((s[i] >= ' ' && s[i] <= '~') || (coloured && s[i] == '\033'),
			"byte %#x at %zu of: %s", (__u8)s[i], i, s);
}

/* The names of the objects that a place of the JSON is in; they point into it. */
#define NAMES_MAX 1024u
#define DEPTH_MAX 32u

static struct {
	const unsigned char *s;
	size_t len;
} names[NAMES_MAX];
static unsigned nnames, first_name[DEPTH_MAX], depth;

static int object_begins(void *json)
{
	REQUIRE(depth < DEPTH_MAX, "too deep: %s", (char *)json);
	first_name[depth++] = nnames;
	return 1;
}

static int object_has(void *json, const unsigned char *s, size_t len)
{
	unsigned i;

	REQUIRE(nnames < NAMES_MAX && depth, "too many names: %s", (char *)json);
	for (i = first_name[depth - 1]; i < nnames; i++)
		REQUIRE(len != names[i].len || memcmp(s, names[i].s, len) != 0,
			"%.*s twice in one object of: %s", (int)len, s, (char *)json);
	names[nnames].s = s;
	names[nnames++].len = len;
	return 1;
}

static int object_ends(void *json)
{
	(void)json;
	nnames = first_name[--depth];
	return 1;
}

/* One object, of valid text, in which each has a name once. */
static void check_json(const char *s, size_t len)
{
	static const yajl_callbacks callbacks = {
		.yajl_start_map = object_begins, .yajl_map_key = object_has, .yajl_end_map = object_ends,
	};
	yajl_handle parser = yajl_alloc(&callbacks, NULL, (void *)s);

	nnames = depth = 0;
	REQUIRE(*s == '{' && memchr(s, '\n', len) == s + len - 1, "no line of one object: %s", s);
	REQUIRE(yajl_parse(parser, (const unsigned char *)s, len) == yajl_status_ok &&
		yajl_complete_parse(parser) == yajl_status_ok, "no JSON: %s", s);
	yajl_free(parser);
}

static void print(struct sct_printer *with, const struct sct_event *event,
		  void (*check)(const char *s, size_t len))
{
	size_t len;
	const char *s = sct_print(with, event, &len);

	REQUIRE(s, "nothing is printed");
	REQUIRE(strlen(s) == len && len && s[len - 1] == '\n', "no line: %s", s);
	check(s, len);
}

/* ---- what programs that use the library see ---- */

/* Every byte of it is there. */
static void touch(const void *data, size_t len)
{
	if (len)
		REQUIRE(!__asan_region_is_poisoned((void *)data, len), "%zu bytes reach too far", len);
}

static void touch_value(const struct sct_value *v)
{
	touch(v->data, v->len);
	touch(v->peer, v->peer_len);
	if (v->kind == SCT_VALUE_STRING)
		REQUIRE(v->data, "a string that is nowhere");
}

static void look_at_fields(const struct sct_event *event, unsigned param)
{
	struct sct_value v = { .sz = sizeof(v) };
	const char *name = NULL;
	unsigned element, field = 1;

	for (element = 0; field; element++) {
		for (field = 0; !sct_event_field(event, param, element, field, &name, &v); field++) {
			REQUIRE(name, "a field without a name");
			touch_value(&v);
		}
	}
}

static void touch_file(const struct sct_file *file)
{
	touch(file->path, strlen(file->path) + 1);
	touch(file->local, file->local_len);
	touch(file->remote, file->remote_len);
}

static void look_at(const struct sct_event *event, unsigned param)
{
	struct sct_file file = { .sz = sizeof(file) };
	struct sct_value v = { .sz = sizeof(v) };

	REQUIRE(!sct_event_value(event, param, &v), "no parameter %u", param);
	touch_value(&v);
	REQUIRE(!sct_event_arg(event, sct_event_info(event)->params[param].name, &v), "no such name");
	touch_value(&v);
	if (!sct_event_changed(event, param, &v))
		touch_value(&v);
	if (!sct_event_file(event, param, &file))
		touch_file(&file);
	look_at_fields(event, param);
}

static __u8 *bytes_of(struct sct_record *rec, unsigned param, unsigned *len)
{
	const __u16 *lens = (const __u16 *)(rec + 1);
	__u8 *p = (__u8 *)rec + SCT_VALUES_OFF(rec->nparams);
	unsigned i;

	for (i = 0; i < param; i++)
		p += lens[i];
	*len = lens[param];
	return p;
}

static void flip(struct sct_record *rec, unsigned param)
{
	unsigned len, i;
	__u8 *p = bytes_of(rec, param, &len);

	for (i = 0; i < len; i++)
		p[i] = ~p[i];
}

static char *text_of(const struct sct_record *rec, unsigned param)
{
	const struct sct_event event = { .rec = rec, .decoder = fuzz_decoder() };
	struct sct_buf buf = {};

	sct_text_value(&buf, &event, param, 0);
	sct_buf_char(&buf, 0);
	REQUIRE(!buf.failed, "no memory");
	return buf.data;
}

/* Data prints the same whatever is beside it in the record; what chooses its type are numbers. */
static void check_alone(const struct sct_event *event, struct sct_record *rec, unsigned param)
{
	char *before = text_of(rec, param), *after;
	unsigned i;

	for (i = 0; i < rec->nparams; i++)
		if (i != param && !sct_param_type(rec, i)->info.scalar)
			flip(rec, i);
	after = text_of(rec, param);
	REQUIRE(!strcmp(before, after), "%s of %s: %s, and %s", sct_event_info(event)->params[param].name,
		sct_event_info(event)->name, before, after);
	memcpy(rec, event->rec, event->rec->len);
	free(before);
	free(after);
}

static void check_each_alone(const struct sct_event *event)
{
	static __u64 copy[SCT_REC_MAX / 8];
	struct sct_record *rec = memcpy(copy, event->rec, event->rec->len);
	unsigned len, i;

	for (i = 0; i < rec->nparams; i++) {
		bytes_of(rec, i, &len);
		if (len && !sct_param_type(rec, i)->info.scalar)
			check_alone(event, rec, i);
	}
}

void fuzz_print(const struct sct_event *event)
{
	unsigned i;

	check_each_alone(event);
	print(text, event, check_text);
	print(json, event, check_json);
	for (i = 0; i < sct_event_info(event)->nparams; i++)
		look_at(event, i);
}
