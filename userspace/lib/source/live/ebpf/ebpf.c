// SPDX-License-Identifier: MIT
/* The eBPF backend: the probe attached to tracepoints, rings and counters in BPF maps. */
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/membarrier.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "bpf_ring.h"
#include "ebpf.h"
#include "perf_ring.h"

static int map_in(struct sct_driver *d, struct ebpf *b, const char *name, size_t size, int prot,
		  __u8 **at)
{
	struct bpf_map *map = sct_ebpf_map(b, name);
	void *p;

	if (!map || (size_t)bpf_map__value_size(map) * bpf_map__max_entries(map) < size)
		return sct_fail(d->diag, -EINVAL, "the BPF object has no map %s of %zu bytes", name, size);
	p = mmap(NULL, size, prot, MAP_SHARED, bpf_map__fd(map), 0);
	if (p == MAP_FAILED)
		return sct_fail(d->diag, -errno, "cannot map %s: %s", name, strerror(errno));
	*at = p;
	return 0;
}

static int map_all(struct sct_driver *d, struct ebpf *b)
{
	int err = map_in(d, b, SCT_SCOPE_SECTION, SCT_PID_LIMIT, PROT_READ | PROT_WRITE, &d->scope);

	return err ? err : map_in(d, b, "sct_cpus", b->cpu_size * d->ncpus, PROT_READ, &b->cpus);
}

static int ebpf_open_ring(struct sct_driver *d, struct sct_ring *ring)
{
	struct ebpf *b = d->priv;
	const char *table = b->ringbuf ? "sct_ringbufs" : "sct_perfbufs";
	struct bpf_map *map = bpf_object__find_map_by_name(b->obj, table);
	__u32 cpu = ring->cpu;
	int err;

	err = b->ringbuf ? sct_bpf_ring_open(ring, d->opt->ring_size) :
			   sct_perf_ring_open(ring, d->opt->ring_size);
	if (!err && bpf_map_update_elem(bpf_map__fd(map), &cpu, &ring->fd, BPF_ANY))
		err = -errno;
	if (err)
		return sct_fail(d->diag, err, "cannot create a ring of %zu bytes for CPU %u: %s%s",
				d->opt->ring_size, cpu, strerror(-err),
				err == -EPERM ? " (more than the memory lock limit allows? take a smaller ring)" : "");
	return 0;
}

static int ebpf_open(struct sct_driver *d)
{
	struct ebpf *b = calloc(1, sizeof(*b));
	int err, ncpus;

	d->priv = b;
	if (!b)
		return sct_fail(d->diag, -ENOMEM, "out of memory");
	b->btf_fd = -1;
	ncpus = libbpf_num_possible_cpus();
	if (ncpus < 1)
		return sct_fail(d->diag, ncpus, "cannot tell the number of CPUs");
	d->ncpus = ncpus;
	b->ringbuf = !d->opt->perf_buffer &&
		     libbpf_probe_bpf_map_type(BPF_MAP_TYPE_RINGBUF, NULL) == 1;
	d->ring_ops = b->ringbuf ? &sct_bpf_ring_ops : &sct_perf_ring_ops;
	err = sct_ebpf_load(d, b);
	if (!err)
		err = map_all(d, b);
	return err;
}

/* ---- attach and detach ---- */

static int attach(struct sct_driver *d, struct ebpf *b, enum sct_kind kind)
{
	const char *name = sct_kind_names[kind];
	struct bpf_program *entry = sct_ebpf_entry(b, kind);
	int err;

	if (!(b->kinds & 1u << kind))
		return 0;
	sct_ebpf_log_begin(d);
	if (sct_ebpf_is_perf(b, kind))
		b->links[kind] = bpf_program__attach_tracepoint(entry, "raw_syscalls", name);
	else if (bpf_program__type(entry) == BPF_PROG_TYPE_TRACING)
		b->links[kind] = bpf_program__attach_trace(entry);
	else
		b->links[kind] = bpf_program__attach_raw_tracepoint(entry, name);
	if (!b->links[kind] && errno == ENOENT && kind == SCT_KIND_io_uring_submit_req)
		b->links[kind] = bpf_program__attach_raw_tracepoint(entry, SCT_URING_SUBMIT_OLD);
	err = b->links[kind] ? 0 : -errno;
	sct_ebpf_log_end();
	if (err == -ENOENT)
		return sct_fail(d->diag, -ENOTSUP, "this kernel has no tracepoint %s, which the chosen events need",
				name);
	if (err)
		return sct_fail(d->diag, err, "cannot attach to tracepoint %s: %s", name, strerror(-err));
	return 0;
}

