/* SPDX-License-Identifier: MIT */
/* What tests of clone and of execve share: strings of a process, values of its task. */
#ifndef PROCESS_H
#define PROCESS_H

#include "fillers.h"

/* Lay out the strings as the kernel does on a new stack: arguments, environment, file name. */
static inline void set_strings(const void *args, size_t nargs, const void *env, size_t nenv,
			       const char *filename)
{
	size_t nname = strlen(filename) + 1;
	char *all = malloc(nargs + nenv + nname), *p;

	assert_non_null(all);
	memcpy(all, args, nargs);
	memcpy(all + nargs, env, nenv);
	memcpy(all + nargs + nenv, filename, nname);
	p = at_edge(all, nargs + nenv + nname);
	free(all);
	fake.mm.arg_start = (__u64)p;
	fake.mm.arg_end = fake.mm.env_start = (__u64)p + nargs;
	fake.mm.env_end = (__u64)p + nargs + nenv;
}

#define assert_task(rec, id)							\
	do {									\
		assert_num(rec, id, tid, fake.task.tid);			\
		assert_num(rec, id, pid, fake.task.pid);			\
		assert_num(rec, id, ptid, fake.task.ptid);			\
		assert_str(rec, id, cwd, fake.cwd);				\
		assert_num(rec, id, fdlimit, fake.task.fdlimit);		\
		assert_num(rec, id, pgft_maj, fake.task.pgft_maj);		\
		assert_num(rec, id, pgft_min, fake.task.pgft_min);		\
		assert_num(rec, id, vm_size, fake.task.vm_size);		\
		assert_num(rec, id, vm_rss, fake.task.vm_rss);			\
		assert_num(rec, id, vm_swap, fake.task.vm_swap);		\
		assert_str(rec, id, comm, fake.comm);				\
		assert_mem(rec, id, cgroups, fake.cgroups, fake.cgroups_len);	\
	} while (0)

#endif
