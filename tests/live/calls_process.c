// SPDX-License-Identifier: MIT
/* Processes, signals: what such a call tells of the task that makes it. */
#include "calls.h"
#include "families.h"
#include <elf.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define GID  33		/* unlike the uid */
#define COMM "a caller"
#define MORE_FAULTS 100		/* an execve makes some */

/* What stays as it is: read before the trace begins. */
static struct {
	char exe[4096];
	char cmdline[4096];
	size_t cmdline_len;
	char cgroups[16384];
	size_t cgroups_len;
	uint64_t init_start, init_start_end;
	uint32_t tty, loginuid;
	uint64_t fdlimit;
} know;

static size_t read_file(const char *path, char *buf, size_t size)
{
	FILE *f = fopen(path, "re");
	size_t n = 0;

	if (f) {
		n = fread(buf, 1, size - 1, f);
		fclose(f);
	}
	buf[n] = 0;
	return n;
}

/*
 * Where we are in the hierarchy of a controller, from a copy of /proc/self/cgroup: that of v1 if
 * the controller has one; else that of v2 and "~", for it may be switched on for an ancestor only.
 */
static void cgroup_of(char *file, const char *controller, char *path, size_t size)
{
	char *line, *names, *name;

	while ((line = strsep(&file, "\n"))) {
		strsep(&line, ":");
		names = strsep(&line, ":");
		if (!names || !line)
			continue;
		if (!*names)
			snprintf(path, size, "%s%s", *controller ? "~" : "", line);
		while ((name = strsep(&names, ",")))
			if (*name && !strcmp(name, controller)) {
				snprintf(path, size, "%s", line);
				return;
			}
	}
}

/*
 * Was the kernel built with it?  /proc/cgroups of new kernels only has those that v1 has as well;
 * it is asked of kernels without type information.
 */
static bool has_controller(const char *const name[2])
{
	static char types[32 << 20];
	static size_t len;
	static bool btf;
	char id[32];
	int n;

	if (!len) {
		btf = !access("/sys/kernel/btf/vmlinux", R_OK);
		len = read_file(btf ? "/sys/kernel/btf/vmlinux" : "/proc/cgroups", types, sizeof(types));
	}
	if (btf)
		n = 1 + snprintf(id, sizeof(id), "%c%s_cgrp_id", '\0', name[0]);
	else
		n = snprintf(id, sizeof(id), "\n%s\t", name[1]);
	return memmem(types, len, id, n);
}

static void know_cgroups(void)
{
	static const char *const names[][2] = {
		{ "cpuset", "cpuset" }, { "cpu", "cpu" }, { "cpuacct", "cpuacct" },
		{ "io", "blkio" }, { "memory", "memory" }, { "", "" },
	};
	char all[4096], path[2048] = "";
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (*names[i][0] && !has_controller(names[i]))
			continue;
		read_file("/proc/self/cgroup", all, sizeof(all));
		cgroup_of(all, names[i][1], path, sizeof(path));
		know.cgroups_len += 1 + snprintf(know.cgroups + know.cgroups_len,
						 sizeof(know.cgroups) - know.cgroups_len, "%s=%s",
						 names[i][0], path);
	}
}

/* Field number of /proc/PID/stat, counted as in proc(5), from 3 on. */
static unsigned long long stat_field(const char *path, unsigned number)
{
	char text[1024], *p;

	read_file(path, text, sizeof(text));
	p = strrchr(text, ')');
	for (; p && number >= 3; number--)
		p = strchr(p + 1, ' ');
	return p ? strtoull(p, NULL, 10) : 0;
}

