// SPDX-License-Identifier: MIT
/*
 * The kernel's BTF has more than 100,000 types, of which the probe names a hundred.  libbpf copies
 * all of it and searches it for each of them, which takes longer than all else; here it is gone
 * through once, where the kernel has it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "kernel_btf.h"
#include "util.h"

/* What kinds of types have behind their struct btf_type, and where they name other types. */
struct layout {
	__u8 fixed;	/* bytes */
	__u8 item;	/* bytes of each of its items, that begin with a name */
	bool ref;	/* it is of a type */
	bool item_ref;	/* and so are its items */
};

static const struct layout layouts[] = {
	[BTF_KIND_INT] = { .fixed = sizeof(__u32) },
	[BTF_KIND_PTR] = { .ref = true },
	[BTF_KIND_ARRAY] = { .fixed = sizeof(struct btf_array) },
	[BTF_KIND_STRUCT] = { .item = sizeof(struct btf_member), .item_ref = true },
	[BTF_KIND_UNION] = { .item = sizeof(struct btf_member), .item_ref = true },
	[BTF_KIND_ENUM] = { .item = sizeof(struct btf_enum) },
	[BTF_KIND_FWD] = {},
	[BTF_KIND_TYPEDEF] = { .ref = true },
	[BTF_KIND_VOLATILE] = { .ref = true },
	[BTF_KIND_CONST] = { .ref = true },
	[BTF_KIND_RESTRICT] = { .ref = true },
	[BTF_KIND_FUNC] = { .ref = true },
	[BTF_KIND_FUNC_PROTO] = { .item = sizeof(struct btf_param), .ref = true, .item_ref = true },
	[BTF_KIND_VAR] = { .fixed = sizeof(struct btf_var), .ref = true },
	[BTF_KIND_DATASEC] = { .item = sizeof(struct btf_var_secinfo) },	/* not extracted */
	[BTF_KIND_FLOAT] = {},
	[BTF_KIND_DECL_TAG] = { .fixed = sizeof(struct btf_decl_tag), .ref = true },
	[BTF_KIND_TYPE_TAG] = { .ref = true },
	[BTF_KIND_ENUM64] = { .item = sizeof(struct btf_enum64) },
};

#define NAMES 1024u	/* twice those that a probe may have, and a power of two */

/* A type that the probe names. */
struct wanted {
	const char *name;
	size_t len;	/* without its flavour */
	__u32 id;	/* the first struct of this name */
};

enum mark { LEFT_OUT, EMPTY, WHOLE };	/* EMPTY: a struct or union without members */

struct kernel_btf {
	char *data;
	size_t size;
	bool mapped;
	const char *types, *strings;
	__u32 n;		/* one more than the last type's id */
	__u32 *at;		/* where each type begins */
};

struct extract {
	const struct kernel_btf *k;
	__u8 *mark;		/* enum mark of each type */
	__u32 *id;		/* its id here */
	__u32 *pending;		/* those whose types are to be looked at */
	__u32 npending;
	struct wanted wanted[NAMES];
	struct sct_buf types, strings;
};

static struct btf_type *type_at(const struct kernel_btf *k, __u32 id)
{
	return (struct btf_type *)(k->types + k->at[id]);
}

static unsigned items_of(const struct btf_type *t)
{
	return layouts[btf_kind(t)].item ? btf_vlen(t) : 0;
}

static size_t size_of(const struct btf_type *t)
{
	const struct layout *l = &layouts[btf_kind(t)];

	return sizeof(*t) + l->fixed + (size_t)items_of(t) * l->item;
}

/* ---- reading it ---- */

/* It can be mapped since 6.16. */
static int read_all(struct kernel_btf *k, int fd, size_t size)
{
	ssize_t n;

	k->data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (k->data != MAP_FAILED) {
		k->mapped = true;
		k->size = size;
		return 0;
	}
	k->data = malloc(size);
	if (!k->data)
		return -ENOMEM;
	for (; k->size < size; k->size += n) {
		n = read(fd, k->data + k->size, size - k->size);
		if (n <= 0)
			return -EIO;
	}
	return 0;
}

/* Where does each type begin?  A kind that is not known has no known size either. */
static int find_types(struct kernel_btf *k)
{
	const struct btf_header *h = (const struct btf_header *)k->data;
	const struct btf_type *t;
	const char *p, *end;

	if (k->size < sizeof(*h) || h->magic != BTF_MAGIC ||
	    (__u64)h->hdr_len + h->type_off + h->type_len > k->size ||
	    (__u64)h->hdr_len + h->str_off + h->str_len > k->size)
		return -EINVAL;
	p = k->types = k->data + h->hdr_len + h->type_off;
	k->strings = k->data + h->hdr_len + h->str_off;
	k->at = malloc((h->type_len / sizeof(*t) + 1) * sizeof(*k->at));
	if (!k->at)
		return -ENOMEM;
	for (k->n = 1, end = p + h->type_len; p < end; k->n++, p += size_of(t)) {
		t = (const struct btf_type *)p;
		if ((size_t)(end - p) < sizeof(*t) || !btf_kind(t) ||
		    btf_kind(t) >= sizeof(layouts) / sizeof(*layouts) ||
		    (size_t)(end - p) < size_of(t))
			return -EINVAL;
		k->at[k->n] = p - k->types;
	}
	return 0;
}

