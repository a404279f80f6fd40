#!/bin/sh
# SPDX-License-Identifier: MIT
# docs/json.md describes each format of the tables and each member that the library writes, and no others.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
doc=$SCT_SRC/docs/json.md

# SECTION: the words in backticks of the first column of its tables
first_column()
{
	awk -v section="$1" '
		/^#/ { inside = $0 == section }
		inside && /^\|/ {
			split($0, cell, "|")
			while (match(cell[2], /`[^`]*`/)) {
				print substr(cell[2], RSTART + 1, RLENGTH - 2)
				cell[2] = substr(cell[2], RSTART + RLENGTH)
			}
		}' "$doc" | sort -u
}

# All that format/ writes as the name of a member.
written()
{
	sed -n 's/.*\(SCT_JSON_KEY\|PUT_FIELD\|put_member\|put_marks\|put_task_string\|put_part_of_second\)(g, "\([a-z0-9_]*\)".*/\2/p' \
		"$SCT_SRC"/userspace/lib/format/*.c | sort -u
}

# The same words of the whole page, in backticks or as JSON.
described()
{
	# shellcheck disable=SC2016 # no expansion
	grep -o '`[a-z0-9_]*`\|"[a-z0-9_]*"' "$doc" | tr -d '`"' | sort -u
}

status=0
# report FILE FILE WHAT: the lines of the first that the second lacks
report()
{
	comm -23 "$1" "$2" >lacking
	[ -s lacking ] || return 0
	echo "$3"
	sed 's/^/	/' lacking
	status=1
}

cd "$tmp"
"$SCTRACE" list types -j | sed -n 's/.*"format":"\([a-z]*\)".*/\1/p' | sort -u >formats
# shellcheck disable=SC2016 # no expansion
first_column '## Values in `args`' >formats.md
first_column '## The event' >members.md
written >members
described >words.md
for file in formats members members.md; do
	[ -s $file ] || { echo "found nothing for the list $file"; exit 1; }
done

report formats formats.md 'docs/json.md lacks these formats of the tables:'
report formats.md formats 'docs/json.md has formats that the tables do not have:'
report members words.md 'docs/json.md lacks these members, which the library writes:'
report members.md members 'docs/json.md has members that the library does not write:'
exit $status
