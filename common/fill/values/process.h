/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of tasks, for the task record and for process events.  Included by sct_fill.h only. */

#define SCT_TASK_VALUE(ctype, name)					\
	static SCT_INLINE ctype sct_val_##name(struct sct_fill *f)	\
	{								\
		return sct_acc_##name(f, sct_current(f));		\
	}
SCT_TASK_VALUE(__s32, ppid)
SCT_TASK_VALUE(__u64, start_time)
SCT_TASK_VALUE(__u32, uid)
SCT_TASK_VALUE(__u32, gid)
SCT_TASK_VALUE(__u32, loginuid)
SCT_TASK_VALUE(__s32, vtid)
SCT_TASK_VALUE(__s32, vpid)
SCT_TASK_VALUE(__u32, pidns)
SCT_TASK_VALUE(__u32, mntns)
SCT_TASK_VALUE(__u32, netns)
SCT_TASK_VALUE(__u32, userns)
SCT_TASK_VALUE(__s32, tid)
SCT_TASK_VALUE(__s32, pid)
SCT_TASK_VALUE(__s32, ptid)
SCT_TASK_VALUE(__s32, pgid)
SCT_TASK_VALUE(__s32, vpgid)
SCT_TASK_VALUE(__u32, euid)
SCT_TASK_VALUE(__u32, egid)
SCT_TASK_VALUE(__u64, cap_inheritable)
SCT_TASK_VALUE(__u64, cap_permitted)
SCT_TASK_VALUE(__u64, cap_effective)
SCT_TASK_VALUE(__u64, pidns_start)
SCT_TASK_VALUE(__u64, fdlimit)
SCT_TASK_VALUE(__u64, pgft_maj)
SCT_TASK_VALUE(__u64, pgft_min)
SCT_TASK_VALUE(__u32, tty)

/* The executable's device and inode; looked up once a record. */
static SCT_INLINE struct sct_inode_id *sct_exe_inode(struct sct_fill *f)
{
	if (!f->have_id) {
		sct_acc_exe_inode(f, &f->id);
		f->have_id = 1;
	}
	return &f->id;
}

static SCT_INLINE __u32 sct_val_exe_dev(struct sct_fill *f)
{
	return sct_exe_inode(f)->dev;
}

static SCT_INLINE __u64 sct_val_exe_ino(struct sct_fill *f)
{
	return sct_exe_inode(f)->ino;
}

static SCT_INLINE __u64 sct_val_exe_ctime(struct sct_fill *f)
{
	return sct_acc_exe_ctime(f);
}

static SCT_INLINE __u64 sct_val_exe_mtime(struct sct_fill *f)
{
	return sct_acc_exe_mtime(f);
}

static SCT_INLINE __u32 sct_val_exe_flags(struct sct_fill *f)
{
	return sct_acc_exe_memfd(f) ? SCT_EXE_FROM_MEMFD : 0;
}

/* ---- the command line as the process's memory has it ---- */

/* Its first string; notes where the others begin. */
static SCT_INLINE __u64 sct_put_mm_exe(struct sct_fill *f)
{
	struct sct_mm_strings s = {};
	__u64 n = 0;

	sct_acc_mm_strings(f, &s);
	if (s.arg_start < s.arg_end)
		n = sct_put_ustr(f, s.arg_start);
	sct_loop(f)->sum = n && n < SCT_SIZE_STR ? s.arg_start + n : s.arg_end;
	return n;
}

/* Those behind the first. */
static SCT_INLINE __u64 sct_put_mm_more(struct sct_fill *f, __u64 max)
{
	struct sct_mm_strings s = {};

	sct_acc_mm_strings(f, &s);
	return sct_put_ustrings(f, sct_loop(f)->sum, s.arg_end, max);
}

static SCT_INLINE __u64 sct_put_mm_args(struct sct_fill *f)
{
	return sct_put_mm_more(f, SCT_SIZE_STRV);
}

static SCT_INLINE __u64 sct_put_mm_env(struct sct_fill *f)
{
	struct sct_mm_strings s = {};

	sct_acc_mm_strings(f, &s);
	return sct_put_ustrings(f, s.env_start, s.env_end, f->cfg->argv_max);
}

static SCT_INLINE __u64 sct_val_argv_size(struct sct_fill *f)
{
	struct sct_mm_strings s = {};

	sct_acc_mm_strings(f, &s);
	return s.arg_end - s.arg_start;
}

static SCT_INLINE __u64 sct_val_env_size(struct sct_fill *f)
{
	struct sct_mm_strings s = {};

	sct_acc_mm_strings(f, &s);
	return s.env_end - s.env_start;
}

/* ---- execve ---- */

static SCT_INLINE __u64 sct_put_exec_exe(struct sct_fill *f, __u64 argv)
{
	__u64 str[1] = {};

	if (sct_ok(f))
		return sct_put_mm_exe(f);
	if (argv && sct_read_ptrs(f, str, argv, 1))
		sct_fault(f);
	return sct_put_ustr(f, str[0]);
}

