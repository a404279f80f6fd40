// SPDX-License-Identifier: MIT
/* Socket addresses, as text_value.c and json.c need them. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "decode.h"

/* The kernel takes an IPv4 address without its padding, and an IPv6 one without a scope. */
#define IN_MIN	(offsetof(struct sockaddr_in, sin_addr) + sizeof(struct in_addr))
#define IN6_MIN offsetof(struct sockaddr_in6, sin6_scope_id)
#define FIELDS_MIN 8	/* what holds the first field of any other */

/* As inet_ntop() writes it; that of glibc takes printf for it. */
static void put_ipv4(char *to, const __u8 address[4])
{
	unsigned i, v;

	for (i = 0; i < 4; i++) {
		v = address[i];
		if (i)
			*to++ = '.';
		if (v >= 100)
			*to++ = '0' + v / 100;
		if (v >= 10)
			*to++ = '0' + v / 10 % 10;
		*to++ = '0' + v % 10;
	}
	*to = 0;
}

static void parse_unix(struct sct_addr *addr, const char *path, size_t len)
{
	addr->local = true;
	if (len && !path[0]) {
		addr->abstract = true;
		path++;
		len--;
	} else {
		len = strnlen(path, len);
	}
	addr->path = path;
	addr->path_len = len;
}

/* What an address of bluetooth is of, only its length says. */
static enum sct_type bluetooth_type(size_t len)
{
	switch (len) {
	case 6:
		return SCT_T_SOCKADDR_HCI;
	case 8:
		return SCT_T_SOCKADDR_SCO;
	case 9:
	case 10:
		return SCT_T_SOCKADDR_RC;
	case 13:
	case 14:
		return SCT_T_SOCKADDR_L2;
	default:
		return SCT_T_SA_DATA;
	}
}

static void parse_other(struct sct_addr *addr, size_t len)
{
	const struct sct_type_row *type = addr->family == AF_BLUETOOTH ?
		&sct_types[bluetooth_type(len)] :
		sct_variant(SCT_T_SA_DATA, SCT_T_SOCK_DOMAIN, addr->family);

	if (type->layout && (addr->family == AF_BLUETOOTH || len >= FIELDS_MIN))
		addr->fields = type;
}

const char *sct_addr_text(const struct sct_type_row *type, const void *data, size_t len,
			  char text[SCT_ADDR_TEXT])
{
	const __u8 *p = data;
	bool backwards = type == &sct_types[SCT_T_BDADDR];
	size_t i;

	text[0] = 0;
	if (type->format == SCT_FMT_IP && len != type->info.size)
		return NULL;
	if (type->format == SCT_FMT_IP && len != 4)
		return inet_ntop(AF_INET6, data, text, SCT_ADDR_TEXT);
	if (type->format == SCT_FMT_IP) {
		put_ipv4(text, p);
		return text;
	}
	if (type->format != SCT_FMT_MAC)
		return NULL;
	for (i = 0; i < len && 3 * i + 3 < SCT_ADDR_TEXT; i++)
		snprintf(text + 3 * i - !!i, 4, i ? ":%02x" : "%02x", p[backwards ? len - 1 - i : i]);
	return text;
}

bool sct_addr_parse(struct sct_addr *addr, const void *data, size_t len)
{
	struct sockaddr_in6 in6 = {};
	struct sockaddr_in in = {};
	sa_family_t family;

	*addr = (struct sct_addr){};
	if (len < sizeof(family))
		return false;
	memcpy(&family, data, sizeof(family));
	addr->family = family;
	addr->family_name = sct_enum_name(SCT_SET_sock_domain, family, sizeof(family));
	if (family == AF_INET && len >= IN_MIN) {
		memcpy(&in, data, IN_MIN);
		addr->inet = true;
		put_ipv4(addr->host, (const __u8 *)&in.sin_addr);
		addr->port = ntohs(in.sin_port);
	} else if (family == AF_INET6 && len >= IN6_MIN) {
		memcpy(&in6, data, len < sizeof(in6) ? len : sizeof(in6));
		addr->inet = inet_ntop(AF_INET6, &in6.sin6_addr, addr->host, sizeof(addr->host));
		addr->port = ntohs(in6.sin6_port);
		addr->scope = in6.sin6_scope_id;
		addr->flowinfo = ntohl(in6.sin6_flowinfo);
	} else if (family == AF_UNIX) {
		parse_unix(addr, (const char *)data + sizeof(family), len - sizeof(family));
	} else {
		parse_other(addr, len);
	}
	return true;
}
