/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What kernel and user space agree on: ids, the record, limits, drop reasons.
 * Every build includes this file.  It includes only the tables; the includer provides
 * __u8..__u64 (linux/types.h).
 */
#ifndef SCT_ABI_H
#define SCT_ABI_H

#define SCT_REC_MAX	 65536u	/* room for a record, header included; a power of two */
#define SCT_REC_LIMIT	 65472u	/* largest record: the size of a perf buffer's sample has 16 bits */
#define SCT_CHUNK_MAX	 32768u	/* larger than any single value; a power of two */
#define SCT_SNAPLEN_MAX	 16384u	/* most bytes kept of one data buffer */
#define SCT_SNAPLEN_DEF	 80u
#define SCT_ARGV_MAX	 16384u	/* most bytes kept of a program's arguments, or environment */
#define SCT_ARGV_DEF	 4096u
#define SCT_ARGV_FAILED	 256u	/* by default where no program is executed: a flood of failures costs little */
#define SCT_TUPLE_MAX	 (4u + 2 * 128u)
#define SCT_CMSG_MAX	 1024u	/* most bytes kept of a message's ancillary data */
#define SCT_VALUE_MAX	 1024u	/* most bytes kept of the object that a pointer argument points to */
#define SCT_FDSET_MAX	 128u	/* most bytes kept of a set of descriptors: all of a C library's fd_set */
#define SCT_IOV_MAX	 32u	/* iovecs whose content is read; the rest counts as cut */
#define SCT_MMSG_MAX	 8u	/* messages of a vector that are read; the rest counts as cut */
#define SCT_MMSG_BYTES	 16384u	/* bytes kept of data and ancillary data of all after the first */
#define SCT_MMSGS_MAX	 (8u + (SCT_MMSG_MAX - 1) * (16u + 128u + 2 * 8u) + SCT_MMSG_BYTES)
#define SCT_POLLFD_MAX	 64u	/* struct pollfd kept of one poll */
#define SCT_STRV_MAX	 256u	/* strings read from an argument vector in user memory */
#define SCT_PATH_DEPTH	 64u	/* components of a path that the kernel side resolves */
#define SCT_NR_MAX	 1024u	/* syscall numbers per ABI; the last stands for all larger ones */
#define SCT_X32_BIT	 0x40000000u	/* x86's __X32_SYSCALL_BIT; nowhere else a number is so high */
#define SCT_COMM_LEN	 16u

/* ---- types ---- */
/*
 * How a type prints; userspace/lib/format implements each.  TIMEVAL is for fields of
 * structs.
 */
#define SCT_FORMATS(X)									\
	X(RESULT, "result") X(PTRRESULT, "ptrresult") X(DEC, "dec")			\
	X(UDEC, "udec") X(HEX, "hex") X(OCT, "oct") X(PTR, "ptr") X(FD, "fd")		\
	X(DIRFD, "dirfd") X(ID, "id") X(KDEV, "kdev") X(UDEV, "udev")			\
	X(SYSCALL, "syscall") X(NSEC, "nsec") X(ABSTIME, "abstime")			\
	X(FLAGS, "flags") X(ENUM, "enum") X(SIGNAL, "signal") X(STR, "str")		\
	X(STRV, "strv") X(BYTES, "bytes") X(SOCKADDR, "sockaddr")			\
	X(TUPLE, "tuple") X(TIMESPEC, "timespec") X(TIMEVAL, "timeval")		\
	X(SIGSET, "sigset") X(FDSET, "fdset") X(CMSG, "cmsg") X(IP, "ip") X(MAC, "mac")	\
	X(MMSGS, "mmsgs") X(NET, "net") X(IOCTL, "ioctl") X(STRUCT, "struct")		\
	X(STRUCTS, "structs") X(RLIM, "rlim") X(WAKEOP, "wakeop")

enum sct_format {
#define X(fmt, name) SCT_FMT_##fmt,
	SCT_FORMATS(X)
#undef X
};

enum sct_type {
#define SCT_SCALAR(tok, ctype, fmt, syms, doc) SCT_T_##tok,
#define SCT_DATA(tok, max, fmt, syms, doc)     SCT_T_##tok,
#include "types.def"
	SCT_T_MAX,
};

