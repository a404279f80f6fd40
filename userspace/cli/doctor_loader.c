// SPDX-License-Identifier: MIT
/* What sctrace-driver-loader knows of a backend: why there is none, and what helps. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "doctor.h"

#define LOADER	 "sctrace-driver-loader"
#define PLAN_MAX 65536

/*
 * Beside this program as installed, else where programs for administrators are.  malloc()ed, or
 * NULL.
 */
static char *find_loader(void)
{
	const char *dirs = "/usr/local/sbin:/usr/sbin:/sbin", *end;
	char self[4096], *path;
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[n > 0 ? n : 0] = '\0';
	if (strrchr(self, '/'))
		*strrchr(self, '/') = '\0';
	if (asprintf(&path, "%s/../sbin/" LOADER, self) < 0)
		return NULL;
	for (; access(path, X_OK); dirs = *end ? end + 1 : end) {
		free(path);
		if (!*dirs)
			return NULL;
		end = dirs + strcspn(dirs, ":");
		if (asprintf(&path, "%.*s/" LOADER, (int)(end - dirs), dirs) < 0)
			return NULL;
	}
	return path;
}

/* All that the program prints, malloc()ed, or NULL. */
static char *read_all(FILE *f)
{
	char *text = malloc(PLAN_MAX);

	if (text)
		text[fread(text, 1, PLAN_MAX - 1, f)] = '\0';
	return text;
}

static char *run_loader(const char *backend)
{
	char *path = find_loader(), *text = NULL;
	int out[2];
	pid_t child;
	FILE *f;

	if (!path || pipe2(out, 0)) {
		free(path);
		return NULL;
	}
	child = fork();
	if (!child) {
		dup2(out[1], STDOUT_FILENO);
		close(out[0]);
		close(out[1]);
		execl(path, LOADER, "plan", "--backend", backend, "--json", NULL);
		_exit(EXIT_CANNOT_RUN);
	}
	close(out[1]);
	f = fdopen(out[0], "r");
	if (f && child > 0)
		text = read_all(f);
	if (f)
		fclose(f);
	else
		close(out[0]);
	if (child > 0)
		waitpid(child, NULL, 0);
	free(path);
	return text;
}

yajl_val loader_plan(const char *backend)
{
	char *text = run_loader(backend), error[8];
	yajl_val plan = text ? yajl_tree_parse(text, error, sizeof(error)) : NULL;

	free(text);
	return plan;
}

const char *loader_text(yajl_val plan, const char *name, const char *inner)
{
	const char *path[] = { name, inner, NULL };
	yajl_val text = plan ? yajl_tree_get(plan, path, yajl_t_string) : NULL;

	return YAJL_GET_STRING(text);
}

bool loader_can(yajl_val plan)
{
	const char *path[] = { "status", NULL };
	yajl_val status = plan ? yajl_tree_get(plan, path, yajl_t_number) : NULL;

	return status && YAJL_IS_INTEGER(status) && !YAJL_GET_INTEGER(status);
}
