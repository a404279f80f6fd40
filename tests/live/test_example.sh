#!/bin/sh
# SPDX-License-Identifier: MIT
# The example, compiled as a user of the library does, tells what its command opened.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

[ "$(wc -l <"$SCT_SRC/tests/live/example.c")" -lt 60 ] || { echo "the example is too long"; exit 1; }
"$CC" -Wall -Wextra -Werror -I "$SCT_SRC/userspace/include" "$SCT_SRC/tests/live/example.c" \
	-L "$SCT_BUILD" -lsctrace -Wl,-rpath,"$SCT_BUILD" -o example

mkdir in
echo one >in/first
# shellcheck disable=SC2016 # the command's variable
expect 3 '' ./example sh -c 'echo $$; : <in/first; (cat <in/first) >in/second; cat <in/none; exit 3'
shell=$(head -n 1 out)
has err 'in/none: No such file'
for line in "$shell in/first = 3" "[0-9]+ in/second = 3" "[0-9]+ in/none = -2"; do
	[ "$(grep -Exc "$line" out)" -eq 1 ] || fail "not one '$line'" out
done
[ "$(grep -Exc '[0-9]+ in/first = 3' out)" -eq 2 ] || fail "not both that open in/first" out
has out '^[0-9]+ /etc/ld\.so\.cache = '
! grep -q 'missing' out || fail "events are lost" out

# what strace sees of the same command
if command -v strace >/dev/null; then
	expect 0 '' ./example ls in
	sed -n 's/^[0-9]* \(.*\) = -\{0,1\}[0-9]*$/\1/p' out | sort >ours
	strace -f -qq -e trace=openat -o log ls in >/dev/null
	sed -n 's/.*openat([^"]*"\([^"]*\)".*/\1/p' log | sort >strace
	diff strace ours >differences || fail "strace sees others" differences
fi

expect 127 '' ./example no-such-command
expect 64 '' ./example
expect 1 'no permission' setpriv --bounding-set=-all --inh-caps=-all ./example true
