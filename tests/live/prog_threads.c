// SPDX-License-Identifier: MIT
/* Four threads at once, each with its own fixed sequence of calls. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "prog.h"

#define THREADS 4
#define TURNS	25

static pthread_barrier_t all_there;
static int files[THREADS];

static void handle(int sig)
{
	(void)sig;
}

static void *work(void *arg)
{
	char name[] = "thread 0", data[64] = {};
	int n = (intptr_t)arg, fd = files[n], i, p[2];
	struct stat st;

	name[sizeof(name) - 2] += n;
	pthread_barrier_wait(&all_there);
	MUST(prctl(PR_SET_NAME, name, 0, 0, 0));
	for (i = 0; i < TURNS; i++) {
		MUST(write(fd, name, sizeof(name) - 1 - (i & 3)));
		MUST(pread(fd, data, sizeof(data), i));
		MUST(fstat(fd, &st));
		if (!(i % (n + 2)))
			MUST(mprotect((void *)((uintptr_t)&all_there & ~4095ul), 4096,
				      PROT_READ | PROT_WRITE));
		if (!stat("nothing", &st))
			exit(1);
	}
	MUST(syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGUSR1));
	pthread_barrier_wait(&all_there);
	if (!n) {	/* who comes first gets the lowest descriptor: only one may */
		MUST(pipe(p));
		MUST(write(p[1], data, sizeof(data)));
		MUST(read(p[0], data, sizeof(data)));
	}
	pthread_barrier_wait(&all_there);
	return NULL;
}

int main(void)
{
	struct sigaction sa = { .sa_handler = handle };
	pthread_t thread[THREADS];
	pthread_attr_t attr;
	intptr_t i;

	MUST(sigaction(SIGUSR1, &sa, NULL));
	MUST(-pthread_attr_init(&attr));
	MUST(-pthread_attr_setstacksize(&attr, 1 << 17));
	MUST(-pthread_barrier_init(&all_there, NULL, THREADS));
	for (i = 0; i < THREADS; i++)
		files[i] = MUST(open(".", O_RDWR | O_TMPFILE, 0600));
	for (i = 0; i < THREADS; i++)
		MUST(-pthread_create(&thread[i], &attr, work, (void *)i));
	for (i = 0; i < THREADS; i++)
		MUST(-pthread_join(thread[i], NULL));
	for (i = 0; i < THREADS; i++)
		MUST(close(files[i]));
	return 0;
}