static void know_process(void)
{
	const unsigned long long tick = 1000000000 / sysconf(_SC_CLK_TCK);
	struct rlimit lim = { 0 };
	char text[32];
	uint32_t tty;

	if (readlink("/proc/self/exe", know.exe, sizeof(know.exe) - 1) < 0 ||
	    getrlimit(RLIMIT_NOFILE, &lim))
		perror("preparing");
	know.fdlimit = lim.rlim_cur;
	know.cmdline_len = read_file("/proc/self/cmdline", know.cmdline, sizeof(know.cmdline));
	enter_cgroup_namespace();
	know_cgroups();
	know.init_start = stat_field("/proc/1/stat", 22) * tick;
	know.init_start_end = know.init_start + tick - 1;
	tty = stat_field("/proc/self/stat", 7);
	know.tty = major(tty) << 20 | minor(tty);
	read_file("/proc/self/loginuid", text, sizeof(text));
	know.loginuid = *text ? strtoul(text, NULL, 10) : ~0u;
}

/* ---- what every such record tells of the current task ---- */

static void now_task(pid_t parent)
{
	struct rusage use;

	syscall(SYS_getrusage, RUSAGE_THREAD, &use);
	NOW_NUM(tid, tid_now());
	NOW_NUM(pid, pid_now());
	NOW_NUM(ptid, parent);
	NOW_STR(cwd, test_dir);
	NOW_NUM(fdlimit, know.fdlimit);
	NOW_RANGE(pgft_maj, 0, use.ru_majflt + MORE_FAULTS);
	NOW_RANGE(pgft_min, 0, use.ru_minflt + MORE_FAULTS);
	NOW_RANGE(vm_size, 4, 1 << 20);
	NOW_RANGE(vm_rss, 0, 1 << 20);
	NOW_RANGE(vm_swap, 0, 1 << 20);
	WANT(cgroups, .how = IS_CGROUPS, .data = know.cgroups, .len = know.cgroups_len,
	     .when = AT_ITS_TIME);
	NOW_NUM(uid, 0);
	NOW_NUM(gid, GID);
}

static void now_forking_in_namespace(pid_t parent, pid_t vtid, pid_t vpid)
{
	size_t first = strlen(know.cmdline) + 1;

	now_task(parent);
	NOW_STR(exe, know.cmdline);
	NOW_STRINGS(args, know.cmdline + first, know.cmdline_len - first);
	NOW_STR(comm, COMM);
	NOW_NUM(vtid, vtid);
	NOW_NUM(vpid, vpid);
}

static void now_forking(pid_t parent)
{
	now_forking_in_namespace(parent, tid_now(), pid_now());
	NOW_RANGE(pidns_init_start_ts, know.init_start, know.init_start_end);
}

/* ---- fork and the like: a record in the parent, one in the child ---- */

static void forking(void)
{
	pid_t self = tid_now(), parent = getppid(), pid;

	pid = CALL(fork);
	ALSO_NUM(flags, 0);
	now_forking(pid ? parent : self);
	if (!pid) {
		no_enter_record();
		end_process(0);
	}
	reap(pid);
}

static void cloning(void)
{
	pid_t self = tid_now(), parent = getppid(), pid, *tids = shared(2 * sizeof(*tids));

	pid = CALL(clone, NUM(flags, CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | SIGCHLD),
		   NUM(newsp, NULL), NUM(parent_tid, tids), NUM(child_tid, tids + 1), NUM(tls, 0));
	now_forking(pid ? parent : self);
	if (!pid) {
		no_enter_record();
		end_process(0);
	}
	reap(pid);
	CALL(clone, NUM(flags, CLONE_SIGHAND), NUM(newsp, -1), NUM(parent_tid, -2),
	     NUM(child_tid, -3), NUM(tls, -4));
	now_forking(parent);
	/* the first process of a pid namespace */
	pid = CALL(clone, NUM(flags, CLONE_NEWPID | SIGCHLD), NUM(newsp, NULL), NUM(parent_tid, NULL),
		   NUM(child_tid, NULL), NUM(tls, 0));
	if (!pid) {
		no_enter_record();
		now_forking_in_namespace(self, 1, 1);
		NOW_RANGE(pidns_init_start_ts, know.init_start_end, -1);
		end_process(0);
	}
	now_forking(parent);
	reap(pid);
}

