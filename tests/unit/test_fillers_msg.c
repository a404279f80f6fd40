// SPDX-License-Identifier: MIT
/* Calls that take messages: struct msghdr, or an array of them with lengths. */
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include "fillers.h"

static struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = 0x5000 };
static struct iovec iov[] = { { "hello ", 6 }, { "world", 5 } };

static struct msghdr message(void)
{
	return (struct msghdr){
		.msg_name = &in, .msg_namelen = sizeof(in), .msg_iov = iov, .msg_iovlen = 2,
		.msg_control = "control", .msg_controllen = 7, .msg_flags = MSG_EOR,
	};
}

static struct mmsghdr message_of(unsigned int len)
{
	return (struct mmsghdr){ message(), len };
}

/* A tuple whose remote end is the message's name. */
#define assert_tuple(rec, id, param)						\
	do {									\
		__u8 t[4 + 16 + sizeof(in)];					\
										\
		memcpy(t, &(struct sct_tuple){ 16, sizeof(in) }, 4);		\
		memset(t + 4, 'l', 16);						\
		memcpy(t + 20, &in, sizeof(in));				\
		assert_mem(rec, id, param, t, sizeof(t));			\
	} while (0)

TEST(sendmsg_tells_the_whole_message)
{
	struct msghdr m = message();
	struct rec rec;

	fake.remote_len = 0;
	rec = fill(sendmsg_x, 11, 3, at_edge(&m, sizeof(m)), MSG_NOSIGNAL);
	assert_num(&rec, sendmsg_x, res, 11);
	assert_num(&rec, sendmsg_x, fd, 3);
	assert_bytes(&rec, sendmsg_x, data, 11, "hello world", 11);
	assert_num(&rec, sendmsg_x, size, 11);
	assert_tuple(&rec, sendmsg_x, tuple);
	assert_num(&rec, sendmsg_x, flags, MSG_NOSIGNAL);
	assert_mem(&rec, sendmsg_x, addr, &in, sizeof(in));
	assert_bytes(&rec, sendmsg_x, msgcontrol, 7, "control", 7);
}

TEST(sendmsg_enter_has_the_message)
{
	struct msghdr m = message();
	struct rec rec = fill_enter(sendmsg_x, 3, &m, 0);

	assert_empty(&rec, sendmsg_x, res);
	assert_bytes(&rec, sendmsg_x, data, 11, "hello world", 11);
}

TEST(sendmsg_bad_header_is_a_fault_of_the_data)
{
	struct rec rec = fill(sendmsg_x, -EFAULT, 3, BAD_PTR, 0);

	assert_faulted(&rec, sendmsg_x, data);
	assert_empty(&rec, sendmsg_x, addr);
	assert_empty(&rec, sendmsg_x, msgcontrol);
	assert_num(&rec, sendmsg_x, fd, 3);
}

TEST(sendmsg_null_header_is_empty)
{
	struct rec rec = fill(sendmsg_x, -EFAULT, 3, NULL, 0);

	assert_empty(&rec, sendmsg_x, data);
}

TEST(sendmsg_header_of_another_size_is_not_read)
{
	struct msghdr m = message();
	struct rec rec = fill(sendmsg_x, -EFAULT, 3, at_edge(&m, sizeof(m) - 1), 0);

	assert_faulted(&rec, sendmsg_x, data);
}

TEST(sendmsg_large_control_data_is_cut)
{
	struct msghdr m = message();
	struct rec rec;

	m.msg_control = big_buffer();
	m.msg_controllen = SCT_CMSG_MAX;
	rec = fill(sendmsg_x, 11, 3, &m, 0);
	assert_bytes(&rec, sendmsg_x, msgcontrol, SCT_CMSG_MAX, big_buffer(), SCT_CMSG_MAX);
	m.msg_controllen = ~0ull;
	rec = fill(sendmsg_x, -ENOBUFS, 3, &m, 0);
	assert_bytes(&rec, sendmsg_x, msgcontrol, ~0ull, big_buffer(), SCT_CMSG_MAX);
}

