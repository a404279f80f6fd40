// SPDX-License-Identifier: MIT
/* Which backend a session uses. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "session.h"

static const struct sct_backend *const backends[] = { &sct_backend_kmod, &sct_backend_ebpf };

#define NBACKENDS (sizeof(backends) / sizeof(*backends))

/* The name of an option that only means something for eBPF; NULL when there is none. */
static const char *ebpf_option(const struct sct_session *s)
{
	return s->opt.btf ? "btf" : s->opt.perf_buffer ? "perf_buffer" :
	       s->opt.bpf_object ? "bpf_object" : NULL;
}

int sct_backend_choose(struct sct_session *s)
{
	const char *name = s->opt.backend ? s->opt.backend : "auto", *option = ebpf_option(s);
	unsigned i;

	s->backend = NULL;
	for (i = 0; i < NBACKENDS; i++)
		if (!strcmp(name, backends[i]->name))
			s->backend = backends[i];
	if (!s->backend && strcmp(name, "auto"))
		return sct_fail(s, -EINVAL, "unknown backend '%s'; there are auto, kmod and ebpf", name);
	if (s->backend == &sct_backend_kmod && option)
		return sct_fail(s, -EINVAL, "option %s is for backend ebpf, and backend kmod is asked for",
				option);
	if (s->backend == &sct_backend_ebpf)
		sct_log(s, SCT_LOG_INFO, "backend ebpf: asked for");
	if (!s->backend && option) {
		s->backend = &sct_backend_ebpf;
		sct_log(s, SCT_LOG_INFO, "backend ebpf: option %s is for it alone", option);
	}
	return 0;
}

static int open_one(struct sct_session *s)
{
	int err = s->backend->open(s);

	return err ? err : sct_rings_open(s);
}

static void close_one(struct sct_session *s)
{
	s->backend->close(s);
	sct_rings_close(s);
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
static const struct sct_backend *decided(const struct sct_session *s)
{
	struct state state = { "", "", "" };
	FILE *f = fopen(STATE_FILE, "re");

	if (!f) {
		sct_log(s, SCT_LOG_INFO, "sctrace-driver-loader has decided nothing (" STATE_FILE ": %s)",
			strerror(errno));
		return &sct_backend_kmod;
	}
	read_state(&state, f);
	fclose(f);
	if (!is_this_boot(state.boot)) {
		sct_log(s, SCT_LOG_INFO, "what " STATE_FILE " says was decided before the machine was booted, and does not count");
	} else if (!strcmp(state.backend, sct_backend_ebpf.name)) {
		sct_log(s, SCT_LOG_INFO, "backend ebpf goes first: so sctrace-driver-loader has decided (%s)",
			state.reason);
		return &sct_backend_ebpf;
	} else if (strcmp(state.backend, sct_backend_kmod.name) != 0) {
		sct_log(s, SCT_LOG_INFO, "sctrace-driver-loader could make no backend ready (%s)",
			state.reason);
	}
	return &sct_backend_kmod;
}

/* One, else the other; an error of both tells both reasons. */
static int open_auto(struct sct_session *s)
{
	const struct sct_backend *first = decided(s);
	const struct sct_backend *second = first == backends[0] ? backends[1] : backends[0];
	char why[SCT_ERROR_MAX];
	int err, cause;

	s->backend = first;
	cause = open_one(s);
	if (!cause)
		return 0;
	close_one(s);
	strcpy(why, s->error);
	/* that there is no module, or that it is for others, is nothing to worry about */
	sct_log(s, cause == -ENODEV || cause == -EPERM ? SCT_LOG_INFO : SCT_LOG_WARN,
		"backend %s: %s", second->name, why);
	s->backend = second;
	err = open_one(s);
	if (!err)
		return 0;
	close_one(s);
	sct_fail_more(s, "; backend %s: %s", first->name, why);
	return cause == -EPERM ? cause : err;
}

/* ---- what a backend is asked for before it traces ---- */

const struct sct_event_info *sct_missing(const struct sct_session *s, unsigned i, const char **program)
{
	return s->started && s->backend->missing ? s->backend->missing(s, i, program) : NULL;
}

unsigned sct_rings(const struct sct_session *s, size_t *size)
{
	*size = s->opt.ring_size;
	return s->nrings;
}

int sct_backend_open(struct sct_session *s)
{
	int err;

	if (!s->backend)
		return open_auto(s);
	err = open_one(s);
	if (err == -ENODEV)
		sct_fail_more(s, ": load it, with 'modprobe sctrace'");
	return err;
}

void sct_backend_close(struct sct_session *s)
{
	if (s->backend)
		close_one(s);
	s->backend = NULL;
}
