#!/bin/sh
# SPDX-License-Identifier: MIT
# `make check-one` builds what one test needs, and nothing else; goals may be relative paths.
set -eu

# The make that runs this test must not hand its flags to those that run here.
unset MAKEFLAGS MFLAGS MAKELEVEL O T

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

fail()
{
	echo "$1"
	shift
	[ "$#" -eq 0 ] || cat "$@"
	exit 1
}

# dry ARGUMENT...: what make would run is in the file out
dry()
{
	"${MAKE:-make}" -n -f "$SCT_SRC/Makefile" O=o "$@" >out 2>&1 || fail "make $* failed:" out
}

has()	{ grep -Eq -- "$1" out || fail "no '$1' in what make would run:" out; }
lacks()	{ ! grep -E -- "$1" out || fail "make would run this, which is not needed"; }
runs()	{ tail -n 1 out | grep -Eq "tests/run .*/tests/$1\$" || fail "make would not run $1 in the end:" out; }

# A test of the library waits neither for the probe nor for the library that embeds it.
for name in unit/test_print tests/unit/test_print tests/unit/test_print.c; do
	dry check-one "T=$name"
	runs unit/test_print
	has "-c $SCT_SRC/tests/unit/test_print.c"
	lacks 'sctrace[a-z-]*\.bpf\.o|libsctrace|test_decode|userspace/cli'
done
dry check-one T=unit/test_bpf_image
has 'sctrace-typed\.bpf\.o'

# Tests that are one program together: of one file.
dry check-one T=unit/test_fillers_open
runs unit/test_fillers_open
lacks 'sanitized/userspace|test_fillers_exec|sctrace[a-z-]*\.bpf\.o'

dry check-one T=unit/test_runner.sh
runs unit/test_runner.sh
lacks '-c '

dry check-one T=live/test_abi
runs live/test_abi
has 'calls32'
lacks 'sanitized'
dry check-one T=live/test_cli
runs live/test_cli.sh
has '-o [^ ]*/o/sctrace '
dry check-one T=parity/test_parity
runs parity/test_parity
has 'prog_threads'

! "${MAKE:-make}" -n -f "$SCT_SRC/Makefile" O=o check-one T=unit/test_none >out 2>&1 || fail "there is a test_none"
has 'no test unit/test_none'
! "${MAKE:-make}" -n -f "$SCT_SRC/Makefile" O=o check-one >out 2>&1 || fail "no test is a test"
has 'T=unit/test_print'

# Goals by relative path, also through a directory above.
dry o/userspace/lib/util/buf.o o/../o/sctrace.bpf.o
has '/o/userspace/lib/util/buf\.o'
has '/o/sctrace\.bpf\.o'

"${MAKE:-make}" -f "$SCT_SRC/Makefile" O=o help >out
for target in all check check-one check-unit check-vm kmod lint install deb; do
	has "^  $target  "
done
