#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sctrace in a terminal: keys reach the command, tracing goes on, the shell gets its terminal back.

Run by test_terminal.sh, in an empty directory: terminal.py [SCENARIO...]
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

SCTRACE = os.environ["SCTRACE"]
TOTALS = r"sctrace: seen \d+, delivered \d+"
WAIT = 60  # seconds, for what must come
CTRL_C, CTRL_D, CTRL_Z, CTRL_BACKSLASH = "\3", "\4", "\32", "\34"


class Terminal:
    """A program that runs in a terminal of its own, as the leader of its session."""

    def __init__(self, *argv):
        env = dict(os.environ, TERM="dumb", PYTHON_BASIC_REPL="1", PS1="ps> ", HISTFILE="", LC_ALL="C")
        self.name = " ".join(argv)
        self.text = ""
        self.seen = 0  # so much of the text has been waited for
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            for sig in (signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE, signal.SIGXFSZ):
                signal.signal(sig, signal.SIG_DFL)
            os.execvpe(argv[0], argv, env)

    def fail(self, why):
        print(f"{self.name}: {why}; the terminal shows:\n{self.text}")
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        sys.exit(1)

    def read(self, seconds):
        """What comes within that time; False at the end."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # nobody has the other end any more
            data = b""
        self.text += data.decode(errors="replace")
        return bool(data)

    def expect(self, pattern):
        end = time.monotonic() + WAIT
        while True:
            found = re.search(pattern, self.text[self.seen:])
            if found:
                self.seen += found.end()
                return
            if time.monotonic() > end or not self.read(0.5):
                found = re.search(pattern, self.text[self.seen:])
                if not found:
                    self.fail(f"no '{pattern}' behind '{self.text[:self.seen][-40:]}'")

    def send(self, text):
        os.write(self.fd, text.encode())

    def press(self, key, pattern):
        """Again and again, slowly: it may come before whoever is to have it is ready."""
        end = time.monotonic() + WAIT
        while not re.search(pattern, self.text[self.seen:]) and time.monotonic() < end:
            self.send(key)
            self.linger(3, pattern)
        self.expect(pattern)

    def type(self, line, pattern):
        """A line for a shell; its echo is not taken for what it prints where it has '' in a word."""
        self.send(line + "\n")
        self.expect(pattern)

    def linger(self, seconds, pattern=None):
        """So long, or until the pattern is there."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not (pattern and re.search(pattern, self.text[self.seen:])):
            self.read(max(0, end - time.monotonic()))

    def resize(self, rows, columns):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def ends(self, status):
        """With this status, as for exit(), or the negative number of the signal that killed it."""
        end = time.monotonic() + WAIT
        pid = 0
        while not pid and time.monotonic() < end:
            self.read(0.05)
            pid, result = os.waitpid(self.pid, os.WNOHANG)
        if not pid:
            self.fail("does not end")
        result = os.waitstatus_to_exitcode(result)
        if result != status:
            self.fail(f"ended with {result}, not {status}")
        os.close(self.fd)


def has(path, pattern):
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    if not re.search(pattern, text):
        print(f"no '{pattern}' in {path}:\n{text}")
        sys.exit(1)


def await_that(what, condition):
    end = time.monotonic() + WAIT
    while not condition():
        if time.monotonic() > end:
            print(f"waited in vain until {what}")
            sys.exit(1)
        time.sleep(0.05)


def traced(command, *options):
    return [SCTRACE, "-o", "trace", "-e", "mkdir", *options, "--", *command]


# A command that notes each Ctrl-C and goes on until the file "enough" is there.
STUBBORN = ('trap "echo key" INT; echo $$ >pid; echo rea""dy;'
            'while [ ! -e enough ]; do sleep 0.1; done; mkdir later; exit 5')


def python_prompt():
    """Ctrl-C is the interpreter's, which stays and is traced on; Ctrl-D ends both."""
    t = Terminal(*traced(["python3", "-q"]))
    t.expect(">>> ")
    t.press(CTRL_C, "KeyboardInterrupt(.|\n)*>>> ")
    t.linger(1.5)
    t.type("6 * 7", r"\n42\r\n>>> ")
    t.type("while True: pass\n", r"\.\.\. ")
    t.press(CTRL_C, "KeyboardInterrupt(.|\n)*>>> ")
    t.type("import os; os.mkdir('later')", r">>> ")
    t.send(CTRL_D)
    t.expect(TOTALS)
    t.ends(0)
    has("trace", r'mkdir\(.*"later"')


