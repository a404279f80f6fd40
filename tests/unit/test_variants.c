// SPDX-License-Identifier: MIT
/* Values that mean what another parameter says: of which type they print. */
#include <errno.h>
#include <linux/fcntl.h>
#include "records.h"
#include "constants.h"

/* What is at a pointer argument, whole. */
#define SET_VALUE(id, v) rec_set_counted(SCT_PARAM(id, value), sizeof(v), &(v), sizeof(v))

static void start_fcntl(unsigned cmd, __u64 arg)
{
	START(fcntl_x);
	SET(fcntl_x, res, 0);
	SET(fcntl_x, fd, 3);
	SET(fcntl_x, cmd, cmd);
	SET(fcntl_x, arg, arg);
}

static void fcntl_numbers(void **state)
{
	(void)state;
	start_fcntl(F_SETFL, 04002);
	assert_text("fcntl(fd=3, cmd=F_SETFL, arg=O_RDWR|O_NONBLOCK) = 0");
	assert_json("args.arg.value", "2050");
	assert_json("args.arg.names.1", "O_NONBLOCK");
	start_fcntl(F_DUPFD_CLOEXEC, 100);
	assert_text("fcntl(fd=3, cmd=F_DUPFD_CLOEXEC, arg=100) = 0");
	start_fcntl(F_SETFD, 1);
	assert_text("fcntl(fd=3, cmd=F_SETFD, arg=FD_CLOEXEC) = 0");
	start_fcntl(F_SETSIG, 10);
	assert_text("fcntl(fd=3, cmd=F_SETSIG, arg=SIGUSR1) = 0");
	/* registers are wider than what the kernel takes */
	start_fcntl(F_SETOWN, 0xffffffff00000000ull | (__u32)-7);
	assert_text("fcntl(fd=3, cmd=F_SETOWN, arg=-7) = 0");
	start_fcntl(F_ADD_SEALS, 3);
	assert_text("fcntl(fd=3, cmd=F_ADD_SEALS, arg=F_SEAL_SEAL|F_SEAL_SHRINK) = 0");
}

static void arguments_that_a_command_does_not_take(void **state)
{
	(void)state;
	start_fcntl(F_GETFD, 0x7fffe000);
	assert_text("fcntl(fd=3, cmd=F_GETFD) = 0");
	assert_json("args.arg", "2147475456");
	assert_string_equal(print_with((struct sct_print_options){ .time = SCT_TIME_NONE, .details = true }),
			    "2 ls[1234] fcntl(fd=3, cmd=F_GETFD, arg=0x7fffe000) = 0");
	/* of an unknown command nobody knows */
	start_fcntl(9999, 5);
	assert_text("fcntl(fd=3, cmd=9999, arg=0x5) = 0");
}

static void results_of_commands(void **state)
{
	(void)state;
	start_fcntl(F_GETFL, 0);
	SET(fcntl_x, res, 02001);
	assert_text("fcntl(fd=3, cmd=F_GETFL) = 1025 (O_WRONLY|O_APPEND)");
	assert_json("ret", "1025");
	SET(fcntl_x, res, -9);
	assert_text("fcntl(fd=3, cmd=F_GETFL) = -1 EBADF (Bad file descriptor)");
	start_fcntl(F_DUPFD, 5);
	SET(fcntl_x, res, 6);
	assert_text("fcntl(fd=3, cmd=F_DUPFD, arg=5) = 6");
}

static void fcntl_locks(void **state)
{
	struct { short type, whence; int pad; __s64 start, len; int pid, pad2; } lock = {
		.type = F_WRLCK, .whence = 2, .start = -5, .len = 1ll << 40, .pid = 77,
	};
	struct { short type, whence; int start, len, pid; } lock32 = { F_RDLCK, 0, -1, 2, 3 };

	(void)state;
	start_fcntl(F_SETLK, 0x7fff0000);
	SET_VALUE(fcntl_x, lock);
	assert_text("fcntl(fd=3, cmd=F_SETLK, value={l_type=F_WRLCK, l_whence=SEEK_END, l_start=-5, "
		    "l_len=1099511627776, l_pid=77}) = 0");
	assert_json("args.arg", "2147418112");
	assert_json("args.value.l_type.names.0", "F_WRLCK");
	assert_json("args.value.l_start", "-5");
	start_fcntl(F_GETLK, 0x7fff0000);
	rec.head.flags = SCT_ABI_IA32;
	SET_VALUE(fcntl_x, lock32);
	assert_param(fcntl_x, value, "{l_type=F_RDLCK, l_whence=SEEK_SET, l_start=-1, l_len=2, l_pid=3}");
	assert_json("abi", "i386");
	/* where it cannot be read the address is all there is */
	start_fcntl(F_SETLK, 16);
	rec_set_counted(SCT_PARAM(fcntl_x, value), sizeof(lock), NULL, 0);
	rec.head.faulted = BIT(fcntl_x, value);
	assert_text("fcntl(fd=3, cmd=F_SETLK, arg=0x10, value=<unreadable>) = 0");
}

