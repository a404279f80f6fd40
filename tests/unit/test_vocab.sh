#!/bin/sh
# SPDX-License-Identifier: MIT
# A name of the filler vocabulary that a backend lacks, or that the list of outlined values lacks, does not compile.
set -eu

command -v clang >/dev/null || {
	echo "clang is missing"
	exit 77
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
multiarch=$(${CC:-cc} -print-multiarch 2>/dev/null) || multiarch=

probe()
{
	clang -target bpf -mcpu=v3 -O2 -fno-strict-aliasing ${multiarch:+-idirafter "/usr/include/$multiarch"} \
		-I"$tmp/bpf" -I"$tmp/common/fill" -I"$tmp/common/decide" -I"$tmp/common/wire" \
		-I"$tmp/common/tables" -DSCT_CAST -fsyntax-only "$tmp/bpf/sctrace.bpf.c" 2>"$tmp/said"
}

# FILE SCRIPT NAME: with that edit, the compiler misses the name.
misses()
{
	cp "$tmp/$1" "$tmp/whole"
	sed -i "$2" "$tmp/$1"
	! cmp -s "$tmp/$1" "$tmp/whole" || {
		echo "$2 changes nothing in $1"
		exit 1
	}
	! probe || {
		echo "it compiles without $3 in $1"
		exit 1
	}
	grep -q "error: .*$3" "$tmp/said" || {
		echo "without $3 in $1 the compiler says"
		cat "$tmp/said"
		exit 1
	}
	cp "$tmp/whole" "$tmp/$1"
}

# without(NAME FILE): the function has another name there
without()
{
	misses "$2" "s/\\<$1(/other_(/" "$1"
}

cp -r "$SCT_SRC/bpf" "$SCT_SRC/common" "$tmp/"
probe || {
	echo "it does not compile as it is"
	cat "$tmp/said"
	exit 1
}
without sct_given bpf/fill.bpf.h			# a primitive,
without sct_acc_loginuid bpf/access.bpf.h		# an accessor that each backend has,
without sct_acc_tty common/fill/kernel/task.h		# one that is written once,
without sct_netlink_port bpf/access.bpf.h		# what those are made with,
without sct_body_put_cgroups common/fill/kernel/cgroup.h	# the code of an outlined value,
misses common/fill/outlined.def '/(int, put_mmsg,/d' sct_put_mmsg	# and its place in the list