/* One-byte tags: they give every parameter a type that the compiler can look up. */
#define SCT_SCALAR(tok, ctype, fmt, syms, doc) \
	struct sct_t_##tok { char c; ctype v[0]; } __attribute__((packed));
#define SCT_DATA(tok, max, fmt, syms, doc)     struct sct_t_##tok { char c; };
#include "types.def"

enum sct_type_size {
#define SCT_SCALAR(tok, ctype, fmt, syms, doc) SCT_SIZE_##tok = sizeof(ctype),
#define SCT_DATA(tok, max, fmt, syms, doc)     SCT_SIZE_##tok = (max),
#include "types.def"
};

/*
 * The size of one object of the type in the caller's memory, per ABI.  Each macro pastes the token
 * itself: passed on to another macro, it would be expanded, and kernel headers define macros with such
 * names (AT_FLAGS).
 */
enum sct_object_size {
#define SCT_SCALAR(tok, ctype, fmt, syms, doc)			\
	SCT_OBJ_##tok = sizeof(ctype), SCT_OBJ_IA32_##tok = sizeof(ctype),	\
	SCT_OBJ_X32_##tok = sizeof(ctype),
#define SCT_DATA(tok, max, fmt, syms, doc) \
	SCT_OBJ_##tok = (max), SCT_OBJ_IA32_##tok = (max), SCT_OBJ_X32_##tok = (max),
#define SCT_STRUCT(tok, native, ia32, x32, name, doc) \
	SCT_OBJ_##tok = (native), SCT_OBJ_IA32_##tok = (ia32), SCT_OBJ_X32_##tok = (x32),
#define SCT_STRUCTS(tok, max, native, ia32, x32, name, doc) \
	SCT_OBJ_##tok = (native), SCT_OBJ_IA32_##tok = (ia32), SCT_OBJ_X32_##tok = (x32),
#include "types.def"
};

/* Is the type a descriptor? */
enum sct_type_is_fd {
#define SCT_SCALAR(tok, ctype, fmt, syms, doc)	\
	SCT_IS_FD_##tok = SCT_FMT_##fmt == SCT_FMT_FD || SCT_FMT_##fmt == SCT_FMT_DIRFD,
#define SCT_DATA(tok, max, fmt, syms, doc)     SCT_IS_FD_##tok = 0,
#include "types.def"
};

/*
 * ---- hooks: where events come from, one kernel tracepoint each ----
 * Before Linux 6.4 ("io_uring: rename trace_io_uring_submit_sqe() tracepoint"), io_uring_submit_req was
 * named io_uring_submit_sqe.
 */
#define SCT_KINDS(X)							\
	X(sys_enter) X(sys_exit)					\
	X(sched_process_fork) X(sched_process_exec) X(sched_process_exit)	\
	X(sched_switch) X(signal_generate) X(signal_deliver)		\
	X(cgroup_attach_task)						\
	X(page_fault_user) X(page_fault_kernel)				\
	X(io_uring_submit_req) X(io_uring_queue_async_work) X(io_uring_complete)

enum sct_kind {
#define X(kind) SCT_KIND_##kind,
	SCT_KINDS(X)
#undef X
	SCT_KIND_MAX,
};

/* ---- events ---- */
#define SCT_CATEGORIES(X)								\
	X(FILE, "file") X(IO, "io") X(NET, "net") X(PROCESS, "process")			\
	X(MEMORY, "memory") X(SIGNAL, "signal") X(IPC, "ipc") X(TIME, "time")		\
	X(USER, "user") X(SYSTEM, "system") X(SCHED, "sched") X(OTHER, "other")		\
	X(META, "meta")

enum sct_category {
#define X(cat, name) SCT_CAT_##cat,
	SCT_CATEGORIES(X)
#undef X
};

#define SCT_EF_NONE	0u
#define SCT_EF_OPTIN	1u	/* opt-in: too frequent for the default selection */
#define SCT_EF_PTRRET	2u	/* the result is an address: only -4095..-1 are errors */

enum sct_event_id {
#define SCT_EVENT(id, name, cat, flags, filler, params) SCT_EV_##id,
#include "events.def"
	SCT_EV_MAX,
};

/*
 * One char per parameter: offsetof() is its index, sizeof() is their number, and a row that has a name
 * twice does not compile.
 */
