// SPDX-License-Identifier: MIT
/* What the kernel side is asked for, by session. */
#include <errno.h>
#include "session.h"

int sct_config_of(struct sct_session *s, struct sct_config *config)
{
	const char *wrong;

	*config = (struct sct_config){
		.sz = sizeof(*config), .snaplen = s->opt.snaplen, .ring_size = s->opt.ring_size,
		.argv_max = s->opt.argv_max, .pass_default = s->whole, .pass_result = s->opt.results,
		.durations = s->opt.durations, .notes = sct_select_notes(&s->sel),
		.files = sct_files_asked(s), .wake_bytes = s->opt.ring_size / 4,
	};
	wrong = sct_config_check(config);
	return wrong ? sct_fail(s, -EINVAL, "the kernel side does not take this %s", wrong) : 0;
}
