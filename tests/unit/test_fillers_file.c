// SPDX-License-Identifier: MIT
/* Calls on files and file systems whose arguments depend on a command, and pipes. */
#include <linux/mount.h>
#include <sys/quota.h>
#include "fillers.h"

/* ---- fsconfig ---- */

TEST(fsconfig_string_is_a_string)
{
	static const int cmds[] = { FSCONFIG_SET_STRING, FSCONFIG_SET_PATH, FSCONFIG_SET_PATH_EMPTY };
	struct rec rec;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cmds); i++) {
		rec = fill(fsconfig_x, 0, 3, cmds[i], "source", "/dev/sda", 0);
		assert_str(&rec, fsconfig_x, key, "source");
		assert_str(&rec, fsconfig_x, value_charbuf, "/dev/sda");
		assert_empty(&rec, fsconfig_x, value_bytebuf);
	}
}

TEST(fsconfig_binary_has_its_length_in_aux)
{
	struct rec rec = fill(fsconfig_x, 0, 3, FSCONFIG_SET_BINARY, "key", at_edge("a\0b", 3), 3);

	assert_bytes(&rec, fsconfig_x, value_bytebuf, 3, "a\0b", 3);
	assert_empty(&rec, fsconfig_x, value_charbuf);
}

TEST(fsconfig_other_commands_have_no_value)
{
	struct rec rec = fill(fsconfig_x, 0, 3, FSCONFIG_SET_FD, "key", BAD_PTR, 7);

	assert_empty(&rec, fsconfig_x, value_bytebuf);
	assert_empty(&rec, fsconfig_x, value_charbuf);
	assert_num(&rec, fsconfig_x, aux, 7);
}

TEST(largest_fsconfig_fits)
{
	static char text[SCT_SIZE_STR];
	struct rec rec;

	fake.cfg.snaplen = SCT_SNAPLEN_MAX;
	memset(text, 'A', sizeof(text) - 1);
	rec = fill(fsconfig_x, 0, 3, FSCONFIG_SET_BINARY, big_buffer(), big_buffer(), -1);
	assert_cut(&rec, fsconfig_x, key, text, sizeof(text));
	assert_bytes(&rec, fsconfig_x, value_bytebuf, UINT32_MAX, big_buffer(), SCT_SNAPLEN_MAX);
}

/* ---- quotactl ---- */

#define CMD(cmd, type) QCMD((__u32)(cmd), type)	/* Q_* do not fit an int after the shift */

TEST(quotactl_command_and_type_are_one_argument)
{
	struct rec rec = fill(quotactl_x, 0, CMD(Q_SYNC, GRPQUOTA), "/dev/sda", 0, NULL);

	assert_num(&rec, quotactl_x, cmd, Q_SYNC);
	assert_num(&rec, quotactl_x, type, GRPQUOTA);
	assert_str(&rec, quotactl_x, special, "/dev/sda");
}

TEST(quotactl_quotaon_has_file_and_format)
{
	struct rec rec = fill(quotactl_x, 0, CMD(Q_QUOTAON, USRQUOTA), "/dev/sda", 4, "/aquota");

	assert_str(&rec, quotactl_x, quotafilepath, "/aquota");
	assert_num(&rec, quotactl_x, quota_fmt, 4);
	assert_empty(&rec, quotactl_x, dqb_bhardlimit);
	assert_empty(&rec, quotactl_x, dqi_bgrace);
}

static const struct dqblk blk = {
	.dqb_bhardlimit = 1, .dqb_bsoftlimit = 2, .dqb_curspace = 3, .dqb_ihardlimit = 4,
	.dqb_isoftlimit = 5, .dqb_curinodes = 6, .dqb_btime = 7, .dqb_itime = 8,
};

static void assert_blk(const struct rec *rec)
{
	assert_num(rec, quotactl_x, dqb_bhardlimit, 1);
	assert_num(rec, quotactl_x, dqb_bsoftlimit, 2);
	assert_num(rec, quotactl_x, dqb_curspace, 3);
	assert_num(rec, quotactl_x, dqb_ihardlimit, 4);
	assert_num(rec, quotactl_x, dqb_isoftlimit, 5);
	assert_num(rec, quotactl_x, dqb_btime, 7);
	assert_num(rec, quotactl_x, dqb_itime, 8);
	assert_empty(rec, quotactl_x, quotafilepath);
	assert_empty(rec, quotactl_x, dqi_bgrace);
	assert_empty(rec, quotactl_x, quota_fmt_out);
}

