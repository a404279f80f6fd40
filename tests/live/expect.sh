# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by live tests: a directory of their own, and commands with what is expected of them.

[ "$(id -u)" -eq 0 ] || { echo "tracing needs root"; exit 77; }

# Others must be able to read what the tests make, for some run a program without privileges.
umask 022
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$dir" || exit 1

# SCT_BACKEND is what all these tests use, unless they ask for another: the last option counts.
program=$SCTRACE
if [ "${SCT_BACKEND-}" ]; then
	SCTRACE=$dir/.sctrace
	cat >"$SCTRACE" <<-WRAPPER
		#!/bin/sh
		case \${1-} in
		list)	;;
		stat|doctor)
			command=\$1; shift; set -- "\$command" --backend $SCT_BACKEND "\$@" ;;
		*)	set -- --backend $SCT_BACKEND "\$@" ;;
		esac
		exec "$program" "\$@"
	WRAPPER
	chmod 755 "$SCTRACE"
fi

fail()
{
	echo "$test: $1"
	shift
	for file in "$@"; do
		echo "$file:"
		head -n 20 "$file"
	done
	exit 1
}

# expect STATUS MESSAGE COMMAND...: its output is in the files out and err; MESSAGE is an extended
# regular expression for a line of err, or empty.
expect()
{
	want=$1 message=$2
	shift 2
	test="$*"
	status=0
	timeout 120 "$@" >out 2>err </dev/null || status=$?
	[ "$status" -eq "$want" ] || fail "exit status $status, not $want" err
	[ -z "$message" ] || grep -Eq -- "$message" err || fail "no message '$message'" err
}

# has FILE REGEX: a line of the file is such
has()
{
	grep -Eq -- "$2" "$1" || fail "no '$2' in $1" "$1" err
}

# wait_for COMMAND...: until it succeeds
wait_for()
{
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ "$tries" -le 1200 ] || fail "waited in vain for: $*"
		sleep 0.05
	done
}

# shellcheck disable=SC2034 # used by who sources this
totals='^sctrace: seen [0-9]+, delivered [0-9]+, filtered [0-9]+, dropped [0-9]+'
