// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The devices' files: what user space can do with them, see sct_ioctl.h. */
#include "kmod.h"
#include "probes.h"
#include <linux/file.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct sct_file {
	spinlock_t lock;
	struct sct_consumer *consumer;	/* changes once at most, while that is not set up */
	int cpu;
};

static int sct_open(struct inode *inode, struct file *file)
{
	struct sct_file *f = kzalloc(sizeof(*f), GFP_KERNEL);

	if (!f)
		return -ENOMEM;
	f->cpu = iminor(inode);
	spin_lock_init(&f->lock);
	f->consumer = sct_consumer_new();
	if (!f->consumer) {
		kfree(f);
		return -ENOMEM;
	}
	file->private_data = f;
	return nonseekable_open(inode, file);
}

static int sct_release(struct inode *inode, struct file *file)
{
	struct sct_file *f = file->private_data;

	sct_consumer_put(f->consumer);
	kfree(f);
	return 0;
}

/*
 * The consumer; NULL when it is not set up.  Once it is, it is this file's to the end: whoever
 * holds the file needs no reference.
 */
static struct sct_consumer *ready_consumer(struct sct_file *f)
{
	struct sct_consumer *c;

	spin_lock(&f->lock);
	c = sct_consumer_ready(f->consumer) ? f->consumer : NULL;
	spin_unlock(&f->lock);
	return c;
}

/* ---- ioctl ---- */

/*
 * A struct of user space's that begins with its size: what it lacks is 0, what is behind must be 0,
 * for we don't know it.  As copy_struct_from_user() of Linux 5.4.
 */
static int copy_sized(void *dst, u32 size, const void __user *src)
{
	u32 usize, i;
	u8 c;

	if (get_user(usize, (const u32 __user *)src))
		return -EFAULT;
	if (usize < sizeof(usize) || usize > PAGE_SIZE)
		return -EINVAL;
	memset(dst, 0, size);
	if (copy_from_user(dst, src, min(usize, size)))
		return -EFAULT;
	for (i = size; i < usize; i++) {
		if (get_user(c, (const u8 __user *)src + i))
			return -EFAULT;
		if (c)
			return -E2BIG;
	}
	return *(u32 *)dst == usize ? 0 : -EINVAL;	/* it changed under our eyes */
}

static long hello(struct sct_file *f, struct sct_hello __user *arg)
{
	struct sct_hello h;
	u32 size;
	int err = copy_sized(&h, sizeof(h), arg);

	if (err)
		return err;
	size = min_t(u32, h.sz, sizeof(h));
	h = (struct sct_hello){
		.sz = size, .version = SCT_IOC_VERSION, .digest = sct_digest(), .cpu = f->cpu,
		.ncpus = nr_cpu_ids, .kinds = sct_kinds_there,
	};
	return copy_to_user(arg, &h, size) ? -EFAULT : 0;
}

static long setup(struct sct_file *f, struct sct_setup __user *arg)
{
	struct sct_consumer *c;
	struct sct_setup s;
	int err = copy_sized(&s, sizeof(s), arg);

	if (err)
		return err;
	spin_lock(&f->lock);
	c = f->consumer;
	kref_get(&c->files);
	spin_unlock(&f->lock);
	err = sct_consumer_setup(c, &s, f->cpu);
	sct_consumer_put(c);
	return err;
}

/* Take the place of our own consumer, which nobody has used. */
static int change_consumer(struct sct_file *f, struct sct_consumer *c)
{
	struct sct_consumer *own;
	int err = -EBUSY;

	spin_lock(&f->lock);
	own = f->consumer;
	if (!sct_consumer_ready(own) && own != c) {
		f->consumer = c;
		err = 0;
	}
	spin_unlock(&f->lock);
	if (!err)
		sct_consumer_put(own);
	return err;
}

