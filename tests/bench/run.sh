#!/bin/sh
# SPDX-License-Identifier: MIT
# What tracing costs on this machine: ns per operation, untraced and traced.
# ROUNDS: how often each is measured; the least counts.
set -u

[ "$(id -u)" -eq 0 ] || { echo "bench: tracing needs root" >&2; exit 77; }

bench=$SCT_BUILD/tests/bench
rounds=${ROUNDS:-4}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# Large enough for all records of a run: the reader's speed is not what is measured.
traced="$SCTRACE -o /dev/null -b 32M"

# Program, operations, calls per operation, the calls.
loops()
{
	cat <<-EOF
		getppid 100000 1 getppid
		open     50000 2 openat,close
		pipe     50000 2 read,write
		stat    100000 1 newfstatat
		tcp       2000 5 socket,connect,accept4,close
		exec       200 4 clone,execve,wait4,exit_group
	EOF
}

# measure LOOP MODE OPERATIONS COMMAND...: note the result, and what sctrace dropped
measure()
{
	loop=$1 mode=$2 ops=$3
	shift 3
	if ! "$@" "$bench/b_$loop" "$ops" >"$tmp/said" 2>"$tmp/err"; then
		echo "bench: $mode: $* $bench/b_$loop failed:" >&2
		cat "$tmp/err" >&2
		exit 1
	fi
	awk -v key="$loop $mode" -F '[ =]' '/^bench=/ { print key, $NF }' "$tmp/said" >>"$tmp/ns"
	[ "$mode" != selected ] ||
		awk -v key="$loop" '/^sctrace: seen/ { sub(/.*dropped /, ""); print key, $1 + 0 }' \
			"$tmp/err" >>"$tmp/drops"
}

# Does this tracer work here?
have()
{
	command -v "$1" >/dev/null && "$@" /bin/true >/dev/null 2>&1
}

round()
{
	loops | while read -r loop ops _ calls; do
		measure "$loop" untraced "$ops" env
		measure "$loop" probe "$ops" "$bench/empty_probe"
		# shellcheck disable=SC2086 # a list
		measure "$loop" other "$ops" $traced -e sethostname --
		# shellcheck disable=SC2086 # a list
		measure "$loop" selected "$ops" $traced -e "$calls" -- || exit
		[ "$1" -eq 1 ] || continue
		[ ! "$strace" ] || measure "$loop" strace $((ops / 20 + 10)) \
			strace -f -qqq -o /dev/null -e "trace=$calls" --
		[ ! "$perf" ] || measure "$loop" perf $((ops / 2)) \
			perf trace -o /dev/null -e "$calls" --
	done
}

strace='' perf=''
have strace -o /dev/null && strace=1
have perf trace -o /dev/null -e getppid -- && perf=1
: >"$tmp/ns"
: >"$tmp/drops"
for i in $(seq "$rounds"); do
	round "$i" || exit
done

echo "Least of $rounds rounds, $(uname -r), $(nproc) CPUs.  Nanoseconds per operation:"
echo
{ loops; echo; cat "$tmp/ns"; echo; cat "$tmp/drops"; } | awk '
	/^$/	{ part++; next }
	!part	{ order[++n] = $1; calls[$1] = $3; names[$1] = $4; next }
	part == 1 { key = $1 " " $2; if (!(key in ns) || $3 + 0 < ns[key]) ns[key] = $3 + 0; next }
		{ drops[$1] += $2 }

	function left(loop, mode) {
		key = loop " " mode
		return key in ns ? sprintf("%10.0f", ns[key]) : sprintf("%10s", "-")
	}
	function ratio(loop, mode) {
		key = loop " " mode
		if (!(key in ns))
			return sprintf("%8s", "-")
		return sprintf("%7.2fx", ns[key] / ns[loop " untraced"])
	}
	function more(loop, mode) {
		key = loop " " mode
		return sprintf("%+9.0f", (ns[key] - ns[loop " untraced"]) / calls[loop])
	}
	END {
		format = "%-8s%10s%10s%9s%10s%9s%8s%10s%9s%8s%7s%10s%8s%10s%8s\n"
		printf format, "", "", "empty", "per", "not", "per", "", "", "per", "", "", "", "", "perf", ""
		printf format, "loop", "untraced", "probe", "call", "selected", "call", "ratio", "selected",
		       "call", "ratio", "drops", "strace", "ratio", "trace", "ratio"
		for (i = 1; i <= n; i++) {
			l = order[i]
			print sprintf("%-8s", l) left(l, "untraced") left(l, "probe") more(l, "probe") \
			      left(l, "other") more(l, "other") ratio(l, "other") \
			      left(l, "selected") more(l, "selected") ratio(l, "selected") \
			      sprintf("%7d", drops[l]) left(l, "strace") ratio(l, "strace") \
			      left(l, "perf") ratio(l, "perf")
		}
		print "\nloop: the calls of one operation, which is what selected records"
		for (i = 1; i <= n; i++)
			printf "  %-8s %d calls: %s\n", order[i], calls[order[i]], names[order[i]]
	}'
cat <<-EOF

	empty probe   an empty eBPF program on the return of all calls: the least such a tracer costs
	not selected  sctrace with another call selected: these come by and are not wanted
	selected      sctrace with the calls of the loop selected, printed to /dev/null
	per call      what each call of the loop costs more than untraced
	drops         records that found no room, in all rounds

	sctrace from start to end with /bin/true, least of $rounds, and how much of the CPU that takes; the aim
	is for a machine that does nothing else:

EOF

# cpu: $used is the ms that the commands of this shell have taken so far
cpu()
{
	times >"$tmp/times"
	used=$(sed -n '2s/[ms]/ /gp' "$tmp/times" |
		awk '{ printf "%d", ($1 * 60 + $2 + $3 * 60 + $4) * 1000 }')
}

# start NAME AIM ARGUMENTS...
start()
{
	name=$1 aim=$2 least=
	shift 2
	# The command's parent is sctrace: the kernel tells of each program that it holds.
	# shellcheck disable=SC2016 # for that shell
	loaded=$("$SCTRACE" -q -o /dev/null "$@" -- sh -c 'cat /proc/$PPID/fdinfo/* 2>/dev/null' |
		awk '/^prog_type/ { n++ } /^verified_insns/ { insns += $2 }
		     END { printf "%d programs, %d instructions verified", n, insns }')
	cpu
	before=$used
	for i in $(seq "$rounds"); do
		ns=$(date +%s%N)
		"$SCTRACE" -q -o /dev/null "$@" -- /bin/true || exit
		ns=$(($(date +%s%N) - ns))
		[ "$least" ] && [ "$least" -le "$ns" ] || least=$ns
	done
	cpu
	printf '  %-16s%6d ms (%s), %d of the CPU, %s\n' "$name" $((least / 1000000)) "$aim" \
		$(((used - before) / rounds)) "$loaded"
}

start 'one event' 'aim 100' -e getppid
start 'default events' 'no aim'
start 'all events' 'aim 2000' -e "$("$SCTRACE" list events -j |
	sed -n '/"category":"meta"/d; s/^{"name":"\([^"]*\)".*/\1/p' | paste -s -d ,)"
