// SPDX-License-Identifier: MIT
/* What holds for every row, whatever it is given. */
#include "fillers.h"

static const __s64 results[] = { -EFAULT, 0, 1, INT32_MAX, INT64_MAX, INT64_MIN, -1 };

/* Every result of one set of arguments; fill_row() checks the record's form. */
static void fill_all_of_caller(__u32 id, const __u64 args[6])
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(results); i++)
		fill_row(id, 0, results[i], args);
	if (rows[id].kind != ROW_TRACEPOINT)
		fill_row(id, 1, 0, args);
}

static void fill_all(__u32 id, const __u64 args[6])
{
	static const __u32 callers[] = {
		SCT_ABI_IA32, SCT_ABI_IA32 | SCT_RF_TIME64, SCT_ABI_X32, SCT_ABI_NATIVE,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(callers); i++) {
		fake.flags = callers[i];
		fill_all_of_caller(id, args);
	}
}

static void every_row_with(__u64 arg)
{
	__u64 args[6] = { arg, arg, arg, arg, arg, arg };
	__u32 id;

	for_each_filler(id)
		fill_all(id, args);
}

/* The same, but one argument at a time keeps a small value: a count, a command, a family. */
static void every_row_with_small_and(__u64 arg)
{
	__u64 args[6], id, i, small;

	for_each_filler(id)
		for (i = 0; i < 6; i++)
			for (small = 0; small < 20; small++) {
				args[0] = args[1] = args[2] = args[3] = args[4] = args[5] = arg;
				args[i] = small;
				fill_all(id, args);
			}
}

TEST(every_row_takes_zeros)
{
	every_row_with(0);
}

TEST(every_row_takes_bad_pointers)
{
	every_row_with((__u64)BAD_PTR);
	every_row_with((__u64)KERNEL_PTR);
	every_row_with(0x4141414141414141ull);	/* not canonical */
	every_row_with(~0ull);
	every_row_with(~0ull - 7);
}

TEST(every_row_takes_huge_numbers)
{
	every_row_with(INT32_MAX);
	every_row_with(INT64_MAX);
	every_row_with(1ull << 63);
	every_row_with(0xffffffff80000000ull);
}

TEST(every_row_takes_endless_memory)
{
	every_row_with((__u64)big_buffer());
	every_row_with_small_and((__u64)big_buffer());
	fake.cfg.snaplen = SCT_SNAPLEN_MAX;
	every_row_with((__u64)big_buffer());
	fake.cfg.snaplen = 0;
	every_row_with((__u64)big_buffer());
}

TEST(every_row_takes_small_numbers)
{
	every_row_with_small_and((__u64)BAD_PTR);
	every_row_with_small_and(~0ull);
	every_row_with_small_and((__u64)at_edge("A", 1));
}

TEST(every_row_takes_memory_that_ends)
{
	size_t n;

	for (n = 0; n <= 64; n++)
		every_row_with((__u64)at_edge(big_buffer(), n));
	every_row_with((__u64)at_edge(big_buffer(), 4095));
	every_row_with((__u64)at_edge(big_buffer(), 4097));
}

TEST(every_row_takes_memory_of_zeros)
{
	static __u8 zeros[1 << 16];

	every_row_with((__u64)zeros);
	every_row_with_small_and((__u64)zeros);
}

/* ---- pseudo-random arguments, the same in every run ---- */

static __u64 next_random(void)
{
	static __u64 x = 0x9e3779b97f4a7c15ull;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

/* Memory full of pointers into itself, numbers and text. */
static __u64 *self_pointers(void)
{
	static __u64 mem[4096];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mem); i++) {
		switch (next_random() % 6) {
		case 0:
			mem[i] = 0;
			break;
		case 1:
			mem[i] = next_random() % 64;
			break;
		case 2:
			mem[i] = next_random();
			break;
		case 3:
			memcpy(&mem[i], "/text/a", 8);
			break;
		default:
			mem[i] = (__u64)&mem[next_random() % ARRAY_SIZE(mem)];
		}
	}
	return mem;
}

