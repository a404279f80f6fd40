// SPDX-License-Identifier: MIT
/*
 * What is changed in a BPF object before it is loaded, here in the one of the library.  Links its
 * inside.
 */
#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <bpf/libbpf.h>
#include "bpf_image.h"
#include "sct_abi.h"
#include "sct_config.h"

#define KFUNC 4711u

extern char sct_bpf_cast[], sct_bpf_cast_end[];

static struct sct_image image;

static int copy_object(void **state)
{
	(void)state;
	image.size = sct_bpf_cast_end - sct_bpf_cast;
	image.data = malloc(image.size);
	if (!image.data)
		return -1;
	memcpy(image.data, sct_bpf_cast, image.size);
	return 0;
}

static int free_object(void **state)
{
	(void)state;
	free(image.data);
	return 0;
}

static bool keep_all(const void *ctx, const char *function)
{
	(void)ctx;
	(void)function;
	return true;
}

static bool keep_but(const void *ctx, const char *function)
{
	return strcmp(function, ctx) != 0;
}

static struct bpf_object *open_image(void)
{
	struct bpf_object *obj = bpf_object__open_mem(image.data, image.size, NULL);

	assert_int_equal(libbpf_get_error(obj), 0);
	return obj;
}

/* How many programs are there, and how many calls of a function of the kernel? */
static unsigned programs(unsigned *calls)
{
	struct bpf_object *obj = open_image();
	const struct bpf_insn *insn;
	struct bpf_program *p;
	unsigned n = 0;
	size_t i;

	*calls = 0;
	bpf_object__for_each_program(p, obj) {
		n++;
		for (i = 0, insn = bpf_program__insns(p); i < bpf_program__insn_cnt(p); i++)
			*calls += insn[i].code == (BPF_JMP | BPF_CALL) && insn[i].imm == KFUNC &&
				  insn[i].src_reg == BPF_PSEUDO_KFUNC_CALL;
	}
	bpf_object__close(obj);
	return n;
}

/* ---- tests ---- */

static void a_function_that_is_not_kept_is_no_program(void **state)
{
	static const char left_out[] = "sct_sys_exit__openat_x";
	struct bpf_object *obj;
	unsigned calls, all;

	(void)state;
	all = programs(&calls);
	sct_image_keep(&image, keep_but, left_out);
	assert_int_equal(programs(&calls), all - 1);
	obj = open_image();
	assert_null(bpf_object__find_program_by_name(obj, left_out));
	assert_non_null(bpf_object__find_program_by_name(obj, "sct_sys_exit"));
	bpf_object__close(obj);
	sct_image_keep(&image, keep_all, NULL);
	assert_int_equal(programs(&calls), all);
}

static void calls_change_in_what_is_kept(void **state)
{
	static const char left_out[] = "sct_sys_exit__openat_x";
	unsigned before, some, all;

	(void)state;
	programs(&before);
	assert_int_equal(before, 0);
	sct_image_keep(&image, keep_but, left_out);
	sct_image_call(&image, SCT_CALL_CAST, KFUNC);
	sct_image_keep(&image, keep_all, NULL);
	programs(&some);
	assert_true(some > 0);
	sct_image_call(&image, SCT_CALL_CAST, KFUNC);
	programs(&all);
	assert_true(all > some);
}

static void lines_are_dropped_once(void **state)
{
	char *once = malloc(image.size);
	unsigned calls;

	(void)state;
	sct_image_drop_lines(&image);
	memcpy(once, image.data, image.size);
	sct_image_drop_lines(&image);
	assert_memory_equal(once, image.data, image.size);
	assert_true(programs(&calls) > 0);
	free(once);
}

static void the_object_is_sound(void **state)
{
	(void)state;
	assert_true(sct_image_is_sound(&image));
	sct_image_drop_lines(&image);
	assert_true(sct_image_is_sound(&image));
}

/* Under sanitizers, which see what is read behind the end. */
static void a_part_of_an_object_is_not_sound(void **state)
{
	size_t sizes[] = { 0, 1, sizeof(Elf64_Ehdr), image.size / 2, image.size - 1 };
	struct sct_image part;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		part.size = sizes[i];
		part.data = malloc(part.size + !part.size);
		memcpy(part.data, image.data, part.size);
		assert_false(sct_image_is_sound(&part));
		free(part.data);
	}
}

