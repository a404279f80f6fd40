// SPDX-License-Identifier: MIT
/*
 * bpf_left: has sctrace left BPF programs behind?  Those are: called like its own, and no process
 * has them open.  (A link keeps its program.)  The kernel frees late, hence the wait; what comes up
 * meanwhile is another sctrace's.  Exit status 1 with a list when some stay.
 *
 * Maps are not looked at: 6.18 was seen to keep an empty prog array, to which nothing refers, of a
 * process that was killed while it loaded a program.
 */
#include <ctype.h>
#include <dirent.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MAX	  65536
#define TRIES	  300
#define PAUSE_MS  100

struct thing {
	unsigned id;
	char name[BPF_OBJ_NAME_LEN];
	bool held;
};

static struct thing things[MAX];
static unsigned nthings;

static long bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	return syscall(__NR_bpf, cmd, attr, sizeof(*attr));
}

/* false: it is gone */
static bool name_of(unsigned id, char name[BPF_OBJ_NAME_LEN])
{
	union bpf_attr open = { .prog_id = id }, query = { 0 };
	struct bpf_prog_info info = { 0 };
	long fd = bpf(BPF_PROG_GET_FD_BY_ID, &open);
	bool there;

	if (fd < 0)
		return false;
	query.info.bpf_fd = fd;
	query.info.info_len = sizeof(info);
	query.info.info = (unsigned long)&info;
	there = !bpf(BPF_OBJ_GET_INFO_BY_FD, &query);
	if (there)
		memcpy(name, info.name, BPF_OBJ_NAME_LEN);
	close(fd);
	return there;
}

static void collect(void)
{
	union bpf_attr next = { 0 };
	struct thing t = { 0 };

	while (!bpf(BPF_PROG_GET_NEXT_ID, &next) && nthings < MAX) {
		t.id = next.start_id = next.next_id;
		if (name_of(t.id, t.name) && !strncmp(t.name, "sct", 3))
			things[nthings++] = t;
	}
}

/* A process has it open. */
static void hold(unsigned id)
{
	unsigned i;

	for (i = 0; i < nthings; i++)
		if (things[i].id == id)
			things[i].held = true;
}

static void look_at(const char *fdinfo)
{
	FILE *f = fopen(fdinfo, "re");
	char line[256];
	unsigned id;

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "prog_id: %u", &id) == 1)
			hold(id);
	if (f)
		fclose(f);
}

static void look_at_process(const char *pid)
{
	char path[600];
	struct dirent *e;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%s/fdinfo", pid);
	dir = opendir(path);
	while (dir && (e = readdir(dir))) {
		snprintf(path, sizeof(path), "/proc/%s/fdinfo/%s", pid, e->d_name);
		if (isdigit((unsigned char)*e->d_name))
			look_at(path);
	}
	if (dir)
		closedir(dir);
}

/* Only what was left the last time and still is. */
static void keep_left(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *e;
	unsigned i, n = 0;

	while (proc && (e = readdir(proc)))
		if (isdigit((unsigned char)*e->d_name))
			look_at_process(e->d_name);
	if (proc)
		closedir(proc);
	for (i = 0; i < nthings; i++)
		if (!things[i].held && name_of(things[i].id, things[i].name))
			things[n++] = things[i];
	nthings = n;
}

int main(void)
{
	const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000l };
	unsigned i;

	collect();
	for (i = 0; i < TRIES && nthings; i++) {
		keep_left();
		if (nthings)
			nanosleep(&pause, NULL);
	}
	for (i = 0; i < nthings; i++)
		printf("program %u %s\n", things[i].id, things[i].name);
	return nthings ? EXIT_FAILURE : EXIT_SUCCESS;
}
