// SPDX-License-Identifier: MIT
/* See make_record.h. */
#include <string.h>
#include <sys/socket.h>
#include "make_record.h"

#define ROUGH 0x40u	/* of how a record is made: data has no form */
#define MARKS 0x80u	/* parameters are cut and unreadable */

/* ---- data that has the form of its type ---- */

static void put_family(__u8 *p, size_t n)
{
	if (n < sizeof(__u16))
		return;
	p[0] %= 48;
	p[1] = 0;
}

/* Messages, one behind the other, with levels and types that have names. */
static void put_cmsgs(const struct sct_record *rec, __u8 *p, size_t n)
{
	bool wide = (rec->flags & SCT_RF_ABI_MASK) == SCT_ABI_NATIVE;
	size_t width = wide ? 8 : 4, head = width + 8, len;
	const struct sct_symbol_set *levels = &sct_sets[sct_types[SCT_T_SOCK_LEVEL].set];
	__s32 level, type;

	for (; n >= head; p += len, n -= len) {
		len = head + p[0] % 64;
		level = levels->symbols[p[width] % levels->n].value;
		type = p[width + 4] % 80;
		memset(p, 0, width);
		p[0] = len;
		memcpy(p + width, &level, sizeof(level));
		memcpy(p + width + 4, &type, sizeof(type));
		len = (len + width - 1) & ~(width - 1);
		if (len > n)
			break;
	}
}

/* The count of what follows it, and how long both are. */
static size_t put_counted(const struct sct_record *rec, const struct sct_type_row *type, __u8 *p,
			  size_t n)
{
	__u64 more = p[0] & 7, count;
	size_t size = 1;

	n = n < sizeof(count) ? 0 : n - sizeof(count);
	if (type->format == SCT_FMT_STRUCTS)
		size = sct_object_size(rec, type);
	n -= n % size;
	count = n / size + more;
	if (type->format == SCT_FMT_FDSET)
		count = 8 * n + more;
	memcpy(p, &count, sizeof(count));
	if (type->format == SCT_FMT_CMSG)
		put_cmsgs(rec, p + sizeof(count), n);
	return sizeof(count) + n;
}

static size_t put_tuple(__u8 *p, size_t n)
{
	struct sct_tuple tuple = {};

	if (n > sizeof(tuple)) {
		tuple.llen = (n - sizeof(tuple)) / 2;
		tuple.rlen = n - sizeof(tuple) - tuple.llen;
	}
	memcpy(p, &tuple, sizeof(tuple));
	put_family(p + sizeof(tuple), tuple.llen);
	put_family(p + sizeof(tuple) + tuple.llen, tuple.rlen);
	return sizeof(tuple) + tuple.llen + tuple.rlen;
}

static size_t shape(const struct sct_record *rec, const struct sct_type_row *type, __u8 *p, size_t n)
{
	switch (type->format) {
	case SCT_FMT_STR:
	case SCT_FMT_STRV:
		p[n - 1] = 0;
		return n;
	case SCT_FMT_BYTES:
	case SCT_FMT_CMSG:
	case SCT_FMT_FDSET:
	case SCT_FMT_STRUCTS:
		return put_counted(rec, type, p, n);
	case SCT_FMT_STRUCT:
		return n < sct_object_size(rec, type) ? n : sct_object_size(rec, type);
	case SCT_FMT_TUPLE:
		return put_tuple(p, n);
	case SCT_FMT_SOCKADDR:
		put_family(p, n);
		return n;
	default:
		return type->info.size;
	}
}

/* ---- parameters ---- */

static size_t put_number(struct fuzz_input *in, const struct sct_type_row *type, __u8 *p, unsigned how)
{
	__u64 v;

	if (!how)
		return 0;
	v = fuzz_number(in, type);
	memcpy(p, &v, sizeof(v));
	return how == 255 ? fuzz_take(in, 1) % 9 : type->info.size;
}

static size_t put_data(struct fuzz_input *in, const struct sct_record *rec,
		       const struct sct_type_row *type, __u8 *p, unsigned how, size_t longest)
{
	size_t n = how < 200 ? how : (how - 199) * fuzz_take(in, 1);
	size_t max = type->info.size + (how == 255);

	if (max > longest)
		max = longest;
	if (n > max)
		n = max;
	memset(p, 0, 16);
	fuzz_bytes(in, p, n);
	return n && !(rec->flags & ROUGH) ? shape(rec, type, p, n) : n;
}

static size_t put_params(struct fuzz_input *in, struct sct_record *rec, size_t longest)
{
	const struct sct_event_row *event = &sct_events[rec->type];
	__u16 *lens = (__u16 *)(rec + 1);
	__u8 *p = (__u8 *)rec + SCT_VALUES_OFF(rec->nparams);
	unsigned i, how;

	memset(lens, 0, p - (__u8 *)lens);
	for (i = 0; i < rec->nparams; i++) {
		const struct sct_type_row *type = &sct_types[event->params[i].type];

		how = fuzz_take(in, 1);
		lens[i] = type->info.scalar ? put_number(in, type, p, how) :
					      put_data(in, rec, type, p, how, longest);
		p += lens[i];
	}
	memset(p, 0, 8);
	return SCT_ALIGN8(p - (__u8 *)rec);
}

