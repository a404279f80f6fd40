// SPDX-License-Identifier: GPL-2.0-only OR MIT
<<<<<<< HEAD
/* A struct since 3.5 where CONFIG_UIDGID_STRICT_TYPE_CHECKS is set; later that was all there is */
=======
/* 261000a56b63 ("uidgid: make uidgid.h use types..."), XX */
>>>>>>> 4e19e2db0f9459a864e547056d743e2128abfad8
#include <linux/uidgid.h>

unsigned int probe(kuid_t uid);
unsigned int probe(kuid_t uid)
{
	return uid.val;
}
