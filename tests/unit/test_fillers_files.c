// SPDX-License-Identifier: MIT
/* The files of descriptors, behind the records of calls. */
#include <fcntl.h>
#include "fillers.h"

static void check_file(const struct files *files, unsigned i, unsigned param, const char *path)
{
	const struct sct_fd_file *head = &files->file[i].head;

	assert_in_range(files->n, i + 1, ARRAY_SIZE(files->file));
	assert_int_equal(head->param, param);
	assert_int_equal(head->len, strlen(path) + 1);
	assert_string_equal(files->file[i].path, path);
	assert_int_equal(head->ino, fake.fd_inode.ino);
	assert_int_equal(head->dev, fake.fd_inode.dev);
	assert_int_equal(head->magic, fake.fd_magic);
}

TEST(a_call_tells_the_files_that_it_takes_and_returns)
{
	struct files files = fill_files(openat_x, 5, 4, "name", O_RDONLY);

	assert_int_equal(files.n, 2);
	check_file(&files, 0, SCT_PARAM(openat_x, fd), fake.fd_path);
	check_file(&files, 1, SCT_PARAM(openat_x, dirfd), fake.fd_path);
	assert_int_equal(files.file[0].head.flags, 0);
}

/* They lie behind the values, wherever those end. */
TEST(a_file_is_found_behind_data)
{
	char data[] = "some data";
	struct files files = fill_files(write_x, 3, 7, data, 3);

	assert_int_equal(files.n, 1);
	check_file(&files, 0, SCT_PARAM(write_x, fd), fake.fd_path);
}

/* -100 is AT_FDCWD for a directory, and for a result an error. */
TEST(the_working_directory_is_a_file_of_directories)
{
	struct files files = fill_files(openat_x, AT_FDCWD, AT_FDCWD, "name", O_RDONLY);

	assert_int_equal(files.n, 1);
	assert_int_equal(files.file[0].head.param, SCT_PARAM(openat_x, dirfd));
	assert_string_equal(files.file[0].path, fake.cwd);
	assert_int_equal(files.file[0].head.ino, 0);
}

TEST(what_is_no_open_descriptor_has_no_file)
{
	struct files files;

	fake.closed_fd = 7;
	files = fill_files(close_x, 0, 7);
	assert_int_equal(files.n, 0);
	files = fill_files(close_x, -EBADF, -1);
	assert_int_equal(files.n, 0);
	files = fill_files(openat_x, -ENOENT, 7, "name", O_RDONLY);
	assert_int_equal(files.n, 0);
}

TEST(a_file_without_a_path_has_a_number)
{
	struct files files;

	fake.fd_path = NULL;
	fake.fd_deleted = 1;
	files = fill_files(dup2_x, 8, 7, 8);
	assert_int_equal(files.n, 3);
	assert_int_equal(files.file[2].head.len, 0);
	assert_int_equal(files.file[2].head.ino, fake.fd_inode.ino);
	assert_int_equal(files.file[2].head.flags, SCT_FF_DELETED);
}

/* Both ends of a pipe are in the caller's memory. */
TEST(descriptors_in_memory_have_files)
{
	int fds[2] = { 3, 4 };
	struct files files = fill_files(pipe2_x, 0, fds, 0);

	assert_int_equal(files.n, 2);
	check_file(&files, 0, SCT_PARAM(pipe2_x, fd1), fake.fd_path);
	check_file(&files, 1, SCT_PARAM(pipe2_x, fd2), fake.fd_path);
}

TEST(the_longest_paths_fit)
{
	static char path[SCT_SIZE_PATH];
	struct files files;

	memset(path, '/', sizeof(path) - 1);
	fake.fd_path = path;
	files = fill_files(dup3_x, 8, 7, 8, 0);
	assert_int_equal(files.n, 3);
	check_file(&files, 2, SCT_PARAM(dup3_x, newfd), path);
}

/* ---- what devices and sockets are ---- */

static const struct sct_fd_details socket_details = {
	.mode = SCT_S_IFSOCK, .family = SCT_AF_UNIX, .type = 1, .protocol = 0x01020304,
	.number = 0x05060708, .peer = 0x1112131415161718,
};

static struct files fill_details(struct sct_fd_details details)
{
	fake.cfg.files = SCT_FILES_DETAILS;
	fake.fd_details = details;
	return fill_files(dup2_x, 8, 7, 8);
}

TEST(a_device_has_a_number)
{
	const struct sct_fd_details details = { .mode = SCT_S_IFCHR, .number = 1 << 20 | 3 };
	struct files files = fill_details(details);

	assert_int_equal(files.n, 3);
	check_file(&files, 2, SCT_PARAM(dup2_x, newfd), fake.fd_path);
	assert_int_equal(files.file[2].head.flags, SCT_FF_DETAILS);
	assert_memory_equal(&files.file[2].details, &details, sizeof(details));
}

TEST(a_socket_has_addresses)
{
	struct files files = fill_details(socket_details);
	struct sct_fd_details want = socket_details;
	struct sct_tuple tuple = { .llen = fake.local_len, .rlen = fake.remote_len };
	const __u8 *to;

	want.len = sizeof(tuple) + tuple.llen + tuple.rlen;
	assert_int_equal(files.n, 3);
	assert_memory_equal(&files.file[0].details, &want, sizeof(want));
	assert_memory_equal(&files.file[2].details, &want, sizeof(want));
	to = files.file[2].tuple;
	assert_memory_equal(to, &tuple, sizeof(tuple));
	assert_memory_equal(to + sizeof(tuple), fake.local, tuple.llen);
	assert_memory_equal(to + sizeof(tuple) + tuple.llen, fake.remote, tuple.rlen);
}

TEST(a_socket_without_addresses_has_the_rest)
{
	struct files files;

	fake.no_socket = 1;
	files = fill_details(socket_details);
	assert_int_equal(files.n, 3);
	assert_memory_equal(&files.file[1].details, &socket_details, sizeof(socket_details));
}

TEST(other_files_have_no_details)
{
	struct files files = fill_details((struct sct_fd_details){});

	assert_int_equal(files.n, 3);
	check_file(&files, 2, SCT_PARAM(dup2_x, newfd), fake.fd_path);
	assert_int_equal(files.file[2].head.flags, 0);
	fake.fd_details = socket_details;
	files = fill_files(openat_x, -ENOENT, AT_FDCWD, "name", O_RDONLY);
	assert_int_equal(files.n, 1);
	assert_int_equal(files.file[0].head.flags, 0);
	fake.closed_fd = 7;
	files = fill_files(close_x, 0, 7);
	assert_int_equal(files.n, 0);
}

TEST(details_that_nobody_asked_for_are_not_there)
{
	struct files files;

	fake.fd_details = socket_details;
	files = fill_files(dup2_x, 8, 7, 8);
	assert_int_equal(files.n, 3);
	assert_int_equal(files.file[0].head.flags, 0);
	check_file(&files, 2, SCT_PARAM(dup2_x, newfd), fake.fd_path);
}

TEST(the_longest_details_fit)
{
	static char path[SCT_SIZE_PATH];
	struct files files;

	memset(path, '/', sizeof(path) - 1);
	fake.fd_path = path;
	fake.local_len = sizeof(fake.local);
	fake.remote_len = sizeof(fake.remote);
	files = fill_details(socket_details);
	assert_int_equal(files.n, 3);
	assert_int_equal(files.file[2].details.len, SCT_SIZE_TUPLE);
	assert_int_equal(files.file[2].head.len, SCT_SIZE_PATH);
}
