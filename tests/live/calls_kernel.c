// SPDX-License-Identifier: MIT
/*
 * Queues, shared memory, nodes of memory, keys and what only the administrator may do: that is
 * asked for in ways that the kernel refuses, for it must not change the machine.
 */
#include "calls.h"
#include "families.h"
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <time.h>
#include <asm/prctl.h>
#include <linux/keyctl.h>
#include <linux/mempolicy.h>
#include <linux/perf_event.h>
#include <linux/reboot.h>

#define PAGE 4096ul

/* Newer than the headers of Debian 12. */
#ifndef SYS_mseal
#define SYS_map_shadow_stack 453
#define SYS_futex_wake 454
#define SYS_futex_wait 455
#define SYS_mseal 462
#endif

static void shared_memory(void)
{
	struct shmid_ds shm;
	long id, p;

	id = CALL(shmget, NUM(key, IPC_PRIVATE), NUM(size, PAGE), NUM(shmflg, IPC_CREAT | 0600));
	p = CALL(shmat, NUM(shmid, id), NUM(shmaddr, 0), NUM(shmflg, SHM_RDONLY));
	CALL(shmdt, NUM(shmaddr, p));
	p = CALL(shmat, NUM(shmid, id), NUM(shmaddr, 0), NUM(shmflg, 0));
	CALL(remap_file_pages, NUM(addr, p), NUM(size, PAGE), NUM(prot, 0), NUM(pgoff, 0),
	     NUM(flags, 0));
	CALL(shmdt, NUM(shmaddr, p));
	CALL(shmctl, NUM(shmid, id), NUM(cmd, IPC_STAT), NUM(buf, &shm));
	GOT_BYTES(value, &shm, sizeof(shm));
	CALL(shmctl, NUM(shmid, id), NUM(cmd, IPC_SET), NUM(buf, &shm));
	ALSO_BYTES(value, &shm, sizeof(shm));
	CALL(shmctl, NUM(shmid, id), NUM(cmd, IPC_RMID), NUM(buf, 0));
	NONE(value);
	CALL(shmget, NUM(key, 0xfedcba98), NUM(size, -1), NUM(shmflg, 0));
	CALL(shmat, NUM(shmid, -1), NUM(shmaddr, BAD_PTR), NUM(shmflg, -1));
	CALL(shmdt, NUM(shmaddr, -2));
	CALL(shmctl, NUM(shmid, -1), NUM(cmd, 99), NUM(buf, BAD_PTR));
	NONE(value);
}

static void messages(void)
{
	struct { long type; char text[100]; } msg = { 7, "a message" }, got;
	struct msqid_ds msq;
	long id;

	id = CALL(msgget, NUM(key, IPC_PRIVATE), NUM(msgflg, IPC_CREAT | 0600));
	CALL(msgsnd, NUM(msqid, id), OBJECT(mtype, &msg.type), NUM(size, sizeof(msg.text)),
	     NUM(msgflg, IPC_NOWAIT));
	ALSO_BYTES(data, msg.text, sizeof(msg.text));
	CALL(msgrcv, NUM(msqid, id), UNSEEN(&got), NUM(size, 50), NUM(msgtyp, -9),
	     NUM(msgflg, MSG_NOERROR));
	GOT_OBJECT(mtype, &got.type);
	GOT_BYTES(data, got.text, 50);
	CALL(msgrcv, NUM(msqid, id), UNSEEN(&got), NUM(size, 50), NUM(msgtyp, 0),
	     NUM(msgflg, IPC_NOWAIT));
	NONE(mtype);
	NONE(data);
	CALL(msgsnd, NUM(msqid, id), BAD(mtype), NUM(size, 5), NUM(msgflg, 0));
	WANT(data, .how = IS_FAULT, .data = "", .size = 5);
	CALL(msgctl, NUM(msqid, id), NUM(cmd, IPC_STAT), NUM(buf, &msq));
	GOT_BYTES(value, &msq, sizeof(msq));
	CALL(msgctl, NUM(msqid, id), NUM(cmd, IPC_RMID), NUM(buf, 0));
	NONE(value);
	CALL(msgctl, NUM(msqid, -1), NUM(cmd, 99), NUM(buf, BAD_PTR));
	NONE(value);
	CALL(msgget, NUM(key, 0xfedcba98), NUM(msgflg, 0));
}

