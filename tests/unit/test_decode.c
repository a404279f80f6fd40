// SPDX-License-Identifier: MIT
/*
 * From a record's bytes to values: records made by hand, well-formed and not.  Links the library's
 * inside; what they print is in test_print.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <yajl/yajl_parse.h>
#include "records.h"

/* ---- the tables ---- */

static void rows_are_consistent(void **state)
{
	const struct sct_event_info *e;
	const struct sct_type_info *t;
	unsigned i, j;

	(void)state;
	for (i = 0; (e = sct_event_at(i)); i++) {
		assert_int_equal(e->id, i);
		assert_non_null(e->category);
		assert_ptr_equal(sct_event_by_name(e->name), e);
		for (j = 0; j < e->nparams; j++)
			assert_non_null(sct_type_by_name(e->params[j].type));
	}
	assert_int_equal(i, SCT_EV_MAX);
	for (i = 0; (t = sct_type_at(i)); i++) {
		assert_ptr_equal(sct_type_by_name(t->token), t);
		if ((!strcmp(t->format, "flags") || !strcmp(t->format, "enum")) &&
		    !strstr(t->token, "_OTHER"))
			assert_non_null(t->symbols);
		if (t->symbols)
			assert_non_null(sct_symbol_at(t->symbols, 0, NULL));
	}
	assert_int_equal(i, SCT_T_MAX);
	assert_null(sct_event_by_name("no such call"));
	assert_null(sct_type_by_name("NONE"));
	assert_null(sct_syscall_by_name(""));
	assert_null(sct_symbol_at("none", 0, NULL));
	assert_null(sct_symbol_at("no such set", 0, NULL));
}

static void a_row_says_what_it_is(void **state)
{
	const struct sct_event_info *e = sct_event_by_name("openat");

	(void)state;
	assert_true(e->is_call);
	assert_true(e->by_default);
	assert_string_equal(e->category, "file");
	assert_string_equal(e->params[0].name, "fd");
	assert_true(e->params[0].result);
	assert_string_equal(e->params[3].type, "OPEN_FLAGS");
	assert_false(e->params[3].result);
	assert_false(sct_event_by_name("task")->by_default);
	assert_false(sct_event_by_name("procexit")->is_call);
	assert_true(sct_event_by_name("procexit")->by_default);
	assert_ptr_equal(sct_syscall_by_name("openat")->event, e);
	assert_int_equal(sct_syscall_by_name("openat")->nr[1], 295);
	assert_true(sct_syscall_by_name("exit_group")->enter);
	assert_false(sct_syscall_by_name("getpid")->enter);
}

static void symbols_do_not_hide_each_other(void **state)
{
	const struct sct_symbol_set *set;
	unsigned i, j;

	(void)state;
	for (set = sct_sets; set < sct_sets + SCT_SET_MAX; set++)
		for (i = 0; i < set->n; i++)
			for (j = 0; j < i; j++)
				if (set->symbols[i].value == set->symbols[j].value &&
				    set->symbols[i].mask == set->symbols[j].mask)
					fail_msg("%s: %s is %s", set->name, set->symbols[i].name,
						 set->symbols[j].name);
}

static void flags_have_a_value(void **state)
{
	const struct sct_symbol_set *set;
	unsigned i;

	(void)state;
	for (set = sct_sets; set < sct_sets + SCT_SET_MAX; set++)
		for (i = 0; i < set->n; i++) {
			const struct sct_symbol *s = &set->symbols[i];

			if (!s->mask || s->value & ~s->mask)
				fail_msg("%s: %s can never match", set->name, s->name);
		}
}

static void the_digest_is_of_the_text(void **state)
{
	static const char one[] = "a row", other[] = "a rov";

	(void)state;
	assert_int_not_equal(sct_digest(), 0);
	assert_int_equal(sct_digest(), sct_digest());
	assert_int_equal(sct_digest_of(one, sizeof(one)), sct_digest_of(one, sizeof(one)));
	assert_int_not_equal(sct_digest_of(one, sizeof(one)), sct_digest_of(other, sizeof(other)));
	/* FNV-1a's own test value */
	assert_true(sct_digest_of("foobar", 6) == 0x85944171f73967e8ull);
}

