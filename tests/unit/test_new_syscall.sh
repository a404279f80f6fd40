#!/bin/sh
# SPDX-License-Identifier: MIT
# scripts/new-syscall writes the rows that the tables have, with a unit test that compiles and passes; what it
# cannot know does not compile, and says what to write.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
mkdir -p tests
cp -R "$SCT_SRC/common" "$SCT_SRC/scripts" .
cp -R "$SCT_SRC/tests/unit" tests
cc=${CC:-cc}
calls=common/tables/syscalls.def

fail()
{
	echo "$1"
	shift
	[ "$#" -eq 0 ] || cat "$@"
	exit 1
}

# refused STATUS MESSAGE ARGUMENT...
refused()
{
	want=$1 message=$2
	shift 2
	status=0
	scripts/new-syscall "$@" >out 2>&1 || status=$?
	[ "$status" -eq "$want" ] || fail "$*: exit status $status, not $want" out
	grep -q -- "$message" out || fail "$*: no '$message'" out
}

# raw CALL: it has no row of its own any more
raw()
{
	sed -i "s/^\(SCT_SYSCALL($1,.*, \)[a-z0-9_]*)\$/\1generic_x)/" $calls
	! cmp -s $calls "$SCT_SRC/$calls" || fail "there is no $1"
}

row_of() { awk -v id="SCT_EVENT($1_x," 'index($0, id) == 1 { on = 1 } !NF { on = 0 } on' "$2"; }

compile()
{
	includes=$(find common "$SCT_SRC/userspace/lib" -type d -printf '-I%p ')
	# shellcheck disable=SC2086 # words
	"$cc" -std=gnu11 -D_GNU_SOURCE -Wno-unused-parameter -I"$SCT_SRC/userspace/include" $includes "$@"
}

# ---- a call that the tables have ----

raw truncate
sed -i '/^SCT_EVENT(truncate_x,/,/^$/d' common/tables/events/io.def
rm tests/unit/test_fillers_truncate.c
before=$(cat common/tables/events/io.def $calls | cksum)
scripts/new-syscall --family io truncate path:PATH length:S64 >out
[ "$before" = "$(cat common/tables/events/io.def $calls | cksum)" ] || fail "it was to print, and changes files"
[ ! -e tests/unit/test_fillers_truncate.c ] || fail "it was to print, and writes a test"
row_of truncate out >row
row_of truncate "$SCT_SRC/common/tables/events/io.def" | diff - row || fail "it prints another row"

scripts/new-syscall --insert --family io truncate path:PATH length:S64 >out
row_of truncate common/tables/events/io.def | diff row - || fail "it inserts another row than it prints"
diff "$SCT_SRC/$calls" $calls || fail "the call's row is another one"
grep -q 'tests/live/calls_.*c' out || fail "it does not say what is left to do" out
compile tests/unit/fillers.c tests/unit/fillers_main.c tests/unit/test_fillers_truncate.c -o one -lcmocka
./one >out 2>&1 || fail "the test that it wrote fails" out
grep -q 'PASSED.* 1 test' out || fail "the test that it wrote does not run" out

refused 1 'truncate is decoded already' truncate path:PATH
refused 1 'truncate is decoded already' --insert truncate path:PATH

# ---- one that they do not have: numbers from the kernel's headers ----

if printf '#include <asm/unistd_32.h>\n' | "$cc" -E -dM - 2>/dev/null | grep -q __NR_getcpu; then
	sed -i '/^SCT_SYSCALL(getcpu,/d' $calls
	sed -i '/^SCT_EVENT(getcpu_x,/,/^$/d' common/tables/events/*.def
	scripts/new-syscall --insert getcpu cpu:U32:UOBJ_X\(0\) node:U32:UOBJ_X\(1\) - >out
	sed 's/^\(SCT_SYSCALL(getcpu, [^,]*, [^,]*, [^,]*\),.*/\1, 0, getcpu_x)/' "$SCT_SRC/$calls" | diff - $calls ||
		fail "the row is not where it was"
	grep -q 'P(node, U32, UOBJ_X(1)))' common/tables/events/system.def || fail "the row is another one" \
		common/tables/events/system.def
fi

# ---- what it cannot know ----

raw vhangup
scripts/new-syscall --insert vhangup >out
! compile -fsyntax-only tests/unit/fillers.c 2>err || fail "it compiles without its arguments"
grep -q NAME_THE_TYPE_OF_ARGUMENT_0 err || fail "no error says what to write" err
! compile -fsyntax-only tests/unit/test_fillers_vhangup.c 2>err || fail "the test compiles without a value"
grep -q NAME_THE_VALUE_OF_ARGUMENT_0 err || fail "no error says what to write" err
raw sched_yield
scripts/new-syscall --no-arguments sched_yield >out
grep -q 'P(res, RES, RET))$' out || fail "no arguments are no arguments" out

refused 1 'no type NONSENSE' sched_yield arg:NONSENSE
refused 1 'have a call nonsense' nonsense
refused 1 'no family nonsense.* net ' --family nonsense sched_yield
refused 64 'is not NAME:TYPE' sched_yield arg
refused 64 'six' sched_yield a:U32 b:U32 c:U32 d:U32 e:U32 f:U32 g:U32
refused 64 'unknown option --nonsense' --nonsense sched_yield
refused 64 'which call'
refused 64 'no name of a call' '../x'
refused 0 '^usage: ' --help
