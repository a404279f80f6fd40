// SPDX-License-Identifier: MIT
/* Values that mean what another parameter says: of which type they print. */
#include <errno.h>
#include <linux/fcntl.h>
#include "records.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fcntl_numbers),
		cmocka_unit_test(arguments_that_a_command_does_not_take),
		cmocka_unit_test(results_of_commands),
		cmocka_unit_test(fcntl_locks),
		cmocka_unit_test(fcntl_other_values),
		cmocka_unit_test(fields_of_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
