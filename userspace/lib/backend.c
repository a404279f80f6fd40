// SPDX-License-Identifier: MIT
/* Which backend a session uses. */
#include <errno.h>
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

/* The module, else eBPF; an error of both tells both reasons. */
static int open_auto(struct sct_session *s)
{
	char why[SCT_ERROR_MAX];
	int err, first;

	s->backend = &sct_backend_kmod;
	first = open_one(s);
	if (!first)
		return 0;
	close_one(s);
	strcpy(why, s->error);
	/* that there is no module, or that it is for others, is nothing to worry about */
	sct_log(s, first == -ENODEV || first == -EPERM ? SCT_LOG_INFO : SCT_LOG_WARN,
		"backend ebpf: %s", why);
	s->backend = &sct_backend_ebpf;
	err = open_one(s);
	if (!err)
		return 0;
	close_one(s);
	sct_fail_more(s, "; backend kmod: %s", why);
	return first == -EPERM ? first : err;
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
