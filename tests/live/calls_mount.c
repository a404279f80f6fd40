// SPDX-License-Identifier: MIT
/*
 * Mounts and namespaces, quotas, watching files, and attributes relative to a directory: mostly
 * calls that fail.
 */
#include "calls.h"
#include "families.h"
#include <fcntl.h>
#include <linux/fanotify.h>
#include <linux/mount.h>
#include <linux/xattr.h>
#include <stdlib.h>
#include <sys/quota.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#ifndef SYS_statmount
#define SYS_statmount 457
#define SYS_listmount 458
#endif
#ifndef LSMT_ROOT
#define LSMT_ROOT ~0ull
#endif
#ifndef STATX_MNT_ID_UNIQUE
#define STATX_MNT_ID_UNIQUE 0x4000u
#endif
#ifndef SYS_setxattrat
#define SYS_setxattrat 463
#define SYS_getxattrat 464
#define SYS_listxattrat 465
#define SYS_removexattrat 466
#endif
#ifndef SYS_open_tree_attr
#define SYS_open_tree_attr 467
#endif
#ifndef SYS_file_getattr
#define SYS_file_getattr 468
#define SYS_file_setattr 469
#endif
#ifndef SYS_listns
#define SYS_listns 470
#endif

struct request {
	uint32_t size, spare;
	uint64_t id, param;
};

/* What mount_setattr(2) may change: a copy of what is mounted here, which nobody sees. */
static void attributes_of_mounts(void)
{
	const struct mount_attr attr = { .attr_set = MOUNT_ATTR_RDONLY, .attr_clr = MOUNT_ATTR_NOEXEC };
	long tree = CALL(open_tree, NUM(dirfd, AT_FDCWD), STR(path, "."),
			 NUM(flags, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));

	CALL(mount_setattr, NUM(dirfd, tree), STR(path, ""), NUM(flags, AT_EMPTY_PATH), OBJECT(uattr, &attr),
	     NUM(usize, sizeof(attr)));
	CALL(mount_setattr, NUM(dirfd, -1), STR(path, "nowhere"), NUM(flags, AT_RECURSIVE),
	     OBJECT(uattr, &attr),
	     NUM(usize, sizeof(attr)));
	CALL(mount_setattr, NUM(dirfd, -1), BAD(path), NUM(flags, -1), BAD(uattr), NUM(usize, 99));
	CALL_AS(mount_setattr, SYS_open_tree_attr, NUM(dirfd, -1), STR(path, "nowhere"),
		NUM(flags, OPEN_TREE_CLONE),
		NULL_ARG(uattr), NUM(usize, 0));
	call_is("open_tree_attr", SCT_EVENT_X86_64);
	CALL(close, NUM(fd, tree));
}

/* As statmount(2) knows the mount at the root; 0 where a kernel has no such ids. */
static uint64_t mount_of_root(void)
{
	struct statx st = { .stx_mask = 0 };

	if (syscall(SYS_statx, AT_FDCWD, "/", 0, STATX_MNT_ID_UNIQUE, &st))
		return 0;
	return st.stx_mask & STATX_MNT_ID_UNIQUE ? st.stx_mnt_id : 0;
}

static void told_of_mount(const struct request *req)
{
	struct { char bytes[120]; } *kept;
	static char buf[1024];
	long n;

	n = CALL(statmount, OBJECT(req, req), UNSEEN(buf), NUM(bufsize, sizeof(buf)), NUM(flags, 0));
	kept = (void *)buf;
	if (n < 0)
		NONE(buf);
	else
		GOT_OBJECT(buf, kept);
}

static void list_of_mounts(const struct request *req)
{
	static uint64_t ids[20];
	long n = CALL(listmount, OBJECT(req, req), UNSEEN(ids), NUM(nr_mnt_ids, 2), NUM(flags, 0));

	if (n < 0)
		NONE(mnt_ids);
	else
		GOT_STRUCTS(mnt_ids, ids, n);
}

static void mounts(void)
{
	static const struct request root = { .size = sizeof(root), .id = LSMT_ROOT };
	static const struct request none = { .size = sizeof(none), .id = LSMT_ROOT, .param = 3 };
	static struct request mount = { .size = sizeof(mount), .param = 3 };
	static char buf[1024];

	mount.id = mount_of_root();
	told_of_mount(&mount);
	told_of_mount(&none);
	CALL(statmount, BAD(req), UNSEEN(BAD_PTR), NUM(bufsize, 119), NUM(flags, -1));
	NONE(buf);
	list_of_mounts(&root);
	list_of_mounts(&none);
	CALL(listmount, BAD(req), UNSEEN(buf), NUM(nr_mnt_ids, -1), NUM(flags, -1));
	NONE(mnt_ids);
}

static void namespaces(void)
{
	const struct { uint32_t size, spare; uint64_t id; uint32_t type, spare2; uint64_t user; } req = {
		.size = sizeof(req),
	};
	uint64_t ids[2];
	long n;

	n = CALL(listns, OBJECT(req, &req), UNSEEN(ids), NUM(nr_ns_ids, 2), NUM(flags, 0));
	if (n < 0)
		NONE(ns_ids);
	else
		GOT_STRUCTS(ns_ids, ids, n);
	CALL(listns, BAD(req), UNSEEN(BAD_PTR), NUM(nr_ns_ids, -1), NUM(flags, -1));
	NONE(ns_ids);
}

