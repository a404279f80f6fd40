/* SPDX-License-Identifier: MIT */
/*
 * Calls of i386, made by a 32-bit program and by int 0x80 from a 64-bit one, whose memory for them
 * lies below 4 GiB:
 *
 *	X(event, name, number, (six arguments), (parameters))
 *
 * The parameters are named as in calls.h, all but the result; arguments that are addresses are
 * those of the struct mem32 that `mem` points to.  Numbers mean something else to a 64-bit program.
 * The first and the last tell the calls of the table from those of the C library.
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
#define ONE_FD32   70u	/* two unix sockets that are connected, from before the calls */
#define OTHER_FD32 71u
#define KEY32	0x53437433u	/* of nothing in the system */

/* The arguments of calls that have them in memory: an array of struct mem32 each. */
enum {
	SOCKET32, BIND32, CONNECT32, LISTEN32, ACCEPT32, GETSOCKNAME32, GETPEERNAME32, SOCKETPAIR32, SEND32,
	RECV32, SENDTO32, RECVFROM32, SHUTDOWN32, ACCEPT4_32, MSGRCV32, MMAP32, NO_MMAP32, SELECT32,
	READY32, NARGS32
};

/* What a 32-bit caller's memory holds, in the layout that it has for him. */
struct mem32 {
	char path[64], data[12];
	uint16_t family, port;		/* struct sockaddr_in */
	uint8_t ip[4], zero[8];
	struct {
		uint32_t base, len;
	} iov[2];
	struct {
		int32_t sec, nsec;
	} time;
	uint32_t args[NARGS32][6];
	char buf[16];
	uint16_t name[8];
	uint32_t name_len, semval;
	int16_t sembuf[3];
	uint8_t fds[16];
	uint16_t ids[4];
	uint32_t ids32[3], act[4], oldact[4], set, oldset;
	uint8_t result[400];	/* of whatever call */
	struct {
		int32_t type;
		char text[4];
	} msg;
};

#define AT32(member) ((uint32_t)(uintptr_t)&mem->member)

static inline void fill_args32(struct mem32 *mem)
{
	const uint32_t args[NARGS32][6] = {
		[SOCKET32] = { 1, 2, 0 },	/* AF_UNIX, SOCK_DGRAM */
		[BIND32] = { NO_FD32, AT32(family), 16 },
		[CONNECT32] = { NO_FD32, AT32(family), 16 },
		[LISTEN32] = { NO_FD32, 5 },
		[ACCEPT32] = { NO_FD32 },
		[GETSOCKNAME32] = { ONE_FD32, AT32(name), AT32(name_len) },
		[GETPEERNAME32] = { NO_FD32, AT32(name), AT32(name_len) },
		[SOCKETPAIR32] = { 1, 1, 0, BAD32 },
		[SEND32] = { ONE_FD32, AT32(data), 10, 0x40 },	/* MSG_DONTWAIT */
		[RECV32] = { OTHER_FD32, AT32(buf), 16, 0x40 },
		[SENDTO32] = { NO_FD32, AT32(data), 4, 0x40, AT32(family), 16 },
		[RECVFROM32] = { NO_FD32, AT32(buf), 3, 0x40, AT32(name), AT32(name_len) },
		[SHUTDOWN32] = { NO_FD32, 2 },
		[ACCEPT4_32] = { NO_FD32, 0, 0, 04000 },	/* SOCK_NONBLOCK */
		[MSGRCV32] = { AT32(msg), 0xfffffffbu },
		[MMAP32] = { 0, 4096, 3, 0x22, NO_FD32, 0 },	/* MAP_PRIVATE | MAP_ANONYMOUS */
		[NO_MMAP32] = { 0x10000, 0, 1, 2, 99, 0x80001000u },
		[SELECT32] = { 1, 0, 0, 0, AT32(zero) },
		[READY32] = { ONE_FD32 + 1, 0, AT32(fds), 0, AT32(zero) },
	};

	memcpy(mem->args, args, sizeof(args));
}

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
	mem->name_len = sizeof(mem->name);
	mem->semval = 0x80000007;
	mem->sembuf[0] = 3;
	mem->sembuf[1] = -2;
	mem->sembuf[2] = 04000;	/* IPC_NOWAIT */
	mem->msg.type = 77;
	memcpy(mem->msg.text, "text", 4);
	mem->fds[ONE_FD32 / 8] = 1 << ONE_FD32 % 8;
	mem->set = 0x200;	/* SIGUSR1 */
	mem->act[0] = 1;	/* SIG_IGN */
	mem->act[1] = 0x4000;	/* SIGTERM */
	mem->act[2] = 0x10000000;	/* SA_RESTART */
	fill_args32(mem);
}

