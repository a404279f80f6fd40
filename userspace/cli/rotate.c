// SPDX-License-Identifier: MIT
/* Output in files of a limited size: FILE is written to, FILE.1 the one before, and so on. */
#include <errno.h>
#include <stdlib.h>
#include "cli.h"

/* malloc()ed, or NULL */
static char *numbered(const char *path, unsigned n)
{
	char *name;

	if (asprintf(&name, n ? "%s.%u" : "%s", path, n) < 0)
		return NULL;
	return name;
}

/* What is missing is no error: then there is nothing to keep. */
static int move(const char *path, unsigned from, unsigned to)
{
	char *old = numbered(path, from), *new = numbered(path, to);
	int err = -ENOMEM;

	if (old && new)
		err = rename(old, new) && errno != ENOENT ? -errno : 0;
	free(old);
	free(new);
	return err;
}

int rotate(const char *path, unsigned files)
{
	unsigned n;
	int err = 0;

	for (n = files - 1; n > 0 && !err; n--)
		err = move(path, n - 1, n);
	return err;
}