static void file_systems(void)
{
	struct { char bytes[32]; } stat;
	char name[256];
	uint32_t dev;
	long n;

	dev = dev_of(AT_FDCWD);
	n = CALL(ustat, NUM(dev, (uint32_t)makedev(dev >> 20, dev & 0xfffff)), UNSEEN(&stat));
	if (n < 0)
		NONE(ubuf);
	else
		GOT_OBJECT(ubuf, &stat);
	CALL(ustat, NUM(dev, -1), UNSEEN(BAD_PTR));
	NONE(ubuf);
	CALL(sysfs, NUM(option, 1), STR(fsname, "proc"));
	NONE(fs_index);
	NONE(buf);
	n = CALL(sysfs, NUM(option, 2), NUM(fs_index, 0), UNSEEN(name));
	NONE(fsname);
	if (n < 0)
		NONE(buf);
	else
		GOT_STR(buf, name);
	CALL(sysfs, NUM(option, 1), BAD(fsname));
	NONE(fs_index);
	NONE(buf);
	CALL(sysfs, NUM(option, 3));
	NONE(fsname);
	NONE(fs_index);
	NONE(buf);
	CALL(quotactl_fd, NUM(fd, -1), UNSEEN((uint32_t)QCMD((uint32_t)Q_GETQUOTA, GRPQUOTA)),
	     NUM(id, 7), NUM(addr, BAD_PTR));
	NONE(value);
	ALSO_NUM(cmd, (uint32_t)Q_GETQUOTA);
	ALSO_NUM(type, GRPQUOTA);
}

static void watching(void)
{
	long fd = CALL(fanotify_init, NUM(flags, FAN_CLASS_NOTIF | FAN_CLOEXEC),
		       NUM(event_f_flags, O_RDONLY));

	CALL(fanotify_mark, NUM(fd, fd), NUM(flags, FAN_MARK_ADD), NUM(mask, FAN_OPEN | FAN_ONDIR),
	     NUM(dirfd, AT_FDCWD),
	     STR(path, "."));
	CALL(fanotify_mark, NUM(fd, -1), NUM(flags, -1), NUM(mask, 1ull << 40 | 1), NUM(dirfd, -1),
	     BAD(path));
	CALL(fanotify_init, NUM(flags, -1), NUM(event_f_flags, -1));
	if (fd >= 0)
		CALL(close, NUM(fd, fd));
}

static void extended_attributes(void)
{
	struct { uint64_t value; uint32_t size, flags; } set = { .size = 5, .flags = XATTR_CREATE }, got = { .size = 90 };
	char value[90], list[90];
	long n;

	set.value = (uintptr_t)"value";
	got.value = (uintptr_t)value;
	CALL(setxattrat, NUM(dirfd, AT_FDCWD), STR(path, "."), NUM(at_flags, 0),
	     STR(name, "user.test"), UNSEEN(&set),
	     NUM(usize, sizeof(set)));
	ALSO_BYTES(value, "value", 5);
	ALSO_NUM(size, 5);
	ALSO_NUM(flags, XATTR_CREATE);
	CALL(setxattrat, NUM(dirfd, -1), BAD(path), NUM(at_flags, -1), BAD(name), UNSEEN(BAD_PTR),
	     NUM(usize, -1));
	FAULT(value);
	FAULT(size);
	FAULT(flags);
	n = CALL(getxattrat, NUM(dirfd, AT_FDCWD), STR(path, "."), NUM(at_flags, 0),
		 STR(name, "user.test"), UNSEEN(&got),
		 NUM(usize, sizeof(got)));
	if (n < 0)
		NONE(value);
	else
		GOT_BYTES(value, value, n);
	ALSO_NUM(size, 90);
	ALSO_NUM(flags, 0);
	CALL(getxattrat, NUM(dirfd, -1), BAD(path), NUM(at_flags, -1), BAD(name), UNSEEN(BAD_PTR),
	     NUM(usize, -1));
	NONE(value);
	FAULT(size);
	FAULT(flags);
	n = CALL(listxattrat, NUM(dirfd, AT_FDCWD), STR(path, "."), NUM(at_flags, 0), UNSEEN(list),
		 NUM(size, sizeof(list)));
	if (n < 0)
		NONE(list);
	else
		GOT_BYTES(list, list, n);
	CALL(listxattrat, NUM(dirfd, -1), BAD(path), NUM(at_flags, -1), UNSEEN(BAD_PTR),
	     NUM(size, 0));
	NONE(list);
	CALL(removexattrat, NUM(dirfd, AT_FDCWD), STR(path, "."), NUM(at_flags, 0),
	     STR(name, "user.test"));
	CALL(removexattrat, NUM(dirfd, -1), BAD(path), NUM(at_flags, -1), BAD(name));
}

static void attributes(void)
{
	struct { uint64_t flags; uint32_t size, n, project, cow; } attr = { 0 };

	if (CALL(file_getattr, NUM(dirfd, AT_FDCWD), STR(path, "."), UNSEEN(&attr),
		 NUM(usize, sizeof(attr)), NUM(at_flags, 0)))
		NONE(attr);
	else
		GOT_OBJECT(attr, &attr);
	CALL(file_setattr, NUM(dirfd, AT_FDCWD), STR(path, "."), OBJECT(attr, &attr),
	     NUM(usize, sizeof(attr)), NUM(at_flags, 0));
	CALL(file_getattr, NUM(dirfd, -1), BAD(path), UNSEEN(BAD_PTR), NUM(usize, -1),
	     NUM(at_flags, -1));
	NONE(attr);
	CALL(file_setattr, NUM(dirfd, -1), STR(path, "missing"), OBJECT(attr, &attr),
	     NUM(usize, sizeof(attr)),
	     NUM(at_flags, AT_SYMLINK_NOFOLLOW));
	CALL(file_setattr, NUM(dirfd, -1), BAD(path), BAD(attr), NUM(usize, -1), NUM(at_flags, -1));
}

void calls_mount(void)
{
	attributes_of_mounts();
	mounts();
	namespaces();
	file_systems();
	watching();
	extended_attributes();
	attributes();
}
