// SPDX-License-Identifier: MIT
/* Modules, keys, bpf, seccomp, namespaces: mostly calls that fail, for they must not change the machine. */
#include "calls.h"
#include "families.h"
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/keyctl.h>
#include <linux/module.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdlib.h>

static void modules(void)
{
	static const char image[100] = "no module";
	long fd;

	CALL(init_module, BYTES(img, image, sizeof(image)), NUM(length, sizeof(image)),
	     STR(uargs, "option=1"));
	CALL(init_module, BAD_BYTES(img, 70), NUM(length, 70), BAD(uargs));
	CALL(init_module, NULL_ARG(img), NUM(length, 0), NULL_ARG(uargs));
	fd = CALL(memfd_create, STR(name, "module"), NUM(flags, 0));
	CALL(finit_module, NUM(fd, fd), STR(uargs, ""), NUM(flags, MODULE_INIT_IGNORE_VERMAGIC));
	CALL(finit_module, NUM(fd, -1), BAD(uargs), NUM(flags, -1));
	CALL(close, NUM(fd, fd));
	CALL(delete_module, STR(name, "sctrace no such module"), NUM(flags, O_NONBLOCK | O_TRUNC));
	CALL(delete_module, BAD(name), NUM(flags, 0));
}

static void others(void)
{
	union bpf_attr attr = { 0 };
	uint32_t action = SECCOMP_RET_TRACE;

	CALL(bpf, NUM(cmd, 0x7777), NUM(attr, &attr), NUM(size, sizeof(attr)));
	CALL(bpf, NUM(cmd, BPF_MAP_LOOKUP_ELEM), NUM(attr, BAD_PTR), NUM(size, -1));
	CALL(keyctl, NUM(operation, KEYCTL_GET_KEYRING_ID), NUM(arg2, KEY_SPEC_PROCESS_KEYRING),
	     NUM(arg3, 0), NUM(arg4, -1), NUM(arg5, 5));
	CALL(keyctl, NUM(operation, KEYCTL_GET_KEYRING_ID), NUM(arg2, KEY_SPEC_PROCESS_KEYRING),
	     NUM(arg3, 1), NUM(arg4, 0), NUM(arg5, 0));
	CALL(keyctl, NUM(operation, 12345), NUM(arg2, -2), NUM(arg3, BAD_PTR), NUM(arg4, 4),
	     NUM(arg5, INT64_MIN));
	CALL(seccomp, NUM(op, SECCOMP_GET_ACTION_AVAIL), NUM(flags, 0), NUM(uargs, &action));
	CALL(seccomp, NUM(op, 99), NUM(flags, 0x55), NUM(uargs, -1));
}

static void namespaces(void)
{
	long fd;

	CALL(unshare, NUM(flags, CLONE_FS | CLONE_NEWUTS));
	CALL(unshare, NUM(flags, 0xffffffff));
	fd = CALL(open, STR(name, "/proc/self/ns/uts"), NUM(flags, O_RDONLY), NUM(mode, 0));
	GOT_NUM(dev, dev_of(fd));
	GOT_NUM(ino, ino_of(fd));
	CALL(setns, NUM(fd, fd), NUM(nstype, CLONE_NEWUTS));
	CALL(setns, NUM(fd, fd), NUM(nstype, CLONE_NEWNET));
	CALL(setns, NUM(fd, -1), NUM(nstype, -1));
	CALL(close, NUM(fd, fd));
}

void calls_system(void)
{
	modules();
	others();
	namespaces();
}
