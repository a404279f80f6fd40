#!/bin/sh
# SPDX-License-Identifier: MIT
# Sets: each class has the calls that strace has in it, and words of -e mean what they say.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

[ "$(uname -m)" = x86_64 ] || { echo "only x86-64 is decoded"; exit 77; }
command -v strace >/dev/null || { echo "strace is not there"; exit 77; }

# ---- the classes: a program makes each call, strace shows those of the class ----

# strace_calls SET: the names of those that it knows
strace_calls()
{
	status=0
	strace -qq -o calls -e trace="$1" -e signal=none "$SCT_BUILD/tests/live/prog_numbers" || status=$?
	[ "$status" -eq 42 ] || { echo "seccomp or strace does not work here: $status"; exit 77; }
	sed -n '/^syscall_/d; s/^\([a-z_0-9]*\)(.*/\1/p' calls | sort -u
}

test=classes
strace_calls all >known
[ "$(wc -l <known)" -gt 300 ] || fail "strace knows few calls" known
for set in $("$SCTRACE" list sets | sed -n 's/^\(%[^ ]*\) .*/\1/p'); do
	# what is a category of ours alone, strace does not know
	strace -o /dev/null -e trace="$set" true 2>/dev/null || continue
	strace_calls "$set" >theirs
	"$SCTRACE" list syscalls "$set" | sed 's/ .*//' | sort | comm -12 - known >ours
	cmp -s theirs ours || { diff theirs ours >differ || :; fail "$set: < strace's, > ours" differ; }
	echo "$set" >>compared
done
[ "$(wc -l <compared)" -ge 17 ] || fail "few sets were compared" compared

# ---- what words select ----

# selects WORDS YES NO: of what sh does
work='cat there; mkdir new; rmdir new; kill -URG $$; /bin/true'
: >there
selects()
{
	expect 0 "$totals" "$SCTRACE" -e "$1" -- sh -c "$work"
	[ -z "$2" ] || has out " $2"
	! grep -Eq " ($3)" out || fail "there is $3" out
}

selects %file 'mkdir\(' 'read\(|mmap\(|\+\+\+|---'
selects trace=%file 'mkdir\(' 'read\('
selects '%file,!open*,mkdir' 'rmdir\(' 'openat\(|mkdir\('
selects '%signal' '--- SIGCHLD' 'openat\('
selects '%signal' 'kill\(' 'openat\('
selects '%process' '\+\+\+ exited with 0' 'openat\(|--- procfork'
selects 'switch*' '--- switch' 'openat\('
selects 'mk*,rmd?r' 'mkdir\(' 'openat\('
selects 'mk*,rmd?r' 'rmdir\(' 'openat\('
selects 'proc*,mkdir' 'mkdir\(' '--- proc(fork|exec)'
selects 'procf*' '--- procfork' 'mkdir\('
selects '!%file,%desc,%memory' 'exit_group|\+\+\+' 'openat\(|read\(|mmap\('
selects '%file,!all' '' '.'
selects none '' '.'
selects all 'mkdir\(' '--- switch'
selects '?nosuchcall,mkdir' 'mkdir\(' 'openat\('
selects '%net' '' 'openat\('
expect 0 "$totals" "$SCTRACE" -e mkdir -e '!mkdir' -- sh -c "$work"
[ ! -s out ] || fail "what is taken out is there" out

# ---- what they do not mean ----

usage() { message=$1; shift; expect 64 "^sctrace: .*$message" "$SCTRACE" "$@"; }
usage "unknown set '%fiel'; did you mean '%file'\?" -e %fiel -- true
usage "unknown set '%openat'; did you mean 'openat'\?" -e %openat -- true
usage "unknown set '%zzzzzzzzz'; 'sctrace list sets' shows" -e %zzzzzzzzz -- true
usage "unknown set '%meta'" -e %meta -- true
usage "unknown set '%'" -e % -- true
usage "no event or system call is called like 'zzz\*'" -e 'zzz*' -- true
usage "the list of events is empty behind '!'" -e 'read,!' -- true
usage "the list of events is empty" -e 'trace=' -- true
usage "'signal=' is not known here" -e signal=none -- true

# ---- lists ----

expect 0 '' "$SCTRACE" list sets
has out '^%file +[0-9]+ calls +0 other events +take the path of a file$'
has out '^%%stat '
expect 0 '' "$SCTRACE" list sets -j
jq -es 'length > 20 and all(.[]; (.name | startswith("%")) and (.doc | type == "string") and
	.calls + .events > 0) and ([.[].name] | length == (unique | length))' out >/dev/null || fail "JSON" out
expect 0 '' "$SCTRACE" list syscalls %file 'clos*'
has out '^openat '
has out '^close_range '
! grep -q '^read ' out || fail "more than was asked for" out
expect 0 '' "$SCTRACE" list events %sched
has out '^switch '
[ "$(wc -l <out)" -eq 1 ] || fail "more than was asked for" out
usage "no set, event or system call 'nonsense'" list syscalls nonsense
usage 'usage: sctrace list' list sets more
