// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Compiles everywhere: when it does not, it is not the kernel that lacks something (see Kbuild). */
#include <linux/module.h>
