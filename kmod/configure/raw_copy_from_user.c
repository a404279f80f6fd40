// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* d597580d3737 ("generic ...copy_..._user primitives"), 4.12 */
#include <linux/uaccess.h>

unsigned long probe(void *dst, const void __user *src, unsigned long n);
unsigned long probe(void *dst, const void __user *src, unsigned long n)
{
	return raw_copy_from_user(dst, src, n);
}
