/* SPDX-License-Identifier: MIT */
/* The calls of test_calls.c by family; calls_FAMILY.c has each. */
#ifndef FAMILIES_H
#define FAMILIES_H

#define FAMILIES(X) X(file)

#define X(family) void calls_##family(void);
FAMILIES(X)
#undef X

#endif
