// SPDX-License-Identifier: MIT
/*
 * Calls that i386 alone has, and old ones of its, whose numbers are smaller than those of other
 * callers.
 */
#include "fillers.h"

#define NUMBERS { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }

static const __u8 bytes[400] = NUMBERS;

static void as_i386(int time64)
{
	fake.flags = SCT_ABI_IA32 | (time64 ? SCT_RF_TIME64 : 0);
}

/* ---- struct stat ---- */

TEST(stat_has_what_the_kernel_tells)
{
	void *st = at_edge(bytes, 144);
	struct rec rec = fill(stat_x, 0, "file", st);

	assert_mem(&rec, stat_x, statbuf, st, 144);
	rec = fill(lstat_x, 0, "file", st);
	assert_mem(&rec, lstat_x, statbuf, st, 144);
	rec = fill(fstat_x, 0, 3, st);
	assert_mem(&rec, fstat_x, statbuf, st, 144);
	rec = fill(newfstatat_x, 0, 3, "file", st, 0);
	assert_mem(&rec, newfstatat_x, statbuf, st, 144);
	rec = fill(stat_x, -ENOENT, "file", st);
	assert_empty(&rec, stat_x, statbuf);
	rec = fill_enter(stat_x, "file", st);
	assert_empty(&rec, stat_x, statbuf);
	rec = fill(stat_x, 0, "file", (char *)st + 1);
	assert_faulted(&rec, stat_x, statbuf);
}

TEST(stat_of_i386_is_as_long_as_it_has_it)
{
	struct rec rec;

	as_i386(0);
	rec = fill(stat_x, 0, "file", at_edge(bytes, 64));
	assert_mem(&rec, stat_x, statbuf, bytes, 64);
	fake.flags = SCT_ABI_X32;
	rec = fill(stat_x, 0, "file", at_edge(bytes, 144));
	assert_mem(&rec, stat_x, statbuf, bytes, 144);
}

TEST(other_stats_of_i386)
{
	void *st64 = at_edge(bytes, 96), *old = at_edge(bytes, 32);
	struct rec rec;

	as_i386(0);
	rec = fill(stat64_x, 0, "file", st64);
	assert_str(&rec, stat64_x, path, "file");
	assert_mem(&rec, stat64_x, statbuf, st64, 96);
	rec = fill(lstat64_x, 0, "file", st64);
	assert_str(&rec, lstat64_x, path, "file");
	assert_mem(&rec, lstat64_x, statbuf, st64, 96);
	rec = fill(fstat64_x, 0, 3, st64);
	assert_num(&rec, fstat64_x, fd, 3);
	assert_mem(&rec, fstat64_x, statbuf, st64, 96);
	rec = fill(fstatat64_x, 0, 4, "file", st64, 0x100);
	assert_num(&rec, fstatat64_x, dirfd, 4);
	assert_str(&rec, fstatat64_x, path, "file");
	assert_num(&rec, fstatat64_x, flags, 0x100);
	assert_mem(&rec, fstatat64_x, statbuf, st64, 96);
	rec = fill(oldstat_x, 0, "file", old);
	assert_str(&rec, oldstat_x, path, "file");
	assert_mem(&rec, oldstat_x, statbuf, old, 32);
	rec = fill(oldfstat_x, 0, 5, old);
	assert_num(&rec, oldfstat_x, fd, 5);
	assert_mem(&rec, oldfstat_x, statbuf, old, 32);
}

TEST(statfs64_has_what_the_kernel_tells)
{
	void *buf = at_edge(bytes, 84);
	struct rec rec;

	as_i386(0);
	rec = fill(statfs64_x, 0, "file", 84, buf);
	assert_str(&rec, statfs64_x, path, "file");
	assert_num(&rec, statfs64_x, sz, 84);
	assert_mem(&rec, statfs64_x, buf, buf, 84);
	rec = fill(fstatfs64_x, 0, 3, 84, buf);
	assert_num(&rec, fstatfs64_x, fd, 3);
	assert_num(&rec, fstatfs64_x, sz, 84);
	assert_mem(&rec, fstatfs64_x, buf, buf, 84);
}

/* ---- numbers in two registers ---- */

TEST(llseek_has_an_offset_of_64_bit)
{
	const __u64 at = 0x123456789a;
	struct rec rec;

	as_i386(0);
	rec = fill(llseek_x, 0, 3, 0x12, 0x3456789a, &at, 1);
	assert_num(&rec, llseek_x, fd, 3);
	assert_num(&rec, llseek_x, offset, 0x123456789a);
	assert_num(&rec, llseek_x, whence, 1);
	assert_num(&rec, llseek_x, result, at);
	rec = fill(llseek_x, -EINVAL, 3, 0xffffffff, 0xfffffffb, &at, 2);
	assert_num(&rec, llseek_x, offset, -5);
	assert_empty(&rec, llseek_x, result);
}

TEST(truncate64_has_a_length_of_64_bit)
{
	struct rec rec;

	as_i386(0);
	rec = fill(truncate64_x, 0, "file", 0x3456789a, 0x12);
	assert_str(&rec, truncate64_x, path, "file");
	assert_num(&rec, truncate64_x, length, 0x123456789a);
}

/* ---- ids ---- */

