#!/bin/sh
# SPDX-License-Identifier: MIT
# No command of ioctl(2) that the headers of ioctls.c define is missing in userspace/lib/schema/ioctls.def, but for
# those whose number another name has there.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
lib=$SCT_SRC/userspace/lib/schema
cc=${CC:-cc}

includes=$(sed -n '/^#include </p' "$lib/ioctls.c")
files=$(echo "$includes" | "$cc" -D_GNU_SOURCE -M -x c - | tr ' ' '\n' | grep '^/')

# The macros of these headers that are numbers of commands, by what they are made of.
echo "$includes" | sed -n 's/^#include <\(.*\)>$/\1/p' | while read -r header; do
	# shellcheck disable=SC2086 # one word a file
	printf '%s\n' $files | grep "/include/\(.*/\)\?$header\$" || :
done | sort -u | xargs sed -n \
	's/^#[[:space:]]*define[[:space:]]\+\([A-Z][A-Z0-9_a-z]*\)[[:space:]]\+_IO[RW]*(.*/\1/p' |
	sort -u >"$tmp/defined"

# check DEF: each is there, by name or by number
check()
{
	{
		echo "$includes"
		echo '#include <stdio.h>'
		echo "#include \"$lib/ioctls_extra.h\""
		echo 'static const unsigned have[] = {'
		echo '#define N(name) (unsigned)(name),'
		echo '#define LEN(name, value) (unsigned)(value),'
		echo '#define SPAN(name, first, last)'
		echo '#define LENSPAN(name, first, last)'
		echo '#define IOCTLS(rows) rows'
		echo "#include \"$1\""
		echo '};'
		echo 'static int missing;'
		echo 'static void look(const char *name, unsigned value)'
		echo '{'
		echo '	for (unsigned i = 0; i < sizeof(have) / sizeof(have[0]); i++)'
		echo '		if (have[i] == value)'
		echo '			return;'
		echo '	fputs(name, stdout), puts(" is missing");'
		echo '	missing = 1;'
		echo '}'
		echo 'int main(void)'
		echo '{'
		grep -vxFf "$tmp/bad" "$tmp/defined" | sed 's/.*/	look("&", (unsigned)(&));/'
		echo '	return missing;'
		echo '}'
	} >"$tmp/check.c"
	"$cc" -std=gnu11 -D_GNU_SOURCE -w "$tmp/check.c" -o "$tmp/check" 2>"$tmp/said" && "$tmp/check"
}

# Some need structs that no header has.
echo >"$tmp/bad"
if ! check "$lib/ioctls.def" >"$tmp/out" && [ -s "$tmp/said" ]; then
	grep -owFf "$tmp/defined" "$tmp/said" | sort -u >"$tmp/bad"
fi
: >"$tmp/said"
if ! check "$lib/ioctls.def"; then
	cat "$tmp/said"
	exit 1
fi
n=$(wc -l <"$tmp/defined")
[ "$n" -ge 800 ] || { echo "only $n commands found in the headers"; exit 1; }

# it would tell
sed 's/N(TUNSETIFF)//' "$lib/ioctls.def" >"$tmp/ioctls.def"
if check "$tmp/ioctls.def" >"$tmp/out" || ! grep -q '^TUNSETIFF is missing' "$tmp/out"; then
	echo "a missing command is not noticed"
	exit 1
fi
