#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""layers.py TREE [SYMBOLS]: does each file include and call only what its layer may?

The rules:
  * "x.h" lies in a folder that mk/layers.mk names for the file's folder; no path leads upwards;
  * of another folder of the library only the header that has the folder's name is included;
  * common/ includes no header of the system, and those of libraries stay in the folders of LIBRARIES;
  * no circle of calls between object files (SYMBOLS: nm -A of the static library and of the tool).
Prints each violation and ends with 1 when there is one.
"""
import os
import re
import subprocess
import sys

LIBRARIES = {
    'bpf/': {'userspace/lib/source/live/ebpf', 'bpf'},
    'yajl/': {'userspace/cli'},
}
# Data of a layer beside its header: rows (.def), and the kernel's numbers that they are made of.
DATA = {'userspace/lib/schema': {'constants.h'}}
GENERATED = {'kmod': {'config.h', 'digest.h'}}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)


def layers(tree):
    """Folder -> folders that it may include from, as make expands mk/layers.mk."""
    rules = ('include %s/mk/layers.mk\n'
             'all:;@:$(foreach v,$(filter layer_%%,$(.VARIABLES)),$(info $v $($v)))\n' % tree)
    out = subprocess.run(['make', '-s', '-f', '-'], input=rules, text=True, check=True,
                         stdout=subprocess.PIPE).stdout
    table = {}
    for line in out.splitlines():
        words = line.split()
        table[words[0][len('layer_'):]] = words[1:]
    return table


def folder_of(path, table):
    """The layer that a file belongs to: the innermost folder of the table."""
    folder = os.path.dirname(path)
    while folder and folder not in table:
        folder = os.path.dirname(folder)
    return folder


def sources(tree, table):
    for top in ('common', 'kmod', 'bpf', 'userspace'):
        for where, _, names in os.walk(os.path.join(tree, top)):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(where, name), tree)
                if name.endswith(('.c', '.h', '.def')) and folder_of(path, table):
                    yield path


def check_quoted(tree, table, path, name):
    folder = folder_of(path, table)
    if '..' in name.split('/'):
        return 'leads upwards'
    if name in GENERATED.get(folder, ()):
        return None
    if os.path.exists(os.path.join(tree, os.path.dirname(path), name)):
        return None
    found = [f for f in table[folder] if os.path.exists(os.path.join(tree, f, name))]
    if not found:
        return 'is not of a layer that %s may include' % folder
    if found[0].startswith('userspace/lib') and found[0] != folder and \
       not name.endswith('.def') and name not in DATA.get(found[0], ()) and \
       name != os.path.basename(found[0]) + '.h':
        return 'is a private header of %s' % found[0]
    return None


def check_system(path, folder, name):
    if folder.startswith('common'):
        return 'is of the system, and common/ includes nothing of it'
    for prefix, folders in LIBRARIES.items():
        if name.startswith(prefix) and folder not in folders:
            return 'is a library for %s alone' % ', '.join(sorted(folders))
    return None


def check_includes(tree):
    table, wrong = layers(tree), []
    for path in sources(tree, table):
        with open(os.path.join(tree, path), encoding='utf-8') as f:
            text = f.read()
        for kind, name in INCLUDE.findall(text):
            why = (check_quoted(tree, table, path, name) if kind == '"' else
                   check_system(path, folder_of(path, table), name))
            if why:
                wrong.append('%s: %s %s' % (path, name, why))
    return wrong


def calls(symbols):
    """Object -> objects whose functions it uses."""
    defined, used = {}, []
    for line in symbols.splitlines():
        where, _, rest = line.rpartition(':')
        words = rest.split()
        if len(words) == 3 and words[1] in 'TDRB':
            defined[words[2]] = where
        elif len(words) == 2 and words[0] == 'U':
            used.append((where, words[1]))
    graph = {}
    for where, symbol in used:
        if defined.get(symbol, where) != where:
            graph.setdefault(where, {}).setdefault(defined[symbol], symbol)
    return graph


def find_circle(graph):
    """A list of objects each of which uses the next, and the last the first; or None."""
    state, path = {}, []

    def visit(node):
        state[node] = 'open'
        path.append(node)
        for to in sorted(graph.get(node, ())):
            if state.get(to) == 'open':
                return path[path.index(to):]
            if to not in state:
                circle = visit(to)
                if circle:
                    return circle
        path.pop()
        state[node] = 'done'
        return None

    for node in sorted(graph):
        if node not in state:
            circle = visit(node)
            if circle:
                return circle
    return None


def check_calls(symbols):
    graph = calls(symbols)
    circle = find_circle(graph)
    if not circle:
        return []
    steps = ['%s uses %s of %s' % (a, graph[a][b], b) for a, b in zip(circle, circle[1:] + circle[:1])]
    return ['a circle of calls: ' + '; '.join(steps)]


def main():
    wrong = check_includes(sys.argv[1])
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding='utf-8') as f:
            wrong += check_calls(f.read())
    print('\n'.join(wrong) or 'each file includes and calls only what it may')
    return bool(wrong)


if __name__ == '__main__':
    sys.exit(main())
