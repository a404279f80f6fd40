// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* d02bd27bd33d ("mm/page_alloc.c: calculate 'available' memory in a separate function"), 4.6 */
#include <linux/mm.h>

long probe(void);
long probe(void)
{
	return si_mem_available();
}
