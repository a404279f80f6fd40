/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The interface of the kernel module, in addition to the records (sct_abi.h) and the configuration
 * (sct_config.h).  Included by kmod/ and by the library's backend, after those; the includer
 * provides _IO() (linux/ioctl.h).
 *
 * There is one device per CPU, /dev/sctrace0 and so on.  Opening one creates a consumer, with its own
 * selection, scope, rings and counters.  The descriptor stands for the ring of that CPU; SCT_IOC_JOIN moves
 * it into the consumer of another descriptor.  The consumer ends with its last descriptor and its last
 * mapping.  It does not matter which process uses a descriptor.
 *
 *	open /dev/sctrace0, SCT_IOC_HELLO, SCT_IOC_SETUP
 *	for other CPUs: open /dev/sctraceN, SCT_IOC_JOIN
 *	mmap the ring of each, and once the scope
 *	SCT_IOC_ATTACH; poll(), read records, move the tail; SCT_IOC_COUNTS
 *
 * Every struct begins with the size that the caller knows.  A shorter struct lacks the members that were
 * added later; the module accepts a longer struct if the bytes that it does not know are 0, else it returns
 * E2BIG.  Therefore the numbers of the ioctls contain no size, which would change them.
 */
#ifndef SCT_IOCTL_H
#define SCT_IOCTL_H

#define SCT_IOC_VERSION 2u	/* of this interface; changes if old callers would fail otherwise */

#define SCT_DEVICE_NAME "sctrace"	/* followed by the number of the CPU */

/* Describes the module.  Works for every caller, so that one that does not match can say why. */
struct sct_hello {
	__u32 sz;
	__u32 version;	/* SCT_IOC_VERSION of the module */
	__u64 digest;	/* of the tables that it was built from, see sct_digest.h */
	__u32 cpu;	/* of this descriptor */
	__u32 ncpus;	/* number of possible CPUs, hence of devices */
	__u32 kinds;	/* bit: tracepoint of enum sct_kind that this kernel has */
	__u32 pad;
};

/*
 * The configuration of the consumer; once, before all other ioctls but HELLO.  Fails with -EPROTO if version
 * or digest differ, with -EBUSY the second time.
 */
struct sct_setup {
	__u32 sz;
	__u32 version;
	__u64 digest;
	__u64 want;		/* address of a struct sct_want */
	__u32 wake_ms;		/* poll() reports a ring also when it has held anything for so long; 0: never */
	__u32 pad;
	struct sct_config config;	/* last, as it grows; see sct_config_take() */
};

/* Returns a struct sct_count for each event: for enter records, and for all others. */
struct sct_ioc_counts {
	__u32 sz;
	__u32 cpu;
	__u64 counts;		/* address of a struct sct_counts */
};

#define SCT_IOC_HELLO	_IO('s', 0xc0)	/* struct sct_hello * */
#define SCT_IOC_JOIN	_IO('s', 0xc1)	/* __s32 *: a descriptor of the consumer to join */
#define SCT_IOC_SETUP	_IO('s', 0xc2)	/* struct sct_setup * */
#define SCT_IOC_ATTACH	_IO('s', 0xc3)	/* __u32 *: a bit for each enum sct_kind; 0: stop recording */
#define SCT_IOC_WANT	_IO('s', 0xc4)	/* __u64 *: address of another struct sct_want, while recording */
#define SCT_IOC_COUNTS	_IO('s', 0xc5)	/* struct sct_ioc_counts * */

/*
 * mmap(2) of a descriptor, shared.  At offset 0 lies the ring: a page for the reader's position, the only
 * writable one, a page with the writer's position, and the data twice in a row, so that no record wraps.
 * Map all of it read-only (page + page + 2 * ring_size), or the first page separately.
 *
 * Positions are bytes since the start.  Records lie from the reader's position to the writer's, at their
 * position modulo ring_size, back to back.
 */
struct sct_ring_page {
	__u64 position;
};

/* The offset of the scope: SCT_PID_LIMIT bytes, enum sct_scope by process id. */
#define SCT_MMAP_SCOPE 0x100000000ull

#endif
