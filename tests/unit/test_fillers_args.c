// SPDX-License-Identifier: MIT
/*
 * Calls whose parameters are arguments as they are: each is passed as its manual page says, so that
 * an argument that the row mixes up with another is found.  Calls of one argument need no test
 * here.
 */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <linux/io_uring.h>
#include "fillers.h"

/* ---- paths ---- */

TEST(renames_tell_old_and_new)
{
	struct rec rec = fill(rename_x, 0, "old", "new");

	assert_str(&rec, rename_x, oldpath, "old");
	assert_str(&rec, rename_x, newpath, "new");
	rec = fill(renameat_x, 0, 3, "old", 4, "new");
	assert_num(&rec, renameat_x, olddirfd, 3);
	assert_str(&rec, renameat_x, oldpath, "old");
	assert_num(&rec, renameat_x, newdirfd, 4);
	assert_str(&rec, renameat_x, newpath, "new");
	rec = fill(renameat2_x, 0, AT_FDCWD, "old", 4, "new", 1);
	assert_num(&rec, renameat2_x, olddirfd, AT_FDCWD);
	assert_str(&rec, renameat2_x, oldpath, "old");
	assert_num(&rec, renameat2_x, newdirfd, 4);
	assert_str(&rec, renameat2_x, newpath, "new");
	assert_num(&rec, renameat2_x, flags, 1);
}

TEST(links_tell_old_and_new)
{
	struct rec rec = fill(link_x, 0, "old", "new");

	assert_str(&rec, link_x, oldpath, "old");
	assert_str(&rec, link_x, newpath, "new");
	rec = fill(linkat_x, 0, 3, "old", 4, "new", AT_SYMLINK_FOLLOW);
	assert_num(&rec, linkat_x, olddir, 3);
	assert_str(&rec, linkat_x, oldpath, "old");
	assert_num(&rec, linkat_x, newdir, 4);
	assert_str(&rec, linkat_x, newpath, "new");
	assert_num(&rec, linkat_x, flags, AT_SYMLINK_FOLLOW);
	rec = fill(symlink_x, 0, "target", "link");
	assert_str(&rec, symlink_x, target, "target");
	assert_str(&rec, symlink_x, linkpath, "link");
	rec = fill(symlinkat_x, 0, "target", 3, "link");
	assert_str(&rec, symlinkat_x, target, "target");
	assert_num(&rec, symlinkat_x, linkdirfd, 3);
	assert_str(&rec, symlinkat_x, linkpath, "link");
}

TEST(directory_calls_tell_directory_and_path)
{
	struct rec rec = fill(mkdir_x, 0, "dir", 0750);

	assert_str(&rec, mkdir_x, path, "dir");
	assert_num(&rec, mkdir_x, mode, 0750);
	rec = fill(mkdirat_x, 0, 3, "dir", 0750);
	assert_num(&rec, mkdirat_x, dirfd, 3);
	assert_str(&rec, mkdirat_x, path, "dir");
	assert_num(&rec, mkdirat_x, mode, 0750);
	rec = fill(unlinkat_x, 0, 3, "dir", AT_REMOVEDIR);
	assert_num(&rec, unlinkat_x, dirfd, 3);
	assert_str(&rec, unlinkat_x, name, "dir");
	assert_num(&rec, unlinkat_x, flags, AT_REMOVEDIR);
	rec = fill(mknod_x, 0, "null", 020666, 0x103);
	assert_str(&rec, mknod_x, path, "null");
	assert_num(&rec, mknod_x, mode, 020666);
	assert_num(&rec, mknod_x, dev, 0x103);
	rec = fill(mknodat_x, 0, 3, "null", 020666, 0x103);
	assert_num(&rec, mknodat_x, dirfd, 3);
	assert_str(&rec, mknodat_x, path, "null");
	assert_num(&rec, mknodat_x, mode, 020666);
	assert_num(&rec, mknodat_x, dev, 0x103);
}

TEST(stat_calls_tell_what_they_look_at)
{
	struct rec rec = fill(stat_x, 0, "file", BAD_PTR);

	assert_str(&rec, stat_x, path, "file");
	rec = fill(lstat_x, 0, "file", BAD_PTR);
	assert_str(&rec, lstat_x, path, "file");
	rec = fill(fstat_x, 0, 3, BAD_PTR);
	assert_num(&rec, fstat_x, fd, 3);
	rec = fill(newfstatat_x, 0, 3, "file", BAD_PTR, AT_SYMLINK_NOFOLLOW);
	assert_num(&rec, newfstatat_x, dirfd, 3);
	assert_str(&rec, newfstatat_x, path, "file");
	assert_num(&rec, newfstatat_x, flags, AT_SYMLINK_NOFOLLOW);
	rec = fill(access_x, 0, "file", 4);
	assert_str(&rec, access_x, name, "file");
	assert_num(&rec, access_x, mode, 4);
}