static long join(struct sct_file *f, const s32 __user *arg)
{
	struct sct_consumer *c = NULL;
	struct file *other;
	s32 fd;
	int err;

	if (get_user(fd, arg))
		return -EFAULT;
	other = fget(fd);
	if (!other)
		return -EBADF;
	err = -EINVAL;
	if (other->f_op == &sct_fops)
		c = ready_consumer(other->private_data);
	if (c)
		kref_get(&c->files);
	fput(other);
	if (!c)
		return err;
	err = sct_consumer_add_ring(c, f->cpu);
	if (!err)
		err = change_consumer(f, c);
	if (err)
		sct_consumer_put(c);
	return err;
}

static long attach(struct sct_consumer *c, const u32 __user *arg)
{
	u32 kinds;

	if (get_user(kinds, arg))
		return -EFAULT;
	if (kinds >> SCT_KIND_MAX)
		return -EINVAL;
	if (kinds & ~sct_kinds_there)
		return -ENXIO;
	return sct_consumer_attach(c, kinds);
}

static long want(struct sct_consumer *c, const u64 __user *arg)
{
	u64 uptr;

	if (copy_from_user(&uptr, arg, sizeof(uptr)))
		return -EFAULT;
	return sct_consumer_set_want(c, uptr);
}

static long counts(struct sct_consumer *c, struct sct_ioc_counts __user *arg)
{
	struct sct_ioc_counts a;
	struct sct_ring *ring;
	int err = copy_sized(&a, sizeof(a), arg);

	if (err)
		return err;
	if (a.cpu >= nr_cpu_ids)
		return -ENXIO;
	ring = c->rings[sct_index(a.cpu, nr_cpu_ids)];
	if (!ring)
		return -ENXIO;
	if (copy_to_user((void __user *)(unsigned long)a.counts, &ring->n, sizeof(ring->n)))
		return -EFAULT;
	return 0;
}

static long with_consumer(struct sct_consumer *c, unsigned int cmd, void __user *arg)
{
	switch (cmd) {
	case SCT_IOC_ATTACH:
		return attach(c, arg);
	case SCT_IOC_WANT:
		return want(c, arg);
	case SCT_IOC_COUNTS:
		return counts(c, arg);
	}
	return -ENOTTY;
}

static long sct_ioctl(struct file *file, unsigned int cmd, unsigned long uptr)
{
	struct sct_file *f = file->private_data;
	void __user *arg = (void __user *)uptr;
	struct sct_consumer *c;

	switch (cmd) {
	case SCT_IOC_HELLO:
		return hello(f, arg);
	case SCT_IOC_SETUP:
		return setup(f, arg);
	case SCT_IOC_JOIN:
		return join(f, arg);
	}
	c = ready_consumer(f);
	return c ? with_consumer(c, cmd, arg) : -EINVAL;
}

/* ---- mmap and poll ---- */

/* Does no more than look and map: the caller holds the lock of the address space. */
static int sct_mmap(struct file *file, struct vm_area_struct *vma)
{
	const unsigned long scope = SCT_MMAP_SCOPE >> PAGE_SHIFT;
	struct sct_file *f = file->private_data;
	struct sct_consumer *c = ready_consumer(f);

	if (!c)
		return -EINVAL;
	if (vma->vm_pgoff >= scope)
		return sct_mem_mmap(&c->scope_mem, vma, vma->vm_pgoff - scope);
	return sct_ring_mmap(c->rings[f->cpu], vma);
}

static sct_poll_t sct_poll(struct file *file, poll_table *wait)
{
	struct sct_file *f = file->private_data;
	struct sct_consumer *c = ready_consumer(f);
	struct sct_ring *ring;
	sct_poll_t ready = 0;

	if (!c)
		return SCT_POLL_ERR;
	ring = c->rings[f->cpu];
	poll_wait(file, &ring->wait, wait);
	if (sct_ring_readable(ring))
		ready = SCT_POLL_IN;
	else
		sct_consumer_will_wait(c);
	return ready;
}

const struct file_operations sct_fops = {
	.owner = THIS_MODULE,
	.open = sct_open,
	.release = sct_release,
	.unlocked_ioctl = sct_ioctl,
	.compat_ioctl = sct_ioctl,
	.mmap = sct_mmap,
	.poll = sct_poll,
};
