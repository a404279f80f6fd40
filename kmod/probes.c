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
#include <asm/syscall.h>
#include "task.h"
#include "sct_probe.h"

LIST_HEAD(sct_active);

/* What some consumer wants of a number, whatever the ABI: most calls end here. */
static u8 any[SCT_NR_MAX];	/* SCT_WANT_* */

#define for_each_active(c) list_for_each_entry_rcu(c, &sct_active, active)

/* ---- one event of one consumer ---- */

static u8 *scope_of(const struct sct_consumer *c, u32 tgid)
{
	return tgid < SCT_PID_LIMIT ? c->scope + tgid : NULL;
}

/* Write a record whose room has been found. */
static __always_inline void write_record(struct sct_ring *ring, struct sct_call *call, u32 event,
					 u8 flags, u64 ts)
{
	struct sct_record *r = (void *)(ring->data + (ring->head & (ring->size - 1)));
	u32 len;

	r->flags = flags;
	r->ts = ts;
	r->tid = current->pid;
	r->tgid = current->tgid;
	r->cgroup = sct_cgroup_id(current);
	call->rec = (u8 *)r;
	len = sct_fillers[event].fill(call);
	r->seq = sct_ring_seq(ring);
	sct_ring_commit(ring, len);
	ring->n.count[call->enter][event].delivered++;
}

/* The event, after the task's record where that is due; or why not, plus one. */
static u32 write_event(struct sct_consumer *c, struct sct_ring *ring, u32 event,
		       struct sct_call *call, u8 flags)
{
	struct sct_known now, *known = &ring->known[current->pid & (SCT_KNOWN_MAX - 1)];
	u64 *told = &c->told[current->pid & (SCT_TOLD_MAX - 1)], ts = sct_boot_ns();
	u32 room = sct_fillers[event].max;
	bool is_known;

	now.lost = READ_ONCE(ring->n.lost);
	is_known = sct_task_known(known, &now.lost, told, current, current->pid, &now);
	if (unlikely(!is_known))
		room += sct_fillers[SCT_EV_task].max;
	if (unlikely(!sct_ring_has_room(ring, room)))
		return 1 + (ring->data ? SCT_DROP_RING_FULL : SCT_DROP_NO_RING);
	if (unlikely(!is_known)) {
		sct_inc(&ring->n.count[call->enter][SCT_EV_task].seen);
		write_record(ring, call, SCT_EV_task, flags, ts);
		sct_task_told(known, told, &now);
	}
	write_record(ring, call, event, flags, ts);
	return 0;
}

static void drop(struct sct_ring *ring, struct sct_count *count, u32 why)
{
	sct_inc(&ring->n.lost);
	sct_inc(&count->dropped[why]);
}

/*
 * Only page faults can come in between, our own and those of interrupts: they leave `busy` as they found
 * it, so it needs no more than to be set.
 */
static void emit(struct sct_consumer *c, u32 event, struct sct_call *call, u8 flags)
{
	struct sct_ring *ring = c->rings[smp_processor_id()];
	struct sct_count *count = &ring->n.count[call->enter][event];
	u32 why = 1 + SCT_DROP_COMMIT;

	sct_inc(&count->seen);
	if (!sct_in_scope(scope_of(c, current->tgid), c->pass_default, call->row)) {
		sct_inc(&count->filtered);
		return;
	}
	if (!READ_ONCE(ring->busy)) {
		WRITE_ONCE(ring->busy, 1);
		barrier();
		call->slot = &ring->slot;
		call->snaplen = c->snaplen;
		why = write_event(c, ring, event, call, flags);
		barrier();
		WRITE_ONCE(ring->busy, 0);
	}
	if (unlikely(why))
		drop(ring, count, why - 1);
}

/* ---- system calls ---- */

static void take_args(struct sct_call *call, struct pt_regs *regs, u32 abi)
{
	unsigned int i;

	sct_get_args(regs, (unsigned long *)call->args);
	if (abi == SCT_ABI_IA32)	/* int 0x80 may leave anything above */
		for (i = 0; i < 6; i++)
			call->args[i] = (u32)call->args[i];
}

/* Does the consumer want it?  Its kind must be looked at, too: another's may have attached it. */
static __always_inline const struct sct_nr *wanted(const struct sct_consumer *c, u32 kind, u32 abi,
						   u32 index, u32 want)
{
	const struct sct_nr *n = &READ_ONCE(c->want)->nr[abi][index];

	return n->want & want && READ_ONCE(c->kinds) & 1u << kind ? n : NULL;
}

static noinline void emit_call(u32 kind, struct pt_regs *regs, u32 nr, long ret, u32 want)
{
	u32 plain = nr, abi = sct_abi_of(sct_is_compat(), &plain);
	u8 flags = abi | (kind == SCT_KIND_sys_enter ? SCT_RF_ENTER : 0);
	const struct sct_nr *n;
	struct sct_consumer *c;
	struct sct_call call;
	bool taken = false;

	call.nr = nr;
	call.ret = ret;
	call.enter = kind == SCT_KIND_sys_enter;
	sct_probe_begin();
	for_each_active(c) {
		n = wanted(c, kind, abi, sct_nr_index(plain), want);
		if (!n)
			continue;
		if (!taken) {
			take_args(&call, regs, abi);
			taken = true;
		}
		call.row = n->row;
		emit(c, n->event, &call, flags);
	}
	sct_probe_end();
}

static void probe_sys_enter(void *data, struct pt_regs *regs, long id)
{
	u32 nr = id;

	if (READ_ONCE(any[sct_nr_index(sct_nr_plain(nr))]) & SCT_WANT_ENTER)
		emit_call(SCT_KIND_sys_enter, regs, nr, 0, SCT_WANT_ENTER);
}

