// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Consumers: who wants which events.  Two locks, in this order, with the CPU hot-plug lock between
 * them (attaching to tracepoints takes that):
 *
 *	sct_attach_lock	 what consumers want, and which tracepoints are attached
 *	sct_list_lock	 which consumers there are, and which of their rings have memory
 */
#include "kmod.h"
#include "probes.h"
#include <linux/cpu.h>
#include <linux/slab.h>
#include <linux/tracepoint.h>
#include <linux/vmalloc.h>

static DEFINE_MUTEX(sct_attach_lock);
static DEFINE_MUTEX(sct_list_lock);
static LIST_HEAD(sct_consumers);
static struct sct_total *ended;		/* by CPU: of consumers that are no more */

/* ---- from setup to the end ---- */

struct sct_consumer *sct_consumer_new(void)
{
	struct sct_consumer *c = kzalloc(sizeof(*c) + nr_cpu_ids * sizeof(c->rings[0]), GFP_KERNEL);

	if (!c)
		return NULL;
	kref_init(&c->files);
	INIT_LIST_HEAD(&c->all);
	INIT_LIST_HEAD(&c->active);
	return c;
}

/* Wake those who wait for time to pass, as long as there is somebody. */
static void tick(struct work_struct *work)
{
	struct sct_consumer *c = container_of(to_delayed_work(work), struct sct_consumer, tick);
	bool more = false;
	int cpu;

	for_each_possible_cpu(cpu)
		if (sct_ring_make_due(c->rings[cpu]))
			more = true;
	if (more)
		schedule_delayed_work(&c->tick, msecs_to_jiffies(c->wake_ms));
}

void sct_consumer_will_wait(struct sct_consumer *c)
{
	if (c->wake_ms)
		schedule_delayed_work(&c->tick, msecs_to_jiffies(c->wake_ms));
}

static bool is_call(u32 event)
{
	const struct sct_filler *filler;

	if (event >= SCT_EV_MAX)
		return false;
	filler = &sct_fillers[sct_index(event, SCT_EV_MAX)];
	return filler->fill && filler->kind == SCT_KIND_sys_exit;
}

/* What user space wants of one number: no event may get arguments of another kind. */
static int check_nr(const struct sct_nr *nr)
{
	if (nr->via >= SCT_VIA_MAX || nr->words > 6)
		return -EINVAL;
	if (!nr->want)
		return 0;
	if (nr->want & ~(SCT_WANT_ENTER | SCT_WANT_EXIT | SCT_WANT_NOTE | SCT_WANT_NUMBER) ||
	    !is_call(nr->event) || (nr->row >= SCT_SYS_MAX && nr->row != SCT_SYS_NONE))
		return -EINVAL;
	return 0;
}

static int check_nrs(const struct sct_nr *nr, unsigned int n)
{
	int err = 0;

	while (n-- && !err)
		err = check_nr(nr++);
	return err;
}

static struct sct_want *copy_want(u64 uptr)
{
	struct sct_want *want = sct_vzalloc(sizeof(*want));
	int err = -ENOMEM;

	if (!want)
		goto out;
	err = copy_from_user(want, (void __user *)(unsigned long)uptr, sizeof(*want)) ? -EFAULT : 0;
	if (!err)
		err = check_nrs(want->nr[0], SCT_ABI_MAX * SCT_NR_MAX);
	if (!err)
		err = check_nrs(want->part[0], SCT_VIA_MAX * SCT_PARTS_MAX);
	if (!err && want->kinds >> SCT_KIND_MAX)
		err = -EINVAL;
	if (!err)
		return want;
out:
	vfree(want);
	return ERR_PTR(err);
}

static int alloc_rings(struct sct_consumer *c)
{
	struct sct_ring *ring;
	int cpu;

	for_each_possible_cpu(cpu) {
		ring = c->rings[cpu] = sct_ring_new();
		if (!ring)
			return -ENOMEM;
		ring->call.cfg = &c->cfg;
	}
	return 0;
}

/* What can be allocated without locks. */
static int alloc_parts(struct sct_consumer *c)
{
	int err = alloc_rings(c);

	if (!err)
		err = sct_mem_alloc_shown(&c->scope_mem, SCT_PID_LIMIT >> PAGE_SHIFT);
	if (!err)
		err = sct_mem_alloc_shown(&c->told_mem, SCT_TOLD_MAX * sizeof(u64) >> PAGE_SHIFT);
	if (!err && c->cfg.notes)
		err = sct_mem_alloc_shown(&c->entered_mem,
					  DIV_ROUND_UP(SCT_ENTERED_MAX * sizeof(*c->entered), PAGE_SIZE));
	c->scope = c->scope_mem.addr;
	c->told = c->told_mem.addr;
	c->entered = c->entered_mem.addr;
	return err;
}

static void free_parts(struct sct_consumer *c)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		sct_ring_free(c->rings[cpu]);
		c->rings[cpu] = NULL;
	}
	sct_mem_free(&c->scope_mem);
	sct_mem_free(&c->told_mem);
	sct_mem_free(&c->entered_mem);
}

/* No CPU may come up between the look at which there are and the entry into the list. */
static int give_rings(struct sct_consumer *c, int own)
{
	int cpu, err;

	sct_cpus_lock();
	mutex_lock(&sct_list_lock);
	err = sct_rings_fit(c->cfg.ring_size, num_online_cpus()) ? 0 : -ENOMEM;
	if (!err)
		err = sct_ring_fill_in(c->rings[own], c->cfg.ring_size, c->cfg.wake_bytes);
	for_each_online_cpu(cpu)
		if (!err)
			err = sct_ring_fill_in(c->rings[cpu], c->cfg.ring_size, c->cfg.wake_bytes);
	if (!err)
		list_add_tail(&c->all, &sct_consumers);
	mutex_unlock(&sct_list_lock);
	sct_cpus_unlock();
	return err;
}