static void names_of_errors_and_signals(void **state)
{
	char room[16];

	(void)state;
	assert_string_equal(sct_errno_name(2), "ENOENT");
	assert_string_equal(sct_errno_name(11), "EAGAIN");
	assert_string_equal(sct_errno_name(512), "ERESTARTSYS");
	assert_null(sct_errno_name(0));
	assert_null(sct_errno_name(4000));
	assert_string_equal(sct_signal_name(2, room), "SIGINT");
	assert_string_equal(sct_signal_name(32, room), "SIGRTMIN");
	assert_string_equal(sct_signal_name(35, room), "SIGRT_3");
	assert_string_equal(sct_signal_name(64, room), "SIGRT_32");
	assert_null(sct_signal_name(0, room));
	assert_null(sct_signal_name(65, room));
	assert_null(sct_signal_name(-1, room));
}

/* ---- records that are not sound ---- */

static void a_sound_record_passes(void **state)
{
	(void)state;
	openat_record(3);
	rec_event();
}

static void torn_records_are_refused(void **state)
{
	struct sct_record *r;
	size_t avail;

	(void)state;
	openat_record(3);
	r = rec_bytes();
	for (avail = 0; avail < r->len; avail++)
		assert_bad_bytes(r, avail, avail < sizeof(*r) ? "torn inside the header" : "torn");
}

static void wrong_headers_are_refused(void **state)
{
	struct sct_record *r;

	(void)state;
	openat_record(3);
	rec.head.type = SCT_EV_MAX;
	assert_bad("unknown event");

	openat_record(3);
	rec.head.nparams--;
	assert_bad("number of parameters is not the table's");

	openat_record(3);
	rec.head.flags = SCT_ABI_MAX;
	assert_bad("unknown flags");
	rec.head.flags = 0x80;
	assert_bad("unknown flags");

	openat_record(3);
	r = rec_bytes();
	r->len -= 4;
	assert_bad_bytes(r, r->len, "impossible length");
	r->len = 8;
	assert_bad_bytes(r, sizeof(*r), "impossible length");
	r->len = sizeof(*r);
	assert_bad_bytes(r, sizeof(*r), "too short for its parameters");
}

static void vectors_of_messages_that_are_not_sound_are_refused(void **state)
{
	const unsigned more = SCT_PARAM(sendmmsg_x, more);
	struct {
		__u64 count;
		struct sct_mmsg head;
		__u64 size;
		char data[4];
	} __attribute__((packed)) v = { 1, { .ndata = 12 }, 4, "data" };

	(void)state;
	START(sendmmsg_x);
	SET(sendmmsg_x, res, 1);
	rec_set(more, &v, sizeof(v));
	rec_event();
	rec_set(more, &v, 7);
	assert_bad("messages without their number");
	rec_set(more, &v, sizeof(v) - 1);
	assert_bad("part of a message");
	rec_set(more, &v, 8 + sizeof(v.head) - 1);
	assert_bad("part of a message");
	v.size = 3;
	rec_set(more, &v, sizeof(v));
	assert_bad("part of a message");
	v.size = 4;
	v.head.ndata = 4;
	v.head.ncontrol = 8;
	rec_set(more, &v, sizeof(v));
	assert_bad("part of a message");
	v.head = (struct sct_mmsg){ .naddr = 12 };
	v.count = 0;
	rec_set(more, &v, sizeof(v));
	assert_bad("more messages than counted");
}

static void lengths_that_do_not_add_up_are_refused(void **state)
{
	struct sct_record *r;

	(void)state;
	openat_record(3);
	r = rec_bytes();
	r->len += 8;
	assert_bad_bytes(r, r->len, "values end before it does");

	((__u16 *)(r + 1))[SCT_PARAM(openat_x, name)] = 60000;
	assert_bad_bytes(r, r->len, "values reach beyond its end");
}

/* What it lacks is missed at its values, and what is too much seen behind them. */
static void a_duration_is_behind_the_values(void **state)
{
	struct sct_record *r;
	const char *why;

	(void)state;
	openat_record(3);
	assert_int_equal(sct_event_duration(rec_event()), -1);
	rec.took = 1002003004;
	rec.head.flags = SCT_RF_DURATION;
	r = rec_bytes();
	assert_int_equal(sct_record_check(r, r->len, &why), 0);
	assert_int_equal(sct_event_duration(rec_event()), 1002003004);
	assert_string_equal(strstr(text(), " = 3"), " = 3 <1.002003>");
	assert_json("duration", "1002003004");
	r = rec_bytes();
	r->len -= 8;
	assert_bad_bytes(r, r->len, "values reach beyond its end");
	r->len += 16;
	assert_bad_bytes(r, r->len, "values end before it does");
	r->len = SCT_VALUES_OFF(r->nparams);
	assert_bad_bytes(r, r->len, "too short for its parameters");
	openat_record(3);
	assert_json("duration", "missing");
}

