// SPDX-License-Identifier: MIT
/*
 * Numbers that are no calls, of each ABI, and arguments at the very end of what is mapped: each
 * call has its record, with what was there.
 */
#include "consumer.h"
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define TIMES 10u
#define X32   0x40000000u

static size_t page;
static pid_t child;

/* The consumer of all calls of the child, on CPU 0. */
static void open_all(struct consumer *c)
{
	consumer_init(c);
	want_all(&c->want, SCT_WANT_EXIT | SCT_WANT_ENTER);
	c->want.kinds = 0;
	c->set.config.ring_size = 2 << 20;
	c->set.config.snaplen = SCT_SNAPLEN_MAX;
	consumer_open(c);
}

/* Runs run() as a child that is traced; nothing may be lost. */
static void trace(struct consumer *c, void (*run)(void *arg))
{
	struct totals t;

	child = spawn(run, NULL);
	wait_for(child);
	consumer_finish(c, &t);
	check(!t.dropped, "%llu are lost", t.dropped);
	consumer_close(c);
}

/* The child itself says from when on, in a mapping of its own: a fork takes none along. */
static void trace_me(struct consumer *c)
{
	__u8 *scope = mmap(NULL, SCT_PID_LIMIT, PROT_READ | PROT_WRITE, MAP_SHARED, c->rings[0].fd,
			   SCT_MMAP_SCOPE);

	check(scope != MAP_FAILED, "%s", strerror(errno));
	run_on(0);
	scope[getpid()] = SCT_SCOPE_TRACE;
}

static struct consumer consumer;

/* ---- numbers ---- */

static const __u32 native[] = {
	SYS_getppid, 1000, SCT_NR_MAX - 2, SCT_NR_MAX - 1, SCT_NR_MAX, SCT_NR_MAX + 1, 0x7fff, 0x10000,
	X32 - 1, X32 + 1000, X32 + SCT_NR_MAX - 1, X32 + SCT_NR_MAX, X32 + 0x10000, 0x7fffffff,
	0x80000000, 0x80000000 + X32 + 1000, 0xfffffffe, 0xffffffff,
};
#define NNATIVE (sizeof(native) / sizeof(native[0]))

/* 64 is getppid. */
static const __u32 ia32[] = {
	64, 1000, SCT_NR_MAX - 1, SCT_NR_MAX, 0x10000, X32 + 64, 0x7fffffff, 0x80000000, 0xfffffffe,
	0xffffffff,
};
#define NIA32 (sizeof(ia32) / sizeof(ia32[0]))

static unsigned found[2][SCT_ABI_MAX][NNATIVE + NIA32];

#ifdef __x86_64__
static long int80(__u32 nr, __u64 arg)
{
	long ret = nr;

	__asm__ volatile("int $0x80" : "+a"(ret)
			 : "b"(arg), "c"(arg), "d"(arg), "S"(arg), "D"(arg)
			 : "memory", "r8", "r9", "r10", "r11");
	return ret;
}
#else
static long int80(__u32 nr, __u64 arg)
{
	(void)nr;
	(void)arg;
	_exit(1);
}
#endif

static void try_int80(void *arg)
{
	(void)arg;
	if ((int)int80(64, 0) <= 0)
		_exit(1);
}

static bool have_int80(void)
{
	int status;
	pid_t pid = spawn(try_int80, NULL);

	must(waitpid(pid, &status, 0));
	return !status;
}

static bool use_int80;

static void call_numbers(void *arg)
{
	unsigned i, n;

	(void)arg;
	trace_me(&consumer);
	for (n = 0; n < TIMES; n++) {
		for (i = 0; i < NNATIVE; i++)
			if (native[i] != SYS_getppid)
				must_fail(syscall(native[i], 1, 2, 3, 4, 5, 6), ENOSYS);
			else
				syscall(native[i], 1, 2, 3, 4, 5, 6);
		for (i = 0; i < NIA32 && use_int80; i++)
			int80(ia32[i], 0xdeadbeef00000001);
	}
}

