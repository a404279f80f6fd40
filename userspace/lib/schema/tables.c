// SPDX-License-Identifier: MIT
/* The tables as user space sees them: every row of common/ expanded into its description. */
#include <string.h>
#include "schema.h"
#include "sct_config.h"
#include "sct_digest.h"
#include "sct_version.h"

#define X(fmt, name) static const char format_##fmt[] __attribute__((unused)) = name;
SCT_FORMATS(X)
#undef X

#define X(cat, name) static const char category_##cat[] __attribute__((unused)) = name;
SCT_CATEGORIES(X)
#undef X

/* ---- types ---- */

#define SYMBOLS(set)  (SCT_SET_##set == SCT_SET_none ? NULL : #set)
#define SIGNED(ctype) ((ctype)-1 < (ctype)1)

const struct sct_type_row sct_types[SCT_T_MAX] = {
#define SCT_SCALAR(tok, ctype, fmt, syms, doc)							\
	[SCT_T_##tok] = {									\
		.info = { #tok, format_##fmt, sizeof(ctype), true, SYMBOLS(syms), doc },	\
		.format = SCT_FMT_##fmt, .set = SCT_SET_##syms, .is_signed = SIGNED(ctype),	\
	},
#define SCT_DATA(tok, max, fmt, syms, doc)							\
	[SCT_T_##tok] = {									\
		.info = { #tok, format_##fmt, max, false, SYMBOLS(syms), doc },			\
		.format = SCT_FMT_##fmt, .set = SCT_SET_##syms,					\
	},
#define OBJECT(tok, max, fmt, native, ia32, x32, name, doc)					\
	[SCT_T_##tok] = {									\
		.info = { #tok, format_##fmt, max, false, NULL, doc },				\
		.format = SCT_FMT_##fmt, .layout = SCT_STRUCT_##name,				\
		.object = { native, ia32, x32 },						\
	},
#define SCT_STRUCT(tok, native, ia32, x32, name, doc) \
	OBJECT(tok, SCT_SIZE_##tok, STRUCT, native, ia32, x32, name, doc)
#define SCT_STRUCTS(tok, max, native, ia32, x32, name, doc) \
	OBJECT(tok, SCT_SIZE_##tok, STRUCTS, native, ia32, x32, name, doc)
#include "types.def"
};

/* ---- events ---- */

/*
 * Of what is put, these are not the caller's memory, but of his task: the second of two, where
 * there is one.
 */
#define HELD_cwd      , 0
#define HELD_comm     , 0
#define HELD_cgroups  , 0
#define HELD_exe_path , 0
#define HELD_mm_exe   , 0
#define HELD_mm_args  , 0
#define SECOND(...)	SECOND_(__VA_ARGS__)
#define SECOND_(a, b, ...) b

/* What each form of source says about its parameter: SCT_SOURCE_*. */
#define SOURCE_RET	      (SCT_SOURCE_RESULT | SCT_SOURCE_MAYBE)
#define SOURCE_ARG(i)	      SCT_SOURCE_REGISTER
#define SOURCE_USTR(i)	      SCT_SOURCE_MEMORY
#define SOURCE_UBUF(i, n)     SCT_SOURCE_MEMORY
#define SOURCE_UOBJ(i)	      0
#define SOURCE_PAIR(i, j)     0
#define SOURCE_ALT(i, j)      0
#define SOURCE_ID(i)	      0
#define SOURCE_TIME(i)	      0
#define SOURCE_UARRAY(i, n)   0
#define SOURCE_UFIELD(i, off) 0
#define SOURCE_VAL(fn)	      0
#define SOURCE_PUTA(...)      SCT_SOURCE_MEMORY
#define SOURCE_PUT(fn)	      SECOND(HELD_##fn, SCT_SOURCE_MEMORY, )
#define SOURCE_USTR_X(i)	SCT_SOURCE_MAYBE
#define SOURCE_UBUF_RET(i)	SCT_SOURCE_MAYBE
#define SOURCE_UOBJ_X(i)	SCT_SOURCE_MAYBE
#define SOURCE_TIME_X(i)	SCT_SOURCE_MAYBE
#define SOURCE_UARRAY_X(i, n)	SCT_SOURCE_MAYBE
#define SOURCE_UFIELD_X(i, off)	SCT_SOURCE_MAYBE
#define SOURCE_VAL_X(fn)	SCT_SOURCE_MAYBE
#define SOURCE_PUT_X(fn)	SCT_SOURCE_MAYBE
#define SOURCE_PUTA_X(...)	SCT_SOURCE_MAYBE
#define SOURCE_POINTED(i, what)	SCT_SOURCE_MAYBE
#define SOURCE_POINTED_AT(p, what) SCT_SOURCE_MAYBE
#define SOURCE_IF(c, source)	(SCT_SOURCE_MAYBE | SOURCE_##source)
#define SOURCE_NONE		SCT_SOURCE_MAYBE
#define SOURCE_CODE		(SCT_SOURCE_MAYBE | SCT_SOURCE_MEMORY)

#define P(name, type, source) { #name, #type, !!(SOURCE_##source & SCT_SOURCE_RESULT) },
#define SCT_EVENT(id, name, cat, flags, filler, ...) \
	static const struct sct_param_info infos_##id[] = { __VA_ARGS__ };
#include "events.def"
#undef P

#define P(name, type, source)	   { SCT_T_##type, SOURCE_##source },
#define DETAIL(name, type, source) { SCT_T_##type, SOURCE_##source | SCT_SOURCE_DETAIL },
#define ADDRESS(name, type, source) { SCT_T_##type, SOURCE_##source | SCT_SOURCE_ADDRESS },
#define SCT_EVENT(id, name, cat, flags, filler, ...) \
	static const struct sct_param params_##id[] = { __VA_ARGS__ };
#include "events.def"
#undef P

#define SCT_SCALAR(tok, ctype, fmt, syms, doc) enum { length_##tok = sizeof(ctype) };
#define SCT_DATA(tok, max, fmt, syms, doc) enum { length_##tok = SCT_NO_LENGTH };
#include "types.def"

#define SCT_LENGTHS(id) (SCT_ALIGN8(2u * SCT_NPARAMS(id)) / 2u)
#define P(name, type, source) length_##type,
#define SCT_EVENT(id, name, cat, flags, filler, ...) \
	static const __u16 lengths_##id[SCT_LENGTHS(id)] __attribute__((aligned(8))) = { __VA_ARGS__ };
#include "events.def"
#undef P

#define P(name, type, source) + length_##type
#define SCT_EVENT(id, name, cat, flags, filler, ...) enum { size_##id = 0 __VA_ARGS__ };
#include "events.def"
#undef P
#define SCT_HEAD(id) (SCT_ALIGN8(SCT_VALUES_OFF(SCT_NPARAMS(id)) + size_##id) | (__u64)SCT_EV_##id << 32 | \
		      (__u64)SCT_NPARAMS(id) << 48)

#define EVENT(id, name, cat, call, def)								\
	[SCT_EV_##id] = {									\
		.info = { SCT_EV_##id, name, category_##cat, call, def, SCT_NPARAMS(id),	\
			  infos_##id },								\
		.params = params_##id,								\
		.lengths = lengths_##id,							\
		.head = size_##id < SCT_NO_LENGTH ? SCT_HEAD(id) : 0,				\
	},
const struct sct_event_row sct_events[SCT_EV_MAX] = {
#define SCT_EVENT(id, name, cat, flags, filler, params) \
	EVENT(id, name, cat, true, !((flags) & SCT_EF_OPTIN))
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params) \
	EVENT(id, name, cat, false, !((flags) & SCT_EF_OPTIN))
#define SCT_META(id, name, cat, flags, filler, params) \
	EVENT(id, name, cat, false, false)
#include "events.def"
};

/* ---- system calls ---- */

static const struct sct_syscall_info syscalls[SCT_SYS_MAX] = {
#define SCT_SYSCALL(name, x86_64, i386, arm64, flags, event)		\
	[SCT_SYS_##name] = {						\
		#name, &sct_events[SCT_EV_##event].info, { x86_64, i386, arm64 },	\
		!!((flags) & SCT_SF_ENTER),				\
	},
#include "syscalls.def"
};

const __u32 sct_call_flags[SCT_SYS_MAX] = {
#define SCT_SYSCALL(name, x86_64, i386, arm64, flags, event) [SCT_SYS_##name] = (flags),
#include "syscalls.def"
};

const __u16 sct_x32_numbers[SCT_SYS_MAX] = {
#define SCT_X32(number, call) [SCT_SYS_##call] = number,
#include "syscalls.def"
};

const struct sct_part_row sct_parts[SCT_NPARTS] = {
#define SCT_PART(via, number, call, words) \
	{ SCT_SYS_##call, SCT_SYS_##via, SCT_VIA_##via, number, words },
#include "syscalls.def"
};

/* ---- look-up ---- */

const struct sct_event_info *sct_event_at(unsigned i)
{
	return i < SCT_EV_MAX ? &sct_events[i].info : NULL;
}

const struct sct_type_info *sct_type_at(unsigned i)
{
	return i < SCT_T_MAX ? &sct_types[i].info : NULL;
}

const struct sct_syscall_info *sct_syscall_at(unsigned i)
{
	return i < SCT_SYS_MAX ? &syscalls[i] : NULL;
}

const struct sct_event_info *sct_event_by_name(const char *name)
{
	const struct sct_event_info *e;
	unsigned i;

	for (i = 0; (e = sct_event_at(i)); i++)
		if (!strcmp(e->name, name))
			break;
	return e;
}

const struct sct_type_info *sct_type_by_name(const char *token)
{
	const struct sct_type_info *t;
	unsigned i;

	for (i = 0; (t = sct_type_at(i)); i++)
		if (!strcmp(t->token, token))
			break;
	return t;
}

const struct sct_syscall_info *sct_syscall_by_name(const char *name)
{
	const struct sct_syscall_info *s;
	unsigned i;

	for (i = 0; (s = sct_syscall_at(i)); i++)
		if (!strcmp(s->name, name))
			break;
	return s;
}

int sct_result_param(const struct sct_event_info *info)
{
	unsigned i;

	for (i = 0; i < info->nparams; i++)
		if (info->params[i].result)
			return i;
	return -1;
}

/* ---- which library, which tables ---- */

const char *sct_version(void)
{
	return SCT_VERSION;
}

uint64_t sct_digest(void)
{
	return sct_digest_of(sct_tables_text, sizeof(sct_tables_text));
}
