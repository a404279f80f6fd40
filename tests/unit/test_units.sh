#!/bin/sh
# SPDX-License-Identifier: MIT
# What runs sctrace unattended: systemd takes the units and finds them confined, the init script does what it
# is told, and completion knows what the tool knows.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
packaging=$SCT_SRC/packaging

# The loader, which tells what it is told
mkdir sbin
cat >sbin/sctrace-driver-loader <<-'EOF'
	#!/bin/sh
	echo "$@" >>told
	case $1 in
	unload)	exit 85 ;;
	status)	exit 3 ;;
	esac
EOF
chmod 755 sbin/sctrace-driver-loader

for file in "$packaging"/systemd/*.in "$packaging"/init.d/*.in; do
	sed "s:@SBINDIR@:$tmp/sbin:; s:@BINDIR@:$SCT_BUILD:" "$file" >"$(basename "$file" .in)"
done

# told STATUS COMMANDS ARGUMENT...: of the init script
told()
{
	want=$1 commands=$2
	shift 2
	: >told
	status=0
	sh ./sctrace-driver "$@" >out 2>&1 || status=$?
	if [ "$status" -ne "$want" ] || [ "$(tr '\n' ' ' <told)" != "$commands" ]; then
		echo "sctrace-driver $*: status $status, it ran: $(cat told)"
		exit 1
	fi
}

told 0 'load ' start
told 85 'unload ' stop
told 0 'unload load ' restart
told 0 'unload load ' force-reload
told 3 'status ' status
told 2 '' nonsense
told 2 ''
rm sbin/sctrace-driver-loader
told 0 '' start	# removed, but not purged

# LINE WORD...: what completion makes of the line has these words
completes()
{
	line=$1
	shift
	# shellcheck disable=SC2016 # for bash
	PATH=$SCT_BUILD:$PATH bash -c '
		. /usr/share/bash-completion/bash_completion
		. "$1"
		compopt() { :; }
		COMP_LINE=$2 COMP_POINT=${#2}
		read -ra COMP_WORDS <<<"$2"
		[[ $2 != *" " ]] || COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		_sctrace
		printf "%s\n" "${COMPREPLY[@]}"
	' bash "$packaging/completion/sctrace" "$line" >words
	for word; do
		grep -qxF -e "$word" words || { echo "'$line' is not completed to '$word' but to:"; cat words; exit 1; }
	done
}

if [ -e /usr/share/bash-completion/bash_completion ]; then
	completes 'sctrace -e opena' openat openat2
	completes 'sctrace -e !futex,getd' '!futex,getdents64'
	completes 'sctrace --ba' --backend=
	completes 'sctrace --backend ' auto kmod ebpf
	completes 'sctrace --decode-fds=' none path all
	completes 'sctrace --decode-fds unam' uname
	completes 'sctrace -t r' relative
	completes 'sctrace list ' events syscalls types event
	completes 'sctrace list event mkd' mkdir mkdirat
	completes 'sctrace -o x -e read -- unam' uname
fi

command -v systemd-analyze >/dev/null || { echo "the rest needs systemd-analyze"; exit 77; }
printf '#!/bin/sh\n' >sbin/sctrace-driver-loader
chmod 755 sbin/sctrace-driver-loader
systemd-analyze verify --man=no ./sctrace-driver.service ./sctrace-record@name.service >out 2>&1 || :
if [ -s out ]; then
	cat out
	exit 1
fi
for unit in sctrace-driver.service sctrace-record@.service; do
	# of 100; without directives it is 96
	systemd-analyze security --offline=true --threshold=35 ./$unit >out || { cat out; exit 1; }
done