static void fcntl_other_values(void **state)
{
	struct { int type, pid; } owner = { F_OWNER_PID, 12 };
	__u64 hint = RWH_WRITE_LIFE_LONG;

	(void)state;
	start_fcntl(F_SETOWN_EX, 4096);
	SET_VALUE(fcntl_x, owner);
	assert_text("fcntl(fd=3, cmd=F_SETOWN_EX, value={type=F_OWNER_PID, pid=12}) = 0");
	start_fcntl(F_GET_RW_HINT, 4096);
	SET_VALUE(fcntl_x, hint);
	assert_text("fcntl(fd=3, cmd=F_GET_RW_HINT, value=RWH_WRITE_LIFE_LONG) = 0");
	assert_json("args.value.names.0", "RWH_WRITE_LIFE_LONG");
}

/* A library's caller sees the same. */
static void fields_of_values(void **state)
{
	struct { int type, pid; } owner = { F_OWNER_PGRP, 12 };
	struct sct_value v = { .sz = sizeof(v) };
	const char *name;

	(void)state;
	start_fcntl(F_SETOWN_EX, 4096);
	SET_VALUE(fcntl_x, owner);
	assert_int_equal(sct_event_field(rec_event(), SCT_PARAM(fcntl_x, value), 0, 1, &name, &v), 0);
	assert_string_equal(name, "pid");
	assert_int_equal(v.i, 12);
	assert_int_equal(sct_event_field(&event, SCT_PARAM(fcntl_x, value), 0, 2, &name, &v), -ENOENT);
	assert_int_equal(sct_event_field(&event, SCT_PARAM(fcntl_x, value), 1, 0, &name, &v), -ENOENT);
}

/* ---- sockets ---- */

static void start_option(int level, int option)
{
	START(setsockopt_x);
	SET(setsockopt_x, res, 0);
	SET(setsockopt_x, fd, 3);
	SET(setsockopt_x, level, level);
	SET(setsockopt_x, optname, option);
}

#define SET_OPTION(v) \
	rec_set_counted(SCT_PARAM(setsockopt_x, val), sizeof(v), &(v), sizeof(v))

static void options_are_numbers(void **state)
{
	unsigned char one = 65;
	int n = -2, flags = 2;

	(void)state;
	start_option(SOL_SOCKET, SO_KEEPALIVE);
	SET_OPTION(n);
	assert_param(setsockopt_x, val, "-2");
	assert_json("args.val", "-2");
	start_option(SOL_IP, IP_TTL);	/* where a byte is enough */
	SET_OPTION(one);
	assert_param(setsockopt_x, val, "65");
	start_option(SOL_SOCKET, SO_ERROR);
	n = ECONNREFUSED;
	SET_OPTION(n);
	assert_param(setsockopt_x, val, "ECONNREFUSED");
	start_option(SOL_SOCKET, SO_TYPE);
	SET_OPTION(flags);
	assert_param(setsockopt_x, val, "SOCK_DGRAM");
	start_option(SOL_IPV6, IPV6_MTU_DISCOVER);
	SET_OPTION(flags);
	assert_param(setsockopt_x, val, "IP_PMTUDISC_DO");
	start_option(SOL_NETLINK, NETLINK_EXT_ACK);
	SET_OPTION(flags);
	assert_text("setsockopt(fd=3, level=SOL_NETLINK, optname=NETLINK_EXT_ACK, val=2, optlen=NULL) = 0");
	start_option(SOL_PACKET, PACKET_VERSION);
	SET_OPTION(flags);
	assert_param(setsockopt_x, val, "TPACKET_V3");
}

