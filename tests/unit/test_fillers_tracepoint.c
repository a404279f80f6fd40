// SPDX-License-Identifier: MIT
/* The task record, and events that are not calls. */
#include <signal.h>
#include "fillers.h"

TEST(task_tells_who_it_is)
{
	struct rec rec = fill(task, 0);

	assert_num(&rec, task, ppid, fake.task.ppid);
	assert_num(&rec, task, start_time, fake.task.start_time);
	assert_num(&rec, task, uid, fake.task.uid);
	assert_num(&rec, task, gid, fake.task.gid);
	assert_num(&rec, task, loginuid, fake.task.loginuid);
	assert_num(&rec, task, vtid, fake.task.vtid);
	assert_num(&rec, task, vpid, fake.task.vpid);
}

TEST(task_tells_its_namespaces)
{
	struct rec rec = fill(task, 0);

	assert_num(&rec, task, pidns, fake.task.pidns);
	assert_num(&rec, task, mntns, fake.task.mntns);
	assert_num(&rec, task, netns, fake.task.netns);
	assert_num(&rec, task, userns, fake.task.userns);
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

	assert_num(&rec, task, ppid, fake.task.ppid);
	assert_str(&rec, task, comm, fake.comm);
}

/* The exit code is laid out as wait(2) reports it. */
TEST(procexit_tells_how_it_ended)
{
	struct rec rec;

	fake.task.exit_code = 3 << 8;
	rec = fill(procexit, 0);
	assert_num(&rec, procexit, status, 3 << 8);
	assert_num(&rec, procexit, ret, 3);
	assert_num(&rec, procexit, sig, 0);
	assert_num(&rec, procexit, core, 0);
}

TEST(procexit_tells_which_signal_ended_it)
{
	struct rec rec;

	fake.task.exit_code = 0x80 | 11;
	rec = fill(procexit, 0);
	assert_num(&rec, procexit, ret, 0);
	assert_num(&rec, procexit, sig, 11);
	assert_num(&rec, procexit, core, 1);
}

TEST(procexit_tells_who_inherits_the_children)
{
	struct rec rec = fill(procexit, 0);

	assert_num(&rec, procexit, reaper_tid, fake.task.exit_reaper);
}

/* ---- life of a task ---- */

TEST(procfork_tells_the_child)
{
	struct rec rec = fill(procfork, 0, &fake.task, &fake.other);

	assert_num(&rec, procfork, child_tid, fake.other.tid);
	assert_num(&rec, procfork, child_pid, fake.other.pid);
	assert_num(&rec, procfork, child_vtid, fake.other.vtid);
	assert_num(&rec, procfork, child_vpid, fake.other.vpid);
	assert_num(&rec, procfork, start_time, fake.other.start_time);
}

TEST(procexec_tells_the_program)
{
	struct rec rec = fill(procexec, 0, &fake.task, 77, &fake);

	assert_str(&rec, procexec, filename, fake.bprm_filename);
	assert_str(&rec, procexec, interp, fake.bprm_interp);
	assert_num(&rec, procexec, old_tid, 77);
	assert_str(&rec, procexec, exe, fake.exe_path);
	assert_num(&rec, procexec, exe_dev, fake.exe_inode.dev);
	assert_num(&rec, procexec, exe_ino, fake.exe_inode.ino);
}

TEST(switch_tells_who_comes_and_what_the_other_used)
{
	struct rec rec = fill(switch, 0, 0, &fake.task, &fake.other);

	assert_num(&rec, switch, next, fake.other.tid);
	assert_num(&rec, switch, pgft_maj, fake.task.pgft_maj);
	assert_num(&rec, switch, pgft_min, fake.task.pgft_min);
	assert_num(&rec, switch, vm_size, fake.task.vm_size);
	assert_num(&rec, switch, vm_rss, fake.task.vm_rss);
	assert_num(&rec, switch, vm_swap, fake.task.vm_swap);
}

/* ---- signals ---- */

static struct rec deliver(int sig, int code)
{
	fake.signal_code = code;
	fake.signal_pid = 4711;
	return fill(signaldeliver, 0, sig, &fake);
}

