// SPDX-License-Identifier: MIT
/* Loading the probe: which programs, their configuration, and what the verifier says of them. */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "bpf_image.h"
#include "ebpf.h"
#include "kernel_btf.h"

#define LOG_SIZE	4096u		/* enough to see that there is one */
#define HELPER_CGRP_STORAGE_GET ((enum bpf_func_id)210)	/* not in headers before 6.2 */
#define FULL_LOG_SIZE	(16u << 20)	/* enough for the end of one, up to 1 million instructions */

/* The BPF objects, see bpf_object.S */
extern char sct_bpf_cast[], sct_bpf_cast_end[];
extern char sct_bpf_typed[], sct_bpf_typed_end[];
extern char sct_bpf_plain[], sct_bpf_plain_end[];

struct ebpf_build {
	char *object, *end;
	const char *reads;
};

static const struct ebpf_build build_cast = { sct_bpf_cast, sct_bpf_cast_end, "loads" };
static const struct ebpf_build build_typed = {
	sct_bpf_typed, sct_bpf_typed_end, "loads and helper calls",
};
static const struct ebpf_build build_plain = { sct_bpf_plain, sct_bpf_plain_end, "helper calls" };

static const char *const event_ids[SCT_EV_MAX] = {
#define SCT_EVENT(id, name, cat, flags, filler, params) #id,
#include "events.def"
};

/* What the kernel's verifier refused: those events are done without. */
struct refused {
	const char *program;	/* of sct_kind_names and event_ids: "sct_<kind>__<event>" */
	struct refused *next;
};

struct bpf_map *sct_ebpf_map(const struct ebpf *b, const char *suffix)
{
	struct bpf_map *map;
	size_t len = strlen(suffix), n;

	bpf_object__for_each_map(map, b->obj) {
		n = strlen(bpf_map__name(map));
		if (n >= len && !strcmp(bpf_map__name(map) + n - len, suffix))
			return map;
	}
	return NULL;
}

static bool has_helper(enum bpf_func_id id)
{
	return libbpf_probe_bpf_helper(BPF_PROG_TYPE_RAW_TRACEPOINT, id, NULL) > 0;
}

/*
 * Which build does the kernel take?  A helper of the same age tells; where it is wrong, what is
 * refused is loaded from the plain build.
 */
static const struct ebpf_build *choose_build(const struct sct_driver *d, const struct ebpf *b)
{
	if (d->opt->btf || !b->kernel)
		return &build_plain;
	if (has_helper(HELPER_CGRP_STORAGE_GET))	/* 6.2, as is bpf_rdonly_cast() */
		return &build_cast;
	return has_helper(BPF_FUNC_get_current_task_btf) ? &build_typed : &build_plain;
}

/* From 7.0 on tracepoints can be preempted, which guards of a type with this name allow. */
static bool is_preemptible(const struct ebpf *b)
{
	return b->kernel && sct_kernel_btf_find(b->kernel, BTF_KIND_TYPEDEF, "class_srcu_fast_notrace_t");
}

static bool has_tracefs(void)
{
	return !access("/sys/kernel/tracing/events/raw_syscalls", R_OK) ||
	       !access("/sys/kernel/debug/tracing/events/raw_syscalls", R_OK);
}

static bool choose_perf(struct sct_driver *d, const struct ebpf *b)
{
	if (!is_preemptible(b))
		return false;
	if (has_tracefs()) {
		sct_log(d->diag, SCT_LOG_INFO, "this kernel preempts tracepoints: calls are taken from perf's handler, which it does not");
		return true;
	}
	sct_log(d->diag, SCT_LOG_WARN, "this kernel preempts tracepoints, and calls that come meanwhile are missed: mount tracefs on /sys/kernel/tracing to prevent that");
	return false;
}

/*
 * Has the tracepoint of submissions its old name?  Attaching finds that out by itself, except that
 * of tp_btf programs it must be known when they are loaded.
 */
