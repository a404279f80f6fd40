/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Pointers that a backend reads in one way or another, see sct_access.h: where it has no SCT_REF()
 * of its own, all pointers are alike.
 */
#ifndef SCT_REF_H
#define SCT_REF_H

#ifndef SCT_REF
#define SCT_FAR(p, ...)	     SCT_READ(p, __VA_ARGS__)
#define SCT_FAR_PTR(p, ...)  SCT_PTR(p, __VA_ARGS__)
#define SCT_FAR_PEEK(p, ...) SCT_PEEK(p, __VA_ARGS__)
#define SCT_REF(type)	     type *
#define SCT_REF_READ(r, ...) SCT_READ(r, __VA_ARGS__)
#define SCT_REF_PTR(r, ...)  SCT_PTR(r, __VA_ARGS__)
#define SCT_REF_FAR(r)	     (r)
#endif

typedef SCT_REF(struct file) sct_file_ref;
typedef SCT_REF(struct sock) sct_sock_ref;
typedef SCT_REF(struct upid) sct_upid_ref;

#endif
