/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The fillers of AUTO rows, made of events.def: each source is the statement that closes the parameter; sct_v is the
 * parameter's C type, sct_size its size, and sct_native, sct_ia32 and sct_x32 that of one object in a caller's memory.
 * After the values.
 */
#ifndef SCT_ROWS_H
#define SCT_ROWS_H

#define SCT_SIGNED64(ctype) (sizeof(ctype) == sizeof(__u64) && (ctype)-1 < (ctype)1)
#define SCT_SRC_ARG(i)	    sct_scalar(sct_v, sct_long_arg(f, i, SCT_SIGNED64(sct_v)))
#define SCT_SRC_PAIR(i, j)  sct_scalar(sct_v, sct_pair_arg(f, i, j))
#define SCT_SRC_ALT(i, j)   sct_scalar(sct_v, f->args[sct_is_ia32(f) ? (j) : (i)])
#define SCT_SRC_ID(i)	    sct_scalar(sct_v, sct_id_arg(f, i))
#define SCT_SRC_VAL(fn)	    sct_scalar(sct_v, sct_val_##fn(f))
#define SCT_SRC_USTR(i)	    sct_end(f, sct_put_ustr(f, f->args[i]))
#define SCT_SRC_UBUF(i, n)  sct_end(f, sct_put_ubuf(f, f->args[i], (__u64)(n)))
#define SCT_OBJECT_SIZE						\
	(!sct_is_narrow(f) ? (__u32)sct_native :		\
	 !sct_is_ia32(f) ? (__u32)sct_x32 :			\
	 sct_has_time32(f) ? (__u32)sct_ia32 : (__u32)sct_native)
#define SCT_SRC_UOBJ(i)	    sct_end(f, sct_put_uobj(f, f->args[i], SCT_OBJECT_SIZE))
#define SCT_SRC_TIME(i)	    sct_end(f, sct_put_timespec(f, f->args[i]))
#define SCT_SRC_UARRAY(i, n) \
	sct_end(f, sct_put_uarray(f, f->args[i], (__u64)(n), (sct_size - 8) / sct_native, SCT_OBJECT_SIZE))
#define SCT_SRC_UFIELD(i, off)   sct_end(f, sct_put_ufield(f, f->args[i], off, sct_size))
#define SCT_SRC_POINTED_AT(uptr, what) sct_end(f, sct_put_value(f, uptr, what))
#define SCT_SRC_POINTED(i, what) SCT_SRC_POINTED_AT(f->args[i], what)
#define SCT_SRC_NONE	    sct_end(f, 0)
#define SCT_SRC_IF(c, src)  if (!(c)) sct_end(f, 0); else SCT_SRC_##src
#define SCT_SRC_PUT(fn)	    sct_end(f, sct_put_##fn(f))
#define SCT_SRC_PUTA(fn, ...) sct_end(f, sct_put_##fn(f, __VA_ARGS__))
#define SCT_SRC_RET	    if (f->enter) sct_end(f, 0); else sct_scalar(sct_v, f->ret)
#define SCT_SRC_VAL_X(fn)   if (!sct_ok(f)) sct_end(f, 0); else sct_scalar(sct_v, sct_val_##fn(f))
#define SCT_SRC_UBUF_RET(i) sct_end(f, sct_ok(f) ? sct_put_ubuf(f, f->args[i], f->ret) : 0)
#define SCT_SRC_OK(source)  if (!sct_ok(f)) sct_end(f, 0); else source
#define SCT_SRC_UOBJ_X(i)   SCT_SRC_OK(SCT_SRC_UOBJ(i))
#define SCT_SRC_TIME_X(i)   SCT_SRC_OK(SCT_SRC_TIME(i))
#define SCT_SRC_UARRAY_X(i, n) SCT_SRC_OK(SCT_SRC_UARRAY(i, n))
#define SCT_SRC_USTR_X(i)   SCT_SRC_OK(SCT_SRC_USTR(i))
#define SCT_SRC_UFIELD_X(i, off) SCT_SRC_OK(SCT_SRC_UFIELD(i, off))
#define SCT_SRC_PUT_X(fn)   sct_end(f, sct_ok(f) ? sct_put_##fn(f) : 0)
#define SCT_SRC_PUTA_X(fn, ...) sct_end(f, sct_ok(f) ? sct_put_##fn(f, __VA_ARGS__) : 0)

#define SCT_GEN_CODE(id, params)
#define SCT_GEN_AUTO(id, params)					\
	SCT_FILLER(id)							\
	{								\
		__u32 sct_i = 0;					\
		params							\
	}
#define P(name, type, source)						\
	{								\
		typedef sct_c_##type sct_v __attribute__((unused));	\
		enum { sct_size __attribute__((unused)) = SCT_SIZE_##type };	\
		enum { sct_native __attribute__((unused)) = SCT_OBJ_##type };	\
		enum { sct_ia32 __attribute__((unused)) = SCT_OBJ_IA32_##type };	\
		enum { sct_x32 __attribute__((unused)) = SCT_OBJ_X32_##type };	\
		sct_begin(f, sct_i++);					\
		SCT_SRC_##source;					\
	}
#define SCT_EVENT(id, name, cat, flags, filler, params) SCT_GEN_##filler(id, params)
#include "events.def"
#undef P

#endif