/* ---- what is behind them ---- */

/* One of the first parameters that are descriptors; rarely any other. */
static unsigned fd_param(const struct sct_record *rec, unsigned nth)
{
	unsigned i, format, found = nth, left = nth % 4;

	for (i = 0; i < rec->nparams && nth < 240; i++) {
		format = sct_param_type(rec, i)->format;
		if (format != SCT_FMT_FD && format != SCT_FMT_DIRFD)
			continue;
		found = i;
		if (!left--)
			break;
	}
	return found;
}

static size_t put_details(struct fuzz_input *in, __u8 *p)
{
	static const __u16 modes[] = { SCT_S_IFSOCK, SCT_S_IFCHR, SCT_S_IFBLK, 0 };
	static const __u16 families[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET };
	struct sct_tuple tuple = { .llen = fuzz_take(in, 1) % 128, .rlen = fuzz_take(in, 1) % 128 };
	struct sct_fd_details d = {
		.mode = modes[fuzz_take(in, 1) % 4], .family = families[fuzz_take(in, 1) % 5],
		.type = fuzz_take(in, 1), .protocol = fuzz_take(in, 1), .number = fuzz_take(in, 4),
		.peer = fuzz_take(in, 2),
	};

	if (d.mode == SCT_S_IFSOCK)
		d.len = sizeof(tuple) + tuple.llen + tuple.rlen;
	memcpy(p, &d, sizeof(d));
	p += sizeof(d);
	memset(p, 0, SCT_ALIGN8(d.len));
	if (d.len) {
		memcpy(p, &tuple, sizeof(tuple));
		fuzz_bytes(in, p + sizeof(tuple), tuple.llen + tuple.rlen);
	}
	return sizeof(d) + SCT_ALIGN8(d.len);
}

static size_t put_file(struct fuzz_input *in, const struct sct_record *rec, __u8 *p)
{
	static const __u32 magics[] = { 0, 0x534f434b, 0x50495045, 0x09041934, 0xef53 };
	struct sct_fd_file file = {
		.param = fd_param(rec, fuzz_take(in, 1)), .flags = fuzz_take(in, 1),
		.len = fuzz_take(in, 1), .dev = fuzz_take(in, 4), .ino = fuzz_take(in, 2),
		.magic = magics[fuzz_take(in, 1) % 5],
	};

	if (!(rec->flags & ROUGH))
		file.flags &= SCT_FF_MASK;
	memcpy(p, &file, sizeof(file));
	p += sizeof(file);
	memset(p, 0, SCT_ALIGN8(file.len));
	fuzz_bytes(in, p, file.len);
	if (file.len && !(rec->flags & ROUGH))
		p[file.len - 1] = 0;
	p += SCT_ALIGN8(file.len);
	return sizeof(file) + SCT_ALIGN8(file.len) +
	       (file.flags & SCT_FF_DETAILS ? put_details(in, p) : 0);
}

static size_t put_tail(struct fuzz_input *in, const struct sct_record *rec, __u8 *p)
{
	__u8 *start = p;
	unsigned n = rec->flags & SCT_RF_FILES ? fuzz_take(in, 1) % 4 : 0;

	while (n--)
		p += put_file(in, rec, p);
	if (rec->flags & SCT_RF_CHANGED) {
		fuzz_bytes(in, p, sizeof(__s64));
		p += sizeof(__s64);
	}
	if (rec->flags & SCT_RF_DURATION) {
		fuzz_bytes(in, p, sizeof(__u64));
		p += sizeof(__u64);
	}
	return p - start;
}

size_t make_record(struct fuzz_input *in, struct sct_record *to, size_t longest)
{
	unsigned type = fuzz_take(in, 2) % SCT_EV_MAX, how = fuzz_take(in, 1);
	size_t len;

	*to = (struct sct_record){
		.row = fuzz_row(in, type), .type = type, .nparams = sct_events[type].info.nparams,
		.flags = how & ~MARKS, .tid = 1 + fuzz_take(in, 1) % 4 * 256, .tgid = 1,
	};
	if ((how & SCT_RF_ABI_MASK) == SCT_ABI_MAX)
		to->flags &= ~SCT_RF_ABI_MASK;
	if (how & MARKS) {
		to->cut = fuzz_take(in, 8);
		to->faulted = fuzz_take(in, 8);
	}
	len = put_params(in, to, longest);
	len += put_tail(in, to, (__u8 *)to + len);
	to->flags &= ~ROUGH;
	to->len = len;
	return len;
}

void tear(struct fuzz_input *in, void *bytes, size_t n)
{
	unsigned how = fuzz_take(in, 1), times = how > 200 ? how % 4 : 0;

	while (n && times--)
		((__u8 *)bytes)[fuzz_take(in, 2) % n] = fuzz_take(in, 1);
}