TEST(ids_of_16_bit)
{
	const __u16 ids[] = { 1, 0xffff, 65534 };
	struct rec rec;

	as_i386(0);
	rec = fill(chown_x, 0, "file", 0x12340007, 0xffff);
	assert_num(&rec, chown_x, uid, 7);
	assert_num(&rec, chown_x, gid, -1);
	rec = fill(setresuid_x, 0, 65534, 0xffffffff, 0x10000);
	assert_num(&rec, setresuid_x, ruid, 65534);
	assert_num(&rec, setresuid_x, euid, -1);
	assert_num(&rec, setresuid_x, suid, 0);
	rec = fill(getresuid_x, 0, at_edge(&ids[0], 2), at_edge(&ids[1], 2), at_edge(&ids[2], 2));
	assert_num(&rec, getresuid_x, ruid, 1);
	assert_num(&rec, getresuid_x, euid, -1);
	assert_num(&rec, getresuid_x, suid, 65534);
	rec = fill(getresgid_x, 0, BAD_PTR, NULL, &ids[0]);
	assert_faulted(&rec, getresgid_x, rgid);
	assert_empty(&rec, getresgid_x, egid);
	assert_num(&rec, getresgid_x, sgid, 1);
}

TEST(ids_of_32_bit)
{
	const __u32 ids[] = { 0x10001, 0xffff };
	struct rec rec;

	as_i386(1);
	rec = fill(chown_x, 0, "file", 0x12340007, 0xffff);
	assert_num(&rec, chown_x, uid, 0x12340007);
	assert_num(&rec, chown_x, gid, 0xffff);
	rec = fill(getresuid_x, 0, &ids[0], at_edge(&ids[1], 4), NULL);
	assert_num(&rec, getresuid_x, ruid, 0x10001);
	assert_num(&rec, getresuid_x, euid, 0xffff);
}

/* ---- signals, of which there were 32 ---- */

TEST(signal_tells_the_handler)
{
	struct rec rec = fill(signal_x, 0, 15, 0x8048000);

	assert_num(&rec, signal_x, sig, 15);
	assert_num(&rec, signal_x, handler, 0x8048000);
}

TEST(sigaction_of_i386)
{
	const __u32 act[] = { 0x8048000, 1 << 9, 0x04000000, 0x8049000 }, old[] = { 1, 2, 3, 4 };
	struct rec rec;

	as_i386(0);
	rec = fill(sigaction_x, 0, 10, at_edge(act, sizeof(act)), at_edge(old, sizeof(old)));
	assert_num(&rec, sigaction_x, sig, 10);
	assert_mem(&rec, sigaction_x, act, act, sizeof(act));
	assert_mem(&rec, sigaction_x, oldact, old, sizeof(old));
}

TEST(signal_sets_of_32_bit)
{
	const __u32 set = 0x80000001, old = 0x4000;
	struct rec rec;

	as_i386(0);
	rec = fill(sigprocmask_x, 0, 2, at_edge(&set, 4), at_edge(&old, 4));
	assert_num(&rec, sigprocmask_x, how, 2);
	assert_num(&rec, sigprocmask_x, set, set);
	assert_num(&rec, sigprocmask_x, oldset, old);
	rec = fill(sigprocmask_x, -EFAULT, 2, BAD_PTR, &old);
	assert_faulted(&rec, sigprocmask_x, set);
	assert_empty(&rec, sigprocmask_x, oldset);
	rec = fill(sigprocmask_x, 0, 2, NULL, NULL);
	assert_empty(&rec, sigprocmask_x, set);
	rec = fill(sigpending_x, 0, at_edge(&set, 4));
	assert_num(&rec, sigpending_x, set, set);
	rec = fill(sigsuspend_x, -EINTR, 5, 6, set);
	assert_num(&rec, sigsuspend_x, mask, set);
	rec = fill(ssetmask_x, 0, set);
	assert_num(&rec, ssetmask_x, newmask, set);
}

/* ---- clone, select, and what is in the system ---- */

TEST(clone_of_i386_has_its_last_arguments_in_another_order)
{
	struct rec rec = fill(clone_x, 0, 0, 2, 3, 4, 5);

	assert_num(&rec, clone_x, child_tid, 4);
	assert_num(&rec, clone_x, tls, 5);
	as_i386(0);
	rec = fill(clone_x, 0, 0, 2, 3, 4, 5);
	assert_num(&rec, clone_x, child_tid, 5);
	assert_num(&rec, clone_x, tls, 4);
}

TEST(select_tells_its_sets)
{
	const __u8 in[] = { 1, 2 }, out[] = { 4, 8 }, ex[] = { 16, 32 };
	struct rec rec = fill(select_x, 2, 16, at_edge(in, 2), at_edge(out, 2), at_edge(ex, 2), NULL);

	assert_fds(&rec, select_x, inp, 16, in, 2);
	assert_fds(&rec, select_x, outp, 16, out, 2);
	assert_fds(&rec, select_x, exp, 16, ex, 2);
}

TEST(names_of_the_system_of_i386)
{
	struct rec rec = fill(olduname_x, 0, at_edge(bytes, 325));

	assert_mem(&rec, olduname_x, name, bytes, 325);
	rec = fill(oldolduname_x, 0, at_edge(bytes, 45));
	assert_mem(&rec, oldolduname_x, name, bytes, 45);
}

TEST(nice_and_vm86)
{
	struct rec rec = fill(nice_x, 0, -5);

	assert_num(&rec, nice_x, inc, -5);
	rec = fill(vm86old_x, -ENOSYS, 0x1000);
	assert_num(&rec, vm86old_x, user_vm86, 0x1000);
	rec = fill(vm86_x, -ENOSYS, 1, 0x1000);
	assert_num(&rec, vm86_x, cmd, 1);
	assert_num(&rec, vm86_x, arg, 0x1000);
}