#define RAW32(X, name, nr, a, b, c, d, e, f)						\
	X(syscall, name, nr, (a, b, c, d, e, f),					\
	  (NUM(nativeID, nr), NUM(ID, row_of(name)), NUM(arg0, a), NUM(arg1, b),	\
	   NUM(arg2, c), NUM(arg3, d), NUM(arg4, e), NUM(arg5, f)))

/* Through socketcall(2). */
#define SOCKET_X(X, event, name, nr, array, params) \
	X(event, name, 102, (nr, AT32(args[array]), 0, 0, 0, 0), params)
#define ANY(p)	{ .param = #p, .how = IS_RANGE, .max = UINT64_MAX }
#define NO_NAMES(p) { .param = #p, .how = IS_ADDRESSES, .data = &no_name32, .len = sizeof(no_name32),	\
		      .peer = &no_name32, .peer_len = sizeof(no_name32) }

#define SOCKETS32(X)									\
	SOCKET_X(X, socket, "socket", 1, SOCKET32,					\
		 (NUM(domain, 1), NUM(type, 2), NUM(proto, 0), NUM(flags, 0)))		\
	SOCKET_X(X, bind, "bind", 2, BIND32,						\
		 (ADDRESS(addr, &addr32, sizeof(addr32)), NUM(fd, -1)))			\
	SOCKET_X(X, connect, "connect", 3, CONNECT32,					\
		 (NULL_ARG(tuple), NUM(fd, -1), ADDRESS(addr, &addr32, sizeof(addr32))))	\
	SOCKET_X(X, listen, "listen", 4, LISTEN32, (NUM(fd, -1), NUM(backlog, 5)))	\
	SOCKET_X(X, accept, "accept", 5, ACCEPT32,					\
		 (NULL_ARG(tuple), NULL_ARG(queuepct), NULL_ARG(queuelen), NULL_ARG(queuemax),	\
		  NUM(sockfd, -1), NULL_ARG(addr)))					\
	SOCKET_X(X, getsockname, "getsockname", 6, GETSOCKNAME32,			\
		 (NUM(fd, ONE_FD32), ADDRESS(addr, &no_name32, sizeof(no_name32))))	\
	SOCKET_X(X, getpeername, "getpeername", 7, GETPEERNAME32, (NUM(fd, -1), NULL_ARG(addr)))	\
	SOCKET_X(X, socketpair, "socketpair", 8, SOCKETPAIR32,				\
		 (NULL_ARG(fd1), NULL_ARG(fd2), NULL_ARG(source), NULL_ARG(peer), NUM(domain, 1),	\
		  NUM(type, 1), NUM(proto, 0)))						\
	SOCKET_X(X, sendto, "send", 9, SEND32,						\
		 (BYTES(data, DATA32, 10), NUM(fd, ONE_FD32), NUM(size, 10), NO_NAMES(tuple),	\
		  NUM(flags, 0x40), NULL_ARG(addr)))					\
	SOCKET_X(X, recvfrom, "recv", 10, RECV32,					\
		 (BYTES(data, DATA32, 10), NO_NAMES(tuple), NUM(fd, OTHER_FD32), NUM(size, 16),	\
		  NUM(flags, 0x40), NULL_ARG(addr)))					\
	SOCKET_X(X, sendto, "sendto", 11, SENDTO32,					\
		 (BYTES(data, DATA32, 4), NUM(fd, -1), NUM(size, 4), NULL_ARG(tuple),	\
		  NUM(flags, 0x40), ADDRESS(addr, &addr32, sizeof(addr32))))		\
	SOCKET_X(X, recvfrom, "recvfrom", 12, RECVFROM32,				\
		 (NULL_ARG(data), NULL_ARG(tuple), NUM(fd, -1), NUM(size, 3), NUM(flags, 0x40),	\
		  NULL_ARG(addr)))							\
	SOCKET_X(X, shutdown, "shutdown", 13, SHUTDOWN32, (NUM(fd, -1), NUM(how, 2)))	\
	SOCKET_X(X, accept4, "accept4", 18, ACCEPT4_32,					\
		 (NULL_ARG(tuple), NULL_ARG(queuepct), NULL_ARG(queuelen), NULL_ARG(queuemax),	\
		  NUM(flags, 04000), NUM(sockfd, -1), NULL_ARG(addr)))			\
	RAW32(X, "socketcall", 102, 3, BAD32, 0, 0, 0, 0)				\
	RAW32(X, "socketcall", 102, 77, 0x12345678u, 3, 4, 5, 6)