/* The number that a tracer changed lies between the files and the duration. */
static void a_changed_number_is_behind_the_values(void **state)
{
	const struct sct_syscall_info *call;
	struct sct_record *r;
	const char *why;
	int64_t nr = 0;

	(void)state;
	openat_record(3);
	assert_int_equal(sct_event_shown(rec_event(), &nr, &call), -ENOENT);
	assert_json("shown", "missing");
	rec.shown = 39;
	rec.took = 1000;
	rec.head.flags = SCT_RF_CHANGED | SCT_RF_DURATION;
	rec_file(SCT_PARAM(openat_x, fd), "/etc/passwd", 0, 0);
	r = rec_bytes();
	assert_int_equal(sct_record_check(r, r->len, &why), 0);
	assert_int_equal(sct_event_shown(rec_event(), &nr, &call), 0);
	assert_int_equal(nr, 39);
	assert_string_equal(call->name, "getpid");
	assert_int_equal(sct_event_duration(rec_event()), 1000);
	assert_non_null(strstr(text(), " <0.000001> (tracer changed the call's number to 39, getpid)"));
	assert_json("shown.nr", "39");
	assert_json("shown.call", "getpid");
	r = rec_bytes();
	r->len -= 8;
	assert_int_equal(sct_record_check(r, r->len, &why), -EBADMSG);
}

static void a_changed_number_is_of_the_call_s_abi(void **state)
{
	const struct sct_syscall_info *call;
	int64_t nr = 0;

	(void)state;
	openat_record(3);
	rec.shown = 20;
	rec.head.flags = SCT_RF_CHANGED | SCT_ABI_IA32;
	assert_int_equal(sct_event_shown(rec_event(), &nr, &call), 0);
	assert_string_equal(call->name, "getpid");
	rec.shown = SCT_X32_BIT | 39;
	rec.head.flags = SCT_RF_CHANGED | SCT_ABI_X32;
	assert_int_equal(sct_event_shown(rec_event(), &nr, &call), 0);
	assert_string_equal(call->name, "getpid");
	rec.shown = -1;
	assert_int_equal(sct_event_shown(rec_event(), &nr, &call), 0);
	assert_true(nr == -1 && !call);
	assert_non_null(strstr(text(), " (tracer changed the call's number to -1)"));
	assert_json("shown.nr", "-1");
	assert_json("shown.call", "null");
}

/* ---- what changed while the call was made ---- */

static void a_change_is_told(void **state)
{
	struct sct_value before = { .sz = sizeof(before) };
	struct sct_record *begun;

	(void)state;
	openat_record(3);
	SET_STR(openat_x, name, "first");
	rec_begin();
	begun = event.begun;
	openat_record(3);
	event.begun = begun;
	SET_STR(openat_x, name, "second");
	SET(openat_x, flags, 1);
	assert_int_equal(sct_event_changed(rec_event(), SCT_PARAM(openat_x, name), &before), 0);
	assert_string_equal(before.data, "first");
	assert_int_equal(sct_event_changed(rec_event(), SCT_PARAM(openat_x, flags), &before), -ENOENT);
	assert_int_equal(sct_event_changed(rec_event(), SCT_NPARAMS(openat_x), &before), -EINVAL);
	assert_non_null(strstr(text(), " = 3 (changed during the call: name was \"first\")"));
	assert_non_null(strstr(json_line(), "\"changed\":{\"name\":\"first\"}"));
	SET_STR(openat_x, name, "first");
	assert_int_equal(sct_event_changed(rec_event(), SCT_PARAM(openat_x, name), &before), -ENOENT);
	assert_json("changed", "missing");
	rec.head.faulted = BIT(openat_x, name);
	SET_STR(openat_x, name, "second");
	assert_int_equal(sct_event_changed(rec_event(), SCT_PARAM(openat_x, name), &before), -ENOENT);
	free(begun);
}