TEST(chmods_tell_file_and_mode)
{
	struct rec rec = fill(chmod_x, 0, "file", 0640);

	assert_str(&rec, chmod_x, filename, "file");
	assert_num(&rec, chmod_x, mode, 0640);
	rec = fill(fchmod_x, 0, 3, 0640);
	assert_num(&rec, fchmod_x, fd, 3);
	assert_num(&rec, fchmod_x, mode, 0640);
	rec = fill(fchmodat_x, 0, 3, "file", 0640);
	assert_num(&rec, fchmodat_x, dirfd, 3);
	assert_str(&rec, fchmodat_x, filename, "file");
	assert_num(&rec, fchmodat_x, mode, 0640);
}

/* -1 leaves an id as it is. */
TEST(chowns_tell_file_and_owner)
{
	struct rec rec = fill(chown_x, 0, "file", 1000, -1);

	assert_str(&rec, chown_x, path, "file");
	assert_num(&rec, chown_x, uid, 1000);
	assert_num(&rec, chown_x, gid, -1);
	rec = fill(lchown_x, 0, "file", 1000, 100);
	assert_str(&rec, lchown_x, path, "file");
	assert_num(&rec, lchown_x, uid, 1000);
	assert_num(&rec, lchown_x, gid, 100);
	rec = fill(fchown_x, 0, 3, 1000, 100);
	assert_num(&rec, fchown_x, fd, 3);
	assert_num(&rec, fchown_x, uid, 1000);
	assert_num(&rec, fchown_x, gid, 100);
	rec = fill(fchownat_x, 0, 3, "file", 1000, 100, AT_EMPTY_PATH);
	assert_num(&rec, fchownat_x, dirfd, 3);
	assert_str(&rec, fchownat_x, pathname, "file");
	assert_num(&rec, fchownat_x, uid, 1000);
	assert_num(&rec, fchownat_x, gid, 100);
	assert_num(&rec, fchownat_x, flags, AT_EMPTY_PATH);
}

TEST(mounts_tell_source_and_target)
{
	struct rec rec = fill(mount_x, 0, "/dev/sda", "/mnt", "ext4", 1ull << 33 | 1, BAD_PTR);

	assert_str(&rec, mount_x, dev, "/dev/sda");
	assert_str(&rec, mount_x, dir, "/mnt");
	assert_str(&rec, mount_x, type, "ext4");
	assert_num(&rec, mount_x, flags, 1ull << 33 | 1);
	rec = fill(umount2_x, 0, "/mnt", 2);
	assert_str(&rec, umount2_x, name, "/mnt");
	assert_num(&rec, umount2_x, flags, 2);
}

TEST(getcwd_tells_the_path_that_came_back)
{
	struct rec rec = fill(getcwd_x, 5, "/tmp", 4096);

	assert_str(&rec, getcwd_x, path, "/tmp");
	assert_num(&rec, getcwd_x, size, 4096);
	rec = fill(getcwd_x, -ERANGE, "/tmp", 2);
	assert_empty(&rec, getcwd_x, path);
}

/* ---- descriptors ---- */

TEST(positioned_io_tells_the_position)
{
	struct rec rec = fill(pread64_x, 3, 7, "abc", 100, -1);

	assert_num(&rec, pread64_x, fd, 7);
	assert_bytes(&rec, pread64_x, data, 3, "abc", 3);
	assert_num(&rec, pread64_x, size, 100);
	assert_num(&rec, pread64_x, pos, -1);
	rec = fill(pwrite64_x, 3, 7, "abc", 3, 1ull << 40);
	assert_num(&rec, pwrite64_x, fd, 7);
	assert_bytes(&rec, pwrite64_x, data, 3, "abc", 3);
	assert_num(&rec, pwrite64_x, size, 3);
	assert_num(&rec, pwrite64_x, pos, 1ull << 40);
	rec = fill(lseek_x, 0, 7, -5, SEEK_END);
	assert_num(&rec, lseek_x, fd, 7);
	assert_num(&rec, lseek_x, offset, -5);
	assert_num(&rec, lseek_x, whence, SEEK_END);
}

TEST(descriptor_calls_tell_both_descriptors)
{
	struct rec rec = fill(dup2_x, 9, 7, 9);

	assert_num(&rec, dup2_x, oldfd, 7);
	assert_num(&rec, dup2_x, newfd, 9);
	rec = fill(dup3_x, 9, 7, 9, O_CLOEXEC);
	assert_num(&rec, dup3_x, oldfd, 7);
	assert_num(&rec, dup3_x, newfd, 9);
	assert_num(&rec, dup3_x, flags, O_CLOEXEC);
	rec = fill(close_range_x, 0, 3, -1, 4);
	assert_num(&rec, close_range_x, first, 3);
	assert_num(&rec, close_range_x, last, UINT32_MAX);
	assert_num(&rec, close_range_x, flags, 4);
	rec = fill(pidfd_getfd_x, 9, 7, 8, 0);
	assert_num(&rec, pidfd_getfd_x, pid_fd, 7);
	assert_num(&rec, pidfd_getfd_x, target_fd, 8);
	rec = fill(pidfd_open_x, 9, 1234, O_NONBLOCK);
	assert_num(&rec, pidfd_open_x, pid, 1234);
	assert_num(&rec, pidfd_open_x, flags, O_NONBLOCK);
}

