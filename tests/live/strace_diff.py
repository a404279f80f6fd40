#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compare what strace and sctrace saw of two runs of one program.

usage: strace_diff.py [--except RULE,..] [--least N] NAME STRACE_PREFIX SCTRACE_JSON

STRACE_PREFIX.TID are the files of `strace -ff -o STRACE_PREFIX -X raw -v -xx -s SNAPLEN`, with
-e raw= for the calls that sctrace shows as six raw arguments and for those in SHOWN_RAW;
SCTRACE_JSON is what `sctrace -j -s SNAPLEN` said.  Neither program may have its addresses
randomised.

Threads are matched by their place in the tree, the n-th child of the m-th child.  Each thread's
calls, deliveries of signals and end must agree, in order: name, arguments, result.
"""
import base64
import glob
import json
import re
import signal
import socket
import stat
import struct
import sys

# What is left out of the comparison, and why.  Those of ALWAYS apply always, the others
# where asked for.
RULES = {
    'child': 'a new task returns from its parent\'s call as well, which ptrace does not show',
    'sigchld': 'with ptrace SIGCHLD is delivered also when it is ignored; when it comes is chance',
    'fatal': 'what kills by default is delivered as SIGKILL, unless the process is ptraced',
    'futex': 'whether a thread has to wait is chance',
    'restart': 'a call that a signal interrupts is made again: when the signal comes is chance',
    'faulted': 'at the begin of an execve its strings may not be in memory: those of its end count',
    'sigreturn': 'the end of a handler of SIGCHLD comes when the signal comes',
    'wait': 'which child ends first is chance: equal as a set, without calls that do not wait',
}
ALWAYS = ('child', 'sigchld', 'faulted', 'fatal')

# Values that differ from run to run.  Each pair that is met binds the two, and they have to stay
# together: equal here is equal there.  Numbers are raw arguments.
BOUND = {
    'pid': 'the kernel numbers processes and threads',
    'port': 'the kernel chooses ports',
}
PIDS = {
    'getpid': ['ret'], 'gettid': ['ret'], 'getppid': ['ret'], 'getpgrp': ['ret'],
    'getpgid': ['ret', 'pid'], 'getsid': ['ret', 'pid'], 'setsid': ['ret'], 'set_tid_address': ['ret'],
    'fork': ['ret'], 'vfork': ['ret'], 'clone': ['ret'], 'clone3': ['ret'], 'wait4': ['ret', 'pid'],
    'waitid': [1], 'kill': ['pid'], 'tkill': ['tid'], 'tgkill': ['pid', 'tid'],
    'setpgid': ['pid', 'pgid'], 'prlimit64': ['pid'], 'signaldeliver': ['spid', 'dpid'],
}

# Calls with rows of their own whose arguments strace shows raw, as sctrace does.
SHOWN_RAW = ('clone',)

# Calls whose command says which arguments they take: strace shows no others.
BY_COMMAND = ('fcntl', 'ioctl', 'prctl')

# Which parameters strace's arguments are, in strace's order: '-' is not shown by sctrace,
# 'a+b:how' is shown as several, see the functions how_*.  Behind the slash are those that only
# sctrace shows.  Calls that are not here have the same parameters in the same order.
TASK = ('tid pid ptid cwd fdlimit pgft_maj pgft_min vm_size vm_rss vm_swap comm cgroups uid gid '
        'vtid vpid pidns_init_start_ts')
EXEC = ('tid pid ptid cwd fdlimit pgft_maj pgft_min vm_size vm_rss vm_swap comm cgroups tty vpgid '
        'loginuid flags cap_inheritable cap_permitted cap_effective exe_ino exe_ino_ctime '
        'exe_ino_mtime uid trusted_exepath pgid gid exe_dev argv_size env_size')
ARGS = {
    'read': 'fd data size',
    'write': 'fd data size',
    'pread64': 'fd data size pos',
    'pwrite64': 'fd data size pos',
    'readv': 'fd size+data:iov iovcnt',
    'writev': 'fd size+data:iov iovcnt',
    'preadv': 'fd size+data:iov iovcnt pos',
    'pwritev': 'fd size+data:iov iovcnt pos',
    'open': 'name flags mode / dev ino',
    'openat': 'dirfd name flags mode / dev ino',
    'openat2': 'dirfd name flags+mode+resolve:open_how size / dev ino',
    'creat': 'name mode / dev ino creat_flags',
    'stat': 'path statbuf:stat',
    'lstat': 'path statbuf:stat',
    'fstat': 'fd statbuf:stat',
    'newfstatat': 'dirfd path statbuf:stat flags',
    'getdents': 'fd - count',
    'getdents64': 'fd - count',
    'pipe': 'fd1+fd2:each / ino',
    'pipe2': 'fd1+fd2:each flags / ino',
    'sendfile': 'out_fd in_fd offset size',
    'splice': 'fd_in off_in fd_out off_out size flags',
    'copy_file_range': 'fdin offin fdout offout len flags',
    'poll': 'fds nfds timeout',
    'ppoll': 'fds nfds timeout sigmask -',
    'select': 'n - - - timeout / inp outp exp',
    'epoll_wait': 'epfd - maxevents timeout / events',
    'epoll_pwait': 'epfd - maxevents timeout sigmask sigsetsize / events',
    'epoll_pwait2': 'epfd - maxevents timeout sigmask sigsetsize / events',
    'epoll_ctl': 'epfd op fd - / event',
    'statx': 'dirfd path flags mask - / buffer',
    'statfs': 'path - / buf',
    'fstatfs': 'fd - / buf',
    'utime': 'filename - / times',
    'utimes': 'filename - / times',
    'futimesat': 'dirfd filename - / times',
    'utimensat': 'dirfd path - flags / times',
    'signalfd': 'fd mask sizemask / flags',
    'signalfd4': 'fd mask sizemask flags',
    'eventfd': 'initval / flags',
    'eventfd2': 'initval flags',
    'inotify_init': '/ flags',
    'mmap': 'addr length prot flags fd offset / vm_size vm_rss vm_swap',
    'munmap': 'addr length / vm_size vm_rss vm_swap',
    'brk': 'addr / vm_size vm_rss vm_swap',
    'fcntl': 'fd cmd arg+value:pointed',
    'ioctl': 'fd request argument+value:pointed',
    'futex': 'addr op val / timeout val2 addr2 val3', 'set_robust_list': 'head len / list',
    'nanosleep': 'interval -',
    'clock_nanosleep': 'clockid flags request - / remain',
    'exit': 'status', 'exit_group': 'status',
    'wait4': 'pid - options - / status rusage',
    'getrusage': 'who - / usage',
    'sched_getaffinity': 'pid len - / mask',
    'sched_setaffinity': 'pid len - / mask',
    'getgroups': 'size - / list', 'setgroups': 'size - / list',
    'preadv2': 'fd size+data:iov iovcnt pos flags', 'pwritev2': 'fd size+data:iov iovcnt pos flags',
    'pselect6': 'n - - - - - / inp outp exp timeout sigmask', 'vmsplice': 'fd - nr_segs flags / iov',
    'semtimedop': 'semid - nsops - / sops timeout', 'futex_waitv': '- nr_futexes flags - clockid / waiters timeout',
    'io_setup': 'nr_events - / ctx_id', 'io_submit': 'ctx_id nr - / iocbpp iocb',
    'io_cancel': 'ctx_id - - / iocb result', 'io_getevents': 'ctx_id min_nr nr - - / events timeout',
    'io_pgetevents': 'ctx_id min_nr nr - - - / events timeout sigmask',
    'capget': '- - / cap_inheritable cap_permitted cap_effective version pid',
    'getitimer': 'which - / curr_value', 'setitimer': 'which - - / new_value old_value',
    'timer_create': 'clockid - - / sevp timerid',
    'timer_settime': 'timerid flags - - / new_value old_value',
    'timer_gettime': 'timerid - / curr_value',
    'timerfd_settime': 'fd flags - - / new_value old_value',
    'timerfd_gettime': 'fd - / curr_value',
    'gettimeofday': '- - / tv tz', 'settimeofday': '- - / tv tz', 'time': '- / tloc',
    'times': '- / buf', 'adjtimex': '- / buf', 'clock_adjtime': 'clockid - / buf',
    'sysinfo': '- / info', 'syslog': 'type - len / bufp', 'mincore': 'addr length - / vec',
    'getcpu': '- - - / cpu node', 'get_robust_list': 'pid - - / head len',
    'waitid': 'idtype id - options - / infop rusage',
    'rt_sigtimedwait': '- - - sigsetsize / set info timeout', 'rt_sigsuspend': '- sigsetsize / set',
    'rt_sigqueueinfo': 'pid sig - / info', 'rt_tgsigqueueinfo': 'pid tid sig - / info',
    'pidfd_send_signal': 'pidfd sig - flags / info', 'sigaltstack': '- - / ss old_ss',
    'msgsnd': 'msqid - size msgflg / mtype data', 'msgrcv': 'msqid - size msgtyp msgflg / mtype data',
    'mq_open': 'name flags mode - / attr', 'mq_timedsend': 'fd data size priority - / timeout',
    'mq_timedreceive': 'fd data size - - / priority timeout', 'mq_notify': 'fd - / sevp',
    'mq_getsetattr': 'fd - - / newattr oldattr', 'mbind': 'addr len mode - maxnode flags / nodemask',
    'set_mempolicy': 'mode - maxnode / nodemask',
    'get_mempolicy': '- - maxnode addr flags / mode nodemask',
    'migrate_pages': 'pid maxnode - - / old_nodes new_nodes',
    'move_pages': 'pid count - - - flags / pages nodes status',
    'perf_event_open': '- pid cpu group_fd flags / attr', 'set_thread_area': '- / u_info',
    'sched_setparam': 'pid - / priority', 'sched_getparam': 'pid - / priority',
    'sched_setscheduler': 'pid policy - / priority', 'sched_rr_get_interval': 'pid - / tp',
    'sched_setattr': 'pid - flags / attr', 'sched_getattr': 'pid - size flags / attr',
    'process_madvise': 'pidfd - vlen advice flags / vec',
    'getrandom': '- count flags / buf',     # chance
    'uname': '- / name',
    'rt_sigaction': 'sig - - sigsetsize / act oldact',
    'rt_sigreturn': '-',
    'rt_sigprocmask': 'how - - sigsetsize / set oldset',
    'rt_sigpending': '- sigsetsize / set',
    'getrlimit': 'resource cur+max:rlimit',
    'setrlimit': 'resource cur+max:rlimit',
    'prlimit64': 'pid resource newcur+newmax:rlimit oldcur+oldmax:rlimit',
    'socket': 'domain type proto / flags',
    'bind': 'fd addr -',
    'connect': 'fd addr - / tuple',
    'accept': 'sockfd addr - / tuple queuepct queuelen queuemax',
    'accept4': 'sockfd addr - flags / tuple queuepct queuelen queuemax',
    'getsockname': 'fd addr -',
    'getpeername': 'fd addr -',
    'socketpair': 'domain type proto fd1+fd2:each / source peer',
    'sendto': 'fd data size flags addr - / tuple',
    'recvfrom': 'fd data size flags addr - / tuple',
    'sendmsg': 'fd size+data+addr+msgcontrol:msg flags / tuple',
    'recvmsg': 'fd size+data+addr+msgcontrol+msg_flags:msg flags / tuple',
    'setsockopt': 'fd level optname val:opt optlen',
    'getsockopt': 'fd level optname val:opt optlen:each',
    'clone': 'flags newsp parent_tid child_tid tls / exe args ' + TASK,
    'clone3': 'flags+exit_signal:clone_args - / exe args ' + TASK,
    'fork': '/ exe args flags ' + TASK,
    'vfork': '/ exe args flags ' + TASK,
    'execve': 'filename exe+args:argv env / ' + EXEC,
    'execveat': 'dirfd filename exe+args:argv env at_flags / ' + EXEC,
    'prctl': 'option arg2_int+value+arg2_str:pointed arg3 arg4 arg5',
}


class Differ(Exception):
    """Both sides are there and differ."""


# ---- strace's notation ----

class More:
    """Three dots."""

    def __repr__(self):
        return '...'


MORE = More()
STRING = re.compile(r'@?"((?:[^"\\]|\\.)*)"(\.\.\.)?')
WORD = re.compile(r'&?[A-Za-z_]\w*')
NUMBER = re.compile(r'-?(?:0x[0-9a-f]+|\d+(?:\.\d+)?)')
BLANK = re.compile(r'(?:\s|/\*.*?\*/)*')
ESCAPE = re.compile(rb'\\(x[0-9a-f]{2}|[0-7]{1,3}|.)')


def number(text):
    """As C writes numbers."""
    sign, text = (-1, text[1:]) if text.startswith('-') else (1, text)
    if text.startswith('0x'):
        return sign * int(text, 16)
    if '.' in text:
        return float(text)
    return sign * int(text, 8 if len(text) > 1 and text[0] == '0' else 10)


def unescape(match):
    what = match.group(1)
    if what[:1] == b'x' and len(what) == 3:
        return bytes([int(what[1:], 16)])
    if what[:1] in b'01234567':
        return bytes([int(what, 8)])
    return {b'n': b'\n', b't': b'\t', b'r': b'\r', b'v': b'\v', b'f': b'\f'}.get(what, what)


class Cut(bytes):
    """The beginning of a longer string."""


# What a status of wait(2) says, in C: no value that is compared.  Places in the line stay.
WAIT_STATUS = re.compile(r'\{W[A-Z][^{}]*\}')
# Of flags whose first part is 0, as statx(2) has them, strace shows nothing there.
NO_FLAG, NO_FIRST_FLAG = re.compile(r', (?=,)'), re.compile(r', \|')


class Parser:
    """Values: int, bytes, list, dict of a structure's fields, (function, args), (before, after)."""

    def __init__(self, text, pos):
        text = WAIT_STATUS.sub(lambda status: '0'.ljust(len(status.group())), text)
        self.text, self.pos = NO_FIRST_FLAG.sub(',  ', NO_FLAG.sub(',0', text)), pos

    def skip(self):
        self.pos = BLANK.match(self.text, self.pos).end()

    def eat(self, token):
        self.skip()
        if not self.text.startswith(token, self.pos):
            return False
        self.pos += len(token)
        return True

    def take(self, pattern):
        self.skip()
        match = pattern.match(self.text, self.pos)
        if match:
            self.pos = match.end()
        return match

    def many(self, end):
        """Up to end: a list, or a dict when the members have names."""
        members, named = [], {}
        while not self.eat(end):
            if self.pos >= len(self.text) or self.eat('<unfinished ...>'):
                break
            value = self.value()
            if isinstance(value, dict) and value.get('') == 'named':
                named[value['name']] = value['value']
            else:
                members.append(value)
            self.eat(',')
        return members, named

    def term(self):
        match = self.take(STRING)
        if match:
            data = ESCAPE.sub(unescape, match.group(1).encode('latin1'))
            if match.group(0)[0] == '@':
                data = b'\0' + data
            return Cut(data) if match.group(2) else data
        for token, value in (('...', MORE), ('?', None)):
            if self.eat(token):
                return value
        if self.eat('['):
            return self.many(']')[0]
        if self.eat('{'):
            members, named = self.many('}')
            for member in members:      # a field that its function names
                if isinstance(member, tuple):
                    named[member[0]] = member[1]
            return named
        if self.eat('~'):
            return ('~', self.term())
        match = self.take(NUMBER)
        if match:
            return number(match.group(0))
        match = self.take(WORD)
        if not match:
            raise ValueError('cannot read %r of %r' % (self.text[self.pos:][:40], self.text))
        name = match.group(0)
        if self.eat('('):
            return (name, self.many(')')[0])
        if name == 'NULL':
            return 0
        if self.text[self.pos:self.pos + 1] == '=' and self.text[self.pos + 1] not in '=>':
            self.pos += 1
            return {'': 'named', 'name': name, 'value': self.value()}
        return name

    def value(self):
        value = self.term()
        while isinstance(value, int):
            if self.eat('|'):
                value |= self.term()
            elif self.eat('<<'):
                value <<= self.term()
            else:
                break
        if self.eat('=>'):
            value = (value, self.value())
        return value


