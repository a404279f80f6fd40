/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the pointer argument of a call points to, where its command says so: the kernel side reads by
 * these, and user space decodes by them.  Included after sct_abi.h.
 *
 *   C(NAME, number, direction, TYPE)	the command, its number (userspace/lib/variants.c compares it with
 *					the header's), and the type of sct_types.def that is there
 *
 * direction: IN	what the program passed
 *	      OUT	what the kernel wrote: there after a success only
 *	      INOUT	what the program passed, after a success what the kernel made of it
 */
#ifndef SCT_COMMANDS_H
#define SCT_COMMANDS_H

#define SCT_DIR_IN    0u
#define SCT_DIR_OUT   1u
#define SCT_DIR_INOUT 0u

/* F_GETLK64 and its like are of i386, where also those of open file descriptions take 64 bit. */
#define SCT_FCNTL_VALUES(C)				\
	C(F_GETLK, 5, INOUT, FLOCK)			\
	C(F_SETLK, 6, IN, FLOCK)			\
	C(F_SETLKW, 7, IN, FLOCK)			\
	C(F_GETLK64, 12, INOUT, FLOCK64)		\
	C(F_SETLK64, 13, IN, FLOCK64)			\
	C(F_SETLKW64, 14, IN, FLOCK64)			\
	C(F_SETOWN_EX, 15, IN, OWNER_EX)		\
	C(F_GETOWN_EX, 16, OUT, OWNER_EX)		\
	C(F_GETOWNER_UIDS, 17, OUT, OWNER_UIDS)		\
	C(F_OFD_GETLK, 36, INOUT, FLOCK64)		\
	C(F_OFD_SETLK, 37, IN, FLOCK64)			\
	C(F_OFD_SETLKW, 38, IN, FLOCK64)		\
	C(F_GET_RW_HINT, 1035, OUT, RW_HINT)		\
	C(F_SET_RW_HINT, 1036, IN, RW_HINT)		\
	C(F_GET_FILE_RW_HINT, 1037, OUT, RW_HINT)	\
	C(F_SET_FILE_RW_HINT, 1038, IN, RW_HINT)

/* All of them. */
#define SCT_COMMANDS(X) X(SCT_FCNTL_VALUES)

#endif
