/* SPDX-License-Identifier: MIT */
/*
 * Constants of symbols.def that the headers of Debian 12 (Linux 6.1) do not have.  Included by
 * constants.h only, after the system's headers.
 */
#ifndef SCT_SYMBOLS_EXTRA_H
#define SCT_SYMBOLS_EXTRA_H

#include "ioctls_extra.h"

/* The kernel's own, in <linux/syslog.h>. */
#define SYSLOG_ACTION_CLOSE 0
#define SYSLOG_ACTION_OPEN 1
#define SYSLOG_ACTION_READ 2
#define SYSLOG_ACTION_READ_ALL 3
#define SYSLOG_ACTION_READ_CLEAR 4
#define SYSLOG_ACTION_CLEAR 5
#define SYSLOG_ACTION_CONSOLE_OFF 6
#define SYSLOG_ACTION_CONSOLE_ON 7
#define SYSLOG_ACTION_CONSOLE_LEVEL 8
#define SYSLOG_ACTION_SIZE_UNREAD 9
#define SYSLOG_ACTION_SIZE_BUFFER 10

/* Of enum io_uring_op, beyond what the header has; where it has them they are the same. */
#define IORING_OP_READ_MULTISHOT 49
#define IORING_OP_WAITID 50
#define IORING_OP_FUTEX_WAIT 51
#define IORING_OP_FUTEX_WAKE 52
#define IORING_OP_FUTEX_WAITV 53
#define IORING_OP_FIXED_FD_INSTALL 54
#define IORING_OP_FTRUNCATE 55
#define IORING_OP_BIND 56
#define IORING_OP_LISTEN 57
#define IORING_OP_RECV_ZC 58
#define IORING_OP_EPOLL_WAIT 59
#define IORING_OP_READV_FIXED 60
#define IORING_OP_WRITEV_FIXED 61
#define IORING_OP_PIPE 62
#define IORING_OP_NOP128 63
#define IORING_OP_URING_CMD128 64
#ifndef IORING_CQE_F_BUF_MORE
#define IORING_CQE_F_BUF_MORE (1u << 4)
#endif
#define CPU_ONLINE SCT_CPU_ONLINE
#define CPU_DEAD   SCT_CPU_DEAD

