// SPDX-License-Identifier: MIT
#include <asm/unistd_32.h>
#define COLUMN(x86_64, i386, arm64) i386
#include "numbers.h"

/* 222, 223, 251, 285 and 387 to 392 were never assigned or given back. */
TEST(i386_numbers_are_the_kernel_s)
{
	numbers_are_the_header_s(400);
	numbers_are_complete(0, 221);
	numbers_are_complete(224, 250);
	numbers_are_complete(252, 284);
	numbers_are_complete(286, 386);
	numbers_are_complete(393, 414);
	numbers_are_complete(416, 471);
}
