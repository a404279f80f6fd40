#!/bin/sh
# SPDX-License-Identifier: MIT
# sctrace-driver-loader with a real kernel and its module: loads what is installed, once, says who holds
# it, unloads it, and is heeded by sctrace.
set -eu

kernel=$(uname -r)
modules=/lib/modules/$kernel

fail()
{
	echo "$*"
	cat /tmp/loader.out /tmp/loader.err
	exit 1
}

# STATUS ARGUMENT...
loader()
{
	want=$1 status=0
	shift
	sctrace-driver-loader "$@" >/tmp/loader.out 2>/tmp/loader.err || status=$?
	[ "$status" -eq "$want" ] || fail "$*: exit status $status, not $want"
}

# TEXT...
says()
{
	for text; do
		grep -qF -e "$text" /tmp/loader.out /tmp/loader.err || fail "nobody says '$text'"
	done
}

# The descriptors of a process that was killed are closed a little later.
unload()
{
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		! sctrace-driver-loader unload >/tmp/loader.out 2>/tmp/loader.err || return 0
		sleep 1
	done
	fail "the module is not unloaded"
}

loader 80 load --backend kmod
says "there is no $modules"

mkdir -p "$modules/updates"
loader 87 load --backend kmod
says "no module is installed for $kernel" 'source is not in /usr/src/sctrace-'

cp "$SCT_KMOD" "$modules/updates/sctrace.ko"
depmod
loader 0 plan
says 'updates/sctrace.ko fits' 'backend kmod can be made ready'
! grep -q '^sctrace ' /proc/modules || fail "a plan loads it"
loader 0 load
says 'backend kmod is ready'
grep -q '^backend=kmod$' /run/sctrace/driver || fail "state"
loader 0 load
says 'the module is loaded (version '
loader 0 status
says 'loaded: version ' 'which fits; references: 0'
sctrace -v -q -e openat -- cat /init >/dev/null 2>/tmp/loader.err
says 'backend kmod: the module is loaded'
sctrace doctor --backend kmod >/tmp/loader.out || fail "the doctor says no"
says 'kmod       yes' "tables $(cat /sys/class/sctrace/sctrace0/tables)"

sleep 100 7</dev/sctrace0 &
holder=$!
loader 0 status
says ", of sleep ($holder)"
loader 85 unload
says "end first: sleep ($holder)"
kill $holder
wait $holder || :
unload
says 'the module is unloaded'
[ ! -e /run/sctrace/driver ] || fail "the state is still there"
loader 0 unload
says 'no module is loaded'

# What does not load is told, and eBPF taken where there is any.
head -c 1000 "$SCT_KMOD" >"$modules/updates/sctrace.ko"
loader 87 load --backend kmod
says 'is that of another sctrace'
if [ -e /sys/kernel/btf/vmlinux ]; then
	loader 0 load
	says 'backend ebpf is ready'
	sctrace -v -q -e openat -- cat /init >/dev/null 2>/tmp/loader.err
	says 'backend ebpf goes first: so sctrace-driver-loader has decided'
	loader 0 status
	says 'decided: ebpf'
fi
rm -r "$modules"