/* Of what it tells the beginning is kept. */
static void reap_by_waitid(pid_t pid)
{
	struct { char kept[32], more[128 - 32]; } info = { "", "" };
	struct rusage usage;

	CALL(waitid, NUM(idtype, P_PID), NUM(id, pid), UNSEEN(&info), NUM(options, WEXITED),
	     UNSEEN(&usage));
	GOT_OBJECT(infop, &info.kept);
	GOT_OBJECT(rusage, &usage);
}

static void cloning3(void)
{
	pid_t self = tid_now(), parent = getppid(), pid;
	struct clone_args args = { .flags = CLONE_CLEAR_SIGHAND, .exit_signal = SIGCHLD };

	pid = CALL(clone3, UNSEEN(&args), UNSEEN(sizeof(args)));
	if (!pid) {
		no_enter_record();
		now_forking(self);
		NONE(flags);	/* it may have overwritten them before it looks */
		NONE(exit_signal);
		end_process(0);
	}
	now_forking(parent);
	ALSO_NUM(flags, args.flags);
	ALSO_NUM(exit_signal, SIGCHLD);
	reap_by_waitid(pid);
	args.flags = 1ull << 60;
	args.exit_signal = 1ull << 50;
	CALL(clone3, UNSEEN(&args), UNSEEN(sizeof(args)));
	now_forking(parent);
	ALSO_NUM(flags, args.flags);
	ALSO_NUM(exit_signal, args.exit_signal);
	CALL(clone3, UNSEEN(BAD_PTR), UNSEEN(sizeof(args)));
	now_forking(parent);
	FAULT(flags);
	FAULT(exit_signal);
}

/* The child must not return from a function that the parent is in: no syscall(). */
static inline __attribute__((always_inline)) long call_vfork(void)
{
	long ret = SYS_vfork;

	__asm__ volatile("syscall" : "+a"(ret) : : "rcx", "r11", "memory");
	return ret;
}

static void vforking(void)
{
	pid_t self = tid_now(), parent = getppid();
	volatile pid_t pid;

	CALL_BEGIN(vfork, { .param = "flags", .how = IS_NUM, .num = CLONE_VFORK | CLONE_VM });
	pid = call_vfork();
	end_call(pid);
	if (!pid) {
		no_enter_record();
		now_forking(self);
		end_process(0);
	}
	now_forking(parent);
	reap(pid);
}

/* A thread that runs fn on the stack below top, and does not come back. */
static long call_clone(unsigned long flags, void **stack, pid_t *ptid, pid_t *ctid)
{
	register pid_t *r10 __asm__("r10") = ctid;
	register long r8 __asm__("r8") = 0;
	long ret = SYS_clone;

	__asm__ volatile("syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "xor %%ebp, %%ebp\n\t"
			 "pop %%rax\n\t"
			 "call *%%rax\n"
			 "1:"
			 : "+a"(ret)
			 : "D"(flags), "S"(stack), "d"(ptid), "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
	return ret;
}

/* Parent and thread share all their memory: each notes in its turn. */
static int turn;
static pid_t parent_of_threads;

static void wait_for_turn(int mine)
{
	while (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) != mine)
		syscall(SYS_sched_yield);
}

static void thread(void)
{
	wait_for_turn(1);
	end_call(0);
	no_enter_record();
	now_forking(parent_of_threads);
	__atomic_store_n(&turn, 2, __ATOMIC_RELEASE);
	for (;;)
		syscall(SYS_exit, 0);
}

static void threading(void)
{
	const unsigned long flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |
				    CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
	static char memory[65536] __attribute__((aligned(16)));
	void **stack = (void **)(memory + sizeof(memory) - 24);
	pid_t tids[2] = { 0, 1 };
	long tid;

	parent_of_threads = getppid();
	turn = 0;
	*stack = thread;
	CALL_BEGIN(clone, NUM(flags, flags), NUM(newsp, stack), NUM(parent_tid, tids),
		   NUM(child_tid, tids + 1), NUM(tls, 0));
	tid = call_clone(flags, stack, tids, tids + 1);
	end_call(tid);
	now_forking(parent_of_threads);
	__atomic_store_n(&turn, 1, __ATOMIC_RELEASE);
	wait_for_turn(2);
	while (__atomic_load_n(&tids[1], __ATOMIC_ACQUIRE))
		syscall(SYS_sched_yield);
}

