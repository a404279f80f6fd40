/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The filler vocabulary: what a backend gives to the fillers, which are written once for all of them.  Included by
 * each backend's fill header, which implements it, after sct_abi.h and sct_config.h; includes nothing of kernel, BPF
 * or libc.  What is declared here and missing there does not compile.
 *
 * Backends are the module (kmod/), the eBPF probe (bpf/) and the host, for tests (tests/unit/).  Those with a kernel
 * to look at share the accessors of kernel/, and implement what kernel/objects.h declares instead.
 *
 * Before this the backend defines
 *
 *   SCT_INLINE		"inline", in a way that the compiler follows
 *   SCT_FILLER(id) {}	the head of the function that is the filler of a row
 *   SCT_TURNS		how many turns of a loop an outlined function makes, see outlined.def; else 1
 *   sct_put(f, v)	append the scalar v; a macro, as v has any type
 *   struct sct_fill	the frame of a filler, which is a local of it:
 *
 *	__u64 args[6]	arguments of the call or tracepoint; 64 bits, also those of i386
 *	__s64 ret	the result; -4095 to -1: the call has failed
 *	int enter	is it the record of a call's begin?  Constant in each program
 *	__u32 n		number of the current parameter
 *	__u64 off	where the next byte goes, counted from the begin of the record
 *	__u32 nr	native number of the call
 *	__u32 row	enum sct_syscall_row
 *	__u32 flags	SCT_RF_* of the record
 *	const struct sct_config *cfg	what is asked for; all members have their values.  Volatile for BPF, as it
 *			is constant for the verifier, not for the compiler
 *	struct sct_inode_id id, int have_id	room for a value function to keep an inode; have_id is 0 at first
 *
 *			and more of its own.
 *
 * The put functions append to the current parameter and return the bytes appended, 0 on failure.  They note what was
 * cut or unreadable with sct_cut() and sct_fault(): fillers carry no error plumbing.  Each takes the place that it
 * needs as given: the type of a parameter says how large it gets (types.def), and the backend has room for all.
 *
 * The accessors tell of kernel objects.  They sleep for nothing and take no lock.  What is gone, or is not there, is
 * 0 or empty.  t is the current task, or one that the tracepoint is about.
 */
#ifndef SCT_VOCAB_H
#define SCT_VOCAB_H

#if !defined(SCT_INLINE) || !defined(SCT_FILLER) || !defined(sct_put)
#error "the backend defines SCT_INLINE, SCT_FILLER() and sct_put() before it includes vocab.h"
#endif

#ifndef SCT_TURNS
#define SCT_TURNS 1
#endif

/* What is missing is an error, wherever a compiler would take it for a function of somebody else's. */
#ifdef __clang__
#pragma clang diagnostic error "-Wundefined-internal"
#pragma clang diagnostic error "-Wimplicit-function-declaration"
#else
#pragma GCC diagnostic error "-Wimplicit-function-declaration"
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wunused-function"
#endif

struct sct_fill;
struct task_struct;

/* ---- the record ---- */

/* Open parameter i, the one behind the last; close it with n bytes appended. */
static SCT_INLINE void sct_begin(struct sct_fill *f, __u32 i);
static SCT_INLINE void sct_end(struct sct_fill *f, __u64 n);

/* Mark the current parameter: it is not all of the value; memory of it cannot be read. */
static SCT_INLINE void sct_cut(struct sct_fill *f);
static SCT_INLINE void sct_fault(struct sct_fill *f);

/* Where byte off of the record is, which has been written. */
static SCT_INLINE __u8 *sct_rec_at(struct sct_fill *f, __u64 off);

/*
 * Keep there, not in locals, what a loop with puts carries on (f->off too), so that the BPF verifier sees each turn
 * begin in the same state.
 */
static SCT_INLINE struct sct_loop *sct_loop(struct sct_fill *f);

/* v, of which the BPF verifier forgets what it knows: all values of it are one case then. */
static SCT_INLINE __u64 sct_any(struct sct_fill *f, __u64 v);

/* ---- the call ---- */

/* The lengths that the call of a row with LEN was given, a byte each, see SCT_LENS_UNKNOWN. */
static SCT_INLINE __u64 sct_given(struct sct_fill *f);

/* ---- user memory, as it is now ---- */

