#!/bin/sh
# SPDX-License-Identifier: MIT
# sctrace-driver-loader: the module that is loaded or installed, and kernels that take none
#
# shellcheck disable=SC2317 # tests are called by name
# shellcheck source=tests/unit/loader/machine.sh
. "$SCT_SRC/tests/unit/loader/machine.sh"

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
	for sign in /run/.containerenv /.dockerenv /run/systemd/container; do
		file "$sign" ''
		loader 80 load --backend kmod
		says "this container has no /lib/modules/$kernel" 'on the host'
		gone "$sign"
	done
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

run_tests "$@"
