// SPDX-License-Identifier: MIT
/* Calls that name files. */
#include "calls.h"
#include "families.h"
#include <fcntl.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <utime.h>

/* Newer than the headers of Debian 12. */
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

/* A string that no kernel takes as a path, and that is longer than a record keeps. */
static const char *too_long(void)
{
	static char path[5000];

	memset(path, 'x', sizeof(path) - 1);
	return path;
}

static void got_file(long fd)
{
	GOT_NUM(dev, dev_of(fd));
	GOT_NUM(ino, ino_of(fd));
}

static void got_no_file(void)
{
	NONE(dev);
	NONE(ino);
}

static void done_with(long fd)
{
	CALL(close, NUM(fd, fd));
}

static void opening(void)
{
	long fd;

	fd = CALL(open, STR(name, "new"), NUM(flags, O_RDWR | O_CREAT | O_EXCL), NUM(mode, 0640));
	got_file(fd);
	done_with(fd);
	fd = CALL(open, STR(name, "new"), NUM(flags, O_WRONLY | O_CLOEXEC), UNSEEN(0777));
	ALSO_NUM(mode, 0);
	got_file(fd);
	done_with(fd);
	CALL(open, STR(name, ""), NUM(flags, O_RDONLY), NUM(mode, 0));
	got_no_file();
	CALL(open, BAD(name), NUM(flags, O_DIRECTORY), NUM(mode, 0));
	got_no_file();
	CALL(open, STR(name, too_long()), NUM(flags, O_PATH), NUM(mode, 0));
	got_no_file();

	fd = CALL(openat, NUM(dirfd, AT_FDCWD), STR(name, test_dir), NUM(flags, O_RDWR | O_TMPFILE),
		  NUM(mode, 0600));
	got_file(fd);
	done_with(fd);
	fd = CALL(openat, NUM(dirfd, 12345), STR(name, "/dev/null"), NUM(flags, O_RDONLY),
		  UNSEEN(7));
	ALSO_NUM(mode, 0);
	got_file(fd);
	done_with(fd);
	CALL(openat, NUM(dirfd, -1), NULL_ARG(name), NUM(flags, -1), NUM(mode, 07777));
	got_no_file();
	CALL(openat, NUM(dirfd, AT_FDCWD), BAD(name), NUM(flags, O_RDONLY), UNSEEN(0));
	ALSO_NUM(mode, 0);
	got_no_file();

	fd = CALL(creat, STR(name, "created"), NUM(mode, 0604));
	got_file(fd);
	GOT_NUM(creat_flags, 1);
	done_with(fd);
	fd = CALL(creat, STR(name, "created"), NUM(mode, 0));
	got_file(fd);
	GOT_NUM(creat_flags, 0);
	done_with(fd);
	CALL(creat, STR(name, "no/such/directory"), NUM(mode, 0600));
	got_no_file();
	NONE(creat_flags);
}

static void opening_how(void)
{
	struct open_how how = {
		.flags = O_RDWR | O_CREAT, .mode = 0611, .resolve = RESOLVE_BENEATH,
	};
	long fd;

	fd = CALL(openat2, NUM(dirfd, AT_FDCWD), STR(name, "how"), UNSEEN(&how),
		  NUM(size, sizeof(how)));
	ALSO_NUM(flags, how.flags);
	ALSO_NUM(mode, how.mode);
	ALSO_NUM(resolve, how.resolve);
	got_file(fd);
	done_with(fd);
	how.resolve = RESOLVE_IN_ROOT | RESOLVE_BENEATH;
	CALL(openat2, NUM(dirfd, -7), STR(name, ""), UNSEEN(&how), NUM(size, 1));
	ALSO_NUM(flags, how.flags);
	ALSO_NUM(mode, how.mode);
	ALSO_NUM(resolve, how.resolve);
	got_no_file();
	CALL(openat2, NUM(dirfd, AT_FDCWD), STR(name, "how"), UNSEEN(BAD_PTR), NUM(size, 24));
	FAULT(flags);
	FAULT(mode);
	FAULT(resolve);
	got_no_file();
	CALL(openat2, NUM(dirfd, AT_FDCWD), BAD(name), UNSEEN(NULL), NUM(size, -1));
	NONE(flags);
	NONE(mode);
	NONE(resolve);
	got_no_file();
}

