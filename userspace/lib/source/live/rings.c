// SPDX-License-Identifier: MIT
/*
 * The rings of the live source: one for each CPU, some of which come up later.  What happens there until
 * it is seen waits in a ring of the kernel's, or is counted as dropped.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "live.h"

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

static bool has_ring(const struct sct_live *live, unsigned cpu)
{
	unsigned i;

	for (i = 0; i < live->nrings; i++)
		if (live->rings[i].cpu == cpu)
			return true;
	return false;
}

static int open_ring(struct sct_live *live, unsigned cpu)
{
	struct sct_ring *ring = &live->rings[live->nrings];
	int err;

	*ring = (struct sct_ring){ .cpu = cpu, .fd = -1 };
	err = live->driver.ops->open_ring(&live->driver, ring);
	if (err)
		live->driver.ring_ops->close(ring);
	else
		live->nrings++;
	return err;
}

int sct_rings_open(struct sct_live *live)
{
	unsigned cpu;
	int err = 0;

	if (!live->rings)
		live->rings = calloc(live->driver.ncpus, sizeof(*live->rings));
	if (!live->rings)
		return sct_fail(live->source.diag, -ENOMEM, "out of memory");
	for (cpu = 0; cpu < live->driver.ncpus && !err; cpu++)
		if (!has_ring(live, cpu) && cpu_is_online(cpu))
			err = open_ring(live, cpu);
	return err;
}

void sct_rings_close(struct sct_live *live)
{
	while (live->nrings)
		live->driver.ring_ops->close(&live->rings[--live->nrings]);
	free(live->rings);
	live->rings = NULL;
}
