// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* eca56ff906bd ("mm, shmem: add internal shmem resident memory accounting"), 4.5 */
#include <linux/mm_types.h>

int probe(void);
int probe(void)
{
	return MM_SHMEMPAGES;
}