/* ---- execve ---- */

/* A program that makes no calls but the one that ends it. */
static void make_program(const char *path)
{
	static const unsigned char code[] = {
		0x31, 0xff,			/* xor %edi, %edi */
		0xb8, SYS_exit, 0, 0, 0,	/* mov $SYS_exit, %eax */
		0x0f, 0x05,			/* syscall */
	};
	struct {
		Elf64_Ehdr e;
		Elf64_Phdr p;
		unsigned char code[sizeof(code)];
	} elf = {
		.e = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT },
		       .e_type = ET_EXEC, .e_machine = EM_X86_64, .e_version = EV_CURRENT,
		       .e_entry = 0x400000 + offsetof(__typeof__(elf), code),
		       .e_phoff = offsetof(__typeof__(elf), p), .e_ehsize = sizeof(Elf64_Ehdr),
		       .e_phentsize = sizeof(Elf64_Phdr), .e_phnum = 1 },
		.p = { .p_type = PT_LOAD, .p_flags = PF_R | PF_X, .p_vaddr = 0x400000,
		       .p_filesz = sizeof(elf), .p_memsz = sizeof(elf), .p_align = 4096 },
	};
	FILE *f = fopen(path, "we");

	memcpy(elf.code, code, sizeof(code));
	if (!f || fwrite(&elf, sizeof(elf), 1, f) != 1 || fclose(f) || chmod(path, 0755))
		perror(path);
}

static void make_script(const char *path, const char *line)
{
	FILE *f = fopen(path, "we");

	if (!f || fputs(line, f) < 0 || fclose(f) || chmod(path, 0755))
		perror(path);
}

void prepare_process(void)
{
	know_process();
	make_program("program");
	make_script("script", "#!program an argument\n");
}

/* The strings of a vector, one after the other. */
static size_t join(char *to, size_t size, char *const *v)
{
	size_t n = 0;

	for (; v && *v && n + strlen(*v) < size; v++)
		n += strlen(strcpy(to + n, *v)) + 1;
	return n;
}

static void now_executable(const char *path, const struct statx *st)
{
	NOW_STR(trusted_exepath, path);
	NOW_NUM(exe_dev, st->stx_dev_major << 20 | st->stx_dev_minor);
	NOW_NUM(exe_ino, st->stx_ino);
	NOW_NUM(exe_ino_ctime, st->stx_ctime.tv_sec * 1000000000ull + st->stx_ctime.tv_nsec);
	NOW_NUM(exe_ino_mtime, st->stx_mtime.tv_sec * 1000000000ull + st->stx_mtime.tv_nsec);
}

static void now_exec(pid_t parent, const char *comm)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct caps[2];
	uint64_t inheritable;

	now_task(parent);
	NOW_NUM(vpgid, syscall(SYS_getpgid, 0));
	NOW_NUM(pgid, syscall(SYS_getpgid, 0));
	NOW_STR(comm, comm);
	NOW_NUM(tty, know.tty);
	NOW_NUM(loginuid, know.loginuid);
	NOW_NUM(flags, 0);
	if (syscall(SYS_capget, &head, caps))
		die("capget");
	inheritable = (uint64_t)caps[1].inheritable << 32 | caps[0].inheritable;
	NOW_NUM(cap_inheritable, inheritable);
	/* as root, a new program has all that it may have; we have it already */
	NOW_NUM(cap_permitted, (uint64_t)caps[1].permitted << 32 | caps[0].permitted);
	NOW_NUM(cap_effective, (uint64_t)caps[1].effective << 32 | caps[0].effective);
}

static struct statx statx_at(const char *path)
{
	struct statx st;

	if (syscall(SYS_statx, AT_FDCWD, path, 0, STATX_BASIC_STATS, &st))
		die("statx of %s", path);
	return st;
}

