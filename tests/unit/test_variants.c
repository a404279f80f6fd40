// SPDX-License-Identifier: MIT
/* Values that mean what another parameter says: of which type they print. */
#include <errno.h>
#include <linux/fcntl.h>
#include <sys/user.h>
#include "records.h"
#include "constants.h"

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
	rec_set_counted(SCT_PARAM(fcntl_x, value), sizeof(lock), "", 0);
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

/* The kernel takes no less than an address; what was passed is shown. */
static void an_address_that_is_too_short(void **state)
{
	(void)state;
	start_option(SOL_IP, IP_MULTICAST_IF);
	rec_set_counted(SCT_PARAM(setsockopt_x, val), 4, "\177\0\0\1", 4);
	assert_param(setsockopt_x, val, "127.0.0.1");
	assert_json("args.val", "127.0.0.1");
	rec_set_counted(SCT_PARAM(setsockopt_x, val), 3, "abc", 3);
	assert_param(setsockopt_x, val, "\"abc\"");
	assert_json("args.val.text", "abc");
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

/* ---- prctl, ptrace ---- */

static void start_prctl(int option, __u64 a2, __u64 a3)
{
	START(prctl_x);
	SET(prctl_x, res, 0);
	SET(prctl_x, option, option);
	SET(prctl_x, arg2_int, a2);
	SET(prctl_x, arg3, a3);
	SET(prctl_x, arg4, 0);
	SET(prctl_x, arg5, 0);
}

static void prctl_arguments(void **state)
{
	int sig = 15;

	(void)state;
	start_prctl(PR_SET_PDEATHSIG, 15, 0x77);
	assert_text("prctl(option=PR_SET_PDEATHSIG, arg2_str=NULL, arg2_int=SIGTERM) = 0");
	assert_json("args.arg2_int.names.0", "SIGTERM");
	assert_json("args.arg3", "119");
	start_prctl(PR_CAP_AMBIENT, 2, 10);
	assert_param(prctl_x, arg2_int, "PR_CAP_AMBIENT_RAISE");
	assert_param(prctl_x, arg3, "CAP_NET_BIND_SERVICE");
	start_prctl(PR_CAPBSET_READ, 21, 0);
	assert_param(prctl_x, arg2_int, "CAP_SYS_ADMIN");
	start_prctl(PR_SET_MM, 8, 0x1000);
	assert_param(prctl_x, arg2_int, "PR_SET_MM_ARG_START");
	start_prctl(PR_GET_DUMPABLE, 0, 0);
	SET(prctl_x, res, 1);
	assert_text("prctl(option=PR_GET_DUMPABLE, arg2_str=NULL) = 1 (SUID_DUMP_USER)");
	start_prctl(PR_GET_PDEATHSIG, 0x1000, 0);
	SET_VALUE(prctl_x, sig);
	assert_text("prctl(option=PR_GET_PDEATHSIG, arg2_str=NULL, value=SIGTERM) = 0");
	start_prctl(-99, -1, -2);
	assert_text("prctl(option=-99, arg2_str=NULL, arg2_int=-1, arg3=0xfffffffffffffffe, arg4=0x0, "
		    "arg5=0x0) = 0");
	START(arch_prctl_x);
	SET(arch_prctl_x, op, ARCH_SET_FS);
	SET(arch_prctl_x, addr, 0x7000);
	assert_param(arch_prctl_x, addr, "0x7000");
}

static void start_ptrace(long request, __u64 addr, __u64 data)
{
	START(ptrace_x);
	SET(ptrace_x, res, 0);
	SET(ptrace_x, request, request);
	SET(ptrace_x, pid, 9);
	SET(ptrace_x, addr, addr);
	SET(ptrace_x, data, data);
}

static void ptrace_arguments(void **state)
{
	unsigned long regs[27] = { [10] = 0x3c }, word = 0x1122334455667788;

	(void)state;
	start_ptrace(PTRACE_SETOPTIONS, 0, 1);
	assert_text("ptrace(data=PTRACE_O_TRACESYSGOOD, request=PTRACE_SETOPTIONS, pid=9) = 0");
	start_ptrace(PTRACE_CONT, 1, 10);
	assert_param(ptrace_x, data, "SIGUSR1");
	start_ptrace(PTRACE_GETREGSET, 1, 0x1000);
	assert_param(ptrace_x, addr, "NT_PRSTATUS");
	start_ptrace(PTRACE_PEEKDATA, 0x4000, 0x1000);
	SET_VALUE(ptrace_x, word);
	assert_text("ptrace(addr=0x4000, request=PTRACE_PEEKDATA, pid=9, value=0x1122334455667788) = 0");
	start_ptrace(PTRACE_GETREGS, 0, 0x1000);
	SET_VALUE(ptrace_x, regs);
	assert_json("args.value.rax", "60");
}

static void registers_of_ptrace(void **state)
{
	unsigned long regs[27] = { [10] = 0x3c };
	unsigned regs32[17] = { [6] = 0x3d };
	const unsigned regset = SCT_PARAM(ptrace_x, regset);

	(void)state;
	start_ptrace(PTRACE_GETREGSET, 1, 0x1000);
	rec_set_counted(regset, sizeof(regs), regs, sizeof(regs));
	assert_json("args.regset.rax", "60");
	/* of a 32-bit program, whoever traces it */
	rec_set_counted(regset, sizeof(regs32), regs32, sizeof(regs32));
	assert_json("args.regset.eax", "61");
	start_ptrace(PTRACE_GETREGSET, NT_X86_XSTATE, 0x1000);
	rec_set_counted(regset, 512, "x", 1);
	assert_param(ptrace_x, regset, "\"x\"...");
	start_ptrace(PTRACE_GETREGS, 0, 0x1000);
	rec.head.flags = SCT_ABI_IA32;
	SET_VALUE(ptrace_x, regs32);
	assert_json("args.value.eax", "61");
	assert_json("args.value.ss", "0");
}

static void floating_point_registers_of_ptrace(void **state)
{
	struct user_fpregs_struct fp = {
		.cwd = 0x37f, .rip = 0x1000, .mxcsr = 0x1f80, .st_space = { 1, 2 }, .xmm_space = { [63] = 7 },
	};
	const unsigned fp32[27] = { 0xffff037f, [26] = 9 }, regset = SCT_PARAM(ptrace_x, regset);

	(void)state;
	start_ptrace(PTRACE_GETFPREGS, 0, 0x1000);
	SET_VALUE(ptrace_x, fp);
	assert_json("args.value.cwd", "895");
	assert_json("args.value.rip", "4096");
	assert_json("args.value.mxcsr", "8064");
	assert_json("args.value.st_space.1", "2");
	assert_int_equal(json_count("args.value.st_space"), 32);
	assert_json("args.value.xmm_space.63", "7");
	start_ptrace(PTRACE_GETREGSET, NT_PRFPREG, 0x1000);
	rec_set_counted(regset, sizeof(fp), &fp, 40);
	assert_param(ptrace_x, regset, "{cwd=0x37f, swd=0x0, ftw=0x0, fop=0x0, rip=0x1000, rdp=0x0, "
		     "mxcsr=0x1f80, mxcr_mask=0x0, ...}");
	rec_set_counted(regset, sizeof(fp32), fp32, sizeof(fp32));
	assert_param(ptrace_x, regset, "{cwd=0xffff037f, swd=0x0, twd=0x0, fip=0x0, fcs=0x0, foo=0x0, "
		     "fos=0x0, st_space=[0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, "
		     "0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x9]}");
	start_ptrace(PTRACE_GETREGSET, NT_PRXFPREG, 0x1000);
	rec_set_counted(regset, sizeof(fp), &fp, sizeof(fp));
	assert_json("args.regset.fip", "4096");
	assert_json("args.regset.mxcsr", "8064");
}

/* ---- futex ---- */

static void start_futex(unsigned op, unsigned val, unsigned val2, unsigned val3)
{
	START(futex_x);
	SET(futex_x, res, 0);
	SET(futex_x, addr, 0x1000);
	SET(futex_x, op, op);
	SET(futex_x, val, val);
	SET(futex_x, val2, val2);
	SET(futex_x, addr2, 0x2000);
	SET(futex_x, val3, val3);
}

static void arguments_of_futex(void **state)
{
	const struct { __s64 sec, nsec; } soon = { 1, 5 };

	(void)state;
	start_futex(FUTEX_WAKE_PRIVATE, 1, 17, 18);
	assert_text("futex(addr=0x1000, op=FUTEX_WAKE|FUTEX_PRIVATE_FLAG, val=1) = 0");
	assert_json("args.val3", "18");
	start_futex(FUTEX_CMP_REQUEUE, 1, 2, 3);
	assert_text("futex(addr=0x1000, op=FUTEX_CMP_REQUEUE, val=1, val2=2, addr2=0x2000, val3=3) = 0");
	start_futex(FUTEX_REQUEUE, 1, 2, 3);
	assert_text("futex(addr=0x1000, op=FUTEX_REQUEUE, val=1, val2=2, addr2=0x2000) = 0");
	start_futex(FUTEX_WAKE_BITSET, 1, 2, 0x10);
	assert_text("futex(addr=0x1000, op=FUTEX_WAKE_BITSET, val=1, val3=0x10) = 0");
	start_futex(FUTEX_UNLOCK_PI, 1, 2, 3);
	assert_text("futex(addr=0x1000, op=FUTEX_UNLOCK_PI) = 0");
	start_futex(FUTEX_FD, 10, 2, 3);
	assert_text("futex(addr=0x1000, op=FUTEX_FD, val=SIGUSR1) = 0");
	start_futex(99, 1, 2, 3);	/* nobody knows what it takes */
	assert_text("futex(addr=0x1000, op=0x63, val=1, val2=2, addr2=0x2000, val3=3) = 0");
	start_futex(FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, 7, 0, ~0u);
	rec_set(SCT_PARAM(futex_x, val2), "", 0);
	rec_set(SCT_PARAM(futex_x, timeout), &soon, sizeof(soon));
	assert_text("futex(addr=0x1000, op=FUTEX_WAIT_BITSET|FUTEX_PRIVATE_FLAG|FUTEX_CLOCK_REALTIME, "
		    "val=7, timeout=1.000000005, val3=FUTEX_BITSET_MATCH_ANY) = 0");
}

static void operation_of_futex_wake_op(void **state)
{
	(void)state;
	start_futex(FUTEX_WAKE_OP, 1, 2, FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_GE, 4));
	assert_text("futex(addr=0x1000, op=FUTEX_WAKE_OP, val=1, val2=2, addr2=0x2000, "
		    "val3=FUTEX_OP_ADD<<28|0x3<<12|FUTEX_OP_CMP_GE<<24|0x4) = 0");
	assert_json("args.val3.value", "352333828");
	assert_json("args.val3.op.names.0", "FUTEX_OP_ADD");
	assert_json("args.val3.op.value", "1");
	assert_json("args.val3.oparg", "3");
	assert_json("args.val3.cmp.names.0", "FUTEX_OP_CMP_GE");
	assert_json("args.val3.cmp.value", "5");
	assert_json("args.val3.cmparg", "4");
	SET(futex_x, val3, (__u32)FUTEX_OP_OPARG_SHIFT << 28);
	assert_param(futex_x, val3, "FUTEX_OP_OPARG_SHIFT<<28|FUTEX_OP_SET<<28|0<<12|FUTEX_OP_CMP_EQ<<24|0");
	SET(futex_x, val3, 0xf9fffffe);
	assert_param(futex_x, val3, "FUTEX_OP_OPARG_SHIFT<<28|0x7<<28|0xfff<<12|0x9<<24|0xffe");
	assert_json("args.val3.oparg", "4095");
	assert_int_equal(json_count("args.val3.cmp.names"), 0);
}

