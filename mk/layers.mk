# SPDX-License-Identifier: MIT
# The layers: each folder, and the folders whose headers its files may include.  The build gives a file
# these folders as -I and no other; tests/unit/test_layers.sh compares each #include with this table.

layer_common/tables := common/tables
layer_common/wire   := common/wire common/tables
layer_common/decide := common/decide common/wire common/tables
layer_common/fill   := common/fill common/decide common/wire common/tables
layer_kmod	    := kmod $(layer_common/fill)
layer_bpf	    := bpf $(layer_common/fill)

API  := userspace/include
WIRE := common/wire common/tables
LIB  := userspace/lib

layer_userspace/include			:= $(API)
layer_userspace/lib/util		:= $(LIB)/util $(API)
layer_userspace/lib/schema		:= $(LIB)/schema $(layer_userspace/lib/util) $(WIRE)
layer_userspace/lib/decode		:= $(LIB)/decode $(layer_userspace/lib/schema)
layer_userspace/lib/select		:= $(LIB)/select $(LIB) $(LIB)/format $(LIB)/state $(layer_userspace/lib/decode)
layer_userspace/lib/state		:= $(LIB)/state $(layer_userspace/lib/decode)
layer_userspace/lib/format		:= $(LIB)/format $(layer_userspace/lib/state)
layer_userspace/lib/source/live		:= $(LIB)/source/live $(layer_userspace/lib/select)
layer_userspace/lib/source/live/kmod	:= $(LIB)/source/live/kmod $(layer_userspace/lib/source/live)
layer_userspace/lib/source/live/ebpf	:= $(LIB)/source/live/ebpf $(layer_userspace/lib/source/live)
layer_userspace/lib			:= $(layer_userspace/lib/source/live) $(LIB)/source/live/kmod $(LIB)/source/live/ebpf
layer_userspace/cli			:= userspace/cli $(API)
