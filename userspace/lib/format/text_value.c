// SPDX-License-Identifier: MIT
/* Values as text, much as strace writes them. */
#include <sys/socket.h>
#include <time.h>
#include "format.h"

/* ---- strings ---- */

static bool is_plain(__u8 c)
{
	return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
}

/* A byte that does not stand for itself; next tells whether an octal escape may be short. */
static void put_escape(struct sct_buf *buf, __u8 c, bool digit_follows)
{
	static const char codes[] = "\tt\nn\vv\ff\rr\"\"\\\\";
	char out[4] = "\\";
	unsigned i, n = 1;

	for (i = 0; codes[i]; i += 2) {
		if (c == (__u8)codes[i]) {
			out[1] = codes[i + 1];
			sct_buf_put(buf, out, 2);
			return;
		}
	}
	if (digit_follows || c >= 0100)
		out[n++] = '0' + (c >> 6);
	if (digit_follows || c >= 010)
		out[n++] = '0' + (c >> 3 & 7);
	out[n++] = '0' + (c & 7);
	sct_buf_put(buf, out, n);
}

void sct_text_escaped(struct sct_buf *buf, const char *s, size_t len)
{
	size_t i = 0, plain;

	while (i < len) {
		for (plain = i; plain < len && is_plain(s[plain]); plain++)
			;
		sct_buf_put(buf, s + i, plain - i);
		i = plain;
		if (i == len)
			break;
		put_escape(buf, s[i], i + 1 < len && s[i + 1] >= '0' && s[i + 1] <= '9');
		i++;
	}
}

/* In quotes; at most max bytes, and dots where that or the kernel side left something out. */
void sct_text_quoted(struct sct_buf *buf, const char *s, size_t len, unsigned max, bool cut)
{
	if (max && len > max) {
		len = max;
		cut = true;
	}
	sct_buf_char(buf, '"');
	sct_text_escaped(buf, s, len);
	sct_buf_str(buf, cut ? "\"..." : "\"");
}

static void put_strings(struct sct_buf *buf, const struct sct_value *v, unsigned max)
{
	const char *s = v->data, *end = s + v->len;
	size_t len;

	sct_buf_char(buf, '[');
	for (; s < end; s += len + 1) {
		len = strlen(s);
		if (s != v->data)
			sct_buf_str(buf, ", ");
		sct_text_quoted(buf, s, len, max, false);
	}
	if (v->cut)
		sct_buf_str(buf, v->len ? ", ..." : "...");
	sct_buf_char(buf, ']');
}

/* ---- flags, enums, signals ---- */

static void put_flags(struct sct_buf *buf, enum sct_set set, __u64 value)
{
	struct sct_flags flags = { .value = value };
	const char *name;
	bool any = false;

	while ((name = sct_flag_next(set, &flags))) {
		if (any)
			sct_buf_char(buf, '|');
		sct_buf_str(buf, name);
		any = true;
	}
	value &= ~flags.taken;
	if (!value && any)
		return;
	if (any)
		sct_buf_char(buf, '|');
	if (value)
		sct_buf_hex(buf, value);
	else
		sct_buf_char(buf, '0');
}

/* OP<<28|0x3<<12|CMP<<24|0x4 */
static void put_wake_op(struct sct_buf *buf, __u32 value)
{
	const struct sct_wake_part *p;
	const char *name;

	for (p = sct_wake_parts; p < sct_wake_parts + SCT_WAKE_PARTS; p++) {
		struct sct_flags flags = { .value = value >> p->shift & p->mask };

		while ((name = sct_flag_next(p->set, &flags)))
			sct_buf_printf(buf, "%s<<%u|", name, p->shift);
		flags.value &= ~flags.taken;
		if (p->shift && (flags.value || !flags.taken))
			sct_buf_printf(buf, "%#x<<%u|", (unsigned)flags.value, p->shift);
		else if (!p->shift)
			sct_buf_printf(buf, "%#x", (unsigned)flags.value);
	}
}

