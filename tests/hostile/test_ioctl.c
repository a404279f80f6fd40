// SPDX-License-Identifier: MIT
/* ioctl(2): each wrong argument has its error; random ones, and races between calls, do no harm. */
#include "consumer.h"
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>

static struct sct_want want;
static struct sct_counts counts;

/* Two pages: behind the first is nothing. */
static __u8 *edge;
static size_t page;

static void *at_edge(const void *from, size_t n)
{
	return memcpy(edge + page - n, from, n);
}

static const unsigned numbers[] = {
	SCT_IOC_HELLO, SCT_IOC_JOIN, SCT_IOC_SETUP, SCT_IOC_ATTACH, SCT_IOC_WANT, SCT_IOC_COUNTS,
};
#define NNUMBERS (sizeof(numbers) / sizeof(numbers[0]))

static int try(unsigned nr, const void *arg)
{
	int fd = device_open(0, O_RDWR), err = ioctl(fd, nr, arg) ? errno : 0;

	must(close(fd));
	return err;
}

/* A consumer that is set up. */
static int ready(void)
{
	struct sct_setup s = setup_for(&want);
	int fd = device_open(0, O_RDWR);

	s.config.ring_size = SCT_RING_MIN;
	s.config.wake_bytes = 0;
	must(setup(fd, &s));
	return fd;
}

/* ---- numbers and pointers ---- */

static void unknown_numbers(void)
{
	int fd = ready();
	unsigned nr, i;

	for (nr = 0; nr < 0x200; nr++) {
		for (i = 0; i < NNUMBERS && numbers[i] != (nr | _IO('s', 0)); i++)
			;
		if (i == NNUMBERS)
			must_fail(ioctl(fd, nr | _IO('s', 0), &want), ENOTTY);
	}
	for (i = 0; i < NNUMBERS; i++)	/* no other direction, size or type */
		for (nr = 8; nr < 32; nr++)
			must_fail(ioctl(fd, numbers[i] ^ 1u << nr, &want), ENOTTY);
	must_fail(ioctl(fd, ~0u, &want), ENOTTY);
	must(close(fd));
}

static void bad_pointers(void)
{
	static const unsigned long bad[] = {
		0, 1, 4095, 0x7ffffffffff8, 0x800000000000, 0xffff800000000000, 0xffffffff81000000,
		-4096ul, -8ul, -1ul,
	};
	int fd = ready();
	unsigned i, k;

	for (i = 0; i < NNUMBERS; i++) {
		for (k = 0; k < sizeof(bad) / sizeof(bad[0]); k++) {
			must_fail(ioctl(fd, numbers[i], bad[k]), EFAULT);
			check(try(SCT_IOC_SETUP, (void *)bad[k]) == EFAULT, "setup at %#lx", bad[k]);
		}
		must_fail(ioctl(fd, numbers[i], edge + page), EFAULT);
		must_fail(ioctl(fd, numbers[i], edge + page - 3), EFAULT);
	}
	must(close(fd));
}

/* What is inside of a struct, too. */
static void bad_inner_pointers(void)
{
	struct sct_setup s = setup_for((void *)(edge + page - 64));
	struct sct_ioc_counts c = { .sz = sizeof(c), .counts = (unsigned long)(edge + page - 64) };
	__u64 arg = (unsigned long)(edge + page - sizeof(want) + 1);
	int fd = ready();

	check(try(SCT_IOC_SETUP, &s) == EFAULT, "setup takes a want of which a part is missing");
	s.want = -4096ull;
	check(try(SCT_IOC_SETUP, &s) == EFAULT, "setup takes a want in the kernel");
	must_fail(ioctl(fd, SCT_IOC_WANT, &arg), EFAULT);
	must_fail(ioctl(fd, SCT_IOC_COUNTS, &c), EFAULT);
	c.counts = 0xffff888000000000ull;
	must_fail(ioctl(fd, SCT_IOC_COUNTS, &c), EFAULT);
	c.counts = (unsigned long)numbers;	/* read-only */
	must_fail(ioctl(fd, SCT_IOC_COUNTS, &c), EFAULT);
	must(close(fd));
}

