#!/bin/sh
# SPDX-License-Identifier: MIT
# A BPF object with parts that are missing, cut off or empty is an error that is reported, or does not
# matter; it never ends sctrace by a signal.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

objcopy=${LLVM_OBJCOPY:-llvm-objcopy}
command -v "$objcopy" >/dev/null || { echo "llvm-objcopy is missing"; exit 77; }
whole=$SCT_BUILD/sctrace-plain.bpf.o

# refused MESSAGE OBJECT: before the command is run
refused()
{
	expect 64 "^sctrace: $1" "$program" --backend ebpf --bpf-object "$2" -e mkdir,signaldeliver -- touch started
	[ ! -e started ] || fail "the command was run"
}

# harmless OBJECT: it ends by itself, with success or a message
harmless()
{
	test="--bpf-object $1"
	status=0
	timeout 120 "$program" --backend ebpf --bpf-object "$1" -e mkdir -- true >out 2>err </dev/null || status=$?
	[ "$status" -lt 124 ] || fail "ended by a signal or not at all: status $status" err
	[ "$status" -eq 0 ] || has err '^sctrace: '
}

# put WIDTH VALUE OFFSET: as a number of so many bytes into part.o
put()
{
	n=$2 bytes=
	for _ in $(seq "$1"); do
		bytes=$bytes$(printf '\\%03o' $((n & 255)))
		n=$((n >> 8))
	done
	# shellcheck disable=SC2059 # it is one
	printf "$bytes" | dd of=part.o bs=1 seek="$3" conv=notrunc status=none
}

# without_bits SECTION OFFSET: in part.o it is said to have no bits, at that offset of the file
without_bits()
{
	cp "$whole" part.o
	index=$(readelf -SW part.o | sed -n "s:^ *\[ *\([0-9]*\)\] $1 .*:\1:p")
	at=$(($(od -An -t u8 -j 40 -N 8 part.o) + 64 * index))	# e_shoff, Elf64_Shdr
	put 4 8 $((at + 4))		# sh_type: SHT_NOBITS
	[ "$2" = 0 ] || put 8 "$2" $((at + 24))	# sh_offset
}

expect 0 "$totals" "$program" --backend ebpf --bpf-object "$whole" -e mkdir,signaldeliver -- true

# ---- an entry program is missing ----

"$objcopy" --redefine-sym sct_signal_deliver=sct_renamed "$whole" renamed.o
refused 'the BPF object has no program for tracepoint signal_deliver' renamed.o
"$objcopy" -R raw_tp/sched_process_fork -R .relraw_tp/sched_process_fork "$whole" no_fork.o
refused 'the BPF object has no program for tracepoint sched_process_fork' no_fork.o
# what is not asked for may be missing
expect 0 "$totals" "$program" --backend ebpf --bpf-object renamed.o -e mkdir -- true

# ---- sections are missing, or have no bits ----

for section in .text .maps .BTF .BTF.ext .rodata .data.want .rodata.sct_tables .bss.scope license; do
	"$objcopy" -R "$section" -R ".rel$section" "$whole" part.o 2>objcopy.log || continue
	harmless part.o
done
for section in .text .symtab .maps .BTF .BTF.ext .rodata .data.want .rodata.sct_tables raw_tp/sched_process_exit; do
	without_bits "$section" 0
	harmless part.o
	without_bits "$section" 0x10000000000
	harmless part.o
done
"$objcopy" --strip-all "$whole" part.o
harmless part.o

# ---- cut off ----

size=$(stat -c %s "$whole")
for n in 0 1 4 16 63 64 65 100 1000 4096 $((size / 8)) $((size / 4)) $((size / 2)) $((size - size / 8)) \
	$((size - 4096)) $((size - 64)) $((size - 1)); do
	head -c "$n" "$whole" >part.o
	refused 'cannot open the BPF object part.o' part.o
done