/* Through ipc(2): number, first, second, third, ptr, fifth. */
#define IPC32(X)									\
	X(semop, "semop", 117, (1, NO_FD32, 1, 0, AT32(sembuf), 0),			\
	  (NUM(nsops, 1), NUM(sem_num_0, 3), NUM(sem_op_0, -2), NUM(sem_flg_0, 04000),	\
	   NULL_ARG(sem_num_1), NULL_ARG(sem_op_1), NULL_ARG(sem_flg_1), NUM(semid, -1)))	\
	X(semget, "semget", 117, (2, KEY32, 7, 0600, 0, 0),				\
	  (NUM(key, KEY32), NUM(nsems, 7), NUM(semflg, 0600)))				\
	X(semctl, "semctl", 117, (3, NO_FD32, 5, 0x110, AT32(semval), 0),		\
	  (NUM(semid, -1), NUM(semnum, 5), NUM(cmd, 0x10), NUM(val, 0x80000007), NULL_ARG(value)))	\
	X(semtimedop, "semtimedop", 117, (4, NO_FD32, 1, 0, AT32(sembuf), AT32(time)),	\
	  (NUM(semid, -1), STRUCTS(sops, &sembuf32, 1), NUM(nsops, 1), OBJECT(timeout, &time32)))	\
	X(msgsnd, "msgsnd", 117, (11, NO_FD32, 4, 04000, AT32(msg), 0),			\
	  (NUM(msqid, -1), OBJECT(mtype, &type32), BYTES(data, "text", 4), NUM(size, 4),	\
	   NUM(msgflg, 04000)))								\
	X(msgrcv, "msgrcv", 117, (12, NO_FD32, 4, 04000, AT32(args[MSGRCV32]), 0),	\
	  (NUM(msqid, -1), NULL_ARG(mtype), NULL_ARG(data), NUM(size, 4), NUM(msgtyp, -5),	\
	   NUM(msgflg, 04000)))								\
	X(msgrcv, "msgrcv", 117, (12 | 1 << 16, NO_FD32, 4, 04000, AT32(msg), 0xfffffffbu),	\
	  (NUM(msqid, -1), NULL_ARG(mtype), NULL_ARG(data), NUM(size, 4), NUM(msgtyp, -5),	\
	   NUM(msgflg, 04000)))								\
	X(msgget, "msgget", 117, (13, KEY32, 0600, 0, 0, 0), (NUM(key, KEY32), NUM(msgflg, 0600)))	\
	X(shmat, "shmat", 117, (21, NO_FD32, 010000, AT32(buf), 0x40000000, 0),		\
	  (NUM(shmid, -1), NUM(shmaddr, 0x40000000), NUM(shmflg, 010000)))		\
	X(shmdt, "shmdt", 117, (22, 0, 0, 0, 0x40000000, 0), (NUM(shmaddr, 0x40000000)))	\
	X(shmget, "shmget", 117, (23, KEY32, 4096, 0600, 0, 0),				\
	  (NUM(key, KEY32), NUM(size, 4096), NUM(shmflg, 0600)))			\
	RAW32(X, "ipc", 117, 12, 1, 2, 3, BAD32, 5)					\
	RAW32(X, "ipc", 117, 99, 1, 2, 3, 4, 5)

