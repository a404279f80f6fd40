// SPDX-License-Identifier: MIT
/* The options of a session: checked, with the defaults filled in. */
#include <errno.h>
#include <string.h>
#include "session.h"
#include "sct_config.h"

#define RING_DEFAULT	(4u << 20)

_Static_assert((int)SCT_RESULTS_SUCCESS == SCT_PASS_SUCCESS &&
	       (int)SCT_RESULTS_ERROR == SCT_PASS_ERROR, "the public results are the kernel side's");

/* How much of what is kept; 0 is the default. */
static int take_sizes(struct sct_session *s)
{
	size_t size;

	if (!s->opt.snaplen)
		s->opt.snaplen = SCT_SNAPLEN_DEF;
	if (s->opt.snaplen > SCT_SNAPLEN_MAX)
		return sct_fail(&s->diag, -EINVAL, "snaplen %u is above the limit of %u bytes",
				s->opt.snaplen, SCT_SNAPLEN_MAX);
	if (s->opt.argv_max > SCT_ARGV_MAX)
		return sct_fail(&s->diag, -EINVAL, "argv_max %u is above the limit of %u bytes",
				s->opt.argv_max, SCT_ARGV_MAX);
	if (!s->opt.ring_size)
		s->opt.ring_size = RING_DEFAULT;
	if (s->opt.ring_size > SCT_RING_MAX)
		return sct_fail(&s->diag, -EINVAL, "ring size %zu is above the limit of 1 GiB per CPU",
				s->opt.ring_size);
	size = s->opt.argv_max > SCT_ARGV_DEF || s->opt.files ? SCT_RING_LARGE : SCT_RING_MIN;
	while (size < s->opt.ring_size)
		size *= 2;
	s->opt.ring_size = size;
	return 0;
}

int sct_options_take(struct sct_session *s, const struct sct_options *o)
{
	if (o && (o->sz < sizeof(o->sz) || o->sz > sizeof(*o)))
		return sct_fail(&s->diag, -EINVAL, "sct_options.sz is %zu; this library knows up to %zu",
				o->sz, sizeof(*o));
	if (o)
		memcpy(&s->opt, o, o->sz);
	s->diag.log = s->opt.log;
	s->diag.log_ctx = s->opt.log_ctx;
	s->opt.files |= s->opt.file_details;
	if ((unsigned)s->opt.results > SCT_RESULTS_ERROR)
		return sct_fail(&s->diag, -EINVAL, "results is %d: none of SCT_RESULTS_*", s->opt.results);
	if ((s->opt.enter || s->opt.snapshot) && s->opt.results)
		return sct_fail(&s->diag, -EINVAL, "records at entry have no result that could be chosen by");
	if (s->opt.npids && !s->opt.pids)
		return sct_fail(&s->diag, -EINVAL, "npids is %u, but pids is NULL", s->opt.npids);
	if (s->opt.armed < 0 || s->opt.armed >= (pid_t)SCT_PID_LIMIT)
		return sct_fail(&s->diag, -EINVAL, "armed is %d: no process id", s->opt.armed);
	s->whole = !s->opt.npids && !s->opt.armed;
	return take_sizes(s);
}