TEST(quotactl_setquota_and_getquota_have_limits)
{
	struct rec rec = fill(quotactl_x, -EPERM, CMD(Q_SETQUOTA, USRQUOTA), "d", 1000, &blk);

	assert_blk(&rec);
	rec = fill(quotactl_x, 0, CMD(Q_GETQUOTA, USRQUOTA), "d", 1000, &blk);
	assert_blk(&rec);
}

TEST(quotactl_getquota_that_failed_has_no_limits)
{
	struct rec rec = fill(quotactl_x, -ESRCH, CMD(Q_GETQUOTA, USRQUOTA), "d", 1000, &blk);

	assert_empty(&rec, quotactl_x, dqb_bhardlimit);
	rec = fill_enter(quotactl_x, CMD(Q_GETQUOTA, USRQUOTA), "d", 1000, &blk);
	assert_empty(&rec, quotactl_x, dqb_bhardlimit);
}

TEST(quotactl_info_has_grace_times)
{
	struct dqinfo info = { .dqi_bgrace = 1, .dqi_igrace = 2, .dqi_flags = 3 };
	struct rec rec = fill(quotactl_x, 0, CMD(Q_SETINFO, USRQUOTA), "d", 0, &info);

	assert_num(&rec, quotactl_x, dqi_bgrace, 1);
	assert_num(&rec, quotactl_x, dqi_igrace, 2);
	assert_num(&rec, quotactl_x, dqi_flags, 3);
	rec = fill(quotactl_x, 0, CMD(Q_GETINFO, USRQUOTA), "d", 0, &info);
	assert_num(&rec, quotactl_x, dqi_bgrace, 1);
	rec = fill(quotactl_x, -ESRCH, CMD(Q_GETINFO, USRQUOTA), "d", 0, &info);
	assert_empty(&rec, quotactl_x, dqi_bgrace);
}

TEST(quotactl_getfmt_has_the_format_that_came_back)
{
	__u32 fmt = 2;
	struct rec rec = fill(quotactl_x, 0, CMD(Q_GETFMT, USRQUOTA), "d", 0, &fmt);

	assert_num(&rec, quotactl_x, quota_fmt_out, 2);
	rec = fill(quotactl_x, -ESRCH, CMD(Q_GETFMT, USRQUOTA), "d", 0, &fmt);
	assert_empty(&rec, quotactl_x, quota_fmt_out);
}

/* ---- extended attributes ---- */

TEST(xattr_without_a_size_has_no_value)
{
	struct rec rec = fill(getxattr_x, 5, "file", "user.a", "value", 5);

	assert_bytes(&rec, getxattr_x, value, 5, "value", 5);
	rec = fill(getxattr_x, 5, "file", "user.a", BAD_PTR, 0);
	assert_empty(&rec, getxattr_x, value);
	rec = fill(fgetxattr_x, 5, 3, "user.a", "value", 5);
	assert_bytes(&rec, fgetxattr_x, value, 5, "value", 5);
	rec = fill(fgetxattr_x, 5, 3, "user.a", BAD_PTR, 0);
	assert_empty(&rec, fgetxattr_x, value);
}

TEST(xattr_without_a_size_has_no_list)
{
	struct rec rec = fill(listxattr_x, 7, "file", "user.a", 7);

	assert_bytes(&rec, listxattr_x, list, 7, "user.a", 7);
	rec = fill(listxattr_x, 7, "file", BAD_PTR, 0);
	assert_empty(&rec, listxattr_x, list);
	rec = fill(flistxattr_x, 7, 3, "user.a", 7);
	assert_bytes(&rec, flistxattr_x, list, 7, "user.a", 7);
	rec = fill(flistxattr_x, 7, 3, BAD_PTR, 0);
	assert_empty(&rec, flistxattr_x, list);
}

/* ---- 64-bit numbers of i386: two arguments each, so that what follows moves ---- */

