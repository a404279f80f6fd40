#!/bin/sh
# SPDX-License-Identifier: MIT
# sctrace-driver-loader: the other commands, JSON, locks, options
#
# shellcheck disable=SC2317 # tests are called by name
# shellcheck source=tests/unit/loader/machine.sh
. "$SCT_SRC/tests/unit/loader/machine.sh"

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

test_unload_that_fails()
{
	loaded 0.1.0 00112233aabbccdd 0
	file /fake/rmmod "rmmod: can't unload module 'sctrace': Device or resource busy"
	loader 85 unload
	says 'Device or resource busy'
	file /fake/rmmod "rmmod: can't unload module 'sctrace': Resource temporarily unavailable"
	loader 85 unload
	file /fake/rmmod 'rmmod: ERROR: could not remove module sctrace: Operation not permitted'
	loader 77 unload
	says 'may not unload the module' 'on the host'
	file /proc/sys/kernel/modules_disabled 1
	loader 84 unload
	says 'kernel.modules_disabled is 1'
	no_program rmmod
	loader 71 unload
	says 'the module cannot be unloaded: '
	grep -q '^sctrace ' "$SCTRACE_ROOT/proc/modules" || fail "it was unloaded"
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
	no_program dkms
	module updates 0.1.0 00112233aabbccdd
	file /fake/depmod 'depmod: ERROR: no'
	loader 71 clean
	says 'cannot remove what was built: depmod: ERROR: no'
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

test_lock_that_cannot_be_made()
{
	mkdir -p "$SCTRACE_ROOT/run/sctrace/driver.lock"
	loader 71 load
	says "cannot write $SCTRACE_ROOT/run/sctrace/driver.lock"
}

test_no_temporary_directory()
{
	export TMPDIR=/nowhere
	loader 71 plan
	says 'cannot make a temporary directory'
	unset TMPDIR
}

# What it was doing is ended, and nothing of it stays.
test_signals()
{
	module updates 0.1.0 00112233aabbccdd
	rm "$tmp/tools/flock" "$SCTRACE_ROOT/bin/modprobe"
	mkdir "$tmp/temporary"
	export TMPDIR="$tmp/temporary"
	# shellcheck disable=SC2016 # for that shell
	for signal in HUP:129 TERM:143; do
		printf '#!/bin/sh\nkill -%s $PPID\n' "${signal%:*}" >"$SCTRACE_ROOT/bin/modprobe"
		chmod 755 "$SCTRACE_ROOT/bin/modprobe"
		loader "${signal#*:}" load
		[ ! -e "$SCTRACE_ROOT/run/sctrace/driver.lock.d" ] || fail "the lock stays"
		[ ! "$(ls "$TMPDIR")" ] || fail "the temporary directory stays"
		no_state
	done
	unset TMPDIR
	ln -s "$(command -v flock)" "$tmp/tools/flock"
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

run_tests "$@"
