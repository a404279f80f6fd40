// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* fe557319aa06 ("maccess: rename probe_kernel_{read,write} to copy_{from,to}_kernel_nofault"), 5.8 */
#include <linux/uaccess.h>

long probe(void *dst, const void *src);
long probe(void *dst, const void *src)
{
	return copy_from_kernel_nofault(dst, src, 8);
}