static void opening_handles(void)
{
	struct {
		struct file_handle h;
		unsigned char bytes[MAX_HANDLE_SZ];
	} handle = { .h.handle_bytes = MAX_HANDLE_SZ };
	char path[256];
	long fd, dir;
	int mnt = -1;

	if (CALL(name_to_handle_at, NUM(dirfd, AT_FDCWD), STR(path, "new"), UNSEEN(&handle),
		 UNSEEN(&mnt),
		 NUM(flags, 0)))
		die("name_to_handle_at");
	NOW_NUM(handle_bytes, handle.h.handle_bytes);
	GOT_NUM(handle_type, handle.h.handle_type);
	GOT_BYTES(f_handle, handle.bytes, handle.h.handle_bytes);
	GOT_NUM(mount_id, mnt);
	CALL(name_to_handle_at, NUM(dirfd, -1), BAD(path), UNSEEN(BAD_PTR), UNSEEN(BAD_PTR),
	     NUM(flags, -1));
	FAULT(handle_bytes);
	NONE(handle_type);
	NONE(f_handle);
	NONE(mount_id);
	dir = CALL(open, STR(name, "."), NUM(flags, O_RDONLY), NUM(mode, 0));
	got_file(dir);
	fd = CALL(open_by_handle_at, NUM(mountfd, dir), UNSEEN(&handle), NUM(flags, O_RDONLY));
	ALSO_NUM(handle_bytes, handle.h.handle_bytes);
	ALSO_NUM(handle_type, handle.h.handle_type);
	snprintf(path, sizeof(path), "%s/new", test_dir);
	GOT_STR(path, path);
	got_file(fd);
	done_with(fd);
	done_with(dir);
	handle.h.handle_bytes = 3;
	handle.h.handle_type = -2;
	CALL(open_by_handle_at, NUM(mountfd, -1), UNSEEN(&handle), NUM(flags, O_RDWR));
	ALSO_NUM(handle_bytes, 3);
	ALSO_NUM(handle_type, -2);
	NONE(path);
	got_no_file();
	CALL(open_by_handle_at, NUM(mountfd, AT_FDCWD), UNSEEN(BAD_PTR), NUM(flags, O_RDWR));
	FAULT(handle_bytes);
	FAULT(handle_type);
	NONE(path);
	got_no_file();
}

