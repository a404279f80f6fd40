// SPDX-License-Identifier: MIT
/* Diagnostics: why a call failed, and messages for the user's callback. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "util.h"

int sct_fail(struct sct_diag *diag, int err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(diag->error, sizeof(diag->error), fmt, ap);
	va_end(ap);
	return err;
}

void sct_fail_more(struct sct_diag *diag, const char *fmt, ...)
{
	size_t have = strlen(diag->error);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(diag->error + have, sizeof(diag->error) - have, fmt, ap);
	va_end(ap);
}

void sct_log(const struct sct_diag *diag, enum sct_log_level level, const char *fmt, ...)
{
	char line[SCT_ERROR_MAX];
	va_list ap;

	if (!diag->log)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	diag->log(diag->log_ctx, level, line);
}

__u64 sct_now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}
