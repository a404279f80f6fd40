#!/bin/sh
# SPDX-License-Identifier: MIT
# Real programs, once under strace and once under sctrace: both show the same calls.
set -u

[ "$(id -u)" -eq 0 ] || { echo "tracing needs root"; exit 77; }
[ "$(uname -m)" = x86_64 ] || { echo "only x86-64 is decoded"; exit 77; }
for tool in strace python3 jq setarch; do
	command -v "$tool" >/dev/null || { echo "$tool is not there"; exit 77; }
done
setarch -R true || { echo "addresses stay random here"; exit 77; }
strace -o /dev/null true || { echo "strace does not work here"; exit 77; }

# A file system that nobody else uses: cp takes files in the order of their inode numbers, which on a disk
# changes when somebody makes or removes files between the two runs.
if [ "${1-}" != mounts ]; then
	unshare -m true || { echo "no mount namespaces"; exit 77; }
	exec unshare -m "$0" mounts
fi
tmp=$(mktemp -d) || exit 1
trap 'cd /; umount "$tmp"; rmdir "$tmp"' EXIT
mount -t tmpfs none "$tmp" || exit 1
live=$SCT_BUILD/tests/live
diff=$SCT_SRC/tests/live/strace_diff.py
snaplen=16384
failed=0

# A data directory, the same for both runs.
prepare()
{
	rm -rf "$tmp/data"
	mkdir -p "$tmp/data/dir/sub" &&
	cd "$tmp/data" &&
	printf 'pear\napple\nfig\n' >fruit &&
	seq 1 2000 >numbers &&
	printf '#!/bin/cat\nshown by its interpreter\n' >script.cat &&
	chmod 755 script.cat &&
	cp fruit dir/sub/one && ln -s fruit dir/link && : >dir/empty &&
	touch -hd '2020-01-02 03:04:05 UTC' dir/link fruit numbers dir/sub/one dir/sub dir/empty dir
}

# What sctrace shows raw, strace shall show raw.
raw=$("$SCTRACE" list syscalls -j |
	jq -r 'select(.event == "syscall" and .x86_64 >= 0) | "?" + .name' | tr '\n' ',')
raw=$raw$(sed -n "s/^SHOWN_RAW = (\(.*\))/\1/p" "$diff" | tr -d "' ")

# No address is random, and both runs begin with the same environment: it is on the stack.
same()
{
	env -i PATH=/usr/bin:/bin LC_ALL=C TZ=UTC setarch -R "$@" </dev/null >"$tmp/out"
}

# What every program reads: an installation may replace it between the two runs.
linker_cache()
{
	stat -c '%i %s %z' /etc/ld.so.cache 2>/dev/null
}

# try NAME RULES LEAST COMMAND...: RULES are those of strace_diff.py
try()
{
	name=$1 rules=$2 least=$3
	shift 3
	until
		cache=$(linker_cache)
		prepare || exit 1
		rm -f "$tmp/strace.$name".*
		same strace -ff -q -o "$tmp/strace.$name" -X raw -v -xx -s $snaplen \
			-e raw="$raw" -- "$@" 2>"$tmp/err"
		status=$?
		prepare || exit 1
		same "$SCTRACE" -q -j -s $snaplen -b 16M -o "$tmp/json.$name" -- "$@" \
			2>"$tmp/err.sctrace"
		got=$?
		[ "$cache" = "$(linker_cache)" ]
	do :; done
	if [ $got -ne $status ] || ! cmp -s "$tmp/err" "$tmp/err.sctrace"; then
		echo "$name: exit status $status with strace, $got with sctrace; they said:"
		cat "$tmp/err" "$tmp/err.sctrace"
		failed=1
		return
	fi
	case $1 in
	"$live"/*)	# they end with 1 when a call fails that must not
		[ $status -ne 1 ] || { echo "$name: it does not work here: $(cat "$tmp/err")"; failed=1; return; } ;;
	esac
	python3 "$diff" --except "$rules" --least "$least" "$name" "$tmp/strace.$name" \
		"$tmp/json.$name" || failed=1
}

# must_differ WHAT SED FILE: after that change the comparison of ls fails and says what differs
must_differ()
{
	sed "$2" "$tmp/$3" >"$tmp/changed"
	if cmp -s "$tmp/changed" "$tmp/$3"; then
		echo "no $1 to change in $3"
		failed=1
	elif python3 "$diff" ls "$tmp/strace.ls" "$tmp/changed" >"$tmp/said" ||
	     ! grep -q "$1" "$tmp/said" || ! grep -q '> strace' "$tmp/said" ||
	     ! grep -q '> sctrace' "$tmp/said"; then
		echo "a changed $1 is not found, or not shown:"
		cat "$tmp/said"
		failed=1
	fi
}

try ls '' 80 /bin/ls -l fruit dir
must_differ name 's/"name":"dir"/"name":"dis"/' json.ls
must_differ length 's/"length":8192/"length":8193/' json.ls
must_differ result 's/"fd":3},"ret":0}/"fd":3},"ret":1}/' json.ls
must_differ error 's/"error":"ENOENT"/"error":"EPERM"/' json.ls
must_differ op 's/"op":{"value":4098/"op":{"value":4099/' json.ls
must_differ 'another call' '/"event":"close"/{n;d}' json.ls

try cat '' 25 /bin/cat fruit numbers nothing
try cp '' 60 /bin/cp -p fruit copy
try cp-r '' 80 /bin/cp -r dir copies
try mv '' 50 /bin/mv fruit dir/moved
try rm '' 50 /bin/rm -r dir
try mkdir '' 50 /bin/mkdir -p -m 700 a/b/c
try ln '' 25 /bin/ln fruit hard
try ln-s '' 25 /bin/ln -s ../fruit dir/soft
try stat '' 40 /usr/bin/stat -c '%n %s %a %F' fruit dir nothing
try touch '' 25 /bin/touch -d @1000000000 fruit new
try chmod '' 40 /bin/chmod -R o-rwx dir
try sort '' 40 /usr/bin/sort --parallel=1 fruit
try wc '' 25 /usr/bin/wc numbers fruit
try head '' 25 /usr/bin/head -n 3 numbers
try dd '' 25 /bin/dd if=numbers of=part bs=512 skip=1 count=3 status=none
try date '' 25 /bin/date -u -d @1000000000
try id '' 60 /usr/bin/id
try find '' 80 /usr/bin/find . -type f -size -2 -newermt 2019-01-01 -name '*e*'
try interpreter '' 25 ./script.cat

# shellcheck disable=SC2016 # for that shell
try shell restart,sigreturn,wait 400 /bin/sh -c '
	for i in 1 2 3; do
		echo "turn $i" >>log
		[ -s log ] && wc -c <log
	done
	sort fruit | head -n 1 2>&1 | tr a-z A-Z
	cat nothing 2>/dev/null || cd dir
	(cd sub && exec cat one)
	x=$(cat <<-END
		here
	END
	)
	echo "$x" >&2
	umask 027; : >made; kill -0 $$
	exit 3'

try tcp '' 60 "$live/prog_tcp"
try sockets '' 120 "$live/prog_sockets"
try threads futex 450 "$live/prog_threads"
try forks '' 500 "$live/prog_forks"

exit $failed
