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

const char *sct_bytes_check(const __u8 *v, unsigned len)
{
	__u64 count;

	if (len < sizeof(count))
		return "data without a size";
	memcpy(&count, v, sizeof(count));
	return count < len - sizeof(count) ? "more data than its size says" : NULL;
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

const __u8 *sct_record_param(const struct sct_record *rec, unsigned i, unsigned *len)
{
	const __u16 *lens = (const __u16 *)(rec + 1);
	size_t off = SCT_VALUES_OFF(rec->nparams);
	unsigned n;

	for (n = 0; n < i; n++)
		off += lens[n];
	*len = lens[i];
	return (const __u8 *)rec + off;
}

const struct sct_fd_file *sct_record_file(const struct sct_record *rec, unsigned param)
{
	const __u8 *base = (const __u8 *)rec;
	const struct sct_fd_file *file;
	unsigned off, len;

	if (!(rec->flags & SCT_RF_FILES))
		return NULL;
	off = SCT_ALIGN8(sct_record_param(rec, rec->nparams - 1, &len) - base + len);
	for (; off < (unsigned)values_end(rec); off += file_size(file)) {
		file = (const void *)(base + off);
		if (file->param == param)
			return file;
	}
	return NULL;
}

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

void sct_value_counted(struct sct_value *v, enum sct_value_kind kind, const __u8 *p,
		       unsigned len, unsigned size)
{
	v->kind = kind;
	memcpy(&v->size, p, sizeof(v->size));
	v->size = v->size > ~0ull / size ? ~0ull : v->size * size;
	v->data = p + sizeof(v->size);
	v->len = len - sizeof(v->size);
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

static void value_data(struct sct_value *v, const struct sct_record *rec,
		       const struct sct_type_row *type, const __u8 *p, unsigned len)
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

void sct_value_get(const struct sct_record *rec, unsigned i, struct sct_value *v)
{
	const struct sct_type_row *type = sct_param_type(rec, i);
	unsigned len;
	const __u8 *p = sct_record_param(rec, i, &len);

	*v = (struct sct_value){
		.sz = sizeof(*v),
		.cut = rec->cut >> i & 1,
		.faulted = rec->faulted >> i & 1,
	};
	/* a list without strings has no bytes, as one that is not available */
	if (!len && (type->format != SCT_FMT_STRV || v->faulted))
		return;
	if (type->info.scalar)
		value_number(v, type, p);
	else
		value_data(v, rec, type, p, len);
}

int sct_event_value(const struct sct_event *event, unsigned param, struct sct_value *value)
{
	struct sct_value v;
	size_t sz = value->sz;

	if (param >= event->rec->nparams || sz < sizeof(value->sz))
		return -EINVAL;
	sct_value_get(event->rec, param, &v);
	v.sz = sz;
	memcpy(value, &v, sz < sizeof(v) ? sz : sizeof(v));
	return 0;
}

int sct_event_arg(const struct sct_event *event, const char *name, struct sct_value *value)
{
	const struct sct_event_info *info = sct_event_info(event);
	unsigned i;

	for (i = 0; i < info->nparams; i++)
		if (!strcmp(info->params[i].name, name))
			return sct_event_value(event, i, value);
	return -ENOENT;
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
	const struct sct_fd_file *f = NULL;
	struct sct_file to = { .sz = file->sz, .path = "" };
	const struct sct_record *rec = event->begun;

	if (param >= event->rec->nparams || file->sz < sizeof(file->sz))
		return -EINVAL;
	if (rec)
		f = sct_record_file(rec, param);
	if (!f && rec && rec->flags & SCT_RF_FILES && !sct_event_info(event)->params[param].result)
		return -ENOENT;		/* there was none */
	if (!f) {
		rec = event->rec;
		f = sct_record_file(rec, param);
	}
	if (!f)
		return -ENOENT;
	if (f->len)
		to.path = (const char *)(f + 1);
	to.dev = f->dev;
	to.ino = f->ino;
	to.fs = f->magic;
	to.deleted = f->flags & SCT_FF_DELETED;
	to.cut = rec->cut >> param & 1;
	take_details(&to, f, sct_record_file(event->rec, param));
	memcpy(file, &to, to.sz < sizeof(to) ? to.sz : sizeof(to));
	return 0;
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

/* ---- what an event is ---- */

const struct sct_event_info *sct_event_info(const struct sct_event *event)
{
	return &sct_events[event->rec->type].info;
}

const struct sct_syscall_info *sct_event_call(const struct sct_event *event)
{
	return sct_event_info(event)->is_call ? sct_syscall_at(event->rec->row) : NULL;
}

const char *sct_event_name(const struct sct_event *event)
{
	const struct sct_syscall_info *call = sct_event_call(event);

	return call ? call->name : sct_event_info(event)->name;
}

bool sct_event_is_enter(const struct sct_event *event)
{
	return event->rec->flags & SCT_RF_ENTER;
}

_Static_assert((int)SCT_EVENT_X86_64 == SCT_ABI_NATIVE && (int)SCT_EVENT_I386 == SCT_ABI_IA32 &&
	       (int)SCT_EVENT_X32 == SCT_ABI_X32, "the public ABI numbers are the record's");

enum sct_event_abi sct_event_abi(const struct sct_event *event)
{
	return (enum sct_event_abi)(event->rec->flags & SCT_RF_ABI_MASK);
}

uint64_t sct_event_ts(const struct sct_event *event)
{
	return event->rec->ts;
}

uint64_t sct_event_realtime(const struct sct_event *event)
{
	return event->rec->ts + event->real_minus_boot;
}

unsigned sct_event_cpu(const struct sct_event *event)
{
	return event->cpu;
}

uint64_t sct_event_seq(const struct sct_event *event)
{
	return event->rec->seq;
}

pid_t sct_event_tid(const struct sct_event *event)
{
	return event->rec->tid;
}

pid_t sct_event_tgid(const struct sct_event *event)
{
	return event->rec->tgid;
}

uint64_t sct_event_cgroup_id(const struct sct_event *event)
{
	return event->rec->cgroup;
}

const struct sct_task *sct_event_task(const struct sct_event *event)
{
	return event->task;
}

int64_t sct_event_duration(const struct sct_event *event)
{
	__s64 took;

	if (!(event->rec->flags & SCT_RF_DURATION))
		return -1;
	memcpy(&took, (const __u8 *)event->rec + event->rec->len - sizeof(took), sizeof(took));
	return took;
}

/* By the number that the caller passes, with the mark of an ABI. */
static const struct sct_syscall_info *call_of(enum sct_event_abi abi, __s64 nr)
{
	const struct sct_syscall_info *call;
	unsigned i;

	if (abi != SCT_EVENT_I386 && nr >= SCT_X32_BIT)
		nr -= SCT_X32_BIT;
	for (i = 0; (call = sct_syscall_at(i)); i++)
		if (call->nr[abi == SCT_EVENT_I386] == nr && nr >= 0)
			return call;
	return NULL;
}

int sct_event_shown(const struct sct_event *event, int64_t *nr, const struct sct_syscall_info **call)
{
	if (!(event->rec->flags & SCT_RF_CHANGED))
		return -ENOENT;
	memcpy(nr, (const __u8 *)event->rec + values_end(event->rec), sizeof(*nr));
	*call = call_of(sct_event_abi(event), *nr);
	return 0;
}

uint64_t sct_event_lost(const struct sct_event *event)
{
	struct sct_value lost;

	if (event->rec->type != SCT_EV_loss)
		return 0;
	sct_value_get(event->rec, SCT_PARAM(loss, lost), &lost);
	return lost.u;
}
