// SPDX-License-Identifier: MIT
/* What drivers share. */
#include "live.h"

__u32 sct_driver_kinds(const struct sct_driver *driver)
{
	__u32 kinds = 1u << SCT_KIND_sched_process_fork | 1u << SCT_KIND_sched_process_exit;
	unsigned k;

	for (k = 0; k < SCT_KIND_MAX; k++)
		if (sct_select_kind(driver->sel, k))
			kinds |= 1u << k;
	if (driver->opt->armed || kinds & 1u << SCT_KIND_sys_exit)	/* it notes the number of the call */
		kinds |= 1u << SCT_KIND_sched_process_exec;
	return kinds;
}
