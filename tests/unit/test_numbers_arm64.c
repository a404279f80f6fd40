// SPDX-License-Identifier: MIT
/* As arch/arm64/include/uapi/asm/unistd.h does. */
#define __ARCH_WANT_RENAMEAT
#define __ARCH_WANT_NEW_STAT
#define __ARCH_WANT_SET_GET_RLIMIT
#define __ARCH_WANT_TIME32_SYSCALLS
#define __ARCH_WANT_SYS_CLONE3
#define __ARCH_WANT_MEMFD_SECRET
#include <asm-generic/unistd.h>
#define COLUMN(x86_64, i386, arm64) arm64
#include "numbers.h"

TEST(arm64_numbers_are_the_kernel_s)
{
	numbers_are_the_header_s(300);
	numbers_are_complete(0, 243);
	numbers_are_complete(260, 294);
	numbers_are_complete(424, 471);
}
