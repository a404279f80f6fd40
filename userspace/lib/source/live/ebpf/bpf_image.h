/* SPDX-License-Identifier: MIT */
/*
 * A BPF object in memory, changed before libbpf sees it: what libbpf need not look at takes it no
 * time.  For ebpf_load.c and bpf_image.c.
 */
#ifndef SCT_BPF_IMAGE_H
#define SCT_BPF_IMAGE_H

#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>

struct sct_image {
	char *data;
	size_t size;
};

/* Map a file: 0 or a negative error; what is changed does not go to the file. */
int sct_image_map(struct sct_image *image, const char *name);

/* Is it a BPF object, and sound?  All that follows is for those only. */
bool sct_image_is_sound(const struct sct_image *image);

/* Leave functions for which keep() is true, and no others; what was left out once may come back. */
void sct_image_keep(const struct sct_image *image,
		    bool (*keep)(const void *ctx, const char *function), const void *ctx);

/* Make calls of a helper, in the functions that were kept, calls of a kernel function. */
void sct_image_call(const struct sct_image *image, __u32 helper, __u32 btf_id);

/*
 * Take the numbers of source lines out, most of what libbpf copies and hands to the kernel.  A
 * verifier's log then lacks the lines: who needs them loads the object as a file.
 */
void sct_image_drop_lines(const struct sct_image *image);

#endif
