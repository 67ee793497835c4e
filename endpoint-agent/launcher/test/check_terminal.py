"""Runs at a terminal."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time

from harness import SECONDS, SpawnerTest, await_true, become_user


class Terminal(SpawnerTest):
    def open(self, *argv, wish=None, stdout=None):
        self.master, slave = pty.openpty()
        self.addCleanup(os.close, self.master)
        subprocess.run(["stty", "rows", "33", "cols", "99"], stdin=slave, check=True)
        self.slave = slave
        self.addCleanup(os.close, slave)
        self.cooked = self.modes()

        def control():
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            become_user()
        p = self.start(*argv, wish=wish, stdin=slave, stdout=stdout or slave, stderr=slave, preexec_fn=control)
        return p

    def until(self, text):
        seen, end = b"", time.monotonic() + SECONDS
        while text not in seen:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise AssertionError("%r not seen in %r" % (text, seen))
            seen += os.read(self.master, 65536)
        return seen

    def sleeps_in_the_foreground(self):
        """Whether a sleep has the terminal of the shell that was started last."""
        with open("/proc/%d/stat" % self.message("started")["pid"]) as f:
            foreground = f.read().rsplit(")", 1)[1].split()[5]
        with open("/proc/%s/comm" % foreground) as f:
            return f.read() == "sleep\n"

    def modes(self):
        return subprocess.run(["stty", "-g"], stdin=self.slave, capture_output=True, check=True).stdout

    def test_a_terminal_of_its_own_with_the_size(self):
        p = self.open("run", "sh", "-c", "stty size; tty -s && echo yes; ps -o tty= $$; : >/dev/tty && echo controls")
        seen = self.until(b"controls")
        self.assertIn(b"33 99\r\nyes\r\n", seen)
        p.wait(SECONDS)
        self.assertEqual(self.message("request")["tty"], [True] * 3)

    def test_resize(self):
        p = self.open("run", "sh", "-c", "trap 'stty size; exit' WINCH; echo up; while :; do sleep 0.05; done")
        self.until(b"up")
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("4H", 12, 34, 0, 0))  # at once, unlike stty
        p.send_signal(signal.SIGWINCH)
        self.until(b"12 34")
        p.wait(SECONDS)

    def test_control_c_reaches_the_job_only(self):
        p = self.open("run", "sh", "-c", "trap 'echo caught; exit 4' INT; echo up; while :; do sleep 0.05; done")
        self.until(b"up")
        os.write(self.master, b"\x03")
        self.until(b"caught")
        self.assertEqual(p.wait(SECONDS), 4)

    def test_job_control_of_a_shell_inside(self):
        p = self.open("run", "bash", "--norc", "-i")
        self.until(b"$ ")
        os.write(self.master, b"sleep 300\r")
        self.until(b"sleep 300")
        await_true(self.sleeps_in_the_foreground, what="the shell started it")
        os.write(self.master, b"\x1a")
        self.until(b"Stopped")
        os.write(self.master, b"exit 6\r")
        self.until(b"There are stopped jobs")
        os.write(self.master, b"exit 6\r")
        self.assertEqual(p.wait(SECONDS), 6)

    def test_modes_are_restored(self):
        for ending in ("the command's", "a signal's"):
            p = self.open("run", "sh", "-c", "read go; echo up; read x")
            os.write(self.master, b"\r")
            self.until(b"up")
            self.assertNotEqual(self.modes(), self.cooked)
            if ending == "a signal's":
                p.send_signal(signal.SIGTERM)
            else:
                os.write(self.master, b"\r")
            p.wait(SECONDS)
            self.assertEqual(self.modes(), self.cooked, ending)

    def test_suspend_and_resume(self):
        p = self.open("run", "cat")
        self.message("started")
        os.write(self.master, b"one\r")
        self.until(b"one\r\none")
        os.write(self.master, b"\x1a")
        await_true(lambda: open("/proc/%d/stat" % p.pid).read().rsplit(")", 1)[1].split()[0] == "T", what="the launcher stopped")
        p.send_signal(signal.SIGCONT)
        os.write(self.master, b"two\r")
        self.until(b"two\r\ntwo")
        os.write(self.master, b"\x04")
        self.assertEqual(p.wait(SECONDS), 0)

    def test_pipeline_with_a_terminal_on_one_side(self):
        p = self.open("run", "cat", stdout=subprocess.PIPE)
        self.message("started")
        os.write(self.master, b"line\r")
        self.assertEqual(p.stdout.readline(), b"line\n")
        os.write(self.master, b"\x04")
        self.assertEqual(p.wait(SECONDS), 0)
