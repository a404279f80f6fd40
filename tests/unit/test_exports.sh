#!/bin/sh
# SPDX-License-Identifier: MIT
# The shared library exports exactly the functions that sctrace.h declares.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

"${CC:-gcc}" -E -P -x c "$SCT_SRC/userspace/include/sctrace.h" |
	grep -oE '\<sct_[a-z0-9_]+ ?\(' | tr -d ' (' | sort >"$tmp/declared"
nm -D --defined-only "$SCT_BUILD/libsctrace.so" |
	awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort >"$tmp/exported"

[ -s "$tmp/declared" ]
echo "'<': declared in sctrace.h only; '>': exported only"
diff "$tmp/declared" "$tmp/exported"