static void options_are_structs(void **state)
{
	struct { int on, linger; } linger = { 1, 30 };
	struct { long sec, usec; } wait = { 5, 250000 };
	struct { int sec, usec; } wait32 = { 5, 250000 };
	struct { int pid, uid, gid; } cred = { 10, 1000, 100 };
	struct { unsigned group, address; int index; } mreq = { htonl(0xe0000001), htonl(0x7f000001), 2 };

	(void)state;
	start_option(SOL_SOCKET, SO_LINGER);
	SET_OPTION(linger);
	assert_param(setsockopt_x, val, "{l_onoff=1, l_linger=30}");
	start_option(SOL_SOCKET, SO_RCVTIMEO_OLD);
	SET_OPTION(wait);
	assert_param(setsockopt_x, val, "{tv_sec=5, tv_usec=250000}");
	rec.head.flags = SCT_ABI_IA32;
	SET_OPTION(wait32);
	assert_param(setsockopt_x, val, "{tv_sec=5, tv_usec=250000}");
	start_option(SOL_SOCKET, SO_PEERCRED);
	SET_OPTION(cred);
	assert_json("args.val.uid", "1000");
	start_option(SOL_IP, IP_ADD_MEMBERSHIP);
	SET_OPTION(mreq);
	assert_param(setsockopt_x, val,
		     "{imr_multiaddr=224.0.0.1, imr_address=127.0.0.1, imr_ifindex=2}");
	rec_set_counted(SCT_PARAM(setsockopt_x, val), 8, &mreq, 8);	/* struct ip_mreq */
	assert_param(setsockopt_x, val, "{imr_multiaddr=224.0.0.1, imr_address=127.0.0.1, ...}");
	assert_json("args.val.imr_address", "127.0.0.1");
}

static void options_are_other_things(void **state)
{
	struct { unsigned index; struct sockaddr_storage group; } req = { .index = 3 };
	struct sockaddr_in *in = (void *)&req.group;
	unsigned ids[3] = { 4, 5, -1 };
	char name[16] = "lo";

	(void)state;
	start_option(SOL_SOCKET, SO_BINDTODEVICE);
	SET_OPTION(name);
	assert_param(setsockopt_x, val, "\"lo\"");
	start_option(SOL_TCP, TCP_CONGESTION);
	rec_set_counted(SCT_PARAM(setsockopt_x, val), 4, "reno", 4);	/* no NUL */
	assert_param(setsockopt_x, val, "\"reno\"");
	start_option(SOL_SOCKET, SO_PEERGROUPS);
	SET_OPTION(ids);
	assert_param(setsockopt_x, val, "[4, 5, -1]");
	assert_int_equal(json_count("args.val"), 3);
	start_option(SOL_IP, MCAST_JOIN_GROUP);
	*in = (struct sockaddr_in){ AF_INET, htons(7), { htonl(0xe0000001) }, { 0 } };
	SET_OPTION(req);
	assert_param(setsockopt_x, val, "{gr_interface=3, gr_group={AF_INET 224.0.0.1:7}}");
	start_option(SOL_IP, IP_OPTIONS);
	rec_set_counted(SCT_PARAM(setsockopt_x, val), 2, "\1\2", 2);
	assert_param(setsockopt_x, val, "\"\\1\\2\"");
	start_option(12345, 1);	/* of a level that is not known */
	rec_set_counted(SCT_PARAM(setsockopt_x, val), 2, "ab", 2);
	assert_param(setsockopt_x, val, "\"ab\"");
	assert_param(setsockopt_x, optname, "1");
}

static void an_option_that_was_cut(void **state)
{
	struct { unsigned char state, rest[7]; unsigned rto; } info = { .state = 1, .rto = 201000 };

	(void)state;
	start_option(SOL_TCP, TCP_INFO);
	SET_OPTION(info);
	assert_param(setsockopt_x, val, "{tcpi_state=TCP_ESTABLISHED, tcpi_ca_state=0, tcpi_retransmits=0, "
		     "tcpi_probes=0, tcpi_backoff=0, tcpi_options=0, tcpi_wscale=0, tcpi_bits=0, "
		     "tcpi_rto=201000, ...}");
}

/* ---- ancillary data ---- */

struct message {
	size_t len;
	int level, type;
	int data[4];
};

static void start_message(const void *control, size_t size, size_t kept)
{
	START(sendmsg_x);
	rec_set_counted(SCT_PARAM(sendmsg_x, msgcontrol), size, control, kept);
}