static void probe_sys_exit(void *data, struct pt_regs *regs, long ret)
{
	u32 nr = syscall_get_nr(current, regs);

	/*
	 * A signal handler's return has no number any more: its record was written at entry.  A
	 * program may also pass -1, which fails so.
	 */
	if (READ_ONCE(any[sct_nr_index(sct_nr_plain(nr))]) & SCT_WANT_EXIT &&
	    ((s32)nr != -1 || ret == -ENOSYS))
		emit_call(SCT_KIND_sys_exit, regs, nr, ret, SCT_WANT_EXIT);
}

/* ---- other tracepoints: one event each, the tracepoint's arguments are the event's ---- */

enum {
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params)	\
	SCT_KIND_EVENT_##kind = SCT_EV_##id,
#include "sct_events.def"
};

static void emit_one(struct sct_consumer *c, u32 kind, u32 event, struct sct_call *call)
{
	if (READ_ONCE(c->kinds) & READ_ONCE(c->want)->kinds & 1u << kind)
		emit(c, event, call, 0);
}

#define SCT_CALL(a, b, c)							\
	{ .args = { (unsigned long)(a), (unsigned long)(b), (unsigned long)(c) },	\
	  .row = SCT_SYS_NONE }

#define EMIT_ONE(c, kind, call)							\
	emit_one(c, SCT_KIND_##kind, SCT_KIND_EVENT_##kind, call)

static void emit_all(u32 kind, u32 event, struct sct_call *call)
{
	struct sct_consumer *c;

	sct_probe_begin();
	for_each_active(c)
		emit_one(c, kind, event, call);
	sct_probe_end();
}

#define EMIT_ALL(kind, a, b, c)							\
	do {									\
		struct sct_call call = SCT_CALL(a, b, c);			\
		emit_all(SCT_KIND_##kind, SCT_KIND_EVENT_##kind, &call);	\
	} while (0)

static void probe_sched_process_fork(void *data, struct task_struct *parent,
				     struct task_struct *child)
{
	struct sct_call call = SCT_CALL(parent, child, 0);
	struct sct_consumer *c;

	sct_probe_begin();
	for_each_active(c) {
		if (READ_ONCE(c->kinds) & 1u << SCT_KIND_sched_process_fork)
			sct_scope_fork(scope_of(c, parent->tgid), scope_of(c, child->tgid),
				       parent->tgid != child->tgid);
		EMIT_ONE(c, sched_process_fork, &call);
	}
	sct_probe_end();
}

static void probe_sched_process_exec(void *data, struct task_struct *task, pid_t old_pid,
				     struct linux_binprm *bprm)
{
	struct sct_call call = SCT_CALL(task, old_pid, bprm);
	struct sct_consumer *c;

	sct_probe_begin();
	for_each_active(c) {
		if (READ_ONCE(c->kinds) & 1u << SCT_KIND_sched_process_exec)
			sct_scope_exec(scope_of(c, current->tgid));
		EMIT_ONE(c, sched_process_exec, &call);
	}
	sct_probe_end();
}

static void probe_sched_process_exit(SCT_PROTO_SCHED_PROCESS_EXIT)
{
	struct sct_call call = SCT_CALL(task, 0, 0);
	struct sct_consumer *c;

	sct_probe_begin();
	for_each_active(c) {
		if (READ_ONCE(c->kinds) & 1u << SCT_KIND_sched_process_exit)
			sct_scope_exit(scope_of(c, current->tgid), task);
		EMIT_ONE(c, sched_process_exit, &call);
	}
	sct_probe_end();
}

static void probe_sched_switch(SCT_PROTO_SCHED_SWITCH)
{
	EMIT_ALL(sched_switch, 0, prev, next);
}

static void probe_signal_deliver(void *data, int sig, sct_siginfo_t *info, struct k_sigaction *ka)
{
	EMIT_ALL(signal_deliver, sig, info, ka);
}

static void probe_page_fault_user(void *data, unsigned long address, struct pt_regs *regs,
				  unsigned long error)
{
	EMIT_ALL(page_fault_user, address, regs, error);
}

static void probe_page_fault_kernel(void *data, unsigned long address, struct pt_regs *regs,
				    unsigned long error)
{
	EMIT_ALL(page_fault_kernel, address, regs, error);
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
	for_each_kernel_tracepoint(note_tracepoint, NULL);
}

#define tracepoint_of(k) kinds[k].tp

#else	/* by name; one that isn't there is never hit */

void sct_probes_init(void)
{
	sct_kinds_there = (1u << SCT_KIND_MAX) - 1;
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
	unsigned int i, abi;
	u8 want;

	for (i = 0; i < SCT_NR_MAX; i++) {
		want = 0;
		list_for_each_entry(c, &sct_active, active)
			for (abi = 0; abi < SCT_ABI_MAX; abi++)
				want |= c->want->nr[abi][i].want;
		WRITE_ONCE(any[i], want);
	}
}

/* From the last kind to the first: nobody is given a scope (fork) whose end (exit) is missed. */
int sct_probes_update(void)
{
	struct sct_consumer *c;
	unsigned int k;
	int err = 0;
	u32 all = 0;

	list_for_each_entry(c, &sct_active, active)
		all |= c->kinds;
	update_any();
	for (k = SCT_KIND_MAX; k-- > 0;) {
		if (!(all & 1u << k))
			detach(k);
		else if (!err)
			err = attach(k);
	}
	return err;
}
