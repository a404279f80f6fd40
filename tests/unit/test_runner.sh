#!/bin/sh
# SPDX-License-Identifier: MIT
# tests/run counts each outcome, shows the output of failures only, and fails when a test did.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

program()
{
	printf '#!/bin/sh\n%s\n' "$2" >"$1"
	chmod +x "$1"
}

# 1 while the sleeper's child lives, which must not survive it.
sleepers()
{
	tr '\0' ' ' 2>/dev/null <"/proc/$(cat sleep.pid)/cmdline" | grep -c sleep
}

program good 'echo quiet; exit 0'
program bad 'echo loud; exit 3'
program skipper 'echo "no luck"; exit 77'
program sleeper 'sleep 60 & echo $! >sleep.pid; wait'
program interrupted 'kill -INT $$; exit 0'

"$SCT_SRC/tests/run" ./good >out
[ "$(tail -n 1 out)" = "1 passed, 0 failed" ]
[ "$(grep -c quiet out)" -eq 0 ]

status=0
TEST_TIMEOUT=0.5 "$SCT_SRC/tests/run" ./good ./bad ./skipper ./sleeper >out || status=$?
[ "$status" -ne 0 ]
[ "$(tail -n 1 out)" = "1 passed, 2 failed, 1 skipped" ]
grep -q 'FAIL.*exit status 3' out
grep -q '| loud' out
grep -q 'SKIP.*no luck' out
grep -q 'FAIL.*took too long' out
sleep 0.2
[ "$(sleepers)" -eq 0 ]

# Ctrl-C reaches tests that want it.
status=0
"$SCT_SRC/tests/run" ./interrupted >out || status=$?
[ "$status" -ne 0 ]
grep -q 'FAIL.*exit status 130' out

# Ctrl-C ends the runner and the test that runs.
env --default-signal=INT "$SCT_SRC/tests/run" ./sleeper >out &
sleep 0.5
kill -INT $!
status=0
wait $! || status=$?
[ "$status" -eq 130 ]
sleep 0.2
[ "$(sleepers)" -eq 0 ]
