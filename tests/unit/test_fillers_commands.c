// SPDX-License-Identifier: MIT
/* What pointer arguments point to, where the command says so. */
#include <fcntl.h>
#include <linux/btrfs.h>
#include <linux/fs.h>
#include <linux/if_tun.h>
#include <linux/ptp_clock.h>
#include <linux/sockios.h>
#include <linux/userfaultfd.h>
#include <linux/watchdog.h>
#include <mtd/mtd-abi.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/quota.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include "fillers.h"

TEST(fcntl_lock_is_there_when_it_was_passed)
{
	struct flock lock = { .l_type = F_WRLCK, .l_start = 7, .l_len = 9 };
	struct rec rec = fill(fcntl_x, 0, 3, F_SETLK, at_edge(&lock, sizeof(lock)));

	assert_bytes(&rec, fcntl_x, value, sizeof(lock), &lock, sizeof(lock));
	rec = fill(fcntl_x, -EAGAIN, 3, F_SETLK, at_edge(&lock, sizeof(lock)));
	assert_bytes(&rec, fcntl_x, value, sizeof(lock), &lock, sizeof(lock));
	rec = fill_enter(fcntl_x, 3, F_OFD_GETLK, at_edge(&lock, sizeof(lock)));
	assert_bytes(&rec, fcntl_x, value, sizeof(lock), &lock, sizeof(lock));
	rec = fill(fcntl_x, -EFAULT, 3, F_SETLKW, BAD_PTR);
	assert_bytes_faulted(&rec, fcntl_x, value, sizeof(lock));
	rec = fill(fcntl_x, -EFAULT, 3, F_SETLKW, NULL);
	assert_empty(&rec, fcntl_x, value);
}

TEST(fcntl_results_are_there_after_a_success)
{
	struct f_owner_ex owner = { F_OWNER_PID, 12 };
	struct rec rec = fill(fcntl_x, 0, 3, F_GETOWN_EX, &owner);

	assert_bytes(&rec, fcntl_x, value, sizeof(owner), &owner, sizeof(owner));
	rec = fill(fcntl_x, -EBADF, 3, F_GETOWN_EX, &owner);
	assert_empty(&rec, fcntl_x, value);
	rec = fill_enter(fcntl_x, 3, F_GETOWN_EX, &owner);
	assert_empty(&rec, fcntl_x, value);
}

TEST(fcntl_locks_are_as_large_as_the_caller_has_them)
{
	struct rec rec;

	fake.flags = SCT_ABI_IA32;
	rec = fill(fcntl_x, 0, 3, F_SETLK, big_buffer());
	assert_bytes(&rec, fcntl_x, value, 16, big_buffer(), 16);
	rec = fill(fcntl_x, 0, 3, F_OFD_SETLK, big_buffer());
	assert_bytes(&rec, fcntl_x, value, 24, big_buffer(), 24);
	rec = fill(fcntl_x, 0, 3, 13 /* F_SETLK64 */, big_buffer());
	assert_bytes(&rec, fcntl_x, value, 24, big_buffer(), 24);
	fake.flags = SCT_ABI_X32;
	rec = fill(fcntl_x, 0, 3, F_SETLK, big_buffer());
	assert_bytes(&rec, fcntl_x, value, 32, big_buffer(), 32);
}

TEST(fcntl_numbers_are_no_pointers)
{
	struct rec rec = fill(fcntl_x, 0, 3, F_SETFL, BAD_PTR);

	assert_empty(&rec, fcntl_x, value);
	assert_num(&rec, fcntl_x, arg, BAD_PTR);
	rec = fill(fcntl_x, -EINVAL, 3, 9999, big_buffer());
	assert_empty(&rec, fcntl_x, value);
}

