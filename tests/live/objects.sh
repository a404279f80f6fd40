# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by live tests, after expect.sh: BPF objects that are not what they should be.

unset MAKEFLAGS MFLAGS MAKELEVEL O

# DIRECTORY OUTPUT VARIABLE...: make the object there
make_object()
{
	source=$1 object=$2
	shift 2
	# shellcheck disable=SC2154 # of expect.sh
	"$MAKE" -s -C "$source" O="$dir/$object" "$@" "$dir/$object/sctrace.bpf.o" >make.log 2>&1 ||
		fail "cannot build the object" make.log
}

# bad PROGRAM: PROGRAM/sctrace.bpf.o has that one spoilt, which reads far outside of its context; the one
# that it was stays, unused.  The header that does it, PROGRAM/bad.h, leaves the probe's other builds alone.
bad()
{
	mkdir -p "$1"
	cat >"$1/bad.h" <<-HEADER
		#ifdef SCT_CAST
		#define $1(arg) $1(arg)				\\
		{						\\
			return *(volatile int *)((char *)ctx + 4096);	\\
		}						\\
		static __attribute__((unused)) int unused_$1(arg)
		#endif
	HEADER
	make_object "$SCT_SRC" "$1" CLANG="${CLANG:-clang} -include $dir/$1/bad.h"
}

# other SED: other/build/sctrace.bpf.o is made from tables that are edited so
other()
{
	mkdir other
	cp -R "$SCT_SRC/Makefile" "$SCT_SRC/mk" "$SCT_SRC/common" "$SCT_SRC/bpf" "$SCT_SRC/userspace" other
	sed -i "$1" other/common/tables/events/file.def
	! cmp -s other/common/tables/events/file.def "$SCT_SRC/common/tables/events/file.def" || fail "the tables are the same"
	make_object other other/build
}