static void put_number(struct sct_buf *buf, const struct sct_value *v)
{
	if (v->kind == SCT_VALUE_INT)
		sct_buf_s64(buf, v->i);
	else
		sct_buf_u64(buf, v->u);
}

void sct_text_signal(struct sct_buf *buf, int sig)
{
	char room[16];
	const char *name = sct_signal_name(sig, room);

	if (name)
		sct_buf_str(buf, name);
	else
		sct_buf_s64(buf, sig);
}

/* [INT TERM], or what is missing, as ~[KILL STOP], when that is shorter. */
static void put_sigset(struct sct_buf *buf, __u64 set)
{
	bool most = __builtin_popcountll(set) > 42, first = true;
	char room[16];
	const char *name;
	int sig;

	sct_buf_str(buf, most ? "~[" : "[");
	if (most)
		set = ~set;
	for (sig = 1; sig <= 64; sig++) {
		if (!(set >> (sig - 1) & 1))
			continue;
		if (!first)
			sct_buf_char(buf, ' ');
		first = false;
		name = sct_signal_name(sig, room);
		if (name)
			sct_buf_str(buf, name + strlen("SIG"));
		else
			sct_buf_u64(buf, sig);
	}
	sct_buf_char(buf, ']');
}

/* [3 5] */
static void put_fds(struct sct_buf *buf, const struct sct_value *v)
{
	bool any = false;
	int fd;

	sct_buf_char(buf, '[');
	for (fd = sct_next_fd(v, 0); fd >= 0; fd = sct_next_fd(v, fd + 1)) {
		if (any)
			sct_buf_char(buf, ' ');
		any = true;
		sct_buf_u64(buf, fd);
	}
	sct_buf_str(buf, v->cut ? " ...]" : "]");
}

/* ---- addresses ---- */

static void put_bytes_hex(struct sct_buf *buf, const __u8 *p, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (; len--; p++) {
		sct_buf_char(buf, digits[*p >> 4]);
		sct_buf_char(buf, digits[*p & 15]);
	}
}

void sct_text_inet(struct sct_buf *buf, const struct sct_addr *addr)
{
	const bool brackets = addr->family == AF_INET6;

	sct_buf_str(buf, brackets ? "[" : "");
	sct_buf_str(buf, addr->host);
	if (addr->scope) {
		sct_buf_char(buf, '%');
		sct_buf_u64(buf, addr->scope);
	}
	sct_buf_str(buf, brackets ? "]:" : ":");
	sct_buf_u64(buf, addr->port);
	if (addr->flowinfo) {
		sct_buf_str(buf, " flowinfo=");
		sct_buf_hex(buf, addr->flowinfo);
	}
}

static void put_fields(struct sct_buf *buf, const struct sct_event *event,
		       const struct sct_type_row *type, const __u8 *object, unsigned len, unsigned max);

/* What is known of an address, behind its family. */
static void put_addr(struct sct_buf *buf, const struct sct_event *event, const struct sct_addr *addr,
		     const __u8 *data, size_t len, bool cut)
{
	if (addr->inet) {
		sct_buf_char(buf, ' ');
		sct_text_inet(buf, addr);
	} else if (addr->local) {
		if (addr->path_len || addr->abstract) {
			sct_buf_str(buf, addr->abstract ? " @" : " ");
			sct_text_quoted(buf, addr->path, addr->path_len, 0, cut);
		}
	} else if (len > sizeof(__u16)) {
		sct_buf_char(buf, ' ');
		if (addr->fields)
			put_fields(buf, event, addr->fields, data, len, 0);
		else
			put_bytes_hex(buf, data + sizeof(__u16), len - sizeof(__u16));
	}
}

static void put_sockaddr(struct sct_buf *buf, const struct sct_event *event, const void *data,
			 size_t len, bool cut)
{
	struct sct_addr addr;

	sct_buf_char(buf, '{');
	if (sct_addr_parse(&addr, data, len)) {
		if (addr.family_name)
			sct_buf_str(buf, addr.family_name);
		else
			sct_buf_u64(buf, addr.family);
		put_addr(buf, event, &addr, data, len, cut);
	} else {
		put_bytes_hex(buf, data, len);
	}
	sct_buf_char(buf, '}');
}

