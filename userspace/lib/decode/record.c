// SPDX-License-Identifier: MIT
/* The record: is it whole, and what does each parameter say? */
#include <errno.h>
#include <string.h>
#include "decode.h"

/* ---- the check: all that comes after trusts what has passed it ---- */

static const char *check_structs(const struct sct_record *rec, const struct sct_type_row *type,
				 const __u8 *v, unsigned len)
{
	unsigned size = sct_object_size(rec, type);
	__u64 count;

	if (type->format == SCT_FMT_STRUCT)
		return len > size ? "more than a struct" : NULL;
	if (len < sizeof(count) || (len - sizeof(count)) % size)
		return "part of a struct";
	memcpy(&count, v, sizeof(count));
	return count < (len - sizeof(count)) / size ? "more structs than counted" : NULL;
}

/* That so many bits take. */
static __u64 bytes_of(__u64 bits)
{
	return bits / 8 + (bits % 8 != 0);
}

static const char *check_data(const struct sct_record *rec, const struct sct_type_row *type,
			      const __u8 *v, unsigned len)
{
	struct sct_tuple tuple;
	__u64 count;

	switch (type->format) {
	case SCT_FMT_STR:
	case SCT_FMT_STRV:
		return v[len - 1] ? "a string without an end" : NULL;
	case SCT_FMT_BYTES:
	case SCT_FMT_CMSG:
		return sct_bytes_check(v, len);
	case SCT_FMT_FDSET:
		if (len < sizeof(count))
			return "descriptors without their number";
		memcpy(&count, v, sizeof(count));
		return bytes_of(count) < len - sizeof(count) ? "more descriptors than counted" : NULL;
	case SCT_FMT_MMSGS:
		return sct_mmsgs_check(v, len);
	case SCT_FMT_STRUCT:
	case SCT_FMT_STRUCTS:
		return check_structs(rec, type, v, len);
	case SCT_FMT_TUPLE:
		if (len < sizeof(tuple))
			return "a pair of addresses without lengths";
		memcpy(&tuple, v, sizeof(tuple));
		if (sizeof(tuple) + tuple.llen + tuple.rlen != len)
			return "a pair of addresses with wrong lengths";
		return NULL;
	case SCT_FMT_TIMESPEC:
		return len != 2 * sizeof(__s64) ? "part of a struct timespec" : NULL;
	case SCT_FMT_SIGSET:
		return len != sizeof(__u64) ? "part of a signal set" : NULL;
	default:
		return NULL;
	}
}

static const char *check_param(const struct sct_record *rec, const struct sct_type_row *type,
			       const __u8 *v, unsigned len)
{
	if (!len)
		return NULL;
	if (type->info.scalar)
		return len != type->info.size ? "a number of the wrong size" : NULL;
	if (len > type->info.size)
		return "a value longer than its type allows";
	return check_data(rec, type, v, len);
}

/* Where the values end, with what is behind them up to 8 bytes. */
static int values_end(const struct sct_record *rec)
{
	return rec->len - (rec->flags & SCT_RF_DURATION ? (int)sizeof(__u64) : 0) -
	       (rec->flags & SCT_RF_CHANGED ? (int)sizeof(__s64) : 0);
}

static const char *check_header(const struct sct_record *rec, size_t avail)
{
	if (avail < sizeof(*rec))
		return "torn inside the header";
	if (rec->len > avail)
		return "torn";
	if (rec->len > SCT_REC_LIMIT || rec->len < sizeof(*rec) || rec->len % 8)
		return "impossible length";
	if (rec->type >= SCT_EV_MAX)
		return "unknown event";
	if (rec->row >= SCT_SYS_MAX && rec->row != SCT_SYS_NONE)
		return "unknown call";
	if (rec->nparams != sct_events[rec->type].info.nparams)
		return "number of parameters is not the table's";
	if (rec->flags & ~(SCT_RF_ABI_MASK | SCT_RF_ENTER | SCT_RF_TIME64 | SCT_RF_DURATION |
			   SCT_RF_FILES | SCT_RF_CHANGED) ||
	    (rec->flags & SCT_RF_ABI_MASK) >= SCT_ABI_MAX)
		return "unknown flags";
	if (values_end(rec) < (int)SCT_VALUES_OFF(rec->nparams))
		return "too short for its parameters";
	return NULL;
}

static const char beyond[] = "values reach beyond its end";

/* What more is told of it, or NULL. */
static const struct sct_fd_details *file_details(const struct sct_fd_file *file)
{
	return file->flags & SCT_FF_DETAILS ?
	       (const void *)((const __u8 *)(file + 1) + SCT_ALIGN8(file->len)) : NULL;
}

