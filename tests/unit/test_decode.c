// SPDX-License-Identifier: MIT
/*
 * From a record's bytes to values, text and JSON: records made by hand, well-formed and not.  Links
 * the library's inside.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <yajl/yajl_tree.h>
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

static void openat_record(__s32 fd)
{
	START(openat_x);
	SET(openat_x, fd, fd);
	SET(openat_x, dirfd, AT_FDCWD);
	SET_STR(openat_x, name, "/etc/passwd");
	SET(openat_x, flags, O_RDONLY | O_CLOEXEC);
	SET(openat_x, mode, 0);
}

static void assert_bad_bytes(const struct sct_record *r, size_t avail, const char *reason)
{
	const char *why;
	void *copy = malloc(avail ? avail : 1);	/* so that a read beyond is seen */

	memcpy(copy, r, avail);
	assert_int_equal(sct_record_check(copy, avail, &why), -EBADMSG);
	assert_string_equal(why, reason);
	free(copy);
}

static void assert_bad(const char *reason)
{
	struct sct_record *r = rec_bytes();

	assert_bad_bytes(r, r->len, reason);
}

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

static void files_are_behind_the_values(void **state)
{
	struct sct_file file = { .sz = sizeof(file) };

	(void)state;
	openat_record(3);
	assert_int_equal(sct_event_file(rec_event(), SCT_PARAM(openat_x, fd), &file), -ENOENT);
	assert_json("files", "missing");
	rec_file(SCT_PARAM(openat_x, dirfd), "/home/me", 0, 0);
	rec_file(SCT_PARAM(openat_x, fd), "/etc/pass<wd", 0xef53, SCT_FF_DELETED);
	rec.took = 1000;
	rec.head.flags |= SCT_RF_DURATION;
	assert_int_equal(sct_event_file(rec_event(), SCT_PARAM(openat_x, fd), &file), 0);
	assert_string_equal(file.path, "/etc/pass<wd");
	assert_int_equal(file.dev, 254 << 20 | 1);
	assert_int_equal(file.ino, 4711);
	assert_int_equal(file.fs, 0xef53);
	assert_true(file.deleted && !file.cut);
	assert_int_equal(sct_event_file(rec_event(), SCT_PARAM(openat_x, name), &file), -ENOENT);
	assert_int_equal(sct_event_file(rec_event(), SCT_NPARAMS(openat_x), &file), -EINVAL);
	assert_non_null(strstr(text(), "openat(dirfd=AT_FDCWD</home/me>, name="));
	assert_non_null(strstr(text(), " = 3</etc/pass<wd (deleted)> <0.000001>"));
	assert_non_null(strstr(json_line(), "\"files\":{\"fd\":{\"path\":\"/etc/pass<wd (deleted)\",\"dev\":{\"major\":254,\"minor\":1},\"ino\":4711},\"dirfd\":{\"path\":\"/home/me\""));
	rec.head.cut = BIT(openat_x, fd);
	assert_non_null(strstr(text(), " = 3<.../etc/pass<wd (deleted)>"));
}

static void files_without_a_path_have_names(void **state)
{
	static const struct {
		__u64 magic;
		const char *path, *text;
	} cases[] = {
		{ 0x534f434b, "/", "fd=7<socket:[4711]>" },
		{ 0x50495045, "", "fd=7<pipe:[4711]>" },
		{ 0x09041934, "/[eventfd]", "fd=7<anon_inode:[eventfd]>" },
		{ 0x01021994, "/a \"b\n", "fd=7</a \\\"b\\n>" },
	};
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		START(close_x);
		SET(close_x, res, 0);
		SET(close_x, fd, 7);
		rec_file(SCT_PARAM(close_x, fd), cases[i].path, cases[i].magic, 0);
		assert_non_null(strstr(text(), cases[i].text));
	}
}

static struct sct_fd_file *file_record(void)
{
	openat_record(3);
	rec_file(SCT_PARAM(openat_x, fd), "/etc/passwd", 0xef53, 0);
	return (struct sct_fd_file *)rec.files;
}

static void wrong_files_are_refused(void **state)
{
	(void)state;
	file_record()->param = SCT_PARAM(openat_x, name);
	assert_bad("a file of what is no descriptor");
	file_record()->param = SCT_NPARAMS(openat_x);
	assert_bad("a file of no parameter");
	file_record()->len = 4096;
	assert_bad("a file reaches beyond its end");
	file_record()->len = 5;
	assert_bad("a path without an end");
	file_record();
	rec.files_len -= 8;
	assert_bad("a file reaches beyond its end");
	rec.files_len = 8;
	assert_bad("a file reaches beyond its end");
}

/* ---- what changed while the call was made ---- */

/* The record as it is now becomes that of the call's entry. */
static void rec_begin(void)
{
	const struct sct_record *r = rec_bytes();

	event.begun = malloc(r->len);
	assert_non_null(event.begun);
	memcpy(event.begun, r, r->len);
}

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

