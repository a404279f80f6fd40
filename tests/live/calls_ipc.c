// SPDX-License-Identifier: MIT
/* Pipes, semaphores, waiting and limits. */
#include "calls.h"
#include "families.h"
#include <fcntl.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <time.h>

static void pipes(void)
{
	int fds[2] = { 1, 2 };

	CALL(pipe, UNSEEN(fds));
	GOT_NUM(fd1, fds[0]);
	GOT_NUM(fd2, fds[1]);
	GOT_NUM(ino, ino_of(fds[1]));
	CALL(close, NUM(fd, fds[0]));
	CALL(close, NUM(fd, fds[1]));
	CALL(pipe, UNSEEN(BAD_PTR));
	NONE(fd1);
	NONE(fd2);
	NONE(ino);
	CALL(pipe2, UNSEEN(fds), NUM(flags, O_CLOEXEC | O_DIRECT));
	GOT_NUM(fd1, fds[0]);
	GOT_NUM(fd2, fds[1]);
	GOT_NUM(ino, ino_of(fds[1]));
	CALL(close, NUM(fd, fds[0]));
	CALL(close, NUM(fd, fds[1]));
	CALL(pipe2, UNSEEN(fds), NUM(flags, 0x7f));
	NONE(fd1);
	NONE(fd2);
	NONE(ino);
}

static void waiting(void)
{
	struct timespec soon = { 0, 2000 }, never = { -1, 4000000000 };
	unsigned word = 5, other = 6;

	CALL(nanosleep, OBJECT(interval, &soon), UNSEEN(NULL));
	CALL(nanosleep, OBJECT(interval, &never), UNSEEN(NULL));
	CALL(nanosleep, BAD(interval), UNSEEN(NULL));
	CALL(futex, NUM(addr, &word), NUM(op, FUTEX_WAIT_PRIVATE), NUM(val, 4), OBJECT(timeout, &soon),
	     NUM(addr2, NULL), NUM(val3, 0));
	NONE(val2);
	CALL(futex, NUM(addr, &word), NUM(op, FUTEX_WAIT), NUM(val, 5), OBJECT(timeout, &soon),
	     NUM(addr2, 7), NUM(val3, 8));
	NONE(val2);
	CALL(futex, NUM(addr, &word), NUM(op, FUTEX_WAIT_BITSET), NUM(val, 4), NULL_ARG(timeout),
	     NUM(addr2, NULL), NUM(val3, -1));
	NONE(val2);
	CALL(futex, NUM(addr, &word), NUM(op, FUTEX_WAKE), NUM(val, 1), NUM(val2, 17),
	     NUM(addr2, NULL), NUM(val3, 0));
	NONE(timeout);
	CALL(futex, NUM(addr, &word), NUM(op, FUTEX_CMP_REQUEUE), NUM(val, 1), NUM(val2, 0x7fffffff),
	     NUM(addr2, &other), NUM(val3, 5));
	NONE(timeout);
	CALL(futex, NUM(addr, &word), NUM(op, FUTEX_WAKE_OP_PRIVATE), NUM(val, 1), NUM(val2, 2),
	     NUM(addr2, &other), NUM(val3, FUTEX_OP(FUTEX_OP_ADD, 1, FUTEX_OP_CMP_GT, 5)));
	NONE(timeout);
	CALL(futex, NUM(addr, BAD_PTR), NUM(op, FUTEX_LOCK_PI), NUM(val, -1), BAD(timeout),
	     NUM(addr2, -1), NUM(val3, -1));
	NONE(val2);
	CALL(futex, NUM(addr, 0), NUM(op, 99), NUM(val, 0), NUM(val2, 0), NUM(addr2, 0), NUM(val3, 0));
	NONE(timeout);
}

