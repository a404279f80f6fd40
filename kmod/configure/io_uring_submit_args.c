// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Up to 5.17: numbers */
#include <linux/types.h>
#include <trace/events/io_uring.h>

void probe(void (*cb)(void *, void *, void *, u8, u64, u32, bool, bool));
void probe(void (*cb)(void *, void *, void *, u8, u64, u32, bool, bool))
{
	check_trace_callback_type_io_uring_submit_sqe(cb);
}
