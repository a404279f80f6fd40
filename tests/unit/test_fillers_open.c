// SPDX-License-Identifier: MIT
/* Calls that open files. */
#include <fcntl.h>
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

TEST(openat_path_of_the_largest_size_but_one_is_whole)
{
	static char path[SCT_SIZE_PATH - 1];
	struct rec rec;

	memset(path, 'A', sizeof(path) - 1);
	rec = fill(openat_x, 3, AT_FDCWD, path, O_RDONLY);
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