static void limits(void)
{
	struct rlimit lim, lower;

	CALL(getrlimit, NUM(resource, RLIMIT_NOFILE), UNSEEN(&lim));
	GOT_NUM(cur, lim.rlim_cur);
	GOT_NUM(max, lim.rlim_max);
	CALL(getrlimit, NUM(resource, 99), UNSEEN(&lim));
	NONE(cur);
	NONE(max);
	CALL(getrlimit, NUM(resource, RLIMIT_AS), UNSEEN(BAD_PTR));
	NONE(cur);
	NONE(max);
	lower = (struct rlimit){ lim.rlim_cur - 1, lim.rlim_max };
	CALL(setrlimit, NUM(resource, RLIMIT_NOFILE), UNSEEN(&lower));
	ALSO_NUM(cur, lower.rlim_cur);
	ALSO_NUM(max, lower.rlim_max);
	CALL(setrlimit, NUM(resource, -1), UNSEEN(BAD_PTR));
	FAULT(cur);
	FAULT(max);
	CALL(prlimit64, NUM(pid, 0), NUM(resource, RLIMIT_NOFILE), UNSEEN(&lim), UNSEEN(&lower));
	ALSO_NUM(newcur, lim.rlim_cur);
	ALSO_NUM(newmax, lim.rlim_max);
	GOT_NUM(oldcur, lower.rlim_cur);
	GOT_NUM(oldmax, lower.rlim_max);
	CALL(prlimit64, NUM(pid, tid_now()), NUM(resource, RLIMIT_CORE), UNSEEN(NULL), UNSEEN(&lower));
	NONE(newcur);
	NONE(newmax);
	GOT_NUM(oldcur, lower.rlim_cur);
	GOT_NUM(oldmax, lower.rlim_max);
	lim = (struct rlimit){ RLIM_INFINITY, 0 };
	CALL(prlimit64, NUM(pid, -1), NUM(resource, 3), UNSEEN(&lim), UNSEEN(&lower));
	ALSO_NUM(newcur, RLIM_INFINITY);
	ALSO_NUM(newmax, 0);
	NONE(oldcur);
	NONE(oldmax);
}

static void no_operation(int n)
{
	if (n < 1) {
		NONE(sem_num_0);
		NONE(sem_op_0);
		NONE(sem_flg_0);
	}
	NONE(sem_num_1);
	NONE(sem_op_1);
	NONE(sem_flg_1);
}

static void semaphores(void)
{
	struct sembuf op[3] = { { 0, 4, SEM_UNDO }, { 1, -1, IPC_NOWAIT }, { 2, 0, 0 } };
	long id = CALL(semget, NUM(key, IPC_PRIVATE), NUM(nsems, 3), NUM(semflg, IPC_CREAT | 0600));

	CALL(semget, NUM(key, 0x87654321), NUM(nsems, -1), NUM(semflg, 0));
	CALL(semctl, NUM(semid, id), NUM(semnum, 1), NUM(cmd, SETVAL), NUM(val, 3));
	NONE(value);
	CALL(semctl, NUM(semid, id), NUM(semnum, 1), NUM(cmd, GETVAL), NUM(val, -9));
	NONE(value);
	CALL(semop, NUM(semid, id), UNSEEN(op), NUM(nsops, 3));
	ALSO_NUM(sem_num_0, 0);
	ALSO_NUM(sem_op_0, 4);
	ALSO_NUM(sem_flg_0, SEM_UNDO);
	ALSO_NUM(sem_num_1, 1);
	ALSO_NUM(sem_op_1, -1);
	ALSO_NUM(sem_flg_1, IPC_NOWAIT);
	op[1].sem_num = 65535;
	op[1].sem_op = -32768;
	CALL(semop, NUM(semid, id), UNSEEN(op + 1), NUM(nsops, 1));
	ALSO_NUM(sem_num_0, 65535);
	ALSO_NUM(sem_op_0, -32768);
	ALSO_NUM(sem_flg_0, IPC_NOWAIT);
	no_operation(1);
	CALL(semop, NUM(semid, -1), UNSEEN(BAD_PTR), NUM(nsops, 1));
	FAULT(sem_num_0);
	FAULT(sem_op_0);
	FAULT(sem_flg_0);
	no_operation(1);
	CALL(semop, NUM(semid, id), UNSEEN(op), NUM(nsops, 0));
	no_operation(0);
	CALL(semctl, NUM(semid, id), NUM(semnum, 0), NUM(cmd, IPC_RMID), NUM(val, 0));
	NONE(value);
	CALL(semctl, NUM(semid, -1), NUM(semnum, -2), NUM(cmd, 77), NUM(val, 0x7fffffff));
	NONE(value);
}

void calls_ipc(void)
{
	pipes();
	waiting();
	limits();
	semaphores();
}
