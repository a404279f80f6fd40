#!/bin/sh
# SPDX-License-Identifier: MIT
# The command line: what it accepts, what it says, and how it ends.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

# A trace of one rare event: quickly loaded.
rare() { want=$1 message=$2; shift 2; expect "$want" "$message" "$SCTRACE" -e mkdir "$@"; }

# ---- the command's status is ours ----

rare 0 "$totals" -- true
rare 3 "$totals" -- sh -c 'exit 3'
rare 137 "$totals" -- sh -c 'kill -KILL $$'
rare 143 "$totals" -- sh -c 'kill -TERM $$'
rare 127 'cannot run no-such-command: No such file' -- no-such-command
rare 127 'cannot run \./no/such: No such file' -- ./no/such
: >plain
rare 126 'cannot run \./plain: Permission denied' -- ./plain
rare 126 'cannot run /: ' -- /
# options behind the command are the command's
rare 0 '' -- ls -d --color /
rare 0 '' ls -d --color /

# ---- what is said when it has begun ----

rare 0 '^sctrace: tracing sh, process [0-9]+$' -- sh -c 'echo "$$" is it >&2'
awk '/^sctrace: tracing/ { pid = $NF } / is it$/ { ok = $1 == pid && NR == 2 } END { exit !ok }' err ||
	fail "not before the command, or not its number" err
expect 0 '' "$SCTRACE" -q -e mkdir -- true
[ ! -s err ] || fail "-q and a message" err
until_it_runs()	# MESSAGE OPTION...
{
	test=$1
	shift
	env --default-signal=INT "$SCTRACE" -o out -e mkdir "$@" 2>err &
	wait_for grep -Eq "^sctrace: tracing $test\$" err
	mkdir noted
	rmdir noted
	kill -s INT $!
	wait $! || fail "exit status $?" err
	has err "$totals"
}
until_it_runs "process $$ and what it starts" -p $$
has out ' mkdir\(.*"noted"'
sleep 100 &
sleeper=$!
until_it_runs "2 processes and what they start" -p $sleeper,$$
has out ' mkdir\(.*"noted"'
kill $sleeper

# ---- wrong usage ----

usage() { message=$1; shift; expect 64 "^sctrace: .*$message" "$SCTRACE" "$@"; }

usage "unknown event 'opnat'; did you mean 'openat'\?" -e opnat -- true
usage "unknown event 'zzzzzzzzzzzz'; .*sctrace list" -e openat,zzzzzzzzzzzz -- true
usage "unknown event 'OPENAT'" -e OPENAT -- true
usage "unknown event 'loss'" -e loss -- true
usage 'list of events is empty' -e '' -- true
usage 'list of events is empty' -e , -- true
usage 'list of events is empty' -e '!' -- true
for n in 0 16385 99999 4294967300; do usage 'snaplen must be 1 to 16384' -s $n -- true; done
for n in 0 16385 17K; do usage 'size must be 1 to 16384' --argv-max $n -- true; done
for n in x '' -1 1k 99999999999999999999; do usage "'$n' is not a number" -s "$n" -- true; done
for n in x '' -1 1x 1KK 99999999999999999999 1048577G; do
	usage "'$n' is not a size" -b "$n" -- true
done
usage 'must have a size' -b 0 -- true
usage 'above the limit of 1 GiB' -b 2G -- true
usage "'foo' is none of absolute, relative, delta, none" -t foo -- true
usage "'foo' is none of auto, always, never" --colour foo -- true
usage "unknown backend 'foo'; there are auto" --backend foo -- true
for n in abc 1,abc -1 4294967296000000000000; do usage 'is not a number' -p "$n"; done
for n in 0 4294967297; do usage "'$n' is not a process id" -p "$n"; done
for n in '' ','; do usage 'no process id given' -p "$n"; done
usage 'a command and -p exclude each other' -p $$ -- true
usage 'files must have a size' -o x -C 0 -- true
usage '-C wants a file' -C 1M -- true
usage '-C wants a file' stat -o x -C 1M -- true
usage '-W wants a size' -o x -W 3 -- true
for n in 0 100001; do usage 'number of files must be 1 to' -o x -C 1M -W $n -- true; done
expect 64 "unrecognized option '--nonsense'" "$SCTRACE" --nonsense
expect 64 "requires an argument" "$SCTRACE" -e

# ---- what is not there, or not allowed ----