/* What a close closes is told by the record of its entry. */
static void the_file_at_entry_goes_before(void **state)
{
	struct sct_record *begun;

	(void)state;
	START(dup2_x);
	SET(dup2_x, oldfd, 7);
	SET(dup2_x, newfd, 8);
	rec_file(SCT_PARAM(dup2_x, newfd), "/before", 0xef53, 0);
	rec_begin();
	begun = event.begun;
	START(dup2_x);
	event.begun = begun;
	SET(dup2_x, res, 8);
	SET(dup2_x, oldfd, 7);
	SET(dup2_x, newfd, 8);
	rec_file(SCT_PARAM(dup2_x, res), "/now", 0xef53, 0);
	rec_file(SCT_PARAM(dup2_x, newfd), "/now", 0xef53, 0);
	assert_text("dup2(oldfd=7, newfd=8</before>) = 8</now>");
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

/* ---- calls as text and as JSON ---- */

static void a_call(void **state)
{
	(void)state;
	openat_record(3);
	SET(openat_x, dev, 8u << 20 | 17);
	SET(openat_x, ino, 4711);
	assert_text("openat(dirfd=AT_FDCWD, name=\"/etc/passwd\", flags=O_RDONLY|O_CLOEXEC, "
		    "mode=0, dev=8:17, ino=4711) = 3");
	assert_json("time", "2023-11-14T22:13:21.500000000Z");
	assert_json("ts", "1500000000");
	assert_json("cpu", "2");
	assert_json("seq", "7");
	assert_json("event", "openat");
	assert_json("enter", "false");
	assert_json("abi", "x86_64");
	assert_json("pid", "1234");
	assert_json("tid", "1234");
	assert_json("ppid", "1200");
	assert_json("comm", "ls");
	assert_json("exe", "/usr/bin/ls");
	assert_json("uid", "1000");
	assert_json("cgroup", "/user.slice");
	assert_json("args.dirfd", "-100");
	assert_json("args.name", "/etc/passwd");
	assert_json("args.flags.value", "524288");
	assert_json("args.flags.names.0", "O_RDONLY");
	assert_json("args.flags.names.1", "O_CLOEXEC");
	assert_json("args.dev.major", "8");
	assert_json("args.dev.minor", "17");
	assert_json("args.fd", "missing");
	assert_json("ret", "3");
	assert_json("error", "missing");
	assert_json("cut", "missing");
	assert_json("faulted", "missing");
	assert_int_equal(json_count("args"), 6);
}

static void a_call_that_failed(void **state)
{
	(void)state;
	openat_record(-2);
	assert_text("openat(dirfd=AT_FDCWD, name=\"/etc/passwd\", flags=O_RDONLY|O_CLOEXEC, "
		    "mode=0) = -1 ENOENT (No such file or directory)");
	assert_json("ret", "-2");
	assert_json("error", "ENOENT");
	assert_json("args.ino", "null");
	openat_record(-512);
	assert_non_null(strstr(text(), " = ? ERESTARTSYS (to be restarted)"));
	openat_record(-4000);
	assert_non_null(strstr(text(), ") = -4000"));
	assert_json("error", "missing");
}

static void a_call_at_entry(void **state)
{
	(void)state;
	openat_record(0);
	rec.len[SCT_PARAM(openat_x, fd)] = 0;
	rec.head.flags = SCT_RF_ENTER;
	assert_text("openat(dirfd=AT_FDCWD, name=\"/etc/passwd\", flags=O_RDONLY|O_CLOEXEC, "
		    "mode=0) ...");
	assert_json("enter", "true");
	assert_json("ret", "null");
}

static void arguments_that_are_not_there(void **state)
{
	(void)state;
	openat_record(-14);
	rec.len[SCT_PARAM(openat_x, name)] = 0;
	assert_text("openat(dirfd=AT_FDCWD, name=NULL, flags=O_RDONLY|O_CLOEXEC, mode=0) = "
		    "-1 EFAULT (Bad address)");
	assert_json("args.name", "null");
	rec.head.faulted = BIT(openat_x, name);
	assert_non_null(strstr(text(), "name=<unreadable>, "));
	assert_json("args.name", "null");
	assert_json("faulted.0", "name");
	assert_int_equal(json_count("faulted"), 1);
}

static void a_cut_string(void **state)
{
	(void)state;
	openat_record(3);
	rec.head.cut = BIT(openat_x, name);
	assert_non_null(strstr(text(), "name=\"/etc/passwd\"..., "));
	assert_json("cut.0", "name");
	assert_non_null(strstr(print_with((struct sct_print_options){ .max_string = 4 }),
			       "name=\"/etc\"..., "));
}

static void a_generic_call(void **state)
{
	(void)state;
	START(generic_x);
	rec.head.row = SCT_SYS_getpid;
	SET(generic_x, ID, SCT_SYS_getpid);
	SET(generic_x, nativeID, 39);
	SET(generic_x, res, 1234);
	SET(generic_x, arg0, 0);
	SET(generic_x, arg1, ~0ull);
	SET(generic_x, arg2, 2);
	SET(generic_x, arg3, 3);
	SET(generic_x, arg4, 4);
	SET(generic_x, arg5, 0x123456789abcdef0ull);
	assert_text("getpid(0x0, 0xffffffffffffffff, 0x2, 0x3, 0x4, 0x123456789abcdef0) = 1234");
	assert_json("event", "getpid");
	assert_json("args.ID", "getpid");
	assert_json("args.nativeID", "39");
	assert_json("args.arg1", "18446744073709551615");
	assert_json("args.arg5", "1311768467463790320");

	SET(generic_x, res, -11);
	rec.head.flags = SCT_ABI_IA32;
	assert_text("getpid[i386](0x0, 0xffffffffffffffff, 0x2, 0x3, 0x4, 0x123456789abcdef0) = "
		    "-1 EAGAIN (Resource temporarily unavailable)");
	assert_json("abi", "i386");
	rec.head.flags = SCT_ABI_X32;
	assert_json("abi", "x32");

	rec.head.row = SCT_SYS_NONE;
	SET(generic_x, ID, SCT_SYS_NONE);
	SET(generic_x, nativeID, 511);
	rec.head.flags = 0;
	assert_text("syscall_0x1ff(0x0, 0xffffffffffffffff, 0x2, 0x3, 0x4, 0x123456789abcdef0) = "
		    "-1 EAGAIN (Resource temporarily unavailable)");
	assert_json("event", "syscall");
	assert_json("args.ID", "null");
}

static void a_task_that_is_not_known(void **state)
{
	(void)state;
	openat_record(3);
	event.task = NULL;
	assert_non_null(strstr(text(), "2 ?[1234] openat("));
	event.task = NULL;
	assert_json("comm", "null");
	openat_record(3);
	event.task = NULL;
	assert_json("ppid", "null");
	assert_json("exe", "null");
	assert_json("uid", "null");
	assert_json("cgroup", "null");
	assert_json("pid", "1234");
}

static void threads_and_strange_names(void **state)
{
	struct sct_task odd = task;

	(void)state;
	openat_record(3);
	rec.head.tid = 1300;
	odd.comm = "a\n\033";
	event.task = &odd;
	assert_non_null(strstr(text(), "2 a\\n\\33[1234:1300] openat("));
	assert_json("comm", "a\n\033");
	odd.comm = "\xff";
	assert_json("comm.base64", "/w==");
}

/* ---- strings and data ---- */

static void strings_are_escaped(void **state)
{
	(void)state;
	openat_record(3);
	SET_STR(openat_x, name, "a\tb\"c\\d\1e\0012\r\v\f\xc3\xa4");
	assert_param(openat_x, name, "\"a\\tb\\\"c\\\\d\\1e\\0012\\r\\v\\f\\303\\244\"");
	assert_json("args.name", "a\tb\"c\\d\1e\0012\r\v\f\xc3\xa4");
}

static void strings_that_are_not_utf8(void **state)
{
	static const char *const bad[] = {
		"\xff", "\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
		"\xf8\x88\x80\x80\x80", "a\xc3", "\xe2\x82", "\xc3(",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		openat_record(3);
		SET_STR(openat_x, name, bad[i]);
		assert_string_not_equal(json("args.name.base64"), "missing");
	}
	SET_STR(openat_x, name, "\xff\xfe");
	assert_json("args.name.base64", "//4=");
	SET_STR(openat_x, name, "\xf0\x9f\x90\xa7 \xe2\x82\xac");
	assert_json("args.name", "\xf0\x9f\x90\xa7 \xe2\x82\xac");
	SET_STR(openat_x, name, "");
	assert_json("args.name", "");
}

static void a_character_that_was_cut_is_left_out(void **state)
{
	(void)state;
	openat_record(3);
	SET_STR(openat_x, name, "a\xe2\x82");
	rec.head.cut = BIT(openat_x, name);
	assert_json("args.name", "a");
	SET_STR(openat_x, name, "a\xff");
	assert_json("args.name.base64", "Yf8=");
}

static void read_record(__u64 size, const void *data, size_t len)
{
	START(read_x);
	SET(read_x, res, (__s64)size);
	SET(read_x, fd, 0);
	SET(read_x, size, 4096);
	rec_set_counted(SCT_PARAM(read_x, data), size, data, len);
}

static void data_of_a_call(void **state)
{
	struct sct_value v = { .sz = sizeof(v) };

	(void)state;
	read_record(6, "hello\n", 6);
	assert_text("read(data=\"hello\\n\", fd=0, size=4096) = 6");
	assert_json("args.data.text", "hello\n");
	assert_json("args.data.size", "6");

	read_record(5000, "hello\n", 6);
	assert_text("read(data=\"hello\\n\"..., fd=0, size=4096) = 5000");
	assert_json("args.data.size", "5000");
	assert_int_equal(sct_event_arg(rec_event(), "data", &v), 0);
	assert_int_equal(v.kind, SCT_VALUE_BYTES);
	assert_int_equal(v.len, 6);
	assert_int_equal(v.size, 5000);

	read_record(3, "a\0b", 3);
	assert_text("read(data=\"a\\0b\", fd=0, size=4096) = 3");
	assert_json("args.data.base64", "YQBi");
	assert_json("args.data.text", "missing");

	read_record(0, "", 0);
	assert_text("read(data=\"\", fd=0, size=4096) = 0");
	assert_json("args.data.text", "");

	read_record(5000, "", 0);
	rec.head.faulted = BIT(read_x, data);
	assert_text("read(data=<unreadable>, fd=0, size=4096) = 5000");
	assert_json("faulted.0", "data");

	read_record(~0ull >> 1, "x", 1);
	assert_json("args.data.size", "9223372036854775807");
}

/* ---- the other formats ---- */

static void numbers_at_their_limits(void **state)
{
	(void)state;
	START(getrlimit_x);
	SET(getrlimit_x, res, INT64_MIN);
	SET(getrlimit_x, cur, 1024);
	SET(getrlimit_x, max, ~0ull);
	SET(getrlimit_x, resource, 7);
	assert_text("getrlimit(cur=1024, max=RLIM_INFINITY, resource=RLIMIT_NOFILE) = "
		    "-9223372036854775808");
	assert_json("ret", "-9223372036854775808");
	assert_json("args.max", "18446744073709551615");
	assert_json("args.resource.value", "7");
	assert_json("args.resource.names.0", "RLIMIT_NOFILE");
	SET(getrlimit_x, resource, 77);
	assert_param(getrlimit_x, resource, "77");
	assert_int_equal(json_count("args.resource.names"), 0);
}

static void addresses_that_a_call_returned(void **state)
{
	(void)state;
	START(mmap_x);
	SET(mmap_x, res, 0x7f0000001000);
	SET(mmap_x, addr, 0);
	SET(mmap_x, length, 4096);
	SET(mmap_x, prot, 0);
	SET(mmap_x, flags, 0x22 | 0x10000000);
	SET(mmap_x, fd, -1);
	SET(mmap_x, offset, 0);
	assert_non_null(strstr(text(), "addr=0x0, length=4096, prot=PROT_NONE, "
			       "flags=MAP_PRIVATE|MAP_ANONYMOUS|0x10000000, fd=-1, offset=0) = "
			       "0x7f0000001000"));
	assert_json("ret", "139637976731648");
	SET(mmap_x, res, -12);
	assert_non_null(strstr(text(), " = -1 ENOMEM (Cannot allocate memory)"));
	SET(mmap_x, prot, 5);
	assert_param(mmap_x, prot, "PROT_READ|PROT_EXEC");
}

static void flags_with_names_and_without(void **state)
{
	(void)state;
	openat_record(3);
	SET(openat_x, flags, O_RDWR | O_CREAT | O_SYNC | 0x40000000);
	assert_param(openat_x, flags, "O_RDWR|O_SYNC|O_CREAT|0x40000000");
	assert_int_equal(json_count("args.flags.names"), 3);
	SET(openat_x, flags, 3);
	assert_param(openat_x, flags, "0x3");
	assert_int_equal(json_count("args.flags.names"), 0);
	SET(openat_x, flags, O_DIRECTORY);
	assert_param(openat_x, flags, "O_RDONLY|O_DIRECTORY");
	SET(openat_x, flags, O_TMPFILE | O_WRONLY);
	assert_param(openat_x, flags, "O_WRONLY|O_TMPFILE");
	START(pipe2_x);
	SET(pipe2_x, flags, 0);
	assert_param(pipe2_x, flags, "0");
}

static void modes_ids_and_devices(void **state)
{
	(void)state;
	START(mknod_x);
	SET(mknod_x, res, 0);
	SET_STR(mknod_x, path, "x");
	SET(mknod_x, mode, 020644);
	SET(mknod_x, dev, 0x12345678);	/* major 0x456, minor 0x12378 */
	assert_text("mknod(path=\"x\", mode=020644, dev=1110:74616) = 0");
	assert_json("args.mode", "8612");
	assert_json("args.dev.major", "1110");
	START(chown_x);
	SET(chown_x, res, 0);
	SET_STR(chown_x, path, "x");
	SET(chown_x, uid, 0xffffffff);
	SET(chown_x, gid, 100);
	assert_text("chown(path=\"x\", uid=-1, gid=100) = 0");
	assert_json("args.uid", "4294967295");
}

static void times(void **state)
{
	__s64 ts[2] = { 1, 500000000 };

	(void)state;
	START(nanosleep_x);
	SET(nanosleep_x, res, 0);
	rec_set(SCT_PARAM(nanosleep_x, interval), ts, sizeof(ts));
	assert_text("nanosleep(interval=1.500000000) = 0");
	assert_json("args.interval.sec", "1");
	assert_json("args.interval.nsec", "500000000");
	ts[1] = -1;
	rec_set(SCT_PARAM(nanosleep_x, interval), ts, sizeof(ts));
	assert_text("nanosleep(interval=1.(-1)) = 0");
	START(task);
	SET(task, start_time, 61000000001ull);
	assert_param(task, start_time, "61.000000001s");
}

static void sets_of_descriptors(void **state)
{
	struct {
		__u64 n;
		__u8 bits[3];
	} __attribute__((packed)) set = { 20, { 0x29, 0, 0xf8 } };

	(void)state;
	START(select_x);
	rec_set(SCT_PARAM(select_x, inp), &set, sizeof(set));
	assert_param(select_x, inp, "[0 3 5 19]");	/* what is behind the last is none */
	assert_int_equal(json_count("args.inp"), 4);
	assert_json("args.outp", "null");
	set.n = 3;
	rec_set(SCT_PARAM(select_x, inp), &set, sizeof(set.n) + 1);
	assert_param(select_x, inp, "[0]");
	set.bits[0] = 0;
	rec_set(SCT_PARAM(select_x, inp), &set, sizeof(set.n) + 1);
	assert_param(select_x, inp, "[]");
	assert_int_equal(json_count("args.inp"), 0);
	set.n = 1000;
	rec.head.cut = 1ull << SCT_PARAM(select_x, inp);
	rec_set(SCT_PARAM(select_x, inp), &set, sizeof(set));
	assert_param(select_x, inp, "[19 20 21 22 23 ...]");
}

/* Each caller's, as they lie in memory. */
static void structs_of_files(void **state)
{
	__u32 ia32[16] = { 0xfe01, 99, 1 << 16 | 0100644, 7 << 16 | 5, 0, 4096, 512, 8, 1000, 5 };
	__u8 st64[96] = { [1] = 0xfe, [16] = 0xa4, [17] = 0x81, [44] = 7, [48] = 1, [88] = 66 };
	struct stat st = { .st_ino = 77, .st_mode = 040755, .st_size = -1, .st_mtim = { 3, 4 } };
	__u16 old[16] = { 0x801, 8, 0100600, 1, 2, 3, 0, 0, 10 };

	(void)state;
	START(stat_x);
	SET(stat_x, res, 0);
	rec_set(SCT_PARAM(stat_x, statbuf), &st, sizeof(st));
	assert_text("stat(path=NULL) = 0");	/* without details */
	assert_json("args.statbuf.st_mode", "16877");
	assert_json("args.statbuf.st_size", "-1");
	assert_json("args.statbuf.st_ino", "77");
	assert_json("args.statbuf.st_mtim.nsec", "4");
	rec.head.flags = SCT_ABI_IA32;
	rec_set(SCT_PARAM(stat_x, statbuf), ia32, sizeof(ia32));
	assert_param(stat_x, statbuf, "{st_dev=254:1, st_ino=99, st_mode=0100644, st_nlink=1, st_uid=5, "
		     "st_gid=7, st_rdev=0:0, st_size=4096, st_blksize=512, st_blocks=8, "
		     "st_atim=1000.000000005, st_mtim=0.000000000, st_ctim=0.000000000}");
	START(stat64_x);
	rec.head.flags = SCT_ABI_IA32;
	rec_set(SCT_PARAM(stat64_x, statbuf), st64, sizeof(st64));
	assert_json("args.statbuf.st_dev.major", "254");
	assert_json("args.statbuf.st_mode", "33188");
	assert_json("args.statbuf.st_size", "4294967303");
	assert_json("args.statbuf.st_ino", "66");
	START(oldstat_x);
	rec.head.flags = SCT_ABI_IA32;
	rec_set(SCT_PARAM(oldstat_x, statbuf), old, sizeof(old));
	assert_json("args.statbuf.st_size", "10");
	assert_json("args.statbuf.st_gid", "3");
}

static void dates(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	START(execve_x);
	SET(execve_x, exe_ino_mtime, 1700000000000000001ull);
	assert_param(execve_x, exe_ino_mtime, "2023-11-14T22:13:20.000000001");
	assert_json("args.exe_ino_mtime", "1700000000000000001");
}

static void lists_of_strings(void **state)
{
	struct sct_value v = { .sz = sizeof(v) };

	(void)state;
	START(execve_x);
	rec_set(SCT_PARAM(execve_x, args), "-l\0\0\xff", 6);
	assert_param(execve_x, args, "[\"-l\", \"\", \"\\377\"]");
	assert_int_equal(json_count("args.args"), 3);
	assert_json("args.args.0", "-l");
	assert_json("args.args.1", "");
	assert_json("args.args.2.base64", "/w==");
	rec.head.cut = BIT(execve_x, args);
	assert_param(execve_x, args, "[\"-l\", \"\", \"\\377\", ...]");
	rec.len[SCT_PARAM(execve_x, args)] = 0;
	assert_param(execve_x, args, "[...]");
	rec.head.cut = 0;
	assert_param(execve_x, args, "[]");
	assert_int_equal(json_count("args.args"), 0);
	assert_int_equal(sct_event_arg(rec_event(), "args", &v), 0);
	assert_int_equal(v.kind, SCT_VALUE_STRINGS);
	assert_int_equal(v.len, 0);
	rec.head.faulted = BIT(execve_x, args);
	assert_param(execve_x, args, "<unreadable>");
	assert_json("args.args", "null");
}

static void flags_of_processes(void **state)
{
	(void)state;
	START(clone_x);
	SET(clone_x, flags, 0x01200011);
	assert_param(clone_x, flags, "CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD");
	START(execve_x);
	SET(execve_x, cap_effective, 1ull << 21 | 1ull << 0 | 1ull << 63);
	assert_param(execve_x, cap_effective, "CAP_CHOWN|CAP_SYS_ADMIN|0x8000000000000000");
	assert_json("args.cap_effective.value", "9223372036856872961");
	SET(execve_x, flags, SCT_EXE_FROM_MEMFD);
	assert_param(execve_x, flags, "EXE_FROM_MEMFD");
}

static void signal_sets(void **state)
{
	(void)state;
	START(signalfd4_x);
	rec_set(SCT_PARAM(signalfd4_x, mask), (__u64 []){ 1ull << 1 | 1ull << 14 | 1ull << 33 }, 8);
	assert_param(signalfd4_x, mask, "[INT TERM RT_2]");
	assert_json("args.mask.value", "8589950978");
	assert_json("args.mask.names.2", "SIGRT_2");
	rec_set(SCT_PARAM(signalfd4_x, mask), (__u64 []){ ~(1ull << 8) }, 8);
	assert_param(signalfd4_x, mask, "~[KILL]");
	assert_int_equal(json_count("args.mask.names"), 63);
	rec_set(SCT_PARAM(signalfd4_x, mask), (__u64 []){ 0 }, 8);
	assert_param(signalfd4_x, mask, "[]");
}

static void poll_descriptors(void **state)
{
	struct pollfd fds[] = {
		{ .fd = 3, .events = POLLIN, .revents = POLLIN | POLLHUP },
		{ .fd = -1, .events = 0, .revents = 0 },
	};

	(void)state;
	START(poll_x);
	rec_set_counted(SCT_PARAM(poll_x, fds), 2, fds, sizeof(fds));
	assert_param(poll_x, fds, "[{fd=3, events=POLLIN, revents=POLLIN|POLLHUP}, "
		     "{fd=-1, events=0, revents=0}]");
	assert_json("args.fds.0.revents.names.1", "POLLHUP");
	assert_json("args.fds.1.fd", "-1");
	rec_set_counted(SCT_PARAM(poll_x, fds), 1000, fds, 8);
	rec.head.cut = BIT(poll_x, fds);
	assert_param(poll_x, fds, "[{fd=3, events=POLLIN, revents=POLLIN|POLLHUP}, ...]");
	rec.head.flags = SCT_RF_ENTER;
	assert_param(poll_x, fds, "[{fd=3, events=POLLIN}, ...]");
	assert_json("args.fds.0.revents", "missing");
}

static void set_addr(const void *addr, size_t len)
{
	START(bind_x);
	SET(bind_x, res, 0);
	SET(bind_x, fd, 3);
	rec_set(SCT_PARAM(bind_x, addr), addr, len);
}

static void socket_addresses(void **state)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(80) };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_port = htons(443) };
	struct sockaddr_un un = { .sun_family = AF_UNIX, .sun_path = "/run/x" };
	__u16 other[] = { AF_NETLINK, 0x0201, 0x0403 };

	(void)state;
	in.sin_addr.s_addr = htonl(0x7f000001);
	set_addr(&in, sizeof(in));
	assert_text("bind(addr={AF_INET 127.0.0.1:80}, fd=3) = 0");
	assert_json("args.addr.family", "AF_INET");
	assert_json("args.addr.address", "127.0.0.1");
	assert_json("args.addr.port", "80");
	set_addr(&in, 7);
	assert_param(bind_x, addr, "{AF_INET 00507f0000}");
	assert_json("args.addr.base64", "AFB/AAA=");

	in6.sin6_addr = in6addr_loopback;
	set_addr(&in6, sizeof(in6));
	assert_param(bind_x, addr, "{AF_INET6 [::1]:443}");
	assert_json("args.addr.scope", "missing");
	in6.sin6_scope_id = 4;
	set_addr(&in6, sizeof(in6));
	assert_param(bind_x, addr, "{AF_INET6 [::1%4]:443}");
	assert_json("args.addr.address", "::1");
	assert_json("args.addr.scope", "4");

	set_addr(&un, sizeof(un));
	assert_param(bind_x, addr, "{AF_UNIX \"/run/x\"}");
	assert_json("args.addr.path", "/run/x");
	set_addr(&un, 2);
	assert_param(bind_x, addr, "{AF_UNIX}");
	assert_json("args.addr.path", "missing");
	memcpy(un.sun_path, "\0ab", 3);
	set_addr(&un, 2 + 3);
	assert_param(bind_x, addr, "{AF_UNIX @\"ab\"}");
	assert_json("args.addr.path", "@ab");

	set_addr(other, sizeof(other));
	assert_param(bind_x, addr, "{AF_NETLINK 01020304}");
	assert_json("args.addr.family", "AF_NETLINK");
	assert_json("args.addr.base64", "AQIDBA==");
	other[0] = 999;
	set_addr(other, sizeof(other));
	assert_param(bind_x, addr, "{999 01020304}");
	assert_json("args.addr.family", "999");
	set_addr("\x7f", 1);
	assert_param(bind_x, addr, "{7f}");
	assert_json("args.addr.base64", "fw==");
}

