// SPDX-License-Identifier: MIT
/* The files of descriptors behind a record's values: made by hand, well-formed and not, and printed. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include "records.h"

/* ---- what a record tells of them ---- */

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

/* Of the argument of a close, with details. */
static struct sct_fd_details *details_record(struct sct_fd_details details)
{
	const struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(80) };
	const bool sock = details.mode == SCT_S_IFSOCK;

	START(close_x);
	SET(close_x, res, 0);
	SET(close_x, fd, 7);
	rec_file(SCT_PARAM(close_x, fd), "/", 0x534f434b, SCT_FF_DETAILS);
	rec_file_details(details, &in, sock ? sizeof(in) : 0, &in, sock ? sizeof(in) : 0);
	return (void *)((__u8 *)rec.files + sizeof(struct sct_fd_file) + 8);
}

static const struct sct_fd_details tcp = {
	.mode = SCT_S_IFSOCK, .family = AF_INET, .type = SOCK_STREAM, .protocol = IPPROTO_TCP,
};

static void details_are_told(void **state)
{
	const struct sct_fd_details disk = { .mode = SCT_S_IFBLK, .number = 7 << 20 | 2 };
	struct sct_file file = { .sz = sizeof(file) };
	struct sockaddr_in in;

	(void)state;
	details_record(tcp);
	assert_int_equal(sct_event_file(rec_event(), SCT_PARAM(close_x, fd), &file), 0);
	assert_int_equal(file.family, AF_INET);
	assert_int_equal(file.type, SOCK_STREAM);
	assert_int_equal(file.protocol, IPPROTO_TCP);
	assert_true(!file.device && !file.peer && !file.port);
	assert_int_equal(file.local_len, sizeof(in));
	assert_int_equal(file.remote_len, sizeof(in));
	memcpy(&in, file.remote, sizeof(in));
	assert_int_equal(ntohs(in.sin_port), 80);
	details_record(disk);
	assert_int_equal(sct_event_file(rec_event(), SCT_PARAM(close_x, fd), &file), 0);
	assert_int_equal(file.device, 'b');
	assert_int_equal(file.number, 7 << 20 | 2);
	assert_true(!file.family && !file.local_len && !file.remote_len);
	/* a caller of before */
	file.sz = offsetof(struct sct_file, device);
	file.device = 'x';
	assert_int_equal(sct_event_file(rec_event(), SCT_PARAM(close_x, fd), &file), 0);
	assert_int_equal(file.device, 'x');
}

/* What is behind one with details is found. */
static void details_are_skipped(void **state)
{
	struct sct_file file = { .sz = sizeof(file) };

	(void)state;
	openat_record(3);
	rec_file(SCT_PARAM(openat_x, dirfd), "/socket", 0x534f434b, SCT_FF_DETAILS);
	rec_file_details(tcp, "\1\0x", 3, "\1\0yz", 4);
	rec_file(SCT_PARAM(openat_x, fd), "/behind", 0xef53, 0);
	assert_int_equal(sct_event_file(rec_event(), SCT_PARAM(openat_x, fd), &file), 0);
	assert_string_equal(file.path, "/behind");
	assert_int_equal(file.family, 0);
}

static void wrong_details_are_refused(void **state)
{
	(void)state;
	details_record(tcp)->mode = 0100000;
	assert_bad("details of what is no device and no socket");
	details_record(tcp)->mode = SCT_S_IFCHR;
	assert_bad("a device with addresses");
	details_record(tcp)->len--;
	assert_bad("a pair of addresses with wrong lengths");
	details_record(tcp)->len = 2;
	assert_bad("a pair of addresses without lengths");
	details_record(tcp)->len += 8;
	assert_bad("details of a file reach beyond its end");
	details_record(tcp);
	rec.files_len -= 16;
	assert_bad("details of a file reach beyond its end");
	rec.files_len = sizeof(struct sct_fd_file) + 8 + 16;
	assert_bad("details of a file reach beyond its end");
	rec.files_len = sizeof(struct sct_fd_file) + 8;
	assert_bad("details of a file reach beyond its end");
	details_record(tcp);
	((struct sct_fd_file *)rec.files)->flags |= SCT_FF_MASK + 1;
	assert_bad("unknown flags of a file");
}

/* As long as a record has room for, but not an address. */
static void addresses_that_are_too_long_are_refused(void **state)
{
	static const char address[SCT_SIZE_TUPLE];

	(void)state;
	START(close_x);
	SET(close_x, res, 0);
	SET(close_x, fd, 7);
	rec_file(SCT_PARAM(close_x, fd), "/", 0x534f434b, SCT_FF_DETAILS);
	rec_file_details(tcp, address, sizeof(address), NULL, 0);
	assert_bad("a value longer than its type allows");
}

