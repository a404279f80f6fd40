// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The fillers: a function for each row of events.def, which writes its record. */
#include "kmod.h"
#include "user.h"
#include "fill_kmod.h"
#include "access_kmod.h"
#include "sct_access.h"
#include "sct_fill.h"
#include <linux/capability.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/futex.h>
#include <linux/ipc.h>
#include <linux/keyctl.h>
#include <linux/namei.h>
#include <linux/netlink.h>
#include <linux/prctl.h>
#include <linux/ptrace.h>
#include <linux/quota.h>
#include <linux/seccomp.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <asm/unistd.h>

/* ---- the table ---- */

/* Put the files of its descriptors behind a record; returns its length with them. */
static noinline u32 sct_add_files(const struct sct_call *call, struct sct_fds fds)
{
	struct sct_record *r = (struct sct_record *)call->rec;
	struct sct_fill f = {
		.rec = call->rec, .off = r->len, .cfg = call->cfg, .s = call->slot, .call = call,
	};

	sct_put_fd_files(&f, r->nparams, &fds);
	r->flags |= SCT_RF_FILES;
	r->cut |= f.cut;
	r->len = f.off;
	return r->len;
}

#define SCT_FUNCTION(attr, name, id, enter, fds)				\
	static attr u32 name(const struct sct_call *call)			\
	{									\
		struct sct_fill f = sct_frame(call, SCT_NPARAMS(id), enter);	\
		u32 len;							\
										\
		sct_fill_##id(&f);						\
		len = sct_finish(&f, SCT_EV_##id, SCT_NPARAMS(id));		\
		return unlikely(call->cfg->files) && fds.all ? sct_add_files(call, fds) : len;	\
	}
#define SCT_NO_FDS ((struct sct_fds){})

/* The two records of a call have different parameters: apart, all offsets are constants. */
#define SCT_EVENT(id, name, cat, flags, filler, params)				\
	SCT_FUNCTION(noinline, sct_run_enter_##id, id, 1, sct_fds_##id())	\
	SCT_FUNCTION(__always_inline, sct_run_exit_##id, id, 0, sct_fds_##id())	\
	static noinline u32 sct_run_##id(const struct sct_call *call)		\
	{									\
		return unlikely(call->enter) ? sct_run_enter_##id(call) :	\
					       sct_run_exit_##id(call);		\
	}
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params)		\
	SCT_FUNCTION(noinline, sct_run_##id, id, 0, SCT_NO_FDS)
#define SCT_META(id, name, cat, flags, filler, params) SCT_META_FUNCTION_##filler(id)
#define SCT_META_FUNCTION_AUTO(id) SCT_FUNCTION(noinline, sct_run_##id, id, 0, SCT_NO_FDS)
#define SCT_META_FUNCTION_CODE(id)	/* user space makes it */
#include "events.def"

/* By parameter: the room that it takes; and how many vectors and descriptors there are. */
#define P(n, t, s) \
	+ (SCT_T_##t == SCT_T_ARGV ? SCT_VECTOR : SCT_SIZE_##t) + SCT_IS_FD_##t * SCT_FILE
#define SCT_VECTOR 0x10000ul
#define SCT_FILE   0x1000000ul
#define SCT_ENTRY(id, knd, params)						\
	[SCT_EV_##id] = {							\
		.fill = sct_run_##id,						\
		.max = SCT_ROW_MAX(id, params) % SCT_VECTOR,			\
		.vectors = SCT_ROW_MAX(id, params) % SCT_FILE / SCT_VECTOR,	\
		.files = SCT_ROW_MAX(id, params) / SCT_FILE,			\
		.kind = SCT_KIND_##knd,						\
	},
#define SCT_ENTRY_AUTO(id, params) SCT_ENTRY(id, MAX, params)
#define SCT_ENTRY_CODE(id, params) [SCT_EV_##id] = { .kind = SCT_KIND_MAX },

const struct sct_filler sct_fillers[SCT_EV_MAX] = {
#define SCT_EVENT(id, name, cat, flags, filler, params) SCT_ENTRY(id, sys_exit, params)
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params) SCT_ENTRY(id, kind, params)
#define SCT_META(id, name, cat, flags, filler, params)  SCT_ENTRY_##filler(id, params)
#include "events.def"
};
#undef P

/* ---- the constants of sct_abi.h are the kernel's ---- */

#define SCT_SAME(name) _Static_assert(SCT_##name == (name), #name)
SCT_SAME(AT_FDCWD);
SCT_SAME(O_CREAT);
#ifdef __O_TMPFILE	/* bb458c644a59 ("Safer ABI for O_TMPFILE"), 3.11 */
_Static_assert(SCT_O_TMPFILE == __O_TMPFILE, "O_TMPFILE");
#endif
_Static_assert(SCT_ENOENT == -ENOENT, "ENOENT");
_Static_assert(SCT_ENOSYS == -ENOSYS, "ENOSYS");
SCT_SAME(Q_QUOTAON);
SCT_SAME(Q_GETFMT);
SCT_SAME(Q_GETINFO);
SCT_SAME(Q_SETINFO);
SCT_SAME(Q_GETQUOTA);
SCT_SAME(Q_SETQUOTA);
#ifdef __NR_fsconfig	/* ecdab150fddb ("vfs: syscall: Add fsconfig()..."), 5.2 */
#include <uapi/linux/mount.h>
SCT_SAME(FSCONFIG_SET_STRING);
SCT_SAME(FSCONFIG_SET_BINARY);
SCT_SAME(FSCONFIG_SET_PATH);
SCT_SAME(FSCONFIG_SET_PATH_EMPTY);
#endif
#ifdef __NR_io_uring_enter
#include <uapi/linux/io_uring.h>
#endif
#ifdef IORING_ENTER_EXT_ARG	/* c73ebb685fb6 ("io_uring: add timeout support for..."), 5.11 */
SCT_SAME(IORING_ENTER_EXT_ARG);
#endif
#ifdef IORING_ENTER_EXT_ARG_REG	/* d617b3147d54 ("io_uring: restore back..."), 6.13 */
SCT_SAME(IORING_ENTER_EXT_ARG_REG);
#endif
SCT_SAME(FUTEX_WAIT);
SCT_SAME(FUTEX_LOCK_PI);
SCT_SAME(FUTEX_WAIT_BITSET);
SCT_SAME(FUTEX_WAIT_REQUEUE_PI);
#ifdef FUTEX_LOCK_PI2	/* bf22a6976897 ("futex: Provide FUTEX_LOCK_PI2 to support..."), 5.14 */
SCT_SAME(FUTEX_LOCK_PI2);
#endif
_Static_assert(SCT_FUTEX_CMD_MASK == (FUTEX_CMD_MASK & 0xff), "FUTEX_CMD_MASK");
SCT_SAME(AF_UNIX);
SCT_SAME(AF_INET);
SCT_SAME(AF_INET6);
SCT_SAME(AF_NETLINK);
SCT_SAME(S_IFMT);
SCT_SAME(S_IFCHR);
SCT_SAME(S_IFBLK);
SCT_SAME(S_IFSOCK);
SCT_SAME(PR_SET_SECCOMP);
SCT_SAME(SECCOMP_MODE_FILTER);
#ifdef SECCOMP_SET_MODE_FILTER	/* 48dc92b9fc39 ("seccomp: add "seccomp" syscall"), 3.17 */
SCT_SAME(SECCOMP_SET_MODE_FILTER);
#endif
_Static_assert(SCT_IOC_READ == _IOC_READ, "_IOC_READ");
SCT_SAME(PTRACE_GETREGS);
SCT_SAME(PTRACE_SETREGS);
SCT_SAME(PTRACE_GETFPREGS);
SCT_SAME(PTRACE_SETFPREGS);
SCT_SAME(PTRACE_GETREGSET);
SCT_SAME(PTRACE_SETREGSET);
SCT_SAME(IPC_64);
SCT_SAME(KEYCTL_JOIN_SESSION_KEYRING);
SCT_SAME(KEYCTL_UPDATE);
SCT_SAME(KEYCTL_DESCRIBE);
SCT_SAME(KEYCTL_SEARCH);
SCT_SAME(KEYCTL_READ);
SCT_SAME(KEYCTL_INSTANTIATE);
SCT_SAME(KEYCTL_GET_SECURITY);
#ifdef KEYCTL_RESTRICT_KEYRING	/* 6563c91fd645 ("KEYS: Add KEYCTL_RESTRICT_KEYRING"), 4.12 */
SCT_SAME(KEYCTL_RESTRICT_KEYRING);
#endif
SCT_SAME(CLONE_VM);
SCT_SAME(CLONE_VFORK);
SCT_SAME(PR_SET_NAME);
SCT_SAME(PR_GET_NAME);
_Static_assert(SCT_CAP_VERSION_1 == _LINUX_CAPABILITY_VERSION_1, "_LINUX_CAPABILITY_VERSION_1");
SCT_SAME(SIGCHLD);
SCT_SAME(SI_USER);
SCT_SAME(SI_QUEUE);
_Static_assert(SCT_SI_MESGQ == (short)SI_MESGQ, "SI_MESGQ");	/* see sct_acc_siginfo() */
_Static_assert(SCT_SI_TKILL == (short)SI_TKILL, "SI_TKILL");
SCT_SAME(SI_KERNEL);
SCT_SAME(SOCK_CLOEXEC);
SCT_SAME(SOCK_NONBLOCK);
_Static_assert(SCT_COMM_LEN == TASK_COMM_LEN, "TASK_COMM_LEN");

/* ---- what only the running kernel can tell ---- */

/*
 * Is struct sct_mount right?  Then the path that we walk ends as d_path(), which begins at the root
 * of this process.  1 where that can't be told because nothing is mounted there.
 */
static int __init sct_test_mount(const char *name, struct sct_slot *s)
{
	struct sct_call call = { .rec = s->path, .slot = s };	/* any memory: no value is put */
	struct sct_fill f = { .s = s, .call = &call };
	struct path path;
	char *theirs;
	u32 len, n;
	int err;

	err = kern_path(name, LOOKUP_FOLLOW, &path);
	if (err)
		return err;
	err = 1;
	if (path.dentry != path.mnt->mnt_root)
		goto out;
	err = -EINVAL;
	if (sct_path_of(&f, sct_number_of(&f, path.dentry), sct_number_of(&f, path.mnt)))
		goto out;
	/* behind ours is room for theirs */
	theirs = d_path(&path, (char *)&s->path[SCT_PATH_BUF], SCT_PATH_BUF);
	if (IS_ERR(theirs))
		goto out;
	len = SCT_PATH_BUF - 1 - s->pos;
	n = strlen(theirs);
	if (n <= len && !memcmp(&s->path[SCT_PATH_BUF - 1 - n], theirs, n))
		err = 0;
out:
	path_put(&path);
	return err;
}

static bool __init sct_test_mounts(void)
{
	static const char * const names[] __initconst = { "/proc", "/sys", "/dev", "/run", "/tmp" };
	struct sct_slot *s = kmalloc(sizeof(*s), GFP_KERNEL);
	unsigned int i, good = 0;

	if (!s)
		return false;
	sct_mounts_known = true;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		int err = sct_test_mount(names[i], s);

		if (err == -EINVAL) {
			good = 0;
			break;
		}
		good += !err;
	}
	kfree(s);
	return good;
}

/* A mount namespace has its number in the first bytes; the file that stands for it tells it. */
static u32 __init sct_find_mntns_inum(void)
{
	const u8 *ns = (const u8 *)current->nsproxy->mnt_ns;
	struct path path;
	u64 ino;
	u32 off, inum;

	if (kern_path("/proc/self/ns/mnt", LOOKUP_FOLLOW, &path))
		return 0;
	ino = path.dentry->d_inode->i_ino;
	path_put(&path);
	for (off = sizeof(inum); off < 128; off += sizeof(inum))
		if (!sct_peek_bytes(&inum, ns + off, sizeof(inum)) && inum == ino)
			return off;
	return 0;
}

/*
 * A netlink socket has its port soon behind the struct sock that it begins with: look for one that
 * we know.
 */
static u32 __init sct_find_netlink_portid(void)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK, .nl_pid = 0x5c7ace01 };
	struct socket *sock;
	u32 off = sizeof(struct sock), end = off + 64, found = 0;

	if (__sock_create(&init_net, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, &sock, 1))
		return 0;
	/* what it takes as an address depends on the kernel */
	if (!kernel_bind(sock, (void *)&addr, sizeof(addr)))
		for (; off < end && !found; off += sizeof(u32))
			if (*(const u32 *)((const u8 *)sock->sk + off) == addr.nl_pid)
				found = off;
	sock_release(sock);
	return found;
}

void __init sct_fill_init(void)
{
	sct_mounts_known = sct_test_mounts();
	if (!sct_mounts_known)
		pr_notice("sctrace: paths begin at their mount: struct mount is unknown\n");
	sct_mntns_inum = sct_find_mntns_inum();
	if (!sct_mntns_inum)
		pr_notice("sctrace: mount namespaces are 0: not found by /proc/self/ns/mnt\n");
	sct_netlink_portid = sct_find_netlink_portid();
	if (!sct_netlink_portid)
		pr_notice("sctrace: ports of netlink sockets are 0: not found in one of our own\n");
}
