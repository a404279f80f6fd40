/* SPDX-License-Identifier: MIT */
/*
 * Runs the filler of any row over made-up registers and memory, and looks at the record.
 * Each test_*.c includes this; all of them and fillers.c are linked into one program.
 */
#ifndef FILLERS_H
#define FILLERS_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <linux/types.h>
#include "sct_abi.h"
#include "sct_config.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* ---- tests find their way into the program by themselves ---- */

struct test {
	const char *name;
	void (*run)(void **state);
};

#define TEST(fn)								\
	static void fn(void **state);						\
	static const struct test test_##fn					\
	__attribute__((section("sct_tests"), used, aligned(8))) = { #fn, fn };	\
	static void fn(void **state __attribute__((unused)))

/* ---- what the accessors answer; before each test all values are there and differ ---- */

#define SCT_FAKE_TASK(X)						\
	X(__s32, tid) X(__s32, pid) X(__s32, ptid) X(__s32, ppid)	\
	X(__s32, vtid) X(__s32, vpid) X(__s32, pgid) X(__s32, vpgid)	\
	X(__u32, uid) X(__u32, gid) X(__u32, euid) X(__u32, egid) X(__u32, loginuid) \
	X(__u64, cap_inheritable) X(__u64, cap_permitted) X(__u64, cap_effective) \
	X(__u32, pidns) X(__u32, mntns) X(__u32, netns) X(__u32, userns)	\
	X(__u64, start_time) X(__u64, pidns_start) X(__u64, fdlimit)	\
	X(__u64, pgft_maj) X(__u64, pgft_min) X(__u32, tty)		\
	X(__u64, vm_size) X(__u64, vm_rss) X(__u64, vm_swap)		\
	X(__s32, exit_code) X(__s32, exit_reaper)

struct task_struct {
#define X(ctype, name) ctype name;
	SCT_FAKE_TASK(X)
#undef X
};

#define SCT_FAKE_STRINGS(X)						\
	X(exe_path) X(cwd) X(cgroup_path) X(fd_path) X(bprm_filename) X(bprm_interp)

#define SCT_FAKE_NUMBERS(X)						\
	X(__u32, nr) X(__u32, row)					\
	X(__u32, queue_len) X(__u32, queue_max) X(__u64, pair_own) X(__u64, pair_peer) \
	X(__u64, exe_ctime) X(__u64, exe_mtime) X(__u64, regs_ip)

#define SCT_FAKE_INODES(X) X(fd_inode) X(exe_inode)

struct sct_fake {
	struct task_struct task, other;	/* the current task, and one to point to */
	const char *comm;
#define X(name) const char *name;
	SCT_FAKE_STRINGS(X)
#undef X
#define X(ctype, name) ctype name;
	SCT_FAKE_NUMBERS(X)
#undef X
#define X(name) struct sct_inode_id name;
	SCT_FAKE_INODES(X)
#undef X
	__u8 local[128], remote[128];	/* socket addresses; without a length there is none */
	__u16 local_len, remote_len;
	struct sct_mm_strings mm;	/* at first all 0 */
	const char *cgroups;		/* strings, each NUL-terminated, */
	__u32 cgroups_len;		/* and how long they are together */
	__s32 signal_code, signal_pid;
	struct sct_config cfg;		/* what is asked for; at first the defaults, and paths of files */
	__u64 given;			/* the lengths that the call was given; at first SCT_LENS_UNKNOWN */
	__u32 flags;			/* SCT_RF_*: the caller's ABI */
	int fd_created, exe_memfd;
	int no_socket;			/* descriptors are something else */
	__s32 closed_fd;		/* nothing is behind it */
	__u64 fd_magic;			/* of the file system of what is behind the others */
	int fd_deleted;
	struct sct_fd_details fd_details;	/* of the same; at first none */
	struct sct_uring uring;		/* the request that tracepoints of io_uring are about */
	/* User memory, instead of this process's: 0 or -EFAULT. */
	int (*read_user)(void *dst, __u64 uptr, __u32 n);
};

extern struct sct_fake fake;
void fake_reset(void);

/* ---- the rows ---- */

enum row_kind { ROW_CALL, ROW_TRACEPOINT, ROW_META };

/* Where a parameter's value comes from, as its row says. */
enum source {
	FROM_ARG, FROM_RET, FROM_USTR, FROM_UBUF, FROM_UOBJ, FROM_UARRAY, FROM_UFIELD, FROM_NONE,
	FROM_VAL, FROM_PUT, FROM_CODE,
};

struct want {
	const char *name;
	enum sct_type type;
	enum source from;
	int conditional;	/* the row says when it is there */
	int on_success;		/* a failed call does not have it, nor has an enter record */
	int absent;		/* with these arguments and this result it is empty */
	int arg;		/* index of the argument */
	__u64 n;		/* UBUF: the buffer's size; UFIELD: the offset */
};

struct sct_fill;
struct sct_fds;

struct row {
	const char *id, *name;
	enum row_kind kind;
	__u32 nparams;
	void (*run)(struct sct_fill *f);	/* NULL: no filler makes it */
	void (*want)(struct sct_fill *f, struct want *w);	/* of each parameter */
	struct sct_fds (*fds)(void);		/* those that are descriptors; NULL: no call */
};

extern const struct row rows[SCT_EV_MAX];

#define for_each_filler(id)			\
	for (id = 0; id < SCT_EV_MAX; id++)	\
		if (rows[id].run)

struct type {
	const char *name;
	enum sct_format format;
	int scalar;
	__u32 size;
	__u32 object[SCT_ABI_MAX];	/* one of those that data holds, by the caller's ABI */
};

extern const struct type types[SCT_T_MAX];

/* ---- running a row ---- */

#define SCT_NPARAMS_MAX 64	/* bits in sct_record.cut */

struct param {
	const __u8 *data;
	__u32 len;
};

/* A record that is well-formed; valid until the next one is made. */
struct rec {
	const struct row *row;
	struct sct_record head;
	__u64 args[6];
	__s64 ret;
	struct want want[SCT_NPARAMS_MAX];
	struct param p[SCT_NPARAMS_MAX];
};

struct rec fill_row(enum sct_event_id id, int enter, __s64 ret, const __u64 args[6]);

#define ARGS_(dummy, a, b, c, d, e, g, ...)				\
	(const __u64[6]) { (__u64)(a), (__u64)(b), (__u64)(c), (__u64)(d), (__u64)(e), (__u64)(g) }
#define ARGS(...)	   ARGS_(0, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0)

/* fill(openat_x, 3, AT_FDCWD, "/etc/passwd", O_RDONLY): arguments not given are 0 */
#define fill(id, ret, ...)	fill_row(SCT_EV_##id, 0, ret, ARGS(__VA_ARGS__))
#define fill_enter(id, ...)	fill_row(SCT_EV_##id, 1, 0, ARGS(__VA_ARGS__))

/* The same as the bytes that a backend writes, which nothing has looked at yet; with the files. */
const struct sct_record *fill_record(enum sct_event_id id, int enter, __s64 ret,
				     const __u64 args[6], int files);

/* The files that are put behind such a record, in its order. */
struct files {
	unsigned n;
	struct {
		struct sct_fd_file head;
		char path[SCT_SIZE_PATH];
		struct sct_fd_details details;
		__u8 tuple[SCT_SIZE_TUPLE];
	} file[8];
};

struct files fill_files_row(enum sct_event_id id, int enter, __s64 ret, const __u64 args[6]);
#define fill_files(id, ret, ...) fill_files_row(SCT_EV_##id, 0, ret, ARGS(__VA_ARGS__))

/* ---- memory for arguments ---- */

#define BAD_PTR	   ((void *)0x10)
#define KERNEL_PTR ((void *)0xffff888000001000ull)

/* A copy of n bytes behind which nothing is readable; valid until the test ends. */
void *at_edge(const void *data, size_t n);
void free_edges(void);

/* A megabyte of 'A' without a NUL. */
void *big_buffer(void);
#define BIG_SIZE (1u << 20)

/* ---- looking at a record ---- */

#define AT(rec, id, param) __FILE__, __LINE__, rec, SCT_EV_##id, SCT_PARAM(id, param)

/* a value, complete; a constant is the same in every record, and may be 0 */
#define assert_num(rec, id, param, v)	   check_num(AT(rec, id, param), (__u64)(v))
#define assert_constant(rec, id, param, v) check_constant(AT(rec, id, param), (__u64)(v))
#define assert_str(rec, id, param, s)	   check_mem(AT(rec, id, param), s, strlen(s) + 1)
#define assert_mem(rec, id, param, mem, n) check_mem(AT(rec, id, param), mem, n)
/* BYTES: the true size, then n bytes, cut if n is less */
#define assert_bytes(rec, id, param, size, mem, n) \
	check_bytes(AT(rec, id, param), size, mem, n)
/* BYTES: the true size, but what lies there cannot be read */
#define assert_bytes_faulted(rec, id, param, size) check_bytes_faulted(AT(rec, id, param), size)
/* FDSET: how many descriptors there can be, then n bytes, cut if there are more */
#define assert_fds(rec, id, param, count, mem, n) check_fds(AT(rec, id, param), count, mem, n)
/* the first n bytes of a longer value */
#define assert_cut(rec, id, param, mem, n) check_cut(AT(rec, id, param), mem, n)
/* nothing, because there is nothing; or because it cannot be read */
#define assert_empty(rec, id, param)   check_empty(AT(rec, id, param), 0)
#define assert_faulted(rec, id, param) check_empty(AT(rec, id, param), 1)

#define CHECK_ARGS const char *file, int line, const struct rec *r, __u32 id, __u32 i
void check_num(CHECK_ARGS, __u64 v);
void check_constant(CHECK_ARGS, __u64 v);
void check_mem(CHECK_ARGS, const void *mem, size_t n);
void check_cut(CHECK_ARGS, const void *mem, size_t n);
void check_bytes(CHECK_ARGS, __u64 size, const void *mem, size_t n);
void check_fds(CHECK_ARGS, __u64 count, const void *mem, size_t n);
void check_bytes_faulted(CHECK_ARGS, __u64 size);
void check_empty(CHECK_ARGS, int faulted);

/* Fails unless ok, naming the record and the parameter; check() does so where it stands. */
void check_that(CHECK_ARGS, int ok, const char *what);
#define check(r, i, expr) check_that(__FILE__, __LINE__, r, (r)->head.type, i, !!(expr), #expr)

/* Was a value of the parameter, not empty and not 0, compared with an expected one? */
int was_checked(__u32 id, __u32 i);
/* Prints which of the values that functions compute were not; their number. */
int report_unchecked(void);

#endif
