// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* "io_uring: rename trace_io_uring_submit_sqe() tracepoint", 6.4 */
#include <linux/types.h>
#include <linux/io_uring_types.h>
#include <trace/events/io_uring.h>

void probe(void (*cb)(void *, struct io_kiocb *));
void probe(void (*cb)(void *, struct io_kiocb *))
{
	check_trace_callback_type_io_uring_submit_req(cb);
}
