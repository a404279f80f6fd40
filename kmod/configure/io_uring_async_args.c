// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Up to 5.17: numbers */
#include <linux/types.h>
#include <trace/events/io_uring.h>

void probe(void (*cb)(void *, void *, int, void *, struct io_wq_work *, unsigned int));
void probe(void (*cb)(void *, void *, int, void *, struct io_wq_work *, unsigned int))
{
	check_trace_callback_type_io_uring_queue_async_work(cb);
}
