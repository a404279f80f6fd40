/* SPDX-License-Identifier: MIT */
/*
 * The host's implementation of the accessors: each answers from the test's struct sct_fake.
 * For fillers.c only.
 */
#ifndef SCT_ACCESS_HOST_H
#define SCT_ACCESS_HOST_H

#define sct_current(f) (&fake)

/* ---- bytes of kernel memory ---- */

static SCT_INLINE __u64 sct_put_kernel_str(struct sct_fill *f, const char *s, __u32 max)
{
	__u64 n = strlen(s) + 1;
	__u8 *dst;

	if (n > max)
		n = max;
	dst = sct_room(f, n);
	memcpy(dst, s, n);
	dst[n - 1] = 0;
	f->off += n;
	return n;
}

#define X(name, max)							\
	static SCT_INLINE __u64 sct_put_##name(struct sct_fill *f)	\
	{								\
		return fake.name ? sct_put_kernel_str(f, fake.name, max) : 0;	\
	}
SCT_FAKE_STRINGS(X)
#undef X

/* ---- files ---- */

static SCT_INLINE void sct_acc_fd_inode(struct sct_fill *f, __s32 fd, struct sct_inode_id *id)
{
	(void)f;
	if (fd >= 0)
		*id = fake.fd_inode;
}

static SCT_INLINE void sct_acc_exe_inode(struct sct_fill *f, struct sct_inode_id *id)
{
	(void)f;
	*id = fake.exe_inode;
}

/* ---- tasks ---- */

#define X(ctype, name)							\
	static SCT_INLINE ctype sct_acc_##name(struct sct_fill *f, struct sct_fake *t)	\
	{								\
		(void)f;						\
		return t->name;						\
	}
SCT_FAKE_TASK(X)
#undef X

#endif
