/* SPDX-License-Identifier: MIT */
/* The eBPF backend's state; for ebpf.c and ebpf_load.c. */
#ifndef SCT_EBPF_H
#define SCT_EBPF_H

#include <bpf/libbpf.h>
#include "live.h"

struct refused;
struct ebpf_build;
struct kernel_btf;

/* What the tracepoint of kind io_uring_submit_req was called before. */
#define SCT_URING_SUBMIT_OLD "io_uring_submit_sqe"

struct ebpf {
	struct bpf_object *obj;
	bool chosen[SCT_KIND_MAX][SCT_PROG_MAX];	/* programs behind the tail calls, */
	struct bpf_program *programs[SCT_KIND_MAX][SCT_PROG_MAX];	/* and where they are in obj */
	struct bpf_link *links[SCT_KIND_MAX];
	__u32 kinds;		/* tracepoints in use, see sct_select_kinds() */
	struct refused *refused;
	__u8 *cpus;		/* the map sct_cpus, read-only: of each CPU cpu_size bytes */
	size_t cpu_size;
	bool ringbuf;		/* BPF ring buffers, not perf buffers */
	bool perf_calls;	/* calls come from perf's handler of their tracepoints */
	bool old_submit;	/* the tracepoint has its old name, SCT_URING_SUBMIT_OLD */
	const struct ebpf_build *build;	/* how it reads kernel memory (read.bpf.h) */
	struct kernel_btf *kernel;	/* while loading; NULL where it cannot be read */
	int btf_fd;		/* the part of it that libbpf reads while loading; -1: all of it */
	char *log;		/* verifier output, one LOG_SIZE piece a program while loading */
};

/*
 * Load the programs that the selection needs and put them into their tables; d->ncpus and
 * b->ringbuf are set.  What the verifier refuses is done without, and reported.
 */
int sct_ebpf_load(struct sct_driver *d, struct ebpf *b);
/* libbpf's messages, of this thread, go to the driver's log from here to the end. */
void sct_ebpf_log_begin(struct sct_driver *d);
void sct_ebpf_log_end(void);
/* Free all of that; also after a failure. */
void sct_ebpf_unload(struct ebpf *b);

/* The i-th program that was refused, and the event that is missing for it; NULL behind the last. */
const struct sct_event_info *sct_ebpf_refused(const struct ebpf *b, unsigned i, const char **program);

/* Is the tracepoint one of calls, which come from perf's handler here? */
static inline bool sct_ebpf_is_perf(const struct ebpf *b, enum sct_kind kind)
{
	return b->perf_calls && (kind == SCT_KIND_sys_enter || kind == SCT_KIND_sys_exit);
}

/* The map whose name ends so; NULL when the object has none.  The object's name is before a section's. */
struct bpf_map *sct_ebpf_map(const struct ebpf *b, const char *suffix);

/* The entry program of a tracepoint. */
struct bpf_program *sct_ebpf_entry(const struct ebpf *b, enum sct_kind kind);

#endif
