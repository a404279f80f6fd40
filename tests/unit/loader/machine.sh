# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2034 # values are for those that read this
# sctrace-driver-loader on machines of all kinds: trees of /proc, /sys and so on, with programs that do as if
# (tests/unit/loader/fake.sh).  Each test begins with one where the module can be built, and changes it.
#
# For tests/unit/test_loader_*.sh, which end with run_tests "$@": all their tests, under both shells at once;
# those that are arguments alone.
set -u

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
kernel=6.1.0-9-amd64
REAL_MAKE=$(command -v make)
export REAL_MAKE
ours='version 0.1.0, tables 00112233aabbccdd'

# ---- the machine ----

# PATH VALUE: a file of the machine
file()
{
	[ -d "$SCTRACE_ROOT${1%/*}" ] || mkdir -p "$SCTRACE_ROOT${1%/*}"
	printf '%s\n' "$2" >"$SCTRACE_ROOT$1"
}

gone()
{
	for path; do
		rm -rf "$SCTRACE_ROOT$path"
	done
}

# PROGRAM...
program()
{
	for one; do
		ln -sf "$SCT_SRC/tests/unit/loader/fake.sh" "$SCTRACE_ROOT/bin/$one"
	done
}

no_program()
{
	for one; do
		rm -f "$SCTRACE_ROOT/bin/$one"
	done
}

# DIRECTORY VERSION TABLES [SIGNER]: a module below /lib/modules/KERNEL
module()
{
	file "/lib/modules/$kernel/$1/sctrace.ko" "version=$2
tables=$3
vermagic=$kernel SMP preempt
signer=${4-}"
}

# VERSION TABLES REFERENCES
loaded()
{
	file /proc/modules "ext4 1000000 1 - Live 0x0000000000000000
sctrace 81920 $3 - Live 0x0000000000000000 (OE)"
	file /sys/module/sctrace/version "$1"
	file /sys/class/sctrace/sctrace0/tables "$2"
}

# What users hold devices with
holder()
{
	mkdir -p "$SCTRACE_ROOT/proc/$1/fd"
	ln -s /dev/null "$SCTRACE_ROOT/proc/$1/fd/0"
	ln -s "$3" "$SCTRACE_ROOT/proc/$1/fd/5"
	file "/proc/$1/comm" "$2"
	file "/proc/$1/maps" "7f0000000000-7f0000001000 r--s 00000000 00:05 300    ${4-/lib/libc.so.6}"
}

machine()
{
	rm -rf "$tmp/root"
	cp -a "$tmp/machine" "$tmp/root"
	SCTRACE_ROOT=$tmp/root
}

make_machine()
{
	SCTRACE_ROOT=$tmp/machine
	export SCTRACE_ROOT
	mkdir -p "$SCTRACE_ROOT/bin" "$SCTRACE_ROOT/fake" "$SCTRACE_ROOT/run" "$SCTRACE_ROOT/lib/modules/$kernel"
	file /proc/sys/kernel/osrelease $kernel
	file /proc/version "Linux version $kernel (d@example.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld 2.40) #1"
	file /proc/sys/kernel/random/boot_id boot-1
	file /proc/sys/kernel/modules_disabled 0
	file /proc/sys/kernel/unprivileged_bpf_disabled 0
	file /proc/sys/kernel/perf_event_paranoid 1
	file /proc/modules "ext4 1000000 1 - Live 0x0000000000000000"
	file /proc/self/status "Uid:	0	0	0	0
CapEff:	000001ffffffffff"
	file /sys/kernel/btf/vmlinux BTF
	file /sys/kernel/security/lockdown '[none] integrity confidentiality'
	headers=/lib/modules/$kernel/build
	file $headers/include/generated/utsrelease.h "#define UTS_RELEASE \"$kernel\""
	file $headers/include/config/auto.conf 'CONFIG_CC_VERSION_TEXT="gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0"'
	file /fake/headers_kernel $kernel
	file /fake/compiler_version 12
	file /usr/src/sctrace-0.1.0/kmod/Kbuild "version=0.1.0
tables=00112233aabbccdd"
	mkdir "$SCTRACE_ROOT/usr/src/sctrace-0.1.0/common"
	cp "$SCT_SRC/kmod/Makefile" "$SCTRACE_ROOT/usr/src/sctrace-0.1.0/kmod/"
	program sctrace modprobe rmmod modinfo depmod make gcc-12
}

# A directory for PATH with what else a script may use; under busybox, a shell that has it built in prefers that.
tools()
{
	mkdir "$tmp/tools"
	for one in cat chmod cp date flock grep head ls mkdir mktemp mv od rm sed sleep tail tr; do
		ln -s "$(command -v $one)" "$tmp/tools/$one"
	done
}

# ---- running it ----

fail()
{
	printf '%s under %s: %s\n' "$test" "$shell" "$1"
	for one in out err "root/fake/log"; do
		[ ! -s "$tmp/$one" ] || sed "s,^,  $one: ," "$tmp/$one"
	done
	exit 1
}

# STATUS ARGUMENT...
loader()
{
	want=$1 status=0
	shift
	: >"$SCTRACE_ROOT/fake/log"
	# shellcheck disable=SC2086 # words
	PATH=$SCTRACE_ROOT/bin:$tmp/tools $shell "$SCT_SRC/scripts/sctrace-driver-loader" "$@" \
		>"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	[ "$status" -eq "$want" ] || fail "$*: exit status $status, not $want"
}

# TEXT...: each is in a line of what was said
says()
{
	for text; do
		grep -qF -e "$text" "$tmp/out" "$tmp/err" || fail "nobody says '$text'"
	done
}

says_not()
{
	for text; do
		! grep -qF -e "$text" "$tmp/out" "$tmp/err" || fail "somebody says '$text'"
	done
}

# LINE...: each was run
ran()
{
	for line; do
		grep -qxF -e "$line" "$SCTRACE_ROOT/fake/log" || fail "'$line' was not run"
	done
}

# WORD...: nothing that begins so was run
ran_no()
{
	for word; do
		! grep -q "^$word " "$SCTRACE_ROOT/fake/log" || fail "$word was run"
	done
}

# FILTER...: each is true of the JSON
json()
{
	[ "$(wc -l <"$tmp/out")" -eq 1 ] || fail "not one line of JSON"
	for filter; do
		jq -e "$filter" "$tmp/out" >/dev/null 2>&1 || fail "not so: $filter"
	done
}

# LINE...: each is in the state file
state()
{
	for line; do
		grep -qxF -e "$line" "$SCTRACE_ROOT/run/sctrace/driver" || fail "no '$line' in the state file"
	done
}

no_state()
{
	[ ! -e "$SCTRACE_ROOT/run/sctrace/driver" ] || fail "there is a state file"
}

# NAME SHELL TEST...: in a directory of its own, beside the others
run_under()
{
	tmp=$tmp/$1 shell=$2
	shift 2
	mkdir "$tmp"
	tools
	make_machine
	for test; do
		machine
		"$test"
	done
}

run_tests()
{
	[ $# -gt 0 ] || eval "set -- $(sed -n 's/^\(test_[a-z0-9_]*\)()$/\1/p' "$0" | tr '\n' ' ')"
	for one in dash busybox; do
		command -v $one >/dev/null || { echo "$one is missing: scripts/setup --tests installs it"; exit 1; }
	done
	run_under dash "$(command -v dash)" "$@" &
	first=$!
	run_under busybox "$(command -v busybox) sh" "$@" &
	second=$!
	wait $first
	status=$?
	wait $second || exit
	exit $status
}
