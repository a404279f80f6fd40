#!/bin/sh
# SPDX-License-Identifier: MIT
# In the guest of vm.sh: count the instructions of each loop in each configuration, with SCT_BACKEND.
set -eu

export BENCH_TRUE=/bin/b_true

# Program, operations of a step, events of an operation, these.
loops()
{
	cat <<-EOF
		b_getppid 15000 1 getppid
		b_open 12000 2 openat,close
		b_pipe 3000 2 read,write
		b_stat 4000 1 newfstatat
		b_tcp 1500 5 socket,connect,accept4,close
		b_exec 150 8 clone,set_robust_list,execve,exit_group,procexit,wait4
		b_mixed 1000 10.25 newfstatat,openat,fstat,read,write,lseek,close,getppid,mmap,munmap
	EOF
}

# CONFIG...: all loops
measure()
{
	loops | while read -r program ops calls events; do
		for config; do
			insns "$config" "$SCT_BACKEND" "/bin/$program" "$ops" "$calls" "$events"
		done
	done
}

# BACKEND...: for where.py
be_watched()
{
	read -r name ops </bin/where
	echo 1 >/proc/sys/net/core/bpf_jit_kallsyms
	loops | while read -r program _ calls events; do
		[ "$program" = "b_$name" ] || continue
		for backend; do
			insns where "$backend" "/bin/$program" "$ops" "$calls" "$events"
		done
	done
}

sleep 20	# what the kernel does after its start would be counted
if [ -e /bin/where ]; then
	case $SCT_BACKEND in
	ebpf)	be_watched none ebpf ;;
	kmod)	be_watched kmod ;;
	esac
	exit
fi
insns untraced "$SCT_BACKEND" /bin/b_calib 10000 0
# With the module this is: loaded, and nobody reads.
measure untraced unselected filtered full selected two
for config in unselected filtered full selected; do
	insns "$config" "$SCT_BACKEND" /bin/b_open 12000 1 openat
done