TEST(signaldeliver_tells_the_sender_of_a_users_signal)
{
	static const int codes[] = { SI_USER, SI_QUEUE, SI_TKILL, SI_MESGQ };
	struct rec rec;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(codes); i++) {
		rec = deliver(SIGTERM, codes[i]);
		assert_num(&rec, signaldeliver, spid, 4711);
		assert_num(&rec, signaldeliver, dpid, fake.task.pid);
		assert_num(&rec, signaldeliver, sig, SIGTERM);
		assert_num(&rec, signaldeliver, code, codes[i]);
	}
}

TEST(signaldeliver_of_a_child_tells_the_child)
{
	struct rec rec = deliver(SIGCHLD, CLD_EXITED);

	assert_num(&rec, signaldeliver, spid, 4711);
	assert_num(&rec, signaldeliver, code, CLD_EXITED);
}

/* There the place of the pid holds an address, a descriptor or a timer. */
TEST(signaldeliver_of_the_kernel_has_no_sender)
{
	struct rec rec = deliver(SIGSEGV, SEGV_MAPERR);

	assert_num(&rec, signaldeliver, spid, 0);
	rec = deliver(SIGCHLD, SI_KERNEL);
	assert_num(&rec, signaldeliver, spid, 0);
	rec = deliver(SIGIO, POLL_IN);
	assert_num(&rec, signaldeliver, spid, 0);
	rec = deliver(SIGALRM, SI_TIMER);
	assert_num(&rec, signaldeliver, spid, 0);
}

/* The kernel's constants SEND_SIG_NOINFO and SEND_SIG_PRIV stand in the pointer's place. */
TEST(signaldeliver_without_siginfo_has_no_sender)
{
	struct rec rec = fill(signaldeliver, 0, SIGKILL, 1);

	assert_num(&rec, signaldeliver, spid, 0);
	assert_num(&rec, signaldeliver, code, 0);
}

TEST(signalgenerate_tells_who_is_sent_what)
{
	struct rec rec;

	fake.signal_code = SI_TKILL;
	rec = fill(signalgenerate, 0, SIGTERM, &fake, &fake.other, 1, 2);
	assert_num(&rec, signalgenerate, dpid, fake.other.pid);
	assert_num(&rec, signalgenerate, dtid, fake.other.tid);
	assert_num(&rec, signalgenerate, sig, SIGTERM);
	assert_num(&rec, signalgenerate, code, SI_TKILL);
	assert_num(&rec, signalgenerate, group, 1);
	assert_num(&rec, signalgenerate, result, 2);
}

TEST(signalgenerate_without_siginfo_is_a_processs_or_the_kernels)
{
	struct rec rec = fill(signalgenerate, 0, SIGKILL, 0, &fake.other, 0, 0);

	assert_num(&rec, signalgenerate, code, SI_USER);
	rec = fill(signalgenerate, 0, SIGKILL, 1, &fake.other, 0, 0);
	assert_num(&rec, signalgenerate, code, SI_KERNEL);
	rec = fill(signalgenerate, 0, SIGKILL, 2, &fake.other, 0, 0);
	assert_num(&rec, signalgenerate, code, SI_KERNEL);
}

/* ---- cgroups ---- */

TEST(cgroupattach_tells_who_goes_where)
{
	struct rec rec = fill(cgroupattach, 0, 0, &fake, &fake.other, 1);

	assert_num(&rec, cgroupattach, pid, fake.other.pid);
	assert_num(&rec, cgroupattach, tid, fake.other.tid);
	assert_str(&rec, cgroupattach, path, fake.cgroup_path);
	assert_num(&rec, cgroupattach, threads, 1);
}

/* ---- page faults ---- */

TEST(page_faults_tell_where)
{
	struct rec rec = fill(page_fault_user, 0, 0x7f0000001000, &fake, 6);

	assert_num(&rec, page_fault_user, addr, 0x7f0000001000);
	assert_num(&rec, page_fault_user, ip, fake.regs_ip);
	assert_num(&rec, page_fault_user, error, 6);
	rec = fill(page_fault_kernel, 0, 0x7f0000001000, &fake, 2);
	assert_num(&rec, page_fault_kernel, ip, fake.regs_ip);
}
