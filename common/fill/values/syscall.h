/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of the generic event.  Included by sct_fill.h only. */

static SCT_INLINE __u16 sct_val_syscall_row(struct sct_fill *f)
{
	return f->row;
}

static SCT_INLINE __u32 sct_val_syscall_nr(struct sct_fill *f)
{
	return f->nr;
}

/* syslog(2): does this action read messages? */
static SCT_INLINE int sct_syslog_reads(struct sct_fill *f)
{
	__u32 type = (__u32)f->args[0];

	return type >= SCT_SYSLOG_READ && type <= SCT_SYSLOG_READ_CLEAR;
}
