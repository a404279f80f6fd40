// SPDX-License-Identifier: MIT
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "bpf_image.h"

/* Of a section .BTF.ext what stands at its begin; libbpf has it in a header of its own. */
struct ext_header {
	__u16 magic;
	__u8 version, flags;
	__u32 hdr_len;
	__u32 func_off, func_len;
	__u32 line_off, line_len;
	__u32 core_off, core_len;
};

int sct_image_map(struct sct_image *image, const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC), err = 0;
	struct stat st;

	if (fd < 0 || fstat(fd, &st)) {
		err = -errno;
	} else {
		image->size = st.st_size;
		image->data = mmap(NULL, st.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
		if (image->data == MAP_FAILED)	/* a directory is no device */
			err = errno == ENODEV ? -EINVAL : -errno;
	}
	if (fd >= 0)
		close(fd);
	return err;
}

static Elf64_Ehdr *header(const struct sct_image *image)
{
	return (Elf64_Ehdr *)image->data;
}

/* NULL behind the last. */
static Elf64_Shdr *section_at(const struct sct_image *image, unsigned i)
{
	const Elf64_Ehdr *elf = header(image);

	return i < elf->e_shnum ? (Elf64_Shdr *)(image->data + elf->e_shoff) + i : NULL;
}

static const char *string_at(const struct sct_image *image, unsigned table, __u32 off)
{
	return image->data + section_at(image, table)->sh_offset + off;
}

static Elf64_Shdr *section_of(const struct sct_image *image, const char *name)
{
	Elf64_Shdr *section;
	unsigned i;

	for (i = 0; (section = section_at(image, i)); i++)
		if (!strcmp(string_at(image, header(image)->e_shstrndx, section->sh_name), name))
			return section;
	return NULL;
}

/* The i-th symbol; NULL behind the last. */
static Elf64_Sym *symbol_at(const struct sct_image *image, const Elf64_Shdr *symbols, unsigned i)
{
	return i < symbols->sh_size / sizeof(Elf64_Sym) ?
	       (Elf64_Sym *)(image->data + symbols->sh_offset) + i : NULL;
}

/* Is it a function in a section that is there?  One that was left out before is none of a type. */
static bool is_function(const struct sct_image *image, const Elf64_Sym *symbol)
{
	unsigned type = ELF64_ST_TYPE(symbol->st_info);
	const Elf64_Shdr *section = section_at(image, symbol->st_shndx);

	return (type == STT_FUNC || type == STT_NOTYPE) && section &&
	       section->sh_type == SHT_PROGBITS && section->sh_flags & SHF_EXECINSTR && ELF64_ST_BIND(symbol->st_info) == STB_GLOBAL;
}

/* ---- is it sound? ---- */

static bool is_table_of_strings(const struct sct_image *image, unsigned i)
{
	const Elf64_Shdr *section = section_at(image, i);

	return section && section->sh_type == SHT_STRTAB && section->sh_size &&
	       !image->data[section->sh_offset + section->sh_size - 1];
}

/* A section without bits in the file may claim to be anywhere: nothing below looks into one. */
static bool are_sections_sound(const struct sct_image *image)
{
	const Elf64_Shdr *section;
	unsigned i;

	for (i = 0; (section = section_at(image, i)); i++)
		if (section->sh_type != SHT_NOBITS &&
		    (section->sh_offset > image->size ||
		     section->sh_size > image->size - section->sh_offset))
			return false;
	if (!is_table_of_strings(image, header(image)->e_shstrndx))
		return false;
	for (i = 0; (section = section_at(image, i)); i++)
		if (section->sh_name >= section_at(image, header(image)->e_shstrndx)->sh_size)
			return false;
	return true;
}