static __u64 random_arg(const __u64 *mem)
{
	switch (next_random() % 8) {
	case 0:
		return next_random() % 32;
	case 1:
		return -(next_random() % 200);
	case 2:
		return next_random() >> (next_random() % 64);
	case 3:
		return (__u64)big_buffer() + next_random() % BIG_SIZE;
	case 4:
		return (__u64)mem + next_random() % 32768;	/* not aligned */
	default:
		return (__u64)&mem[next_random() % 4096];
	}
}

TEST(every_row_takes_anything)
{
	__u64 args[6], *mem = self_pointers();
	__u32 id, turn, i;

	for_each_filler(id)
		for (turn = 0; turn < 300; turn++) {
			for (i = 0; i < 6; i++)
				args[i] = random_arg(mem);
			fake.cfg.snaplen = turn % 3 ? SCT_SNAPLEN_DEF : next_random() % 16385;
			fill_row(id, 0, random_arg(mem), args);
			if (rows[id].kind != ROW_TRACEPOINT)
				fill_row(id, 1, 0, args);
		}
}

/* ---- what a row says by itself ---- */

static void same_data(const struct rec *r, __u32 i, __u64 from, __u64 size)
{
	__u64 n = size < fake.cfg.snaplen ? size : fake.cfg.snaplen, v;
	const struct param *p = &r->p[i];

	check(r, i, p->len == sizeof(v) + n);
	memcpy(&v, p->data, sizeof(v));
	check(r, i, v == size);
	check(r, i, !memcmp(p->data + sizeof(v), (const void *)from, n));
	check(r, i, (r->head.cut >> i & 1) == (n < size));
}

/* The true count, then as many objects as the type keeps. */
static void same_array(const struct rec *r, __u32 i, __u64 from, __u64 count)
{
	const struct type *t = &types[r->want[i].type];
	__u64 max = (t->size - sizeof(count)) / t->object[SCT_ABI_NATIVE];
	__u64 n = count < max ? count : max, v;
	const struct param *p = &r->p[i];

	check(r, i, p->len == sizeof(v) + n * t->object[SCT_ABI_NATIVE]);
	memcpy(&v, p->data, sizeof(v));
	check(r, i, v == count);
	check(r, i, !memcmp(p->data + sizeof(v), (const void *)from, p->len - sizeof(v)));
	check(r, i, (r->head.cut >> i & 1) == (n < count));
}

static void same_number(const struct rec *r, __u32 i, __u64 v)
{
	const struct type *t = &types[r->want[i].type];

	check_num(__FILE__, __LINE__, r, r->head.type, i, v);
	check(r, i, t->scalar);
}

static void same_memory(const struct rec *r, __u32 i, __u64 from, __u64 size)
{
	check_mem(__FILE__, __LINE__, r, r->head.type, i, (const void *)from, size);
}

static void as_row_says(const struct rec *r, __u32 i)
{
	const struct want *w = &r->want[i];
	__u64 arg = r->args[w->arg];

	if (w->absent) {
		check(r, i, !r->p[i].len);
		return;
	}
	switch (w->from) {
	case FROM_ARG:
		same_number(r, i, arg);
		break;
	case FROM_RET:
		same_number(r, i, r->ret);
		break;
	case FROM_USTR:
		same_memory(r, i, arg, strlen((const char *)arg) + 1);
		break;
	case FROM_UBUF:
		same_data(r, i, arg, w->n);
		break;
	case FROM_UOBJ:
	case FROM_UFIELD:
		same_memory(r, i, arg + w->n, types[w->type].object[SCT_ABI_NATIVE]);
		break;
	case FROM_UARRAY:
		same_array(r, i, arg, w->n);
		break;
	default:
		break;	/* the tests of families know */
	}
}

static void as_rows_say(const struct rec *r)
{
	__u32 i;

	for (i = 0; i < r->row->nparams; i++)
		as_row_says(r, i);
}

/* Each argument is a pointer to a text of its own: the pointers are the numbers, too. */
static void text_args(__u64 args[6])
{
	static char text[6][4096];
	__u32 i;

	for (i = 0; i < 6; i++) {
		memset(text[i], 'a' + i, 50 + i);
		args[i] = (__u64)text[i];
	}
}