TEST(commands_on_descriptors_tell_all_arguments)
{
	struct rec rec = fill(fcntl_x, 0, 7, F_SETFD, FD_CLOEXEC);

	assert_num(&rec, fcntl_x, fd, 7);
	assert_num(&rec, fcntl_x, cmd, F_SETFD);
	assert_num(&rec, fcntl_x, arg, FD_CLOEXEC);
	rec = fill(ioctl_x, 0, 7, 0xffffffff80045430ull, ~0ull);
	assert_num(&rec, ioctl_x, fd, 7);
	assert_num(&rec, ioctl_x, request, 0x80045430);
	assert_num(&rec, ioctl_x, argument, ~0ull);
	rec = fill(flock_x, 0, 7, 6);
	assert_num(&rec, flock_x, fd, 7);
	assert_num(&rec, flock_x, operation, 6);
	rec = fill(getdents_x, 100, 7, BAD_PTR, 32768);
	assert_num(&rec, getdents_x, fd, 7);
	assert_num(&rec, getdents_x, count, 32768);
	rec = fill(getdents64_x, 100, 7, BAD_PTR, 32768);
	assert_num(&rec, getdents64_x, fd, 7);
	assert_num(&rec, getdents64_x, count, 32768);
}

TEST(copying_calls_tell_both_ends)
{
	__s64 in = 10, out = 20;
	struct rec rec = fill(sendfile_x, 5, 8, 7, &in, 100);

	assert_num(&rec, sendfile_x, out_fd, 8);
	assert_num(&rec, sendfile_x, in_fd, 7);
	assert_num(&rec, sendfile_x, offset, 10);
	assert_num(&rec, sendfile_x, size, 100);
	rec = fill(splice_x, 5, 7, &in, 8, &out, 100, 1);
	assert_num(&rec, splice_x, fd_in, 7);
	assert_num(&rec, splice_x, off_in, 10);
	assert_num(&rec, splice_x, fd_out, 8);
	assert_num(&rec, splice_x, off_out, 20);
	assert_num(&rec, splice_x, size, 100);
	assert_num(&rec, splice_x, flags, 1);
	rec = fill(copy_file_range_x, 5, 7, &in, 8, &out, 100, 1);
	assert_num(&rec, copy_file_range_x, fdin, 7);
	assert_num(&rec, copy_file_range_x, offin, 10);
	assert_num(&rec, copy_file_range_x, fdout, 8);
	assert_num(&rec, copy_file_range_x, offout, 20);
	assert_num(&rec, copy_file_range_x, len, 100);
	assert_num(&rec, copy_file_range_x, flags, 1);
}

TEST(waiting_calls_tell_their_limits)
{
	struct timespec ts = { 3, 4 };
	__u64 set = 1ull << 63;
	struct rec rec = fill(epoll_wait_x, 0, 7, BAD_PTR, 64, -1);

	assert_num(&rec, epoll_wait_x, epfd, 7);
	assert_num(&rec, epoll_wait_x, maxevents, 64);
	assert_num(&rec, epoll_wait_x, timeout, -1);
	rec = fill(poll_x, 0, NULL, 5, 1000);
	assert_num(&rec, poll_x, nfds, 5);
	assert_num(&rec, poll_x, timeout, 1000);
	rec = fill(ppoll_x, 0, NULL, 5, &ts, &set, 8);
	assert_num(&rec, ppoll_x, nfds, 5);
	assert_mem(&rec, ppoll_x, timeout, &ts, sizeof(ts));
	assert_mem(&rec, ppoll_x, sigmask, &set, sizeof(set));
	rec = fill(select_x, 0, 1024, NULL, NULL, NULL, NULL);
	assert_num(&rec, select_x, n, 1024);
	rec = fill(nanosleep_x, 0, &ts, BAD_PTR);
	assert_mem(&rec, nanosleep_x, interval, &ts, sizeof(ts));
	rec = fill(futex_x, 0, 0x1000, 9, 3, &ts, 0x2000, 5);
	assert_num(&rec, futex_x, addr, 0x1000);
	assert_num(&rec, futex_x, op, 9);
	assert_num(&rec, futex_x, val, 3);
	assert_num(&rec, futex_x, addr2, 0x2000);
	assert_num(&rec, futex_x, val3, 5);
}