/* Of <sys/mman.h>, which cannot be read beside <linux/mman.h>. */
#ifndef MS_ASYNC
#define MS_ASYNC 1
#define MS_INVALIDATE 2
#define MS_SYNC 4
#endif
/* The kernel's own alone, or of <asm/signal.h>, which cannot be read beside <signal.h>. */
#ifndef SA_RESTORER
#define SA_RESTORER 0x04000000
#endif
#ifndef SA_UNSUPPORTED
#define SA_UNSUPPORTED 0x00000400
#endif
#ifndef SA_EXPOSE_TAGBITS
#define SA_EXPOSE_TAGBITS 0x00000800
#endif
/* In no header for programs. */
/* Its classes with the place that they have in the priority. */
#define IOPRIO_ALL  (IOPRIO_CLASS_MASK << IOPRIO_CLASS_SHIFT)
#define IOPRIO_NONE (IOPRIO_CLASS_NONE << IOPRIO_CLASS_SHIFT)
#define IOPRIO_RT   (IOPRIO_CLASS_RT << IOPRIO_CLASS_SHIFT)
#define IOPRIO_BE   (IOPRIO_CLASS_BE << IOPRIO_CLASS_SHIFT)
#define IOPRIO_IDLE (IOPRIO_CLASS_IDLE << IOPRIO_CLASS_SHIFT)
/* Newer than 6.1. */
#ifndef PKEY_DISABLE_ACCESS
#define PKEY_DISABLE_ACCESS 1
#define PKEY_DISABLE_WRITE 2
#endif
#ifndef SHADOW_STACK_SET_TOKEN
#define SHADOW_STACK_SET_TOKEN 1
#endif
#ifndef SHADOW_STACK_SET_MARKER
#define SHADOW_STACK_SET_MARKER 2
#endif
#ifndef FUTEX2_SIZE_U8
#define FUTEX2_SIZE_U8 0
#define FUTEX2_SIZE_U16 1
#define FUTEX2_SIZE_U32 2
#define FUTEX2_SIZE_U64 3
#define FUTEX2_NUMA 4
#define FUTEX2_PRIVATE 128
#endif
#ifndef FUTEX2_MPOL
#define FUTEX2_MPOL 8
#endif
#ifndef ARCH_SHSTK_ENABLE
#define ARCH_SHSTK_ENABLE 0x5001
#define ARCH_SHSTK_DISABLE 0x5002
#define ARCH_SHSTK_LOCK 0x5003
#define ARCH_SHSTK_STATUS 0x5005
#endif
#define MPOL_WEIGHTED_INTERLEAVE 6	/* an enum where it is there */
#ifndef SCHED_EXT
#define SCHED_EXT 7
#endif
#ifndef PIDFD_SIGNAL_THREAD
#define PIDFD_SIGNAL_THREAD 1
#define PIDFD_SIGNAL_THREAD_GROUP 2
#define PIDFD_SIGNAL_PROCESS_GROUP 4
#endif
#ifndef SS_AUTODISARM
#define SS_AUTODISARM (1u << 31)
#endif
/* Newer than 6.1. */
#ifndef MEMBARRIER_CMD_GET_REGISTRATIONS
#define MEMBARRIER_CMD_GET_REGISTRATIONS (1 << 9)
#endif
#ifndef AT_HANDLE_FID
#define AT_HANDLE_FID 0x200
#endif
#ifndef AT_HANDLE_MNT_ID_UNIQUE
#define AT_HANDLE_MNT_ID_UNIQUE 1
#endif
#ifndef AT_HANDLE_CONNECTABLE
#define AT_HANDLE_CONNECTABLE 2
#endif
#ifndef LISTMOUNT_REVERSE
#define LISTMOUNT_REVERSE 1
#endif
#ifndef STATMOUNT_SB_BASIC
#define STATMOUNT_SB_BASIC 0x1
#endif
#ifndef STATMOUNT_MNT_BASIC
#define STATMOUNT_MNT_BASIC 0x2
#endif
#ifndef STATMOUNT_PROPAGATE_FROM
#define STATMOUNT_PROPAGATE_FROM 0x4
#endif
#ifndef STATMOUNT_MNT_ROOT
#define STATMOUNT_MNT_ROOT 0x8
#endif
#ifndef STATMOUNT_MNT_POINT
#define STATMOUNT_MNT_POINT 0x10
#endif
#ifndef STATMOUNT_FS_TYPE
#define STATMOUNT_FS_TYPE 0x20
#endif
#ifndef STATMOUNT_MNT_NS_ID
#define STATMOUNT_MNT_NS_ID 0x40
#endif
#ifndef STATMOUNT_MNT_OPTS
#define STATMOUNT_MNT_OPTS 0x80
#endif
#ifndef STATMOUNT_FS_SUBTYPE
#define STATMOUNT_FS_SUBTYPE 0x100
#endif
#ifndef STATMOUNT_SB_SOURCE
#define STATMOUNT_SB_SOURCE 0x200
#endif
#ifndef STATMOUNT_OPT_ARRAY
#define STATMOUNT_OPT_ARRAY 0x400
#endif
#ifndef STATMOUNT_OPT_SEC_ARRAY
#define STATMOUNT_OPT_SEC_ARRAY 0x800
#endif
#ifndef STATMOUNT_SUPPORTED_MASK
#define STATMOUNT_SUPPORTED_MASK 0x1000
#endif
#ifndef STATMOUNT_MNT_UIDMAP
#define STATMOUNT_MNT_UIDMAP 0x2000
#endif
#ifndef STATMOUNT_MNT_GIDMAP
#define STATMOUNT_MNT_GIDMAP 0x4000
#endif
#ifndef FAN_REPORT_FD_ERROR
#define FAN_REPORT_FD_ERROR 0x2000
#endif
#ifndef FAN_REPORT_MNT
#define FAN_REPORT_MNT 0x4000
#endif
#ifndef FAN_PRE_ACCESS
#define FAN_PRE_ACCESS 0x00100000
#endif
#ifndef FAN_MNT_ATTACH
#define FAN_MNT_ATTACH 0x01000000
#endif
#ifndef FAN_MNT_DETACH
#define FAN_MNT_DETACH 0x02000000
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ull << 14)
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (1ull << 15)
#endif
#ifndef LANDLOCK_ACCESS_NET_BIND_TCP
#define LANDLOCK_ACCESS_NET_BIND_TCP 1
#endif
#ifndef LANDLOCK_ACCESS_NET_CONNECT_TCP
#define LANDLOCK_ACCESS_NET_CONNECT_TCP 2
#endif
#ifndef LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET
#define LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET 1
#endif
#ifndef LANDLOCK_SCOPE_SIGNAL
#define LANDLOCK_SCOPE_SIGNAL 2
#endif
#ifndef LANDLOCK_CREATE_RULESET_ERRATA
#define LANDLOCK_CREATE_RULESET_ERRATA 2
#endif
#define LANDLOCK_RULE_NET_PORT 2	/* an enum where it is there */
#ifndef LANDLOCK_RESTRICT_SELF_LOG_SAME_EXEC_OFF
#define LANDLOCK_RESTRICT_SELF_LOG_SAME_EXEC_OFF 1
#endif
#ifndef LANDLOCK_RESTRICT_SELF_LOG_NEW_EXEC_ON
#define LANDLOCK_RESTRICT_SELF_LOG_NEW_EXEC_ON 2
#endif
#ifndef LANDLOCK_RESTRICT_SELF_LOG_SUBDOMAINS_OFF
#define LANDLOCK_RESTRICT_SELF_LOG_SUBDOMAINS_OFF 4
#endif
#ifndef LSM_ATTR_CURRENT
#define LSM_ATTR_CURRENT 100
#endif
#ifndef LSM_ATTR_EXEC
#define LSM_ATTR_EXEC 101
#endif
#ifndef LSM_ATTR_FSCREATE
#define LSM_ATTR_FSCREATE 102
#endif
#ifndef LSM_ATTR_KEYCREATE
#define LSM_ATTR_KEYCREATE 103
#endif
#ifndef LSM_ATTR_PREV
#define LSM_ATTR_PREV 104
#endif
#ifndef LSM_ATTR_SOCKCREATE
#define LSM_ATTR_SOCKCREATE 105
#endif
#ifndef LSM_FLAG_SINGLE
#define LSM_FLAG_SINGLE 1
#endif
#ifndef LSM_ID_CAPABILITY
#define LSM_ID_CAPABILITY 100
#endif
#ifndef LSM_ID_SELINUX
#define LSM_ID_SELINUX 101
#endif
#ifndef LSM_ID_SMACK
#define LSM_ID_SMACK 102
#endif
#ifndef LSM_ID_TOMOYO
#define LSM_ID_TOMOYO 103
#endif
#ifndef LSM_ID_APPARMOR
#define LSM_ID_APPARMOR 104
#endif
#ifndef LSM_ID_YAMA
#define LSM_ID_YAMA 105
#endif
#ifndef LSM_ID_LOADPIN
#define LSM_ID_LOADPIN 106
#endif
#ifndef LSM_ID_SAFESETID
#define LSM_ID_SAFESETID 107
#endif
#ifndef LSM_ID_LOCKDOWN
#define LSM_ID_LOCKDOWN 108
#endif
#ifndef LSM_ID_BPF
#define LSM_ID_BPF 109
#endif
#ifndef LSM_ID_LANDLOCK
#define LSM_ID_LANDLOCK 110
#endif
#ifndef LSM_ID_IMA
#define LSM_ID_IMA 111
#endif
#ifndef LSM_ID_EVM
#define LSM_ID_EVM 112
#endif
#ifndef LSM_ID_IPE
#define LSM_ID_IPE 113
#endif
#ifndef RWF_NOAPPEND
#define RWF_NOAPPEND 0x20
#endif
#ifndef RWF_ATOMIC
#define RWF_ATOMIC 0x40
#endif
#ifndef RWF_DONTCACHE
#define RWF_DONTCACHE 0x80
#endif
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif
#ifndef MADV_GUARD_REMOVE
#define MADV_GUARD_REMOVE 103
#endif
#ifndef FSCONFIG_CMD_CREATE_EXCL
#define FSCONFIG_CMD_CREATE_EXCL 8
#endif
/* The kernel's own: of <linux/sched/coredump.h>, of its keys. */
#define SUID_DUMP_DISABLE 0
#define SUID_DUMP_USER 1
#define SUID_DUMP_ROOT 2
#define KEY_OTH_VIEW 0x00000001
#define KEY_OTH_READ 0x00000002
#define KEY_OTH_WRITE 0x00000004
#define KEY_OTH_SEARCH 0x00000008
#define KEY_OTH_LINK 0x00000010
#define KEY_OTH_SETATTR 0x00000020
#define KEY_GRP_VIEW 0x00000100
#define KEY_GRP_READ 0x00000200
#define KEY_GRP_WRITE 0x00000400
#define KEY_GRP_SEARCH 0x00000800
#define KEY_GRP_LINK 0x00001000
#define KEY_GRP_SETATTR 0x00002000
#define KEY_USR_VIEW 0x00010000
#define KEY_USR_READ 0x00020000
#define KEY_USR_WRITE 0x00040000
#define KEY_USR_SEARCH 0x00080000
#define KEY_USR_LINK 0x00100000
#define KEY_USR_SETATTR 0x00200000
#define KEY_POS_VIEW 0x01000000
#define KEY_POS_READ 0x02000000
#define KEY_POS_WRITE 0x04000000
#define KEY_POS_SEARCH 0x08000000
#define KEY_POS_LINK 0x10000000
#define KEY_POS_SETATTR 0x20000000
#ifndef ARCH_SHSTK_SHSTK
#define ARCH_SHSTK_SHSTK (1ull << 0)
#define ARCH_SHSTK_WRSS (1ull << 1)
#endif
#ifndef PR_MDWE_REFUSE_EXEC_GAIN
#define PR_MDWE_REFUSE_EXEC_GAIN 1
#endif
#ifndef PR_MDWE_NO_INHERIT
#define PR_MDWE_NO_INHERIT 2
#endif
#ifndef PTRACE_GET_THREAD_AREA
#define PTRACE_GET_THREAD_AREA 25
#define PTRACE_SET_THREAD_AREA 26
#endif
/* For 32-bit programs alone, and newer than 6.1. */
#ifndef F_GETLK64
#define F_GETLK64 12
#define F_SETLK64 13
#define F_SETLKW64 14
#endif
#ifndef F_SEAL_EXEC
#define F_SEAL_EXEC 0x0020
#endif
/* The kernel's own, or of headers that cannot be read beside those of the C library. */
#define SCM_SECURITY 3
#define SCM_PIDFD 4
#define SO_ORIGINAL_DST 80
#ifndef ICMP_FILTER
#define ICMP_FILTER 1
#endif
#ifndef SOCK_SNDBUF_LOCK
#define SOCK_SNDBUF_LOCK 1
#define SOCK_RCVBUF_LOCK 2
#endif
#ifndef PACKET_VNET_HDR_SZ
#define PACKET_VNET_HDR_SZ 24
#endif
#ifndef ALG_SET_KEY_BY_KEY_SERIAL
#define ALG_SET_KEY_BY_KEY_SERIAL 7
#endif
#ifndef SO_PASSPIDFD
#define SO_PASSPIDFD 76
#define SO_PEERPIDFD 77
#endif
#ifndef SO_DEVMEM_DONTNEED
#define SO_DEVMEM_DONTNEED 80
#endif
#ifndef SO_RCVPRIORITY
#define SO_RCVPRIORITY 82
#endif
#ifndef SO_PASSRIGHTS
#define SO_PASSRIGHTS 83
#endif
#ifndef SO_INQ
#define SO_INQ 84
#endif
#ifndef F_CREATED_QUERY
#define F_CREATED_QUERY (F_LINUX_SPECIFIC_BASE + 4)
#endif
#ifndef F_DUPFD_QUERY
#define F_DUPFD_QUERY (F_LINUX_SPECIFIC_BASE + 3)
#endif
#ifndef AT_EXECVE_CHECK
#define AT_EXECVE_CHECK 0x10000
#endif
#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x8u
#endif
#ifndef MFD_EXEC
#define MFD_EXEC 0x10u
#endif
#ifndef QFMT_SHMEM
#define QFMT_SHMEM 5
#endif
#ifndef PIDFD_THREAD
#define PIDFD_THREAD O_EXCL
#endif
#ifndef MAP_DROPPABLE
#define MAP_DROPPABLE 0x8
#endif
#ifndef MAP_ABOVE4G
#define MAP_ABOVE4G 0x80
#endif
#ifndef IORING_SETUP_NO_MMAP
#define IORING_SETUP_NO_MMAP (1u << 14)
#endif
#ifndef IORING_SETUP_REGISTERED_FD_ONLY
#define IORING_SETUP_REGISTERED_FD_ONLY (1u << 15)
#endif
#ifndef IORING_SETUP_NO_SQARRAY
#define IORING_SETUP_NO_SQARRAY (1u << 16)
#endif
#ifndef IORING_SETUP_HYBRID_IOPOLL
#define IORING_SETUP_HYBRID_IOPOLL (1u << 17)
#endif
#ifndef IORING_FEAT_REG_REG_RING
#define IORING_FEAT_REG_REG_RING (1u << 13)
#endif
#ifndef IORING_FEAT_RECVSEND_BUNDLE
#define IORING_FEAT_RECVSEND_BUNDLE (1u << 14)
#endif
#ifndef IORING_FEAT_MIN_TIMEOUT
#define IORING_FEAT_MIN_TIMEOUT (1u << 15)
#endif
#ifndef IORING_FEAT_RW_ATTR
#define IORING_FEAT_RW_ATTR (1u << 16)
#endif
#ifndef IORING_FEAT_NO_IOWAIT
#define IORING_FEAT_NO_IOWAIT (1u << 17)
#endif
#ifndef IORING_ENTER_ABS_TIMER
#define IORING_ENTER_ABS_TIMER (1u << 5)
#endif
#ifndef IORING_ENTER_EXT_ARG_REG
#define IORING_ENTER_EXT_ARG_REG (1u << 6)
#endif
#ifndef IORING_ENTER_NO_IOWAIT
#define IORING_ENTER_NO_IOWAIT (1u << 7)
#endif
#ifndef BPF_TOKEN_CREATE
#define BPF_TOKEN_CREATE 36
#endif
#ifndef PTRACE_SET_SYSCALL_USER_DISPATCH_CONFIG
#define PTRACE_SET_SYSCALL_USER_DISPATCH_CONFIG 0x4210
#endif
#ifndef PTRACE_GET_SYSCALL_USER_DISPATCH_CONFIG
#define PTRACE_GET_SYSCALL_USER_DISPATCH_CONFIG 0x4211
#endif
#ifndef PTRACE_SET_SYSCALL_INFO
#define PTRACE_SET_SYSCALL_INFO 0x4212
#endif
#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#endif
#ifndef PR_GET_MDWE
#define PR_GET_MDWE 66
#endif
#ifndef PR_SET_MEMORY_MERGE
#define PR_SET_MEMORY_MERGE 67
#endif
#ifndef PR_GET_MEMORY_MERGE
#define PR_GET_MEMORY_MERGE 68
#endif
#ifndef STATX_MNT_ID_UNIQUE
#define STATX_MNT_ID_UNIQUE 0x4000u
#endif
#ifndef STATX_SUBVOL
#define STATX_SUBVOL 0x8000u
#endif
#ifndef STATX_WRITE_ATOMIC
#define STATX_WRITE_ATOMIC 0x10000u
#endif
#ifndef STATX_DIO_READ_ALIGN
#define STATX_DIO_READ_ALIGN 0x20000u
#endif
#ifndef STATX_ATTR_WRITE_ATOMIC
#define STATX_ATTR_WRITE_ATOMIC 0x400000
#endif
#ifndef FALLOC_FL_WRITE_ZEROES
#define FALLOC_FL_WRITE_ZEROES 0x80
#endif
#ifndef MOVE_MOUNT_BENEATH
#define MOVE_MOUNT_BENEATH 0x200
#endif

