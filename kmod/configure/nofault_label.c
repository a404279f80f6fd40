// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* b58294ead14c ("maccess: allow architectures to provide kernel probing directly"), 5.8 */
#include <linux/uaccess.h>

int probe(const int *p);
int probe(const int *p)
{
	int v;

	__get_kernel_nofault(&v, p, int, fault);
	return v;
fault:
	return 0;
}
