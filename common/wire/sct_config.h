/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The configuration that user space passes to the kernel side, and the state that the kernel side keeps per
 * CPU.  Included by the kernel side and by the library's backends, after sct_abi.h.
 */
#ifndef SCT_CONFIG_H
#define SCT_CONFIG_H

/* The section of a BPF object with the text of the tables that it was built from, see sct_digest.h */
#define SCT_TABLES_SECTION ".rodata.sct_tables"

/* The digest of such a text: FNV-1a, 64 bits. */
static inline __u64 sct_digest_of(const char *text, __u64 len)
{
	__u64 h = 0xcbf29ce484222325ull, i;

	for (i = 0; i < len; i++)
		h = (h ^ (__u8)text[i]) * 0x100000001b3ull;
	return h;
}

/* How the probe handles one syscall number of one ABI. */
struct sct_nr {
	__u16 event;	/* enum sct_event_id */
	__u16 row;	/* enum sct_syscall_row */
	__u8 want;	/* SCT_WANT_* */
	__u8 flags;	/* SCT_SF_* */
	__u8 via;	/* enum sct_via: the call may stand for another, see sct_want.part */
	__u8 words;	/* of a sub-call: number of arguments in memory; 0: they are in registers */
};

#define SCT_WANT_EXIT	1u
#define SCT_WANT_ENTER	2u
#define SCT_WANT_TIME	4u	/* no enter record, but the exit record needs the time at entry */
#define SCT_WANT_LEN	8u	/* no enter record, but the exit record needs a length that the call overwrites */
#define SCT_WANT_NOTE	(SCT_WANT_TIME | SCT_WANT_LEN)
#define SCT_WANT_NUMBER	16u	/* no record, but the number, where entries are looked at anyway */

/*
 * The selection, by call number.  A call with a `via` stands for the sub-call that part[via] has for its
 * number, if there is one (its row is a call's) and its arguments can be read; else for itself.
 */
struct sct_want {
	__u8 any[SCT_NR_MAX];	/* SCT_WANT_* of all ABIs and of the sub-calls */
	struct sct_nr nr[SCT_ABI_MAX][SCT_NR_MAX];
	struct sct_nr part[SCT_VIA_MAX][SCT_PARTS_MAX];
	__u32 kinds;		/* bit: the event of this kind; for tracepoints other than those of calls */
};

/* The scope: one byte for each process, which a fork copies. */
enum sct_scope {
	SCT_SCOPE_DEFAULT,	/* as sct_config.pass_default says */
	SCT_SCOPE_TRACE,
	SCT_SCOPE_ARMED,	/* trace only its execve; becomes TRACE when that succeeds */
	SCT_SCOPE_HIDE,
	SCT_SCOPE_ENDING,	/* like TRACE, but all of its threads are exiting */
};

#define SCT_PID_LIMIT	  (1u << 22)	/* PID_MAX_LIMIT of include/linux/threads.h */
#define SCT_SCOPE_SECTION ".bss.scope"	/* of the eBPF probe's object */
#define SCT_NOTING_SECTION ".data.noting"	/* a __u32, which becomes 1 once sys_exit is attached */

/* Which calls pass, by their result.  An enter record passes only with ANY. */
enum sct_result_pass { SCT_PASS_ANY, SCT_PASS_SUCCESS, SCT_PASS_ERROR, SCT_PASS_MAX };

#define SCT_RING_MIN  (64u << 10)	/* bytes of data a ring; a power of two, and an execve fits */
#define SCT_RING_LARGE (128u << 10)	/* the same, with more than SCT_ARGV_DEF of it, or with files */
#define SCT_RING_MAX  (1u << 30)

/*
 * What user space asks of the kernel side, module and eBPF alike; fixed for a session.  A part of the module's set-up
 * call and of the probe's constants; fillers have it as f->cfg.  It grows at its end: 0 is what a member is when
 * nobody asks for anything.
 */
struct sct_config {
	__u32 sz;		/* of this struct, as the caller knows it */
	__u32 snaplen;		/* bytes kept of a data buffer, at most SCT_SNAPLEN_MAX; 0: SCT_SNAPLEN_DEF */
	__u64 ring_size;	/* bytes of each ring: SCT_RING_MIN to SCT_RING_MAX, a power of two */
	__u32 argv_max;		/* bytes kept of a program's arguments, and of its environment; 0: SCT_ARGV_DEF */
	__u32 pass_default;	/* 1: processes without an entry in the scope are traced */
	__u32 pass_result;	/* enum sct_result_pass */
	__u32 durations;	/* 1: records tell how long calls took */
	__u32 notes;		/* 1: SCT_WANT_NOTE has an effect */
	__u32 files;		/* enum sct_files: of descriptors, told with calls */
	__u32 wake_bytes;	/* wake the reader when so much waits in a ring */
	__u32 argv_failed;	/* argv_max of calls that execute no program, and at entry; 0: SCT_ARGV_FAILED, or less */
};