/* The C library has these, in headers that do not go together with the kernel's. */
#define MNT_FORCE	  1
#define MNT_DETACH	  2
#define MNT_EXPIRE	  4
#define UMOUNT_NOFOLLOW	  8
#define SPLICE_F_MOVE	  1
#define SPLICE_F_NONBLOCK 2
#define SPLICE_F_MORE	  4
#define SPLICE_F_GIFT	  8
#define UTIME_NOW	  0x3fffffffl
#define UTIME_OMIT	  0x3ffffffel
#define SWAP_FLAG_PREFER  0x8000
#define SWAP_FLAG_DISCARD 0x10000

/* Of the kernel alone. */
#define ST_VALID	      0x0020
#define ST_RDONLY	      0x0001
#define ST_NOSUID	      0x0002
#define ST_NODEV	      0x0004
#define ST_NOEXEC	      0x0008
#define ST_SYNCHRONOUS	      0x0010
#define ST_MANDLOCK	      0x0040
#define ST_NOATIME	      0x0400
#define ST_NODIRATIME	      0x0800
#define ST_RELATIME	      0x1000
#define ST_NOSYMFOLLOW	      0x2000
#define SWAP_FLAG_DISCARD_ONCE	0x20000
#define SWAP_FLAG_DISCARD_PAGES 0x40000
#define SOCK_TYPE_MASK	      0xf
#define ERESTARTSYS	      512
#define ERESTARTNOINTR	      513
#define ERESTARTNOHAND	      514
#define ERESTART_RESTARTBLOCK 516
#define TRACE_SIGNAL_DELIVERED	      0
#define TRACE_SIGNAL_IGNORED	      1
#define TRACE_SIGNAL_ALREADY_PENDING  2
#define TRACE_SIGNAL_OVERFLOW_FAIL    3
#define TRACE_SIGNAL_LOSE_INFO	      4
#define X86_PF_PROT	      (1 << 0)
#define X86_PF_WRITE	      (1 << 1)
#define X86_PF_USER	      (1 << 2)
#define X86_PF_RSVD	      (1 << 3)
#define X86_PF_INSTR	      (1 << 4)
#define X86_PF_PK	      (1 << 5)
#define X86_PF_SHSTK	      (1 << 6)
#define X86_PF_SGX	      (1 << 15)
#define X86_PF_RMP	      (1u << 31)