static void message_queues(void)
{
	struct { long flags, maxmsg, msgsize, curmsgs; } attr = { 0, 2, 100, 0 }, old;
	static struct { uint64_t value; int32_t signo, notify, tid, more[20]; } ev = { .notify = SIGEV_NONE };
	struct kept { char begin[24]; } *kept = (void *)&ev;
	const struct timespec now = { 0, 1000 }, bad = { -1, -1 };
	static char text[100] = "text", got[100];
	unsigned priority;
	long fd, n;

	fd = CALL(mq_open, STR(name, "sctrace-test"), NUM(flags, O_RDWR | O_CREAT | O_EXCL),
		  NUM(mode, 0600),
		  OBJECT(attr, &attr));
	CALL(mq_timedsend, NUM(fd, fd), BYTES(data, text, 100), NUM(size, 100), NUM(priority, 3),
	     OBJECT(timeout, &now));
	n = CALL(mq_timedreceive, NUM(fd, fd), UNSEEN(got), NUM(size, sizeof(got)),
		 UNSEEN(&priority),
		 NULL_ARG(timeout));
	if (n >= 0) {
		GOT_BYTES(data, got, n);
		GOT_NUM(priority, priority);
	} else {
		NONE(data);
		NONE(priority);
	}
	CALL(mq_timedreceive, NUM(fd, -1), UNSEEN(got), NUM(size, 5), UNSEEN(NULL),
	     OBJECT(timeout, &bad));
	NONE(data);
	NONE(priority);
	CALL(mq_timedsend, NUM(fd, -1), BAD_BYTES(data, 5), NUM(size, 5), NUM(priority, -1),
	     BAD(timeout));
	CALL(mq_notify, NUM(fd, fd), OBJECT(sevp, kept));
	CALL(mq_notify, NUM(fd, fd), NULL_ARG(sevp));
	CALL(mq_notify, NUM(fd, -1), BAD(sevp));
	n = CALL(mq_getsetattr, NUM(fd, fd), NULL_ARG(newattr), UNSEEN(&old));
	if (n >= 0)
		GOT_OBJECT(oldattr, &old);
	else
		NONE(oldattr);
	CALL(mq_getsetattr, NUM(fd, -1), OBJECT(newattr, &attr), UNSEEN(NULL));
	NONE(oldattr);
	if (fd >= 0)
		CALL(close, NUM(fd, fd));
	CALL(mq_unlink, STR(name, "sctrace-test"));
	CALL(mq_unlink, BAD(name));
	CALL(mq_open, STR(name, "sctrace/none"), NUM(flags, O_RDONLY), UNSEEN(0600),
	     UNSEEN(BAD_PTR));
	NONE(mode);
	NONE(attr);
}

