#!/bin/sh
# SPDX-License-Identifier: MIT
# However sctrace ends, what it has printed is whole, the command is not harmed, and nothing of it
# stays in the kernel.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

# A command that calls all the time until it is told to end, at the latest after a minute.
cat >busy <<'BUSY'
#!/bin/sh
echo $$ >pid.new
mv pid.new pid
tries=0
while [ ! -e enough ] && [ $tries -lt 1200 ]; do
	[ -d "$dir" ] || exit 9
	mkdir . 2>/dev/null
	sleep 0.05
	tries=$((tries + 1))
done
: >ended
exit 7
BUSY
chmod +x busy
export dir

fresh() { test=$1; rm -f pid out err rc enough ended; }
text='^[0-9]+:[0-9]+:[0-9.]+ [0-9]+ mkdir\[[0-9]+\] mkdir\(.*\) = -1 EEXIST \(File exists\)$'
whole_lines()
{
	[ -s "$1" ] || fail "no output" err
	[ "$(tail -c 1 "$1" | od -An -c | tr -d ' ')" = '\n' ] || fail "the last line is cut" "$1"
	! grep -Evq "$text" "$1" || fail "a line is not as expected" "$1"
}
gone() { ! kill -0 "$1" 2>/dev/null; }

# ---- a full disk ----

fresh "-o /dev/full"
(sleep 1; : >enough) &
# shellcheck disable=SC2153 # not a misspelling of sctrace
expect 74 'cannot write to /dev/full: No space left on device' "$SCTRACE" -o /dev/full -e mkdir -- ./busy
[ -e ended ] || fail "the command was not run to its end" err
has err "$totals"
[ "$(grep -c 'No space' err)" -eq 1 ] || fail "told more than once" err

# ---- a reader that goes ----

fresh "| head -n 1"
{ timeout 120 "$SCTRACE" -e mkdir -- ./busy 2>err || echo $? >rc; } | { head -n 1; : >enough; } >out
whole_lines out
[ "$(cat rc)" -eq 7 ] || fail "not the command's status: $(cat rc)" err
[ -e ended ] || fail "the command was not run to its end" err
has err "$totals"

# ---- a reader that keeps sctrace waiting when the command ends ----

fresh "| a slow reader"
# shellcheck disable=SC2016 # the command's variables
{
	"$SCTRACE" -e getppid,write -- sh -c '
		i=0
		while [ $i -lt 2000 ]; do echo $i; i=$((i + 1)); done >/dev/null
		sleep 1
		exit 7' 2>err || echo $? >rc
} | { sleep 3; cat; } >out
[ "$(cat rc)" -eq 7 ] || fail "not the command's status: $(cat rc)" err
[ "$(grep -c ' write(' out)" -eq 2000 ] || fail "lines are missing" err

# ---- signals: with a command, with a process ----

# env: what a shell starts in the background would ignore SIGINT
in_background()
{
	env --default-signal=INT,TERM,HUP,QUIT "$SCTRACE" -o out -e mkdir "$@" 2>err &
	sctrace=$!
	wait_for test -s out
}
ended_with()
{
	status=0
	wait $sctrace || status=$?
	[ "$status" -eq "$1" ] || fail "exit status $status, not $1" err
	whole_lines out
	has err "$totals"
	[ "$(grep -c '^sctrace: tracing ' err)" -eq 1 ] || fail "not one line when it begins" err
	grep -Ev "$totals|^sctrace: tracing " err >others || :
	[ ! -s others ] || fail "more messages" err
}

for signal in INT:130 TERM:143 HUP:129 QUIT:131; do
	fresh "SIG$signal"
	in_background -- ./busy
	kill -s "${signal%:*}" $sctrace
	ended_with "${signal#*:}"
	wait_for gone "$(cat pid)"
done

for signal in INT TERM QUIT; do
	fresh "-p, SIG$signal"
	./busy &
	busy=$!
	in_background -p $busy
	kill -s $signal $sctrace
	ended_with 0
	kill -0 $busy || fail "the process has not survived"
	: >enough
	wait $busy || [ $? -eq 7 ] || fail "the process was harmed"
done

# A command that takes no notice of the signal does not hold sctrace up.
fresh "a command that ignores SIGTERM"
env --default-signal=INT,TERM "$SCTRACE" -o out -e mkdir -- sh -c "trap '' TERM; exec ./busy" 2>err &
sctrace=$!
wait_for test -s out
kill -s TERM $sctrace
ended_with 143
: >enough
wait_for test -e ended

# One that is stopped takes it all the same.
fresh "a command that is stopped"
in_background -- ./busy
kill -s STOP "$(cat pid)"
kill -s TERM $sctrace
ended_with 143
wait_for gone "$(cat pid)"

# ---- killed at any moment: while it starts, loads, runs ----

fresh SIGKILL
kills=0
for ms in 00 01 02 04 06 08 10 12 15 20 25 30 35 40 45 50 60 70 80 99; do
	rm -f pid enough ended
	"$SCTRACE" -q -e mkdir,mkdirat,getppid -o out -- ./busy 2>>err &
	sctrace=$!
	sleep 0.$ms
	kill -s KILL $sctrace || fail "it had ended by itself" err
	wait $sctrace 2>/dev/null || [ $? -eq 137 ] || fail "not killed, but ended with $?" err
	kills=$((kills + 1))
	# the command had not begun and never does, or goes on to its end
	[ ! -e pid ] || kill -0 "$(cat pid)" || fail "the command has died" err
	: >enough
	[ ! -e pid ] || wait_for test -e ended
done
[ $kills -eq 20 ]
# What has been killed is gone from the module before it is gone itself.
# shellcheck disable=SC2317,SC2329 # wait_for calls it
unused() { [ "$(cat /sys/module/sctrace/refcnt)" -eq 0 ]; }
[ "${SCT_BACKEND-}" != kmod ] || wait_for unused
"$SCT_BUILD/tests/live/bpf_left" >left || fail "this stays in the kernel" left
