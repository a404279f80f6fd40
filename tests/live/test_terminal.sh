#!/bin/sh
# SPDX-License-Identifier: MIT
# In a terminal sctrace is not noticed: keys, job control and resizing are for the command.
set -eu

# shellcheck source=tests/live/expect.sh
. "$SCT_SRC/tests/live/expect.sh"

for tool in python3 bash; do
	command -v $tool >/dev/null || { echo "no $tool"; exit 77; }
done
export SCTRACE
exec python3 "$SCT_SRC/tests/live/terminal.py"
