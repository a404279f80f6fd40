// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* abfb9498ee13 ("x86/entry: Rename is_{ia32,x32}_task() to in_{ia32,x32}_syscall()"), 4.7 */
#include <linux/compat.h>

int probe(void);
int probe(void)
{
	return in_ia32_syscall();
}
