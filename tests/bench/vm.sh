#!/bin/sh
# SPDX-License-Identifier: MIT
# What tracing costs in instructions, counted in an emulator whose clock counts them: what else the
# machine does has no part in it, and the same build gives the same figures to 0.01 %.
#
# KERNEL	of which kernel, see tests/vm/run
# FILES		the programs of this directory, built; SCT_BUILD the output directory
# WHERE		in place of all: where one operation of this loop spends them, by function
set -eu

here=$(cd "$(dirname "$0")" && pwd)
vm=$SCT_BUILD/vm
result=$vm/bench.result
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# One processor that executes one instruction per nanosecond and skips idle time; nothing random.
export VM_MACHINE="-accel tcg -smp 1 -m 1024 -icount shift=0,sleep=off -seed 1 -rtc base=2025-01-01,clock=vm"
export VM_APPEND="nokaslr norandmaps"
export VM_TIMEOUT="${VM_TIMEOUT:-3600}" VM_TEST_TIMEOUT=1000 FILES

# What the best other tracers add on Debian's 6.1, measured this way: kernel module, eBPF.
best()
{
	cat <<-EOF
		getppid selected 645 693
		getppid unselected 321 240
		open selected 3540 5010
		pipe selected 2360 2723
		stat selected 1314 1301
		tcp selected 5400 9500
		exec selected 30500 45000
		reading next 97 175
		reading text 1400 1400
	EOF
}

fail()
{
	cat "$tmp/said"
	exit 1
}

guest()
{
	"$here/../vm/run" "$here/vm_guest.sh" >"$tmp/said" 2>&1
}

conditions()
{
	qemu=$("$vm/qemu/usr/bin/qemu-system-x86_64" --version | sed -n 's/.*version \([0-9.]*\).*/\1/p')
	echo "Executed instructions: kernel $(sed -n 's/^VM-KERNEL //p' "$vm/report"), one processor, nokaslr,"
	echo "mitigations=off, QEMU $qemu, loops and library by $CC $($CC -dumpfullversion)."
}

if [ "$WHERE" ]; then
	ops=50
	echo "$WHERE $ops" >"$tmp/where"
	FILES="$FILES $tmp/where"
	VM_MACHINE="$VM_MACHINE -plugin $SCT_BUILD/tests/bench/plugin/count.so,out=$tmp/counts"
	guest || fail
	conditions
	echo "Of one operation of $WHERE, by function; by address in $vm/report.where:"
	echo
	"$here/where.py" "$tmp/counts" "$vm/report" "$ops"
	exit
fi

guest || fail
sed -n 's/^| //p' "$vm/report" >"$result"
conditions
echo "All lines are in $result."
{ best; echo; cat "$result"; } | awk -f "$here/vm.awk"
cat <<-EOF

	idle         the module is loaded, and nobody reads
	unselected   another call is selected: the tracepoint is attached
	filtered     the events of the loop are selected, of another process
	full         the same of the loop, and the ring has no room
	selected     the same, and it has: the reader reads while the loop waits, and is counted apart
	two          two such sessions
	rounds       by how much the three rounds of one configuration differ at most
	openat       the loop open, of which openat alone is selected
	read         sct_next(); text, JSON: sct_print(), and to write that to /dev/null
	other        added by the best other tracer that is made that way; for reading with eBPF the middle
	             of 150 to 200, for text and JSON the least that one takes to write a binary capture,
	             1400 to 2200, which is less work
	target       half of that

	mixed is, of four operations, 41 calls of a service; the others are the calls of the name:
EOF
sed -n 's/^\t\tb_/  /p' "$here/vm_guest.sh" | awk '{ printf "  %-12s %s events: %s\n", $1, $3, $4 }'
