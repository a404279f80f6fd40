// SPDX-License-Identifier: MIT
/* What comes with signals and what is waited for, by the caller's ABI. */
#include <signal.h>
#include <sys/wait.h>
#include "fillers.h"

TEST(a_siginfo_has_its_beginning)
{
	siginfo_t info;
	struct rec rec;

	memset(&info, 's', sizeof(info));
	rec = fill(rt_sigqueueinfo_x, 0, 1234, SIGUSR1, at_edge(&info, 32));
	assert_mem(&rec, rt_sigqueueinfo_x, info, &info, 32);
	fake.flags = SCT_ABI_IA32;
	rec = fill(rt_sigqueueinfo_x, 0, 1234, SIGUSR1, at_edge(&info, 24));
	assert_mem(&rec, rt_sigqueueinfo_x, info, &info, 24);
}

TEST(waitid_tells_after_success_only)
{
	siginfo_t info;
	struct rec rec;

	memset(&info, 's', sizeof(info));
	rec = fill(waitid_x, 0, P_PID, 1234, at_edge(&info, 32), 4, NULL);
	assert_mem(&rec, waitid_x, infop, &info, 32);
	rec = fill(waitid_x, -ECHILD, P_PID, 1234, at_edge(&info, 32), 4, NULL);
	assert_empty(&rec, waitid_x, infop);
}

TEST(words_are_as_wide_as_the_callers)
{
	const __u64 words[2] = { 0x1234567800112233, 0x18 };
	struct rec rec = fill(get_robust_list_x, 0, 0, at_edge(words, 8), at_edge(words + 1, 8));

	assert_mem(&rec, get_robust_list_x, head, words, 8);
	assert_mem(&rec, get_robust_list_x, len, words + 1, 8);
	fake.flags = SCT_ABI_IA32;
	rec = fill(get_robust_list_x, 0, 0, at_edge(words, 4), at_edge(words + 1, 4));
	assert_mem(&rec, get_robust_list_x, head, words, 4);
}