static void robust_lists(void **state)
{
	const unsigned narrow[3] = { 0x1000, -32, 0 };

	(void)state;
	START(set_robust_list_x);
	rec.head.flags = SCT_ABI_IA32;
	rec_set(SCT_PARAM(set_robust_list_x, list), narrow, sizeof(narrow));
	assert_param(set_robust_list_x, list,
		     "{list.next=0x1000, futex_offset=-32, list_op_pending=0x0}");
}

/* ---- the system ---- */

static void attributes_of_bpf(void **state)
{
	struct { unsigned type, key, value, max, flags, inner, node; char name[16]; } map = {
		1, 4, 8, 100, 1, 0, 0, "counts",
	};
	struct { unsigned fd, pad; __u64 key, value, flags; } elem = { 5, 0, 0x1000, 0x2000, 1 };

	(void)state;
	START(bpf_x);
	SET(bpf_x, fd, 7);
	SET(bpf_x, cmd, 0);
	SET(bpf_x, attr, 0x1000);
	SET(bpf_x, size, sizeof(map));
	SET_VALUE(bpf_x, map);
	assert_text("bpf(cmd=BPF_MAP_CREATE, size=44, value={map_type=BPF_MAP_TYPE_HASH, key_size=4, "
		    "value_size=8, max_entries=100, map_flags=BPF_F_NO_PREALLOC, inner_map_fd=0, "
		    "numa_node=0, map_name=\"counts\", ...}) = 7");
	START(bpf_x);
	SET(bpf_x, cmd, BPF_MAP_UPDATE_ELEM);
	SET_VALUE(bpf_x, elem);
	assert_param(bpf_x, value, "{map_fd=5, key=0x1000, value=0x2000, flags=BPF_NOEXIST}");
	assert_json("args.value.map_fd", "5");
}

