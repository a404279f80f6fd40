#!/bin/sh
# SPDX-License-Identifier: MIT
# What `make install` puts down is complete, works, and goes away with `make uninstall`.
set -eu

# The make that runs this test is no business of the one that it runs.
unset MAKEFLAGS MFLAGS MAKELEVEL

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

files()
{
	(cd "$1" && find . ! -type d) | sort
}

sctrace_make()
{
	"${MAKE:-make}" -f "$SCT_SRC/Makefile" O="$SCT_BUILD" "$@"
}

# Staged, for a package.
sctrace_make install DESTDIR="$tmp/stage" PREFIX=/usr LIBDIR=/usr/lib/here
version=$(PKG_CONFIG_PATH=stage/usr/lib/here/pkgconfig pkg-config --modversion sctrace)
sort >expected <<-EOF
	./etc/sctrace/programs.conf
	./usr/bin/sctrace
	./usr/include/sctrace.h
	./usr/lib/here/libsctrace.a
	./usr/lib/here/libsctrace.so
	./usr/lib/here/libsctrace.so.${version%%.*}
	./usr/lib/here/libsctrace.so.$version
	./usr/lib/here/pkgconfig/sctrace.pc
	./usr/lib/systemd/system/sctrace-driver.service
	./usr/lib/systemd/system/sctrace-record@.service
	./usr/lib/udev/rules.d/60-sctrace.rules
	./usr/sbin/sctrace-driver-loader
	./usr/share/bash-completion/completions/sctrace
	./usr/share/man/man1/sctrace.1
	./usr/share/man/man3/libsctrace.3
	./usr/share/man/man4/sctrace.4
	./usr/share/man/man8/sctrace-driver-loader.8
	$(nm -D --defined-only stage/usr/lib/here/libsctrace.so | sed -n 's:.* T \([^@]*\).*:./usr/share/man/man3/\1.3:p' | sort)
EOF
files stage | diff expected -
cmp stage/usr/share/man/man3/sct_open.3 "$SCT_SRC/man/libsctrace.3"
grep -qx 'ExecStart=/usr/sbin/sctrace-driver-loader load' stage/usr/lib/systemd/system/sctrace-driver.service
if grep -r '@[A-Z]*@' stage/usr/lib/systemd; then
	exit 1
fi
# shellcheck disable=SC2016 # pkg-config's variable
grep -qxF 'libdir=${prefix}/lib/here' stage/usr/lib/here/pkgconfig/sctrace.pc
readelf -d stage/usr/bin/sctrace | grep -q "NEEDED.*libsctrace.so.${version%%.*}]"
if readelf -d stage/usr/bin/sctrace | grep -E 'RPATH|RUNPATH'; then
	exit 1
fi
# What the administrator changed stays, at another installation too.
echo 'ARGS=-e open' >stage/etc/sctrace/programs.conf
sctrace_make install DESTDIR="$tmp/stage" PREFIX=/usr LIBDIR=/usr/lib/here
sctrace_make uninstall DESTDIR="$tmp/stage" PREFIX=/usr LIBDIR=/usr/lib/here
[ "$(files stage)" = ./etc/sctrace/programs.conf ]
[ "$(cat stage/etc/sctrace/programs.conf)" = 'ARGS=-e open' ]
cp "$SCT_SRC/packaging/programs.conf" stage/etc/sctrace/
sctrace_make uninstall DESTDIR="$tmp/stage" PREFIX=/usr LIBDIR=/usr/lib/here
files stage | diff /dev/null -

# The source of the module, for DKMS: all that its build takes.
sctrace_make install-kmod-source DESTDIR="$tmp/stage"
source=stage/usr/src/sctrace-$version
grep -qx "PACKAGE_VERSION=\"$version\"" "$source/dkms.conf"
diff -r "$SCT_SRC/kmod" "$source/kmod"
diff -r "$SCT_SRC/common" "$source/common"
rm -r stage/usr

# For use; with a DESTDIR, so that the machine's library cache is left alone.
sctrace_make install DESTDIR=/ PREFIX="$tmp/prefix" CONFDIR="$tmp/etc"
export PKG_CONFIG_PATH="$tmp/prefix/lib/pkgconfig"
cat >user.c <<-EOF
	#include <sctrace.h>
	#include <stdio.h>

	int main(void)
	{
		puts(sct_version());
		return sct_event_by_name("openat") ? 0 : 1;
	}
EOF
libdir=$(pkg-config --variable=libdir sctrace)
# shellcheck disable=SC2046 # flags
"${CC:-gcc}" -Wall -Werror user.c -o user $(pkg-config --cflags --libs sctrace) -Wl,-rpath,"$libdir"
[ "$(./user)" = "$version" ]
# shellcheck disable=SC2046 # flags
"${CC:-gcc}" user.c -o user-static $(pkg-config --cflags sctrace) "$libdir/libsctrace.a" \
	$(pkg-config --libs libbpf) -pthread
[ "$(./user-static)" = "$version" ]
prefix/bin/sctrace --version | grep -wF "$version"
