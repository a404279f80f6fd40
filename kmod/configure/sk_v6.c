// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* efe4208f47f9 ("ipv6: make lookups simpler and faster"), 3.13 */
#include <net/sock.h>

u8 * probe(struct sock *sk);
u8 * probe(struct sock *sk)
{
	return sk->sk_v6_daddr.s6_addr;
}
