#!/bin/sh
# SPDX-License-Identifier: MIT
# sctrace-driver-loader on machines of all kinds: trees of /proc, /sys and so on, with programs that do as if
# (tests/unit/loader/fake.sh).  Each test begins with one where the module can be built, and changes it.
#
# Both shells at once; test_loader.sh TEST... runs those alone.
#
# shellcheck disable=SC2317 # tests are called by name
set -u

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
kernel=6.1.0-9-amd64
REAL_MAKE=$(command -v make)
export REAL_MAKE
ours='version 0.1.0, tables 00112233aabbccdd'

# ---- the machine ----

# PATH VALUE: a file of the machine
file()
{
	[ -d "$SCTRACE_ROOT${1%/*}" ] || mkdir -p "$SCTRACE_ROOT${1%/*}"
	printf '%s\n' "$2" >"$SCTRACE_ROOT$1"
}

gone()
{
	for path; do
		rm -rf "$SCTRACE_ROOT$path"
	done
}

# PROGRAM...
program()
{
	for one; do
		ln -sf "$SCT_SRC/tests/unit/loader/fake.sh" "$SCTRACE_ROOT/bin/$one"
	done
}

no_program()
{
	for one; do
		rm -f "$SCTRACE_ROOT/bin/$one"
	done
}

# DIRECTORY VERSION TABLES [SIGNER]: a module below /lib/modules/KERNEL
module()
{
	file "/lib/modules/$kernel/$1/sctrace.ko" "version=$2
tables=$3
vermagic=$kernel SMP preempt
signer=${4-}"
}

# VERSION TABLES REFERENCES
loaded()
{
	file /proc/modules "ext4 1000000 1 - Live 0x0000000000000000
sctrace 81920 $3 - Live 0x0000000000000000 (OE)"
	file /sys/module/sctrace/version "$1"
	file /sys/class/sctrace/sctrace0/tables "$2"
}

# What users hold devices with
holder()
{
	mkdir -p "$SCTRACE_ROOT/proc/$1/fd"
	ln -s /dev/null "$SCTRACE_ROOT/proc/$1/fd/0"
	ln -s "$3" "$SCTRACE_ROOT/proc/$1/fd/5"
	file "/proc/$1/comm" "$2"
	file "/proc/$1/maps" "7f0000000000-7f0000001000 r--s 00000000 00:05 300    ${4-/lib/libc.so.6}"
}

machine()
{
	rm -rf "$tmp/root"
	cp -a "$tmp/machine" "$tmp/root"
	SCTRACE_ROOT=$tmp/root
}

make_machine()
{
	SCTRACE_ROOT=$tmp/machine
	export SCTRACE_ROOT
	mkdir -p "$SCTRACE_ROOT/bin" "$SCTRACE_ROOT/fake" "$SCTRACE_ROOT/run" "$SCTRACE_ROOT/lib/modules/$kernel"
	file /proc/sys/kernel/osrelease $kernel
	file /proc/version "Linux version $kernel (d@example.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld 2.40) #1"
	file /proc/sys/kernel/random/boot_id boot-1
	file /proc/sys/kernel/modules_disabled 0
	file /proc/sys/kernel/unprivileged_bpf_disabled 0
	file /proc/sys/kernel/perf_event_paranoid 1
	file /proc/modules "ext4 1000000 1 - Live 0x0000000000000000"
	file /proc/self/status "Uid:	0	0	0	0
CapEff:	000001ffffffffff"
	file /sys/kernel/btf/vmlinux BTF
	file /sys/kernel/security/lockdown '[none] integrity confidentiality'
	headers=/lib/modules/$kernel/build
	file $headers/include/generated/utsrelease.h "#define UTS_RELEASE \"$kernel\""
	file $headers/include/config/auto.conf 'CONFIG_CC_VERSION_TEXT="gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0"'
	file /fake/headers_kernel $kernel
	file /fake/compiler_version 12
	file /usr/src/sctrace-0.1.0/kmod/Kbuild "version=0.1.0
tables=00112233aabbccdd"
	mkdir "$SCTRACE_ROOT/usr/src/sctrace-0.1.0/common"
	cp "$SCT_SRC/kmod/Makefile" "$SCTRACE_ROOT/usr/src/sctrace-0.1.0/kmod/"
	program sctrace modprobe rmmod modinfo depmod make gcc-12
}

