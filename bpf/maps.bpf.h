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
	__u16 row;
	__u16 event;
	struct sct_known task;		/* of the current task, for sct_cpu.known */
	__u64 off, cut, faulted;	/* the frame, from one part of a filler to the next */
	struct sct_loop loop;
	__u8  path[2 * 4096];		/* a path, built from its end */
	__u32 pos;			/* where it begins */
	__u64 number;			/* see sct_number() */
	__u32 lead_pad;
	__u32 lead;			/* puts the record on 8 bytes inside a perf sample */
	__u8  rec[2 * SCT_REC_MAX];	/* twice, so that offset and length are each checked alone */
};

/* Set before loading, constant for the verifier. */
const volatile struct sct_cfg sct_cfg;

/* Not constant: a selection may change while tracing. */
struct sct_want sct_want SEC(".data.want");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);		/* CPUs; set before loading */
	__type(key, __u32);
	__type(value, struct sct_cpu);
} sct_cpus SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);		/* CPUs * sct_cfg.nslots; set before loading */
	__type(key, __u32);
	__type(value, struct sct_slot);
} sct_slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SCT_SCOPE_PAGES);
	__type(key, __u32);
	__type(value, __u8[SCT_SCOPE_PAGE]);
} sct_scope SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} sct_rings SEC(".maps");

/* The programs, by event, then parts; filled by user space with those that are loaded. */
#define X(kind)								\
	struct {							\
		__uint(type, BPF_MAP_TYPE_PROG_ARRAY);			\
		__uint(max_entries, SCT_PROG_MAX);			\
		__uint(key_size, sizeof(__u32));			\
		__uint(value_size, sizeof(__u32));			\
	} sct_progs_##kind SEC(".maps");
SCT_KINDS(X)
#undef X

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

static __always_inline struct sct_cpu *sct_this_cpu(void)
{
	__u32 cpu = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&sct_cpus, &cpu);
}

static __always_inline struct sct_slot *sct_this_slot(enum sct_kind kind)
{
	__u32 i = bpf_get_smp_processor_id() * sct_cfg.nslots + sct_cfg.slot[kind];

	return bpf_map_lookup_elem(&sct_slots, &i);
}

static __always_inline void sct_drop(struct sct_cpu *cpu, __u32 event, int enter,
				     enum sct_drop why)
{
	sct_add(&cpu->lost, 1);
	if (event < SCT_EV_MAX)
		sct_add(&cpu->count[enter][event].dropped[why], 1);
}

/* Hand the record in s to the ring; 0, or the reason why it was dropped plus one. */
static __always_inline int sct_commit(void *ctx, struct sct_slot *s, __u32 event, int enter,
				      __u64 len)
{
	struct sct_cpu *cpu = sct_this_cpu();
	struct sct_record *r = (void *)s->rec;
	int err, why = SCT_DROP_COMMIT;

	if (!cpu)
		return 1;
	if (len > SCT_REC_MAX) {
		why = SCT_DROP_SIZE;
		goto drop;
	}
	if (!sct_claim(&cpu->committing))
		goto drop;
	r->seq = cpu->sent + *(volatile __u64 *)&cpu->lost;
	asm volatile("" : "+r"(len));
	len &= 2 * SCT_REC_MAX - 1;
	err = bpf_perf_event_output(ctx, &sct_rings, BPF_F_CURRENT_CPU, &s->lead,
				    len + sizeof(s->lead));
	if (!err) {
		cpu->sent++;
		cpu->count[enter][event].delivered++;
	}
	sct_release(&cpu->committing);
	if (!err)
		return 0;
	why = err == -2 /* ENOENT */ ? SCT_DROP_NO_RING : SCT_DROP_RING_FULL;
drop:
	sct_drop(cpu, event, enter, why);
	return 1 + why;
}

#endif