def trap():
    """A script that handles Ctrl-C is traced to its end, whose status is sctrace's.  Keys with time
    between them are all for the script."""
    t = Terminal(*traced(["sh", "-c", STUBBORN]))
    t.expect("ready")
    for _ in range(3):
        t.send(CTRL_C)
        t.expect("key")
        t.linger(2.5)
    if "press Ctrl-C" in t.text:
        t.fail("slow keys are taken for hurry")
    open("enough", "w").close()
    t.expect(TOTALS)
    t.ends(5)
    has("trace", r'mkdir\(.*"later"')


def stat():
    """Counting goes on, too."""
    t = Terminal(SCTRACE, "stat", "-j", "-i", "0.1", "-o", "counts", "-e", "mkdir", "--", "sh", "-c", STUBBORN)
    t.expect("ready")
    t.send(CTRL_C)
    t.expect("key")
    t.linger(1.5)
    open("enough", "w").close()
    t.ends(5)
    has("counts", r'"event":"mkdir","seen":\d+,"delivered":1,')


def json():
    """JSON on the standard output of sctrace, that of the command on the terminal."""
    t = Terminal("sh", "-c", f"exec '{SCTRACE}' -j -e mkdir -- sh -c \"$1\" >lines", "sh", STUBBORN)
    t.expect("ready")
    t.send(CTRL_C)
    t.expect("key")
    t.linger(1.5)
    open("enough", "w").close()
    t.expect(TOTALS)
    t.ends(5)
    has("lines", r'"event":"mkdir".*"later"')


def three_keys():
    """Who presses Ctrl-C again and again gets the prompt back; the command goes on."""
    t = outer_shell()
    t.type(f"sct sh -c '{STUBBORN}'", "ready")
    end = time.monotonic() + WAIT
    while not re.search(TOTALS, t.text) and time.monotonic() < end:
        t.send(CTRL_C)
        t.linger(0.4)
    t.expect("sctrace: press Ctrl-C again at once to stop tracing; the command goes on\r\n")
    t.expect(TOTALS)
    t.expect("ps> ")
    t.type("echo status=$?", "status=130\r\n")
    with open("pid", encoding="ascii") as file:
        os.kill(int(file.read()), 0)
    open("enough", "w").close()
    await_that("the command has gone on", lambda: os.path.exists("later"))
    has("trace", r"^$")
    t.type("exit 0", "exit")
    t.ends(0)


def dies_of_keys():
    """sctrace dies of the same signal: a shell then ends its loop, as it does without sctrace."""
    for key, sig in ((CTRL_C, signal.SIGINT), (CTRL_BACKSLASH, signal.SIGQUIT)):
        t = Terminal(*traced(["sh", "-c", "mkdir before; echo rea''dy; exec sleep 300"]))
        t.expect("ready")
        t.send(key)
        t.expect(TOTALS)
        t.ends(-sig)
        has("trace", r'mkdir\(.*"before"')
        os.rmdir("before")
    t = Terminal("bash", "-c", 'for i in 1 2; do "$@"; echo rou""nd; done; echo no""t', "bash",
                 *traced(["sh", "-c", "echo rea''dy; exec sleep 300"]))
    t.expect("ready")
    t.send(CTRL_C)
    t.ends(-signal.SIGINT)
    if "round" in t.text or "not" in t.text:
        t.fail("the loop goes on")


def descendants():
    """When the command has ended, Ctrl-C stops what waits for its descendants; the status is the
    command's."""
    t = Terminal(*traced(["sh", "-c", "(trap '' INT HUP; while [ ! -e enough ]; do sleep 0.1; done; : >gone) &"
                          "echo rea''dy; exit 3"]))
    t.expect("ready")
    t.linger(0.5)
    t.press(CTRL_C, TOTALS)
    t.ends(3)
    open("enough", "w").close()
    await_that("the descendant has ended", lambda: os.path.exists("gone"))


def shell_inside():
    """A shell with job control takes the terminal for its jobs; sctrace goes on and gets it back."""
    t = Terminal(*traced(["bash", "--norc", "--noprofile", "-i"]))
    t.expect("ps> ")
    run = "sh -c 'echo star\"\"ted; exec sleep 300'"
    t.type(run, "started")
    t.send(CTRL_C)
    t.expect("ps> ")
    t.type("echo status=$?", "status=130\r\n")
    t.type(run, "started")
    t.send(CTRL_Z)
    t.expect("Stopped")
    t.expect("ps> ")
    t.type("fg", "sleep 300")
    t.press(CTRL_C, "ps> ")
    t.type(run, "started")
    t.send(CTRL_BACKSLASH)
    t.expect("Quit")
    t.expect("ps> ")
    for _ in range(4):  # at its prompt, a shell prints another; readline may miss a key that comes too soon
        t.press(CTRL_C, "ps> ")
    t.type("mkdir later; exit 4", TOTALS)
    t.ends(4)
    has("trace", r'mkdir\(.*"later"')


