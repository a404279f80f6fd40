/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * How kernel objects are read.  For BPF only.
 *
 * SCT_READ(p, a, b.c) is p->a->b.c, 0 where a pointer on the way is bad.  There are two builds of
 * the probe.  With SCT_DIRECT it loads directly, a few instructions a step, which needs
 * bpf_rdonly_cast() (fd264ca02094, 6.2) and the kernel's own BTF.  The plain one calls
 * bpf_probe_read_kernel() for each step, which costs some 20 to 40 ns, and takes any BTF.
 */
#ifndef SCT_READ_BPF_H
#define SCT_READ_BPF_H

#ifdef SCT_DIRECT
#undef SCT_DIRECT
#define SCT_DIRECT 1

extern void *bpf_rdonly_cast(const void *obj, __u32 btf_id) __ksym;

/* p, whatever the verifier takes it for, as a pointer of its C type. */
#define sct_typed(p)							\
	((__typeof__(p))bpf_rdonly_cast((p), bpf_core_type_id_kernel(__typeof__(*(p)))))

#define sct_arrow1(p, a)	  (p)->a
#define sct_arrow2(p, a, ...)	  sct_arrow1((p)->a, __VA_ARGS__)
#define sct_arrow3(p, a, ...)	  sct_arrow2((p)->a, __VA_ARGS__)
#define sct_arrow4(p, a, ...)	  sct_arrow3((p)->a, __VA_ARGS__)
#define sct_arrow5(p, a, ...)	  sct_arrow4((p)->a, __VA_ARGS__)
#define sct_arrown(_1, _2, _3, _4, _5, n, ...) sct_arrow##n
#define SCT_READ(p, ...) sct_arrown(__VA_ARGS__, 5, 4, 3, 2, 1)(sct_typed(p), __VA_ARGS__)

#else
#define SCT_DIRECT	 0
#define sct_typed(p)	 (p)
#define SCT_READ(p, ...) BPF_CORE_READ(p, __VA_ARGS__)
#endif

/*
 * A kernel pointer as a number: the verifier lets nobody calculate with pointers that it knows.  It
 * takes a way through memory, *room.
 */
static __always_inline __u64 sct_number(__u64 *room, const void *p)
{
	if (!SCT_DIRECT)
		return (__u64)p;
	*(volatile __u64 *)room = (__u64)p;
	return *(volatile __u64 *)room;
}

#endif
