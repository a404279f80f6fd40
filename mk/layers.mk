# SPDX-License-Identifier: MIT
# The layers: each folder, and the folders whose headers its files may include.  The build gives a file
# these folders as -I and no other; tests/unit/test_layers.sh compares each #include with this table.

layer_common/tables := common/tables
layer_common/wire   := common/wire common/tables
layer_common/decide := common/decide common/wire common/tables
layer_common/fill   := common/fill common/decide common/wire common/tables
layer_kmod	    := kmod $(layer_common/fill)
layer_bpf	    := bpf $(layer_common/fill)

# The public header is every layer's: its types are the contract.
API  := userspace/include
WIRE := common/wire common/tables
LIB  := userspace/lib

layer_$(API)			:= $(API)
layer_$(LIB)/util		:= $(LIB)/util $(API)
layer_$(LIB)/schema		:= $(LIB)/schema $(layer_$(LIB)/util) $(WIRE)
layer_$(LIB)/decode		:= $(LIB)/decode $(layer_$(LIB)/schema)
layer_$(LIB)/select		:= $(LIB)/select $(layer_$(LIB)/schema)
layer_$(LIB)/source		:= $(LIB)/source $(layer_$(LIB)/select)
layer_$(LIB)/source/live	:= $(LIB)/source/live $(layer_$(LIB)/source)
layer_$(LIB)/source/live/kmod	:= $(LIB)/source/live/kmod $(layer_$(LIB)/source/live)
layer_$(LIB)/source/live/ebpf	:= $(LIB)/source/live/ebpf $(layer_$(LIB)/source/live)
layer_$(LIB)/state		:= $(LIB)/state $(layer_$(LIB)/decode)
layer_$(LIB)/format		:= $(LIB)/format $(layer_$(LIB)/state)
layer_$(LIB)			:= $(LIB) $(layer_$(LIB)/source/live) $(layer_$(LIB)/format)
layer_userspace/cli		:= userspace/cli $(API)