static void address_pairs(void **state)
{
	struct {
		struct sct_tuple len;
		struct sockaddr_in local, remote;
	} __attribute__((packed)) pair = {
		.len = { sizeof(pair.local), sizeof(pair.remote) },
		.local = { .sin_family = AF_INET, .sin_port = htons(33000) },
		.remote = { .sin_family = AF_INET, .sin_port = htons(80) },
	};
	struct sct_value v = { .sz = sizeof(v) };

	(void)state;
	START(connect_x);
	rec_set(SCT_PARAM(connect_x, tuple), &pair, sizeof(pair));
	assert_param(connect_x, tuple, "{AF_INET 0.0.0.0:33000}->{AF_INET 0.0.0.0:80}");
	assert_json("args.tuple.local.port", "33000");
	assert_json("args.tuple.remote.port", "80");
	assert_int_equal(sct_event_arg(rec_event(), "tuple", &v), 0);
	assert_int_equal(v.kind, SCT_VALUE_ADDRESSES);
	assert_int_equal(v.len, sizeof(pair.local));
	assert_int_equal(v.peer_len, sizeof(pair.remote));
	pair.len.rlen = 0;
	rec_set(SCT_PARAM(connect_x, tuple), &pair, sizeof(pair) - sizeof(pair.remote));
	assert_json("args.tuple.remote", "null");
}