static struct sct_record *pair_record(struct sct_pairs *pairs, pid_t tid, const char *name, __u32 flags)
{
	struct sct_record *r;

	openat_record(3);
	SET_STR(openat_x, name, name);
	SET(openat_x, flags, flags);
	rec.head.tid = tid;
	r = rec_bytes();
	return pairs ? sct_pairs_end(pairs, r) : r;
}

static void ends_find_their_begins(void **state)
{
	struct sct_pairs *pairs = sct_pairs_new();
	struct sct_record *begun;

	(void)state;
	assert_non_null(pairs);
	assert_null(pair_record(pairs, 10, "x", 0));
	assert_int_equal(sct_pairs_begin(pairs, pair_record(NULL, 10, "old", 0)), 0);
	assert_int_equal(sct_pairs_begin(pairs, pair_record(NULL, 10, "a", 0)), 0);
	assert_int_equal(sct_pairs_begin(pairs, pair_record(NULL, 11, "b", 0)), 0);
	assert_null(pair_record(pairs, 12, "a", 0));
	assert_null(pair_record(pairs, 10 + 65536, "a", 0));	/* another thread of this place */
	assert_null(pair_record(pairs, 10, "a", 1));		/* another call */
	begun = pair_record(pairs, 10, "changed", 0);
	assert_non_null(begun);
	assert_int_equal(begun->tid, 10);
	free(begun);
	assert_null(pair_record(pairs, 10, "a", 0));		/* it has ended */
	sct_pairs_clear(pairs);
	assert_null(pair_record(pairs, 11, "b", 0));
	assert_int_equal(sct_pairs_begin(pairs, pair_record(NULL, 11, "b", 0)), 0);
	sct_pairs_free(pairs);
}

static void wrong_values_are_refused(void **state)
{
	struct sct_tuple tuple = { .llen = 3 };

	(void)state;
	openat_record(3);
	rec.len[SCT_PARAM(openat_x, flags)] = 2;
	assert_bad("a number of the wrong size");

	openat_record(3);
	rec_set(SCT_PARAM(openat_x, name), "ab", 2);
	assert_bad("a string without an end");

	START(nanosleep_x);
	rec_set(SCT_PARAM(nanosleep_x, interval), "123456789", 9);
	assert_bad("part of a struct timespec");

	START(signalfd4_x);
	rec_set(SCT_PARAM(signalfd4_x, mask), "1234", 4);
	assert_bad("part of a signal set");

	START(read_x);
	rec_set(SCT_PARAM(read_x, data), "1234", 4);
	assert_bad("data without a size");
	rec_set_counted(SCT_PARAM(read_x, data), 3, "1234", 4);
	assert_bad("more data than its size says");

	START(poll_x);
	rec_set_counted(SCT_PARAM(poll_x, fds), 2, "1234", 4);
	assert_bad("part of a struct");
	rec_set_counted(SCT_PARAM(poll_x, fds), 0, "12345678", 8);
	assert_bad("more structs than counted");

	START(connect_x);
	rec_set(SCT_PARAM(connect_x, tuple), "1", 1);
	assert_bad("a pair of addresses without lengths");
	rec_set(SCT_PARAM(connect_x, tuple), &tuple, sizeof(tuple));
	assert_bad("a pair of addresses with wrong lengths");

	START(connect_x);
	rec_set(SCT_PARAM(connect_x, addr), rec.bytes, SCT_SIZE_SOCKADDR + 1);
	assert_bad("a value longer than its type allows");
}

/* ---- accessors ---- */

static void an_event_tells_where_it_is_from(void **state)
{
	const struct sct_event *e;

	(void)state;
	openat_record(3);
	rec.head.cgroup = 99;
	rec.head.tid = 1235;
	rec.head.flags = SCT_RF_ENTER | SCT_ABI_IA32;
	e = rec_event();
	assert_ptr_equal(sct_event_info(e), sct_event_by_name("openat"));
	assert_string_equal(sct_event_name(e), "openat");
	assert_true(sct_event_is_enter(e));
	assert_int_equal(sct_event_abi(e), SCT_EVENT_I386);
	assert_int_equal(sct_event_ts(e), 1500000000);
	assert_int_equal(sct_event_realtime(e), 1700000001500000000ll);
	assert_int_equal(sct_event_cpu(e), 2);
	assert_int_equal(sct_event_seq(e), 7);
	assert_int_equal(sct_event_tid(e), 1235);
	assert_int_equal(sct_event_tgid(e), 1234);
	assert_int_equal(sct_event_cgroup_id(e), 99);
	assert_ptr_equal(sct_event_task(e), &task);
	assert_int_equal(sct_event_lost(e), 0);
}

