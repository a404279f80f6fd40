// SPDX-License-Identifier: MIT
/*
 * CPUs that come and go: the kernel tells of it at once, by a message of which nothing but its
 * arrival is used.  Where there is no such socket, it is looked every second.
 */
#include <ctype.h>
#include <errno.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "live.h"

static int open_socket(void)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK, .nl_groups = 1 };	/* of the kernel's own */
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);

	if (fd >= 0 && bind(fd, (struct sockaddr *)&addr, sizeof(addr))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* "0-3,8": a bool for each CPU; false when it cannot be told. */
static bool read_online(bool *online, unsigned ncpus)
{
	FILE *f = fopen("/sys/devices/system/cpu/online", "re");
	unsigned first, last, cpu;
	int c = ',';

	if (!f)
		return false;
	memset(online, 0, ncpus * sizeof(*online));
	while (c == ',' && fscanf(f, "%u", &first) == 1) {
		last = first;
		c = getc(f);
		if (c == '-') {
			if (fscanf(f, "%u", &last) != 1)
				break;
			c = getc(f);
		}
		for (cpu = first; cpu <= last && cpu < ncpus; cpu++)
			online[cpu] = true;
	}
	fclose(f);
	return true;
}

int sct_cpus_open(struct sct_live *live)
{
	live->cpus.fd = open_socket();
	live->cpus.online = calloc(2 * live->driver.ncpus, sizeof(*live->cpus.online));
	if (!live->cpus.online)
		return sct_fail(live->source.diag, -ENOMEM, "out of memory");
	live->cpus.known = read_online(live->cpus.online, live->driver.ncpus);
	return 0;
}

void sct_cpus_close(struct sct_live *live)
{
	if (live->cpus.online && live->cpus.fd >= 0)
		close(live->cpus.fd);
	free(live->cpus.online);
	live->cpus.online = NULL;
}

bool sct_cpus_told(struct sct_live *live)
{
	char message[4096];
	bool told = false;

	while (live->cpus.fd >= 0 && (recv(live->cpus.fd, message, sizeof(message), 0) >= 0 || errno == ENOBUFS))
		told = true;
	return told;
}

/* What does not fit is seen the next time. */
void sct_cpus_look(struct sct_live *live, __u64 now)
{
	struct sct_cpus *c = &live->cpus;
	bool *online = c->online + live->driver.ncpus;
	unsigned cpu;

	if (!c->known || !read_online(online, live->driver.ncpus))
		return;
	for (cpu = 0; cpu < live->driver.ncpus && c->nchanges < SCT_CPU_CHANGES; cpu++) {
		if (online[cpu] == c->online[cpu])
			continue;
		c->online[cpu] = online[cpu];
		c->changes[c->nchanges++] = (struct sct_hotplug){
			.rec = {
				.len = sizeof(*c->changes), .type = SCT_EV_cpu_hotplug, .row = SCT_SYS_NONE,
				.nparams = SCT_NPARAMS(cpu_hotplug), .ts = now,
			},
			.len = { sizeof(__u32), sizeof(__u32) },
			.cpu = cpu,
			.action = online[cpu] ? SCT_CPU_ONLINE : SCT_CPU_DEAD,
		};
	}
}
