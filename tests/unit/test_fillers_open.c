// SPDX-License-Identifier: MIT
/* Calls that open files. */
#include <fcntl.h>
#include <linux/openat2.h>
#include "fillers.h"

TEST(openat_tells_the_file_that_was_opened)
{
	struct rec rec = fill(openat_x, 3, AT_FDCWD, "/etc/passwd", O_RDONLY);

	assert_num(&rec, openat_x, fd, 3);
	assert_num(&rec, openat_x, dirfd, AT_FDCWD);
	assert_str(&rec, openat_x, name, "/etc/passwd");
	assert_num(&rec, openat_x, dev, fake.fd_inode.dev);
	assert_num(&rec, openat_x, ino, fake.fd_inode.ino);
}

TEST(openat_that_failed_has_no_file)
{
	struct rec rec = fill(openat_x, -ENOENT, AT_FDCWD, "/nowhere", O_RDONLY);

	assert_num(&rec, openat_x, fd, -ENOENT);
	assert_empty(&rec, openat_x, dev);
	assert_empty(&rec, openat_x, ino);
}

TEST(openat_mode_is_of_a_file_to_be_made)
{
	struct rec rec = fill(openat_x, 3, AT_FDCWD, "f", O_CREAT | O_WRONLY, 0640);

	assert_num(&rec, openat_x, mode, 0640);
	rec = fill(openat_x, 3, AT_FDCWD, "/tmp", __O_TMPFILE | O_WRONLY, 0600);
	assert_num(&rec, openat_x, mode, 0600);
	rec = fill(openat_x, 3, AT_FDCWD, "f", O_WRONLY, 0640);
	assert_num(&rec, openat_x, mode, 0);
}

TEST(openat_bad_pointer_is_empty)
{
	struct rec rec = fill(openat_x, -EFAULT, AT_FDCWD, BAD_PTR, O_RDONLY);

	assert_faulted(&rec, openat_x, name);
}

TEST(openat_null_is_empty_but_no_fault)
{
	struct rec rec = fill(openat_x, -EFAULT, AT_FDCWD, NULL, O_RDONLY);

	assert_empty(&rec, openat_x, name);
}

TEST(openat_empty_path_is_a_string)
{
	struct rec rec = fill(openat_x, -ENOENT, AT_FDCWD, at_edge("", 1), O_RDONLY);

	assert_str(&rec, openat_x, name, "");
}

TEST(openat_path_may_end_where_memory_does)
{
	static char path[4000] = "/";
	struct rec rec;

	memset(path + 1, 'p', sizeof(path) - 2);
	rec = fill(openat_x, -ENOENT, AT_FDCWD, at_edge(path, sizeof(path)), O_RDONLY);
	assert_str(&rec, openat_x, name, path);
}

TEST(openat_path_without_end_is_faulted)
{
	struct rec rec = fill(openat_x, -EFAULT, AT_FDCWD, at_edge("/etc", 4), O_RDONLY);

	assert_faulted(&rec, openat_x, name);
}

TEST(openat_oversized_path_is_cut)
{
	static char path[SCT_SIZE_PATH];
	struct rec rec;

	memset(path, 'A', sizeof(path) - 1);
	rec = fill(openat_x, -ENAMETOOLONG, AT_FDCWD, big_buffer(), O_RDONLY);
	assert_cut(&rec, openat_x, name, path, sizeof(path));
}

TEST(openat_path_of_the_largest_size_is_whole)
{
	static char path[SCT_SIZE_PATH];
	struct rec rec;

	memset(path, 'A', sizeof(path) - 1);
	rec = fill(openat_x, 3, AT_FDCWD, at_edge(path, sizeof(path)), O_RDONLY);
	assert_str(&rec, openat_x, name, path);
}

TEST(openat_enter_has_the_arguments)
{
	struct rec rec = fill_enter(openat_x, 5, "dir/file", O_CREAT, 0755);

	assert_empty(&rec, openat_x, fd);
	assert_num(&rec, openat_x, dirfd, 5);
	assert_str(&rec, openat_x, name, "dir/file");
	assert_num(&rec, openat_x, mode, 0755);
	assert_empty(&rec, openat_x, dev);
	assert_empty(&rec, openat_x, ino);
}

TEST(open_is_like_openat)
{
	struct rec rec = fill(open_x, 4, "f", O_CREAT | O_WRONLY, 0640);

	assert_num(&rec, open_x, mode, 0640);
	assert_num(&rec, open_x, dev, fake.fd_inode.dev);
	assert_num(&rec, open_x, ino, fake.fd_inode.ino);
	rec = fill(open_x, -EACCES, "f", O_WRONLY, 0640);
	assert_num(&rec, open_x, mode, 0);
	assert_empty(&rec, open_x, ino);
}

TEST(creat_tells_whether_it_made_the_file)
{
	struct rec rec = fill(creat_x, 4, "f", 0600);

	assert_num(&rec, creat_x, dev, fake.fd_inode.dev);
	assert_num(&rec, creat_x, ino, fake.fd_inode.ino);
	assert_num(&rec, creat_x, creat_flags, 0);
	fake.fd_created = 1;
	rec = fill(creat_x, 4, "f", 0600);
	assert_num(&rec, creat_x, creat_flags, 1);
	rec = fill(creat_x, -EACCES, "f", 0600);
	assert_empty(&rec, creat_x, creat_flags);
}

TEST(openat2_tells_how)
{
	struct open_how how = { .flags = O_CREAT | 1ull << 40, .mode = 0700, .resolve = 8 };
	struct rec rec = fill(openat2_x, 5, AT_FDCWD, "f", at_edge(&how, sizeof(how)), sizeof(how));

	assert_num(&rec, openat2_x, flags, how.flags);
	assert_num(&rec, openat2_x, mode, how.mode);
	assert_num(&rec, openat2_x, resolve, how.resolve);
	assert_num(&rec, openat2_x, dev, fake.fd_inode.dev);
	assert_num(&rec, openat2_x, ino, fake.fd_inode.ino);
}

TEST(openat2_short_struct_has_its_first_part)
{
	struct open_how how = { .flags = O_CREAT, .mode = 0700, .resolve = 8 };
	struct rec rec = fill(openat2_x, -EINVAL, AT_FDCWD, "f", at_edge(&how, 8), 8);

	assert_num(&rec, openat2_x, flags, how.flags);
	assert_faulted(&rec, openat2_x, mode);
	assert_faulted(&rec, openat2_x, resolve);
}

TEST(open_by_handle_at_tells_the_file_that_it_found)
{
	struct { __u32 bytes; __s32 type; } handle = { 8, -1 };
	struct rec rec = fill(open_by_handle_at_x, 5, 3, at_edge(&handle, 8), O_RDONLY);

	assert_str(&rec, open_by_handle_at_x, path, fake.fd_path);
	assert_num(&rec, open_by_handle_at_x, dev, fake.fd_inode.dev);
	assert_num(&rec, open_by_handle_at_x, ino, fake.fd_inode.ino);
	assert_num(&rec, open_by_handle_at_x, handle_bytes, 8);
	assert_num(&rec, open_by_handle_at_x, handle_type, -1);
	rec = fill(open_by_handle_at_x, -ESTALE, 3, &handle, O_RDONLY);
	assert_empty(&rec, open_by_handle_at_x, path);
}