static void assert_unsound_with(void *field, unsigned value, size_t size)
{
	char saved[8];

	memcpy(saved, field, size);
	memset(field, value, size);
	assert_false(sct_image_is_sound(&image));
	memcpy(field, saved, size);
	assert_true(sct_image_is_sound(&image));
}

static void an_object_that_points_outside_is_not_sound(void **state)
{
	Elf64_Ehdr *elf = (Elf64_Ehdr *)image.data;
	Elf64_Shdr *section = (Elf64_Shdr *)(image.data + elf->e_shoff) + elf->e_shstrndx;

	(void)state;
	assert_unsound_with(&elf->e_machine, 0, sizeof(elf->e_machine));
	assert_unsound_with(&elf->e_shoff, 0x7f, sizeof(elf->e_shoff));
	assert_unsound_with(&elf->e_shnum, 0xff, sizeof(elf->e_shnum));
	assert_unsound_with(&elf->e_shstrndx, 0xff, sizeof(elf->e_shstrndx));
	assert_unsound_with(&section->sh_offset, 0x7f, sizeof(section->sh_offset));
	assert_unsound_with(&section->sh_size, 0x7f, sizeof(section->sh_size));
	assert_unsound_with(&section->sh_name, 0x7f, sizeof(section->sh_name));
	assert_unsound_with(&section->sh_type, 0, sizeof(section->sh_type));
}

/* Bits that are not in the file can be said to be anywhere. */
static void make_nobits(Elf64_Shdr *section)
{
	section->sh_type = SHT_NOBITS;
	section->sh_offset = 1ull << 40;
}

static Elf64_Shdr *section_named(const char *name)
{
	const Elf64_Ehdr *elf = (const Elf64_Ehdr *)image.data;
	Elf64_Shdr *sections = (Elf64_Shdr *)(image.data + elf->e_shoff);
	const char *names = image.data + sections[elf->e_shstrndx].sh_offset;
	unsigned i;

	for (i = 0; i < elf->e_shnum; i++)
		if (!strcmp(names + sections[i].sh_name, name))
			return &sections[i];
	return NULL;
}

static void an_object_without_the_bits_of_its_symbols_is_not_sound(void **state)
{
	(void)state;
	make_nobits(section_named(".symtab"));
	assert_false(sct_image_is_sound(&image));
}

static void an_object_without_the_bits_of_its_lines_is_not_sound(void **state)
{
	(void)state;
	make_nobits(section_named(".BTF.ext"));
	assert_false(sct_image_is_sound(&image));
}

/* It is left as it is: libbpf reports what is wrong with it. */
static void a_function_without_bits_is_not_changed(void **state)
{
	const Elf64_Ehdr *elf = (const Elf64_Ehdr *)image.data;
	Elf64_Shdr *sections = (Elf64_Shdr *)(image.data + elf->e_shoff);
	unsigned i, n = 0;

	(void)state;
	for (i = 0; i < elf->e_shnum; i++) {
		if (!(sections[i].sh_flags & SHF_EXECINSTR) || !sections[i].sh_size)
			continue;
		make_nobits(&sections[i]);
		n++;
	}
	assert_true(n > 0);
	if (!sct_image_is_sound(&image))
		return;
	sct_image_keep(&image, keep_all, NULL);
	sct_image_call(&image, SCT_CALL_CAST, KFUNC);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, copy_object, free_object)
	static const struct CMUnitTest tests[] = {
		T(a_function_that_is_not_kept_is_no_program),
		T(calls_change_in_what_is_kept),
		T(lines_are_dropped_once),
		T(the_object_is_sound),
		T(a_part_of_an_object_is_not_sound),
		T(an_object_that_points_outside_is_not_sound),
		T(an_object_without_the_bits_of_its_symbols_is_not_sound),
		T(an_object_without_the_bits_of_its_lines_is_not_sound),
		T(a_function_without_bits_is_not_changed),
	};

	libbpf_set_print(NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
