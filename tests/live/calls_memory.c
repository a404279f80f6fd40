// SPDX-License-Identifier: MIT
/* Calls on the caller's memory. */
#include "calls.h"
#include "families.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/uio.h>

#define PAGE 4096ul

static long statm_fd;

/*
 * The process's memory as it is now.  Resident pages are counted per CPU: a record may be off by
 * what the CPUs have not added up yet, 32 pages each or 2 for every CPU, of three kinds.
 */
static void now_memory(void)
{
	unsigned long long size, rss, slack;
	char text[128] = "";
	struct iovec v = { text, sizeof(text) - 1 };

	if (syscall(SYS_preadv2, statm_fd, &v, 1, 0, 0, 0) <= 0 ||
	    sscanf(text, "%llu %llu", &size, &rss) != 2)
		die("reading statm");
	slack = 3 * cpus * (cpus > 16 ? 2 * cpus : 32);
	NOW_NUM(vm_size, size * PAGE / 1024);
	NOW_RANGE(vm_rss, (rss > slack ? rss - slack : 0) * PAGE / 1024, (rss + slack) * PAGE / 1024);
	NOW_RANGE(vm_swap, 0, slack * PAGE / 1024);
}

static long map(size_t size)
{
	long p = CALL(mmap, NUM(addr, NULL), NUM(length, size), NUM(prot, PROT_READ | PROT_WRITE),
		      NUM(flags, MAP_PRIVATE | MAP_ANONYMOUS), NUM(fd, -1), NUM(offset, 0));

	now_memory();
	return p;
}

static void unmap(long p, size_t size)
{
	CALL(munmap, NUM(addr, p), NUM(length, size));
	now_memory();
}

static void mapping(void)
{
	const size_t size = 4096 * PAGE;
	long p = map(size), fd;

	memset((void *)p, 1, size);
	CALL(mprotect, NUM(addr, p), NUM(length, PAGE), NUM(prot, PROT_READ));
	CALL(mprotect, NUM(addr, p + 1), NUM(length, -1), NUM(prot, 0x40));
	unmap(p, size);
	unmap(1, 0);
	fd = CALL(memfd_create, STR(name, "mapped"), NUM(flags, 0));
	p = CALL(mmap, NUM(addr, 16 * PAGE * PAGE), NUM(length, 1), NUM(prot, PROT_READ | PROT_EXEC),
		 NUM(flags, MAP_SHARED | MAP_FIXED_NOREPLACE), NUM(fd, fd), NUM(offset, PAGE));
	now_memory();
	unmap(p, 1);
	CALL(close, NUM(fd, fd));
	CALL(mmap, NUM(addr, -1), NUM(length, -2), NUM(prot, -3), NUM(flags, -4), NUM(fd, -5),
	     NUM(offset, -6));
	now_memory();
	p = CALL(brk, NUM(addr, 0));
	now_memory();
	CALL(brk, NUM(addr, p + 3 * PAGE));
	now_memory();
	CALL(brk, NUM(addr, p));
	now_memory();
}

static void locking(void)
{
	long p = map(4 * PAGE);

	CALL(mlock, NUM(addr, p), NUM(len, 2 * PAGE));
	CALL(mlock, NUM(addr, -1), NUM(len, 1));
	CALL(mlock2, NUM(addr, p), NUM(len, 4 * PAGE), NUM(flags, MLOCK_ONFAULT));
	CALL(mlock2, NUM(addr, p), NUM(len, PAGE), NUM(flags, 0xf0));
	CALL(munlock, NUM(addr, p), NUM(len, PAGE));
	CALL(munlock, NUM(addr, 0), NUM(len, -1));
	CALL(munlock, NUM(addr, 0), NUM(len, 1));
	CALL(mlockall, NUM(flags, MCL_CURRENT | MCL_ONFAULT));
	CALL(munlockall);
	CALL(mlockall, NUM(flags, 0x1000));
	unmap(p, 4 * PAGE);
}

static void other_memory(void)
{
	char from[200], to[200];
	struct iovec local[2] = { { to, 60 }, { to + 60, 140 } }, remote = { from, 150 };
	pid_t pid = tid_now();
	long n;

	memset(from, 'r', sizeof(from));
	memset(to, 'l', sizeof(to));
	n = CALL(process_vm_readv, NUM(pid, pid), UNSEEN(local), NUM(liovcnt, 2), UNSEEN(&remote),
		 NUM(riovcnt, 1), NUM(flags, 0));
	GOT_BYTES(data, to, n);
	CALL(process_vm_readv, NUM(pid, 0x7fffffff), UNSEEN(local), NUM(liovcnt, 2), UNSEEN(&remote),
	     NUM(riovcnt, 1), NUM(flags, 0));
	NONE(data);
	CALL(process_vm_writev, NUM(pid, pid), UNSEEN(local), NUM(liovcnt, 1), UNSEEN(&remote),
	     NUM(riovcnt, 1), NUM(flags, 0));
	ALSO_BYTES(data, to, 60);
	CALL(process_vm_writev, NUM(pid, -1), UNSEEN(BAD_PTR), NUM(liovcnt, 1), UNSEEN(BAD_PTR),
	     NUM(riovcnt, 99), NUM(flags, 0xf));
	FAULT(data);
}

void calls_memory(void)
{
	statm_fd = CALL(open, STR(name, "/proc/self/statm"), NUM(flags, O_RDONLY), NUM(mode, 0));
	GOT_NUM(dev, dev_of(statm_fd));
	GOT_NUM(ino, ino_of(statm_fd));
	mapping();
	locking();
	other_memory();
	CALL(close, NUM(fd, statm_fd));
}