# ---- calls of both ----

class Call:
    def __init__(self, name, args, ret, error, line, enter=False):
        self.name, self.args, self.ret, self.error = name, args, ret, error
        self.line, self.enter = line, enter
        self.raw = 'nativeID' in args if isinstance(args, dict) else False


RESULT = re.compile(r'\s*=\s*(\?|-?0x[0-9a-f]+|-?\d+)(?:\s+(E[A-Z0-9]+))?')


def strace_line(line):
    """A call, a signal, an end, or None."""
    if line.startswith('---'):
        name, info = re.match(r'--- (\w+) (.*) ---', line).groups()
        fields = Parser(info, 0).value() if info.startswith('{') else {}
        return Call('signaldeliver', [fields.get('si_pid', 0), fields['si_signo'],
                                      fields['si_code']], None, None, line)
    if line.startswith('+++'):
        match = re.match(r'\+\+\+ (exited with|killed by) (\w+)( \(core dumped\))?', line)
        how, what, core = match.groups()
        status = int(what) << 8 if how == 'exited with' else getattr(signal, what)
        return Call('procexit', [int(status) + (128 if core else 0)], None, None, line)
    match = re.match(r'(\w+)\(', line)
    if not match:
        return None
    parser = Parser(line, match.end())
    members, named = parser.many(')')
    # the second half of a call that another thread's execve ended is of no interest
    result = RESULT.match(line, parser.pos)
    ret, error = result.groups() if result else (None, None)
    ret = None if ret in ('?', None) else number(ret)
    return Call(match.group(1), members + list(named.values()), ret, error, line)