static void names_that_depend_on_another_argument(void **state)
{
	(void)state;
	START(setsockopt_x);
	SET(setsockopt_x, level, SOL_SOCKET);
	SET(setsockopt_x, optname, 1);
	assert_param(setsockopt_x, optname, "SO_DEBUG");
	SET(setsockopt_x, level, 6);
	assert_param(setsockopt_x, optname, "TCP_NODELAY");
	assert_param(setsockopt_x, level, "SOL_TCP");
	assert_json("args.optname.names.0", "TCP_NODELAY");
	SET(setsockopt_x, level, 12345);
	assert_param(setsockopt_x, optname, "1");
	START(socket_x);
	SET(socket_x, domain, AF_NETLINK);
	SET(socket_x, type, SOCK_RAW | SOCK_CLOEXEC);
	SET(socket_x, proto, 9);
	assert_param(socket_x, proto, "NETLINK_AUDIT");
	assert_param(socket_x, type, "SOCK_RAW|SOCK_CLOEXEC");
	SET(socket_x, domain, AF_INET);
	SET(socket_x, proto, 17);
	assert_param(socket_x, proto, "IPPROTO_UDP");
	SET(socket_x, domain, AF_UNIX);
	assert_param(socket_x, proto, "17");
}

/* ---- what is not a call ---- */

