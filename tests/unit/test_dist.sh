#!/bin/sh
# SPDX-License-Identifier: MIT
# The tarball of `make dist` is all that a build takes, without git and network, and makes itself again.
set -eu

# The make that runs this test is no business of the one that it runs.
unset MAKEFLAGS MFLAGS MAKELEVEL

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

"${MAKE:-make}" -f "$SCT_SRC/Makefile" O="$tmp/first" dist
tarball=$(echo "$tmp"/first/sctrace-*.tar.gz)
tar -C "$tmp" -xzf "$tarball"
mkdir "$tmp/bin"
printf '#!/bin/sh\nexit 1\n' | tee "$tmp/bin/git" >"$tmp/bin/curl"
chmod 755 "$tmp"/bin/*
cd "$tmp"/sctrace-*/

PATH=$tmp/bin:$PATH
"${MAKE:-make}" CFLAGS=-O0
./build/sctrace --version
"${MAKE:-make}" dist
tar -tzf "$tarball" >"$tmp/list"
tar -tzf build/sctrace-*.tar.gz | diff "$tmp/list" -