static bool are_symbols_sound(const struct sct_image *image)
{
	const Elf64_Shdr *symbols = section_of(image, ".symtab"), *section;
	const Elf64_Sym *symbol;
	unsigned i;

	if (!symbols || symbols->sh_type != SHT_SYMTAB || symbols->sh_offset % sizeof(__u64) ||
	    !is_table_of_strings(image, symbols->sh_link))
		return false;
	for (i = 0; (symbol = symbol_at(image, symbols, i)); i++) {
		section = section_at(image, symbol->st_shndx);
		if (symbol->st_name >= section_at(image, symbols->sh_link)->sh_size)
			return false;
		if (is_function(image, symbol) &&
		    ((section->sh_offset + symbol->st_value) % sizeof(struct bpf_insn) ||
		     symbol->st_value > section->sh_size ||
		     symbol->st_size > section->sh_size - symbol->st_value))
			return false;
	}
	return true;
}

static bool are_lines_sound(const struct sct_image *image)
{
	const Elf64_Shdr *section = section_of(image, ".BTF.ext");
	const struct ext_header *ext;

	if (!section || section->sh_type != SHT_PROGBITS || section->sh_offset % sizeof(__u32) || section->sh_size < sizeof(*ext))
		return false;
	ext = (const struct ext_header *)(image->data + section->sh_offset);
	return (__u64)ext->hdr_len + ext->line_off + ext->line_len <= section->sh_size &&
	       (__u64)ext->hdr_len + ext->core_off + ext->core_len <= section->sh_size;
}

bool sct_image_is_sound(const struct sct_image *image)
{
	const Elf64_Ehdr *elf = header(image);

	return image->size >= sizeof(*elf) && !memcmp(elf->e_ident, ELFMAG, SELFMAG) &&
	       elf->e_ident[EI_CLASS] == ELFCLASS64 && elf->e_machine == EM_BPF &&
	       elf->e_shoff % sizeof(__u64) == 0 && elf->e_shoff <= image->size &&
	       elf->e_shnum <= (image->size - elf->e_shoff) / sizeof(Elf64_Shdr) &&
	       are_sections_sound(image) && are_symbols_sound(image) && are_lines_sound(image);
}

/* ---- changing it ---- */

void sct_image_keep(const struct sct_image *image,
		    bool (*keep)(const void *ctx, const char *function), const void *ctx)
{
	const Elf64_Shdr *symbols = section_of(image, ".symtab");
	const char *name;
	Elf64_Sym *symbol;
	unsigned i, type;

	for (i = 0; (symbol = symbol_at(image, symbols, i)); i++) {
		if (!is_function(image, symbol))
			continue;
		name = string_at(image, symbols->sh_link, symbol->st_name);
		type = keep(ctx, name) ? STT_FUNC : STT_NOTYPE;
		symbol->st_info = ELF64_ST_INFO(STB_GLOBAL, type);
	}
}

void sct_image_call(const struct sct_image *image, __u32 helper, __u32 btf_id)
{
	const struct bpf_insn from = { .code = BPF_JMP | BPF_CALL, .imm = helper };
	const struct bpf_insn to = {
		.code = BPF_JMP | BPF_CALL, .src_reg = BPF_PSEUDO_KFUNC_CALL, .imm = btf_id,
	};
	const Elf64_Shdr *symbols = section_of(image, ".symtab");
	struct bpf_insn *insn, *end;
	const Elf64_Sym *symbol;
	__u64 section;
	unsigned i;

	for (i = 0; (symbol = symbol_at(image, symbols, i)); i++) {
		if (!is_function(image, symbol) || ELF64_ST_TYPE(symbol->st_info) != STT_FUNC)
			continue;
		section = section_at(image, symbol->st_shndx)->sh_offset;
		insn = (struct bpf_insn *)(image->data + section + symbol->st_value);
		for (end = insn + symbol->st_size / sizeof(*insn); insn < end; insn++)
			if (!memcmp(insn, &from, sizeof(from)))
				*insn = to;
	}
}

void sct_image_drop_lines(const struct sct_image *image)
{
	Elf64_Shdr *section = section_of(image, ".BTF.ext");
	struct ext_header *ext = (struct ext_header *)(image->data + section->sh_offset);
	char *data = (char *)ext + ext->hdr_len;

	if (ext->core_off < ext->line_off)
		return;
	memmove(data + ext->line_off, data + ext->core_off, ext->core_len);
	ext->core_off = ext->line_off;
	ext->line_len = 0;
	section->sh_size = ext->hdr_len + ext->core_off + ext->core_len;
}