# A directory for PATH with what else a script may use; under busybox, a shell that has it built in prefers that.
tools()
{
	mkdir "$tmp/tools"
	for one in cat chmod cp date flock grep head ls mkdir mktemp mv od rm sed sleep tail tr; do
		ln -s "$(command -v $one)" "$tmp/tools/$one"
	done
}

# ---- running it ----

fail()
{
	printf '%s under %s: %s\n' "$test" "$shell" "$1"
	for one in out err "root/fake/log"; do
		[ ! -s "$tmp/$one" ] || sed "s,^,  $one: ," "$tmp/$one"
	done
	exit 1
}

# STATUS ARGUMENT...
loader()
{
	want=$1 status=0
	shift
	: >"$SCTRACE_ROOT/fake/log"
	# shellcheck disable=SC2086 # words
	PATH=$SCTRACE_ROOT/bin:$tmp/tools $shell "$SCT_SRC/scripts/sctrace-driver-loader" "$@" \
		>"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	[ "$status" -eq "$want" ] || fail "$*: exit status $status, not $want"
}

# TEXT...: each is in a line of what was said
says()
{
	for text; do
		grep -qF -e "$text" "$tmp/out" "$tmp/err" || fail "nobody says '$text'"
	done
}

says_not()
{
	for text; do
		! grep -qF -e "$text" "$tmp/out" "$tmp/err" || fail "somebody says '$text'"
	done
}

# LINE...: each was run
ran()
{
	for line; do
		grep -qxF -e "$line" "$SCTRACE_ROOT/fake/log" || fail "'$line' was not run"
	done
}

# WORD...: nothing that begins so was run
ran_no()
{
	for word; do
		! grep -q "^$word " "$SCTRACE_ROOT/fake/log" || fail "$word was run"
	done
}

# FILTER...: each is true of the JSON
json()
{
	[ "$(wc -l <"$tmp/out")" -eq 1 ] || fail "not one line of JSON"
	for filter; do
		jq -e "$filter" "$tmp/out" >/dev/null 2>&1 || fail "not so: $filter"
	done
}

# LINE...: each is in the state file
state()
{
	for line; do
		grep -qxF -e "$line" "$SCTRACE_ROOT/run/sctrace/driver" || fail "no '$line' in the state file"
	done
}

no_state()
{
	[ ! -e "$SCTRACE_ROOT/run/sctrace/driver" ] || fail "there is a state file"
}

# ---- the module is there ----

test_loaded_module_is_taken()
{
	loaded 0.1.0 00112233aabbccdd 2
	loader 0 load
	says "kmod: the module is loaded ($ours)" 'load: backend kmod is ready'
	ran 'sctrace --backend kmod -q -o /dev/null -e exit_group -- true'
	ran_no modprobe rmmod make
	state backend=kmod status=0 kernel="$kernel" boot=boot-1 version=0.1.0 tables=00112233aabbccdd
	[ "$(stat -c %a "$SCTRACE_ROOT/run/sctrace/driver")" = 644 ] || fail "mode of the state file"
	loader 0 load	# again
	state backend=kmod
}

test_installed_module_is_loaded()
{
	module updates 0.1.0 00112233aabbccdd
	loader 0 load
	says 'kmod: no module is loaded' "updates/sctrace.ko fits ($ours)"
	ran 'modprobe sctrace'
	ran_no make rmmod
	state backend=kmod
	loader 0 load
	ran_no modprobe
}

test_plan_changes_nothing()
{
	module updates 0.1.0 00112233aabbccdd
	file /proc/self/status "Uid:	1000	1000	1000	1000"
	loader 0 plan
	says 'would run: ' 'modprobe sctrace' 'plan: backend kmod can be made ready'
	ran_no modprobe
	[ ! -e "$SCTRACE_ROOT/run/sctrace" ] || fail "something was made in /run"
	loader 0 load --dry-run
	ran_no modprobe
	no_state
}