/* They are no data, whose length the user of the tracer chooses. */
TEST(options_are_whole_whatever_the_snaplen)
{
	int len = 300;
	struct rec rec = fill(setsockopt_x, 0, 3, SOL_SOCKET, SO_LINGER, big_buffer(), 300);

	assert_bytes(&rec, setsockopt_x, val, 300, big_buffer(), 300);
	rec = fill(getsockopt_x, 0, 3, SOL_SOCKET, SO_LINGER, big_buffer(), &len);
	assert_bytes(&rec, getsockopt_x, val, 300, big_buffer(), 300);
	rec = fill(setsockopt_x, 0, 3, SOL_SOCKET, SO_LINGER, big_buffer(), SCT_VALUE_MAX + 1);
	assert_bytes(&rec, setsockopt_x, val, SCT_VALUE_MAX + 1, big_buffer(), SCT_VALUE_MAX);
}

/* ---- ioctl ---- */

TEST(ioctl_reads_what_its_number_says)
{
	struct rec rec = fill(ioctl_x, 0, 3, _IOR('x', 1, char[20]), big_buffer());

	assert_bytes(&rec, ioctl_x, value, 20, big_buffer(), 20);
	rec = fill(ioctl_x, -ENOTTY, 3, _IOR('x', 1, char[20]), big_buffer());
	assert_empty(&rec, ioctl_x, value);
	rec = fill_enter(ioctl_x, 3, _IOR('x', 1, char[20]), big_buffer());
	assert_empty(&rec, ioctl_x, value);
	rec = fill(ioctl_x, -ENOTTY, 3, _IOW('x', 1, char[20]), big_buffer());
	assert_bytes(&rec, ioctl_x, value, 20, big_buffer(), 20);
	rec = fill_enter(ioctl_x, 3, _IOWR('x', 1, char[20]), big_buffer());
	assert_bytes(&rec, ioctl_x, value, 20, big_buffer(), 20);
	rec = fill(ioctl_x, 0, 3, _IOWR('x', 1, char[16383]), big_buffer());
	assert_bytes(&rec, ioctl_x, value, 16383, big_buffer(), SCT_VALUE_MAX);
	rec = fill(ioctl_x, 0, 3, _IO('x', 1), big_buffer());
	assert_empty(&rec, ioctl_x, value);
	rec = fill(ioctl_x, -EFAULT, 3, _IOW('x', 1, char[20]), BAD_PTR);
	assert_bytes_faulted(&rec, ioctl_x, value, 20);
}

TEST(ioctl_knows_old_commands)
{
	struct rec rec = fill(ioctl_x, 0, 3, TCGETS, big_buffer());

	assert_bytes(&rec, ioctl_x, value, 36, big_buffer(), 36);
	rec = fill(ioctl_x, -ENOTTY, 3, TCGETS, big_buffer());
	assert_empty(&rec, ioctl_x, value);
	rec = fill(ioctl_x, 0, 3, SIOCGIFFLAGS, big_buffer());
	assert_bytes(&rec, ioctl_x, value, 40, big_buffer(), 40);
	fake.flags = SCT_ABI_IA32;
	rec = fill(ioctl_x, 0, 3, SIOCGIFFLAGS, big_buffer());
	assert_bytes(&rec, ioctl_x, value, 32, big_buffer(), 32);
	rec = fill(ioctl_x, 0, 3, _IOW('x', 1, char[20]), big_buffer());
	assert_bytes(&rec, ioctl_x, value, 20, big_buffer(), 20);
}