static void looking(void)
{
	char cwd[512], dents[1024];
	struct stat st;
	long fd;

	CALL(stat, STR(path, "new"), UNSEEN(&st));
	GOT_OBJECT(statbuf, &st);
	CALL(stat, STR(path, ""), UNSEEN(&st));
	NONE(statbuf);
	CALL(stat, BAD(path), UNSEEN(&st));
	NONE(statbuf);
	CALL(stat, NULL_ARG(path), UNSEEN(&st));
	NONE(statbuf);
	CALL(stat, STR(path, too_long()), UNSEEN(&st));
	NONE(statbuf);
	CALL(lstat, STR(path, "new"), UNSEEN(&st));
	GOT_OBJECT(statbuf, &st);
	CALL(lstat, STR(path, "new"), UNSEEN(BAD_PTR));
	NONE(statbuf);
	CALL(fstat, NUM(fd, -3), UNSEEN(&st));
	NONE(statbuf);
	CALL(newfstatat, NUM(dirfd, AT_FDCWD), STR(path, "new"), UNSEEN(&st),
	     NUM(flags, AT_SYMLINK_NOFOLLOW));
	GOT_OBJECT(statbuf, &st);
	CALL(newfstatat, NUM(dirfd, 99), STR(path, "new"), UNSEEN(&st), NUM(flags, 0x7fffffff));
	NONE(statbuf);
	CALL(access, STR(name, "new"), NUM(mode, R_OK | W_OK));
	CALL(access, STR(name, "missing"), NUM(mode, F_OK));
	CALL(access, BAD(name), NUM(mode, X_OK));
	CALL(getcwd, UNSEEN(cwd), NUM(size, sizeof(cwd)));
	GOT_STR(path, test_dir);
	CALL(getcwd, UNSEEN(cwd), NUM(size, 2));
	NONE(path);
	fd = CALL(open, STR(name, "."), NUM(flags, O_DIRECTORY), NUM(mode, 0));
	got_file(fd);
	CALL(fstat, NUM(fd, fd), UNSEEN(&st));
	GOT_OBJECT(statbuf, &st);
	CALL(lseek, NUM(fd, fd), NUM(offset, 0), NUM(whence, SEEK_CUR));
	CALL(lseek, NUM(fd, fd), NUM(offset, -5), NUM(whence, SEEK_SET));
	CALL(getdents, NUM(fd, fd), UNSEEN(dents), NUM(count, sizeof(dents)));
	CALL(lseek, NUM(fd, fd), NUM(offset, 0), NUM(whence, SEEK_SET));
	CALL(getdents64, NUM(fd, fd), UNSEEN(dents), NUM(count, sizeof(dents)));
	CALL(getdents, NUM(fd, fd), UNSEEN(dents), NUM(count, 1));
	CALL(getdents, NUM(fd, -1), UNSEEN(dents), NUM(count, 0xffffffff));
	CALL(getdents64, NUM(fd, -1), UNSEEN(dents), NUM(count, 0xffffffff));
	done_with(fd);
	fd = CALL(open, STR(name, "new"), NUM(flags, O_RDWR), NUM(mode, 0));
	got_file(fd);
	CALL(lseek, NUM(fd, fd), NUM(offset, 1ll << 40), NUM(whence, SEEK_END));
	CALL(flock, NUM(fd, fd), NUM(operation, 2 | 4));
	CALL(flock, NUM(fd, fd), NUM(operation, 77));
	CALL(fchmod, NUM(fd, fd), NUM(mode, 0444));
	CALL(fchmod, NUM(fd, -1), NUM(mode, 04755));
	CALL(fchown, NUM(fd, fd), NUM(uid, 4000000000u), NUM(gid, -1));
	CALL(fchown, NUM(fd, -1), NUM(uid, 1), NUM(gid, 2));
	done_with(fd);
}

static void directories(void)
{
	char inside[256];
	long fd;

	CALL(mkdir, STR(path, "dir"), NUM(mode, 0755));
	CALL(mkdir, STR(path, "dir"), NUM(mode, 0700));
	CALL(mkdir, BAD(path), NUM(mode, 0));
	CALL(mkdirat, NUM(dirfd, AT_FDCWD), STR(path, "dir/in"), NUM(mode, 01777));
	CALL(mkdirat, NUM(dirfd, -1), STR(path, "x"), NUM(mode, 0));
	CALL(chdir, STR(path, "dir"));
	CALL(chdir, STR(path, "missing"));
	CALL(chdir, NULL_ARG(path));
	fd = CALL(open, STR(name, "in"), NUM(flags, O_PATH), NUM(mode, 0));
	got_file(fd);
	CALL(fchdir, NUM(fd, fd));
	snprintf(inside, sizeof(inside), "%s/dir/in", test_dir);
	CALL(getcwd, UNSEEN(BAD_PTR), NUM(size, 4096));
	NONE(path);
	CALL(fchdir, NUM(fd, -1));
	done_with(fd);
	CALL(chdir, STR(path, "../.."));
	CALL(rmdir, STR(path, "dir/in"));
	CALL(rmdir, STR(path, "dir/in"));
	CALL(chroot, STR(path, "new"));
	CALL(chroot, BAD(path));
	CALL(chroot, STR(path, "/"));
}