static void of_program(pid_t parent, const char *comm, size_t argv_size, size_t env_size)
{
	struct statx st = statx_at("program");
	char path[4096];

	now_exec(parent, comm);
	snprintf(path, sizeof(path), "%s/program", test_dir);
	now_executable(path, &st);
	GOT_NUM(argv_size, argv_size);
	GOT_NUM(env_size, env_size);
}

static pid_t new_process(void)
{
	pid_t self = tid_now(), parent = getppid(), pid = CALL(fork);

	ALSO_NUM(flags, 0);
	now_forking(pid ? parent : self);
	if (!pid)
		no_enter_record();
	return pid;
}

static char *many[31];	/* more than 20 arguments */
static char *environment[] = { "PATH=/nowhere", "EMPTY=", "NO_VALUE", NULL };

/* Each process that executes is a child of self. */
static void exec_program(pid_t self)
{
	char args[1024], env[256];
	size_t nargs = join(args, sizeof(args), many + 1), nenv = join(env, sizeof(env), environment);

	CALL_BEGIN(execve, STR(filename, "./program"));
	will_end_call(0, "execve");
	ALSO_STR(exe, many[0]);
	ALSO_STRINGS(args, args, nargs);
	ALSO_STRINGS(env, env, nenv);
	of_program(self, "program", strlen(many[0]) + 1 + nargs, nenv);
	syscall(SYS_execve, "./program", many, environment);
	die("execve");
}

/* The interpreter is the program; its arguments are those of its line, then the script and its own. */
static void exec_script(pid_t self)
{
	static const char args[] = "an argument\0script\0one";
	char *argv[] = { "zero", "one", NULL };

	CALL_BEGIN(execve, STR(filename, "script"));
	will_end_call(0, "execve");
	NOW_STR(exe, "program");
	NOW_STRINGS(args, args, sizeof(args));
	NONE(env);
	of_program(self, "script", sizeof("program") + sizeof(args), 0);
	syscall(SYS_execve, "script", argv, NULL);
	die("execve of a script");
}

/* More of arguments and environment than a record keeps. */
static void exec_cut(pid_t self)
{
	static char value[5000], args[2 * sizeof(value)], *argv[] = { "", value, value, NULL };

	memset(value, 'v', sizeof(value) - 1);
	memset(args, 'v', 4095);
	CALL_BEGIN(execve, STR(filename, "program"));
	will_end_call(0, "execve");
	ALSO_STR(exe, "");
	WANT(args, .how = IS_STRINGS, .data = args, .len = 4096, .cut = true);
	WANT(env, .how = IS_STRINGS, .data = args, .len = 4096, .cut = true);
	of_program(self, "program", 1 + 2 * sizeof(value), 2 * sizeof(value));
	syscall(SYS_execve, "program", argv, argv + 1);
	die("execve with long arguments");
}

/* Its record at entry is an execveat, that at exit an execve. */
static void exec_at(pid_t self)
{
	static const char args[] = "second";
	char *argv[] = { "first", "second", NULL };

	CALL_BEGIN(execveat, NUM(dirfd, AT_FDCWD), STR(filename, "program"), UNSEEN(argv), UNSEEN(NULL),
		   NUM(at_flags, 0));
	will_end_call(0, "execve");
	ALSO_STR(exe, "first");
	ALSO_STRINGS(args, args, sizeof(args));
	NONE(env);
	of_program(self, "program", sizeof("first") + sizeof(args), 0);
	syscall(SYS_execveat, AT_FDCWD, "program", argv, NULL, 0);
	die("execveat");
}

/* What there is to say of our own program, which goes on. */
static void still_executable(pid_t parent, const struct statx *st)
{
	now_exec(parent, COMM);
	now_executable(know.exe, st);
	NONE(argv_size);
	NONE(env_size);
}