/* With structs, ids and signal sets that are smaller than those of others. */
#define OLD32(X)									\
	X(nice, "nice", 34, (1, 0, 0, 0, 0, 0), (NUM(inc, 1)))				\
	X(signal, "signal", 48, (12, 1, 0, 0, 0, 0), (NUM(sig, 12), NUM(handler, 1)))	\
	X(signal, "signal", 48, (99, 0, 0, 0, 0, 0), (NUM(sig, 99), NUM(handler, 0)))	\
	X(sigaction, "sigaction", 67, (12, AT32(act), 0, 0, 0, 0),			\
	  (NUM(sig, 12), OBJECT(act, &act32), NULL_ARG(oldact)))			\
	X(sigaction, "sigaction", 67, (99, BAD32, AT32(act), 0, 0, 0),			\
	  (NUM(sig, 99), BAD(act), NULL_ARG(oldact)))					\
	X(sigprocmask, "sigprocmask", 126, (0, AT32(set), AT32(oldset), 0, 0, 0),	\
	  (NUM(how, 0), NUM(set, 0x200), NUM(oldset, 0)))				\
	X(sigprocmask, "sigprocmask", 126, (77, BAD32, 0, 0, 0, 0),			\
	  (NUM(how, 77), BAD(set), NULL_ARG(oldset)))					\
	X(sigpending, "sigpending", 73, (AT32(oldset), 0, 0, 0, 0, 0), (NUM(set, 0)))	\
	X(ssetmask, "ssetmask", 69, (0x400, 0, 0, 0, 0, 0), (NUM(newmask, 0x400)))	\
	X(ssetmask, "ssetmask", 69, (0, 0, 0, 0, 0, 0), (NUM(newmask, 0)))		\
	X(olduname, "olduname", 109, (BAD32, 0, 0, 0, 0, 0), (NULL_ARG(name)))		\
	X(oldolduname, "oldolduname", 59, (BAD32, 0, 0, 0, 0, 0), (NULL_ARG(name)))	\
	X(vm86old, "vm86old", 113, (BAD32, 0, 0, 0, 0, 0), (NUM(user_vm86, BAD32)))	\
	X(vm86, "vm86", 166, (77, BAD32, 0, 0, 0, 0), (NUM(cmd, 77), NUM(arg, BAD32)))	\
	X(_llseek, "_llseek", 140, (NO_FD32, 0x12, 0x3456789a, AT32(result), 1, 0),	\
	  (NUM(fd, -1), NUM(offset, 0x123456789a), NUM(whence, 1), NULL_ARG(result)))	\
	X(truncate64, "truncate64", 193, (AT32(path), 0x3456789a, 0x12, 0, 0, 0),	\
	  (STR(path, PATH32), NUM(length, 0x123456789a)))				\
	X(statfs64, "statfs64", 268, (AT32(path), 84, AT32(result), 0, 0, 0),		\
	  (STR(path, PATH32), NUM(sz, 84), NULL_ARG(buf)))				\
	X(fstatfs64, "fstatfs64", 269, (NO_FD32, 77, AT32(result), 0, 0, 0),		\
	  (NUM(fd, -1), NUM(sz, 77), NULL_ARG(buf)))					\
	X(stat64, "stat64", 195, (AT32(path), AT32(result), 0, 0, 0, 0),		\
	  (STR(path, PATH32), NULL_ARG(statbuf)))					\
	X(lstat64, "lstat64", 196, (BAD32, AT32(result), 0, 0, 0, 0), (BAD(path), NULL_ARG(statbuf)))	\
	X(fstat64, "fstat64", 197, (NO_FD32, AT32(result), 0, 0, 0, 0), (NUM(fd, -1), NULL_ARG(statbuf)))	\
	X(fstatat64, "fstatat64", 300, (0xffffff9cu, AT32(path), AT32(result), 0x100, 0, 0),	\
	  (NUM(dirfd, -100), STR(path, PATH32), NUM(flags, 0x100), NULL_ARG(statbuf)))	\
	X(oldstat, "oldlstat", 84, (AT32(path), AT32(result), 0, 0, 0, 0),		\
	  (STR(path, PATH32), NULL_ARG(statbuf)))					\
	X(chown, "chown", 182, (AT32(path), 0x10007, 0xffff, 0, 0, 0),			\
	  (STR(path, PATH32), NUM(uid, 7), NUM(gid, -1)))				\
	X(chown, "chown32", 212, (AT32(path), 0x10007, 0xffff, 0, 0, 0),		\
	  (STR(path, PATH32), NUM(uid, 0x10007), NUM(gid, 0xffff)))			\
	X(lchown, "lchown", 16, (BAD32, 0xffff, 7, 0, 0, 0), (BAD(path), NUM(uid, -1), NUM(gid, 7)))	\
	X(fchown, "fchown", 95, (NO_FD32, 0xffff, 7, 0, 0, 0), (NUM(fd, -1), NUM(uid, -1), NUM(gid, 7)))	\
	X(setuid, "setuid", 23, (0x10000, 0, 0, 0, 0, 0), (NUM(uid, 0)))		\
	X(setgid, "setgid", 46, (0x10000, 0, 0, 0, 0, 0), (NUM(gid, 0)))		\
	X(setreuid, "setreuid", 70, (0xffff, 0x1ffff, 0, 0, 0, 0), (NUM(ruid, -1), NUM(euid, -1)))	\
	X(setregid, "setregid", 71, (0xffff, 0x1ffff, 0, 0, 0, 0), (NUM(rgid, -1), NUM(egid, -1)))	\
	X(setresuid, "setresuid", 164, (0xffff, 0xffff, 0, 0, 0, 0),			\
	  (NUM(ruid, -1), NUM(euid, -1), NUM(suid, 0)))					\
	X(setresgid, "setresgid", 170, (0xffff, 0xffff, 0, 0, 0, 0),			\
	  (NUM(rgid, -1), NUM(egid, -1), NUM(sgid, 0)))					\
	X(setfsuid, "setfsuid", 138, (0xffff, 0, 0, 0, 0, 0), (NUM(uid, -1)))		\
	X(setfsgid, "setfsgid", 139, (0xffff, 0, 0, 0, 0, 0), (NUM(gid, -1)))		\
	X(getresuid, "getresuid", 165, (AT32(ids[0]), AT32(ids[1]), BAD32, 0, 0, 0),	\
	  (NULL_ARG(ruid), NULL_ARG(euid), NULL_ARG(suid)))				\
	X(getresgid, "getresgid", 171, (AT32(ids[0]), AT32(ids[1]), AT32(ids[3]), 0, 0, 0),	\
	  (NUM(rgid, 0), NUM(egid, 0), NUM(sgid, 0)))					\
	X(getresuid, "getresuid32", 209, (AT32(ids32[0]), AT32(ids32[1]), AT32(ids32[2]), 0, 0, 0),	\
	  (NUM(ruid, 0), NUM(euid, 0), NUM(suid, 0)))