/* Of the probe, under the name that Falco's rules have for it. */
#define EXE_FROM_MEMFD SCT_EXE_FROM_MEMFD

/* Of <linux/in6.h> and <linux/in.h>, which the C library's do not have. */
#ifndef IPV6_FLOWINFO
#define IPV6_FLOWINFO 11
#endif
#ifndef IPV6_FLOWLABEL_MGR
#define IPV6_FLOWLABEL_MGR 32
#endif
#ifndef IPV6_FLOWINFO_SEND
#define IPV6_FLOWINFO_SEND 33
#endif
#ifndef IP_LOCAL_PORT_RANGE
#define IP_LOCAL_PORT_RANGE 51
#endif
#ifndef IP_PROTOCOL
#define IP_PROTOCOL 52
#endif

/* Of others that the C library's stand before. */
#ifndef IPPROTO_L2TP
#define IPPROTO_L2TP 115
#endif
#ifndef TCP_MD5SIG_EXT
#define TCP_MD5SIG_EXT 32
#endif
#ifndef UDP_ENCAP_RXRPC
#define UDP_ENCAP_RXRPC 6
#endif
#ifndef CLOCK_SGI_CYCLE
#define CLOCK_SGI_CYCLE 10
#endif
#ifndef POLLREMOVE
#define POLLREMOVE 0x1000
#endif

