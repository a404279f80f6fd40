// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* de7b2973903c ("tracepoint: Use struct pointer instead of name hash for reg/unreg..."), 3.15 */
#include <linux/tracepoint.h>

int probe(struct tracepoint *tp, void *func);
int probe(struct tracepoint *tp, void *func)
{
	for_each_kernel_tracepoint(NULL, NULL);
	return tracepoint_probe_register(tp, func, NULL);
}
