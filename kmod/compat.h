/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Where kernels differ: HAVE_* come from the files of configure/, each of which compiles on kernels
 * that have the thing.  Included by all of kmod/; asks for things, never for versions.
 */
#ifndef SCT_COMPAT_H
#define SCT_COMPAT_H

#include "config.h"
#include <linux/compiler.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/page-flags.h>

#ifndef READ_ONCE	/* 230fa253df63 ("kernel: Provide READ_ONCE and ASSIGN_ONCE"), 3.19 */
#define READ_ONCE(x)	 ACCESS_ONCE(x)
#define WRITE_ONCE(x, v) (ACCESS_ONCE(x) = (v))
#endif

#include <linux/sched.h>
#ifdef HAVE_SCHED_SIGNAL_HEADER	/* c3edc4010e9d ("sched/headers: Move task_struct::signal..."), 4.11 */
#include <linux/sched/signal.h>
#endif

#include <linux/uaccess.h>
#ifdef HAVE_UNALIGNED_HEADER	/* 5f60d5f6bbc1 ("move asm/unaligned.h to linux/unaligned.h"), 6.12 */
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

/* An index that has been found to be below n: also for a CPU that went on before it was. */
#ifdef HAVE_NOSPEC_HEADER
#include <linux/nospec.h>
#define sct_index(i, n) array_index_nospec(i, n)
#else
#define sct_index(i, n) (i)
#endif

#ifndef TASK_SIZE_MAX
#define TASK_SIZE_MAX TASK_SIZE
#endif

#ifdef HAVE_ACCESS_OK_2ARGS
#define sct_access_ok(p, n) access_ok(p, n)
#else
#define sct_access_ok(p, n) access_ok(VERIFY_READ, p, n)
#endif

#ifdef HAVE_RAW_COPY_FROM_USER
#define sct_raw_copy(dst, src, n) raw_copy_from_user(dst, src, n)
#else
#define sct_raw_copy(dst, src, n) __copy_from_user_inatomic(dst, src, n)
#endif

/* What memory user space asked for is accounted to it; fail early rather than drive others out. */
#ifndef __GFP_ACCOUNT	/* a9bb7e620efd ("memcg: only account kmem allocations marked..."), 4.5 */
#define __GFP_ACCOUNT 0
#endif
#define SCT_GFP (GFP_KERNEL | __GFP_ACCOUNT | __GFP_ZERO | __GFP_NOWARN | __GFP_NORETRY)

/*
 * For pages that user space maps.  Before 18b2db3b0385 ("mm: Convert page kmemcg type to a page
 * memcg flag"), 5.11, that a page is accounted is noted where its mappings are counted: it can have
 * none.
 */
#if defined(PG_kmemcg) || defined(PAGE_KMEMCG_MAPCOUNT_VALUE)
#define SCT_GFP_MAPPED (SCT_GFP & ~__GFP_ACCOUNT)
#else
#define SCT_GFP_MAPPED SCT_GFP
#endif

/* To be freed by vfree(). */
#ifdef HAVE_VMALLOC_2ARGS
#define sct_vzalloc(size) __vmalloc(size, SCT_GFP)
#else
#define sct_vzalloc(size) __vmalloc(size, SCT_GFP | __GFP_HIGHMEM, PAGE_KERNEL)
#endif

/* Pages that can be had without driving anybody out, roughly.  info is from si_meminfo(). */
#ifdef HAVE_SI_MEM_AVAILABLE
#define sct_mem_available(info) si_mem_available()
#else
#define sct_mem_available(info) ((info)->freeram + global_page_state(NR_FILE_PAGES) / 2)
#endif

#ifdef HAVE_VM_FLAGS_SET
#define sct_vm_flags_set(vma, flags)   vm_flags_set(vma, flags)
#define sct_vm_flags_clear(vma, flags) vm_flags_clear(vma, flags)
#else
#define sct_vm_flags_set(vma, flags)   ((vma)->vm_flags |= (flags))
#define sct_vm_flags_clear(vma, flags) ((vma)->vm_flags &= ~(flags))
#endif

#ifndef smp_load_acquire	/* 47933ad41a86 ("arch: Introduce smp_load_acquire(), ..."), 3.14 */
#define smp_load_acquire(p)						\
	({								\
		__typeof__(*(p)) __v = READ_ONCE(*(p));			\
		smp_mb();						\
		__v;							\
	})
#define smp_store_release(p, v)						\
	do {								\
		smp_mb();						\
		WRITE_ONCE(*(p), v);					\
	} while (0)
#endif

/* ---- devices ---- */