TEST(largest_sendmsg_fits)
{
	struct iovec big = { big_buffer(), BIG_SIZE };
	struct msghdr m = {
		.msg_name = big_buffer(), .msg_namelen = SCT_SIZE_SOCKADDR + 1, .msg_iov = &big,
		.msg_iovlen = 1, .msg_control = big_buffer(), .msg_controllen = BIG_SIZE,
	};
	struct rec rec;

	fake.cfg.snaplen = SCT_SNAPLEN_MAX;
	fake.local_len = sizeof(fake.local);
	fake.remote_len = 0;
	rec = fill(sendmsg_x, BIG_SIZE, 3, &m, 0);
	assert_bytes(&rec, sendmsg_x, data, BIG_SIZE, big_buffer(), SCT_SNAPLEN_MAX);
	assert_cut(&rec, sendmsg_x, addr, big_buffer(), SCT_SIZE_SOCKADDR);
	assert_int_equal(rec.p[SCT_PARAM(sendmsg_x, tuple)].len, SCT_TUPLE_MAX);
}

TEST(address_of_a_message_ends_where_the_room_for_it_did)
{
	struct msghdr m = message();
	struct rec rec;

	fake.given = 3;
	rec = fill(recvmsg_x, 8, 3, &m, 0);
	assert_mem(&rec, recvmsg_x, addr, &in, 3);
	rec = fill(sendmsg_x, 8, 3, &m, 0);	/* of that it is no more than a length */
	assert_mem(&rec, sendmsg_x, addr, &in, sizeof(in));
}

TEST(recvmsg_tells_what_came)
{
	struct msghdr m = message();
	struct rec rec;

	fake.remote_len = 0;
	rec = fill(recvmsg_x, 8, 3, &m, MSG_DONTWAIT);
	assert_num(&rec, recvmsg_x, size, 8);
	assert_bytes(&rec, recvmsg_x, data, 8, "hello wo", 8);
	assert_tuple(&rec, recvmsg_x, tuple);
	assert_bytes(&rec, recvmsg_x, msgcontrol, 7, "control", 7);
	assert_num(&rec, recvmsg_x, fd, 3);
	assert_num(&rec, recvmsg_x, flags, MSG_DONTWAIT);
	assert_mem(&rec, recvmsg_x, addr, &in, sizeof(in));
	assert_num(&rec, recvmsg_x, msg_flags, MSG_EOR);
}

TEST(recvmsg_that_failed_has_arguments_only)
{
	struct msghdr m = message();
	struct rec rec = fill(recvmsg_x, -EAGAIN, 3, &m, MSG_DONTWAIT);

	assert_num(&rec, recvmsg_x, res, -EAGAIN);
	assert_empty(&rec, recvmsg_x, size);
	assert_empty(&rec, recvmsg_x, data);
	assert_empty(&rec, recvmsg_x, msgcontrol);
	assert_num(&rec, recvmsg_x, fd, 3);
	assert_num(&rec, recvmsg_x, flags, MSG_DONTWAIT);
	assert_empty(&rec, recvmsg_x, addr);
	assert_empty(&rec, recvmsg_x, msg_flags);
}

TEST(recvmsg_enter_has_arguments_only)
{
	struct msghdr m = message();
	struct rec rec = fill_enter(recvmsg_x, 3, &m, MSG_DONTWAIT);

	assert_empty(&rec, recvmsg_x, res);
	assert_empty(&rec, recvmsg_x, size);
	assert_empty(&rec, recvmsg_x, data);
	assert_num(&rec, recvmsg_x, flags, MSG_DONTWAIT);
}

TEST(recvmsg_of_more_than_the_buffers_is_cut)
{
	struct msghdr m = message();
	struct rec rec = fill(recvmsg_x, 100, 3, &m, MSG_TRUNC);

	assert_bytes(&rec, recvmsg_x, data, 100, "hello world", 11);
}

TEST(sendmmsg_tells_the_first_message)
{
	struct mmsghdr m[] = { message_of(0), message_of(0) };
	struct rec rec;

	fake.remote_len = 0;
	rec = fill(sendmmsg_x, 2, 3, m, 2, MSG_NOSIGNAL);
	assert_num(&rec, sendmmsg_x, fd, 3);
	assert_num(&rec, sendmmsg_x, size, 11);
	assert_bytes(&rec, sendmmsg_x, data, 11, "hello world", 11);
	assert_tuple(&rec, sendmmsg_x, tuple);
	assert_num(&rec, sendmmsg_x, vlen, 2);
	assert_num(&rec, sendmmsg_x, flags, MSG_NOSIGNAL);
	assert_mem(&rec, sendmmsg_x, addr, &in, sizeof(in));
	assert_bytes(&rec, sendmmsg_x, msgcontrol, 7, "control", 7);
}