static void values_are_typed(void **state)
{
	struct sct_value v = { .sz = sizeof(v) };
	const struct sct_event *e;

	(void)state;
	openat_record(-2);
	rec.head.cut = BIT(openat_x, name);
	e = rec_event();
	assert_int_equal(sct_event_value(e, 0, &v), 0);
	assert_int_equal(v.kind, SCT_VALUE_INT);
	assert_int_equal(v.i, -2);
	assert_true(v.u == 0xfffffffeull);
	assert_int_equal(sct_event_arg(e, "name", &v), 0);
	assert_int_equal(v.kind, SCT_VALUE_STRING);
	assert_int_equal(v.len, strlen("/etc/passwd"));
	assert_memory_equal(v.data, "/etc/passwd", v.len + 1);
	assert_true(v.cut);
	assert_false(v.faulted);
	assert_int_equal(sct_event_arg(e, "ino", &v), 0);
	assert_int_equal(v.kind, SCT_VALUE_NONE);
	assert_int_equal(sct_event_arg(e, "flags", &v), 0);
	assert_int_equal(v.kind, SCT_VALUE_UINT);
	assert_int_equal(v.u, O_CLOEXEC);
	assert_int_equal(sct_event_arg(e, "nonsense", &v), -ENOENT);
	assert_int_equal(sct_event_value(e, e->rec->nparams, &v), -EINVAL);
}

static __u64 number_of(const struct sct_event *e, const char *name)
{
	struct sct_value v = { .sz = sizeof(v) };

	assert_int_equal(sct_event_arg(e, name, &v), 0);
	return v.u;
}

static void addresses_are_written_as_the_system_does(void **state)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	char text[INET_ADDRSTRLEN];
	struct sct_addr addr;
	unsigned i;

	(void)state;
	for (i = 0; i < 256; i++) {
		in.sin_addr.s_addr = htonl(i << 24 | (255 - i) << 16 | i);
		assert_true(sct_addr_parse(&addr, &in, sizeof(in)) && addr.inet);
		assert_string_equal(addr.host, inet_ntop(AF_INET, &in.sin_addr, text, sizeof(text)));
	}
}

static void octal_numbers_have_a_zero_in_front(void **state)
{
	static const __u64 numbers[] = { 0, 7, 8, 0644, 0100755, ~0ull };
	struct sct_buf buf = {};
	char text[32];
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		buf.len = 0;
		sct_buf_oct(&buf, numbers[i]);
		snprintf(text, sizeof(text), "%#llo", (unsigned long long)numbers[i]);
		assert_int_equal(buf.len, strlen(text));
		assert_memory_equal(buf.data, text, buf.len);
	}
	free(buf.data);
}

static void values_can_be_read_in_any_order(void **state)
{
	struct sct_value v = { .sz = sizeof(v) };

	(void)state;
	openat_record(3);
	SET(openat_x, ino, 4711);
	rec_event();
	assert_int_equal(number_of(&event, "ino"), 4711);
	assert_int_equal(sct_event_arg(&event, "name", &v), 0);
	assert_int_equal(v.len, strlen("/etc/passwd"));
	assert_memory_equal(v.data, "/etc/passwd", v.len);
	assert_int_equal(number_of(&event, "fd"), 3);
	assert_int_equal(number_of(&event, "ino"), 4711);
}

static void events_of_one_owner_can_be_read_in_turns(void **state)
{
	static __u64 bytes[SCT_REC_MAX / 8];
	struct sct_event other;

	(void)state;
	openat_record(3);
	other = *rec_event();
	other.rec = memcpy(bytes, event.rec, event.rec->len);
	openat_record(4);
	rec_event();
	assert_int_equal(number_of(&event, "fd"), 4);
	assert_int_equal(number_of(&other, "fd"), 3);
	assert_int_equal(number_of(&event, "fd"), 4);
}

