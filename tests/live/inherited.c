// SPDX-License-Identifier: MIT
/* What a program has from the process that started it, into the file "report". */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void whole_file(FILE *out, const char *path)
{
	FILE *f = fopen(path, "re");
	int c;

	fprintf(out, "%s:\n", path);
	while (f && (c = getc(f)) != EOF)
		putc(c ? c : '\n', out);
	putc('\n', out);
	if (f)
		fclose(f);
}

static bool is_wanted(const char *line, const char *const *names)
{
	for (; *names; names++)
		if (!strncmp(line, *names, strlen(*names)))
			return true;
	return false;
}

static void lines(FILE *out, const char *path, const char *const *names)
{
	FILE *f = fopen(path, "re");
	char line[4096];

	while (f && fgets(line, sizeof(line), f))
		if (is_wanted(line, names))
			fputs(line, out);
	if (f)
		fclose(f);
}

static void link_to(FILE *out, const char *path)
{
	char to[4096];
	ssize_t n = readlink(path, to, sizeof(to));

	if (n >= 0)
		fprintf(out, "%s -> %.*s\n", path, (int)n, to);
}

/* The group and the session, the terminal and its group; how it is scheduled. */
static void numbers(FILE *out)
{
	long v[42] = { 0 };
	char line[4096];
	FILE *f = fopen("/proc/self/stat", "re");
	char *p = f && fgets(line, sizeof(line), f) ? strrchr(line, ')') + 3 : NULL;
	unsigned i;

	for (i = 3; p && i < 42; i++)
		v[i] = strtol(p, &p, 10);
	if (f)
		fclose(f);
	fprintf(out, "group %ld, session %ld, terminal %ld of group %ld\n", v[4], v[5], v[6], v[7]);
	fprintf(out, "priority %ld, nice %ld, realtime %ld, policy %ld\n", v[17], v[18], v[39], v[40]);
	fprintf(out, "io priority %ld\n", syscall(SYS_ioprio_get, 1, 0));
	fprintf(out, "dumpable %d, timer slack %d\n", prctl(PR_GET_DUMPABLE),
		prctl(PR_GET_TIMERSLACK));
}

static void descriptors(FILE *out)
{
	static const char *const wanted[] = { "pos:", "flags:", NULL };
	DIR *dir = opendir("/proc/self/fd");
	const struct dirent *entry;
	char path[300];

	while (dir && (entry = readdir(dir))) {
		if (*entry->d_name == '.' || atoi(entry->d_name) == dirfd(dir))
			continue;
		snprintf(path, sizeof(path), "/proc/self/fd/%s", entry->d_name);
		link_to(out, path);
		snprintf(path, sizeof(path), "/proc/self/fdinfo/%s", entry->d_name);
		lines(out, path, wanted);
	}
	if (dir)
		closedir(dir);
}

int main(void)
{
	static const char *const status[] = {
		"Umask:", "Uid:", "Gid:", "Groups:", "SigPnd:", "ShdPnd:", "SigBlk:", "SigIgn:", "SigCgt:",
		"Cap", "NoNewPrivs:", "Seccomp", "Cpus_allowed:", "Mems_allowed:", "TracerPid:", NULL
	};
	static const char *const files[] = {
		"/proc/self/limits", "/proc/self/personality", "/proc/self/oom_score_adj",
		"/proc/self/cgroup", "/proc/self/cmdline", "/proc/self/environ",
	};
	size_t size, i;
	char *text;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return 1;
	lines(out, "/proc/self/status", status);
	numbers(out);
	descriptors(out);
	link_to(out, "/proc/self/cwd");
	link_to(out, "/proc/self/root");
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		whole_file(out, files[i]);
	if (fclose(out))
		return 1;
	out = fopen("report", "we");
	if (!out || fwrite(text, 1, size, out) != size || fclose(out))
		return 1;
	free(text);
	return 0;
}
