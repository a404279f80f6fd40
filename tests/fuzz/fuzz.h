/* SPDX-License-Identifier: MIT */
/*
 * What the fuzzers share: the input as a stream, numbers that mean something, the inputs to begin
 * with, and what must hold for all that prints.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include "format.h"
#include "session.h"

/* What must hold; the fuzzer keeps the input with which it does not. */
#define REQUIRE(expr, ...)						\
	do {								\
		if (!(expr)) {						\
			fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #expr);	\
			fprintf(stderr, __VA_ARGS__);			\
			fputc('\n', stderr);				\
			abort();					\
		}							\
	} while (0)

/* Called by the fuzzer. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const __u8 *data, size_t size);

/* ---- the input; behind its end are zeros ---- */

struct fuzz_input {
	const __u8 *p;
	size_t n;
};

__u64 fuzz_take(struct fuzz_input *in, unsigned bytes);
void fuzz_bytes(struct fuzz_input *in, void *to, size_t n);
/* A number, often one that a parameter of the type knows. */
__u64 fuzz_number(struct fuzz_input *in, const struct sct_type_row *type);
/* A call that has the event, or SCT_SYS_NONE. */
unsigned fuzz_row(struct fuzz_input *in, unsigned event);

/* Inputs to begin with, in the first directory of the arguments: a head from make(), then anything. */
void fuzz_seeds(int argc, char **argv, unsigned n, size_t (*make)(unsigned i, __u8 *to));

/* ---- output ---- */

/* For events that are made by hand; it has forgotten what was read before. */
struct sct_decoder *fuzz_decoder(void);

/* What the options of printing are, in all their forms; then any number of events. */
void fuzz_print_start(struct fuzz_input *in);
void fuzz_print(const struct sct_event *event);
void fuzz_print_end(void);

#endif