struct kernel_btf *sct_kernel_btf_open(const char *path)
{
	struct kernel_btf *k = calloc(1, sizeof(*k));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (!k || fd < 0 || fstat(fd, &st) || read_all(k, fd, st.st_size) || find_types(k)) {
		sct_kernel_btf_close(k);
		k = NULL;
	}
	if (fd >= 0)
		close(fd);
	return k;
}

void sct_kernel_btf_close(struct kernel_btf *k)
{
	if (!k)
		return;
	if (k->mapped)
		munmap(k->data, k->size);
	else if (k->data != MAP_FAILED)
		free(k->data);
	free(k->at);
	free(k);
}

__u32 sct_kernel_btf_find(const struct kernel_btf *k, unsigned kind, const char *name)
{
	const struct btf_type *t;
	__u32 id;

	for (id = 1; id < k->n; id++) {
		t = type_at(k, id);
		if (btf_kind(t) == kind && !strcmp(k->strings + t->name_off, name))
			return id;
	}
	return 0;
}

/* ---- which types? ---- */

/* Of a name: libbpf takes what is behind ___ for a flavour, that is nothing of the kernel's. */
static size_t name_len(const char *name)
{
	const char *flavour = strstr(name, "___");

	return flavour ? (size_t)(flavour - name) : strlen(name);
}

/* The place of a name: with it, or free. */
static struct wanted *wanted_at(struct extract *x, const char *name, size_t len)
{
	struct wanted *w;
	__u32 h = 0;
	size_t i;

	for (i = 0; i < len; i++)
		h = h * 31 + (__u8)name[i];
	for (;; h++) {
		w = &x->wanted[h & (NAMES - 1)];
		if (!w->name || (w->len == len && !memcmp(w->name, name, len)))
			return w;
	}
}

static bool is_named_kind(unsigned kind)
{
	return kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION || kind == BTF_KIND_ENUM ||
	       kind == BTF_KIND_ENUM64 || kind == BTF_KIND_TYPEDEF;
}

static int want_names(struct extract *x, const struct btf *probe)
{
	unsigned i, n = 0, count = btf__type_cnt(probe);
	const struct btf_type *t;
	struct wanted *w;
	const char *name;

	for (i = 1; i < count; i++) {
		t = btf__type_by_id(probe, i);
		name = btf__name_by_offset(probe, t->name_off);
		if (!is_named_kind(btf_kind(t)) || !name || !*name)
			continue;
		w = wanted_at(x, name, name_len(name));
		if (!w->name && ++n > NAMES / 2)
			return -E2BIG;
		w->name = name;
		w->len = name_len(name);
	}
	return 0;
}

/* What t is of or has as a member; a place to change that.  NULL behind the last. */
static __u32 *ref_at(struct btf_type *t, unsigned i)
{
	const struct layout *l = &layouts[btf_kind(t)];
	__u32 *behind = (__u32 *)(t + 1);

	if (btf_is_array(t))	/* of type and index_type */
		return i < 2 ? behind + i : NULL;
	if (l->ref && i-- == 0)
		return &t->type;
	return l->item_ref && i < items_of(t) ? behind + i * (l->item / sizeof(*behind)) + 1 : NULL;
}

static void mark(struct extract *x, __u32 id, enum mark mark)
{
	if (!id || x->mark[id])
		return;
	x->mark[id] = mark;
	if (mark == WHOLE)
		x->pending[x->npending++] = id;
}

/*
 * All of a name that the probe has, and what they are made of: structs that it does not name,
 * empty.
 */
static void mark_types(struct extract *x)
{
	struct btf_type *t;
	struct wanted *w;
	const char *name;
	unsigned i;
	__u32 id, *ref;

	for (id = 1; id < x->k->n; id++) {
		t = type_at(x->k, id);
		name = x->k->strings + t->name_off;
		if (!is_named_kind(btf_kind(t)) || !*name)
			continue;
		w = wanted_at(x, name, strlen(name));
		if (!w->name)
			continue;
		mark(x, id, WHOLE);
		if (!w->id && btf_is_struct(t))
			w->id = id;
	}
	while (x->npending) {
		t = type_at(x->k, x->pending[--x->npending]);
		for (i = 0; (ref = ref_at(t, i)); i++)
			mark(x, *ref, *ref && btf_is_composite(type_at(x->k, *ref)) &&
				      type_at(x->k, *ref)->name_off ? EMPTY : WHOLE);
	}
}