#ifdef HAVE_POLL_T
typedef __poll_t sct_poll_t;
#define SCT_POLL_IN  (EPOLLIN | EPOLLRDNORM)
#define SCT_POLL_ERR EPOLLERR
#else
typedef unsigned int sct_poll_t;
#define SCT_POLL_IN  (POLLIN | POLLRDNORM)
#define SCT_POLL_ERR POLLERR
#endif

#ifdef HAVE_CLASS_CREATE_1ARG
#define sct_class_create(name) class_create(name)
#else
#define sct_class_create(name) class_create(THIS_MODULE, name)
#endif

#ifdef HAVE_DEVNODE_CONST
#define SCT_CONST_DEVICE const struct device
#else
#define SCT_CONST_DEVICE struct device
#endif

/* ---- time ---- */

#ifdef HAVE_BOOT_FAST_NS
#define sct_boot_ns() ktime_get_boot_fast_ns()	/* in NMIs, too */
#else
#define sct_boot_ns() ktime_to_ns(ktime_get_boottime())
#endif

/* ---- CPUs that come and go ---- */

#ifdef HAVE_CPUS_READ_LOCK
#define sct_cpus_lock()	  cpus_read_lock()
#define sct_cpus_unlock() cpus_read_unlock()
#else
#define sct_cpus_lock()	  get_online_cpus()
#define sct_cpus_unlock() put_online_cpus()
#endif

/* ---- tracepoints: what they pass, behind the data that we gave ---- */

#ifdef HAVE_EXIT_GROUP_DEAD
#define SCT_PROTO_SCHED_PROCESS_EXIT void *data, struct task_struct *task, bool group_dead
#else
#define SCT_PROTO_SCHED_PROCESS_EXIT void *data, struct task_struct *task
#endif

#if defined(HAVE_SWITCH_STATE_LAST)
#define SCT_PROTO_SCHED_SWITCH void *data, bool preempt, struct task_struct *prev, \
			       struct task_struct *next, unsigned int prev_state
#elif defined(HAVE_SWITCH_STATE_SECOND)
#define SCT_PROTO_SCHED_SWITCH void *data, bool preempt, unsigned int prev_state, \
			       struct task_struct *prev, struct task_struct *next
#elif defined(HAVE_SWITCH_PREEMPT)
#define SCT_PROTO_SCHED_SWITCH void *data, bool preempt, struct task_struct *prev, \
			       struct task_struct *next
#else
#define SCT_PROTO_SCHED_SWITCH void *data, struct task_struct *prev, struct task_struct *next
#endif

/* Without the path, it stays empty. */
#ifdef HAVE_CGROUP_ATTACH_PATH
#define SCT_PROTO_CGROUP_ATTACH_TASK void *data, struct cgroup *cgroup, const char *path, \
				     struct task_struct *task, bool threads
#define SCT_ATTACHED_PATH path
#else
#define SCT_PROTO_CGROUP_ATTACH_TASK void *data, struct cgroup *cgroup, struct task_struct *task, \
				     bool threads
#define SCT_ATTACHED_PATH 0
#endif

/*
 * Tracepoints of io_uring: what they are called and given, and what of that is an event's: see
 * sct_acc_uring_submit() and the others.  Without one that is known, the name is that of none.
 */
struct io_wq_work;

#if defined(HAVE_IO_URING_SUBMIT_REQ) || defined(HAVE_IO_URING_SUBMIT_KIOCB)
#include <linux/io_uring_types.h>
#define SCT_URING_REQ(req) (req)->opcode, (req)->cqe.user_data, (__force u32)(req)->flags
#endif

#if defined(HAVE_IO_URING_SUBMIT_REQ)
#define SCT_NAME_IO_URING_SUBMIT  "io_uring_submit_req"
#define SCT_PROTO_IO_URING_SUBMIT void *data, struct io_kiocb *req
#define SCT_ARGS_IO_URING_SUBMIT  SCT_URING_REQ(req), req->cqe.fd, 1
#elif defined(HAVE_IO_URING_SUBMIT_KIOCB)
#define SCT_NAME_IO_URING_SUBMIT  "io_uring_submit_sqe"
#define SCT_PROTO_IO_URING_SUBMIT void *data, struct io_kiocb *req, bool force_nonblock
#define SCT_ARGS_IO_URING_SUBMIT  SCT_URING_REQ(req), req->cqe.fd, 1
#elif defined(HAVE_IO_URING_SUBMIT_ARGS)
#define SCT_NAME_IO_URING_SUBMIT  "io_uring_submit_sqe"
#define SCT_PROTO_IO_URING_SUBMIT void *data, void *ctx, void *req, u8 opcode, u64 user_data, \
				  u32 flags, bool force_nonblock, bool sq_thread
#define SCT_ARGS_IO_URING_SUBMIT  opcode, user_data, flags, -1, 1
#else
#define SCT_NAME_IO_URING_SUBMIT  ""
#define SCT_PROTO_IO_URING_SUBMIT void *data
#define SCT_ARGS_IO_URING_SUBMIT  0, 0, 0, -1, 0
#endif

