#!/bin/sh
# SPDX-License-Identifier: MIT
# All the programs that the loader runs, on a machine of tests/unit/loader/machine.sh: links to this, by the
# program's name.  A module is a text file with its fields.  What $root/fake/NAME says is the program's
# error; each call is a line of $root/fake/log.

root=$SCTRACE_ROOT
program=${0##*/}
read -r kernel <"$root/proc/sys/kernel/osrelease"

# OPTION ARGUMENT...: its value, in $value
option()
{
	wanted=$1 value=
	shift
	while [ $# -gt 1 ]; do
		[ "$1" != "$wanted" ] || value=$2
		shift
	done
}

# KERNEL: $file is what modprobe takes
find_module()
{
	for file in "$root/lib/modules/$1/updates/dkms/sctrace.ko" "$root/lib/modules/$1/updates/sctrace.ko"; do
		[ ! -e "$file" ] || return 0
	done
	echo "modinfo: ERROR: Module sctrace not found." >&2
	exit 1
}

fail_as_told()
{
	[ -e "$root/fake/$1" ] || return 0
	cat "$root/fake/$1" >&2
	exit 1
}

fake_modinfo()
{
	option -k "$@"
	find_module "${value:-$kernel}"
	option -F "$@"
	[ "$value" != filename ] || echo "$file"
	while IFS='=' read -r field text; do
		[ "$field" != "$value" ] || printf '%s\n' "$text"
	done <"$file"
}

fake_modprobe()
{
	find_module "$kernel"
	mkdir -p "$root/sys/module/sctrace" "$root/sys/class/sctrace/sctrace0"
	echo "sctrace 81920 0 - Live 0x0000000000000000 (OE)" >>"$root/proc/modules"
	sed -n 's/^version=//p' "$file" >"$root/sys/module/sctrace/version"
	sed -n 's/^tables=//p' "$file" >"$root/sys/class/sctrace/sctrace0/tables"
}

fake_rmmod()
{
	sed -i '/^sctrace /d' "$root/proc/modules"
	rm -rf "$root/sys/module/sctrace" "$root/sys/class/sctrace"
}

# What is built is what the source says, for the kernel of the headers.
fake_make()
{
	option -C "$@"
	echo "vermagic=$(cat "$root/fake/headers_kernel") SMP" | cat "$value/Kbuild" - >"$value/sctrace.ko"
}

fake_dkms()
{
	option -k "$@"
	tree=$root/var/lib/dkms/sctrace/0.1.0 of=$value
	case $1 in
	--version)
		cat "$root/fake/dkms_version" ;;
	add)	mkdir -p "$tree" ;;
	status)	[ ! -e "$tree/$of" ] || echo "sctrace/0.1.0, $of, x86_64: $(cat "$tree/$of/state")" ;;
	build|install)
		if [ -e "$root/fake/compiler" ]; then
			mkdir -p "$tree/build"
			cp "$root/fake/compiler" "$tree/build/make.log"
			echo "Error! Bad return status for module build" >&2
			exit 10
		fi
		mkdir -p "$tree/$of" "$root/lib/modules/$of/updates/dkms"
		echo "$1ed" >"$tree/$of/state"
		echo "vermagic=$of SMP" | cat "$root/usr/src/sctrace-0.1.0/kmod/Kbuild" - \
			>"$root/lib/modules/$of/updates/dkms/sctrace.ko" ;;
	remove)	rm -rf "$tree" "$root"/lib/modules/*/updates/dkms ;;
	esac
}

fake_mokutil()
{
	echo "SecureBoot $(cat "$root/fake/sb_state" 2>/dev/null || echo disabled)"
}

fake_sctrace()
{
	if [ "$1" = --version ]; then
		echo "sctrace 0.1.0 (tables 00112233aabbccdd)"
		exit
	fi
	option --backend "$@"
	fail_as_told "sctrace-$value"
}

# Which compiler is taken is the Makefile's to say.
for argument; do
	[ "$program-$argument" != make-compiler ] || exec "$REAL_MAKE" "$@"
done
echo "$program $*" >>"$root/fake/log"
fail_as_told "$program"
case $program in
*gcc*|*clang*)	cat "$root/fake/compiler_version" ;;
depmod|apt-get|dnf|zypper|pacman|apk)
		;;
*)		"fake_$program" "$@" ;;
esac