test_stale_module_is_replaced()
{
	loaded 0.0.9 00112233aabbccdd 0
	module updates 0.1.0 00112233aabbccdd
	loader 0 load
	says 'another module is loaded, version 0.0.9, tables 00112233aabbccdd'
	ran 'rmmod sctrace' 'modprobe sctrace'
	state backend=kmod
}

test_module_of_other_tables_is_replaced()
{
	loaded 0.1.0 ffffffffffffffff 0
	module updates 0.1.0 00112233aabbccdd
	loader 0 load
	says 'another module is loaded, version 0.1.0, tables ffffffffffffffff'
	ran 'rmmod sctrace' 'modprobe sctrace'
}

test_foreign_module_stays_when_there_is_no_other()
{
	loaded 7.7 '' 0
	gone /sys/class/sctrace /usr/src
	loader 87 load --backend kmod
	says 'another module is loaded, version 7.7, tables unknown'
	ran_no rmmod modprobe
	grep -q '^sctrace ' "$SCTRACE_ROOT/proc/modules" || fail "it was unloaded"
}

test_stale_module_in_use_stays()
{
	loaded 0.0.9 00112233aabbccdd 1
	module updates 0.1.0 00112233aabbccdd
	holder 4711 recorder /dev/sctrace0
	holder 4712 other /dev/sctl
	loader 85 load --backend kmod
	says 'it is in use and stays' 'end first: recorder (4711)'
	says_not 4712
	ran_no rmmod modprobe
	state backend=none status=85
	loader 0 load
	says 'load: backend ebpf is ready (another module is loaded'
	state backend=ebpf
}

test_module_on_its_way_is_left()
{
	file /proc/modules "sctrace 81920 0 - Unloading 0x0000000000000000"
	loader 75 load --backend kmod
	says 'it is Unloading'
}

test_loaded_module_that_cannot_be_used()
{
	loaded 0.1.0 00112233aabbccdd 0
	file /fake/sctrace-kmod 'sctrace: its file /dev/sctrace0 is missing'
	loader 86 load --backend kmod
	says 'sctrace cannot use it: its file /dev/sctrace0 is missing'
	loader 0 load
	state backend=ebpf
}

# ---- it does not load ----

# MESSAGE
modprobe_says()
{
	module updates 0.1.0 00112233aabbccdd "${2-}"
	file /fake/modprobe "modprobe: ERROR: could not insert 'sctrace': $1"
}

test_rejected_key_with_the_way_to_enrol_it()
{
	modprobe_says 'Key was rejected by service' 'DKMS module signing key'
	file /var/lib/dkms/mok.pub KEY
	mkdir -p "$SCTRACE_ROOT/sys/firmware/efi"
	loader 83 load --backend kmod
	says 'signed by DKMS module signing key' "rejects the module's key: " 'mokutil --import /var/lib/dkms/mok.pub' \
		'Enroll MOK' '3. sctrace-driver-loader load'
	says_not 'sctrace-driver-loader build'
	ran_no make	# the next one would be signed with the same
	state backend=none status=83
	loader 0 load
	says "load: backend ebpf is ready (the kernel rejects the module's key"
}

test_first_key_is_made_by_dkms()
{
	modprobe_says 'Key was rejected by service'
	mkdir -p "$SCTRACE_ROOT/sys/firmware/efi"
	program apt-get
	loader 83 load --backend kmod
	says '1. apt-get: packages dkms, openssl and mokutil: DKMS makes a key' \
		'2. sctrace-driver-loader clean; sctrace-driver-loader build' \
		'3. mokutil --import /var/lib/dkms/mok.pub' '5. sctrace-driver-loader load'
}