TEST(ioctl_knows_directions_that_numbers_have_wrong)
{
	struct rec rec = fill_enter(ioctl_x, 3, UFFDIO_WAKE, big_buffer());

	assert_bytes(&rec, ioctl_x, value, 16, big_buffer(), 16);
	rec = fill(ioctl_x, -EINVAL, 3, WDIOC_SETOPTIONS, big_buffer());
	assert_bytes(&rec, ioctl_x, value, 4, big_buffer(), 4);
	rec = fill(ioctl_x, -EIO, 3, OTPGETREGIONCOUNT, big_buffer());
	assert_empty(&rec, ioctl_x, value);
	rec = fill(ioctl_x, 0, 3, OTPGETREGIONCOUNT, big_buffer());
	assert_bytes(&rec, ioctl_x, value, 4, big_buffer(), 4);
	rec = fill(ioctl_x, -EINVAL, 3, BTRFS_IOC_DEVICES_READY, big_buffer());
	assert_bytes(&rec, ioctl_x, value, 4096, big_buffer(), SCT_VALUE_MAX);
	rec = fill(ioctl_x, 0, 3, PTP_ENABLE_PPS, big_buffer());
	assert_empty(&rec, ioctl_x, value);
	rec = fill(ioctl_x, 0, 3, SG_IO, big_buffer());
	assert_bytes(&rec, ioctl_x, value, 88, big_buffer(), 88);
	fake.flags = SCT_ABI_IA32;
	rec = fill(ioctl_x, 0, 3, SG_IO, big_buffer());
	assert_bytes(&rec, ioctl_x, value, 64, big_buffer(), 64);
	rec = fill(ioctl_x, 0, 3, SIOCBRADDBR, big_buffer());
	assert_bytes(&rec, ioctl_x, value, 16, big_buffer(), 16);
}

TEST(ioctl_knows_numbers_that_say_something_wrong)
{
	struct rec rec = fill(ioctl_x, 0, 3, FICLONE, big_buffer());

	assert_empty(&rec, ioctl_x, value);
	rec = fill(ioctl_x, 0, 3, TUNSETIFF, big_buffer());
	assert_bytes(&rec, ioctl_x, value, 40, big_buffer(), 40);
	rec = fill(ioctl_x, 0, 3, FS_IOC_GETFLAGS, big_buffer());
	assert_bytes(&rec, ioctl_x, value, 4, big_buffer(), 4);
}

/* ---- processes ---- */

TEST(prctl_has_what_the_kernel_wrote)
{
	int sig = 15;
	struct rec rec = fill(prctl_x, 0, PR_GET_PDEATHSIG, &sig);

	assert_bytes(&rec, prctl_x, value, 4, &sig, 4);
	rec = fill(prctl_x, -EFAULT, PR_GET_PDEATHSIG, &sig);
	assert_empty(&rec, prctl_x, value);
	rec = fill(prctl_x, 0, PR_SET_SECCOMP, 2, big_buffer());
	assert_bytes(&rec, prctl_x, value, 16, big_buffer(), 16);
	rec = fill(prctl_x, 0, PR_SET_SECCOMP, 1, big_buffer());
	assert_empty(&rec, prctl_x, value);
	rec = fill(prctl_x, 0, PR_SET_PDEATHSIG, &sig);
	assert_empty(&rec, prctl_x, value);
}

TEST(arch_prctl_has_what_the_kernel_wrote)
{
	long fs = 0x7fff1000;
	struct rec rec = fill(arch_prctl_x, 0, 0x1003 /* ARCH_GET_FS */, &fs);

	assert_bytes(&rec, arch_prctl_x, value, 8, &fs, 8);
	rec = fill(arch_prctl_x, 0, 0x1002 /* ARCH_SET_FS */, &fs);
	assert_empty(&rec, arch_prctl_x, value);
}

TEST(ptrace_data_is_a_number_or_points_to_it)
{
	struct rec rec = fill(ptrace_x, 0, PTRACE_PEEKDATA, 5, 0x1000, big_buffer());

	assert_bytes(&rec, ptrace_x, value, 8, big_buffer(), 8);
	rec = fill(ptrace_x, 0, PTRACE_POKEDATA, 5, 0x1000, big_buffer());
	assert_empty(&rec, ptrace_x, value);
	rec = fill(ptrace_x, -ESRCH, PTRACE_SETREGS, 5, 0, big_buffer());
	assert_bytes(&rec, ptrace_x, value, 216, big_buffer(), 216);
	fake.flags = SCT_ABI_IA32;	/* whose registers are others */
	rec = fill(ptrace_x, 0, PTRACE_SETREGS, 5, 0, big_buffer());
	assert_bytes(&rec, ptrace_x, value, 68, big_buffer(), 68);
	rec = fill(ptrace_x, 0, PTRACE_PEEKDATA, 5, 0x1000, big_buffer());
	assert_bytes(&rec, ptrace_x, value, 4, big_buffer(), 4);
}

