// SPDX-License-Identifier: MIT
/* Calls on credentials and quotas. */
#include "calls.h"
#include "families.h"
#include <linux/capability.h>
#include <stdlib.h>
#include <sys/quota.h>

/* Ends with all ids 0 again, as it began: the saved id stays 0. */
static void users(void)
{
	uid_t r, e, s;

	CALL(setresuid, NUM(ruid, 4000000000u), NUM(euid, 2), NUM(suid, 0));
	CALL(getuid);
	CALL(geteuid);
	CALL(getresuid, UNSEEN(&r), UNSEEN(&e), UNSEEN(&s));
	GOT_NUM(ruid, r);
	GOT_NUM(euid, e);
	GOT_NUM(suid, s);
	CALL(setuid, NUM(uid, 77));
	CALL(setreuid, NUM(ruid, 78), NUM(euid, -1));
	CALL(setregid, NUM(rgid, 79), NUM(egid, 80));
	CALL(setresgid, NUM(rgid, 81), NUM(egid, 82), NUM(sgid, 83));
	CALL(setresuid, NUM(ruid, 1), NUM(euid, -1), NUM(suid, 3));
	CALL(setresuid, NUM(ruid, 0), NUM(euid, 0), NUM(suid, 0));
	CALL(setreuid, NUM(ruid, -1), NUM(euid, 0));
	CALL(setuid, NUM(uid, 0));
	CALL(setuid, NUM(uid, -1));
	CALL(getresuid, UNSEEN(&r), UNSEEN(BAD_PTR), UNSEEN(&s));
	NONE(ruid);
	NONE(euid);
	NONE(suid);
}

static void groups(void)
{
	gid_t r, e, s;

	CALL(setresgid, NUM(rgid, 3), NUM(egid, 4000000001u), NUM(sgid, 5));
	CALL(getgid);
	CALL(getegid);
	CALL(getresgid, UNSEEN(&r), UNSEEN(&e), UNSEEN(&s));
	GOT_NUM(rgid, r);
	GOT_NUM(egid, e);
	GOT_NUM(sgid, s);
	CALL(setregid, NUM(rgid, 8), NUM(egid, 9));
	CALL(setgid, NUM(gid, 0));
	CALL(setgid, NUM(gid, -1));
	CALL(setregid, NUM(rgid, -1), NUM(egid, -1));
	CALL(setresgid, NUM(rgid, -1), NUM(egid, -1), NUM(sgid, 0));
	CALL(getresgid, UNSEEN(NULL), UNSEEN(NULL), UNSEEN(NULL));
	NONE(rgid);
	NONE(egid);
	NONE(sgid);
}

static uint64_t both(uint32_t low, uint32_t high)
{
	return (uint64_t)high << 32 | low;
}

static void also_caps(const struct __user_cap_data_struct *d)
{
	ALSO_NUM(cap_effective, both(d[0].effective, d[1].effective));
	ALSO_NUM(cap_permitted, both(d[0].permitted, d[1].permitted));
	ALSO_NUM(cap_inheritable, both(d[0].inheritable, d[1].inheritable));
}

static void capabilities(void)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2] = { { 0 } };

	if (syscall(SYS_capget, &head, data))
		die("capget");
	data[0].inheritable = data[0].permitted & 0x5;
	CALL(capset, UNSEEN(&head), UNSEEN(data));
	ALSO_NUM(version, _LINUX_CAPABILITY_VERSION_3);
	ALSO_NUM(pid, 0);
	also_caps(data);
	head.version = _LINUX_CAPABILITY_VERSION_1;
	head.pid = 0x7fffffff;
	CALL(capset, UNSEEN(&head), UNSEEN(data));
	ALSO_NUM(version, _LINUX_CAPABILITY_VERSION_1);
	ALSO_NUM(pid, 0x7fffffff);
	data[1] = (struct __user_cap_data_struct){ 0 };
	also_caps(data);
	CALL(capset, UNSEEN(BAD_PTR), UNSEEN(data));
	FAULT(version);
	FAULT(pid);
	FAULT(cap_effective);
	FAULT(cap_permitted);
	FAULT(cap_inheritable);
	head.version = _LINUX_CAPABILITY_VERSION_3;
	CALL(capset, UNSEEN(&head), UNSEEN(NULL));
	ALSO_NUM(version, _LINUX_CAPABILITY_VERSION_3);
	ALSO_NUM(pid, 0x7fffffff);
	NONE(cap_effective);
	NONE(cap_permitted);
	NONE(cap_inheritable);
}

