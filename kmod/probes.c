// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* From the tracepoints to the rings. */
#include "kmod.h"
#include "probes.h"
#include "ring.h"
#include <linux/binfmts.h>
#include <linux/compat.h>
#include <linux/hrtimer.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <linux/vmalloc.h>
#include <asm/syscall.h>
#include "task.h"
#include "user.h"

#define sct_peek_user(dst, uptr, n) sct_user_read(dst, uptr, n)
#define sct_sum(p, n) atomic64_add(n, (atomic64_t *)(p))

#include "sct_part.h"
#include "sct_scope.h"
#include "sct_entered.h"
#include "sct_call.h"
#include "sct_known.h"
#include "sct_number.h"

LIST_HEAD(sct_active);

/* What some consumer wants of a number, whatever the ABI: most calls end here. */
static u8 any[SCT_NR_MAX];	/* SCT_WANT_* */

/* The numbers of calls, see sct_number.h: of a task they are the same for all consumers. */
static u16 *numbers;	/* by tid; there once something was attached */
static u64 noted __aligned(8);
static bool noting;	/* sys_exit is attached: it takes each note */

#define for_each_active(c) list_for_each_entry_rcu(c, &sct_active, active)

/* ---- one event of one consumer ---- */

static u8 *scope_of(const struct sct_consumer *c, u32 tgid)
{
	return tgid < SCT_PID_LIMIT ? c->scope + tgid : NULL;
}

/* current, of which the compiler doesn't know that it is never NULL. */
static __always_inline struct task_struct *this_task(void)
{
	struct task_struct *t = current;

	if (!t)
		__builtin_unreachable();
	return t;
}

/* What is to be done when a call begins. */
#define SCT_WANT_AT_ENTRY (SCT_WANT_ENTER | SCT_WANT_NOTE | SCT_WANT_NUMBER)

static void drop(struct sct_ring *ring, u32 event, int enter, u32 why)
{
	sct_inc(&ring->n.lost);
	sct_inc(&ring->n.count[enter][event].dropped[why]);
}

/*
 * The ring for an event that passes the scope; NULL when it ends here, counted.  Only page faults
 * can come while an event is written, our own and those of interrupts: they leave `busy` as they
 * found it, so it needs no more than to be set.
 */
static __always_inline struct sct_ring *begin_event(struct sct_consumer *c, u32 kind, u32 event,
						    u32 row, s64 ret)
{
	const int enter = kind == SCT_KIND_sys_enter;
	struct sct_ring *ring = c->rings[smp_processor_id()];
	struct sct_count *count = &ring->n.count[enter][event];

	sct_inc(&count->seen);
	if (!sct_result_passes(c->cfg.pass_result, kind, ret) ||
	    !sct_in_scope(scope_of(c, this_task()->tgid), c->cfg.pass_default, row)) {
		sct_inc(&count->filtered);
		return NULL;
	}
	if (unlikely(READ_ONCE(ring->busy))) {
		drop(ring, event, enter, SCT_DROP_COMMIT);
		return NULL;
	}
	WRITE_ONCE(ring->busy, 1);
	barrier();
	ring->call.row = row;
	ring->call.ret = ret;
	ring->call.entered = 0;
	ring->call.given = SCT_LENS_UNKNOWN;
	ring->call.enter = enter;
	return ring;
}

/* Put behind a record how long the call took; returns the record's length with it. */
static noinline u32 put_took(struct sct_record *r, u64 took)
{
	*(u64 *)((u8 *)r + r->len) = took;
	r->flags |= SCT_RF_DURATION;
	r->len += sizeof(took);
	return r->len;
}

/* Put behind a record what the task shows in place of the call's number. */
static noinline u32 put_shown(struct sct_record *r, s64 shown)
{
	*(s64 *)((u8 *)r + r->len) = shown;
	r->flags |= SCT_RF_CHANGED;
	r->len += sizeof(shown);
	return r->len;
}

/*
 * Write a record whose room has been found.  since: when the call began, or 0; shown: NULL, but for
 * a call whose number was changed
 */