TEST(ptrace_has_floating_point_registers)
{
	struct rec rec = fill(ptrace_x, 0, PTRACE_GETFPREGS, 5, 0, big_buffer());

	assert_bytes(&rec, ptrace_x, value, 512, big_buffer(), 512);
	rec = fill(ptrace_x, -EIO, PTRACE_GETFPXREGS, 5, 0, big_buffer());
	assert_empty(&rec, ptrace_x, value);
	fake.flags = SCT_ABI_IA32;
	rec = fill(ptrace_x, 0, PTRACE_SETFPREGS, 5, 0, big_buffer());
	assert_bytes(&rec, ptrace_x, value, 108, big_buffer(), 108);
	rec = fill(ptrace_x, -ESRCH, PTRACE_SETFPXREGS, 5, 0, big_buffer());
	assert_bytes(&rec, ptrace_x, value, 512, big_buffer(), 512);
}

TEST(ptrace_has_the_registers_of_a_set)
{
	const struct iovec iov = { big_buffer(), 216 }, large = { big_buffer(), 5000 };
	const __u32 narrow[2] = { 0x10, 68 };
	struct rec rec = fill(ptrace_x, 0, PTRACE_GETREGSET, 5, 1, at_edge(&iov, sizeof(iov)));

	assert_bytes(&rec, ptrace_x, value, sizeof(iov), &iov, sizeof(iov));
	assert_bytes(&rec, ptrace_x, regset, 216, big_buffer(), 216);
	rec = fill(ptrace_x, -ESRCH, PTRACE_SETREGSET, 5, 1, at_edge(&large, sizeof(large)));
	assert_bytes(&rec, ptrace_x, regset, 5000, big_buffer(), SCT_VALUE_MAX);
	rec = fill(ptrace_x, -ESRCH, PTRACE_GETREGSET, 5, 1, &iov);
	assert_empty(&rec, ptrace_x, regset);
	rec = fill_enter(ptrace_x, PTRACE_GETREGSET, 5, 1, &iov);
	assert_empty(&rec, ptrace_x, regset);
	rec = fill(ptrace_x, -EFAULT, PTRACE_SETREGSET, 5, 1, BAD_PTR);
	assert_faulted(&rec, ptrace_x, regset);
	rec = fill(ptrace_x, 0, PTRACE_SETREGS, 5, 0, big_buffer());
	assert_empty(&rec, ptrace_x, regset);
	fake.flags = SCT_ABI_IA32;
	rec = fill(ptrace_x, 0, PTRACE_GETREGSET, 5, 1, at_edge(narrow, sizeof(narrow)));
	assert_bytes_faulted(&rec, ptrace_x, regset, 68);
}

TEST(modify_ldt_has_what_it_writes)
{
	struct rec rec = fill(modify_ldt_x, 0, 0x11, big_buffer(), 16);

	assert_mem(&rec, modify_ldt_x, value, big_buffer(), 16);
	rec = fill(modify_ldt_x, 16, 0, big_buffer(), 16);
	assert_empty(&rec, modify_ldt_x, value);
}

/* ---- System V IPC ---- */

