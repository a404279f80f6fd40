// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* a9b12f8b4ee8 ("driver core: make struct device_type.devnode() take a const *"), 6.2 */
#include <linux/device.h>

static char *devnode(const struct device *dev, umode_t *mode, kuid_t *uid, kgid_t *gid)
{
	return NULL;
}

extern const struct device_type type;
const struct device_type type = { .devnode = devnode };