TEST(i386_numbers_of_64_bit_are_two_arguments)
{
	struct rec rec;

	fake.flags = SCT_ABI_IA32;
	rec = fill(fallocate_x, 0, 3, 1, 2, 3, 4, 5);
	assert_num(&rec, fallocate_x, offset, 0x300000002ull);
	assert_num(&rec, fallocate_x, len, 0x500000004ull);
	rec = fill(sync_file_range_x, 0, 3, 1, 2, 3, 4, 5);
	assert_num(&rec, sync_file_range_x, offset, 0x200000001ull);
	assert_num(&rec, sync_file_range_x, nbytes, 0x400000003ull);
	assert_num(&rec, sync_file_range_x, flags, 5);
	rec = fill(readahead_x, 0, 3, 1, 2, 3);
	assert_num(&rec, readahead_x, offset, 0x200000001ull);
	assert_num(&rec, readahead_x, count, 3);
	rec = fill(fadvise64_x, 0, 3, 1, 2, 3, 4);
	assert_num(&rec, fadvise64_x, offset, 0x200000001ull);
	assert_num(&rec, fadvise64_x, len, 3);
	assert_num(&rec, fadvise64_x, advice, 4);
}

/* ---- pipes ---- */

TEST(pipe_tells_both_ends)
{
	int fds[2] = { 5, 6 };
	struct rec rec = fill(pipe_x, 0, at_edge(fds, sizeof(fds)));

	assert_num(&rec, pipe_x, fd1, 5);
	assert_num(&rec, pipe_x, fd2, 6);
	assert_num(&rec, pipe_x, ino, fake.fd_inode.ino);
	rec = fill(pipe2_x, 0, at_edge(fds, sizeof(fds)), 0);
	assert_num(&rec, pipe2_x, fd1, 5);
	assert_num(&rec, pipe2_x, fd2, 6);
	assert_num(&rec, pipe2_x, ino, fake.fd_inode.ino);
}

TEST(pipe_that_failed_has_no_ends)
{
	int fds[2] = { 5, 6 };
	struct rec rec = fill(pipe_x, -EMFILE, fds);

	assert_empty(&rec, pipe_x, fd1);
	assert_empty(&rec, pipe_x, ino);
}

TEST(pipe_bad_pointer_is_faulted)
{
	struct rec rec = fill(pipe_x, 0, BAD_PTR);

	assert_faulted(&rec, pipe_x, fd1);
	assert_faulted(&rec, pipe_x, ino);
}

TEST(quotactl_fd_has_its_command_second)
{
	struct rec rec = fill(quotactl_fd_x, 0, 3, CMD(Q_GETQUOTA, PRJQUOTA), 7, BAD_PTR);

	assert_num(&rec, quotactl_fd_x, cmd, (__u32)Q_GETQUOTA);
	assert_num(&rec, quotactl_fd_x, type, PRJQUOTA);
}

/* ---- sysfs ---- */

TEST(sysfs_takes_and_gives_by_its_option)
{
	struct rec rec = fill(sysfs_x, 3, 1, "proc", BAD_PTR);

	assert_str(&rec, sysfs_x, fsname, "proc");
	assert_empty(&rec, sysfs_x, fs_index);
	assert_empty(&rec, sysfs_x, buf);
	rec = fill(sysfs_x, 0, 2, 7, "ext4");
	assert_empty(&rec, sysfs_x, fsname);
	assert_num(&rec, sysfs_x, fs_index, 7);
	assert_str(&rec, sysfs_x, buf, "ext4");
	rec = fill(sysfs_x, -EINVAL, 2, 7, "ext4");
	assert_empty(&rec, sysfs_x, buf);
}

/* ---- handles and attributes ---- */

TEST(name_to_handle_at_tells_the_handle)
{
	const __u8 handle[] = { 3, 0, 0, 0, 9, 0, 0, 0, 'a', 'b', 'c' };
	struct rec rec = fill(name_to_handle_at_x, 0, 5, "file", at_edge(handle, sizeof(handle)), NULL, 0);

	assert_bytes(&rec, name_to_handle_at_x, f_handle, 3, "abc", 3);
	rec = fill(name_to_handle_at_x, 0, 5, "file", BAD_PTR);
	assert_faulted(&rec, name_to_handle_at_x, f_handle);
	rec = fill(name_to_handle_at_x, -EOVERFLOW, 5, "file", handle);
	assert_empty(&rec, name_to_handle_at_x, f_handle);
}

