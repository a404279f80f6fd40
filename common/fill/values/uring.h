/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Events of io_urings.  Included by sct_fill.h only. */

#define SCT_IOSQE_MASK 0x7fu	/* what a program may set; above are the kernel's own */

#define SCT_PUSH_KNOWN(id, param, c, v)					\
	do {								\
		if (c)							\
			SCT_PUSH(id, param, v);				\
		else							\
			SCT_SKIP(id, param);				\
	} while (0)

static SCT_INLINE int sct_uring_takes_fd(__s32 opcode)
{
	return opcode >= 0 && (opcode > 63 || !(SCT_URING_NO_FD >> opcode & 1));
}

SCT_FILLER(io_uring_submit)
{
	struct sct_uring u = { .fd = -1, .opcode = -1 };

	sct_acc_uring_submit(f, &u);
	SCT_PUSH_KNOWN(io_uring_submit, opcode, u.known, u.opcode);
	SCT_PUSH_KNOWN(io_uring_submit, fd, u.known && u.fd >= 0 && sct_uring_takes_fd(u.opcode), u.fd);
	SCT_PUSH_KNOWN(io_uring_submit, user_data, u.known, u.user_data);
	SCT_PUSH_KNOWN(io_uring_submit, flags, u.known, u.flags & SCT_IOSQE_MASK);
}

SCT_FILLER(io_uring_async_work)
{
	struct sct_uring u = { .opcode = -1 };

	sct_acc_uring_async_work(f, &u);
	SCT_PUSH_KNOWN(io_uring_async_work, opcode, u.known, u.opcode);
	SCT_PUSH_KNOWN(io_uring_async_work, user_data, u.known, u.user_data);
	SCT_PUSH_KNOWN(io_uring_async_work, flags, u.known, u.flags & SCT_IOSQE_MASK);
	SCT_PUSH(io_uring_async_work, hashed, u.hashed);
}

SCT_FILLER(io_uring_complete)
{
	struct sct_uring u = { .opcode = -1 };

	sct_acc_uring_complete(f, &u);
	SCT_PUSH_KNOWN(io_uring_complete, res, u.known, u.res);
	SCT_PUSH_KNOWN(io_uring_complete, opcode, u.opcode >= 0, u.opcode);
	SCT_PUSH_KNOWN(io_uring_complete, user_data, u.known, u.user_data);
	SCT_PUSH_KNOWN(io_uring_complete, flags, u.known, u.flags);
}