/* ---- writing them ---- */

static __u32 put_name(struct extract *x, const char *name)
{
	__u32 off = x->strings.len;

	if (!*name)
		return 0;	/* where the first one is */
	sct_buf_put(&x->strings, name, strlen(name) + 1);
	return off;
}

static void put_type(struct extract *x, __u32 id)
{
	const struct btf_type *t = type_at(x->k, id);
	size_t size = x->mark[id] == WHOLE ? size_of(t) : sizeof(*t);
	size_t item = layouts[btf_kind(t)].item;
	struct btf_type *to = (struct btf_type *)sct_buf_room(&x->types, size);
	__u32 *name, *ref;
	unsigned i;

	if (!to)
		return;
	memcpy(to, t, size);
	if (x->mark[id] != WHOLE)
		to->info &= ~0xffffu;	/* no members */
	to->name_off = put_name(x, x->k->strings + t->name_off);
	for (i = 0; i < items_of(to); i++) {
		name = (__u32 *)((char *)(to + 1) + i * item);
		*name = put_name(x, x->k->strings + *name);
	}
	for (i = 0; (ref = ref_at(to, i)); i++)
		*ref = x->id[*ref];
	x->types.len += size;
}

/*
 * What a pointer points to, the verifier is told by the ids of the whole BTF.  The probe has an
 * enum of them (read.bpf.h), whose values it takes from here.
 */
static void put_ids(struct extract *x, const struct btf *probe)
{
	static const char prefix[] = "sct_id_";
	int id = btf__find_by_name_kind(probe, "sct_kernel_ids", BTF_KIND_ENUM);
	const struct btf_type *t = id > 0 ? btf__type_by_id(probe, id) : NULL;
	const struct btf_enum *e = t ? btf_enum(t) : NULL;
	struct btf_type to = { .size = sizeof(__u32) };
	size_t at = x->types.len;
	struct btf_enum value;
	unsigned i, n = 0;
	const char *name;
	size_t skip = strlen(prefix);

	if (!t)
		return;
	to.name_off = put_name(x, btf__name_by_offset(probe, t->name_off));
	sct_buf_put(&x->types, &to, sizeof(to));
	for (i = 0; i < btf_vlen(t); i++) {
		name = btf__name_by_offset(probe, e[i].name_off);
		value.val = wanted_at(x, name + skip, name_len(name) - skip)->id;
		value.name_off = put_name(x, name);
		if (value.val && ++n)
			sct_buf_put(&x->types, &value, sizeof(value));
	}
	if (x->types.failed)
		return;
	((struct btf_type *)(x->types.data + at))->info = (__u32)BTF_KIND_ENUM << 24 | n;
}

static int write_all(int fd, const void *data, size_t size)
{
	ssize_t n;

	for (; size; data = (const char *)data + n, size -= n) {
		n = write(fd, data, size);
		if (n <= 0)
			return n ? -errno : -EIO;
	}
	return 0;
}

static int write_out(struct extract *x, int fd)
{
	struct btf_header h = {
		.magic = BTF_MAGIC, .version = BTF_VERSION, .hdr_len = sizeof(h),
		.type_len = x->types.len, .str_off = x->types.len,
		.str_len = x->strings.len,
	};
	int err;

	if (x->types.failed || x->strings.failed)
		return -ENOMEM;
	err = write_all(fd, &h, sizeof(h));
	if (!err)
		err = write_all(fd, x->types.data, x->types.len);
	return err ? err : write_all(fd, x->strings.data, x->strings.len);
}

static int extract(struct extract *x, const struct btf *probe, int fd)
{
	__u32 id, n = 0;
	int err;

	x->mark = calloc(x->k->n, sizeof(*x->mark));
	x->id = calloc(x->k->n, sizeof(*x->id));
	x->pending = malloc(x->k->n * sizeof(*x->pending));
	if (!x->mark || !x->id || !x->pending)
		return -ENOMEM;
	err = want_names(x, probe);
	if (err)
		return err;
	mark_types(x);
	for (id = 1; id < x->k->n; id++)
		if (x->mark[id])
			x->id[id] = ++n;
	sct_buf_char(&x->strings, '\0');
	for (id = 1; id < x->k->n; id++)
		if (x->mark[id])
			put_type(x, id);
	put_ids(x, probe);
	return write_out(x, fd);
}

int sct_kernel_btf_extract(const struct kernel_btf *k, const struct btf *probe, int fd)
{
	struct extract x = { .k = k };
	int err = extract(&x, probe, fd);

	free(x.mark);
	free(x.id);
	free(x.pending);
	free(x.types.data);
	free(x.strings.data);
	return err;
}
