// SPDX-License-Identifier: MIT
/*
 * The module's backend and a module that this program plays: what it is asked for in which order,
 * and what a session says when the module is not there, is another one, or refuses.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/types.h>
#include <cmocka.h>
#include "sctrace.h"
#include "sct_abi.h"
#include "sct_config.h"
#include "sct_ioctl.h"

#define MAX_FILES 1024
#define BIT(kind) (1u << SCT_KIND_##kind)

/* ---- the module ---- */

static struct module {
	int open_error, hello_error, setup_error, join_error, attach_error, counts_error;
	struct sct_hello hello;
	struct sct_setup setup;
	struct sct_want want;
	__u32 attached[8];		/* what was asked for, one after the other */
	unsigned nattached;
	int joined[MAX_FILES];		/* by descriptor: the one that it has joined, or 0 */
	bool is_open[MAX_FILES];
	int cpu[MAX_FILES];
} module;

static int module_open(const char *path)
{
	int fd;

	errno = module.open_error;
	if (errno)
		return -1;
	fd = memfd_create(path, MFD_CLOEXEC);
	assert_in_range(fd, 3, MAX_FILES - 1);
	assert_int_equal(ftruncate(fd, SCT_MMAP_SCOPE + SCT_PID_LIMIT), 0);
	module.is_open[fd] = true;
	module.joined[fd] = 0;
	assert_int_equal(sscanf(path, "/dev/sctrace%d", &module.cpu[fd]), 1);
	return fd;
}

/* In place of the C library's. */
int open(const char *path, int flags, ...)
{
	va_list ap;
	int mode;

	if (!strncmp(path, "/dev/sctrace", strlen("/dev/sctrace"))) {
		assert_int_equal(flags, O_RDWR | O_CLOEXEC);
		return module_open(path);
	}
	va_start(ap, flags);
	mode = flags & O_CREAT ? va_arg(ap, int) : 0;
	va_end(ap);
	return syscall(__NR_openat, AT_FDCWD, path, flags, mode);
}

int close(int fd)
{
	if (fd >= 0 && fd < MAX_FILES)
		module.is_open[fd] = false;
	return syscall(__NR_close, fd);
}

static int answer(int error)
{
	errno = error;
	return error ? -1 : 0;
}

static int module_counts(const struct sct_ioc_counts *arg)
{
	struct sct_counts *counts = (void *)(uintptr_t)arg->counts;

	assert_int_equal(arg->sz, sizeof(*arg));
	if (!module.counts_error) {
		memset(counts, 0, sizeof(*counts));
		counts->sent = !arg->cpu;
		counts->count[0][SCT_EV_openat_x].seen = 10 + arg->cpu;
	}
	return answer(module.counts_error);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list ap;
	void *arg;

	va_start(ap, request);
	arg = va_arg(ap, void *);
	va_end(ap);
	if (fd < 0 || fd >= MAX_FILES || !module.is_open[fd])
		return syscall(__NR_ioctl, fd, request, arg);
	switch (request) {
	case SCT_IOC_HELLO:
		assert_int_equal(((struct sct_hello *)arg)->sz, sizeof(module.hello));
		*(struct sct_hello *)arg = module.hello;
		return answer(module.hello_error);
	case SCT_IOC_SETUP:
		module.setup = *(struct sct_setup *)arg;
		module.want = *(struct sct_want *)(uintptr_t)module.setup.want;
		return answer(module.setup_error);
	case SCT_IOC_JOIN:
		module.joined[fd] = *(__s32 *)arg;
		return answer(module.join_error);
	case SCT_IOC_ATTACH:
		module.attached[module.nattached++] = *(__u32 *)arg;
		return answer(module.nattached == 3 ? module.attach_error : 0);
	case SCT_IOC_COUNTS:
		return module_counts(arg);
	}
	return answer(ENOTTY);
}

/* The first record of a CPU. */
static void module_writes(int cpu)
{
	const long page = sysconf(_SC_PAGESIZE);
	const __u64 len = SCT_VALUES_OFF(SCT_NPARAMS(openat_x));
	__u64 bytes[SCT_VALUES_OFF(SCT_NPARAMS(openat_x)) / 8] = { 0 };
	int fd;

	*(struct sct_record *)bytes = (struct sct_record){
		.len = len, .row = SCT_SYS_openat, .type = SCT_EV_openat_x, .nparams = SCT_NPARAMS(openat_x), .ts = 1,
	};
	for (fd = 0; fd < MAX_FILES; fd++) {
		if (!module.is_open[fd] || !module.joined[fd] || module.cpu[fd] != cpu)
			continue;
		assert_int_equal(pwrite(fd, bytes, len, 2 * page), len);
		assert_int_equal(pwrite(fd, &len, sizeof(len), page), sizeof(len));
	}
}

