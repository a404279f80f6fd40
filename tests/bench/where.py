#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""
where.py COUNTS REPORT OPS: where the instructions of one operation go, by function.

COUNTS is what plugin/count.c wrote of a guest that ran vm_guest.sh with a loop to look at, REPORT what
the guest said.  A measurement lies between three marks: OPS operations, then twice as many.  What
these have more is theirs; the way there and back is the same.
"""
import bisect
import collections
import re
import sys

USER_END = 1 << 47
MEASURED = ["untraced", "eBPF", "module"]  # in this order, see vm_guest.sh
MARKS = 3  # of a measurement


def read_counts(path):
    """Of each part between two marks: how often an address was executed."""
    parts = [collections.Counter()]
    with open(path, encoding="ascii") as lines:
        for line in lines:
            if line == "mark\n":
                parts.append(collections.Counter())
            else:
                addr, n = line.split()
                parts[-1][int(addr, 16)] += int(n)
    return parts


def operation(parts, measurement, ops):
    once, twice = parts[measurement * MARKS + 1 : measurement * MARKS + MARKS]
    diff = twice.copy()
    diff.subtract(once)
    return {pc: n / ops for pc, n in diff.items() if n}


def read_symbols(report):
    """The functions, of each time that they were listed."""
    lists = []
    with open(report, encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = re.match(r"\| sym ([0-9a-f]+) . (\S+)(?:\s+(\[\w+\]))?", line)
            if found:
                name = found[2] + (" " + found[3] if found[3] else "")
                lists[-1].append((int(found[1], 16), name))
            elif line.startswith("| symbols"):
                lists.append([])
    return [sorted(symbols) for symbols in lists]


def by_function(counts, symbols):
    starts = [start for start, _ in symbols]
    functions = collections.Counter()
    for pc, n in counts.items():
        i = bisect.bisect_right(starts, pc) - 1
        functions["(user space)" if pc < USER_END or i < 0 else symbols[i][1]] += n
    return functions


def show(columns):
    functions = {name for column in columns for name in column}
    lines = [[column[name] for column in columns] + [name] for name in functions]
    lines.sort(key=lambda line: (max(n - line[0] for n in line[1:-1]), line[0], line[-1]), reverse=True)
    lines.append([sum(column.values()) for column in columns] + ["all"])
    print("".join(f"{name:>12}" for name in MEASURED))
    for line in lines:
        if max(line[:-1]) >= 0.5:
            print("".join(f"{n:12.1f}" for n in line[:-1]) + "  " + line[-1])


def main():
    path, report, ops = sys.argv[1], sys.argv[2], int(sys.argv[3])
    parts = read_counts(path)
    if len(parts) != len(MEASURED) * MARKS + 1:
        sys.exit(f"where.py: {path} has {len(parts) - 1} marks: the guest has not done it all")
    counts = [operation(parts, i, ops) for i in range(len(MEASURED))]
    with open(report + ".where", "w", encoding="ascii") as out:
        for name, column in zip(MEASURED, counts):
            for pc in sorted(column):
                print(f"{name} {pc:x} {column[pc]:.2f}", file=out)
    show([by_function(*pair) for pair in zip(counts, read_symbols(report))])


main()
