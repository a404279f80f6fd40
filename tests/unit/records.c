// SPDX-License-Identifier: MIT
/* See records.h. */
#include <errno.h>
#include <fcntl.h>
#include "records.h"
#include <yajl/yajl_tree.h>

/* ---- a record, parameter by parameter ---- */

struct made_record rec;

struct sct_task task = {
	.tid = 1234, .tgid = 1234, .ppid = 1200, .uid = 1000,
	.comm = "ls", .exe = "/usr/bin/ls", .cgroup = "/user.slice",
};
const __s64 real_minus_boot = 1700000000000000000ll;
struct sct_event event;

/* The first call that has the event. */
static unsigned row_of(unsigned type)
{
	const struct sct_syscall_info *call;
	unsigned i;

	for (i = 0; (call = sct_syscall_at(i)); i++)
		if (call->event->id == type)
			return i;
	return SCT_SYS_NONE;
}

void rec_start(unsigned type)
{
	rec.used = 0;
	rec.files_len = 0;
	memset(rec.len, 0, sizeof(rec.len));
	rec.head = (struct sct_record){
		.row = row_of(type),
		.type = type,
		.nparams = sct_event_at(type)->nparams,
		.seq = 7,
		.ts = 1500000000,
		.tid = 1234,
		.tgid = 1234,
	};
	event = (struct sct_event){ .task = &task, .real_minus_boot = real_minus_boot, .seq = 7, .cpu = 2 };
}

void rec_set(unsigned param, const void *data, size_t len)
{
	assert_true(rec.used + len <= sizeof(rec.pool));
	rec.value[param] = memcpy(rec.pool + rec.used, data, len);
	rec.len[param] = len;
	rec.used += len;
}

void rec_set_number(unsigned param, __u64 v)
{
	rec_set(param, &v, sct_types[sct_events[rec.head.type].params[param].type].info.size);
}

/* A counted value: the program's count, then what was kept. */
void rec_set_counted(unsigned param, __u64 count, const void *data, size_t len)
{
	const __u8 *at = rec.pool + rec.used;

	rec_set(param, &count, sizeof(count));
	if (len)
		rec_set(param, data, len);
	rec.value[param] = at;
	rec.len[param] = sizeof(count) + len;
}

void rec_add_message(unsigned param, __u64 count, struct sct_mmsg head, const void *addr, size_t naddr,
		     const char *data)
{
	static __u8 all[SCT_MMSGS_MAX];
	static size_t len;
	__u64 size = data ? strlen(data) : 0;

	if (!rec.len[param])
		len = sizeof(count);
	memcpy(all, &count, sizeof(count));
	head.naddr = naddr;
	head.ndata = data ? sizeof(size) + size : 0;
	memcpy(all + len, &head, sizeof(head));
	len += sizeof(head);
	memcpy(all + len, addr, naddr);
	len += naddr;
	if (data) {
		memcpy(all + len, &size, sizeof(size));
		memcpy(all + len + sizeof(size), data, size + 1);	/* the next lies over the NUL */
		len += sizeof(size) + size;
	}
	rec_set(param, all, len);
}

void rec_file(unsigned param, const char *path, __u64 magic, unsigned flags)
{
	struct sct_fd_file file = {
		.param = param, .flags = flags, .len = *path ? strlen(path) + 1 : 0,
		.dev = 254 << 20 | 1, .ino = 4711, .magic = magic,
	};
	__u8 *to = (__u8 *)rec.files + rec.files_len;

	rec.head.flags |= SCT_RF_FILES;
	memset(to, 0, sizeof(file) + SCT_ALIGN8(file.len));
	memcpy(to, &file, sizeof(file));
	memcpy(to + sizeof(file), path, file.len);
	rec.files_len += sizeof(file) + SCT_ALIGN8(file.len);
}

void rec_file_details(struct sct_fd_details details, const void *local, __u16 llen,
		      const void *remote, __u16 rlen)
{
	struct sct_tuple tuple = { llen, rlen };
	__u8 *to = (__u8 *)rec.files + rec.files_len;

	details.len = llen ? sizeof(tuple) + llen + rlen : 0;
	memcpy(to, &details, sizeof(details));
	to += sizeof(details);
	memset(to, 0, SCT_ALIGN8(details.len));
	rec.files_len += sizeof(details) + SCT_ALIGN8(details.len);
	if (!llen)
		return;
	memcpy(to, &tuple, sizeof(tuple));
	memcpy(to + sizeof(tuple), local, llen);
	if (rlen)
		memcpy(to + sizeof(tuple) + llen, remote, rlen);
}

struct sct_record *rec_bytes(void)
{
	struct sct_record *r = (void *)rec.bytes;
	size_t off = SCT_VALUES_OFF(rec.head.nparams);
	__u16 *lens = (__u16 *)(r + 1);
	unsigned i;

	memset(rec.bytes, 0, sizeof(rec.bytes));
	*r = rec.head;
	for (i = 0; i < rec.head.nparams; i++) {
		lens[i] = rec.len[i];
		if (!rec.len[i])
			continue;
		memcpy((__u8 *)r + off, rec.value[i], rec.len[i]);
		off += rec.len[i];
	}
	r->len = SCT_ALIGN8(off);
	if (r->flags & SCT_RF_FILES) {
		memcpy((__u8 *)r + r->len, rec.files, rec.files_len);
		r->len += rec.files_len;
	}
	if (r->flags & SCT_RF_CHANGED) {
		memcpy((__u8 *)r + r->len, &rec.shown, sizeof(rec.shown));
		r->len += sizeof(rec.shown);
	}
	if (r->flags & SCT_RF_DURATION) {
		memcpy((__u8 *)r + r->len, &rec.took, sizeof(rec.took));
		r->len += sizeof(rec.took);
	}
	return r;
}