TEST(sendmmsg_without_messages_is_empty)
{
	struct rec rec = fill(sendmmsg_x, 0, 3, BAD_PTR, 0, 0);

	assert_empty(&rec, sendmmsg_x, data);
	assert_num(&rec, sendmmsg_x, vlen, 0);
}

TEST(sendmmsg_too_many_buffers_mark_size_and_data)
{
	__u64 both = 1ull << SCT_PARAM(sendmmsg_x, size) | 1ull << SCT_PARAM(sendmmsg_x, data);
	struct iovec many[SCT_IOV_MAX + 1];
	struct mmsghdr m = message_of(0);
	struct rec rec;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(many); i++)
		many[i] = (struct iovec){ "x", 1 };
	m.msg_hdr.msg_iov = many;
	m.msg_hdr.msg_iovlen = ARRAY_SIZE(many);
	rec = fill(sendmmsg_x, 1, 3, &m, 1, 0);
	assert_num(&rec, sendmmsg_x, fd, 3);
	assert_int_equal(rec.head.cut, both);
}

TEST(recvmmsg_tells_the_first_message)
{
	struct mmsghdr m[] = { message_of(7), message_of(0) };
	struct timespec timeout = { 5, 6 };
	struct rec rec;

	fake.remote_len = 0;
	rec = fill(recvmmsg_x, 1, 3, m, 2, MSG_WAITFORONE, &timeout);
	assert_num(&rec, recvmmsg_x, fd, 3);
	assert_num(&rec, recvmmsg_x, size, 7);
	assert_bytes(&rec, recvmmsg_x, data, 7, "hello w", 7);
	assert_tuple(&rec, recvmmsg_x, tuple);
	assert_bytes(&rec, recvmmsg_x, msgcontrol, 7, "control", 7);
	assert_num(&rec, recvmmsg_x, vlen, 2);
	assert_num(&rec, recvmmsg_x, flags, MSG_WAITFORONE);
	assert_mem(&rec, recvmmsg_x, addr, &in, sizeof(in));
	assert_num(&rec, recvmmsg_x, msg_flags, MSG_EOR);
	assert_mem(&rec, recvmmsg_x, timeout, &timeout, sizeof(timeout));
}

TEST(recvmmsg_of_nothing_has_arguments_only)
{
	struct mmsghdr m = message_of(7);
	struct rec rec = fill(recvmmsg_x, 0, 3, &m, 1, 0, NULL);

	assert_empty(&rec, recvmmsg_x, size);
	assert_empty(&rec, recvmmsg_x, data);
	assert_empty(&rec, recvmmsg_x, msg_flags);
	assert_empty(&rec, recvmmsg_x, timeout);
	assert_num(&rec, recvmmsg_x, vlen, 1);
}

/* ---- messages behind the first ---- */

#define MORE(row) SCT_PARAM(row, more)

/* What is told of such a message. */
struct told {
	struct sct_mmsg head;
	const __u8 *addr, *data, *control;	/* the latter two with their sizes */
};

/* Message i of those, the first being 0; of how many is what the value says. */
static struct told message_at(const struct rec *rec, __u32 param, __u32 i)
{
	const __u8 *p = rec->p[param].data + sizeof(__u64);
	struct told told;

	for (;; p = told.control + told.head.ncontrol) {
		check(rec, param, p < rec->p[param].data + rec->p[param].len);
		memcpy(&told.head, p, sizeof(told.head));
		told.addr = p + sizeof(told.head);
		told.data = told.addr + told.head.naddr;
		told.control = told.data + told.head.ndata;
		if (!i--)
			return told;
	}
}

static void assert_count(const struct rec *rec, __u32 param, __u64 want)
{
	__u64 count;

	check(rec, param, rec->p[param].len >= sizeof(count));
	memcpy(&count, rec->p[param].data, sizeof(count));
	assert_int_equal(count, want);
}

/* Its size, and the n bytes that are kept. */
static void assert_counted(const __u8 *value, __u32 len, __u64 size, const void *mem, size_t n)
{
	assert_int_equal(len, sizeof(size) + n);
	assert_memory_equal(value, &size, sizeof(size));
	assert_memory_equal(value + sizeof(size), mem, n);
}