TEST(ipc_has_what_is_set_and_got)
{
	struct rec rec = fill(shmctl_x, 0, 1, IPC_STAT, big_buffer());

	assert_num(&rec, shmctl_x, cmd, IPC_STAT);
	assert_bytes(&rec, shmctl_x, value, 112, big_buffer(), 112);
	rec = fill(shmctl_x, -EINVAL, 1, IPC_SET, big_buffer());
	assert_bytes(&rec, shmctl_x, value, 112, big_buffer(), 112);
	rec = fill(shmctl_x, -EINVAL, 1, IPC_STAT, big_buffer());
	assert_empty(&rec, shmctl_x, value);
	rec = fill(msgctl_x, 0, 1, IPC_STAT, big_buffer());
	assert_num(&rec, msgctl_x, cmd, IPC_STAT);
	assert_bytes(&rec, msgctl_x, value, 120, big_buffer(), 120);
	rec = fill(semctl_x, 0, 1, 0, IPC_STAT, big_buffer());
	assert_bytes(&rec, semctl_x, value, 104, big_buffer(), 104);
	rec = fill(semctl_x, 0, 1, 0, SETVAL, big_buffer());
	assert_empty(&rec, semctl_x, value);
}

TEST(ipc_of_i386_has_two_layouts)
{
	struct rec rec;

	fake.flags = SCT_ABI_IA32;
	rec = fill(shmctl_x, 0, 1, IPC_STAT | 0x100, big_buffer());
	assert_num(&rec, shmctl_x, cmd, IPC_STAT);
	assert_bytes(&rec, shmctl_x, value, 84, big_buffer(), 84);
	rec = fill(shmctl_x, 0, 1, IPC_STAT, big_buffer());	/* the older */
	assert_empty(&rec, shmctl_x, value);
	rec = fill(msgctl_x, 0, 1, IPC_SET | 0x100, big_buffer());
	assert_num(&rec, msgctl_x, cmd, IPC_SET);
	rec = fill(semctl_x, 0, 1, 0, IPC_SET | 0x100, big_buffer());
	assert_num(&rec, semctl_x, cmd, IPC_SET);
}

/* ---- the system ---- */

TEST(quotactl_fd_has_its_structs)
{
	struct rec rec = fill(quotactl_fd_x, 0, 3, (__u32)Q_SETQUOTA << 8, 7, big_buffer());

	assert_bytes(&rec, quotactl_fd_x, value, 72, big_buffer(), 72);
	rec = fill(quotactl_fd_x, -EPERM, 3, (__u32)Q_GETQUOTA << 8, 7, big_buffer());
	assert_empty(&rec, quotactl_fd_x, value);
}

TEST(seccomp_has_what_is_passed)
{
	struct rec rec = fill(seccomp_x, 0, 1, 0, big_buffer());

	assert_bytes(&rec, seccomp_x, value, 16, big_buffer(), 16);
	rec = fill(seccomp_x, -EOPNOTSUPP, 2, 0, big_buffer());
	assert_bytes(&rec, seccomp_x, value, 4, big_buffer(), 4);
	rec = fill(seccomp_x, -EINVAL, 3, 0, big_buffer());
	assert_empty(&rec, seccomp_x, value);
	rec = fill(seccomp_x, 0, 0, 0, big_buffer());
	assert_empty(&rec, seccomp_x, value);
}

TEST(io_uring_register_has_as_many_as_it_says)
{
	struct rec rec = fill(io_uring_register_x, 0, 3, 2, big_buffer(), 3);

	assert_bytes(&rec, io_uring_register_x, value, 12, big_buffer(), 12);
	rec = fill(io_uring_register_x, 0, 3, 0, big_buffer(), 2);
	assert_bytes(&rec, io_uring_register_x, value, 32, big_buffer(), 32);
	rec = fill(io_uring_register_x, -EMFILE, 3, 2, big_buffer(), -1);
	assert_bytes(&rec, io_uring_register_x, value, 4 * 0xffffffffull, big_buffer(), SCT_VALUE_MAX);
	rec = fill(io_uring_register_x, 0, 3, 1, big_buffer(), 2);
	assert_empty(&rec, io_uring_register_x, value);
	fake.flags = SCT_ABI_IA32;
	rec = fill(io_uring_register_x, 0, 3, 0, big_buffer(), 2);
	assert_bytes(&rec, io_uring_register_x, value, 16, big_buffer(), 16);
}

