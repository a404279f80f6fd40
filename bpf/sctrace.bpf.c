// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The eBPF probe: one entry program per tracepoint, which decides whether the event is wanted and
 * in scope, then tail-calls the filler of the event, through the task record where it is due.
 */
#include "kernel.bpf.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "sct_abi.h"
#include "sct_config.h"
#include "maps.bpf.h"
#include "read.bpf.h"
#include "fill.bpf.h"
#include "access.bpf.h"
#include "outline.bpf.h"
#include "sct_access.h"

static __always_inline int sct_peek_user(void *dst, __u64 uptr, __u32 n)
{
	return bpf_probe_read_user(dst, sct_masked(n, 31), (void *)uptr);
}

#include "sct_part.h"
#include "sct_scope.h"
#include "sct_entered.h"
#include "sct_call.h"
#include "sct_known.h"

#define sct_sum(p, n) sct_add(p, n)
#include "sct_number.h"
#include "sct_fill.h"
#include "sct_digest.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

/* ---- scope ---- */

static __always_inline __u8 *sct_scope_of(__u32 tgid)
{
	return &sct_scope[sct_masked(tgid, SCT_PID_LIMIT - 1)];
}

static __always_inline __u64 *sct_told_of(__u64 tid)
{
	return &sct_told[tid & (SCT_TOLD_MAX - 1)];
}

static __always_inline struct sct_known *sct_known_of(struct sct_cpu *cpu, __u64 tid)
{
	return &cpu->known[tid & (SCT_KNOWN_MAX - 1)];
}

static __always_inline int sct_current_known(struct sct_cpu *cpu, struct sct_slot *s, __u32 tid)
{
	struct task_struct *t = sct_self();

	return sct_task_known(sct_known_of(cpu, tid), &cpu->n.lost, sct_told_of(tid), t, tid,
			      &s->task);
}

/* ---- what is known of a call's beginning ---- */

static __always_inline struct sct_entered *sct_entered_of(__u64 tid)
{
	__u32 i = tid & (SCT_ENTERED_MAX - 1);

	return bpf_map_lookup_elem(&sct_entered, &i);
}

/* The call begins; who is not in scope has no record at its end. */
static __always_inline void sct_begin_call(const struct sct_nr *n, __u32 abi, const __u64 *args)
{
	__u64 ids = bpf_get_current_pid_tgid();
	struct sct_entered *e;
	__u64 lens;

	if (!sct_in_scope(sct_scope_of(ids >> 32), sct_cfg.config.pass_default, n->row) ||
	    !sct_is_noted(n, abi, args, &lens))
		return;
	e = sct_entered_of((__u32)ids);
	if (e)
		sct_note_entered(e, ids, n->row, sct_cfg.config.durations ? bpf_ktime_get_boot_ns() : 0, lens);
}

/* It ends in s: how long did it take, and what was it given? */
static __always_inline void sct_end_call(struct sct_slot *s)
{
	struct sct_record *r = (void *)s->rec;
	struct sct_entered *e = sct_entered_of(r->tid);
	__u64 since = 0;

	s->given = SCT_LENS_UNKNOWN;
	if (e)
		sct_take_entered(e, r->tid, s->row, &since, &s->given);
	s->took = since ? r->ts - since : 0;
}

static __always_inline void sct_forget_call(__u32 tid)
{
	struct sct_entered *e = sct_entered_of(tid);

	if (e)
		sct_forget_entered(e, tid);
}

/* Put it behind the record of len bytes; returns the length with it. */
static __always_inline __u64 sct_put_took(struct sct_slot *s, __u64 len)
{
	struct sct_record *r = (void *)s->rec;
	__u8 *end;

	if (!s->took || len > SCT_REC_LIMIT - sizeof(s->took))
		return len;
	end = &s->rec[sct_masked(len, SCT_REC_MAX - 1)];
	*(__u64 *)end = s->took;
	r->flags |= SCT_RF_DURATION;
	r->len += sizeof(s->took);
	return len + sizeof(s->took);
}

/* ---- the number of a call ---- */

static __always_inline void sct_note(__u32 tid, __u32 note)
{
	if (sct_noting)
		sct_note_number(&sct_numbers.of[sct_masked(tid, SCT_PID_LIMIT - 1)],
				&sct_numbers.noted, note);
}

static __always_inline struct pt_regs *sct_own_regs(void)
{
	return (void *)bpf_task_pt_regs(bpf_get_current_task_btf());
}

