#!/bin/sh
# SPDX-License-Identifier: MIT
# The offsets and sizes of i386 in userspace/lib/schema/structs.def are those of a 32-bit compiler, and so are the
# sizes of its structs in common/tables/types.def.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Debian keeps what is alike for all its 32-bit headers in the directory of the native ones.
asm=/usr/include/$(${CC:-cc} -dumpmachine)

compile()
{
	"${CC:-cc}" -std=gnu11 -D_GNU_SOURCE -m32 -idirafter "$asm" -I"$SCT_SRC/common/tables" -I"$SCT_SRC/common/wire" \
		-I"$SCT_SRC/userspace/lib/schema" -fsyntax-only -x c "$1"
}

echo '#include <errno.h>' >"$tmp/empty.c"
if ! compile "$tmp/empty.c" 2>/dev/null; then
	echo "${CC:-cc} -m32 does not work here"
	exit 77
fi

# DIRECTORY: checks the structs.def there.  The headers are those that structs.c includes for it.
check()
{
	{
		grep '^#include <' "$SCT_SRC/userspace/lib/decode/structs.c"
		cat <<-'END'
			#define SAME(a, b, what) _Static_assert((a) == (b), what);
			#define FIELD(member, type, off, size)					\
				SAME(offsetof(ctype, member), off, "offset of " #member)	\
				SAME(sizeof(((ctype *)0)->member), size, "size of " #member)
			#define F FIELD
			#define R FIELD
			#define A FIELD
			#define BIT(n) (1u << (n))
			#define U(member, type, off, size, tag, values)		\
				FIELD(member, type, off, size)			\
				SAME(sizeof(((ctype *)0)->tag), 4, "size of " #tag)	\
				(void)(values);
			#define STRUCT(id, type, fields)		\
				enum { size_of_##id = sizeof(type) };	\
				static inline void check_##id(void)	\
				{					\
					typedef type ctype;		\
									\
					fields				\
					(void)sizeof(ctype);		\
				}
		END
		echo "#include \"$1/structs.def\""
		cat <<-'END'
			#define SCT_STRUCT(tok, native, ia32, x32, name, doc)	\
				SAME(ia32, size_of_##name, "size of " #tok)
			#define SCT_STRUCTS(tok, max, native, ia32, x32, name, doc)	\
				SAME(ia32, size_of_##name, "size of " #tok)
			#include "types.def"
		END
	} >"$tmp/check.c"
	compile "$tmp/check.c" 2>"$tmp/said"
}

if ! check "$SCT_SRC/userspace/lib/schema"; then
	cat "$tmp/said"
	exit 1
fi

# it would tell
sed 's/POLL_EVENTS, 4, 2/POLL_EVENTS, 8, 2/' "$SCT_SRC/userspace/lib/schema/structs.def" >"$tmp/structs.def"
if check "$tmp"; then
	echo "a wrong offset is not noticed"
	exit 1
fi
grep -q 'offset of events' "$tmp/said"