static __always_inline void write_record(struct sct_ring *ring, u32 event, int enter, u8 flags, u64 ts,
					 u64 since, const u32 *shown)
{
	struct sct_record *r = (void *)(ring->data + (ring->head & (ring->size - 1)));
	struct task_struct *t = this_task();
	u32 len;

	r->flags = flags;
	r->ts = ts;
	r->tid = t->pid;
	r->tgid = t->tgid;
	r->cgroup = sct_cgroup_id(t);
	ring->call.rec = (u8 *)r;
	len = sct_fillers[event].fill(&ring->call);
	if (shown)
		len = put_shown(r, (s32)*shown);
	if (unlikely(since))
		len = put_took(r, ts - since);
	r->seq = sct_ring_seq(ring);
	sct_ring_commit(ring, len);
	ring->n.count[enter][event].delivered++;
}

/* The record of the task, which *now is about.  Room for it has been found, too. */
static noinline void write_task(struct sct_ring *ring, int enter, u8 flags, u64 ts, u64 *told,
				const struct sct_known *now)
{
	sct_inc(&ring->n.count[enter][SCT_EV_task].seen);
	write_record(ring, SCT_EV_task, enter, flags, ts, 0, NULL);
	sct_task_told(&ring->known[now->tid & (SCT_KNOWN_MAX - 1)], told, now);
}

/* What the largest record of an event takes. */
static __always_inline u32 room_of(const struct sct_config *cfg, const struct sct_filler *filler)
{
	return filler->max + filler->vectors * cfg->argv_max +
	       (unlikely(cfg->files) ? filler->files * (u32)SCT_FD_FILE_MAX : 0);
}

/* The event, after the task's record where that is due; or why not, plus one. */
static __always_inline u32 write_event(struct sct_consumer *c, struct sct_ring *ring, u32 event,
				       int enter, u8 flags, const u32 *shown)
{
	struct task_struct *t = this_task();
	const struct sct_known *known = &ring->known[t->pid & (SCT_KNOWN_MAX - 1)];
	u64 *told = &c->told[t->pid & (SCT_TOLD_MAX - 1)], ts = sct_boot_ns();
	u32 room = room_of(&c->cfg, &sct_fillers[event]);
	struct sct_known now;
	bool is_known;

	now.lost = READ_ONCE(ring->n.lost);
	is_known = sct_task_known(known, &now.lost, told, t, t->pid, &now);
	if (unlikely(!is_known))
		room += sct_fillers[SCT_EV_task].max;
	if (unlikely(!sct_ring_has_room(ring, room)))
		return 1 + (ring->data ? SCT_DROP_RING_FULL : SCT_DROP_NO_RING);
	if (unlikely(!is_known))
		write_task(ring, enter, flags, ts, told, &now);
	write_record(ring, event, enter, flags, ts, ring->call.entered, shown);
	return 0;
}

/* Write the event that begin_event() gave the ring for, once its arguments are in ring->call. */
static __always_inline void end_event(struct sct_consumer *c, struct sct_ring *ring, u32 event,
				      int enter, u8 flags, const u32 *shown)
{
	u32 why = write_event(c, ring, event, enter, flags, shown);

	barrier();
	WRITE_ONCE(ring->busy, 0);
	if (unlikely(why))
		drop(ring, event, enter, why - 1);
}

/* ---- system calls ---- */

static __always_inline void take_args(u64 *args, struct pt_regs *regs, u32 abi)
{
	unsigned int i;

	sct_get_args(regs, (unsigned long *)args);
	if (abi == SCT_ABI_IA32)	/* int 0x80 may leave anything above */
		for (i = 0; i < 6; i++)
			args[i] = (u32)args[i];
}

static struct sct_entered *entered_of(const struct sct_consumer *c, u32 tid)
{
	return c->entered ? &c->entered[tid & (SCT_ENTERED_MAX - 1)] : NULL;
}

/* The call begins; who is not in scope has no record at its end. */
static noinline void begin_call(const struct sct_consumer *c, const struct sct_nr *n, u32 abi,
				const u64 *args)
{
	struct task_struct *t = this_task();
	struct sct_entered *e = entered_of(c, t->pid);
	u64 lens;

	if (e && sct_in_scope(scope_of(c, t->tgid), c->cfg.pass_default, n->row) &&
	    sct_is_noted(n, abi, args, &lens))
		sct_note_entered(e, t->pid, n->row,
				 n->want & SCT_WANT_TIME ? sct_boot_ns() : 0, lens);
}