/* ---- structures and times ---- */

/* Seconds, and a part of one in digits. */
static void put_time(struct sct_buf *buf, const struct sct_value *v, unsigned digits)
{
	const __u64 second = digits == 9 ? 1000000000 : 1000000;

	sct_buf_s64(buf, v->i);
	sct_buf_char(buf, '.');
	if (v->u < second)
		sct_buf_digits(buf, v->u, digits);
	else	/* what the program passed is no time */
		sct_buf_printf(buf, "(%lld)", (long long)v->u);
}

static void put_abstime(struct sct_buf *buf, __u64 ns)
{
	time_t sec = ns / 1000000000;
	char date[32];
	struct tm tm;

	localtime_r(&sec, &tm);
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S.", &tm);
	sct_buf_str(buf, date);
	sct_buf_digits(buf, ns % 1000000000, 9);
}

void sct_text_device(struct sct_buf *buf, __u32 major, __u32 minor)
{
	sct_buf_u64(buf, major);
	sct_buf_char(buf, ':');
	sct_buf_u64(buf, minor);
}

/* ---- a parameter ---- */

static void put_call_name(struct sct_buf *buf, __u64 row)
{
	const struct sct_syscall_info *call = sct_syscall_at(row);

	sct_buf_str(buf, call ? call->name : "?");
}

static void put_enum(struct sct_buf *buf, const struct sct_type_row *type, const struct sct_value *v)
{
	const char *name = sct_enum_name(type->set, v->u, type->info.size);

	if (name)
		sct_buf_str(buf, name);
	else
		put_number(buf, v);
}

/* A command without a name, as what its number is made of. */
static void put_ioctl(struct sct_buf *buf, __u32 command)
{
	static const char *const dirs[] = {
		"_IOC_NONE", "_IOC_WRITE", "_IOC_READ", "_IOC_READ|_IOC_WRITE",
	};
	const char *name = sct_ioctl_name(command);

	if (name)
		sct_buf_str(buf, name);
	else
		sct_buf_printf(buf, "_IOC(%s, %#x, %#x, %#x)", dirs[command >> 30], command >> 8 & 0xff,
			       command & 0xff, command >> 16 & 0x3fff);
}

static void put_scalar(struct sct_buf *buf, const struct sct_type_row *type,
		       const struct sct_value *v)
{
	switch (type->format) {
	case SCT_FMT_PTRRESULT:
	case SCT_FMT_HEX:
	case SCT_FMT_PTR:
		sct_buf_hex(buf, v->u);
		break;
	case SCT_FMT_OCT:
		sct_buf_oct(buf, v->u);
		break;
	case SCT_FMT_DIRFD:
		if (v->i == SCT_AT_FDCWD)
			sct_buf_str(buf, "AT_FDCWD");
		else
			sct_buf_s64(buf, v->i);
		break;
	case SCT_FMT_ID:
		sct_buf_s64(buf, v->u == (__u32)-1 ? -1 : (__s64)v->u);
		break;
	case SCT_FMT_KDEV:
		sct_text_device(buf, sct_kdev_major(v->u), sct_kdev_minor(v->u));
		break;
	case SCT_FMT_UDEV:
		sct_text_device(buf, sct_udev_major(v->u), sct_udev_minor(v->u));
		break;
	case SCT_FMT_SYSCALL:
		put_call_name(buf, v->u);
		break;
	case SCT_FMT_NSEC:
		sct_buf_u64(buf, v->u / 1000000000);
		sct_buf_char(buf, '.');
		sct_buf_digits(buf, v->u % 1000000000, 9);
		sct_buf_char(buf, 's');
		break;
	case SCT_FMT_ABSTIME:
		put_abstime(buf, v->u);
		break;
	case SCT_FMT_RLIM:
		if (v->u == ~0ull)
			sct_buf_str(buf, "RLIM_INFINITY");
		else
			sct_buf_u64(buf, v->u);
		break;
	case SCT_FMT_FLAGS:
		put_flags(buf, type->set, v->u);
		break;
	case SCT_FMT_WAKEOP:
		put_wake_op(buf, v->u);
		break;
	case SCT_FMT_ENUM:
		put_enum(buf, type, v);
		break;
	case SCT_FMT_SIGNAL:
		sct_text_signal(buf, v->i);
		break;
	case SCT_FMT_SIGSET:
		put_sigset(buf, v->u);
		break;
	case SCT_FMT_IOCTL:
		put_ioctl(buf, v->u);
		break;
	case SCT_FMT_NET:
		sct_buf_u64(buf, sct_net_number(v->u, type->info.size));
		break;
	default:
		put_number(buf, v);
	}
}