TEST(xattrs_at_a_directory_have_their_values_behind_a_struct)
{
	struct { __u64 value; __u32 size, flags; } x = { (__u64)"value", 5, 1 };
	struct rec rec = fill(setxattrat_x, 0, 3, "file", 0, "user.x", at_edge(&x, sizeof(x)), sizeof(x));

	assert_bytes(&rec, setxattrat_x, value, 5, "value", 5);
	rec = fill(setxattrat_x, 0, 3, "file", 0, "user.x", at_edge(&x, 15), 16);
	assert_faulted(&rec, setxattrat_x, value);
	rec = fill(getxattrat_x, 3, 3, "file", 0, "user.x", &x, sizeof(x));
	assert_bytes(&rec, getxattrat_x, value, 3, "val", 3);
	x.size = 0;	/* it asks how long it is */
	rec = fill(getxattrat_x, 3, 3, "file", 0, "user.x", &x, sizeof(x));
	assert_empty(&rec, getxattrat_x, value);
	rec = fill(listxattrat_x, 4, 3, "file", 0, "a\0b", 90);
	assert_bytes(&rec, listxattrat_x, list, 4, "a\0b", 4);
	rec = fill(listxattrat_x, 4, 3, "file", 0, NULL, 0);
	assert_empty(&rec, listxattrat_x, list);
}

TEST(fanotify_mark_of_i386_has_a_mask_of_two)
{
	struct rec rec = fill(fanotify_mark_x, 0, 3, 1, 1ull << 40, -100, "file");

	assert_str(&rec, fanotify_mark_x, path, "file");
	fake.flags = SCT_ABI_IA32;
	rec = fill(fanotify_mark_x, 0, 3, 1, 2, 1, -100, "file");
	assert_num(&rec, fanotify_mark_x, mask, 1ull << 32 | 2);
	assert_num(&rec, fanotify_mark_x, dirfd, -100);
	assert_str(&rec, fanotify_mark_x, path, "file");
}

TEST(statmount_is_told_where_there_is_room_for_it)
{
	static const __u8 buf[120] = { 1, 2, 3 };
	struct rec rec = fill(statmount_x, 0, NULL, at_edge(buf, sizeof(buf)), 120);

	assert_mem(&rec, statmount_x, buf, buf, sizeof(buf));
	rec = fill(statmount_x, 0, NULL, buf, 119);
	assert_empty(&rec, statmount_x, buf);
}

/* ---- landlock and security modules ---- */

TEST(landlock_ruleset_is_as_long_as_its_caller_says)
{
	const __u64 set[] = { 1, 2, 3 };
	struct rec rec = fill(landlock_create_ruleset_x, 3, at_edge(set, 24), 24);

	assert_num(&rec, landlock_create_ruleset_x, handled_access_fs, 1);
	assert_num(&rec, landlock_create_ruleset_x, handled_access_net, 2);
	assert_num(&rec, landlock_create_ruleset_x, scoped, 3);
	rec = fill(landlock_create_ruleset_x, 3, at_edge(set, 8), 8);
	assert_num(&rec, landlock_create_ruleset_x, handled_access_fs, 1);
	assert_empty(&rec, landlock_create_ruleset_x, handled_access_net);
	assert_empty(&rec, landlock_create_ruleset_x, scoped);
}

TEST(landlock_rule_is_of_its_kind)
{
	const __u64 rule[] = { 4, 443 };
	struct rec rec = fill(landlock_add_rule_x, 0, 3, 1, at_edge(rule, 12));

	assert_num(&rec, landlock_add_rule_x, access_fs, 4);
	assert_num(&rec, landlock_add_rule_x, parent_fd, 443);
	assert_empty(&rec, landlock_add_rule_x, access_net);
	assert_empty(&rec, landlock_add_rule_x, port);
	rec = fill(landlock_add_rule_x, 0, 3, 2, at_edge(rule, 16));
	assert_num(&rec, landlock_add_rule_x, access_net, 4);
	assert_num(&rec, landlock_add_rule_x, port, 443);
	assert_empty(&rec, landlock_add_rule_x, access_fs);
	assert_empty(&rec, landlock_add_rule_x, parent_fd);
}

TEST(security_module_tells_something_or_nothing)
{
	static const __u8 ctx[32] = { 104 };
	struct rec rec = fill(lsm_get_self_attr_x, 1, 100, at_edge(ctx, sizeof(ctx)));

	assert_mem(&rec, lsm_get_self_attr_x, ctx, ctx, sizeof(ctx));
	rec = fill(lsm_get_self_attr_x, 0, 100, ctx);
	assert_empty(&rec, lsm_get_self_attr_x, ctx);
}
