#!/bin/sh
# SPDX-License-Identifier: MIT
# docs/HOWTO-syscall.md names all that a call needs.  In a copy of the source the call of its example loses what the
# recipe adds, and nothing else: then it arrives raw, as a known call without a row, and all tests that look at rows
# still pass.  What the recipe adds again makes the source what it was, which the same tests pass.
set -eu

[ "$(id -u)" -eq 0 ] || { echo "tracing needs root"; exit 77; }
# The make that runs this test is no business of the one that it runs.
unset MAKEFLAGS MFLAGS MAKELEVEL O

fail()
{
	echo "$1"
	exit 1
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
mkdir source
for part in Makefile mk common bpf kmod userspace tests man docs; do
	cp -R "$SCT_SRC/$part" source
done

# ---- the recipe: block1 and so on are its blocks of code, fileN says where each belongs ----

awk '/^## / { inside = /^## The steps/ }
     inside && !in_code {
	line = $0
	while (match(line, /`[^` ]*\/[^` ]*`/)) {
		path = substr(line, RSTART + 1, RLENGTH - 2)
		line = substr(line, RSTART + RLENGTH)
	}
     }
     /^ *```/ {
	if (in_code) close(file)
	else if (inside) { file = "block" ++n; print path >("file" n); close("file" n) }
	in_code = inside && !in_code
	next
     }
     in_code { sub(/^   /, ""); print >file }' source/docs/HOWTO-syscall.md
name=$(sed -n 's/^SCT_SYSCALL(\([a-z0-9_]*\),.*/\1/p' block2)
if [ ! -s block7 ] || [ -e block8 ] || [ -z "$name" ]; then
	fail "the recipe has other blocks than this test knows"
fi

# ---- without it ----

# cut_block FILE BLOCK: takes those lines, which are in the file once, out of it; says behind which line they were
cut_block()
{
	awk 'NR == FNR { block[++n] = $0; next }
	     { line[++lines] = $0 }
	     END {
		for (at = 0; at + n <= lines; at++) {
			for (i = 1; i <= n && line[at + i] == block[i]; i++)
				;
			if (i > n) { found++; where = at }
		}
		if (found != 1) exit 1
		print where
		for (i = 1; i <= lines; i++)
			if (i <= where || i > where + n) print line[i] >"rest"
	     }' "$2" "$1" || fail "$(cat "file${2#block}") does not have this once:
$(cat "$2")"
	cp rest "$1"
}

for n in 1 2 3 4 5 6 7; do
	file=source/$(cat file$n)
	if cmp -s block$n "$file"; then
		rm "$file"
	else
		cut_block "$file" block$n >line$n
	fi
done
sed "s/[a-z0-9_]*)\$/generic_x)/" block2 >raw_row
sed -i "$(cat line2)r raw_row" source/common/tables/syscalls.def
! grep -rwl --include='*.[chS]' --include='*.def' "${name}_x" source/common source/bpf source/kmod source/userspace source/tests ||
	fail "the recipe does not say that the row is named here"

# One build of the probe is enough: the plain one is for all kernels.
build()
{
	"${MAKE:-make}" -C source -j "$(nproc)" O="$tmp/build" "$@"
}
build "$tmp/build/sctrace-plain.bpf.o"
cp build/sctrace-plain.bpf.o build/sctrace.bpf.o
cp build/sctrace-plain.bpf.o build/sctrace-typed.bpf.o
build -o "$tmp/build/sctrace.bpf.o" -o "$tmp/build/sctrace-typed.bpf.o" "$tmp/build/sctrace" \
	"$tmp/build/tests/unit/test_fillers" "$tmp/build/tests/unit/test_tables" "$tmp/build/tests/live/test_calls" \
	"$tmp/build/tests/live/test_abi" "$tmp/build/tests/live/calls32" "$tmp/build/tests/parity/test_parity" \
	"$tmp/build/tests/live/prog_forks" "$tmp/build/tests/live/prog_sockets" "$tmp/build/tests/live/prog_tcp" \
	"$tmp/build/tests/live/prog_threads"

cat >caller.c <<-EOF
	#include <unistd.h>

	int main(void)
	{
		return $name("/nowhere/at/all", 4096) ? 0 : 1;
	}
EOF
"${CC:-gcc}" caller.c -o caller
build/sctrace --backend ebpf -e "$name" -- ./caller >out
cat out
grep "$name(0x[0-9a-f]*, 0x1000, .*ENOENT" out

# A test that fails here and in the build of the source alike says nothing of the recipe.
export SCT_PARITY_BACKENDS=ebpf,ebpf
for test in unit/test_tables unit/test_fillers live/test_calls live/test_abi parity/test_parity; do
	"build/tests/$test" >out 2>&1 || [ $? -eq 77 ] || {
		cat out
		! "$SCT_BUILD/tests/$test" >/dev/null 2>&1 || fail "$test passes only with the row"
		echo "$test fails with the row, too"
	}
done

# ---- with it again ----

sed -i "$(($(cat line2) + 1))d" source/common/tables/syscalls.def
for n in 1 2 3 4 5 6 7; do
	file=source/$(cat file$n)
	if [ -e "$file" ]; then
		sed -i "$(cat line$n)r block$n" "$file"
	else
		cp block$n "$file"
	fi
done
for part in common tests; do
	diff -r "source/$part" "$SCT_SRC/$part"
done
"$SCTRACE" list event "$name" | grep PATH
"$SCTRACE" --backend ebpf -e "$name" -- ./caller >out
cat out
grep "$name.*/nowhere/at/all.*4096.*ENOENT" out
