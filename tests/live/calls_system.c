// SPDX-License-Identifier: MIT
/*
 * Modules, keys, bpf, seccomp, namespaces: mostly calls that fail, for they must not change the
 * machine.
 */
#include "calls.h"
#include "families.h"
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/keyctl.h>
#include <linux/landlock.h>
#include <linux/module.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdlib.h>

#ifndef SYS_lsm_get_self_attr
#define SYS_lsm_get_self_attr 459
#define SYS_lsm_set_self_attr 460
#define SYS_lsm_list_modules 461
#endif

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

/* Of those with names: nothing comes to be. */
static void bpf_names(void)
{
	union bpf_attr load = { .insn_cnt = 0, .license = (uintptr_t)"GPL, or not", .prog_name = "nameless" };
	union bpf_attr get = { .pathname = (uintptr_t)"/sctrace/nothing" };
	union bpf_attr open = { .raw_tracepoint = { .name = (uintptr_t)"sctrace_none", .prog_fd = -1 } };

	CALL(bpf, NUM(cmd, BPF_PROG_LOAD), NUM(attr, &load), NUM(size, 64));
	ALSO_BYTES(value, &load, 64);
	ALSO_STR(license, "GPL, or not");
	NONE(pathname);
	NONE(tp_name);
	CALL(bpf, NUM(cmd, BPF_OBJ_GET), NUM(attr, &get), NUM(size, 16));
	ALSO_BYTES(value, &get, 16);
	NONE(license);
	ALSO_STR(pathname, "/sctrace/nothing");
	NONE(tp_name);
	CALL(bpf, NUM(cmd, BPF_RAW_TRACEPOINT_OPEN), NUM(attr, &open), NUM(size, 16));
	ALSO_BYTES(value, &open, 16);
	NONE(license);
	NONE(pathname);
	ALSO_STR(tp_name, "sctrace_none");
}

