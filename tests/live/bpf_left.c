// SPDX-License-Identifier: MIT
/*
 * bpf_left: has sctrace left BPF programs or maps behind?  Those are: called like its own, and no
 * process has them open.  (A link keeps its program.)  The kernel frees late, hence the wait; what
 * comes up meanwhile is another sctrace's.  Exit status 1 with a list when some stay.
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
	bool map;
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
static bool name_of(bool map, unsigned id, char name[BPF_OBJ_NAME_LEN])
{
	union bpf_attr open = { .prog_id = id }, query = { 0 };	/* map_id is at the same place */
	struct bpf_prog_info prog = { 0 };
	struct bpf_map_info info = { 0 };
	long fd = bpf(map ? BPF_MAP_GET_FD_BY_ID : BPF_PROG_GET_FD_BY_ID, &open);
	bool there;

	if (fd < 0)
		return false;
	query.info.bpf_fd = fd;
	query.info.info_len = map ? sizeof(info) : sizeof(prog);
	query.info.info = (unsigned long)(map ? (void *)&info : (void *)&prog);
	there = !bpf(BPF_OBJ_GET_INFO_BY_FD, &query);
	if (there)
		memcpy(name, map ? info.name : prog.name, BPF_OBJ_NAME_LEN);
	close(fd);
	return there;
}

static void collect(bool map)
{
	union bpf_attr next = { 0 };
	struct thing t = { .map = map };

	while (!bpf(map ? BPF_MAP_GET_NEXT_ID : BPF_PROG_GET_NEXT_ID, &next) && nthings < MAX) {
		t.id = next.start_id = next.next_id;
		if (name_of(map, t.id, t.name) && !strncmp(t.name, "sct", 3))
			things[nthings++] = t;
	}
}

/* A process has it open. */
static void hold(bool map, unsigned id)
{
	unsigned i;

	for (i = 0; i < nthings; i++)
		if (things[i].map == map && things[i].id == id)
			things[i].held = true;
}

static void look_at(const char *fdinfo)
{
	FILE *f = fopen(fdinfo, "re");
	char line[256];
	unsigned id;

	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "prog_id: %u", &id) == 1)
			hold(false, id);
		else if (sscanf(line, "map_id: %u", &id) == 1)
			hold(true, id);
	}
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
		if (!things[i].held && name_of(things[i].map, things[i].id, things[i].name))
			things[n++] = things[i];
	nthings = n;
}

int main(void)
{
	const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000l };
	unsigned i;

	collect(false);
	collect(true);
	for (i = 0; i < TRIES && nthings; i++) {
		keep_left();
		if (nthings)
			nanosleep(&pause, NULL);
	}
	for (i = 0; i < nthings; i++)
		printf("%s %u %s\n", things[i].map ? "map" : "program", things[i].id, things[i].name);
	return nthings ? EXIT_FAILURE : EXIT_SUCCESS;
}