static void ancillary_data(void **state)
{
	struct message m[2] = {
		{ 16 + 8, SOL_SOCKET, SCM_RIGHTS, { 5, 7 } },
	};
	struct message *cred = (void *)((char *)m + 24);

	(void)state;
	*cred = (struct message){ 16 + 12, SOL_SOCKET, SCM_CREDENTIALS, { 12, 1000, 100 } };
	start_message(m, 24 + 28, 24 + 28);
	assert_param(sendmsg_x, msgcontrol, "[{level=SOL_SOCKET, type=SCM_RIGHTS, data=[5, 7]}, "
		     "{level=SOL_SOCKET, type=SCM_CREDENTIALS, data={pid=12, uid=1000, gid=100}}]");
	assert_json("args.msgcontrol.0.data.1", "7");
	assert_json("args.msgcontrol.1.type.names.0", "SCM_CREDENTIALS");
	assert_json("args.msgcontrol.1.data.gid", "100");
	start_message(m, 24 + 28, 24 + 20);
	assert_param(sendmsg_x, msgcontrol, "[{level=SOL_SOCKET, type=SCM_RIGHTS, data=[5, 7]}, "
		     "{level=SOL_SOCKET, type=SCM_CREDENTIALS, data={pid=12, ...}}, ...]");
}

static void ancillary_data_of_levels(void **state)
{
	struct message m = { 16 + 4, SOL_IP, IP_TTL, { 64 } };

	(void)state;
	start_message(&m, sizeof(m), 20);
	assert_param(sendmsg_x, msgcontrol, "[{level=SOL_IP, type=IP_TTL, data=64}, ...]");
	m = (struct message){ 16 + 12, SOL_IP, IP_PKTINFO, { 2, htonl(0x7f000001), htonl(0x7f000002) } };
	start_message(&m, 28, 28);
	assert_param(sendmsg_x, msgcontrol, "[{level=SOL_IP, type=IP_PKTINFO, data={ipi_ifindex=2, "
		     "ipi_spec_dst=127.0.0.1, ipi_addr=127.0.0.2}}]");
	m = (struct message){ 16 + 16, SOL_SOCKET, SO_TIMESTAMP_OLD, { 3, 0, 4, 0 } };
	start_message(&m, 32, 32);
	assert_param(sendmsg_x, msgcontrol,
		     "[{level=SOL_SOCKET, type=SO_TIMESTAMP_OLD, data={tv_sec=3, tv_usec=4}}]");
	m = (struct message){ 16 + 4, 4444, 55, { 0x64636261 } };
	start_message(&m, 20, 20);
	assert_param(sendmsg_x, msgcontrol, "[{level=4444, type=55, data=\"abcd\"}]");
}

static void ancillary_data_of_narrow_callers(void **state)
{
	struct { unsigned len; int level, type, fd[1]; } m[2] = {
		{ 16, SOL_SOCKET, SCM_RIGHTS, { 5 } }, { 16, SOL_IPV6, IPV6_HOPLIMIT, { 9 } },
	};

	(void)state;
	start_message(m, sizeof(m), sizeof(m));
	rec.head.flags = SCT_ABI_IA32;
	assert_param(sendmsg_x, msgcontrol, "[{level=SOL_SOCKET, type=SCM_RIGHTS, data=[5]}, "
		     "{level=SOL_IPV6, type=IPV6_HOPLIMIT, data=9}]");
}

static void ancillary_data_that_is_none(void **state)
{
	struct message m = { 3, SOL_SOCKET, SCM_RIGHTS, { 5 } };

	(void)state;
	start_message(&m, 20, 20);	/* shorter than its head */
	assert_param(sendmsg_x, msgcontrol, "[]");
	assert_json("args.msgcontrol", "[]");
	m.len = ~0ul;
	start_message(&m, 20, 20);
	assert_param(sendmsg_x, msgcontrol, "[{level=SOL_SOCKET, type=SCM_RIGHTS, data=[5, ...]}]");
	start_message(&m, 8, 8);
	assert_param(sendmsg_x, msgcontrol, "[]");
}

/* ---- addresses ---- */

#define SET_ADDR(bytes) rec_set(SCT_PARAM(bind_x, addr), bytes, sizeof(bytes) - 1)