TEST(calls_that_make_descriptors_tell_their_flags)
{
	__u64 set = 5;
	struct rec rec = fill(signalfd_x, 9, -1, &set, 8);

	assert_num(&rec, signalfd_x, fd, -1);
	assert_mem(&rec, signalfd_x, mask, &set, 8);
	assert_num(&rec, signalfd_x, sizemask, 8);
	rec = fill(signalfd4_x, 9, 7, &set, 8, O_CLOEXEC);
	assert_num(&rec, signalfd4_x, fd, 7);
	assert_mem(&rec, signalfd4_x, mask, &set, 8);
	assert_num(&rec, signalfd4_x, sizemask, 8);
	assert_num(&rec, signalfd4_x, flags, O_CLOEXEC);
	rec = fill(eventfd2_x, 9, 3, 1);
	assert_num(&rec, eventfd2_x, initval, 3);
	assert_num(&rec, eventfd2_x, flags, 1);
	rec = fill(timerfd_create_x, 9, 7, O_CLOEXEC);
	assert_num(&rec, timerfd_create_x, clockid, 7);
	assert_num(&rec, timerfd_create_x, flags, O_CLOEXEC);
	rec = fill(memfd_create_x, 9, "name", 1);
	assert_str(&rec, memfd_create_x, name, "name");
	assert_num(&rec, memfd_create_x, flags, 1);
	rec = fill(pipe2_x, 0, NULL, O_CLOEXEC);
	assert_num(&rec, pipe2_x, flags, O_CLOEXEC);
}

TEST(io_uring_tells_its_parameters)
{
	struct io_uring_params p = {
		.sq_entries = 1, .cq_entries = 2, .flags = 3, .sq_thread_cpu = 4,
		.sq_thread_idle = 5, .features = 6,
	};
	struct rec rec = fill(io_uring_setup_x, 9, 32, at_edge(&p, sizeof(p)));

	assert_num(&rec, io_uring_setup_x, entries, 32);
	assert_num(&rec, io_uring_setup_x, sq_entries, 1);
	assert_num(&rec, io_uring_setup_x, cq_entries, 2);
	assert_num(&rec, io_uring_setup_x, flags, 3);
	assert_num(&rec, io_uring_setup_x, sq_thread_cpu, 4);
	assert_num(&rec, io_uring_setup_x, sq_thread_idle, 5);
	assert_num(&rec, io_uring_setup_x, features, 6);
	rec = fill(io_uring_enter_x, 1, 9, 2, 3, 4, NULL, 8);
	assert_num(&rec, io_uring_enter_x, fd, 9);
	assert_num(&rec, io_uring_enter_x, to_submit, 2);
	assert_num(&rec, io_uring_enter_x, min_complete, 3);
	assert_num(&rec, io_uring_enter_x, flags, 4);
	assert_num(&rec, io_uring_enter_x, argsz, 8);
	rec = fill(io_uring_register_x, 0, 9, 2, 0x1000, 4);
	assert_num(&rec, io_uring_register_x, fd, 9);
	assert_num(&rec, io_uring_register_x, opcode, 2);
	assert_num(&rec, io_uring_register_x, arg, 0x1000);
	assert_num(&rec, io_uring_register_x, nr_args, 4);
}

/* ---- memory ---- */

TEST(memory_calls_tell_where)
{
	struct rec rec = fill(mmap_x, 0x7000, 0x1000, 0x2000, 3, 0x22, 5, 0x3000);

	assert_num(&rec, mmap_x, addr, 0x1000);
	assert_num(&rec, mmap_x, length, 0x2000);
	assert_num(&rec, mmap_x, prot, 3);
	assert_num(&rec, mmap_x, flags, 0x22);
	assert_num(&rec, mmap_x, fd, 5);
	assert_num(&rec, mmap_x, offset, 0x3000);
	rec = fill(munmap_x, 0, 0x1000, 0x2000);
	assert_num(&rec, munmap_x, addr, 0x1000);
	assert_num(&rec, munmap_x, length, 0x2000);
	rec = fill(mprotect_x, 0, 0x1000, 0x2000, 5);
	assert_num(&rec, mprotect_x, addr, 0x1000);
	assert_num(&rec, mprotect_x, length, 0x2000);
	assert_num(&rec, mprotect_x, prot, 5);
	rec = fill(mlock_x, 0, 0x1000, 0x2000);
	assert_num(&rec, mlock_x, addr, 0x1000);
	assert_num(&rec, mlock_x, len, 0x2000);
	rec = fill(mlock2_x, 0, 0x1000, 0x2000, 1);
	assert_num(&rec, mlock2_x, addr, 0x1000);
	assert_num(&rec, mlock2_x, len, 0x2000);
	assert_num(&rec, mlock2_x, flags, 1);
	rec = fill(munlock_x, 0, 0x1000, 0x2000);
	assert_num(&rec, munlock_x, addr, 0x1000);
	assert_num(&rec, munlock_x, len, 0x2000);
	rec = fill(process_vm_readv_x, 0, 1234, NULL, 2, NULL, 3, 4);
	assert_num(&rec, process_vm_readv_x, pid, 1234);
	assert_num(&rec, process_vm_readv_x, liovcnt, 2);
	assert_num(&rec, process_vm_readv_x, riovcnt, 3);
	assert_num(&rec, process_vm_readv_x, flags, 4);
	rec = fill(process_vm_writev_x, 0, 1234, NULL, 2, NULL, 3, 4);
	assert_num(&rec, process_vm_writev_x, pid, 1234);
	assert_num(&rec, process_vm_writev_x, liovcnt, 2);
	assert_num(&rec, process_vm_writev_x, riovcnt, 3);
	assert_num(&rec, process_vm_writev_x, flags, 4);
}

