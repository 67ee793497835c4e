"""A caller with a console: Wine gives a program one when its streams are a Unix terminal."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

from bridge import SECONDS, WINE
from harness import CORDON, FOLDER, STARTED, PipeTest


class Console(PipeTest):
    def setUp(self):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.slave = slave
        self.seen = b""

    def tearDown(self):
        os.close(self.slave)
        os.close(self.master)

    def caller(self, *words, **more):
        streams = {"stdin": self.slave, "stdout": self.slave, "stderr": self.slave, **more}
        return self.start(*words, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0), **streams)

    def shows(self, text):
        end = time.monotonic() + SECONDS
        while text not in self.seen:
            if time.monotonic() > end or not select.select([self.master], [], [], 1)[0] and time.monotonic() > end:
                raise AssertionError("not shown: %r; but: %r" % (text, self.seen))
            if select.select([self.master], [], [], 0.1)[0]:
                self.seen += os.read(self.master, 65536)

    def test_console_is_described(self):
        p = self.caller("run", "x")
        console = self.request()["console"]
        self.assertEqual(list(console), ["stdin", "stdout", "stderr", "columns", "rows"])
        self.assertEqual([console[k] for k in ("stdin", "stdout", "stderr")], [True] * 3)
        self.bridge.reply()
        self.finish(p, 0)

    def test_redirected_streams_are_no_console(self):
        p = self.caller("run", "x", stdout=subprocess.PIPE)
        console = self.request()["console"]
        self.assertEqual([console[k] for k in ("stdin", "stdout", "stderr")], [True, False, True])
        self.bridge.reply()
        self.finish(p, 0)

    def test_relay_both_ways(self):
        p = self.caller("run", "x")
        self.request()
        self.bridge.send(STARTED)
        self.bridge.do("P")
        self.bridge.do("O", "gr\u00fc\u00df".encode()[:3])
        self.bridge.do("O", "gr\u00fc\u00df dich".encode()[3:])
        self.shows("\u00df dich".encode())
        os.write(self.master, b"typed\r")
        self.assertEqual(self.bridge.collect("I", lambda b: b"\r" in b), b"typed\r")
        self.bridge.do("O", b"the last words")
        self.bridge.do("E")
        self.bridge.send({"t": "exited", "code": 5})
        self.finish(p, 5)
        self.shows(b"the last words")

    def test_answer_is_shown_in_unicode(self):
        p = self.caller("run", "x")
        self.request()
        self.bridge.reply(126, "", "cordon: gr\u00fc\u00df is denied")
        self.finish(p, 126)
        self.shows("gr\u00fc\u00df is denied".encode())

    def break_after(self, *messages):
        caller = os.path.join(FOLDER, "odd-caller.exe")
        p = self.caller("break", CORDON, "run", "x", program=caller, stdin=subprocess.PIPE)
        self.request()
        for message in messages:
            self.bridge.send(message)
        return p

    def test_break_is_passed_on_to_what_runs(self):
        p = self.break_after(STARTED)
        p.stdin.write(b"b\n")
        p.stdin.flush()
        self.assertEqual(self.bridge.frame(), b'{"t":"ctrl","event":1}')
        self.bridge.send({"t": "exited", "code": 0xC000013A})
        self.finish(p, 0xC000013A)

    def test_break_before_the_start_withdraws_the_request(self):
        p = self.break_after()
        p.stdin.write(b"b\n")
        p.stdin.flush()
        self.bridge.wait("X")
        self.finish(p, 0xC000013A)
