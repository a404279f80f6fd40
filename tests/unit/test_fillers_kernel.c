// SPDX-License-Identifier: MIT
/* Messages, nodes of memory and what only the administrator may do: values that functions compute. */
#include <fcntl.h>
#include <linux/reboot.h>
#include "fillers.h"

TEST(a_message_is_behind_its_type)
{
	const struct { __u64 type; char text[8]; } msg = { 7, "message" };
	const struct { __u32 type; char text[8]; } msg32 = { 7, "message" };
	struct rec rec;

	fake.flags = SCT_ABI_X32;	/* whose long in a message is x86-64's */
	rec = fill(msgsnd_x, 0, 1, at_edge(&msg, 16), 8, 0);
	assert_mem(&rec, msgsnd_x, mtype, &msg.type, 8);
	assert_bytes(&rec, msgsnd_x, data, 8, "message", 8);
	fake.flags = 0;
	rec = fill(msgsnd_x, 0, 1, at_edge(&msg, 16), 8, 0);

	assert_mem(&rec, msgsnd_x, mtype, &msg.type, 8);
	assert_bytes(&rec, msgsnd_x, data, 8, "message", 8);
	rec = fill(msgrcv_x, 5, 1, at_edge(&msg, 13), 100, 0, 0);
	assert_bytes(&rec, msgrcv_x, data, 5, "messa", 5);
	rec = fill(msgrcv_x, -ENOMSG, 1, &msg, 100, 0, 0);
	assert_empty(&rec, msgrcv_x, data);
	rec = fill(msgsnd_x, -EFAULT, 1, NULL, 8, 0);
	assert_empty(&rec, msgsnd_x, data);
	fake.flags = SCT_ABI_IA32;
	rec = fill(msgsnd_x, 0, 1, at_edge(&msg32, 12), 8, 0);
	assert_mem(&rec, msgsnd_x, mtype, &msg32.type, 4);
	assert_bytes(&rec, msgsnd_x, data, 8, "message", 8);
}

TEST(mq_open_tells_mode_and_attributes_of_a_new_queue)
{
	const __u64 attr[4] = { 1, 2, 3, 4 };
	struct rec rec = fill(mq_open_x, 3, "/q", O_RDWR | O_CREAT, 0640, at_edge(attr, 32));

	assert_num(&rec, mq_open_x, mode, 0640);
	assert_mem(&rec, mq_open_x, attr, attr, 32);
	rec = fill(mq_open_x, 3, "/q", O_RDWR, 0640, attr);
	assert_empty(&rec, mq_open_x, mode);
	assert_empty(&rec, mq_open_x, attr);
}

struct words {
	__u64 count;
	__u8 w[8 * 8];
};

TEST(a_mask_of_nodes_has_one_bit_less_than_told)
{
	struct words words = { .count = 1 };
	struct rec rec;

	memset(words.w, 'n', sizeof(words.w));
	rec = fill(get_mempolicy_x, 0, NULL, at_edge(words.w, 8), 65, 0, 0);
	assert_mem(&rec, get_mempolicy_x, nodemask, &words, 16);
	rec = fill(set_mempolicy_x, 0, 1, at_edge(words.w, 8), 2);
	assert_mem(&rec, set_mempolicy_x, nodemask, &words, 16);
	words.count = 2;
	rec = fill(set_mempolicy_x, 0, 1, at_edge(words.w, 16), 66);
	assert_mem(&rec, set_mempolicy_x, nodemask, &words, 24);
	fake.flags = SCT_ABI_IA32;
	rec = fill(set_mempolicy_x, 0, 1, at_edge(words.w, 8), 65);
	assert_mem(&rec, set_mempolicy_x, nodemask, &words, 16);
	words.count = 0;
	rec = fill(set_mempolicy_x, 0, 1, words.w, 0);
	assert_mem(&rec, set_mempolicy_x, nodemask, &words, 8);
}

TEST(move_pages_tells_what_became_of_them)
{
	const struct { __u64 count; __s32 n[2]; } status = { 2, { 0, -2 } };
	struct rec rec = fill(move_pages_x, 0, 0, 2, NULL, NULL, at_edge(status.n, 8), 0);

	assert_mem(&rec, move_pages_x, status, &status, 16);
	rec = fill(move_pages_x, -EPERM, 0, 2, NULL, NULL, status.n, 0);
	assert_empty(&rec, move_pages_x, status);
}

TEST(reboot_has_a_command_where_its_operation_takes_one)
{
	struct rec rec = fill(reboot_x, -EPERM, 1, 2, LINUX_REBOOT_CMD_RESTART2, "command");

	assert_str(&rec, reboot_x, arg, "command");
	rec = fill(reboot_x, -EPERM, 1, 2, LINUX_REBOOT_CMD_RESTART, BAD_PTR);
	assert_empty(&rec, reboot_x, arg);
}
