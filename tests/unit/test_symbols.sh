#!/bin/sh
# SPDX-License-Identifier: MIT
# No constant that the headers define is missing in its set of userspace/lib/schema/symbols.def: of those that FROM()
# names there, without those of LESS().
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
lib=$SCT_SRC/userspace/lib/schema
cc=${CC:-cc}

# HEADER...: a source that includes those that are there
include()
{
	for header; do
		printf '#if __has_include(<%s>)\n#include <%s>\n#endif\n' "$header" "$header"
	done
}

# As symbols.c has it.
macro_v='#define V(name) (sizeof(name) == 4 ? (unsigned long long)(unsigned)(unsigned long)(name) : \
		 (unsigned long long)(name))'

# What is, or includes, headers of the C library can only be read without the other ones: see list()
libc='sys/socket.h sys/stat.h unistd.h netinet/tcp.h linux/if.h linux/icmp.h linux/vm_sockets.h linux/if_arp.h
	linux/input.h linux/videodev2.h'
is_libc='^(bits|sys|netinet)/|^unistd|^linux/(if|icmp|vm_sockets|if_arp|input|videodev2)[.]h'

# "header name" of all that a header has as a macro with a value or in an enum, for the lines "file header" of $1
names()
{
	# shellcheck disable=SC2046 # one word a file
	awk 'NR == FNR { header[$1] = $2; next }
	     { gsub(/\/\*.*\*\//, "") }
	     $1 == "#" { $1 = ""; sub(/^ /, "#") }
	     $1 == "#define" { if (NF > 2 && $2 !~ /\(/) print header[FILENAME], $2; next }
	     {
		n = split($0, part, /[,{}]/)
		for (i = 1; i <= n; i++)
			if (part[i] ~ /^[ \t]*[A-Z_][A-Za-z0-9_]*[ \t]*(=.*)?$/) {
				sub(/=.*/, "", part[i])
				gsub(/[ \t]/, "", part[i])
				print header[FILENAME], part[i]
			}
	     }' "$1" $(cut -d ' ' -f 1 "$1") | sort -u
}

# DEF: "set name" of all constants that it must have, into files by whose headers they are of
list()
{
	sed -n -e 's/^\(LESS\)(\([a-z0-9_]*\), \([^,]*\), ".*")$/\1 \2 any \3/p' \
		-e 's/^\(FROM\)(\([a-z0-9_]*\), \([^,]*\), \(.*\))$/\1 \2 \3 \4/p' "$1" |
		sed -e 's/\*/.*/g' -e 's/ \([^ ]*\)$/ ^(\1)$/' >"$tmp/rows"
	: >"$tmp/kernel"
	: >"$tmp/libc"
	awk -v to="$tmp" -v is_libc="$is_libc" 'NR == FNR { kind[NR] = $1; set[NR] = $2; header[NR] = $3; pattern[NR] = $4; n = NR; next }
	     {
		delete out
		for (i = 1; i <= n; i++)
			if ((header[i] == $1 || header[i] == "any") && $2 ~ pattern[i])
				out[set[i]] = kind[i] == "LESS" || out[set[i]] == 2 ? 2 : 1
		for (s in out)
			if (out[s] == 1)
				print s, $2 >(to ($1 ~ is_libc ? "/libc" : "/kernel"))
	     }' "$tmp/rows" "$tmp/names"
}

# KIND HEADERS: the values of those in the file KIND, but for bad ones, as "set name value"
evaluate()
{
	kind=$1
	shift
	{
		include "$@"
		echo '#include <stdio.h>'
		echo "$macro_v"
		echo '#define X(set, name) { #set " " #name, V(name) },'
		echo 'static const struct { const char *name; unsigned long long value; } all[] = {'
		grep -vwFf "$tmp/bad" "$tmp/$kind" | sed 's/\(.*\) \(.*\)/X(\1, \2)/'
		echo '};'
		echo 'int main(void)'
		echo '{'
		echo '	for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++)'
		printf '%s\n' '		printf("%s %llu\n", all[i].name, all[i].value);'
		echo '}'
	} >"$tmp/values.c"
	"$cc" -std=gnu11 -D_GNU_SOURCE -w -fmax-errors=0 "$tmp/values.c" -o "$tmp/values" 2>"$tmp/said" &&
		"$tmp/values"
}

# The same; bad are those that are no numbers.
values()
{
	echo >"$tmp/bad"
	evaluate "$@" && return
	sed -n 's/.*| X([a-z0-9_]*, \(.*\))$/\1/p' "$tmp/said" | sort -u >"$tmp/bad"
	evaluate "$@" && return
	cat "$tmp/said" >&2
	exit 1
}

# DEF: which of the "set name value" on stdin does it lack?
missing()
{
	cat >"$tmp/missing.c" <<-END
		#include <stdio.h>
		#include <string.h>
		#include <linux/types.h>
		#include "sct_abi.h"
		#include "constants.h"
		#define SCT_SET(name, rows) SCT_SET_##name,
		enum {
		#include "$1"
		};
		struct symbol { const char *name; unsigned long long value, mask; };
		$macro_v
		#define S(name) { #name, V(name), V(name) },
		#define M(name, mask) { #name, V(name), V(mask) },
		#define E(name) { #name, V(name), ~0ull },
		#define B(name) { #name, 1ull << (name), 1ull << (name) },
		#define SCT_SET(name, rows) static const struct symbol set_##name[] = { rows };
		#include "$1"
		static const struct { const char *name; const struct symbol *symbols; unsigned n; } sets[] = {
		#define SCT_SET(name, rows) { #name, set_##name, sizeof(set_##name) / sizeof(struct symbol) },
		#include "$1"
		};
		/* By that name, or as a value that has one; of flags, none are. */
		static int has(unsigned set, const char *name, unsigned long long value)
		{
			unsigned long long rest = value;
			unsigned i;

			for (i = 0; i < sets[set].n; i++) {
				const struct symbol *s = &sets[set].symbols[i];

				if (!strcmp(s->name, name) || s->value == value)
					return 1;
				if (s->mask != ~0ull && (rest & s->mask) == s->value)
					rest &= ~s->mask;
			}
			return !rest && sets[set].symbols[0].mask != ~0ull;
		}
		int main(void)
		{
			char set[100], name[100];
			unsigned long long value;
			unsigned i;

			while (scanf("%99s %99s %llu", set, name, &value) == 3)
				for (i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
					if (!strcmp(sets[i].name, set) && !has(i, name, value))
						printf("%s: %s (%#llx) is missing\n", set, name, value);
			return 0;
		}
	END
	"$cc" -std=gnu11 -D_GNU_SOURCE -w -I"$SCT_SRC/common/tables" -I"$SCT_SRC/common/wire" -I"$lib" "$tmp/missing.c" -o "$tmp/missing"
	"$tmp/missing"
}

# DEF: as a program
check()
{
	list "$1"
	{
		# shellcheck disable=SC2046 # one word a header
		values kernel $(cat "$tmp/headers")
		# shellcheck disable=SC2086
		values libc $libc
	} | tee "$tmp/found" | missing "$1"
}

sed -n 's/^FROM([a-z0-9_]*, \([^,]*\),.*/\1/p' "$lib/symbols.def" | sort -u >"$tmp/all_headers"
grep -Ev "$is_libc" "$tmp/all_headers" >"$tmp/headers"
{
	# shellcheck disable=SC2046 # one word a header
	include $(cat "$tmp/headers") | "$cc" -D_GNU_SOURCE -M -x c -
	# shellcheck disable=SC2086
	include $libc | "$cc" -D_GNU_SOURCE -M -x c -
} | tr ' ' '\n' | grep '^/' | sort -u |
	awk 'NR == FNR { header[$1]; next }
	     { for (h in header) if (substr($1, length($1) - length(h)) == "/" h) print $1, h }' \
	     "$tmp/all_headers" - >"$tmp/files"
names "$tmp/files" >"$tmp/names"

# Each set says where its constants are from, or why that cannot be said.
sed -n 's/^SCT_SET(\([a-z0-9_]*\),.*/\1/p' "$lib/symbols.def" | grep -vx none | while read -r set; do
	grep -q "^\(FROM\|OWN\)($set, " "$lib/symbols.def" || echo "$set says not where it is from"
done >"$tmp/out"
check "$lib/symbols.def" >>"$tmp/out"
if [ -s "$tmp/out" ]; then
	cat "$tmp/out"
	exit 1
fi
n=$(wc -l <"$tmp/found")
[ "$n" -ge 2000 ] || { echo "only $n constants found in the headers"; exit 1; }

# it would tell
sed 's/S(RESOLVE_BENEATH)//' "$lib/symbols.def" >"$tmp/symbols.def"
check "$tmp/symbols.def" >"$tmp/out"
if ! grep -q '^resolve_flags: RESOLVE_BENEATH (0x8) is missing$' "$tmp/out"; then
	echo "a missing symbol is not noticed"
	exit 1
fi