/* name=value, ...: the fields that are here */
static void put_fields(struct sct_buf *buf, const struct sct_event *event,
		       const struct sct_type_row *type, const __u8 *object, unsigned len, unsigned max)
{
	const struct sct_type_row *field;
	const char *name;
	struct sct_value v;
	bool any = false;
	unsigned i;

	for (i = 0; (name = sct_field_get(event->rec, type, object, len, i, &field, &v)); i++) {
		if (v.kind == SCT_VALUE_NONE)
			continue;
		if (any)
			sct_buf_str(buf, ", ");
		any = true;
		sct_buf_str(buf, name);
		sct_buf_char(buf, '=');
		sct_text_put(buf, event, field, &v, max);
	}
}

static void put_struct(struct sct_buf *buf, const struct sct_event *event,
		       const struct sct_type_row *type, const __u8 *object, unsigned len, unsigned max)
{
	const struct sct_type_row *field;
	struct sct_value v;

	if (sct_is_single(type)) {
		sct_field_get(event->rec, type, object, len, 0, &field, &v);
		sct_text_put(buf, event, field, &v, max);
		return;
	}
	sct_buf_char(buf, '{');
	put_fields(buf, event, type, object, len, max);
	if (len < sct_object_size(event->rec, type))
		sct_buf_str(buf, len ? ", ..." : "...");
	sct_buf_char(buf, '}');
}

static void put_structs(struct sct_buf *buf, const struct sct_event *event,
			const struct sct_type_row *type, const struct sct_value *v, unsigned max)
{
	unsigned size = sct_object_size(event->rec, type);
	const __u8 *p = v->data, *end = p + v->len;

	sct_buf_char(buf, '[');
	for (; p < end; p += size) {
		if (p != v->data)
			sct_buf_str(buf, ", ");
		put_struct(buf, event, type, p, size, max);
	}
	if (v->size > v->len)
		sct_buf_str(buf, v->len ? ", ..." : "...");
	sct_buf_char(buf, ']');
}

/* [{level, type, data}, ...] */
static void put_cmsgs(struct sct_buf *buf, const struct sct_event *event, const struct sct_value *v,
		      unsigned max)
{
	struct sct_cmsg msg;
	size_t pos = 0;

	sct_buf_char(buf, '[');
	while (sct_cmsg_next(event->rec, v, &pos, &msg)) {
		sct_buf_str(buf, "{level=");
		sct_text_put(buf, event, &sct_types[SCT_T_SOCK_LEVEL], &msg.level, max);
		sct_buf_str(buf, ", type=");
		sct_text_put(buf, event, msg.type_type, &msg.type, max);
		sct_buf_str(buf, ", data=");
		sct_text_put(buf, event, msg.data_type, &msg.data, max);
		sct_buf_str(buf, pos < v->len ? "}, " : "}");
	}
	if (v->len < v->size)
		sct_buf_str(buf, pos ? ", ..." : "...");
	sct_buf_char(buf, ']');
}