static void losses(void **state)
{
	(void)state;
	START(loss);
	SET(loss, lost, 12);
	assert_string_equal(text(), "2 --- 12 events lost on CPU 2 ---");
	assert_int_equal(sct_event_lost(&event), 12);
	assert_json("event", "loss");
	assert_json("args.lost", "12");
	SET(loss, lost, 1);
	assert_string_equal(text(), "2 --- 1 event lost on CPU 2 ---");
}

static void ends_of_tasks(void **state)
{
	(void)state;
	START(procexit);
	SET(procexit, status, 3 << 8);
	SET(procexit, ret, 3);
	SET(procexit, sig, 0);
	SET(procexit, core, 0);
	assert_text("+++ exited with 3 +++");
	SET(procexit, sig, 9);
	assert_text("+++ killed by SIGKILL +++");
	SET(procexit, sig, 11);
	SET(procexit, core, 1);
	assert_text("+++ killed by SIGSEGV (core dumped) +++");
	assert_json("args.sig.names.0", "SIGSEGV");
	assert_json("ret", "null");
}

static void deliveries(void **state)
{
	(void)state;
	START(signaldeliver);
	SET(signaldeliver, spid, 123);
	SET(signaldeliver, sig, 17);
	assert_text("--- SIGCHLD {from=123} ---");
}

