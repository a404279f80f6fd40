#!/bin/sh
# SPDX-License-Identifier: MIT
# sctrace stat: the counters are right, add up, and reading goes on behind them.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

"$CC" -x c - -o caller <<-'PROGRAM'
	/* caller CALLS EVERY [stop]: that many getppid, with a pause after every so many; the
	 * parent, sctrace, may be stopped meanwhile */
	#include <signal.h>
	#include <stdlib.h>
	#include <sys/syscall.h>
	#include <unistd.h>

	int main(int argc, char **argv)
	{
		pid_t parent = syscall(SYS_getppid);
		int i, n = atoi(argv[1]), every = atoi(argv[2]);

		if (argc > 3)
			kill(parent, SIGSTOP);
		for (i = 1; i < n; i++) {
			syscall(SYS_getppid);
			if (i % every == 0)
				usleep(1000);
		}
		if (argc > 3)
			kill(parent, SIGCONT);
		return 5;
	}
PROGRAM

stat() { want=$1; shift; expect "$want" '' "$SCTRACE" stat "$@"; }

# What always holds: rows add up (those of an interval only together: it may end while a record is on
# its way), none is empty, the total is the last and the sum of the rows; the jq expression tells more.  getppid has no row of its own in the tables: its event is "syscall".
json()
{
	# shellcheck disable=SC2016 # jq's variables
	jq -es 'def drops: [.dropped[]] | add // 0;
		def rows: map(select(.cpu != null)); def totals: map(select(.cpu == null));
		def sum(f): map(f) | add // 0;
		def calls: map(select(.event == "syscall"));
		def sound: .seen == .delivered + .filtered + drops;
		(if (totals | length) == 1 then all(.[]; sound) else
			sum(.seen) == sum(.delivered + .filtered + drops) end) and
		all(rows[]; .seen > 0 and (.event | type == "string") and (.cpu | type == "number")) and
		all(totals[]; .event == null) and .[-1].cpu == null and
		(rows | sum(.seen)) == (totals | sum(.seen)) and
		(rows | sum(.delivered)) == (totals | sum(.delivered)) and
		(rows | sum(drops)) == (totals | sum(drops)) and
		(group_by(.elapsed) | all(.[]; (totals | length) == 1 and
			(map([.cpu, .event]) | length == (unique | length)))) and '"$1" out >/dev/null ||
		fail "not so: $1" out err
}

stat 5 -j -b 32M -e getppid -- ./caller 1000 1000
json '(totals | length == 1 and .[0].missed == 0) and (calls | sum(.delivered)) == 1000'
[ ! -s err ] || fail "a message" err

# The reader is stopped: the ring fills up.
stat 5 -j -b 64K -e getppid -- ./caller 20000 20000 stop
json '(calls | sum(.delivered + drops)) == 20000 and (rows | any(.dropped["ring full"] > 10000))'
stat 5 -b 64K -e getppid -- ./caller 20000 20000 stop
has out '^total .* [1-9][0-9]* \(ring full [0-9]+\)$'
has out '^[0-9]+ +syscall +[0-9]+ +[0-9]+ +[0-9]+ +[1-9][0-9]* \(ring full [0-9]+\)$'

# More than the ring can hold is read while it counts.
stat 5 -j -b 64K -e getppid -- ./caller 50000 500
json '(calls | sum(.delivered + drops)) == 50000 and (calls | sum(.delivered)) > 5000'

# Intervals: each tells what is new.
stat 5 -j -i 0.2 -b 32M -e getppid -- ./caller 1000 1
json '(totals | length >= 3) and (calls | sum(.delivered)) == 1000 and
	(totals | [.[].elapsed] | . == sort and .[0] >= 0.2 and .[0] < 5)'
stat 5 -i 0.3 -e getppid -- ./caller 1000 1
has out '^ +time +cpu +event +seen +delivered +filtered +dropped$'
has out '^ +0\.[0-9]{6} total '

# How long calls took: the call that takes longest comes first, and all add up.
stat 5 -T -e getppid,clock_nanosleep,openat -- ./caller 40 4
has out '^% time +seconds +usecs/call +max usecs +calls +errors call$'
has out '^ *[0-9.]+ +0\.0[0-9]{5} +[0-9.]+ +[0-9.]+ +9 +0 clock_nanosleep$'
has out '^ *[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +40 +0 getppid$'
tail -n 1 out >last
has last '^100\.00 .* total$'
stat 5 -T -j -e getppid,clock_nanosleep,open,openat,access -- ./caller 40 4
jq -es 'map(select(has("call"))) | . as $all | .[:-1] as $rows | .[-1] as $sum |
	($rows | map(.total) | . == (sort | reverse)) and $sum.call == null and $sum.lost == 0 and
	$rows[0].call == "clock_nanosleep" and
	all($rows[]; .timed <= .calls and .errors <= .calls and .max * .timed >= .total and
		(.timed == 0 or .average == (.total / .timed | floor))) and
	any($rows[]; .call == "clock_nanosleep" and .calls == 9 and .max >= 1000000) and
	any($rows[]; .call == "access" and .errors == .calls) and
	all("calls", "errors", "timed", "total"; . as $k | ($rows | map(.[$k]) | add) == $sum[$k])' out >/dev/null ||
	fail "times" out

# Ctrl-C: the counters until then
test="Ctrl-C"
rm out
env --default-signal=INT "$SCTRACE" stat -i 0.1 -o out -e openat 2>err &
sctrace=$!
wait_for grep -qs total out
kill -s INT $sctrace
wait $sctrace || fail "exit status $?" err
[ "$(grep -c total out)" -ge 2 ] || fail "no total at the end" out
tail -n 1 out >last
has last '^ +[0-9.]+ total '

expect 0 'hello' "$SCTRACE" stat -j -e openat -- echo hello	# on stderr: stdout is JSON
json 'true'
expect 64 "sctrace: -i is for 'sctrace stat'" "$SCTRACE" -i 1 -- true
for n in 0 -1 x '' 1s nan inf 100000; do
	expect 64 "'$n' is not a number of seconds" "$SCTRACE" stat -i "$n" -- true
done
expect 74 'cannot write to /dev/full: No space left' "$SCTRACE" stat -o /dev/full -e mkdir -- true
expect 64 "unknown event 'opnat'" "$SCTRACE" stat -e opnat -- true
expect 127 'cannot run no-such' "$SCTRACE" stat -- no-such-command