TEST(sendmmsg_tells_the_messages_behind_the_first)
{
	struct mmsghdr m[] = { message_of(11), message_of(11), message_of(77) };
	struct told told;
	struct rec rec;

	m[1].msg_hdr.msg_iovlen = 1;
	m[2].msg_hdr.msg_name = m[2].msg_hdr.msg_control = NULL;
	m[1].msg_len = 6;
	rec = fill(sendmmsg_x, 2, 3, at_edge(m, sizeof(m)), 3, 0);
	assert_count(&rec, MORE(sendmmsg_x), 2);
	told = message_at(&rec, MORE(sendmmsg_x), 0);
	assert_int_equal(told.head.told, SCT_MMSG_LEN);
	assert_int_equal(told.head.len, 6);
	assert_int_equal(told.head.flags, 0);
	assert_int_equal(told.head.naddr, sizeof(in));
	assert_memory_equal(told.addr, &in, sizeof(in));
	assert_counted(told.data, told.head.ndata, 6, "hello ", 6);
	assert_counted(told.control, told.head.ncontrol, 7, "control", 7);
	told = message_at(&rec, MORE(sendmmsg_x), 1);	/* which was not sent */
	assert_int_equal(told.head.told, 0);
	assert_int_equal(told.head.len, 0);
	assert_int_equal(told.head.naddr, 0);
	assert_counted(told.data, told.head.ndata, 11, "hello world", 11);
	assert_int_equal(told.head.ncontrol, 0);
	assert_int_equal((rec.head.cut | rec.head.faulted) >> MORE(sendmmsg_x) & 1, 0);
}

/* The second of two messages, as it was made above. */
struct second {
	__u64 count;
	struct sct_mmsg head;
	struct sockaddr_in addr;
	__u64 size;
	char data[11];
	__u64 control_size;
	char control[7];
} __attribute__((packed));

static struct second second_message(struct sct_mmsg head)
{
	struct second second = { 1, head, in, 11, "", 7, "" };

	second.head.naddr = sizeof(in);
	second.head.ndata = 8 + 11;
	second.head.ncontrol = 8 + 7;
	memcpy(second.data, "hello world", 11);
	memcpy(second.control, "control", 7);
	return second;
}

TEST(sendmmsg_enter_has_what_is_to_be_sent)
{
	struct mmsghdr m[] = { message_of(11), message_of(11) };
	struct second second = second_message((struct sct_mmsg){});
	struct rec rec = fill_enter(sendmmsg_x, 3, m, 2, 0);

	assert_mem(&rec, sendmmsg_x, more, &second, sizeof(second));
}

TEST(sendmmsg_of_one_message_has_no_more)
{
	struct mmsghdr m = message_of(11);
	struct rec rec = fill(sendmmsg_x, 1, 3, at_edge(&m, sizeof(m)), 1, 0);

	assert_empty(&rec, sendmmsg_x, more);
}

TEST(messages_beyond_those_that_are_read_are_cut)
{
	struct mmsghdr m[SCT_MMSG_MAX + 1];
	struct rec rec;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(m); i++)
		m[i] = message_of(i);
	rec = fill(sendmmsg_x, SCT_MMSG_MAX, 3, m, SCT_MMSG_MAX, 0);
	assert_count(&rec, MORE(sendmmsg_x), SCT_MMSG_MAX - 1);
	assert_int_equal(message_at(&rec, MORE(sendmmsg_x), SCT_MMSG_MAX - 2).head.len, SCT_MMSG_MAX - 1);
	assert_int_equal(rec.head.cut >> MORE(sendmmsg_x) & 1, 0);
	rec = fill(sendmmsg_x, SCT_MMSG_MAX + 1, 3, m, SCT_MMSG_MAX + 1, 0);
	assert_count(&rec, MORE(sendmmsg_x), SCT_MMSG_MAX);
	assert_int_equal(message_at(&rec, MORE(sendmmsg_x), SCT_MMSG_MAX - 2).head.len, SCT_MMSG_MAX - 1);
	assert_int_equal(rec.head.cut >> MORE(sendmmsg_x) & 1, 1);
	rec = fill(sendmmsg_x, -EINVAL, 3, m, ~0u, 0);
	assert_count(&rec, MORE(sendmmsg_x), ~0u - 1ull);
}

