/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The tables as text, for the digest: everything that decides what the bytes of a record mean.  The library
 * and the BPF object each have a copy, in a section of its own, which the library finds in the object;
 * it hashes both (sct_digest_of()) and rejects an object built from other tables.  The module has
 * only the hash (kmod/digest.sh).  Included once per build, after sct_abi.h and sct_config.h.
 */
#ifndef SCT_TABLES_H
#define SCT_TABLES_H

#include "commands.def"

#define SCT_TEXT_(x) #x
#define SCT_TEXT(x)  SCT_TEXT_(x)

static const char sct_tables_text[] __attribute__((section(SCT_TABLES_SECTION), used)) =
#ifndef __CHECKER__	/* the string is too long for sparse */
	"record " SCT_TEXT(SCT_REC_MAX) " " SCT_TEXT(SCT_NR_MAX)
#define X(kind) " " #kind
	"\nkinds" SCT_KINDS(X)
#undef X
#define X(tok, text) " " #tok
	"\ndrops" SCT_DROPS(X)
#undef X

#define SCT_SCALAR(tok, ctype, fmt, syms, doc) "\n" #tok " " #ctype
#define SCT_DATA(tok, max, fmt, syms, doc)     "\n" #tok " " #fmt " " SCT_TEXT(max)
#include "types.def"

#define C(name, number, dir, type) " " #name ":" #dir ":" #type
#define X(list) list(C)
	"\ncommands" SCT_COMMANDS(X)
#undef X
#undef C

#define P(name, type, source) " " #name ":" #type
#define SCT_EVENT(id, name, cat, flags, filler, params)	\
	"\n" #id " " #flags params
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params) \
	"\n" #id " " #kind " " #flags params
#define SCT_META(id, name, cat, flags, filler, params) \
	"\n" #id " " #flags params
#include "events.def"
#undef P

#define SCT_SYSCALL(name, x86_64, i386, arm64, flags, event) \
	"\n" #name " " #x86_64 " " #i386 " " #arm64 " " #flags " " #event
#define SCT_X32(number, call) "\n" #number " " #call
#define SCT_PART(via, number, call, words) "\n" #via " " #number " " #call " " #words
#include "syscalls.def"
#else
	""
#endif
;

#endif
