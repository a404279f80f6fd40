#!/bin/sh
# SPDX-License-Identifier: MIT
# CPUs that come and go are told in between: seen in a file in place of the machine's, that is changed.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

unshare -m true 2>/dev/null || { echo "no mount namespaces"; exit 77; }

cat >change <<-'SCRIPT'
	#!/bin/sh
	sleep 0.3
	echo 0 >/sys/devices/system/cpu/online
	sleep 1.5
	echo 0-1 >/sys/devices/system/cpu/online
	sleep 1.5
SCRIPT
chmod 755 change

# The same CPUs, in a place of our own.
mkdir fake
cp /sys/devices/system/cpu/possible fake/
echo 0-1 >fake/online
for cpu in /sys/devices/system/cpu/cpu[0-9]*; do mkdir "fake/${cpu##*/}"; done
cat >faking <<-'SCRIPT'
	#!/bin/sh
	echo 0-1 >fake/online
	mount --bind fake /sys/devices/system/cpu
	exec "$@"
SCRIPT
chmod 755 faking

[ "$(getconf _NPROCESSORS_CONF)" -ge 2 ] || { echo "one CPU"; exit 77; }
expect 0 "$totals" unshare -m ./faking "$SCTRACE" -e mkdir -- ./change
has out '^[0-9:.]+ 1 --- cpu_hotplug \{cpu=1, action=CPU_DEAD\} ---$'
has out '^[0-9:.]+ 1 --- cpu_hotplug \{cpu=1, action=CPU_ONLINE\} ---$'
expect 0 "$totals" unshare -m ./faking "$SCTRACE" -j -e mkdir,close -- ./change
jq -es 'map(select(.event == "cpu_hotplug")) | length == 2 and .[0].args.cpu == 1 and
	.[0].args.action.names == ["CPU_DEAD"] and .[1].args.action.names == ["CPU_ONLINE"] and
	.[1].ts - .[0].ts > 1e9 and .[1].ts - .[0].ts < 3e9' out >/dev/null || fail "JSON" out
jq -es '[.[].ts] | . == sort' out >/dev/null || fail "not in order" out