TEST(message_that_cannot_be_read_ends_the_vector)
{
	struct mmsghdr m[] = { message_of(11), message_of(11) };
	struct rec rec = fill(sendmmsg_x, 2, 3, at_edge(m, sizeof(m)), 3, 0);

	assert_count(&rec, MORE(sendmmsg_x), 2);
	message_at(&rec, MORE(sendmmsg_x), 0);
	assert_int_equal(rec.head.faulted >> MORE(sendmmsg_x) & 1, 1);
	m[1].msg_hdr.msg_iov = BAD_PTR;		/* the others are there nevertheless */
	rec = fill(sendmmsg_x, 1, 3, m, 2, 0);
	assert_int_equal(message_at(&rec, MORE(sendmmsg_x), 0).head.ndata, 0);
	assert_int_equal(message_at(&rec, MORE(sendmmsg_x), 0).head.naddr, sizeof(in));
	assert_int_equal(rec.head.faulted >> MORE(sendmmsg_x) & 1, 1);
}

/* All that they have is as large as it may be. */
TEST(data_of_messages_behind_the_first_has_a_limit_together)
{
	struct iovec big = { big_buffer(), BIG_SIZE };
	struct mmsghdr m[SCT_MMSG_MAX];
	struct told told;
	struct rec rec;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(m); i++)
		m[i].msg_hdr = (struct msghdr){
			.msg_name = big_buffer(), .msg_namelen = 128, .msg_iov = &big, .msg_iovlen = 1,
			.msg_control = big_buffer(), .msg_controllen = BIG_SIZE,
		};
	fake.local_len = sizeof(fake.local);
	fake.cfg.snaplen = SCT_SNAPLEN_MAX - 1000;
	rec = fill(sendmmsg_x, SCT_MMSG_MAX, 3, m, SCT_MMSG_MAX, 0);
	told = message_at(&rec, MORE(sendmmsg_x), 0);
	assert_counted(told.data, told.head.ndata, BIG_SIZE, big_buffer(), SCT_SNAPLEN_MAX - 1000);
	assert_counted(told.control, told.head.ncontrol, BIG_SIZE, big_buffer(), 1000);
	told = message_at(&rec, MORE(sendmmsg_x), SCT_MMSG_MAX - 2);
	assert_counted(told.data, told.head.ndata, BIG_SIZE, "", 0);
	assert_counted(told.control, told.head.ncontrol, BIG_SIZE, "", 0);
	assert_int_equal(rec.p[MORE(sendmmsg_x)].len, SCT_MMSGS_MAX);
	assert_int_equal(rec.head.cut >> MORE(sendmmsg_x) & 1, 1);
	fake.cfg.snaplen = 100;
	rec = fill(sendmmsg_x, SCT_MMSG_MAX, 3, m, SCT_MMSG_MAX, 0);
	told = message_at(&rec, MORE(sendmmsg_x), SCT_MMSG_MAX - 2);
	assert_counted(told.data, told.head.ndata, BIG_SIZE, big_buffer(), 100);
	assert_counted(told.control, told.head.ncontrol, BIG_SIZE, big_buffer(), SCT_CMSG_MAX);
}

TEST(recvmmsg_tells_the_messages_that_came)
{
	struct mmsghdr m[] = { message_of(7), message_of(11), message_of(9) };
	struct second second = second_message((struct sct_mmsg){
		.len = 11, .flags = MSG_EOR, .told = SCT_MMSG_LEN | SCT_MMSG_FLAGS,
	});
	struct told told;
	struct rec rec;

	rec = fill(recvmmsg_x, 2, 3, m, 3, 0, NULL);
	assert_mem(&rec, recvmmsg_x, more, &second, sizeof(second));
	m[1].msg_hdr.msg_flags = MSG_TRUNC;
	m[1].msg_len = 8;
	rec = fill(recvmmsg_x, 2, 3, m, 3, 0, NULL);
	assert_count(&rec, MORE(recvmmsg_x), 1);
	told = message_at(&rec, MORE(recvmmsg_x), 0);
	assert_int_equal(told.head.told, SCT_MMSG_LEN | SCT_MMSG_FLAGS);
	assert_int_equal(told.head.len, 8);
	assert_int_equal(told.head.flags, MSG_TRUNC);
	assert_memory_equal(told.addr, &in, sizeof(in));
	assert_counted(told.data, told.head.ndata, 8, "hello wo", 8);
	assert_counted(told.control, told.head.ncontrol, 7, "control", 7);
	assert_int_equal(rec.head.cut >> MORE(recvmmsg_x) & 1, 0);
	rec = fill(recvmmsg_x, 1, 3, m, 3, 0, NULL);
	assert_empty(&rec, recvmmsg_x, more);
	rec = fill(recvmmsg_x, -EAGAIN, 3, m, 3, 0, NULL);
	assert_empty(&rec, recvmmsg_x, more);
	rec = fill_enter(recvmmsg_x, 3, m, 3, 0, NULL);
	assert_empty(&rec, recvmmsg_x, more);
}