static void what_is_forgotten_is_decoded_anew(void **state)
{
	struct sct_event e;

	(void)state;
	openat_record(3);
	e = *rec_event();
	assert_int_equal(number_of(&e, "fd"), 3);
	openat_record(4);
	rec_bytes();	/* in the same memory */
	sct_decoder_forget(e.decoder);
	assert_int_equal(number_of(&e, "fd"), 4);
}

static void an_older_caller_gets_what_it_has_room_for(void **state)
{
	struct sct_value v = { .sz = offsetof(struct sct_value, data) };

	(void)state;
	openat_record(3);
	v.len = 77;
	assert_int_equal(sct_event_arg(rec_event(), "name", &v), 0);
	assert_int_equal(v.kind, SCT_VALUE_STRING);
	assert_int_equal(v.len, 77);
	v.sz = 0;
	assert_int_equal(sct_event_arg(&event, "name", &v), -EINVAL);
}

/* ---- tasks ---- */

static const struct sct_record *task_record(__u32 tid, const char *comm)
{
	START(task);
	rec.head.tid = tid;
	SET(task, ppid, 1);
	SET(task, uid, 1000);
	SET(task, loginuid, ~0u);
	if (comm)
		SET_STR(task, comm, comm);
	SET_STR(task, exe, "/bin/x");
	return rec_event()->rec;
}

static bool is_odd(pid_t tid)
{
	return tid & 1;
}

static void tasks_are_remembered(void **state)
{
	struct sct_tasks *tasks = sct_tasks_new();
	const struct sct_task *t;

	(void)state;
	assert_non_null(tasks);
	assert_null(sct_tasks_find(tasks, 5));
	assert_int_equal(sct_tasks_learn(tasks, task_record(5, NULL)), 0);
	t = sct_tasks_find(tasks, 5);
	assert_int_equal(t->tid, 5);
	assert_int_equal(t->tgid, 1234);
	assert_int_equal(t->ppid, 1);
	assert_int_equal(t->uid, 1000);
	assert_int_equal(t->loginuid, ~0u);
	assert_string_equal(t->comm, "");
	assert_string_equal(t->exe, "/bin/x");
	assert_string_equal(t->cgroup, "");
	sct_tasks_free(tasks);
	sct_tasks_free(NULL);
}

static void pointers_live_as_long_as_the_batch(void **state)
{
	struct sct_tasks *tasks = sct_tasks_new();
	const struct sct_task *old;

	(void)state;
	assert_int_equal(sct_tasks_learn(tasks, task_record(4, "before")), 0);
	old = sct_tasks_find(tasks, 4);
	assert_int_equal(sct_tasks_learn(tasks, task_record(4, "after")), 0);
	assert_string_equal(old->comm, "before");
	assert_string_equal(sct_tasks_find(tasks, 4)->comm, "after");
	sct_tasks_batch_done(tasks);
	old = sct_tasks_find(tasks, 4);
	/* found to be gone at 100: events of it may come until records are read beyond that */
	sct_tasks_sweep(tasks, is_odd, 100, 90);
	assert_ptr_equal(sct_tasks_find(tasks, 4), old);
	sct_tasks_sweep(tasks, is_odd, 200, 100);
	assert_ptr_equal(sct_tasks_find(tasks, 4), old);
	sct_tasks_sweep(tasks, is_odd, 300, 101);
	assert_null(sct_tasks_find(tasks, 4));
	assert_string_equal(old->comm, "after");
	sct_tasks_batch_done(tasks);
	sct_tasks_free(tasks);
}

static void many_tasks(void **state)
{
	struct sct_tasks *tasks = sct_tasks_new();
	int i;

	(void)state;
	for (i = 1; i <= 5000; i++)
		assert_int_equal(sct_tasks_learn(tasks, task_record(i, "many")), 0);
	for (i = 1; i <= 5000; i++)
		assert_int_equal(sct_tasks_find(tasks, i)->tid, i);
	sct_tasks_sweep(tasks, is_odd, 1, 2);
	for (i = 1; i <= 5000; i++)
		assert_int_equal(!!sct_tasks_find(tasks, i), i & 1);
	sct_tasks_free(tasks);
}

/* ---- every row, at random ---- */

static unsigned below(unsigned n)
{
	return n ? (unsigned)random() % n : 0;
}

