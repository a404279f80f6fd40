/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The filler vocabulary: what turns rows of events.def into code, for every build alike.
 * Included once per build, after the backend's fill header; includes nothing of the kernel.
 *
 * The backend provides
 *
 *   struct sct_fill	the frame: __u64 args[6], __s64 ret, int enter (constant per program),
 *			__u32 n (current parameter), __u64 off (next byte),
 *			__u32 nr (native syscall number), __u32 row (of syscalls.def),
 *			__u32 flags (SCT_RF_* of the record),
 *			struct sct_inode_id id, int have_id (a value function's cache); more of its own
 *   SCT_FILLER(id) {}	defines the filler of a row
 *
 *   sct_put(f, v)			append scalar v
 *   sct_begin(f, i) / sct_end(f, n)	open parameter i; close it with n bytes appended
 *   sct_put_user_str(f, uptr, max)	append a NUL-terminated string of user memory
 *   sct_put_user_buf(f, uptr, n)	append n bytes of user memory, all or none
 *   sct_read_user(f, dst, uptr, n)	copy user memory to a local; 0 or -EFAULT
 *   sct_any(f, v)			v, of which the BPF verifier forgets what it knows: all values
 *					of it are one case then
 *   sct_cut(f), sct_fault(f)		mark the current parameter
 *   sct_given(f)			the lengths that the call of a row with LEN was given, see SCT_LENS_UNKNOWN
 *   sct_snaplen(f)			bytes to keep of a buffer, at most SCT_SNAPLEN_MAX
 *   sct_argv_max(f)		bytes to keep of a program's arguments or environment, at most SCT_ARGV_MAX
 *   sct_rec_at(f, off)		where the record's byte off is
 *   sct_files_asked(f)		enum sct_files: what is to be told of the files of descriptors
 *   sct_fd_file_of(f, i, fd)	sct_put_fd_file(), in whatever way
 *   sct_fd_details_of(f, fd)	sct_put_fd_details(), in whatever way
 *   sct_mmsg_of(f, uptr, i, told)	sct_put_mmsg(), in whatever way
 *   sct_loop(f)			struct sct_loop *: keep there, not in locals, what a loop with
 *					puts carries on (f->off too), so that the BPF verifier
 *					sees each turn begin in the same state
 *
 * and the accessors below.  The put functions return the bytes appended, 0 on failure, and note
 * what was cut or unreadable with sct_cut() and sct_fault(): fillers carry no error plumbing.
 *
 *   sct_acc_fd_inode(f, fd, &id)	device and inode of a descriptor of the current task
 *   sct_acc_fd_created(f, fd)		was the file made by the call that opened fd? 0 or 1
 *   sct_acc_fd_file(f, fd, &file)	struct sct_fd_file of it, but for path and parameter
 *   sct_put_fd_path(f, fd)		append the path of a descriptor, from its mount namespace's root
 *   sct_put_device_or_sock(f, fd, &details)	struct sct_fd_details of it, left 0 where it is
 *					neither; append the addresses
 *   sct_acc_vm_size(f, task)		memory of a task in KiB: mapped; also _rss: resident,
 *					_swap: swapped out
 *   sct_current(f)			the current task, for those that take a task t:
 *   sct_acc_tid, pid, ptid, ppid (f, t)	ids of the task, its process, its parent thread and
 *					process in the initial pid namespace
 *   sct_acc_vtid, vpid (f, t)		ids in its own pid namespace
 *   sct_acc_pgid, vpgid (f, t)		its process group in the initial and its own pid namespace
 *   sct_acc_uid, gid, euid, egid, loginuid (f, t)	its credentials
 *   sct_acc_cap_inheritable, cap_permitted, cap_effective (f, t)	its capability sets
 *   sct_acc_pidns, mntns, netns, userns (f, t)	inode numbers of its namespaces
 *   sct_acc_start_time(f, t)		when it started, boottime ns
 *   sct_acc_pidns_start(f, t)		when the first process of its pid namespace started
 *   sct_acc_fdlimit(f, t)		its soft RLIMIT_NOFILE
 *   sct_acc_pgft_maj, pgft_min (f, t)	page faults so far
 *   sct_acc_tty(f, t)			its controlling terminal, a kernel dev_t; 0: none
 *   sct_acc_exit_code(f, t)		as wait(2) reports it
 *   sct_acc_exit_reaper(f, t)		who will inherit its children
 *   sct_acc_mm_strings(f, &strings)	struct sct_mm_strings of the current task
 *   sct_acc_exe_inode(f, &id)		device and inode of the current executable,
 *   sct_acc_exe_ctime, exe_mtime (f)	its times, ns since the epoch,
 *   sct_acc_exe_memfd(f)		and whether it was made by memfd_create(2)
 *   sct_put_comm, exe_path, cwd (f)	name, executable and working directory of the current task
 *   sct_put_cgroup_path(f)		its cgroup v2 path; its v1 memory path where that is /
 *   sct_put_cgroups(f)			"subsystem=path" strings, the one of v2 without a name
 *   sct_put_bprm_filename, bprm_interp (f, bprm)	names of a program that is being started
 *   sct_put_kernel_path(f, path)	a path that is a string of the kernel's
 *   sct_acc_regs_ip(f, regs)		instruction pointer of a struct pt_regs
 *   sct_acc_siginfo(f, info, &code, &pid)	si_code and si_pid of a struct kernel_siginfo
 *   sct_put_tuple_to(f, fd, uptr, n)	addresses of a socket (struct sct_tuple); the remote
 *					one is the n bytes at uptr when the socket has none
 *   sct_acc_uring_submit(f, &u), sct_acc_uring_async_work(f, &u), sct_acc_uring_complete(f, &u)	struct
 *					sct_uring of the request that such a tracepoint is about
 *   sct_acc_sock_queue(f, fd, &len, &max)	connections that wait for accept, and their limit
 *   sct_acc_sock_pair(f, fd, &own, &peer)	a unix socket's kernel address and its peer's
 */
#ifndef SCT_FILL_H
#define SCT_FILL_H

#include "commands.def"

/* ---- pushing a parameter by name (CODE rows): the row knows the type ---- */

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

/* ---- the caller's ABI: his pointers, longs and times may be half as wide as the kernel's ---- */

static SCT_INLINE int sct_is_ia32(struct sct_fill *f)
{
	return (f->flags & SCT_RF_ABI_MASK) == SCT_ABI_IA32;
}

/* Pointers, and sizes beside them (struct iovec): of x32 callers, too. */
static SCT_INLINE int sct_is_narrow(struct sct_fill *f)
{
	return (f->flags & SCT_RF_ABI_MASK) != SCT_ABI_NATIVE;
}

static SCT_INLINE int sct_has_time32(struct sct_fill *f)
{
	return sct_is_ia32(f) && !(f->flags & SCT_RF_TIME64);
}

/* Argument i for a type of 64 bit: what is signed has its sign where the caller's long ends. */
static SCT_INLINE __u64 sct_long_arg(struct sct_fill *f, __u32 i, int is_signed)
{
	return is_signed && sct_is_ia32(f) ? (__u64)(__s32)f->args[i] : f->args[i];
}

/* A number of 64 bit in argument i, of an i386 caller in arguments j and j + 1. */
static SCT_INLINE __u64 sct_pair_arg(struct sct_fill *f, __u32 i, __u32 j)
{
	return sct_is_ia32(f) ? f->args[j + 1] << 32 | f->args[j] : f->args[i];
}

/* A user's or group's id: old calls of i386 have it of 16 bit, with a -1 of that size. */
static SCT_INLINE __u32 sct_wide_id(__u16 id)
{
	return id == 0xffff ? ~0u : id;
}

static SCT_INLINE __u32 sct_id_arg(struct sct_fill *f, __u32 i)
{
	return sct_has_time32(f) ? sct_wide_id(f->args[i]) : (__u32)f->args[i];
}

/* ---- data of user memory ---- */

/* Has the call returned, and well?  Then what it wrote for the caller may be read. */
static SCT_INLINE int sct_ok(struct sct_fill *f)
{
	return !f->enter && f->ret >= 0;
}

/* Read n numbers that are narrow or not, n being constant: 0 or -EFAULT. */
#define sct_read_words(f, dst, uptr, n, narrow, ctype)			\
	({								\
		ctype __w[n];						\
		int __err, __i;						\
									\
		if (narrow) {						\
			__err = sct_read_user(f, __w, uptr, sizeof(__w));	\
			for (__i = 0; __i < (n) && !__err; __i++)	\
				(dst)[__i] = __w[__i];			\
		} else {						\
			__err = sct_read_user(f, dst, uptr, (n) * sizeof(__u64));	\
		}							\
		__err;							\
	})

/* The same, pointers and sizes; and longs with a sign. */
#define sct_read_ptrs(f, dst, uptr, n)					\
	sct_read_words(f, dst, uptr, n, sct_is_narrow(f), __u32)
#define sct_read_longs(f, dst, uptr, n, narrow)				\
	sct_read_words(f, dst, uptr, n, narrow, __s32)

static SCT_INLINE __u32 sct_ptr_size(struct sct_fill *f)
{
	return sct_is_narrow(f) ? 4 : 8;
}

/* A string argument; NULL is "not available", a bad pointer is "faulted". */
static SCT_INLINE __u64 sct_put_ustr(struct sct_fill *f, __u64 uptr)
{
	return uptr ? sct_put_user_str(f, uptr, SCT_SIZE_STR) : 0;
}

/* A buffer: its true size, then at most max bytes of it. */
static SCT_INLINE __u64 sct_put_ubuf_max(struct sct_fill *f, __u64 uptr, __u64 size, __u64 max)
{
	__u64 n = size;

	if (!uptr)
		return 0;
	if (n > max) {
		n = max;
		sct_cut(f);
	}
	sct_put(f, size);
	return sizeof(size) + (n ? sct_put_user_buf(f, uptr, n) : 0);
}

/* A buffer: its true size, then what the snaplen keeps of it. */
static SCT_INLINE __u64 sct_put_ubuf(struct sct_fill *f, __u64 uptr, __u64 size)
{
	return sct_put_ubuf_max(f, uptr, size, sct_snaplen(f));
}

/* One object of fixed size. */
static SCT_INLINE __u64 sct_put_uobj(struct sct_fill *f, __u64 uptr, __u32 size)
{
	return uptr ? sct_put_user_buf(f, uptr, size) : 0;
}

/* What there is for a command: a number of all that the kernel side needs to know. */
#define SCT_WHAT_DIR 48		/* SCT_DIR_* */
#define SCT_WHAT_X32 32		/* size for callers of x32, */
#define SCT_WHAT_IA32 16	/* and of i386 */

#define SCT_WHAT_CASE(name, number, dir, type)						\
	case number:									\
		return (__u64)SCT_DIR_##dir << SCT_WHAT_DIR |				\
		       (__u64)SCT_OBJ_X32_##type << SCT_WHAT_X32 |			\
		       (__u64)SCT_OBJ_IA32_##type << SCT_WHAT_IA32 | SCT_OBJ_##type;

#define SCT_WHAT_OF(call, list)								\
	static SCT_INLINE __u64 sct_##call##_value(__u32 command)			\
	{										\
		switch (command) {							\
			list(SCT_WHAT_CASE)						\
		}									\
		return 0;								\
	}

/* The size that it has for the caller; 0 where it is not to be read. */
static SCT_INLINE __u32 sct_what_size(struct sct_fill *f, __u64 what)
{
	__u64 dir = what >> SCT_WHAT_DIR;

	if (dir == SCT_DIR_NONE || (dir == SCT_DIR_OUT && !sct_ok(f)))
		return 0;
	if (sct_is_narrow(f))
		what >>= !sct_is_ia32(f) ? SCT_WHAT_X32 : sct_has_time32(f) ? SCT_WHAT_IA32 : 0;
	return what & 0xffff;
}

/* What uptr points to: its true size, then what is kept. */
static SCT_INLINE __u64 sct_put_value(struct sct_fill *f, __u64 uptr, __u64 what)
{
	__u32 size = sct_what_size(f, sct_any(f, what));

	return size ? sct_put_ubuf_max(f, uptr, size, SCT_VALUE_MAX) : 0;
}

/* Of count objects the first max ones, behind the count. */
static SCT_INLINE __u64 sct_put_uarray(struct sct_fill *f, __u64 uptr, __u64 count, __u32 max,
				       __u32 size)
{
	__u64 n = count;

	if (!uptr)
		return 0;
	if (n > max) {
		n = max;
		sct_cut(f);
	}
	sct_put(f, count);
	return sizeof(count) + (n ? sct_put_user_buf(f, uptr, n * size) : 0);
}

/* A struct timespec. */
static SCT_INLINE __u64 sct_put_timespec(struct sct_fill *f, __u64 uptr)
{
	__s64 ts[2] = {};

	if (!uptr || !sct_has_time32(f))
		return sct_put_uobj(f, uptr, SCT_SIZE_TIMESPEC);
	if (sct_read_longs(f, ts, uptr, 2, 1)) {
		sct_fault(f);
		return 0;
	}
	sct_put(f, ts[0]);
	sct_put(f, ts[1]);
	return sizeof(ts);
}

/* A part of a larger object. */
static SCT_INLINE __u64 sct_put_ufield(struct sct_fill *f, __u64 uptr, __u32 off, __u32 size)
{
	return uptr ? sct_put_user_buf(f, uptr + off, size) : 0;
}

/* Element i of an array of struct iovec; 0 or -EFAULT. */
#define sct_read_iovec(f, iov, uptr, i)	\
	sct_read_ptrs(f, iov, (uptr) + (i) * 2 * sct_ptr_size(f), 2)
#define SCT_IOV_BASE 0
#define SCT_IOV_LEN  1

#define SCT_NO_LIMIT (~0ull)

/*
 * Loops that put: a turn returns 0 when there is to be another.  Where they are made in a function,
 * that makes SCT_TURNS of them.
 */
#ifndef SCT_TURNS
#define SCT_TURNS 1
#define sct_ustrv_turns sct_ustrv_turn
#define sct_uiov_turns	sct_uiov_turn
#endif

/* The next buffer of an iovec array; -1 when the array is unreadable. */
static SCT_INLINE int sct_uiov_turn(struct sct_fill *f, __u64 uptr, __u64 count, __u64 limit)
{
	struct sct_loop *l = sct_loop(f);
	__u64 n, iov[2];

	if (l->turn >= count || (limit != SCT_NO_LIMIT && !l->room))
		return 1;
	if (sct_read_iovec(f, iov, uptr, l->turn)) {
		sct_fault(f);
		return -1;
	}
	l->turn++;
	l->sum += iov[SCT_IOV_LEN];
	n = iov[SCT_IOV_LEN] < l->room ? iov[SCT_IOV_LEN] : l->room;
	if (!n)
		return 0;
	f->off = l->off;
	l->room = sct_put_user_buf(f, iov[SCT_IOV_BASE], n) ? l->room - n : 0;
	l->off = f->off;
	return 0;
}

/*
 * The buffers of an iovec array as one: the true size, then at most max bytes.  limit is
 * the true size, e.g. the result of a read; without one that is the sum of all lengths, which
 * sct_put_uiov_sum() puts again.  Like the kernel, take no array of which a part is unreadable.
 */
static SCT_INLINE __u64 sct_put_uiov_max(struct sct_fill *f, __u64 uptr, __u64 count, __u64 limit,
					 __u64 max)
{
	__u64 start = f->off, size, n;
	struct sct_loop *l = sct_loop(f);
	int end = 0;
	__u32 i;

	l->sum = 0;
	if (!uptr)
		return 0;
	sct_put(f, limit);	/* the size's place */
	l->off = f->off;
	l->room = limit < max ? limit : max;
	l->turn = 0;
	for (i = 0; i < SCT_IOV_MAX && !end; i += SCT_TURNS)
		end = sct_uiov_turns(f, uptr, count, limit);
	f->off = start;
	if (end < 0) {
		l->sum = SCT_NO_LIMIT;
		return 0;
	}
	size = limit == SCT_NO_LIMIT ? l->sum : limit;
	sct_put(f, size);
	n = l->off - start;
	if (n - sizeof(size) < size || (limit == SCT_NO_LIMIT && count > SCT_IOV_MAX))
		sct_cut(f);
	f->off = l->off;
	return n;
}

static SCT_INLINE __u64 sct_put_uiov(struct sct_fill *f, __u64 uptr, __u64 count, __u64 limit)
{
	return sct_put_uiov_max(f, uptr, count, limit, sct_snaplen(f));
}

/* The sum of the lengths, after sct_put_uiov() or sct_uiov_sum() took it. */
static SCT_INLINE __u64 sct_put_uiov_sum(struct sct_fill *f, __u64 count)
{
	__u64 sum = sct_loop(f)->sum;

	if (sum == SCT_NO_LIMIT) {
		sct_fault(f);
		return 0;
	}
	if (count > SCT_IOV_MAX)
		sct_cut(f);
	sct_put(f, sum);
	return sizeof(sum);
}

static SCT_INLINE void sct_uiov_sum(struct sct_fill *f, __u64 uptr, __u64 count)
{
	struct sct_loop *l = sct_loop(f);
	__u64 iov[2];
	__u32 i;

	l->sum = 0;
	for (i = 0; i < SCT_IOV_MAX && i < count; i++) {
		if (sct_read_iovec(f, iov, uptr, i)) {
			l->sum = SCT_NO_LIMIT;
			break;
		}
		l->sum += iov[SCT_IOV_LEN];
	}
}

/*
 * The strings from start to end, max bytes of them; they end with a NUL, whatever the process wrote
 * there.
 */
static SCT_INLINE __u64 sct_put_ustrings(struct sct_fill *f, __u64 start, __u64 end, __u64 max)
{
	__u64 n = end - start;

	if (!start || start >= end)
		return 0;
	if (n > max) {
		n = max;
		sct_cut(f);
	}
	if (n > 1 && !sct_put_user_buf(f, start, n - 1))
		return 0;
	sct_put(f, (__u8)0);
	return n;
}

/* The next string of a vector of pointers. */
static SCT_INLINE int sct_ustrv_turn(struct sct_fill *f, __u64 uptr)
{
	struct sct_loop *l = sct_loop(f);
	__u64 str[1] = { 0 };

	if (sct_read_ptrs(f, str, uptr + l->turn * sct_ptr_size(f), 1)) {
		sct_fault(f);
		return 1;
	}
	if (!str[0])
		return 1;
	if (l->turn == SCT_STRV_MAX || !l->room) {
		sct_cut(f);
		return 1;
	}
	l->turn++;
	f->off = l->off;
	l->room -= sct_put_user_str(f, str[0], l->room);
	l->off = f->off;
	return 0;
}

/* The strings of a vector of pointers that ends with NULL; those that cannot be read are left out. */
static SCT_INLINE __u64 sct_put_ustrv(struct sct_fill *f, __u64 uptr)
{
	struct sct_loop *l = sct_loop(f);
	__u64 start = f->off;
	__u32 i;

	if (!uptr)
		return 0;
	l->off = f->off;
	l->room = sct_argv_max(f);
	l->turn = 0;
	for (i = 0; i <= SCT_STRV_MAX && !sct_ustrv_turns(f, uptr);)
		i += SCT_TURNS;
	f->off = l->off;
	return l->off - start;
}

#include "values/syscall.h"
#include "values/file.h"
#include "values/io.h"
#include "values/net.h"
#include "values/process.h"
#include "values/memory.h"
#include "values/cred.h"
#include "values/signal.h"
#include "values/command.h"
#include "values/uring.h"

/*
 * ---- AUTO rows ----
 * Each source is the statement that closes the parameter; sct_v is the parameter's C type, sct_size
 * its size, and sct_native, sct_ia32 and sct_x32 that of one object in a caller's memory.
 */
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

/*
 * ---- the files of descriptors, where they are asked for ----
 * Behind the values that the filler has written: it is there that the descriptors are taken from.
 */

/*
 * The parameters of a row that are descriptors, a bit each; of those, the ones that may be
 * AT_FDCWD.
 */
struct sct_fds {
	__u64 all, dirs;
};

#define P(name, type, source)						\
	if (SCT_IS_FD_##type)						\
		fds.all |= 1ull << __builtin_offsetof(row, name);	\
	if (SCT_T_##type == SCT_T_DIRFD)				\
		fds.dirs |= 1ull << __builtin_offsetof(row, name);
#define SCT_EVENT(id, name, cat, flags, filler, params)			\
	static SCT_INLINE struct sct_fds sct_fds_##id(void)		\
	{								\
		typedef struct sct_params_##id row __attribute__((unused));	\
		struct sct_fds fds = {};				\
									\
		params							\
		return fds;						\
	}
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params)
#define SCT_META(id, name, cat, flags, filler, params)
#include "events.def"
#undef P

/* What more is told of a device or a socket, nothing of others; begins on 8 bytes. */
static SCT_INLINE __u64 sct_put_fd_details(struct sct_fill *f, __s32 fd)
{
	struct sct_fd_details d = {};
	__u64 start = f->off, end;

	f->off += sizeof(d);
	sct_put_device_or_sock(f, fd, &d);
	end = f->off;
	if (d.mode)
		sct_put(f, (__u64)0);	/* no old bytes in the padding */
	f->off = start;
	if (!d.mode)
		return 0;
	sct_put(f, d.mode);
	sct_put(f, d.len);
	sct_put(f, d.family);
	sct_put(f, d.type);
	sct_put(f, d.protocol);
	sct_put(f, d.number);
	sct_put(f, d.peer);
	f->off = SCT_ALIGN8(end);
	return f->off - start;
}

/* A file with all that is told of it; nothing where there is none. */
static SCT_INLINE void sct_put_fd_file(struct sct_fill *f, __u32 param, __s32 fd)
{
	struct sct_fd_file file = {};
	__u64 start = f->off, end;
	__u32 n;

	f->n = param;
	f->off += sizeof(file);
	if (fd == SCT_AT_FDCWD) {
		n = sct_put_cwd(f);
	} else {
		sct_acc_fd_file(f, fd, &file);
		n = sct_put_fd_path(f, fd);
	}
	end = SCT_ALIGN8(f->off);
	sct_put(f, (__u64)0);	/* no old bytes in the padding */
	f->off = end;
	if (sct_files_asked(f) == SCT_FILES_DETAILS && file.ino && sct_fd_details_of(f, fd)) {
		file.flags |= SCT_FF_DETAILS;
		end = f->off;
	}
	f->off = start;
	if (!n && !file.ino)
		return;
	sct_put(f, (__u32)(n << 16 | file.flags << 8 | param));
	sct_put(f, file.dev);
	sct_put(f, file.ino);
	sct_put(f, file.magic);
	f->off = end;
}

/* Those of a complete record, at its end, where f->off is. */
static SCT_INLINE void sct_put_fd_files(struct sct_fill *f, __u32 nparams, const struct sct_fds *fds)
{
	struct sct_loop *l = sct_loop(f);
	__u64 all = fds->all;
	__u16 len;
	__s32 fd;
	__u32 i;

	l->off = SCT_VALUES_OFF(nparams);
	for (i = 0; i < 64 && all >> i; i++) {
		len = *(__u16 *)sct_rec_at(f, sizeof(struct sct_record) + 2 * i);
		if (all >> i & 1 && len == sizeof(fd)) {
			__builtin_memcpy(&fd, sct_rec_at(f, l->off), sizeof(fd));
			if (fd >= 0 || (fd == SCT_AT_FDCWD && fds->dirs >> i & 1))
				sct_fd_file_of(f, i, fd);
		}
		l->off += len;
	}
}

#endif
