// SPDX-License-Identifier: MIT
/* Calls that make processes, and small ones about them. */
#include <linux/capability.h>
#include <linux/sched.h>
#include <sys/prctl.h>
#include "process.h"

/* ---- clone, fork ---- */

#define assert_clone(rec, id)							\
	do {									\
		assert_str(rec, id, exe, "prog");				\
		assert_mem(rec, id, args, "-l\0/tmp", 8);			\
		assert_task(rec, id);						\
		assert_num(rec, id, uid, fake.task.euid);			\
		assert_num(rec, id, gid, fake.task.egid);			\
		assert_num(rec, id, vtid, fake.task.vtid);			\
		assert_num(rec, id, vpid, fake.task.vpid);			\
		assert_num(rec, id, pidns_init_start_ts, fake.task.pidns_start);	\
	} while (0)

TEST(clone_tells_the_caller)
{
	struct rec rec;

	set_strings("prog\0-l\0/tmp", 13, "A=1", 4, "");
	rec = fill(clone_x, 1234, CLONE_VM | CLONE_THREAD, 0x1000, 0x2000, 0x3000, 0x4000);
	assert_clone(&rec, clone_x);
	assert_num(&rec, clone_x, res, 1234);
	assert_num(&rec, clone_x, flags, CLONE_VM | CLONE_THREAD);
}

TEST(clone3_flags_are_in_its_struct)
{
	struct clone_args args = { .flags = CLONE_INTO_CGROUP, .exit_signal = 17 };
	struct rec rec;

	set_strings("prog\0-l\0/tmp", 13, "A=1", 4, "");
	rec = fill(clone3_x, 1234, at_edge(&args, sizeof(args)), sizeof(args));
	assert_clone(&rec, clone3_x);
	assert_num(&rec, clone3_x, flags, CLONE_INTO_CGROUP);
	assert_num(&rec, clone3_x, exit_signal, 17);
	rec = fill_enter(clone3_x, &args, sizeof(args));
	assert_num(&rec, clone3_x, flags, CLONE_INTO_CGROUP);
	rec = fill(clone3_x, -EINVAL, &args, sizeof(args));
	assert_num(&rec, clone3_x, flags, CLONE_INTO_CGROUP);
}

/* The parent may have changed the struct by then. */
TEST(clone3_in_the_child_has_no_flags)
{
	struct clone_args args = { .flags = CLONE_INTO_CGROUP };
	struct rec rec = fill(clone3_x, 0, &args, sizeof(args));

	assert_empty(&rec, clone3_x, flags);
	assert_empty(&rec, clone3_x, exit_signal);
}

TEST(fork_and_vfork_have_the_flags_of_clone)
{
	struct rec rec;

	set_strings("prog\0-l\0/tmp", 13, "A=1", 4, "");
	rec = fill(fork_x, 1234);
	assert_clone(&rec, fork_x);
	assert_constant(&rec, fork_x, flags, 0);
	rec = fill(vfork_x, 1234);
	assert_clone(&rec, vfork_x);
	assert_num(&rec, vfork_x, flags, CLONE_VM | CLONE_VFORK);
}

TEST(process_without_memory_has_no_command_line)
{
	struct rec rec = fill(fork_x, 1234);

	assert_empty(&rec, fork_x, exe);
	assert_empty(&rec, fork_x, args);
}

TEST(process_with_one_string_has_no_arguments)
{
	struct rec rec;

	set_strings("prog", 5, "A=1", 4, "");
	rec = fill(fork_x, 1234);
	assert_str(&rec, fork_x, exe, "prog");
	assert_empty(&rec, fork_x, args);
}

TEST(command_line_that_cannot_be_read_is_faulted)
{
	struct rec rec;

	fake.mm = (struct sct_mm_strings){ 0x10, 0x20, 0x20, 0x30 };
	rec = fill(fork_x, 1234);
	assert_faulted(&rec, fork_x, exe);
	assert_empty(&rec, fork_x, args);
}