static __u64 number_param(const struct sct_record *rec, unsigned param)
{
	unsigned len;
	const void *value = record_param(rec, param, &len);
	__u64 n = 0;

	memcpy(&n, value, len < sizeof(n) ? len : sizeof(n));
	return n;
}

static void see_number(struct consumer *c, const struct ring *r, const struct sct_record *rec)
{
	const bool enter = rec->flags & SCT_RF_ENTER;
	const unsigned abi = rec->flags & SCT_RF_ABI_MASK;
	unsigned i;
	__u32 nr;

	(void)c;
	(void)r;
	if (rec->type != SCT_EV_generic_x || (pid_t)rec->tgid != child)
		return;
	nr = number_param(rec, SCT_PARAM(generic_x, nativeID));
	for (i = 0; i < (abi == SCT_ABI_IA32 ? NIA32 : NNATIVE); i++)
		if ((abi == SCT_ABI_IA32 ? ia32 : native)[i] == (nr | (abi == SCT_ABI_X32 ? X32 : 0)))
			break;
	if (i == (abi == SCT_ABI_IA32 ? NIA32 : NNATIVE))
		return;	/* what the child does beside this */
	check(number_param(rec, SCT_PARAM(generic_x, arg0)) == 1, "number %#x of ABI %u: argument %#llx",
	      nr, abi, number_param(rec, SCT_PARAM(generic_x, arg0)));
	if (!enter && nr != SYS_getppid && !(abi == SCT_ABI_IA32 && nr == 64))
		check((__s64)number_param(rec, SCT_PARAM(generic_x, res)) == -ENOSYS,
		      "number %#x of ABI %u: result %lld", nr, abi,
		      (__s64)number_param(rec, SCT_PARAM(generic_x, res)));
	found[enter][abi][i]++;
}

static void numbers(void)
{
	unsigned enter, i, n;

	use_int80 = have_int80();
	open_all(&consumer);
	consumer.seen = see_number;
	consumer_attach(&consumer, KINDS_CALLS);
	trace(&consumer, call_numbers);
	for (enter = 0; enter < 2; enter++) {
		for (i = 0; i < NNATIVE; i++) {
			n = found[enter][SCT_ABI_NATIVE][i] + found[enter][SCT_ABI_X32][i];
			check(n == TIMES, "number %#x, enter %u: %u records of %u calls", native[i], enter,
			      n, TIMES);
			check(!found[enter][SCT_ABI_X32][i] || (native[i] - X32) < SCT_NR_MAX,
			      "number %#x is taken for one of x32", native[i]);
		}
		for (i = 0; i < NIA32 && use_int80; i++) {
			n = found[enter][SCT_ABI_IA32][i];
			check(n == TIMES, "int 0x80, number %#x, enter %u: %u records of %u calls", ia32[i],
			      enter, n, TIMES);
		}
	}
}

/* ---- where memory ends ---- */

static __u8 *edge;	/* four pages, of which the last one isn't there */

static const struct string {
	unsigned bytes;		/* before the end */
	bool nul;		/* is the last of them one? */
} strings[] = {
	{ 1, true }, { 2, true }, { 7, true }, { 8, true }, { 9, true }, { 15, true }, { 16, true },
	{ 17, true }, { 255, true }, { PATH_MAX - 1, true }, { PATH_MAX, true }, { PATH_MAX + 1, true },
	{ PATH_MAX + 8, true }, { 1, false }, { 7, false }, { 8, false }, { 100, false },
	{ PATH_MAX - 1, false }, { PATH_MAX, false }, { PATH_MAX + 1, false },
};
#define NSTRINGS (sizeof(strings) / sizeof(strings[0]))

static const unsigned lengths[] = { 1, 7, 8, 9, 80, 4096, 4097, 12288 };
#define NLENGTHS (sizeof(lengths) / sizeof(lengths[0]))

static unsigned nstrings, nbuffers;

static char *string_at_edge(const struct string *s)
{
	char *p = (char *)edge + 3 * page - s->bytes;

	memset(p, 'a', s->bytes);
	if (s->nul)
		p[s->bytes - 1] = 0;
	return p;
}

