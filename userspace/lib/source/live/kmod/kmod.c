// SPDX-License-Identifier: MIT
/* The kernel module's backend: a consumer made of descriptors of /dev/sctrace*, see sct_ioctl.h. */
#include <errno.h>
#include <fcntl.h>
#include <linux/ioctl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include "kmod_ring.h"
#include "sct_ioctl.h"

struct kmod {
	int fd;			/* of the consumer, which the rings' descriptors join */
	__u32 kinds;		/* tracepoints in use, see sct_select_kinds() */
};

/* ---- the devices ---- */

static void first_line(char *buf, int size, const char *path)
{
	FILE *f = fopen(path, "re");

	if (!f || !fgets(buf, size, f))
		buf[0] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	if (f)
		fclose(f);
}

/* The module is there, but nobody has made the file: neither udev nor devtmpfs. */
static int no_node(struct sct_driver *d, const char *path, unsigned cpu)
{
	char sys[64], dev[32], *minor;

	snprintf(sys, sizeof(sys), "/sys/class/sctrace/" SCT_DEVICE_NAME "%u/dev", cpu);
	first_line(dev, sizeof(dev), sys);
	minor = strchr(dev, ':');
	if (!minor)
		return sct_fail(d->diag, -ENODEV, "no module loaded (%s: %s)", path, strerror(ENOENT));
	*minor++ = '\0';
	return sct_fail(d->diag, -ENXIO, "the module is loaded, but its file %s is missing: make it, with 'mknod -m 400 %s c %s %s', and likewise those of the other CPUs",
			path, path, dev, minor);
}

static int open_device(struct sct_driver *d, unsigned cpu)
{
	char path[32];
	int fd, err;

	snprintf(path, sizeof(path), "/dev/" SCT_DEVICE_NAME "%u", cpu);
	fd = open(path, O_RDWR | O_CLOEXEC);
	err = -errno;
	if (fd >= 0)
		return fd;
	switch (err) {
	case -ENOENT:
		return no_node(d, path, cpu);
	case -ENXIO:
	case -ENODEV:	/* a file that is left of a module that was unloaded */
		return sct_fail(d->diag, -ENODEV, "no module loaded (%s: %s)", path, strerror(-err));
	case -EACCES:
	case -EPERM:
		return sct_fail(d->diag, -EPERM, "no permission to open %s: run as root, or as a member of the group that was given to the module",
				path);
	}
	return sct_fail(d->diag, err, "cannot open %s: %s%s", path, strerror(-err),
			err == -EMFILE ? " (there is one for each CPU: raise the limit with ulimit -n)" : "");
}

/* ---- open ---- */

static int check_version(struct sct_driver *d, const struct sct_hello *hello)
{
	if (hello->version == SCT_IOC_VERSION && hello->digest == sct_digest())
		return 0;
	return sct_fail(d->diag, -EPROTO, "the loaded module is that of another sctrace: its interface is %u and its tables are %016llx, this library's %u and %016llx; install the module that belongs to it, then 'rmmod sctrace' and 'modprobe sctrace'",
			hello->version, (unsigned long long)hello->digest, SCT_IOC_VERSION,
			(unsigned long long)sct_digest());
}

static int check_kinds(struct sct_driver *d, __u32 needed, __u32 there)
{
	unsigned k;

	for (k = 0; k < SCT_KIND_MAX; k++)
		if (needed & ~there & 1u << k)
			return sct_fail(d->diag, -ENOTSUP, "this kernel has no tracepoint %s for the module, which the chosen events need",
					sct_kind_names[k]);
	return 0;
}

static int say_hello(struct sct_driver *d, struct kmod *b)
{
	struct sct_hello hello = { .sz = sizeof(hello) };
	int err;

	if (ioctl(b->fd, SCT_IOC_HELLO, &hello))
		return sct_fail(d->diag, -EPROTO, "/dev/" SCT_DEVICE_NAME "0 is not what the module makes: %s",
				strerror(errno));
	err = check_version(d, &hello);
	if (!err)
		err = check_kinds(d, b->kinds, hello.kinds);
	d->ncpus = hello.ncpus;
	return err;
}

static int set_up(struct sct_driver *d, const struct kmod *b)
{
	struct sct_want *want = calloc(1, sizeof(*want));
	struct sct_setup setup = {
		.sz = sizeof(setup), .version = SCT_IOC_VERSION, .digest = sct_digest(),
		.want = (unsigned long)want, .config = d->config,
	};
	int err;

	if (!want)
		return sct_fail(d->diag, -ENOMEM, "out of memory");
	sct_select_want(d->sel, want);
	err = ioctl(b->fd, SCT_IOC_SETUP, &setup) ? -errno : 0;
	free(want);
	if (err)
		return sct_fail(d->diag, err, "the module cannot set up rings of %zu bytes for each CPU: %s%s",
				d->opt->ring_size, strerror(-err),
				err == -ENOMEM ? " (take smaller ones)" : "");
	return 0;
}

