// SPDX-License-Identifier: MIT
/* The files of descriptors, behind their numbers. */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include "format.h"

/* ---- files, as in /proc/PID/fd ---- */

/* Of <linux/magic.h>, which has not all of them everywhere. */
#define SOCKETS	    0x534f434bu
#define PIPES	    0x50495045u
#define ANON_INODES 0x09041934u

void sct_text_file(struct sct_buf *buf, const struct sct_file *file)
{
	const char *path = file->path;

	if (file->fs == SOCKETS || file->fs == PIPES) {
		sct_buf_printf(buf, "%s:[%llu]", file->fs == PIPES ? "pipe" : "socket",
			       (unsigned long long)file->ino);
		return;
	}
	if (file->cut)
		sct_buf_str(buf, "...");
	if (file->fs == ANON_INODES) {
		sct_buf_str(buf, "anon_inode:");
		path += *path == '/';
	}
	sct_buf_str(buf, path);
	if (file->deleted)
		sct_buf_str(buf, " (deleted)");
}

/* ---- behind a descriptor, as strace(1) has it with -yy ---- */

/* [127.0.0.1:4000->127.0.0.1:80]; false, and nothing, while it has no address. */
static bool put_inet_pair(struct sct_buf *buf, const struct sct_file *file)
{
	struct sct_addr local, remote;

	sct_addr_parse(&local, file->local, file->local_len);
	sct_addr_parse(&remote, file->remote, file->remote_len);
	if (!local.inet || (!local.port && !remote.inet))
		return false;
	sct_buf_char(buf, '[');
	sct_text_inet(buf, &local);
	if (remote.inet) {
		sct_buf_str(buf, "->");
		sct_text_inet(buf, &remote);
	}
	sct_buf_char(buf, ']');
	return true;
}

/* [1234->1235,"/path"] */
static void put_unix_pair(struct sct_buf *buf, const struct sct_file *file)
{
	struct sct_addr addr;

	sct_buf_char(buf, '[');
	sct_buf_u64(buf, file->ino);
	if (file->peer) {
		sct_buf_str(buf, "->");
		sct_buf_u64(buf, file->peer);
	}
	if (sct_addr_parse(&addr, file->local, file->local_len) && addr.local &&
	    (addr.path_len || addr.abstract)) {
		sct_buf_str(buf, addr.abstract ? ",@" : ",");
		sct_text_quoted(buf, addr.path, addr.path_len, 0, false);
	}
	sct_buf_char(buf, ']');
}

/* Its name behind a prefix that all of them have, else the number. */
static void put_rest(struct sct_buf *buf, const char *name, const char *prefix, __u64 number)
{
	if (name)
		sct_buf_str(buf, name + strlen(prefix));
	else
		sct_buf_u64(buf, number);
}

/* TCP, or NULL. */
static const char *inet_word(const struct sct_file *file)
{
	const char *name = sct_enum_name(SCT_SET_sock_proto, file->protocol, sizeof(__u32));

	if (file->type == SOCK_RAW)
		return "RAW";
	if (file->protocol == IPPROTO_ICMP || file->protocol == IPPROTO_ICMPV6)
		return "PING";
	return name ? name + strlen("IPPROTO_") : NULL;
}

static void put_inode(struct sct_buf *buf, const struct sct_file *file)
{
	sct_buf_printf(buf, "[%llu]", (unsigned long long)file->ino);
}

static void put_inet_socket(struct sct_buf *buf, const struct sct_file *file, const char *word)
{
	sct_buf_str(buf, word);
	sct_buf_str(buf, file->family == AF_INET6 ? "v6:" : ":");
	if (!put_inet_pair(buf, file))
		put_inode(buf, file);
}

static void put_unix_socket(struct sct_buf *buf, const struct sct_file *file)
{
	struct sct_flags flags = { .value = file->type };

	sct_buf_str(buf, "UNIX-");
	put_rest(buf, sct_flag_next(SCT_SET_sock_type, &flags), "SOCK_", file->type);
	sct_buf_char(buf, ':');
	put_unix_pair(buf, file);
}

/* NETLINK:[ROUTE:4711] */
static void put_netlink_socket(struct sct_buf *buf, const struct sct_file *file)
{
	sct_buf_str(buf, "NETLINK:");
	if (!file->port) {
		put_inode(buf, file);
		return;
	}
	sct_buf_char(buf, '[');
	put_rest(buf, sct_enum_name(SCT_SET_sock_proto_netlink, file->protocol, sizeof(__u32)),
		 "NETLINK_", file->protocol);
	sct_buf_printf(buf, ":%u]", file->port);
}

/* What a socket is; false where that is nothing more than a socket. */
static bool put_socket(struct sct_buf *buf, const struct sct_file *file)
{
	const char *word;

	switch (file->family) {
	case AF_UNIX:
		put_unix_socket(buf, file);
		return true;
	case AF_NETLINK:
		put_netlink_socket(buf, file);
		return true;
	case AF_INET:
	case AF_INET6:
		word = inet_word(file);
		if (word)
			put_inet_socket(buf, file, word);
		return word;
	default:
		return false;
	}
}

static void put_number_of_device(struct sct_buf *buf, const struct sct_file *file)
{
	sct_buf_str(buf, file->device == 'b' ? "<block " : "<char ");
	sct_text_device(buf, sct_kdev_major(file->number), sct_kdev_minor(file->number));
	sct_buf_char(buf, '>');
}

void sct_text_fd(struct sct_buf *buf, const struct sct_file *file)
{
	struct sct_buf text = {};

	sct_buf_char(buf, '<');
	if (!file->family || !put_socket(buf, file)) {
		sct_text_file(&text, file);
		if (text.data)
			sct_text_escaped(buf, text.data, text.len);
		free(text.data);
	}
	if (file->device)
		put_number_of_device(buf, file);
	sct_buf_char(buf, '>');
}