TEST(bpf_has_its_attributes)
{
	struct rec rec = fill(bpf_x, 3, 0, big_buffer(), 72);

	assert_bytes(&rec, bpf_x, value, 72, big_buffer(), 72);
	rec = fill(bpf_x, -E2BIG, 0, big_buffer(), 1u << 31);
	assert_bytes(&rec, bpf_x, value, 1u << 31, big_buffer(), SCT_VALUE_MAX);
	rec = fill(bpf_x, -EFAULT, 0, NULL, 72);
	assert_empty(&rec, bpf_x, value);
}

TEST(bpf_has_the_strings_of_its_attributes)
{
	const __u64 load[3] = { 0, 0, (uintptr_t)"GPL" }, name[2] = { (uintptr_t)"/sys/fs/bpf/x", 0 };
	const __u64 bad[3] = { 0, 0, 0x10 }, null[3] = {};
	struct rec rec = fill(bpf_x, 3, 5 /* BPF_PROG_LOAD */, at_edge(load, 24), 24);

	assert_str(&rec, bpf_x, license, "GPL");
	assert_empty(&rec, bpf_x, pathname);
	assert_empty(&rec, bpf_x, tp_name);
	rec = fill(bpf_x, 0, 6 /* BPF_OBJ_PIN */, at_edge(name, 16), 16);
	assert_str(&rec, bpf_x, pathname, "/sys/fs/bpf/x");
	assert_empty(&rec, bpf_x, license);
	rec = fill(bpf_x, 4, 7 /* BPF_OBJ_GET */, name, 8);
	assert_str(&rec, bpf_x, pathname, "/sys/fs/bpf/x");
	rec = fill(bpf_x, 4, 17 /* BPF_RAW_TRACEPOINT_OPEN */, name, 16);
	assert_str(&rec, bpf_x, tp_name, "/sys/fs/bpf/x");
	assert_empty(&rec, bpf_x, pathname);
	rec = fill(bpf_x, -EINVAL, 5, load, 23);	/* it is not passed */
	assert_empty(&rec, bpf_x, license);
	rec = fill(bpf_x, -EFAULT, 5, bad, 24);
	assert_faulted(&rec, bpf_x, license);
	rec = fill(bpf_x, -EFAULT, 5, BAD_PTR, 24);
	assert_faulted(&rec, bpf_x, license);
	rec = fill(bpf_x, -EFAULT, 5, null, 24);
	assert_empty(&rec, bpf_x, license);
	rec = fill(bpf_x, -EFAULT, 7, NULL, 24);
	assert_empty(&rec, bpf_x, pathname);
}

TEST(keyctl_has_names_and_data)
{
	struct rec rec = fill(keyctl_x, 5, 1, "session");

	assert_str(&rec, keyctl_x, name, "session");
	assert_empty(&rec, keyctl_x, type);
	rec = fill(keyctl_x, 5, 10, -3, "user", "what", 0);
	assert_str(&rec, keyctl_x, type, "user");
	assert_str(&rec, keyctl_x, description, "what");
	assert_empty(&rec, keyctl_x, name);
	rec = fill(keyctl_x, 0, 2, 5, "payload", 7);
	assert_bytes(&rec, keyctl_x, value, 7, "payload", 7);
	rec = fill(keyctl_x, 7, 11, 5, "payload", 100);
	assert_bytes(&rec, keyctl_x, value, 7, "payload", 7);
	rec = fill(keyctl_x, 7, 11, 5, "payload", 3);	/* there is more than it took */
	assert_bytes(&rec, keyctl_x, value, 3, "pay", 3);
	rec = fill(keyctl_x, -EACCES, 11, 5, "payload", 100);
	assert_empty(&rec, keyctl_x, value);
}
