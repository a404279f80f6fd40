// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Up to 5.17: numbers */
#include <linux/types.h>
#include <trace/events/io_uring.h>

void probe(void (*cb)(void *, void *, u64, int, unsigned int));
void probe(void (*cb)(void *, void *, u64, int, unsigned int))
{
	check_trace_callback_type_io_uring_complete(cb);
}
