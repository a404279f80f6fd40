#!/bin/sh
# SPDX-License-Identifier: MIT
# README.md's recipe for a new system call works as it is written, in a copy of the source.
set -eu

[ "$(id -u)" -eq 0 ] || { echo "tracing needs root"; exit 77; }
# The make that runs this test is no business of the one that it runs.
unset MAKEFLAGS MFLAGS MAKELEVEL O

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
for part in Makefile mk README.md common bpf userspace tests man; do
	cp -R "$SCT_SRC/$part" .
done

# The blocks of code in that section: a row, another row, a test.
awk '/^## / { in_recipe = /^## Add a system call/ }
     /^ *```/ { if (in_code) close(file); else if (in_recipe) file = "block" ++n
		in_code = in_recipe && !in_code; next }
     in_code { sub(/^   /, ""); print >file }' README.md
name=$(sed -n 's/^SCT_SYSCALL(\([a-z0-9_]*\),.*/\1/p' block2)

first=$(grep -n '^SCT_EVENT(' common/tables/events/file.def | head -n 1 | cut -d : -f 1)
sed -i "$((first - 1))r block1" common/tables/events/file.def
sed -i -e "/^SCT_SYSCALL($name,.*generic_x/{r block2" -e 'd}' common/tables/syscalls.def
grep -qxFf block2 common/tables/syscalls.def
cp block3 "tests/unit/test_fillers_$name.c"

"${MAKE:-make}" -j 2 O="$tmp/build" all "$tmp/build/tests/unit/test_fillers"
build/tests/unit/test_fillers
build/sctrace list event "$name" | grep PATH

cat >caller.c <<-EOF
	#include <unistd.h>

	int main(void)
	{
		return truncate("/nowhere/at/all", 4096) ? 0 : 1;
	}
EOF
"${CC:-gcc}" caller.c -o caller
build/sctrace -e "$name" -- ./caller >out
cat out
grep "$name.*/nowhere/at/all.*4096.*ENOENT" out
