/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The files of descriptors, where they are asked for: behind the values that the filler has written, as it is there
 * that the descriptors are taken from.
 */
#ifndef SCT_FILES_H
#define SCT_FILES_H

/*
 * The parameters of a row that are descriptors, a bit each; of those, the ones that may be
 * AT_FDCWD.
 */
struct sct_fds {
	__u64 all, dirs;
};

#define P(name, type, source)						\
	if (SCT_IS_FD_##type)						\
		fds.all |= 1ull << __builtin_offsetof(row, name);	\
	if (SCT_T_##type == SCT_T_DIRFD)				\
		fds.dirs |= 1ull << __builtin_offsetof(row, name);
#define SCT_EVENT(id, name, cat, flags, filler, params)			\
	static SCT_INLINE struct sct_fds sct_fds_##id(void)		\
	{								\
		typedef struct sct_params_##id row __attribute__((unused));	\
		struct sct_fds fds = {};				\
									\
		params							\
		return fds;						\
	}
#define SCT_TRACEPOINT(id, name, kind, cat, flags, filler, params)
#define SCT_META(id, name, cat, flags, filler, params)
#include "events.def"
#undef P

/* What more is told of a device or a socket, nothing of others; begins on 8 bytes. */
static SCT_INLINE __u64 sct_body_put_fd_details(struct sct_fill *f, __s32 fd)
{
	struct sct_fd_details d = {};
	__u64 start = f->off, end;

	f->off += sizeof(d);
	sct_put_device_or_sock(f, fd, &d);
	end = f->off;
	if (d.mode)
		sct_put(f, (__u64)0);	/* no old bytes in the padding */
	f->off = start;
	if (!d.mode)
		return 0;
	sct_put(f, d.mode);
	sct_put(f, d.len);
	sct_put(f, d.family);
	sct_put(f, d.type);
	sct_put(f, d.protocol);
	sct_put(f, d.number);
	sct_put(f, d.peer);
	f->off = SCT_ALIGN8(end);
	return f->off - start;
}

/* A file with all that is told of it; nothing where there is none. */
static SCT_INLINE __u64 sct_body_put_fd_file(struct sct_fill *f, __u32 param, __s32 fd)
{
	struct sct_fd_file file = {};
	__u64 start = f->off, end;
	__u32 n;

	f->n = param;
	f->off += sizeof(file);
	if (fd == SCT_AT_FDCWD) {
		n = sct_put_cwd(f);
	} else {
		sct_acc_fd_file(f, fd, &file);
		n = sct_put_fd_path(f, fd);
	}
	end = SCT_ALIGN8(f->off);
	sct_put(f, (__u64)0);	/* no old bytes in the padding */
	f->off = end;
	if (f->cfg->files == SCT_FILES_DETAILS && file.ino && sct_put_fd_details(f, fd)) {
		file.flags |= SCT_FF_DETAILS;
		end = f->off;
	}
	f->off = start;
	if (!n && !file.ino)
		return 0;
	sct_put(f, (__u32)(n << 16 | file.flags << 8 | param));
	sct_put(f, file.dev);
	sct_put(f, file.ino);
	sct_put(f, file.magic);
	f->off = end;
	return end - start;
}

/* Those of a complete record, at its end, where f->off is. */
static SCT_INLINE void sct_put_fd_files(struct sct_fill *f, __u32 nparams, const struct sct_fds *fds)
{
	struct sct_loop *l = sct_loop(f);
	__u64 all = fds->all;
	__u16 len;
	__s32 fd;
	__u32 i;

	l->off = SCT_VALUES_OFF(nparams);
	for (i = 0; i < 64 && all >> i; i++) {
		len = *(__u16 *)sct_rec_at(f, sizeof(struct sct_record) + 2 * i);
		if (all >> i & 1 && len == sizeof(fd)) {
			__builtin_memcpy(&fd, sct_rec_at(f, l->off), sizeof(fd));
			if (fd >= 0 || (fd == SCT_AT_FDCWD && fds->dirs >> i & 1))
				sct_put_fd_file(f, i, fd);
		}
		l->off += len;
	}
}

#endif