static bool has_old_submit(const struct ebpf *b)
{
	return b->build == &build_typed && b->kinds & 1u << SCT_KIND_io_uring_submit_req && b->kernel &&
	       !sct_kernel_btf_find(b->kernel, BTF_KIND_TYPEDEF, "btf_trace_io_uring_submit_req");
}

/* ---- which programs ---- */

static bool is_refused(const struct ebpf *b, const char *program)
{
	const struct refused *r;

	for (r = b->refused; r; r = r->next)
		if (!strcmp(r->program, program))
			return true;
	return false;
}

/*
 * Of a program behind the tail calls, sct_KIND__EVENT or sct_KIND__files: what is it?  Others are
 * none.
 */
static bool place_of(const char *name, unsigned *kind, unsigned *index)
{
	static const char prefix[] = "sct_";
	const char *begin = name + strlen(prefix), *end = strstr(name, "__");
	unsigned k, i;

	for (k = 0; end > begin && k < SCT_KIND_MAX; k++)
		if (strlen(sct_kind_names[k]) == (size_t)(end - begin) &&
		    !memcmp(sct_kind_names[k], begin, end - begin))
			break;
	if (end <= begin || k == SCT_KIND_MAX)
		return false;
	for (i = 0; i < SCT_PROG_FILES && strcmp(end + 2, event_ids[i]) != 0;)
		i++;
	*kind = k;
	*index = i;
	return true;
}

static bool is_chosen(const void *ctx, const char *function)
{
	const struct ebpf *b = ctx;
	unsigned kind, index;

	return !place_of(function, &kind, &index) || b->chosen[kind][index];
}

static void choose_call(struct ebpf *b, unsigned event, unsigned want)
{
	if (want & SCT_WANT_EXIT)
		b->chosen[SCT_KIND_sys_exit][event] = true;
	if (want & SCT_WANT_ENTER)
		b->chosen[SCT_KIND_sys_enter][event] = true;
}

static void choose_programs(struct sct_driver *d, struct ebpf *b)
{
	const struct sct_syscall_info *call;
	unsigned i;

	for (i = 0; i < SCT_KIND_MAX; i++) {
		if (!(b->kinds & 1u << i) || !sct_select_kind(d->sel, i))
			continue;
		b->chosen[i][SCT_EV_task] = true;
		b->chosen[i][SCT_PROG_FILES] = d->opt->files;
	}
	for (i = 0; (call = sct_syscall_at(i)); i++)
		choose_call(b, call->event->id, d->sel->call[i]);
	for (i = 0; i < SCT_NPARTS; i++) {
		choose_call(b, sct_syscall_at(sct_parts[i].row)->event->id, d->sel->part[i]);
		choose_call(b, SCT_EV_generic_x, d->sel->call[sct_parts[i].through]);
	}
	choose_call(b, SCT_EV_generic_x, d->sel->unknown);
	for (i = 0; i < SCT_EV_MAX; i++)
		if (d->sel->event[i])
			b->chosen[sct_event_kind[i]][i] = true;
}

static void enable(const struct ebpf *b, struct bpf_program *p)
{
	const char *program = p ? bpf_program__name(p) : NULL;

	if (!p || is_refused(b, program))
		return;
	bpf_program__set_autoload(p, true);
	/* others name their tracepoint when they are attached */
	if (b->old_submit && bpf_program__type(p) == BPF_PROG_TYPE_TRACING &&
	    strstr(program, "io_uring_submit_req"))
		bpf_program__set_attach_target(p, 0, SCT_URING_SUBMIT_OLD);
}

