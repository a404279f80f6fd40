// SPDX-License-Identifier: MIT
/* Calls that change a process's memory tell how large it is. */
#include "fillers.h"

#define assert_memory_of(rec, id)				\
	do {							\
		assert_num(rec, id, vm_size, fake.task.vm_size);	\
		assert_num(rec, id, vm_rss, fake.task.vm_rss);	\
		assert_num(rec, id, vm_swap, fake.task.vm_swap);	\
	} while (0)

TEST(mmap_munmap_and_brk_tell_the_memory)
{
	struct rec rec = fill(mmap_x, 0x7f0000000000, 0, 4096, 3, 2, -1, 0);

	assert_memory_of(&rec, mmap_x);
	assert_num(&rec, mmap_x, fd, -1);
	rec = fill(munmap_x, 0, 0x7f0000000000, 4096);
	assert_memory_of(&rec, munmap_x);
	rec = fill(brk_x, 0x555555554000, 0);
	assert_memory_of(&rec, brk_x);
}

TEST(mmap_enter_has_the_memory_before)
{
	struct rec rec = fill_enter(mmap_x, 0, 4096, 3, 2, -1, 0);

	assert_memory_of(&rec, mmap_x);
	assert_empty(&rec, mmap_x, res);
}

TEST(mmap_result_has_64_bits)
{
	struct rec rec = fill(mmap_x, 0x7ffffffff000, 0, 1ull << 40, 3, 2, 5, 1ull << 44);

	assert_num(&rec, mmap_x, res, 0x7ffffffff000);
	assert_num(&rec, mmap_x, length, 1ull << 40);
	assert_num(&rec, mmap_x, offset, 1ull << 44);
}
