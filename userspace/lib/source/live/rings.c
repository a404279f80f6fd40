// SPDX-License-Identifier: MIT
/*
 * The rings of a session: one for each CPU, some of which come up later.  What happens there until
 * it is seen waits in a ring of the kernel's, or is counted as dropped.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "session.h"

/* Machines without CPU hot-plug have no file to ask. */
static bool cpu_is_online(unsigned cpu)
{
	char path[64], c = '1';
	FILE *f;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online", cpu);
	f = fopen(path, "re");
	if (f) {
		c = getc(f);
		fclose(f);
	} else {
		*strrchr(path, '/') = '\0';
		if (access(path, F_OK))
			return false;
	}
	return c == '1';
}

static bool has_ring(const struct sct_session *s, unsigned cpu)
{
	unsigned i;

	for (i = 0; i < s->nrings; i++)
		if (s->rings[i].cpu == cpu)
			return true;
	return false;
}

static int open_ring(struct sct_session *s, unsigned cpu)
{
	struct sct_ring *ring = &s->rings[s->nrings];
	int err;

	*ring = (struct sct_ring){ .cpu = cpu, .fd = -1 };
	err = s->backend->open_ring(s, ring);
	if (err)
		s->ring_ops->close(ring);
	else
		s->nrings++;
	return err;
}

int sct_rings_open(struct sct_session *s)
{
	unsigned cpu;
	int err = 0;

	if (!s->rings)
		s->rings = calloc(s->ncpus, sizeof(*s->rings));
	if (!s->rings)
		return sct_fail(s, -ENOMEM, "out of memory");
	for (cpu = 0; cpu < s->ncpus && !err; cpu++)
		if (!has_ring(s, cpu) && cpu_is_online(cpu))
			err = open_ring(s, cpu);
	return err;
}

void sct_rings_close(struct sct_session *s)
{
	while (s->nrings)
		s->ring_ops->close(&s->rings[--s->nrings]);
	free(s->rings);
	s->rings = NULL;
}
