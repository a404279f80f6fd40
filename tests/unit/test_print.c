// SPDX-License-Identifier: MIT
/* Events as text and as JSON, of records made by hand.  Links the library's inside. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include "records.h"

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

static void messages_behind_the_first(void **state)
{
	const struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(80) };
	const unsigned more = SCT_PARAM(recvmmsg_x, more);
	struct sct_message msg = { .sz = sizeof(msg) };

	(void)state;
	START(recvmmsg_x);
	SET(recvmmsg_x, res, 3);
	rec_add_message(more, 3, (struct sct_mmsg){ .len = 6, .flags = MSG_TRUNC, .told = 3 }, &in,
			sizeof(in), "second");
	assert_string_equal(text_param(more),
			    "[{addr={AF_INET 0.0.0.0:80}, data=\"second\", flags=MSG_TRUNC, len=6}, ...]");
	rec_add_message(more, 2, (struct sct_mmsg){}, "", 0, "third");
	assert_string_equal(text_param(more),
			    "[{addr={AF_INET 0.0.0.0:80}, data=\"second\", flags=MSG_TRUNC, len=6}, "
			    "{data=\"third\"}]");
	assert_int_equal(json_count("args.more"), 2);
	assert_json("args.more.0.addr.port", "80");
	assert_json("args.more.0.data.text", "second");
	assert_json("args.more.0.control", "null");
	assert_json("args.more.0.flags.names.0", "MSG_TRUNC");
	assert_json("args.more.0.len", "6");
	assert_json("args.more.1.addr", "null");
	assert_json("args.more.1.flags", "null");
	assert_json("args.more.1.len", "null");
	assert_int_equal(sct_event_message(rec_event(), more, 1, &msg), 0);
	assert_int_equal(msg.addr.kind, SCT_VALUE_NONE);
	assert_memory_equal(msg.data.data, "third", msg.data.len);
	assert_int_equal(sct_event_message(rec_event(), more, 2, &msg), -ENOENT);
	assert_int_equal(sct_event_message(rec_event(), SCT_PARAM(recvmmsg_x, fd), 0, &msg), -ENOENT);
	assert_int_equal(sct_event_message(rec_event(), SCT_NPARAMS(recvmmsg_x), 0, &msg), -EINVAL);
}

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

int main(void)
{
	static const struct CMUnitTest tests[] = {
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
		cmocka_unit_test(messages_behind_the_first),
		cmocka_unit_test(losses),
		cmocka_unit_test(ends_of_tasks),
		cmocka_unit_test(deliveries),
		cmocka_unit_test(other_tracepoints),
		cmocka_unit_test(the_time_in_front),
		cmocka_unit_test(colours_only_when_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
