/* SPDX-License-Identifier: MIT */
/*
 * Commands of ioctl(2) that the headers of Debian 12 (Linux 6.1) do not have.  For who has included the
 * headers that are there.
 */
#ifndef SCT_IOCTLS_EXTRA_H
#define SCT_IOCTLS_EXTRA_H

#include <linux/ioctl.h>
#include <linux/types.h>

#ifndef EPIOCSPARAMS
#define EPIOCSPARAMS _IOW(0x8a, 1, __u64)
#define EPIOCGPARAMS _IOR(0x8a, 2, __u64)
#endif
#ifndef NS_GET_MNTNS_ID
#define NS_GET_MNTNS_ID	       _IOR(0xb7, 5, __u64)
#define NS_GET_PID_FROM_PIDNS  _IOR(0xb7, 6, int)
#define NS_GET_TGID_FROM_PIDNS _IOR(0xb7, 7, int)
#define NS_GET_PID_IN_PIDNS    _IOR(0xb7, 8, int)
#define NS_GET_TGID_IN_PIDNS   _IOR(0xb7, 9, int)
#endif
#ifndef NS_MNT_GET_INFO
#define NS_MNT_GET_INFO _IOR(0xb7, 10, __u64[2])
#define NS_MNT_GET_NEXT _IOR(0xb7, 11, __u64[2])
#define NS_MNT_GET_PREV _IOR(0xb7, 12, __u64[2])
#endif
#ifndef UFFDIO_POISON
#define UFFDIO_POISON _IOWR(0xaa, 8, __u64[4])
#endif
#ifndef UFFDIO_MOVE
#define UFFDIO_MOVE _IOWR(0xaa, 5, __u64[5])
#endif
#ifndef PIDFD_GET_CGROUP_NAMESPACE
#define PIDFD_GET_CGROUP_NAMESPACE	      _IO(0xff, 1)
#define PIDFD_GET_IPC_NAMESPACE		      _IO(0xff, 2)
#define PIDFD_GET_MNT_NAMESPACE		      _IO(0xff, 3)
#define PIDFD_GET_NET_NAMESPACE		      _IO(0xff, 4)
#define PIDFD_GET_PID_NAMESPACE		      _IO(0xff, 5)
#define PIDFD_GET_PID_FOR_CHILDREN_NAMESPACE  _IO(0xff, 6)
#define PIDFD_GET_TIME_NAMESPACE	      _IO(0xff, 7)
#define PIDFD_GET_TIME_FOR_CHILDREN_NAMESPACE _IO(0xff, 8)
#define PIDFD_GET_USER_NAMESPACE	      _IO(0xff, 9)
#define PIDFD_GET_UTS_NAMESPACE		      _IO(0xff, 10)
#endif
/* Its struct grows. */
#define PIDFD_GET_INFO_ANY _IOC(_IOC_READ | _IOC_WRITE, 0xff, 11, 0)

#endif