/* The last bytes of a page are enough. */
static void at_the_end_of_a_page(void)
{
	struct sct_hello h = { .sz = sizeof(h) }, *hp = at_edge(&h, sizeof(h));
	struct sct_setup s = setup_for(&want);
	struct sct_ioc_counts c = { .sz = sizeof(c), .counts = (unsigned long)&counts };
	int fd = device_open(0, O_RDWR), other = device_open(0, O_RDWR);
	__u64 arg = (unsigned long)&want;
	__u32 kinds = 0;

	must(ioctl(fd, SCT_IOC_HELLO, hp));
	check(hp->version == SCT_IOC_VERSION, "version %u", hp->version);
	must(ioctl(fd, SCT_IOC_SETUP, at_edge(&s, sizeof(s))));
	must(ioctl(fd, SCT_IOC_COUNTS, at_edge(&c, sizeof(c))));
	must(ioctl(fd, SCT_IOC_WANT, at_edge(&arg, sizeof(arg))));
	must(ioctl(fd, SCT_IOC_ATTACH, at_edge(&kinds, sizeof(kinds))));
	must(ioctl(other, SCT_IOC_JOIN, at_edge(&fd, sizeof(fd))));
	must(close(fd));
	must(close(other));
}

static void read_only_memory(void)
{
	struct sct_hello h = { .sz = sizeof(h) };
	struct sct_setup s = setup_for(&want);
	void *p = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	check(p != MAP_FAILED, "%s", strerror(errno));
	memcpy(p, &h, sizeof(h));
	must(mprotect(p, page, PROT_READ));
	check(try(SCT_IOC_HELLO, p) == EFAULT, "hello answers into read-only memory");
	must(mprotect(p, page, PROT_READ | PROT_WRITE));
	memcpy(p, &s, sizeof(s));
	must(mprotect(p, page, PROT_READ));
	check(!try(SCT_IOC_SETUP, p), "setup only reads: %s", strerror(errno));
	must(munmap(p, page));
}

/* ---- sizes ---- */

/* The errno of nr with a struct of sz bytes, of which the n known ones are `known`, then `tail`. */
static int with_size(int fd, unsigned nr, const void *known, size_t n, __u32 sz, __u8 tail)
{
	static __u8 buf[8192];

	memset(buf, 0, sizeof(buf));
	memcpy(buf, known, n);
	memcpy(buf, &sz, sizeof(sz));
	if (sz > n && sz <= sizeof(buf))
		buf[sz - 1] |= tail;
	return ioctl(fd, nr, buf) ? errno : 0;
}

static void sizes_of(unsigned nr, const void *known, size_t n, int fd)
{
	static const __u32 refused[] = { 0, 1, 3 };
	static const __u32 huge[] = { 65536, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff };
	unsigned i;
	int err;

	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		check(with_size(fd, nr, known, n, refused[i], 0) == EINVAL, "%#x, size %u: errno %d", nr,
		      refused[i], with_size(fd, nr, known, n, refused[i], 0));
	for (i = 0; i < sizeof(huge) / sizeof(huge[0]); i++) {
		err = with_size(fd, nr, known, n, huge[i], 0);
		check(err == E2BIG || err == EINVAL, "%#x, size %u: errno %d", nr, huge[i], err);
	}
	for (i = n + 1; i <= 4096; i = i * 2 + 1)
		check(with_size(fd, nr, known, n, i, 1) == E2BIG, "%#x, size %u, not 0: errno %d", nr, i,
		      with_size(fd, nr, known, n, i, 1));
}

