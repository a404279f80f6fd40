// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/module.h>
#include "config.h"

static int __init sctrace_init(void)
{
	return 0;
}

static void __exit sctrace_exit(void)
{
}

module_init(sctrace_init);
module_exit(sctrace_exit);
MODULE_LICENSE("Dual MIT/GPL");
