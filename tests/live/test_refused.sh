#!/bin/sh
# SPDX-License-Identifier: MIT
# A program that the verifier refuses costs its own event: here that of mkdirat, which reads far
# outside of its context in an object made for this.  An entry program cannot be done without.  Of the
# probe's builds inside the library, the plain one stands in for one that has such a program.
# Objects that are not for these tables are refused as a whole.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"
[ "${SCT_BACKEND-}" != kmod ] || { echo "this is about eBPF programs"; exit 77; }
# shellcheck source=tests/live/objects.sh
. "$SCT_SRC/tests/live/objects.sh"

bad sct_sys_exit__mkdirat_x
"$CC" -x c - -o caller <<-'PROGRAM'
	#include <fcntl.h>
	#include <sys/stat.h>

	int main(void)
	{
		int i;

		for (i = 0; i < 10; i++)
			mkdirat(AT_FDCWD, "many", 0700);
		return mkdir("one", 0700) ? 1 : 5;
	}
PROGRAM
expect 5 'refuses program sct_sys_exit__mkdirat_x: its event' \
	"$SCTRACE" --bpf-object sct_sys_exit__mkdirat_x/sctrace.bpf.o -e mkdirat,mkdir -- ./caller
has err 'verifier: .*invalid bpf_context access off=4096'
[ "$(grep -c 'refuses program' err)" -eq 1 ] || fail "more programs are refused" err
has out ' mkdir\(.*"one".* = 0$'
has out '--- [0-9]+ events? lost on CPU [0-9]+ ---$'
! grep -q 'mkdirat(' out || fail "mkdirat" out
has err "$totals"'.*\(no program for the event 10\)$'
[ "$(wc -l <err)" -le 8 ] || fail "too much is said" err

rmdir one
expect 5 'refuses program' "$SCTRACE" --bpf-object sct_sys_exit__mkdirat_x/sctrace.bpf.o -j -- ./caller
jq -es 'def n(f): [.[] | select(f)] | length; n(.event == "mkdirat") == 0 and n(.event == "mkdir") == 1 and
	n(.event == "procexit") == 1 and ([.[] | select(.event == "loss") | .args.lost] | add) == 10' \
	out >/dev/null || fail "JSON" out

# A build of the probe that the kernel does not take in full is not used: the plain one traces all.
"$SCTRACE" -v -e mkdir -- true >out 2>err
if grep -q 'memory is read by loads, ' err; then
	whole=$dir/sct_sys_exit__mkdirat_x
	cp -a "$SCT_BUILD/flags" "$SCT_BUILD/userspace" "$SCT_BUILD"/sctrace-*.bpf.o "$whole"
	"$MAKE" -s -C "$SCT_SRC" O="$whole" CLANG="${CLANG:-clang} -include $whole/bad.h" "$whole/sctrace" \
		>make.log 2>&1 || fail "cannot build" make.log
	rmdir many one
	expect 5 'refuses program sct_sys_exit__mkdirat_x of the probe that reads by loads' \
		"$whole/sctrace" -v --backend ebpf -e mkdirat,mkdir -- ./caller
	has err 'memory is read by helper calls, '
	has err "$totals\$"
	[ "$(grep -c 'mkdirat(.*"many"' out)" -eq 10 ] || fail "mkdirat" out
	has out ' mkdir\(.*"one".* = 0$'
fi

bad sct_sys_exit
expect 69 'nothing can be traced without program sct_sys_exit$' \
	"$SCTRACE" --bpf-object sct_sys_exit/sctrace.bpf.o -e mkdir -- touch started
has err 'refuses program sct_sys_exit$'
[ ! -e started ] || fail "the command was run"

other '/^SCT_EVENT(mkdirat_x,/,/)))/s/P(mode,/P(bits,/'
expect 64 "made from other tables: its digest is [0-9a-f]{16}, this library's [0-9a-f]{16}" \
	"$SCTRACE" --bpf-object other/build/sctrace.bpf.o -- touch started
[ ! -e started ] || fail "the command was run"
"$SCTRACE" --version >out
has out "$(sed -n "s/.*this library's \([0-9a-f]*\)/\1/p" err)"