/* ---- limits, semaphores ---- */

TEST(limits_are_old_and_new)
{
	struct rlimit new = { 1, 2 }, old = { 3, RLIM_INFINITY };
	struct rec rec = fill(prlimit64_x, 0, 1234, RLIMIT_CORE, &new, &old);

	assert_num(&rec, prlimit64_x, pid, 1234);
	assert_num(&rec, prlimit64_x, resource, RLIMIT_CORE);
	assert_num(&rec, prlimit64_x, newcur, 1);
	assert_num(&rec, prlimit64_x, newmax, 2);
	assert_num(&rec, prlimit64_x, oldcur, 3);
	assert_num(&rec, prlimit64_x, oldmax, ~0ull);
	rec = fill(getrlimit_x, 0, RLIMIT_CORE, &old);
	assert_num(&rec, getrlimit_x, resource, RLIMIT_CORE);
	assert_num(&rec, getrlimit_x, cur, 3);
	assert_num(&rec, getrlimit_x, max, ~0ull);
	rec = fill(setrlimit_x, -EPERM, RLIMIT_CORE, &new);
	assert_num(&rec, setrlimit_x, resource, RLIMIT_CORE);
	assert_num(&rec, setrlimit_x, cur, 1);
	assert_num(&rec, setrlimit_x, max, 2);
}

TEST(semop_tells_the_first_two_operations)
{
	struct sembuf op[] = { { 1, -2, 3 }, { 4, 5, 6 } };
	struct rec rec = fill(semop_x, 0, 77, at_edge(op, sizeof(op)), 2);

	assert_num(&rec, semop_x, semid, 77);
	assert_num(&rec, semop_x, nsops, 2);
	assert_num(&rec, semop_x, sem_num_0, 1);
	assert_num(&rec, semop_x, sem_op_0, -2);
	assert_num(&rec, semop_x, sem_flg_0, 3);
	assert_num(&rec, semop_x, sem_num_1, 4);
	assert_num(&rec, semop_x, sem_op_1, 5);
	assert_num(&rec, semop_x, sem_flg_1, 6);
	rec = fill(semop_x, 0, 77, at_edge(op, sizeof(op[0])), 1);
	assert_num(&rec, semop_x, sem_num_0, 1);
	assert_empty(&rec, semop_x, sem_num_1);
	rec = fill(semop_x, -EINVAL, 77, BAD_PTR, 0);
	assert_empty(&rec, semop_x, sem_num_0);
}

TEST(semaphore_calls_tell_all_arguments)
{
	struct rec rec = fill(semget_x, 77, 0xfeedbeef, 3, 0600);

	assert_num(&rec, semget_x, key, 0xfeedbeef);
	assert_num(&rec, semget_x, nsems, 3);
	assert_num(&rec, semget_x, semflg, 0600);
	rec = fill(semctl_x, 0, 77, 2, SETVAL, 5);
	assert_num(&rec, semctl_x, semid, 77);
	assert_num(&rec, semctl_x, semnum, 2);
	assert_num(&rec, semctl_x, cmd, SETVAL);
	assert_num(&rec, semctl_x, val, 5);
}

/* ---- processes, credentials ---- */

TEST(signal_calls_tell_target_and_signal)
{
	struct rec rec = fill(kill_x, 0, -1, 15);

	assert_num(&rec, kill_x, pid, -1);
	assert_num(&rec, kill_x, sig, 15);
	rec = fill(tkill_x, 0, 1234, 15);
	assert_num(&rec, tkill_x, tid, 1234);
	assert_num(&rec, tkill_x, sig, 15);
	rec = fill(tgkill_x, 0, 1234, 1235, 15);
	assert_num(&rec, tgkill_x, pid, 1234);
	assert_num(&rec, tgkill_x, tid, 1235);
	assert_num(&rec, tgkill_x, sig, 15);
	rec = fill(setpgid_x, 0, 1234, 1235);
	assert_num(&rec, setpgid_x, pid, 1234);
	assert_num(&rec, setpgid_x, pgid, 1235);
	rec = fill(ptrace_x, 0, 16, 1234, 0x1000, 0x2000);
	assert_num(&rec, ptrace_x, request, 16);
	assert_num(&rec, ptrace_x, pid, 1234);
	assert_num(&rec, ptrace_x, addr, 0x1000);
	assert_num(&rec, ptrace_x, data, 0x2000);
	rec = fill(prctl_x, 0, 4, -2, 3, 5, 6);
	assert_num(&rec, prctl_x, option, 4);
	assert_num(&rec, prctl_x, arg2_int, -2);
	assert_num(&rec, prctl_x, arg3, 3);
	assert_num(&rec, prctl_x, arg4, 5);
	assert_num(&rec, prctl_x, arg5, 6);
	rec = fill(clone_x, 1234, 17, 1, 2, 3, 4);
	assert_num(&rec, clone_x, newsp, 1);
	assert_num(&rec, clone_x, parent_tid, 2);
	assert_num(&rec, clone_x, child_tid, 3);
	assert_num(&rec, clone_x, tls, 4);
}

