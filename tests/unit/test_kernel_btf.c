// SPDX-License-Identifier: MIT
/*
 * The part of the kernel's BTF that the probe asks for, of a small one that is made here.  Links
 * the library's inside.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>
#include <bpf/libbpf.h>
#include "kernel_btf.h"

static int fds[2];		/* the kernel's BTF, and the part of it */
static char paths[2][64];
static struct btf *kernel, *probe, *part;
static int inode_id, other_id;	/* in the kernel's */

/*
 * struct inode { int i_no : 3; struct other *other; volatile struct { int n; } in; }, and a typedef
 * of it
 */
static void make_kernel(void)
{
	int number, pointer, inner, hidden;

	kernel = btf__new_empty();
	number = btf__add_int(kernel, "int", 4, BTF_INT_SIGNED);
	btf__add_func(kernel, "bpf_rdonly_cast", BTF_FUNC_GLOBAL, btf__add_func_proto(kernel, number));
	other_id = btf__add_struct(kernel, "other", 4);
	btf__add_field(kernel, "x", number, 0, 0);
	pointer = btf__add_ptr(kernel, other_id);
	inner = btf__add_struct(kernel, NULL, 4);
	btf__add_field(kernel, "n", number, 0, 0);
	hidden = btf__add_volatile(kernel, inner);
	inode_id = btf__add_struct(kernel, "inode", 24);
	btf__add_field(kernel, "i_no", number, 0, 3);
	btf__add_field(kernel, "other", pointer, 64, 0);
	btf__add_field(kernel, "in", hidden, 128, 0);
	btf__add_typedef(kernel, "inode_t", inode_id);
	btf__add_enum(kernel, "colour", 4);
	btf__add_enum_value(kernel, "RED", 7);
}

static void make_probe(void)
{
	probe = btf__new_empty();
	btf__add_struct(probe, "inode___old", 4);
	btf__add_enum(probe, "colour", 4);
	btf__add_enum(probe, "sct_kernel_ids", 4);
	btf__add_enum_value(probe, "sct_id_missing", 0);
	btf__add_enum_value(probe, "sct_id_inode", 1);
	btf__add_enum_value(probe, "sct_id_inode___old", 2);
}

static int set_up(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 2; i++) {
		fds[i] = memfd_create("btf", MFD_CLOEXEC);
		snprintf(paths[i], sizeof(paths[i]), "/proc/self/fd/%d", fds[i]);
	}
	make_kernel();
	make_probe();
	part = NULL;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	btf__free(kernel);
	btf__free(probe);
	btf__free(part);
	close(fds[0]);
	close(fds[1]);
	return 0;
}

/* The kernel's file, without the last `less` bytes. */
static struct kernel_btf *open_kernel(unsigned less)
{
	__u32 size;
	const void *data = btf__raw_data(kernel, &size);

	assert_int_equal(pwrite(fds[0], data, size - less, 0), size - less);
	return sct_kernel_btf_open(paths[0]);
}

static void take_part(void)
{
	struct kernel_btf *k = open_kernel(0);

	assert_non_null(k);
	assert_int_equal(sct_kernel_btf_extract(k, probe, fds[1]), 0);
	sct_kernel_btf_close(k);
	part = btf__parse(paths[1], NULL);
	assert_int_equal(libbpf_get_error(part), 0);
}

static const struct btf_type *type_of(const char *name, unsigned kind)
{
	return btf__type_by_id(part, btf__find_by_name_kind(part, name, kind));
}

static void assert_member(const struct btf_type *t, unsigned i, const char *name, unsigned bits)
{
	assert_string_equal(btf__name_by_offset(part, btf_members(t)[i].name_off), name);
	assert_int_equal(btf_member_bit_offset(t, i), bits);
}

/* ---- tests ---- */

static void types_are_found_by_kind_and_name(void **state)
{
	struct kernel_btf *k = open_kernel(0);

	(void)state;
	assert_int_equal(sct_kernel_btf_find(k, BTF_KIND_STRUCT, "inode"), inode_id);
	assert_int_equal(sct_kernel_btf_find(k, BTF_KIND_FUNC, "bpf_rdonly_cast"),
			 btf__find_by_name_kind(kernel, "bpf_rdonly_cast", BTF_KIND_FUNC));
	assert_int_equal(sct_kernel_btf_find(k, BTF_KIND_UNION, "inode"), 0);
	sct_kernel_btf_close(k);
}