/* It ends: when did it begin, and what was it given? */
static noinline void end_call(const struct sct_consumer *c, const struct sct_nr *n, struct sct_call *call)
{
	struct task_struct *t = this_task();
	struct sct_entered *e = entered_of(c, t->pid);
	u64 since = 0;

	if (e && sct_take_entered(e, t->pid, n->row, &since, &call->given) && n->want & SCT_WANT_TIME)
		call->entered = since;
}

static u16 *number_of(u32 tid)
{
	return &numbers[tid & (SCT_PID_LIMIT - 1)];
}

static void note_number(u32 tid, u32 note)
{
	if (READ_ONCE(noting))
		sct_note_number(number_of(tid), &noted, note);
}

/* The call that this task is in, as long as nobody can have changed its number. */
static void note_own_number(void)
{
	struct task_struct *t = this_task();

	if (!(t->flags & PF_KTHREAD))
		note_number(t->pid, sct_number_note(syscall_get_nr(t, task_pt_regs(t))));
}

/* A call as one consumer has it. */
struct call {
	struct pt_regs *regs;
	u32 nr, abi;
	s64 ret;
};

/* Note how it begins; args: NULL where registers have them. */
static noinline void note_call(const struct sct_consumer *c, const struct call *call,
			       const struct sct_nr *n, const u64 *args)
{
	u64 own[6];

	if (!args)
		take_args(own, call->regs, call->abi);
	begin_call(c, n, call->abi, args ? args : own);
}

/*
 * It is n for the consumer: write what he wants of it.  His kinds must be looked at, too: another's
 * may have attached this one.
 */
static __always_inline void emit_nr(struct sct_consumer *c, u32 kind, const struct call *call,
				    const struct sct_nr *n, const u64 *args, s64 ret,
				    const u32 *shown)
{
	const int enter = kind == SCT_KIND_sys_enter;
	struct sct_ring *ring;

	if (!(n->want & (enter ? SCT_WANT_AT_ENTRY : SCT_WANT_EXIT)) ||
	    !(READ_ONCE(c->kinds) & 1u << kind))
		return;
	if (enter && sct_returns_from_handler(n->row))
		note_number(this_task()->pid, sct_number_note(call->nr) | SCT_NOTED_HANDLER);
	if (enter && n->want & SCT_WANT_NOTE)
		note_call(c, call, n, args);
	if (enter && !(n->want & SCT_WANT_ENTER))
		return;
	ring = begin_event(c, kind, n->event, n->row, ret);
	if (!ring)
		return;
	if (args)
		memcpy(ring->call.args, args, sizeof(ring->call.args));
	else
		take_args(ring->call.args, call->regs, call->abi);
	ring->call.nr = call->nr;
	if (!enter && n->want & SCT_WANT_NOTE)
		end_call(c, n, &ring->call);
	end_event(c, ring, n->event, enter,
		  call->abi | (n->flags & SCT_SF_TIME64) | (enter ? SCT_RF_ENTER : 0), shown);
}

/* The same of what is made through n, or of n where that is nothing. */
static noinline void emit_part(struct sct_consumer *c, const struct sct_want *want, u32 kind,
			       const struct call *call, const struct sct_nr *n)
{
	const struct sct_nr *part;
	s64 ret = call->ret;
	u64 args[6];

	take_args(args, call->regs, call->abi);
	part = &want->part[n->via][sct_part_number(n->via, args)];
	if (!sct_part_args(n->via, part, args)) {
		if (kind == SCT_KIND_sys_exit)
			ret = sct_part_result(n->via, part->row, args, ret);
		n = part;
	}
	emit_nr(c, kind, call, n, args, ret, NULL);
}