static const char *check_details(const struct sct_record *rec, const struct sct_fd_details *d,
				 unsigned room)
{
	if (room < sizeof(*d) || d->len > room - sizeof(*d))
		return "details of a file reach beyond its end";
	if (d->mode != SCT_S_IFCHR && d->mode != SCT_S_IFBLK && d->mode != SCT_S_IFSOCK)
		return "details of what is no device and no socket";
	if (d->len && d->mode != SCT_S_IFSOCK)
		return "a device with addresses";
	return check_param(rec, &sct_types[SCT_T_TUPLE], (const __u8 *)(d + 1), d->len);
}

static const char *check_file(const struct sct_record *rec, unsigned off, unsigned end)
{
	const struct sct_fd_file *file = (const void *)((const __u8 *)rec + off);
	const struct sct_fd_details *d;
	unsigned format;

	if (end - off < sizeof(*file) || file->len > end - off - sizeof(*file))
		return "a file reaches beyond its end";
	if (file->param >= rec->nparams)
		return "a file of no parameter";
	format = sct_param_type(rec, file->param)->format;
	if (format != SCT_FMT_FD && format != SCT_FMT_DIRFD)
		return "a file of what is no descriptor";
	if (file->len && ((const char *)(file + 1))[file->len - 1])
		return "a path without an end";
	if (file->flags & ~SCT_FF_MASK)
		return "unknown flags of a file";
	d = file_details(file);
	return d ? check_details(rec, d, end - off - ((const __u8 *)d - (const __u8 *)file)) : NULL;
}

static unsigned file_size(const struct sct_fd_file *file)
{
	const struct sct_fd_details *d = file_details(file);

	return sizeof(*file) + SCT_ALIGN8(file->len) + (d ? sizeof(*d) + SCT_ALIGN8(d->len) : 0);
}

static const char *check_files(const struct sct_record *rec, unsigned off, unsigned end)
{
	const char *why;

	while (off < end) {
		why = check_file(rec, off, end);
		if (why)
			return why;
		off += file_size((const void *)((const __u8 *)rec + off));
	}
	return NULL;	/* lengths are multiples of 8: it ends where they do */
}

/* Where its values end, or why that is not known. */
static const char *check_values(const struct sct_record *rec, unsigned end, unsigned *off)
{
	const struct sct_param *params = sct_events[rec->type].params;
	const __u16 *lens = (const __u16 *)(rec + 1), *usual = sct_events[rec->type].lengths;
	const __u8 *base = (const __u8 *)rec;
	unsigned i, n = rec->nparams;
	const char *why;

	for (i = 0; i < n; i++) {
		if (lens[i] && lens[i] != usual[i]) {
			if (*off > end || lens[i] > end - *off)
				return beyond;
			why = check_param(rec, &sct_types[params[i].type], base + *off, lens[i]);
			if (why)
				return why;
		}
		*off += lens[i];
	}
	return NULL;
}

/*
 * Most records are such: of a native call's end, numbers that are all there, and nothing behind
 * them.  To see that, a few words are compared with what the tables say; what is no such record is
 * looked at closely.
 */
static bool is_plain(const struct sct_record *rec)
{
	const __u64 row = 0xffff0000u;	/* little-endian */
	const struct sct_event_row *event = &sct_events[rec->type];
	const __u64 *lens = (const __u64 *)(rec + 1), *usual = (const __u64 *)event->lengths;
	unsigned i;
	__u64 head;

	memcpy(&head, rec, sizeof(head));
	if ((head & ~row) != event->head || (rec->row >= SCT_SYS_MAX && rec->row != SCT_SYS_NONE))
		return false;
	for (i = 0; i < (rec->nparams + 3u) / 4; i++)
		if (lens[i] != usual[i])
			return false;
	return true;
}

/* Apart, or plain records would save registers for it. */
static __attribute__((noinline)) const char *check(const struct sct_record *rec, size_t avail)
{
	const char *why = check_header(rec, avail);
	unsigned end, off;

	if (why)
		return why;
	end = values_end(rec);
	off = SCT_VALUES_OFF(rec->nparams);
	why = check_values(rec, end, &off);
	if (why)
		return why;
	if (off > end)
		return beyond;
	off = SCT_ALIGN8(off);
	if (rec->flags & SCT_RF_FILES)
		return check_files(rec, off, end);
	return off != end ? "values end before it does" : NULL;
}

