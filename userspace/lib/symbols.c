// SPDX-License-Identifier: MIT
/* The symbol sets, with the values that the system's own headers give each name. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/personality.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/swap.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <asm/prctl.h>
#include <asm/ptrace.h>
#include <asm/resource.h>
#include <linux/aio_abi.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/dqblk_xfs.h>
#include <linux/eventpoll.h>
#include <linux/fadvise.h>
#include <linux/falloc.h>
#include <linux/fcntl.h>	/* the kernel's values: not always those of <fcntl.h> */
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/inotify.h>
#include <linux/io_uring.h>
#include <linux/ioprio.h>
#include <linux/kexec.h>
#include <linux/kcmp.h>
#include <linux/keyctl.h>
#include <linux/membarrier.h>
#include <linux/mempolicy.h>
#include <linux/memfd.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/msg.h>
#include <linux/mount.h>
#include <linux/netlink.h>
#include <linux/openat2.h>
#include <linux/perf_event.h>
#include <linux/pidfd.h>
#include <linux/poll.h>
#include <linux/prctl.h>
#include <linux/ptrace.h>
#include <linux/quota.h>
#include <linux/reboot.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/sem.h>
#include <linux/shm.h>
#include <linux/signalfd.h>
#include <linux/stat.h>
#include <linux/timerfd.h>
#include <linux/userfaultfd.h>
#include <linux/watch_queue.h>
#include <linux/xattr.h>
#include "internal.h"
#include "symbols_extra.h"

/* An int is not sign-extended, so that bit 31 stays one bit. */
#define V(name)	      (sizeof(name) == 4 ? (__u64)(__u32)(unsigned long)(name) : (__u64)(name))
#define S(name)	      { #name, V(name), V(name) },
#define M(name, mask) { #name, V(name), V(mask) },
#define E(name)	      { #name, V(name), ~0ull },
#define B(name)	      { #name, 1ull << (name), 1ull << (name) },
#define SCT_SET(name, rows) static const struct sct_symbol symbols_##name[] = { rows };
#include "symbols.def"

const struct sct_symbol_set sct_sets[SCT_SET_MAX] = {
#define SCT_SET(name, rows)							\
	[SCT_SET_##name] = {							\
		#name, symbols_##name, sizeof(symbols_##name) / sizeof(struct sct_symbol),	\
	},
#include "symbols.def"
};

const char *sct_symbol_at(const char *set, unsigned i, uint64_t *value)
{
	const struct sct_symbol_set *s;

	for (s = sct_sets; s < sct_sets + SCT_SET_MAX; s++)
		if (set && !strcmp(s->name, set))
			break;
	if (s == sct_sets + SCT_SET_MAX || i >= s->n)
		return NULL;
	if (value)
		*value = s->symbols[i].value;
	return s->symbols[i].name;
}

const char *sct_enum_name(enum sct_set set, __u64 value, unsigned size)
{
	const struct sct_symbol_set *s = &sct_sets[set];
	__u64 mask = size < 8 ? (1ull << (8 * size)) - 1 : ~0ull;
	unsigned i;

	for (i = 0; i < s->n; i++)
		if (!((s->symbols[i].value ^ value) & mask))
			return s->symbols[i].name;
	return NULL;
}

const char *sct_flag_next(enum sct_set set, struct sct_flags *flags)
{
	const struct sct_symbol_set *s = &sct_sets[set];

	while (flags->i < s->n) {
		const struct sct_symbol *sym = &s->symbols[flags->i++];

		/* each bit once: a field's value of 0 must not follow another of the field */
		if (sym->mask & flags->taken || (flags->value & sym->mask) != sym->value)
			continue;
		if (!sym->mask)
			continue;
		flags->taken |= sym->mask;
		return sym->name;
	}
	return NULL;
}

/* ---- names that depend on another parameter ---- */

static enum sct_set option_set(__u64 level)
{
	switch (level) {
	case SOL_SOCKET:
		return SCT_SET_sock_option;
	case SOL_IP:
		return SCT_SET_sock_option_ip;
	case SOL_IPV6:
		return SCT_SET_sock_option_ipv6;
	case SOL_TCP:
		return SCT_SET_sock_option_tcp;
	case SOL_UDP:
		return SCT_SET_sock_option_udp;
	default:
		return SCT_SET_none;
	}
}

static enum sct_set proto_set(__u64 domain)
{
	switch (domain) {
	case AF_INET:
	case AF_INET6:
		return SCT_SET_sock_proto;
	case AF_NETLINK:
		return SCT_SET_sock_proto_netlink;
	default:
		return SCT_SET_none;
	}
}

/* The value of the record's first parameter that has names from set. */
static __u64 sibling(const struct sct_record *rec, enum sct_set set)
{
	struct sct_value v;
	unsigned i;

	for (i = 0; i < rec->nparams; i++) {
		if (sct_param_type(rec, i)->set == set) {
			sct_value_get(rec, i, &v);
			return v.u;
		}
	}
	return ~0ull;
}

enum sct_set sct_param_set(const struct sct_record *rec, unsigned i)
{
	enum sct_set set = sct_param_type(rec, i)->set;

	if (set == SCT_SET_sock_option)
		return option_set(sibling(rec, SCT_SET_sock_level));
	if (set == SCT_SET_sock_proto)
		return proto_set(sibling(rec, SCT_SET_sock_domain));
	return set;
}

/* ---- errors and signals ---- */

const char *sct_errno_name(int err)
{
	return sct_enum_name(SCT_SET_errnos, err, sizeof(err));
}

/* The kernel's first real-time signal and its last; libc keeps some of them for itself. */
#define RT_MIN 32
#define RT_MAX 64

const char *sct_signal_name(int sig, char buf[16])
{
	if (sig == RT_MIN)
		return "SIGRTMIN";
	if (sig <= RT_MIN || sig > RT_MAX)
		return sct_enum_name(SCT_SET_signals, sig, sizeof(sig));
	snprintf(buf, 16, "SIGRT_%d", sig - RT_MIN);
	return buf;
}