static void sizes(void)
{
	struct sct_hello h = { 0 };
	struct sct_setup s = setup_for(&want);
	struct sct_ioc_counts c = { .counts = (unsigned long)&counts };
	int fd = ready(), empty = device_open(0, O_RDWR), err;
	__u8 small[32];
	unsigned i;

	sizes_of(SCT_IOC_HELLO, &h, sizeof(h), fd);
	sizes_of(SCT_IOC_SETUP, &s, sizeof(s), empty);
	sizes_of(SCT_IOC_COUNTS, &c, sizeof(c), fd);
	check(!with_size(fd, SCT_IOC_HELLO, &h, sizeof(h), 4096, 0), "a longer hello is refused");
	check(!with_size(fd, SCT_IOC_COUNTS, &c, sizeof(c), 100, 0), "longer counts are refused");

	/* no byte more than the caller knows */
	for (i = 4; i <= sizeof(small); i++) {
		memset(small, 0x5a, sizeof(small));
		memcpy(small, &i, sizeof(i));
		must(ioctl(fd, SCT_IOC_HELLO, small));
		for (err = i; err < (int)sizeof(small); err++)
			check(small[err] == 0x5a, "a hello of %u bytes: byte %d is written", i, err);
	}
	/* what a short one lacks is 0: no version, no digest, no configuration, or a part of it that says it is whole */
	for (i = 4; i < sizeof(s); i += 4) {
		err = with_size(empty, SCT_IOC_SETUP, &s, sizeof(s), i, 0);
		check(err == (i < 16 ? EPROTO : EINVAL), "setup of %u bytes: errno %d", i, err);
	}
	check(!with_size(empty, SCT_IOC_SETUP, &s, sizeof(s), 4096, 0), "a longer setup is refused");
	must(close(fd));
	must(close(empty));
}

/* ---- the size of the configuration, at the end of the setup ---- */

/*
 * The errno of a setup that ends `more` bytes behind a whole configuration; sz is what that says of itself, and `tail`
 * its last byte.
 */
static int with_config(const struct sct_config *config, int more, __u32 sz, __u8 tail)
{
	static __u8 buf[8192];
	struct sct_setup s = setup_for(&want);

	s.sz = sizeof(s) + more;
	s.config = *config;
	s.config.sz = sz;
	memset(buf, 0, sizeof(buf));
	memcpy(buf, &s, sizeof(s));
	if (tail)
		buf[offsetof(struct sct_setup, config) + sz - 1] = tail;
	return try(SCT_IOC_SETUP, buf);
}

static void config_sizes(void)
{
	const struct sct_config all = setup_for(&want).config;
	const unsigned rings = offsetof(struct sct_config, ring_size) + 4;	/* the lower half says it all */
	struct sct_config c = { 0 };
	unsigned i, known = sizeof(all);
	int err;

	for (i = 0; i < 4; i++)
		check(with_config(&all, 0, i, 0) == EINVAL, "a configuration of %u bytes is taken", i);
	/* what a shorter one lacks is 0, which is fine but for the size of rings; it has to be 0 where there is room */
	for (i = 4; i < known; i += 4) {
		memset(&c, 0, sizeof(c));
		memcpy(&c, &all, i);
		err = with_config(&c, (int)i - (int)known, i, 0);
		check(err == (i < rings ? EINVAL : 0), "a configuration of %u bytes: errno %d", i, err);
		err = with_config(&c, 0, i, 0);
		check(err == (i < rings ? EINVAL : 0), "one of %u bytes, and 0 behind: errno %d", i, err);
		((__u8 *)&c)[known - 1] = 1;
		check(with_config(&c, 0, i, 0) == EINVAL, "one of %u bytes, and more behind, is taken", i);
	}
	/* a longer one may have nothing that the module does not know, nor be longer than the setup says */
	for (i = 1; i < 2048; i = i * 2 + 1) {
		check(!with_config(&all, i, known + i, 0), "a longer configuration is refused: %s", strerror(errno));
		check(with_config(&all, i, known + i, 1) == E2BIG, "a longer one, not 0, is taken");
		check(with_config(&all, i - 1, known + i, 0) == EINVAL, "one beyond the setup is taken");
	}
	check(with_config(&all, 0, ~0u, 0) == EINVAL, "a huge one is taken");
	check(with_config(&all, 0, 0x80000000, 0) == EINVAL, "a huge one is taken");
}

