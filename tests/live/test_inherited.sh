#!/bin/sh
# SPDX-License-Identifier: MIT
# What a command has from its caller is the same without sctrace and with it.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

# All of this again, in a terminal of its own.
if [ $# -eq 0 ]; then
	command -v python3 >/dev/null || { echo "no python3"; exit 77; }
	python3 -c 'import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))' "$SCT_SRC/tests/live/test_inherited.sh" inside
	exit
fi

cp "$SCT_BUILD/tests/live/inherited" .

# same COMMAND...: which starts what it has as further arguments
same()
{
	test="$*"
	"$@" ./inherited || fail "exit status $?"
	mv report without
	"$@" "$SCTRACE" -q -o out -e mkdir -- ./inherited || fail "exit status $?"
	mv report with
	diff without with >differ || fail "not the same" differ
}
# In a shell that does something first, or around: "$@" is what to start.
around() { same sh -c "$1" sh; }
# It must be there without sctrace, or the comparison is of nothing.
seen() { grep -Eq -- "$1" without || fail "no '$1'" without; }

same env
seen '^group ([0-9]+), session .*, terminal [1-9][0-9]* of group \1$'
signals=INT,QUIT,TERM,HUP,PIPE,CHLD,CONT,TSTP,TTIN,TTOU,USR1
same env --ignore-signal=$signals
seen '^SigIgn:	[0-9]+3b5207$'
same env --default-signal=$signals
seen '^SigIgn:	[0-9]+000000$'
for signal in INT QUIT TERM HUP PIPE CHLD CONT TSTP TTIN TTOU; do
	same env --default-signal=$signals --ignore-signal=$signal
done
same env --block-signal=$signals
seen '^SigBlk:	[0-9]+3b5207$'
same env -i A=1 B=
seen '^A=1$'

same nice -n 5
seen 'nice 5,'
same chrt --batch 0
seen 'policy 3$'
same ionice -c 3
same taskset 1
same setarch -R
same prlimit --core=12345:23456 --fsize=1000000:2000000 --stack=4000000:5000000 --cpu=1000:2000 --nofile=999:1001
seen '^Max open files +999 +1001 '
around 'umask 027; exec "$@"'
seen '^Umask:	0027$'
printf 'one\ntwo\n' >lines
around 'exec 5<lines 7>>more 9<>/dev/null; read -r line <&5; exec "$@"'
seen '^/proc/self/fd/5 -> .*/lines$'
around 'exec 0<&-; exec "$@"'
around 'exec 1>&-; exec "$@"'
around 'exec 2>&-; exec "$@"'
around 'exec 0<&- 1>&- 2>&-; exec "$@"'
around '"$@" & wait $!'
mkdir -p elsewhere
ln -s ../inherited elsewhere
around 'cd elsewhere; "$@" && mv report ..'
seen '^/proc/self/cwd -> .*/elsewhere$'