static void addresses_of_families(void **state)
{
	(void)state;
	START(bind_x);
	SET_ADDR("\x10\0\0\0\x0c\0\0\0\1\0\0\0");
	assert_param(bind_x, addr, "{AF_NETLINK nl_pid=12, nl_groups=0x1}");
	assert_json("args.addr.nl_pid", "12");
	START(bind_x);
	SET_ADDR("\x11\0\x08\0\2\0\0\0\1\0\4\6\1\2\3\4\5\x0a\0\0");
	assert_param(bind_x, addr, "{AF_PACKET sll_protocol=2048, sll_ifindex=2, sll_hatype=1, "
		     "sll_pkttype=PACKET_OUTGOING, sll_halen=6, sll_addr=01:02:03:04:05:0a:00:00}");
	START(bind_x);
	SET_ADDR("\x28\0\0\0\xff\xff\xff\xff\2\0\0\0\0\0\0\0");
	assert_param(bind_x, addr, "{AF_VSOCK svm_port=-1, svm_cid=2, svm_flags=0}");
	START(bind_x);
	SET_ADDR("\x1d\0\0\0\3\0\0\0");	/* of a raw socket */
	assert_param(bind_x, addr, "{AF_CAN can_ifindex=3}");
	START(bind_x);
	SET_ADDR("\x2c\0\4\0\3\0\0\0\1\0\0\0\5\0\0\0");
	assert_param(bind_x, addr, "{AF_XDP sxdp_flags=XDP_ZEROCOPY, sxdp_ifindex=3, "
		     "sxdp_queue_id=1, sxdp_shared_umem_fd=5}");
	START(bind_x);
	SET_ADDR("\x26\0hash\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		 "sha256\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
	assert_param(bind_x, addr, "{AF_ALG salg_type=\"hash\", salg_feat=0x0, salg_mask=0x0, "
		     "salg_name=\"sha256\"}");
	START(bind_x);
	SET_ADDR("\x03\0\1\2");	/* AX.25: nothing is known of it */
	assert_param(bind_x, addr, "{AF_AX25 0102}");
}

static void addresses_of_bluetooth(void **state)
{
	(void)state;
	START(bind_x);
	SET_ADDR("\x1f\0\1\0\3\0");
	assert_param(bind_x, addr, "{AF_BLUETOOTH hci_dev=1, hci_channel=3}");
	START(bind_x);
	SET_ADDR("\x1f\0\6\5\4\3\2\1");
	assert_param(bind_x, addr, "{AF_BLUETOOTH sco_bdaddr=01:02:03:04:05:06}");
	START(bind_x);
	SET_ADDR("\x1f\0\6\5\4\3\2\1\x09\0");
	assert_param(bind_x, addr, "{AF_BLUETOOTH rc_bdaddr=01:02:03:04:05:06, rc_channel=9}");
	START(bind_x);
	SET_ADDR("\x1f\0\x01\x10\6\5\4\3\2\1\4\0\1\0");
	assert_param(bind_x, addr, "{AF_BLUETOOTH l2_psm=4097, l2_bdaddr=01:02:03:04:05:06, "
		     "l2_cid=4, l2_bdaddr_type=1}");
	START(bind_x);
	SET_ADDR("\x1f\0\1");
	assert_param(bind_x, addr, "{AF_BLUETOOTH 01}");
}

static void an_ipv6_address_with_flow(void **state)
{
	struct sockaddr_in6 in6 = { AF_INET6, htons(80), htonl(0x12345), IN6ADDR_LOOPBACK_INIT, 2 };

	(void)state;
	START(bind_x);
	rec_set(SCT_PARAM(bind_x, addr), &in6, sizeof(in6));
	assert_param(bind_x, addr, "{AF_INET6 [::1%2]:80 flowinfo=0x12345}");
	assert_json("args.addr.flowinfo", "74565");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fcntl_numbers),
		cmocka_unit_test(arguments_that_a_command_does_not_take),
		cmocka_unit_test(results_of_commands),
		cmocka_unit_test(fcntl_locks),
		cmocka_unit_test(fcntl_other_values),
		cmocka_unit_test(fields_of_values),
		cmocka_unit_test(options_are_numbers),
		cmocka_unit_test(options_are_structs),
		cmocka_unit_test(options_are_other_things),
		cmocka_unit_test(an_option_that_was_cut),
		cmocka_unit_test(ancillary_data),
		cmocka_unit_test(ancillary_data_of_levels),
		cmocka_unit_test(ancillary_data_of_narrow_callers),
		cmocka_unit_test(ancillary_data_that_is_none),
		cmocka_unit_test(addresses_of_families),
		cmocka_unit_test(addresses_of_bluetooth),
		cmocka_unit_test(an_ipv6_address_with_flow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
