/* SPDX-License-Identifier: MIT */
/*
 * Calls of i386, made by a 32-bit program and by int 0x80 from a 64-bit one, whose memory for them lies
 * below 4 GiB:
 *
 *	X(event, name, number, (six arguments), (parameters))
 *
 * The parameters are named as in calls.h, all but the result; arguments that are addresses are those of
 * the struct mem32 that `mem` points to.  Numbers mean something else to a 64-bit program.  The first and
 * the last tell the calls of the table from those of the C library.
 */
#ifndef CALLS32_H
#define CALLS32_H

#include <stdint.h>
#include <string.h>

#define PATH32	"/no/such/file32"
#define DATA32	"thirty-two"
#define BAD32	16u		/* nothing is ever mapped there */
#define NO_FD32	0xffffffffu
#define FIRST32	0x11111111u

/* What a 32-bit caller's memory holds, in the layout that it has for him. */
struct mem32 {
	char path[16], data[12];
	uint16_t family, port;		/* struct sockaddr_in */
	uint8_t ip[4], zero[8];
	struct {
		uint32_t base, len;
	} iov[2];
	struct {
		int32_t sec, nsec;
	} time;
};

#define AT32(member) ((uint32_t)(uintptr_t)&mem->member)

static inline void fill_mem32(struct mem32 *mem)
{
	static const uint8_t ip[4] = { 127, 0, 0, 1 };

	memset(mem, 0, sizeof(*mem));
	strcpy(mem->path, PATH32);
	strcpy(mem->data, DATA32);
	mem->family = 2;	/* AF_INET */
	mem->port = 0x901f;	/* 8080 */
	memcpy(mem->ip, ip, sizeof(ip));
	mem->iov[0].base = AT32(data[0]);
	mem->iov[0].len = 7;
	mem->iov[1].base = AT32(data[7]);
	mem->iov[1].len = 3;
	mem->time.nsec = 1000;
}

#define RAW32(X, name, nr, a, b, c, d, e, f)						\
	X(syscall, name, nr, (a, b, c, d, e, f),					\
	  (NUM(nativeID, nr), NUM(ID, row_of(name)), NUM(arg0, a), NUM(arg1, b),	\
	   NUM(arg2, c), NUM(arg3, d), NUM(arg4, e), NUM(arg5, f)))

#define CALLS32(X)									\
	RAW32(X, "getppid", 64, FIRST32, 2, 3, 4, 5, 6u)	/* semget */		\
	RAW32(X, "syscall", 999, 0xdeadbeefu, 1, 2, 3, 4, 0xcafe0000u)			\
	X(access, "access", 33, (AT32(path), 4, 0, 0, 0, 0),	/* dup2 */		\
	  (STR(name, PATH32), NUM(mode, 4)))						\
	X(access, "access", 33, (BAD32, 3, 0, 0, 0, 0), (BAD(name), NUM(mode, 3)))	\
	X(pipe, "pipe", 42, (BAD32, 0, 0, 0, 0, 0),		/* connect */		\
	  (NULL_ARG(fd1), NULL_ARG(fd2), NULL_ARG(ino)))				\
	X(fchdir, "fchdir", 133, (NO_FD32, 0, 0, 0, 0, 0), (NUM(fd, -1)))	/* mknod */	\
	X(dup2, "dup2", 63, (NO_FD32, 5, 0, 0, 0, 0), (NUM(oldfd, -1), NUM(newfd, 5)))	\
	X(lseek, "lseek", 19, (NO_FD32, 0xfffffffbu, 2, 0, 0, 0),			\
	  (NUM(fd, -1), NUM(offset, -5), NUM(whence, 2)))				\
	X(pread64, "pread64", 180, (NO_FD32, AT32(data), 10, 2, 1, 0),			\
	  (NULL_ARG(data), NUM(fd, -1), NUM(size, 10), NUM(pos, 1ll << 32 | 2)))	\
	X(writev, "writev", 146, (NO_FD32, AT32(iov), 2, 0, 0, 0),			\
	  (BYTES(data, DATA32, 10), NUM(fd, -1), NUM(size, 10), NUM(iovcnt, 2)))	\
	X(nanosleep, "nanosleep", 162, (AT32(time), 0, 0, 0, 0, 0),			\
	  (OBJECT(interval, &time32)))							\
	X(connect, "connect", 362, (NO_FD32, AT32(family), 16, 0, 0, 0),		\
	  (NULL_ARG(tuple), NUM(fd, -1), ADDRESS(addr, &addr32, sizeof(addr32))))	\
	RAW32(X, "getppid", 64, 0x22222222, 7, 8, 9, 10, 11u)

/* How many there are. */
enum {
#define COUNT32(event, name, nr, args, params) + 1
	NCALLS32 = 0 CALLS32(COUNT32)
};

#endif