/* The name of the first member that is out of its range; NULL: none is. */
static inline const char *sct_config_check(const struct sct_config *c)
{
#define SCT_CONFIG_IS(member, good)	\
	if (!(good))			\
		return #member
	SCT_CONFIG_IS(sz, c->sz == sizeof(*c));
	SCT_CONFIG_IS(snaplen, c->snaplen <= SCT_SNAPLEN_MAX);
	SCT_CONFIG_IS(ring_size, c->ring_size >= SCT_RING_MIN && c->ring_size <= SCT_RING_MAX &&
		      !(c->ring_size & (c->ring_size - 1)));
	SCT_CONFIG_IS(argv_max, c->argv_max <= SCT_ARGV_MAX);
	SCT_CONFIG_IS(pass_default, c->pass_default <= 1);
	SCT_CONFIG_IS(pass_result, c->pass_result < SCT_PASS_MAX);
	SCT_CONFIG_IS(durations, c->durations <= 1);
	SCT_CONFIG_IS(notes, c->notes <= 1);
	SCT_CONFIG_IS(files, c->files < SCT_FILES_MAX);
	SCT_CONFIG_IS(wake_bytes, c->wake_bytes <= c->ring_size);
	SCT_CONFIG_IS(argv_failed, c->argv_failed <= c->argv_max);
	/* what makes records large takes a ring that they fit into */
	SCT_CONFIG_IS(ring_size, c->ring_size >= SCT_RING_LARGE || (c->argv_max <= SCT_ARGV_DEF && !c->files));
#undef SCT_CONFIG_IS
	return (void *)0;
}

/*
 * Make a caller's one of ours: *c has the first sizeof(*c) of the `room` bytes that he gave, and what is behind those
 * is 0.  What a shorter one lacks is 0, too.  As above, the name of what is wrong.
 */
static inline const char *sct_config_take(struct sct_config *c, __u32 room)
{
	__u32 i;

	if (room < sizeof(c->sz) || c->sz < sizeof(c->sz) || c->sz > room)
		return "sz";
	for (i = c->sz; i < sizeof(*c); i++)
		if (((const __u8 *)c)[i])
			return "sz";
	c->sz = sizeof(*c);
	if (!c->snaplen)
		c->snaplen = SCT_SNAPLEN_DEF;
	if (!c->argv_max)
		c->argv_max = SCT_ARGV_DEF;
	if (!c->argv_failed)
		c->argv_failed = c->argv_max < SCT_ARGV_FAILED ? c->argv_max : SCT_ARGV_FAILED;
	return sct_config_check(c);
}

/* The probe's constants. */
struct sct_cfg {
	struct sct_config config;
	__u32 own_regs;		/* the kernel has bpf_task_pt_regs() */
	__u32 ringbuf;		/* records go to BPF ring buffers instead of perf buffers */
	__u32 look_bytes;	/* ring buffers: check the fill level after so many bytes, */
	__u32 full_bytes;	/* and accept no new task above this level */
	__u32 nslots;		/* scratch slots per CPU: one per kind in use */
	__u32 slot[SCT_KIND_MAX];
};

/* A task whose record was sent to this ring, and need not be sent again: direct-mapped by tid. */
struct sct_known {
	__u64 start;		/* of the task, ns: distinguishes two tasks with the same tid */
	__u64 version;		/* changes with exec, credentials, namespaces, cgroups, parent, name */
	__u64 lost;		/* the ring's count of lost records when it was sent: valid while equal */
	__u64 tid;
};

/* The call that a task is in, direct-mapped by tid. */
struct sct_entered {
	__u64 who;		/* tid and call, see sct_note_entered(); 0: free */
	__u64 ts;
	__u64 lens;		/* see SCT_LENS_UNKNOWN */
};

/* The indexes of programs for tail calls: the events, then the program that adds files. */
#define SCT_PROG_FILES SCT_EV_MAX
#define SCT_PROG_MAX   (SCT_EV_MAX + 1)

/* The number of a helper that no kernel has: the library replaces it by bpf_rdonly_cast(). */
#define SCT_CALL_CAST 0x53435443

#define SCT_KNOWN_MAX 512u
#define SCT_TOLD_MAX  65536u	/* tasks with a saved version of the last record that any ring received */
#define SCT_ENTERED_MAX 65536u	/* tasks with saved entry data of their call */

/* The counters of a CPU, for user space. */
struct sct_counts {
	__u64 sent;		/* records in the ring so far */
	__u64 lost;		/* records dropped so far; sent + lost is the next sequence number */
	struct sct_count count[2][SCT_EV_MAX];	/* [enter][event] */
};

struct sct_cpu {
	struct sct_counts n;
	__u64 committing;	/* a record is being committed */
	__u64 unlooked;		/* bytes of records since the last check of the fill level */
	struct sct_known known[SCT_KNOWN_MAX];
};

#endif