def read_strace(prefix):
    threads = {}
    for path in glob.glob(glob.escape(prefix) + '.*'):
        with open(path, encoding='latin1') as lines:
            calls = [strace_line(line.rstrip('\n')) for line in lines]
        threads[int(path.rsplit('.', 1)[1])] = [call for call in calls if call]
    return threads


def read_sctrace(path):
    threads = {}
    with open(path, encoding='utf8') as lines:
        for line in lines:
            event = json.loads(line)
            if event['event'] == 'loss':
                raise Differ('sctrace lost events: ' + line)
            brief = {key: event[key] for key in ('args', 'ret', 'error', 'cut', 'faulted')
                     if key in event}
            call = Call(event['event'], event['args'], event['ret'], event.get('error'),
                        '%s%s %s' % (event['event'], ' (enter)' if event['enter'] else '',
                                     json.dumps(brief)), event['enter'])
            call.cut, call.faulted = event.get('cut', []), event.get('faulted', [])
            threads.setdefault(event['tid'], []).append(call)
    return threads


def text_bytes(value):
    """The bytes of a JSON string or data."""
    if isinstance(value, str):
        return value.encode('utf8')
    if 'text' in value:
        return value['text'].encode('utf8')
    return base64.b64decode(value['base64'])


# ---- the comparison of values ----