static void other_tracepoints(void **state)
{
	(void)state;
	START(page_fault_user);
	SET(page_fault_user, addr, 0x1000);
	SET(page_fault_user, ip, 0x2000);
	SET(page_fault_user, error, 6);
	assert_text("--- page_fault_user {addr=0x1000, ip=0x2000, error=X86_PF_WRITE|X86_PF_USER} "
		    "---");
}

/* ---- the printer ---- */

static void the_time_in_front(void **state)
{
	struct sct_print_options options = { .sz = sizeof(options), .time = SCT_TIME_RELATIVE };
	struct sct_printer *printer;
	size_t len;
	int i;
	static const char *const relative[] = { "0.000000000 ", "1.000000005 ", "2.000000010 " };
	static const char *const delta[] = { "0.000000000 ", "1.000000005 ", "1.000000005 " };

	(void)state;
	setenv("TZ", "UTC", 1);
	openat_record(3);
	assert_non_null(strstr(print_with((struct sct_print_options){}),
			       "22:13:21.500000000 2 ls[1234] openat("));
	printer = sct_printer_new(&options);
	for (i = 0; i < 3; i++, rec.head.ts += 1000000005)
		assert_ptr_equal(strstr(sct_print(printer, rec_event(), &len), relative[i]),
				 sct_print(printer, &event, &len));
	sct_printer_free(printer);

	options.time = SCT_TIME_DELTA;
	openat_record(3);
	printer = sct_printer_new(&options);
	for (i = 0; i < 3; i++, rec.head.ts += 1000000005)
		assert_memory_equal(sct_print(printer, rec_event(), &len), delta[i],
				    strlen(delta[i]));
	rec.head.ts = 1500000000;
	assert_memory_equal(sct_print(printer, rec_event(), &len), "-2.000000010 ", 13);
	sct_printer_free(printer);
}