static void exec_fails(pid_t parent)
{
	struct statx st = statx_at("/proc/self/exe");
	char *argv[] = { "arg zero", "", "arg two", NULL }, *bad[] = { "fine", BAD_PTR, NULL };
	static const char args[] = "\0arg two", env[] = "PATH=/nowhere\0EMPTY=\0NO_VALUE";

	CALL(execve, STR(filename, "/no/such/program"), UNSEEN(argv), UNSEEN(environment));
	ALSO_STR(exe, "arg zero");
	ALSO_STRINGS(args, args, sizeof(args));
	ALSO_STRINGS(env, env, sizeof(env));
	still_executable(parent, &st);
	CALL(execve, STR(filename, ""), UNSEEN(NULL), UNSEEN(NULL));
	NONE(exe);
	NONE(args);
	NONE(env);
	still_executable(parent, &st);
	CALL(execve, BAD(filename), UNSEEN(BAD_PTR), UNSEEN(BAD_PTR));
	FAULT(exe);
	FAULT(args);
	FAULT(env);
	still_executable(parent, &st);
	CALL(execve, STR(filename, "program"), UNSEEN(bad), UNSEEN(bad + 2));
	ALSO_STR(exe, "fine");
	FAULT(args);
	NONE(env);
	still_executable(parent, &st);
	CALL(execveat, NUM(dirfd, -77), STR(filename, "program"), UNSEEN(argv), UNSEEN(environment + 2),
	     NUM(at_flags, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH));
	ALSO_STR(exe, "arg zero");
	ALSO_STRINGS(args, args, sizeof(args));
	ALSO_STRINGS(env, "NO_VALUE", sizeof("NO_VALUE"));
	still_executable(parent, &st);
}

static void executing(void)
{
	void (*const execs[])(pid_t) = { exec_program, exec_script, exec_cut, exec_at };
	static char texts[ARRAY_SIZE(many)][16];
	pid_t self = tid_now(), pid;
	unsigned i;

	for (i = 0; i + 1 < ARRAY_SIZE(many); i++) {
		snprintf(texts[i], sizeof(texts[i]), "argument %u", i);
		many[i] = texts[i];
	}
	for (i = 0; i < ARRAY_SIZE(execs); i++) {
		pid = new_process();
		if (!pid)
			execs[i](self);
		reap(pid);
	}
	exec_fails(getppid());
}

/* ---- the small ones ---- */

static void controlling(void)
{
	char name[] = "a name too long for a task", got[16] = "";
	int sig;

	CALL(prctl, NUM(option, PR_SET_NAME), STR(arg2_str, name), NUM(arg3, 3), NUM(arg4, 4),
	     NUM(arg5, 5));
	NONE(value);
	ALSO_NUM(arg2_int, (long)name);
	CALL(prctl, NUM(option, PR_GET_NAME), UNSEEN(got), NUM(arg3, 0), NUM(arg4, 0), NUM(arg5, 0));
	NONE(value);
	GOT_STR(arg2_str, "a name too long");
	ALSO_NUM(arg2_int, (long)got);
	CALL(prctl, NUM(option, PR_SET_NAME), BAD(arg2_str), NUM(arg3, 0), NUM(arg4, 0), NUM(arg5, 0));
	NONE(value);
	ALSO_NUM(arg2_int, (long)BAD_PTR);
	CALL(prctl, NUM(option, PR_SET_NAME), STR(arg2_str, COMM), NUM(arg3, 0), NUM(arg4, 0),
	     NUM(arg5, 0));
	NONE(value);
	ALSO_NUM(arg2_int, (long)COMM);
	CALL(prctl, NUM(option, PR_GET_DUMPABLE), NUM(arg2_int, 0), NUM(arg3, 0), NUM(arg4, 0),
	     NUM(arg5, 0));
	NONE(value);
	NONE(arg2_str);
	CALL(prctl, NUM(option, -99), NUM(arg2_int, -1), NUM(arg3, -2), NUM(arg4, -3), NUM(arg5, -4));
	NONE(value);
	NONE(arg2_str);
	CALL(prctl, NUM(option, PR_SET_PDEATHSIG), NUM(arg2_int, 0), NUM(arg3, 0), NUM(arg4, 0),
	     NUM(arg5, 0));
	NONE(value);
	NONE(arg2_str);
	CALL(prctl, NUM(option, PR_GET_PDEATHSIG), NUM(arg2_int, &sig), NUM(arg3, 0), NUM(arg4, 0),
	     NUM(arg5, 0));
	NONE(arg2_str);
	GOT_BYTES(value, &sig, sizeof(sig));
}