static unsigned files_open(void)
{
	unsigned fd, n = 0;

	for (fd = 0; fd < MAX_FILES; fd++)
		n += module.is_open[fd];
	return n;
}

static int load(void **state)
{
	(void)state;
	memset(&module, 0, sizeof(module));
	module.hello = (struct sct_hello){
		.sz = sizeof(module.hello), .version = SCT_IOC_VERSION, .digest = sct_digest(),
		.ncpus = sysconf(_SC_NPROCESSORS_CONF), .kinds = (1u << SCT_KIND_MAX) - 1,
	};
	return 0;
}

/* ---- sessions ---- */

static char log_text[4096];

static void log_line(void *ctx, enum sct_log_level level, const char *msg)
{
	size_t have = strlen(log_text);

	(void)ctx;
	(void)level;
	snprintf(log_text + have, sizeof(log_text) - have, "%s\n", msg);
}

static int open_session(struct sct_session **s, struct sct_options opt)
{
	log_text[0] = '\0';
	opt.sz = sizeof(opt);
	opt.backend = "kmod";
	opt.log = log_line;
	return sct_open(s, &opt);
}

static void assert_in(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in '%s'", part, text);
}

/* The session does not open, says so, and leaves nothing behind. */
static void assert_fails(struct sct_options opt, int error, const char *why, const char *remedy)
{
	struct sct_session *s;

	assert_int_equal(open_session(&s, opt), error);
	assert_in(sct_strerror(s), why);
	assert_in(sct_strerror(s), remedy);
	assert_null(sct_backend(s));
	sct_close(s);
	assert_int_equal(files_open(), 0);
}

#define ALL ((struct sct_options){ 0 })

static void a_session_reads_the_modules_rings(void **state)
{
	const struct sct_event *const *batch;
	struct sct_session *s;

	(void)state;
	assert_int_equal(open_session(&s, (struct sct_options){ .events = "openat" }), 0);
	assert_string_equal(sct_backend(s), "kmod");
	assert_in(log_text, "backend kmod: the module is loaded");
	assert_in(log_text, "interface 2");
	module_writes(0);
	assert_int_equal(sct_next(s, &batch, 0), 1);
	assert_string_equal(sct_event_name(batch[0]), "openat");
	sct_stop(s);
	while (!sct_drained(s))
		assert_int_equal(sct_next(s, &batch, 0), 0);
	sct_close(s);
	assert_int_equal(files_open(), 0);
}

static void the_module_is_told_what_is_wanted(void **state)
{
	struct sct_options opt = { .events = "openat,switch", .snaplen = 33, .argv_max = 5000, .ring_size = 100000 };
	struct sct_session *s;

	(void)state;
	assert_int_equal(open_session(&s, opt), 0);
	assert_int_equal(module.setup.sz, sizeof(module.setup));
	assert_int_equal(module.setup.version, SCT_IOC_VERSION);
	assert_int_equal(module.setup.digest, sct_digest());
	assert_int_equal(module.setup.config.sz, sizeof(module.setup.config));
	assert_null(sct_config_check(&module.setup.config));
	assert_int_equal(module.setup.config.snaplen, 33);
	assert_int_equal(module.setup.config.argv_max, 5000);
	assert_int_equal(module.setup.config.ring_size, 131072);
	assert_int_equal(module.setup.config.pass_default, 1);
	assert_int_equal(module.setup.config.pass_result, SCT_PASS_ANY);
	assert_int_equal(module.setup.config.notes, 0);
	assert_int_equal(module.setup.config.wake_bytes, 131072 / 4);
	assert_int_equal(module.want.nr[SCT_ABI_NATIVE][257].want, SCT_WANT_EXIT);
	assert_int_equal(module.want.nr[SCT_ABI_NATIVE][257].event, SCT_EV_openat_x);
	assert_int_equal(module.want.nr[SCT_ABI_NATIVE][2].want, 0);
	assert_int_equal(module.want.kinds, BIT(sched_switch));
	sct_close(s);
}

static __u32 files_wanted(struct sct_options opt)
{
	struct sct_session *s;

	load(NULL);
	assert_int_equal(open_session(&s, opt), 0);
	sct_close(s);
	return module.setup.config.files;
}

static void the_module_is_told_what_of_files(void **state)
{
	(void)state;
	assert_int_equal(files_wanted((struct sct_options){ .events = "openat" }), SCT_FILES_NONE);
	assert_int_equal(files_wanted((struct sct_options){ .files = true }), SCT_FILES_PATHS);
	assert_int_equal(files_wanted((struct sct_options){ .file_details = true, .ring_size = 1 }),
			 SCT_FILES_DETAILS);
	assert_int_equal(module.setup.config.ring_size, SCT_RING_LARGE);
}

