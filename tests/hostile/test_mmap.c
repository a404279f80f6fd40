// SPDX-License-Identifier: MIT
/* mmap(2): what can't be mapped, and that nothing makes a ring's data writable. */
#include "consumer.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define RING (128u << 10)
#define PAGE 4096u
#define ALL  (2 * PAGE + 2 * RING)	/* what a ring shows */
#define NOT  0x5a			/* what must never be found in it */

static struct sct_want want;
static int fd;
static __u8 *ring;	/* mapped as one, read-only */

static bool maps(size_t len, int prot, int flags, __u64 offset)
{
	void *p = mmap(NULL, len, prot, flags, fd, offset);

	if (p != MAP_FAILED)
		must(munmap(p, len));
	return p != MAP_FAILED;
}

/* The records so far, in all that is mapped, are as they were written. */
static void check_untouched(const char *after)
{
	const struct sct_ring_page *writer = (void *)(ring + PAGE);
	const __u8 *data = ring + 2 * PAGE;
	const struct sct_record *rec;
	__u64 at, head = load_acquire(&writer->position);

	check(head && head <= RING, "%s: the writer is at %llu", after, head);
	for (at = 0; at < head; at += rec->len) {
		rec = (void *)(data + at);
		check_record(rec, head - at, SCT_SNAPLEN_DEF);
	}
	check(!memcmp(data, data + RING, RING), "%s: the data's two places differ", after);
}

static void make_consumer(void)
{
	struct sct_setup s = setup_for(&want);

	run_on(0);
	s.config.ring_size = RING;
	s.config.pass_default = 1;
	fd = device_open(0, O_RDWR);
	must(setup(fd, &s));
	must(attach(fd, 1u << SCT_KIND_sys_exit));
	call_getppid(100);
	must(attach(fd, 0));
	ring = mmap(NULL, ALL, PROT_READ, MAP_SHARED, fd, 0);
	check(ring != MAP_FAILED, "%s", strerror(errno));
	check_untouched("begin");
}

/* ---- what can be mapped ---- */

static void places(void)
{
	const __u64 scope = SCT_MMAP_SCOPE;
	unsigned first, n, pages = ALL / PAGE;

	for (first = 0; first < pages + 2; first++)
		for (n = 1; n < pages + 3; n += n < 4 ? 1 : 7)
			check(maps(n * PAGE, PROT_READ, MAP_SHARED, first * PAGE) == (first + n <= pages),
			      "%u pages from %u of %u", n, first, pages);
	check(!maps(ALL + 1, PROT_READ, MAP_SHARED, 0), "a byte more than there is");
	check(!maps(PAGE, PROT_READ, MAP_SHARED, 1ull << 31), "behind the ring");
	check(!maps(PAGE, PROT_READ, MAP_SHARED, scope - PAGE), "before the scope");
	check(!maps(2 * PAGE, PROT_READ, MAP_SHARED, scope - PAGE), "into the scope");
	check(maps(SCT_PID_LIMIT, PROT_READ | PROT_WRITE, MAP_SHARED, scope), "the scope");
	check(maps(PAGE, PROT_WRITE, MAP_SHARED, scope + SCT_PID_LIMIT - PAGE), "the scope's end");
	check(!maps(SCT_PID_LIMIT + PAGE, PROT_READ, MAP_SHARED, scope), "more than the scope");
	check(!maps(PAGE, PROT_READ, MAP_SHARED, scope + SCT_PID_LIMIT), "behind the scope");
	check(!maps(PAGE, PROT_READ, MAP_SHARED, 2 * scope), "far behind the scope");
	check(!maps(PAGE, PROT_READ, MAP_SHARED, (1ull << 63) - PAGE), "at the end of numbers");
	check(!maps(PAGE, PROT_READ, MAP_SHARED, -(__u64)PAGE), "at the end of numbers");
	check(!maps(2 * PAGE, PROT_READ, MAP_SHARED, -(__u64)PAGE), "across the end of numbers");
}