sleep 0 &
gone=$!
wait $gone
rare 66 "no process with id $gone" -p $gone
rare 66 'no process with id 99999999' -p 99999999
expect 74 'cannot open /no/such/file: No such file' "$SCTRACE" -o /no/such/file -- touch started
[ ! -e started ] || fail "the command was run"
ebpf() { want=$1 message=$2; shift 2; expect "$want" "$message" "$SCTRACE" --backend ebpf "$@"; }
ebpf 64 'BTF file /no/such/btf: No such file' --btf /no/such/btf -- true
ebpf 69 'with the BTF of plain: ' --btf plain -- true
ebpf 64 'cannot open the BPF object /no/such.o: No such file' --bpf-object /no/such.o -- true
ebpf 64 'cannot open the BPF object plain: ' --bpf-object plain -- true
ebpf 64 'cannot open the BPF object /bin/sh: ' --bpf-object /bin/sh -- true

# Others may not enter the directories of the build, nor of the test.
chmod 755 .
cp "$program" nobodys
expect 77 'no permission to load BPF programs: run as root, or with CAP_BPF' \
	setpriv --reuid 65534 --regid 65534 --clear-groups ./nobodys --backend ebpf -e mkdir -- touch started
expect 77 'no permission to load BPF programs' \
	setpriv --bounding-set=-all --inh-caps=-all "$SCTRACE" --backend ebpf -e mkdir -- touch started
[ ! -e started ] || fail "the command was run"

expect 71 'cannot load .*ulimit -n' sh -c "ulimit -n 64; exec '$SCTRACE' --backend ebpf -- touch started"
[ ! -e started ] || fail "the command was run"

in_namespace() { expect "$1" "$2" unshare -m sh -c "mount -t tmpfs none /sys/kernel/btf && $3"; }
in_namespace 69 'this kernel gives no BTF.*--btf' "exec '$SCTRACE' --backend ebpf -e mkdir -- touch started"
[ ! -e started ] || fail "the command was run"
expect 69 "must run in the host's pid namespace" unshare -p -f --mount-proc "$SCTRACE" -- true
cp /sys/kernel/btf/vmlinux btf
rare 0 "$totals" --backend ebpf --btf btf -- true
in_namespace 0 "$totals" "exec '$SCTRACE' --backend ebpf --btf btf -e openat -- head -c 1 btf"
has out 'openat\(dirfd=AT_FDCWD, name="btf", flags=O_RDONLY, mode=0, dev=[0-9]+:[0-9]+, ino=[1-9]'

# ---- output ----

touched='openat\(dirfd=AT_FDCWD, name="there", flags=O_WRONLY\|O_CREAT\|.* = [0-9]+$'
t() { expect 0 "$totals" "$SCTRACE" "$@" -e openat -- touch there; }
t
has out "^[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{9} [0-9]+ touch\[[0-9]+\] $touched"
t -t absolute
has out "^[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{9} [0-9]+ touch\[[0-9]+\] $touched"
for how in relative delta; do
	t -t $how
	head -n 1 out >first
	has first '^0\.000000000 '
	has out "^[0-9]+\.[0-9]{9} [0-9]+ touch\[[0-9]+\] $touched"
done
t --time=none
has out "^[0-9]+ touch\[[0-9]+\] $touched"
t -o file
[ ! -s out ] || fail "-o and standard output" out
has file "$touched"
t --colour always
has out "$(printf '\033')\["
t --colour always -o file
has file "$(printf '\033')\["
t
! grep -q "$(printf '\033')" out || fail "colours in a file" out
t -v
has err '^sctrace: backend (kmod|ebpf): '
t -s 16384 -b 64K
has out "$touched"
t -b 1
has out "$touched"

expect 0 '' "$SCTRACE" -q -e openat -- touch there
[ ! -s err ] || fail "-q and a message" err
expect 0 '' "$SCTRACE" -q -e '!openat,mmap' -e close -- touch there
! grep -Eq ' (openat|mmap|close)\(' out || fail "what is left out is there" out
has out 'execve\('
expect 0 '' "$SCTRACE" -q -e openat -e mkdir --enter -- touch there
has out 'openat\(dirfd=AT_FDCWD, name="there", flags=O_WRONLY\|O_CREAT\|.*, mode=0666\) \.\.\.$'
printf 'hello world' >text
expect 0 '' "$SCTRACE" -q -e read -s 5 -- dd if=text of=copy bs=64 status=none
has out 'read\(data="hello"\.\.\., fd=0, size=64\) = 11$'