static void memory_nodes(void)
{
	static char page[PAGE] __attribute__((aligned(PAGE)));
	const uint64_t nodes[2] = { ~0ull, ~0ull };
	const void *pages[] = { page };
	uint64_t mask = 0;
	static unsigned long first[1] = { 1 };
	int mode, node = -1;
	long n;

	CALL(mbind, NUM(addr, page), NUM(len, PAGE), NUM(mode, MPOL_DEFAULT), NULL_ARG(nodemask),
	     NUM(maxnode, 0),
	     NUM(flags, 0));
	CALL(mbind, NUM(addr, page), NUM(len, PAGE), NUM(mode, 99), STRUCTS(nodemask, nodes, 2),
	     NUM(maxnode, 100),
	     NUM(flags, -1));
	CALL(set_mempolicy, NUM(mode, MPOL_DEFAULT), NULL_ARG(nodemask), NUM(maxnode, 0));
	CALL(set_mempolicy, NUM(mode, -1), BAD_BYTES(nodemask, 8), NUM(maxnode, 2));
	n = CALL(get_mempolicy, UNSEEN(&mode), UNSEEN(&mask), NUM(maxnode, 65), NUM(addr, 0),
		 NUM(flags, 0));
	if (n >= 0) {
		GOT_NUM(mode, mode);
		WANT(nodemask, .how = IS_STRUCTS, .data = &mask, .len = 8, .when = AT_RETURN);
	} else {
		NONE(mode);
		NONE(nodemask);
	}
	CALL(get_mempolicy, UNSEEN(&mode), UNSEEN(BAD_PTR), NUM(maxnode, 65), NUM(addr, -1),
	     NUM(flags, -1));
	NONE(mode);
	NONE(nodemask);
	CALL(mbind, NUM(addr, page), NUM(len, PAGE), NUM(mode, MPOL_BIND),
	     STRUCTS(nodemask, first, 1),
	     NUM(maxnode, 64), NUM(flags, 0));
	CALL(set_mempolicy_home_node, NUM(start, page), NUM(len, PAGE), NUM(home_node, 0),
	     NUM(flags, 0));
	CALL(set_mempolicy_home_node, NUM(start, page), NUM(len, -1), NUM(home_node, -2),
	     NUM(flags, -3));
	CALL(migrate_pages, NUM(pid, 0), NUM(maxnode, 64), STRUCTS(old_nodes, first, 1),
	     STRUCTS(new_nodes, first, 1));
	CALL(migrate_pages, NUM(pid, -1), NUM(maxnode, 100), STRUCTS(old_nodes, nodes, 2),
	     BAD_BYTES(new_nodes, 16));
	page[0] = 1;
	n = CALL(move_pages, NUM(pid, 0), NUM(count, 1), STRUCTS(pages, pages, 1), NULL_ARG(nodes),
		 UNSEEN(&node),
		 NUM(flags, 0));
	if (n >= 0)
		WANT(status, .how = IS_STRUCTS, .data = &node, .len = 4, .when = AT_RETURN);
	else
		NONE(status);
	CALL(move_pages, NUM(pid, -1), NUM(count, 2), BAD_BYTES(pages, 16), BAD_BYTES(nodes, 8),
	     UNSEEN(BAD_PTR),
	     NUM(flags, -1));
	NONE(status);
}

static void mappings(void)
{
	static char page[PAGE] __attribute__((aligned(PAGE)));
	long key;

	CALL(remap_file_pages, NUM(addr, page), NUM(size, PAGE), NUM(prot, PROT_EXEC),
	     NUM(pgoff, -1), NUM(flags, -1));
	key = CALL(pkey_alloc, NUM(flags, 0), NUM(access_rights, 0));
	CALL(pkey_free, NUM(pkey, key));
	CALL(pkey_alloc, NUM(flags, -1), NUM(access_rights, 3));
	CALL(pkey_free, NUM(pkey, 1000));
	CALL(pkey_mprotect, NUM(addr, page), NUM(length, PAGE), NUM(prot, PROT_READ | PROT_WRITE),
	     NUM(pkey, -1));
	CALL(pkey_mprotect, NUM(addr, page + 1), NUM(length, -1), NUM(prot, -1), NUM(pkey, 1000));
}

/* Nothing changes what is sealed, until its process ends. */
static void sealed_and_secret_memory(void)
{
	static char page[PAGE] __attribute__((aligned(PAGE)));
	long fd;

	CALL(mseal, NUM(addr, page), NUM(len, PAGE), NUM(flags, 0));
	CALL(mseal, NUM(addr, page + 1), NUM(len, -1), NUM(flags, 1ull << 40));
	CALL(map_shadow_stack, NUM(addr, 1), NUM(size, 8), NUM(flags, 0xf0));
	fd = CALL(memfd_secret, NUM(flags, O_CLOEXEC));
	CALL(memfd_secret, NUM(flags, 0xff));
	CALL(close, NUM(fd, fd));
}

static void futexes(void)
{
	const struct timespec bad = { -1, -1 };
	static uint32_t word = 1;

	CALL(futex_wake, NUM(addr, &word), NUM(mask, 0xffffffffll), NUM(nr, 1),
	     NUM(flags, 2 | 128));
	CALL(futex_wake, NUM(addr, BAD_PTR), NUM(mask, -1), NUM(nr, -2), NUM(flags, -1));
	CALL(futex_wait, NUM(addr, &word), NUM(val, 0), NUM(mask, 0xffffffffll),
	     NUM(flags, 2 | 128),
	     NULL_ARG(timeout), NUM(clockid, 0));
	CALL(futex_wait, NUM(addr, &word), NUM(val, 1), NUM(mask, -1), NUM(flags, 2),
	     OBJECT(timeout, &bad),
	     NUM(clockid, CLOCK_MONOTONIC));
	CALL(futex_wait, NUM(addr, BAD_PTR), NUM(val, -1), NUM(mask, 0), NUM(flags, 4),
	     BAD(timeout),
	     NUM(clockid, -1));
}