/* ---- values ---- */

/* A setup with a change must fail so. */
#define refuse(error, ...)						\
	do {								\
		struct sct_setup s = setup_for(&want);			\
		int refuse_err;						\
									\
		__VA_ARGS__;						\
		refuse_err = try(SCT_IOC_SETUP, &s);			\
		check(refuse_err == (error), "setup with %s: errno %d, not " #error, #__VA_ARGS__,	\
		      refuse_err);					\
	} while (0)

static void setup_values(void)
{
	refuse(EPROTO, s.version++);
	refuse(EPROTO, s.version = 0);
	refuse(EPROTO, s.version = ~0u);
	refuse(EPROTO, s.digest ^= 1);
	refuse(EPROTO, s.digest = 0);
	refuse(EINVAL, s.config.ring_size = 0);
	refuse(EINVAL, s.config.ring_size = 4096);
	refuse(EINVAL, s.config.ring_size = SCT_RING_MIN - 1);
	refuse(EINVAL, s.config.ring_size = SCT_RING_MIN + 1);
	refuse(EINVAL, s.config.ring_size = SCT_RING_MIN + 4096);
	refuse(EINVAL, s.config.ring_size = 2ull * SCT_RING_MAX);
	refuse(EINVAL, s.config.ring_size = 1ull << 32);
	refuse(EINVAL, s.config.ring_size = (1ull << 32) + SCT_RING_MIN);
	refuse(EINVAL, s.config.ring_size = 1ull << 63);
	refuse(EINVAL, s.config.ring_size = ~0ull);
	refuse(EINVAL, s.config.snaplen = SCT_SNAPLEN_MAX + 1);
	refuse(EINVAL, s.config.snaplen = ~0u);
	refuse(EINVAL, s.config.argv_max = SCT_ARGV_MAX + 1);
	refuse(EINVAL, s.config.argv_max = ~0u);
	refuse(EINVAL, s.config.argv_max = SCT_ARGV_DEF + 1, s.config.ring_size = SCT_RING_MIN, s.config.wake_bytes = 0);
	refuse(EINVAL, s.config.files = SCT_FILES_MAX, s.config.ring_size = SCT_RING_LARGE);
	refuse(EINVAL, s.config.files = ~0u, s.config.ring_size = SCT_RING_LARGE);
	refuse(EINVAL, s.config.files = SCT_FILES_PATHS, s.config.ring_size = SCT_RING_MIN, s.config.wake_bytes = 0);
	refuse(EINVAL, s.config.pass_default = 2);
	refuse(EINVAL, s.config.pass_default = ~0u);
	refuse(EINVAL, s.config.pass_result = SCT_PASS_MAX);
	refuse(EINVAL, s.config.pass_result = ~0u);
	refuse(EINVAL, s.config.notes = 2);
	refuse(EINVAL, s.config.notes = ~0u);
	refuse(EINVAL, s.config.durations = 2);
	refuse(EINVAL, s.config.argv_failed = SCT_ARGV_DEF + 1);
	refuse(EINVAL, s.config.argv_failed = ~0u);
	refuse(EINVAL, s.pad = 1);
	refuse(EINVAL, s.config.sz = 0);
	refuse(EINVAL, s.config.sz++);
	refuse(EINVAL, s.config.wake_bytes = s.config.ring_size + 1);
	refuse(EINVAL, s.config.wake_bytes = ~0u);
	refuse(EINVAL, s.wake_ms = ~0u);
	refuse(0, s.config.ring_size = SCT_RING_MIN, s.config.wake_bytes = 0);
	refuse(0, s.config.wake_bytes = s.config.ring_size);
	refuse(0, s.config.snaplen = SCT_SNAPLEN_MAX);
	refuse(0, s.config.snaplen = 0);
	refuse(0, s.config.argv_max = SCT_ARGV_MAX, s.config.ring_size = SCT_RING_LARGE);
	refuse(0, s.config.files = SCT_FILES_DETAILS, s.config.ring_size = SCT_RING_LARGE);
	refuse(0, s.config.pass_result = SCT_PASS_ERROR, s.config.notes = 1);
}

