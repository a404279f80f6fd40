// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 6.0: numbers, and the request */
#include <linux/types.h>
#include <linux/io_uring_types.h>
#include <trace/events/io_uring.h>

void probe(void (*cb)(void *, void *, void *, u64, int, unsigned int, u64, u64));
void probe(void (*cb)(void *, void *, void *, u64, int, unsigned int, u64, u64))
{
	check_trace_callback_type_io_uring_complete(cb);
}
