// SPDX-License-Identifier: MIT
/* What the tables promise: unique names and numbers, events of the right kind, a fixed record. */
#include <stdbool.h>
#include <linux/ipc.h>
#include <linux/net.h>
#include "fillers.h"

static const struct call {
	const char *name;
	int nr[3];	/* per column */
	__u32 flags, event;
} calls[] = {
#define SCT_SYSCALL(name, x86_64, i386, arm64, flags, event) \
	{ #name, { x86_64, i386, arm64 }, flags, SCT_EV_##event },
#include "syscalls.def"
};

TEST(call_names_are_unique)
{
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		for (j = 0; j < i; j++)
			assert_string_not_equal(calls[i].name, calls[j].name);
}

TEST(call_numbers_are_unique)
{
	static const char *owner[3][SCT_NR_MAX];
	size_t i, abi;
	int nr;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		for (abi = 0; abi < 3; abi++) {
			nr = calls[i].nr[abi];
			if (nr < 0)
				continue;
			assert_in_range(nr, 0, SCT_NR_MAX - 2);	/* the last is for all beyond */
			if (owner[abi][nr])
				fail_msg("%s and %s have number %d", owner[abi][nr], calls[i].name,
					 nr);
			owner[abi][nr] = calls[i].name;
		}
}

static const struct {
	const char *via, *call;
	int number;
	unsigned words;
} parts[] = {
#define SCT_PART(via, number, call, words) { #via, #call, number, words },
#include "syscalls.def"
};

static bool is_part(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(parts) && strcmp(parts[i].call, name); i++)
		;
	return i < ARRAY_SIZE(parts);
}

/* Or there is another call that they are made through. */
TEST(calls_have_a_number)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		assert_true(calls[i].nr[0] >= 0 || calls[i].nr[1] >= 0 || calls[i].nr[2] >= 0 ||
			    is_part(calls[i].name));
}

TEST(parts_of_a_call_are_told_apart)
{
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		assert_in_range(parts[i].number, 0, SCT_PARTS_MAX - 2);	/* the last is for all beyond */
		assert_in_range(parts[i].words, 0, 6);
		for (j = 0; j < i; j++)
			assert_false(!strcmp(parts[i].via, parts[j].via) &&
				     parts[i].number == parts[j].number);
	}
}

/* The numbers of the kernel's own headers. */
TEST(parts_have_the_numbers_of_the_kernel)
{
#define SAME(part, number) assert_int_equal(SCT_PART_##part, number)
	SAME(socketcall_socket, SYS_SOCKET);
	SAME(socketcall_bind, SYS_BIND);
	SAME(socketcall_connect, SYS_CONNECT);
	SAME(socketcall_listen, SYS_LISTEN);
	SAME(socketcall_accept, SYS_ACCEPT);
	SAME(socketcall_getsockname, SYS_GETSOCKNAME);
	SAME(socketcall_getpeername, SYS_GETPEERNAME);
	SAME(socketcall_socketpair, SYS_SOCKETPAIR);
	SAME(socketcall_send, SYS_SEND);
	SAME(socketcall_recv, SYS_RECV);
	SAME(socketcall_sendto, SYS_SENDTO);
	SAME(socketcall_recvfrom, SYS_RECVFROM);
	SAME(socketcall_shutdown, SYS_SHUTDOWN);
	SAME(socketcall_setsockopt, SYS_SETSOCKOPT);
	SAME(socketcall_getsockopt, SYS_GETSOCKOPT);
	SAME(socketcall_sendmsg, SYS_SENDMSG);
	SAME(socketcall_recvmsg, SYS_RECVMSG);
	SAME(socketcall_accept4, SYS_ACCEPT4);
	SAME(socketcall_recvmmsg, SYS_RECVMMSG);
	SAME(socketcall_sendmmsg, SYS_SENDMMSG);
	SAME(ipc_semop, SEMOP);
	SAME(ipc_semget, SEMGET);
	SAME(ipc_semctl, SEMCTL);
	SAME(ipc_semtimedop, SEMTIMEDOP);
	SAME(ipc_msgsnd, MSGSND);
	SAME(ipc_msgrcv, MSGRCV);
	SAME(ipc_msgget, MSGGET);
	SAME(ipc_msgctl, MSGCTL);
	SAME(ipc_shmat, SHMAT);
	SAME(ipc_shmdt, SHMDT);
	SAME(ipc_shmget, SHMGET);
	SAME(ipc_shmctl, SHMCTL);
#undef SAME
}