static void keys(void **state)
{
	(void)state;
	START(keyctl_x);
	SET(keyctl_x, res, 0);
	SET(keyctl_x, operation, KEYCTL_SETPERM);
	SET(keyctl_x, arg2, (__u32)-3);
	SET(keyctl_x, arg3, 0x01000000);
	SET(keyctl_x, arg4, 0);
	SET(keyctl_x, arg5, 0);
	assert_text("keyctl(operation=KEYCTL_SETPERM, arg2=KEY_SPEC_SESSION_KEYRING, arg3=KEY_POS_VIEW) = 0");
	SET(keyctl_x, operation, KEYCTL_JOIN_SESSION_KEYRING);
	SET_STR(keyctl_x, name, "mine");
	assert_text("keyctl(operation=KEYCTL_JOIN_SESSION_KEYRING, arg2=0xfffffffd, name=\"mine\") = 0");
}

static void controls_of_ipc(void **state)
{
	struct { int key; unsigned uid, gid, cuid, cgid, mode; unsigned short seq; char pad[22];
		 unsigned long size, times[3]; int cpid, lpid; unsigned long attached, unused[2]; } shm = {
		.mode = 0600, .size = 4096, .cpid = 5, .attached = 2,
	};
	unsigned int action = 0x7fff0000, sizes = 0x00500018;

	(void)state;
	START(shmctl_x);
	SET(shmctl_x, cmd, 2);
	SET_VALUE(shmctl_x, shm);
	assert_param(shmctl_x, cmd, "IPC_STAT");
	assert_json("args.value.shm_segsz", "4096");
	assert_json("args.value.shm_nattch", "2");
	assert_json("args.value", "{}");
	START(semctl_x);
	SET(semctl_x, res, 3);
	SET(semctl_x, semid, 1);
	SET(semctl_x, semnum, 2);
	SET(semctl_x, cmd, GETVAL);
	SET(semctl_x, val, -9);
	assert_text("semctl(semid=1, semnum=2, cmd=GETVAL) = 3");
	SET(semctl_x, cmd, SETVAL);
	assert_param(semctl_x, val, "-9");
	START(seccomp_x);
	SET(seccomp_x, op, 2);
	SET_VALUE(seccomp_x, action);
	assert_param(seccomp_x, value, "SECCOMP_RET_ALLOW");
	SET(seccomp_x, op, 3);
	rec_set_counted(SCT_PARAM(seccomp_x, value), 6, &sizes, 4);
	assert_param(seccomp_x, value, "{seccomp_notif=24, seccomp_notif_resp=80, ...}");
}

