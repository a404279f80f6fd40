// SPDX-License-Identifier: MIT
#include <asm/unistd_64.h>
#define COLUMN(x86_64, i386, arm64) x86_64
#include "numbers.h"

TEST(x86_64_numbers_are_the_kernel_s)
{
	numbers_are_the_header_s(350);
	numbers_are_complete(0, 334);
	numbers_are_complete(424, 471);
}