static void fill_random(__u8 *p, size_t len)
{
	static const char likely[] = "\0\1aZ/ \"\\\xff\xc3\xa9\xe2\x82\xac";

	while (len--)
		*p++ = below(4) ? (__u8)likely[below(sizeof(likely))] : (__u8)random();
}

/* Bytes behind their size: how many both are together. */
static unsigned random_counted(__u8 *p)
{
	unsigned len = below(40);
	__u64 size = below(2) ? len : len + (__u64)random() * random();

	memcpy(p, &size, sizeof(size));
	return sizeof(size) + len;
}

static unsigned random_messages(__u8 *p)
{
	__u64 n = below(SCT_MMSG_MAX), count = n + below(3);
	struct sct_mmsg head;
	unsigned len = sizeof(count);

	memcpy(p, &count, sizeof(count));
	while (n--) {
		head = (struct sct_mmsg){ random(), random(), below(4), below(129), 0, 0 };
		len += sizeof(head);
		if (below(2))
			head.ndata = random_counted(p + len + head.naddr);
		if (below(2))
			head.ncontrol = random_counted(p + len + head.naddr + head.ndata);
		memcpy(p + len - sizeof(head), &head, sizeof(head));
		len += head.naddr + head.ndata + head.ncontrol;
	}
	return len;
}

/* Random bytes that the format allows; returns their number. */
static unsigned random_data(const struct sct_type_row *type, __u8 *p)
{
	const unsigned max = type->info.size, object = type->object[rec.head.flags & SCT_RF_ABI_MASK];
	unsigned len = below(below(8) ? 200 : max) + 1;
	struct sct_tuple tuple;
	__u64 count;

	if (len > max)
		len = max;
	fill_random(p, max);
	switch (type->format) {
	case SCT_FMT_STR:
	case SCT_FMT_STRV:
		p[len - 1] = 0;
		return len;
	case SCT_FMT_BYTES:
		count = below(2) ? len - 1 : (__u64)random() * random();
		if (count < len - 1)
			count = len - 1;
		memcpy(p, &count, sizeof(count));
		return len - 1 + 8 > max ? max : len - 1 + 8;
	case SCT_FMT_FDSET:
		count = 8 * (len - 1) + (below(2) ? 0 : (__u64)random() * random());
		memcpy(p, &count, sizeof(count));
		return len - 1 + 8 > max ? max : len - 1 + 8;
	case SCT_FMT_MMSGS:
		return random_messages(p);
	case SCT_FMT_STRUCT:
		return below(object) + 1;
	case SCT_FMT_STRUCTS:
		len = below((max - 8) / object + 1);
		count = len + below(3);
		memcpy(p, &count, sizeof(count));
		return 8 + object * len;
	case SCT_FMT_TUPLE:
		tuple.llen = below(129);
		tuple.rlen = below(129);
		memcpy(p, &tuple, sizeof(tuple));
		p[4] = below(12);
		p[5] = 0;
		p[4 + tuple.llen] = below(12);
		p[5 + tuple.llen] = 0;
		return 4 + tuple.llen + tuple.rlen;
	case SCT_FMT_SOCKADDR:
		p[0] = below(12);
		p[1] = 0;
		return len;
	default:
		return max;
	}
}

static void random_record(unsigned type)
{
	static __u8 data[SCT_REC_MAX];
	const struct sct_type_row *t;
	unsigned i;

	rec_start(type);
	rec.head.flags = below(SCT_ABI_MAX) | (below(2) ? SCT_RF_ENTER : 0);
	for (i = 0; i < rec.head.nparams; i++) {
		t = &sct_types[sct_events[type].params[i].type];
		if (!below(5))
			continue;
		if (t->info.scalar) {
			fill_random(data, t->info.size);
			rec_set(i, data, t->info.size);
		} else {
			rec_set(i, data, random_data(t, data));
		}
	}
	rec.head.cut = below(3) ? 0 : (__u64)random() << 20 ^ random();
	rec.head.faulted = below(3) ? 0 : (__u64)random() << 20 ^ random();
	if (!below(4))
		event.task = NULL;
}