TEST(credential_calls_tell_real_effective_and_saved)
{
	__u32 ids[] = { 1, 2, 3 };
	struct rec rec = fill(setreuid_x, 0, 1, -1);

	assert_num(&rec, setreuid_x, ruid, 1);
	assert_num(&rec, setreuid_x, euid, -1);
	rec = fill(setregid_x, 0, 1, 2);
	assert_num(&rec, setregid_x, rgid, 1);
	assert_num(&rec, setregid_x, egid, 2);
	rec = fill(setresuid_x, 0, 1, 2, 3);
	assert_num(&rec, setresuid_x, ruid, 1);
	assert_num(&rec, setresuid_x, euid, 2);
	assert_num(&rec, setresuid_x, suid, 3);
	rec = fill(setresgid_x, 0, 1, 2, 3);
	assert_num(&rec, setresgid_x, rgid, 1);
	assert_num(&rec, setresgid_x, egid, 2);
	assert_num(&rec, setresgid_x, sgid, 3);
	rec = fill(getresuid_x, 0, &ids[0], &ids[1], &ids[2]);
	assert_num(&rec, getresuid_x, ruid, 1);
	assert_num(&rec, getresuid_x, euid, 2);
	assert_num(&rec, getresuid_x, suid, 3);
	rec = fill(getresgid_x, 0, &ids[0], &ids[1], &ids[2]);
	assert_num(&rec, getresgid_x, rgid, 1);
	assert_num(&rec, getresgid_x, egid, 2);
	assert_num(&rec, getresgid_x, sgid, 3);
}

/* ---- the system ---- */

TEST(system_calls_tell_all_arguments)
{
	struct rec rec = fill(init_module_x, 0, "image", 5, "a=1");

	assert_bytes(&rec, init_module_x, img, 5, "image", 5);
	assert_num(&rec, init_module_x, length, 5);
	assert_str(&rec, init_module_x, uargs, "a=1");
	rec = fill(finit_module_x, 0, 7, "a=1", 2);
	assert_num(&rec, finit_module_x, fd, 7);
	assert_str(&rec, finit_module_x, uargs, "a=1");
	assert_num(&rec, finit_module_x, flags, 2);
	rec = fill(delete_module_x, 0, "mod", O_NONBLOCK);
	assert_str(&rec, delete_module_x, name, "mod");
	assert_num(&rec, delete_module_x, flags, O_NONBLOCK);
	rec = fill(bpf_x, 9, 5, 0x1000, 128);
	assert_num(&rec, bpf_x, cmd, 5);
	assert_num(&rec, bpf_x, attr, 0x1000);
	assert_num(&rec, bpf_x, size, 128);
	rec = fill(keyctl_x, 0, 11, 1, 2, 3, 4);
	assert_num(&rec, keyctl_x, operation, 11);
	assert_num(&rec, keyctl_x, arg2, 1);
	assert_num(&rec, keyctl_x, arg3, 2);
	assert_num(&rec, keyctl_x, arg4, 3);
	assert_num(&rec, keyctl_x, arg5, 4);
	rec = fill(seccomp_x, 0, 1, 2, 0x1000);
	assert_num(&rec, seccomp_x, op, 1);
	assert_num(&rec, seccomp_x, flags, 2);
	assert_num(&rec, seccomp_x, uargs, 0x1000);
	rec = fill(setns_x, 0, 7, 0x40000000);
	assert_num(&rec, setns_x, fd, 7);
	assert_num(&rec, setns_x, nstype, 0x40000000);
}

/* ---- sockets ---- */

TEST(socket_calls_tell_all_arguments)
{
	struct rec rec = fill(socket_x, 9, 2, 1, 6);

	assert_num(&rec, socket_x, domain, 2);
	assert_num(&rec, socket_x, type, 1);
	assert_num(&rec, socket_x, proto, 6);
	rec = fill(socketpair_x, -EMFILE, 1, 2, 3, BAD_PTR);
	assert_num(&rec, socketpair_x, domain, 1);
	assert_num(&rec, socketpair_x, type, 2);
	assert_num(&rec, socketpair_x, proto, 3);
	rec = fill(listen_x, 0, 7, 128);
	assert_num(&rec, listen_x, fd, 7);
	assert_num(&rec, listen_x, backlog, 128);
	rec = fill(shutdown_x, 0, 7, 2);
	assert_num(&rec, shutdown_x, fd, 7);
	assert_num(&rec, shutdown_x, how, 2);
	rec = fill(accept4_x, -EAGAIN, 7, NULL, NULL, 04000);
	assert_num(&rec, accept4_x, sockfd, 7);
	assert_num(&rec, accept4_x, flags, 04000);
	rec = fill(sendto_x, 4, 7, "data", 4, 0x40, NULL, 0);
	assert_num(&rec, sendto_x, fd, 7);
	assert_num(&rec, sendto_x, size, 4);
	assert_num(&rec, sendto_x, flags, 0x40);
	rec = fill(recvfrom_x, 4, 7, "data", 9, 0x40, NULL, NULL);
	assert_num(&rec, recvfrom_x, fd, 7);
	assert_num(&rec, recvfrom_x, size, 9);
	assert_num(&rec, recvfrom_x, flags, 0x40);
	rec = fill(setsockopt_x, 0, 7, 1, 2, "opt", 3);
	assert_num(&rec, setsockopt_x, fd, 7);
	assert_num(&rec, setsockopt_x, level, 1);
	assert_num(&rec, setsockopt_x, optname, 2);
	assert_num(&rec, setsockopt_x, optlen, 3);
	rec = fill(getsockopt_x, 0, 7, 1, 2, NULL, NULL);
	assert_num(&rec, getsockopt_x, fd, 7);
	assert_num(&rec, getsockopt_x, level, 1);
	assert_num(&rec, getsockopt_x, optname, 2);
}