/* shown: NULL, but where that is the number that the task shows in place of nr */
static __always_inline void emit_call(u32 kind, struct pt_regs *regs, u32 nr, long ret, const u32 *shown)
{
	struct call call = { .regs = regs, .nr = nr, .ret = ret };
	const struct sct_want *want;
	const struct sct_nr *n;
	struct sct_consumer *c;

	call.abi = sct_abi_of(sct_is_compat(), &nr);
	sct_probe_begin();
	for_each_active(c) {
		want = READ_ONCE(c->want);
		n = &want->nr[call.abi][sct_nr_index(nr)];
		if (unlikely(n->via))
			emit_part(c, want, kind, &call, n);
		else
			emit_nr(c, kind, &call, n, NULL, ret, shown);
	}
	sct_probe_end();
}

static noinline void emit_enter(struct pt_regs *regs, u32 nr)
{
	emit_call(SCT_KIND_sys_enter, regs, nr, 0, NULL);
}

static noinline void emit_exit(struct pt_regs *regs, u32 nr, long ret)
{
	if (unlikely(sct_is_no_call(nr, ret)) && !READ_ONCE(noting))
		return;		/* it began before notes were taken */
	emit_call(SCT_KIND_sys_exit, regs, nr, ret, NULL);
}

/* The call nr, which the task shows as another.  Code of its own, for the other's sake. */
static noinline void emit_changed(struct pt_regs *regs, u32 nr, u32 shown, long ret)
{
	emit_call(SCT_KIND_sys_exit, regs, nr, ret, &shown);
}

static bool is_wanted(u32 nr, u8 want)
{
	return READ_ONCE(any[sct_nr_index(sct_nr_plain(nr))]) & want;
}

/* The same, where some task's number is noted.  A handler's return has its record at entry. */
static noinline void emit_exit_noted(struct pt_regs *regs, u32 shown, long ret)
{
	u32 note = sct_take_number(number_of(this_task()->pid), &noted), nr = shown;

	if (note & SCT_NOTED_HANDLER) {
		if ((s32)shown == -1)
			return;
	} else if (note) {
		nr = sct_noted_number(note);
	}
	if (!is_wanted(nr, SCT_WANT_EXIT))
		return;
	if (nr != shown)
		emit_changed(regs, nr, shown, ret);
	else
		emit_exit(regs, nr, ret);
}

static void probe_sys_enter(void *data, struct pt_regs *regs, long id)
{
	u32 nr = id;

	if (is_wanted(nr, SCT_WANT_AT_ENTRY))
		emit_enter(regs, nr);
}

static void probe_sys_exit(void *data, struct pt_regs *regs, long ret)
{
	u32 nr = syscall_get_nr(current, regs);

	if (unlikely(READ_ONCE(noted)))
		emit_exit_noted(regs, nr, ret);
	else if (is_wanted(nr, SCT_WANT_EXIT))
		emit_exit(regs, nr, ret);
}

/* ---- other tracepoints: one event each, the tracepoint's arguments are the event's ---- */

enum {
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params)	\
	SCT_KIND_EVENT_##kind = SCT_EV_##id,
#include "events.def"
};

struct args {
	unsigned long a[5];
};

#define SCT_ARGS(...) SCT_ARGS_(__VA_ARGS__)
#define SCT_ARGS_(a, b, c, d, e)						\
	{ { (unsigned long)(a), (unsigned long)(b), (unsigned long)(c), (unsigned long)(d),	\
	    (unsigned long)(e) } }

static noinline void emit_one(struct sct_consumer *c, u32 kind, u32 event, const struct args *args)
{
	struct sct_ring *ring;
	unsigned int i;

	if (!(READ_ONCE(c->kinds) & READ_ONCE(c->want)->kinds & 1u << kind))
		return;
	ring = begin_event(c, kind, event, SCT_SYS_NONE, 0);
	if (!ring)
		return;
	for (i = 0; i < ARRAY_SIZE(args->a); i++)
		ring->call.args[i] = args->a[i];
	end_event(c, ring, event, 0, 0, NULL);
}

