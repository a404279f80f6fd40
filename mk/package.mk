# SPDX-License-Identifier: MIT
# Source tarball and packages.  Included by the Makefile.

# ---- source and packages ----

# What git knows; in a tarball, what is there.
DIST	   := sctrace-$(VERSION)
DIST_TIME   = $(or $(SOURCE_DATE_EPOCH),$(shell cd $(SRC) && git log -1 --format=%ct 2>/dev/null || \
	      stat -c %Y common/wire/sct_version.h))
DIST_FILES  = cd $(SRC) && { git ls-files 2>/dev/null | grep . || \
	      find . \( -name .git -o -path './$(call rel,$(O))' \) -prune -o ! -type d -print; } | LC_ALL=C sort

# Nothing in it tells who made it, where and when.
$(O)/$(DIST).tar.gz: FORCE
	@mkdir -p $(@D)
	$(call say,TAR,$@)$(DIST_FILES) | tar -C $(SRC) -czf $@ --owner=root:0 --group=root:0 --mode=u+rw,go=rX,a-s \
		--mtime=@$(DIST_TIME) --transform='s:^\(\./\)*:$(DIST)/:S' -T -

dist: $(O)/$(DIST).tar.gz ## make a tarball of the source

deb: $(O)/$(DIST).tar.gz ## make Debian packages, below build/deb; STATIC=1: for releases with too old a libbpf
	@SCT_SRC='$(SRC)' SCT_BUILD='$(O)' STATIC='$(STATIC)' V='$(V)' $(SRC)/packaging/deb $<