/* [{addr=, data=, control=, flags=, len=}, ...]: what is known of each */
static void put_messages(struct sct_buf *buf, const struct sct_event *event, const struct sct_value *v,
			 unsigned max)
{
	struct sct_message msg;
	size_t pos = 0, i, n = 0;

	sct_buf_char(buf, '[');
	for (; sct_mmsg_next(v, &pos, &msg); n++) {
		const struct {
			const char *name;
			enum sct_type type;
			const struct sct_value *v;
		} parts[] = {
#define X(part, type) { #part, SCT_T_##type, &msg.part },
			SCT_MMSG_PARTS(X)
#undef X
		};
		bool any = false;

		sct_buf_str(buf, n ? ", {" : "{");
		for (i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
			if (parts[i].v->kind == SCT_VALUE_NONE)
				continue;
			sct_buf_str(buf, any ? ", " : "");
			sct_buf_str(buf, parts[i].name);
			sct_buf_char(buf, '=');
			any = true;
			sct_text_put(buf, event, &sct_types[parts[i].type], parts[i].v, max);
		}
		sct_buf_char(buf, '}');
	}
	if (n < v->size)
		sct_buf_str(buf, n ? ", ..." : "...");
	sct_buf_char(buf, ']');
}

/* What has a form of its own */
static void put_form(struct sct_buf *buf, const struct sct_event *event,
		     const struct sct_type_row *type, const struct sct_value *v, unsigned max)
{
	switch (type->format) {
	case SCT_FMT_STRUCT:
		put_struct(buf, event, type, v->data, v->len, max);
		break;
	case SCT_FMT_STRUCTS:
		put_structs(buf, event, type, v, max);
		break;
	case SCT_FMT_TIMEVAL:
		put_time(buf, v, 6);
		break;
	default:
		put_time(buf, v, 9);
	}
}

static void put_bytes(struct sct_buf *buf, const struct sct_event *event,
		      const struct sct_type_row *type, const struct sct_value *v, unsigned max)
{
	char text[SCT_ADDR_TEXT];
	const char *addr = sct_addr_text(type, v->data, v->len, text);

	if (addr) {
		sct_buf_str(buf, addr);
		return;
	}
	switch (type->format) {
	case SCT_FMT_CMSG:
		put_cmsgs(buf, event, v, max);
		break;
	case SCT_FMT_FDSET:
		put_fds(buf, v);
		break;
	default:
		sct_text_quoted(buf, v->data, v->len, max, v->len < v->size);
	}
}

void sct_text_put(struct sct_buf *buf, const struct sct_event *event,
		  const struct sct_type_row *type, const struct sct_value *v, unsigned max)
{
	if (v->faulted && !v->len && v->kind != SCT_VALUE_INT && v->kind != SCT_VALUE_UINT) {
		sct_buf_str(buf, "<unreadable>");
		return;
	}
	switch (v->kind) {
	case SCT_VALUE_NONE:
		sct_buf_str(buf, "NULL");
		break;
	case SCT_VALUE_INT:
	case SCT_VALUE_UINT:
		put_scalar(buf, type, v);
		break;
	case SCT_VALUE_STRING:
		sct_text_quoted(buf, v->data, v->len, max, v->cut);
		break;
	case SCT_VALUE_STRINGS:
		put_strings(buf, v, max);
		break;
	case SCT_VALUE_BYTES:
		put_bytes(buf, event, type, v, max);
		break;
	case SCT_VALUE_ADDRESS:
		put_sockaddr(buf, event, v->data, v->len, v->cut);
		break;
	case SCT_VALUE_ADDRESSES:
		put_sockaddr(buf, event, v->data, v->len, false);
		sct_buf_str(buf, "->");
		put_sockaddr(buf, event, v->peer, v->peer_len, false);
		break;
	case SCT_VALUE_STRUCTS:
		put_form(buf, event, type, v, max);
		break;
	case SCT_VALUE_MESSAGES:
		put_messages(buf, event, v, max);
		break;
	}
}
