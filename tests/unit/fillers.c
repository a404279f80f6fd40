// SPDX-License-Identifier: MIT
/* The host build of the fillers, and what runs them. */
#include <unistd.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include "fillers.h"

struct sct_fake fake;

/* Value functions and accessors all take the frame, whether they need it or not. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include "fill_host.h"
#include "access_host.h"
#include "sct_fill.h"
#pragma GCC diagnostic pop

#define PAGE 4096u

/* ---- the tables ---- */

const struct type types[SCT_T_MAX] = {
#define TYPE(tok, fmt, scalar) \
	{ #tok, SCT_FMT_##fmt, scalar, SCT_SIZE_##tok, { SCT_OBJ_##tok, SCT_OBJ_IA32_##tok, SCT_OBJ_X32_##tok } },
#define SCT_SCALAR(tok, ctype, fmt, syms, doc) TYPE(tok, fmt, 1)
#define SCT_DATA(tok, max, fmt, syms, doc)     TYPE(tok, fmt, 0)
#include "types.def"
};

/* What a row says of a source besides enum source. */
#define ON_SUCCESS  0x100u
#define CONDITIONAL 0x200u
#define ABSENT	    0x400u

static void want(struct sct_fill *f, struct want **w, const char *name, enum sct_type type,
		 __u32 from, int arg, __u64 n)
{
	struct want *to = (*w)++;

	*to = (struct want){
		.name = name, .type = type, .from = from & 0xff, .arg = arg, .n = n,
		.conditional = !!(from & CONDITIONAL), .on_success = !!(from & ON_SUCCESS),
	};
	to->absent = from & ABSENT || to->from == FROM_NONE ||
		     (to->from == FROM_RET && f->enter) || (to->on_success && !sct_ok(f));
}

#define WANT_ARG(i)	       FROM_ARG, i, 0
#define WANT_PAIR(i, j)	       FROM_ARG, i, 0
#define WANT_ALT(i, j)	       FROM_ARG, i, 0
#define WANT_ID(i)	       FROM_ARG, i, 0
#define WANT_RET	       FROM_RET, 0, 0
#define WANT_USTR(i)	       FROM_USTR, i, 0
#define WANT_UBUF(i, n)	       FROM_UBUF, i, (__u64)(n)
#define WANT_UOBJ(i)	       FROM_UOBJ, i, 0
#define WANT_TIME(i)	       FROM_UOBJ, i, 0
#define WANT_UARRAY(i, n)      FROM_UARRAY, i, (__u64)(n)
#define WANT_UFIELD(i, off)    FROM_UFIELD, i, off
#define WANT_NONE	       FROM_NONE, 0, 0
#define WANT_VAL(fn)	       FROM_VAL, 0, 0
#define WANT_POINTED(i, what)  FROM_PUT, 0, 0
#define WANT_POINTED_AT(p, what) FROM_PUT, 0, 0
#define WANT_PUT(fn)	       FROM_PUT, 0, 0
#define WANT_PUTA(fn, ...)     FROM_PUT, 0, 0
#define WANT_CODE	       FROM_CODE, 0, 0
#define WANT_USTR_X(i)	       ON_SUCCESS | WANT_USTR(i)
#define WANT_UBUF_RET(i)       ON_SUCCESS | WANT_UBUF(i, f->ret)
#define WANT_UOBJ_X(i)	       ON_SUCCESS | WANT_UOBJ(i)
#define WANT_TIME_X(i)	       ON_SUCCESS | WANT_TIME(i)
#define WANT_UARRAY_X(i, n)    ON_SUCCESS | WANT_UARRAY(i, n)
#define WANT_UFIELD_X(i, off)  ON_SUCCESS | WANT_UFIELD(i, off)
#define WANT_VAL_X(fn)	       ON_SUCCESS | WANT_VAL(fn)
#define WANT_PUT_X(fn)	       ON_SUCCESS | WANT_PUT(fn)
#define WANT_PUTA_X(fn, ...)   ON_SUCCESS | WANT_PUT(fn)
#define WANT_IF(c, source)     CONDITIONAL | ((c) ? 0 : ABSENT) | WANT_##source
#define P(name, type, source) want(f, &w, #name, SCT_T_##type, WANT_##source);
#define SCT_EVENT(id, name, cat, flags, filler, params)				\
	static void want_##id(struct sct_fill *f, struct want *w)		\
	{									\
		params								\
	}
#include "events.def"
#undef P

#define ROW(id, name, kind, fill)						\
	[SCT_EV_##id] = { #id, name, kind, SCT_NPARAMS(id), fill, want_##id, ROW_FDS_##kind(id) },
#define ROW_FDS_ROW_CALL(id)	   sct_fds_##id
#define ROW_FDS_ROW_TRACEPOINT(id) NULL
#define ROW_FDS_ROW_META(id)	   NULL
#define META_AUTO(id) sct_fill_##id
#define META_CODE(id) NULL	/* the library makes it */
const struct row rows[SCT_EV_MAX] = {
#define SCT_EVENT(id, name, cat, flags, filler, params) \
	ROW(id, name, ROW_CALL, sct_fill_##id)
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params) \
	ROW(id, name, ROW_TRACEPOINT, sct_fill_##id)
#define SCT_META(id, name, cat, flags, filler, params) \
	ROW(id, name, ROW_META, META_##filler(id))
#include "events.def"
};

/* ---- what is wrong, and where ---- */

static __u8 checked[SCT_EV_MAX][SCT_NPARAMS_MAX];

int was_checked(__u32 id, __u32 i)
{
	return checked[id][i];
}

static void describe(const struct rec *r)
{
	print_error("in %s %s(%#llx, %#llx, %#llx, %#llx, %#llx, %#llx) = %lld\n",
		    r->row->id, r->head.flags & SCT_RF_ENTER ? "enter" : "exit",
		    r->args[0], r->args[1], r->args[2], r->args[3], r->args[4], r->args[5],
		    r->ret);
}

void check_that(CHECK_ARGS, int ok, const char *what)
{
	const struct param *p = &r->p[i];

	if (ok)
		return;
	describe(r);
	if (r->row == &rows[id] && i < r->row->nparams)
		print_error("%s: %u bytes%s%s: ", r->want[i].name, p->len,
			    r->head.cut >> i & 1 ? ", cut" : "",
			    r->head.faulted >> i & 1 ? ", faulted" : "");
	print_error("expected: %s\n", what);
	_fail(file, line);
}

#define REQUIRE(expr, what) check_that(file, line, r, id, i, expr, what)

static void check_marks(CHECK_ARGS, int cut, int faulted)
{
	REQUIRE(r->row == &rows[id], "a record of another row");
	REQUIRE((int)(r->head.cut >> i & 1) == cut, cut ? "cut" : "not cut");
	REQUIRE((int)(r->head.faulted >> i & 1) == faulted, faulted ? "faulted" : "not faulted");
}

static int needs_a_test(const struct want *w)
{
	return w->conditional || w->from == FROM_VAL || w->from == FROM_PUT ||
	       w->from == FROM_CODE;
}

int report_unchecked(void)
{
	struct sct_fill f = { .n = 0 };
	struct want w[SCT_NPARAMS_MAX];
	int missing = 0;
	__u32 id, i;

	for_each_filler(id) {
		rows[id].want(&f, w);
		for (i = 0; i < rows[id].nparams; i++) {
			if (!needs_a_test(&w[i]) || was_checked(id, i))
				continue;
			print_error("no test checks %s, %s\n", rows[id].id, w[i].name);
			missing++;
		}
	}
	return missing;
}

/* ---- looking at a record ---- */

static __u64 number(const struct param *p)
{
	__u64 v8 = 0;
	__u32 v4 = 0;
	__u16 v2 = 0;

	switch (p->len) {
	case 8:
		memcpy(&v8, p->data, 8);
		return v8;
	case 4:
		memcpy(&v4, p->data, 4);
		return v4;
	case 2:
		memcpy(&v2, p->data, 2);
		return v2;
	}
	return p->data[0];
}

void check_num(CHECK_ARGS, __u64 v)
{
	const struct param *p = &r->p[i];
	__u32 size = types[r->want[i].type].size;
	__u64 mask = ~0ull >> (64 - 8 * size);
	char what[80];

	check_marks(file, line, r, id, i, 0, 0);
	snprintf(what, sizeof(what), "%#llx", v & mask);
	REQUIRE(p->len == size, what);
	snprintf(what, sizeof(what), "%#llx, not %#llx", v & mask, number(p));
	REQUIRE(number(p) == (v & mask), what);
	checked[id][i] |= !!(v & mask);
}

void check_constant(CHECK_ARGS, __u64 v)
{
	check_num(file, line, r, id, i, v);
	checked[id][i] = 1;
}

static void same_bytes(CHECK_ARGS, const __u8 *data, const void *mem, size_t n)
{
	char what[64];
	size_t k;

	for (k = 0; k < n && data[k] == ((const __u8 *)mem)[k]; k++)
		;
	snprintf(what, sizeof(what), "the same byte at %zu", k);
	REQUIRE(k == n, what);
	checked[id][i] |= !!n;
}

static void check_value(CHECK_ARGS, int cut, const void *mem, size_t n)
{
	char what[32];

	check_marks(file, line, r, id, i, cut, 0);
	snprintf(what, sizeof(what), "%zu bytes", n);
	REQUIRE(r->p[i].len == n, what);
	same_bytes(file, line, r, id, i, r->p[i].data, mem, n);
}

void check_mem(CHECK_ARGS, const void *mem, size_t n)
{
	check_value(file, line, r, id, i, 0, mem, n);
}

void check_cut(CHECK_ARGS, const void *mem, size_t n)
{
	check_value(file, line, r, id, i, 1, mem, n);
}

static void check_size(CHECK_ARGS, __u64 size)
{
	__u64 v;

	REQUIRE(r->p[i].len >= sizeof(v), "the true size");
	memcpy(&v, r->p[i].data, sizeof(v));
	REQUIRE(v == size, "the other true size");
}

void check_bytes(CHECK_ARGS, __u64 size, const void *mem, size_t n)
{
	check_marks(file, line, r, id, i, n < size, 0);
	check_size(file, line, r, id, i, size);
	REQUIRE(r->p[i].len == sizeof(size) + n, "the data");
	same_bytes(file, line, r, id, i, r->p[i].data + sizeof(size), mem, n);
}

void check_fds(CHECK_ARGS, __u64 count, const void *mem, size_t n)
{
	check_marks(file, line, r, id, i, n < (count + 7) / 8, 0);
	check_size(file, line, r, id, i, count);
	REQUIRE(r->p[i].len == sizeof(count) + n, "the set");
	same_bytes(file, line, r, id, i, r->p[i].data + sizeof(count), mem, n);
}

void check_bytes_faulted(CHECK_ARGS, __u64 size)
{
	REQUIRE(r->head.faulted >> i & 1, "faulted");
	check_size(file, line, r, id, i, size);
	REQUIRE(r->p[i].len == sizeof(size), "no data");
}

void check_empty(CHECK_ARGS, int faulted)
{
	check_marks(file, line, r, id, i, 0, faulted);
	REQUIRE(!r->p[i].len, "nothing");
}

/* ---- every record is checked for its form ---- */

static int is_text(const struct param *p)
{
	return p->data[p->len - 1] == 0 && strlen((const char *)p->data) == p->len - 1;
}

/* Of a vector, each whole: how many are there? */
static __u64 count_messages(const struct rec *r, __u32 i)
{
	const struct param *p = &r->p[i];
	__u32 off = sizeof(__u64);
	struct sct_mmsg head;
	__u64 n = 0;

	for (; off < p->len; n++) {
		check(r, i, p->len - off >= sizeof(head));
		memcpy(&head, p->data + off, sizeof(head));
		check(r, i, !head.ndata || head.ndata >= sizeof(__u64));
		check(r, i, head.ndata <= sizeof(__u64) + fake.cfg.snaplen);
		check(r, i, !head.ncontrol || head.ncontrol >= sizeof(__u64));
		off += sizeof(head) + head.naddr + head.ndata + head.ncontrol;
	}
	check(r, i, off == p->len);
	return n;
}

static void check_data_form(const struct rec *r, __u32 i, const struct type *t)
{
	const struct param *p = &r->p[i];
	int part = (r->head.cut | r->head.faulted) >> i & 1;
	__u32 abi = r->head.flags & SCT_RF_ABI_MASK;	/* that its structs have */
	struct sct_tuple tuple;
	__u64 size, n;

	check(r, i, p->len <= t->size);
	if (!p->len)
		return;
	if (abi == SCT_ABI_IA32 && r->head.flags & SCT_RF_TIME64)
		abi = SCT_ABI_NATIVE;
	switch (t->format) {
	case SCT_FMT_STR:
		check(r, i, is_text(p) && !(r->head.faulted >> i & 1));
		break;
	case SCT_FMT_STRV:
		check(r, i, p->data[p->len - 1] == 0);
		break;
	case SCT_FMT_BYTES:
	case SCT_FMT_CMSG:
		check(r, i, p->len >= sizeof(size));
		check(r, i, r->want[i].type != SCT_T_BYTES || p->len <= sizeof(size) + fake.cfg.snaplen);
		memcpy(&size, p->data, sizeof(size));
		check(r, i, p->len - sizeof(size) == size || (p->len - sizeof(size) < size && part));
		break;
	case SCT_FMT_FDSET:
		check(r, i, p->len >= sizeof(size));
		memcpy(&size, p->data, sizeof(size));
		n = p->len - sizeof(size);
		check(r, i, n == (size + 7) / 8 || (n < (size + 7) / 8 && part));
		break;
	case SCT_FMT_TUPLE:
		check(r, i, p->len >= sizeof(tuple));
		memcpy(&tuple, p->data, sizeof(tuple));
		check(r, i, p->len == sizeof(tuple) + tuple.llen + tuple.rlen);
		break;
	case SCT_FMT_STRUCTS:
		check(r, i, p->len >= sizeof(size) && (p->len - sizeof(size)) % t->object[abi] == 0);
		memcpy(&size, p->data, sizeof(size));
		n = (p->len - sizeof(size)) / t->object[abi];
		check(r, i, n == size || (n < size && part));
		break;
	case SCT_FMT_STRUCT:
		check(r, i, p->len == t->object[abi] || (p->len < t->object[abi] && part));
		break;
	case SCT_FMT_MMSGS:
		check(r, i, p->len >= sizeof(size));
		memcpy(&size, p->data, sizeof(size));
		n = count_messages(r, i);
		check(r, i, n == size || (n < size && part));
		break;
	case SCT_FMT_SOCKADDR:
		break;	/* whatever the call passed */
	default:
		check(r, i, p->len == t->size);
	}
}

static void check_form(const struct rec *r, const __u8 *rec)
{
	__u32 np = r->row->nparams, lens = sizeof(r->head) + 2 * np, off = SCT_VALUES_OFF(np), i;
	__u64 all = np == SCT_NPARAMS_MAX ? ~0ull : (1ull << np) - 1;

	check(r, 0, r->head.nparams == np);
	check(r, 0, !((r->head.cut | r->head.faulted) & ~all));
	for (i = 0; i < np; off += r->p[i++].len) {
		const struct type *t = &types[r->want[i].type];

		check(r, i, r->p[i].data == rec + off);
		if (t->scalar)
			check(r, i, !r->p[i].len || r->p[i].len == t->size);
		else
			check_data_form(r, i, t);
		if (r->want[i].absent)
			check(r, i, !r->p[i].len && !((r->head.cut | r->head.faulted) >> i & 1));
	}
	check(r, 0, r->head.len == SCT_ALIGN8(off) && r->head.len <= SCT_REC_LIMIT);
	for (i = lens; i < SCT_VALUES_OFF(np); i++)
		check(r, 0, !rec[i]);
	for (i = off; i < r->head.len; i++)
		check(r, 0, !rec[i]);
}

/* ---- running a row ---- */

/* The record's memory; the page behind it is not mapped. */
static __u8 *record_memory(void)
{
	static __u8 *rec;

	if (rec)
		return rec;
	rec = mmap(NULL, SCT_REC_MAX + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
		   -1, 0);
	assert_ptr_not_equal(rec, MAP_FAILED);
	assert_int_equal(mprotect(rec + SCT_REC_MAX, PAGE, PROT_NONE), 0);
	return rec;
}

static void decode(struct rec *r, const __u8 *rec)
{
	__u32 off = SCT_VALUES_OFF(r->row->nparams), i;
	__u16 len;

	memcpy(&r->head, rec, sizeof(r->head));
	for (i = 0; i < r->row->nparams; i++) {
		memcpy(&len, rec + sizeof(r->head) + 2 * i, sizeof(len));
		r->p[i] = (struct param){ rec + off, len };
		off += len;
	}
}

static struct sct_fill frame_for(const struct row *row, int enter, __s64 ret, const __u64 args[6])
{
	struct sct_fill f = sct_frame(record_memory(), row->id, row->nparams);

	memcpy(f.args, args, sizeof(f.args));
	f.ret = ret;
	f.enter = enter;
	f.nr = fake.nr;
	f.row = fake.row;
	f.flags = fake.flags;
	return f;
}

struct rec fill_row(enum sct_event_id id, int enter, __s64 ret, const __u64 args[6])
{
	struct rec r = { .row = &rows[id], .ret = ret };
	__u8 *rec = record_memory();
	struct sct_fill f = frame_for(r.row, enter, ret, args);

	memcpy(r.args, args, sizeof(r.args));
	r.row->want(&f, r.want);
	r.row->run(&f);
	sct_finish(&f, id, r.row->nparams);
	decode(&r, rec);
	check_form(&r, rec);
	return r;
}

/* The files, behind a record whose values are there; where they begin. */
static __u64 put_files(struct sct_fill *f, const struct row *row)
{
	const struct sct_fds fds = row->fds();
	__u64 start = SCT_ALIGN8(f->off);

	memset(f->rec + f->off, 0, start - f->off);
	f->off = start;
	f->open = 1;	/* a part apart */
	sct_put_fd_files(f, row->nparams, &fds);
	f->open = 0;
	return start;
}

const struct sct_record *fill_record(enum sct_event_id id, int enter, __s64 ret,
				     const __u64 args[6], int files)
{
	const struct row *row = &rows[id];
	struct sct_fill f = frame_for(row, enter, ret, args);

	row->run(&f);
	if (files && row->fds) {
		put_files(&f, row);
		f.flags |= SCT_RF_FILES;
	}
	sct_finish(&f, id, row->nparams);
	return (const struct sct_record *)f.rec;
}

/* The next file, which is at p; the bytes that it takes. */
static __u64 take_file(struct files *files, const __u8 *p)
{
	__typeof__(files->file[0]) *to = &files->file[files->n++];
	const __u8 *start = p;

	memcpy(&to->head, p, sizeof(to->head));
	p += sizeof(to->head);
	memcpy(to->path, p, to->head.len);
	p += SCT_ALIGN8(to->head.len);
	if (to->head.flags & SCT_FF_DETAILS) {
		memcpy(&to->details, p, sizeof(to->details));
		p += sizeof(to->details);
		memcpy(to->tuple, p, to->details.len);
		p += SCT_ALIGN8(to->details.len);
	}
	return p - start;
}

struct files fill_files_row(enum sct_event_id id, int enter, __s64 ret, const __u64 args[6])
{
	const struct row *row = &rows[id];
	struct sct_fill f = frame_for(row, enter, ret, args);
	struct files files = {};
	__u64 off;

	row->run(&f);
	off = put_files(&f, row);
	while (off < f.off) {
		assert_in_range(files.n, 0, ARRAY_SIZE(files.file) - 1);
		off += take_file(&files, f.rec + off);
	}
	assert_int_equal(off, f.off);
	return files;
}

/* ---- memory for arguments ---- */

static struct edge {
	struct edge *next;
	void *map;
	size_t size;
} *edges;

void *at_edge(const void *data, size_t n)
{
	size_t size = (n + PAGE - 1) / PAGE * PAGE;
	struct edge *e = malloc(sizeof(*e));
	__u8 *map = mmap(NULL, size + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			 -1, 0);

	assert_non_null(e);
	assert_ptr_not_equal(map, MAP_FAILED);
	assert_int_equal(mprotect(map + size, PAGE, PROT_NONE), 0);
	*e = (struct edge){ edges, map, size + PAGE };
	edges = e;
	return memcpy(map + size - n, data, n);
}

void free_edges(void)
{
	struct edge *e;

	while ((e = edges)) {
		edges = e->next;
		munmap(e->map, e->size);
		free(e);
	}
}

void *big_buffer(void)
{
	static __u8 big[BIG_SIZE];

	if (!big[0])
		memset(big, 'A', sizeof(big));
	return big;
}

/* ---- what the accessors answer at first ---- */

void fake_reset(void)
{
	__u64 v = 0x1000;

	memset(&fake, 0, sizeof(fake));
#define X(ctype, name)			\
	fake.task.name = ++v;		\
	fake.other.name = ++v;
	SCT_FAKE_TASK(X)
#undef X
#define X(ctype, name) fake.name = ++v;
	SCT_FAKE_NUMBERS(X)
#undef X
#define X(name) fake.name = "/" #name;
	SCT_FAKE_STRINGS(X)
#undef X
#define X(name)				\
	fake.name.ino = ++v;		\
	fake.name.dev = ++v;
	SCT_FAKE_INODES(X)
#undef X
	memset(fake.local, 'l', fake.local_len = 16);
	memset(fake.remote, 'r', fake.remote_len = 28);
	fake.comm = "comm";
	fake.cgroups = "cpu=/a\0=/b";
	fake.cgroups_len = sizeof("cpu=/a\0=/b");
	fake.cfg = (struct sct_config){
		.sz = sizeof(fake.cfg), .ring_size = SCT_RING_LARGE, .snaplen = SCT_SNAPLEN_DEF,
		.argv_max = SCT_ARGV_DEF, .argv_failed = SCT_ARGV_DEF, .files = SCT_FILES_PATHS,
	};
	fake.closed_fd = -1;
	fake.uring = (struct sct_uring){ ++v, 1, 7, -5, 22, 1, 1 };
	fake.fd_magic = ++v;
	fake.given = SCT_LENS_UNKNOWN;
}
