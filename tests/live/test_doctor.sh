#!/bin/sh
# SPDX-License-Identifier: MIT
# sctrace doctor says yes where tracing works, and where it does not, no, why and what helps: with a program
# that the verifier refuses, with one that tells something wrong, with no module, without privileges.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"
[ "${SCT_BACKEND-}" != kmod ] || { echo "this is about eBPF programs"; exit 77; }
# shellcheck source=tests/live/objects.sh
. "$SCT_SRC/tests/live/objects.sh"

doctor() { want=$1 message=$2; shift 2; expect "$want" "$message" "$program" doctor "$@"; }
json() { jq -e "$1" out >/dev/null || fail "not so: $1" out; }

# ---- it works ----

doctor 0 '' --backend ebpf
has out '^ebpf +yes  a probe process was traced, and its 5 events came as they should$'
has out "^sctrace +[0-9.]+, library [0-9.]+, tables $("$program" --version | sed -n 's/.*(tables \(.*\))/\1/p')\$"
has out "^kernel +$(uname -r)\$"
has out '^rings +[0-9]+ of 4096 KiB, one for each CPU: [0-9]+ KiB for each session; [1-9][0-9]* KiB of memory are free$'
has out '^Tracing works\.$'
! grep -q -e kmod -e "$(printf '\033')" out || fail "more is said" out
doctor 0 '' --backend ebpf -b 1M --colour always
has out "^ebpf +$(printf '\033')\\[32myes"
has out '^rings +[0-9]+ of 1024 KiB'
doctor 0 '^sctrace: kernel memory is read by' --backend ebpf -v
doctor 0 '' -j --backend ebpf
json '.works and .status == 0 and (.backends | length == 1) and .memory_free > 0'
json '.backends[0] | .backend == "ebpf" and .works and .missing == [] and .rings > 0 and .ring_size == 4194304'
json '.tool == .library and (.tables | test("^[0-9a-f]{16}$"))'

# ---- no module: the loader says why, and what helps ----

if [ ! -e /dev/sctrace0 ]; then
	doctor 69 '' --backend kmod
	has out '^kmod +no   no module loaded'
	has out '^Tracing does not work as it should\.$'
	doctor 0 ''	# the other does
	has out '^kmod +no   no module loaded'
	has out '^ebpf +yes'

	mkdir bin sbin
	cp "$program" bin/sctrace
	cat >sbin/sctrace-driver-loader <<-'LOADER'
		#!/bin/sh
		echo "$@" >>asked
		printf '%s\n' '{"status": 80, "reason": "there are no headers", "remedy": "install them\nand call again",
		       "installed": {"file": "/x/sctrace.ko", "version": "0.0.1", "tables": "00ff"}}'
	LOADER
	chmod 755 sbin/sctrace-driver-loader
	expect 69 '' bin/sctrace doctor --backend kmod
	has asked '^plan --backend kmod --json$'
	has out '^ +there are no headers$'
	has out '^ +and call again$'
	has out '^ +0\.0\.1 is installed, tables 00ff$'
	expect 0 '' bin/sctrace doctor -j
	json '.works and .installed.version == "0.0.1" and .loaded == null'
	json '.backends[0] | .works == false and .loader == "there are no headers" and .remedy == "install them\nand call again"'
	echo 'echo "{\"status\": 0, \"reason\": \"it fits\", \"remedy\": \"the last build failed, see /x/log\"}"' >sbin/sctrace-driver-loader
	sed -i '1i#!/bin/sh' sbin/sctrace-driver-loader
	expect 69 '' bin/sctrace doctor --backend kmod
	has out "sctrace-driver-loader can make it ready: call 'sctrace-driver-loader load'\$"
	has out '^ +the last build failed, see /x/log$'
	for bad in 'echo nonsense' 'exit 1' 'echo "[1]"'; do
		printf '#!/bin/sh\n%s\n' "$bad" >sbin/sctrace-driver-loader
		expect 69 '' bin/sctrace doctor --backend kmod
	done
	# the real one
	cp "$SCT_SRC/scripts/sctrace-driver-loader" sbin/
	expect 69 '' bin/sctrace doctor --backend kmod
	if [ ! -e /proc/modules ]; then
		has out '^ +this kernel takes no modules \(CONFIG_MODULES\)$'
	fi
fi

# ---- privileges ----

chmod 755 .
cp "$program" nobodys
expect 77 '' setpriv --reuid 65534 --regid 65534 --clear-groups ./nobodys doctor
has out '^ebpf +no   no permission to load BPF programs'
expect 77 '' setpriv --reuid 65534 --regid 65534 --clear-groups ./nobodys doctor -j --backend ebpf
json '.works == false and .status == 77'

# ---- usage ----

for option in '-e openat' '-p 1' '-o x' -q --enter '-s 5' '-t none' '-- true' 'true'; do
	# shellcheck disable=SC2086 # words
	doctor 64 'doctor takes no command' $option
done
doctor 64 "unknown backend 'foo'; there are auto" --backend foo

# ---- a program that the verifier refuses, and one that tells another argument ----

bad sct_sys_exit__mkdirat_x
doctor 0 '' --backend ebpf --bpf-object sct_sys_exit__mkdirat_x/sctrace.bpf.o
has out "^ +event mkdirat is missing: this kernel's verifier refuses program sct_sys_exit__mkdirat_x\$"
[ "$(grep -c 'is missing' out)" -eq 1 ] || fail "more events are missing" out
has out '^ebpf +yes'
doctor 0 '' -j --backend ebpf --bpf-object sct_sys_exit__mkdirat_x/sctrace.bpf.o
json '.backends[0].missing == [{event: "mkdirat", reason: "this kernel'"'"'s verifier refuses program sct_sys_exit__mkdirat_x"}]'

bad sct_sys_exit__lseek_x
doctor 70 '' --backend ebpf --bpf-object sct_sys_exit__lseek_x/sctrace.bpf.o
has out '^ebpf +no   it opens, but of a probe process, lseek did not come$'
has out '^ +event lseek is missing'

other '/^SCT_EVENT(lseek_x,/,/)))/s/\(P(offset,.*ARG\)(1)/\1(2)/'
doctor 70 '' --backend ebpf --bpf-object other/build/sctrace.bpf.o
has out '^ebpf +no   it opens, but of a probe process, lseek came with a wrong offset$'
