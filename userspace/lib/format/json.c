// SPDX-License-Identifier: MIT
/* Events as JSON, one object each: docs/json.md says what is in it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "format.h"
#include "util.h"

/* ---- numbers ---- */

static void put_number(struct sct_json *g, const struct sct_value *v)
{
	if (v->kind == SCT_VALUE_INT)
		sct_json_s64(g, v->i);
	else
		sct_json_u64(g, v->u);
}

/* A member that is a number; its name is a literal. */
#define PUT_FIELD(g, name, v)		\
	do {				\
		SCT_JSON_KEY(g, name);	\
		sct_json_s64(g, v);	\
	} while (0)

static void put_device(struct sct_json *g, __u32 major, __u32 minor)
{
	sct_json_open(g, '{');
	PUT_FIELD(g, "major", major);
	PUT_FIELD(g, "minor", minor);
	sct_json_close(g, '}');
}

/* ---- strings and bytes ---- */

/* Length of the UTF-8 sequence at s; 0 when it is none, or more than len says is there. */
static size_t utf8_sequence(const __u8 *s, size_t len)
{
	static const __u32 least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc0 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 :
		   s[0] < 0xf8 ? 4 : 0;
	__u32 c;
	size_t i;

	if (n < 2)
		return n;
	if (n > len)
		return 0;
	c = s[0] & (0x7f >> n);
	for (i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	return n;
}

/* How far s is valid UTF-8 without a NUL. */
static size_t utf8_prefix(const __u8 *s, size_t len)
{
	size_t i, n;

	for (i = 0; i < len && s[i]; i += n) {
		n = 1;
		if (s[i] < 0x80)
			continue;
		n = utf8_sequence(s + i, len - i);
		if (!n)
			break;
	}
	return i;
}

/* Could more bytes make a sequence of what is at s? */
static bool utf8_begins(const __u8 *s, size_t len)
{
	size_t i;

	if (len >= 4 || s[0] < 0xc2 || s[0] > 0xf4)
		return false;
	for (i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return false;
	return true;
}

/* The length of s as text, or -1; text that was cut inside of a character ends before it. */
static ssize_t text_len(const void *s, size_t len, bool cut)
{
	size_t n = utf8_prefix(s, len);

	if (n == len || (cut && utf8_begins((const __u8 *)s + n, len - n)))
		return n;
	return -1;
}

static void put_base64(struct sct_json *g, const __u8 *s, size_t len)
{
	SCT_JSON_KEY(g, "base64");
	sct_json_base64(g, s, len);
}

static void put_string(struct sct_json *g, const void *s, size_t len, bool cut)
{
	ssize_t n = text_len(s, len, cut);

	if (n >= 0) {
		sct_json_string(g, s, n);
		return;
	}
	sct_json_open(g, '{');
	put_base64(g, s, len);
	sct_json_close(g, '}');
}

static void put_strings(struct sct_json *g, const struct sct_value *v)
{
	const char *s = v->data, *end = s + v->len;
	size_t len;

	sct_json_open(g, '[');
	for (; s < end; s += len + 1) {
		len = strlen(s);
		put_string(g, s, len, v->cut && s + len + 1 == end);
	}
	sct_json_close(g, ']');
}

static void put_bytes(struct sct_json *g, const struct sct_value *v)
{
	ssize_t n = text_len(v->data, v->len, v->len < v->size);

	sct_json_open(g, '{');
	if (n >= 0) {
		SCT_JSON_KEY(g, "text");
		sct_json_string(g, v->data, n);
	} else {
		put_base64(g, v->data, v->len);
	}
	SCT_JSON_KEY(g, "size");
	sct_json_u64(g, v->size);
	sct_json_close(g, '}');
}

static void put_fds(struct sct_json *g, const struct sct_value *v)
{
	int fd;

	sct_json_open(g, '[');
	for (fd = sct_next_fd(v, 0); fd >= 0; fd = sct_next_fd(v, fd + 1))
		sct_json_s64(g, fd);
	sct_json_close(g, ']');
}

/* ---- names ---- */

static void names_open(struct sct_json *g, const struct sct_value *v)
{
	sct_json_open(g, '{');
	SCT_JSON_KEY(g, "value");
	put_number(g, v);
	SCT_JSON_KEY(g, "names");
	sct_json_open(g, '[');
}

static void names_close(struct sct_json *g)
{
	sct_json_close(g, ']');
	sct_json_close(g, '}');
}

static void put_flags(struct sct_json *g, enum sct_set set, const struct sct_value *v)
{
	struct sct_flags flags = { .value = v->u };
	const char *name;

	names_open(g, v);
	while ((name = sct_flag_next(set, &flags)))
		sct_json_word(g, name);
	names_close(g);
}

static void put_wake_op(struct sct_json *g, __u32 value)
{
	const struct sct_wake_part *p;

	sct_json_open(g, '{');
	PUT_FIELD(g, "value", value);
	for (p = sct_wake_parts; p < sct_wake_parts + SCT_WAKE_PARTS; p++) {
		struct sct_value v = { .kind = SCT_VALUE_UINT, .u = value >> p->shift & p->mask };

		sct_json_key(g, p->name);
		if (p->set == SCT_SET_none)
			put_number(g, &v);
		else
			put_flags(g, p->set, &v);
	}
	sct_json_close(g, '}');
}

static void put_enum(struct sct_json *g, const char *name, const struct sct_value *v)
{
	names_open(g, v);
	if (name)
		sct_json_word(g, name);
	names_close(g);
}

static void put_sigset(struct sct_json *g, const struct sct_value *v)
{
	const char *name;
	char room[16];
	int sig;

	names_open(g, v);
	for (sig = 1; sig <= 64; sig++) {
		name = v->u >> (sig - 1) & 1 ? sct_signal_name(sig, room) : NULL;
		if (name)
			sct_json_word(g, name);
	}
	names_close(g);
}

/* ---- addresses ---- */

static void put_path(struct sct_json *g, const struct sct_addr *addr, bool cut)
{
	struct sct_buf path = {};

	if (!addr->path_len && !addr->abstract)
		return;	/* a socket without a name */
	SCT_JSON_KEY(g, "path");
	if (!addr->abstract) {
		put_string(g, addr->path, addr->path_len, cut);
		return;
	}
	sct_buf_char(&path, '@');
	sct_buf_put(&path, addr->path, addr->path_len);
	put_string(g, path.data ? path.data : "", path.len, cut);
	free(path.data);
}

static void put_inet(struct sct_json *g, const struct sct_addr *addr)
{
	SCT_JSON_KEY(g, "address");
	sct_json_word(g, addr->host);
	PUT_FIELD(g, "port", addr->port);
	if (addr->scope)
		PUT_FIELD(g, "scope", addr->scope);
	if (addr->flowinfo)
		PUT_FIELD(g, "flowinfo", addr->flowinfo);
}

static void put_fields(struct sct_json *g, const struct sct_event *event, const struct sct_type_row *type,
		       const __u8 *object, unsigned len);

static void put_sockaddr(struct sct_json *g, const struct sct_event *event, const void *data, size_t len,
			 bool cut)
{
	struct sct_addr addr;

	if (!len) {
		sct_json_null(g);
		return;
	}
	sct_json_open(g, '{');
	if (!sct_addr_parse(&addr, data, len)) {
		put_base64(g, data, len);
		sct_json_close(g, '}');
		return;
	}
	SCT_JSON_KEY(g, "family");
	if (addr.family_name)
		sct_json_word(g, addr.family_name);
	else
		sct_json_s64(g, addr.family);
	if (addr.inet)
		put_inet(g, &addr);
	else if (addr.local)
		put_path(g, &addr, cut);
	else if (addr.fields)
		put_fields(g, event, addr.fields, data, len);
	else
		put_base64(g, (const __u8 *)data + sizeof(__u16), len - sizeof(__u16));
	sct_json_close(g, '}');
}

static void put_addresses(struct sct_json *g, const struct sct_event *event, const struct sct_value *v)
{
	sct_json_open(g, '{');
	SCT_JSON_KEY(g, "local");
	put_sockaddr(g, event, v->data, v->len, false);
	SCT_JSON_KEY(g, "remote");
	put_sockaddr(g, event, v->peer, v->peer_len, false);
	sct_json_close(g, '}');
}

/* ---- structures ---- */

static void put_part_of_second(struct sct_json *g, const char *name, const struct sct_value *v)
{
	sct_json_open(g, '{');
	PUT_FIELD(g, "sec", v->i);
	sct_json_key(g, name);
	sct_json_s64(g, v->u);
	sct_json_close(g, '}');
}

static void put_value(struct sct_json *g, const struct sct_event *event, const struct sct_type_row *type,
		      const struct sct_value *v);

static void put_fields(struct sct_json *g, const struct sct_event *event, const struct sct_type_row *type,
		       const __u8 *object, unsigned len)
{
	const struct sct_type_row *field;
	const char *name;
	struct sct_value v;
	unsigned i;

	for (i = 0; (name = sct_field_get(event->rec, type, object, len, i, &field, &v)); i++) {
		if (v.kind == SCT_VALUE_NONE)
			continue;
		sct_json_key(g, name);
		put_value(g, event, field, &v);
	}
}

static void put_struct(struct sct_json *g, const struct sct_event *event, const struct sct_type_row *type,
		       const __u8 *object, unsigned len)
{
	const struct sct_type_row *field;
	struct sct_value v;

	if (sct_is_single(type)) {
		sct_field_get(event->rec, type, object, len, 0, &field, &v);
		put_value(g, event, field, &v);
		return;
	}
	sct_json_open(g, '{');
	put_fields(g, event, type, object, len);
	sct_json_close(g, '}');
}

static void put_structs(struct sct_json *g, const struct sct_event *event, const struct sct_type_row *type,
			const struct sct_value *v)
{
	unsigned size = sct_object_size(event->rec, type);
	const __u8 *p = v->data, *end = p + v->len;

	sct_json_open(g, '[');
	for (; p < end; p += size)
		put_struct(g, event, type, p, size);
	sct_json_close(g, ']');
}

static void put_cmsgs(struct sct_json *g, const struct sct_event *event, const struct sct_value *v)
{
	struct sct_cmsg msg;
	size_t pos = 0;

	sct_json_open(g, '[');
	while (sct_cmsg_next(event->rec, v, &pos, &msg)) {
		sct_json_open(g, '{');
		SCT_JSON_KEY(g, "level");
		put_value(g, event, &sct_types[SCT_T_SOCK_LEVEL], &msg.level);
		SCT_JSON_KEY(g, "type");
		put_value(g, event, msg.type_type, &msg.type);
		SCT_JSON_KEY(g, "data");
		put_value(g, event, msg.data_type, &msg.data);
		sct_json_close(g, '}');
	}
	sct_json_close(g, ']');
}

static void put_messages(struct sct_json *g, const struct sct_event *event, const struct sct_value *v)
{
	struct sct_message msg;
	size_t pos = 0;

	sct_json_open(g, '[');
	while (sct_mmsg_next(v, &pos, &msg)) {
		sct_json_open(g, '{');
#define X(part, type)					\
		SCT_JSON_KEY(g, #part);			\
		put_value(g, event, &sct_types[SCT_T_##type], &msg.part);
		SCT_MMSG_PARTS(X)
#undef X
		sct_json_close(g, '}');
	}
	sct_json_close(g, ']');
}

static void put_data(struct sct_json *g, const struct sct_event *event, const struct sct_type_row *type,
		     const struct sct_value *v)
{
	char text[SCT_ADDR_TEXT];
	const char *addr = sct_addr_text(type, v->data, v->len, text);

	if (addr) {
		sct_json_word(g, addr);
		return;
	}
	switch (type->format) {
	case SCT_FMT_CMSG:
		put_cmsgs(g, event, v);
		break;
	case SCT_FMT_FDSET:
		put_fds(g, v);
		break;
	default:
		put_bytes(g, v);
	}
}

/* What has a form of its own */
static void put_form(struct sct_json *g, const struct sct_event *event, const struct sct_type_row *type,
		     const struct sct_value *v)
{
	switch (type->format) {
	case SCT_FMT_STRUCT:
		put_struct(g, event, type, v->data, v->len);
		break;
	case SCT_FMT_STRUCTS:
		put_structs(g, event, type, v);
		break;
	case SCT_FMT_TIMEVAL:
		put_part_of_second(g, "usec", v);
		break;
	default:
		put_part_of_second(g, "nsec", v);
	}
}

/* ---- a parameter ---- */

static void put_scalar(struct sct_json *g, const struct sct_type_row *type, const struct sct_value *v)
{
	const struct sct_syscall_info *call;
	char room[16];

	switch (type->format) {
	case SCT_FMT_FLAGS:
		put_flags(g, type->set, v);
		break;
	case SCT_FMT_WAKEOP:
		put_wake_op(g, v->u);
		break;
	case SCT_FMT_ENUM:
		put_enum(g, sct_enum_name(type->set, v->u, type->info.size), v);
		break;
	case SCT_FMT_SIGNAL:
		put_enum(g, sct_signal_name(v->i, room), v);
		break;
	case SCT_FMT_SIGSET:
		put_sigset(g, v);
		break;
	case SCT_FMT_KDEV:
		put_device(g, sct_kdev_major(v->u), sct_kdev_minor(v->u));
		break;
	case SCT_FMT_UDEV:
		put_device(g, sct_udev_major(v->u), sct_udev_minor(v->u));
		break;
	case SCT_FMT_IOCTL:
		put_enum(g, sct_ioctl_name(v->u), v);
		break;
	case SCT_FMT_NET:
		sct_json_u64(g, sct_net_number(v->u, type->info.size));
		break;
	case SCT_FMT_SYSCALL:
		call = sct_syscall_at(v->u);
		if (call)
			sct_json_word(g, call->name);
		else
			sct_json_null(g);
		break;
	default:
		put_number(g, v);
	}
}

static void put_value(struct sct_json *g, const struct sct_event *event, const struct sct_type_row *type,
		      const struct sct_value *v)
{
	switch (v->kind) {
	case SCT_VALUE_NONE:
		sct_json_null(g);
		break;
	case SCT_VALUE_INT:
	case SCT_VALUE_UINT:
		put_scalar(g, type, v);
		break;
	case SCT_VALUE_STRING:
		put_string(g, v->data, v->len, v->cut);
		break;
	case SCT_VALUE_STRINGS:
		put_strings(g, v);
		break;
	case SCT_VALUE_BYTES:
		put_data(g, event, type, v);
		break;
	case SCT_VALUE_ADDRESS:
		put_sockaddr(g, event, v->data, v->len, v->cut);
		break;
	case SCT_VALUE_ADDRESSES:
		put_addresses(g, event, v);
		break;
	case SCT_VALUE_STRUCTS:
		put_form(g, event, type, v);
		break;
	case SCT_VALUE_MESSAGES:
		put_messages(g, event, v);
		break;
	}
}

/* ---- an event ---- */

/* "2026-01-31T23:59:59.123456789Z" */
static void put_time(struct sct_json *g, __u64 ns)
{
	const time_t sec = ns / 1000000000;
	struct sct_buf *buf = g->buf;
	struct tm tm;

	gmtime_r(&sec, &tm);
	sct_json_next(g);
	sct_buf_char(buf, '"');
	sct_buf_digits(buf, tm.tm_year + 1900, 4);
	sct_buf_char(buf, '-');
	sct_buf_digits(buf, tm.tm_mon + 1, 2);
	sct_buf_char(buf, '-');
	sct_buf_digits(buf, tm.tm_mday, 2);
	sct_buf_char(buf, 'T');
	sct_buf_digits(buf, tm.tm_hour, 2);
	sct_buf_char(buf, ':');
	sct_buf_digits(buf, tm.tm_min, 2);
	sct_buf_char(buf, ':');
	sct_buf_digits(buf, tm.tm_sec, 2);
	sct_buf_char(buf, '.');
	sct_buf_digits(buf, ns % 1000000000, 9);
	sct_buf_str(buf, "Z\"");
}

static void put_task_string(struct sct_json *g, const char *name, const char *s)
{
	sct_json_key(g, name);
	if (s && *s)
		put_string(g, s, strlen(s), false);
	else
		sct_json_null(g);
}

static void put_task(struct sct_json *g, const struct sct_event *event)
{
	const struct sct_task *task = event->task;

	PUT_FIELD(g, "pid", sct_event_tgid(event));
	PUT_FIELD(g, "tid", sct_event_tid(event));
	SCT_JSON_KEY(g, "ppid");
	if (task)
		sct_json_s64(g, task->ppid);
	else
		sct_json_null(g);
	put_task_string(g, "comm", task ? task->comm : NULL);
	put_task_string(g, "exe", task ? task->exe : NULL);
	SCT_JSON_KEY(g, "uid");
	if (task)
		sct_json_s64(g, task->uid);
	else
		sct_json_null(g);
	put_task_string(g, "cgroup", task ? task->cgroup : NULL);
}

static void put_args(struct sct_json *g, const struct sct_event *event)
{
	const struct sct_event_info *info = sct_event_info(event);
	struct sct_decoder *decoder = sct_event_decode(event);
	const struct sct_type_row *type;
	const struct sct_value *v;
	unsigned i;

	SCT_JSON_KEY(g, "args");
	sct_json_open(g, '{');
	for (i = 0; i < info->nparams; i++) {
		if (info->params[i].result)
			continue;
		v = sct_typed(decoder, i, &type);
		sct_json_key(g, info->params[i].name);
		put_value(g, event, type, v);
	}
	sct_json_close(g, '}');
}

static void put_result(struct sct_json *g, const struct sct_event *event)
{
	int i = sct_result_param(sct_event_info(event));
	const struct sct_value *v = i < 0 ? NULL : sct_plain(sct_event_decode(event), i);
	const char *name;

	SCT_JSON_KEY(g, "ret");
	if (!v || v->kind == SCT_VALUE_NONE) {
		sct_json_null(g);
		return;
	}
	put_number(g, v);
	name = sct_is_error(v) ? sct_errno_name(-v->i) : NULL;
	if (name) {
		SCT_JSON_KEY(g, "error");
		sct_json_word(g, name);
	}
}

/* Names of the parameters that bits stand for; nothing when there are none. */
static void put_marks(struct sct_json *g, const char *name, const struct sct_event *event, __u64 bits)
{
	const struct sct_event_info *info = sct_event_info(event);
	unsigned i;

	if (!bits)
		return;
	sct_json_key(g, name);
	sct_json_open(g, '[');
	for (i = 0; i < info->nparams; i++)
		if (bits >> i & 1)
			sct_json_word(g, info->params[i].name);
	sct_json_close(g, ']');
}

static const char *protocol_name(const struct sct_file *file)
{
	const struct sct_type_row *type;

	type = sct_variant(SCT_T_SOCK_PROTO, SCT_T_SOCK_DOMAIN, file->family);
	return sct_enum_name(type->set, file->protocol, type->info.size);
}

static void put_name(struct sct_json *g, const char *name, __u64 number)
{
	if (name)
		sct_json_word(g, name);
	else
		sct_json_u64(g, number);
}

static void put_socket(struct sct_json *g, const struct sct_event *event, const struct sct_file *file)
{
	struct sct_flags flags = { .value = file->type };

	SCT_JSON_KEY(g, "family");
	put_name(g, sct_enum_name(SCT_SET_sock_domain, file->family, sizeof(__u16)), file->family);
	SCT_JSON_KEY(g, "type");
	put_name(g, sct_flag_next(SCT_SET_sock_type, &flags), file->type);
	SCT_JSON_KEY(g, "protocol");
	put_name(g, protocol_name(file), file->protocol);
	if (file->local_len) {
		SCT_JSON_KEY(g, "local");
		put_sockaddr(g, event, file->local, file->local_len, false);
		SCT_JSON_KEY(g, "remote");
		put_sockaddr(g, event, file->remote, file->remote_len, false);
	}
	if (file->peer)
		PUT_FIELD(g, "peer", file->peer);
	if (file->port)
		PUT_FIELD(g, "port", file->port);
}

static void put_file(struct sct_json *g, const struct sct_event *event, const struct sct_file *file)
{
	struct sct_buf text = {};

	sct_json_open(g, '{');
	sct_text_file(&text, file);
	SCT_JSON_KEY(g, "path");
	put_string(g, text.data ? text.data : "", text.len, false);
	free(text.data);
	if (file->ino) {
		SCT_JSON_KEY(g, "dev");
		put_device(g, sct_kdev_major(file->dev), sct_kdev_minor(file->dev));
		SCT_JSON_KEY(g, "ino");
		sct_json_u64(g, file->ino);
	}
	if (file->device) {
		sct_json_key(g, file->device == 'b' ? "block" : "char");
		put_device(g, sct_kdev_major(file->number), sct_kdev_minor(file->number));
	}
	if (file->family)
		put_socket(g, event, file);
	sct_json_close(g, '}');
}

/* A member of an object that is there only when it has one. */
static void put_member(struct sct_json *g, const char *object, bool *open, const char *name)
{
	if (!*open) {
		sct_json_key(g, object);
		sct_json_open(g, '{');
	}
	*open = true;
	sct_json_key(g, name);
}

/* Those of descriptors, by the parameter's name. */
static void put_files(struct sct_json *g, const struct sct_event *event)
{
	const struct sct_event_info *info = sct_event_info(event);
	struct sct_file file = { .sz = sizeof(file) };
	bool open = false;
	unsigned i;

	for (i = 0; sct_event_has_files(event) && i < info->nparams; i++) {
		if (sct_event_file(event, i, &file))
			continue;
		put_member(g, "files", &open, info->params[i].name);
		put_file(g, event, &file);
	}
	if (open)
		sct_json_close(g, '}');
}

/* What was in the program's memory when the call began, and is not any more. */
static void put_changes(struct sct_json *g, const struct sct_event *event)
{
	const struct sct_event_info *info = sct_event_info(event);
	const struct sct_type_row *type;
	struct sct_value before;
	bool open = false;
	unsigned i;

	for (i = 0; (type = sct_next_change(event, &i, &before)); i++) {
		put_member(g, "changed", &open, info->params[i].name);
		put_value(g, event, type, &before);
	}
	if (open)
		sct_json_close(g, '}');
}

/* What a tracer of the program put into the place of the call's number. */
static void put_shown(struct sct_json *g, const struct sct_event *event)
{
	const struct sct_syscall_info *call;
	int64_t nr;

	if (sct_event_shown(event, &nr, &call))
		return;
	SCT_JSON_KEY(g, "shown");
	sct_json_open(g, '{');
	PUT_FIELD(g, "nr", nr);
	SCT_JSON_KEY(g, "call");
	if (call)
		sct_json_word(g, call->name);
	else
		sct_json_null(g);
	sct_json_close(g, '}');
}

static void put_event(struct sct_json *g, const struct sct_event *event)
{
	static const char *const abi[] = {
		[SCT_EVENT_X86_64] = "x86_64",
		[SCT_EVENT_I386] = "i386",
		[SCT_EVENT_X32] = "x32",
	};

	sct_json_open(g, '{');
	SCT_JSON_KEY(g, "time");
	put_time(g, sct_event_realtime(event));
	SCT_JSON_KEY(g, "ts");
	sct_json_u64(g, sct_event_ts(event));
	PUT_FIELD(g, "cpu", event->cpu);
	SCT_JSON_KEY(g, "seq");
	sct_json_u64(g, sct_event_seq(event));
	SCT_JSON_KEY(g, "event");
	sct_json_word(g, sct_event_name(event));
	SCT_JSON_KEY(g, "enter");
	sct_json_bool(g, sct_event_is_enter(event));
	SCT_JSON_KEY(g, "abi");
	sct_json_word(g, abi[sct_event_abi(event)]);
	put_task(g, event);
	put_args(g, event);
	put_result(g, event);
	if (sct_event_duration(event) >= 0)
		PUT_FIELD(g, "duration", sct_event_duration(event));
	put_shown(g, event);
	put_files(g, event);
	put_changes(g, event);
	put_marks(g, "cut", event, event->rec->cut);
	put_marks(g, "faulted", event, event->rec->faulted);
	sct_json_close(g, '}');
}

int sct_json_event(struct sct_buf *buf, const struct sct_event *event)
{
	struct sct_json g = { .buf = buf };

	put_event(&g, event);
	return buf->failed ? -ENOMEM : 0;
}