#define P(n, t, s) struct sct_t_##t n;
#define SCT_EVENT(id, name, cat, flags, filler, params) struct sct_params_##id { params };
#include "events.def"
#undef P

#define SCT_NPARAMS(id)	     sizeof(struct sct_params_##id)
#define SCT_PARAM(id, param) __builtin_offsetof(struct sct_params_##id, param)
#define SCT_CTYPE(id, param) __typeof__(((struct sct_params_##id *)0)->param.v[0])

/* ---- system calls ---- */
#define SCT_SF_ENTER  1u	/* the default selection includes its enter record */
#define SCT_SF_LEN    2u	/* overwrites the length of a buffer that its caller passed */
#define SCT_SF_CLOSES 4u	/* a descriptor that it takes refers to another file afterwards, or to none */
#define SCT_SF_TIME64 8u	/* times have 64 bits even if the caller's long has 32 */

/*
 * The classes of calls, as in strace(1).  The second name is an alias, and the category of the other
 * events that belong to the class.
 */
#define SCT_CLASSES(X)								\
	X(FILE, "file", "file", "take the path of a file")			\
	X(DESC, "desc", NULL, "take or return file descriptors")		\
	X(NETWORK, "network", "net", "sockets")					\
	X(PROCESS, "process", "process", "begin, end, signal and wait for processes")	\
	X(MEMORY, "memory", "memory", "mappings and memory policies")		\
	X(SIGNAL, "signal", "signal", "send, receive and handle signals")	\
	X(IPC, "ipc", "ipc", "System V queues, semaphores and shared memory")	\
	X(CREDS, "creds", NULL, "user, group ids and capabilities")		\
	X(CLOCK, "clock", NULL, "read and set clocks")				\
	X(STAT, "stat", NULL, "stat and its variants")				\
	X(LSTAT, "lstat", NULL, "lstat and its variants")			\
	X(FSTAT, "fstat", NULL, "fstat, fstatat, statx and their variants")	\
	X(STATS, "%stat", NULL, "all of stat, lstat, fstat")			\
	X(STATFS, "statfs", NULL, "statfs and its variants")			\
	X(FSTATFS, "fstatfs", NULL, "fstatfs and its variants")			\
	X(STATFSS, "%statfs", NULL, "all of statfs, fstatfs, ustat")		\
	X(PURE, "pure", NULL, "take nothing and always succeed")

enum sct_class {
#define X(tok, name, alias, doc) SCT_CLASS_##tok,
	SCT_CLASSES(X)
#undef X
	SCT_CLASS_MAX,
};

/* A call's flags: SCT_SF_* in the low bits, then a bit for each class that it is in. */
#define SCT_SF_MASK 0xffu
enum sct_class_bit {
#define X(tok, name, alias, doc) SCT_SC_##tok = 0x100u << SCT_CLASS_##tok,
	SCT_CLASSES(X)
#undef X
};

enum sct_syscall_row {
#define SCT_SYSCALL(name, x86_64, i386, arm64, flags, event) SCT_SYS_##name,
#include "syscalls.def"
	SCT_SYS_MAX,
	SCT_SYS_NONE = 65535,
};

/* The calls of i386 that are multiplexed, or that have their arguments in memory. */
#define SCT_VIAS(X) X(socketcall) X(ipc) X(mmap) X(select)

enum sct_via {
	SCT_VIA_NONE,	/* arguments are in registers */
#define X(call) SCT_VIA_##call,
	SCT_VIAS(X)
#undef X
	SCT_VIA_MAX = 8,	/* a power of two */
};

#define SCT_PARTS_MAX 32u	/* numbers of the sub-calls of a call; the last stands for all larger ones */

enum sct_part {
#define SCT_PART(via, number, call, words) SCT_PART_##via##_##call = (number),
#include "syscalls.def"
};

/* ---- the record ---- */

/* sct_record.flags */
#define SCT_RF_ABI_MASK	0x03u
#define SCT_RF_ENTER	0x04u	/* written at entry: no result, no value that the call writes */
#define SCT_RF_TIME64	SCT_SF_TIME64
#define SCT_RF_DURATION	0x10u	/* the last 8 bytes are the duration of the call, ns */
#define SCT_RF_FILES	0x20u	/* struct sct_fd_file follow the values, each with its path */
#define SCT_RF_CHANGED	0x40u	/* before the duration is a __s64: the number that the task showed at the end */

