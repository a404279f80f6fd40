// SPDX-License-Identifier: MIT
/*
 * Makes every call of the tables, of which the kernel runs none: seccomp(2) has them fail with
 * ENOSYS.  A tracer that stops the process sees them all the same.
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <sctrace.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define DONE 42	/* exit_group with this status ends the program */

int main(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, DONE, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 38),
	};
	const struct sock_fprog prog = { sizeof(filter) / sizeof(filter[0]), filter };
	const struct sct_syscall_info *call;
	unsigned i;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog)) {
		perror("seccomp");
		return 77;
	}
	for (i = 0; (call = sct_syscall_at(i)); i++)
		if (call->nr[0] >= 0 && !strstr(call->name, "probe"))	/* those kill */
			syscall(call->nr[0], 0, 0, 0, 0, 0, 0);
	syscall(SYS_exit_group, DONE);
	return 1;
}
