"""A caller with a console: Wine gives a program one when its streams are a Unix terminal."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

from bridge import SECONDS
from harness import PipeTest


class Console(PipeTest):
    def setUp(self):
        self.master, slave = pty.openpty()
        self.slave = slave
        self.resize(100, 40)
        self.seen = b""

    def resize(self, columns, rows):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def tearDown(self):
        os.close(self.slave)
        os.close(self.master)

    def caller(self, *words, **more):
        streams = {"stdin": self.slave, "stdout": self.slave, "stderr": self.slave, **more}
        return self.start(*words, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0), **streams)

    def shows(self, text):
        end = time.monotonic() + SECONDS
        while text not in self.seen:
            if time.monotonic() > end:
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
        self.bridge.started()
        self.bridge.do("P")
        self.bridge.do("O", "gr\u00fc\u00df".encode()[:3])
        self.bridge.do("O", "gr\u00fc\u00df dich".encode()[3:])
        self.shows("\u00df dich".encode())
        os.write(self.master, "tippen\u00fc.".encode())
        self.assertEqual(self.bridge.collect("I", lambda b: b"." in b), "tippen\u00fc.".encode())
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

    def test_interrupt_is_passed_on_to_what_runs(self):
        p = self.caller("run", "x")
        self.request()
        self.bridge.started()
        for _ in range(2):
            os.write(self.master, b"\x03")
            self.assertEqual(self.bridge.frame(), b'{"t":"ctrl","event":0}')
        self.bridge.send({"t": "exited", "code": 0xC000013A})
        self.finish(p, 0xC000013A)

    def test_interrupt_before_the_start_withdraws_the_request(self):
        p = self.caller("run", "x")
        self.request()
        os.write(self.master, b"\x03")
        self.bridge.wait("X")
        self.finish(p, 0xC000013A)
