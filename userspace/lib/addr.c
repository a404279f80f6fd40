// SPDX-License-Identifier: MIT
/* Socket addresses, as text.c and json.c need them. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "internal.h"

/* The kernel takes an IPv4 address without its padding, and an IPv6 one without a scope. */
#define IN_MIN	(offsetof(struct sockaddr_in, sin_addr) + sizeof(struct in_addr))
#define IN6_MIN offsetof(struct sockaddr_in6, sin6_scope_id)

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
		addr->inet = inet_ntop(AF_INET, &in.sin_addr, addr->host, sizeof(addr->host));
		addr->port = ntohs(in.sin_port);
	} else if (family == AF_INET6 && len >= IN6_MIN) {
		memcpy(&in6, data, len < sizeof(in6) ? len : sizeof(in6));
		addr->inet = inet_ntop(AF_INET6, &in6.sin6_addr, addr->host, sizeof(addr->host));
		addr->port = ntohs(in6.sin6_port);
		addr->scope = in6.sin6_scope_id;
	} else if (family == AF_UNIX) {
		parse_unix(addr, (const char *)data + sizeof(family), len - sizeof(family));
	}
	return true;
}