static void colours_only_when_asked_for(void **state)
{
	(void)state;
	openat_record(-2);
	assert_null(strchr(text(), '\033'));
	assert_non_null(strstr(print_with((struct sct_print_options){ .colour = true }),
			       "\033[36mopenat\033[0m("));
	assert_non_null(strstr(line, " = \033[31m-1 ENOENT (No such file or directory)\033[0m"));
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

/* All that can be done with a record, from memory that ends where it does. */
static bool use(struct sct_printer *text_printer, struct sct_printer *json_printer,
		const struct sct_record *r, size_t avail)
{
	struct sct_value v = { .sz = sizeof(v) };
	char why[128];
	const char *s;
	yajl_val root;
	size_t len;
	unsigned i;

	if (sct_record_check(r, avail, &s))
		return false;
	event.rec = r;
	for (i = 0; i < r->nparams; i++)
		assert_int_equal(sct_event_value(&event, i, &v), 0);
	s = sct_print(text_printer, &event, &len);
	assert_non_null(s);
	assert_int_equal(strlen(s), len);
	s = sct_print(json_printer, &event, &len);
	assert_non_null(s);
	root = yajl_tree_parse(s, why, sizeof(why));
	if (!root)
		fail_msg("%s: %s", s, why);
	yajl_tree_free(root);
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
		cmocka_unit_test(a_duration_is_behind_the_values),
		cmocka_unit_test(files_are_behind_the_values),
		cmocka_unit_test(files_without_a_path_have_names),
		cmocka_unit_test(wrong_files_are_refused),
		cmocka_unit_test(a_change_is_told),
		cmocka_unit_test(the_file_at_entry_goes_before),
		cmocka_unit_test(ends_find_their_begins),
		cmocka_unit_test(wrong_values_are_refused),
		cmocka_unit_test(an_event_tells_where_it_is_from),
		cmocka_unit_test(values_are_typed),
		cmocka_unit_test(an_older_caller_gets_what_it_has_room_for),
		cmocka_unit_test(a_call),
		cmocka_unit_test(a_call_that_failed),
		cmocka_unit_test(a_call_at_entry),
		cmocka_unit_test(arguments_that_are_not_there),
		cmocka_unit_test(a_cut_string),
		cmocka_unit_test(a_generic_call),
		cmocka_unit_test(a_task_that_is_not_known),
		cmocka_unit_test(threads_and_strange_names),
		cmocka_unit_test(strings_are_escaped),
		cmocka_unit_test(strings_that_are_not_utf8),
		cmocka_unit_test(a_character_that_was_cut_is_left_out),
		cmocka_unit_test(data_of_a_call),
		cmocka_unit_test(numbers_at_their_limits),
		cmocka_unit_test(addresses_that_a_call_returned),
		cmocka_unit_test(flags_with_names_and_without),
		cmocka_unit_test(modes_ids_and_devices),
		cmocka_unit_test(sets_of_descriptors),
		cmocka_unit_test(structs_of_files),
		cmocka_unit_test(times),
		cmocka_unit_test(dates),
		cmocka_unit_test(lists_of_strings),
		cmocka_unit_test(flags_of_processes),
		cmocka_unit_test(signal_sets),
		cmocka_unit_test(poll_descriptors),
		cmocka_unit_test(socket_addresses),
		cmocka_unit_test(address_pairs),
		cmocka_unit_test(names_that_depend_on_another_argument),
		cmocka_unit_test(losses),
		cmocka_unit_test(ends_of_tasks),
		cmocka_unit_test(deliveries),
		cmocka_unit_test(other_tracepoints),
		cmocka_unit_test(the_time_in_front),
		cmocka_unit_test(colours_only_when_asked_for),
		cmocka_unit_test(tasks_are_remembered),
		cmocka_unit_test(pointers_live_as_long_as_the_batch),
		cmocka_unit_test(many_tasks),
		cmocka_unit_test(every_row_at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
