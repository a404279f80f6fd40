// SPDX-License-Identifier: MIT
/* Structs as their callers have them: the fields, each a value of its own. */
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <utime.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <linux/aio_abi.h>
#include <linux/blkpg.h>
#include <linux/blktrace_api.h>
#include <linux/blkzoned.h>
#include <linux/btrfs.h>
#include <linux/counter.h>
#include <linux/dm-ioctl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/fscrypt.h>
#include <linux/fsverity.h>
#include <linux/futex.h>
#include <linux/gpio.h>
#include <linux/hdreg.h>
#include <linux/if_tun.h>
#include <linux/input.h>
#include <linux/kd.h>
#include <linux/kvm.h>
#include <linux/loop.h>
#include <linux/mount.h>
#include <linux/msg.h>
#include <linux/ptp_clock.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/sem.h>
#include <linux/serial.h>
#include <linux/shm.h>
#include <linux/tee.h>
#include <linux/userfaultfd.h>
#include <linux/utsname.h>
#include <linux/videodev2.h>
#include <linux/watchdog.h>
#include <mtd/mtd-abi.h>
#include <mtd/ubi-user.h>
#include <scsi/sg.h>
#include "decode.h"

#define LAYOUT_NATIVE 0
#define LAYOUT_IA32   1

struct sct_field {
	const char *name;	/* NULL behind the last */
	__u16 type;		/* enum sct_type */
	bool returned;		/* not there at entry */
	const char *tag;	/* there when that field is one of values, bits */
	__u32 values;
	struct {
		__u16 off, size;
	} at[2];		/* LAYOUT_* */
};

#define BIT(n)	(1u << (n))
#define FIELD(member, type, returned, off, size, tag, values)					\
	{ #member, SCT_T_##type, returned, tag, values,						\
	  { { offsetof(ctype, member), sizeof(((ctype *)0)->member) }, { off, size } } },
#define F(member, type, off, size) FIELD(member, type, false, off, size, NULL, 0)
#define A(member, type, off, size) FIELD(member, type, false, off, size, NULL, 0)
#define R(member, type, off, size) FIELD(member, type, true, off, size, NULL, 0)
#define U(member, type, off, size, tag, values) FIELD(member, type, false, off, size, #tag, values)
#define STRUCT(id, type, list)						\
	static const struct sct_field *fields_##id(void)		\
	{								\
		typedef type ctype __attribute__((unused));		\
		static const struct sct_field fields[] = { list { .name = NULL } };	\
									\
		return fields;						\
	}
#include "structs.def"

/* ---- one struct ---- */

static const struct sct_field *fields_of(enum sct_struct_id id)
{
	switch (id) {
#define STRUCT(id, type, list)						\
	case SCT_STRUCT_##id:						\
		return fields_##id();
#include "structs.def"
	case SCT_STRUCT_MAX:
		break;
	}
	return NULL;
}

unsigned sct_object_size(const struct sct_record *rec, const struct sct_type_row *type)
{
	unsigned abi = rec->flags & SCT_RF_ABI_MASK;

	if (abi == SCT_ABI_IA32 && rec->flags & SCT_RF_TIME64)
		abi = SCT_ABI_NATIVE;
	return type->object[abi];
}

/* What is not of the native size has the layout of i386. */
static unsigned layout_of(const struct sct_record *rec, const struct sct_type_row *type)
{
	unsigned abi = rec->flags & SCT_RF_ABI_MASK;

	if (abi == SCT_ABI_NATIVE || (abi == SCT_ABI_IA32 && rec->flags & SCT_RF_TIME64) ||
	    (abi == SCT_ABI_X32 && type->object[abi] == type->object[SCT_ABI_NATIVE]))
		return LAYOUT_NATIVE;
	return LAYOUT_IA32;
}

/* Two numbers of a time, each half of its n bytes. */
static void get_time(struct sct_value *v, const __u8 *p, unsigned n)
{
	__s64 wide[2];
	__s32 narrow[2];

	if (n == sizeof(wide)) {
		memcpy(wide, p, n);
		v->i = wide[0];
		v->u = wide[1];
	} else {
		memcpy(narrow, p, sizeof(narrow));
		v->i = narrow[0];
		v->u = (__s64)narrow[1];
	}
}

static void get_structs(struct sct_value *v, const struct sct_record *rec,
			const struct sct_type_row *type, unsigned n)
{
	unsigned size = sct_object_size(rec, type);

	v->kind = SCT_VALUE_STRUCTS;
	if (type->format == SCT_FMT_STRUCTS) {
		v->len = n - n % size;
	} else {
		v->len = n < size ? n : size;
		v->size = size;
	}
}