/* Those that have their arguments in memory. */
#define MEMORY32(X)									\
	X(mmap, "mmap", 90, (AT32(args[MMAP32]), 9, 9, 9, 9, 9),			\
	  (ANY(vm_size), ANY(vm_rss), ANY(vm_swap), NUM(addr, 0), NUM(length, 4096), NUM(prot, 3),	\
	   NUM(flags, 0x22), NUM(fd, -1), NUM(offset, 0)))				\
	X(mmap, "mmap", 90, (AT32(args[NO_MMAP32]), 0, 0, 0, 0, 0),			\
	  (ANY(vm_size), ANY(vm_rss), ANY(vm_swap), NUM(addr, 0x10000), NUM(length, 0),	\
	   NUM(prot, 1), NUM(flags, 2), NUM(fd, 99), NUM(offset, 0x80001000u)))		\
	RAW32(X, "mmap", 90, BAD32, 2, 3, 4, 5, 6)					\
	X(select, "select", 82, (AT32(args[SELECT32]), 0, 0, 0, 0, 0),			\
	  (NUM(n, 1), OBJECT(timeout, &no_time32), NULL_ARG(inp), NULL_ARG(outp), NULL_ARG(exp)))	\
	X(select, "select", 82, (AT32(args[READY32]), 0, 0, 0, 0, 0),			\
	  (NUM(n, ONE_FD32 + 1), OBJECT(timeout, &no_time32), NULL_ARG(inp),		\
	   BYTES(outp, fds32, sizeof(fds32)), NULL_ARG(exp)))				\
	RAW32(X, "select", 82, BAD32, 2, 3, 4, 5, 6)

#define CALLS32(X)									\
	RAW32(X, "getppid", 64, FIRST32, 2, 3, 4, 5, 6u)	/* semget */		\
	RAW32(X, "syscall", 999, 0xdeadbeefu, 1, 2, 3, 4, 0xcafe0000u)			\
	X(access, "access", 33, (AT32(path), 4, 0, 0, 0, 0),	/* dup2 */		\
	  (STR(name, PATH32), NUM(mode, 4)))						\
	X(access, "access", 33, (BAD32, 3, 0, 0, 0, 0), (BAD(name), NUM(mode, 3)))	\
	X(pipe, "pipe", 42, (BAD32, 0, 0, 0, 0, 0),		/* connect */		\
	  (NULL_ARG(fd1), NULL_ARG(fd2), NULL_ARG(ino)))				\
	X(truncate, "truncate", 92, (AT32(path), 0xfffffffbu, 0, 0, 0, 0),		\
	  (STR(path, PATH32), NUM(length, -5)))						\
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
	SOCKETS32(X) IPC32(X) MEMORY32(X) OLD32(X)					\
	RAW32(X, "getppid", 64, 0x22222222, 7, 8, 9, 10, 11u)

/* How many there are. */
enum {
#define COUNT32(event, name, nr, args, params) + 1
	NCALLS32 = 0 CALLS32(COUNT32)
};

#endif
