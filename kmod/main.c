// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The module: its parameters, devices and their counters in sysfs. */
#include "kmod.h"
#include "probes.h"
#include <linux/cdev.h>
#include <linux/cpu.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "digest.h"
#include "sct_version.h"

static int group = -1;
module_param(group, int, 0444);
MODULE_PARM_DESC(group, "Id of a group that may trace, beside root");

static dev_t first_dev;
static struct cdev cdev;
static struct class *class;
static struct device **devices;	/* by CPU */

u64 sct_digest(void)
{
	return SCT_DIGEST;
}

/* ---- /sys/class/sctrace/sctrace0/tables: what `modinfo -F tables` shows of a module in a file ---- */

static ssize_t tables_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%s\n", SCT_DIGEST_TEXT);
}
static DEVICE_ATTR(tables, 0444, tables_show, NULL);

/* ---- counters: /sys/class/sctrace/sctrace0/seen and so on, since the module was loaded ---- */

static int cpu_of(const struct device *dev)
{
	return MINOR(dev->devt);
}

#define COUNTER(name, member)							\
	static ssize_t name##_show(struct device *dev, struct device_attribute *attr,	\
				   char *buf)					\
	{									\
		struct sct_total total;						\
										\
		sct_consumers_total(cpu_of(dev), &total);			\
		return sprintf(buf, "%llu\n", (unsigned long long)total.member);	\
	}									\
	static DEVICE_ATTR(name, 0444, name##_show, NULL);
COUNTER(seen, seen)
COUNTER(filtered, filtered)
COUNTER(delivered, delivered)
#define X(tok, text) COUNTER(dropped_##tok, dropped[SCT_DROP_##tok])
SCT_DROPS(X)
#undef X

static struct attribute *attributes[] = {
	&dev_attr_tables.attr,
	&dev_attr_seen.attr, &dev_attr_filtered.attr, &dev_attr_delivered.attr,
#define X(tok, text) &dev_attr_dropped_##tok.attr,
	SCT_DROPS(X)
#undef X
	NULL,
};

static const struct attribute_group attribute_group = { .attrs = attributes };
static const struct attribute_group *attribute_groups[] = { &attribute_group, NULL };

/* ---- devices ---- */

static char *devnode(SCT_CONST_DEVICE *dev, umode_t *mode, kuid_t *uid, kgid_t *gid)
{
	if (!mode)	/* the device goes */
		return NULL;
	*mode = 0400;
	if (group >= 0) {
		*mode = 0660;	/* who reads moves the reader's position, too */
		*gid = make_kgid(&init_user_ns, group);
	}
	return NULL;
}

static const struct device_type device_type = {
	.name = "sctrace",
	.groups = attribute_groups,
	.devnode = devnode,
};

static void free_device(struct device *dev)
{
	kfree(dev);
}

static int add_device(int cpu)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	int err;

	if (!dev)
		return -ENOMEM;
	device_initialize(dev);
	dev->class = class;
	dev->type = &device_type;
	dev->devt = MKDEV(MAJOR(first_dev), cpu);
	dev->release = free_device;
	err = dev_set_name(dev, SCT_DEVICE_NAME "%d", cpu);
	if (!err)
		err = device_add(dev);
	if (err)
		put_device(dev);
	else
		devices[cpu] = dev;
	return err;
}

static void remove_devices(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		if (devices[cpu])
			device_unregister(devices[cpu]);
	kfree(devices);
}

static int add_devices(void)
{
	int cpu, err = 0;

	devices = kcalloc(nr_cpu_ids, sizeof(*devices), GFP_KERNEL);
	if (!devices)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		if (!err)
			err = add_device(cpu);
	if (err)
		remove_devices();
	return err;
}

static int add_class(void)
{
	int err;

	class = sct_class_create(SCT_DEVICE_NAME);
	if (IS_ERR(class))
		return PTR_ERR(class);
	err = add_devices();
	if (err)
		class_destroy(class);
	return err;
}

static int add_cdev(void)
{
	int err = alloc_chrdev_region(&first_dev, 0, nr_cpu_ids, SCT_DEVICE_NAME);

	if (err)
		return err;
	cdev_init(&cdev, &sct_fops);
	cdev.owner = THIS_MODULE;
	err = cdev_add(&cdev, first_dev, nr_cpu_ids);
	if (err)
		unregister_chrdev_region(first_dev, nr_cpu_ids);
	return err;
}

static void remove_cdev(void)
{
	cdev_del(&cdev);
	unregister_chrdev_region(first_dev, nr_cpu_ids);
}

/* ---- load and unload ---- */

static int __init sctrace_init(void)
{
	int err;

	sct_fill_init();
	sct_probes_init();
	err = sct_consumers_init();
	if (err)
		return err;
	err = sct_hotplug_init(sct_consumers_add_cpu);
	if (err)
		goto err_consumers;
	err = add_cdev();
	if (err)
		goto err_hotplug;
	err = add_class();
	if (err)
		goto err_cdev;
	return 0;

err_cdev:
	remove_cdev();
err_hotplug:
	sct_hotplug_exit();
err_consumers:
	sct_consumers_exit();
	return err;
}

/* Nobody has a device open, or we would not be here. */
static void __exit sctrace_exit(void)
{
	remove_devices();
	class_destroy(class);
	remove_cdev();
	sct_hotplug_exit();
	sct_consumers_exit();
	sct_probes_exit();
}

module_init(sctrace_init);
module_exit(sctrace_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("System calls and other events of all processes, for sctrace");
MODULE_VERSION(SCT_VERSION);
MODULE_INFO(tables, SCT_DIGEST_TEXT);
