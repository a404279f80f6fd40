// SPDX-License-Identifier: MIT
/* Asynchronous I/O, and waiting for several things at once. */
#include "calls.h"
#include "families.h"
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/uio.h>
#include <time.h>

#ifndef SYS_cachestat
#define SYS_cachestat 451
#endif
#ifndef SYS_futex_requeue
#define SYS_futex_requeue 456
#endif

static const uint64_t usr2 = 1ull << (SIGUSR2 - 1);

/* What pselect6 and io_pgetevents take last. */
struct mask_at {
	const uint64_t *mask;
	size_t size;
};

static long new_eventfd(void)
{
	return CALL(eventfd2, NUM(initval, 1), NUM(flags, 0));
}

/* Descriptors that are ready, so that the kernel leaves the sets as they are. */
static void selecting(void)
{
	struct mask_at at = { &usr2, sizeof(usr2) }, bad = { BAD_PTR, sizeof(usr2) };
	struct timespec ts = { 0, 1000 };
	fd_set in, out, wide[2];
	long fd = new_eventfd();
	unsigned n = fd + 1, size = (n + 7) / 8;

	FD_ZERO(&in);
	FD_SET(fd, &in);
	out = in;
	CALL(pselect6, NUM(n, n), BYTES(inp, &in, size), BYTES(outp, &out, size), NULL_ARG(exp),
	     OBJECT(timeout, &ts), UNSEEN(&at));
	ALSO_NUM(sigmask, usr2);
	CALL(pselect6, NUM(n, 0), UNSEEN(&in), UNSEEN(BAD_PTR), UNSEEN(BAD_PTR),
	     OBJECT(timeout, &ts),
	     UNSEEN(NULL));
	NONE(inp);
	NONE(outp);
	NONE(exp);
	NONE(sigmask);
	memset(wide, 0, sizeof(wide));
	memcpy(wide, &in, size);
	CALL(pselect6, NUM(n, 2000), BYTES(inp, wide, 250), NULL_ARG(outp), BAD_BYTES(exp, 250),
	     NULL_ARG(timeout), UNSEEN(&bad));
	FAULT(sigmask);
	CALL(pselect6, NUM(n, -1), NULL_ARG(inp), NULL_ARG(outp), NULL_ARG(exp), BAD(timeout),
	     UNSEEN(BAD_PTR));
	FAULT(sigmask);
	CALL(close, NUM(fd, fd));
}

static void semaphores(void)
{
	struct sembuf ops[10] = { { 0, 2, SEM_UNDO }, { 1, -1, IPC_NOWAIT } };
	const struct timespec ts = { 1, 2 };
	long id = CALL(semget, NUM(key, IPC_PRIVATE), NUM(nsems, 2), NUM(semflg, IPC_CREAT | 0600));

	CALL(semtimedop, NUM(semid, id), STRUCTS(sops, ops, 1), NUM(nsops, 1),
	     OBJECT(timeout, &ts));
	CALL(semtimedop, NUM(semid, id), STRUCTS(sops, ops, 2), NUM(nsops, 2), NULL_ARG(timeout));
	CALL(semtimedop, NUM(semid, -1), STRUCTS(sops, ops, 10), NUM(nsops, 10), BAD(timeout));
	CALL(semtimedop, NUM(semid, id), BAD_BYTES(sops, 2 * sizeof(*ops)), NUM(nsops, 2),
	     NULL_ARG(timeout));
	CALL(semctl, NUM(semid, id), NUM(semnum, 0), NUM(cmd, IPC_RMID), NUM(val, 0));
	NONE(value);
}

static void futexes(void)
{
	const struct timespec past = { 0, 1 }, bad = { -1, 0 };
	struct futex_waitv w[129] = { { 0 } };	/* more than a call takes */
	uint32_t words[2] = { 5, 6 };
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(w); i++)
		w[i] = (struct futex_waitv){ .val = 1, .uaddr = (uintptr_t)&words[i % 2], .flags = 2 | 128 };
	CALL(futex_waitv, STRUCTS(waiters, w, 2), NUM(nr_futexes, 2), NUM(flags, 0),
	     OBJECT(timeout, &past),
	     NUM(clockid, CLOCK_MONOTONIC));
	CALL(futex_waitv, STRUCTS(waiters, w, 129), NUM(nr_futexes, 129), NUM(flags, -1),
	     OBJECT(timeout, &bad), NUM(clockid, -9));
	CALL(futex_waitv, BAD_BYTES(waiters, 3 * sizeof(*w)), NUM(nr_futexes, 3), NUM(flags, 0),
	     BAD(timeout),
	     NUM(clockid, CLOCK_REALTIME));
	CALL(futex_requeue, STRUCTS(waiters, w, 2), NUM(flags, 0), NUM(nr_wake, 1),
	     NUM(nr_requeue, 2));
	w[0].val = words[0];
	CALL(futex_requeue, STRUCTS(waiters, w, 2), NUM(flags, 0), NUM(nr_wake, 1),
	     NUM(nr_requeue, 1));
	CALL(futex_requeue, BAD_BYTES(waiters, 2 * sizeof(*w)), NUM(flags, -1), NUM(nr_wake, -1),
	     NUM(nr_requeue, -2));
	CALL(futex_requeue, NULL_ARG(waiters), NUM(flags, 0), NUM(nr_wake, 0), NUM(nr_requeue, 0));
}