static void the_module_is_told_of_results_and_times(void **state)
{
	struct sct_options opt = {
		.events = "openat,execve", .results = SCT_RESULTS_ERROR, .durations = true,
	};
	struct sct_session *s;

	(void)state;
	assert_int_equal(open_session(&s, opt), 0);
	assert_int_equal(module.setup.config.pass_result, SCT_PASS_ERROR);
	assert_int_equal(module.setup.config.notes, 1);
	assert_int_equal(module.want.nr[SCT_ABI_NATIVE][257].want, SCT_WANT_EXIT | SCT_WANT_TIME);
	assert_int_equal(module.want.nr[SCT_ABI_NATIVE][59].want, SCT_WANT_EXIT | SCT_WANT_TIME);
	assert_int_equal(module.attached[2] & BIT(sys_enter), BIT(sys_enter));
	sct_close(s);
}

/* One consumer: all rings join the descriptor that has been set up. */
static void rings_join_one_consumer(void **state)
{
	struct sct_session *s;
	int fd, consumer = 0;
	unsigned rings = 0;

	(void)state;
	assert_int_equal(open_session(&s, ALL), 0);
	for (fd = 0; fd < MAX_FILES; fd++)
		if (module.is_open[fd] && !module.joined[fd])
			consumer = fd;
	for (fd = 0; fd < MAX_FILES; fd++) {
		if (!module.is_open[fd] || !module.joined[fd])
			continue;
		assert_int_equal(module.joined[fd], consumer);
		rings++;
	}
	assert_int_equal(rings, sysconf(_SC_NPROCESSORS_ONLN));
	assert_int_equal(files_open(), rings + 1);
	sct_close(s);
}

/* Who gets a scope is seen to end; records flow last, and end before the session does. */
static void tracepoints_are_attached_in_order(void **state)
{
	const struct sct_event *const *batch;
	struct sct_session *s;

	(void)state;
	assert_int_equal(open_session(&s, (struct sct_options){ .events = "openat" }), 0);
	assert_int_equal(module.nattached, 3);
	assert_int_equal(module.attached[0], BIT(sched_process_exit));
	assert_int_equal(module.attached[1], BIT(sched_process_exit) | BIT(sched_process_fork) |
			 BIT(sched_process_exec));
	assert_int_equal(module.attached[2], module.attached[1] | BIT(sys_exit));
	sct_stop(s);
	assert_int_equal(sct_next(s, &batch, 0), 1);	/* the loss of what the counters tell of */
	assert_int_equal(module.nattached, 4);
	assert_int_equal(module.attached[3], 0);
	sct_close(s);
}

static void a_program_that_begins_is_followed(void **state)
{
	struct sct_session *s;

	(void)state;
	assert_int_equal(open_session(&s, (struct sct_options){ .events = "openat", .armed = 1 }), 0);
	assert_int_equal(module.setup.config.pass_default, 0);
	assert_int_equal(module.attached[1], BIT(sched_process_exit) | BIT(sched_process_fork) |
			 BIT(sched_process_exec));
	assert_int_equal(sct_traced(s), 1);
	sct_close(s);
}

static void counters_are_the_modules(void **state)
{
	struct sct_stats st = { .sz = sizeof(st) };
	struct sct_session *s;

	(void)state;
	assert_int_equal(open_session(&s, ALL), 0);
	assert_int_equal(sct_stats(s, 0, SCT_EV_openat_x, &st), 0);
	assert_int_equal(st.seen, 10);
	module.counts_error = ENXIO;	/* a number that no CPU has */
	assert_int_equal(sct_stats(s, 0, SCT_EV_openat_x, &st), 0);
	assert_int_equal(st.seen, 0);
	module.counts_error = EIO;
	assert_int_equal(sct_stats(s, 0, SCT_EV_openat_x, &st), -EIO);
	assert_in(sct_strerror(s), "counters of CPU 0");
	sct_close(s);
}

static void two_sessions_are_two_consumers(void **state)
{
	struct sct_session *a, *b;
	unsigned files;

	(void)state;
	assert_int_equal(open_session(&a, ALL), 0);
	files = files_open();
	module.nattached = 0;
	assert_int_equal(open_session(&b, ALL), 0);
	assert_int_equal(files_open(), 2 * files);
	sct_close(a);
	assert_int_equal(files_open(), files);
	sct_close(b);
}

/* ---- what can go wrong ---- */

