#!/bin/sh
# SPDX-License-Identifier: MIT
# sctrace-driver-loader: eBPF
#
# shellcheck disable=SC2317 # tests are called by name
# shellcheck source=tests/unit/loader/machine.sh
. "$SCT_SRC/tests/unit/loader/machine.sh"

# ---- eBPF ----

# The module cannot be had there.
no_module()
{
	gone /proc/modules
}

test_ebpf_is_asked_for()
{
	module updates 0.1.0 00112233aabbccdd
	loader 0 load --backend ebpf
	says_not kmod:
	says 'load: backend ebpf is ready (asked for)'
	ran 'sctrace --backend ebpf -q -o /dev/null -e exit_group -- true'
	state backend=ebpf 'reason=asked for'
}

test_kernel_without_bpf()
{
	no_module
	gone /proc/sys/kernel/unprivileged_bpf_disabled
	loader 69 load
	says 'no backend can be made ready: kmod: this kernel takes no modules' 'ebpf: this kernel has no BPF'
	state backend=none status=69
	loader 69 load --backend ebpf
	says 'CONFIG_BPF_SYSCALL'
}

test_kernel_without_btf()
{
	gone /sys/kernel/btf
	loader 69 load --backend ebpf
	says 'gives no BTF' '--btf'
}

test_confidentiality_forbids_both()
{
	file /sys/kernel/security/lockdown 'none integrity [confidentiality]'
	module updates 0.1.0 00112233aabbccdd
	loader 69 plan
	says 'only a signed module loads' 'it lets nobody read its memory'
}

test_ebpf_that_does_not_work()
{
	file /fake/sctrace-ebpf 'sctrace: no permission to load BPF programs'
	loader 69 load --backend ebpf
	says 'sctrace cannot use eBPF: no permission to load BPF programs'
}

test_settings_are_told()
{
	file /proc/sys/kernel/unprivileged_bpf_disabled 2
	file /proc/sys/kernel/perf_event_paranoid 3
	file /proc/sys/net/core/bpf_jit_enable 0
	loader 0 plan --backend ebpf
	says 'kernel.unprivileged_bpf_disabled is 2' 'kernel.perf_event_paranoid is 3' 'net.core.bpf_jit_enable is 0'
	file /proc/sys/kernel/unprivileged_bpf_disabled 0
	file /proc/sys/kernel/perf_event_paranoid -1
	file /proc/sys/net/core/bpf_jit_enable 1
	loader 0 plan --backend ebpf
	says_not 'unprivileged' 'paranoid' 'jit'
}

run_tests "$@"
