// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 6.0: the request, of which the headers tell */
#include <linux/types.h>
#include <linux/io_uring_types.h>
#include <trace/events/io_uring.h>

void probe(void (*cb)(void *, struct io_kiocb *, int));
void probe(void (*cb)(void *, struct io_kiocb *, int))
{
	check_trace_callback_type_io_uring_queue_async_work(cb);
}