def shell_suspends():
    """A shell inside that stops itself gives the terminal to the one outside, which gives it back."""
    t = outer_shell()
    t.type("export -n PS1; PS1='out> '", "out> '\r\nout> ")
    for _ in range(2):
        t.type("sct env PS1='in> ' bash --norc --noprofile -i", "\nin> ")
        t.type("suspend", "Stopped(.|\n)*out> ")
        t.type("echo a''live", "alive\r\nout> ")
        t.type("fg", "-o trace")
        t.press("\n", "in> ")
        run = "sh -c 'echo star\"\"ted; exec sleep 300'"
        t.type(run, "started")
        t.send(CTRL_C)
        t.expect("in> ")
        t.type("mkdir later; rmdir later; exit 3", TOTALS)
        t.expect("out> ")
        t.type("echo status=$?", "status=3\r\nout> ")
        has("trace", r'mkdir\(.*"later"')
    t.type("exit 0", "exit")
    t.ends(0)


def background_output():
    """Also where what is printed from the background stops who prints."""
    t = Terminal("sh", "-c", f"stty tostop; exec '{SCTRACE}' -e mkdir -- bash --norc --noprofile -i")
    t.expect("ps> ")
    t.type("mkdir later", r'"later", mode=0777\) = 0')
    t.type("echo o''k", "ok")
    t.type("exit 4", TOTALS)
    t.ends(4)


def outer_shell(*options):
    t = Terminal("bash", "--norc", "--noprofile", "-i")
    t.expect("ps> ")
    t.type(f"sct() {{ '{SCTRACE}' -o trace -e mkdir -- \"$@\"; }}", "ps> ")
    return t


def prompt_works(t):
    t.expect("ps> ")
    t.type("echo a''live", "alive")
    t.expect("ps> ")


def stopped(t):
    t.expect("Stopped")
    prompt_works(t)


def job():
    """As a job of a shell, sctrace stops and goes on with its command."""
    t = outer_shell()
    for _ in range(3):
        t.type("sct sh -c 'echo star\"\"ted; exec sleep 300'", "started")
        t.send(CTRL_Z)
        stopped(t)
        t.type("fg", "-o trace")
        t.linger(0.2)
        t.press(CTRL_Z, "Stopped")
        t.expect("ps> ")
        t.type("fg", "-o trace")
        t.linger(0.2)
        t.press(CTRL_C, TOTALS)
        t.expect("ps> ")
        t.type("echo status=$?", "status=130\r\n")
    t.type("exit 0", "exit")
    t.ends(0)


def stops_itself():
    """The shell has the terminal back also when it is the command alone that has stopped."""
    t = outer_shell()
    t.type("sct sh -c 'kill -TSTP $$; mkdir later; echo wen\"\"t-on'", "Stopped")
    t.expect("ps> ")
    t.type("fg", "went-on")
    t.expect(TOTALS)
    t.expect("ps> ")
    # What cleans up at Ctrl-Z may stop in any way, and some time later.
    t.type("sct bash -c 'trap \"sleep 1; echo clea\\n; kill -STOP \\$\\$\" TSTP; echo rea\"\"dy;"
           "while [ ! -e enough ]; do sleep 0.1; done; echo wen\"\"t-on'", "ready")
    t.send(CTRL_Z)
    stopped(t)
    t.send("fg\n")
    open("enough", "w").close()
    t.expect("went-on")
    t.expect(TOTALS)
    t.expect("ps> ")
    t.type("exit 0", "exit")
    t.ends(0)
    has("trace", r"^$")


def ignores_suspend():
    """Where Ctrl-Z does nothing, sctrace goes on as well."""
    t = outer_shell()
    t.type("sct sh -c 'trap \"\" TSTP; echo star\"\"ted; while [ ! -e enough ]; do sleep 0.1; done; mkdir later'",
           "started")
    t.send(CTRL_Z)
    t.linger(1)
    open("enough", "w").close()
    t.expect(TOTALS)
    t.expect("ps> ")
    has("trace", r'mkdir\(.*"later"')
    t.type("exit 0", "exit")
    t.ends(0)