static void naming(void)
{
	CALL(rename, STR(oldpath, "created"), STR(newpath, "renamed"));
	CALL(rename, STR(oldpath, "created"), BAD(newpath));
	CALL(rename, STR(oldpath, ""), STR(newpath, too_long()));
	CALL(renameat, NUM(olddirfd, AT_FDCWD), STR(oldpath, "renamed"), NUM(newdirfd, AT_FDCWD),
	     STR(newpath, "again"));
	CALL(renameat, NUM(olddirfd, -1), STR(oldpath, "a"), NUM(newdirfd, -2), STR(newpath, "b"));
	CALL(renameat2, NUM(olddirfd, AT_FDCWD), STR(oldpath, "again"), NUM(newdirfd, AT_FDCWD),
	     STR(newpath, "created"), NUM(flags, RENAME_NOREPLACE));
	CALL(renameat2, NUM(olddirfd, 3), BAD(oldpath), NUM(newdirfd, 4), NULL_ARG(newpath),
	     NUM(flags, 0x80000007));
	CALL(link, STR(oldpath, "new"), STR(newpath, "link"));
	CALL(link, STR(oldpath, "new"), STR(newpath, "link"));
	CALL(linkat, NUM(olddir, AT_FDCWD), STR(oldpath, "new"), NUM(newdir, AT_FDCWD),
	     STR(newpath, "linkat"), NUM(flags, AT_SYMLINK_FOLLOW));
	CALL(linkat, NUM(olddir, -5), STR(oldpath, "x"), NUM(newdir, -6), BAD(newpath),
	     NUM(flags, -1));
	CALL(symlink, STR(target, "anything at all"), STR(linkpath, "sym"));
	CALL(symlink, STR(target, ""), STR(linkpath, "sym"));
	CALL(symlink, NULL_ARG(target), BAD(linkpath));
	CALL(symlinkat, STR(target, "/"), NUM(linkdirfd, AT_FDCWD), STR(linkpath, "symat"));
	CALL(symlinkat, BAD(target), NUM(linkdirfd, -9), STR(linkpath, "symat"));
	CALL(unlink, STR(path, "link"));
	CALL(unlink, STR(path, "link"));
	CALL(unlink, BAD(path));
	CALL(unlinkat, NUM(dirfd, AT_FDCWD), STR(name, "linkat"), NUM(flags, 0));
	CALL(unlinkat, NUM(dirfd, AT_FDCWD), STR(name, "dir"), NUM(flags, AT_REMOVEDIR));
	CALL(unlinkat, NUM(dirfd, -1), STR(name, "x"), NUM(flags, -1));
	CALL(unlink, STR(path, "sym"));
	CALL(unlink, STR(path, "symat"));
}

static void owning(void)
{
	CALL(chmod, STR(filename, "new"), NUM(mode, 06711));
	CALL(chmod, BAD(filename), NUM(mode, 0));
	CALL(fchmodat, NUM(dirfd, AT_FDCWD), STR(filename, "new"), NUM(mode, 0600));
	CALL(fchmodat, NUM(dirfd, -1), STR(filename, "new"), NUM(mode, 0177777));
	CALL(chown, STR(path, "new"), NUM(uid, 12), NUM(gid, 34));
	CALL(chown, STR(path, "missing"), NUM(uid, -1), NUM(gid, -1));
	CALL(lchown, STR(path, "new"), NUM(uid, 0), NUM(gid, 0));
	CALL(lchown, NULL_ARG(path), NUM(uid, 1), NUM(gid, 2));
	CALL(fchownat, NUM(dirfd, AT_FDCWD), STR(pathname, "new"), NUM(uid, 5), NUM(gid, 6),
	     NUM(flags, AT_SYMLINK_NOFOLLOW));
	CALL(fchownat, NUM(dirfd, -1), STR(pathname, ""), NUM(uid, 5), NUM(gid, 6),
	     NUM(flags, AT_EMPTY_PATH));
	CALL(mknod, STR(path, "fifo"), NUM(mode, S_IFIFO | 0600), NUM(dev, 0));
	CALL(mknod, STR(path, "fifo"), NUM(mode, S_IFCHR), NUM(dev, makedev(259, 70000)));
	CALL(mknodat, NUM(dirfd, AT_FDCWD), STR(path, "zero"), NUM(mode, S_IFCHR | 0666),
	     NUM(dev, makedev(1, 5)));
	CALL(mknodat, NUM(dirfd, -1), BAD(path), NUM(mode, 0), NUM(dev, 0xffffffff));
	CALL(unlink, STR(path, "fifo"));
	CALL(unlink, STR(path, "zero"));
	CALL(unlink, STR(path, "how"));
	CALL(unlink, STR(path, "created"));
}