# What Debian 11 has
test_old_dkms_signs_when_it_is_told_to()
{
	modprobe_says 'Key was rejected by service'
	mkdir -p "$SCTRACE_ROOT/sys/firmware/efi"
	program dkms
	file /fake/dkms_version 'dkms: 2.8.4'
	loader 83 load --backend kmod
	says '1. make a key' 'openssl req' 'sign_tool=/etc/dkms/sign_helper.sh' '2. sctrace-driver-loader clean' \
		'3. mokutil --import /root/mok.der'
	file /root/mok.der KEY
	loader 83 load --backend kmod
	says '1. sctrace-driver-loader clean' '2. mokutil --import /root/mok.der'
	says_not 'openssl'
	file /fake/dkms_version 'dkms-3.0.10'
	loader 83 load --backend kmod
	says 'mokutil --import /var/lib/dkms/mok.pub'
}

test_key_that_dkms_was_told_of()
{
	modprobe_says 'Key was rejected by service' 'my key'
	mkdir -p "$SCTRACE_ROOT/sys/firmware/efi"
	file /var/lib/dkms/mok.pub KEY
	file /var/lib/shim-signed/mok/MOK.der KEY
	loader 83 load --backend kmod
	says 'mokutil --import /var/lib/dkms/mok.pub'
	file /etc/os-release ID=ubuntu
	loader 83 load --backend kmod
	says 'mokutil --import /var/lib/shim-signed/mok/MOK.der'
	file /keys/mine.der KEY
	file /etc/dkms/framework.conf '# mok_certificate=/none
mok_certificate="/keys/mine.der"'
	loader 83 load --backend kmod
	says 'mokutil --import /keys/mine.der'
}

test_required_key_not_available()
{
	modprobe_says 'Required key not available'
	loader 83 load --backend kmod
	says 'no Secure Boot on this machine'
}

test_lockdown_refuses_an_unsigned_module()
{
	modprobe_says 'Operation not permitted'
	file /sys/kernel/security/lockdown 'none [integrity] confidentiality'
	loader 83 load --backend kmod
	says 'kmod: the kernel is locked down (integrity): only a signed module loads' \
		'the kernel is locked down (integrity) and refuses the module'
	loader 83 plan --backend kmod
	says 'updates/sctrace.ko is not signed'
	ran_no modprobe
	loader 0 plan
	says 'plan: backend ebpf can be made ready'
}

test_lockdown_lets_a_signed_module_in()
{
	module updates 0.1.0 00112233aabbccdd 'my key'
	file /sys/kernel/security/lockdown 'none integrity [confidentiality]'
	loader 0 plan
	says 'signed by my key' 'plan: backend kmod can be made ready'
	loader 0 load
	ran 'modprobe sctrace'
}

test_forced_signatures_without_lockdown()
{
	modprobe_says 'Operation not permitted'
	file /sys/module/module/parameters/sig_enforce Y
	loader 83 load --backend kmod
	says 'wants signatures (module.sig_enforce)'
}

test_refused_without_a_visible_cause()
{
	modprobe_says 'Operation not permitted'
	loader 84 load --backend kmod
	says 'the kernel refuses the module' 'dmesg'
}

test_unknown_symbol()
{
	modprobe_says 'Unknown symbol in module, or unknown parameter (see dmesg)'
	loader 86 load --backend kmod
	says 'the module does not load: ' 'Unknown symbol' 'dmesg may say why'
	ran_no make
}

test_module_of_another_format_is_built_anew()
{
	modprobe_says 'Exec format error'
	loader 86 load --backend kmod
	says 'does not fit this kernel'
	ran "depmod -b $SCTRACE_ROOT -a $kernel"
}

test_modprobe_loads_something_else()
{
	module updates 0.1.0 00112233aabbccdd
	loader 0 load
	file /sys/class/sctrace/sctrace0/tables eeeeeeeeeeeeeeee
	no_program modprobe rmmod
	printf '#!/bin/sh\n' >"$SCTRACE_ROOT/bin/modprobe"
	cp "$SCTRACE_ROOT/bin/modprobe" "$SCTRACE_ROOT/bin/rmmod"
	chmod 755 "$SCTRACE_ROOT/bin/modprobe" "$SCTRACE_ROOT/bin/rmmod"
	loader 86 load --backend kmod
	says 'modprobe says nothing, but the module that is loaded is version 0.1.0, tables eeeeeeeeeeeeeeee'
}