static void a_struct_that_the_probe_names_is_whole(void **state)
{
	const struct btf_type *t, *in;

	(void)state;
	take_part();
	t = type_of("inode", BTF_KIND_STRUCT);
	assert_non_null(t);
	assert_int_equal(t->size, 24);
	assert_int_equal(btf_vlen(t), 3);
	assert_member(t, 0, "i_no", 0);
	assert_int_equal(btf_member_bitfield_size(t, 0), 3);
	assert_member(t, 1, "other", 64);
	assert_member(t, 2, "in", 128);
	in = btf__type_by_id(part, btf_members(t)[2].type);
	assert_true(btf_is_volatile(in));
	in = btf__type_by_id(part, in->type);
	assert_int_equal(btf_vlen(in), 1);
	assert_member(in, 0, "n", 0);
}

static void a_struct_that_it_does_not_name_is_empty(void **state)
{
	const struct btf_type *t;

	(void)state;
	take_part();
	t = btf__type_by_id(part, btf_members(type_of("inode", BTF_KIND_STRUCT))[1].type);
	assert_true(btf_is_ptr(t));
	t = btf__type_by_id(part, t->type);
	assert_true(btf_is_struct(t));
	assert_string_equal(btf__name_by_offset(part, t->name_off), "other");
	assert_int_equal(btf_vlen(t), 0);
	assert_int_equal(t->size, 4);
}

static void nothing_else_is_there(void **state)
{
	(void)state;
	take_part();
	assert_null(type_of("inode_t", BTF_KIND_TYPEDEF));
	assert_null(type_of("bpf_rdonly_cast", BTF_KIND_FUNC));
	assert_int_equal(btf_enum(type_of("colour", BTF_KIND_ENUM))->val, 7);
}

static void ids_are_those_of_the_whole(void **state)
{
	const struct btf_type *t;

	(void)state;
	take_part();
	t = type_of("sct_kernel_ids", BTF_KIND_ENUM);
	assert_int_equal(btf_vlen(t), 2);
	assert_string_equal(btf__name_by_offset(part, btf_enum(t)[0].name_off), "sct_id_inode");
	assert_int_equal(btf_enum(t)[0].val, inode_id);
	assert_string_equal(btf__name_by_offset(part, btf_enum(t)[1].name_off), "sct_id_inode___old");
	assert_int_equal(btf_enum(t)[1].val, inode_id);
}

static void too_many_names_are_refused(void **state)
{
	struct kernel_btf *k = open_kernel(0);
	char name[32];
	unsigned i;

	(void)state;
	for (i = 0; i < 600; i++) {
		snprintf(name, sizeof(name), "s%u", i);
		btf__add_struct(probe, name, 4);
	}
	assert_int_equal(sct_kernel_btf_extract(k, probe, fds[1]), -E2BIG);
	sct_kernel_btf_close(k);
}

static void a_file_that_is_none_is_refused(void **state)
{
	(void)state;
	assert_null(sct_kernel_btf_open("/no/such/file"));
	assert_null(sct_kernel_btf_open(paths[0]));
	assert_null(open_kernel(1));
}

static void a_kind_that_nobody_knows_is_refused(void **state)
{
	int id = btf__add_struct(kernel, "new", 4);
	struct btf_type *t = (struct btf_type *)btf__type_by_id(kernel, id);

	(void)state;
	t->info = 31u << 24;
	assert_null(open_kernel(0));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		T(types_are_found_by_kind_and_name),
		T(a_struct_that_the_probe_names_is_whole),
		T(a_struct_that_it_does_not_name_is_empty),
		T(nothing_else_is_there),
		T(ids_are_those_of_the_whole),
		T(too_many_names_are_refused),
		T(a_file_that_is_none_is_refused),
		T(a_kind_that_nobody_knows_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