static int map_scope(struct sct_driver *d, const struct kmod *b)
{
	d->scope = mmap(NULL, SCT_PID_LIMIT, PROT_READ | PROT_WRITE, MAP_SHARED, b->fd,
			SCT_MMAP_SCOPE);
	if (d->scope == MAP_FAILED) {
		d->scope = NULL;
		return sct_fail(d->diag, -errno, "cannot map the module's scope: %s", strerror(errno));
	}
	return 0;
}

int sct_module_loaded(struct sct_module *module)
{
	struct sct_module m = { .sz = module->sz };
	char digest[32];

	if (module->sz != sizeof(m))
		return -EINVAL;
	if (access("/sys/module/" SCT_DEVICE_NAME "/initstate", F_OK))
		return -ENODEV;
	first_line(m.version, sizeof(m.version), "/sys/module/" SCT_DEVICE_NAME "/version");
	first_line(digest, sizeof(digest), "/sys/class/" SCT_DEVICE_NAME "/" SCT_DEVICE_NAME "0/tables");
	m.digest = strtoull(digest, NULL, 16);
	*module = m;
	return 0;
}

static void say_which(struct sct_driver *d)
{
	char version[64];

	first_line(version, sizeof(version), "/sys/module/" SCT_DEVICE_NAME "/version");
	sct_log(d->diag, SCT_LOG_INFO, "backend kmod: the module is loaded (%s%sinterface %u)", version,
		*version ? ", " : "", SCT_IOC_VERSION);
}

static int kmod_open(struct sct_driver *d)
{
	struct kmod *b = calloc(1, sizeof(*b));
	int err;

	d->priv = b;
	if (!b)
		return sct_fail(d->diag, -ENOMEM, "out of memory");
	d->ring_ops = &sct_kmod_ring_ops;
	b->kinds = sct_driver_kinds(d);
	b->fd = open_device(d, 0);
	if (b->fd < 0)
		return b->fd;
	err = say_hello(d, b);
	if (!err)
		err = set_up(d, b);
	if (!err)
		err = map_scope(d, b);
	if (!err)
		say_which(d);
	return err;
}

static int kmod_open_ring(struct sct_driver *d, struct sct_ring *ring)
{
	const struct kmod *b = d->priv;
	int err;

	ring->size = d->opt->ring_size;
	ring->fd = open_device(d, ring->cpu);
	if (ring->fd < 0)
		return ring->fd;
	err = ioctl(ring->fd, SCT_IOC_JOIN, &b->fd) ? -errno : sct_mapped_ring_open(ring);
	if (err)
		return sct_fail(d->diag, err, "cannot get the module's ring of %zu bytes for CPU %u: %s%s",
				ring->size, ring->cpu, strerror(-err),
				err == -ENOMEM ? " (take smaller ones)" : "");
	return 0;
}

static void kmod_close(struct sct_driver *d)
{
	struct kmod *b = d->priv;

	if (!b)
		return;
	if (d->scope)
		munmap(d->scope, SCT_PID_LIMIT);
	d->scope = NULL;
	if (b->fd >= 0)
		close(b->fd);
	free(b);
	d->priv = NULL;
}

/* ---- attach and detach ---- */

static int attach(struct sct_driver *d, __u32 kinds)
{
	const struct kmod *b = d->priv;

	if (ioctl(b->fd, SCT_IOC_ATTACH, &kinds))
		return sct_fail(d->diag, -errno, "the module cannot attach to tracepoints: %s",
				strerror(errno));
	return 0;
}

/* Exit comes first: nobody is given a scope whose end is missed. */
static int kmod_follow(struct sct_driver *d)
{
	const struct kmod *b = d->priv;
	const __u32 first = 1u << SCT_KIND_sched_process_exit;
	const __u32 exec = b->kinds & 1u << SCT_KIND_sched_process_exec;
	int err = attach(d, first);

	return err ? err : attach(d, first | exec | 1u << SCT_KIND_sched_process_fork);
}

static int kmod_start(struct sct_driver *d)
{
	const struct kmod *b = d->priv;

	return attach(d, b->kinds);
}

static void kmod_detach(struct sct_driver *d)
{
	if (attach(d, 0))
		sct_log(d->diag, SCT_LOG_WARN, "%s", d->diag->error);
}

/* ---- running ---- */

static int kmod_counts(struct sct_driver *d, unsigned cpu, struct sct_counts *counts)
{
	struct sct_ioc_counts arg = {
		.sz = sizeof(arg), .cpu = cpu, .counts = (unsigned long)counts,
	};
	const struct kmod *b = d->priv;

	if (!ioctl(b->fd, SCT_IOC_COUNTS, &arg))
		return 0;
	if (errno != ENXIO)
		return sct_fail(d->diag, -errno, "cannot read the module's counters of CPU %u: %s", cpu,
				strerror(errno));
	memset(counts, 0, sizeof(*counts));	/* a number that no CPU has */
	return 0;
}

/* The module sees every call. */
static __u64 kmod_missed(struct sct_driver *d)
{
	(void)d;
	return 0;
}

const struct sct_driver_ops sct_driver_kmod = {
	.name = "kmod",
	.open = kmod_open,
	.open_ring = kmod_open_ring,
	.follow = kmod_follow,
	.start = kmod_start,
	.detach = kmod_detach,
	.close = kmod_close,
	.counts = kmod_counts,
	.missed = kmod_missed,
};