static void submitting(uint64_t ctx, struct iocb *cb)
{
	struct iocb *bad[9] = { BAD_PTR }, *list[2] = { cb, cb };

	CALL(io_submit, NUM(ctx_id, ctx), NUM(nr, 1), STRUCTS(iocbpp, list, 1));
	ALSO_OBJECT(iocb, cb);
	CALL(io_submit, NUM(ctx_id, 0), NUM(nr, 2), STRUCTS(iocbpp, list, 2));
	ALSO_OBJECT(iocb, cb);
	CALL(io_submit, NUM(ctx_id, ctx), NUM(nr, 9), STRUCTS(iocbpp, bad, 9));
	FAULT(iocb);
	CALL(io_submit, NUM(ctx_id, ctx), NUM(nr, 1), BAD_BYTES(iocbpp, sizeof(*list)));
	FAULT(iocb);
	CALL(io_submit, NUM(ctx_id, -1), NUM(nr, 0), NULL_ARG(iocbpp));
	NONE(iocb);
}

static void asynchronous(void)
{
	struct mask_at at = { &usr2, sizeof(usr2) };
	const struct timespec ts = { 0, 1000 };
	struct io_event ev[2];
	uint64_t ctx = 0;
	long fd = new_eventfd(), n;
	struct iocb cb = { .aio_data = 0x123456789abcdef, .aio_lio_opcode = IOCB_CMD_POLL, .aio_fildes = fd,
			   .aio_buf = 4 };

	CALL(io_setup, NUM(nr_events, 4), UNSEEN(&ctx));
	GOT_OBJECT(ctx_id, &ctx);
	CALL(io_setup, NUM(nr_events, 0), UNSEEN(BAD_PTR));
	NONE(ctx_id);
	submitting(ctx, &cb);
	CALL(io_cancel, NUM(ctx_id, ctx), OBJECT(iocb, &cb), UNSEEN(ev));
	NONE(result);
	CALL(io_cancel, NUM(ctx_id, 0), BAD(iocb), UNSEEN(BAD_PTR));
	NONE(result);
	n = CALL(io_getevents, NUM(ctx_id, ctx), NUM(min_nr, 0), NUM(nr, 2), UNSEEN(ev),
		 OBJECT(timeout, &ts));
	GOT_STRUCTS(events, ev, n);
	CALL(io_getevents, NUM(ctx_id, -1), NUM(min_nr, -2), NUM(nr, -1), UNSEEN(BAD_PTR),
	     BAD(timeout));
	NONE(events);
	n = CALL(io_pgetevents, NUM(ctx_id, ctx), NUM(min_nr, 0), NUM(nr, 2), UNSEEN(ev),
		 OBJECT(timeout, &ts), UNSEEN(&at));
	GOT_STRUCTS(events, ev, n);
	ALSO_NUM(sigmask, usr2);
	CALL(io_pgetevents, NUM(ctx_id, -1), NUM(min_nr, -2), NUM(nr, -1), UNSEEN(ev),
	     NULL_ARG(timeout),
	     UNSEEN(BAD_PTR));
	NONE(events);
	FAULT(sigmask);
	CALL(io_destroy, NUM(ctx_id, ctx));
	CALL(io_destroy, NUM(ctx_id, -1));
	CALL(close, NUM(fd, fd));
}

static void caching(void)
{
	struct { uint64_t off, len; } range = { 4096, 1ull << 40 };
	uint64_t stat[5];
	long fd = CALL(memfd_create, STR(name, "cached"), NUM(flags, 0));
	struct { uint64_t nr[5]; } *cached = (void *)stat;

	if (CALL(cachestat, NUM(fd, fd), OBJECT(range, &range), UNSEEN(stat), NUM(flags, 0)) < 0)
		NONE(cstat);
	else
		GOT_OBJECT(cstat, cached);
	CALL(cachestat, NUM(fd, -1), BAD(range), UNSEEN(stat), NUM(flags, -1));
	NONE(cstat);
	CALL(close, NUM(fd, fd));
}

/* Those that the kernel does not have any more, and what has no arguments. */
static void without_arguments(void)
{
	CALL_AS(pause, SYS_lookup_dcookie);
	call_is("lookup_dcookie", SCT_EVENT_X86_64);
	CALL_AS(pause, SYS_nfsservctl);
	call_is("nfsservctl", SCT_EVENT_X86_64);
}

void calls_aio(void)
{
	selecting();
	semaphores();
	futexes();
	asynchronous();
	caching();
	without_arguments();
}
