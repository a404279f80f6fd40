// SPDX-License-Identifier: MIT
/* A process that makes calls with known arguments, and the comparison of what is seen of it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "doctor.h"

#define NO_PATH	    "/proc/self/sctrace-doctor"	/* there is none */
#define DATA	    "sctrace doctor"
#define NO_FD	    -7
#define OFFSET	    4711
#define EXIT_STATUS 42

static void make_calls(int null)
{
	syscall(SYS_openat, AT_FDCWD, NO_PATH, O_RDONLY | O_CLOEXEC, 0);
	syscall(SYS_write, null, DATA, strlen(DATA));
	syscall(SYS_lseek, NO_FD, OFFSET, SEEK_END);
	syscall(SYS_close, NO_FD);
}

/* The same as records of them. */
static void expect_calls(struct probe *p, int null)
{
	const struct probe_event events[PROBE_EVENTS] = {
		{ "openat", { { "fd", -ENOENT, NULL }, { "dirfd", AT_FDCWD, NULL }, { "name", 0, NO_PATH } } },
		{ "write", { { "res", strlen(DATA), NULL }, { "data", 0, DATA }, { "fd", null, NULL },
			     { "size", strlen(DATA), NULL } } },
		{ "lseek", { { "res", -EBADF, NULL }, { "fd", NO_FD, NULL }, { "offset", OFFSET, NULL },
			     { "whence", SEEK_END, NULL } } },
		{ "close", { { "res", -EBADF, NULL }, { "fd", NO_FD, NULL } } },
		{ "procexit", { { "ret", EXIT_STATUS, NULL } } },
	};

	memcpy(p->events, events, sizeof(events));
}

static void be_probe(int go, int null)
{
	char c;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (read(go, &c, 1) == 1)
		make_calls(null);
	_exit(EXIT_STATUS);
}

int probe_start(struct probe *p)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC), go[2], err = 0;

	*p = (struct probe){ .go = -1 };
	if (null < 0)
		return -errno;
	if (pipe2(go, O_CLOEXEC)) {
		err = -errno;
		close(null);
		return err;
	}
	expect_calls(p, null);
	p->pid = fork();
	if (!p->pid) {
		close(go[1]);
		be_probe(go[0], null);
	}
	if (p->pid < 0)
		err = -errno;
	close(null);
	close(go[0]);
	if (err)
		close(go[1]);
	else
		p->go = go[1];
	return err;
}

void probe_calls(struct probe *p)
{
	p->came = 0;
	p->problem[0] = '\0';
	if (write(p->go, "", 1) != 1)
		snprintf(p->problem, sizeof(p->problem), "the probe process is gone");
}

void probe_end(struct probe *p)
{
	if (p->go >= 0)
		close(p->go);
	p->go = -1;
}

void probe_reap(struct probe *p)
{
	probe_end(p);
	if (p->pid > 0)
		waitpid(p->pid, NULL, 0);
	p->pid = 0;
}

static bool is_equal(const struct sct_value *v, int64_t number, const char *text)
{
	if (text)
		return (v->kind == SCT_VALUE_STRING || v->kind == SCT_VALUE_BYTES) &&
		       v->len == strlen(text) && !memcmp(v->data, text, v->len);
	return (v->kind == SCT_VALUE_INT && v->i == number) ||
	       (v->kind == SCT_VALUE_UINT && v->u == (uint64_t)number);
}

void probe_take(struct probe *p, const struct sct_event *event)
{
	const struct probe_event *want = &p->events[p->came];
	struct sct_value v = { .sz = sizeof(v) };
	unsigned i;

	if (p->came == PROBE_EVENTS || sct_event_is_enter(event) ||
	    sct_event_tid(event) != p->pid || strcmp(sct_event_name(event), want->name) != 0)
		return;
	for (i = 0; i < PROBE_PARAMS && want->params[i].name; i++) {
		if (!sct_event_arg(event, want->params[i].name, &v) &&
		    is_equal(&v, want->params[i].number, want->params[i].text))
			continue;
		snprintf(p->problem, sizeof(p->problem), "%s came with a wrong %s", want->name,
			 want->params[i].name);
		return;
	}
	p->came++;
}
