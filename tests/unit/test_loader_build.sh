#!/bin/sh
# SPDX-License-Identifier: MIT
# sctrace-driver-loader: the module is built
#
# shellcheck disable=SC2317 # tests are called by name
# shellcheck source=tests/unit/loader/machine.sh
. "$SCT_SRC/tests/unit/loader/machine.sh"

# ---- it is built ----

test_built_directly_by_the_compiler_of_the_kernel()
{
	program gcc
	loader 0 load
	says "kmod: no module is installed for $kernel" 'gcc-12 is what the kernel was built with' \
		'it can be built by gcc-12, from /usr/src/sctrace-0.1.0'
	work=$SCTRACE_ROOT/var/lib/sctrace/build/$kernel
	ran "make -C $work/kmod KDIR=$SCTRACE_ROOT/lib/modules/$kernel/build" \
		"depmod -b $SCTRACE_ROOT -a $kernel" 'modprobe sctrace'
	[ -e "$SCTRACE_ROOT/lib/modules/$kernel/updates/sctrace.ko" ] || fail "not installed"
	[ ! -e "$work" ] || fail "$work stays"
	state backend=kmod
}

test_stale_installed_module_is_built_anew()
{
	module updates 0.1.0 ffffffffffffffff
	loader 0 load
	says 'updates/sctrace.ko is that of another sctrace, version 0.1.0, tables ffffffffffffffff'
	ran 'modprobe sctrace'
	grep -q 00112233aabbccdd "$SCTRACE_ROOT/lib/modules/$kernel/updates/sctrace.ko" || fail "it is the old one"
}

test_installed_module_of_another_kernel_is_built_anew()
{
	module updates 0.1.0 00112233aabbccdd
	sed -i 's/^vermagic=.*/vermagic=5.0.0 SMP/' "$SCTRACE_ROOT/lib/modules/$kernel/updates/sctrace.ko"
	loader 0 load
	says 'is for kernel 5.0.0, not for'
	ran 'modprobe sctrace'
}

test_module_that_goes_first_is_told()
{
	module updates/dkms 0.1.0 ffffffffffffffff
	loader 82 load --backend kmod
	says 'what was built is not what modprobe takes: that is ' 'a directory that goes first'
	ran_no modprobe
}

test_built_through_dkms()
{
	program dkms
	file /usr/src/sctrace-0.1.0/dkms.conf ''
	loader 0 load
	says 'it can be built through DKMS'
	ran 'dkms add -m sctrace -v 0.1.0' "dkms install --force -m sctrace -v 0.1.0 -k $kernel" 'modprobe sctrace'
	ran_no make
	state backend=kmod
}

test_stale_build_of_dkms_is_built_anew()
{
	program dkms
	file /usr/src/sctrace-0.1.0/dkms.conf ''
	module updates/dkms 0.1.0 ffffffffffffffff
	file "/var/lib/dkms/sctrace/0.1.0/$kernel/state" installed
	loader 0 load
	ran "dkms build --force -m sctrace -v 0.1.0 -k $kernel" "dkms install --force -m sctrace -v 0.1.0 -k $kernel"
	! grep -q '^dkms add' "$SCTRACE_ROOT/fake/log" || fail "it was added twice"
}

test_locked_down_kernel_has_it_built_through_dkms_only()
{
	file /sys/kernel/security/lockdown 'none [integrity] confidentiality'
	loader 83 load --backend kmod
	says 'a module that is not built through DKMS is not signed'
	ran_no make
	program dkms
	file /usr/src/sctrace-0.1.0/dkms.conf ''
	loader 0 load
	ran 'modprobe sctrace'
}

test_compiler_message_of_a_direct_build()
{
	file /fake/make "main.c:7:1: error: unknown type name 'foo'"
	loader 82 load --backend kmod
	log=$SCTRACE_ROOT/var/lib/sctrace/build/$kernel/make.log
	says "$log ends with:" "main.c:7:1: error: unknown type name 'foo'"
	grep -q 'unknown type name' "$log" || fail "not in $log"
	state backend=none status=82
	loader 0 plan --json
	json ".remedy == \"the last build for $kernel failed, see $log\"" \
		'any(.steps[]; .step == "build" and (.remedy // "" | contains("unknown type name")))'
	loader 0 plan --json --backend ebpf
	json '.remedy == null'
	gone /fake/make
	loader 0 load
	[ ! -e "$log" ] || fail "$log stays"
}

test_compiler_message_of_dkms()
{
	program dkms
	file /usr/src/sctrace-0.1.0/dkms.conf ''
	file /fake/compiler "DKMS make.log for sctrace-0.1.0 for kernel $kernel (x86_64)
ring.c:9:9: error: expected ';'"
	loader 82 load --backend kmod
	says "/var/lib/dkms/sctrace/0.1.0/build/make.log ends with:" "ring.c:9:9: error: expected ';'"
	loader 0 plan
	says "the last build for $kernel failed, see " "ring.c:9:9: error: expected ';'"
	mkdir "$SCTRACE_ROOT/lib/modules/5.4.0"
	file /lib/modules/5.4.0/build/include/generated/utsrelease.h '#define UTS_RELEASE "5.4.0"'
	program gcc
	loader 0 plan --kernel 5.4.0
	says_not 'failed'
	loader 0 load
	state backend=ebpf
}

