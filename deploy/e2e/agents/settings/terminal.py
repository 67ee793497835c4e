"""A person at a terminal: a program on a pseudo terminal, what it showed, and keys to press."""

import fcntl
import os
import re
import signal
import struct
import subprocess
import termios
import threading
import time

# Operating system commands, other strings, control sequences, and two-character escapes.
ESCAPES = re.compile(rb"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])")
# Questions of programs, which wait for what a terminal says: where the cursor is, and what it is.
ANSWERS = {b"\x1b[6n": b"\x1b[1;1R", b"\x1b[c": b"\x1b[?62;22c"}
SECONDS = 600


def squeezed(text):
    """Without blanks and frames: by these the programs differ, not by their words."""
    return re.sub(r"[\s│]+", "", text)


class Terminal:
    """Runs a command, on 60 lines of 200 columns, until it is closed."""

    def __init__(self, command, cwd, environment):
        self.shown, self.changed = b"", threading.Condition()
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
        self.process = subprocess.Popen(
            [*map(str, command)], cwd=cwd, env=environment, stdin=slave, stdout=slave, stderr=slave,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        while True:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                data = b""
            with self.changed:
                self.shown += data
                self.changed.notify_all()
            if not data:
                return
            for question, answer in ANSWERS.items():
                for _ in range(data.count(question)):
                    self.press(answer)

    def text(self, since=0):
        """What was shown, squeezed."""
        return squeezed(ESCAPES.sub(b"", self.shown[since:]).decode(errors="replace"))

    def shows(self, words, since=0):
        return squeezed(words) in self.text(since)

    def wait(self, words, since=0):
        """Waits until words are shown; returns where, so that the next can be waited for from there."""
        until = time.monotonic() + SECONDS
        with self.changed:
            while not self.shows(words, since):
                if not self.changed.wait(until - time.monotonic()):
                    raise AssertionError(f"not shown: {words}; but: {self.text(since)[-1500:]}")
            return len(self.shown)

    def press(self, keys):
        os.write(self.master, keys)

    def answer(self, keys, done):
        """Presses keys until `done` says so: a program may draw a question before it listens."""
        for _ in range(SECONDS):
            self.press(keys)
            for _ in range(20):
                if done():
                    return
                time.sleep(0.1)
        raise AssertionError(f"no effect of {keys}: {self.text()[-1500:]}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