static void no_limits(void)
{
	NONE(dqb_bhardlimit);
	NONE(dqb_bsoftlimit);
	NONE(dqb_curspace);
	NONE(dqb_ihardlimit);
	NONE(dqb_isoftlimit);
	NONE(dqb_btime);
	NONE(dqb_itime);
}

static void no_times(void)
{
	NONE(dqi_bgrace);
	NONE(dqi_igrace);
	NONE(dqi_flags);
}

static void quota_call(int cmd, int type, const char *special, int id, const void *addr)
{
	CALL(quotactl, UNSEEN(QCMD(cmd, type)), STR(special, special), NUM(id, id), UNSEEN(addr));
	ALSO_NUM(cmd, (unsigned)cmd);
	ALSO_NUM(type, type);
	if (cmd != (int)Q_QUOTAON) {
		NONE(quotafilepath);
		NONE(quota_fmt);
	}
	if (cmd != (int)Q_SETQUOTA)
		no_limits();
	if (cmd != (int)Q_SETINFO)
		no_times();
	NONE(quota_fmt_out);
}

static void quotas(void)
{
	const struct dqblk blk = {
		.dqb_bhardlimit = 1, .dqb_bsoftlimit = 2, .dqb_curspace = 3, .dqb_ihardlimit = 4,
		.dqb_isoftlimit = 5, .dqb_curinodes = 6, .dqb_btime = 7, .dqb_itime = 8,
		.dqb_valid = QIF_ALL,
	};
	const struct dqinfo info = { .dqi_bgrace = 9, .dqi_igrace = 10, .dqi_flags = 1, .dqi_valid = 7 };

	quota_call(Q_SYNC, USRQUOTA, NULL, 0, NULL);
	quota_call(Q_GETQUOTA, GRPQUOTA, "/nowhere", -1, BAD_PTR);
	quota_call(Q_GETINFO, USRQUOTA, "", 3, BAD_PTR);
	quota_call(Q_GETFMT, USRQUOTA, "none", 4, BAD_PTR);
	quota_call(Q_SETQUOTA, 2, "/nowhere", 1234, &blk);
	ALSO_NUM(dqb_bhardlimit, blk.dqb_bhardlimit);
	ALSO_NUM(dqb_bsoftlimit, blk.dqb_bsoftlimit);
	ALSO_NUM(dqb_curspace, blk.dqb_curspace);
	ALSO_NUM(dqb_ihardlimit, blk.dqb_ihardlimit);
	ALSO_NUM(dqb_isoftlimit, blk.dqb_isoftlimit);
	ALSO_NUM(dqb_btime, blk.dqb_btime);
	ALSO_NUM(dqb_itime, blk.dqb_itime);
	quota_call(Q_SETINFO, 255, "/nowhere", 0, &info);
	ALSO_NUM(dqi_bgrace, info.dqi_bgrace);
	ALSO_NUM(dqi_igrace, info.dqi_igrace);
	ALSO_NUM(dqi_flags, info.dqi_flags);
	quota_call(Q_QUOTAON, USRQUOTA, "/nowhere", 2, "aquota.user");
	ALSO_STR(quotafilepath, "aquota.user");
	ALSO_NUM(quota_fmt, 2);
	CALL(quotactl, UNSEEN(QCMD(Q_QUOTAOFF, 1)), BAD(special), NUM(id, 0), UNSEEN(NULL));
	ALSO_NUM(cmd, (unsigned)Q_QUOTAOFF);
	ALSO_NUM(type, 1);
	NONE(quotafilepath);
	NONE(quota_fmt);
	no_limits();
	no_times();
	NONE(quota_fmt_out);
}

void calls_user(void)
{
	users();
	groups();
	capabilities();
	quotas();
}
