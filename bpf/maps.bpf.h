/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Maps, and the per-CPU state behind them.  For BPF only. */
#ifndef SCT_MAPS_BPF_H
#define SCT_MAPS_BPF_H

/* Where a record is built; one per CPU and kind, claimed while in use. */
struct sct_slot {
	__u64 claims;
	__u64 args[6];
	__s64 ret;
	__u32 nr;
	__u32 shown;			/* at the end of a call: the number that the task shows as nr */
	__u16 row;
	__u16 event;
	__u64 took;			/* ns; 0: not known, or not asked for */
	__u64 given;			/* see sct_given() */
	struct sct_known task;		/* of the current task, for sct_cpu.known */
	struct sct_loop loop;
	__u64 off;			/* see sct_end(), outline.bpf.h */
	__u64 fds, dirs;		/* struct sct_fds of the record, for the program of files */
	__u64 number;			/* see sct_number() */
	__u64 walk[4];			/* struct sct_walk */
	__u32 pos;			/* where the path begins */
	__u32 lead;			/* puts the record on 8 bytes inside a perf sample */
	__u8  rec[SCT_REC_MAX + SCT_CHUNK_MAX];	/* so that offset and length are each checked alone */
	__u8  path[2 * 4096];		/* a path, built from its end */
};

/* Set before loading, constant for the verifier. */
const volatile struct sct_cfg sct_cfg = { .config.sz = sizeof(struct sct_config) };

/* Not constant: a selection may change while tracing. */
struct sct_want sct_want SEC(".data.want");

/* By CPU: its state, and sct_cfg.nslots slots behind it.  User space reads counters there. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);		/* CPUs; set before loading, as the size is */
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct sct_cpu) + sizeof(struct sct_slot));
} sct_cpus SEC(".maps");

/* Tables of a section of their own are a map of one entry each, whose address programs know. */

/*
 * The version in the last record of a task, whichever ring it went to, by tid.  The reader keeps
 * one record a task: when a change is undone on another CPU, a ring that was told of the state
 * before must be told again.
 */
__u64 sct_told[SCT_TOLD_MAX] SEC(".bss.told");

__u8 sct_scope[SCT_PID_LIMIT] SEC(SCT_SCOPE_SECTION);	/* enum sct_scope, by tgid */

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);		/* SCT_ENTERED_MAX with sct_config.notes */
	__type(key, __u32);
	__type(value, struct sct_entered);
} sct_entered SEC(".maps");

/* The numbers of calls, see sct_number.h. */
struct sct_numbers {
	__u64 noted;
	__u16 of[SCT_PID_LIMIT];	/* by tid */
} sct_numbers SEC(".bss.numbers");

__u32 sct_noting SEC(SCT_NOTING_SECTION);	/* sys_exit is attached: it takes each note */

/*
 * The rings, one per CPU: BPF ring buffers (5.8), a quarter of the cost of a perf buffer, or perf
 * buffers.
 */
struct sct_ringbuf {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);	/* a template: each ring has its own size (5.10) */
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);		/* CPUs; set before loading */
	__type(key, __u32);
	__array(values, struct sct_ringbuf);
} sct_ringbufs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} sct_perfbufs SEC(".maps");

/* The programs, by event; filled by user space with those that are loaded. */
#define X(kind)								\
	struct {							\
		__uint(type, BPF_MAP_TYPE_PROG_ARRAY);			\
		__uint(max_entries, SCT_PROG_MAX);			\
		__uint(key_size, sizeof(__u32));			\
		__uint(value_size, sizeof(__u32));			\
	} sct_progs_##kind SEC(".maps");
SCT_KINDS(X)
#undef X

/*
 * v, which is no more than mask: the verifier follows registers, not conditions, and is shown that
 * here, behind an asm that hides from the compiler that the mask changes nothing.
 */
#define sct_masked(v, mask)						\
	({								\
		__u64 __m = (v);					\
		asm volatile("" : "+r"(__m));				\
		__m & (mask);						\
	})

static __always_inline void sct_add(__u64 *p, __s64 n)
{
	__sync_fetch_and_add(p, n);
}

/*
 * Claim *p for this context.  Two contexts on one CPU may interleave in any way, so: add first,
 * then look whether we are alone.  Needs no fetching atomic (those came with Linux 5.12).
 */
static __always_inline int sct_claim(__u64 *p)
{
	sct_add(p, 1);
	if (*(volatile __u64 *)p == 1)
		return 1;
	sct_add(p, -1);
	return 0;
}

static __always_inline void sct_release(__u64 *p)
{
	sct_add(p, -1);
}

/* A program stays on its CPU, of number id: it asks once which that is, as each time may be a call. */
static __always_inline struct sct_cpu *sct_cpu_of(__u32 id)
{
	return bpf_map_lookup_elem(&sct_cpus, &id);
}

static __always_inline struct sct_slot *sct_slot_of(struct sct_cpu *cpu, enum sct_kind kind)
{
	__u64 i = sct_cfg.slot[kind];
	struct sct_slot *s;

	if (!cpu || i >= sct_cfg.nslots)	/* always less, but not to the verifier where kind varies */
		return 0;
	s = (struct sct_slot *)(cpu + 1) + i;
	asm volatile("" : "+r"(s));	/* or what is in it would be sought from cpu on each time */
	return s;
}