# ---- the kernel takes none ----

test_kernel_without_modules()
{
	gone /proc/modules
	loader 84 load --backend kmod
	says 'takes no modules (CONFIG_MODULES)'
	loader 0 load
	state backend=ebpf 'reason=this kernel takes no modules (CONFIG_MODULES)'
}

test_modules_disabled()
{
	module updates 0.1.0 00112233aabbccdd
	file /proc/sys/kernel/modules_disabled 1
	loader 84 load --backend kmod
	says 'kernel.modules_disabled is 1' 'reboot'
	ran_no modprobe
	loaded 0.1.0 00112233aabbccdd 0
	loader 0 load
	state backend=kmod
}

test_root_without_the_capability()
{
	file /proc/self/status "Uid:	0	0	0	0
CapEff:	00000000a80425fb"
	module updates 0.1.0 00112233aabbccdd
	loader 77 load --backend kmod
	says 'no CAP_SYS_MODULE' 'on the host'
	loader 0 load
	state backend=ebpf
}

test_container_without_the_modules_of_the_host()
{
	gone "/lib/modules/$kernel"
	file /run/.containerenv ''
	loader 80 load --backend kmod
	says "this container has no /lib/modules/$kernel" 'on the host'
	gone /run/.containerenv
	loader 80 load --backend kmod
	says "there is no /lib/modules/$kernel" 'reboot into one that is installed'
}

test_secure_boot_is_told()
{
	module updates 0.1.0 00112233aabbccdd
	program mokutil
	file /fake/sb_state enabled
	loader 0 plan
	says 'kmod: Secure Boot is on, but the kernel takes modules without a signature'
	file /sys/kernel/security/lockdown 'none [integrity] confidentiality'
	loader 0 plan
	says 'only a signed module loads; Secure Boot is on'
	# the variable goes before what mokutil says
	mkdir -p "$SCTRACE_ROOT/sys/firmware/efi/efivars"
	variable=$SCTRACE_ROOT/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c
	printf '\006\000\000\000\000' >"$variable"
	loader 0 plan
	says_not 'Secure Boot is on'
	printf '\006\000\000\000\001' >"$variable"
	no_program mokutil
	loader 0 plan
	says 'Secure Boot is on'
}

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
}

# ---- eBPF ----

# The module cannot be had there.
no_module()
{
	gone /proc/modules
}

test_ebpf_is_asked_for()
{
	module updates 0.1.0 00112233aabbccdd
	loader 0 load --backend ebpf
	says_not kmod:
	says 'load: backend ebpf is ready (asked for)'
	ran 'sctrace --backend ebpf -q -o /dev/null -e exit_group -- true'
	state backend=ebpf 'reason=asked for'
}

test_kernel_without_bpf()
{
	no_module
	gone /proc/sys/kernel/unprivileged_bpf_disabled
	loader 69 load
	says 'no backend can be made ready: kmod: this kernel takes no modules' 'ebpf: this kernel has no BPF'
	state backend=none status=69
	loader 69 load --backend ebpf
	says 'CONFIG_BPF_SYSCALL'
}

test_kernel_without_btf()
{
	gone /sys/kernel/btf
	loader 69 load --backend ebpf
	says 'gives no BTF' '--btf'
}

test_confidentiality_forbids_both()
{
	file /sys/kernel/security/lockdown 'none integrity [confidentiality]'
	module updates 0.1.0 00112233aabbccdd
	loader 69 plan
	says 'only a signed module loads' 'it lets nobody read its memory'
}

test_ebpf_that_does_not_work()
{
	file /fake/sctrace-ebpf 'sctrace: no permission to load BPF programs'
	loader 69 load --backend ebpf
	says 'sctrace cannot use eBPF: no permission to load BPF programs'
}