/* A want with one number changed must be refused, by setup and live. */
static void refuse_nr(struct sct_nr nr)
{
	struct sct_want *w = malloc(sizeof(*w));
	int fd = ready();
	unsigned abi, i;

	check(w, "out of memory");
	memset(w, 0, sizeof(*w));
	for (abi = 0; abi < SCT_ABI_MAX; abi++) {
		for (i = 0; i < SCT_NR_MAX; i += SCT_NR_MAX - 1) {
			w->nr[abi][i] = nr;
			refuse(EINVAL, s.want = (unsigned long)w);
			must_fail(change_want(fd, w), EINVAL);
			w->nr[abi][i] = (struct sct_nr){ 0 };
		}
	}
	for (i = 0; i < SCT_VIA_MAX; i++) {
		w->part[i][SCT_PARTS_MAX - 1] = nr;
		must_fail(change_want(fd, w), EINVAL);
		w->part[i][SCT_PARTS_MAX - 1] = (struct sct_nr){ 0 };
	}
	/* and the consumer still works */
	must(change_want(fd, &want));
	must(close(fd));
	free(w);
}

static void not_wanted(struct sct_nr *nr)
{
	nr->want = 0;
	nr->via = SCT_VIA_NONE;
	nr->words = 0;
}

static void want_values(void)
{
	const struct sct_nr good = {
		.event = SCT_EV_generic_x, .row = SCT_SYS_NONE, .want = SCT_WANT_EXIT,
	};
	struct sct_want *w = calloc(1, sizeof(*w));
	struct sct_nr nr;
	int fd = ready();
	unsigned bit;

	check(w, "out of memory");
#define NR(change) do { nr = good; nr.change; refuse_nr(nr); } while (0)
	NR(event = SCT_EV_task);
	NR(event = SCT_EV_loss);
	NR(event = SCT_EV_switch);
	NR(event = SCT_EV_procexit);
	NR(event = SCT_EV_page_fault_kernel);
	NR(event = SCT_EV_MAX);
	NR(event = 0xffff);
	NR(row = SCT_SYS_MAX);
	NR(row = SCT_SYS_NONE - 1);
	NR(want = 2 * SCT_WANT_NUMBER);
	NR(want = SCT_WANT_EXIT | 0x80);
	NR(via = SCT_VIA_MAX);
	NR(words = 7);
#undef NR
	for (bit = SCT_KIND_MAX; bit < 32; bit++) {
		w->kinds = 1u << bit;
		refuse(EINVAL, s.want = (unsigned long)w);
		must_fail(change_want(fd, w), EINVAL);
		must_fail(attach(fd, 1u << bit), EINVAL);
	}
	must_fail(attach(fd, ~0u), EINVAL);
	/* what nobody wants may say anything */
	memset(w, 0xff, sizeof(*w));
	for (bit = 0; bit < SCT_ABI_MAX * SCT_NR_MAX; bit++)
		not_wanted(&w->nr[bit / SCT_NR_MAX][bit % SCT_NR_MAX]);
	for (bit = 0; bit < SCT_VIA_MAX * SCT_PARTS_MAX; bit++)
		not_wanted(&w->part[bit / SCT_PARTS_MAX][bit % SCT_PARTS_MAX]);
	w->kinds = 0;
	must(change_want(fd, w));
	must(close(fd));
	free(w);
}