enum sct_abi { SCT_ABI_NATIVE, SCT_ABI_IA32, SCT_ABI_X32, SCT_ABI_MAX };

/*
 * A record: this header, one __u16 length per parameter, padding to 8 bytes, the values in order
 * without gaps, padding to 8 bytes, then files, a number and a duration if flags say so.  Host byte order.
 */
struct sct_record {
	__u16 len;	/* of the whole record, a multiple of 8 */
	__u16 row;	/* enum sct_syscall_row: the call; SCT_SYS_NONE for a number without a row */
	__u16 type;	/* enum sct_event_id */
	__u8  nparams;
	__u8  flags;	/* SCT_RF_* */
	__u64 seq;	/* number in its ring, which counts dropped records, too */
	__u64 ts;	/* CLOCK_BOOTTIME, ns */
	__u32 tid;	/* in the initial pid namespace */
	__u32 tgid;
	__u64 cgroup;	/* cgroup v2 id */
	__u64 cut;	/* bit i: parameter i is longer than its value here */
	__u64 faulted;	/* bit i: the memory of parameter i could not be read */
};

#define SCT_ALIGN8(n)	   (((n) + 7u) & ~7u)
#define SCT_VALUES_OFF(np) (sizeof(struct sct_record) + SCT_ALIGN8(2u * (np)))

/* What records report about the files of descriptors. */
enum sct_files {
	SCT_FILES_NONE,
	SCT_FILES_PATHS,
	SCT_FILES_DETAILS,	/* also the numbers of devices, and the addresses of sockets */
	SCT_FILES_MAX,
};

/*
 * The file of a descriptor that is a parameter.  Its path follows, padded to 8 bytes, and details
 * if flags say so.
 */
struct sct_fd_file {
	__u8  param;
	__u8  flags;	/* SCT_FF_* */
	__u16 len;	/* of the path with its NUL; 0: none */
	__u32 dev;
	__u64 ino;
	__u64 magic;	/* of its file system, as in statfs(2); 0: the working directory, for AT_FDCWD */
};

#define SCT_FF_DELETED 1u	/* the file has no name any more */
#define SCT_FF_DETAILS 2u	/* a struct sct_fd_details follows the path */
#define SCT_FF_MASK    3u

/*
 * Describes a device or a socket.  The addresses of a socket follow, like a TUPLE, padded to 8
 * bytes.
 */
struct sct_fd_details {
	__u16 mode;	/* SCT_S_IFCHR, SCT_S_IFBLK or SCT_S_IFSOCK */
	__u16 len;	/* of the addresses; 0: none */
	__u16 family;	/* of a socket, as in socket(2), like the next two */
	__u16 type;
	__u32 protocol;
	__u32 number;	/* of a device, like sct_fd_file.dev; the port of a netlink socket */
	__u64 peer;	/* inode of the socket that a unix socket is connected to; 0: not available */
};

#define SCT_FD_FILE_MAX								\
	(sizeof(struct sct_fd_file) + SCT_SIZE_PATH +				\
	 sizeof(struct sct_fd_details) + SCT_ALIGN8(SCT_SIZE_TUPLE))

/* The size of a row's largest record; params are the sizes of its parameters, each after a +. */
#define SCT_ROW_MAX(id, params) (SCT_VALUES_OFF(SCT_NPARAMS(id)) + 8 + 2 * sizeof(__u64) params)

/* The largest record of each row must fit.  This check makes checks in the fillers unnecessary. */
#define P(n, t, s) + SCT_SIZE_##t + SCT_IS_FD_##t * SCT_FD_FILE_MAX
#define SCT_EVENT(id, name, cat, flags, filler, params)						\
	_Static_assert(SCT_ROW_MAX(id, params) <= SCT_REC_LIMIT, name " is too large"); \
	_Static_assert(SCT_NPARAMS(id) <= 64, name " has too many parameters");
#include "events.def"
#undef P

/* A TUPLE value: this, then llen bytes of local and rlen bytes of remote sockaddr. */
struct sct_tuple {
	__u16 llen;
	__u16 rlen;
};

