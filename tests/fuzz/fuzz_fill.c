// SPDX-License-Identifier: MIT
/*
 * The fillers over any arguments, result and memory: what they write is a record that the library
 * takes, and that prints.  Each read of user memory has the next bytes of the input, wherever it
 * is: memory changes while they look at it, as another thread can have it.
 */
#include "../unit/fillers.h"
#include "fuzz.h"

/* ---- instead of cmocka's: the host build of the fillers fails with these ---- */

void print_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
}

void _fail(const char *file, int line)
{
	REQUIRE(0, "from %s:%d", file, line);
}

void _assert_true(const LargestIntegralType result, const char *expression, const char *file, int line)
{
	REQUIRE(result, "%s, from %s:%d", expression, file, line);
}

void _assert_int_equal(const LargestIntegralType a, const LargestIntegralType b, const char *file,
		       int line)
{
	REQUIRE(a == b, "from %s:%d", file, line);
}

void _assert_int_not_equal(const LargestIntegralType a, const LargestIntegralType b, const char *file,
			   int line)
{
	REQUIRE(a != b, "from %s:%d", file, line);
}

void _assert_in_range(const LargestIntegralType v, const LargestIntegralType min,
		      const LargestIntegralType max, const char *file, int line)
{
	REQUIRE(v >= min && v <= max, "from %s:%d", file, line);
}

/* ---- user memory ---- */

static struct fuzz_input memory;

#define FAULTS	 0xf0u	/* a read that begins with this or more is one of what cannot be read */
#define REPEATED 0xe0u	/* with this or more, all of it is the next byte */

static int read_user(void *dst, __u64 uptr, __u32 n)
{
	unsigned how;

	if (uptr < 4096 || uptr >> 47)
		return -EFAULT;
	how = fuzz_take(&memory, 1);
	if (how >= FAULTS)
		return -EFAULT;
	if (how >= REPEATED)
		memset(dst, fuzz_take(&memory, 1), n);
	else
		fuzz_bytes(&memory, dst, n);
	return 0;
}

/* ---- kernel memory ---- */

static char *string(struct fuzz_input *in, char *to, size_t size)
{
	size_t len = fuzz_take(in, 1), i;

	if (len == 255)
		len = size - 1;	/* longer than what is kept */
	fuzz_bytes(in, to, len);
	to[len] = 0;
	for (i = 0; i < len; i++)
		to[i] = to[i] ? to[i] : '/';
	return to;
}

static void set_strings(struct fuzz_input *in)
{
	static char comm[16], cgroups[512];
	unsigned i = 0;

	fuzz_bytes(in, comm, sizeof(comm) - 1);
	fake.comm = comm;
#define X(name)								\
	{								\
		static char name[SCT_SIZE_PATH + 300];			\
		fake.name = string(in, name, sizeof(name));		\
	}
	SCT_FAKE_STRINGS(X)
#undef X
	for (i = 0; i < 2; i++)
		string(in, cgroups + 256 * i, 256);
	cgroups[sizeof(cgroups) - 1] = 0;
	fake.cgroups = cgroups;
	fake.cgroups_len = fuzz_take(in, 1);
	if (fake.cgroups_len)
		cgroups[fake.cgroups_len - 1] = 0;
}

static void set_sockets(struct fuzz_input *in)
{
	fake.local_len = fuzz_take(in, 1) % (sizeof(fake.local) + 1);
	fake.remote_len = fuzz_take(in, 1) % (sizeof(fake.remote) + 1);
	fuzz_bytes(in, fake.local, fake.local_len);
	fuzz_bytes(in, fake.remote, fake.remote_len);
	fake.queue_len = fuzz_take(in, 4);
	fake.queue_max = fuzz_take(in, 4);
	fake.no_socket = fuzz_take(in, 1) > 200;
}

static void set_files(struct fuzz_input *in)
{
	static const __u16 modes[] = { 0, SCT_S_IFSOCK, SCT_S_IFCHR, SCT_S_IFBLK };

	fake.closed_fd = fuzz_take(in, 1);
	fake.fd_deleted = fuzz_take(in, 1) & 1;
	fake.fd_magic = fuzz_take(in, 4);
	fake.fd_inode.ino = fuzz_take(in, 1);
	fake.fd_created = fuzz_take(in, 1);
	fake.cfg.files = fuzz_take(in, 1) & 1 ? SCT_FILES_DETAILS : SCT_FILES_PATHS;
	fake.fd_details.mode = modes[fuzz_take(in, 1) % 4];
	fuzz_bytes(in, &fake.fd_details.family,
		   sizeof(fake.fd_details) - offsetof(struct sct_fd_details, family));
	fake.exe_memfd = fuzz_take(in, 1) & 1;
}

