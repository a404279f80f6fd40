/* SPDX-License-Identifier: MIT */
/*
 * The tables as user space sees them: events, parameters, types, calls, symbols, struct layouts.
 * Knows nothing of records in memory.  Layer schema: for all layers above util.
 */
#ifndef SCT_SCHEMA_H
#define SCT_SCHEMA_H

#include <linux/types.h>
#include "sctrace.h"
#include "sct_abi.h"

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
#include "syscalls.def"
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

/* ---- structs.def: the layouts of structs ---- */
enum sct_struct_id {
#define STRUCT(name, type, list) SCT_STRUCT_##name,
#include "structs.def"
	SCT_STRUCT_MAX,
};

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

/* ---- ioctls.c ---- */
const char *sct_ioctl_name(__u32 command);	/* "TCGETS", or NULL */

/* Index of the parameter that the call returned, or -1. */
int sct_result_param(const struct sct_event_info *info);

#endif
