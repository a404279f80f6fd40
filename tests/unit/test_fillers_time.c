// SPDX-License-Identifier: MIT
/* Timers, clocks and what is asked of the system: values that functions compute, structs by ABI. */
#include <linux/capability.h>
#include <sys/timex.h>
#include "fillers.h"

TEST(mincore_tells_a_byte_for_each_page)
{
	struct rec rec = fill(mincore_x, 0, 0x10000, 2 * 4096 + 1, at_edge("\1\0\1", 3));

	assert_bytes(&rec, mincore_x, vec, 3, "\1\0\1", 3);
	rec = fill(mincore_x, 0, 0x10000, ~0ull, BAD_PTR);
	assert_bytes_faulted(&rec, mincore_x, vec, 1ull << 52);
	rec = fill(mincore_x, -ENOMEM, 0x10000, 4096, "\1");
	assert_empty(&rec, mincore_x, vec);
	rec = fill_enter(mincore_x, 0x10000, 4096, "\1");
	assert_empty(&rec, mincore_x, vec);
}

TEST(syslog_tells_messages_of_actions_that_read)
{
	struct rec rec;
	int type;

	for (type = 0; type <= 10; type++) {
		rec = fill(syslog_x, 5, type, at_edge("<6>hi", 5), 100);
		if (type >= 2 && type <= 4)
			assert_bytes(&rec, syslog_x, bufp, 5, "<6>hi", 5);
		else
			assert_empty(&rec, syslog_x, bufp);
	}
}

TEST(time_tells_what_it_wrote)
{
	const __s64 t = 1700000000;
	struct rec rec = fill(time_x, t, at_edge(&t, 8));

	assert_mem(&rec, time_x, tloc, &t, 8);
	rec = fill(time_x, -EFAULT, at_edge(&t, 8));
	assert_empty(&rec, time_x, tloc);
	rec = fill_enter(time_x, at_edge(&t, 8));
	assert_empty(&rec, time_x, tloc);
	fake.flags = SCT_ABI_IA32;
	rec = fill(time_x, t, at_edge(&t, 4));
	assert_mem(&rec, time_x, tloc, &t, 4);
}

TEST(stime_tells_what_it_takes)
{
	const __u32 t = 1700000000;
	struct rec rec;

	fake.flags = SCT_ABI_IA32;
	fake.row = SCT_SYS_stime;
	rec = fill(time_x, -EPERM, at_edge(&t, 4));
	assert_mem(&rec, time_x, tloc, &t, 4);
	rec = fill_enter(time_x, at_edge(&t, 4));
	assert_mem(&rec, time_x, tloc, &t, 4);
}

struct gids {
	__u64 count;
	__u8 list[4 * 32];
};

TEST(getgroups_tells_as_many_as_there_are)
{
	struct gids g = { .count = 3 };
	struct rec rec;

	memset(g.list, 'g', sizeof(g.list));
	rec = fill(getgroups_x, 3, 32, at_edge(g.list, 12));
	assert_mem(&rec, getgroups_x, list, &g, 8 + 12);
	rec = fill(getgroups_x, 3, 0, g.list);
	assert_empty(&rec, getgroups_x, list);
	rec = fill(getgroups_x, -EINVAL, 1, g.list);
	assert_empty(&rec, getgroups_x, list);
	rec = fill(setgroups_x, -EPERM, 3, at_edge(g.list, 12));
	assert_mem(&rec, setgroups_x, list, &g, 8 + 12);
}

TEST(more_groups_are_cut)
{
	struct gids g = { .count = 33 };
	struct rec rec;

	memset(g.list, 'g', sizeof(g.list));
	rec = fill(setgroups_x, 0, 33, at_edge(g.list, sizeof(g.list)));
	assert_cut(&rec, setgroups_x, list, &g, sizeof(g));
}

TEST(groups_of_i386_have_16_bits_but_for_the_newer_call)
{
	struct gids g = { .count = 3 };
	struct rec rec;

	memset(g.list, 'g', sizeof(g.list));
	fake.flags = SCT_ABI_IA32;
	rec = fill(getgroups_x, 3, 32, at_edge(g.list, 6));
	assert_mem(&rec, getgroups_x, list, &g, 8 + 6);
	fake.flags = SCT_ABI_IA32 | SCT_RF_TIME64;
	rec = fill(getgroups_x, 3, 32, at_edge(g.list, 12));
	assert_mem(&rec, getgroups_x, list, &g, 8 + 12);
}

TEST(capget_has_two_words_of_each_set)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 77 };
	struct __user_cap_data_struct data[2] = { { 1, 2, 3 }, { 4, 5, 6 } };
	struct rec rec = fill(capget_x, 0, &head, data);

	assert_num(&rec, capget_x, cap_effective, 4ull << 32 | 1);
	assert_num(&rec, capget_x, cap_permitted, 5ull << 32 | 2);
	assert_num(&rec, capget_x, cap_inheritable, 6ull << 32 | 3);
	rec = fill(capget_x, -EPERM, &head, data);
	assert_empty(&rec, capget_x, cap_effective);
	assert_num(&rec, capget_x, pid, 77);
}

TEST(structs_of_timers_have_the_size_of_the_callers_abi)
{
	struct timex tx = { .modes = 1 };
	struct rec rec;

	rec = fill(adjtimex_x, 0, at_edge(&tx, 208));
	assert_mem(&rec, adjtimex_x, buf, &tx, 208);
	fake.flags = SCT_ABI_IA32;
	rec = fill(adjtimex_x, 0, at_edge(&tx, 128));
	assert_mem(&rec, adjtimex_x, buf, &tx, 128);
	rec = fill(timer_settime_x, 0, 1, 0, at_edge(&tx, 16), NULL);
	assert_mem(&rec, timer_settime_x, new_value, &tx, 16);
	fake.flags = SCT_ABI_IA32 | SCT_RF_TIME64;
	rec = fill(timer_settime_x, 0, 1, 0, at_edge(&tx, 32), NULL);
	assert_mem(&rec, timer_settime_x, new_value, &tx, 32);
}