/* ---- processes, time, memory ---- */

TEST(memory_calls_tell_range_and_flags)
{
	struct rec rec = fill(mremap_x, 0x7f0000003000, 0x7f0000001000, 4096, 8192, 3, 0x7f0000003000);

	assert_num(&rec, mremap_x, res, 0x7f0000003000);
	assert_num(&rec, mremap_x, old_address, 0x7f0000001000);
	assert_num(&rec, mremap_x, old_size, 4096);
	assert_num(&rec, mremap_x, new_size, 8192);
	assert_num(&rec, mremap_x, flags, 3);
	assert_num(&rec, mremap_x, new_address, 0x7f0000003000);
	rec = fill(msync_x, 0, 0x7f0000001000, 4096, 4);
	assert_num(&rec, msync_x, addr, 0x7f0000001000);
	assert_num(&rec, msync_x, len, 4096);
	assert_num(&rec, msync_x, flags, 4);
	rec = fill(madvise_x, 0, 0x7f0000001000, 4096, 4);
	assert_num(&rec, madvise_x, addr, 0x7f0000001000);
	assert_num(&rec, madvise_x, len, 4096);
	assert_num(&rec, madvise_x, advice, 4);
	rec = fill(membarrier_x, 0, 8, 1, -1);
	assert_num(&rec, membarrier_x, cmd, 8);
	assert_num(&rec, membarrier_x, flags, 1);
	assert_num(&rec, membarrier_x, cpu_id, -1);
}

TEST(scheduling_calls_tell_whom_and_what)
{
	static const char mask[] = "\x03\0\0\0\0\0\0\0";
	struct rec rec = fill(getpriority_x, 20, 1, 1234);

	assert_num(&rec, getpriority_x, which, 1);
	assert_num(&rec, getpriority_x, who, 1234);
	rec = fill(setpriority_x, 0, 2, 1000, -5);
	assert_num(&rec, setpriority_x, which, 2);
	assert_num(&rec, setpriority_x, who, 1000);
	assert_num(&rec, setpriority_x, prio, -5);
	rec = fill(sched_setaffinity_x, 0, 1234, 8, mask);
	assert_num(&rec, sched_setaffinity_x, pid, 1234);
	assert_num(&rec, sched_setaffinity_x, len, 8);
	assert_bytes(&rec, sched_setaffinity_x, mask, 8, mask, 8);
	rec = fill(sched_getaffinity_x, 4, 1234, 8, mask);
	assert_num(&rec, sched_getaffinity_x, pid, 1234);
	assert_num(&rec, sched_getaffinity_x, len, 8);
	assert_bytes(&rec, sched_getaffinity_x, mask, 4, mask, 4);
}

TEST(a_thread_registers_what_the_kernel_shall_use)
{
	const __u64 list[3] = { 0x1000, -32, 0x2000 };
	struct rec rec = fill(set_robust_list_x, 0, 0x7f0000001000, 24);

	assert_num(&rec, set_robust_list_x, head, 0x7f0000001000);
	assert_num(&rec, set_robust_list_x, len, 24);
	assert_faulted(&rec, set_robust_list_x, list);
	rec = fill(set_robust_list_x, 0, at_edge(list, sizeof(list)), 24);
	assert_mem(&rec, set_robust_list_x, list, list, sizeof(list));
	fake.flags = SCT_ABI_IA32;
	rec = fill(set_robust_list_x, 0, list, 12);
	assert_mem(&rec, set_robust_list_x, list, list, 12);
	rec = fill(rseq_x, 0, 0x7f0000001000, 32, 1, 0x53053053);
	assert_num(&rec, rseq_x, rseq, 0x7f0000001000);
	assert_num(&rec, rseq_x, rseq_len, 32);
	assert_num(&rec, rseq_x, flags, 1);
	assert_num(&rec, rseq_x, sig, 0x53053053);
}

TEST(getrandom_tells_what_came)
{
	struct rec rec = fill(getrandom_x, 3, "random", 6, 1);

	assert_bytes(&rec, getrandom_x, buf, 3, "random", 3);
	assert_num(&rec, getrandom_x, count, 6);
	assert_num(&rec, getrandom_x, flags, 1);
	rec = fill(getrandom_x, -EAGAIN, "random", 6, 1);
	assert_empty(&rec, getrandom_x, buf);
}

