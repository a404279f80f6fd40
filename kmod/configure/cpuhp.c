// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 5b7aa87e0482 ("cpu/hotplug: Implement setup/removal interface"), 4.6; PREPARE_DYN in 4.10 */
#include <linux/cpuhotplug.h>

int probe(void);
int probe(void)
{
	return cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "name", NULL, NULL);
}