/* One whole value; no tree is made of it, which would take longer than all else. */
static void assert_is_json(const char *s, size_t len)
{
	yajl_handle parser = yajl_alloc(NULL, NULL, NULL);

	assert_non_null(parser);
	if (yajl_parse(parser, (const unsigned char *)s, len) != yajl_status_ok ||
	    yajl_complete_parse(parser) != yajl_status_ok)
		fail_msg("%s: no JSON", s);
	yajl_free(parser);
}

/* All that can be done with a record, from memory that ends where it does. */
static bool use(struct sct_printer *text_printer, struct sct_printer *json_printer,
		const struct sct_record *r, size_t avail)
{
	struct sct_value v = { .sz = sizeof(v) };
	const char *s;
	size_t len;
	unsigned i;

	if (sct_record_check(r, avail, &s))
		return false;
	rec_read(r);
	for (i = 0; i < r->nparams; i++)
		assert_int_equal(sct_event_value(&event, i, &v), 0);
	s = sct_print(text_printer, &event, &len);
	assert_non_null(s);
	assert_int_equal(strlen(s), len);
	s = sct_print(json_printer, &event, &len);
	assert_non_null(s);
	assert_is_json(s, len);
	return true;
}

static void every_row_at_random(void **state)
{
	struct sct_print_options options = { .sz = sizeof(options) };
	struct sct_printer *text_printer = sct_printer_new(&options), *json_printer;
	unsigned type, i, j;
	struct sct_record *r;
	size_t avail;
	__u8 *copy;

	(void)state;
	options.json = true;
	json_printer = sct_printer_new(&options);
	srandom(1);
	for (type = 0; type < SCT_EV_MAX; type++) {
		for (i = 0; i < 40; i++) {
			random_record(type);
			r = rec_bytes();
			copy = malloc(r->len);
			memcpy(copy, r, r->len);
			if (!use(text_printer, json_printer, (void *)copy, r->len))
				fail_msg("%s: a sound record is refused", sct_event_at(type)->name);
			/* then damaged: refused, or at least harmless */
			for (j = 0; j < 20; j++) {
				memcpy(copy, r, r->len);
				copy[below(SCT_VALUES_OFF(r->nparams))] ^= 1u << below(8);
				copy[below(r->len)] = random();
				use(text_printer, json_printer, (void *)copy, r->len);
			}
			free(copy);
			avail = below(r->len);
			copy = malloc(avail + 1);
			memcpy(copy, r, avail);
			assert_false(use(text_printer, json_printer, (void *)copy, avail));
			free(copy);
		}
	}
	sct_printer_free(text_printer);
	sct_printer_free(json_printer);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_consistent),
		cmocka_unit_test(a_row_says_what_it_is),
		cmocka_unit_test(symbols_do_not_hide_each_other),
		cmocka_unit_test(flags_have_a_value),
		cmocka_unit_test(the_digest_is_of_the_text),
		cmocka_unit_test(names_of_errors_and_signals),
		cmocka_unit_test(a_sound_record_passes),
		cmocka_unit_test(torn_records_are_refused),
		cmocka_unit_test(wrong_headers_are_refused),
		cmocka_unit_test(lengths_that_do_not_add_up_are_refused),
		cmocka_unit_test(vectors_of_messages_that_are_not_sound_are_refused),
		cmocka_unit_test(a_duration_is_behind_the_values),
		cmocka_unit_test(a_changed_number_is_behind_the_values),
		cmocka_unit_test(a_changed_number_is_of_the_call_s_abi),
		cmocka_unit_test(a_change_is_told),
		cmocka_unit_test(ends_find_their_begins),
		cmocka_unit_test(wrong_values_are_refused),
		cmocka_unit_test(an_event_tells_where_it_is_from),
		cmocka_unit_test(values_are_typed),
		cmocka_unit_test(addresses_are_written_as_the_system_does),
		cmocka_unit_test(octal_numbers_have_a_zero_in_front),
		cmocka_unit_test(values_can_be_read_in_any_order),
		cmocka_unit_test(events_of_one_owner_can_be_read_in_turns),
		cmocka_unit_test(what_is_forgotten_is_decoded_anew),
		cmocka_unit_test(an_older_caller_gets_what_it_has_room_for),
		cmocka_unit_test(tasks_are_remembered),
		cmocka_unit_test(pointers_live_as_long_as_the_batch),
		cmocka_unit_test(many_tasks),
		cmocka_unit_test(every_row_at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