/* setproctitle(3) and the like write over the NULs. */
TEST(command_line_without_end_gets_one)
{
	struct rec rec;

	set_strings("prog\0args", 8, "", 0, "");
	rec = fill(fork_x, 1234);
	assert_str(&rec, fork_x, exe, "prog");
	assert_mem(&rec, fork_x, args, "ar", 3);
}

TEST(command_line_of_nonsense_is_empty)
{
	struct rec rec;

	set_strings("prog", 5, "", 0, "");
	fake.mm.arg_end = fake.mm.arg_start - 1;
	rec = fill(fork_x, 1234);
	assert_empty(&rec, fork_x, exe);
	assert_empty(&rec, fork_x, args);
}

/* ---- prctl ---- */

TEST(prctl_name_is_a_string)
{
	struct rec rec = fill(prctl_x, 0, PR_SET_NAME, "worker");

	assert_str(&rec, prctl_x, arg2_str, "worker");
	rec = fill(prctl_x, 0, PR_GET_NAME, "worker");
	assert_str(&rec, prctl_x, arg2_str, "worker");
	rec = fill(prctl_x, -EFAULT, PR_GET_NAME, "worker");
	assert_empty(&rec, prctl_x, arg2_str);
}

TEST(prctl_name_of_the_largest_size_is_whole)
{
	struct rec rec = fill(prctl_x, 0, PR_SET_NAME, at_edge("fifteen letters", 16));

	assert_str(&rec, prctl_x, arg2_str, "fifteen letters");
}

TEST(prctl_longer_name_is_cut)
{
	struct rec rec = fill(prctl_x, 0, PR_SET_NAME, "sixteen letters!");

	assert_cut(&rec, prctl_x, arg2_str, "sixteen letters", 16);
}

TEST(prctl_of_something_else_has_no_string)
{
	struct rec rec = fill(prctl_x, 0, PR_SET_DUMPABLE, "worker");

	assert_empty(&rec, prctl_x, arg2_str);
}

TEST(prctl_bad_name_is_faulted)
{
	struct rec rec = fill(prctl_x, -EFAULT, PR_SET_NAME, BAD_PTR);

	assert_faulted(&rec, prctl_x, arg2_str);
	rec = fill(prctl_x, -EFAULT, PR_SET_NAME, NULL);
	assert_empty(&rec, prctl_x, arg2_str);
}

/* ---- capset ---- */

static struct __user_cap_data_struct caps[2] = {
	{ .effective = 1, .permitted = 2, .inheritable = 3 },
	{ .effective = 4, .permitted = 5, .inheritable = 6 },
};

TEST(capset_sets_have_64_bits)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 9 };
	struct rec rec = fill(capset_x, 0, &head, at_edge(caps, sizeof(caps)));

	assert_num(&rec, capset_x, cap_effective, 4ull << 32 | 1);
	assert_num(&rec, capset_x, cap_permitted, 5ull << 32 | 2);
	assert_num(&rec, capset_x, cap_inheritable, 6ull << 32 | 3);
	assert_num(&rec, capset_x, version, _LINUX_CAPABILITY_VERSION_3);
	assert_num(&rec, capset_x, pid, 9);
}

TEST(capset_sets_of_the_first_version_have_32_bits)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_1, 0 };
	struct rec rec = fill(capset_x, 0, &head, at_edge(caps, sizeof(caps[0])));

	assert_num(&rec, capset_x, cap_effective, 1);
	assert_num(&rec, capset_x, cap_permitted, 2);
	assert_num(&rec, capset_x, cap_inheritable, 3);
}

TEST(capset_bad_pointers_are_faulted)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct rec rec = fill(capset_x, -EFAULT, &head, at_edge(caps, sizeof(caps[0])));

	assert_faulted(&rec, capset_x, cap_effective);
	assert_faulted(&rec, capset_x, cap_inheritable);
	rec = fill(capset_x, -EFAULT, BAD_PTR, caps);
	assert_faulted(&rec, capset_x, cap_effective);
	assert_faulted(&rec, capset_x, version);
	rec = fill(capset_x, -EFAULT, &head, NULL);
	assert_empty(&rec, capset_x, cap_effective);
}
