/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The kernel structures that we read, and of them only the fields that we read: CO-RE takes the
 * layout from the running kernel's BTF.  For BPF only.
 *
 * A field that was renamed stands in a second struct with a ___suffix; ask with
 * bpf_core_field_exists() which one the kernel has, and cite the kernel commit.
 */
#ifndef SCT_KERNEL_BPF_H
#define SCT_KERNEL_BPF_H

#include <linux/bpf.h>

typedef _Bool bool;

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct list_head { struct list_head *next; };
typedef struct { int counter; } atomic_t;
typedef struct { __u32 val; } kuid_t;
typedef struct { __u32 val; } kgid_t;

typedef struct { __u64 val; } kernel_cap_t;

struct super_block { __u32 s_dev; unsigned long s_magic; };
struct inode {
	unsigned short i_mode;
	__u32 i_rdev;
	unsigned long i_ino;
	unsigned int i_nlink;
	struct super_block *i_sb;
	__s64 i_ctime_sec;
	__s64 i_mtime_sec;
	__u32 i_ctime_nsec;
	__u32 i_mtime_nsec;
};
/* 3aa63a569c64 ("fs: switch timespec64 fields in inode to discrete integers"), 6.11 */
struct timespec64 { __s64 tv_sec; long tv_nsec; };
struct inode___ts { struct timespec64 __i_ctime, __i_mtime; };
/* 13bc24457850 ("fs: rename i_ctime field to __i_ctime"), 6.6; i_mtime in 6.7 */
struct inode___old { struct timespec64 i_ctime, i_mtime; };

struct qstr { __u32 len; const unsigned char *name; };
struct dentry { struct dentry *d_parent; struct qstr d_name; };
struct vfsmount { struct dentry *mnt_root; };
struct mount { struct mount *mnt_parent; struct dentry *mnt_mountpoint; struct vfsmount mnt; };
struct path { struct vfsmount *mnt; struct dentry *dentry; };
struct file { struct inode *f_inode; unsigned int f_mode; struct path f_path; void *private_data; };
struct fdtable { unsigned int max_fds; struct file **fd; };
struct files_struct { struct fdtable *fdt; struct file *fd_array[1]; };
struct fs_struct { struct path root; struct path pwd; };

struct ns_common { unsigned int inum; };
struct user_namespace { struct ns_common ns; };
struct mnt_namespace { struct ns_common ns; };
struct net { struct ns_common ns; };
struct pid_namespace { struct ns_common ns; struct task_struct *child_reaper; unsigned int level; };
struct nsproxy { struct mnt_namespace *mnt_ns; struct net *net_ns; };
struct upid { int nr; struct pid_namespace *ns; };
struct pid { unsigned int level; struct upid numbers[0]; };

struct cred {
	kuid_t uid;
	kgid_t gid;
	kuid_t euid;
	kgid_t egid;
	kernel_cap_t cap_inheritable;
	kernel_cap_t cap_permitted;
	kernel_cap_t cap_effective;
	struct user_namespace *user_ns;
};

struct kernfs_node { __u64 id; const char *name; struct kernfs_node *parent; };
/* 633488947ef6 ("kernfs: Use RCU to access kernfs_node::parent"), 6.15 */
struct kernfs_node___rcu { struct kernfs_node *__parent; };
struct cgroup { struct kernfs_node *kn; };
struct cgroup_subsys_state { struct cgroup *cgroup; };
struct css_set { struct cgroup_subsys_state *subsys[1]; struct cgroup *dfl_cgrp; };
/* the values are the running kernel's: which there are depends on its configuration */
enum cgroup_subsys_id {
	cpuset_cgrp_id, cpu_cgrp_id, cpuacct_cgrp_id, io_cgrp_id, memory_cgrp_id, pids_cgrp_id,
};

struct percpu_counter { __s64 count; };
struct mm_struct {
	struct file *exe_file;
	unsigned long arg_start, arg_end, env_start, env_end;
	unsigned long total_vm;
	struct percpu_counter rss_stat[4];
};
/* f1a7941243c1 ("mm: convert mm's rss stats into percpu_counter"), 6.2 */
typedef struct { __s64 counter; } atomic_long_t;
struct mm_rss_stat { atomic_long_t count[4]; };
struct mm_struct___old { struct mm_rss_stat rss_stat; };
struct linux_binprm { const char *filename, *interp; };
struct tty_driver { int major; int minor_start; };
struct tty_struct { int index; struct tty_driver *driver; };
struct rlimit { unsigned long rlim_cur; };
enum pid_type { PIDTYPE_PGID = 2 };
struct signal_struct {
	atomic_t live;
	struct list_head thread_head;
	unsigned int is_child_subreaper : 1;
	unsigned int has_child_subreaper : 1;
	struct pid *pids[4];
	struct tty_struct *tty;
	struct rlimit rlim[16];
};
union __sifields { struct { int _pid; } _kill; };
struct kernel_siginfo { int si_code; union __sifields _sifields; };
struct thread_info { __u32 status; };
struct pt_regs { unsigned long bp, bx, r10, r9, r8, cx, dx, si, di, orig_ax, ip, cs, ss; };

