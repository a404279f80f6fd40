// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 6803c006282d ("cgroup: add css_set->dfl_cgrp"), 3.16 */
#include <linux/cgroup.h>
#include <linux/kernfs.h>

const char * probe(struct css_set *cset);
const char * probe(struct css_set *cset)
{
	return cset->dfl_cgrp->kn->name;
}
