// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* f3804203306e ("array_index_nospec: Sanitize speculative array de-references"), 4.16 */
#include <linux/nospec.h>
