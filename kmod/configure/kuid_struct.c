// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 261000a56b63 ("uidgid: make uidgid.h use types..."), XX */
#include <linux/uidgid.h>

unsigned int probe(kuid_t uid);
unsigned int probe(kuid_t uid)
{
	return uid.val;
}
