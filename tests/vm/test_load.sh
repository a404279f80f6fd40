#!/bin/sh
# SPDX-License-Identifier: MIT
# The whole of backend SCT_BACKEND works on this kernel, with each kind of ring, and traces a command.
set -eu

die()
{
	echo "$*"
	cat said
	head -n 20 trace
	exit 1
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
events=$("$SCTRACE" list events | cut -d ' ' -f 1 | grep -v -e '^loss$' -e '^task$' -e '^cpu_hotplug$' | tr '\n' ',')

# of the probe's builds the one that costs least here
btf=/sys/kernel/btf/vmlinux
if grep -q bpf_rdonly_cast $btf; then
	reads='loads'
elif grep -q bpf_get_current_task_btf $btf; then
	reads='loads and helper calls'
else
	reads='helper calls'
fi
# where tracepoints can be preempted, calls are to come another way
preempted=
! grep -q class_srcu_fast_notrace_t $btf || [ "$SCT_BACKEND" != ebpf ] || preempted=1

perf=--perf-buffer
[ "$SCT_BACKEND" = ebpf ] || perf=
for option in '' $perf; do
	# shellcheck disable=SC2086 # none or one
	"$SCTRACE" -v --backend "$SCT_BACKEND" $option -yy --enter -e "${events%,}" -o trace \
		-- ls / >/dev/null 2>said || die "$option: exit status $?"
	! grep -q refuses said || die "$option: a program is not loaded"
	[ "$SCT_BACKEND" != ebpf ] || grep -q "memory is read by $reads, " said ||
		die "$option: not read by $reads"
	[ -z "$preempted" ] || grep -q "calls are taken from perf's handler" said ||
		die "$option: calls can be missed"
	grep -q ' execve(exe="ls", args=\["/"]' trace || die "$option: no execve"
	grep -q ' write(.*fd=1</dev/null<char 1:3>>' trace || die "$option: /dev/null is no device"
	grep -q '+++ exited with 0 +++' trace || die "$option: no end"
done

"$SCTRACE" doctor --backend "$SCT_BACKEND" >said || die "the doctor: exit status $?"
grep -q "^$SCT_BACKEND  *yes  a probe process was traced" said || die "the doctor does not say yes"
! grep -q 'is missing' said || die "the doctor misses events"