static void counts_values(void)
{
	struct sct_ioc_counts c = { .sz = sizeof(c), .counts = (unsigned long)&counts };
	int fd = ready();

	must(ioctl(fd, SCT_IOC_COUNTS, &c));
	for (c.cpu = cpus_possible(); c.cpu; c.cpu *= 2)
		must_fail(ioctl(fd, SCT_IOC_COUNTS, &c), ENXIO);
	c.cpu = ~0u;
	must_fail(ioctl(fd, SCT_IOC_COUNTS, &c), ENXIO);
	must(close(fd));
}

/* ---- at random ---- */

static void *random_pointer(void *good)
{
	switch (random_u32() % 8) {
	case 0:
		return (void *)random_u64();
	case 1:
		return edge + page - random_u32() % 64;
	case 2:
		return (void *)(unsigned long)random_u32();
	default:
		return good;
	}
}

/* A struct that begins as a good one, with some words of it changed. */
static void spoil(void *p, size_t n)
{
	unsigned times = random_u32() % 4;
	__u32 *words = p;

	while (times--)
		words[random_u32() % (n / 4)] = random_u32() >> random_u32() % 32;
}

static void random_call(int fd, int other)
{
	struct sct_setup s = setup_for(random_pointer(&want));
	struct sct_hello h = { .sz = sizeof(h) };
	struct sct_ioc_counts c = {
		.sz = sizeof(c), .cpu = random_u32() % cpus_possible(),
		.counts = (unsigned long)random_pointer(&counts),
	};
	__u64 w = (unsigned long)random_pointer(&want);
	__u32 kinds = random_u32() & KINDS_ALL;

	s.config.ring_size = SCT_RING_MIN;
	s.config.wake_bytes = random_u32() % SCT_RING_MIN;
	spoil(&s, sizeof(s));
	if (s.config.ring_size > 1 << 20)	/* memory is not what this is about */
		s.config.ring_size = SCT_RING_MIN;
	spoil(&c, sizeof(c));
	c.counts = random_u32() % 2 ? c.counts : (unsigned long)&counts;
	switch (random_u32() % 8) {
	case 0:
		ioctl(fd, SCT_IOC_HELLO, random_pointer(&h));
		break;
	case 1:
		join(fd, random_u32() % 2 ? other : (int)random_u32() % 64);
		break;
	case 2:
		ioctl(fd, SCT_IOC_SETUP, random_pointer(&s));
		break;
	case 3:
		ioctl(fd, SCT_IOC_ATTACH, random_pointer(&kinds));
		break;
	case 4:
		ioctl(fd, SCT_IOC_WANT, random_pointer(&w));
		break;
	case 5:
		ioctl(fd, SCT_IOC_COUNTS, &c);
		break;
	default:
		ioctl(fd, random_u32(), random_pointer(&s));
		break;
	}
}

static void fuzz(void)
{
	unsigned turn, i, n = effort(60);
	int fd[3];

	for (turn = 0; turn < n; turn++) {
		for (i = 0; i < 3; i++)
			fd[i] = device_open(random_u32() % cpus_possible(), O_RDWR);
		for (i = 0; i < 60; i++)
			random_call(fd[random_u32() % 3], fd[random_u32() % 3]);
		for (i = 0; i < 3; i++)
			must(close(fd[i]));
	}
}

/* ---- races ---- */

#define NSHARED	 4
#define NTHREADS 4

static int shared[NSHARED];
static int stop;

static int shared_fd(__u32 r)
{
	return load_acquire(&shared[r % NSHARED]);
}

static __u32 next(__u32 *r)
{
	*r = *r * 1664525 + 1013904223;
	return *r >> 8;
}

