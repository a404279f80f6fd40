/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The accessors of vocab.h, for backends with a kernel to look at.  Included once per build, after the backend's
 * access header, which implements kernel/objects.h; includes nothing of the kernel.
 */
#ifndef SCT_ACCESS_H
#define SCT_ACCESS_H

#include "kernel/objects.h"
#include "kernel/file.h"
#include "kernel/path.h"
#include "kernel/cgroup.h"
#include "kernel/sock.h"
#include "kernel/task.h"
#include "kernel/cred.h"
#include "kernel/ns.h"
#include "kernel/mm.h"
#include "kernel/exit.h"
#include "kernel/program.h"

#endif
