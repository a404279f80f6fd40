/* SPDX-License-Identifier: MIT */
/*
 * Records: the check that all else relies on, and the values of their parameters.
 * Knows no session, no source and no time of day.  Layer decode, on schema.
 */
#ifndef SCT_DECODE_H
#define SCT_DECODE_H

#include "schema.h"
#include "util.h"

/* A decoded view of a record; the record's bytes stay where they are. */
struct sct_event {
	const struct sct_record *rec;	/* checked by sct_record_check() */
	const struct sct_task *task;	/* or NULL */
	__s64 real_minus_boot;		/* ns from the record's clock to the wall clock */
	__u64 seq;			/* see sct_event_seq() */
	struct sct_record *begun;	/* that of the call's entry, where it was kept; the event's own */
	unsigned cpu;
};

/*
 * Is the record, of which avail bytes can be read, whole and in itself consistent?  0, or -EBADMSG
 * with a sentence in why (static).  Everything else in the library trusts checked records.
 */
int sct_record_check(const struct sct_record *rec, size_t avail, const char **why);

/* Value bytes of parameter i of a checked record, and their number. */
const __u8 *sct_record_param(const struct sct_record *rec, unsigned i, unsigned *len);
/* The file of a parameter that is a descriptor; NULL: not told. */
const struct sct_fd_file *sct_record_file(const struct sct_record *rec, unsigned param);
/* The same, typed; see sct_event_value(). */
void sct_value_get(const struct sct_record *rec, unsigned i, struct sct_value *v);
/*
 * Of len bytes at p, laid out as type BYTES is: why they are not, or NULL; and, when they are, what
 * they hold.  The program had as many objects, of that size, as their number says.
 */
const char *sct_bytes_check(const __u8 *p, unsigned len);
void sct_value_counted(struct sct_value *v, enum sct_value_kind kind, const __u8 *p,
		       unsigned len, unsigned size);
/* The first descriptor of a set from fd on, or -1. */
int sct_next_fd(const struct sct_value *set, int fd);

/* The call; NULL for a number that the tables do not have, and for what is no call. */
const struct sct_syscall_info *sct_event_call(const struct sct_event *event);

/*
 * The first parameter from *i on that changed during the call: what it was, as of the type that is
 * returned; NULL when there is no more.
 */
const struct sct_type_row *sct_next_change(const struct sct_event *event, unsigned *i,
					   struct sct_value *before);

static inline const struct sct_type_row *sct_param_type(const struct sct_record *rec, unsigned i)
{
	return &sct_types[sct_events[rec->type].params[i].type];
}

/* Bytes of one struct of the type in the caller's memory. */
unsigned sct_object_size(const struct sct_record *rec, const struct sct_type_row *type);
/* Has its struct one field, as which it prints? */
bool sct_is_single(const struct sct_type_row *type);
/* The value of a type that lies in n bytes of the caller's memory. */
void sct_value_at(const struct sct_record *rec, const struct sct_type_row *type, const __u8 *p,
		  unsigned n, struct sct_value *v);
/*
 * Field i of a struct, of which len bytes are here: its name, NULL behind the last one; its type;
 * its value, of kind NONE where it is not here.  A time has its seconds in i and the rest in u.
 */
const char *sct_field_get(const struct sct_record *rec, const struct sct_type_row *type,
			  const __u8 *object, unsigned len, unsigned i,
			  const struct sct_type_row **field_type, struct sct_value *v);

/* ---- variants.c: types that another parameter chooses ---- */
/* The parameter's value, as of the type that is returned: not always the table's. */
const struct sct_type_row *sct_decode(const struct sct_record *rec, unsigned i, struct sct_value *v);
/* The same of a value that sct_value_get() gave, of this record or of the one of the call's entry. */
const struct sct_type_row *sct_decode_as(const struct sct_record *rec, unsigned i,
					  struct sct_value *v);
/* What a type is where something of type as has the value. */
const struct sct_type_row *sct_variant(enum sct_type type, enum sct_type as, __u64 value);
/* Bytes as what a type makes of them; as they are where that is nothing, or too little. */
void sct_reread(const struct sct_record *rec, const struct sct_type_row *type, struct sct_value *v);

/* ---- cmsg.c: ancillary data ---- */
struct sct_cmsg {
	const struct sct_type_row *type_type, *data_type;
	struct sct_value level, type, data;	/* level is of type SOCK_LEVEL */
};
/* The message at *pos of all, which moves on; false behind the last that is whole enough. */
bool sct_cmsg_next(const struct sct_record *rec, const struct sct_value *all, size_t *pos,
		   struct sct_cmsg *msg);

/* ---- mmsg.c: vectors of messages ---- */
/* NULL, or what is wrong with such a value. */
const char *sct_mmsgs_check(const __u8 *p, size_t len);
/* The message at *pos of all, which moves on; false behind the last. */
bool sct_mmsg_next(const struct sct_value *all, size_t *pos, struct sct_message *msg);
/* What struct sct_message has, in the order in which it prints, and of which type that is. */
#define SCT_MMSG_PARTS(X) \
	X(addr, SOCKADDR) X(data, BYTES) X(control, CMSG) X(flags, MSG_FLAGS) X(len, U32)

/* ---- addr.c: a struct sockaddr taken apart ---- */
struct sct_addr {
	unsigned family;
	const char *family_name;	/* "AF_INET", or NULL */
	bool inet;			/* host, port, scope */
	bool local;			/* AF_UNIX: path, path_len */
	bool abstract;			/* path is a name without a file, without its leading NUL */
	char host[48];
	unsigned port;
	__u32 scope, flowinfo;		/* of an IPv6 address, 0 for none */
	const char *path;
	size_t path_len;
	const struct sct_type_row *fields;	/* of other families: the struct that it is, or NULL */
};
/* false when it is too short to have a family; neither of the three when not understood. */
bool sct_addr_parse(struct sct_addr *addr, const void *data, size_t len);
/* Addresses that are bytes of a type, as text: of IP, of hardware; NULL: they are none, or too few. */
#define SCT_ADDR_TEXT 48
const char *sct_addr_text(const struct sct_type_row *type, const void *data, size_t len,
			  char text[SCT_ADDR_TEXT]);

/* Is this what a call returns when it fails?  Unsigned types (UID, GID) never are. */
static inline bool sct_is_error(const struct sct_value *v)
{
	return v->kind == SCT_VALUE_INT && v->i < 0 && v->i >= -4095;
}

/* A number in network order, of 2 or 4 bytes. */
static inline __u64 sct_net_number(__u64 v, unsigned size)
{
	return size == 2 ? __builtin_bswap16(v) : __builtin_bswap32(v);
}

/* A device number: as the kernel keeps it, 12 and 20 bits, and as it passes it to programs. */
static inline __u32 sct_kdev_major(__u32 dev) { return dev >> 20; }
static inline __u32 sct_kdev_minor(__u32 dev) { return dev & 0xfffff; }
static inline __u32 sct_udev_major(__u32 dev) { return dev >> 8 & 0xfff; }
static inline __u32 sct_udev_minor(__u32 dev) { return (dev & 0xff) | (dev >> 12 & 0xfff00); }

#endif
