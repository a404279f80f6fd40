/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * All that turns rows of events.def into code, for every build alike.  Included once per build, after the backend's
 * fill header, which includes vocab.h, and its accessors; includes nothing of the kernel.
 */
#ifndef SCT_FILL_H
#define SCT_FILL_H

#include "vocab.h"
#include "push.h"
#include "caller.h"
#include "pointed.h"
#include "loops.h"
#include "values/syscall.h"
#include "values/file.h"
#include "values/io.h"
#include "values/net.h"
#include "values/process.h"
#include "values/memory.h"
#include "values/cred.h"
#include "values/signal.h"
#include "values/command.h"
#include "values/uring.h"
#include "rows.h"
#include "files.h"

#endif
