// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* ae7795bc6187 ("signal: Distinguish between kernel_siginfo and siginfo"), 4.20 */
#include <linux/signal.h>

int probe(const struct kernel_siginfo *info);
int probe(const struct kernel_siginfo *info)
{
	return info->si_code;
}
