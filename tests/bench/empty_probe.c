// SPDX-License-Identifier: MIT
/*
 * empty_probe COMMAND...: run it with an empty program on the tracepoint of all calls' returns.
 * No tracer of that kind costs less.
 */
#include <linux/bpf.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "bench.h"

static int attach(void)
{
	/* return 0 */
	const struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr load, open;

	memset(&load, 0, sizeof(load));
	load.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT;
	load.insns = (uintptr_t)insns;
	load.insn_cnt = sizeof(insns) / sizeof(insns[0]);
	load.license = (uintptr_t)"GPL";
	memset(&open, 0, sizeof(open));
	open.raw_tracepoint.name = (uintptr_t)"sys_exit";
	open.raw_tracepoint.prog_fd = MUST(syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof(load)));
	return MUST(syscall(SYS_bpf, BPF_RAW_TRACEPOINT_OPEN, &open, sizeof(open)));
}

int main(int argc, char **argv)
{
	int status, probe;
	pid_t pid;

	if (argc < 2)
		return 64;
	probe = attach();
	pid = MUST(fork());
	if (!pid) {
		execv(argv[1], argv + 1);
		bench_die(argv[1]);
	}
	MUST(waitpid(pid, &status, 0));
	close(probe);
	return status ? 1 : 0;
}