/* What is tail-called is of the type of what calls it. */
static void take_programs(struct ebpf *b)
{
	struct bpf_program *p;
	unsigned kind, index;

	memset(b->programs, 0, sizeof(b->programs));
	bpf_object__for_each_program(p, b->obj) {
		bpf_program__set_autoload(p, false);
		if (!place_of(bpf_program__name(p), &kind, &index) || !b->chosen[kind][index])
			continue;
		b->programs[kind][index] = p;
		if (sct_ebpf_is_perf(b, kind))
			bpf_program__set_type(p, BPF_PROG_TYPE_TRACEPOINT);
		enable(b, p);
	}
	for (kind = 0; kind < SCT_KIND_MAX; kind++)
		if (b->kinds & 1u << kind)
			enable(b, sct_ebpf_entry(b, kind));
}

/* ---- configuration, before loading ---- */

/* The bytes that a data section of the object starts with; NULL when it has no such section. */
static void *section(const struct ebpf *b, const char *suffix, size_t need)
{
	struct bpf_map *map = sct_ebpf_map(b, suffix);
	size_t size = 0;
	const void *value = map ? bpf_map__initial_value(map, &size) : NULL;

	return size < need ? NULL : (void *)value;
}

/* The object must have been made from the tables that the library knows. */
static int check_digest(struct sct_driver *d, const struct ebpf *b)
{
	struct bpf_map *map = bpf_object__find_map_by_name(b->obj, SCT_TABLES_SECTION);
	size_t n = 0;
	const char *text = map ? bpf_map__initial_value(map, &n) : NULL;
	__u64 digest = text ? sct_digest_of(text, n) : 0;

	if (digest == sct_digest())
		return 0;
	return sct_fail(d->diag, -EINVAL, "the BPF object was made from other tables: its digest is %016llx, this library's %016llx",
			(unsigned long long)digest, (unsigned long long)sct_digest());
}

/* Without its entry program a hook calls nothing of the probe. */
static int check_entries(struct sct_driver *d, const struct ebpf *b)
{
	unsigned kind;

	for (kind = 0; kind < SCT_KIND_MAX; kind++)
		if (b->kinds & 1u << kind && !sct_ebpf_entry(b, kind))
			return sct_fail(d->diag, -EINVAL, "the BPF object has no program for tracepoint %s, which the chosen events need",
					sct_kind_names[kind]);
	return 0;
}

static int configure(struct sct_driver *d, struct ebpf *b)
{
	struct bpf_map *cpus = bpf_object__find_map_by_name(b->obj, "sct_cpus");
	struct bpf_map *rings = bpf_object__find_map_by_name(b->obj, "sct_ringbufs");
	struct bpf_map *entered = bpf_object__find_map_by_name(b->obj, "sct_entered");
	struct bpf_map *perf = bpf_object__find_map_by_name(b->obj, "sct_perfbufs");
	struct sct_cfg *cfg = section(b, ".rodata", sizeof(*cfg));
	struct sct_want *want = section(b, ".data.want", sizeof(*want));
	unsigned k, slot;

	if (!cpus || !rings || !entered || !perf || !cfg || !want ||
	    cfg->config.sz != sizeof(d->config) || bpf_map__value_size(cpus) <= sizeof(struct sct_cpu))
		return sct_fail(d->diag, -EINVAL, "the BPF object does not fit this library: it was built from other tables");
	*cfg = (struct sct_cfg){
		.config = d->config, .ringbuf = b->ringbuf, .own_regs = has_helper(BPF_FUNC_task_pt_regs),
		.look_bytes = d->config.ring_size / 16,
		.full_bytes = d->config.ring_size - d->config.ring_size / 4,
	};
	for (k = 0; k < SCT_KIND_MAX; k++)
		if (sct_select_kind(d->sel, k))
			cfg->slot[k] = cfg->nslots++;
	sct_select_want(d->sel, want);
	slot = bpf_map__value_size(cpus) - sizeof(struct sct_cpu);
	b->cpu_size = sizeof(struct sct_cpu) + (size_t)slot * cfg->nslots;
	bpf_map__set_value_size(cpus, b->cpu_size);
	bpf_map__set_max_entries(cpus, d->ncpus);
	bpf_map__set_max_entries(entered, d->config.notes ? SCT_ENTERED_MAX : 1);
	bpf_map__set_max_entries(rings, d->ncpus);
	bpf_map__set_max_entries(perf, d->ncpus);
	bpf_map__set_autocreate(rings, b->ringbuf);
	bpf_map__set_autocreate(perf, !b->ringbuf);
	return 0;
}

