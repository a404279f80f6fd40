// SPDX-License-Identifier: GPL-2.0-only OR MIT
<<<<<<< HEAD
/* 6803c006282d ("cgroup: add css_set->dfl_cgrp"), 3.16 */
=======
/* XX ("cgroup: add css_set->dfl_cgrp"), 3.16 */
>>>>>>> 4e19e2db0f9459a864e547056d743e2128abfad8
#include <linux/cgroup.h>
#include <linux/kernfs.h>

const char * probe(struct css_set *cset);
const char * probe(struct css_set *cset)
{
	return cset->dfl_cgrp->kn->name;
}
