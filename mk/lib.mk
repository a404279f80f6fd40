# SPDX-License-Identifier: MIT
# The library and the tool.  Included by the Makefile.

# ---- the library ----

SONAME	  := libsctrace.so.$(firstword $(subst ., ,$(VERSION)))
SOFILE	  := libsctrace.so.$(VERSION)
LIB_SRCS  := $(call sources,$(addprefix $(LIB)/,*.c */*.c */*/*.c */*/*/*.c))
LIB_OBJS  := $(LIB_SRCS:%.c=$(O)/%.o) $(O)/userspace/lib/source/live/ebpf/bpf_object.o
LIB_MAP	  := $(SRC)/userspace/lib/libsctrace.map

$(O)/userspace/%.o: $(SRC)/userspace/%.c $(O)/flags $(SRC)/Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(call flags_of,userspace/$*.c) $(CPPFLAGS) $(CFLAGS) -fPIC -MMD -MP \
		-c $< -o $@

$(O)/userspace/lib/source/live/ebpf/bpf_object.o: $(SRC)/userspace/lib/source/live/ebpf/bpf_object.S $(PROBES)
	@mkdir -p $(@D)
	$(call say,AS,$<)$(CC) -Wa,-I$(O) -c $< -o $@

$(O)/libsctrace.a: $(LIB_OBJS)
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $^

$(O)/$(SOFILE): $(LIB_OBJS) $(LIB_MAP)
	$(call say,LD,$@)$(CC) -shared $(CFLAGS) $(LDFLAGS) -Wl,-soname,$(SONAME) \
		-Wl,--version-script=$(LIB_MAP) -Wl,-z,defs -Wl,--as-needed \
		-o $@ $(LIB_OBJS) -pthread $(DEP_LIBS)

$(O)/$(SONAME): $(O)/$(SOFILE)
	$(Q)ln -sf $(SOFILE) $@

$(O)/libsctrace.so: $(O)/$(SONAME)
	$(Q)ln -sf $(SONAME) $@

# ---- the tool: static in the build tree, so that it runs there; `install` links the shared library

CLI_OBJS := $(patsubst %.c,$(O)/%.o,$(call sources,userspace/cli/*.c))

$(O)/sctrace: $(CLI_OBJS) $(O)/libsctrace.a
	$(call say,LD,$@)$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed -o $@ $^ -pthread $(DEP_LIBS)