static void others(void)
{
	union bpf_attr attr = { 0 };
	static const char user[] = "user", no_key[] = "sctrace: no such key";
	uint32_t action = SECCOMP_RET_TRACE;

	CALL(bpf, NUM(cmd, 0x7777), NUM(attr, &attr), NUM(size, sizeof(attr)));
	ALSO_BYTES(value, &attr, sizeof(attr));
	NONE(license);
	NONE(pathname);
	NONE(tp_name);
	CALL(bpf, NUM(cmd, BPF_MAP_LOOKUP_ELEM), NUM(attr, BAD_PTR), NUM(size, -1));
	WANT(value, .how = IS_FAULT, .data = "", .size = 0xffffffff, .cut = true);
	NONE(license);
	NONE(pathname);
	NONE(tp_name);
	bpf_names();
	CALL(keyctl, NUM(operation, KEYCTL_GET_KEYRING_ID), NUM(arg2, KEY_SPEC_PROCESS_KEYRING),
	     NUM(arg3, 0), NUM(arg4, -1), NUM(arg5, 5));
	NONE(name);
	NONE(type);
	NONE(description);
	NONE(value);
	CALL(keyctl, NUM(operation, KEYCTL_GET_KEYRING_ID), NUM(arg2, KEY_SPEC_PROCESS_KEYRING),
	     NUM(arg3, 1), NUM(arg4, 0), NUM(arg5, 0));
	NONE(name);
	NONE(type);
	NONE(description);
	NONE(value);
	CALL(keyctl, NUM(operation, 12345), NUM(arg2, -2), NUM(arg3, BAD_PTR), NUM(arg4, 4),
	     NUM(arg5, INT64_MIN));
	NONE(name);
	NONE(type);
	NONE(description);
	NONE(value);
	CALL(keyctl, NUM(operation, KEYCTL_SEARCH), NUM(arg2, KEY_SPEC_PROCESS_KEYRING),
	     STR(type, user), STR(description, no_key), NUM(arg5, 0));
	NONE(name);
	NONE(value);
	ALSO_NUM(arg3, (long)user);
	ALSO_NUM(arg4, (long)no_key);
	CALL(seccomp, NUM(op, SECCOMP_GET_ACTION_AVAIL), NUM(flags, 0), NUM(uargs, &action));
	ALSO_BYTES(value, &action, sizeof(action));
	CALL(seccomp, NUM(op, 99), NUM(flags, 0x55), NUM(uargs, -1));
	NONE(value);
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

/* The rules are never put into force. */
static void landlock(void)
{
	const uint64_t blocks = LANDLOCK_ACCESS_FS_MAKE_BLOCK;
	struct { uint64_t fs, net, scoped; } set = { 1, 2, 3 };
	struct { uint64_t access; int32_t fd; } __attribute__((packed)) beneath = { 4, -1 };
	typeof(beneath) here = { blocks, -1 };
	struct { uint64_t access, port; } port = { 2, 443 };
	long rules, dir;

	CALL(landlock_create_ruleset, UNSEEN(NULL), NUM(size, 0),
	     NUM(flags, LANDLOCK_CREATE_RULESET_VERSION));
	NONE(handled_access_fs);
	NONE(handled_access_net);
	NONE(scoped);
	CALL(landlock_create_ruleset, UNSEEN(&set), NUM(size, 24), NUM(flags, -1));
	ALSO_NUM(handled_access_fs, 1);
	ALSO_NUM(handled_access_net, 2);
	ALSO_NUM(scoped, 3);
	CALL(landlock_create_ruleset, UNSEEN(BAD_PTR), NUM(size, 16), NUM(flags, 0));
	FAULT(handled_access_fs);
	FAULT(handled_access_net);
	NONE(scoped);
	rules = CALL(landlock_create_ruleset, UNSEEN(&blocks), NUM(size, sizeof(blocks)),
		     NUM(flags, 0));
	ALSO_NUM(handled_access_fs, blocks);
	NONE(handled_access_net);
	NONE(scoped);
	dir = CALL(open, STR(name, "."), NUM(flags, O_RDONLY), NUM(mode, 0));
	GOT_NUM(dev, dev_of(dir));
	GOT_NUM(ino, ino_of(dir));
	here.fd = dir;
	CALL(landlock_add_rule, NUM(ruleset_fd, rules), NUM(rule_type, 1), UNSEEN(&here),
	     NUM(flags, 0));
	ALSO_NUM(access_fs, blocks);
	ALSO_NUM(parent_fd, dir);
	NONE(access_net);
	NONE(port);
	CALL(close, NUM(fd, dir));
	CALL(close, NUM(fd, rules));
	CALL(landlock_add_rule, NUM(ruleset_fd, -1), NUM(rule_type, 1), UNSEEN(&beneath),
	     NUM(flags, 0));
	ALSO_NUM(access_fs, 4);
	ALSO_NUM(parent_fd, -1);
	NONE(access_net);
	NONE(port);
	CALL(landlock_add_rule, NUM(ruleset_fd, -1), NUM(rule_type, 2), UNSEEN(&port),
	     NUM(flags, -1));
	NONE(access_fs);
	NONE(parent_fd);
	ALSO_NUM(access_net, 2);
	ALSO_NUM(port, 443);
	CALL(landlock_add_rule, NUM(ruleset_fd, -1), NUM(rule_type, 9), UNSEEN(BAD_PTR),
	     NUM(flags, 0));
	NONE(access_fs);
	NONE(parent_fd);
	NONE(access_net);
	NONE(port);
	CALL(landlock_restrict_self, NUM(ruleset_fd, -1), NUM(flags, 0));
	CALL(landlock_restrict_self, NUM(ruleset_fd, -2), NUM(flags, -1));
}

static void security_modules(void)
{
	struct { uint64_t id, flags, len, ctx_len; } ctx[64] = { { 0 } };
	uint32_t size = sizeof(ctx);
	uint64_t ids[32];
	long n;

	n = CALL(lsm_get_self_attr, NUM(attr, 100), UNSEEN(ctx), OBJECT(size, &size),
		 NUM(flags, 0));
	if (n <= 0)
		NONE(ctx);
	else
		GOT_OBJECT(ctx, &ctx[0]);
	CALL(lsm_get_self_attr, NUM(attr, -1), UNSEEN(BAD_PTR), BAD(size), NUM(flags, -1));
	NONE(ctx);
	CALL(lsm_set_self_attr, NUM(attr, -1), OBJECT(ctx, &ctx[0]), NUM(size, sizeof(ctx[0])),
	     NUM(flags, -1));
	CALL(lsm_set_self_attr, NUM(attr, 0), BAD(ctx), NUM(size, -1), NUM(flags, 0));
	size = sizeof(ids);
	n = CALL(lsm_list_modules, UNSEEN(ids), OBJECT(size, &size), NUM(flags, 0));
	if (n < 0)
		NONE(ids);
	else
		GOT_STRUCTS(ids, ids, n);
	CALL(lsm_list_modules, UNSEEN(BAD_PTR), BAD(size), NUM(flags, -1));
	NONE(ids);
}

void calls_system(void)
{
	landlock();
	security_modules();
	modules();
	others();
	namespaces();
}