TEST(addresses_of_messages_end_where_the_room_for_each_did)
{
	struct mmsghdr m[] = { message_of(7), message_of(8), message_of(9) };
	struct rec rec;

	fake.given = 0x0005ff04;
	rec = fill(recvmmsg_x, 3, 3, m, 3, 0, NULL);
	assert_mem(&rec, recvmmsg_x, addr, &in, 4);
	assert_int_equal(message_at(&rec, MORE(recvmmsg_x), 0).head.naddr, sizeof(in));
	assert_int_equal(message_at(&rec, MORE(recvmmsg_x), 1).head.naddr, 5);
}

/* ---- callers of 32-bit pointers ---- */

struct narrow_msg {
	__u32 name, namelen, iov, iovlen, control, controllen, flags, len;
};

/* Memory that such pointers reach. */
struct narrow_memory {
	struct narrow_msg msg, second;
	struct {
		__u32 base, len;
	} iov[2];
	struct sockaddr_in in;
	char data[16];
};

#define NARROW(p) ((__u32)(uintptr_t)(p))

static struct narrow_memory *narrow_message(void)
{
	struct narrow_memory *m = mmap(NULL, sizeof(*m), PROT_READ | PROT_WRITE,
				       MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	assert_ptr_not_equal(m, MAP_FAILED);
	memcpy(m->data, "hello worldctl", 14);
	m->in = in;
	m->iov[0].base = NARROW(m->data);
	m->iov[0].len = 6;
	m->iov[1].base = NARROW(m->data + 6);
	m->iov[1].len = 5;
	m->msg = (struct narrow_msg){
		NARROW(&m->in), sizeof(in), NARROW(m->iov), 2, NARROW(m->data + 11), 3, MSG_EOR, 7,
	};
	m->second = m->msg;
	m->second.iovlen = 1;
	m->second.len = 6;
	return m;
}

static void narrow_messages(__u32 abi)
{
	struct narrow_memory *m = narrow_message();
	struct told told;
	struct rec rec;

	fake.flags = abi;
	fake.remote_len = 0;
	rec = fill(sendmsg_x, 11, 3, &m->msg, MSG_NOSIGNAL);
	assert_bytes(&rec, sendmsg_x, data, 11, "hello world", 11);
	assert_num(&rec, sendmsg_x, size, 11);
	assert_tuple(&rec, sendmsg_x, tuple);
	assert_mem(&rec, sendmsg_x, addr, &in, sizeof(in));
	assert_bytes(&rec, sendmsg_x, msgcontrol, 3, "ctl", 3);
	rec = fill(sendmmsg_x, 1, 3, &m->msg, 1, 0);
	assert_bytes(&rec, sendmmsg_x, data, 11, "hello world", 11);
	rec = fill(recvmsg_x, 8, 3, &m->msg, 0);
	assert_bytes(&rec, recvmsg_x, data, 8, "hello wo", 8);
	assert_num(&rec, recvmsg_x, msg_flags, MSG_EOR);
	rec = fill(recvmmsg_x, 1, 3, &m->msg, 1, 0, NULL);
	assert_num(&rec, recvmmsg_x, size, 7);
	assert_bytes(&rec, recvmmsg_x, data, 7, "hello w", 7);
	rec = fill(recvmmsg_x, 2, 3, &m->msg, 2, 0, NULL);
	told = message_at(&rec, MORE(recvmmsg_x), 0);
	assert_int_equal(told.head.len, 6);
	assert_memory_equal(told.addr, &in, sizeof(in));
	assert_counted(told.data, told.head.ndata, 6, "hello ", 6);
	assert_counted(told.control, told.head.ncontrol, 3, "ctl", 3);
	munmap(m, sizeof(*m));
}

TEST(messages_of_i386_and_x32_have_narrow_headers)
{
	narrow_messages(SCT_ABI_IA32);
	narrow_messages(SCT_ABI_X32);
}
