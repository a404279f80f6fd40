// SPDX-License-Identifier: MIT
/* See consumer.h. */
#include "consumer.h"
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#undef SCT_TABLES_SECTION
#define SCT_TABLES_SECTION ".rodata"
#include "sct_digest.h"

/* ---- the tables ---- */

struct type {
	bool scalar;
	__u32 size;
	enum sct_format format;
	__u32 object[SCT_ABI_MAX];
};

static const struct type types[SCT_T_MAX] = {
#define TYPE(tok, scalar, fmt)									\
	[SCT_T_##tok] = { scalar, SCT_SIZE_##tok, SCT_FMT_##fmt,				\
			  { SCT_OBJ_##tok, SCT_OBJ_IA32_##tok, SCT_OBJ_X32_##tok } },
#define SCT_SCALAR(tok, ctype, fmt, syms, doc) TYPE(tok, true, fmt)
#define SCT_DATA(tok, max, fmt, syms, doc)     TYPE(tok, false, fmt)
#include "types.def"
};

#define P(n, t, s) SCT_T_##t,
#define SCT_EVENT(id, name, cat, flags, filler, ...) static const __u16 params_##id[] = { __VA_ARGS__ };
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, ...) \
	SCT_EVENT(id, name, cat, flags, filler, __VA_ARGS__)
#define SCT_META(id, name, cat, flags, filler, ...) SCT_EVENT(id, name, cat, flags, filler, __VA_ARGS__)
#include "events.def"
#undef P

static const struct event {
	const char *name;
	const __u16 *params;
	__u8 nparams;
} events[SCT_EV_MAX] = {
#define SCT_EVENT(id, name, cat, flags, filler, params) \
	[SCT_EV_##id] = { name, params_##id, SCT_NPARAMS(id) },
#include "events.def"
};

static const struct call {
	int nr[SCT_ABI_MAX];
	__u16 event;
	__u32 flags;
} calls[SCT_SYS_MAX] = {
#ifdef __x86_64__
#define SCT_SYSCALL(name, x86_64, i386, arm64, flags, event) \
	[SCT_SYS_##name] = { { x86_64, i386, x86_64 }, SCT_EV_##event, flags },
#else
#define SCT_SYSCALL(name, x86_64, i386, arm64, flags, event) \
	[SCT_SYS_##name] = { { arm64, NONE, NONE }, SCT_EV_##event, flags },
#endif
#include "syscalls.def"
};

const char *event_name(unsigned event)
{
	return event < SCT_EV_MAX ? events[event].name : "none";
}

/* ---- tests ---- */

static __u64 seed;

unsigned effort(unsigned n)
{
	const char *text = getenv("SCT_EFFORT");
	unsigned factor = text ? strtoul(text, NULL, 10) : 1;

	return n * (factor ? factor : 1);
}

void begin(void)
{
	const char *text = getenv("SCT_SEED");
	int err;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (geteuid()) {
		puts("loading a kernel module needs root");
		exit(EXIT_SKIP);
	}
	seed = text ? strtoull(text, NULL, 0) : now_ns() | 1;
	printf("seed %#llx (SCT_SEED)\n", seed);
	if (!module_loaded() && !getenv("SCT_KMOD")) {
		puts("no kernel module: SCT_KMOD does not name one");
		exit(EXIT_SKIP);
	}
	signal(SIGPIPE, SIG_IGN);
	err = module_loaded() ? 0 : module_load();
	check(!err, "cannot load %s: %s", getenv("SCT_KMOD"), strerror(err));
}

/* xorshift64* */
__u64 random_u64(void)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return seed * 0x2545f4914f6cdd1dull;
}

__u32 random_u32(void)
{
	return random_u64() >> 32;
}

pid_t spawn(void (*run)(void *arg), void *arg)
{
	pid_t pid = must(fork());

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	run(arg);
	exit(0);
}

void wait_for(pid_t pid)
{
	int status;

	check(waitpid(pid, &status, 0) == pid, "%s", strerror(errno));
	check(!WIFSIGNALED(status), "a child died of signal %d", WTERMSIG(status));
	check(!WEXITSTATUS(status), "a child ended with status %d", WEXITSTATUS(status));
}

void end_child(pid_t pid)
{
	int status;

	must(kill(pid, SIGKILL));
	must(waitpid(pid, &status, 0));
	check(WIFSIGNALED(status), "a child ended before with status %d", WEXITSTATUS(status));
}

void sleep_ms(unsigned ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&t, &t) && errno == EINTR)
		;
}

__u64 now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_BOOTTIME, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

bool module_loaded(void)
{
	return !access("/sys/module/sctrace/initstate", F_OK);
}

int module_load(void)
{
	const char *path = getenv("SCT_KMOD");
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1, err;

	if (fd < 0)
		return path ? errno : ENOENT;
	err = syscall(SYS_finit_module, fd, "", 0) ? errno : 0;
	close(fd);
	return err;
}

int module_unload(void)
{
	return syscall(SYS_delete_module, "sctrace", O_NONBLOCK) ? errno : 0;
}

/* The last descriptor of a process that ended may be closed a little later. */
void module_reload(void)
{
	unsigned turn;
	int err = EAGAIN;

	for (turn = 0; turn < 500 && err == EAGAIN; turn++) {
		err = module_unload();
		if (err)
			sleep_ms(10);
	}
	check(!err, "the module cannot be unloaded: %s", strerror(err));
	check(!module_loaded(), "the module is still there");
	err = module_load();
	check(!err, "the module cannot be loaded again: %s", strerror(err));
}

/* ---- CPUs ---- */

unsigned cpus_possible(void)
{
	static unsigned n;
	int fd;
	struct sct_hello h = { .sz = sizeof(h) };

	if (n)
		return n;
	fd = device_open(0, O_RDWR);
	must(ioctl(fd, SCT_IOC_HELLO, &h));
	close(fd);
	n = h.ncpus;
	return n;
}

bool cpu_online(unsigned cpu)
{
	char path[64], c = '1';
	int fd;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online", cpu);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)	/* one that can't be taken down has no such file */
		return cpu < (unsigned)sysconf(_SC_NPROCESSORS_CONF);
	if (read(fd, &c, 1) != 1)
		c = '0';
	close(fd);
	return c == '1';
}

void run_on(unsigned cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	must(sched_setaffinity(0, sizeof(set), &set));
}

void run_anywhere(void)
{
	cpu_set_t set;

	memset(&set, 0xff, sizeof(set));
	must(sched_setaffinity(0, sizeof(set), &set));
}

/* ---- the interface ---- */

int device_open(unsigned cpu, int flags)
{
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/dev/" SCT_DEVICE_NAME "%u", cpu);
	fd = open(path, flags);
	check(fd >= 0, "%s: %s", path, strerror(errno));
	return fd;
}

__u64 digest(void)
{
	return sct_digest_of(sct_tables_text, sizeof(sct_tables_text));
}

struct sct_setup setup_for(const struct sct_want *want)
{
	return (struct sct_setup){
		.sz = sizeof(struct sct_setup), .version = SCT_IOC_VERSION, .digest = digest(),
		.want = (__u64)(unsigned long)want, .wake_ms = 100,
		.config = {
			.sz = sizeof(struct sct_config), .ring_size = 256 << 10,
			.snaplen = SCT_SNAPLEN_DEF, .wake_bytes = 64 << 10,
		},
	};
}

int setup(int fd, const struct sct_setup *s)
{
	return ioctl(fd, SCT_IOC_SETUP, s);
}

int join(int fd, int other)
{
	__s32 arg = other;

	return ioctl(fd, SCT_IOC_JOIN, &arg);
}

int attach(int fd, __u32 kinds)
{
	return ioctl(fd, SCT_IOC_ATTACH, &kinds);
}

int change_want(int fd, const struct sct_want *want)
{
	__u64 arg = (unsigned long)want;

	return ioctl(fd, SCT_IOC_WANT, &arg);
}

int get_counts(int fd, unsigned cpu, struct sct_counts *n)
{
	struct sct_ioc_counts arg = {
		.sz = sizeof(arg), .cpu = cpu, .counts = (__u64)(unsigned long)n,
	};

	return ioctl(fd, SCT_IOC_COUNTS, &arg);
}

__u32 kinds_there(int fd)
{
	struct sct_hello h = { .sz = sizeof(h) };

	must(ioctl(fd, SCT_IOC_HELLO, &h));
	return h.kinds;
}

/*
 * The callers of other ABIs have the same event; what one makes through another call is not told
 * apart.
 */
void want_call(struct sct_want *want, unsigned row, unsigned how)
{
	unsigned abi;
	int nr;

	for (abi = 0; abi < SCT_ABI_MAX; abi++) {
		nr = calls[row].nr[abi];
		if (nr < 0)
			continue;
		want->nr[abi][nr] = (struct sct_nr){ .event = calls[row].event, .row = row, .want = how,
						     .flags = calls[row].flags & SCT_SF_MASK };
		want->any[nr] |= how;
	}
}

void want_all(struct sct_want *want, unsigned how)
{
	unsigned abi, i;

	for (abi = 0; abi < SCT_ABI_MAX; abi++)
		for (i = 0; i < SCT_NR_MAX; i++)
			want->nr[abi][i] = (struct sct_nr){ .event = SCT_EV_generic_x,
							    .row = SCT_SYS_NONE, .want = how };
	memset(want->any, how, sizeof(want->any));
	for (i = 0; i < SCT_SYS_MAX; i++)
		want_call(want, i, how);
	want->kinds = KINDS_ALL & ~KINDS_CALLS;
}

void want_getppid(struct sct_want *want)
{
	want_call(want, SCT_SYS_getppid, SCT_WANT_EXIT);
}

void call_getppid(unsigned n)
{
	while (n--)
		syscall(SYS_getppid);
}

__u64 getppid_traced(int fd)
{
	struct sct_counts n;
	unsigned cpu;
	__u64 sum = 0;

	for (cpu = 0; cpu < cpus_possible(); cpu++) {
		must(get_counts(fd, cpu, &n));
		sum += n.count[0][SCT_EV_generic_x].delivered +
		       n.count[0][SCT_EV_generic_x].dropped[SCT_DROP_RING_FULL];
	}
	return sum;
}

/* ---- records ---- */

const void *record_param(const struct sct_record *rec, unsigned i, unsigned *len)
{
	const __u16 *lens = (const __u16 *)(rec + 1);
	const __u8 *value = (const __u8 *)rec + SCT_VALUES_OFF(rec->nparams);
	unsigned k;

	for (k = 0; k < i; k++)
		value += lens[k];
	*len = lens[i];
	return value;
}

#define bad(rec, fmt, ...)						\
	fail("record %s seq %llu flags %#x: " fmt, event_name((rec)->type), (rec)->seq,	\
	     (rec)->flags, ##__VA_ARGS__)

/* A vector of messages: each is whole, and there are no more than counted. */
static void check_messages(const struct sct_record *rec, unsigned i, const __u8 *value, unsigned len,
			   __u32 snaplen)
{
	bool whole = !((rec->cut | rec->faulted) >> i & 1);
	unsigned off = sizeof(__u64);
	__u64 size = 0, n = 0;
	struct sct_mmsg head;

	if (len >= sizeof(size))
		memcpy(&size, value, sizeof(size));
	for (; off + sizeof(head) <= len; n++) {
		memcpy(&head, value + off, sizeof(head));
		if (head.ndata > sizeof(size) + snaplen)
			bad(rec, "parameter %u: %u bytes, more than snaplen %u", i, head.ndata, snaplen);
		off += sizeof(head) + head.naddr + head.ndata + head.ncontrol;
	}
	if (off != len || n > size || (whole && n != size))
		bad(rec, "parameter %u: %u bytes of %llu messages", i, len, size);
}

static void check_data(const struct sct_record *rec, unsigned i, const struct type *type, __u32 snaplen)
{
	bool whole = !((rec->cut | rec->faulted) >> i & 1);
	const struct sct_tuple *tuple;
	const __u8 *value;
	unsigned len, object;
	__u64 size = 0;

	value = record_param(rec, i, &len);
	if (len >= sizeof(size))
		memcpy(&size, value, sizeof(size));
	switch (type->format) {
	case SCT_FMT_STR:
		if (strnlen((const char *)value, len) != len - 1)
			bad(rec, "parameter %u is no string of %u bytes", i, len);
		break;
	case SCT_FMT_STRV:
		if (value[len - 1])
			bad(rec, "parameter %u has no end", i);
		break;
	case SCT_FMT_BYTES:
		if (len < sizeof(size) || len - sizeof(size) > size ||
		    (whole && len - sizeof(size) != size))
			bad(rec, "parameter %u: %u bytes of %llu", i, len, size);
		if (type->size == SCT_SNAPLEN_MAX + 8 && len - sizeof(size) > snaplen)
			bad(rec, "parameter %u: %u bytes, more than snaplen %u", i, len, snaplen);
		break;
	case SCT_FMT_FDSET:
		if (len < sizeof(size) || len - sizeof(size) > (size + 7) / 8 ||
		    (whole && len - sizeof(size) != (size + 7) / 8))
			bad(rec, "parameter %u: %u bytes of %llu descriptors", i, len, size);
		break;
	case SCT_FMT_MMSGS:
		check_messages(rec, i, value, len, snaplen);
		break;
	case SCT_FMT_STRUCTS:
		object = type->object[rec->flags & SCT_RF_ABI_MASK];
		if ((len - 8) % object || (whole && len != 8 + object * size))
			bad(rec, "parameter %u: %u bytes for %llu structs", i, len, size);
		break;
	case SCT_FMT_TUPLE:
		tuple = (const void *)value;
		if (len < sizeof(*tuple) || len != sizeof(*tuple) + tuple->llen + tuple->rlen)
			bad(rec, "parameter %u: addresses of %u bytes", i, len);
		break;
	default:
		break;
	}
}

static void check_zero(const struct sct_record *rec, unsigned from, unsigned to)
{
	const __u8 *bytes = (const __u8 *)rec;

	for (; from < to; from++)
		if (bytes[from])
			bad(rec, "padding at %u is %#x", from, bytes[from]);
}

void check_record(const struct sct_record *rec, __u64 room, __u32 snaplen)
{
	const __u16 *lens = (const __u16 *)(rec + 1);
	const struct event *ev;
	const struct type *type;
	unsigned i, sum;

	if (rec->len % 8 || rec->len < sizeof(*rec) || rec->len > SCT_REC_LIMIT || rec->len > room)
		fail("a record of %u bytes, %llu are left", rec->len, room);
	if (rec->type >= SCT_EV_MAX || rec->type == SCT_EV_loss)
		fail("a record of event %u", rec->type);
	ev = &events[rec->type];
	if (rec->nparams != ev->nparams)
		bad(rec, "%u parameters, not %u", rec->nparams, ev->nparams);
	if (rec->flags & ~(SCT_RF_ABI_MASK | SCT_RF_ENTER) ||
	    (rec->flags & SCT_RF_ABI_MASK) >= SCT_ABI_MAX)
		bad(rec, "unknown flags");
	if (ev->nparams < 64 && (rec->cut | rec->faulted) >> ev->nparams)
		bad(rec, "cut %#llx, faulted %#llx", rec->cut, rec->faulted);
	sum = SCT_VALUES_OFF(ev->nparams);
	if (rec->len < sum)
		bad(rec, "only %u bytes", rec->len);
	check_zero(rec, sizeof(*rec) + 2 * ev->nparams, sum);
	for (i = 0; i < ev->nparams; i++) {
		type = &types[ev->params[i]];
		if (lens[i] > type->size || (type->scalar && lens[i] && lens[i] != type->size))
			bad(rec, "parameter %u has %u bytes", i, lens[i]);
		sum += lens[i];
		if (sum > rec->len)
			bad(rec, "%u bytes, but parameter %u ends at %u", rec->len, i, sum);
		if (!type->scalar && lens[i])
			check_data(rec, i, type, snaplen);
	}
	if (rec->len != SCT_ALIGN8(sum))
		bad(rec, "%u bytes for %u", rec->len, sum);
	check_zero(rec, sum, rec->len);
}

/* ---- consumers ---- */

void consumer_init(struct consumer *c)
{
	memset(c, 0, sizeof(*c));
	c->set = setup_for(&c->want);
}

static void map_ring(struct ring *r)
{
	const size_t page = sysconf(_SC_PAGESIZE);
	__u8 *all;

	r->reader = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);
	check(r->reader != MAP_FAILED, "reader's page of ring %u: %s", r->cpu, strerror(errno));
	all = mmap(NULL, page + 2 * r->size, PROT_READ, MAP_SHARED, r->fd, page);
	check(all != MAP_FAILED, "ring %u: %s", r->cpu, strerror(errno));
	r->writer = (const void *)all;
	r->data = all + page;
}

void consumer_open(struct consumer *c)
{
	unsigned cpu;

	c->since = now_ns();
	c->nrings = cpus_possible();
	c->rings = calloc(c->nrings, sizeof(*c->rings));
	check(c->rings, "out of memory");
	c->set.want = (unsigned long)&c->want;	/* it may have been copied */
	for (cpu = 0; cpu < c->nrings; cpu++) {
		c->rings[cpu].cpu = cpu;
		c->rings[cpu].size = c->set.config.ring_size;
		c->rings[cpu].fd = device_open(cpu, O_RDWR | O_CLOEXEC);
		if (cpu)
			must(join(c->rings[cpu].fd, c->rings[0].fd));
		else
			must(setup(c->rings[cpu].fd, &c->set));
		map_ring(&c->rings[cpu]);
	}
	c->scope = mmap(NULL, SCT_PID_LIMIT, PROT_READ | PROT_WRITE, MAP_SHARED, c->rings[0].fd,
			SCT_MMAP_SCOPE);
	check(c->scope != MAP_FAILED, "scope: %s", strerror(errno));
}

void consumer_attach(struct consumer *c, __u32 kinds)
{
	must(attach(c->rings[0].fd, kinds & kinds_there(c->rings[0].fd)));
}

void consumer_trace_only(struct consumer *c, pid_t pid)
{
	c->scope[pid] = SCT_SCOPE_TRACE;
}

__u64 ring_read(struct consumer *c, struct ring *r)
{
	__u64 head = load_acquire(&r->writer->position), n = 0;
	const struct sct_record *rec;

	check(head - r->tail <= r->size, "ring %u: from %llu to %llu in %llu bytes", r->cpu, r->tail,
	      head, r->size);
	for (; r->tail != head; r->tail += rec->len, n++) {
		rec = (const void *)(r->data + (r->tail & (r->size - 1)));
		check_record(rec, head - r->tail, c->set.config.snaplen);
		if (rec->seq < r->seq)
			bad(rec, "%llu was expected", r->seq);
		if (rec->ts + 10000000 < c->since || rec->ts > now_ns() + 10000000)
			bad(rec, "ts %llu, began at %llu, now it is %llu", rec->ts, c->since, now_ns());
		r->gaps += rec->seq - r->seq;
		r->seq = rec->seq + 1;
		r->got[!!(rec->flags & SCT_RF_ENTER)][rec->type]++;
		if (c->seen)
			c->seen(c, r, rec);
	}
	store_release(&r->reader->position, r->tail);
	return n;
}

__u64 consumer_read(struct consumer *c)
{
	unsigned cpu;
	__u64 n = 0;

	for (cpu = 0; cpu < c->nrings; cpu++)
		n += ring_read(c, &c->rings[cpu]);
	return n;
}

static void *read_all_the_time(void *arg)
{
	struct consumer *c = arg;

	while (!load_acquire(&c->stop))
		if (!consumer_read(c))
			sleep_ms(2);
	return NULL;
}

void consumer_start_reading(struct consumer *c)
{
	c->scope[getpid()] = SCT_SCOPE_HIDE;
	store_release(&c->stop, 0);
	start_thread(&c->thread, read_all_the_time, c);
}

void consumer_stop_reading(struct consumer *c)
{
	store_release(&c->stop, 1);
	pthread_join(c->thread, NULL);
}

static void add_count(struct totals *t, unsigned cpu, unsigned enter, unsigned event,
		      const struct sct_count *n)
{
	struct sct_count *sum = &t->count[enter][event];
	__u64 dropped = 0;
	unsigned why;

	for (why = 0; why < SCT_DROP_MAX; why++) {
		dropped += n->dropped[why];
		sum->dropped[why] += n->dropped[why];
	}
	check(n->seen == n->filtered + n->delivered + dropped,
	      "CPU %u, %s, enter %u: seen %llu, filtered %llu, delivered %llu, dropped %llu", cpu,
	      event_name(event), enter, n->seen, n->filtered, n->delivered, dropped);
	sum->seen += n->seen;
	sum->filtered += n->filtered;
	sum->delivered += n->delivered;
	t->seen += n->seen;
	t->filtered += n->filtered;
	t->delivered += n->delivered;
	t->dropped += dropped;
}

void check_counts(unsigned cpu, const struct sct_counts *n, struct totals *t)
{
	const __u64 delivered = t->delivered, dropped = t->dropped;
	unsigned enter, event;

	for (enter = 0; enter < 2; enter++)
		for (event = 0; event < SCT_EV_MAX; event++)
			add_count(t, cpu, enter, event, &n->count[enter][event]);
	check(n->sent == t->delivered - delivered, "CPU %u: sent %llu, delivered %llu", cpu, n->sent,
	      t->delivered - delivered);
	check(n->lost == t->dropped - dropped, "CPU %u: lost %llu, dropped %llu", cpu, n->lost,
	      t->dropped - dropped);
}

static void finish_ring(struct consumer *c, struct ring *r, struct totals *t)
{
	struct sct_counts n;
	unsigned i, enter, event;

	ring_read(c, r);
	must(get_counts(c->rings[0].fd, r->cpu, &n));
	check_counts(r->cpu, &n, t);
	for (i = 0; i < 2 * SCT_EV_MAX; i++) {
		enter = i / SCT_EV_MAX;
		event = i % SCT_EV_MAX;
		check(n.count[enter][event].delivered == r->got[enter][event],
		      "CPU %u, %s, enter %u: delivered %llu, but %llu were in the ring", r->cpu,
		      event_name(event), enter, n.count[enter][event].delivered, r->got[enter][event]);
	}
	/* behind the last record some may be lost, too */
	check(r->seq <= n.sent + n.lost && r->gaps + (n.sent + n.lost - r->seq) == n.lost,
	      "CPU %u: next sequence number %llu, %llu are missing, but sent %llu, lost %llu", r->cpu,
	      r->seq, r->gaps, n.sent, n.lost);
}

void consumer_finish(struct consumer *c, struct totals *t)
{
	unsigned cpu;

	memset(t, 0, sizeof(*t));
	must(attach(c->rings[0].fd, 0));
	for (cpu = 0; cpu < c->nrings; cpu++)
		finish_ring(c, &c->rings[cpu], t);
}

void consumer_close(struct consumer *c)
{
	const size_t page = sysconf(_SC_PAGESIZE);
	unsigned cpu;

	for (cpu = 0; cpu < c->nrings; cpu++) {
		must(munmap(c->rings[cpu].reader, page));
		must(munmap((void *)c->rings[cpu].writer, page + 2 * c->rings[cpu].size));
		must(close(c->rings[cpu].fd));
	}
	must(munmap(c->scope, SCT_PID_LIMIT));
	free(c->rings);
	c->rings = NULL;
	c->nrings = 0;
}
