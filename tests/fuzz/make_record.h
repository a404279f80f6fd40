/* SPDX-License-Identifier: MIT */
/*
 * Records made from a fuzzer's input, which by their build get far: lengths fit, strings end,
 * numbers are often such as have names.  What is torn of them later is the input's choice as well.
 */
#ifndef MAKE_RECORD_H
#define MAKE_RECORD_H

#include "fuzz.h"

#define MADE_ROOM (2 * SCT_REC_MAX)

/* Its length, a multiple of 8; to has MADE_ROOM bytes, of which no value takes more than longest. */
size_t make_record(struct fuzz_input *in, struct sct_record *to, size_t longest);
/* Change some of n bytes. */
void tear(struct fuzz_input *in, void *bytes, size_t n);

#endif