static __always_inline __u64 sct_word_at(__u64 addr)
{
	__u64 word = 0;

	bpf_probe_read_kernel(&word, sizeof(word), (void *)addr);
	return word;
}

#define sct_pt_reg(regs, reg) sct_word_at((regs) + bpf_core_field_offset(struct pt_regs, reg))

/* Registers of user space are at the stack's end, whose size only its look tells. */
static __always_inline __u32 sct_number_on_stack(__u64 stack)
{
	__u64 regs, cs, ss;
	__u32 size;

	for (size = SCT_STACK_MIN; size <= SCT_STACK_MAX; size *= 2) {
		regs = stack + size - bpf_core_type_size(struct pt_regs);
		cs = sct_pt_reg(regs, cs) & SCT_SEGMENT_MASK;
		ss = sct_pt_reg(regs, ss) & SCT_SEGMENT_MASK;
		if ((cs == SCT_USER_CS || cs == SCT_USER32_CS) && ss == SCT_USER_SS)
			return sct_pt_reg(regs, orig_ax);
	}
	return -1;
}

/* What this task shows; before dd6e10fbd9fb ("bpf: Add bpf_task_pt_regs() helper"), 5.15, by hand. */
static __always_inline __u32 sct_own_number(void)
{
	struct task_struct *t = sct_self();
	struct pt_regs *regs;

	if (!sct_cfg.own_regs)
		return sct_number_on_stack((__u64)SCT_READ(t, stack));
	regs = sct_own_regs();
	return SCT_READ(regs, orig_ax);
}

/* The call that this task is in, as long as nobody can have changed its number. */
static __always_inline void sct_note_own(void)
{
	struct task_struct *t = sct_self();

	if (!(SCT_READ(t, flags) & SCT_PF_KTHREAD))
		sct_note(bpf_get_current_pid_tgid(), sct_number_note(sct_own_number()));
}

/* Its call ends: the note, or 0. */
static __always_inline __u32 sct_take_own(void)
{
	__u32 tid = bpf_get_current_pid_tgid();

	return sct_take_number(&sct_numbers.of[sct_masked(tid, SCT_PID_LIMIT - 1)], &sct_numbers.noted);
}

/* Put what the task shows behind the record of len bytes; returns the length with it. */
static __always_inline __u64 sct_put_shown(struct sct_slot *s, __u64 len)
{
	struct sct_record *r = (void *)s->rec;
	__u8 *end;

	if (s->shown == s->nr || len > SCT_REC_LIMIT - sizeof(__s64))
		return len;
	end = &s->rec[sct_masked(len, SCT_REC_MAX - 1)];
	*(__s64 *)end = (__s32)s->shown;
	r->flags |= SCT_RF_CHANGED;
	r->len += sizeof(__s64);
	return len + sizeof(__s64);
}

/* The events of calls whose numbers are noted. */
#define SCT_IS_NOTED(event)							\
	((event) == SCT_EV_execve_x || (event) == SCT_EV_execveat_x ||		\
	 (event) == SCT_EV_fork_x || (event) == SCT_EV_vfork_x ||		\
	 (event) == SCT_EV_clone_x || (event) == SCT_EV_clone3_x)

/* ---- from an entry program to the filler ---- */

/* Where an entry program runs. */
struct sct_here {
	__u32 id;
	struct sct_cpu *cpu;
};

/* Claim this kind's slot and note what the record's header needs; NULL when the event ends here. */
static __always_inline struct sct_slot *sct_start(struct sct_here *here, enum sct_kind kind,
						  __u64 event, __u32 row, __s64 ret)
{
	int enter = kind == SCT_KIND_sys_enter;
	__u64 ids = bpf_get_current_pid_tgid();
	__u32 tgid = ids >> 32;
	struct sct_count *count;
	struct sct_record *r;
	struct sct_cpu *cpu;
	struct sct_slot *s;

	here->id = bpf_get_smp_processor_id();
	cpu = here->cpu = sct_cpu_of(here->id);
	if (!cpu)
		return 0;
	count = sct_count(cpu, event, enter);
	if (!count)
		return 0;
	/* plain: no program runs twice at a time on a CPU, and enter and exit count apart */
	count->seen++;
	if (!sct_result_passes(sct_cfg.config.pass_result, kind, ret) ||
	    !sct_in_scope(sct_scope_of(tgid), sct_cfg.config.pass_default, row)) {
		count->filtered++;
		return 0;
	}
	s = sct_slot_of(cpu, kind);
	if (!s || !sct_claim(&s->claims)) {
		sct_drop(cpu, event, enter, SCT_DROP_SCRATCH);
		return 0;
	}
	r = (void *)s->rec;
	r->ts = bpf_ktime_get_boot_ns();
	r->tid = ids;
	r->tgid = tgid;
	r->cgroup = bpf_get_current_cgroup_id();
	r->flags = enter ? SCT_RF_ENTER : 0;
	s->event = event;
	s->row = row;
	s->ret = ret;
	return s;
}