TEST(calls_have_an_event_of_calls)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		assert_int_equal(rows[calls[i].event].kind, ROW_CALL);
		assert_false(calls[i].flags & SCT_SF_MASK &
			     ~(SCT_SF_ENTER | SCT_SF_LEN | SCT_SF_CLOSES | SCT_SF_TIME64));
	}
}

TEST(events_of_calls_have_a_call)
{
	size_t i;
	__u32 id;

	for (id = 0; id < SCT_EV_MAX; id++) {
		for (i = 0; i < ARRAY_SIZE(calls) && calls[i].event != id; i++)
			;
		if (rows[id].kind == ROW_CALL && i == ARRAY_SIZE(calls))
			fail_msg("no call has the event %s", rows[id].id);
	}
}

/* A typed event is called what its call is called; the numbers that print are the ABI's. */
TEST(events_of_calls_are_called_like_a_call)
{
	size_t i;
	__u32 id;

	for (id = 0; id < SCT_EV_MAX; id++) {
		if (rows[id].kind != ROW_CALL || id == SCT_EV_generic_x)
			continue;
		for (i = 0; i < ARRAY_SIZE(calls); i++)
			if (calls[i].event == id && !strncmp(rows[id].name, calls[i].name,
							     strlen(rows[id].name)))
				break;
		if (i == ARRAY_SIZE(calls))
			fail_msg("the event %s is called %s", rows[id].id, rows[id].name);
	}
}

TEST(event_names_are_unique)
{
	__u32 i, j;

	for (i = 0; i < SCT_EV_MAX; i++)
		for (j = 0; j < i; j++)
			assert_string_not_equal(rows[i].name, rows[j].name);
}

TEST(events_of_calls_tell_one_result)
{
	struct rec r;
	__u32 id, i, n;

	for_each_filler(id) {
		r = fill_row(id, 0, 0, ARGS());
		for (i = n = 0; i < rows[id].nparams; i++)
			n += r.want[i].from == FROM_RET;
		if (n != (rows[id].kind == ROW_CALL))
			fail_msg("%s has %u results", rows[id].id, n);
	}
}

/* Two parameters of one argument are a slip, unless a condition chooses between them. */
TEST(events_of_calls_tell_an_argument_once)
{
	const struct want *w;
	struct rec r;
	__u32 id, i, told;

	for_each_filler(id) {
		r = fill_row(id, 0, 0, ARGS());
		for (i = told = 0; i < rows[id].nparams; i++) {
			w = &r.want[i];
			if (w->conditional || (w->from != FROM_ARG && w->from != FROM_USTR &&
					       w->from != FROM_UBUF && w->from != FROM_UOBJ))
				continue;
			if (told & 1u << w->arg)
				fail_msg("%s, %s: argument %d again", rows[id].id, w->name, w->arg);
			told |= 1u << w->arg;
		}
	}
}

/* Programs of other builds and earlier captures depend on these. */
TEST(record_layout_is_fixed)
{
	assert_int_equal(sizeof(struct sct_record), 56);
	assert_int_equal(offsetof(struct sct_record, len), 0);
	assert_int_equal(offsetof(struct sct_record, type), 4);
	assert_int_equal(offsetof(struct sct_record, nparams), 6);
	assert_int_equal(offsetof(struct sct_record, flags), 7);
	assert_int_equal(offsetof(struct sct_record, seq), 8);
	assert_int_equal(offsetof(struct sct_record, ts), 16);
	assert_int_equal(offsetof(struct sct_record, tid), 24);
	assert_int_equal(offsetof(struct sct_record, tgid), 28);
	assert_int_equal(offsetof(struct sct_record, cgroup), 32);
	assert_int_equal(offsetof(struct sct_record, cut), 40);
	assert_int_equal(offsetof(struct sct_record, faulted), 48);
	assert_int_equal(sizeof(struct sct_tuple), 4);
}

TEST(values_begin_on_8_bytes)
{
	assert_int_equal(SCT_VALUES_OFF(0), 56);
	assert_int_equal(SCT_VALUES_OFF(1), 64);
	assert_int_equal(SCT_VALUES_OFF(4), 64);
	assert_int_equal(SCT_VALUES_OFF(5), 72);
}

TEST(type_names_are_unique)
{
	__u32 i, j;

	for (i = 0; i < SCT_T_MAX; i++)
		for (j = 0; j < i; j++)
			assert_string_not_equal(types[i].name, types[j].name);
}
