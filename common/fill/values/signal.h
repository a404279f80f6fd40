/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of signal events.  Included by sct_fill.h only. */

static SCT_INLINE __s32 sct_val_signal_code(struct sct_fill *f)
{
	__s32 code = 0, pid = 0;

	sct_acc_siginfo(f, f->args[1], &code, &pid);
	return code;
}

/* A signal without particulars is a process's (0) or the kernel's (1, on old kernels also 2). */
static SCT_INLINE __s32 sct_val_generated_code(struct sct_fill *f)
{
	return f->args[1] == 1 || f->args[1] == 2 ? SCT_SI_KERNEL : sct_val_signal_code(f);
}

/* The process that sent it, in the receiver's pid namespace; 0 for the kernel's own signals. */
static SCT_INLINE __s32 sct_val_signal_sender(struct sct_fill *f)
{
	__s32 code = 0, pid = 0;

	sct_acc_siginfo(f, f->args[1], &code, &pid);
	if (code == SCT_SI_USER || code == SCT_SI_QUEUE || code == SCT_SI_TKILL ||
	    code == SCT_SI_MESGQ ||
	    ((__u32)f->args[0] == SCT_SIGCHLD && code > 0 && code < SCT_SI_KERNEL))
		return pid;
	return 0;
}

/* ---- sets of 32 signals, of i386 ---- */

static SCT_INLINE __u64 sct_put_sigset_word(struct sct_fill *f, __u32 set)
{
	sct_put(f, (__u64)set);
	return sizeof(__u64);
}

static SCT_INLINE __u64 sct_put_old_sigset(struct sct_fill *f, __u64 uptr)
{
	__u32 set = 0;

	if (!uptr)
		return 0;
	if (sct_read_user(f, &set, uptr, sizeof(set))) {
		sct_fault(f);
		return 0;
	}
	return sct_put_sigset_word(f, set);
}