/* ---- how devices and sockets print ---- */

static const char *details_text(struct sct_fd_details details, const void *local, __u16 llen,
				const void *remote, __u16 rlen)
{
	START(close_x);
	SET(close_x, fd, 7);
	rec_file(SCT_PARAM(close_x, fd), details.mode == SCT_S_IFSOCK ? "/" : "/dev/some",
		 details.mode == SCT_S_IFSOCK ? 0x534f434b : 0x1021994, SCT_FF_DETAILS);
	rec_file_details(details, local, llen, remote, rlen);
	return text_param(SCT_PARAM(close_x, fd));
}

static void devices_have_numbers(void **state)
{
	struct sct_fd_details d = { .mode = SCT_S_IFCHR, .number = 1 << 20 | 3 };

	(void)state;
	assert_string_equal(details_text(d, NULL, 0, NULL, 0), "7</dev/some<char 1:3>>");
	assert_json("files.fd.char.major", "1");
	assert_json("files.fd.char.minor", "3");
	assert_json("files.fd.path", "/dev/some");
	assert_json("files.fd.family", "missing");
	d = (struct sct_fd_details){ .mode = SCT_S_IFBLK, .number = 259 << 20 | 0xabcde };
	assert_string_equal(details_text(d, NULL, 0, NULL, 0), "7</dev/some<block 259:703710>>");
	assert_json("files.fd.block.minor", "703710");
	assert_json("files.fd.char", "missing");
}

static void sockets_of_ip_have_addresses(void **state)
{
	struct sockaddr_in web = { .sin_family = AF_INET, .sin_port = htons(80) }, in = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_addr = { .s6_addr[15] = 1 },
				    .sin6_port = htons(4000) };
	struct sct_fd_details d = tcp;

	(void)state;
	assert_string_equal(details_text(d, &in, sizeof(in), NULL, 0), "7<TCP:[4711]>");
	in.sin_port = htons(4000);
	assert_string_equal(details_text(d, &in, sizeof(in), NULL, 0), "7<TCP:[127.0.0.1:4000]>");
	assert_json("files.fd.local.port", "4000");
	assert_json("files.fd.remote", "null");
	assert_string_equal(details_text(d, &in, sizeof(in), &web, sizeof(web)),
			    "7<TCP:[127.0.0.1:4000->0.0.0.0:80]>");
	assert_json("files.fd.path", "socket:[4711]");
	assert_json("files.fd.family", "AF_INET");
	assert_json("files.fd.type", "SOCK_STREAM");
	assert_json("files.fd.protocol", "IPPROTO_TCP");
	assert_json("files.fd.remote.address", "0.0.0.0");
	assert_json("files.fd.peer", "missing");
	d = (struct sct_fd_details){ .mode = SCT_S_IFSOCK, .family = AF_INET6, .type = SOCK_DGRAM,
				     .protocol = IPPROTO_UDP };
	assert_string_equal(details_text(d, &in6, sizeof(in6), &in6, sizeof(in6)),
			    "7<UDPv6:[[::1]:4000->[::1]:4000]>");
	d.type = SOCK_RAW;
	assert_string_equal(details_text(d, &in6, sizeof(in6), NULL, 0), "7<RAWv6:[[::1]:4000]>");
	d.type = SOCK_DGRAM;
	d.protocol = IPPROTO_ICMPV6;
	assert_string_equal(details_text(d, &in6, sizeof(in6), NULL, 0), "7<PINGv6:[[::1]:4000]>");
	d.protocol = 250;	/* nothing has that number */
	assert_string_equal(details_text(d, &in6, sizeof(in6), NULL, 0), "7<socket:[4711]>");
	assert_json("files.fd.protocol", "250");
}

static void sockets_of_unix_have_peers(void **state)
{
	struct sct_fd_details d = { .mode = SCT_S_IFSOCK, .family = AF_UNIX, .type = SOCK_STREAM };

	(void)state;
	assert_string_equal(details_text(d, "\1\0", 2, NULL, 0), "7<UNIX-STREAM:[4711]>");
	assert_json("files.fd.peer", "missing");
	d.peer = 4712;
	assert_string_equal(details_text(d, "\1\0", 2, "\1\0/x", 5), "7<UNIX-STREAM:[4711->4712]>");
	assert_json("files.fd.peer", "4712");
	assert_json("files.fd.remote.path", "/x");
	assert_json("files.fd.protocol", "0");
	d.type = SOCK_DGRAM;
	assert_string_equal(details_text(d, "\1\0/a \"b", 7, NULL, 0),
			    "7<UNIX-DGRAM:[4711->4712,\"/a \\\"b\"]>");
	d.peer = 0;
	d.type = SOCK_SEQPACKET;
	assert_string_equal(details_text(d, "\1\0\0name", 7, NULL, 0),
			    "7<UNIX-SEQPACKET:[4711,@\"name\"]>");
	assert_json("files.fd.local.path", "@name");
}

