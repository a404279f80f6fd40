// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 7.x: what was an int has become a bool */
#include <linux/types.h>
#include <linux/io_uring_types.h>
#include <trace/events/io_uring.h>

void probe(void (*cb)(void *, struct io_kiocb *, bool));
void probe(void (*cb)(void *, struct io_kiocb *, bool))
{
	check_trace_callback_type_io_uring_queue_async_work(cb);
}
