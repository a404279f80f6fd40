// SPDX-License-Identifier: MIT
/* The task record, and the end of a task. */
#include "fillers.h"

TEST(task_tells_who_it_is)
{
	struct rec rec = fill(task, 0);

	assert_num(&rec, task, ppid, fake.ppid);
	assert_num(&rec, task, start_time, fake.start_time);
	assert_num(&rec, task, uid, fake.uid);
	assert_num(&rec, task, gid, fake.gid);
	assert_num(&rec, task, loginuid, fake.loginuid);
	assert_num(&rec, task, vtid, fake.vtid);
	assert_num(&rec, task, vpid, fake.vpid);
}

TEST(task_tells_its_namespaces)
{
	struct rec rec = fill(task, 0);

	assert_num(&rec, task, pidns, fake.pidns);
	assert_num(&rec, task, mntns, fake.mntns);
	assert_num(&rec, task, netns, fake.netns);
	assert_num(&rec, task, userns, fake.userns);
	assert_str(&rec, task, cgroup, fake.cgroup_path);
}

TEST(task_tells_its_program)
{
	struct rec rec = fill(task, 0);

	assert_str(&rec, task, comm, fake.comm);
	assert_str(&rec, task, exe, fake.exe_path);
	assert_num(&rec, task, exe_dev, fake.exe_inode.dev);
	assert_num(&rec, task, exe_ino, fake.exe_inode.ino);
}

TEST(task_of_the_kernel_has_no_program)
{
	struct rec rec;

	fake.exe_path = NULL;
	rec = fill(task, 0);
	assert_empty(&rec, task, exe);
}

TEST(task_at_entry_is_the_same)
{
	struct rec rec = fill_enter(task, 0);

	assert_num(&rec, task, ppid, fake.ppid);
	assert_str(&rec, task, comm, fake.comm);
}

/* The exit code is laid out as wait(2) reports it. */
TEST(procexit_tells_how_it_ended)
{
	struct rec rec;

	fake.exit_code = 3 << 8;
	rec = fill(procexit, 0);
	assert_num(&rec, procexit, status, 3 << 8);
	assert_num(&rec, procexit, ret, 3);
	assert_num(&rec, procexit, sig, 0);
	assert_num(&rec, procexit, core, 0);
}

TEST(procexit_tells_which_signal_ended_it)
{
	struct rec rec;

	fake.exit_code = 0x80 | 11;
	rec = fill(procexit, 0);
	assert_num(&rec, procexit, ret, 0);
	assert_num(&rec, procexit, sig, 11);
	assert_num(&rec, procexit, core, 1);
}

TEST(procexit_tells_who_inherits_the_children)
{
	struct rec rec = fill(procexit, 0);

	assert_num(&rec, procexit, reaper_tid, fake.exit_reaper);
}