/* Append a string, cut to max bytes with its NUL; max is at most SCT_SIZE_STR, or less than SCT_CHUNK_MAX. */
static SCT_INLINE __u64 sct_put_user_str(struct sct_fill *f, __u64 uptr, __u32 max);
/* Append n bytes, less than SCT_CHUNK_MAX: all or none. */
static SCT_INLINE __u64 sct_put_user_buf(struct sct_fill *f, __u64 uptr, __u64 n);
/* Copy n bytes, a constant, to a local: 0, or another number when they cannot be read; *dst is undefined then. */
static SCT_INLINE int sct_read_user(struct sct_fill *f, void *dst, __u64 uptr, __u32 n);

/* ---- kernel memory that stays ---- */

/* Append n bytes, less than SCT_CHUNK_MAX; a string, cut to max bytes with its NUL, nothing where src is NULL. */
static SCT_INLINE __u64 sct_put_kernel(struct sct_fill *f, const void *src, __u64 n);
static SCT_INLINE __u64 sct_put_kernel_str(struct sct_fill *f, const char *src, __u32 max);

/* ---- files of the current task; fd is any number ---- */

/* Device and inode of what is behind fd; *id is left as it is, or 0, where nothing is. */
static SCT_INLINE void sct_acc_fd_inode(struct sct_fill *f, __s32 fd, struct sct_inode_id *id);
/* Was the file made by the call that opened fd?  0 or 1. */
static SCT_INLINE int sct_acc_fd_created(struct sct_fill *f, __s32 fd);
/* All of *file but for path and parameter. */
static SCT_INLINE void sct_acc_fd_file(struct sct_fill *f, __s32 fd, struct sct_fd_file *file);
/* Fill in *details, left 0 where fd is neither a device nor a socket; append the addresses (struct sct_tuple). */
static SCT_INLINE void sct_put_device_or_sock(struct sct_fill *f, __s32 fd, struct sct_fd_details *details);
/* sct_put_fd_path(f, fd): the path, up to SCT_SIZE_PATH bytes, from the root of its mount namespace */

/* ---- sockets of the current task ---- */

/* Connections that wait for accept(2), and how many may. */
static SCT_INLINE void sct_acc_sock_queue(struct sct_fill *f, __s32 fd, __u32 *len, __u32 *max);
/* A unix socket's address in the kernel and its peer's. */
static SCT_INLINE void sct_acc_sock_pair(struct sct_fill *f, __s32 fd, __u64 *own, __u64 *peer);
/* sct_put_tuple_to(f, fd, uptr, n): struct sct_tuple; where the socket has no remote address, the n bytes at uptr */

/* ---- tasks ---- */

static SCT_INLINE struct task_struct *sct_current(struct sct_fill *f);

/* Ids of the task, its process, its parent thread and process, its process group, in the initial pid namespace. */
static SCT_INLINE __s32 sct_acc_tid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __s32 sct_acc_pid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __s32 sct_acc_ptid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __s32 sct_acc_ppid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __s32 sct_acc_pgid(struct sct_fill *f, struct task_struct *t);
/* In its own one; 0 for a group that was led from outside. */
static SCT_INLINE __s32 sct_acc_vtid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __s32 sct_acc_vpid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __s32 sct_acc_vpgid(struct sct_fill *f, struct task_struct *t);