# strings of 16 bytes with their NUL; what is kept ends with a NUL, too
# In an environment of its own: a program that a longer PATH does not find at once is tried several
# times, and that leaves no room in the ring, nor does a large environment.
long() { expect 0 '' env -i PATH=/usr/bin:/bin "$SCTRACE" -q -j -e execve "$@" -- ./long; }
cat >long <<'SCRIPT'
#!/bin/sh
args=$(seq 100000000000001 100000000000700)
exec /usr/bin/env -i A=1 $(echo "$args" | sed s/^/V/ | sed s/$/=/ | sed s/V1000/V/) ./true $args
SCRIPT
chmod 755 long
cp /bin/true ./true
whole()	# SIZE: what is there of the last execve's arguments
{
	jq -es 'map(select(.enter | not)) | .[-1] | .args |
		.argv_size == 7 + 700 * 16 and .env_size == 4 + 700 * 14 and
		([.args[] | length + 1] | add) == '"$1"' and
		.args[0] == "100000000000001" and .args[4] == "100000000000005"' out >/dev/null ||
		fail "arguments of $1 bytes" out
}
long
whole 4096
jq -es 'map(select(.enter | not)) | .[-1] | .cut | contains(["args", "env"])' out >/dev/null || fail "nothing cut" out
long --argv-max 16K -b 64K
whole $((700 * 16))
jq -es 'map(select(.enter | not)) | .[-1] | (.cut == null) and
	(.args.env | length == 701 and .[0] == "A=1" and .[700] == "V00000000700=")' out >/dev/null || fail "environment" out
long --argv-max 100
whole 100

# less is kept where no program is executed, unless asked for: of a flood of failures each costs little
cat >fails <<'SCRIPT'
#!/bin/sh
exec env -i A="$(seq 1000)" /no/such/program $(seq 1000)
SCRIPT
chmod 755 fails
failed()	# SIZE OPTION...: of what the last execve, which fails, was given
{
	size=$1
	shift
	expect 127 '' env -i PATH=/usr/bin:/bin "$SCTRACE" -q -j -e execve "$@" -- ./fails
	jq -es 'map(select(.args.filename == "/no/such/program" and .ret == -2)) | length == 1 and (.[0] |
		(.args.env | length == 1 and (.[0] | length + 1) == '"$size"') and (.cut | contains(["args", "env"])))' out >/dev/null ||
		fail "an environment of $size bytes" out
}
failed 256
failed 3000 --argv-max 3000

expect 0 '' "$SCTRACE" -q -Z -e 'openat,exec*' -- sh -c 'cat /no/such 2>&-; :'
has out '/no/such".* = -1 ENOENT'
! grep -q ' = [0-9]' out || fail "a call that succeeded is there" out
expect 0 '' "$SCTRACE" -q -z -e 'openat,exec*' -- sh -c 'cat /no/such 2>&-; :'
has out ' openat\(.* = [0-9]'
! grep -q -e ' = -1' -e '\.\.\.$' out || fail "a call that failed or has not ended is there" out
expect 0 '' "$SCTRACE" -q -T -e '*nanosleep,openat' -- sh -c 'cat there; sleep 0.1'
has out 'nanosleep\(.* = 0 <0\.[1-9][0-9]{5}>$'
! grep -v -q '> *$' out || fail "a call without a duration" out
expect 0 '' "$SCTRACE" -q -T --perf-buffer -j -e '*nanosleep' -- sleep 0.1
jq -es 'length == 1 and .[0].duration > 1e8 and .[0].duration < 1e10' out >/dev/null || fail "duration" out
usage '-z and -Z exclude each other' -z -Z -- true
usage '--enter excludes -z and -Z' -Z --enter -- true

# the totals add up
expect 0 "$totals" "$SCTRACE" -b 1 -- sh -c 'for i in 1 2 3 4 5 6 7 8 9; do /bin/true; done'
grep -E "$totals" err | tr -dc '0-9 \n' | awk '{ if ($1 != $2 + $3 + $4) exit 1 }' || fail "totals" err

# Files of a limited size: a limited number of them, all lines whole, the latest in the first.
mkdir files
# shellcheck disable=SC2016 # for that shell
expect 0 '' "$SCTRACE" -q -j -o files/out -C 2000 -W 3 -e openat,exit_group -- sh -c \
	'i=0; while [ $i -lt 40 ]; do : <out; i=$((i + 1)); done'