/* Run the filler, after the task record if that is due.  Comes back only when neither was reached. */
#define sct_go(ctx, kind, here, s)							\
	do {										\
		struct sct_record *__r = (void *)(s)->rec;				\
		struct sct_cpu *__cpu = (here)->cpu;					\
		int __why = SCT_DROP_PROGRAM;						\
											\
		if (sct_current_known(__cpu, s, __r->tid))				\
			bpf_tail_call(ctx, &sct_progs_##kind, (s)->event);		\
		else if (sct_ring_is_full((here)->id))						\
			__why = SCT_DROP_RING_FULL;					\
		else									\
			bpf_tail_call(ctx, &sct_progs_##kind, SCT_EV_task);		\
		sct_drop(__cpu, (s)->event, SCT_KIND_##kind == SCT_KIND_sys_enter, __why);	\
		sct_release(&(s)->claims);						\
	} while (0)

/* ---- system calls ---- */

static __always_inline int sct_is_compat(void)
{
	struct task_struct *t = sct_self();

	return SCT_READ(t, thread_info.status) & SCT_TS_COMPAT;
}

/* The registers that a call's arguments are in. */
static __always_inline struct sct_regs sct_regs_of(struct pt_regs *regs)
{
	struct sct_regs r;

	if (!SCT_LOADS) {
		bpf_probe_read_kernel(&r, sizeof(r),
				      (void *)regs + bpf_core_field_offset(struct pt_regs, bp));
		return r;
	}
	regs = sct_typed(regs);
	r.bp = regs->bp;
	r.bx = regs->bx;
	r.r10 = regs->r10;
	r.r9 = regs->r9;
	r.r8 = regs->r8;
	r.cx = regs->cx;
	r.dx = regs->dx;
	r.si = regs->si;
	r.di = regs->di;
	return r;
}

static __always_inline void sct_take_args(__u64 *args, struct pt_regs *regs, __u32 abi)
{
	struct sct_regs r = sct_regs_of(regs);

	if (abi == SCT_ABI_IA32) {
		args[0] = (__u32)r.bx;
		args[1] = (__u32)r.cx;
		args[2] = (__u32)r.dx;
		args[3] = (__u32)r.si;
		args[4] = (__u32)r.di;
		args[5] = (__u32)r.bp;
	} else {
		args[0] = r.di;
		args[1] = r.si;
		args[2] = r.dx;
		args[3] = r.r10;
		args[4] = r.r8;
		args[5] = r.r9;
	}
}

/* What is made through n, with its arguments and result; n as it is where that is nothing. */
static __always_inline struct sct_nr sct_take_part(struct sct_nr n, struct pt_regs *regs, __u64 *args,
						   __s64 *ret, int enter)
{
	struct sct_nr part;
	__u32 via, number;

	sct_take_args(args, regs, SCT_ABI_IA32);
	via = sct_masked(n.via, SCT_VIA_MAX - 1);
	number = sct_masked(sct_part_number(via, args), SCT_PARTS_MAX - 1);
	part = sct_want.part[via][number];
	if (sct_part_args(via, &part, args))
		return n;
	if (!enter)
		*ret = sct_part_result(via, part.row, args, *ret);
	return part;
}

static __always_inline struct sct_slot *sct_start_call(struct sct_here *here, enum sct_kind kind,
						       struct pt_regs *regs, __u32 nr, __u32 want,
						       __s64 ret)
{
	__u32 plain = nr, abi, via;
	struct sct_slot *s;
	__u64 args[6];
	struct sct_nr n;

	/* most calls end here: nobody wants this number */
	if (!sct_want.any[sct_masked(sct_nr_index(sct_nr_plain(nr)), SCT_NR_MAX - 1)])
		return 0;
	if (kind == SCT_KIND_sys_exit && sct_is_no_call(nr, ret) && !sct_noting)
		return 0;	/* it began before notes were taken */
	abi = sct_abi_of(sct_is_compat(), &plain);
	n = sct_want.nr[abi][sct_masked(sct_nr_index(plain), SCT_NR_MAX - 1)];
	via = n.via;
	if (via)
		n = sct_take_part(n, regs, args, &ret, kind == SCT_KIND_sys_enter);
	if (kind == SCT_KIND_sys_enter && sct_returns_from_handler(n.row))
		sct_note(bpf_get_current_pid_tgid(), sct_number_note(nr) | SCT_NOTED_HANDLER);
	if (sct_cfg.config.notes && kind == SCT_KIND_sys_enter && n.want & SCT_WANT_NOTE) {
		if (!via)
			sct_take_args(args, regs, abi);
		sct_begin_call(&n, abi, args);
	}
	if (!(n.want & want))
		return 0;
	s = sct_start(here, kind, n.event, n.row, ret);
	if (!s)
		return 0;
	if (sct_cfg.config.notes && kind == SCT_KIND_sys_exit && n.want & SCT_WANT_NOTE)
		sct_end_call(s);
	((struct sct_record *)s->rec)->flags |= abi | (n.flags & SCT_SF_TIME64);
	s->nr = nr;
	if (via)
		__builtin_memcpy(s->args, args, sizeof(args));
	else
		sct_take_args(s->args, regs, abi);
	return s;
}

static __always_inline int sct_enter_call(void *ctx, struct pt_regs *regs, __u32 nr)
{
	struct sct_here here;
	struct sct_slot *s;

	if (sct_numbers.noted)	/* of a call whose end the kernel skipped the program for */
		sct_take_own();
	s = sct_start_call(&here, SCT_KIND_sys_enter, regs, nr, SCT_WANT_ENTER, 0);
	if (s)
		sct_go(ctx, sys_enter, &here, s);
	return 0;
}

static __always_inline int sct_exit_call(void *ctx, struct pt_regs *regs, __u32 nr, __s64 ret)
{
	struct sct_here here;
	struct sct_slot *s;
	__u32 note, shown = nr;

	if (sct_numbers.noted) {
		note = sct_take_own();
		if (note & SCT_NOTED_HANDLER) {
			if ((__s32)nr == -1)	/* its record was written at entry */
				return 0;
		} else if (note) {
			nr = sct_noted_number(note);
		}
	}
	s = sct_start_call(&here, SCT_KIND_sys_exit, regs, nr, SCT_WANT_EXIT, ret);
	if (!s)
		return 0;
	s->shown = shown;
	sct_go(ctx, sys_exit, &here, s);
	return 0;
}

SEC(SCT_TP("/sys_enter"))
int sct_sys_enter(struct bpf_raw_tracepoint_args *ctx)
{
	return sct_enter_call(ctx, (void *)ctx->args[0], ctx->args[1]);
}

SEC(SCT_TP("/sys_exit"))
int sct_sys_exit(struct bpf_raw_tracepoint_args *ctx)
{
	struct pt_regs *regs = (void *)ctx->args[0];

	return sct_exit_call(ctx, regs, SCT_READ(regs, orig_ax), ctx->args[1]);
}

/*
 * The same as perf's: where tracepoints can be preempted, nobody else runs a program on a CPU until
 * the task that was interrupted inside it goes on, except that perf's handler cannot be
 * interrupted.
 */
struct sct_perf_call {	/* events/raw_syscalls/sys_enter/format and sys_exit/format of tracefs */
	__u64 common;
	__s64 nr;
	__s64 ret;	/* at entry the first argument */
};

SEC("tracepoint/raw_syscalls/sys_enter")
int sct_perf_sys_enter(struct sct_perf_call *ctx)
{
	return sct_enter_call(ctx, sct_own_regs(), ctx->nr);
}

SEC("tracepoint/raw_syscalls/sys_exit")
int sct_perf_sys_exit(struct sct_perf_call *ctx)
{
	return sct_exit_call(ctx, sct_own_regs(), ctx->nr, ctx->ret);
}

/* ---- other tracepoints: one event each, the tracepoint's arguments are the event's ---- */

enum {
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params)	\
	SCT_KIND_EVENT_##kind = SCT_EV_##id,
#include "events.def"
};

#define SCT_ENTRY(kind)								\
	do {									\
		struct sct_here here;						\
		struct sct_slot *s = sct_want.kinds & 1u << SCT_KIND_##kind ?	\
			sct_start(&here, SCT_KIND_##kind, SCT_KIND_EVENT_##kind, SCT_SYS_NONE, 0) : 0;	\
										\
		if (s)								\
			sct_go(ctx, kind, &here, s);					\
	} while (0)

SEC(SCT_TP("/sched_process_fork"))
int sct_sched_process_fork(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *parent = (void *)ctx->args[0], *child = (void *)ctx->args[1];
	__u32 from = SCT_READ(parent, tgid), to = SCT_READ(child, tgid);

	sct_scope_fork(sct_scope_of(from), sct_scope_of(to), from != to);
	sct_note(SCT_READ(child, pid), 0);
	sct_note_own();
	if (sct_cfg.config.notes)
		sct_forget_call(SCT_READ(child, pid));
	SCT_ENTRY(sched_process_fork);
	return 0;
}

SEC(SCT_TP("/sched_process_exec"))
int sct_sched_process_exec(struct bpf_raw_tracepoint_args *ctx)
{
	sct_scope_exec(sct_scope_of(bpf_get_current_pid_tgid() >> 32));
	sct_note_own();
	SCT_ENTRY(sched_process_exec);
	return 0;
}

SEC(SCT_TP("/sched_process_exit"))
int sct_sched_process_exit(struct bpf_raw_tracepoint_args *ctx)
{
	sct_scope_exit(sct_scope_of(bpf_get_current_pid_tgid() >> 32),
		       (struct task_struct *)ctx->args[0]);
	SCT_ENTRY(sched_process_exit);
	return 0;
}

/* Tracepoints that are there for their event alone.  In sched_switch the current task goes. */
#define SCT_EVENT_ENTRY(kind)							\
	SEC(SCT_TP("/" #kind))							\
	int sct_##kind(struct bpf_raw_tracepoint_args *ctx)			\
	{									\
		SCT_ENTRY(kind);						\
		return 0;							\
	}
SCT_EVENT_ENTRY(sched_switch)
SCT_EVENT_ENTRY(signal_generate)
SCT_EVENT_ENTRY(signal_deliver)
SCT_EVENT_ENTRY(cgroup_attach_task)
SCT_EVENT_ENTRY(page_fault_user)
SCT_EVENT_ENTRY(page_fault_kernel)
SCT_EVENT_ENTRY(io_uring_submit_req)
SCT_EVENT_ENTRY(io_uring_queue_async_work)
SCT_EVENT_ENTRY(io_uring_complete)

/* ---- the programs behind the tail calls, one per row and kind ---- */

/*
 * The arguments of other tracepoints than calls, where the verifier knows what they point to.  The
 * compiler leaves out what the filler does not use: a program that reads more arguments than the
 * tracepoint has is refused.
 */
static __always_inline void sct_take_tp_args(struct sct_fill *f, struct bpf_raw_tracepoint_args *ctx,
					     enum sct_kind kind)
{
	if (kind == SCT_KIND_sys_enter || kind == SCT_KIND_sys_exit)
		return;
	f->tp = ctx;
	f->args[0] = ctx->args[0];
	f->args[1] = ctx->args[1];
	f->args[2] = ctx->args[2];
	f->args[3] = ctx->args[3];
	f->args[4] = ctx->args[4];
}

/*
 * Hand a record with descriptors on to the program that adds their files; comes back when it is not
 * there.
 */
#define SCT_GO_TO_FILES(ctx, kind, s, f, id)					\
	do {									\
		const struct sct_fds __fds = sct_fds_##id();			\
										\
		if (sct_cfg.config.files && __fds.all) {				\
			(s)->off = SCT_ALIGN8((f)->off);			\
			(s)->fds = __fds.all;					\
			(s)->dirs = __fds.dirs;					\
			bpf_tail_call(ctx, &sct_progs_##kind, SCT_PROG_FILES);	\
		}								\
	} while (0)

#define SCT_PROGRAM(kind, id, files)						\
	SEC(SCT_TP("/" #kind))							\
	int sct_##kind##__##id(struct bpf_raw_tracepoint_args *ctx)		\
	{									\
		int enter = SCT_KIND_##kind == SCT_KIND_sys_enter;		\
		__u32 cpu_id = bpf_get_smp_processor_id();			\
		struct sct_cpu *cpu = sct_cpu_of(cpu_id);			\
		struct sct_slot *s = sct_slot_of(cpu, SCT_KIND_##kind);		\
		struct sct_fill f;						\
		__u64 len;							\
										\
		if (!s)								\
			return 0;						\
		f = sct_frame(s, SCT_KIND_##kind, SCT_NPARAMS(id), enter);	\
		sct_take_tp_args(&f, ctx, SCT_KIND_##kind);			\
		sct_fill_##id(&f);						\
		len = sct_finish(&f, SCT_EV_##id, SCT_NPARAMS(id));		\
		files(ctx, kind, s, &f, id);					\
		if (SCT_IS_NOTED(SCT_EV_##id) && SCT_KIND_##kind == SCT_KIND_sys_exit)	\
			len = sct_put_shown(s, len);				\
		/* two calls: in the second the length may be constant */	\
		if (sct_cfg.config.durations && SCT_KIND_##kind == SCT_KIND_sys_exit)	\
			sct_commit(ctx, cpu_id, cpu, s, SCT_EV_##id, enter,	\
				   sct_put_took(s, len));			\
		else								\
			sct_commit(ctx, cpu_id, cpu, s, SCT_EV_##id, enter, len);	\
		sct_release(&s->claims);					\
		return 0;							\
	}

#define SCT_NO_FILES(ctx, kind, s, f, id)

#define SCT_EVENT(id, name, cat, flags, filler, params)				\
	SCT_PROGRAM(sys_enter, id, SCT_GO_TO_FILES)				\
	SCT_PROGRAM(sys_exit, id, SCT_GO_TO_FILES)
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params) SCT_PROGRAM(kind, id, SCT_NO_FILES)
#define SCT_META(id, name, cat, flags, filler, params)
#include "events.def"

/* ---- the files of descriptors: a program for all events of a kind, behind their fillers ---- */

#define SCT_FILES(tp)								\
	SEC(SCT_TP("/" #tp))							\
	int sct_##tp##__files(void *ctx)					\
	{									\
		int enter = SCT_KIND_##tp == SCT_KIND_sys_enter;		\
		__u32 cpu_id = bpf_get_smp_processor_id();			\
		struct sct_cpu *cpu = sct_cpu_of(cpu_id);			\
		struct sct_slot *s = sct_slot_of(cpu, SCT_KIND_##tp);		\
		struct sct_fill f = { .cfg = &sct_cfg.config, .s = s, .kind = SCT_KIND_##tp };	\
		struct sct_record *r;						\
		struct sct_fds fds;						\
										\
		if (!s)								\
			return 0;						\
		r = (void *)s->rec;						\
		f.off = s->off;							\
		fds = (struct sct_fds){ s->fds, s->dirs };			\
		sct_put_fd_files(&f, r->nparams, &fds);				\
		r->len = f.off;							\
		r->flags |= SCT_RF_FILES;					\
		if (SCT_KIND_##tp == SCT_KIND_sys_exit)				\
			s->off = sct_put_shown(s, s->off);			\
		sct_commit(ctx, cpu_id, cpu, s, s->event, enter,		\
			   sct_cfg.config.durations && !enter ? sct_put_took(s, f.off) : f.off);	\
		sct_release(&s->claims);					\
		return 0;							\
	}
SCT_FILES(sys_enter)
SCT_FILES(sys_exit)

/* The task record, on the way to the event; without it the event is not sent either. */
#define X(kind)									\
	SEC(SCT_TP("/" #kind))							\
	int sct_##kind##__task(void *ctx)					\
	{									\
		int enter = SCT_KIND_##kind == SCT_KIND_sys_enter;		\
		__u32 cpu_id = bpf_get_smp_processor_id();			\
		struct sct_cpu *cpu = sct_cpu_of(cpu_id);			\
		struct sct_slot *s = sct_slot_of(cpu, SCT_KIND_##kind);		\
		struct sct_fill f;						\
		int why;							\
										\
		if (!s)								\
			return 0;						\
		/* shared by all kinds but sys_enter, which may interrupt each other */	\
		sct_add(&cpu->n.count[enter][SCT_EV_task].seen, 1);		\
		s->task.lost = *(volatile __u64 *)&cpu->n.lost;			\
		f = sct_frame(s, SCT_KIND_##kind, SCT_NPARAMS(task), enter);	\
		sct_fill_task(&f);						\
		why = sct_commit(ctx, cpu_id, cpu, s, SCT_EV_task, enter,	\
				 sct_finish(&f, SCT_EV_task, SCT_NPARAMS(task)));	\
		if (!why) {							\
			sct_task_told(sct_known_of(cpu, s->task.tid),		\
				      sct_told_of(s->task.tid), &s->task);	\
			bpf_tail_call(ctx, &sct_progs_##kind, s->event);	\
			why = SCT_DROP_PROGRAM + 1;				\
		}								\
		sct_drop(cpu, s->event, enter, why - 1);			\
		sct_release(&s->claims);					\
		return 0;							\
	}
SCT_KINDS(X)
#undef X