/* Behind the first, which may also be missing. */
static SCT_INLINE __u64 sct_put_exec_args(struct sct_fill *f, __u64 argv)
{
	__u64 str[1] = {};

	if (sct_ok(f))
		return sct_put_mm_more(f, f->cfg->argv_max);
	if (argv && sct_read_ptrs(f, str, argv, 1))
		sct_fault(f);
	return str[0] ? sct_put_ustrv(f, argv + sct_ptr_size(f)) : 0;
}

static SCT_INLINE __u64 sct_put_exec_env(struct sct_fill *f, __u64 envp)
{
	return sct_ok(f) ? sct_put_mm_env(f) : sct_put_ustrv(f, envp);
}

/* The kernel copies the name to the new stack, right behind the environment. */
static SCT_INLINE __u64 sct_put_exec_filename(struct sct_fill *f, __u64 name)
{
	struct sct_mm_strings s = {};

	if (sct_ok(f)) {
		sct_acc_mm_strings(f, &s);
		name = s.env_end;
	}
	return sct_put_ustr(f, name);
}

/* The registers of the arguments are the new program's after a success. */
static SCT_INLINE __u64 sct_put_exec_arg(struct sct_fill *f, __u32 arg)
{
	if (sct_ok(f))
		return 0;
	sct_put(f, arg);
	return sizeof(arg);
}

/* ---- fork ---- */

static SCT_INLINE __u64 sct_val_fork_flags(struct sct_fill *f)
{
	return 0;
}

static SCT_INLINE __u64 sct_val_vfork_flags(struct sct_fill *f)
{
	return SCT_CLONE_VFORK | SCT_CLONE_VM;
}

/*
 * Of a task that a tracepoint has as an argument: the child of a fork, who is sent a signal, who is
 * put into a cgroup.
 */
#define SCT_OTHER_VALUE(prefix, arg, ctype, name)				\
	static SCT_INLINE ctype sct_val_##prefix##_##name(struct sct_fill *f)	\
	{									\
		return sct_acc_##name(f, (struct task_struct *)f->args[arg]);	\
	}
SCT_OTHER_VALUE(fork, 1, __s32, tid)
SCT_OTHER_VALUE(fork, 1, __s32, pid)
SCT_OTHER_VALUE(fork, 1, __s32, vtid)
SCT_OTHER_VALUE(fork, 1, __s32, vpid)
SCT_OTHER_VALUE(fork, 1, __u64, start_time)
SCT_OTHER_VALUE(signal, 2, __s32, tid)
SCT_OTHER_VALUE(signal, 2, __s32, pid)
SCT_OTHER_VALUE(attach, 2, __s32, tid)
SCT_OTHER_VALUE(attach, 2, __s32, pid)

/* ---- limits ---- */

/* Number i of a struct rlimit; its numbers have 32 bit for i386, with an infinity of their own. */
static SCT_INLINE __u64 sct_put_rlim(struct sct_fill *f, __u64 uptr, __u32 i)
{
	__u32 v = 0;
	__u64 lim;

	if (!uptr || !sct_is_ia32(f))
		return sct_put_ufield(f, uptr, 8 * i, 8);
	if (sct_read_user(f, &v, uptr + 4 * i, sizeof(v))) {
		sct_fault(f);
		return 0;
	}
	lim = v == 0xffffffff ? ~0ull : v;
	sct_put(f, lim);
	return sizeof(lim);
}

/* ---- prctl ---- */

static SCT_INLINE __u64 sct_put_prctl_str(struct sct_fill *f)
{
	__u32 option = f->args[0];

	if (option == SCT_PR_SET_NAME || (option == SCT_PR_GET_NAME && sct_ok(f)))
		return f->args[1] ? sct_put_user_str(f, f->args[1], SCT_COMM_LEN) : 0;
	return 0;
}

/* ---- scheduling and memory ---- */

static SCT_INLINE __s32 sct_val_switch_next(struct sct_fill *f)
{
	return sct_acc_tid(f, (struct task_struct *)f->args[2]);
}

static SCT_INLINE __u64 sct_val_fault_ip(struct sct_fill *f)
{
	return sct_acc_regs_ip(f, f->args[1]);
}

/* ---- the end of a task; its exit code is laid out as wait(2) reports it ---- */

static SCT_INLINE __s32 sct_val_exit_code(struct sct_fill *f)
{
	return sct_acc_exit_code(f, sct_current(f));
}

static SCT_INLINE __s32 sct_val_exit_status(struct sct_fill *f)
{
	return (sct_val_exit_code(f) >> 8) & 0xff;
}

static SCT_INLINE __s32 sct_val_exit_signal(struct sct_fill *f)
{
	return sct_val_exit_code(f) & 0x7f;
}

static SCT_INLINE __u8 sct_val_exit_core(struct sct_fill *f)
{
	return !!(sct_val_exit_code(f) & 0x80);
}

/* Who inherits the children of a task that ends: 0 when it has none. */
static SCT_INLINE __s32 sct_val_exit_reaper(struct sct_fill *f)
{
	return sct_acc_exit_reaper(f, sct_current(f));
}