TEST(every_argument_has_its_parameter)
{
	__u64 args[6];
	struct rec r;
	__u32 id;

	text_args(args);
	for_each_filler(id) {
		r = fill_row(id, 0, 17, args);
		as_rows_say(&r);
		r = fill_row(id, 0, 0, args);
		as_rows_say(&r);
		r = fill_row(id, 0, 1 << 12, args);
		as_rows_say(&r);
	}
}

TEST(every_failed_call_tells_its_arguments)
{
	__u64 args[6];
	struct rec r;
	__u32 id;

	text_args(args);
	for_each_filler(id) {
		if (rows[id].kind == ROW_TRACEPOINT)
			continue;
		r = fill_row(id, 0, -EINVAL, args);
		as_rows_say(&r);
	}
}

TEST(every_enter_record_tells_the_arguments_only)
{
	__u64 args[6];
	struct rec r;
	__u32 id;

	text_args(args);
	for_each_filler(id) {
		if (rows[id].kind == ROW_TRACEPOINT)
			continue;
		r = fill_row(id, 1, 0, args);
		assert_true(r.head.flags & SCT_RF_ENTER);
		as_rows_say(&r);
	}
}

/* Run every row with one value as every pointer, and look at the parameters of user memory. */
static void every_pointer(__u64 arg, void (*look)(const struct rec *r, __u32 i))
{
	__u64 args[6] = { arg, arg, arg, arg, arg, arg };
	struct rec r;
	__u32 id, i;

	for_each_filler(id) {
		r = fill_row(id, 0, 64, args);
		for (i = 0; i < r.row->nparams; i++)
			look(&r, i);
	}
}

static int of_user_memory(const struct want *w)
{
	return !w->absent && (w->from == FROM_USTR || w->from == FROM_UBUF ||
			      w->from == FROM_UOBJ || w->from == FROM_UARRAY ||
			      w->from == FROM_UFIELD);
}

static void empty_not_faulted(const struct rec *r, __u32 i)
{
	if (of_user_memory(&r->want[i]))
		check(r, i, !r->p[i].len && !(r->head.faulted >> i & 1));
}

TEST(every_null_pointer_is_empty)
{
	every_pointer(0, empty_not_faulted);
}

/* Of a buffer its size stays known, of an array its count. */
static void faulted(const struct rec *r, __u32 i)
{
	const struct want *w = &r->want[i];
	int is_counted = w->from == FROM_UBUF || w->from == FROM_UARRAY;

	if (of_user_memory(w) && !(is_counted && !w->n))
		check(r, i, r->p[i].len == (is_counted ? 8 : 0) && r->head.faulted >> i & 1);
}

TEST(every_bad_pointer_is_faulted)
{
	every_pointer((__u64)BAD_PTR, faulted);
	every_pointer((__u64)KERNEL_PTR, faulted);
	every_pointer((__u64)at_edge("A", 1), faulted);
}

static void one_byte_if_string(const struct rec *r, __u32 i)
{
	if (r->want[i].from == FROM_USTR && !r->want[i].absent)
		check(r, i, r->p[i].len == 1 && !r->p[i].data[0]);
}

TEST(every_empty_string_is_one_byte)
{
	every_pointer((__u64)at_edge("", 1), one_byte_if_string);
}

static void cut_if_string(const struct rec *r, __u32 i)
{
	__u32 max = types[r->want[i].type].size;

	if (r->want[i].from != FROM_USTR || r->want[i].absent)
		return;
	check(r, i, r->head.cut >> i & 1);
	check(r, i, r->p[i].len == max && !r->p[i].data[max - 1] && r->p[i].data[max - 2] == 'A');
}

TEST(every_oversized_string_is_cut)
{
	every_pointer((__u64)big_buffer(), cut_if_string);
}

static void cut_if_buffer(const struct rec *r, __u32 i)
{
	const struct want *w = &r->want[i];

	if (w->from == FROM_UBUF && !w->absent)
		same_data(r, i, (__u64)big_buffer(), w->n);
}

TEST(every_buffer_obeys_the_snaplen)
{
	static const __u64 snaplen[] = { 0, 1, 63, 64, 65, SCT_SNAPLEN_MAX };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(snaplen); i++) {
		fake.cfg.snaplen = snaplen[i];
		every_pointer((__u64)big_buffer(), cut_if_buffer);
	}
}
