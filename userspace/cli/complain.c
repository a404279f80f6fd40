// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include "cli.h"

void complain(const char *fmt, ...)
{
	va_list ap;

	fputs("sctrace: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}
