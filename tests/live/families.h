/* SPDX-License-Identifier: MIT */
/* The calls of test_calls.c by family; calls_FAMILY.c has each. */
#ifndef FAMILIES_H
#define FAMILIES_H

#define FAMILIES(X) X(file) X(io) X(ioctl) X(aio) X(memory) X(ipc) X(net) X(user) X(system) \
	X(self) X(time) X(sched) X(kernel) X(mount) X(process)

#define X(family) void calls_##family(void);
FAMILIES(X)
#undef X

/* What calls_process() needs, done before the trace begins. */
void prepare_process(void);

#endif
