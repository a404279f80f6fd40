// SPDX-License-Identifier: MIT
/* See calls_abi.h; test_abi.c says what must be told of them. */
#include "calls_abi.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "calls32.h"

bool have_32bit, have_program32;

const struct sockaddr_in addr32 = {
	.sin_family = AF_INET, .sin_port = 0x901f, .sin_addr.s_addr = 0x0100007f,
};
const struct timespec time32 = { .tv_nsec = 1000 }, no_time32;
const uint16_t no_name32 = AF_UNIX;
const int16_t sembuf32[3] = { 3, -2, IPC_NOWAIT };
const int32_t type32 = 77;
const uint32_t act32[4] = { 1, 0x4000, 0x10000000 };
const uint8_t fds32[9] = { [8] = 1 << ONE_FD32 % 8 };

unsigned row_of(const char *name)
{
	const struct sct_syscall_info *call;
	unsigned i;

	for (i = 0; (call = sct_syscall_at(i)); i++)
		if (!strcmp(call->name, name))
			return i;
	return 65535;	/* none */
}

/* ---- calls of 64-bit programs ---- */

static void generic(const char *name, long nr, const long a[6])
{
	CALL_AS(syscall, nr, NUM(arg0, a[0]), NUM(arg1, a[1]), NUM(arg2, a[2]), NUM(arg3, a[3]),
		NUM(arg4, a[4]), NUM(arg5, a[5]));
	call_is(name, SCT_EVENT_X86_64);
	ALSO_NUM(ID, row_of(name));
	ALSO_NUM(nativeID, nr);
}

#define GENERIC(name, nr, ...) generic(name, nr, (const long[6]){ __VA_ARGS__ })

static void generic_calls(void)
{
	GENERIC("getppid", SYS_getppid, -1, 2, 3, 4, 5, 0x0123456789abcdef);
	GENERIC("syscall", 998, (long)BAD_PTR, -2, 1ll << 40, 7, -5, -6);
	GENERIC("syscall", 999, 1, 2, 3, 4, 5, 6);
	GENERIC("syscall", 1023, -1, -1, -1, -1, -1, -1);
	GENERIC("syscall", 1024, 1);
	GENERIC("syscall", 123456789, 0);
}

/* ---- calls of x32: most kernels do not take them, and say so in their result ---- */

#define X32(nr) (0x40000000 | (nr))

