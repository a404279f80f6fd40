// SPDX-License-Identifier: MIT
/* execve: the strings of the new program after a success, else those that the caller passed. */
#include <fcntl.h>
#include "process.h"

static char *argv[] = { "prog", "-l", "/tmp", NULL };
static char *envp[] = { "A=1", "B=2", NULL };

#define assert_exec(rec, id)							\
	do {									\
		assert_str(rec, id, exe, "prog");				\
		assert_mem(rec, id, args, "-l\0/tmp", 8);			\
		assert_mem(rec, id, env, "A=1\0B=2", 8);			\
		assert_task(rec, id);						\
		assert_num(rec, id, tty, fake.task.tty);			\
		assert_num(rec, id, vpgid, fake.task.vpgid);			\
		assert_num(rec, id, pgid, fake.task.pgid);			\
		assert_num(rec, id, loginuid, fake.task.loginuid);		\
		assert_num(rec, id, flags, 4);					\
		assert_num(rec, id, cap_inheritable, fake.task.cap_inheritable);	\
		assert_num(rec, id, cap_permitted, fake.task.cap_permitted);	\
		assert_num(rec, id, cap_effective, fake.task.cap_effective);	\
		assert_num(rec, id, exe_ino, fake.exe_inode.ino);		\
		assert_num(rec, id, exe_ino_ctime, fake.exe_ctime);		\
		assert_num(rec, id, exe_ino_mtime, fake.exe_mtime);		\
		assert_num(rec, id, uid, fake.task.euid);			\
		assert_num(rec, id, gid, fake.task.egid);			\
		assert_num(rec, id, exe_dev, fake.exe_inode.dev);		\
		assert_str(rec, id, trusted_exepath, fake.exe_path);		\
	} while (0)

/* ---- after a success ---- */

TEST(execve_that_succeeded_tells_the_new_program)
{
	struct rec rec;

	fake.exe_memfd = 1;
	set_strings("prog\0-l\0/tmp", 13, "A=1\0B=2", 8, "/bin/prog");
	rec = fill(execve_x, 0, BAD_PTR, BAD_PTR, BAD_PTR);
	assert_exec(&rec, execve_x);
	assert_str(&rec, execve_x, filename, "/bin/prog");
	assert_num(&rec, execve_x, argv_size, 13);
	assert_num(&rec, execve_x, env_size, 8);
	rec = fill(execveat_x, 0, BAD_PTR, BAD_PTR, BAD_PTR, BAD_PTR, BAD_PTR);
	assert_exec(&rec, execveat_x);
	assert_str(&rec, execveat_x, filename, "/bin/prog");
	assert_num(&rec, execveat_x, argv_size, 13);
	assert_num(&rec, execveat_x, env_size, 8);
}

TEST(execve_of_a_file_is_no_memfd)
{
	struct rec rec = fill(execve_x, 0);

	assert_num(&rec, execve_x, flags, 0);
}

/* By then the registers are the new program's. */
TEST(execveat_that_succeeded_has_no_arguments_of_its_own)
{
	struct rec rec = fill(execveat_x, 0, AT_FDCWD, 0, 0, 0, 1);

	assert_empty(&rec, execveat_x, dirfd);
	assert_empty(&rec, execveat_x, at_flags);
}

TEST(execve_without_arguments_has_an_empty_command_line)
{
	struct rec rec;

	set_strings("", 0, "A=1", 4, "/bin/prog");
	rec = fill(execve_x, 0);
	assert_empty(&rec, execve_x, exe);
	assert_empty(&rec, execve_x, args);
	assert_mem(&rec, execve_x, env, "A=1", 4);
}