static void set_limits(struct fuzz_input *in)
{
	fake.cfg.snaplen = fuzz_take(in, 2) % (SCT_SNAPLEN_MAX + 1);
	fake.cfg.argv_max = 1 + fuzz_take(in, 2) % SCT_ARGV_MAX;
	fake.cfg.argv_failed = fake.cfg.argv_max;
	fake.given = fuzz_take(in, 8);
	fake.nr = fuzz_take(in, 4);
}

static void set_tasks(struct fuzz_input *in)
{
	fuzz_bytes(in, &fake.mm, sizeof(fake.mm));
	fuzz_bytes(in, &fake.uring, sizeof(fake.uring));
	fake.signal_code = fuzz_take(in, 4);
	fake.signal_pid = fuzz_take(in, 4);
	fuzz_bytes(in, &fake.task, sizeof(fake.task));
}

static void set_kernel(struct fuzz_input *in)
{
	static void (*const set[])(struct fuzz_input *in) = {
		set_strings, set_sockets, set_files, set_limits, set_tasks,
	};
	unsigned which = fuzz_take(in, 1), i;

	fake_reset();
	for (i = 0; i < ARRAY_SIZE(set); i++)
		if (which >> i & 1)
			set[i](in);
	fake.read_user = read_user;
}

/* ---- a call ---- */

/* Arguments of tracepoints, which point into the kernel. */
static __u64 kernel_number(struct fuzz_input *in)
{
	switch (fuzz_take(in, 1) % 6) {
	case 0:
		return (__u64)&fake;
	case 1:
		return (__u64)&fake.task;
	case 2:
		return (__u64)&fake.other;
	case 3:
		return fuzz_take(in, 8);
	default:
		return fuzz_take(in, 1);
	}
}

static __u64 argument(struct fuzz_input *in, const struct sct_event_row *event)
{
	const struct sct_param *param = &event->params[fuzz_take(in, 1) % event->info.nparams];
	__u64 v = event->info.is_call ? fuzz_number(in, &sct_types[param->type]) : kernel_number(in);

	if (fake.row != SCT_SYS_NONE && (fake.flags & SCT_RF_ABI_MASK) == SCT_ABI_IA32)
		v = (__u32)v;	/* so are its registers */
	return v;
}

static void print_record(const struct sct_record *rec)
{
	struct sct_event event = {
		.real_minus_boot = 1700000000000000000ll, .decoder = fuzz_decoder(),
	};
	const char *why;
	void *copy = malloc(rec->len);

	REQUIRE(copy, "no memory");
	event.rec = memcpy(copy, rec, rec->len);
	REQUIRE(!sct_record_check(event.rec, rec->len, &why), "%s: %s", rows[rec->type].id, why);
	fuzz_print(&event);
	free(copy);
}

static void run(struct fuzz_input *in, unsigned id)
{
	unsigned how = fuzz_take(in, 1), i;
	int enter = rows[id].kind == ROW_CALL && how & 4;
	__u64 args[6];
	__s64 ret;

	fake.row = fuzz_row(in, id);
	fake.flags = how % 4 % SCT_ABI_MAX;
	if (fake.row != SCT_SYS_NONE)
		fake.flags |= sct_call_flags[fake.row] & SCT_SF_TIME64;
	for (i = 0; i < 6; i++)
		args[i] = argument(in, &sct_events[id]);
	ret = enter ? 0 : (__s64)fuzz_number(in, &sct_types[SCT_T_RES]);
	memory = *in;
	fill_row(id, enter, ret, args);		/* which looks at its form */
	memory = *in;
	print_record(fill_record(id, enter, ret, args, !!(how & 8)));
}

/* ---- the fuzzer's way in ---- */

static __u16 fillers[SCT_EV_MAX];
static unsigned nfillers;

int LLVMFuzzerTestOneInput(const __u8 *data, size_t size)
{
	struct fuzz_input in = { data, size };
	unsigned id = fillers[fuzz_take(&in, 2) % nfillers];

	fuzz_print_start(&in);
	set_kernel(&in);
	run(&in, id);
	fuzz_print_end();
	return 0;
}

#define FORMS 4u

/* Each filler for callers of each kind, and at the begin of the call. */
static size_t seed(unsigned i, __u8 *to)
{
	static const __u8 form[FORMS] = { SCT_ABI_NATIVE | 8, SCT_ABI_IA32, SCT_ABI_X32, 4 };

	to[0] = i / FORMS;
	to[1] = i / FORMS >> 8;
	to[2] = 2;	/* options */
	to[3] = 0;	/* the kernel's memory is as in unit tests */
	to[4] = form[i % FORMS];
	return 5;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	unsigned id;

	for_each_filler(id)
		fillers[nfillers++] = id;
	fuzz_seeds(*argc, *argv, FORMS * nfillers, seed);
	return 0;
}
