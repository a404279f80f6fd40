# SPDX-License-Identifier: MIT
# The tables of vm.sh: the others' figures, an empty line, the lines of insns.

!NF { measured = 1; next }

!measured {
	best["kmod", $1, $2] = $3
	best["ebpf", $1, $2] = $4
	next
}

# A loop is told from another by what is selected of it, too.
{
	loop = substr($4, 3)
	if (loop == "open" && $5 == "openat")
		loop = "openat"
	key = $1 SUBSEP $2 SUBSEP $3 SUBSEP loop
	if (!(key in n))
		low[key] = high[key] = $6
	if (!(loop in known)) {
		known[loop] = 1
		loops[++nloops] = loop
	}
	sum[key] += $6
	n[key]++
	if ($6 < low[key])
		low[key] = $6
	if ($6 > high[key])
		high[key] = $6
}

function has(kind, backend, config, loop)
{
	return ((kind, backend, config, loop) in n)
}

function mean(kind, backend, config, loop)
{
	return sum[kind, backend, config, loop] / n[kind, backend, config, loop]
}

# Without the module, if that was measured.
function untraced(loop)
{
	if (loop == "openat")
		loop = "open"
	return mean("op", has("op", "ebpf", "untraced", loop) ? "ebpf" : "kmod", "untraced", loop)
}

function added(backend, config, loop)
{
	return mean("op", backend, config, loop) - untraced(loop)
}

# The largest difference between rounds of one configuration
function spread(backend, loop,	j, key, most)
{
	for (j = 1; j <= nconfigs; j++) {
		key = "op" SUBSEP backend SUBSEP configs[j] SUBSEP loop
		if (key in n && high[key] - low[key] > most)
			most = high[key] - low[key]
	}
	return most
}

# Of each loop and configuration: instructions, or with less=1 those beyond untraced
function table(backend, title, less,	i, j, loop, line)
{
	printf "\n%s: %s\n\n  %-9s%12s", names[backend], title, "loop", "untraced"
	for (j = 1; j <= nconfigs; j++)
		printf "%12s", configs[j] == "untraced" ? "idle" : configs[j]
	printf "%12s\n", "rounds"
	for (i = 1; i <= nloops; i++) {
		loop = loops[i]
		if (!has("op", backend, "selected", loop))
			continue
		line = sprintf("  %-9s%12.1f", loop, untraced(loop))
		for (j = 1; j <= nconfigs; j++)
			line = line (has("op", backend, configs[j], loop) ? \
				sprintf(less ? "%+12.1f" : "%12.1f", mean("op", backend, configs[j], loop) - \
					(less ? untraced(loop) : 0)) : sprintf("%12s", "-"))
		print line sprintf("%12.1f", spread(backend, loop))
	}
}

function compare(what, ours, theirs)
{
	if (theirs != "")
		printf "  %-22s%10.0f%10.0f%9.2f%10.0f%10s\n", what, ours, theirs, ours / theirs,
		       theirs / 2, ours <= theirs / 2 ? "reached" : sprintf("%+.0f", ours - theirs / 2)
}

function table_best(backend,	i, loop)
{
	printf "\n%s, compared with the best other tracer that works the same way\n\n", names[backend]
	printf "  %-22s%10s%10s%9s%10s%10s\n", "", "added", "other", "ratio", "target", "missing"
	for (i = 1; i <= nloops; i++) {
		loop = loops[i]
		if (!has("op", backend, "selected", loop))
			continue
		compare(loop, added(backend, "selected", loop), best[backend, loop, "selected"])
		compare(loop ", unselected", added(backend, "unselected", loop),
			best[backend, loop, "unselected"])
	}
	loop = "getppid"
	compare("read an event", mean("read", backend, "next", loop), best[backend, "reading", "next"])
	compare("write it as text", mean("read", backend, "text", loop), best[backend, "reading", "text"])
	compare("write it as JSON", mean("read", backend, "json", loop), best[backend, "reading", "text"])
}

function table_reading(backend,	i, loop)
{
	printf "\n%s: instructions of the reader per event\n\n  %-9s%12s%12s%12s\n", names[backend], "loop",
	       "next", "text", "JSON"
	for (i = 1; i <= nloops; i++) {
		loop = loops[i]
		if (has("read", backend, "next", loop))
			printf "  %-9s%12.1f%12.1f%12.1f\n", loop, mean("read", backend, "next", loop),
			       mean("read", backend, "text", loop), mean("read", backend, "json", loop)
	}
}

function stage(what, from, to)
{
	printf "  %-64s%8.1f\n", what, to - from
}

# Each configuration goes one step further than the one before.
function table_stages(backend, loop,	none, entry, scope, room, all)
{
	none = untraced(loop)
	entry = mean("op", backend, "unselected", loop)
	scope = mean("op", backend, "filtered", loop)
	room = mean("op", backend, "full", loop)
	all = mean("op", backend, "selected", loop)
	printf "\n%s, where it goes: %s%s\n\n", names[backend], loop,
	       loop == "openat" ? ", of a loop that also closes, which is not selected" : ""
	stage("tracepoint, is the number wanted (unselected)", none, entry)
	stage("consumer, arguments, counter, scope (filtered - unselected)", entry, scope)
	if (backend == "kmod") {
		stage("is the task known, time, no room, drop (full - filtered)", scope, room)
		stage("header, values, commit, less the drop (selected - full)", room, all)
	} else {
		stage("header, is the task known, values, commit (selected - filtered)", scope, all)
	}
	stage("all (selected)", none, all)
}

function all_of(backend)
{
	table(backend, "instructions per operation", 0)
	table(backend, "instructions beyond untraced", 1)
	table_best(backend)
	table_reading(backend)
	table_stages(backend, "getppid")
	table_stages(backend, "openat")
}

END {
	names["kmod"] = "Module"
	names["ebpf"] = "eBPF"
	calib = untraced("calib")
	if (calib < 1990 || calib > 2030) {
		printf "The clock does not count instructions: 2000 took %.0f\n", calib
		exit 1
	}
	printf "2000 instructions count as %.1f: timer interrupts are in all figures.\n", calib
	nconfigs = split("untraced unselected filtered full selected two", configs, " ")
	if (has("op", "kmod", "selected", "getppid"))
		all_of("kmod")
	nconfigs = split("unselected filtered full selected two", configs, " ")
	if (has("op", "ebpf", "selected", "getppid"))
		all_of("ebpf")
}
