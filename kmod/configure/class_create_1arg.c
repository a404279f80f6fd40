// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 1aaba11da9aa ("driver core: class: remove module * from class_create()"), 6.4 */
#include <linux/device.h>

struct class * probe(void);
struct class * probe(void)
{
	return class_create("name");
}