const struct sct_event *rec_read(const struct sct_record *r)
{
	static struct sct_decoder *decoder;

	if (!decoder)
		decoder = sct_decoder_new();
	assert_non_null(decoder);
	sct_decoder_forget(decoder);
	event.decoder = decoder;
	event.rec = r;
	return &event;
}

/* The finished event; the record is sound. */
const struct sct_event *rec_event(void)
{
	const struct sct_record *r = rec_bytes();
	const char *why;

	assert_int_equal(sct_record_check(r, r->len, &why), 0);
	assert_null(why);
	return rec_read(r);
}

void rec_begin(void)
{
	const struct sct_record *r = rec_bytes();

	event.begun = malloc(r->len);
	assert_non_null(event.begun);
	memcpy(event.begun, r, r->len);
}

void assert_bad_bytes(const struct sct_record *r, size_t avail, const char *reason)
{
	const char *why;
	void *copy = malloc(avail ? avail : 1);	/* so that a read beyond is seen */

	memcpy(copy, r, avail);
	assert_int_equal(sct_record_check(copy, avail, &why), -EBADMSG);
	assert_string_equal(why, reason);
	free(copy);
}

void assert_bad(const char *reason)
{
	struct sct_record *r = rec_bytes();

	assert_bad_bytes(r, r->len, reason);
}

void openat_record(__s32 fd)
{
	START(openat_x);
	SET(openat_x, fd, fd);
	SET(openat_x, dirfd, AT_FDCWD);
	SET_STR(openat_x, name, "/etc/passwd");
	SET(openat_x, flags, O_RDONLY | O_CLOEXEC);
	SET(openat_x, mode, 0);
}

/* ---- what it prints ---- */

char line[LINE_MAX_BYTES];

const char *print_with(struct sct_print_options options)
{
	struct sct_printer *printer;
	const char *s;
	size_t len;

	options.sz = sizeof(options);
	printer = sct_printer_new(&options);
	assert_non_null(printer);
	s = sct_print(printer, rec_event(), &len);
	assert_non_null(s);
	assert_int_equal(strlen(s), len);
	assert_int_equal(s[len - 1], '\n');
	assert_true(len < sizeof(line));
	memcpy(line, s, len);
	line[len - 1] = 0;
	sct_printer_free(printer);
	return line;
}

const char *text(void)
{
	return print_with((struct sct_print_options){ .time = SCT_TIME_NONE });
}

const char *json_line(void)
{
	return print_with((struct sct_print_options){ .json = true });
}

/* One parameter alone. */
const char *text_param(unsigned param)
{
	struct sct_buf buf = {};

	sct_text_value(&buf, rec_event(), param, 0);
	assert_false(buf.failed);
	assert_true(buf.len < sizeof(line));
	memcpy(line, buf.data, buf.len);
	line[buf.len] = 0;
	free(buf.data);
	return line;
}

/* The JSON of the record, parsed; what stands at a path, as text: "null" when nothing does. */
static yajl_val json_parse(void)
{
	char why[256];
	yajl_val root = yajl_tree_parse(json_line(), why, sizeof(why));

	if (!root)
		fail_msg("%s: %s", line, why);
	assert_true(YAJL_IS_OBJECT(root));
	return root;
}

static yajl_val json_at(yajl_val v, const char *path)
{
	const char *name[2] = {};
	char step[64];
	size_t i, n;

	while (v && *path) {
		n = strcspn(path, ".");
		snprintf(step, sizeof(step), "%.*s", (int)n, path);
		name[0] = step;
		if (YAJL_IS_ARRAY(v)) {
			i = strtoul(step, NULL, 10);
			v = i < YAJL_GET_ARRAY(v)->len ? YAJL_GET_ARRAY(v)->values[i] : NULL;
		} else {
			v = yajl_tree_get(v, name, yajl_t_any);
		}
		path += n + (path[n] == '.');
	}
	return v;
}

const char *json(const char *path)
{
	static char room[1024];
	yajl_val root = json_parse(), v = json_at(root, path);
	const char *s = !v ? "missing" : YAJL_IS_NULL(v) ? "null" : YAJL_IS_TRUE(v) ? "true" :
			YAJL_IS_FALSE(v) ? "false" : YAJL_IS_STRING(v) ? YAJL_GET_STRING(v) :
			YAJL_IS_NUMBER(v) ? YAJL_GET_NUMBER(v) : YAJL_IS_ARRAY(v) ? "[]" : "{}";

	snprintf(room, sizeof(room), "%s", s);
	yajl_tree_free(root);
	return room;
}

size_t json_count(const char *path)
{
	yajl_val root = json_parse(), v = json_at(root, path);
	size_t n = 0;

	if (YAJL_IS_ARRAY(v))
		n = YAJL_GET_ARRAY(v)->len;
	else if (YAJL_IS_OBJECT(v))
		n = YAJL_GET_OBJECT(v)->len;
	else
		fail_msg("%s: neither a list nor an object", path);
	yajl_tree_free(root);
	return n;
}
