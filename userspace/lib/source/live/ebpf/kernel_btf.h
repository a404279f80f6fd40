/* SPDX-License-Identifier: MIT */
/* The kernel's own BTF, as the eBPF backend needs it; for ebpf_load.c and kernel_btf.c. */
#ifndef SCT_KERNEL_BTF_H
#define SCT_KERNEL_BTF_H

#include <bpf/btf.h>

struct kernel_btf;

#define SCT_KERNEL_BTF "/sys/kernel/btf/vmlinux"

/* NULL where it cannot be read. */
struct kernel_btf *sct_kernel_btf_open(const char *path);
void sct_kernel_btf_close(struct kernel_btf *k);

/* The id of a type; 0: there is none. */
__u32 sct_kernel_btf_find(const struct kernel_btf *k, unsigned kind, const char *name);

/*
 * Write to fd a BTF of those types alone that the probe names, whose own types are in the other
 * one: libbpf reads it in next to no time.  Returns 0, or a negative error.
 */
int sct_kernel_btf_extract(const struct kernel_btf *k, const struct btf *probe, int fd);

#endif