/*
 * A message of an MMSGS value: this, then its address, its data and its ancillary data, the latter two
 * like BYTES.
 */
struct sct_mmsg {
	__u32 len;	/* bytes that were sent or received, if told says so */
	__u32 flags;
	__u16 told;	/* SCT_MMSG_* */
	__u16 naddr, ndata, ncontrol;
};

#define SCT_MMSG_LEN   1u	/* len is available: the message was sent or received */
#define SCT_MMSG_FLAGS 2u	/* flags are available: the message was received */

/* Why a selected record was dropped. */
#define SCT_DROPS(X)							\
	X(RING_FULL, "ring full")					\
	X(NO_RING,   "no ring on this CPU")				\
	X(SCRATCH,   "all scratch slots of the CPU busy")		\
	X(COMMIT,    "interrupted while another record was committed")	\
	X(PROGRAM,   "no program for the event")			\
	X(SIZE,      "record too large")

enum sct_drop {
#define X(tok, text) SCT_DROP_##tok,
	SCT_DROPS(X)
#undef X
	SCT_DROP_MAX,
};

/* Per CPU and event; seen = filtered + delivered + sum of dropped. */
struct sct_count {
	__u64 seen;
	__u64 filtered;
	__u64 delivered;
	__u64 dropped[SCT_DROP_MAX];
};

/*
 * The lengths that the caller passed and the call overwrites: a byte each, because they are lengths of
 * addresses, of at most 128 bytes.  0xff: not available.
 */
#define SCT_LENS_UNKNOWN (~0ull)

/* What fillers read of a task, an inode, a socket; sct_acc_*() fill it in. */
struct sct_inode_id {
	__u64 ino;
	__u32 dev;
	__u32 pad;
};

/* The state of a filler's loop between its turns, see sct_loop() in vocab.h */
struct sct_loop {
	__u64 off;
	__u64 room;
	__u64 sum;
	__u64 turn;
	__u64 start;	/* of a message, in a vector of them */
	__u64 left;
};

/* The memory areas where the kernel puts the arguments and the environment of a new program. */
struct sct_mm_strings {
	__u64 arg_start, arg_end;
	__u64 env_start, env_end;
};

/* exe_flags of execve: bits as in Falco's table, of which sctrace reports only this one. */
#define SCT_EXE_FROM_MEMFD	4u

/* What fillers read of a request of an io_uring. */
struct sct_uring {
	__u64 user_data;
	__u32 flags;	/* of the completion; for a request IOSQE_*, and above them internal flags of the kernel */
	__s32 fd;	/* -1: not available */
	__s32 res;
	__s32 opcode;	/* -1: not available */
	__u32 hashed;
	int known;	/* 0: no member is available */
};

/* Operations of an io_uring that take no descriptor in sqe.fd, or one of a directory: a bit each. */
#define SCT_URING_OP(n) (1ull << (n))
#define SCT_URING_NO_FD								\
	(SCT_URING_OP(0) | SCT_URING_OP(7) | SCT_URING_OP(11) | SCT_URING_OP(12) |	\
	 SCT_URING_OP(14) | SCT_URING_OP(15) | SCT_URING_OP(18) | SCT_URING_OP(19) |	\
	 SCT_URING_OP(20) | SCT_URING_OP(21) | SCT_URING_OP(25) | SCT_URING_OP(28) |	\
	 SCT_URING_OP(29) | SCT_URING_OP(31) | SCT_URING_OP(32) | SCT_URING_OP(35) |	\
	 SCT_URING_OP(36) | SCT_URING_OP(37) | SCT_URING_OP(38) | SCT_URING_OP(39) |	\
	 SCT_URING_OP(42) | SCT_URING_OP(44) | SCT_URING_OP(45) | SCT_URING_OP(50) |	\
	 SCT_URING_OP(51) | SCT_URING_OP(52) | SCT_URING_OP(53) | SCT_URING_OP(62) |	\
	 SCT_URING_OP(63))

