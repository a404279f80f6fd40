/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The kernel module's interface, beside the records (sct_abi.h) and the configuration
 * (sct_config.h).  Included by kmod/ and by the library's backend, after those; the includer
 * provides _IO() (linux/ioctl.h).
 *
 * One device a CPU, /dev/sctrace0 and so on.  Opening one makes a consumer: its own selection,
 * scope, rings and counters.  The descriptor stands for the ring of that CPU; SCT_IOC_JOIN puts it
 * into the consumer of another descriptor instead of its own.  The consumer ends with the last
 * descriptor and the last mapping.  Which process uses a descriptor doesn't matter.
 *
 *	open /dev/sctrace0, SCT_IOC_HELLO, SCT_IOC_SETUP
 *	for other CPUs: open /dev/sctraceN, SCT_IOC_JOIN
 *	mmap the ring of each, and once the scope
 *	SCT_IOC_ATTACH; poll(), read records, move the tail; SCT_IOC_COUNTS
 *
 * Every struct begins with its size as the caller knows it.  A shorter one lacks what was added
 * later; a longer one is taken when the bytes that are not known are 0, else refused with E2BIG.
 * So the numbers of the calls have no size in them, or they would change with it.
 */
#ifndef SCT_IOCTL_H
#define SCT_IOCTL_H

#define SCT_IOC_VERSION 2u	/* of this interface; changes when an old caller would go wrong */

#define SCT_DEVICE_NAME "sctrace"	/* and the CPU's number behind it */

/* Who is there?  Always answers, so that a caller that doesn't fit can say why. */
struct sct_hello {
	__u32 sz;
	__u32 version;	/* SCT_IOC_VERSION of the module */
	__u64 digest;	/* of the tables that it was made from, see sct_digest.h */
	__u32 cpu;	/* of this descriptor */
	__u32 ncpus;	/* possible CPUs: as many devices there are */
	__u32 kinds;	/* bit: tracepoint of enum sct_kind that this kernel has */
	__u32 pad;
};

/*
 * What the consumer wants; once, before all else.  -EPROTO when version or digest differ, -EBUSY
 * the second time.
 */
struct sct_setup {
	__u32 sz;
	__u32 version;
	__u64 digest;
	__u64 want;		/* address of a struct sct_want */
	__u32 wake_ms;		/* poll() reports a ring also when something has waited so long; 0: never */
	__u32 pad;
	struct sct_config config;	/* last, as it grows; see sct_config_take() */
};

/* A struct sct_count for each event of calls entered, and of all others. */
struct sct_ioc_counts {
	__u32 sz;
	__u32 cpu;
	__u64 counts;		/* address of a struct sct_counts */
};

#define SCT_IOC_HELLO	_IO('s', 0xc0)	/* struct sct_hello * */
#define SCT_IOC_JOIN	_IO('s', 0xc1)	/* __s32 *: a descriptor of the consumer to join */
#define SCT_IOC_SETUP	_IO('s', 0xc2)	/* struct sct_setup * */
#define SCT_IOC_ATTACH	_IO('s', 0xc3)	/* __u32 *: a bit for each enum sct_kind; 0: records end */
#define SCT_IOC_WANT	_IO('s', 0xc4)	/* __u64 *: address of another struct sct_want; live */
#define SCT_IOC_COUNTS	_IO('s', 0xc5)	/* struct sct_ioc_counts * */

/*
 * mmap(2) of a descriptor, shared.  At offset 0 the ring: a page for the reader's position, which
 * alone is writable, a page with the writer's, and the data twice in a row, so that no record
 * wraps.  Map them as one (page + page + 2 * ring_size) read-only, or the first page apart.
 *
 * Positions are bytes since the start.  Records lie from the reader's to the writer's, at their
 * position modulo ring_size, back to back.
 */
struct sct_ring_page {
	__u64 position;
};

/* At this offset the scope: SCT_PID_LIMIT bytes, enum sct_scope by process id. */
#define SCT_MMAP_SCOPE 0x100000000ull

#endif
