// SPDX-License-Identifier: MIT
/* Calls on sockets, but for those that take a struct msghdr. */
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "fillers.h"

static struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = 0x5000 };

/* What a TUPLE of the fake's addresses is; or with this remote address. */
struct tuple {
	struct sct_tuple head;
	__u8 data[2 * 128];
};

static size_t make_tuple(struct tuple *t, const void *remote, size_t rlen)
{
	t->head = (struct sct_tuple){ fake.local_len, rlen };
	memcpy(t->data, fake.local, fake.local_len);
	memcpy(t->data + fake.local_len, remote, rlen);
	return sizeof(t->head) + fake.local_len + rlen;
}

#define assert_tuple(rec, id, param, remote, rlen)			\
	do {								\
		struct tuple t;						\
		size_t n = make_tuple(&t, remote, rlen);		\
									\
		assert_mem(rec, id, param, &t, n);			\
	} while (0)

TEST(socket_flags_are_part_of_its_type)
{
	struct rec rec = fill(socket_x, 3, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_num(&rec, socket_x, flags, SOCK_CLOEXEC);
	assert_num(&rec, socket_x, type, SOCK_STREAM | SOCK_CLOEXEC);
	rec = fill(socket_x, 3, AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	assert_num(&rec, socket_x, flags, SOCK_NONBLOCK | SOCK_CLOEXEC);
	rec = fill(socket_x, 3, AF_INET, SOCK_STREAM, 0);
	assert_num(&rec, socket_x, flags, 0);
}

/* ---- addresses in the caller's memory ---- */

TEST(bind_tells_the_address)
{
	struct rec rec = fill(bind_x, 0, 3, at_edge(&in, sizeof(in)), sizeof(in));

	assert_mem(&rec, bind_x, addr, &in, sizeof(in));
}

TEST(bind_address_may_be_one_byte)
{
	struct rec rec = fill(bind_x, -EINVAL, 3, at_edge("\2", 1), 1);

	assert_mem(&rec, bind_x, addr, "\2", 1);
}

TEST(bind_address_of_the_largest_size_is_whole)
{
	struct rec rec = fill(bind_x, 0, 3, big_buffer(), SCT_SIZE_SOCKADDR);

	assert_mem(&rec, bind_x, addr, big_buffer(), SCT_SIZE_SOCKADDR);
}

TEST(bind_oversized_address_is_cut)
{
	struct rec rec = fill(bind_x, -EINVAL, 3, big_buffer(), SCT_SIZE_SOCKADDR + 1);

	assert_cut(&rec, bind_x, addr, big_buffer(), SCT_SIZE_SOCKADDR);
	rec = fill(bind_x, -EINVAL, 3, big_buffer(), -1);
	assert_cut(&rec, bind_x, addr, big_buffer(), SCT_SIZE_SOCKADDR);
}

TEST(bind_length_has_32_bits)
{
	struct rec rec = fill(bind_x, 0, 3, &in, 1ull << 32 | sizeof(in));

	assert_mem(&rec, bind_x, addr, &in, sizeof(in));
}

TEST(bind_without_address_is_empty)
{
	struct rec rec = fill(bind_x, -EINVAL, 3, BAD_PTR, 0);

	assert_empty(&rec, bind_x, addr);
	rec = fill(bind_x, -EFAULT, 3, NULL, sizeof(in));
	assert_empty(&rec, bind_x, addr);
}

TEST(bind_bad_address_is_faulted)
{
	struct rec rec = fill(bind_x, -EFAULT, 3, BAD_PTR, sizeof(in));

	assert_faulted(&rec, bind_x, addr);
	rec = fill(bind_x, -EFAULT, 3, at_edge(&in, sizeof(in)), sizeof(in) + 1);
	assert_faulted(&rec, bind_x, addr);
}

/* ---- connections ---- */

TEST(connect_tells_both_ends)
{
	struct rec rec = fill(connect_x, 0, 3, &in, sizeof(in));

	assert_tuple(&rec, connect_x, tuple, fake.remote, fake.remote_len);
	assert_mem(&rec, connect_x, addr, &in, sizeof(in));
}

TEST(connect_that_failed_has_the_local_end)
{
	struct rec rec;

	fake.remote_len = 0;
	rec = fill(connect_x, -ECONNREFUSED, 3, &in, sizeof(in));
	assert_tuple(&rec, connect_x, tuple, "", 0);
}

TEST(connect_enter_has_no_tuple)
{
	struct rec rec = fill_enter(connect_x, 3, &in, sizeof(in));

	assert_empty(&rec, connect_x, tuple);
	assert_mem(&rec, connect_x, addr, &in, sizeof(in));
}

TEST(connect_of_no_socket_has_no_tuple)
{
	struct rec rec;

	fake.no_socket = 1;
	rec = fill(connect_x, -ENOTSOCK, 0, &in, sizeof(in));
	assert_empty(&rec, connect_x, tuple);
}

TEST(largest_tuple_fits)
{
	struct rec rec;

	memset(fake.local, 'L', fake.local_len = sizeof(fake.local));
	memset(fake.remote, 'R', fake.remote_len = sizeof(fake.remote));
	rec = fill(connect_x, 0, 3, &in, sizeof(in));
	assert_tuple(&rec, connect_x, tuple, fake.remote, fake.remote_len);
	assert_int_equal(rec.p[SCT_PARAM(connect_x, tuple)].len, SCT_TUPLE_MAX);
}

TEST(accept_tells_the_queue)
{
	struct rec rec;

	fake.queue_len = 3;
	fake.queue_max = 4;
	rec = fill(accept_x, 5, 3);
	assert_num(&rec, accept_x, queuepct, 75);
	assert_num(&rec, accept_x, queuelen, 3);
	assert_num(&rec, accept_x, queuemax, 4);
	rec = fill(accept4_x, 5, 3);
	assert_num(&rec, accept4_x, queuepct, 75);
	assert_num(&rec, accept4_x, queuelen, 3);
	assert_num(&rec, accept4_x, queuemax, 4);
}

TEST(accept_queue_without_room_is_0_percent)
{
	struct rec rec;

	fake.queue_len = 1;
	fake.queue_max = 0;
	rec = fill(accept_x, 5, 3);
	assert_num(&rec, accept_x, queuepct, 0);
	assert_num(&rec, accept_x, queuelen, 1);
}

TEST(accept_tells_the_caller)
{
	socklen_t len = sizeof(in);
	struct rec rec = fill(accept_x, 5, 3, &in, &len);

	assert_tuple(&rec, accept_x, tuple, fake.remote, fake.remote_len);
	assert_mem(&rec, accept_x, addr, &in, sizeof(in));
	rec = fill(accept4_x, 5, 3, &in, &len, SOCK_CLOEXEC);
	assert_tuple(&rec, accept4_x, tuple, fake.remote, fake.remote_len);
	assert_mem(&rec, accept4_x, addr, &in, sizeof(in));
}

TEST(accept_without_address_is_empty)
{
	struct rec rec = fill(accept_x, 5, 3, NULL, NULL);

	assert_empty(&rec, accept_x, addr);
	rec = fill(accept_x, 5, 3, NULL, BAD_PTR);
	assert_empty(&rec, accept_x, addr);
}

TEST(accept_bad_length_is_faulted)
{
	struct rec rec = fill(accept_x, 5, 3, &in, BAD_PTR);

	assert_faulted(&rec, accept_x, addr);
}

TEST(accept_that_failed_has_no_address)
{
	socklen_t len = sizeof(in);
	struct rec rec = fill(accept_x, -EAGAIN, 3, &in, &len);

	assert_empty(&rec, accept_x, addr);
	assert_empty(&rec, accept_x, tuple);
	assert_empty(&rec, accept_x, queuelen);
}

TEST(address_ends_where_the_room_for_it_did)
{
	socklen_t len = sizeof(in);
	struct rec rec;

	fake.given = 5;
	rec = fill(accept_x, 5, 3, &in, &len);
	assert_mem(&rec, accept_x, addr, &in, 5);
	rec = fill(getsockname_x, 0, 3, &in, &len);
	assert_mem(&rec, getsockname_x, addr, &in, 5);
	fake.remote_len = 0;
	rec = fill(recvfrom_x, 0, 3, NULL, 0, 0, &in, &len);
	assert_mem(&rec, recvfrom_x, addr, &in, 5);
	assert_tuple(&rec, recvfrom_x, tuple, &in, 5);
	fake.given = 0;
	rec = fill(getpeername_x, 0, 3, &in, &len);
	assert_empty(&rec, getpeername_x, addr);
	fake.given = 254;
	rec = fill(getpeername_x, 0, 3, &in, &len);
	assert_mem(&rec, getpeername_x, addr, &in, sizeof(in));
}

TEST(getsockname_and_getpeername_tell_the_address)
{
	socklen_t len = 8;
	struct rec rec = fill(getsockname_x, 0, 3, &in, &len);

	assert_mem(&rec, getsockname_x, addr, &in, 8);
	rec = fill(getpeername_x, 0, 3, &in, &len);
	assert_mem(&rec, getpeername_x, addr, &in, 8);
	rec = fill(getpeername_x, -ENOTCONN, 3, &in, &len);
	assert_empty(&rec, getpeername_x, addr);
}

TEST(socketpair_tells_both_ends)
{
	int fds[2] = { 7, 8 };
	struct rec rec = fill(socketpair_x, 0, AF_UNIX, SOCK_STREAM, 0, at_edge(fds, sizeof(fds)));

	assert_num(&rec, socketpair_x, fd1, 7);
	assert_num(&rec, socketpair_x, fd2, 8);
	assert_num(&rec, socketpair_x, source, fake.pair_own);
	assert_num(&rec, socketpair_x, peer, fake.pair_peer);
}

TEST(socketpair_that_failed_has_no_ends)
{
	int fds[2] = { 7, 8 };
	struct rec rec = fill(socketpair_x, -EMFILE, AF_UNIX, SOCK_STREAM, 0, fds);

	assert_empty(&rec, socketpair_x, fd1);
	assert_empty(&rec, socketpair_x, fd2);
	assert_empty(&rec, socketpair_x, source);
	assert_empty(&rec, socketpair_x, peer);
}

/* ---- data ---- */

TEST(sendto_address_is_the_remote_end_of_a_socket_without)
{
	struct rec rec;

	fake.remote_len = 0;
	rec = fill(sendto_x, 4, 3, "data", 4, 0, &in, sizeof(in));
	assert_tuple(&rec, sendto_x, tuple, &in, sizeof(in));
	assert_mem(&rec, sendto_x, addr, &in, sizeof(in));
	assert_bytes(&rec, sendto_x, data, 4, "data", 4);
}

TEST(sendto_on_a_connection_keeps_its_remote_end)
{
	struct rec rec = fill(sendto_x, 4, 3, "data", 4, 0, NULL, 0);

	assert_tuple(&rec, sendto_x, tuple, fake.remote, fake.remote_len);
	assert_empty(&rec, sendto_x, addr);
}

TEST(sendto_bad_address_marks_tuple_and_address)
{
	__u64 both = 1ull << SCT_PARAM(sendto_x, tuple) | 1ull << SCT_PARAM(sendto_x, addr);
	struct rec rec;

	fake.remote_len = 0;
	rec = fill(sendto_x, -EFAULT, 3, "data", 4, 0, BAD_PTR, sizeof(in));
	assert_faulted(&rec, sendto_x, addr);
	assert_int_equal(rec.head.faulted, both);
}

TEST(recvfrom_tells_data_and_sender)
{
	socklen_t len = sizeof(in);
	struct rec rec;

	fake.remote_len = 0;
	rec = fill(recvfrom_x, 4, 3, "data and more", 100, 0, &in, &len);
	assert_bytes(&rec, recvfrom_x, data, 4, "data", 4);
	assert_tuple(&rec, recvfrom_x, tuple, &in, sizeof(in));
	assert_mem(&rec, recvfrom_x, addr, &in, sizeof(in));
}

/* MSG_TRUNC: the result is the datagram's length, the buffer is smaller. */
TEST(recvfrom_reads_no_more_than_the_buffer)
{
	struct rec rec = fill(recvfrom_x, 1000, 3, at_edge("ab", 2), 2, MSG_TRUNC);

	assert_bytes(&rec, recvfrom_x, data, 1000, "ab", 2);
}

TEST(recvfrom_is_cut_at_the_snaplen)
{
	struct rec rec = fill(recvfrom_x, 1000, 3, big_buffer(), 2000, 0);

	assert_bytes(&rec, recvfrom_x, data, 1000, big_buffer(), SCT_SNAPLEN_DEF);
}

TEST(recvfrom_that_failed_has_no_sender)
{
	socklen_t len = sizeof(in);
	struct rec rec;

	fake.remote_len = 0;
	rec = fill(recvfrom_x, -EAGAIN, 3, big_buffer(), 100, 0, &in, &len);
	assert_empty(&rec, recvfrom_x, data);
	assert_empty(&rec, recvfrom_x, addr);
	assert_tuple(&rec, recvfrom_x, tuple, "", 0);
}

TEST(setsockopt_value_has_the_length)
{
	int on = 1;
	struct rec rec = fill(setsockopt_x, 0, 3, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));

	assert_bytes(&rec, setsockopt_x, val, 4, &on, 4);
}

TEST(getsockopt_value_has_the_length_that_came_back)
{
	socklen_t len = 4;
	int on = 0x01020304;
	struct rec rec = fill(getsockopt_x, 0, 3, SOL_SOCKET, SO_TYPE, &on, &len);

	assert_bytes(&rec, getsockopt_x, val, 4, &on, 4);
	assert_num(&rec, getsockopt_x, optlen, 4);
}

TEST(getsockopt_that_failed_has_no_value)
{
	socklen_t len = 4;
	int on = 1;
	struct rec rec = fill(getsockopt_x, -ENOPROTOOPT, 3, SOL_SOCKET, SO_TYPE, &on, &len);

	assert_empty(&rec, getsockopt_x, val);
}

TEST(getsockopt_bad_length_is_no_value)
{
	int on = 1;
	struct rec rec = fill(getsockopt_x, 0, 3, SOL_SOCKET, SO_TYPE, &on, BAD_PTR);

	assert_bytes_faulted(&rec, getsockopt_x, val, 0);
	assert_faulted(&rec, getsockopt_x, optlen);
}
