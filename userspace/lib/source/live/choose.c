// SPDX-License-Identifier: MIT
/* Which driver the live source uses. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "live.h"

static const struct sct_driver_ops *const drivers[] = { &sct_driver_kmod, &sct_driver_ebpf };

#define NDRIVERS (sizeof(drivers) / sizeof(*drivers))

/* The name of an option that only means something for eBPF; NULL when there is none. */
static const char *ebpf_option(const struct sct_live *live)
{
	return live->driver.opt->btf ? "btf" : live->driver.opt->perf_buffer ? "perf_buffer" :
	       live->driver.opt->bpf_object ? "bpf_object" : NULL;
}

int sct_driver_choose(struct sct_live *live)
{
	const char *name = live->driver.opt->backend ? live->driver.opt->backend : "auto", *option = ebpf_option(live);
	unsigned i;

	live->driver.ops = NULL;
	for (i = 0; i < NDRIVERS; i++)
		if (!strcmp(name, drivers[i]->name))
			live->driver.ops = drivers[i];
	if (!live->driver.ops && strcmp(name, "auto"))
		return sct_fail(live->driver.diag, -EINVAL, "unknown backend '%s'; there are auto, kmod and ebpf", name);
	if (live->driver.ops == &sct_driver_kmod && option)
		return sct_fail(live->driver.diag, -EINVAL, "option %s is for backend ebpf, and backend kmod is asked for",
				option);
	if (live->driver.ops == &sct_driver_ebpf)
		sct_log(live->driver.diag, SCT_LOG_INFO, "backend ebpf: asked for");
	if (!live->driver.ops && option) {
		live->driver.ops = &sct_driver_ebpf;
		sct_log(live->driver.diag, SCT_LOG_INFO, "backend ebpf: option %s is for it alone", option);
	}
	return 0;
}

static int open_one(struct sct_live *live)
{
	int err = live->driver.ops->open(&live->driver);

	return err ? err : sct_rings_open(live);
}

static void close_one(struct sct_live *live)
{
	live->driver.ops->close(&live->driver);
	sct_rings_close(live);
}

/* ---- what sctrace-driver-loader decided, in lines of key=value ---- */

#define STATE_FILE "/run/sctrace/driver"

struct state {
	char backend[16], boot[64], reason[256];
};

static void take_value(char *value, size_t size, const char *line, const char *key)
{
	size_t n = strlen(key);

	if (!strncmp(line, key, n) && line[n] == '=')
		snprintf(value, size, "%.*s", (int)strcspn(line + n + 1, "\n"), line + n + 1);
}

static void read_state(struct state *state, FILE *f)
{
	char line[512];

	while (fgets(line, sizeof(line), f)) {
		take_value(state->backend, sizeof(state->backend), line, "backend");
		take_value(state->boot, sizeof(state->boot), line, "boot");
		take_value(state->reason, sizeof(state->reason), line, "reason");
	}
}

static bool is_this_boot(const char *boot)
{
	FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");
	char line[64] = "";
	bool is = f && fgets(line, sizeof(line), f);

	if (f)
		fclose(f);
	line[strcspn(line, "\n")] = '\0';
	return is && !strcmp(line, boot);
}

/* The backend to try first, where there is no decision the module. */
static const struct sct_driver_ops *decided(const struct sct_live *live)
{
	struct state state = { "", "", "" };
	FILE *f = fopen(STATE_FILE, "re");

	if (!f) {
		sct_log(live->driver.diag, SCT_LOG_INFO, "sctrace-driver-loader has decided nothing (" STATE_FILE ": %s)",
			strerror(errno));
		return &sct_driver_kmod;
	}
	read_state(&state, f);
	fclose(f);
	if (!is_this_boot(state.boot)) {
		sct_log(live->driver.diag, SCT_LOG_INFO, "what " STATE_FILE " says was decided before the machine was booted, and does not count");
	} else if (!strcmp(state.backend, sct_driver_ebpf.name)) {
		sct_log(live->driver.diag, SCT_LOG_INFO, "backend ebpf goes first: so sctrace-driver-loader has decided (%s)",
			state.reason);
		return &sct_driver_ebpf;
	} else if (strcmp(state.backend, sct_driver_kmod.name) != 0) {
		sct_log(live->driver.diag, SCT_LOG_INFO, "sctrace-driver-loader could make no backend ready (%s)",
			state.reason);
	}
	return &sct_driver_kmod;
}

/* One, else the other; an error of both tells both reasons. */
static int open_auto(struct sct_live *live)
{
	const struct sct_driver_ops *first = decided(live);
	const struct sct_driver_ops *second = first == drivers[0] ? drivers[1] : drivers[0];
	char why[SCT_ERROR_MAX];
	int err, cause;

	live->driver.ops = first;
	cause = open_one(live);
	if (!cause)
		return 0;
	close_one(live);
	strcpy(why, live->driver.diag->error);
	/* that there is no module, or that it is for others, is nothing to worry about */
	sct_log(live->driver.diag, cause == -ENODEV || cause == -EPERM ? SCT_LOG_INFO : SCT_LOG_WARN,
		"backend %s: %s", second->name, why);
	live->driver.ops = second;
	err = open_one(live);
	if (!err)
		return 0;
	close_one(live);
	sct_fail_more(live->driver.diag, "; backend %s: %s", first->name, why);
	return cause == -EPERM ? cause : err;
}

int sct_driver_open(struct sct_live *live)
{
	int err;

	if (!live->driver.ops)
		return open_auto(live);
	err = open_one(live);
	if (err == -ENODEV)
		sct_fail_more(live->driver.diag, ": load it, with 'modprobe sctrace'");
	return err;
}

void sct_driver_close(struct sct_live *live)
{
	if (live->driver.ops)
		close_one(live);
	live->driver.ops = NULL;
}