#define CALL_X32(event, nr, ...)					\
	do {								\
		CALL_AS(event, X32(nr), __VA_ARGS__);			\
		call_is(#event, SCT_EVENT_X32);				\
	} while (0)

static void calls_of_x32(void)
{
	static const uint32_t act[5] = { 1, 0x10000000, 0, 0x200 };	/* SIG_IGN, SA_RESTART, SIGUSR1 */
	static const uint32_t iov[2] = { 0, 77 };	/* in the low half of memory nothing is ours */

	CALL_X32(access, SYS_access, STR(name, "/no/such/file"), NUM(mode, 1));
	CALL_X32(rt_sigaction, 512, NUM(sig, 99), OBJECT(act, &act), NULL_ARG(oldact), NUM(sigsetsize, 8));
	CALL_X32(truncate, SYS_truncate, STR(path, "/no/such/file"), NUM(length, 1ll << 32 | 5));
	CALL_X32(readv, 515, NUM(fd, -1), UNSEEN(iov), NUM(iovcnt, 1));
	ALSO_NUM(size, 77);
	NONE(data);
	CALL_X32(preadv2, 546, NUM(fd, -1), UNSEEN(iov), NUM(iovcnt, 1), NUM(pos, 1ll << 40 | 5),
		 NUM(flags, 8));
	ALSO_NUM(size, 77);
	NONE(data);
	generic("syscall", X32(600), (const long[6]){ 1, -2, 3, 4, 5, 6 });
	call_is("syscall", SCT_EVENT_X32);
}

/* ---- 32-bit calls of 64-bit programs ---- */

/* The registers of the arguments are wider than what such a call takes. */
__asm__(".text\n"
	".globl int80\n"
	"int80:\n\t"
	"push %rbx\n\t"
	"push %rbp\n\t"
	"mov %rdi, %rax\n\t"
	"mov (%rsi), %rbx\n\t"
	"mov 8(%rsi), %rcx\n\t"
	"mov 16(%rsi), %rdx\n\t"
	"mov 32(%rsi), %rdi\n\t"
	"mov 40(%rsi), %rbp\n\t"
	"mov 24(%rsi), %rsi\n\t"
	"int $0x80\n\t"
	"pop %rbp\n\t"
	"pop %rbx\n\t"
	"ret\n");

/* A kernel that is configured so ends the program instead. */
static bool takes_32bit_calls(void)
{
	static const uint64_t none[6];
	pid_t pid = fork();
	int status;

	if (!pid) {
		int80(20, none);	/* getpid */
		_exit(0);
	}
	return waitpid(pid, &status, 0) == pid && !status;
}

/* What is not in the table of calls32.h, with registers that are wider than what such a call takes. */
static void raw_call32(const char *name, unsigned nr, const uint64_t a[6])
{
	CALL_BEGIN(syscall, NUM(nativeID, nr), NUM(ID, row_of(name)), NUM(arg0, (uint32_t)a[0]),
		   NUM(arg1, (uint32_t)a[1]), NUM(arg2, (uint32_t)a[2]), NUM(arg3, (uint32_t)a[3]),
		   NUM(arg4, (uint32_t)a[4]), NUM(arg5, (uint32_t)a[5]));
	end_call(int80(nr, a));
	call_is(name, SCT_EVENT_I386);
}

#define RAW_CALL32(name, nr, ...) raw_call32(name, nr, (const uint64_t[6]){ __VA_ARGS__ })

#define LIST(...) __VA_ARGS__
#define CALL32(event, name, nr, args, params)				\
	do {								\
		CALL_BEGIN(event, LIST params);				\
		end_call(int80(nr, (const uint64_t[6]){ LIST args }));	\
		call_is(name, SCT_EVENT_I386);				\
	} while (0);

static void now_memory(void)
{
	NOW_RANGE(vm_size, 0, -1);
	NOW_RANGE(vm_rss, 0, -1);
	NOW_RANGE(vm_swap, 0, -1);
}

static struct mem32 *map_mem32(void)
{
	struct mem32 *mem;

	mem = (void *)CALL(mmap, NUM(addr, NULL), NUM(length, sizeof(*mem)),
			   NUM(prot, PROT_READ | PROT_WRITE),
			   NUM(flags, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT), NUM(fd, -1), NUM(offset, 0));
	now_memory();
	if (mem == MAP_FAILED)
		die("memory below 4 GiB");
	fill_mem32(mem);
	return mem;
}

/* ipc(2) tells the address in memory, not by what it returns. */
static void attach_32bit(struct mem32 *mem)
{
	int id = syscall(SYS_shmget, IPC_PRIVATE, 4096, 0600);
	uint32_t *at = (uint32_t *)mem->buf;

	if (id < 0)
		die("shmget");
	CALL_BEGIN(shmat, NUM(shmid, id), NUM(shmaddr, 0), NUM(shmflg, SHM_RDONLY));
	if (int80(117, (const uint64_t[6]){ 21, id, SHM_RDONLY, AT32(buf), 0 }))
		die("shmat");
	end_call(*at);
	call_is("shmat", SCT_EVENT_I386);
	CALL_BEGIN(shmdt, NUM(shmaddr, *at));
	end_call(int80(117, (const uint64_t[6]){ 22, 0, 0, 0, *at }));
	call_is("shmdt", SCT_EVENT_I386);
	if (syscall(SYS_shmctl, id, IPC_RMID, NULL))
		die("shmctl");
}

#define RETURN32(nr, ...) int80(nr, (const uint64_t[6]){ __VA_ARGS__ })

/* ---- structs of files ---- */

/*
 * The structs of stat and oldstat of i386 have few bits for some numbers; the kernel answers
 * EOVERFLOW for a file that needs more (fs/stat.c: cp_compat_stat(), cp_old_stat()).  The machine
 * decides which numbers a file has: for each answer the test looks for a file that gets it from
 * every kernel.
 *
 * 932aba1e16 ("stat: fix inconsistency between struct stat and struct compat_stat"), 5.18: kernels
 * before it answer EOVERFLOW for devices with larger numbers.
 */
static bool are_small(const struct statx *st)
{
	return st->stx_dev_major < 256 && st->stx_dev_minor < 256 && st->stx_rdev_major < 256 &&
	       st->stx_rdev_minor < 256 && st->stx_nlink <= UINT16_MAX && st->stx_size <= INT32_MAX;
}

static bool fits_stat(const struct statx *st)
{
	return are_small(st) && st->stx_ino <= UINT32_MAX;
}

static bool fits_oldstat(const struct statx *st)
{
	return are_small(st) && st->stx_ino <= UINT16_MAX;
}

static bool exceeds_stat(const struct statx *st)
{
	return st->stx_size > INT32_MAX;
}

static bool exceeds_oldstat(const struct statx *st)
{
	return st->stx_ino > UINT16_MAX;
}

/* In test_dir: a large file, and the file system of /dev, whose device number is small since boot. */
#define LARGE_FILE "large32"
#define DEVICES	   "devices32"

/* procfs gives its files that belong to no process inode numbers from 0xf0000000 on. */
static const char *const files32[] = {
	"/proc", "/sys", "/dev", "/", DEVICES, "/proc/version", "/proc/filesystems", LARGE_FILE,
};

static char fitting_stat[64], fitting_oldstat[64], exceeding_stat[64], exceeding_oldstat[64];

static void make_files(void)
{
	int fd = open(LARGE_FILE, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0 || ftruncate(fd, 1ll << 32))
		fail("%s: %s", LARGE_FILE, strerror(errno));
	close(fd);
	/* a kernel without devtmpfs leaves the other candidates */
	if (!mkdir(DEVICES, 0700) && mount("none", DEVICES, "devtmpfs", 0, NULL))
		rmdir(DEVICES);
}

/* A symbolic link is none: stat and lstat see different files there. */
static void find_file(char path[64], const char *what, bool (*is_good)(const struct statx *st))
{
	struct statx st;
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(files32); i++) {
		if (statx(AT_FDCWD, files32[i], AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &st) ||
		    S_ISLNK(st.stx_mode) || !is_good(&st))
			continue;
		snprintf(path, 64, "%s%s%s", *files32[i] == '/' ? "" : test_dir,
			 *files32[i] == '/' ? "" : "/", files32[i]);
		return;
	}
	fail("none of the files that calls_abi.c knows has numbers that %s", what);
}

