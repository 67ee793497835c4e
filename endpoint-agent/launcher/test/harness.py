"""What the tests of launcher and spawner share: an agent that is a stand-in, an ordinary user, a place to work."""

import json
import os
import pty
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fake_agent import SECONDS, FakeAgent  # noqa: E402

UID = 47111  # an ordinary user that no system knows
OUT = sys.argv[1] if len(sys.argv) > 1 else "/nonexistent"  # the folder of the binaries


def alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as f:
            return f.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def await_true(condition, what="condition"):
    end = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("not within %s s: %s" % (SECONDS, what))
        time.sleep(0.01)  # polls the operating system, which announces none of these


def become_user():
    os.setgroups([])
    os.setresgid(UID, UID, UID)
    os.setresuid(UID, UID, UID)


class SpawnerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.top = tempfile.mkdtemp(prefix="cordon-check-")
        os.chmod(cls.top, 0o755)
        for binary in ("cordon", "cordon-spawner"):
            shutil.copy(os.path.join(OUT, binary), cls.top)
        cls.cordon = os.path.join(cls.top, "cordon")
        cls.data, cls.runtime, cls.work = (os.path.join(cls.top, d) for d in ("data", "run", "work"))
        for d in (cls.data, cls.runtime, cls.work):
            os.mkdir(d)
        with open(cls.data + "/ledger", "w") as f:
            f.write("secret")
        os.chown(cls.work, UID, UID)
        cls.start_agent()

    @classmethod
    def start_agent(cls):
        cls.agent = FakeAgent(cls.top + "/cordon-spawner", cls.runtime, cls.data, cls.work)
        cls.ready = cls.agent.wait(lambda m: m["t"] == "ready")

    @classmethod
    def tearDownClass(cls):
        cls.agent.close()
        shutil.rmtree(cls.top)

    def environment(self, wish):
        env = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": self.work, "LANG": "C.UTF-8", "TERM": "xterm", "CORDON_SOCKET": self.agent.socket}
        if wish:
            env["CORDON_TEST"] = json.dumps(wish)
        return env

    def start(self, *argv, wish=None, env=None, **more):
        more.setdefault("stdin", subprocess.DEVNULL)
        more.setdefault("stdout", subprocess.PIPE)
        more.setdefault("stderr", subprocess.PIPE)
        more.setdefault("preexec_fn", become_user)
        p = subprocess.Popen([self.cordon, *argv], cwd=more.pop("cwd", self.work), env={**self.environment(wish), **(env or {})}, **more)
        self.pid = p.pid
        return p

    def run_in(self, *command, wish=None, **more):
        p = self.start("run", "--", *command, wish=wish, **more)
        out, err = p.communicate(timeout=SECONDS)
        return p.returncode, out.decode(errors="replace"), err.decode(errors="replace")

    def sh(self, script, **more):
        return self.run_in("sh", "-c", script, **more)

    def message(self, kind):
        """Of the run started last; an earlier one's may still be on their way."""
        request = self.agent.wait(lambda m: m["t"] == "request" and m["caller"]["pid"] == self.pid)
        return request if kind == "request" else self.agent.wait(lambda m: m["t"] == kind and m["id"] == request["id"])