struct task_struct {
	struct thread_info thread_info;
	void *stack;
	unsigned int flags;
	struct mm_struct *mm;
	int exit_code;
	int pid;
	int tgid;
	struct task_struct *real_parent;
	struct list_head children;
	struct list_head thread_node;
	struct task_struct *group_leader;
	unsigned long min_flt;
	unsigned long maj_flt;
	struct pid *thread_pid;
	__u64 start_boottime;
	const struct cred *real_cred;	/* the task's own; cred may be borrowed inside a call */
	char comm[16];
	struct fs_struct *fs;
	struct files_struct *files;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	kuid_t loginuid;
	struct css_set *cgroups;
	__u64 self_exec_id;
};

struct in6_addr { __u8 in6_u[16]; };
struct sock_common {
	__u32 skc_daddr;
	__u32 skc_rcv_saddr;
	__u16 skc_dport;
	unsigned short skc_family;
	int skc_bound_dev_if;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
};
struct sock {
	struct sock_common __sk_common;
	__u32 sk_ack_backlog;
	__u32 sk_max_ack_backlog;
	__u16 sk_type;
	__u16 sk_protocol;
	struct socket *sk_socket;
};
struct ipv6_pinfo { struct in6_addr saddr; };
struct inet_sock { struct ipv6_pinfo *pinet6; __u32 inet_saddr; __u16 inet_sport; };
struct sockaddr_un { unsigned short sun_family; };
struct unix_address { int len; struct sockaddr_un name[0]; };
struct unix_sock { struct unix_address *addr; struct sock *peer; };
struct netlink_sock { __u32 portid; };
struct socket { struct file *file; struct sock *sk; };

/* cqe since 5.19 */
struct io_cqe { __u64 user_data; __s32 res; int fd; };
struct io_kiocb { __u8 opcode; unsigned int flags; struct io_cqe cqe; };
struct io_uring_cqe { __u64 user_data; __s32 res; __u32 flags; };
struct io_ring_ctx {};
struct io_wq_work {};

#pragma clang attribute pop

/*
 * What tracepoints of io_uring are given: the first that the kernel has is the one.  All of 5.10 to
 * 5.17, which tell numbers; from 6.0 on, a request; the completion later, in place of numbers, a
 * struct.
 */
typedef void (*btf_trace_io_uring_submit_req)(void *, struct io_kiocb *);
typedef void (*btf_trace_io_uring_submit_sqe___req)(void *, struct io_kiocb *, bool);
typedef void (*btf_trace_io_uring_submit_sqe___args)(void *, void *, void *, __u8, __u64, __u32, bool, bool);
typedef void (*btf_trace_io_uring_queue_async_work___req)(void *, struct io_kiocb *, int);
typedef void (*btf_trace_io_uring_queue_async_work___args)(void *, void *, int, void *, struct io_wq_work *,
							   unsigned int);
typedef void (*btf_trace_io_uring_complete___cqe)(void *, struct io_ring_ctx *, void *, struct io_uring_cqe *);
typedef void (*btf_trace_io_uring_complete___req)(void *, void *, void *, __u64, int, unsigned int, __u64, __u64);
typedef void (*btf_trace_io_uring_complete___args)(void *, void *, __u64, int, unsigned int);

#define SCT_PF_KTHREAD	0x200000u	/* include/linux/sched.h */
#define SCT_SOCK_STREAM	1		/* include/linux/net.h */
#define SCT_PF_EXITING	4u		/* include/linux/sched.h */
#define SCT_RLIMIT_NOFILE 7		/* include/uapi/asm-generic/resource.h */
#define SCT_SEND_SIG_PRIV 1		/* include/linux/sched/signal.h */
/* above it is a flag: 4e40eff0b573 ("fs: add infrastructure for multigrain timestamps"), 6.13 */
#define SCT_NSEC_MASK	0x3fffffffu


#define SCT_PID_LEVELS	64	/* MAX_PID_NS_LEVEL of include/linux/pid_namespace.h is less */

#define SCT_FMODE_CREATED 0x100000u	/* include/linux/fs.h */
#define SCT_PAGE_KIB	4u	/* x86 */

/* include/linux/mm_types_task.h: the counters of rss_stat */
enum { SCT_MM_FILEPAGES, SCT_MM_ANONPAGES, SCT_MM_SWAPENTS, SCT_MM_SHMEMPAGES };

/* A part of x86's struct pt_regs in its order, a stack frame that entry code lays out. */
struct sct_regs {
	__u64 bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di;
};

/* arch/x86/include/asm/segment.h, as in each ring of a caller in user space, Xen's included */
#define SCT_USER_CS	0x33u
#define SCT_USER32_CS	0x23u
#define SCT_USER_SS	0x2bu
#define SCT_SEGMENT_MASK 0xffu
/* arch/x86/include/asm/page_64_types.h: THREAD_SIZE, without and with KASAN */
#define SCT_STACK_MIN	(16u << 10)
#define SCT_STACK_MAX	(32u << 10)

#define SCT_TS_COMPAT	0x0002u	/* arch/x86/include/asm/thread_info.h: a 32-bit call */

#endif