/* ---- loading ---- */

/*
 * libbpf has one print function for the whole process.  Ours is installed once, and passes on to the one
 * before it what other threads, and other code of this one, make libbpf say.
 */
static __thread struct sct_diag *logging;
static libbpf_print_fn_t print_before;

static int libbpf_log(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	char line[512];

	if (!logging)
		return print_before ? print_before(level, fmt, ap) : 0;
	/* its debug messages are so many that they take time */
	if (level == LIBBPF_DEBUG || !logging->log)
		return 0;
	vsnprintf(line, sizeof(line), fmt, ap);
	line[strcspn(line, "\n")] = '\0';
	sct_log(logging, SCT_LOG_DEBUG, "%s", line);
	return level;
}

/* Errors of libbpf's own are behind those of the system: the file is not right, they all mean. */
static const char *why(int err, char buf[128])
{
	libbpf_strerror(err, buf, 128);
	return buf;
}

static void close_object(struct ebpf *b)
{
	bpf_object__close(b->obj);
	b->obj = NULL;
	if (b->btf_fd >= 0)
		close(b->btf_fd);
	b->btf_fd = -1;
}

/*
 * With what libbpf is to read of the kernel's BTF in a file of ours: for that, it must be open
 * before.
 */
static int open_image(struct ebpf *b, const struct sct_image *image, const char *btf)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = "sctrace", .btf_custom_path = btf);
	char path[64];
	int err;

	if (b->kernel && b->build != &build_plain)
		b->btf_fd = memfd_create("sctrace-btf", MFD_CLOEXEC);
	if (b->btf_fd >= 0) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", b->btf_fd);
		opts.btf_custom_path = path;
	}
	b->obj = bpf_object__open_mem(image->data, image->size, &opts);
	err = libbpf_get_error(b->obj);
	if (err)
		b->obj = NULL;
	else if (b->btf_fd >= 0)
		err = sct_kernel_btf_extract(b->kernel, bpf_object__btf(b->obj), b->btf_fd);
	return err;
}

/*
 * libbpf copies all programs, and for each one all that it has copied before: it is shown those
 * that are loaded.  bpf_rdonly_cast() as an extern function would make it read all of the kernel's
 * BTF.
 */
static void prepare(const struct ebpf *b, const struct sct_image *image)
{
	sct_image_keep(image, is_chosen, b);
	if (b->build == &build_cast)
		sct_image_call(image, SCT_CALL_CAST,
			       sct_kernel_btf_find(b->kernel, BTF_KIND_FUNC, "bpf_rdonly_cast"));
}

static int open_file(struct ebpf *b, const char *name, const char *btf)
{
	struct sct_image image;
	int err = sct_image_map(&image, name);

	if (err)
		return err;
	if (sct_image_is_sound(&image))	/* else libbpf tells why not */
		prepare(b, &image);
	err = open_image(b, &image, btf);
	munmap(image.data, image.size);
	return err;
}

static int open_built_in(struct ebpf *b, const char *btf)
{
	static pthread_mutex_t changing = PTHREAD_MUTEX_INITIALIZER;
	const struct sct_image image = { b->build->object, b->build->end - b->build->object };
	int err;

	pthread_mutex_lock(&changing);
	prepare(b, &image);
	sct_image_drop_lines(&image);
	err = open_image(b, &image, btf);
	pthread_mutex_unlock(&changing);
	return err;
}

