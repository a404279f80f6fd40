// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* e78256b8a92a ("anntotate the places where ->poll() return values go"), 4.16 */
#include <linux/poll.h>

__poll_t probe(void);
__poll_t probe(void)
{
	return 0;
}