[ "$(cd files && echo *)" = "out out.1 out.2" ] || fail "not three files: $(echo files/*)"
for file in files/*; do
	[ "$(wc -c <"$file")" -le 2000 ] || fail "$file is too large"
	jq -e .event "$file" >/dev/null || fail "a line of $file is not whole"
done
[ "$(tail -n 1 files/out | jq -r .event)" = exit_group ] || fail "the end is not in the first file" files/out
cp files/out kept
expect 0 '' "$SCTRACE" -q -j -o files/out -C 2000 -W 3 -e exit_group -- true
cmp files/out.1 kept || fail "what was there is not kept"
[ "$(cd files && echo *)" = "out out.1 out.2" ] || fail "not three files: $(echo files/*)"
for option in file-count files; do	# the second is its name of old
	expect 0 '' "$SCTRACE" -q -j -o files/out --file-size 2000 --$option=2 -e exit_group -- true
	usage 'number of files must be 1 to' -o x -C 1M --$option 0 -- true
done
rm files/out.2
mkdir -p files/out.2/full
expect 74 'cannot open files/out: ' "$SCTRACE" -q -j -o files/out -C 2000 -W 3 -e exit_group -- true

# ---- JSON: each line, its members, their types (docs/json.md) ----

# shellcheck disable=SC2016 # the command's variable
expect 0 '' "$SCTRACE" -q -j -- sh -c 'echo "$0" >there; cat /no/such 2>&-; :' "$(printf '\303\244\377')"
# shellcheck disable=SC2016 # jq's variables
jq -es 'def is($t): type == $t; def may($t): . == null or type == $t;
	(.[0].event == "execve" and .[0].enter) and (.[-1].event == "procexit") and
	all(.[]; (.time | test("^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9][.][0-9]{9}Z$")) and
		(.ts | is("number")) and (.cpu | is("number")) and (.seq | is("number")) and
		(.event | is("string")) and (.enter | is("boolean")) and .abi == "x86_64" and
		(.pid | is("number")) and (.tid | is("number")) and (.ppid | is("number")) and
		(.comm | is("string")) and (.exe | is("string")) and (.uid == 0) and
		(.cgroup | is("string")) and (.args | is("object")) and
		has("ret") and (.ret | may("number")) and
		(if has("error") then (.error | is("string")) and .ret < 0 else (.ret // 0) >= 0 or .ret < -4095 end) and
		(if has("cut") then (.cut | is("array")) else true end) and
		(if has("faulted") then (.faulted | is("array")) else true end)) and
	any(.[]; .event == "openat" and .args.name == "there" and .ret >= 0 and
		(.args.flags.names | index("O_CREAT"))) and
	any(.[]; .event == "openat" and .args.name == "/no/such" and .error == "ENOENT" and .ret == -2) and
	any(.[]; .event == "write" and .args.data.base64 == "w6T/Cg==" and .args.data.size == 4)' out >/dev/null ||
	fail "JSON" out

# what the command prints does not get between
expect 0 'hello' "$SCTRACE" -j -e openat -- echo hello
jq -es 'length > 0' out >/dev/null || fail "JSON and the command's output" out
t -j -o file
jq -es 'length > 0' file >/dev/null || fail "JSON in a file" file

# ---- lists ----

list() { expect 0 '' "$SCTRACE" list "$@"; }
list events
has out '^openat +file '
list events -j
jq -es 'length > 100 and all(.[]; (.name | type == "string") and (.category | type == "string") and
	(.syscall | type == "boolean") and (.params | type == "array")) and
	([.[].name] | length == (unique | length))' out >/dev/null || fail "JSON" out
list syscalls
has out '^openat +x86-64 +257 +i386 +295 +arm64 +56 +event openat$'
list -j syscalls
jq -es 'length > 300 and all(.[]; (.name | type == "string") and (.x86_64 | type == "number") and
	(.event | type == "string")) and any(.[]; .name == "openat" and .i386 == 295)' out >/dev/null ||
	fail "JSON" out
list types
has out '^OPEN_FLAGS +flags '
list types --json
jq -es 'length > 30 and all(.[]; (.token | type == "string") and (.size | type == "number"))' out >/dev/null ||
	fail "JSON" out
list event openat
has out '^ +flags +OPEN_FLAGS '
has out '^ +O_CREAT +0x40$'
list event openat -j
jq -e '.name == "openat" and ([.params[].name] | index("dirfd"))' out >/dev/null || fail "JSON" out
list event getppid
has out 'arg5'
list --help
has out '^usage: sctrace list'
usage "no event or system call 'nonsense'" list event nonsense
usage "no event or system call 'nonsense'" list event nonsense -j
usage 'which one' list event
usage 'usage: sctrace list' list
usage 'usage: sctrace list' list nonsense
usage "no set, event or system call 'more'" list events more
usage 'usage: sctrace list' list event openat more
usage 'invalid option' list -x
expect 74 'cannot write to standard output' sh -c "'$SCTRACE' list events >/dev/full"

# ---- help ----

for option in --help -h; do
	expect 0 '' "$SCTRACE" $option
	has out '^Usage: sctrace '
	for word in --events --pid --json --time --output --snaplen --ring-size --enter --btf --bpf-object --quiet --verbose; do
		has out "[ ,]$word"
	done
done
for option in --version -V; do
	expect 0 '' "$SCTRACE" $option
	has out '^sctrace [0-9]+\.[0-9]+\.[0-9]+ \(tables [0-9a-f]{16}\)$'
done