static void find_files(void)
{
	make_files();
	find_file(fitting_stat, "fit struct stat of i386", fits_stat);
	find_file(fitting_oldstat, "fit struct __old_kernel_stat of i386", fits_oldstat);
	find_file(exceeding_stat, "exceed struct stat of i386", exceeds_stat);
	find_file(exceeding_oldstat, "exceed struct __old_kernel_stat of i386", exceeds_oldstat);
}

static long must_return(const char *call, const char *path, long ret, long want)
{
	errno = ret < 0 ? -ret : 0;
	if (ret != want)
		die("%s of \"%s\" returns %ld, not %ld", call, path, ret, want);
	return ret;
}

/* The record shows the struct as the kernel has written it; a call that fails has none. */
#define STAT32(event, name, nr, param, arg, size, ret)					\
	do {										\
		memset(mem->result, 0, sizeof(mem->result));				\
		CALL_BEGIN(event, param);						\
		end_call(must_return(name, path, RETURN32(nr, arg, AT32(result)), ret)); \
		call_is(name, SCT_EVENT_I386);						\
		if (ret)								\
			NONE(statbuf);							\
		else									\
			WANT(statbuf, .how = IS_STRUCTS, .data = mem->result, .len = size, \
			     .when = AT_RETURN);					\
	} while (0)

