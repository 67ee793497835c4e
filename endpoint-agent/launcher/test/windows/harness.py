"""What the tests of cordon.exe share."""

import json
import os
import subprocess
import sys
import unittest

from bridge import SECONDS, WINE, Bridge

FOLDER = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "/nonexistent"
CORDON = os.path.join(FOLDER, "cordon.exe")


class PipeTest(unittest.TestCase):
    """A pipe with a name of its own for each class."""

    @classmethod
    def setUpClass(cls):
        cls.pipe = r"\\.\pipe\cordon-test-%d-%s" % (os.getpid(), cls.__name__)
        cls.bridge = Bridge(FOLDER, cls.pipe)

    @classmethod
    def tearDownClass(cls):
        cls.bridge.close()

    def start(self, *words, program=CORDON, env=None, before=(), **more):
        more.setdefault("stdin", subprocess.DEVNULL)
        more.setdefault("stdout", subprocess.PIPE)
        more.setdefault("stderr", subprocess.PIPE)
        environment = {**os.environ, "CORDON_PIPE": self.pipe, **(env or {})}
        p = subprocess.Popen([WINE, program, *before, *words], env=environment, **more)
        self.addCleanup(self.end, p)
        return p

    @staticmethod
    def end(p):
        if p.poll() is None:
            p.kill()
        p.wait()
        for stream in (p.stdin, p.stdout, p.stderr):
            if stream:
                stream.close()

    def finish(self, p, code):
        """Unix sees the last eight bits of an exit status."""
        out, err = p.communicate(timeout=SECONDS)
        self.assertEqual(p.returncode, code & 0xFF, (out, err))
        return (out or b"").decode(), (err or b"").decode()

    def request(self):
        self.bridge.client()
        return json.loads(self.bridge.frame())