static void looking_closely(void)
{
	struct statx stx;
	struct statfs fs;
	char target[200];
	long fd, n;

	CALL(statx, NUM(dirfd, AT_FDCWD), STR(path, "new"), NUM(flags, AT_STATX_DONT_SYNC),
	     NUM(mask, STATX_BASIC_STATS), UNSEEN(&stx));
	GOT_OBJECT(buffer, &stx);
	CALL(statx, NUM(dirfd, -1), BAD(path), NUM(flags, -1), NUM(mask, -1), UNSEEN(&stx));
	NONE(buffer);
	CALL(statfs, STR(path, "."), UNSEEN(&fs));
	GOT_OBJECT(buf, &fs);
	CALL(statfs, STR(path, "missing"), UNSEEN(&fs));
	NONE(buf);
	CALL(statfs, BAD(path), UNSEEN(BAD_PTR));
	NONE(buf);
	fd = CALL(open, STR(name, "new"), NUM(flags, O_RDWR), NUM(mode, 0));
	got_file(fd);
	CALL(fstatfs, NUM(fd, fd), UNSEEN(&fs));
	GOT_OBJECT(buf, &fs);
	CALL(fstatfs, NUM(fd, -1), UNSEEN(&fs));
	NONE(buf);
	done_with(fd);
	CALL(symlink, STR(target, "where it leads"), STR(linkpath, "sym"));
	n = CALL(readlink, STR(path, "sym"), UNSEEN(target), NUM(bufsiz, sizeof(target)));
	GOT_BYTES(buf, target, n);
	n = CALL(readlink, STR(path, "sym"), UNSEEN(target), NUM(bufsiz, 3));
	GOT_BYTES(buf, target, n);
	CALL(readlink, STR(path, "new"), UNSEEN(target), NUM(bufsiz, -1));
	NONE(buf);
	CALL(readlink, BAD(path), UNSEEN(BAD_PTR), NUM(bufsiz, 9));
	NONE(buf);
	n = CALL(readlinkat, NUM(dirfd, AT_FDCWD), STR(path, "sym"), UNSEEN(target),
		 NUM(bufsiz, sizeof(target)));
	GOT_BYTES(buf, target, n);
	CALL(readlinkat, NUM(dirfd, -1), STR(path, "sym"), UNSEEN(NULL), NUM(bufsiz, 0));
	NONE(buf);
	CALL(unlink, STR(path, "sym"));
	CALL(faccessat, NUM(dirfd, AT_FDCWD), STR(path, "new"), NUM(mode, R_OK));
	CALL(faccessat, NUM(dirfd, -1), BAD(path), NUM(mode, -1));
	CALL(faccessat2, NUM(dirfd, AT_FDCWD), STR(path, "new"), NUM(mode, W_OK),
	     NUM(flags, AT_EACCESS));
	CALL(faccessat2, NUM(dirfd, -1), NULL_ARG(path), NUM(mode, 0), NUM(flags, -1));
}

static void dating(void)
{
	struct timeval tv[2] = { { 1, 2 }, { 1700000000, 999999 } };
	struct timespec ts[2] = { { 1, UTIME_NOW }, { -1, 999999999 } };
	struct utimbuf tb = { 1, 1700000000 };
	long mask;

	CALL(utime, STR(filename, "new"), OBJECT(times, &tb));
	CALL(utime, STR(filename, "missing"), NULL_ARG(times));
	CALL(utime, BAD(filename), BAD(times));
	CALL(utimes, STR(filename, "new"), STRUCTS(times, tv, 2));
	CALL(utimes, BAD(filename), BAD_BYTES(times, sizeof(tv)));
	CALL(futimesat, NUM(dirfd, AT_FDCWD), STR(filename, "new"), STRUCTS(times, tv, 2));
	CALL(futimesat, NUM(dirfd, -1), STR(filename, "new"), NULL_ARG(times));
	CALL(utimensat, NUM(dirfd, AT_FDCWD), STR(path, "new"), STRUCTS(times, ts, 2),
	     NUM(flags, AT_SYMLINK_NOFOLLOW));
	CALL(utimensat, NUM(dirfd, -1), BAD(path), BAD_BYTES(times, sizeof(ts)), NUM(flags, -1));
	CALL(fchmodat2, NUM(dirfd, AT_FDCWD), STR(filename, "new"), NUM(mode, 0600), NUM(flags, 0));
	CALL(fchmodat2, NUM(dirfd, -1), BAD(filename), NUM(mode, 01234), NUM(flags, -1));
	mask = CALL(umask, NUM(mask, 027));
	CALL(umask, NUM(mask, mask));
}

