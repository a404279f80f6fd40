// SPDX-License-Identifier: MIT
/* Values whose type another parameter chooses: a command, an option, a family. */
#include <stdlib.h>
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

/*
 * For a parameter of an event: the rows from this one on are chosen by that parameter of the event.
 * So nothing is searched in a record: neither choosers nor rows of other calls.
 */
struct sct_variant_step {
	__u8 param, by;
	const struct choice *rows;	/* the first is a CHOICE_BY */
};

/* ---- what follows from the tables ---- */

/* The first parameter of the type, or -1. */
static int param_of(const struct sct_event_row *event, unsigned type)
{
	unsigned i;

	for (i = 0; i < event->info.nparams; i++)
		if (event->params[i].type == type)
			return i;
	return -1;
}

/* The steps of an event, in the order of its parameters, written where steps is not NULL. */
static unsigned find_steps(const struct sct_event_row *event, struct sct_variant_step *steps)
{
	const struct choice *c;
	unsigned i, n = 0;
	int by;

	for (i = 0; i < event->info.nparams; i++) {
		for (c = choices[event->params[i].type]; c && c->kind != CHOICE_END; c++) {
			by = c->kind == CHOICE_BY ? param_of(event, c->type) : -1;
			if (by < 0)
				continue;
			if (steps)
				steps[n] = (struct sct_variant_step){ i, by, c };
			n++;
		}
	}
	return n;
}

struct sct_variants *sct_variants_new(void)
{
	struct sct_variants *variants = calloc(1, sizeof(*variants));
	unsigned id, s;

	if (!variants)
		return NULL;
	for (id = 0; id < SCT_EV_MAX; id++)
		variants->first[id + 1] = variants->first[id] + find_steps(&sct_events[id], NULL);
	variants->steps = calloc(variants->first[SCT_EV_MAX], sizeof(*variants->steps));
	if (!variants->steps) {
		free(variants);
		return NULL;
	}
	for (id = 0; id < SCT_EV_MAX; id++) {
		find_steps(&sct_events[id], variants->steps + variants->first[id]);
		for (s = variants->first[id]; s < variants->first[id + 1]; s++)
			variants->varies[id] |= 1ull << variants->steps[s].param;
	}
	return variants;
}

void sct_variants_free(struct sct_variants *variants)
{
	free(variants->steps);
	free(variants);
}

/* ---- of a record ---- */

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

/* What the rows behind a CHOICE_BY make of a value of its chooser; NULL: nothing. */
static const struct sct_type_row *pick(const struct choice *by, const struct sct_value *v)
{
	const struct sct_value masked = { .u = v->u & by->value };
	const struct choice *c;

	if (v->kind != SCT_VALUE_INT && v->kind != SCT_VALUE_UINT)
		return NULL;
	for (c = by + 1; c->kind != CHOICE_BY && c->kind != CHOICE_END; c++)
		if (applies(c, &sct_types[by->as], &masked))
			return &sct_types[c->type];
	return NULL;
}

/* What parameter i is in this event. */
static const struct sct_type_row *choose(struct sct_decoder *decoder, unsigned i)
{
	const struct sct_record *rec = decoder->now.rec;
	const struct sct_variants *variants = decoder->variants;
	const struct sct_type_row *type, *is;
	unsigned s;

	for (s = variants->first[rec->type]; s < variants->first[rec->type + 1]; s++) {
		const struct sct_variant_step *step = &variants->steps[s];

		if (step->param != i)
			continue;
		sct_typed(decoder, step->by, &is);
		if (is != &sct_types[step->rows->as])
			continue;
		type = pick(step->rows, sct_plain(decoder, step->by));
		if (type)
			return type;
	}
	return sct_param_type(rec, i);
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

/* A value of parameter i, from the event's record or that of the call's entry, as what it means. */
static const struct sct_type_row *retype(struct sct_decoder *decoder, unsigned i,
					 struct sct_value *v)
{
	const struct sct_record *rec = decoder->now.rec;
	const struct sct_type_row *as_row = sct_param_type(rec, i), *type;

	type = registers_of(choose(decoder, i), v);
	if (type == as_row || v->kind == SCT_VALUE_NONE)
		return type;
	if (as_row->info.scalar)
		renumber(rec, type, v);
	else
		sct_reread(rec, type, v);
	return type;
}

void sct_typed_fill(struct sct_decoder *decoder, unsigned i)
{
	decoder->as[i] = *sct_plain(decoder, i);
	decoder->type[i] = retype(decoder, i, &decoder->as[i]);
	decoder->typed |= 1ull << i;
}

const struct sct_type_row *sct_typed_begun(struct sct_decoder *decoder, unsigned i,
					    struct sct_value *v)
{
	*v = *sct_values_at(sct_values_begun(decoder), i);
	return retype(decoder, i, v);
}
