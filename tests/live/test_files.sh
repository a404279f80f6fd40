#!/bin/sh
# SPDX-License-Identifier: MIT
# -y: the files of descriptors are what the program says they are; --snapshot: memory that changes is told.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

"$CC" -D_GNU_SOURCE -x c - -o opener <<-'PROGRAM'
	/* opens all kinds of files, and prints what /proc says they are */
	#include <fcntl.h>
	#include <stdio.h>
	#include <sys/eventfd.h>
	#include <sys/mman.h>
	#include <sys/socket.h>
	#include <unistd.h>

	static void tell(const char *what, int fd)
	{
		char link[32], to[4096];
		int n;

		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		n = readlink(link, to, sizeof(to));
		printf("%s %d<%.*s>\n", what, fd, n, to);
	}

	int main(void)
	{
		int file = open("file", O_RDWR | O_CREAT, 0644), dir = open(".", O_RDONLY), fds[2], i;

		tell("openat", file);
		tell("openat", openat(dir, "file", O_RDONLY));
		unlink("file");
		tell("fdatasync", file);
		if (fdatasync(file) || pipe(fds) || write(fds[1], "x", 1) != 1)
			return 1;
		tell("write", fds[1]);
		if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) || send(fds[0], "x", 1, 0) != 1)
			return 1;
		tell("sendto", fds[0]);
		tell("eventfd2", eventfd(0, 0));
		tell("memfd_create", memfd_create("some memory", 0));
		tell("dup3", fds[0]);	/* what it was before */
		dup3(dir, fds[0], 0);
		tell("close", fds[0]);
		close(fds[0]);
		close(77);
		for (i = 0; i < 200; i++)	/* a table of its own, larger */
			dup(dir);
		tell("fchdir", 150);
		return fchdir(150);
	}
PROGRAM

# What /proc says of a descriptor, is in the line of the call.
check_files()
{
	while read -r call file; do
		grep -F -- "$file" lines | grep -q " $call(" || fail "no $call with $file" lines
	done <says
}
expect 0 '' "$SCTRACE" -q -y -t none -o lines -- ./opener
cp out says
[ "$(wc -l <says)" -eq 10 ] || fail "the program says too little" says
check_files
has lines " openat\(dirfd=AT_FDCWD<$PWD>, name=\"file\", .* = [0-9]+<$PWD/file>\$"
has lines " openat\(dirfd=[0-9]+<$PWD>, name=\"file\", "
has lines ' close\(fd=77\) = -1 EBADF'
! grep -q 'close.*\.\.\.$' lines || fail "an entry that nobody asked for" lines
expect 0 '' "$SCTRACE" -q -y -t none -o lines --perf-buffer -T --enter -- ./opener
cp out says
check_files
has lines ' close\(fd=[0-9]+<'"$PWD"'>\) \.\.\.$'
has lines ' close\(fd=[0-9]+<'"$PWD"'>\) = 0 <'
expect 0 '' "$SCTRACE" -q -y -j -o lines -e close,dup3,openat -- ./opener
jq -es --arg d "$PWD" 'any(.[]; .event == "close" and .files.fd.path == $d and .files.fd.ino > 0) and
	any(.[]; .event == "openat" and .files.fd.ino == .args.ino and .files.fd.dev == .args.dev)' lines >/dev/null ||
	fail "JSON" lines
expect 0 '' "$SCTRACE" -q -j -o lines -e close -- ./opener
jq -es 'all(.[]; has("files") | not)' lines >/dev/null || fail "files that nobody asked for" lines

# ---- memory that another thread changes while the kernel waits ----

"$CC" -D_GNU_SOURCE -x c - -o changer -pthread <<-'PROGRAM'
	#include <fcntl.h>
	#include <pthread.h>
	#include <string.h>
	#include <unistd.h>

	static char name[] = "fifo", data[100000];

	static void *change(void *unused)
	{
		char all[1000];
		int fd;

		usleep(200000);
		memcpy(name, "elsewhere", 4);
		fd = open("fifo", O_WRONLY);
		usleep(200000);
		data[0] = 'B';
		while (read(*(int *)unused, all, sizeof(all)) > 0)
			;
		close(fd);
		return NULL;
	}

	int main(void)
	{
		pthread_t thread;
		int fds[2];

		memset(data, 'A', sizeof(data));
		if (pipe(fds) || pthread_create(&thread, NULL, change, &fds[0]))
			return 1;
		open(name, O_RDONLY);
		if (write(fds[1], data, sizeof(data)) != sizeof(data))
			return 1;
		open("same", O_RDONLY);
		close(fds[1]);
		pthread_join(thread, NULL);
		return 0;
	}
PROGRAM
mkfifo fifo
: >same

expect 0 '' "$SCTRACE" -q --snapshot -t none -e openat,write -- ./changer
has out ' openat\(.*name="else", .*\) = [0-9]+ \(changed during the call: name was "fifo"\)$'
has out ' write\(data="BA+"\.\.\., .*\) = 100000 \(changed during the call: data was "AA+"\.\.\.\)$'
[ "$(grep -c changed out)" -eq 2 ] || fail "more has changed" out
! grep -q '\.\.\.$' out || fail "an entry that nobody asked for" out
expect 0 '' "$SCTRACE" -q --snapshot -j -e openat -- ./changer
jq -es 'map(select(.changed)) | length == 1 and .[0].changed == {"name": "fifo"} and
	.[0].args.name == "else"' out >/dev/null || fail "JSON" out
expect 0 '' "$SCTRACE" -q -j -e openat -- ./changer
! grep -q changed out || fail "changes that nobody asked for" out
expect 64 '--snapshot excludes -z and -Z' "$SCTRACE" --snapshot -Z -- true
