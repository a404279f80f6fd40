// SPDX-License-Identifier: MIT
/* What drivers share. */
#include <errno.h>
#include "live.h"

int sct_driver_configure(struct sct_driver *driver)
{
	const struct sct_options *opt = driver->opt;
	const char *wrong;

	driver->config = (struct sct_config){
		.sz = sizeof(driver->config), .snaplen = opt->snaplen, .ring_size = opt->ring_size,
		.argv_max = opt->argv_max, .argv_failed = opt->argv_max, .pass_default = driver->whole, .pass_result = opt->results,
		.durations = opt->durations, .notes = sct_select_notes(driver->sel),
		.files = sct_files_asked(opt), .wake_bytes = opt->ring_size / 4,
	};
	wrong = sct_config_take(&driver->config, sizeof(driver->config));
	return wrong ? sct_fail(driver->diag, -EINVAL, "the kernel side does not accept this %s", wrong) : 0;
}

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