#if defined(SCT_URING_REQ) && (defined(HAVE_IO_URING_ASYNC_INT) || defined(HAVE_IO_URING_ASYNC_BOOL))
#define SCT_NAME_IO_URING_ASYNC	 "io_uring_queue_async_work"
#ifdef HAVE_IO_URING_ASYNC_INT
#define SCT_PROTO_IO_URING_ASYNC void *data, struct io_kiocb *req, int hashed
#else
#define SCT_PROTO_IO_URING_ASYNC void *data, struct io_kiocb *req, bool hashed
#endif
#define SCT_ARGS_IO_URING_ASYNC	 SCT_URING_REQ(req), hashed, 1
#elif defined(HAVE_IO_URING_ASYNC_ARGS)
#define SCT_NAME_IO_URING_ASYNC	 "io_uring_queue_async_work"
#define SCT_PROTO_IO_URING_ASYNC void *data, void *ctx, int hashed, void *req, \
				 struct io_wq_work *work, unsigned int flags
#define SCT_ARGS_IO_URING_ASYNC	 0, 0, 0, hashed, 0
#else
#define SCT_NAME_IO_URING_ASYNC	 ""
#define SCT_PROTO_IO_URING_ASYNC void *data
#define SCT_ARGS_IO_URING_ASYNC	 0, 0, 0, 0, 0
#endif

#if defined(SCT_URING_REQ) && defined(HAVE_IO_URING_COMPLETE_CQE)
#define SCT_NAME_IO_URING_COMPLETE  "io_uring_complete"
#define SCT_PROTO_IO_URING_COMPLETE void *data, struct io_ring_ctx *ctx, void *req, \
				    struct io_uring_cqe *cqe
#define SCT_ARGS_IO_URING_COMPLETE  cqe->user_data, cqe->res, cqe->flags, SCT_URING_OPCODE(req), 1
#elif defined(SCT_URING_REQ) && defined(HAVE_IO_URING_COMPLETE_REQ)
#define SCT_NAME_IO_URING_COMPLETE  "io_uring_complete"
#define SCT_PROTO_IO_URING_COMPLETE void *data, void *ctx, void *req, u64 user_data, int res, \
				    unsigned int cflags, u64 extra1, u64 extra2
#define SCT_ARGS_IO_URING_COMPLETE  user_data, res, cflags, SCT_URING_OPCODE(req), 1
#elif defined(HAVE_IO_URING_COMPLETE_ARGS)
#define SCT_NAME_IO_URING_COMPLETE  "io_uring_complete"
#define SCT_PROTO_IO_URING_COMPLETE void *data, void *ctx, u64 user_data, int res, unsigned int cflags
#define SCT_ARGS_IO_URING_COMPLETE  user_data, res, cflags, -1, 1
#else
#define SCT_NAME_IO_URING_COMPLETE  ""
#define SCT_PROTO_IO_URING_COMPLETE void *data
#define SCT_ARGS_IO_URING_COMPLETE  0, 0, 0, -1, 0
#endif
#define SCT_URING_OPCODE(req) ((req) ? ((struct io_kiocb *)(req))->opcode : -1)

#ifdef HAVE_KERNEL_SIGINFO
typedef struct kernel_siginfo sct_siginfo_t;
#else
typedef struct siginfo sct_siginfo_t;
#endif

#ifdef HAVE_GET_ARGUMENTS_ALL
#define sct_get_args(regs, args) syscall_get_arguments(current, regs, args)
#else
#define sct_get_args(regs, args) syscall_get_arguments(current, regs, 0, 6, args)
#endif

/* Is this a call of the 32-bit ABI?  A program of either kind can make both. */
#if defined(HAVE_IN_IA32_SYSCALL)
#define sct_is_compat() in_ia32_syscall()
#elif defined(CONFIG_X86)
#define sct_is_compat() is_ia32_task()
#elif defined(CONFIG_COMPAT)
#define sct_is_compat() is_compat_task()
#else
#define sct_is_compat() 0
#endif

/*
 * Between these, what RCU protects stays.  With preemption off that holds by itself since the
 * flavours of RCU became one.
 */
#ifdef HAVE_CALL_RCU_SCHED
#define sct_probe_begin()						\
	do {								\
		preempt_disable_notrace();				\
		rcu_read_lock();					\
	} while (0)
#define sct_probe_end()							\
	do {								\
		rcu_read_unlock();					\
		preempt_enable_notrace();				\
	} while (0)
#else
#define sct_probe_begin() preempt_disable_notrace()
#define sct_probe_end()	  preempt_enable_notrace()
#endif

#endif