static void get_data(struct sct_value *v, const struct sct_record *rec,
		     const struct sct_type_row *type, const __u8 *p, unsigned n)
{
	v->data = p;
	v->len = n;
	v->size = n;
	switch (type->format) {
	case SCT_FMT_STR:
		v->kind = SCT_VALUE_STRING;
		v->len = strnlen((const char *)p, n);
		break;
	case SCT_FMT_SOCKADDR:
		v->kind = SCT_VALUE_ADDRESS;
		break;
	case SCT_FMT_SIGSET:
		v->kind = SCT_VALUE_UINT;
		memcpy(&v->u, p, n < sizeof(v->u) ? n : sizeof(v->u));
		v->i = v->u;
		break;
	case SCT_FMT_TIMESPEC:
	case SCT_FMT_TIMEVAL:
		v->kind = SCT_VALUE_STRUCTS;
		get_time(v, p, n);
		break;
	case SCT_FMT_STRUCT:
	case SCT_FMT_STRUCTS:
		get_structs(v, rec, type, n);
		break;
	default:
		v->kind = SCT_VALUE_BYTES;
	}
}

/* A number as wide as its field is, with the sign that its type has. */
static void get_number(struct sct_value *v, const struct sct_type_row *type, const __u8 *p, unsigned n)
{
	unsigned unused = 64 - 8 * n;

	v->kind = type->is_signed ? SCT_VALUE_INT : SCT_VALUE_UINT;
	memcpy(&v->u, p, n);
	v->i = type->is_signed ? (__s64)(v->u << unused) >> unused : (__s64)v->u;
}

void sct_value_at(const struct sct_record *rec, const struct sct_type_row *type, const __u8 *p,
		  unsigned n, struct sct_value *v)
{
	if (type->info.scalar)
		get_number(v, type, p, n);
	else
		get_data(v, rec, type, p, n);
}

/* Is it there, as what the field that is its tag says? */
static bool is_member(const struct sct_field *f, const struct sct_field *fields, unsigned layout,
		      const __u8 *object, unsigned len)
{
	__u32 value;

	if (!f->tag)
		return true;
	while (strcmp(fields->name, f->tag))
		fields++;
	if (fields->at[layout].off + sizeof(value) > len)
		return false;
	memcpy(&value, object + fields->at[layout].off, sizeof(value));
	return value < 32 && f->values >> value & 1;
}

const char *sct_field_get(const struct sct_record *rec, const struct sct_type_row *type,
			  const __u8 *object, unsigned len, unsigned i,
			  const struct sct_type_row **field_type, struct sct_value *v)
{
	const struct sct_field *fields = fields_of(type->layout), *f = fields;
	unsigned layout = layout_of(rec, type), n, off;

	for (; f->name && i; f++)
		i--;
	*v = (struct sct_value){ .sz = sizeof(*v) };
	if (!f->name)
		return NULL;
	off = f->at[layout].off;
	n = f->at[layout].size;
	*field_type = &sct_types[f->type];
	if ((*field_type)->format == SCT_FMT_STR && off < len && off + n > len)
		n = len - off;	/* a name may be shorter than its room */
	if (off + n > len || (f->returned && rec->flags & SCT_RF_ENTER) ||
	    !is_member(f, fields, layout, object, len))
		return f->name;
	sct_value_at(rec, *field_type, object + off, n, v);
	return f->name;
}

bool sct_is_single(const struct sct_type_row *type)
{
	return !fields_of(type->layout)[1].name;
}

int sct_event_field(const struct sct_event *event, unsigned param, unsigned element, unsigned field,
		    const char **name, struct sct_value *value)
{
	const struct sct_type_row *type, *field_type;
	const struct sct_value *all;
	struct sct_value v;
	size_t sz = value->sz, at;
	unsigned size;

	if (param >= event->rec->nparams || sz < sizeof(value->sz))
		return -EINVAL;
	all = sct_typed(sct_event_decode(event), param, &type);
	size = sct_object_size(event->rec, type);
	at = (size_t)element * size;
	if (!type->layout || at >= all->len)
		return -ENOENT;
	*name = sct_field_get(event->rec, type, (const __u8 *)all->data + at,
			      all->len - at < size ? all->len - at : size, field, &field_type, &v);
	if (!*name)
		return -ENOENT;
	v.sz = sz;
	memcpy(value, &v, sz < sizeof(v) ? sz : sizeof(v));
	return 0;
}
