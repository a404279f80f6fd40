// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Later than 6.12: the completion as the program gets it */
#include <linux/types.h>
#include <linux/io_uring_types.h>
#include <trace/events/io_uring.h>

void probe(void (*cb)(void *, struct io_ring_ctx *, void *, struct io_uring_cqe *));
void probe(void (*cb)(void *, struct io_ring_ctx *, void *, struct io_uring_cqe *))
{
	check_trace_callback_type_io_uring_complete(cb);
}