static int open_file(struct mem32 *mem, const char *path)
{
	int fd = syscall(SYS_openat, AT_FDCWD, path, O_PATH | O_CLOEXEC);

	if (fd < 0)
		die("\"%s\"", path);
	snprintf(mem->path, sizeof(mem->path), "%s", path);
	return fd;
}

static void stat_32bit(struct mem32 *mem, const char *path, long ret)
{
	int fd = open_file(mem, path);

	STAT32(stat, "stat", 106, STR(path, path), AT32(path), 64, ret);
	STAT32(lstat, "lstat", 107, STR(path, path), AT32(path), 64, ret);
	STAT32(fstat, "fstat", 108, NUM(fd, fd), fd, 64, ret);
	STAT32(stat64, "stat64", 195, STR(path, path), AT32(path), 96, 0);
	STAT32(lstat64, "lstat64", 196, STR(path, path), AT32(path), 96, 0);
	STAT32(fstat64, "fstat64", 197, NUM(fd, fd), fd, 96, 0);
	syscall(SYS_close, fd);
}

static void oldstat_32bit(struct mem32 *mem, const char *path, long ret)
{
	int fd = open_file(mem, path);

	STAT32(oldstat, "oldstat", 18, STR(path, path), AT32(path), 32, ret);
	STAT32(oldstat, "oldlstat", 84, STR(path, path), AT32(path), 32, ret);
	STAT32(oldfstat, "oldfstat", 28, NUM(fd, fd), fd, 32, ret);
	syscall(SYS_close, fd);
}

static void structs_32bit(struct mem32 *mem)
{
	stat_32bit(mem, fitting_stat, 0);
	stat_32bit(mem, exceeding_stat, -EOVERFLOW);
	oldstat_32bit(mem, fitting_oldstat, 0);
	oldstat_32bit(mem, exceeding_oldstat, -EOVERFLOW);
	strcpy(mem->path, "/");
	CALL_BEGIN(fstatat64, NUM(dirfd, AT_FDCWD), STR(path, "/"), NUM(flags, 0));
	end_call(RETURN32(300, AT_FDCWD, AT32(path), AT32(result), 0));
	call_is("fstatat64", SCT_EVENT_I386);
	WANT(statbuf, .how = IS_STRUCTS, .data = mem->result, .len = 96, .when = AT_RETURN);
	CALL_BEGIN(statfs64, STR(path, "/"), NUM(sz, 84));
	end_call(RETURN32(268, AT32(path), 84, AT32(result)));
	call_is("statfs64", SCT_EVENT_I386);
	WANT(buf, .how = IS_STRUCTS, .data = mem->result, .len = 84, .when = AT_RETURN);
	CALL_BEGIN(fstatfs64, NUM(fd, ONE_FD32), NUM(sz, 84));
	end_call(RETURN32(269, ONE_FD32, 84, AT32(result)));
	call_is("fstatfs64", SCT_EVENT_I386);
	WANT(buf, .how = IS_STRUCTS, .data = mem->result, .len = 84, .when = AT_RETURN);
	CALL_BEGIN(olduname);
	end_call(RETURN32(109, AT32(result)));
	call_is("olduname", SCT_EVENT_I386);
	WANT(name, .how = IS_STRUCTS, .data = mem->result, .len = 325, .when = AT_RETURN);
	CALL_BEGIN(oldolduname);
	end_call(RETURN32(59, AT32(result)));
	call_is("oldolduname", SCT_EVENT_I386);
	WANT(name, .how = IS_STRUCTS, .data = mem->result, .len = 45, .when = AT_RETURN);
}

static void files_32bit(struct mem32 *mem)
{
	long fd = syscall(SYS_memfd_create, "32", 0);	/* some disks take no such offset */

	CALL_BEGIN(_llseek, NUM(fd, fd), NUM(offset, 0x123456789), NUM(whence, SEEK_SET));
	end_call(RETURN32(140, fd, 1, 0x23456789, AT32(result), SEEK_SET));
	call_is("_llseek", SCT_EVENT_I386);
	GOT_NUM(result, 0x123456789);
	snprintf((char *)mem->result, sizeof(mem->result), "/proc/self/fd/%ld", fd);
	CALL_BEGIN(truncate64, STR(path, (char *)mem->result), NUM(length, 4097));
	end_call(RETURN32(193, AT32(result), 4097, 0));
	call_is("truncate64", SCT_EVENT_I386);
	if (syscall(SYS_close, fd))
		die("close");
}