class Comparison:
    def __init__(self, rules):
        self.rules = rules
        self.left_out = dict.fromkeys(RULES, 0)
        self.bound = {kind: ({}, {}) for kind in BOUND}
        self.calls = self.values = self.only_strace = self.only_sctrace = 0

    def bind(self, kind, theirs, ours):
        there, here = self.bound[kind]
        if there.setdefault(theirs, ours) != ours or here.setdefault(ours, theirs) != theirs:
            raise Differ('%s %s is %s here, but %s elsewhere' %
                         (kind, theirs, ours, there[theirs] if there[theirs] != ours else
                          'that is %s' % here[ours]))

    def numbers(self, theirs, ours, what, bits=None):
        """Equal numbers; of bits, when strace shows a register whose upper part nobody reads."""
        if bits and isinstance(theirs, int) and isinstance(ours, int):
            theirs, ours = theirs & ((1 << bits) - 1), ours & ((1 << bits) - 1)
        if theirs != ours:
            raise Differ('%s: strace %r, sctrace %r' % (what, theirs, ours))

    def strings(self, theirs, ours, what, cut=False):
        """Equal, or of equal beginning where one of them is cut."""
        n = min(len(theirs), len(ours))
        if not (isinstance(theirs, Cut) or cut):
            n = max(len(theirs), len(ours))
        if theirs[:n] != ours[:n] or (n == 0 and len(theirs) != len(ours) and not cut):
            raise Differ('%s: strace %r, sctrace %r' % (what, theirs, ours))

    def value(self, theirs, ours, what, call):
        """One of strace's and one of sctrace's; the shape of ours says what it is."""
        cut = what in call.cut
        if isinstance(theirs, tuple) and len(theirs) == 2 and not isinstance(theirs[0], str):
            theirs = theirs[1]  # changed by the call
        if what in call.faulted and not isinstance(theirs, int):
            raise Differ('%s: strace %r, sctrace could not read it' % (what, theirs))
        if ours is None:
            # strace shows an address where there is nothing that can be read
            if not isinstance(theirs, int):
                raise Differ('%s: strace %r, sctrace nothing' % (what, theirs))
        elif isinstance(ours, bool) or isinstance(ours, (int, float)):
            if isinstance(theirs, list) and len(theirs) == 1:
                theirs = theirs[0]      # what a pointer points to
            if isinstance(theirs, tuple):
                theirs = theirs[1]
            if what in PIDS.get(call.name, ()) and isinstance(theirs, int) and theirs > 0:
                self.bind('pid', theirs, ours)
            else:
                self.numbers(theirs, ours, what, 32 if what == 'code' else 64)
        elif isinstance(ours, list):
            self.members(theirs, ours, what, call)
        elif isinstance(ours, str) or 'text' in ours or 'base64' in ours:
            self.data(theirs, ours, what, cut)
        elif 'names' in ours:
            if isinstance(theirs, list):        # a set of signals
                theirs = sum(1 << (n - 1) for n in theirs)
            self.numbers(theirs, ours['value'], what)
        elif 'family' in ours:
            self.address(theirs, ours, what)
        elif 'nsec' in ours:
            sec = theirs.get('tv_usec', 0) * 1000 + theirs.get('tv_nsec', 0)
            self.numbers((theirs['tv_sec'], sec), (ours['sec'], ours['nsec']), what)
        elif isinstance(theirs, dict):
            self.fields(theirs, ours, what, call)
        elif isinstance(theirs, bytes) and 'tv_usec' in ours:   # of a struct timeval it shows bytes here
            self.numbers(struct.unpack('<qq', theirs), (ours['tv_sec'], ours['tv_usec']), what)
        else:
            raise Differ('%s: no way to compare %r' % (what, ours))

    def fields(self, theirs, ours, what, call):
        """A structure: sctrace shows all its fields, strace those that matter."""
        for name, their in theirs.items():
            if name not in ours:
                raise Differ('%s: strace shows %s, sctrace does not' % (what, name))
            self.value(their, ours[name], name, call)

    def data(self, theirs, ours, what, cut):
        data = text_bytes(ours)
        if isinstance(ours, dict) and 'size' in ours:
            cut = cut or ours['size'] > len(data)
            if isinstance(theirs, bytes) and not isinstance(theirs, Cut):
                self.numbers(len(theirs), ours['size'], what + ' size')
        if isinstance(theirs, int):     # a call that failed before it read, and nothing to read
            self.numbers(theirs, theirs if not data else data, what)
            return
        self.strings(theirs, data, what, cut)

    def members(self, theirs, ours, what, call):
        if not isinstance(theirs, list) or len(theirs) != len(ours):
            raise Differ('%s: strace %r, sctrace %r' % (what, theirs, ours))
        for their, our in zip(theirs, ours):
            if isinstance(our, int):
                self.numbers(their, our, what, 32)
            elif isinstance(our, dict) and 'fd' in our:
                # of one that is left out strace shows no more
                self.numbers(their['fd'], our['fd'], what + ' fd')
                self.numbers(their.get('events', our['events']['value']), our['events']['value'],
                             what + ' events')
            else:
                self.data(their, our, what, what in call.cut)

    def address(self, theirs, ours, what):
        """Socket addresses, whose parts strace shows as bytes."""
        family = socket.AddressFamily(theirs['sa_family'])
        self.numbers(family.name, ours['family'], what + ' family')
        if family == socket.AF_UNIX:
            path = theirs.get('sun_path', b'')
            if path[:1] == b'\0':
                path = b'@' + path[1:]
            self.strings(path, text_bytes(ours.get('path', '')), what)
            return
        prefix = 'sin6_' if family == socket.AF_INET6 else 'sin_'
        self.numbers(socket.inet_ntop(family, theirs[prefix + 'addr']), ours['address'],
                     what + ' address')
        port = int.from_bytes(theirs[prefix + 'port'], 'big')
        if port and ours['port']:
            self.bind('port', port, ours['port'])
        else:
            self.numbers(port, ours['port'], what + ' port')
        if 'sin6_scope_id' in theirs:
            self.numbers(theirs['sin6_scope_id'], ours.get('scope', 0), what + ' scope')

    # one argument of strace's that is several parameters

    def how_each(self, theirs, ours, names, call):
        if isinstance(theirs, tuple):
            theirs = theirs[1]
        if isinstance(theirs, int):
            theirs = [None if our is None else theirs for our in ours]
        for their, our, name in zip(theirs, ours, names):
            if their is not None or our is not None:
                self.value(their, our, name, call)

    def how_pointed(self, theirs, ours, names, call):
        """An argument, or what it points to."""
        i = next((i for i in range(1, len(ours)) if ours[i] is not None), 0)
        self.value(theirs, ours[i], names[i], call)

    def how_stat(self, theirs, ours, names, call):
        if ours[0] is None:
            self.value(theirs, None, names[0], call)
            return
        self.numbers(theirs['st_mode'], ours[0]['st_mode'], 'st_mode')
        if stat.S_ISREG(theirs['st_mode']):     # of directories it depends on what others do there
            self.numbers(theirs['st_size'], ours[0]['st_size'], 'st_size')

    def how_rlimit(self, theirs, ours, names, call):
        if isinstance(theirs, dict):
            theirs = [theirs['rlim_cur'], theirs['rlim_max']]
        self.how_each(theirs, ours, names, call)

    def how_open_how(self, theirs, ours, names, call):
        self.how_each([theirs[name] for name in names], ours, names, call)

    def how_clone_args(self, theirs, ours, names, call):
        if isinstance(theirs, tuple):
            theirs = theirs[0]
        self.how_each([theirs[name] for name in names], ours, names, call)

    def how_argv(self, theirs, ours, names, call):
        self.value(theirs[0], ours[0], names[0], call)
        self.value(theirs[1:], ours[1], names[1], call)

    def how_opt(self, theirs, ours, names, call):
        """An option's value: strace shows those it knows as numbers and structures of them."""
        if not isinstance(ours[0], dict) or 'size' not in ours[0]:     # sctrace knows it, too
            if isinstance(theirs, list) and len(theirs) == 1 and not isinstance(ours[0], list):
                theirs = theirs[0]
            self.value(theirs, ours[0], names[0], call)
            return
        if isinstance(theirs, list) and all(isinstance(v, int) for v in theirs):
            theirs = b''.join(v.to_bytes(4, 'little', signed=v < 0) for v in theirs)
        elif isinstance(theirs, dict):
            size = ours[0]['size'] // len(theirs)
            theirs = b''.join(v.to_bytes(size, 'little') for v in theirs.values())
        self.value(theirs, ours[0], names[0], call)

    def iovec(self, theirs):
        return (sum(v['iov_len'] for v in theirs),
                b''.join(v['iov_base'] for v in theirs if isinstance(v['iov_base'], bytes)))

    def how_iov(self, theirs, ours, names, call):
        size, data = self.iovec(theirs)
        self.how_each([size, data], ours, names, call)

    def how_msg(self, theirs, ours, names, call):
        if not isinstance(theirs, dict):
            self.how_each(theirs, ours, names, call)
            return
        size, data = self.iovec(theirs['msg_iov'])
        if call.name == 'recvmsg' and call.ret >= 0:
            size = call.ret
        heads = theirs.get('msg_control') or []
        control = ours[names.index('msgcontrol')] or []
        if len(heads) != len(control):
            raise Differ('msgcontrol: strace %r, sctrace %r' % (heads, control))
        for head, our in zip(heads, control):
            self.numbers((head['cmsg_level'], head['cmsg_type']),
                         (our['level']['value'], our['type']['value']), 'msgcontrol')
            self.value(head['cmsg_data'], our['data'], 'msgcontrol', call)
        parts = {'size': size, 'data': data, 'addr': theirs['msg_name'],
                 'msg_flags': theirs['msg_flags']}
        for name, our in zip(names, ours):
            if name != 'msgcontrol':
                self.value(parts[name], our, name, call)

    # ---- the comparison of calls ----

    def result(self, theirs, ours):
        if theirs.name in ('exit', 'exit_group', 'rt_sigreturn') or ours.enter:
            return      # they do not return, or not with a result
        if theirs.error:
            self.numbers(theirs.error, ours.error, 'error')
        elif 'ret' in PIDS.get(theirs.name, ()) and theirs.ret and theirs.ret > 0:
            self.bind('pid', theirs.ret, ours.ret)
        else:
            self.numbers(theirs.ret, ours.ret, 'result', 64)
        self.values += 1

    def raw_args(self, theirs, ours):
        """Six arguments, of which strace shows those that the call has."""
        if isinstance(theirs.args[0] if theirs.args else None, (bytes, dict, list)):
            raise Differ('strace decodes %s, sctrace does not' % theirs.name)
        for i, their in enumerate(theirs.args):
            our = ours.args['arg%d' % i]
            if i in PIDS.get(theirs.name, ()) and 0 < their < 1 << 31:
                self.bind('pid', their, our)
            else:
                self.numbers(their, our, 'arg%d' % i, 64)
            self.values += 1

    def typed_args(self, theirs, ours):
        shown, _, rest = ARGS.get(theirs.name, ' '.join(ours.args)).partition('/')
        shown, unknown = shown.split(), set(ours.args)
        if len(theirs.args) > len(shown):
            raise Differ('strace shows %d arguments, ARGS has %d' % (len(theirs.args), len(shown)))
        for place, item in enumerate(shown):
            names, _, how = item.partition(':')
            names = names.split('+')
            unknown -= set(names)
            if item == '-':
                self.only_strace += 1
                continue
            values = [ours.args[name] for name in names]
            if place >= len(theirs.args):       # of no meaning, such as a mode without O_CREAT
                if theirs.name not in BY_COMMAND and any(v not in (0, None) for v in values):
                    raise Differ('%s: strace nothing, sctrace %r' % (item, values))
                continue
            their = theirs.args[place]
            if how:
                getattr(self, 'how_' + how)(their, values, names, ours)
            elif isinstance(values[0], dict) and 'names' in values[0] and \
                    theirs.name in SHOWN_RAW:
                self.numbers(their, values[0]['value'], item, 32)
            else:
                if theirs.name in SHOWN_RAW and isinstance(values[0], int):
                    bits = 32 if item in ('fd', 'request') else 64
                    self.numbers(their, values[0], item, bits)
                else:
                    self.value(their, values[0], item, ours)
            self.values += len(names)
        unknown -= set(rest.split())
        self.only_sctrace += len(rest.split())
        if unknown:
            raise Differ('not compared, ARGS lacks: ' + ' '.join(sorted(unknown)))

    def call(self, theirs, ours):
        if theirs.name != ours.name:
            raise Differ('another call')
        self.result(theirs, ours)
        if ours.name == 'procexit':
            self.numbers(theirs.args[0], ours.args['status'], 'status')
        elif ours.name == 'signaldeliver':
            for their, name in zip(theirs.args, ('spid', 'sig', 'code')):
                if name != 'spid' or ours.args['spid']:
                    self.value(their, ours.args[name], name, ours)
        elif ours.raw:
            self.raw_args(theirs, ours)
        else:
            self.typed_args(theirs, ours)
        self.calls += 1

    # ---- of threads ----

    def rest(self, calls):
        """Without what the rules leave out."""
        keep = []
        for i, call in enumerate(calls):
            rule = None
            if call.name == 'signaldeliver':
                sig = call.args[1] if isinstance(call.args, list) else call.args['sig']['value']
                last = i + 1 < len(calls) and calls[i + 1].name == 'procexit'
                rule = 'sigchld' if sig == signal.SIGCHLD else 'fatal' if last else None
            elif call.name == 'futex':
                rule = 'futex'
            elif (call.error or '').startswith('ERESTART'):
                rule = 'restart'
            elif call.name == 'rt_sigreturn':
                rule = 'sigreturn'
            elif call.name == 'wait4':
                options = call.args[2] if isinstance(call.args, list) else \
                    call.args['options']['value']
                rule = 'wait' if options & 1 else None
            if rule in self.rules:
                self.left_out[rule] += 1
            else:
                keep.append(call)
        return keep

    def without_waits(self, calls):
        """Calls without the waiting ones, and those as a sorted list of results."""
        if 'wait' not in self.rules:
            return calls, []
        return ([call for call in calls if call.name != 'wait4'],
                [call for call in calls if call.name == 'wait4'])

    def waits(self, place, theirs, ours):
        def key(call):
            return call.ret if call.ret is not None else 0
        there = self.bound['pid'][0]
        wanted = sorted(there.get(key(call), key(call)) for call in theirs)
        got = sorted(key(call) for call in ours)
        if wanted != got:
            raise Differ('%s: results of wait4: strace %r, sctrace %r' % (place, wanted, got))
        self.calls += len(ours)

    def exec_pairs(self, place, calls):
        """sctrace's record at the begin of an execve has what was passed, the other the result."""
        merged, begun = [], None
        for call in calls:
            if call.name in ('execve', 'execveat') and call.enter:
                begun = call
                continue
            if call.name in ('execve', 'execveat'):
                if not begun:
                    raise Differ('%s: the end of an execve without its begin: %s' %
                                 (place, call.line))
                for name in begun.faulted:
                    if name in PASSED and name not in call.faulted:
                        begun.args[name] = call.args[name]
                        self.left_out['faulted'] += 1
                # of one that succeeded the arguments are the new program's, maybe an interpreter's
                if call.ret != 0 and any(begun.args[name] != call.args[name] for name in PASSED):
                    raise Differ('%s: a failed execve ends with other arguments:\n    %s\n    %s' %
                                 (place, begun.line, call.line))
                begun.ret, begun.error, begun.enter = call.ret, call.error, False
                begun.faulted = call.faulted
                call, begun = begun, None
            merged.append(call)
        return merged

    def thread(self, place, theirs, ours):
        ours = self.exec_pairs(place, ours)
        theirs, their_waits = self.without_waits(self.rest(theirs))
        ours, our_waits = self.without_waits(self.rest(ours))
        for i, (their, our) in enumerate(zip(theirs, ours)):
            try:
                self.call(their, our)
            except Differ as differ:
                raise Differ('%s: call %d: %s\n%s' % (place, i, differ, context(i, theirs, ours)))
        if len(theirs) != len(ours):
            i = min(len(theirs), len(ours))
            raise Differ('%s: strace has %d calls, sctrace %d\n%s' %
                         (place, len(theirs), len(ours), context(i, theirs, ours)))
        self.waits(place, their_waits, our_waits)

    def tree(self, place, theirs, ours, tid, own):
        """A thread, and those that it made."""
        their_children, our_children = children(theirs[tid]), children(ours[own])
        if len(their_children) != len(our_children):
            raise Differ('%s: with strace it has %d children, with sctrace %d' %
                         (place, len(their_children), len(our_children)))
        for their, our in zip(their_children, our_children):
            self.bind('pid', their, our)
        mine = ours[own]
        if place != 'first':
            if not mine or mine[0].name not in CREATE or mine[0].ret != 0:
                raise Differ('%s: begins not with its return from the parent\'s call: %s' %
                             (place, mine[0].line if mine else 'nothing'))
            mine = mine[1:]
            self.left_out['child'] += 1
        self.thread(place, theirs[tid], mine)
        for n, (their, our) in enumerate(zip(their_children, our_children)):
            for threads, child, who in ((theirs, their, 'strace'), (ours, our, 'sctrace')):
                if child not in threads:
                    raise Differ('%s: %s shows nothing of child %d' % (place, who, n + 1))
            self.tree('%s, child %d' % (place, n + 1), theirs, ours, their, our)