static void call_at_edge(void *arg)
{
	static const __u64 counts[] = { 2, 1024, 1025, INT_MAX, 1ull << 31, ~0ull, 1ull << 63 };
	int null = must(open("/dev/null", O_RDWR));
	struct iovec *iov;
	unsigned i;

	(void)arg;
	trace_me(&consumer);
	for (i = 0; i < NSTRINGS; i++)
		syscall(SYS_openat, AT_FDCWD, string_at_edge(&strings[i]), O_RDONLY, 0);
	memset(edge, 'b', 3 * page);
	for (i = 0; i < NLENGTHS; i++)
		must(syscall(SYS_write, null, edge + 3 * page - lengths[i], lengths[i]));
	/* more than there is; these only must not matter to anybody */
	iov = (struct iovec *)(edge + 3 * page) - 1;
	*iov = (struct iovec){ edge, 1ul << 63 };
	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		syscall(SYS_writev, null, iov, counts[i]);
		syscall(SYS_readv, null, iov, counts[i]);
		syscall(SYS_poll, iov, counts[i], 0);
		syscall(SYS_pwrite64, null, edge, counts[i], 0);
		syscall(SYS_write, null, edge + 3 * page - 1, counts[i]);
		syscall(SYS_getcwd, edge + 3 * page, counts[i]);
		syscall(SYS_sendto, null, edge, counts[i], 0, edge, counts[i]);
		syscall(SYS_sendmmsg, null, iov, counts[i], 0);
		syscall(SYS_select, counts[i], edge, edge, edge, edge + 3 * page);
		syscall(SYS_setsockopt, null, 1, 2, edge, counts[i]);
	}
}

static void see_string(const struct sct_record *rec)
{
	const unsigned i = SCT_PARAM(openat_x, name);
	const bool cut = rec->cut >> i & 1, faulted = rec->faulted >> i & 1;
	const struct string *s = &strings[nstrings++];
	unsigned len;

	record_param(rec, i, &len);
	if (!s->nul && s->bytes < PATH_MAX)
		check(faulted && !len, "%u bytes without an end: %u bytes, faulted %u", s->bytes, len,
		      faulted);
	else if (s->bytes > PATH_MAX || !s->nul)
		check(len == PATH_MAX && cut && !faulted, "%u bytes: %u of them, cut %u, faulted %u",
		      s->bytes, len, cut, faulted);
	else
		check(len == s->bytes && !cut && !faulted, "%u bytes: %u of them, cut %u, faulted %u",
		      s->bytes, len, cut, faulted);
}

static void see_buffer(const struct sct_record *rec)
{
	const unsigned i = SCT_PARAM(write_x, data), n = lengths[nbuffers++];
	const __u8 *value;
	unsigned len, k;

	value = record_param(rec, i, &len);
	check(len == 8 + n && !(rec->cut >> i & 1) && !(rec->faulted >> i & 1),
	      "a buffer of %u bytes: %u, cut %#llx, faulted %#llx", n, len, rec->cut, rec->faulted);
	for (k = 8; k < len; k++)
		check(value[k] == 'b', "byte %u of %u is %#x", k - 8, n, value[k]);
}

static void see_edge(struct consumer *c, const struct ring *r, const struct sct_record *rec)
{
	(void)c;
	(void)r;
	if ((pid_t)rec->tgid != child || rec->flags)
		return;
	if (rec->type == SCT_EV_openat_x && nstrings < NSTRINGS)
		see_string(rec);
	if (rec->type == SCT_EV_write_x && nbuffers < NLENGTHS)
		see_buffer(rec);
}

static void edges(void)
{
	edge = mmap(NULL, 4 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	check(edge != MAP_FAILED, "%s", strerror(errno));
	must(mprotect(edge + 3 * page, page, PROT_NONE));
	open_all(&consumer);
	consumer.seen = see_edge;
	consumer_attach(&consumer, KINDS_CALLS);
	trace(&consumer, call_at_edge);
	check(nstrings == NSTRINGS && nbuffers == NLENGTHS, "%u strings, %u buffers", nstrings, nbuffers);
}

int main(void)
{
	begin();
	page = sysconf(_SC_PAGESIZE);
	numbers();
	edges();
	module_reload();
	return 0;
}