static void protections(void)
{
	static const int shares[] = { MAP_SHARED, MAP_PRIVATE, MAP_SHARED_VALIDATE };
	static const int extra[] = { 0, MAP_POPULATE, MAP_LOCKED, MAP_NORESERVE, MAP_NONBLOCK, MAP_32BIT };
	unsigned s, e, prot, page;
	bool may;

	for (s = 0; s < 3; s++) {
		for (e = 0; e < sizeof(extra) / sizeof(extra[0]); e++) {
			for (prot = 0; prot < 8; prot++) {
				for (page = 0; page < 4; page++) {
					may = shares[s] != MAP_PRIVATE &&
					      (!page || !(prot & PROT_WRITE));
					if (s == 2 && e)	/* which flags it knows is the kernel's thing */
						continue;
					check(maps(PAGE, prot, shares[s] | extra[e], page * PAGE) == may,
					      "page %u, prot %u, flags %#x", page, prot,
					      shares[s] | extra[e]);
				}
				check(!(prot & PROT_WRITE) || !maps(2 * PAGE, prot, shares[s], 0),
				      "the writer's page is writable behind the reader's");
			}
		}
	}
	check(!maps(PAGE, PROT_READ, MAP_PRIVATE, SCT_MMAP_SCOPE), "a private scope");
}

/* A file that is mapped at the ring's place must not matter for what comes after it. */
static void nothing_writable_later(void)
{
	__u8 *p;
	unsigned i;

	for (i = 1; i < 8; i++) {
		must_fail(mprotect(ring, ALL, i | PROT_WRITE), EACCES);
		must_fail(mprotect(ring, PAGE, i | PROT_WRITE), EACCES);
		must_fail(mprotect(ring + 2 * PAGE, PAGE, i | PROT_WRITE), EACCES);
		must_fail(mprotect(ring + ALL - PAGE, PAGE, i | PROT_WRITE), EACCES);
	}
	must(mprotect(ring, ALL, PROT_NONE));
	must_fail(mprotect(ring, ALL, PROT_READ | PROT_WRITE), EACCES);
	must(mprotect(ring, ALL, PROT_READ));
	check_untouched("mprotect");

	/* the reader's page is writable, what it is made to be is not */
	p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	check(p != MAP_FAILED, "%s", strerror(errno));
	for (i = 1; i < 5; i++)
		check(syscall(SYS_remap_file_pages, p, PAGE, 0, i, 0) == -1,
		      "remap_file_pages() makes page %u writable", i);
	munmap(p, PAGE);
	check_untouched("remap_file_pages");
}