static int open_object(struct sct_driver *d, struct ebpf *b)
{
	char reason[128];
	int err;

	b->obj = NULL;
	b->btf_fd = -1;
	if (d->opt->btf && access(d->opt->btf, R_OK))
		return sct_fail(d->diag, -errno, "BTF file %s: %s", d->opt->btf, strerror(errno));
	err = d->opt->bpf_object ? open_file(b, d->opt->bpf_object, d->opt->btf) :
				  open_built_in(b, d->opt->btf);
	if (!err) {
		take_programs(b);
		return 0;
	}
	close_object(b);
	return sct_fail(d->diag, err <= -__LIBBPF_ERRNO__START ? -EINVAL : err,
			"cannot open the BPF object%s%s: %s", d->opt->bpf_object ? " " : "",
			d->opt->bpf_object ? d->opt->bpf_object : "", why(err, reason));
}

static bool is_locked_down(void)
{
	FILE *f = fopen("/sys/kernel/security/lockdown", "re");
	char line[128] = "";

	if (f && !fgets(line, sizeof(line), f))
		line[0] = '\0';
	if (f)
		fclose(f);
	return strstr(line, "[confidentiality]");
}

static int load_error(struct sct_driver *d, int err)
{
	char reason[128];

	if (is_locked_down())
		return sct_fail(d->diag, -ENOTSUP, "the kernel is locked down (confidentiality): it lets nobody read its memory, through BPF neither");
	if (err == -EPERM || err == -EACCES)
		return sct_fail(d->diag, -EPERM, "no permission to load BPF programs: run as root, or with CAP_BPF, CAP_PERFMON and CAP_SYS_RESOURCE");
	if (err == -EMFILE || err == -ENFILE || err == -ENOMEM)
		return sct_fail(d->diag, err, "cannot load the BPF programs: %s%s", strerror(-err),
				err == -EMFILE ? " (each is one: raise the limit with ulimit -n, or choose fewer events)" : "");
	if (!d->opt->btf && access(SCT_KERNEL_BTF, R_OK))
		return sct_fail(d->diag, -ENOTSUP, "this kernel gives no BTF (/sys/kernel/btf/vmlinux): use a kernel with CONFIG_DEBUG_INFO_BTF, or name a file with --btf");
	if (d->opt->btf)
		return sct_fail(d->diag, -ENOTSUP, "cannot load the BPF programs with the BTF of %s: %s",
				d->opt->btf, why(err, reason));
	return sct_fail(d->diag, -ENOTSUP, "cannot load the BPF programs: %s", why(err, reason));
}

/* Give each program to be loaded a piece of the log: what is written there names the culprit. */
static int give_logs(struct ebpf *b)
{
	struct bpf_program *p;
	unsigned n = 0;

	bpf_object__for_each_program(p, b->obj)
		n++;
	free(b->log);
	b->log = calloc(n + 1, LOG_SIZE);
	if (!b->log)
		return -ENOMEM;
	n = 0;
	bpf_object__for_each_program(p, b->obj)
		bpf_program__set_log_buf(p, b->log + LOG_SIZE * n++, LOG_SIZE);
	return 0;
}

static struct bpf_program *culprit(const struct ebpf *b)
{
	struct bpf_program *p;
	const char *log;
	size_t size;

	bpf_object__for_each_program(p, b->obj) {
		log = bpf_program__log_buf(p, &size);
		if (bpf_program__autoload(p) && log && *log)
			return p;
	}
	return NULL;
}

/* The last lines of a verifier log. */
static const char *log_end(const char *log)
{
	const char *p = log + strlen(log);
	unsigned lines = 0;

	while (p > log && lines < 5)
		if (*--p == '\n')
			lines++;
	return *p == '\n' ? p + 1 : p;
}

static void report(struct sct_driver *d, const char *log)
{
	const char *line, *end;

	for (line = log_end(log); *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		sct_log(d->diag, SCT_LOG_WARN, "  verifier: %.*s", (int)(end - line), line);
	}
}