TEST(execve_long_strings_are_cut)
{
	static char want[SCT_ARGV_MAX];
	static const __u64 sizes[] = { 1, 100, SCT_ARGV_DEF, SCT_ARGV_MAX };
	struct rec rec;
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		fake.cfg.argv_max = fake.cfg.argv_failed = sizes[i];
		memset(want, 'A', sizeof(want));
		want[sizes[i] - 1] = 0;
		set_strings("prog", 5, big_buffer(), 3 * SCT_ARGV_MAX, "/bin/prog");
		rec = fill(execve_x, 0);
		assert_cut(&rec, execve_x, env, want, sizes[i]);
		assert_num(&rec, execve_x, env_size, 3 * SCT_ARGV_MAX);
		set_strings("prog", 5, want, sizes[i], "/bin/prog");
		rec = fill(execve_x, 0);
		assert_mem(&rec, execve_x, env, want, sizes[i]);
	}
}

/* The name of the program, the first of them, is a string apart. */
TEST(execve_long_arguments_are_cut)
{
	static char args[5 + 2 * SCT_ARGV_MAX], want[SCT_ARGV_MAX];
	struct rec rec;

	memset(args, 'x', sizeof(args) - 1);
	memcpy(args, "prog", 5);
	fake.cfg.argv_max = fake.cfg.argv_failed = 1000;
	set_strings(args, sizeof(args), "A=1", 4, "/bin/prog");
	rec = fill(execve_x, 0);
	memset(want, 'x', 999);
	assert_cut(&rec, execve_x, args, want, 1000);
	assert_num(&rec, execve_x, argv_size, sizeof(args));
	rec = fill(clone_x, 1);
	memset(want, 'x', SCT_SIZE_STRV);
	want[SCT_SIZE_STRV - 1] = 0;
	assert_cut(&rec, clone_x, args, want, SCT_SIZE_STRV);
}

/* ---- at entry, and after a failure ---- */

/* Where no program is executed, less is kept: of a flood of such calls each costs little. */
TEST(execve_that_fails_keeps_less)
{
	char *argv[] = { "prog", big_buffer(), NULL };
	static char want[100];
	struct rec rec;

	fake.cfg.argv_failed = sizeof(want);
	memset(want, 'A', sizeof(want) - 1);
	rec = fill(execve_x, -ENOENT, "/bin/prog", argv, argv + 1);
	assert_cut(&rec, execve_x, args, want, sizeof(want));
	assert_cut(&rec, execve_x, env, want, sizeof(want));
	rec = fill_enter(execve_x, "/bin/prog", argv, argv + 1);
	assert_cut(&rec, execve_x, args, want, sizeof(want));
}

TEST(execve_enter_tells_what_is_asked_for)
{
	struct rec rec;

	fake.exe_memfd = 1;
	rec = fill_enter(execve_x, "/bin/prog", argv, envp);
	assert_exec(&rec, execve_x);
	assert_str(&rec, execve_x, filename, "/bin/prog");
	assert_empty(&rec, execve_x, res);
	assert_empty(&rec, execve_x, argv_size);
	assert_empty(&rec, execve_x, env_size);
}

TEST(execveat_that_failed_tells_what_was_asked_for)
{
	struct rec rec;

	fake.exe_memfd = 1;
	rec = fill(execveat_x, -ENOENT, AT_FDCWD, "prog", argv, envp, AT_SYMLINK_NOFOLLOW);
	assert_exec(&rec, execveat_x);
	assert_str(&rec, execveat_x, filename, "prog");
	assert_num(&rec, execveat_x, dirfd, AT_FDCWD);
	assert_num(&rec, execveat_x, at_flags, AT_SYMLINK_NOFOLLOW);
}

TEST(execve_null_vectors_are_empty)
{
	struct rec rec = fill_enter(execve_x, "/bin/prog", NULL, NULL);

	assert_empty(&rec, execve_x, exe);
	assert_empty(&rec, execve_x, args);
	assert_empty(&rec, execve_x, env);
}

TEST(execve_empty_vectors_are_empty)
{
	static char *none[] = { NULL };
	struct rec rec = fill_enter(execve_x, "/bin/prog", at_edge(none, 8), at_edge(none, 8));

	assert_empty(&rec, execve_x, exe);
	assert_empty(&rec, execve_x, args);
	assert_empty(&rec, execve_x, env);
}

