/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Cgroups: paths in their hierarchies.  After path.h. */
#ifndef SCT_KERNEL_CGROUP_H
#define SCT_KERNEL_CGROUP_H

static SCT_INLINE int sct_kernfs_turn(struct sct_slot *s, struct kernfs_node **kn)
{
	struct kernfs_node *up = sct_kernfs_up(*kn);
	const void *name;
	__u32 len;

	if (!up)	/* the root */
		return 0;
	name = sct_kernfs_name(s, *kn, &len);
	if (len && sct_path_prepend(s, name, len))
		return 1;
	*kn = up;
	return SCT_WALK_ON;
}

/* What lies between two calls is in sct_walk_of(). */
static SCT_INLINE int sct_body_kernfs_turns(struct sct_fill *f)
{
	struct kernfs_node *kn = sct_walk_of(f)->kn;
	int end = SCT_WALK_ON;
	__u32 i;

	for (i = 0; i < SCT_TURNS && end == SCT_WALK_ON; i++)
		end = sct_kernfs_turn(f->s, &kn);
	sct_walk_of(f)->kn = kn;
	return end;
}

static SCT_INLINE int sct_body_kernfs_path_of(struct sct_fill *f, __u64 kn)
{
	int end = kn ? SCT_WALK_ON : 0;
	__u32 i;

	sct_path_start(f->s);
	sct_walk_of(f)->kn = sct_pointer(kn);
	for (i = 0; i < SCT_PATH_DEPTH && end == SCT_WALK_ON; i += SCT_TURNS)
		end = sct_kernfs_turns(f);
	return end != 0;
}

static SCT_INLINE void sct_path_cgroup(struct sct_fill *f, struct kernfs_node *kn)
{
	if (sct_kernfs_path_of(f, sct_number_of(f, kn)))
		sct_cut(f);
}

static SCT_INLINE __u64 sct_body_put_cgroup_path(struct sct_fill *f)
{
	struct css_set *cset = sct_css_set(sct_current(f));
	struct kernfs_node *kn = sct_dfl_kn(cset);

	if (!sct_kernfs_parent(kn))	/* v2 is not what groups tasks here */
		kn = sct_controller_kn(cset, memory);
	if (!sct_kernfs_parent(kn))
		kn = sct_controller_kn(cset, pids);
	sct_path_cgroup(f, kn);
	return sct_path_put(f);
}

/* Append name and the path of kn, unless it was walked just now. */
static SCT_INLINE __u64 sct_put_cgroup(struct sct_fill *f, const char *name, __u32 len,
				       struct kernfs_node *kn, struct kernfs_node *last)
{
	struct sct_loop *l = sct_loop(f);
	__u32 len_all;

	if (!kn)
		return 0;
	if (kn != last)
		sct_path_cgroup(f, kn);
	len_all = len + (f->s->pos < SCT_PATH_BUF - 1 ? SCT_PATH_BUF - f->s->pos : sizeof("/"));
	if (l->room < len_all) {
		sct_cut(f);
		return 0;
	}
	l->room -= len_all;
	return sct_put_kernel(f, name, len) + sct_path_put(f);
}

static SCT_INLINE __u64 sct_body_put_cgroups(struct sct_fill *f)
{
	struct css_set *cset = sct_css_set(sct_current(f));
	struct kernfs_node *kn, *last = NULL;
	__u64 start = f->off;

	sct_loop(f)->room = SCT_SIZE_STRV;
#define SCT_CONTROLLERS(X) X(cpuset) X(cpu) X(cpuacct) X(io) X(memory)
#define X(name)									\
	kn = sct_controller_kn(cset, name);					\
	sct_put_cgroup(f, #name "=", sizeof(#name), kn, last);			\
	last = kn;
	SCT_CONTROLLERS(X)
#undef X
	sct_put_cgroup(f, "=", 1, sct_dfl_kn(cset), last);
	return f->off - start;
}

#endif
