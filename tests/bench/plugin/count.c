// SPDX-License-Identifier: MIT
/*
 * A plugin of QEMU 10 for where.py: how often is each instruction executed between the marks that
 * `insns where` makes?  -plugin count.so,out=FILE; a line "mark" for each, then those of what came
 * before it: address, how often.
 *
 * QEMU's distributors leave its plugin header out: what is used of it is declared here.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define API_VERSION 4
#define EXPORT	    __attribute__((visibility("default")))
#define MARK	    0x5c7000000000ull	/* as in insns.c */

struct qemu_plugin_tb;
struct qemu_plugin_insn;

typedef void translated_fn(uint64_t id, struct qemu_plugin_tb *tb);
typedef void executed_fn(unsigned int cpu, void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, translated_fn *fn);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, executed_fn *fn, int flags,
					  void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

EXPORT extern int qemu_plugin_version;
int qemu_plugin_version = API_VERSION;

/* Instructions that are always executed together, as QEMU translated them; maybe more than once. */
struct block {
	struct block *next;
	uint64_t executed;
	size_t n;
	uint64_t addr[];
};

static struct block *blocks;
static FILE *out;

static void make_mark(void)
{
	struct block *b;
	size_t i;

	for (b = blocks; b; b = b->next) {
		for (i = 0; i < b->n && b->executed; i++)
			fprintf(out, "%" PRIx64 " %" PRIu64 "\n", b->addr[i], b->executed);
		b->executed = 0;
	}
	fputs("mark\n", out);
	fflush(out);
}

static void executed(unsigned int cpu, void *data)
{
	struct block *b = data;

	(void)cpu;
	if (b->addr[0] == MARK)
		make_mark();
	else
		b->executed++;
}

static void translated(uint64_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb), i;
	struct block *b = malloc(sizeof(*b) + n * sizeof(b->addr[0]));

	(void)id;
	if (!b)
		abort();
	b->executed = 0;
	b->n = n;
	for (i = 0; i < n; i++)
		b->addr[i] = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, i));
	b->next = blocks;
	blocks = b;
	qemu_plugin_register_vcpu_tb_exec_cb(tb, executed, 0, b);
}

EXPORT int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv);

int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv)
{
	(void)info;
	if (argc != 1 || strncmp(argv[0], "out=", 4) != 0)
		return -1;
	out = fopen(argv[0] + 4, "we");
	if (!out)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	return 0;
}