/*
 * The file system may have no attributes of users: then the calls fail, and say what they were
 * given.
 */
static void attributes(void)
{
	char buf[300];
	long fd, n;

	fd = CALL(open, STR(name, "new"), NUM(flags, O_RDWR), NUM(mode, 0));
	got_file(fd);
	CALL(setxattr, STR(path, "new"), STR(name, "trusted.a"), BYTES(value, "v\0w", 3),
	     NUM(size, 3),
	     NUM(flags, XATTR_CREATE));
	CALL_AS(setxattr, SYS_lsetxattr, BAD(path), BAD(name), BAD_BYTES(value, 5), NUM(size, 5),
		NUM(flags, -1));
	call_is("lsetxattr", SCT_EVENT_X86_64);
	CALL(fsetxattr, NUM(fd, fd), STR(name, "trusted.b"), BYTES(value, "x", 1), NUM(size, 1),
	     NUM(flags, 0));
	CALL(fsetxattr, NUM(fd, -1), BAD(name), NULL_ARG(value), NUM(size, 0), NUM(flags, 77));
	n = CALL(getxattr, STR(path, "new"), STR(name, "trusted.a"), UNSEEN(buf),
		 NUM(size, sizeof(buf)));
	if (n >= 0)
		GOT_BYTES(value, buf, n);
	else
		NONE(value);
	CALL_AS(getxattr, SYS_lgetxattr, STR(path, "new"), STR(name, "trusted.a"), UNSEEN(buf),
		NUM(size, 0));
	call_is("lgetxattr", SCT_EVENT_X86_64);
	NONE(value);
	n = CALL(fgetxattr, NUM(fd, fd), STR(name, "trusted.b"), UNSEEN(buf),
		 NUM(size, sizeof(buf)));
	if (n >= 0)
		GOT_BYTES(value, buf, n);
	else
		NONE(value);
	CALL(fgetxattr, NUM(fd, -1), BAD(name), UNSEEN(BAD_PTR), NUM(size, 10));
	NONE(value);
	n = CALL(listxattr, STR(path, "new"), UNSEEN(buf), NUM(size, sizeof(buf)));
	if (n >= 0)
		GOT_BYTES(list, buf, n);
	else
		NONE(list);
	CALL_AS(listxattr, SYS_llistxattr, BAD(path), UNSEEN(buf), NUM(size, 0));
	call_is("llistxattr", SCT_EVENT_X86_64);
	NONE(list);
	n = CALL(flistxattr, NUM(fd, fd), UNSEEN(buf), NUM(size, sizeof(buf)));
	if (n >= 0)
		GOT_BYTES(list, buf, n);
	else
		NONE(list);
	CALL(removexattr, STR(path, "new"), STR(name, "trusted.a"));
	CALL_AS(removexattr, SYS_lremovexattr, BAD(path), BAD(name));
	call_is("lremovexattr", SCT_EVENT_X86_64);
	CALL(fremovexattr, NUM(fd, fd), STR(name, "trusted.b"));
	CALL(fremovexattr, NUM(fd, -1), BAD(name));
	done_with(fd);
}