test_source_that_dkms_does_not_take()
{
	program dkms
	file /usr/src/sctrace-0.1.0/dkms.conf ''
	file /fake/dkms 'Error! Invalid dkms.conf'
	loader 82 load --backend kmod
	says 'Invalid dkms.conf'
}

test_no_source()
{
	gone /usr/src/sctrace-0.1.0/common
	loader 87 load --backend kmod
	says 'source is not in /usr/src/sctrace-0.1.0' 'sctrace-dkms'
}

test_no_headers()
{
	gone "/lib/modules/$kernel/build"
	for hint in "apt-get install linux-headers-$kernel" "dnf install kernel-devel-$kernel" \
		    'zypper install kernel-amd64-devel=6.1.0-9' 'pacman -S linux-headers' 'apk add linux-amd64-dev'; do
		no_program apt-get dnf zypper pacman apk
		program "${hint%% *}"
		loader 80 load --backend kmod
		says "no kernel headers for $kernel" "install them: $hint"
	done
	no_program apk
	loader 80 load --backend kmod
	says 'what your distribution calls kernel headers'
	loader 0 load
	state backend=ebpf
}

test_headers_of_another_kernel_are_none()
{
	file "/lib/modules/$kernel/build/include/generated/utsrelease.h" '#define UTS_RELEASE "6.1.0-8-amd64"'
	loader 80 load --backend kmod
}

test_headers_elsewhere()
{
	mv "$SCTRACE_ROOT/lib/modules/$kernel/build" "$SCTRACE_ROOT/usr/src/linux-headers-$kernel"
	loader 0 load
	says "with /usr/src/linux-headers-$kernel"
}

test_no_compiler()
{
	no_program gcc-12
	for hint in 'apt-get install gcc-12 make' 'dnf install gcc make' 'zypper install gcc make' \
		    'pacman -S base-devel' 'apk add build-base'; do
		no_program apt-get dnf zypper pacman apk
		program "${hint%% *}"
		loader 81 load --backend kmod
		says 'there is no compiler (the kernel was built with gcc-12' "install it: $hint"
	done
}

test_no_make()
{
	no_program make
	loader 81 load --backend kmod
	says 'make is missing'
}

# TEXT COMPILER...: the kernel was built with that; the first of the programs is to be chosen, and make told so
built_with()
{
	file "/lib/modules/$kernel/build/include/config/auto.conf" "CONFIG_CC_VERSION_TEXT=$1"
	no_program gcc gcc-12 gcc-15 cc clang clang-16 x86_64-linux-gnu-gcc-13
	shift
	program "$@"
	takes "$1"
}

# COMPILER
takes()
{
	loader 0 load --dry-run --backend kmod
	says "it can be built by $1, from"
	PATH=$SCTRACE_ROOT/bin:$tmp/tools "$REAL_MAKE" -C "$SCT_SRC/kmod" MAKE=: \
		KDIR="$SCTRACE_ROOT/lib/modules/$kernel/build" >"$tmp/out" 2>"$tmp/err" || fail "make"
	says " CC=$1 "
}

test_other_compilers()
{
	file /fake/compiler_version 15.3.0
	built_with 'gcc (GCC) 15.3.0' gcc-15 gcc
	built_with 'x86_64-linux-gnu-gcc-13 (Debian 13.2.0-1) 13.2.0' x86_64-linux-gnu-gcc-13 gcc
	file /fake/compiler_version 12
	built_with 'gcc (SUSE Linux) 7.5.0' cc
	built_with '"Debian clang version 16.0.6 (15)"' clang-16 clang gcc
	says 'LLVM=1'
	built_with '"clang version 16.0.6"' clang
	says 'LLVM=1'
	# older headers do not say
	gone "/lib/modules/$kernel/build/include/config/auto.conf"
	no_program clang
	program gcc-12 gcc
	takes gcc-12
	file /proc/version "Linux version $kernel"
	takes gcc
	file /proc/version "Linux version 5.4.0 (d@example.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld 2.40) #1"
	takes gcc
}

test_compiler_that_is_another_one_is_told()
{
	loader 0 plan
	says 'gcc-12 is what the kernel was built with'
	file "/lib/modules/$kernel/build/include/config/auto.conf" 'CONFIG_CC_VERSION_TEXT=gcc (GCC) 15.3.0'
	no_program gcc-12
	program gcc
	loader 0 plan
	says 'the kernel was built with gcc (GCC) 15.3.0; here is gcc 12'
	gone "/lib/modules/$kernel/build/include/config/auto.conf" /proc/version
	loader 0 plan
	says 'the kernel was built with an unknown one; here is gcc 12'
}

test_module_that_cannot_be_installed()
{
	file "/lib/modules/$kernel/updates" 'in the way'
	loader 71 load --backend kmod
	says 'cannot install the module'
	gone /var/lib/sctrace
	file /var/lib/sctrace 'in the way'
	loader 71 load --backend kmod
	says 'cannot install the module'
	ran_no make
}

run_tests "$@"
