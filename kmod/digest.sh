#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# The digest of the tables, see sct_digest_of(), as a header: digest.sh COMMON COMPILER...
#
# So it is known when the module is compiled, and `modinfo -F tables` shows it.  No program of the build
# machine is compiled for that: whoever builds a module may have the kernel's compiler alone.
set -eu

common=$1
shift

# TEXT, with its end: FNV-1a, 64 bit.  The shell's numbers have a sign, so the constant is written with one.
digest()
{
	printf '%b\0' "$1" | od -An -v -tu1 | {
		h=-3750763034362895579
		while read -r line; do
			for byte in $line; do
				h=$(((h ^ byte) * 0x100000001b3))
			done
		done
		printf '%016x\n' "$h"
	}
}

[ "$(digest fooba)" = 8593d371f738acfe ] || {
	echo "sctrace: $0 needs a shell that counts in 64 bits" >&2
	exit 1
}

text=$(printf '#include "%s"\n' sct_abi.h sct_config.h sct_digest.h |
	"$@" -E -P -x c -I "$common/tables" -I "$common/wire" - | sed -n '/sct_tables_text/,$p' | tr -s '\n' ' ' |
	sed 's/^[^=]*= *"//; s/" *;.*//; s/" *"//g')
case $text in
record*)	;;
*)		echo "sctrace: cannot find the text of the tables" >&2
		exit 1 ;;
esac
value=$(digest "$text")
echo "#define SCT_DIGEST 0x${value}ull"
echo "#define SCT_DIGEST_TEXT \"$value\""