static void new_mounts(void)
{
	long fs, made, tree;

	fs = CALL(fsopen, STR(fsname, "tmpfs"), NUM(flags, FSOPEN_CLOEXEC));
	CALL(fsopen, BAD(fsname), NUM(flags, -1));
	CALL(fsmount, NUM(fs_fd, fs), NUM(flags, FSMOUNT_CLOEXEC),
	     NUM(attr_flags, MOUNT_ATTR_RDONLY));
	CALL(fsconfig, NUM(fd, fs), NUM(cmd, FSCONFIG_CMD_CREATE), NULL_ARG(key), UNSEEN(NULL),
	     NUM(aux, 0));
	NONE(value_bytebuf);
	NONE(value_charbuf);
	made = CALL(fsmount, NUM(fs_fd, fs), NUM(flags, FSMOUNT_CLOEXEC),
		    NUM(attr_flags, MOUNT_ATTR_NODEV));
	done_with(fs);
	CALL(mkdir, STR(path, "mnt"), NUM(mode, 0700));
	CALL(move_mount, NUM(from_dfd, made), STR(from_path, ""), NUM(to_dfd, AT_FDCWD),
	     STR(to_path, "mnt"), NUM(flags, MOVE_MOUNT_F_EMPTY_PATH));
	done_with(made);
	done_with(CALL(fspick, NUM(dirfd, AT_FDCWD), STR(path, "mnt"), NUM(flags, FSPICK_CLOEXEC)));
	CALL(umount2, STR(name, "mnt"), NUM(flags, MNT_DETACH));
	CALL(rmdir, STR(path, "mnt"));
	tree = CALL(open_tree, NUM(dirfd, AT_FDCWD), STR(path, "."), NUM(flags, OPEN_TREE_CLOEXEC));
	CALL(open_tree, NUM(dirfd, -1), BAD(path), NUM(flags, -1));
	CALL(move_mount, NUM(from_dfd, tree), STR(from_path, "missing"), NUM(to_dfd, AT_FDCWD),
	     STR(to_path, "."), NUM(flags, MOVE_MOUNT_F_SYMLINKS));
	CALL(move_mount, NUM(from_dfd, -1), BAD(from_path), NUM(to_dfd, -2), NULL_ARG(to_path),
	     NUM(flags, -1));
	done_with(tree);
	CALL(fspick, NUM(dirfd, -1), STR(path, "x"), NUM(flags, FSPICK_CLOEXEC));
	CALL(fspick, NUM(dirfd, AT_FDCWD), BAD(path), NUM(flags, -1));
	CALL(pivot_root, STR(new_root, "missing"), STR(put_old, "missing/too"));
	CALL(pivot_root, BAD(new_root), NULL_ARG(put_old));
	CALL(swapon, STR(path, "missing"), NUM(flags, 0x8003));
	CALL(swapon, BAD(path), NUM(flags, -1));
	CALL(swapoff, STR(path, "missing"));
	CALL_AS(swapoff, SYS_acct, STR(path, "missing"));
	call_is("acct", SCT_EVENT_X86_64);
}

/* Sizes and places of what a file has; none of it waits for a disk that others use. */
static void allotting(void)
{
	long fd = CALL(open, STR(name, "new"), NUM(flags, O_RDWR), NUM(mode, 0));

	got_file(fd);
	CALL(truncate, STR(path, "new"), NUM(length, 1ll << 32 | 5));
	CALL(truncate, STR(path, "missing"), NUM(length, -1));
	CALL(truncate, BAD(path), NUM(length, 0));
	CALL(ftruncate, NUM(fd, fd), NUM(length, 10000));
	CALL(ftruncate, NUM(fd, -1), NUM(length, -1));
	CALL(fallocate, NUM(fd, fd), NUM(mode, FALLOC_FL_KEEP_SIZE), NUM(offset, 4096),
	     NUM(len, 8192));
	CALL(fallocate, NUM(fd, -1), NUM(mode, -1), NUM(offset, -1), NUM(len, 1ll << 40));
	CALL(fadvise64, NUM(fd, fd), NUM(offset, 1), NUM(len, 2), NUM(advice, POSIX_FADV_DONTNEED));
	CALL(fadvise64, NUM(fd, -1), NUM(offset, -1), NUM(len, -1), NUM(advice, 99));
	CALL(readahead, NUM(fd, fd), NUM(offset, 0), NUM(count, 4096));
	CALL(readahead, NUM(fd, -1), NUM(offset, -5), NUM(count, -1));
	CALL(sync_file_range, NUM(fd, fd), NUM(offset, 0), NUM(nbytes, 1), NUM(flags, 2));
	CALL(sync_file_range, NUM(fd, -1), NUM(offset, -1), NUM(nbytes, -2), NUM(flags, -1));
	CALL(fsync, NUM(fd, fd));
	CALL_AS(fsync, SYS_fdatasync, NUM(fd, -1));
	call_is("fdatasync", SCT_EVENT_X86_64);
	CALL_AS(fsync, SYS_syncfs, NUM(fd, -7));
	call_is("syncfs", SCT_EVENT_X86_64);
	done_with(fd);
}

