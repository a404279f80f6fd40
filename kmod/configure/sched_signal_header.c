// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* c3edc4010e9d ("sched/headers: Move task_struct::signal and task_struct::sighand..."), 4.11 */
#include <linux/sched/signal.h>
