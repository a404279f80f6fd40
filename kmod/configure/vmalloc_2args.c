// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 88dca4ca5a93 ("mm: remove the pgprot argument to __vmalloc"), 5.8 */
#include <linux/gfp.h>
#include <linux/vmalloc.h>

void * probe(void);
void * probe(void)
{
	return __vmalloc(1, GFP_KERNEL);
}
