// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 96d4f267e40f ("Remove 'type' argument from access_ok() function"), 5.0 */
#include <linux/uaccess.h>

int probe(const void __user *p);
int probe(const void __user *p)
{
	return access_ok(p, 1);
}