test_settings_are_told()
{
	file /proc/sys/kernel/unprivileged_bpf_disabled 2
	file /proc/sys/kernel/perf_event_paranoid 3
	file /proc/sys/net/core/bpf_jit_enable 0
	loader 0 plan --backend ebpf
	says 'kernel.unprivileged_bpf_disabled is 2' 'kernel.perf_event_paranoid is 3' 'net.core.bpf_jit_enable is 0'
	file /proc/sys/kernel/unprivileged_bpf_disabled 0
	file /proc/sys/kernel/perf_event_paranoid -1
	file /proc/sys/net/core/bpf_jit_enable 1
	loader 0 plan --backend ebpf
	says_not 'unprivileged' 'paranoid' 'jit'
}

# ---- other commands ----

test_unload()
{
	loader 0 unload
	says 'no module is loaded'
	loaded 0.1.0 00112233aabbccdd 0
	file /run/sctrace/driver backend=kmod
	loader 0 unload --dry-run
	ran_no rmmod
	loader 0 unload
	ran 'rmmod sctrace'
	says 'the module is unloaded'
	no_state
	loaded 0.1.0 00112233aabbccdd 0
	rm "$SCTRACE_ROOT/bin/rmmod"
	printf '#!/bin/sh\n' >"$SCTRACE_ROOT/bin/rmmod"
	chmod 755 "$SCTRACE_ROOT/bin/rmmod"
	loader 71 unload
	says 'rmmod says nothing, but'
}

test_unload_tells_who_holds_it()
{
	loaded 0.1.0 00112233aabbccdd 2
	file /fake/rmmod 'rmmod: ERROR: Module sctrace is in use'
	holder 100 'a "name"' /dev/sctrace1
	holder 101 mapper /dev/null /dev/sctrace0
	loader 85 unload
	says 'Module sctrace is in use' 'end first: a "name" (100), mapper (101)'
	loader 85 unload --json
	json '.status == 85' '.users == [{pid: 100, comm: "a \"name\""}, {pid: 101, comm: "mapper"}]'
	gone /proc/100 /proc/101
	loader 85 unload
	says 'not seen from here'
}

test_status()
{
	loader 3 status
	says 'loaded: no module' "installed: no module for $kernel" 'decided: nothing' 'no backend is ready'
	module updates 0.1.0 ffffffffffffffff
	loaded 0.1.0 00112233aabbccdd 1
	holder 9 reader /dev/sctrace0
	loader 0 status
	says "loaded: $ours, which fits; references: 1, of reader (9)" \
		'installed: version 0.1.0, tables ffffffffffffffff, which does not fit' 'backend kmod is ready'
	loader 0 status --json
	json '.command == "status" and .backend == "kmod" and .loaded.fits and (.installed.fits | not)' \
		'.loaded.references == 1' '.state == null' '.users == [{pid: 9, comm: "reader"}]'
	loader 0 load --backend ebpf
	"$SCTRACE_ROOT/bin/rmmod"
	loader 0 status
	says 'decided: ebpf (asked for)' 'backend ebpf is ready'
	file /proc/sys/kernel/random/boot_id boot-2
	loader 3 status
	says 'decided: ebpf, before the machine was booted'
	loader 3 status --json
	json '.state.fresh == false and .state.backend == "ebpf"'
	loader 3 status --kernel 5.4.0
	says 'no module for 5.4.0'
}

test_build()
{
	loader 0 build --dry-run
	says 'would run: ' 'can be built'
	ran_no make
	loader 0 build
	says 'is built and installed'
	ran_no modprobe
	no_state
	loader 0 build
	says 'a module that fits is installed'
	ran_no make
	loader 0 clean
	[ ! -e "$SCTRACE_ROOT/lib/modules/$kernel/updates/sctrace.ko" ] || fail "it is still there"
	ran "depmod -b $SCTRACE_ROOT -a $kernel"
	loader 0 clean
	file /fake/make 'error: no'
	loader 82 build
	loader 0 clean
	[ ! -e "$SCTRACE_ROOT/var/lib/sctrace/build/$kernel" ] || fail "the log is still there"
}