int sct_record_check(const struct sct_record *rec, size_t avail, const char **why)
{
	*why = NULL;
	if (avail >= sizeof(*rec) && rec->len <= avail && rec->type < SCT_EV_MAX && is_plain(rec))
		return 0;
	*why = check(rec, avail);
	return *why ? -EBADMSG : 0;
}

/* ---- values ---- */

/* Of a number of bytes that a number can have; it may lie anywhere. */
static __u64 number_at(const __u8 *p, unsigned size)
{
	__u64 v = 0;	/* little-endian, as all that we run on */

	switch (size) {
	case 1:
		return *p;
	case 2:
		memcpy(&v, p, 2);
		return v;
	case 4:
		memcpy(&v, p, 4);
		return v;
	default:
		memcpy(&v, p, 8);
		return v;
	}
}

static void value_number(struct sct_value *v, const struct sct_type_row *type, const __u8 *p)
{
	unsigned unused = 64 - 8 * type->info.size;

	v->kind = type->is_signed ? SCT_VALUE_INT : SCT_VALUE_UINT;
	v->u = number_at(p, type->info.size);
	v->i = type->is_signed ? (__s64)(v->u << unused) >> unused : (__s64)v->u;
}

static void value_mmsgs(struct sct_value *v, const __u8 *p, unsigned len)
{
	sct_value_counted(v, SCT_VALUE_MESSAGES, p, len, 1);
	v->i = v->u = v->size;
}

static void value_fds(struct sct_value *v, const __u8 *p, unsigned len)
{
	v->kind = SCT_VALUE_BYTES;
	memcpy(&v->u, p, sizeof(v->u));
	v->i = v->u;
	v->size = bytes_of(v->u);
	v->data = p + sizeof(v->u);
	v->len = len - sizeof(v->u);
}

static void value_tuple(struct sct_value *v, const __u8 *p)
{
	struct sct_tuple tuple;

	memcpy(&tuple, p, sizeof(tuple));
	v->kind = SCT_VALUE_ADDRESSES;
	v->data = p + sizeof(tuple);
	v->len = tuple.llen;
	v->peer = p + sizeof(tuple) + tuple.llen;
	v->peer_len = tuple.rlen;
}

/* Apart, or numbers would save registers for it. */
static __attribute__((noinline)) void
value_data(struct sct_value *v, const struct sct_record *rec, const struct sct_type_row *type,
	   const __u8 *p, unsigned len)
{
	v->data = p;
	v->len = len;
	v->size = len;
	switch (type->format) {
	case SCT_FMT_STR:
		v->kind = SCT_VALUE_STRING;
		v->len = len - 1;
		break;
	case SCT_FMT_STRV:
		v->kind = SCT_VALUE_STRINGS;
		break;
	case SCT_FMT_BYTES:
	case SCT_FMT_CMSG:
		sct_value_counted(v, SCT_VALUE_BYTES, p, len, 1);
		break;
	case SCT_FMT_FDSET:
		value_fds(v, p, len);
		break;
	case SCT_FMT_MMSGS:
		value_mmsgs(v, p, len);
		break;
	case SCT_FMT_STRUCTS:
		sct_value_counted(v, SCT_VALUE_STRUCTS, p, len, sct_object_size(rec, type));
		break;
	case SCT_FMT_STRUCT:
		v->kind = SCT_VALUE_STRUCTS;
		v->size = sct_object_size(rec, type);
		break;
	case SCT_FMT_TIMESPEC:
		v->kind = SCT_VALUE_STRUCTS;
		memcpy(&v->i, p, sizeof(v->i));
		memcpy(&v->u, p + sizeof(v->i), sizeof(v->u));
		break;
	case SCT_FMT_SOCKADDR:
		v->kind = SCT_VALUE_ADDRESS;
		break;
	case SCT_FMT_TUPLE:
		value_tuple(v, p);
		break;
	case SCT_FMT_SIGSET:
		v->kind = SCT_VALUE_UINT;
		memcpy(&v->u, p, sizeof(v->u));
		v->i = v->u;
		break;
	default:
		v->kind = SCT_VALUE_BYTES;
	}
}

/* Where value i begins; lengths are added up once. */
static unsigned offset_of(struct sct_values *values, unsigned i)
{
	const __u16 *lens = (const __u16 *)(values->rec + 1);
	unsigned n = values->noffsets;

	if (n < i) {
		for (; n < i; n++)
			values->offset[n + 1] = values->offset[n] + lens[n];
		values->noffsets = n;
	}
	return values->offset[i];
}