static void no_module(void **state)
{
	(void)state;
	module.open_error = ENOENT;
	assert_fails(ALL, -ENODEV, "/dev/sctrace0: No such file", "modprobe sctrace");
	module.open_error = ENXIO;
	assert_fails(ALL, -ENODEV, "/dev/sctrace0: No such device", "modprobe sctrace");
}

static void no_permission(void **state)
{
	(void)state;
	module.open_error = EACCES;
	assert_fails(ALL, -EPERM, "no permission to open /dev/sctrace0", "run as root");
}

static void no_descriptor(void **state)
{
	(void)state;
	module.open_error = EMFILE;
	assert_fails(ALL, -EMFILE, "/dev/sctrace0: Too many open files", "ulimit -n");
}

static void another_thing_of_that_name(void **state)
{
	(void)state;
	module.hello_error = ENOTTY;
	assert_fails(ALL, -EPROTO, "/dev/sctrace0 is not what", "Inappropriate ioctl");
}

static void a_module_of_other_tables(void **state)
{
	char ours[32];

	(void)state;
	snprintf(ours, sizeof(ours), "%016llx", (unsigned long long)sct_digest());
	module.hello.digest = 0x123456789abcdefull;
	assert_fails(ALL, -EPROTO, "its tables are 0123456789abcdef", ours);
	assert_fails(ALL, -EPROTO, "install the module", "modprobe sctrace");
	assert_int_equal(module.setup.sz, 0);	/* not even tried */
}

static void a_module_of_another_interface(void **state)
{
	(void)state;
	module.hello.version = SCT_IOC_VERSION + 1;
	assert_fails(ALL, -EPROTO, "its interface is 3", "this library's 2");
}

static void a_kernel_without_a_tracepoint(void **state)
{
	struct sct_session *s;

	(void)state;
	module.hello.kinds &= ~BIT(page_fault_user);
	assert_int_equal(open_session(&s, ALL), 0);	/* it does not need that one */
	sct_close(s);
	assert_fails((struct sct_options){ .events = "openat,page_fault_user" }, -ENOTSUP,
		     "no tracepoint page_fault_user", "chosen events");
	module.hello.kinds &= ~BIT(sched_process_exit);
	assert_fails(ALL, -ENOTSUP, "no tracepoint sched_process_exit", "");
}

static void no_memory(void **state)
{
	(void)state;
	module.setup_error = ENOMEM;
	assert_fails(ALL, -ENOMEM, "rings of 4194304 bytes for each CPU: Cannot allocate", "smaller");
	module.setup_error = 0;
	module.join_error = ENOMEM;
	assert_fails(ALL, -ENOMEM, "ring of 4194304 bytes for CPU 0: Cannot allocate", "smaller");
}

static void no_tracepoint(void **state)
{
	(void)state;
	module.attach_error = EBUSY;
	assert_fails(ALL, -EBUSY, "cannot attach", "Device or resource busy");
}

static void options_for_another_backend(void **state)
{
	(void)state;
	assert_fails((struct sct_options){ .btf = "file" }, -EINVAL, "option btf", "ebpf");
	assert_fails((struct sct_options){ .perf_buffer = true }, -EINVAL, "option perf_buffer", "");
	assert_fails((struct sct_options){ .bpf_object = "file" }, -EINVAL, "option bpf_object", "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_session_reads_the_modules_rings, load),
		cmocka_unit_test_setup(the_module_is_told_what_is_wanted, load),
		cmocka_unit_test_setup(the_module_is_told_what_of_files, load),
		cmocka_unit_test_setup(the_module_is_told_of_results_and_times, load),
		cmocka_unit_test_setup(rings_join_one_consumer, load),
		cmocka_unit_test_setup(tracepoints_are_attached_in_order, load),
		cmocka_unit_test_setup(a_program_that_begins_is_followed, load),
		cmocka_unit_test_setup(counters_are_the_modules, load),
		cmocka_unit_test_setup(two_sessions_are_two_consumers, load),
		cmocka_unit_test_setup(no_module, load),
		cmocka_unit_test_setup(no_permission, load),
		cmocka_unit_test_setup(no_descriptor, load),
		cmocka_unit_test_setup(another_thing_of_that_name, load),
		cmocka_unit_test_setup(a_module_of_other_tables, load),
		cmocka_unit_test_setup(a_module_of_another_interface, load),
		cmocka_unit_test_setup(a_kernel_without_a_tracepoint, load),
		cmocka_unit_test_setup(no_memory, load),
		cmocka_unit_test_setup(no_tracepoint, load),
		cmocka_unit_test_setup(options_for_another_backend, load),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