static void remapped(void)
{
	__u8 *p = mmap(NULL, ALL, PROT_READ, MAP_SHARED, fd, 0), *q;

	check(p != MAP_FAILED, "%s", strerror(errno));
	check(mremap(p, ALL, ALL + PAGE, MREMAP_MAYMOVE) == MAP_FAILED, "it grows");
	check(mremap(p + PAGE, PAGE, 2 * PAGE, MREMAP_MAYMOVE) == MAP_FAILED, "a part of it grows");
	check(mremap(p, 0, ALL + PAGE, MREMAP_MAYMOVE) == MAP_FAILED, "a longer second one");
	q = mmap(NULL, ALL, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	check(q != MAP_FAILED, "%s", strerror(errno));
	q = mremap(p, ALL, ALL, MREMAP_MAYMOVE | MREMAP_FIXED, q);
	if (q == MAP_FAILED)
		q = p;	/* refused is well, too */
	check(!memcmp(q + 2 * PAGE, ring + 2 * PAGE, 2 * RING), "moved, it is something else");
	must_fail(mprotect(q + 2 * PAGE, PAGE, PROT_READ | PROT_WRITE), EACCES);
	must(munmap(q + 3 * PAGE, PAGE));	/* a hole */
	must(munmap(q, PAGE));
	check(!memcmp(q + 4 * PAGE, ring + 4 * PAGE, 2 * PAGE), "beside the hole");
	must(munmap(q, ALL));
	check_untouched("mremap");
}

/* ---- other ways to write ---- */

static void by_proc_mem(void)
{
	int mem = must(open("/proc/self/mem", O_RDWR));
	__u8 bytes[64];

	memset(bytes, NOT, sizeof(bytes));
	check(pwrite(mem, bytes, sizeof(bytes), (unsigned long)ring + 2 * PAGE) == -1,
	      "/proc/self/mem writes into the data");
	check(pwrite(mem, bytes, 8, (unsigned long)ring + PAGE) == -1,
	      "/proc/self/mem moves the writer");
	check(pwrite(mem, bytes, 8, (unsigned long)ring) == -1,
	      "/proc/self/mem writes to what is mapped read-only");
	check(pread(mem, bytes, sizeof(bytes), (unsigned long)ring + 2 * PAGE) <= (long)sizeof(bytes),
	      "too much");
	must(close(mem));
	check_untouched("/proc/self/mem");
}

static void sleep_for_ever(void *arg)
{
	__u8 *p = mmap(ring, ALL, PROT_READ, MAP_SHARED | MAP_FIXED, fd, 0);

	check(p == ring, "%s", strerror(errno));
	must(write(*(int *)arg, "x", 1));
	for (;;)
		pause();
}

static void by_others(void)
{
	__u8 bytes[64];
	struct iovec local = { bytes, sizeof(bytes) }, remote = { ring + 2 * PAGE, sizeof(bytes) };
	int said[2], status;
	pid_t pid;

	must(pipe(said));
	pid = spawn(sleep_for_ever, &said[1]);
	must(read(said[0], bytes, 1));
	memset(bytes, NOT, sizeof(bytes));
	check(process_vm_writev(pid, &local, 1, &remote, 1, 0) == -1, "process_vm_writev() works");
	must(ptrace(PTRACE_ATTACH, pid, NULL, NULL));
	must(waitpid(pid, &status, 0));
	check(ptrace(PTRACE_POKEDATA, pid, ring + 2 * PAGE, (void *)0x5a5a5a5a5a5a5a5aul) == -1,
	      "PTRACE_POKEDATA works");
	check(ptrace(PTRACE_POKETEXT, pid, ring + PAGE, (void *)0x5a5a5a5a5a5a5a5aul) == -1,
	      "PTRACE_POKETEXT works");
	errno = 0;
	ptrace(PTRACE_PEEKDATA, pid, ring + 2 * PAGE, NULL);
	must(ptrace(PTRACE_DETACH, pid, NULL, NULL));
	end_child(pid);
	must(close(said[0]));
	must(close(said[1]));
	check_untouched("another process");
}

/* The kernel itself writes for a call: into a file's content, and a call's result. */
static void by_the_kernel(void)
{
	int zero = must(open("/dev/zero", O_RDONLY)), pair[2];
	struct iovec iov = { ring + 2 * PAGE, 64 };

	must_fail(read(zero, ring + 2 * PAGE, 64), EFAULT);
	must_fail(read(zero, ring + PAGE, 8), EFAULT);
	must(pipe(pair));
	must_fail(pipe((int *)(ring + 2 * PAGE)), EFAULT);
	must_fail(syscall(SYS_clock_gettime, 0, ring + 2 * PAGE), EFAULT);
	/* its pages can go through a pipe, not into it */
	if (vmsplice(pair[1], &iov, 1, SPLICE_F_GIFT) > 0)
		check(read(pair[0], (char[64]){ 0 }, 64) == 64, "%s", strerror(errno));
	must(close(pair[0]));
	must(close(pair[1]));
	must(close(zero));
	check_untouched("a call");
}

/* ---- advice ---- */

static void touch(void *p)
{
	(void)*(volatile __u8 *)p;
}

static int dies_of(void *p)
{
	pid_t pid = must(fork());
	int status;

	if (!pid) {
		touch(p);
		_exit(0);
	}
	must(waitpid(pid, &status, 0));
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void advised(void)
{
	static const int advice[] = {
		MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED, MADV_DONTNEED, MADV_FREE,
		MADV_REMOVE, MADV_DOFORK, MADV_MERGEABLE, MADV_HUGEPAGE, MADV_DODUMP, MADV_WIPEONFORK,
		MADV_COLD, MADV_PAGEOUT, MADV_POPULATE_READ, MADV_POPULATE_WRITE,
	};
	unsigned i, k;
	__u8 *p;

	for (i = 0; i < sizeof(advice) / sizeof(advice[0]); i++) {
		p = mmap(NULL, ALL, PROT_READ, MAP_SHARED, fd, 0);
		check(p != MAP_FAILED, "%s", strerror(errno));
		madvise(p, ALL, advice[i]);
		must_fail(mprotect(p + 2 * PAGE, PAGE, PROT_READ | PROT_WRITE), EACCES);
		/* the child has none of it, whatever the advice was; no other page takes its place */
		k = dies_of(p + 2 * PAGE);
		check(k == SIGSEGV || k == SIGBUS || (advice[i] == MADV_DOFORK && !k),
		      "advice %d: a child touches it and gets signal %u", advice[i], k);
		must(munmap(p, ALL));
		check_untouched("madvise");
	}
	/* thrown away, a page is gone, and not replaced by an empty one */
	p = mmap(NULL, ALL, PROT_READ, MAP_SHARED, fd, 0);
	check(p != MAP_FAILED, "%s", strerror(errno));
	if (!madvise(p, ALL, MADV_DONTNEED) && !madvise(p, ALL, MADV_DOFORK))
		check(dies_of(p + 2 * PAGE) == SIGBUS, "a page that was thrown away is another one");
	must(munmap(p, ALL));

	must(mlock(ring, ALL));
	must(munlock(ring, ALL));
	mlockall(MCL_CURRENT | MCL_FUTURE);
	check(maps(ALL, PROT_READ, MAP_SHARED, 0), "under mlockall()");
	munlockall();
	msync(ring, ALL, MS_SYNC);	/* works or not: there is nothing to do */
	check_untouched("mlock");
}

/* ---- the reader's page and the scope ---- */

static void reader_and_scope(void)
{
	struct sct_ring_page *reader = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	__u8 *scope = mmap(NULL, SCT_PID_LIMIT, PROT_READ | PROT_WRITE, MAP_SHARED, fd, SCT_MMAP_SCOPE);
	__u8 *again = mmap(NULL, SCT_PID_LIMIT, PROT_READ, MAP_SHARED, fd, SCT_MMAP_SCOPE);
	unsigned i;

	check(reader != MAP_FAILED && scope != MAP_FAILED && again != MAP_FAILED, "%s", strerror(errno));
	reader->position = 8;
	check(((struct sct_ring_page *)ring)->position == 8, "the reader's page is shown differently");
	reader->position = 0;
	for (i = 0; i < 64; i++)
		scope[i * (SCT_PID_LIMIT / 64)] = i;
	for (i = 0; i < 64; i++)
		check(again[i * (SCT_PID_LIMIT / 64)] == i, "the scope is shown differently");
	/* nothing of others' memory behind it: all pages are its own */
	for (i = PAGE + 8; i < 2 * PAGE; i++)
		check(!ring[i], "byte %u of the writer's page is %#x", i - PAGE, ring[i]);
	must(munmap(scope, SCT_PID_LIMIT));
	must(munmap(again, SCT_PID_LIMIT));
	must(munmap(reader, PAGE));
}

/* Records that lie across the data's end are in one piece. */
static void across_the_end(void)
{
	struct sct_ring_page *reader = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	const struct sct_ring_page *writer = (void *)(ring + PAGE);
	const struct sct_record *rec;
	unsigned across = 0, turn;
	__u64 tail = 0, head;

	check(reader != MAP_FAILED, "%s", strerror(errno));
	must(attach(fd, 1u << SCT_KIND_sys_exit));
	for (turn = 0; across < 2 && turn < 1000; turn++) {
		head = load_acquire(&writer->position);
		for (; tail < head; tail += rec->len) {
			rec = (void *)(ring + 2 * PAGE + (tail & (RING - 1)));
			check_record(rec, head - tail, SCT_SNAPLEN_DEF);
			across += (tail & (RING - 1)) + rec->len > RING;
		}
		store_release(&reader->position, tail);
		call_getppid(100);
	}
	check(across >= 2, "no record lies across the end after %llu bytes", tail);
	must(attach(fd, 0));
	check(!memcmp(ring + 2 * PAGE, ring + 2 * PAGE + RING, RING), "the data's two places differ");
	must(munmap(reader, PAGE));
}

int main(void)
{
	begin();
	want_getppid(&want);
	make_consumer();
	places();
	protections();
	nothing_writable_later();
	remapped();
	by_proc_mem();
	by_others();
	by_the_kernel();
	advised();
	reader_and_scope();
	across_the_end();
	must(close(fd));
	must(munmap(ring, ALL));
	run_anywhere();
	module_reload();
	return 0;
}
