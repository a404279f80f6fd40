/* SPDX-License-Identifier: MIT */
/* What the library's files share; not installed. */
#ifndef SCT_INTERNAL_H
#define SCT_INTERNAL_H

#include <linux/types.h>
#include "sctrace.h"
#include "sct_abi.h"
#include "sct_config.h"
#include "buf.h"

/* Boot time to wall clock, as measured at the start of the session. */
struct sct_clock {
	__s64 real_minus_boot;	/* ns */
};

/* A decoded view of a record; the record's bytes stay where they are. */
struct sct_event {
	const struct sct_record *rec;	/* checked by sct_record_check() */
	const struct sct_task *task;	/* or NULL */
	const struct sct_clock *clock;
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

/* ---- pairs.c: the record of a call's entry, until that of its end comes ---- */
struct sct_pairs;
struct sct_pairs *sct_pairs_new(void);
void sct_pairs_free(struct sct_pairs *pairs);
void sct_pairs_clear(struct sct_pairs *pairs);	/* records are missing */
int sct_pairs_begin(struct sct_pairs *pairs, const struct sct_record *rec);
/* That of the entry to the call that ends in rec, now the caller's; NULL: not known. */
struct sct_record *sct_pairs_end(struct sct_pairs *pairs, const struct sct_record *rec);
/*
 * The first parameter from *i on that changed during the call: what it was, as of the type that is
 * returned; NULL when there is no more.
 */
const struct sct_type_row *sct_next_change(const struct sct_event *event, unsigned *i,
					   struct sct_value *before);

/* ---- tasks.c: what task records said, by tid ---- */
struct sct_tasks;
struct sct_tasks *sct_tasks_new(void);
void sct_tasks_free(struct sct_tasks *tasks);
int sct_tasks_learn(struct sct_tasks *tasks, const struct sct_record *task_record);
const struct sct_task *sct_tasks_find(const struct sct_tasks *tasks, pid_t tid);
/*
 * Note which tasks alive() denies now, and forget those whose end was noted before the time that
 * records have been read up to: of the others, events may be waiting in the rings.  Pointers of the
 * current batch stay valid.
 */
void sct_tasks_sweep(struct sct_tasks *tasks, bool (*alive)(pid_t tid), __u64 now, __u64 read);
/* The batch has been handed out: what it alone still pointed to can go. */
void sct_tasks_batch_done(struct sct_tasks *tasks);

/* ---- tables.c ---- */
#define SCT_SOURCE_RESULT 1u	/* what the call returned */
#define SCT_SOURCE_MAYBE  2u	/* not there in every record: after a return, for some arguments */

#define SCT_SOURCE_DETAIL 4u	/* not part of text unless asked for */
#define SCT_SOURCE_ADDRESS 8u	/* nor where the record tells what is there */
#define SCT_SOURCE_REGISTER 16u	/* an argument as such: it stays the same during the call */
#define SCT_SOURCE_MEMORY 32u	/* in the caller's memory, read at entry and at the end */

struct sct_param {
	__u16 type;	/* enum sct_type */
	__u16 source;	/* SCT_SOURCE_* */
};

#define SCT_NO_LENGTH 0xffff	/* which no value has */

struct sct_event_row {
	struct sct_event_info info;
	const struct sct_param *params;
	const __u16 *lengths;	/* of each number; SCT_NO_LENGTH for data; with the padding */
	__u64 head;		/* 0 where there is data; else the record's first 8 bytes without row and flags */
};
extern const struct sct_event_row sct_events[SCT_EV_MAX];

/* By call: SCT_SF_* and SCT_SC_* */
extern const __u32 sct_call_flags[SCT_SYS_MAX];

/* Their numbers for x32, where those are not x86-64's; else 0. */
extern const __u16 sct_x32_numbers[SCT_SYS_MAX];

/* Calls that i386 makes through others. */
struct sct_part_row {
	__u16 row;	/* enum sct_syscall_row */
	__u16 through;	/* the same */
	__u8 via;	/* enum sct_via */
	__u8 number;
	__u8 words;
};
#define SCT_PART(via, number, call, words) + 1
enum { SCT_NPARTS = 0
#include "sct_syscalls.def"
};
extern const struct sct_part_row sct_parts[SCT_NPARTS];

struct sct_type_row {
	struct sct_type_info info;
	__u16 format;	/* enum sct_format */
	__u16 set;	/* enum sct_set */
	__u16 layout;	/* enum sct_struct_id, of structs */
	bool is_signed;
	__u16 object[SCT_ABI_MAX];	/* bytes of a struct */
};
extern const struct sct_type_row sct_types[SCT_T_MAX];

static inline const struct sct_type_row *sct_param_type(const struct sct_record *rec, unsigned i)
{
	return &sct_types[sct_events[rec->type].params[i].type];
}

/* ---- structs.c ---- */
enum sct_struct_id {
#define STRUCT(name, type, list) SCT_STRUCT_##name,
#include "structs.def"
	SCT_STRUCT_MAX,
};

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

/* ---- symbols.c ---- */
enum sct_set {
#define SCT_SET(name, rows) SCT_SET_##name,
#include "symbols.def"
	SCT_SET_MAX,
};

struct sct_symbol {
	const char *name;
	__u64 value;
	__u64 mask;	/* the bits that the symbol is about; all ones in an enum */
};

struct sct_symbol_set {
	const char *name;
	const struct sct_symbol *symbols;
	unsigned n;
};
extern const struct sct_symbol_set sct_sets[SCT_SET_MAX];

/* The name of a value that stands alone, or NULL; size is of the value's type. */
const char *sct_enum_name(enum sct_set set, __u64 value, unsigned size);

/* Walks the names in a flag value; what no name has taken in the end has none. */
struct sct_flags {
	__u64 value;
	__u64 taken;
	unsigned i;
};
/* The next name, or NULL behind the last. */
const char *sct_flag_next(enum sct_set set, struct sct_flags *flags);
/* What FUTEX_WAKE_OP's number is made of, each part with names, or a number. */
#define SCT_WAKE_PARTS 4
struct sct_wake_part {
	const char *name;
	enum sct_set set;
	unsigned shift, mask;
};
extern const struct sct_wake_part sct_wake_parts[SCT_WAKE_PARTS];
const char *sct_errno_name(int err);	/* "ENOENT", or NULL */
const char *sct_signal_name(int sig, char buf[16]);	/* "SIGINT", "SIGRT_3", or NULL */

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

/* ---- ioctls.c ---- */
const char *sct_ioctl_name(__u32 command);	/* "TCGETS", or NULL */

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

/* ---- text.c, text_value.c, text_file.c, json.c ---- */
/* What /proc calls such a file: a path, or "socket:[12345]". */
void sct_text_file(struct sct_buf *buf, const struct sct_file *file);
void sct_text_value(struct sct_buf *buf, const struct sct_event *event, unsigned param,
		    unsigned max_string);
/* The line behind the time and the task, without a newline. */
void sct_text_event(struct sct_buf *buf, const struct sct_event *event,
		    const struct sct_print_options *options);
void sct_text_task(struct sct_buf *buf, const struct sct_event *event);
int sct_json_event(struct sct_buf *buf, const struct sct_event *event);

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

/* Index of the parameter that the call returned, or -1. */
int sct_result_param(const struct sct_event_info *info);

#endif
