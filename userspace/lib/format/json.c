// SPDX-License-Identifier: MIT
/* Events as JSON, one object each: docs/json.md says what is in it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yajl/yajl_gen.h>
#include "format.h"

static void key(yajl_gen g, const char *name)
{
	yajl_gen_string(g, (const unsigned char *)name, strlen(name));
}

/* ---- numbers ---- */

/* yajl's own integers end at 2^63 - 1. */
static void put_u64(yajl_gen g, __u64 v)
{
	char digits[24];
	int n;

	if (v <= INT64_MAX) {
		yajl_gen_integer(g, v);
		return;
	}
	n = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)v);
	yajl_gen_number(g, digits, n);
}

static void put_number(yajl_gen g, const struct sct_value *v)
{
	if (v->kind == SCT_VALUE_INT)
		yajl_gen_integer(g, v->i);
	else
		put_u64(g, v->u);
}

static void put_field(yajl_gen g, const char *name, __s64 v)
{
	key(g, name);
	yajl_gen_integer(g, v);
}

static void put_device(yajl_gen g, __u32 major, __u32 minor)
{
	yajl_gen_map_open(g);
	put_field(g, "major", major);
	put_field(g, "minor", minor);
	yajl_gen_map_close(g);
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

static void put_base64(yajl_gen g, const __u8 *s, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct sct_buf buf = {};
	size_t i, n;
	__u32 v;

	for (i = 0; i < len; i += 3) {
		n = len - i < 3 ? len - i : 3;
		v = s[i] << 16 | (n > 1 ? s[i + 1] << 8 : 0) | (n > 2 ? s[i + 2] : 0);
		sct_buf_char(&buf, digits[v >> 18]);
		sct_buf_char(&buf, digits[v >> 12 & 63]);
		sct_buf_char(&buf, n > 1 ? digits[v >> 6 & 63] : '=');
		sct_buf_char(&buf, n > 2 ? digits[v & 63] : '=');
	}
	key(g, "base64");
	yajl_gen_string(g, (unsigned char *)(buf.data ? buf.data : ""), buf.len);
	free(buf.data);
}

static void put_string(yajl_gen g, const void *s, size_t len, bool cut)
{
	ssize_t n = text_len(s, len, cut);

	if (n >= 0) {
		yajl_gen_string(g, s, n);
		return;
	}
	yajl_gen_map_open(g);
	put_base64(g, s, len);
	yajl_gen_map_close(g);
}

static void put_strings(yajl_gen g, const struct sct_value *v)
{
	const char *s = v->data, *end = s + v->len;
	size_t len;

	yajl_gen_array_open(g);
	for (; s < end; s += len + 1) {
		len = strlen(s);
		put_string(g, s, len, v->cut && s + len + 1 == end);
	}
	yajl_gen_array_close(g);
}

static void put_bytes(yajl_gen g, const struct sct_value *v)
{
	ssize_t n = text_len(v->data, v->len, v->len < v->size);

	yajl_gen_map_open(g);
	if (n >= 0) {
		key(g, "text");
		yajl_gen_string(g, v->data, n);
	} else {
		put_base64(g, v->data, v->len);
	}
	key(g, "size");
	put_u64(g, v->size);
	yajl_gen_map_close(g);
}

static void put_fds(yajl_gen g, const struct sct_value *v)
{
	int fd;

	yajl_gen_array_open(g);
	for (fd = sct_next_fd(v, 0); fd >= 0; fd = sct_next_fd(v, fd + 1))
		yajl_gen_integer(g, fd);
	yajl_gen_array_close(g);
}

/* ---- names ---- */

static void names_open(yajl_gen g, const struct sct_value *v)
{
	yajl_gen_map_open(g);
	key(g, "value");
	put_number(g, v);
	key(g, "names");
	yajl_gen_array_open(g);
}

static void names_close(yajl_gen g)
{
	yajl_gen_array_close(g);
	yajl_gen_map_close(g);
}

static void put_flags(yajl_gen g, enum sct_set set, const struct sct_value *v)
{
	struct sct_flags flags = { .value = v->u };
	const char *name;

	names_open(g, v);
	while ((name = sct_flag_next(set, &flags)))
		key(g, name);
	names_close(g);
}

static void put_wake_op(yajl_gen g, __u32 value)
{
	const struct sct_wake_part *p;

	yajl_gen_map_open(g);
	put_field(g, "value", value);
	for (p = sct_wake_parts; p < sct_wake_parts + SCT_WAKE_PARTS; p++) {
		struct sct_value v = { .kind = SCT_VALUE_UINT, .u = value >> p->shift & p->mask };

		key(g, p->name);
		if (p->set == SCT_SET_none)
			put_number(g, &v);
		else
			put_flags(g, p->set, &v);
	}
	yajl_gen_map_close(g);
}

static void put_enum(yajl_gen g, const char *name, const struct sct_value *v)
{
	names_open(g, v);
	if (name)
		key(g, name);
	names_close(g);
}

static void put_sigset(yajl_gen g, const struct sct_value *v)
{
	const char *name;
	char room[16];
	int sig;

	names_open(g, v);
	for (sig = 1; sig <= 64; sig++) {
		name = v->u >> (sig - 1) & 1 ? sct_signal_name(sig, room) : NULL;
		if (name)
			key(g, name);
	}
	names_close(g);
}

/* ---- addresses ---- */

static void put_path(yajl_gen g, const struct sct_addr *addr, bool cut)
{
	struct sct_buf path = {};

	if (!addr->path_len && !addr->abstract)
		return;	/* a socket without a name */
	key(g, "path");
	if (!addr->abstract) {
		put_string(g, addr->path, addr->path_len, cut);
		return;
	}
	sct_buf_char(&path, '@');
	sct_buf_put(&path, addr->path, addr->path_len);
	put_string(g, path.data ? path.data : "", path.len, cut);
	free(path.data);
}

static void put_inet(yajl_gen g, const struct sct_addr *addr)
{
	key(g, "address");
	key(g, addr->host);
	put_field(g, "port", addr->port);
	if (addr->scope)
		put_field(g, "scope", addr->scope);
	if (addr->flowinfo)
		put_field(g, "flowinfo", addr->flowinfo);
}

static void put_fields(yajl_gen g, const struct sct_event *event, const struct sct_type_row *type,
		       const __u8 *object, unsigned len);

static void put_sockaddr(yajl_gen g, const struct sct_event *event, const void *data, size_t len,
			 bool cut)
{
	struct sct_addr addr;

	if (!len) {
		yajl_gen_null(g);
		return;
	}
	yajl_gen_map_open(g);
	if (!sct_addr_parse(&addr, data, len)) {
		put_base64(g, data, len);
		yajl_gen_map_close(g);
		return;
	}
	key(g, "family");
	if (addr.family_name)
		key(g, addr.family_name);
	else
		yajl_gen_integer(g, addr.family);
	if (addr.inet)
		put_inet(g, &addr);
	else if (addr.local)
		put_path(g, &addr, cut);
	else if (addr.fields)
		put_fields(g, event, addr.fields, data, len);
	else
		put_base64(g, (const __u8 *)data + sizeof(__u16), len - sizeof(__u16));
	yajl_gen_map_close(g);
}

static void put_addresses(yajl_gen g, const struct sct_event *event, const struct sct_value *v)
{
	yajl_gen_map_open(g);
	key(g, "local");
	put_sockaddr(g, event, v->data, v->len, false);
	key(g, "remote");
	put_sockaddr(g, event, v->peer, v->peer_len, false);
	yajl_gen_map_close(g);
}

/* ---- structures ---- */

static void put_part_of_second(yajl_gen g, const char *name, const struct sct_value *v)
{
	yajl_gen_map_open(g);
	put_field(g, "sec", v->i);
	put_field(g, name, v->u);
	yajl_gen_map_close(g);
}

static void put_value(yajl_gen g, const struct sct_event *event, const struct sct_type_row *type,
		      const struct sct_value *v);

static void put_fields(yajl_gen g, const struct sct_event *event, const struct sct_type_row *type,
		       const __u8 *object, unsigned len)
{
	const struct sct_type_row *field;
	const char *name;
	struct sct_value v;
	unsigned i;

	for (i = 0; (name = sct_field_get(event->rec, type, object, len, i, &field, &v)); i++) {
		if (v.kind == SCT_VALUE_NONE)
			continue;
		key(g, name);
		put_value(g, event, field, &v);
	}
}

static void put_struct(yajl_gen g, const struct sct_event *event, const struct sct_type_row *type,
		       const __u8 *object, unsigned len)
{
	const struct sct_type_row *field;
	struct sct_value v;

	if (sct_is_single(type)) {
		sct_field_get(event->rec, type, object, len, 0, &field, &v);
		put_value(g, event, field, &v);
		return;
	}
	yajl_gen_map_open(g);
	put_fields(g, event, type, object, len);
	yajl_gen_map_close(g);
}

static void put_structs(yajl_gen g, const struct sct_event *event, const struct sct_type_row *type,
			const struct sct_value *v)
{
	unsigned size = sct_object_size(event->rec, type);
	const __u8 *p = v->data, *end = p + v->len;

	yajl_gen_array_open(g);
	for (; p < end; p += size)
		put_struct(g, event, type, p, size);
	yajl_gen_array_close(g);
}

static void put_cmsgs(yajl_gen g, const struct sct_event *event, const struct sct_value *v)
{
	struct sct_cmsg msg;
	size_t pos = 0;

	yajl_gen_array_open(g);
	while (sct_cmsg_next(event->rec, v, &pos, &msg)) {
		yajl_gen_map_open(g);
		key(g, "level");
		put_value(g, event, &sct_types[SCT_T_SOCK_LEVEL], &msg.level);
		key(g, "type");
		put_value(g, event, msg.type_type, &msg.type);
		key(g, "data");
		put_value(g, event, msg.data_type, &msg.data);
		yajl_gen_map_close(g);
	}
	yajl_gen_array_close(g);
}

static void put_messages(yajl_gen g, const struct sct_event *event, const struct sct_value *v)
{
	struct sct_message msg;
	size_t pos = 0;

	yajl_gen_array_open(g);
	while (sct_mmsg_next(v, &pos, &msg)) {
		yajl_gen_map_open(g);
#define X(part, type)					\
		key(g, #part);				\
		put_value(g, event, &sct_types[SCT_T_##type], &msg.part);
		SCT_MMSG_PARTS(X)
#undef X
		yajl_gen_map_close(g);
	}
	yajl_gen_array_close(g);
}

static void put_data(yajl_gen g, const struct sct_event *event, const struct sct_type_row *type,
		     const struct sct_value *v)
{
	char text[SCT_ADDR_TEXT];
	const char *addr = sct_addr_text(type, v->data, v->len, text);

	if (addr) {
		key(g, addr);
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
static void put_form(yajl_gen g, const struct sct_event *event, const struct sct_type_row *type,
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

static void put_scalar(yajl_gen g, const struct sct_type_row *type, const struct sct_value *v)
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
		put_u64(g, sct_net_number(v->u, type->info.size));
		break;
	case SCT_FMT_SYSCALL:
		call = sct_syscall_at(v->u);
		if (call)
			key(g, call->name);
		else
			yajl_gen_null(g);
		break;
	default:
		put_number(g, v);
	}
}

static void put_value(yajl_gen g, const struct sct_event *event, const struct sct_type_row *type,
		      const struct sct_value *v)
{
	switch (v->kind) {
	case SCT_VALUE_NONE:
		yajl_gen_null(g);
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

static void put_time(yajl_gen g, __u64 ns)
{
	time_t sec = ns / 1000000000;
	char time[48], date[32];
	struct tm tm;

	gmtime_r(&sec, &tm);
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(time, sizeof(time), "%s.%09uZ", date, (unsigned)(ns % 1000000000));
	key(g, time);
}

static void put_task_string(yajl_gen g, const char *name, const char *s)
{
	key(g, name);
	if (s && *s)
		put_string(g, s, strlen(s), false);
	else
		yajl_gen_null(g);
}

static void put_task(yajl_gen g, const struct sct_event *event)
{
	const struct sct_task *task = event->task;

	put_field(g, "pid", sct_event_tgid(event));
	put_field(g, "tid", sct_event_tid(event));
	key(g, "ppid");
	if (task)
		yajl_gen_integer(g, task->ppid);
	else
		yajl_gen_null(g);
	put_task_string(g, "comm", task ? task->comm : NULL);
	put_task_string(g, "exe", task ? task->exe : NULL);
	key(g, "uid");
	if (task)
		yajl_gen_integer(g, task->uid);
	else
		yajl_gen_null(g);
	put_task_string(g, "cgroup", task ? task->cgroup : NULL);
}

static void put_args(yajl_gen g, const struct sct_event *event)
{
	const struct sct_event_info *info = sct_event_info(event);
	struct sct_decoder *decoder = sct_event_decode(event);
	const struct sct_type_row *type;
	const struct sct_value *v;
	unsigned i;

	key(g, "args");
	yajl_gen_map_open(g);
	for (i = 0; i < info->nparams; i++) {
		if (info->params[i].result)
			continue;
		v = sct_typed(decoder, i, &type);
		key(g, info->params[i].name);
		put_value(g, event, type, v);
	}
	yajl_gen_map_close(g);
}

static void put_result(yajl_gen g, const struct sct_event *event)
{
	int i = sct_result_param(sct_event_info(event));
	const struct sct_value *v = i < 0 ? NULL : sct_plain(sct_event_decode(event), i);
	const char *name;

	key(g, "ret");
	if (!v || v->kind == SCT_VALUE_NONE) {
		yajl_gen_null(g);
		return;
	}
	put_number(g, v);
	name = sct_is_error(v) ? sct_errno_name(-v->i) : NULL;
	if (name) {
		key(g, "error");
		key(g, name);
	}
}

/* Names of the parameters that bits stand for; nothing when there are none. */
static void put_marks(yajl_gen g, const char *name, const struct sct_event *event, __u64 bits)
{
	const struct sct_event_info *info = sct_event_info(event);
	unsigned i;

	if (!bits)
		return;
	key(g, name);
	yajl_gen_array_open(g);
	for (i = 0; i < info->nparams; i++)
		if (bits >> i & 1)
			key(g, info->params[i].name);
	yajl_gen_array_close(g);
}

static const char *protocol_name(const struct sct_file *file)
{
	const struct sct_type_row *type;

	type = sct_variant(SCT_T_SOCK_PROTO, SCT_T_SOCK_DOMAIN, file->family);
	return sct_enum_name(type->set, file->protocol, type->info.size);
}

static void put_name(yajl_gen g, const char *name, __u64 number)
{
	if (name)
		key(g, name);
	else
		put_u64(g, number);
}

static void put_socket(yajl_gen g, const struct sct_event *event, const struct sct_file *file)
{
	struct sct_flags flags = { .value = file->type };

	key(g, "family");
	put_name(g, sct_enum_name(SCT_SET_sock_domain, file->family, sizeof(__u16)), file->family);
	key(g, "type");
	put_name(g, sct_flag_next(SCT_SET_sock_type, &flags), file->type);
	key(g, "protocol");
	put_name(g, protocol_name(file), file->protocol);
	if (file->local_len) {
		key(g, "local");
		put_sockaddr(g, event, file->local, file->local_len, false);
		key(g, "remote");
		put_sockaddr(g, event, file->remote, file->remote_len, false);
	}
	if (file->peer)
		put_field(g, "peer", file->peer);
	if (file->port)
		put_field(g, "port", file->port);
}

static void put_file(yajl_gen g, const struct sct_event *event, const struct sct_file *file)
{
	struct sct_buf text = {};

	yajl_gen_map_open(g);
	sct_text_file(&text, file);
	key(g, "path");
	put_string(g, text.data ? text.data : "", text.len, false);
	free(text.data);
	if (file->ino) {
		key(g, "dev");
		put_device(g, sct_kdev_major(file->dev), sct_kdev_minor(file->dev));
		key(g, "ino");
		put_u64(g, file->ino);
	}
	if (file->device) {
		key(g, file->device == 'b' ? "block" : "char");
		put_device(g, sct_kdev_major(file->number), sct_kdev_minor(file->number));
	}
	if (file->family)
		put_socket(g, event, file);
	yajl_gen_map_close(g);
}

/* A member of an object that is there only when it has one. */
static void put_member(yajl_gen g, const char *object, bool *open, const char *name)
{
	if (!*open) {
		key(g, object);
		yajl_gen_map_open(g);
	}
	*open = true;
	key(g, name);
}

/* Those of descriptors, by the parameter's name. */
static void put_files(yajl_gen g, const struct sct_event *event)
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
		yajl_gen_map_close(g);
}

/* What was in the program's memory when the call began, and is not any more. */
static void put_changes(yajl_gen g, const struct sct_event *event)
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
		yajl_gen_map_close(g);
}

/* What a tracer of the program put into the place of the call's number. */
static void put_shown(yajl_gen g, const struct sct_event *event)
{
	const struct sct_syscall_info *call;
	int64_t nr;

	if (sct_event_shown(event, &nr, &call))
		return;
	key(g, "shown");
	yajl_gen_map_open(g);
	put_field(g, "nr", nr);
	key(g, "call");
	if (call)
		key(g, call->name);
	else
		yajl_gen_null(g);
	yajl_gen_map_close(g);
}

static void put_event(yajl_gen g, const struct sct_event *event)
{
	static const char *const abi[] = {
		[SCT_EVENT_X86_64] = "x86_64",
		[SCT_EVENT_I386] = "i386",
		[SCT_EVENT_X32] = "x32",
	};

	yajl_gen_map_open(g);
	key(g, "time");
	put_time(g, sct_event_realtime(event));
	key(g, "ts");
	put_u64(g, sct_event_ts(event));
	put_field(g, "cpu", event->cpu);
	key(g, "seq");
	put_u64(g, sct_event_seq(event));
	key(g, "event");
	key(g, sct_event_name(event));
	key(g, "enter");
	yajl_gen_bool(g, sct_event_is_enter(event));
	key(g, "abi");
	key(g, abi[sct_event_abi(event)]);
	put_task(g, event);
	put_args(g, event);
	put_result(g, event);
	if (sct_event_duration(event) >= 0)
		put_field(g, "duration", sct_event_duration(event));
	put_shown(g, event);
	put_files(g, event);
	put_changes(g, event);
	put_marks(g, "cut", event, event->rec->cut);
	put_marks(g, "faulted", event, event->rec->faulted);
	yajl_gen_map_close(g);
}

static void append(void *buf, const char *s, size_t len)
{
	sct_buf_put(buf, s, len);
}

int sct_json_event(struct sct_buf *buf, const struct sct_event *event)
{
	yajl_gen g = yajl_gen_alloc(NULL);

	if (!g)
		return -ENOMEM;
	yajl_gen_config(g, yajl_gen_print_callback, append, buf);
	put_event(g, event);
	yajl_gen_free(g);
	return buf->failed ? -ENOMEM : 0;
}