TEST(execve_bad_vectors_are_faulted)
{
	struct rec rec = fill(execve_x, -EFAULT, BAD_PTR, BAD_PTR, BAD_PTR);

	assert_faulted(&rec, execve_x, exe);
	assert_faulted(&rec, execve_x, env);
	assert_faulted(&rec, execve_x, filename);
}

TEST(execve_bad_string_is_left_out)
{
	char *some[] = { BAD_PTR, "-l", BAD_PTR, "/tmp", NULL };
	__u32 exe = SCT_PARAM(execve_x, exe), args = SCT_PARAM(execve_x, args);
	struct rec rec = fill(execve_x, -EFAULT, "/bin/prog", some, NULL);

	assert_faulted(&rec, execve_x, exe);
	assert_int_equal(rec.head.faulted, 1ull << exe | 1ull << args);
	assert_int_equal(rec.p[args].len, 8);
	assert_memory_equal(rec.p[args].data, "-l\0/tmp", 8);
}

TEST(execve_vector_without_end_keeps_what_was_there)
{
	__u32 env = SCT_PARAM(execve_x, env);
	struct rec rec = fill(execve_x, -EFAULT, "/bin/prog", argv, at_edge(envp, 16));

	assert_int_equal(rec.head.faulted, 1ull << env);
	assert_int_equal(rec.p[env].len, 8);
	assert_memory_equal(rec.p[env].data, "A=1\0B=2", 8);
}

static void repeat(char **v, size_t n, char *s)
{
	while (n--)
		*v++ = s;
	*v = NULL;
}

TEST(execve_as_many_strings_as_are_read_are_whole)
{
	char *many[SCT_STRV_MAX + 1];
	struct rec rec;

	repeat(many, SCT_STRV_MAX, "");
	rec = fill_enter(execve_x, "/bin/prog", argv, many);
	assert_mem(&rec, execve_x, env, (char[SCT_STRV_MAX]){ 0 }, SCT_STRV_MAX);
}

TEST(execve_more_strings_are_cut)
{
	char *many[SCT_STRV_MAX + 2];
	struct rec rec;

	repeat(many, SCT_STRV_MAX + 1, "");
	rec = fill_enter(execve_x, "/bin/prog", argv, many);
	assert_cut(&rec, execve_x, env, (char[SCT_STRV_MAX]){ 0 }, SCT_STRV_MAX);
}

/* The second string has only a part of the room, and the third none. */
TEST(execve_strings_share_their_room)
{
	static char want[SCT_ARGV_DEF], longer[3000];
	char *three[] = { longer, longer, longer, NULL };
	struct rec rec;

	memset(longer, 'x', sizeof(longer) - 1);
	memset(want, 'x', sizeof(want) - 1);
	want[sizeof(longer) - 1] = 0;
	rec = fill_enter(execve_x, "/bin/prog", argv, three);
	assert_cut(&rec, execve_x, env, want, sizeof(want));
}

/* ---- the largest record ---- */

TEST(largest_execve_fits)
{
	static char path[SCT_SIZE_PATH], cgroups[SCT_SIZE_STRV];
	char *big[SCT_STRV_MAX + 1];
	struct rec rec;

	repeat(big, SCT_STRV_MAX, big_buffer());
	memset(path, '/', sizeof(path) - 1);
	fake.cwd = fake.exe_path = path;
	fake.comm = "fifteen letters";
	fake.cfg.argv_max = fake.cfg.argv_failed = SCT_ARGV_MAX;
	fake.cgroups = cgroups;
	fake.cgroups_len = sizeof(cgroups);
	rec = fill(execveat_x, -E2BIG, 3, big_buffer(), big, big, 0);
	assert_str(&rec, execveat_x, trusted_exepath, path);
	assert_in_range(rec.head.len, 5 * 4096 + 2 * SCT_ARGV_MAX, SCT_REC_LIMIT);
}