static void mounting(void)
{
	CALL(mkdir, STR(path, "mnt"), NUM(mode, 0700));
	CALL(mount, STR(dev, "none"), STR(dir, "mnt"), STR(type, "tmpfs"),
	     NUM(flags, MS_NOEXEC | MS_NOSUID), UNSEEN(NULL));
	CALL(umount2, STR(name, "mnt"), NUM(flags, MNT_DETACH));
	CALL(mount, NULL_ARG(dev), STR(dir, "mnt"), STR(type, "nosuchtype"), NUM(flags, 0),
	     UNSEEN(NULL));
	CALL(mount, BAD(dev), BAD(dir), BAD(type), NUM(flags, -1), UNSEEN(BAD_PTR));
	CALL(umount2, STR(name, "mnt"), NUM(flags, 0));
	CALL(umount2, BAD(name), NUM(flags, 0x10));
	CALL(rmdir, STR(path, "mnt"));
}

/* What fsconfig sets may be a string, bytes, a path or nothing. */
static void configuring(void)
{
	long fd = CALL(fsopen, STR(fsname, "tmpfs"), NUM(flags, 0));

	if (fd < 0)
		die("fsopen");
	CALL(fsconfig, NUM(fd, fd), NUM(cmd, FSCONFIG_SET_STRING), STR(key, "size"),
	     STR(value_charbuf, "1m"), NUM(aux, 0));
	NONE(value_bytebuf);
	CALL(fsconfig, NUM(fd, fd), NUM(cmd, FSCONFIG_SET_FLAG), STR(key, "noswap"), UNSEEN(NULL),
	     NUM(aux, 0));
	NONE(value_bytebuf);
	NONE(value_charbuf);
	CALL(fsconfig, NUM(fd, fd), NUM(cmd, FSCONFIG_SET_BINARY), STR(key, "blob"),
	     BYTES(value_bytebuf, "\1\0\2", 3), NUM(aux, 3));
	NONE(value_charbuf);
	CALL(fsconfig, NUM(fd, fd), NUM(cmd, FSCONFIG_SET_PATH), STR(key, "source"),
	     STR(value_charbuf, "/dev/null"), NUM(aux, AT_FDCWD));
	NONE(value_bytebuf);
	CALL(fsconfig, NUM(fd, -1), NUM(cmd, FSCONFIG_SET_BINARY), BAD(key),
	     BAD_BYTES(value_bytebuf, 5), NUM(aux, 5));
	NONE(value_charbuf);
	CALL(fsconfig, NUM(fd, fd), NUM(cmd, FSCONFIG_SET_STRING), STR(key, ""), BAD(value_charbuf),
	     NUM(aux, 0));
	NONE(value_bytebuf);
	CALL(fsconfig, NUM(fd, fd), NUM(cmd, FSCONFIG_CMD_CREATE), NULL_ARG(key), UNSEEN(NULL),
	     NUM(aux, 0));
	NONE(value_bytebuf);
	NONE(value_charbuf);
	done_with(fd);
}

static void copying(void)
{
	long in, out, off_in = 2, off_out = 1, bad;

	in = CALL(open, STR(name, "in"), NUM(flags, O_RDWR | O_CREAT), NUM(mode, 0600));
	got_file(in);
	out = CALL(open, STR(name, "out"), NUM(flags, O_RDWR | O_CREAT), NUM(mode, 0600));
	got_file(out);
	CALL(write, NUM(fd, in), BYTES(data, "some bytes", 10), NUM(size, 10));
	CALL(copy_file_range, NUM(fdin, in), OBJECT(offin, &off_in), NUM(fdout, out),
	     OBJECT(offout, &off_out), NUM(len, 5), NUM(flags, 0));
	bad = CALL(copy_file_range, NUM(fdin, in), BAD(offin), NUM(fdout, out), NULL_ARG(offout),
		   NUM(len, -1), NUM(flags, 1));
	if (bad >= 0)
		die("copy_file_range from a bad pointer");
	done_with(in);
	done_with(out);
	CALL(unlink, STR(path, "in"));
	CALL(unlink, STR(path, "out"));
}

void calls_file(void)
{
	opening();
	opening_how();
	opening_handles();
	looking();
	directories();
	naming();
	looking_closely();
	dating();
	attributes();
	allotting();
	owning();
	mounting();
	new_mounts();
	configuring();
	copying();
	CALL(unlink, STR(path, "new"));
}