test_build_for_another_kernel()
{
	loader 80 build --kernel 5.4.0
	says 'there is no /lib/modules/5.4.0'
	mkdir "$SCTRACE_ROOT/lib/modules/5.4.0"
	loader 80 build --kernel 5.4.0
	file /lib/modules/5.4.0/build/include/generated/utsrelease.h '#define UTS_RELEASE "5.4.0"'
	file /fake/headers_kernel 5.4.0
	program gcc
	loader 0 plan --kernel=5.4.0
	says 'it can be built by gcc, from'
	loader 0 build --kernel=5.4.0
	[ -e "$SCTRACE_ROOT/lib/modules/5.4.0/updates/sctrace.ko" ] || fail "not installed"
	loader 0 plan --kernel 5.4.0
	says 'sctrace.ko fits'
	says_not 'module is loaded'
	module updates 0.1.0 00112233aabbccdd
	loader 0 clean --kernel 5.4.0
	[ ! -e "$SCTRACE_ROOT/lib/modules/5.4.0/updates/sctrace.ko" ] || fail "it is still there"
	[ -e "$SCTRACE_ROOT/lib/modules/$kernel/updates/sctrace.ko" ] || fail "that of the other kernel is gone"
	loader 69 plan --kernel 5.4.0 --backend ebpf
	says 'is seen when it runs'
}

test_clean_through_dkms()
{
	program dkms
	file /usr/src/sctrace-0.1.0/dkms.conf ''
	loader 0 build
	loader 0 clean --kernel 5.4.0
	loader 0 clean --kernel "$kernel"
	ran "dkms remove -m sctrace -v 0.1.0 -k $kernel"
	loader 0 build
	loader 0 clean
	ran 'dkms remove -m sctrace -v 0.1.0 --all'
}

test_clean_that_fails()
{
	program dkms
	mkdir -p "$SCTRACE_ROOT/var/lib/dkms/sctrace/0.1.0"
	file /fake/dkms 'Error! no'
	loader 71 clean
	says 'cannot remove what was built: Error! no'
}

# ---- JSON ----

test_json_of_a_plan()
{
	module updates 0.1.0 00112233aabbccdd 'a "key" with \ in it'
	loader 0 plan --json
	json '.command == "plan" and .status == 0 and .backend == "kmod"' \
		'.kernel == "6.1.0-9-amd64" and .version == "0.1.0" and .tables == "00112233aabbccdd"' \
		'.loaded == null and .installed.fits and .installed.signer == "a \"key\" with \\ in it"' \
		'[.steps[] | [.backend, .step, .result]] == [["kmod", "loaded", "no"], ["kmod", "installed", "yes"]]' \
		'.commands | length == 1 and (.[0] | endswith("modprobe sctrace"))'
	[ ! -s "$tmp/err" ] || fail "something else is said"
}

test_json_of_a_failure()
{
	gone /sys/kernel/btf
	gone "/lib/modules/$kernel/build"
	program apt-get
	loader 69 load --json
	json '.status == 69 and .backend == null' '.reason | contains("no kernel headers") and contains("no BTF")' \
		'.remedy | split("\n") | length == 2' '.steps[-1].remedy | contains("CONFIG_DEBUG_INFO_BTF")'
	loader 80 load --json --backend kmod
	json '.status == 80' '.remedy == "install them: apt-get install linux-headers-6.1.0-9-amd64"'
	file /proc/self/status "Uid:	1000	1000	1000	1000"
	loader 77 load --json
	json '.status == 77' '.reason | contains("needs root")'
}

# ---- who may, and one at a time ----

test_only_root_changes_anything()
{
	file /proc/self/status "Uid:	1000	1000	1000	1000"
	for do in load unload build clean; do
		loader 77 "$do"
		says "'$do' needs root"
		loader 0 "$do" --dry-run
	done
	loader 0 plan
	loader 3 status
}

test_another_one_at_work()
{
	mkdir -p "$SCTRACE_ROOT/run/sctrace"
	exec 8>"$SCTRACE_ROOT/run/sctrace/driver.lock"
	flock 8
	for do in load unload build clean; do
		loader 75 "$do"
		says 'another sctrace-driver-loader is at work'
	done
	loader 0 plan
	exec 8>&-
	loader 0 load
}