/* Constants that are macros in the kernel, hence missing in BTF; kmod/ checks each one. */
#define SCT_AT_FDCWD	-100
#define SCT_O_CREAT	0100u
#define SCT_O_TMPFILE	020000000u
#define SCT_ENOENT	-2
#define SCT_ENOSYS	-38
#define SCT_ERRNO_MAX	-4095	/* results from here to -1 are errors */
#define SCT_Q_QUOTAON	0x800002u
#define SCT_Q_GETFMT	0x800004u
#define SCT_Q_GETINFO	0x800005u
#define SCT_Q_SETINFO	0x800006u
#define SCT_Q_GETQUOTA	0x800007u
#define SCT_Q_SETQUOTA	0x800008u
#define SCT_FSCONFIG_SET_STRING	    1u
#define SCT_FSCONFIG_SET_BINARY	    2u
#define SCT_FSCONFIG_SET_PATH	    3u
#define SCT_FSCONFIG_SET_PATH_EMPTY 4u
#define SCT_IORING_ENTER_EXT_ARG     0x08u
#define SCT_IORING_ENTER_EXT_ARG_REG 0x40u
#define SCT_LANDLOCK_RULE_PATH_BENEATH 1u
#define SCT_LANDLOCK_RULE_NET_PORT     2u
#define SCT_FUTEX_WAIT		  0u
#define SCT_FUTEX_LOCK_PI	  6u
#define SCT_FUTEX_WAIT_BITSET	  9u
#define SCT_FUTEX_WAIT_REQUEUE_PI 11u
#define SCT_FUTEX_LOCK_PI2	  13u
#define SCT_FUTEX_CMD_MASK	  0x7fu	/* without FUTEX_PRIVATE_FLAG, FUTEX_CLOCK_REALTIME */
#define SCT_AF_UNIX	1
#define SCT_AF_INET	2
#define SCT_AF_INET6	10
#define SCT_AF_NETLINK	16
#define SCT_S_IFMT	0170000u
#define SCT_S_IFCHR	0020000u
#define SCT_S_IFBLK	0060000u
#define SCT_S_IFSOCK	0140000u
#define SCT_CLONE_VM	0x100u
#define SCT_CLONE_VFORK	0x4000u
#define SCT_PR_SET_NAME	15
#define SCT_PR_GET_NAME	16
#define SCT_PR_SET_SECCOMP	    22
#define SCT_SECCOMP_MODE_FILTER	    2u
#define SCT_SECCOMP_SET_MODE_FILTER 1u
#define SCT_IOC_READ		    2u
#define SCT_PTRACE_GETREGS	    12u
#define SCT_PTRACE_SETREGS	    13u
#define SCT_PTRACE_GETFPREGS	    14u
#define SCT_PTRACE_SETFPREGS	    15u
#define SCT_PTRACE_GETREGSET	    0x4204u
#define SCT_PTRACE_SETREGSET	    0x4205u
#define SCT_IPC_64		    0x100u
#define SCT_LDT_WRITE		    1u
#define SCT_LDT_WRITE_NEW	    0x11u
#define SCT_KEYCTL_JOIN_SESSION_KEYRING 1u
#define SCT_KEYCTL_UPDATE	    2u
#define SCT_KEYCTL_DESCRIBE	    6u
#define SCT_KEYCTL_SEARCH	    10u
#define SCT_KEYCTL_READ		    11u
#define SCT_KEYCTL_INSTANTIATE	    12u
#define SCT_KEYCTL_GET_SECURITY	    17u
#define SCT_KEYCTL_RESTRICT_KEYRING 29u
#define SCT_CAP_VERSION_1 0x19980330u
#define SCT_SIGCHLD	17
#define SCT_ERESTART_RESTARTBLOCK 516
#define SCT_SYSLOG_READ		  2u
#define SCT_SYSLOG_READ_CLEAR	  4u
#define SCT_REBOOT_RESTART2	  0xa1b2c3d4u
/* The numbers of the kernel's former CPU notifiers. */
#define SCT_CPU_ONLINE	2u
#define SCT_CPU_DEAD	7u
#define SCT_SI_USER	0
#define SCT_SI_QUEUE	-1
#define SCT_SI_MESGQ	-3
#define SCT_SI_TKILL	-6
#define SCT_SI_KERNEL	0x80
#define SCT_SOCK_CLOEXEC  02000000u
#define SCT_SOCK_NONBLOCK 04000u

#endif
