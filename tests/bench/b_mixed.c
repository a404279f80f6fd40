// SPDX-License-Identifier: MIT
/*
 * What a service does: look at a file, read it, talk to a peer over a socket, and now and then get
 * memory.  41 calls in 4 operations.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "bench.h"

static char path[] = "/tmp/bench_mixed_XXXXXX", buf[512];
static int ends[2];

static void full(ssize_t n, const char *what)
{
	if (MUST(n) != sizeof(buf))
		bench_die(what);
}

static void use_file(void)
{
	struct stat st;
	int fd;

	MUST(syscall(SYS_newfstatat, AT_FDCWD, path, &st, 0));
	fd = MUST(open(path, O_RDONLY));
	MUST(syscall(SYS_fstat, fd, &st));
	full(read(fd, buf, sizeof(buf)), path);
	MUST(lseek(fd, 0, SEEK_SET));
	MUST(close(fd));
}

static void use_memory(void)
{
	void *p = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		bench_die("mmap");
	MUST(munmap(p, 4096));
}

static void op(void)
{
	static unsigned n;

	use_file();
	full(write(ends[0], buf, sizeof(buf)), "write");
	full(read(ends[1], buf, sizeof(buf)), "read");
	syscall(SYS_getppid);
	syscall(SYS_getppid);
	if (n++ % 8 == 0)
		use_memory();
}

int main(int argc, char **argv)
{
	int fd = MUST(mkstemp(path));

	memset(buf, 'y', sizeof(buf));
	full(write(fd, buf, sizeof(buf)), path);
	MUST(close(fd));
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
	bench_run("mixed", argc, argv, 30000, op);
	MUST(unlink(path));
	return 0;
}