/* Credentials, ids in the initial user namespace; the login uid is -1 where it was never set. */
static SCT_INLINE __u32 sct_acc_uid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u32 sct_acc_gid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u32 sct_acc_euid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u32 sct_acc_egid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u32 sct_acc_loginuid(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u64 sct_acc_cap_inheritable(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u64 sct_acc_cap_permitted(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u64 sct_acc_cap_effective(struct sct_fill *f, struct task_struct *t);

/* Inode numbers of its namespaces. */
static SCT_INLINE __u32 sct_acc_pidns(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u32 sct_acc_mntns(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u32 sct_acc_netns(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u32 sct_acc_userns(struct sct_fill *f, struct task_struct *t);

/* When it started, and the first process of its pid namespace: ns of CLOCK_BOOTTIME. */
static SCT_INLINE __u64 sct_acc_start_time(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u64 sct_acc_pidns_start(struct sct_fill *f, struct task_struct *t);

/* Its soft RLIMIT_NOFILE; page faults so far; its controlling terminal, a dev_t of the kernel's, 0: none. */
static SCT_INLINE __u64 sct_acc_fdlimit(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u64 sct_acc_pgft_maj(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u64 sct_acc_pgft_min(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u32 sct_acc_tty(struct sct_fill *f, struct task_struct *t);

/* Memory in KiB: mapped, resident, swapped out. */
static SCT_INLINE __u64 sct_acc_vm_size(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u64 sct_acc_vm_rss(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __u64 sct_acc_vm_swap(struct sct_fill *f, struct task_struct *t);

/* Of a task that ends: its code as wait(2) reports it; who will inherit its children, 0: it has none. */
static SCT_INLINE __s32 sct_acc_exit_code(struct sct_fill *f, struct task_struct *t);
static SCT_INLINE __s32 sct_acc_exit_reaper(struct sct_fill *f, struct task_struct *t);

/* ---- the program of the current task ---- */

/* Its name, at most SCT_COMM_LEN bytes. */
static SCT_INLINE __u64 sct_put_comm(struct sct_fill *f);
/* Where arguments and environment are in its memory. */
static SCT_INLINE void sct_acc_mm_strings(struct sct_fill *f, struct sct_mm_strings *s);
/* The executable: device and inode; times, ns since the epoch; was it made by memfd_create(2)?  0 or 1. */
static SCT_INLINE void sct_acc_exe_inode(struct sct_fill *f, struct sct_inode_id *id);
static SCT_INLINE __u64 sct_acc_exe_ctime(struct sct_fill *f);
static SCT_INLINE __u64 sct_acc_exe_mtime(struct sct_fill *f);
static SCT_INLINE int sct_acc_exe_memfd(struct sct_fill *f);
/* sct_put_exe_path(f), sct_put_cwd(f): paths of executable and working directory, up to SCT_SIZE_PATH bytes */

/* ---- its cgroups ---- */

/* sct_put_cgroup_path(f): the one of v2; where that is /, the one of v1's memory or pids */
/* sct_put_cgroups(f): strings "controller=path", the one of v2 without a name, up to SCT_SIZE_STRV bytes */

/* ---- what tracepoints point to ---- */

/* Names of a program that is being started (struct linux_binprm); a path that is a string of the kernel's. */
static SCT_INLINE __u64 sct_put_bprm_filename(struct sct_fill *f, __u64 bprm);
static SCT_INLINE __u64 sct_put_bprm_interp(struct sct_fill *f, __u64 bprm);
static SCT_INLINE __u64 sct_put_kernel_path(struct sct_fill *f, __u64 path);
/* Instruction pointer of a struct pt_regs. */
static SCT_INLINE __u64 sct_acc_regs_ip(struct sct_fill *f, __u64 regs);
/* si_code and si_pid of a struct kernel_siginfo; left as they are where info stands for one, see SEND_SIG_PRIV. */
static SCT_INLINE void sct_acc_siginfo(struct sct_fill *f, __u64 info, __s32 *code, __s32 *pid);
/* The request that such a tracepoint is about; what the kernel does not tell is left as it is. */
static SCT_INLINE void sct_acc_uring_submit(struct sct_fill *f, struct sct_uring *u);
static SCT_INLINE void sct_acc_uring_async_work(struct sct_fill *f, struct sct_uring *u);
static SCT_INLINE void sct_acc_uring_complete(struct sct_fill *f, struct sct_uring *u);

/* ---- outlined values: what fillers call, and the code behind ---- */

/* A list in parentheses, behind what comes first. */
#define SCT_AND_EACH(...)	, ##__VA_ARGS__
#define SCT_BEHIND(first, list)	first SCT_AND_EACH list

#define SCT_OUTLINED_PROTOTYPES(type, name, bpf, kmod, params, args)			\
	static SCT_INLINE type sct_##name(SCT_BEHIND(struct sct_fill *f, params));	\
	static SCT_INLINE type sct_body_##name(SCT_BEHIND(struct sct_fill *f, params));
#define SCT_OUTLINED SCT_OUTLINED_PROTOTYPES
#include "outlined.def"

#ifndef __clang__
#pragma GCC diagnostic pop
#endif

#endif
