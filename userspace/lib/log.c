// SPDX-License-Identifier: MIT
/* What a session has to say: why a call failed, and messages for the user's callback. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "session.h"

int sct_fail(struct sct_session *s, int err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s->error, sizeof(s->error), fmt, ap);
	va_end(ap);
	return err;
}

void sct_fail_more(struct sct_session *s, const char *fmt, ...)
{
	size_t have = strlen(s->error);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s->error + have, sizeof(s->error) - have, fmt, ap);
	va_end(ap);
}

void sct_log(const struct sct_session *s, enum sct_log_level level, const char *fmt, ...)
{
	char line[SCT_ERROR_MAX];
	va_list ap;

	if (!s->opt.log)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	s->opt.log(s->opt.log_ctx, level, line);
}
