// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* b831275a3553 ("timekeeping: Use tk_fast for boottime ..."), 4.10 */
#include <linux/ktime.h>
#include <linux/timekeeping.h>

u64 probe(void);
u64 probe(void)
{
	return ktime_get_boot_fast_ns();
}