def held():
    """A command that somebody holds with SIGSTOP goes on, traced, with SIGCONT to it alone."""
    t = Terminal(*traced(["sh", "-c", "echo $$ >pid.new; mv pid.new pid; while [ ! -e enough ]; do sleep 0.1; done;"
                          "mkdir later"]))
    await_that("the command runs", lambda: os.path.exists("pid"))
    with open("pid", encoding="ascii") as file:
        pid = int(file.read())

    def state():
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().split()[2]
    os.kill(pid, signal.SIGSTOP)
    await_that("it has stopped", lambda: state() == "T")
    t.linger(0.5)
    os.kill(pid, signal.SIGCONT)
    open("enough", "w").close()
    t.expect(TOTALS)
    t.ends(0)
    has("trace", r'mkdir\(.*"later"')


def suspended_writer():
    """Ctrl-Z stops sctrace also while it waits for a reader that does not read."""
    t = Terminal("bash", "--norc", "--noprofile", "-i")
    t.expect("ps> ")
    t.type(f"'{SCTRACE}' -e getppid -- python3 -c 'import os\nfor i in range(20000): os.getppid()\nprint(\"al\"\"l\","
           "file=open(\"/dev/tty\", \"w\"))\nimport time\ntime.sleep(300)' | sh -c 'sleep 300; cat'", "all")
    t.linger(1)
    t.send(CTRL_Z)
    stopped(t)
    t.send("fg\n")
    t.linger(0.5)
    t.press(CTRL_C, TOTALS)
    prompt_works(t)
    t.type("exit 0", "exit")
    t.ends(0)


def resize():
    """The command learns that the terminal has another size."""
    t = Terminal(*traced(["python3", "-c", "import os, signal\n"
                          "def say(*_): print('size', *os.get_terminal_size(), flush=True)\n"
                          "signal.signal(signal.SIGWINCH, say)\nprint('ready', flush=True)\n"
                          "while not os.path.exists('enough'): signal.sigtimedwait([], 0.1)"]))
    t.expect("ready")
    t.resize(33, 77)
    t.expect("size 77 33")
    t.resize(44, 99)
    t.expect("size 99 44")
    open("enough", "w").close()
    t.expect(TOTALS)
    t.ends(0)


def process():
    """Without a command, the first Ctrl-C or Ctrl-\\ ends tracing, and the process goes on."""
    pid = os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "300")
    for key in CTRL_C, CTRL_BACKSLASH:
        t = Terminal(SCTRACE, "-o", "trace", "-e", "mkdir", "-p", str(pid))
        t.expect(f"sctrace: tracing process {pid} ")
        t.send(key)
        t.expect(TOTALS)
        t.ends(0)
    os.kill(pid, signal.SIGTERM)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != -signal.SIGTERM:
        print("the process was harmed")
        sys.exit(1)


def hangup():
    """A terminal that goes ends the command, and tracing; what has come is written."""
    t = Terminal("sh", "-c", 'exec 2>err; exec "$@"', "sh",
                 *traced(["sh", "-c", "mkdir before; echo $$ >pid; echo rea''dy; exec sleep 300"]))
    t.expect("ready")
    os.close(t.fd)
    await_that("sctrace has ended", lambda: os.waitpid(t.pid, os.WNOHANG)[0])
    has("err", TOTALS)
    has("trace", r'mkdir\(.*"before"')


def starting():
    """A key while tracing has not begun: the command never does, or dies of it."""
    for i in range(6):
        t = Terminal("sh", "-c", "echo rea''dy; exec \"$@\"", "sh", *traced(["sh", "-c", "sleep 300; : >ran"]))
        t.expect("ready")
        t.linger(0.05 * i)
        end = time.monotonic() + WAIT
        t.send(CTRL_C)
        t.ends(-signal.SIGINT)
        if time.monotonic() > end or os.path.exists("ran"):
            t.fail("the command has run")


SCENARIOS = [python_prompt, trap, stat, json, three_keys, dies_of_keys, descendants, shell_inside, shell_suspends,
             background_output, job, stops_itself, ignores_suspend, held, suspended_writer, resize, process,
             hangup, starting]

for scenario in SCENARIOS:
    if sys.argv[1:] and scenario.__name__ not in sys.argv[1:]:
        continue
    os.mkdir(scenario.__name__)
    os.chdir(scenario.__name__)
    print(f"{scenario.__name__}: {scenario.__doc__.splitlines()[0]}", flush=True)
    scenario()
    os.chdir("..")