/*
 * The counters of an event; NULL for none.  All in one 64-bit register that the compiler knows
 * nothing of: it would test one copy and use another, which verifiers before 6.12 do not follow.
 */
static __always_inline struct sct_count *sct_count(struct sct_cpu *cpu, __u64 event, int enter)
{
	asm volatile("" : "+r"(event));
	return event < SCT_EV_MAX ? &cpu->n.count[enter][event] : 0;
}

static __always_inline void sct_drop(struct sct_cpu *cpu, __u64 event, int enter,
				     enum sct_drop why)
{
	struct sct_count *count = sct_count(cpu, event, enter);

	sct_add(&cpu->n.lost, 1);
	if (count)
		sct_add(&count->dropped[why], 1);
}

/* Wake the reader only when much waits: a wake-up costs more than a record, a look less. */
static __always_inline __u64 sct_wakeup(struct sct_cpu *cpu, void *ring, __u64 len)
{
	cpu->unlooked += len;
	if (cpu->unlooked < sct_cfg.look_bytes)
		return BPF_RB_NO_WAKEUP;
	cpu->unlooked = 0;
	return bpf_ringbuf_query(ring, BPF_RB_AVAIL_DATA) > sct_cfg.config.wake_bytes ?
	       BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
}

/*
 * After a loss each event would have its task record built first, only for both to be dropped: that
 * costs several times a record that is delivered.  So a task waits until there is room again.
 */
static __always_inline int sct_ring_is_full(__u32 id)
{
	void *ring;

	if (!sct_cfg.ringbuf)
		return 0;
	ring = bpf_map_lookup_elem(&sct_ringbufs, &id);
	return ring && bpf_ringbuf_query(ring, BPF_RB_AVAIL_DATA) > sct_cfg.full_bytes;
}

/* Records whose length is known when the program is compiled, up to this, are copied by it. */
#define SCT_COPIED_MAX 256u

static __always_inline int sct_output_short(void *ring, struct sct_cpu *cpu, struct sct_slot *s,
					    __u32 len)
{
	__u64 *to = bpf_ringbuf_reserve(ring, len, 0);
	const __u64 *from = (const __u64 *)s->rec;
	__u32 i;

	if (!to)
		return 1 + SCT_DROP_RING_FULL;
	for (i = 0; i < len / sizeof(*to); i++)
		to[i] = from[i];
	bpf_ringbuf_submit(to, sct_wakeup(cpu, ring, len));
	return 0;
}

/* Copy the record to the ring of CPU id; 0, or the reason why that failed plus one. */
static __always_inline int sct_output(void *ctx, __u32 id, struct sct_cpu *cpu, struct sct_slot *s,
				      __u64 len)
{
	void *ring;
	int err;

	if (sct_cfg.ringbuf) {
		ring = bpf_map_lookup_elem(&sct_ringbufs, &id);
		if (!ring)
			return 1 + SCT_DROP_NO_RING;
		if (__builtin_constant_p(len) && len <= SCT_COPIED_MAX)
			return sct_output_short(ring, cpu, s, len);
		len = sct_masked(len, SCT_REC_MAX - 1);
		return bpf_ringbuf_output(ring, s->rec, len, sct_wakeup(cpu, ring, len)) ?
		       1 + SCT_DROP_RING_FULL : 0;
	}
	len = sct_masked(len, SCT_REC_MAX - 1);
	err = bpf_perf_event_output(ctx, &sct_perfbufs, BPF_F_CURRENT_CPU, &s->lead,
				    len + sizeof(s->lead));
	if (!err)
		return 0;
	return 1 + (err == SCT_ENOENT ? SCT_DROP_NO_RING : SCT_DROP_RING_FULL);
}

static __always_inline void sct_delivered(struct sct_cpu *cpu, __u64 event, int enter)
{
	struct sct_count *count;

	if (__builtin_constant_p(event)) {
		cpu->n.count[enter][event].delivered++;
		return;
	}
	count = sct_count(cpu, event, enter);
	if (count)
		count->delivered++;
}

/* Hand the record in s to the ring; 0, or the reason why it was dropped plus one. */
static __always_inline int sct_commit(void *ctx, __u32 id, struct sct_cpu *cpu, struct sct_slot *s,
				      __u32 event, int enter, __u64 len)
{
	struct sct_record *r = (void *)s->rec;
	int why = 1 + SCT_DROP_COMMIT;

	if (len > SCT_REC_LIMIT) {
		why = 1 + SCT_DROP_SIZE;
		goto drop;
	}
	if (!sct_claim(&cpu->committing))
		goto drop;
	r->seq = cpu->n.sent + *(volatile __u64 *)&cpu->n.lost;
	why = sct_output(ctx, id, cpu, s, len);
	if (!why) {
		cpu->n.sent++;
		sct_delivered(cpu, event, enter);
	}
	sct_release(&cpu->committing);
	if (!why)
		return 0;
drop:
	sct_drop(cpu, event, enter, why - 1);
	return why;
}

#endif