static int check_setup(struct sct_setup *setup)
{
	const u32 there = max_t(u32, setup->sz, offsetof(struct sct_setup, config));

	if (setup->version != SCT_IOC_VERSION || setup->digest != sct_digest())
		return -EPROTO;
	if (sct_config_take(&setup->config, there - offsetof(struct sct_setup, config)) ||
	    setup->wake_ms > 3600 * 1000 || setup->pad)
		return -EINVAL;
	return 0;
}

static int set_up(struct sct_consumer *c, const struct sct_setup *setup, struct sct_want *want,
		  int cpu)
{
	int err;

	if (sct_consumer_ready(c))
		return -EBUSY;
	c->cfg = setup->config;
	c->wake_ms = setup->wake_ms;
	INIT_DELAYED_WORK(&c->tick, tick);
	err = alloc_parts(c);
	if (!err)
		err = give_rings(c, cpu);
	if (err) {
		free_parts(c);
		return err;
	}
	/* pairs with the acquire in sct_consumer_ready(): all else is there */
	smp_store_release(&c->want, want);
	return 0;
}

int sct_consumer_setup(struct sct_consumer *c, struct sct_setup *setup, int cpu)
{
	int err = check_setup(setup);
	struct sct_want *want;

	if (err)
		return err;
	want = copy_want(setup->want);
	if (IS_ERR(want))
		return PTR_ERR(want);
	mutex_lock(&sct_attach_lock);
	err = set_up(c, setup, want, cpu);
	mutex_unlock(&sct_attach_lock);
	if (err)
		vfree(want);
	return err;
}

int sct_consumer_add_ring(struct sct_consumer *c, int cpu)
{
	int err;

	mutex_lock(&sct_list_lock);
	err = sct_ring_fill_in(c->rings[cpu], c->cfg.ring_size, c->cfg.wake_bytes);
	mutex_unlock(&sct_list_lock);
	return err;
}

/* A CPU comes up.  Who gets no ring for it counts what is lost there. */
void sct_consumers_add_cpu(int cpu)
{
	struct sct_consumer *c;

	mutex_lock(&sct_list_lock);
	list_for_each_entry(c, &sct_consumers, all)
		sct_ring_fill_in(c->rings[cpu], c->cfg.ring_size, c->cfg.wake_bytes);
	mutex_unlock(&sct_list_lock);
}

/* ---- attaching ---- */

static int set_kinds(struct sct_consumer *c, u32 kinds)
{
	u32 old = c->kinds;

	WRITE_ONCE(c->kinds, kinds);
	if (kinds && !old)
		list_add_rcu(&c->active, &sct_active);
	if (!kinds && old)
		list_del_rcu(&c->active);
	return sct_probes_update();
}

int sct_consumer_attach(struct sct_consumer *c, u32 kinds)
{
	u32 old;
	int err;

	mutex_lock(&sct_attach_lock);
	old = c->kinds;
	err = set_kinds(c, kinds);
	if (err)
		set_kinds(c, old);
	if ((old | kinds) & ~c->kinds)	/* when this returns, no more of those will come */
		tracepoint_synchronize_unregister();
	mutex_unlock(&sct_attach_lock);
	return err;
}

int sct_consumer_set_want(struct sct_consumer *c, u64 uptr)
{
	struct sct_want *want = copy_want(uptr), *old;

	if (IS_ERR(want))
		return PTR_ERR(want);
	mutex_lock(&sct_attach_lock);
	old = c->want;
	/* pairs with the data dependency in the probes */
	smp_store_release(&c->want, want);
	sct_probes_update();
	tracepoint_synchronize_unregister();
	mutex_unlock(&sct_attach_lock);
	vfree(old);
	return 0;
}

/* ---- the end ---- */

static void add_total(struct sct_total *total, const struct sct_counts *n)
{
	const struct sct_count *count = &n->count[0][0];
	unsigned int i, why;

	for (i = 0; i < 2 * SCT_EV_MAX; i++, count++) {
		total->seen += count->seen;
		total->filtered += count->filtered;
		total->delivered += count->delivered;
		for (why = 0; why < SCT_DROP_MAX; why++)
			total->dropped[why] += count->dropped[why];
	}
}

static void leave_list(struct sct_consumer *c)
{
	int cpu;

	mutex_lock(&sct_list_lock);
	list_del(&c->all);
	for_each_possible_cpu(cpu)
		add_total(&ended[cpu], &c->rings[cpu]->n);
	mutex_unlock(&sct_list_lock);
}

static void consumer_release(struct kref *files)
{
	struct sct_consumer *c = container_of(files, struct sct_consumer, files);

	if (sct_consumer_ready(c)) {
		sct_consumer_attach(c, 0);
		leave_list(c);
		cancel_delayed_work_sync(&c->tick);
		free_parts(c);
		vfree(c->want);
	}
	kfree(c);
}

void sct_consumer_put(struct sct_consumer *c)
{
	kref_put(&c->files, consumer_release);
}

/* ---- all of them ---- */

void sct_consumers_total(int cpu, struct sct_total *total)
{
	struct sct_consumer *c;

	mutex_lock(&sct_list_lock);
	*total = ended[cpu];
	list_for_each_entry(c, &sct_consumers, all)
		add_total(total, &c->rings[cpu]->n);
	mutex_unlock(&sct_list_lock);
}

int sct_consumers_init(void)
{
	ended = kcalloc(nr_cpu_ids, sizeof(*ended), GFP_KERNEL);
	return ended ? 0 : -ENOMEM;
}

void sct_consumers_exit(void)
{
	kfree(ended);
}