/* Of struct pidfd_info, newer than 6.1. */
#ifndef PIDFD_INFO_PID
#define PIDFD_INFO_PID (1 << 0)
#define PIDFD_INFO_CREDS (1 << 1)
#define PIDFD_INFO_CGROUPID (1 << 2)
#endif
#ifndef PIDFD_INFO_EXIT
#define PIDFD_INFO_EXIT (1 << 3)
#endif
#ifndef PIDFD_INFO_COREDUMP
#define PIDFD_INFO_COREDUMP (1 << 4)
#endif
#ifndef PIDFD_INFO_SUPPORTED_MASK
#define PIDFD_INFO_SUPPORTED_MASK (1 << 5)
#endif
#ifndef PIDFD_INFO_COREDUMP_SIGNAL
#define PIDFD_INFO_COREDUMP_SIGNAL (1 << 6)
#endif
/* Of <asm/termios.h>, which cannot be read beside <sys/ioctl.h>. */
#ifndef TIOCM_OUT1
#define TIOCM_OUT1 0x2000
#define TIOCM_OUT2 0x4000
#define TIOCM_LOOP 0x8000
#endif
/* Of userfaultfd, newer than 6.1. */
#ifndef UFFD_FEATURE_WP_UNPOPULATED
#define UFFD_FEATURE_WP_UNPOPULATED (1 << 13)
#endif
#ifndef UFFD_FEATURE_POISON
#define UFFD_FEATURE_POISON (1 << 14)
#define _UFFDIO_POISON 8
#endif
#ifndef UFFD_FEATURE_WP_ASYNC
#define UFFD_FEATURE_WP_ASYNC (1 << 15)
#endif
#ifndef UFFDIO_MOVE_MODE_DONTWAKE
#define UFFDIO_MOVE_MODE_DONTWAKE (1 << 0)
#define UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES (1 << 1)
#endif
#ifndef UFFDIO_POISON_MODE_DONTWAKE
#define UFFDIO_POISON_MODE_DONTWAKE (1 << 0)
#endif
#ifndef UFFD_FEATURE_MOVE
#define UFFD_FEATURE_MOVE (1 << 16)
#define _UFFDIO_MOVE 5
#endif

#endif
