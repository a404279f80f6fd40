#!/bin/sh
# SPDX-License-Identifier: MIT
# Which backend is taken, and why: with no module, with one that nobody may use, with files in /dev
# that are not the module's, with a decision of sctrace-driver-loader.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

mkdir dev class
not_begun() { [ ! -e started ] || fail "the command was run"; }

# with STATUS MESSAGE ARGUMENT...: sctrace where /dev and /sys/class hold what the directories hold
with()
{
	want=$1 message=$2
	shift 2
	# shellcheck disable=SC2016 # of that shell
	expect "$want" "$message" unshare -m sh -c '
		mount --bind dev /dev && mount --bind class /sys/class && exec "$@"' sh "$SCTRACE" "$@"
}

# ---- no module ----

no_module='no module loaded \(/dev/sctrace0: No such file or directory\)'
with 0 "^sctrace: backend ebpf: $no_module\$" -v --backend auto -e mkdir -- true
with 0 "$totals" --backend auto -e mkdir -- true
! grep -q backend err || fail "it is told without -v" err
with 69 "^sctrace: $no_module: load it, with 'modprobe sctrace'\$" --backend kmod -- touch started
not_begun
with 0 '^sctrace: backend ebpf: asked for$' -v --backend ebpf -e mkdir -- true
! grep -q module err || fail "the module was tried" err

# a file that is left of a module that was unloaded
mknod dev/sctrace0 c 4094 0
with 0 '^sctrace: backend ebpf: no module loaded \(/dev/sctrace0: No such device' -v --backend auto -e mkdir -- true
with 69 "No such device or address\\): load it" --backend kmod -- touch started
not_begun
rm dev/sctrace0

# ---- a module, but nothing in /dev ----

mkdir class/sctrace class/sctrace/sctrace0
echo 240:0 >class/sctrace/sctrace0/dev
with 69 "the module is loaded, but .*/dev/sctrace0 is missing: .*'mknod -m 400 /dev/sctrace0 c 240 0'" \
	--backend kmod -- touch started
not_begun
with 0 '^sctrace: backend ebpf: the module is loaded, but' --backend auto -e mkdir -- true

# ---- what is there cannot be used ----

: >dev/sctrace0
with 69 '^sctrace: /dev/sctrace0 is not what the module makes: Inappropriate ioctl' --backend kmod -- touch started
not_begun
with 0 '^sctrace: backend ebpf: /dev/sctrace0 is not what the module makes' --backend auto -e mkdir -- true
has err "$totals"

chmod 0 dev/sctrace0
chmod 755 .
cp "$program" nobodys
# shellcheck disable=SC2016 # of that shell
nobody()
{
	expect 77 "$1" unshare -m sh -c 'mount --bind dev /dev && exec "$@"' sh \
		setpriv --reuid 65534 --regid 65534 --clear-groups ./nobodys --backend "$2" -- touch started
	not_begun
}
nobody '^sctrace: no permission to open /dev/sctrace0: run as root, or as a member of the group' kmod
nobody '^sctrace: no permission to load BPF programs: .*; backend kmod: no permission to open /dev/sctrace0' auto

# ---- what the loader has decided ----

mkdir run
boot=$(cat /proc/sys/kernel/random/boot_id)

# STATUS MESSAGE ARGUMENT...: sctrace where run/ holds what is said of this boot or another; no module
decided()
{
	want=$1 message=$2
	shift 2
	# shellcheck disable=SC2016 # of that shell
	expect "$want" "$message" unshare -m sh -c '
		mount --bind dev /dev && mount --bind class /sys/class && mount -t tmpfs run /run &&
		mkdir /run/sctrace && cp run/* /run/sctrace && exec "$@"' sh "$SCTRACE" "$@"
}

rm -rf dev/sctrace0 class/sctrace
printf 'backend=ebpf\nboot=%s\nreason=there are no headers\n' "$boot" >run/driver
decided 0 '^sctrace: backend ebpf goes first: so sctrace-driver-loader has decided \(there are no headers\)$' \
	-v --backend auto -e mkdir -- true
! grep -q 'module' err || fail "the module was tried" err
decided 0 "$totals" --backend auto -e mkdir -- true
! grep -q decided err || fail "it is told without -v" err
decided 69 'no module loaded' --backend kmod -- touch started	# asked for is asked for
not_begun
cp "$program" nobodys
# shellcheck disable=SC2016 # of that shell
expect 77 '^sctrace: no module loaded .*; backend ebpf: no permission to load BPF programs' unshare -m sh -c '
	mount --bind dev /dev && mount -t tmpfs run /run && mkdir /run/sctrace && cp run/* /run/sctrace &&
	chmod 755 /run/sctrace && exec "$@"' sh \
	setpriv --reuid 65534 --regid 65534 --clear-groups ./nobodys --backend auto -- touch started
not_begun

printf 'backend=kmod\nboot=%s\n' "$boot" >run/driver
decided 0 '^sctrace: backend ebpf: no module loaded' -v --backend auto -e mkdir -- true
printf 'backend=none\nreason=a bad day\nboot=%s\n' "$boot" >run/driver
decided 0 'loader could make no backend ready \(a bad day\)$' -v --backend auto -e mkdir -- true
has err '^sctrace: backend ebpf: no module loaded'
printf 'backend=ebpf\nboot=11111111-2222-3333-4444-555555555555\n' >run/driver
decided 0 'was decided before the machine was booted, and does not count$' -v --backend auto -e mkdir -- true
has err '^sctrace: backend ebpf: no module loaded'
head -c 100000 /dev/urandom >run/driver
decided 0 'does not count$' -v --backend auto -e mkdir -- true
rm run/driver
: >run/other
decided 0 'has decided nothing \(/run/sctrace/driver: No such file' -v --backend auto -e mkdir -- true

# ---- options that are for eBPF ----

printf 'no BTF' >file
for option in --perf-buffer --btf=file --bpf-object=file; do
	name=$(echo "${option#--}" | sed 's/=.*//; s/-/_/')
	expect 64 "^sctrace: option $name is for backend ebpf, and backend kmod is asked for\$" \
		"$SCTRACE" --backend kmod "$option" -- touch started
	not_begun
done
expect 0 '^sctrace: backend ebpf: option perf_buffer is for it alone$' \
	"$SCTRACE" -v --backend auto --perf-buffer -e mkdir -- true
expect 64 "unknown backend 'foo'; there are auto, kmod and ebpf" "$SCTRACE" --backend foo -- true

# ---- the module, where there is one ----

if [ -e /dev/sctrace0 ]; then
	for backend in auto kmod; do
		expect 0 '^sctrace: backend kmod: the module is loaded \(.*interface 2\)$' \
			"$SCTRACE" -v --backend $backend -e openat -- touch there
		has out 'openat\(dirfd=AT_FDCWD, name="there"'
		expect 0 "$totals" "$SCTRACE" --backend $backend -e openat -- touch there
		! grep -q 'backend' err || fail "it is told without -v" err
	done
fi