test_lock_without_flock()
{
	rm "$tmp/tools/flock"
	file /run/sctrace/driver.lock.d/pid 4711
	mkdir "$SCTRACE_ROOT/proc/4711"
	loader 75 load
	says 'process 4711'
	rmdir "$SCTRACE_ROOT/proc/4711"
	loader 0 load
	[ ! -e "$SCTRACE_ROOT/run/sctrace/driver.lock.d" ] || fail "the lock stays"
	loader 0 load
	ln -s "$(command -v flock)" "$tmp/tools/flock"
}

test_state_that_cannot_be_written()
{
	file /run/sctrace 'in the way'
	loader 71 load
	says 'cannot make the directory'
	gone /run/sctrace
	mkdir -p "$SCTRACE_ROOT/run/sctrace/driver.new"
	loader 71 load
	says 'cannot write '
}

# ---- usage ----

test_sctrace_is_missing()
{
	no_program sctrace
	loader 72 plan
	says 'the command sctrace, which the module must fit, is neither'
	printf '#!/bin/sh\necho sctrace 0.0.1\n' >"$SCTRACE_ROOT/bin/sctrace"
	chmod 755 "$SCTRACE_ROOT/bin/sctrace"
	loader 72 plan
	says 'does not say which module fits it'
}

test_no_osrelease()
{
	gone /proc/sys/kernel/osrelease
	loader 71 plan
	says 'cannot tell which kernel this is'
}

test_usage()
{
	loader 64
	says 'what is to be done?'
	loader 64 frobnicate
	says "there is no command 'frobnicate'"
	loader 64 plan load
	loader 64 plan --frobnicate
	loader 64 plan --backend
	loader 64 plan --backend=
	loader 64 plan --backend foo
	says "'foo' is none of auto, kmod, ebpf"
	loader 64 status --backend kmod
	loader 64 plan --dry-run
	loader 64 load --kernel 5.4.0
	for bad in ../x -x 'a b' ..; do
		loader 64 build --kernel "$bad"
	done
	loader 64 plan -q -v
	for help in -h --help; do
		loader 0 "$help"
		says 'usage: sctrace-driver-loader COMMAND'
		[ ! -s "$tmp/err" ] || fail "help is no error"
	done
	for status in 3 64 69 71 72 75 77 80 81 82 83 84 85 86 87; do
		grep -q "\\<$status\\>" "$tmp/out" || fail "no $status in --help"
		grep -q "^.It $status\$" "$SCT_SRC/man/sctrace-driver-loader.8" || fail "no $status in the manual page"
	done
	loader 0 --version
	says 'sctrace-driver-loader of sctrace 0.1.0 (tables 00112233aabbccdd)'
}

test_quiet_and_verbose()
{
	module updates 0.1.0 00112233aabbccdd
	loader 0 load --quiet
	[ ! -s "$tmp/out" ] || fail "something is said"
	[ ! -s "$tmp/err" ] || fail "something is said"
	loader 0 unload -v
	says 'run: ' 'rmmod sctrace'
	file /fake/modprobe 'modprobe: ERROR: Key was rejected by service'
	loader 83 load --backend kmod -q
	[ ! -s "$tmp/out" ] || fail "not quiet"
	says "rejects the module's key" 'no Secure Boot on this machine'
}

# NAME SHELL TEST...: in a directory of its own, beside the others
run_under()
{
	tmp=$tmp/$1 shell=$2
	shift 2
	mkdir "$tmp"
	tools
	make_machine
	for test; do
		machine
		"$test"
	done
}

[ $# -gt 0 ] || eval "set -- $(sed -n 's/^\(test_[a-z_]*\)()$/\1/p' "$0" | tr '\n' ' ')"
for one in dash busybox; do
	command -v $one >/dev/null || { echo "$one is missing: scripts/setup --tests installs it"; exit 1; }
done
run_under dash "$(command -v dash)" "$@" &
first=$!
run_under busybox "$(command -v busybox) sh" "$@" &
second=$!
wait $first
status=$?
wait $second || exit
exit $status