#define EMIT_ONE(c, kind, args)							\
	emit_one(c, SCT_KIND_##kind, SCT_KIND_EVENT_##kind, args)

static void emit_all(u32 kind, u32 event, const struct args *args)
{
	struct sct_consumer *c;

	sct_probe_begin();
	for_each_active(c)
		emit_one(c, kind, event, args);
	sct_probe_end();
}

#define EMIT_ALL(kind, ...)							\
	do {									\
		struct args args = SCT_ARGS(__VA_ARGS__);			\
		emit_all(SCT_KIND_##kind, SCT_KIND_EVENT_##kind, &args);	\
	} while (0)

static void probe_sched_process_fork(void *data, struct task_struct *parent,
				     struct task_struct *child)
{
	struct args args = SCT_ARGS(parent, child, 0, 0, 0);
	struct sct_consumer *c;

	sct_probe_begin();
	note_number(child->pid, 0);
	note_own_number();
	for_each_active(c) {
		if (READ_ONCE(c->kinds) & 1u << SCT_KIND_sched_process_fork)
			sct_scope_fork(scope_of(c, parent->tgid), scope_of(c, child->tgid),
				       parent->tgid != child->tgid);
		if (c->entered)
			sct_forget_entered(entered_of(c, child->pid), child->pid);
		EMIT_ONE(c, sched_process_fork, &args);
	}
	sct_probe_end();
}

static void probe_sched_process_exec(void *data, struct task_struct *task, pid_t old_pid,
				     struct linux_binprm *bprm)
{
	struct args args = SCT_ARGS(task, old_pid, bprm, 0, 0);
	struct sct_consumer *c;

	sct_probe_begin();
	note_own_number();
	for_each_active(c) {
		if (READ_ONCE(c->kinds) & 1u << SCT_KIND_sched_process_exec)
			sct_scope_exec(scope_of(c, current->tgid));
		EMIT_ONE(c, sched_process_exec, &args);
	}
	sct_probe_end();
}

static void probe_sched_process_exit(SCT_PROTO_SCHED_PROCESS_EXIT)
{
	struct args args = SCT_ARGS(task, 0, 0, 0, 0);
	struct sct_consumer *c;

	sct_probe_begin();
	for_each_active(c) {
		if (READ_ONCE(c->kinds) & 1u << SCT_KIND_sched_process_exit)
			sct_scope_exit(scope_of(c, current->tgid), task);
		EMIT_ONE(c, sched_process_exit, &args);
	}
	sct_probe_end();
}

static void probe_sched_switch(SCT_PROTO_SCHED_SWITCH)
{
	EMIT_ALL(sched_switch, 0, prev, next, 0, 0);
}

static void probe_signal_deliver(void *data, int sig, sct_siginfo_t *info, struct k_sigaction *ka)
{
	EMIT_ALL(signal_deliver, sig, info, ka, 0, 0);
}

static void probe_signal_generate(void *data, int sig, sct_siginfo_t *info, struct task_struct *task,
				  int group, int result)
{
	EMIT_ALL(signal_generate, sig, info, task, group, result);
}

static void probe_cgroup_attach_task(SCT_PROTO_CGROUP_ATTACH_TASK)
{
	EMIT_ALL(cgroup_attach_task, cgroup, SCT_ATTACHED_PATH, task, threads, 0);
}

static void probe_page_fault_user(void *data, unsigned long address, struct pt_regs *regs,
				  unsigned long error)
{
	EMIT_ALL(page_fault_user, address, regs, error, 0, 0);
}

static void probe_page_fault_kernel(void *data, unsigned long address, struct pt_regs *regs,
				    unsigned long error)
{
	EMIT_ALL(page_fault_kernel, address, regs, error, 0, 0);
}

static void probe_io_uring_submit_req(SCT_PROTO_IO_URING_SUBMIT)
{
	EMIT_ALL(io_uring_submit_req, SCT_ARGS_IO_URING_SUBMIT);
}

static void probe_io_uring_queue_async_work(SCT_PROTO_IO_URING_ASYNC)
{
	EMIT_ALL(io_uring_queue_async_work, SCT_ARGS_IO_URING_ASYNC);
}

static void probe_io_uring_complete(SCT_PROTO_IO_URING_COMPLETE)
{
	EMIT_ALL(io_uring_complete, SCT_ARGS_IO_URING_COMPLETE);
}

/* ---- attaching ---- */

static struct {
	const char *name;
	void *probe;
	bool attached;
	struct tracepoint *tp;
} kinds[SCT_KIND_MAX] = {
#define X(kind) [SCT_KIND_##kind] = { .name = #kind, .probe = probe_##kind },
	SCT_KINDS(X)
#undef X
};

/* Those that are called in other ways, or of which this kernel's are not known. */
static void name_kinds(void)
{
	kinds[SCT_KIND_io_uring_submit_req].name = SCT_NAME_IO_URING_SUBMIT;
	kinds[SCT_KIND_io_uring_queue_async_work].name = SCT_NAME_IO_URING_ASYNC;
	kinds[SCT_KIND_io_uring_complete].name = SCT_NAME_IO_URING_COMPLETE;
}

u32 sct_kinds_there;

#ifdef HAVE_KERNEL_TRACEPOINTS

static void note_tracepoint(struct tracepoint *tp, void *unused)
{
	unsigned int k;

	for (k = 0; k < SCT_KIND_MAX; k++) {
		if (!strcmp(tp->name, kinds[k].name)) {
			kinds[k].tp = tp;
			sct_kinds_there |= 1u << k;
		}
	}
}

void sct_probes_init(void)
{
	name_kinds();
	for_each_kernel_tracepoint(note_tracepoint, NULL);
}

#define tracepoint_of(k) kinds[k].tp

#else	/* by name; one that isn't there is never hit */

void sct_probes_init(void)
{
	unsigned int k;

	name_kinds();
	for (k = 0; k < SCT_KIND_MAX; k++)
		if (*kinds[k].name)
			sct_kinds_there |= 1u << k;
}

#define tracepoint_of(k) kinds[k].name

#endif

static int attach(unsigned int k)
{
	int err;

	if (kinds[k].attached)
		return 0;
	err = tracepoint_probe_register(tracepoint_of(k), kinds[k].probe, NULL);
	kinds[k].attached = !err;
	return err;
}

static void detach(unsigned int k)
{
	if (kinds[k].attached)
		tracepoint_probe_unregister(tracepoint_of(k), kinds[k].probe, NULL);
	kinds[k].attached = false;
}

/* One byte a number changes at a time: a probe that looks meanwhile sees the old or the new. */
static void update_any(void)
{
	struct sct_consumer *c;
	unsigned int i;
	u8 want;

	for (i = 0; i < SCT_NR_MAX; i++) {
		want = 0;
		list_for_each_entry(c, &sct_active, active)
			want |= c->want->any[i];
		WRITE_ONCE(any[i], want);
	}
}

/* ---- from when on the numbers of calls are noted ---- */

static int alloc_numbers(void)
{
	if (!numbers)
		numbers = vzalloc(SCT_PID_LIMIT * sizeof(*numbers));
	return numbers ? 0 : -ENOMEM;
}

void sct_probes_exit(void)
{
	vfree(numbers);
}

/*
 * Notes that nobody took before sys_exit was detached would be taken for those of later calls.
 * While nobody notes, and once those who did are gone, nobody else writes the table.
 */
static void forget_numbers(void)
{
	if (!READ_ONCE(noted))
		return;
	tracepoint_synchronize_unregister();
	memset(numbers, 0, SCT_PID_LIMIT * sizeof(*numbers));
	WRITE_ONCE(noted, 0);
}

/* From the last kind to the first: nobody is given a scope (fork) whose end (exit) is missed. */
static int attach_all(u32 all)
{
	unsigned int k;
	int err = 0;

	for (k = SCT_KIND_MAX; k-- > 0;) {
		if (!(all & 1u << k))
			detach(k);
		else if (!err)
			err = attach(k);
	}
	return err;
}

int sct_probes_update(void)
{
	struct sct_consumer *c;
	u32 all = 0;
	bool ends;
	int err;

	list_for_each_entry(c, &sct_active, active)
		all |= c->kinds;
	ends = all & 1u << SCT_KIND_sys_exit;
	if (ends)
		all |= 1u << SCT_KIND_sched_process_fork | 1u << SCT_KIND_sched_process_exec;
	else
		WRITE_ONCE(noting, false);
	update_any();
	err = all ? alloc_numbers() : 0;
	if (err)
		return err;
	if (ends && !noting)
		forget_numbers();
	err = attach_all(all);
	if (ends && !err)
		WRITE_ONCE(noting, true);
	return err;
}