/* ---- calls of i386 that share the event of another ---- */

TEST(calls_without_the_last_argument_do_not_tell_it)
{
	static const __u8 usage[144] = { 1 };
	struct rec rec = fill(umount2_x, 0, "/mnt", 2);

	assert_num(&rec, umount2_x, flags, 2);
	rec = fill(wait4_x, 7, -1, NULL, 0, at_edge(usage, sizeof(usage)));
	assert_mem(&rec, wait4_x, rusage, usage, sizeof(usage));
	fake.flags = SCT_ABI_IA32;
	fake.row = SCT_SYS_umount;
	rec = fill(umount2_x, 0, "/mnt", 2);
	assert_empty(&rec, umount2_x, flags);
	fake.row = SCT_SYS_waitpid;
	rec = fill(wait4_x, 7, -1, NULL, 0, BAD_PTR);
	assert_empty(&rec, wait4_x, rusage);
}

TEST(mmap2_counts_its_offset_in_pages)
{
	struct rec rec = fill(mmap_x, 4096, 0, 1, 2, 3, 4, 5 * 4096);

	assert_num(&rec, mmap_x, offset, 5 * 4096);
	fake.flags = SCT_ABI_IA32;
	fake.row = SCT_SYS_mmap2;
	rec = fill(mmap_x, 4096, 0, 1, 2, 3, 4, 0xfffff123);
	assert_num(&rec, mmap_x, offset, 0xfffff123ull << 12);
}

TEST(lengths_of_64_bit_are_two_arguments)
{
	struct rec rec = fill(ftruncate_x, 0, 3, 1ull << 40);

	assert_num(&rec, ftruncate_x, length, 1ull << 40);
	fake.flags = SCT_ABI_IA32;
	rec = fill(ftruncate_x, 0, 3, 0xfffffffe, 9);
	assert_num(&rec, ftruncate_x, length, -2);
	fake.row = SCT_SYS_ftruncate64;
	rec = fill(ftruncate_x, 0, 3, 5, 6);
	assert_num(&rec, ftruncate_x, length, 6ull << 32 | 5);
}

TEST(fadvise64_has_three_layouts)
{
	struct rec rec = fill(fadvise64_x, 0, 3, 1, 2, 4);

	assert_num(&rec, fadvise64_x, len, 2);
	assert_num(&rec, fadvise64_x, advice, 4);
	fake.flags = SCT_ABI_IA32;
	rec = fill(fadvise64_x, 0, 3, 1, 0, 2, 4);
	assert_num(&rec, fadvise64_x, len, 2);
	assert_num(&rec, fadvise64_x, advice, 4);
	fake.row = SCT_SYS_fadvise64_64;
	rec = fill(fadvise64_x, 0, 3, 1, 0, 2, 7, 4);
	assert_num(&rec, fadvise64_x, len, 7ull << 32 | 2);
	assert_num(&rec, fadvise64_x, advice, 4);
}

TEST(sendfile_of_i386_has_an_offset_of_32_bit)
{
	const __s64 wide = -(1ll << 40);
	const __s32 narrow = -5;
	struct rec rec = fill(sendfile_x, 0, 3, 4, at_edge(&wide, 8), 9);

	assert_num(&rec, sendfile_x, offset, wide);
	rec = fill(sendfile_x, 0, 3, 4, NULL, 9);
	assert_empty(&rec, sendfile_x, offset);
	rec = fill(sendfile_x, 0, 3, 4, BAD_PTR, 9);
	assert_faulted(&rec, sendfile_x, offset);
	fake.flags = SCT_ABI_IA32;
	rec = fill(sendfile_x, 0, 3, 4, at_edge(&narrow, 4), 9);
	assert_num(&rec, sendfile_x, offset, -5);
	fake.row = SCT_SYS_sendfile64;
	rec = fill(sendfile_x, 0, 3, 4, at_edge(&wide, 8), 9);
	assert_num(&rec, sendfile_x, offset, wide);
}

TEST(limits_of_i386_have_32_bit)
{
	const __u64 wide[2] = { 1ull << 40, ~0ull };
	const __u32 narrow[2] = { 77, ~0u };
	struct rec rec = fill(setrlimit_x, 0, 3, at_edge(wide, 16));

	assert_num(&rec, setrlimit_x, cur, wide[0]);
	assert_num(&rec, setrlimit_x, max, wide[1]);
	rec = fill(getrlimit_x, 0, 3, at_edge(wide, 16));
	assert_num(&rec, getrlimit_x, cur, wide[0]);
	assert_num(&rec, getrlimit_x, max, wide[1]);
	fake.flags = SCT_ABI_IA32;
	rec = fill(getrlimit_x, 0, 3, at_edge(narrow, 8));
	assert_num(&rec, getrlimit_x, cur, 77);
	assert_num(&rec, getrlimit_x, max, ~0ull);
	rec = fill(setrlimit_x, -EFAULT, 3, at_edge(narrow, 4));
	assert_num(&rec, setrlimit_x, cur, 77);
	assert_faulted(&rec, setrlimit_x, max);
}
