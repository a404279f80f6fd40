// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* A struct since 3.5 where CONFIG_UIDGID_STRICT_TYPE_CHECKS is set; later that was all there is */
#include <linux/uidgid.h>

unsigned int probe(kuid_t uid);
unsigned int probe(kuid_t uid)
{
	return uid.val;
}
