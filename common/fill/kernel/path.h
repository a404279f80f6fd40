/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Paths: collected from the last component to the first in s->path.  What a loop carries from turn to turn lives in
 * sct_walk_of(), not in registers: the verifier then sees every turn end in the same state.
 */
#ifndef SCT_KERNEL_PATH_H
#define SCT_KERNEL_PATH_H

static SCT_INLINE void sct_path_start(struct sct_slot *s)
{
	s->pos = SCT_PATH_BUF - 1;
	s->path[SCT_PATH_BUF - 1] = 0;
}

/* Put "/name" before what is there; 1 when it does not fit. */
static SCT_INLINE int sct_path_prepend(struct sct_slot *s, const void *name, __u32 len)
{
	__u32 pos = s->pos;

	len &= 255;	/* NAME_MAX */
	if (pos < len + 1)
		return 1;
	pos -= len;
	sct_name_copy(&s->path[sct_masked(pos, SCT_PATH_BUF - 1)], name, sct_masked(len, 255));
	pos--;
	s->path[sct_masked(pos, SCT_PATH_BUF - 1)] = '/';
	s->pos = pos;
	return 0;
}

/* Append what was collected, or "/" when there is nothing. */
static SCT_INLINE __u64 sct_path_put(struct sct_fill *f)
{
	__u32 pos = f->s->pos;
	__u64 n;

	if (pos >= SCT_PATH_BUF - 1) {
		f->s->path[SCT_PATH_BUF - 2] = '/';
		pos = SCT_PATH_BUF - 2;
	}
	n = sct_masked(SCT_PATH_BUF - pos, 2 * SCT_PATH_BUF - 1);
	return sct_put_kernel(f, &f->s->path[sct_masked(pos, SCT_PATH_BUF - 1)], n);
}

/*
 * A walk goes up by one component a turn.  It returns SCT_WALK_ON, or how the walk ends: 0, or 1
 * when the path's begin is missing.
 */
#define SCT_WALK_ON (-1)

static SCT_INLINE int sct_path_turn(struct sct_slot *s, struct sct_walk *w)
{
	struct vfsmount *vm;
	struct dentry *up;
	const void *name;
	__u32 len;

	if (w->d == w->root) {
		if (!sct_mount_up(&w->vm, &w->d))
			return SCT_MOUNTS_HIDDEN;
		vm = w->vm;	/* CO-RE would look for our member in the kernel */
		w->root = SCT_FAR_PEEK(vm, mnt_root);
		return SCT_WALK_ON;
	}
	name = sct_dentry_name(s, w->d, &len, &up);
	if (sct_path_prepend(s, name, len))
		return 1;
	if (up == w->d)
		return 0;
	w->d = up;
	return SCT_WALK_ON;
}

/* What lies between two calls is in sct_walk_of(). */
static SCT_INLINE int sct_body_path_turns(struct sct_fill *f)
{
	struct sct_walk *at = sct_walk_of(f), w = { .d = at->d, .root = at->root, .vm = at->vm };
	int end = SCT_WALK_ON;
	__u32 i;

	for (i = 0; i < SCT_TURNS && end == SCT_WALK_ON; i++)
		end = sct_path_turn(f->s, &w);
	at->d = w.d;
	at->root = w.root;
	at->vm = w.vm;
	return end;
}

static SCT_INLINE int sct_body_path_of(struct sct_fill *f, __u64 d, __u64 vm)
{
	struct vfsmount *mount = sct_pointer(vm);
	struct sct_walk *w = sct_walk_of(f);
	int end = SCT_WALK_ON;
	__u32 i;

	sct_path_start(f->s);
	w->d = sct_pointer(d);
	w->root = sct_pointer(sct_number_of(f, SCT_FAR_PEEK(mount, mnt_root)));
	w->vm = mount;
	for (i = 0; i < SCT_PATH_DEPTH && end == SCT_WALK_ON; i += SCT_TURNS)
		end = sct_path_turns(f);
	return end != 0;
}

static SCT_INLINE __u64 sct_put_path(struct sct_fill *f, struct dentry *d, struct vfsmount *vm)
{
	if (!d || !vm)
		return 0;
	if (sct_path_of(f, sct_number_of(f, d), sct_number_of(f, vm)))
		sct_cut(f);
	return sct_path_put(f);
}

static SCT_INLINE __u64 sct_body_put_fd_path(struct sct_fill *f, __s32 fd)
{
	sct_file_ref file = sct_fd_file(f, fd);

	return sct_put_path(f, SCT_REF_PTR(file, f_path.dentry), SCT_REF_PTR(file, f_path.mnt));
}

static SCT_INLINE __u64 sct_body_put_exe_path(struct sct_fill *f)
{
	struct file *exe = SCT_PTR(sct_current(f), mm, exe_file);

	return sct_put_path(f, SCT_PTR(exe, f_path.dentry), SCT_PTR(exe, f_path.mnt));
}

static SCT_INLINE __u64 sct_body_put_cwd(struct sct_fill *f)
{
	struct fs_struct *fs = SCT_PTR(sct_current(f), fs);

	return sct_put_path(f, SCT_PTR(fs, pwd.dentry), SCT_PTR(fs, pwd.mnt));
}

#endif