static void nothing(int sig)
{
	(void)sig;
}

/* A signal that waits interrupts what waits for it. */
static void signals_32bit(struct mem32 *mem)
{
	const struct sigaction catch = { .sa_handler = nothing };
	sigset_t usr1;

	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	if (sigaction(SIGUSR1, &catch, NULL) || sigprocmask(SIG_BLOCK, &usr1, NULL) || raise(SIGUSR1))
		die("signals");
	CALL_BEGIN(sigpending);
	end_call(RETURN32(73, AT32(oldset)));
	call_is("sigpending", SCT_EVENT_I386);
	GOT_NUM(set, 1 << (SIGUSR1 - 1));
	CALL_BEGIN(sigsuspend, NUM(mask, 1 << (SIGUSR2 - 1)));
	if (RETURN32(72, 5, 6, 1 << (SIGUSR2 - 1)) != -EINTR)
		die("sigsuspend");
	end_call(-514);	/* ERESTARTNOHAND: the signal comes later */
	call_is("sigsuspend", SCT_EVENT_I386);
	CALL_BEGIN(sigaction, NUM(sig, SIGUSR1), NULL_ARG(act));
	end_call(RETURN32(67, SIGUSR1, 0, AT32(oldact)));
	call_is("sigaction", SCT_EVENT_I386);
	GOT_OBJECT(oldact, &mem->oldact);
	if (sigprocmask(SIG_UNBLOCK, &usr1, NULL))
		die("signals");
}

static void calls_of_32bit(void)
{
	struct mem32 *mem = map_mem32();

	CALLS32(CALL32)
	RAW_CALL32("getppid", 64, 0x1234567800000001, 2, 3, 4, 5, -1);
	attach_32bit(mem);
	structs_32bit(mem);
	files_32bit(mem);
	signals_32bit(mem);
	RAW_CALL32("syscall", 1023, 1);
	RAW_CALL32("syscall", 5000, 1);
	if (syscall(SYS_munmap, mem, sizeof(*mem)))
		die("munmap");
}

/* ---- a 32-bit program: it makes those of calls32.h ---- */

static char program32[4096];
int results_fd[2];

/* It and what it makes in turn is no part of the log: it has no access to that. */
static void run_program32(void)
{
	char *argv[] = { program32, NULL };
	pid_t pid = syscall(SYS_fork);

	if (!pid) {
		syscall(SYS_dup3, results_fd[1], STDOUT_FILENO, 0);
		syscall(SYS_execve, program32, argv, NULL);
		end_process(127);
	}
	reap(pid);
}

static bool runs(const char *program)
{
	char command[4200];

	snprintf(command, sizeof(command), "'%s' >/dev/null", program);
	return !system(command);
}

static void find_program32(void)
{
	have_program32 = have_32bit && find_program("calls32", program32, sizeof(program32)) &&
			 runs(program32);
	if (!have_program32)
		printf("no 32-bit program: this machine cannot build or run one\n");
}

static void open_sockets(void)
{
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, fd) || dup2(fd[0], ONE_FD32) < 0 ||
	    dup2(fd[1], OTHER_FD32) < 0)
		fail("sockets: %s", strerror(errno));
	close(fd[0]);
	close(fd[1]);
}

void prepare_abi(void)
{
	open_sockets();
	have_32bit = takes_32bit_calls();
	if (!have_32bit)
		printf("no 32-bit calls: this kernel does not take them\n");
	else
		find_files();
	find_program32();
	if (pipe2(results_fd, O_CLOEXEC))
		fail("pipe: %s", strerror(errno));
}

void calls_abi(void)
{
	generic_calls();
	calls_of_x32();
	if (have_32bit)
		calls_of_32bit();
	if (have_program32)
		run_program32();
}