static void keys(void)
{
	CALL(add_key, STR(type, "user"), STR(description, "sctrace"), BYTES(payload, "secret", 6),
	     NUM(plen, 6),
	     NUM(keyring, KEY_SPEC_PROCESS_KEYRING));
	CALL(add_key, BAD(type), BAD(description), BAD_BYTES(payload, 7), NUM(plen, 7),
	     NUM(keyring, 99));
	CALL(request_key, STR(type, "user"), STR(description, "sctrace"), NULL_ARG(callout_info),
	     NUM(keyring, KEY_SPEC_PROCESS_KEYRING));
	CALL(request_key, BAD(type), STR(description, "none"), STR(callout_info, "info"),
	     NUM(keyring, 0));
}

static void refused(void)
{
	static char name[100] = "name";
	static struct { uint32_t type, size; char more[56]; } attr = { 99, 1, "" };
	static typeof(attr) clock = { PERF_TYPE_SOFTWARE, sizeof(clock), "" };
	static struct { uint32_t number, base, limit, flags; } desc = { -1, 0x1000, 0xfffff, 0x77 };
	static uint64_t word;
	long fd;

	fd = CALL(perf_event_open, OBJECT(attr, &clock), NUM(pid, 0), NUM(cpu, -1),
		  NUM(group_fd, -1),
		  NUM(flags, PERF_FLAG_FD_CLOEXEC));
	CALL(close, NUM(fd, fd));
	CALL(perf_event_open, OBJECT(attr, &attr), NUM(pid, 0), NUM(cpu, -1), NUM(group_fd, -1),
	     NUM(flags, 8));
	CALL(perf_event_open, BAD(attr), NUM(pid, -1), NUM(cpu, -1), NUM(group_fd, -2),
	     NUM(flags, -1));
	CALL(kexec_load, NUM(entry, -1), NUM(nr_segments, 2), BAD_BYTES(segments, 2 * 4 * sizeof(long)),
	     NUM(flags, -1));
	CALL(kexec_file_load, NUM(kernel_fd, -1), NUM(initrd_fd, -2), NUM(cmdline_len, 3),
	     STR(cmdline, "ro"),
	     NUM(flags, -1));
	CALL(reboot, NUM(magic, LINUX_REBOOT_MAGIC2), NUM(magic2, 0),
	     NUM(op, LINUX_REBOOT_CMD_RESTART2),
	     STR(arg, "command"));
	CALL(reboot, NUM(magic, 0), NUM(magic2, -1), NUM(op, 99), UNSEEN(BAD_PTR));
	NONE(arg);
	CALL(sethostname, BYTES(name, name, sizeof(name)), NUM(len, sizeof(name)));
	if (!CALL(unshare, NUM(flags, CLONE_NEWUTS)))
		CALL(sethostname, BYTES(name, name, 4), NUM(len, 4));
	CALL(sethostname, BAD_BYTES(name, 5), NUM(len, 5));
	CALL_AS(sethostname, SYS_setdomainname, BAD_BYTES(name, 6), NUM(len, 6));
	call_is("setdomainname", SCT_EVENT_X86_64);
	CALL(iopl, NUM(level, 0));
	CALL(iopl, NUM(level, 9));
	CALL(ioperm, NUM(from, 0), NUM(num, 1), NUM(turn_on, 0));
	CALL(ioperm, NUM(from, -1), NUM(num, 2), NUM(turn_on, 0));
	CALL(arch_prctl, NUM(op, ARCH_GET_FS), NUM(addr, &word));
	GOT_BYTES(value, &word, sizeof(word));
	CALL(arch_prctl, NUM(op, 99), NUM(addr, -1));
	NONE(value);
	CALL(modify_ldt, NUM(func, 99), NUM(ptr, BAD_PTR), NUM(bytecount, -1));
	NONE(value);
	CALL(modify_ldt, NUM(func, 1), NUM(ptr, BAD_PTR), NUM(bytecount, 16));
	FAULT(value);
	CALL(set_thread_area, OBJECT(u_info, &desc));
	CALL(set_thread_area, BAD(u_info));
}

void calls_kernel(void)
{
	shared_memory();
	messages();
	message_queues();
	memory_nodes();
	mappings();
	sealed_and_secret_memory();
	futexes();
	keys();
	refused();
}
