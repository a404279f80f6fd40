/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Pushing a parameter by name: the row knows the type.  For fillers of CODE rows, and rows.h. */
#ifndef SCT_PUSH_H
#define SCT_PUSH_H

#define SCT_SCALAR(tok, ctype, fmt, syms, doc) typedef ctype sct_c_##tok;
#define SCT_DATA(tok, max, fmt, syms, doc)     typedef struct sct_t_##tok sct_c_##tok;
#include "types.def"

#define sct_scalar(ctype, v)						\
	do {								\
		ctype __v = (ctype)(v);					\
		sct_put(f, __v);					\
		sct_end(f, sizeof(__v));				\
	} while (0)

/* A scalar parameter. */
#define SCT_PUSH(id, param, v)						\
	do {								\
		sct_begin(f, SCT_PARAM(id, param));			\
		sct_scalar(SCT_CTYPE(id, param), v);			\
	} while (0)

/* The result: not there in an enter record. */
#define SCT_PUSH_RET(id, param)						\
	do {								\
		if (f->enter)						\
			SCT_SKIP(id, param);				\
		else							\
			SCT_PUSH(id, param, f->ret);			\
	} while (0)

/* A data parameter; bytes is a call of a put function, made while the parameter is open. */
#define SCT_PUT(id, param, bytes)					\
	do {								\
		sct_begin(f, SCT_PARAM(id, param));			\
		sct_end(f, bytes);					\
	} while (0)

/* A parameter that is not available. */
#define SCT_SKIP(id, param) SCT_PUT(id, param, 0)

#endif