static bool is_follower(enum sct_kind kind)
{
	return kind == SCT_KIND_sched_process_exit || kind == SCT_KIND_sched_process_exec ||
	       kind == SCT_KIND_sched_process_fork;
}

/* Exit comes first: nobody is given a scope whose end is missed. */
static int ebpf_follow(struct sct_driver *d)
{
	struct ebpf *b = d->priv;
	int err;

	err = attach(d, b, SCT_KIND_sched_process_exit);
	if (!err)
		err = attach(d, b, SCT_KIND_sched_process_exec);
	if (!err)
		err = attach(d, b, SCT_KIND_sched_process_fork);
	return err;
}

/* The numbers of calls are noted from now on: whose call begins is seen to end. */
static int start_noting(struct sct_driver *d, struct ebpf *b)
{
	struct bpf_map *map = sct_ebpf_map(b, SCT_NOTING_SECTION);
	const __u32 key = 0, on = 1;

	if (!b->links[SCT_KIND_sys_exit])
		return 0;
	if (!map || bpf_map_update_elem(bpf_map__fd(map), &key, &on, BPF_ANY))
		return sct_fail(d->diag, map ? -errno : -EINVAL, "cannot have the probe note the numbers of calls");
	return 0;
}

static int ebpf_start(struct sct_driver *d)
{
	struct ebpf *b = d->priv;
	unsigned k;
	int err = 0;

	for (k = 0; k < SCT_KIND_MAX && !err; k++)
		if (!is_follower(k))
			err = attach(d, b, k);
	return err ? err : start_noting(d, b);
}

static void unlink_all(struct ebpf *b)
{
	unsigned k;

	for (k = 0; k < SCT_KIND_MAX; k++) {
		bpf_link__destroy(b->links[k]);
		b->links[k] = NULL;
	}
}

/* Probes that run on other CPUs just now are waited for: this membarrier is an RCU grace period. */
static void ebpf_detach(struct sct_driver *d)
{
	unlink_all(d->priv);
	if (syscall(__NR_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0))
		usleep(20000);	/* a kernel with nohz_full has none */
}

static void ebpf_close(struct sct_driver *d)
{
	struct ebpf *b = d->priv;

	if (!b)
		return;
	unlink_all(b);
	if (d->scope)
		munmap(d->scope, SCT_PID_LIMIT);
	d->scope = NULL;
	if (b->cpus)
		munmap(b->cpus, b->cpu_size * d->ncpus);
	sct_ebpf_unload(b);
	free(b);
	d->priv = NULL;
}

/* ---- running ---- */

static int ebpf_counts(struct sct_driver *d, unsigned cpu, struct sct_counts *counts)
{
	struct ebpf *b = d->priv;

	if (cpu >= d->ncpus)
		return sct_fail(d->diag, -EINVAL, "there is no CPU %u", cpu);
	*counts = ((const struct sct_cpu *)(b->cpus + cpu * b->cpu_size))->n;
	return 0;
}

/* Runs of the entry programs that the kernel refused, because one was still running on that CPU. */
static __u64 ebpf_missed(struct sct_driver *d)
{
	struct ebpf *b = d->priv;
	struct bpf_prog_info info;
	struct bpf_program *p;
	__u64 missed = 0;
	__u32 len;

	bpf_object__for_each_program(p, b->obj) {
		memset(&info, 0, sizeof(info));
		len = sizeof(info);
		if (bpf_program__fd(p) >= 0 &&
		    !bpf_obj_get_info_by_fd(bpf_program__fd(p), &info, &len))
			missed += info.recursion_misses;
	}
	return missed;
}

static const struct sct_event_info *ebpf_missing_event(const struct sct_driver *d, unsigned i,
						       const char **program)
{
	return sct_ebpf_refused(d->priv, i, program);
}

const struct sct_driver_ops sct_driver_ebpf = {
	.name = "ebpf",
	.open = ebpf_open,
	.open_ring = ebpf_open_ring,
	.follow = ebpf_follow,
	.start = ebpf_start,
	.detach = ebpf_detach,
	.close = ebpf_close,
	.counts = ebpf_counts,
	.missed = ebpf_missed,
	.missing = ebpf_missing_event,
};
