/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Where kernels differ: HAVE_* come from the files of configure/, each of which compiles on kernels
 * that have the thing.  Included by all of kmod/; asks for things, never for versions.
 */
#ifndef SCT_COMPAT_H
#define SCT_COMPAT_H

#include "config.h"
#include <linux/compiler.h>
#include <linux/kernel.h>

#ifndef READ_ONCE	/* 230fa253df63 ("kernel: Provide READ_ONCE and ASSIGN_ONCE"), 3.19 */
#define READ_ONCE(x)	 ACCESS_ONCE(x)
#define WRITE_ONCE(x, v) (ACCESS_ONCE(x) = (v))
#endif

#endif