/* Is that of the verifier, and not of the machine's limits? */
static bool is_refusal(int err)
{
	return err && err != -EPERM && err != -EMFILE && err != -ENFILE && err != -ENOMEM;
}

/*
 * The plain build takes least for granted: it is for kernels that do not take all of another one,
 * too.
 */
static bool fall_back(struct sct_driver *d, struct ebpf *b, const struct bpf_program *p, int err)
{
	if (d->opt->bpf_object || b->build == &build_plain || !is_refusal(err))
		return false;
	sct_log(d->diag, SCT_LOG_INFO, "this kernel refuses %s%s of the probe that reads by %s: the one that reads by %s is loaded",
		p ? "program " : "a part", p ? bpf_program__name(p) : "",
		b->build->reads, build_plain.reads);
	b->build = &build_plain;
	return true;
}

/*
 * Load the program alone, with room for all that the verifier says; before 6.4 it cuts the end off.
 * Returns why it does not load, which a log without room hides behind -ENOSPC.
 */
static int explain(struct sct_driver *d, const struct ebpf *b, const char *program, bool entry)
{
	struct ebpf alone = *b;
	struct bpf_program *p;
	char *log = calloc(1, FULL_LOG_SIZE);
	int err;

	if (!log)
		return -ENOMEM;
	err = open_object(d, &alone);
	if (err)
		goto out;
	bpf_object__for_each_program(p, alone.obj)
		bpf_program__set_autoload(p, !strcmp(bpf_program__name(p), program));
	p = bpf_object__find_program_by_name(alone.obj, program);
	err = configure(d, &alone);
	if (!err)
		err = bpf_program__set_log_buf(p, log, FULL_LOG_SIZE);
	if (!err)
		err = bpf_object__load(alone.obj);
	if (is_refusal(err)) {
		sct_log(d->diag, SCT_LOG_WARN, "this kernel's verifier refuses program %s%s", program,
			entry ? "" : ": its event will be missing");
		report(d, log);
	}
	close_object(&alone);
out:
	free(log);
	return err;
}

/* Note a refused program; an entry program cannot be done without. */
static int refuse(struct sct_driver *d, struct ebpf *b, struct bpf_program *p)
{
	const char *name = bpf_program__name(p);
	bool entry = !strstr(name, "__") || strstr(name, "__files");	/* no event of its own */
	struct refused *r;
	int err;

	err = explain(d, b, name, entry);
	if (!err)
		return sct_fail(d->diag, -EMFILE, "cannot load all BPF programs, though program %s alone: raise the limit of open files (ulimit -n) or of locked memory (ulimit -l), or choose fewer events",
				name);
	if (!is_refusal(err))
		return load_error(d, err);
	if (entry)
		return sct_fail(d->diag, -ENOTSUP, "nothing can be traced without program %s", name);
	r = calloc(1, sizeof(*r));
	if (!r || !(r->program = strdup(name))) {
		free(r);
		return sct_fail(d->diag, -ENOMEM, "out of memory");
	}
	r->next = b->refused;
	b->refused = r;
	return 0;
}

static int load_once(struct sct_driver *d, struct ebpf *b)
{
	int err = open_object(d, b);

	if (err)
		return err;
	err = check_digest(d, b);
	if (!err)
		err = check_entries(d, b);
	if (!err)
		err = configure(d, b);
	if (!err && give_logs(b))
		err = sct_fail(d->diag, -ENOMEM, "out of memory");
	return err;
}

/* The object is not loaded because of that: what now?  0: try again. */
static int mend(struct sct_driver *d, struct ebpf *b, int cause)
{
	struct bpf_program *p = culprit(b);

	/*
	 * locked down, the verifier refuses every program that reads memory, and its words tell no
	 * cause
	 */
	if (is_locked_down())
		return load_error(d, cause);
	if (fall_back(d, b, p, cause))
		return 0;
	return p && cause != -EPERM ? refuse(d, b, p) : load_error(d, cause);
}

