// SPDX-License-Identifier: MIT
/* Values whose type another parameter chooses: a command, an option, a family. */
#include <string.h>
#include "decode.h"
#include "commands.def"
#include "constants.h"	/* last: has macros that are called like our types */

/* The numbers that the kernel side goes by; those of ioctl(2) are in ioctls.c. */
#define C(name, number, dir, type) _Static_assert(number == (name), #name);
#define LIST(list) list(C)
SCT_OTHER_COMMANDS(LIST)
#undef LIST
#undef C

enum choice_kind { CHOICE_END, CHOICE_BY, CHOICE_IS, CHOICE_ELSE, CHOICE_REST };

struct choice {
	enum choice_kind kind;
	__u16 type;	/* what it is then; of BY, the chooser's in the table, */
	__u16 as;	/* and what that has to be itself */
	__u64 value;	/* of BY, those bits of it that count */
};

/* As symbols.c has them. */
#define V(name)		  (sizeof(name) == 4 ? (__u64)(__u32)(unsigned long)(name) : (__u64)(name))
#define BY(chooser)	  BITS(chooser, ~0ull)
#define BITS(chooser, mask) { CHOICE_BY, SCT_T_##chooser, SCT_T_##chooser, V(mask) },
#define WHERE(chooser, other) { CHOICE_BY, SCT_T_##chooser, SCT_T_##other, ~0ull },
#define W(name, to)	  { CHOICE_IS, SCT_T_##to, 0, V(name) },
#define ELSE(to)	  { CHOICE_ELSE, SCT_T_##to, 0, 0 },
#define REST(to)	  { CHOICE_REST, SCT_T_##to, 0, 0 },
#define LISTED(name, number, dir, to)  { CHOICE_IS, SCT_T_##to, 0, number },
#define POINTER_IN(type)    SCT_T_PTR
#define POINTER_OUT(type)   SCT_T_PTR
#define POINTER_INOUT(type) SCT_T_PTR
#define POINTER_NONE(type)  type
#define POINTER(name, number, dir, to) { CHOICE_IS, POINTER_##dir(SCT_T_##to), 0, number },
#define LIST(list)	  list(LISTED)
#define POINTERS(list)	  list(POINTER)
#define POINTER32(name, number, dir, to) { CHOICE_IS, SCT_T_HEX32, 0, number },
#define POINTERS32(list)  list(POINTER32)
#define VARIANTS(type, rows) \
	static const struct choice choices_##type[] = { rows { .kind = CHOICE_END } };
#include "variants.def"

static const struct choice *const choices[SCT_T_MAX] = {
#define VARIANTS(type, rows) [SCT_T_##type] = choices_##type,
#include "variants.def"
};

static const struct sct_type_row *choose(const struct sct_record *rec, enum sct_type type);

/* The parameter that is a chooser, of the type that it has to be: its value, -1 when there is none. */
static int chooser(const struct sct_record *rec, const struct choice *by, struct sct_value *v)
{
	const struct sct_param *params = sct_events[rec->type].params;
	unsigned i;

	for (i = 0; i < rec->nparams; i++) {
		if (params[i].type != by->type || choose(rec, params[i].type) != &sct_types[by->as])
			continue;
		sct_value_get(rec, i, v);
		v->u &= by->value;
		return v->kind == SCT_VALUE_INT || v->kind == SCT_VALUE_UINT ? 0 : -1;
	}
	return -1;
}

static bool applies(const struct choice *c, const struct sct_type_row *by, const struct sct_value *v)
{
	__u64 unused = 64 - 8 * by->info.size;

	switch (c->kind) {
	case CHOICE_IS:
		return (c->value ^ v->u) << unused == 0;
	case CHOICE_ELSE:
		return sct_enum_name(by->set, v->u, by->info.size);
	default:
		return c->kind == CHOICE_REST;
	}
}

/* What a parameter of the type is in this record. */
static const struct sct_type_row *choose(const struct sct_record *rec, enum sct_type type)
{
	const struct choice *c = choices[type];
	const struct sct_type_row *by = NULL;
	struct sct_value v;

	for (; c && c->kind != CHOICE_END; c++) {
		if (c->kind == CHOICE_BY)
			by = chooser(rec, c, &v) ? NULL : &sct_types[c->as];
		else if (by && applies(c, by, &v))
			return &sct_types[c->type];
	}
	return &sct_types[type];
}

const struct sct_type_row *sct_variant(enum sct_type type, enum sct_type as, __u64 value)
{
	const struct sct_value v = { .u = value };
	const struct choice *c = choices[type];
	bool chosen = false;

	for (; c && c->kind != CHOICE_END; c++) {
		if (c->kind == CHOICE_BY)
			chosen = c->as == as;
		else if (chosen && applies(c, &sct_types[as], &v))
			return &sct_types[c->type];
	}
	return &sct_types[type];
}

/* A number, as what it means. */
static void renumber(const struct sct_record *rec, const struct sct_type_row *type, struct sct_value *v)
{
	__u64 number = v->u;

	if (type->info.scalar)
		sct_value_at(rec, type, (const __u8 *)&number, type->info.size, v);
}

/*
 * What is in memory, as what it means; less than an object of the type is where a program passes
 * less.
 */
void sct_reread(const struct sct_record *rec, const struct sct_type_row *type, struct sct_value *v)
{
	unsigned n = v->len < type->info.size ? v->len : type->info.size;
	struct sct_value to = { .sz = v->sz, .cut = v->cut, .faulted = v->faulted };

	if (!n || type->format == SCT_FMT_BYTES)
		return;
	sct_value_at(rec, type, v->data, type->format == SCT_FMT_STR ? v->len : n, &to);
	if (type->format == SCT_FMT_STRUCTS)
		to.size = v->size;
	*v = to;
}

/* Registers, by their size: who traces may be native, and what is traced not. */
static const struct sct_type_row *registers_of(const struct sct_type_row *type, const struct sct_value *v)
{
	static const struct {
		enum sct_type wide, narrow;
	} sets[] = {
		{ SCT_T_USER_REGS, SCT_T_USER_REGS32 },
		{ SCT_T_USER_FPREGS, SCT_T_USER_FPREGS32 },
	};
	unsigned i;

	for (i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		if (type == &sct_types[sets[i].wide] && v->size == sct_types[sets[i].narrow].info.size)
			return &sct_types[sets[i].narrow];
	return type;
}

const struct sct_type_row *sct_decode_as(const struct sct_record *rec, unsigned i,
					  struct sct_value *v)
{
	const struct sct_type_row *as_row = sct_param_type(rec, i), *type;

	type = choose(rec, sct_events[rec->type].params[i].type);
	type = registers_of(type, v);
	if (type == as_row || v->kind == SCT_VALUE_NONE)
		return type;
	if (as_row->info.scalar)
		renumber(rec, type, v);
	else
		sct_reread(rec, type, v);
	return type;
}

const struct sct_type_row *sct_decode(const struct sct_record *rec, unsigned i, struct sct_value *v)
{
	sct_value_get(rec, i, v);
	return sct_decode_as(rec, i, v);
}
