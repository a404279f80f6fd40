/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Functions that the verifier checks once a program, whoever calls them.  What loops is one that
 * makes a few turns, called in a loop: the verifier goes through the turns of one call only.  What
 * they have to do with is in the slot.  For BPF only, after sct_fill.h.
 */
#ifndef SCT_FUNCTIONS_BPF_H
#define SCT_FUNCTIONS_BPF_H

static __always_inline struct sct_slot *sct_own_slot(__u32 kind)
{
	return kind < SCT_KIND_MAX ? sct_slot_of(sct_cpu_of(bpf_get_smp_processor_id()), kind) : 0;
}

__attribute__((noinline)) int sct_path_turns(__u32 kind)
{
	struct sct_slot *s = sct_own_slot(kind);
	int end = SCT_WALK_ON;
	struct sct_walk w;
	__u32 i;

	if (!s)
		return 0;
	w = (struct sct_walk){ (void *)s->walk[0], (void *)s->walk[1], (void *)s->walk[2] };
	for (i = 0; i < SCT_TURNS && end == SCT_WALK_ON; i++)
		end = sct_path_turn(s, &w);
	s->walk[0] = (__u64)w.d;
	s->walk[1] = (__u64)w.root;
	s->walk[2] = (__u64)w.vm;
	return end;
}

__attribute__((noinline)) int sct_walk_path(__u32 kind, __u64 d, __u64 vm)
{
	struct sct_slot *s = sct_own_slot(kind);
	int end = SCT_WALK_ON;
	__u32 i;

	if (!s)
		return 0;
	sct_path_start(s);
	s->walk[0] = d;
	s->walk[1] = sct_number(&s->number, SCT_FAR_PEEK((struct vfsmount *)vm, mnt_root));
	s->walk[2] = vm;
	for (i = 0; i < SCT_PATH_DEPTH && end == SCT_WALK_ON; i += SCT_TURNS)
		end = sct_path_turns(kind);
	return end != 0;
}

__attribute__((noinline)) int sct_kernfs_turns(__u32 kind)
{
	struct sct_slot *s = sct_own_slot(kind);
	struct kernfs_node *kn;
	int end = SCT_WALK_ON;
	__u32 i;

	if (!s)
		return 0;
	kn = (void *)s->walk[0];
	for (i = 0; i < SCT_TURNS && end == SCT_WALK_ON; i++)
		end = sct_kernfs_turn(s, &kn);
	s->walk[0] = (__u64)kn;
	return end;
}

__attribute__((noinline)) int sct_walk_kernfs(__u32 kind, __u64 kn)
{
	struct sct_slot *s = sct_own_slot(kind);
	int end = SCT_WALK_ON;
	__u32 i;

	if (!s)
		return 0;
	sct_path_start(s);
	s->walk[0] = kn;
	for (i = 0; i < SCT_PATH_DEPTH && end == SCT_WALK_ON; i += SCT_TURNS)
		end = sct_kernfs_turns(kind);
	return end != 0;
}

/* The frame that such a function goes on with. */
static __always_inline struct sct_fill sct_own_frame(struct sct_slot *s, __u32 kind, __u32 param)
{
	struct sct_fill f = {
		.flags = ((struct sct_record *)s->rec)->flags, .s = s, .kind = kind, .n = param,
	};

	return f;
}

__attribute__((noinline)) int sct_ustrv_at(__u32 kind, __u32 param, __u64 uptr)
{
	struct sct_slot *s = sct_own_slot(kind);
	struct sct_fill f;
	int end = 0;
	__u32 i;

	if (!s)
		return 1;
	f = sct_own_frame(s, kind, param);
	for (i = 0; i < SCT_TURNS && !end; i++)
		end = sct_ustrv_turn(&f, uptr);
	return end;
}

__attribute__((noinline)) int sct_uiov_at(__u32 kind, __u32 param, __u64 uptr, __u64 count, __u64 limit)
{
	struct sct_slot *s = sct_own_slot(kind);
	struct sct_fill f;

	if (!s)
		return 1;
	f = sct_own_frame(s, SCT_KIND_MAX, param);
	return sct_uiov_turns(&f, uptr, count, limit);
}

__attribute__((noinline)) int sct_mmsg_at(__u32 kind, __u32 param, __u64 uptr, __u32 i, __u32 told)
{
	struct sct_slot *s = sct_own_slot(kind);
	struct sct_fill f;
	int err;

	if (!s)
		return -1;
	f = sct_own_frame(s, SCT_KIND_MAX, param);
	f.off = s->off;
	err = sct_put_mmsg(&f, uptr, i, told);
	s->off = f.off;
	return err;
}

__attribute__((noinline)) int sct_fd_details_at(__u32 kind, __s32 fd)
{
	struct sct_slot *s = sct_own_slot(kind);
	struct sct_fill f;
	int n;

	if (!s)
		return 0;
	f = sct_own_frame(s, SCT_KIND_MAX, 0);
	f.off = s->off;
	n = sct_put_fd_details(&f, fd);
	s->off = f.off;
	return n;
}

__attribute__((noinline)) int sct_fd_file_at(__u32 kind, __u32 param, __s32 fd)
{
	struct sct_slot *s = sct_own_slot(kind);
	struct sct_fill f;

	if (!s)
		return 0;
	f = sct_own_frame(s, kind, param);
	f.off = s->off;
	sct_put_fd_file(&f, param, fd);
	s->off = f.off;
	return 1;
}

#endif