static int load(struct sct_driver *d, struct ebpf *b)
{
	int err, cause;

	for (;;) {
		err = load_once(d, b);
		if (err)
			return err;
		cause = bpf_object__load(b->obj);
		if (!cause)
			return 0;
		err = mend(d, b, cause);
		if (err)
			return err;
		close_object(b);
	}
}

/* ---- the programs' tables, once they are loaded ---- */

static int fill_table(struct sct_driver *d, const struct ebpf *b, enum sct_kind kind)
{
	struct bpf_map *map;
	char table[64];
	__u32 i;
	int fd;

	snprintf(table, sizeof(table), "sct_progs_%s", sct_kind_names[kind]);
	map = bpf_object__find_map_by_name(b->obj, table);
	for (i = 0; i < SCT_PROG_MAX; i++) {
		fd = b->programs[kind][i] ? bpf_program__fd(b->programs[kind][i]) : -1;
		if (fd < 0)
			continue;
		if (!map)
			return sct_fail(d->diag, -EINVAL, "the BPF object has no map %s", table);
		if (bpf_map_update_elem(bpf_map__fd(map), &i, &fd, BPF_ANY))
			return sct_fail(d->diag, -errno, "cannot put program %s into its table: %s",
					bpf_program__name(b->programs[kind][i]), strerror(errno));
	}
	return 0;
}

static int fill_tables(struct sct_driver *d, const struct ebpf *b)
{
	unsigned k;
	int err = 0;

	for (k = 0; k < SCT_KIND_MAX && !err; k++)
		if (b->kinds & 1u << k)
			err = fill_table(d, b, k);
	return err;
}

/* ---- what the backend calls ---- */

static void install_log(void)
{
	print_before = libbpf_set_print(libbpf_log);
}

void sct_ebpf_log_begin(struct sct_driver *d)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, install_log);
	logging = d->diag;
}

void sct_ebpf_log_end(void)
{
	logging = NULL;
}

struct bpf_program *sct_ebpf_entry(const struct ebpf *b, enum sct_kind kind)
{
	char name[128];

	snprintf(name, sizeof(name), "sct_%s%s", sct_ebpf_is_perf(b, kind) ? "perf_" : "",
		 sct_kind_names[kind]);
	return bpf_object__find_program_by_name(b->obj, name);
}

const struct sct_event_info *sct_ebpf_refused(const struct ebpf *b, unsigned i, const char **program)
{
	const struct refused *r = b->refused;
	unsigned event;

	while (r && i--)
		r = r->next;
	if (!r)
		return NULL;
	*program = r->program;
	for (event = 0; strcmp(strstr(r->program, "__") + 2, event_ids[event]) != 0;)
		event++;	/* refuse() noted no other */
	return sct_event_at(event);
}

int sct_ebpf_load(struct sct_driver *d, struct ebpf *b)
{
	int err;

	sct_ebpf_log_begin(d);
	b->kinds = sct_driver_kinds(d);
	b->kernel = sct_kernel_btf_open(SCT_KERNEL_BTF);
	b->build = choose_build(d, b);
	b->perf_calls = choose_perf(d, b);
	b->old_submit = has_old_submit(b);
	choose_programs(d, b);
	err = load(d, b);
	if (!err)
		sct_log(d->diag, SCT_LOG_INFO, "kernel memory is read by %s, records go through %s",
			d->opt->bpf_object ? "what the BPF object has" : b->build->reads,
			b->ringbuf ? "BPF ring buffers" : "perf buffers");
	sct_ebpf_log_end();
	sct_kernel_btf_close(b->kernel);
	b->kernel = NULL;
	return err ? err : fill_tables(d, b);
}

void sct_ebpf_unload(struct ebpf *b)
{
	struct refused *r;

	close_object(b);
	while ((r = b->refused)) {
		b->refused = r->next;
		free((char *)r->program);
		free(r);
	}
	free(b->log);
}
