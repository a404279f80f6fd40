/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * How kernel objects are read.  For BPF only.
 *
 * SCT_READ(p, a, b.c) is p->a->b.c, 0 where a pointer on the way is bad.  There are three builds of
 * the probe:
 *
 *   SCT_CAST	loads, a few instructions a step.  The verifier follows pointers from the current task
 *		and the tracepoint's arguments, and bpf_rdonly_cast() (fd264ca02094, 6.2) tells it what
 *		others are.
 *   SCT_TYPED	the same without the cast, in programs of which the verifier knows the tracepoint
 *		(3ca1032ab7ab, 5.11): pointers that it cannot follow take the plain way.
 *   neither	the plain way: bpf_probe_read_kernel() for each step, more than 100 instructions.  The
 *		others need the kernel's own BTF, this one takes any.
 *
 * SCT_FAR(p, a, b.c) is SCT_READ() for what SCT_TYPED cannot follow, see kernel/ref.h.
 */
#ifndef SCT_READ_BPF_H
#define SCT_READ_BPF_H

#define sct_arrow1(p, a)	  (p)->a
#define sct_arrow2(p, a, ...)	  sct_arrow1((p)->a, __VA_ARGS__)
#define sct_arrow3(p, a, ...)	  sct_arrow2((p)->a, __VA_ARGS__)
#define sct_arrow4(p, a, ...)	  sct_arrow3((p)->a, __VA_ARGS__)
#define sct_arrow5(p, a, ...)	  sct_arrow4((p)->a, __VA_ARGS__)
#define sct_arrown(_1, _2, _3, _4, _5, n, ...) sct_arrow##n
#define sct_arrows(...) sct_arrown(__VA_ARGS__, 5, 4, 3, 2, 1)

#if defined(SCT_CAST)

/*
 * bpf_rdonly_cast() and the ids of the kernel's types: the library puts them into their places, so
 * that libbpf need not read all of the kernel's BTF for them.
 */
static void *(*const sct_cast)(const void *obj, __u64 id) = (void *)SCT_CALL_CAST;

#define SCT_CASTS(X)	/* what is cast to */			\
	X(cgroup) X(cgroup_subsys_state) X(cred) X(css_set) X(dentry) X(fdtable) \
	X(file) X(files_struct) X(fs_struct) X(inet_sock) X(inode) X(inode___old) \
	X(inode___ts) X(io_kiocb) X(io_uring_cqe) X(kernel_siginfo) X(kernfs_node) \
	X(kernfs_node___rcu) X(linux_binprm) X(list_head) X(mm_struct) \
	X(mm_struct___old) X(mount) X(mnt_namespace) X(net) X(netlink_sock) X(nsproxy) X(pid) \
	X(pid_namespace) X(pt_regs) X(signal_struct) X(sock) X(socket) X(super_block) \
	X(task_struct) X(tty_struct) X(tty_driver) X(unix_address) X(unix_sock) X(upid) \
	X(user_namespace) X(vfsmount)

enum sct_kernel_ids {
#define X(name) sct_id_##name,
	SCT_CASTS(X)
#undef X
};

/* p, whatever the verifier takes it for, as a pointer of its C type. */
#define sct_id_case(name) struct name: bpf_core_enum_value(enum sct_kernel_ids, sct_id_##name),
#define sct_typed(p)							\
	((__typeof__(p))sct_cast((p), _Generic(*(p), SCT_CASTS(sct_id_case) void *: 0)))

#define SCT_LOADS 1
#define sct_casts()	 1
#define SCT_TP(name)	 "raw_tp" name
#define SCT_READ(p, ...) sct_arrows(__VA_ARGS__)(sct_typed(p), __VA_ARGS__)
#define sct_self()	 ((struct task_struct *)bpf_get_current_task())

#elif defined(SCT_TYPED)

#define SCT_LOADS 1
#define sct_casts()	 0
#define SCT_TP(name)	 "tp_btf" name
#define SCT_READ(p, ...) sct_arrows(__VA_ARGS__)(p, __VA_ARGS__)
/* Through a variable: a member of ours, in which p may be, is none that CO-RE knows. */
#define SCT_FAR(p, ...)							\
	({								\
		__typeof__(p) __far = (p);				\
									\
		BPF_CORE_READ(__far, __VA_ARGS__);			\
	})
#define SCT_FAR_PTR(p, ...)  SCT_FAR(p, __VA_ARGS__)
#define SCT_FAR_PEEK(p, ...) SCT_FAR(p, __VA_ARGS__)
#define sct_typed(p)	 (p)
#define sct_self()	 ((struct task_struct *)bpf_get_current_task_btf())

/* A pointer that may be one or the other; the other one is NULL then. */
#define SCT_REF(type)	 struct { type *near, *far; }
#define SCT_REF_READ(r, ...)						\
	({								\
		__typeof__((r).near) __near = (r).near;			\
									\
		__near ? SCT_READ(__near, __VA_ARGS__) : SCT_FAR((r).far, __VA_ARGS__);	\
	})
#define SCT_REF_PTR(r, ...)  SCT_REF_READ(r, __VA_ARGS__)
#define SCT_REF_FAR(r)	 ((r).near ? (r).near : (r).far)

#else

#define SCT_LOADS 0
#define sct_casts()	 0
#define SCT_TP(name)	 "raw_tp" name
#define sct_typed(p)	 (p)
#define SCT_READ(p, ...) BPF_CORE_READ(p, __VA_ARGS__)
#define sct_self()	 ((struct task_struct *)bpf_get_current_task())

#endif

#include "kernel/ref.h"

/*
 * A kernel pointer as a number: the verifier lets nobody calculate with pointers that it knows.  It
 * takes a way through memory, *room.
 */
static __always_inline __u64 sct_number(__u64 *room, const void *p)
{
	if (!SCT_LOADS)
		return (__u64)p;
	*(volatile __u64 *)room = (__u64)p;
	return *(volatile __u64 *)room;
}

#endif
