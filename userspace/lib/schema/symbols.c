// SPDX-License-Identifier: MIT
/* The symbol sets, with the values that the system's own headers give each name. */
#include <stdio.h>
#include <string.h>
#include "schema.h"
#include "constants.h"

/* An int is not sign-extended, so that bit 31 stays one bit. */
#define V(name)	      (sizeof(name) == 4 ? (__u64)(__u32)(unsigned long)(name) : (__u64)(name))
#define S(name)	      { #name, V(name), V(name) },
#define M(name, mask) { #name, V(name), V(mask) },
#define E(name)	      { #name, V(name), ~0ull },
#define B(name)	      { #name, 1ull << (name), 1ull << (name) },
#define SCT_SET(name, rows) static const struct sct_symbol symbols_##name[] = { rows };
#include "symbols.def"

const struct sct_symbol_set sct_sets[SCT_SET_MAX] = {
#define SCT_SET(name, rows)							\
	[SCT_SET_##name] = {							\
		#name, symbols_##name, sizeof(symbols_##name) / sizeof(struct sct_symbol),	\
	},
#include "symbols.def"
};

const char *sct_symbol_at(const char *set, unsigned i, uint64_t *value)
{
	const struct sct_symbol_set *s;

	for (s = sct_sets; s < sct_sets + SCT_SET_MAX; s++)
		if (set && !strcmp(s->name, set))
			break;
	if (s == sct_sets + SCT_SET_MAX || i >= s->n)
		return NULL;
	if (value)
		*value = s->symbols[i].value;
	return s->symbols[i].name;
}

const char *sct_enum_name(enum sct_set set, __u64 value, unsigned size)
{
	const struct sct_symbol_set *s = &sct_sets[set];
	__u64 mask = size < 8 ? (1ull << (8 * size)) - 1 : ~0ull;
	unsigned i;

	for (i = 0; i < s->n; i++)
		if (!((s->symbols[i].value ^ value) & mask))
			return s->symbols[i].name;
	return NULL;
}

const char *sct_flag_next(enum sct_set set, struct sct_flags *flags)
{
	const struct sct_symbol_set *s = &sct_sets[set];

	while (flags->i < s->n) {
		const struct sct_symbol *sym = &s->symbols[flags->i++];

		/* each bit once: a field's value of 0 must not follow another of the field */
		if (sym->mask & flags->taken || (flags->value & sym->mask) != sym->value)
			continue;
		if (!sym->mask)
			continue;
		flags->taken |= sym->mask;
		return sym->name;
	}
	return NULL;
}

const struct sct_wake_part sct_wake_parts[SCT_WAKE_PARTS] = {
	{ "op", SCT_SET_futex_wake_op, 28, 0xf },
	{ "oparg", SCT_SET_none, 12, 0xfff },
	{ "cmp", SCT_SET_futex_wake_cmp, 24, 0xf },
	{ "cmparg", SCT_SET_none, 0, 0xfff },
};

/* ---- errors and signals ---- */

const char *sct_errno_name(int err)
{
	return sct_enum_name(SCT_SET_errnos, err, sizeof(err));
}

/* The kernel's first real-time signal and its last; libc keeps some of them for itself. */
#define RT_MIN 32
#define RT_MAX 64

const char *sct_signal_name(int sig, char buf[16])
{
	if (sig == RT_MIN)
		return "SIGRTMIN";
	if (sig <= RT_MIN || sig > RT_MAX)
		return sct_enum_name(SCT_SET_signals, sig, sizeof(sig));
	snprintf(buf, 16, "SIGRT_%d", sig - RT_MIN);
	return buf;
}