/* One thread closes and opens anew, the others use what there is: EBADF and the like are normal. */
static void *reopen(void *arg)
{
	__u32 r = (unsigned long)arg;
	int fd, old;

	while (!load_acquire(&stop)) {
		fd = open("/dev/" SCT_DEVICE_NAME "0", O_RDWR | O_CLOEXEC);
		old = __atomic_exchange_n(&shared[next(&r) % NSHARED], fd, __ATOMIC_ACQ_REL);
		if (old >= 0)
			close(old);
		if (next(&r) % 4 == 0)
			sleep_ms(1);
	}
	return NULL;
}

static void *use(void *arg)
{
	__u32 r = (unsigned long)arg;
	struct sct_setup s = setup_for(&want);
	struct sct_counts *n = malloc(sizeof(*n));
	struct pollfd p = { .events = POLLIN };
	void *map;

	s.config.ring_size = SCT_RING_MIN;
	s.config.wake_bytes = 1024;
	s.config.pass_default = 1;
	s.wake_ms = 1;
	while (n && !load_acquire(&stop)) {
		switch (next(&r) % 8) {
		case 0:
		case 1:
			setup(shared_fd(next(&r)), &s);
			break;
		case 2:
			join(shared_fd(next(&r)), shared_fd(next(&r)));
			break;
		case 3:
		case 4:
			attach(shared_fd(next(&r)), next(&r) % 2 ? KINDS_CALLS : 0);
			break;
		case 5:
			change_want(shared_fd(next(&r)), &want);
			break;
		case 6:
			get_counts(shared_fd(next(&r)), 0, n);
			p.fd = shared_fd(next(&r));
			poll(&p, 1, 0);
			break;
		default:
			map = mmap(NULL, 8192, PROT_READ, MAP_SHARED, shared_fd(next(&r)), 0);
			if (map != MAP_FAILED)
				munmap(map, 8192);
			call_getppid(20);
			break;
		}
	}
	free(n);
	return NULL;
}

static void races(void)
{
	pthread_t threads[NTHREADS + 1];
	unsigned i;

	for (i = 0; i < NSHARED; i++)
		shared[i] = device_open(0, O_RDWR | O_CLOEXEC);
	for (i = 0; i <= NTHREADS; i++)
		start_thread(&threads[i], i ? use : reopen, (void *)(unsigned long)random_u32());
	sleep_ms(effort(6000));
	store_release(&stop, 1);
	for (i = 0; i <= NTHREADS; i++)
		pthread_join(threads[i], NULL);
	for (i = 0; i < NSHARED; i++)
		close(shared[i]);
}

/* ---- who is watched all that time sees nothing of it ---- */

int main(void)
{
	static struct consumer watcher;
	struct totals t;

	begin();
	page = sysconf(_SC_PAGESIZE);
	edge = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	check(edge != MAP_FAILED, "%s", strerror(errno));
	must(mprotect(edge + page, page, PROT_NONE));
	want_getppid(&want);

	unknown_numbers();
	bad_pointers();
	bad_inner_pointers();
	at_the_end_of_a_page();
	read_only_memory();
	sizes();
	config_sizes();
	setup_values();
	want_values();
	counts_values();
	module_reload();

	consumer_init(&watcher);
	watcher.set.config.pass_default = 1;
	watcher.set.config.ring_size = 1 << 20;
	want_call(&watcher.want, SCT_SYS_ioctl, SCT_WANT_EXIT | SCT_WANT_ENTER);
	consumer_open(&watcher);
	consumer_attach(&watcher, KINDS_CALLS);
	consumer_start_reading(&watcher);
	watcher.scope[getpid()] = SCT_SCOPE_TRACE;	/* it makes no ioctl() itself */
	fuzz();
	races();
	consumer_stop_reading(&watcher);
	consumer_finish(&watcher, &t);
	check(t.delivered > 100, "only %llu calls were seen", t.delivered);
	consumer_close(&watcher);
	module_reload();
	return 0;
}