static void sockets_of_netlink_have_ports(void **state)
{
	struct sct_fd_details d = { .mode = SCT_S_IFSOCK, .family = AF_NETLINK, .type = SOCK_RAW };

	(void)state;
	assert_string_equal(details_text(d, NULL, 0, NULL, 0), "7<NETLINK:[4711]>");
	assert_json("files.fd.port", "missing");
	d.number = 4294967295;
	d.protocol = 15;
	assert_string_equal(details_text(d, NULL, 0, NULL, 0),
			    "7<NETLINK:[KOBJECT_UEVENT:4294967295]>");
	assert_json("files.fd.port", "4294967295");
	assert_json("files.fd.protocol", "NETLINK_KOBJECT_UEVENT");
	assert_json("files.fd.local", "missing");
	d.protocol = 31;
	assert_string_equal(details_text(d, NULL, 0, NULL, 0), "7<NETLINK:[31:4294967295]>");
}

/* ---- when the call began, and when it ended ---- */

static void start_dup2(void)
{
	START(dup2_x);
	SET(dup2_x, oldfd, 7);
	SET(dup2_x, newfd, 8);
}

/* What a close closes is told by the record of its entry. */
static void the_file_at_entry_goes_before(void **state)
{
	struct sct_record *begun;

	(void)state;
	start_dup2();
	rec_file(SCT_PARAM(dup2_x, newfd), "/before", 0xef53, 0);
	rec_begin();
	begun = event.begun;
	start_dup2();
	event.begun = begun;
	SET(dup2_x, res, 8);
	rec_file(SCT_PARAM(dup2_x, res), "/now", 0xef53, 0);
	rec_file(SCT_PARAM(dup2_x, newfd), "/now", 0xef53, 0);
	assert_text("dup2(oldfd=7, newfd=8</before>) = 8</now>");
	free(begun);
}

/* A connect connects the socket that was there before. */
static void a_socket_is_as_the_call_left_it(void **state)
{
	struct sct_fd_details d = { .mode = SCT_S_IFSOCK, .family = AF_UNIX, .peer = 1 };
	struct sct_record *begun;

	(void)state;
	details_record(d);
	rec_begin();
	begun = event.begun;
	d.peer = 2;
	details_record(d);
	event.begun = begun;
	assert_json("files.fd.peer", "2");
	((struct sct_fd_file *)rec.files)->ino++;	/* another one */
	assert_json("files.fd.peer", "1");
	START(close_x);		/* it is closed */
	event.begun = begun;
	assert_json("files.fd.peer", "1");
	free(begun);
}

/* A descriptor that was not in use had none, whatever is behind it afterwards. */
static void no_file_at_entry_is_none(void **state)
{
	struct sct_record *begun;

	(void)state;
	start_dup2();
	rec_file(SCT_PARAM(dup2_x, oldfd), "/old", 0xef53, 0);
	rec_begin();
	begun = event.begun;
	start_dup2();
	event.begun = begun;
	SET(dup2_x, res, 8);
	rec_file(SCT_PARAM(dup2_x, res), "/old", 0xef53, 0);
	rec_file(SCT_PARAM(dup2_x, oldfd), "/old", 0xef53, 0);
	rec_file(SCT_PARAM(dup2_x, newfd), "/old", 0xef53, 0);
	assert_text("dup2(oldfd=7</old>, newfd=8) = 8</old>");
	free(begun);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_behind_the_values),
		cmocka_unit_test(files_without_a_path_have_names),
		cmocka_unit_test(wrong_files_are_refused),
		cmocka_unit_test(details_are_told),
		cmocka_unit_test(details_are_skipped),
		cmocka_unit_test(wrong_details_are_refused),
		cmocka_unit_test(addresses_that_are_too_long_are_refused),
		cmocka_unit_test(devices_have_numbers),
		cmocka_unit_test(sockets_of_ip_have_addresses),
		cmocka_unit_test(sockets_of_unix_have_peers),
		cmocka_unit_test(sockets_of_netlink_have_ports),
		cmocka_unit_test(the_file_at_entry_goes_before),
		cmocka_unit_test(a_socket_is_as_the_call_left_it),
		cmocka_unit_test(no_file_at_entry_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