void sct_values_fill(struct sct_values *values, unsigned i)
{
	const struct sct_record *rec = values->rec;
	const struct sct_type_row *type = sct_param_type(rec, i);
	const __u8 *p = (const __u8 *)rec + offset_of(values, i);
	unsigned len = ((const __u16 *)(rec + 1))[i];
	struct sct_value *v = &values->value[i];

	values->known |= 1ull << i;
	*v = (struct sct_value){
		.sz = sizeof(*v),
		.cut = rec->cut >> i & 1,
		.faulted = rec->faulted >> i & 1,
	};
	if (len && type->info.scalar)
		value_number(v, type, p);
	else if (len || (type->format == SCT_FMT_STRV && !v->faulted))
		value_data(v, rec, type, p, len);	/* a list without strings has no bytes */
}

/* The file of a parameter that is a descriptor; NULL: not told. */
static const struct sct_fd_file *file_of(struct sct_values *values, unsigned param)
{
	const struct sct_record *rec = values->rec;
	const __u8 *base = (const __u8 *)rec;
	const struct sct_fd_file *file;
	unsigned off;

	if (!(rec->flags & SCT_RF_FILES))
		return NULL;
	off = SCT_ALIGN8(offset_of(values, rec->nparams));
	for (; off < (unsigned)values_end(rec); off += file_size(file)) {
		file = (const void *)(base + off);
		if (file->param == param)
			return file;
	}
	return NULL;
}

/* As it was then; or now, where the same file is behind that descriptor still. */
static void take_details(struct sct_file *to, const struct sct_fd_file *file,
			 const struct sct_fd_file *now)
{
	const bool same = now && now->ino == file->ino && now->dev == file->dev;
	const struct sct_fd_details *d = file_details(same ? now : file);
	struct sct_value addresses = {};

	if (!d)
		return;
	if (d->mode != SCT_S_IFSOCK) {
		to->device = d->mode == SCT_S_IFBLK ? 'b' : 'c';
		to->number = d->number;
		return;
	}
	to->family = d->family;
	to->type = d->type;
	to->protocol = d->protocol;
	to->peer = d->peer;
	if (d->family == SCT_AF_NETLINK)
		to->port = d->number;
	if (!d->len)
		return;
	value_tuple(&addresses, (const __u8 *)(d + 1));
	to->local = addresses.data;
	to->local_len = addresses.len;
	to->remote = addresses.peer;
	to->remote_len = addresses.peer_len;
}

/*
 * That of an argument is the one when the call began: it may have closed it, or put another in its
 * place.  A socket that is still there tells the address that the call gave it.
 */
int sct_event_file(const struct sct_event *event, unsigned param, struct sct_file *file)
{
	const bool asked_then = event->begun && event->begun->flags & SCT_RF_FILES;
	const struct sct_fd_file *then, *now, *f;
	struct sct_file to = { .sz = file->sz, .path = "" };
	struct sct_decoder *decoder;

	if (param >= event->rec->nparams || file->sz < sizeof(file->sz))
		return -EINVAL;
	if (!sct_event_has_files(event))
		return -ENOENT;
	decoder = sct_event_decode(event);
	then = asked_then ? file_of(sct_values_begun(decoder), param) : NULL;
	if (!then && asked_then && !sct_events[event->rec->type].info.params[param].result)
		return -ENOENT;		/* there was none */
	now = file_of(&decoder->now, param);
	f = then ? then : now;
	if (!f)
		return -ENOENT;
	if (f->len)
		to.path = (const char *)(f + 1);
	to.dev = f->dev;
	to.ino = f->ino;
	to.fs = f->magic;
	to.deleted = f->flags & SCT_FF_DELETED;
	to.cut = (then ? event->begun : event->rec)->cut >> param & 1;
	take_details(&to, f, now);
	memcpy(file, &to, to.sz < sizeof(to) ? to.sz : sizeof(to));
	return 0;
}

int64_t sct_event_duration(const struct sct_event *event)
{
	__s64 took;

	if (!(event->rec->flags & SCT_RF_DURATION))
		return -1;
	memcpy(&took, (const __u8 *)event->rec + event->rec->len - sizeof(took), sizeof(took));
	return took;
}

int sct_next_fd(const struct sct_value *set, int fd)
{
	const __u8 *bits = set->data;
	__u64 max = set->len * 8 < set->u ? set->len * 8 : set->u;

	for (; (__u64)fd < max; fd++)
		if (bits[fd / 8] >> fd % 8 & 1)
			return fd;
	return -1;
}