# What is passed to execve.
PASSED = ('filename', 'exe', 'args', 'env')

CREATE = ('clone', 'clone3', 'fork', 'vfork')


def children(calls):
    return [call.ret for call in calls if call.name in CREATE and not call.enter and
            call.ret is not None and call.ret > 0]


def first(threads, who):
    born = {tid for calls in threads.values() for tid in children(calls)}
    roots = set(threads) - born
    if len(roots) != 1:
        raise Differ('%s shows %d threads that nobody made: %s' % (who, len(roots), roots))
    return roots.pop()


def context(i, theirs, ours):
    """Both sides around call i."""
    lines = []
    for n in range(max(i - 2, 0), i + 3):
        for who, calls in (('strace ', theirs), ('sctrace', ours)):
            if n < len(calls):
                lines.append('  %s %s %4d  %s' % ('>' if n == i else ' ', who, n,
                                                  calls[n].line[:600]))
    return '\n'.join(lines)


def main(argv):
    rules, least = list(ALWAYS), 1
    while argv and argv[0].startswith('--'):
        if argv[0] == '--except':
            rules += [rule for rule in argv[1].split(',') if rule]
        else:
            least = int(argv[1])
        argv = argv[2:]
    name, prefix, path = argv
    if set(rules) - set(RULES):
        sys.exit('no such rule: %s' % ' '.join(set(rules) - set(RULES)))
    comparison = Comparison(rules)
    try:
        theirs, ours = read_strace(prefix), read_sctrace(path)
        tid, own = first(theirs, 'strace'), first(ours, 'sctrace')
        comparison.bind('pid', tid, own)
        comparison.tree('first', theirs, ours, tid, own)
        if len(theirs) != len(ours):
            raise Differ('strace shows %d threads, sctrace %d' % (len(theirs), len(ours)))
        if comparison.calls < least:
            raise Differ('only %d calls compared, expected %d' % (comparison.calls, least))
    except Differ as differ:
        print('%s: %s' % (name, differ))
        return 1
    left_out = ', '.join('%s %d' % item for item in comparison.left_out.items() if item[1])
    print('%-10s %3d threads, %5d calls, %6d values equal; shown by strace only %d, by sctrace '
          'only %d; left out: %s' % (name, len(theirs), comparison.calls, comparison.values,
                                     comparison.only_strace, comparison.only_sctrace,
                                     left_out or 'nothing'))
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