static void registrations_of_io_uring(void **state)
{
	int fds[3] = { 4, -1, 5 };
	struct { unsigned long base, len; } v[2] = { { 0x1000, 16 }, { 0x2000, 32 } };

	(void)state;
	START(io_uring_register_x);
	SET(io_uring_register_x, opcode, 2);
	SET_VALUE(io_uring_register_x, fds);
	assert_param(io_uring_register_x, value, "[4, -1, 5]");
	START(io_uring_register_x);
	SET(io_uring_register_x, opcode, 0);
	SET_VALUE(io_uring_register_x, v);
	assert_param(io_uring_register_x, value,
		     "[{iov_base=0x1000, iov_len=16}, {iov_base=0x2000, iov_len=32}]");
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
		cmocka_unit_test(an_address_that_is_too_short),
		cmocka_unit_test(an_option_that_was_cut),
		cmocka_unit_test(ancillary_data),
		cmocka_unit_test(ancillary_data_of_levels),
		cmocka_unit_test(ancillary_data_of_narrow_callers),
		cmocka_unit_test(ancillary_data_that_is_none),
		cmocka_unit_test(addresses_of_families),
		cmocka_unit_test(addresses_of_bluetooth),
		cmocka_unit_test(an_ipv6_address_with_flow),
		cmocka_unit_test(prctl_arguments),
		cmocka_unit_test(ptrace_arguments),
		cmocka_unit_test(registers_of_ptrace),
		cmocka_unit_test(floating_point_registers_of_ptrace),
		cmocka_unit_test(arguments_of_futex),
		cmocka_unit_test(operation_of_futex_wake_op),
		cmocka_unit_test(robust_lists),
		cmocka_unit_test(attributes_of_bpf),
		cmocka_unit_test(keys),
		cmocka_unit_test(controls_of_ipc),
		cmocka_unit_test(registrations_of_io_uring),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