static void signalling(void)
{
	pid_t self = pid_now();

	CALL(kill, NUM(pid, self), NUM(sig, 0));
	CALL(kill, NUM(pid, self), NUM(sig, SIGURG));
	CALL(kill, NUM(pid, 0x7fffffff), NUM(sig, SIGKILL));
	CALL(kill, NUM(pid, self), NUM(sig, -5));
	CALL(tkill, NUM(tid, self), NUM(sig, SIGCONT));
	CALL(tkill, NUM(tid, -1), NUM(sig, 65));
	CALL(tgkill, NUM(pid, self), NUM(tid, self), NUM(sig, 0));
	CALL(tgkill, NUM(pid, -1), NUM(tid, -2), NUM(sig, -3));
}

static void tracing_and_grouping(void)
{
	unsigned long regs[27] = { 1, 2, 3 }, fpregs[64] = { 0x37f, 5 };
	struct iovec regset = { regs, sizeof(regs) };
	pid_t pid = new_process();
	struct rusage usage;
	int status;

	if (pid) {
		CALL(wait4, NUM(pid, pid), UNSEEN(&status), NUM(options, __WALL), UNSEEN(&usage));
		GOT_NUM(status, status);
		GOT_OBJECT(rusage, &usage);
		CALL(wait4, NUM(pid, pid), UNSEEN(&status), NUM(options, WNOHANG), UNSEEN(&usage));
		NONE(status);
		NONE(rusage);
		return;
	}
	CALL(setpgid, NUM(pid, 0), NUM(pgid, 0));
	CALL(setpgid, NUM(pid, -1), NUM(pgid, -2));
	CALL(setsid);
	CALL(ptrace, NUM(request, PTRACE_TRACEME), NUM(pid, 0), NUM(addr, 0), NUM(data, 0));
	NONE(value);
	NONE(regset);
	CALL(ptrace, NUM(request, PTRACE_SETREGSET), NUM(pid, 0x7fffffff), NUM(addr, NT_PRSTATUS),
	     NUM(data, &regset));
	ALSO_BYTES(value, &regset, sizeof(regset));
	ALSO_BYTES(regset, regs, sizeof(regs));
	CALL(ptrace, NUM(request, PTRACE_GETREGSET), NUM(pid, 0x7fffffff), NUM(addr, NT_PRSTATUS),
	     NUM(data, &regset));
	ALSO_BYTES(value, &regset, sizeof(regset));
	NONE(regset);
	CALL(ptrace, NUM(request, PTRACE_SETFPREGS), NUM(pid, 0x7fffffff), NUM(addr, 0), NUM(data, fpregs));
	ALSO_BYTES(value, fpregs, sizeof(fpregs));
	NONE(regset);
	CALL(ptrace, NUM(request, PTRACE_PEEKUSER), NUM(pid, 0x7fffffff), NUM(addr, 8), NUM(data, -1));
	NONE(value);
	NONE(regset);
	CALL(ptrace, NUM(request, -1), NUM(pid, -1), NUM(addr, -2), NUM(data, BAD_PTR));
	NONE(value);
	NONE(regset);
	CALL_BEGIN(exit, NUM(status, -77));
	will_not_return();
	syscall(SYS_exit, -77);
}

void calls_process(void)
{
	CALL(setresgid, NUM(rgid, 0), NUM(egid, GID), NUM(sgid, 0));
	controlling();
	signalling();
	forking();
	cloning();
	cloning3();
	vforking();
	threading();
	executing();
	tracing_and_grouping();
	CALL(setresgid, NUM(rgid, 0), NUM(egid, 0), NUM(sgid, 0));
}
