/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the arguments of calls point to whose command says so, where commands.def alone does not.
 * Included by sct_fill.h only.
 */

SCT_WHAT_OF(fcntl, SCT_FCNTL_VALUES)
SCT_WHAT_OF(ioctl, SCT_IOCTL_VALUES)
SCT_WHAT_OF(prctl, SCT_PRCTL_VALUES)
SCT_WHAT_OF(arch_prctl, SCT_ARCH_PRCTL_VALUES)
SCT_WHAT_OF(ptrace, SCT_PTRACE_VALUES)
SCT_WHAT_OF(shmctl, SCT_SHMCTL_VALUES)
SCT_WHAT_OF(msgctl, SCT_MSGCTL_VALUES)
SCT_WHAT_OF(semctl, SCT_SEMCTL_VALUES)
SCT_WHAT_OF(quota, SCT_QUOTA_VALUES)
SCT_WHAT_OF(seccomp, SCT_SECCOMP_VALUES)
SCT_WHAT_OF(uring, SCT_URING_VALUES)

/* ---- ioctl(2) ---- */

/* Most commands have the direction in their upper two bits, then the size in 14. */
static SCT_INLINE __u64 sct_ioctl_what(__u32 command)
{
	__u64 what = sct_ioctl_value(command), size = command >> 16 & 0x3fff;
	__u64 out = command >> 30 == SCT_IOC_READ ? SCT_DIR_OUT : SCT_DIR_IN;

	if (what || !(command >> 30))
		return what;
	return out << SCT_WHAT_DIR | size << SCT_WHAT_X32 | size << SCT_WHAT_IA32 | size;
}

/* ---- prctl(2) ---- */

/* Does argument 3 point to a filter? */
static SCT_INLINE int sct_prctl_filter(struct sct_fill *f)
{
	return (__u32)f->args[0] == SCT_PR_SET_SECCOMP && f->args[1] == SCT_SECCOMP_MODE_FILTER;
}

static SCT_INLINE __u64 sct_prctl_uptr(struct sct_fill *f)
{
	return sct_prctl_filter(f) ? f->args[2] : f->args[1];
}

static SCT_INLINE __u64 sct_prctl_what(struct sct_fill *f)
{
	return sct_prctl_filter(f) ? sct_seccomp_value(SCT_SECCOMP_SET_MODE_FILTER) :
				     sct_prctl_value(f->args[0]);
}

/* ---- ptrace(2) ---- */

/* The registers of i386 callers are others. */
static SCT_INLINE __u64 sct_ptrace_what(struct sct_fill *f)
{
	__u32 request = f->args[0];
	__u64 what = sct_ptrace_value(request), narrow;

	if (request == SCT_PTRACE_GETREGS || request == SCT_PTRACE_SETREGS)
		narrow = SCT_OBJ_USER_REGS32;
	else if (request == SCT_PTRACE_GETFPREGS || request == SCT_PTRACE_SETFPREGS)
		narrow = SCT_OBJ_USER_FPREGS32;
	else
		return what;
	return (what & ~(0xffffull << SCT_WHAT_IA32)) | narrow << SCT_WHAT_IA32;
}

/* Does data point to a struct iovec that is about registers which are there? */
static SCT_INLINE int sct_ptrace_regset(struct sct_fill *f)
{
	__u32 request = f->args[0];

	return request == SCT_PTRACE_SETREGSET || (request == SCT_PTRACE_GETREGSET && sct_ok(f));
}

static SCT_INLINE __u64 sct_put_regset(struct sct_fill *f)
{
	__u64 iov[2];

	if (sct_read_iovec(f, iov, f->args[3], 0)) {
		sct_fault(f);
		return 0;
	}
	return sct_put_ubuf_max(f, iov[SCT_IOV_BASE], iov[SCT_IOV_LEN], SCT_VALUE_MAX);
}

/* ---- bpf(2) ---- */

#define sct_bpf_is(f, command) ((__u32)(f)->args[0] == SCT_##command)

/* The string whose address, of 64 bit for all callers, is off bytes into the attributes. */
static SCT_INLINE __u64 sct_put_bpf_str(struct sct_fill *f, __u32 off)
{
	__u64 uptr = 0;

	if (!f->args[1] || (__u32)f->args[2] < off + sizeof(uptr))
		return 0;
	if (sct_read_user(f, &uptr, f->args[1] + off, sizeof(uptr))) {
		sct_fault(f);
		return 0;
	}
	return sct_put_ustr(f, uptr);
}

/* ---- shmctl(2), msgctl(2), semctl(2): i386 has older layouts, too ---- */

static SCT_INLINE __u32 sct_ipc_cmd(struct sct_fill *f, __u32 command)
{
	return sct_is_ia32(f) ? command & ~SCT_IPC_64 : command;
}

#define sct_ipc_what(f, command, value)						\
	(sct_is_ia32(f) && !((command) & SCT_IPC_64) ? 0 : value(sct_ipc_cmd(f, command)))

static SCT_INLINE __u32 sct_val_shmctl_cmd(struct sct_fill *f)
{
	return sct_ipc_cmd(f, f->args[1]);
}

static SCT_INLINE __u32 sct_val_msgctl_cmd(struct sct_fill *f)
{
	return sct_ipc_cmd(f, f->args[1]);
}

static SCT_INLINE __u32 sct_val_semctl_cmd(struct sct_fill *f)
{
	return sct_ipc_cmd(f, f->args[2]);
}

/* ---- io_uring_register(2): an array of so many, argument 4 ---- */

static SCT_INLINE __u64 sct_uring_size(struct sct_fill *f)
{
	__u64 what = sct_uring_value(f->args[1]);

	return what ? (__u64)sct_what_size(f, sct_any(f, what)) * (__u32)f->args[3] : 0;
}

/* ---- keyctl(2) ---- */

/* A type at argument 3, a description or restriction at argument 4. */
static SCT_INLINE int sct_keyctl_typed(struct sct_fill *f)
{
	__u32 op = f->args[0];

	return op == SCT_KEYCTL_SEARCH || op == SCT_KEYCTL_RESTRICT_KEYRING;
}

/* Data at argument 3: what is passed has its length behind it, what is returned in the result. */
static SCT_INLINE int sct_keyctl_data(struct sct_fill *f)
{
	switch ((__u32)f->args[0]) {
	case SCT_KEYCTL_UPDATE:
	case SCT_KEYCTL_INSTANTIATE:
		return 1;
	case SCT_KEYCTL_DESCRIBE:
	case SCT_KEYCTL_READ:
	case SCT_KEYCTL_GET_SECURITY:
		return sct_ok(f);
	}
	return 0;
}

static SCT_INLINE __u64 sct_keyctl_size(struct sct_fill *f)
{
	__u32 op = f->args[0];

	if (op == SCT_KEYCTL_UPDATE || op == SCT_KEYCTL_INSTANTIATE)
		return f->args[3];
	return (__u64)f->ret < f->args[3] ? (__u64)f->ret : f->args[3];
}

/* ---- modify_ldt(2) ---- */

static SCT_INLINE int sct_ldt_written(struct sct_fill *f)
{
	__u32 func = f->args[0];

	return func == SCT_LDT_WRITE || func == SCT_LDT_WRITE_NEW;
}
