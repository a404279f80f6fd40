#!/bin/sh
# SPDX-License-Identifier: MIT
# The module is given the digest that the library computes, whichever shell and compiler build it, and
# another one when the tables are others.
set -eu

digest=$SCT_SRC/kmod/digest.sh common=$SCT_SRC/common
library=$("$SCTRACE" --version | sed -n 's/.*(tables \([0-9a-f]\{16\}\))$/\1/p')
[ "$library" ]

same()
{
	"$@" >"$tmp/digest.h"
	printf '#define SCT_DIGEST 0x%sull\n#define SCT_DIGEST_TEXT "%s"\n' "$library" "$library" |
		diff - "$tmp/digest.h"
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for shell in dash 'busybox sh'; do
	# shellcheck disable=SC2086 # words
	same $shell "$digest" "$common" gcc
done
same sh "$digest" "$common" clang

cp -R "$common" "$tmp/common"
sed -i '/^SCT_EVENT(mkdirat_x,/,/)))/s/P(mode,/P(bits,/' "$tmp/common/tables/events/file.def"
other=$(sh "$digest" "$tmp/common" gcc)
echo "$other" | grep -Eqx '#define SCT_DIGEST 0x[0-9a-f]{16}ull'
case $other in
*"$library"*)	exit 1 ;;
esac

# nothing is made up when there is no text, or no compiler
for compiler in true false; do
	if sh "$digest" "$common" $compiler >"$tmp/digest.h" 2>"$tmp/said"; then
		exit 1
	fi
	grep -q 'cannot find the text' "$tmp/said"
done
