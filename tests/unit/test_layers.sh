#!/bin/sh
# SPDX-License-Identifier: MIT
# Each file includes only what its layer may (mk/layers.mk), and no two objects of the library and the tool
# call each other in a circle.  Violations that are added to a copy are found.
set -eu

unset MAKEFLAGS MFLAGS MAKELEVEL

layers=$SCT_SRC/tests/unit/layers.py
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for source in "$SCT_SRC"/userspace/cli/*.c; do	# the objects of sources that are gone may be left
	object=${source##*/}
	set -- "$@" "$SCT_BUILD/userspace/cli/${object%.c}.o"
done
nm -A "$SCT_BUILD/libsctrace.a" "$@" >"$tmp/symbols"
python3 "$layers" "$SCT_SRC" "$tmp/symbols"

# finds FILE LINE TEXT: with LINE at its end, FILE is reported with TEXT.
finds()
{
	rm -rf "$tmp/copy"
	mkdir "$tmp/copy"
	cp -R "$SCT_SRC/mk" "$SCT_SRC/common" "$SCT_SRC/kmod" "$SCT_SRC/bpf" "$SCT_SRC/userspace" "$tmp/copy"
	echo "$2" >>"$tmp/copy/$1"
	if python3 "$layers" "$tmp/copy" >"$tmp/said" || ! grep -q "^$1: .*$3" "$tmp/said"; then
		echo "$2 in $1 is not reported with '$3':" >&2
		cat "$tmp/said" >&2
		exit 1
	fi
}

lib=userspace/lib
finds $lib/decode/record.c '#include "session.h"' 'is not of a layer'
finds $lib/decode/record.c '#include "source.h"' 'is not of a layer'
finds $lib/format/text.c '# include "live.h"' 'is not of a layer'
finds $lib/source/source.h '#include "decode.h"' 'is not of a layer'
finds $lib/util/util.h '#include "schema.h"' 'is not of a layer'
finds $lib/state/tasks.c '#include "../session.h"' 'leads upwards'
finds $lib/decode/variants.c '#include "ioctls_extra.h"' 'private header'
finds $lib/session.c '#include <bpf/bpf.h>' 'is a library'
finds common/decide/sct_scope.h '#include "sct_fill.h"' 'is not of a layer'
finds common/wire/sct_abi.h '#include <linux/types.h>' 'is of the system'
finds userspace/cli/main.c '#include "util.h"' 'is not of a layer'

# Two objects that use each other.
cat >"$tmp/symbols" <<-EOF
	a.o:0000000000000000 T sct_a
	a.o:                 U sct_b
	b.o:0000000000000000 T sct_b
	b.o:                 U sct_a
EOF
if python3 "$layers" "$SCT_SRC" "$tmp/symbols" >"$tmp/said"; then
	echo "a circle of calls is not reported" >&2
	exit 1
fi
grep -q 'a circle of calls' "$tmp/said"
