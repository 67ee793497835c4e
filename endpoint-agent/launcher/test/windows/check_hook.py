"""cordon hook on Windows: whatever fails denies in the form that the vendor takes for a refusal."""

import json
import os
import subprocess
import tempfile
import unittest

from bridge import SECONDS, WINE, Bridge
from harness import CORDON, FOLDER

BY_STATUS = [("codex", "PreToolUse"), ("claude-code", "PermissionRequest"), ("gemini", "BeforeTool")]
BY_OUTPUT = [("copilot", "preToolUse"), ("copilot", "permissionRequest")]


class Hook(unittest.TestCase):
    def hook(self, agent, event, given=b"{}", **env):
        """It prints into files: services that Wine starts along with a program keep its standard error, and a pipe never ends."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            p = subprocess.Popen([WINE, CORDON, "hook", agent, event], env={**os.environ, **env}, stdin=subprocess.PIPE, stdout=out, stderr=err)
            try:
                if given is not None:
                    p.communicate(given, timeout=SECONDS)
                p.wait(timeout=SECONDS)
            finally:
                p.kill()
                p.wait()
                p.stdin.close()
            out.seek(0)
            err.seek(0)
            return p.returncode, out.read().decode(), err.read().decode()

    def assert_denied(self, agent, event, result):
        code, out, err = result
        self.assertTrue(err.strip(), result)
        if (agent, event) in BY_STATUS:
            self.assertEqual((code, out), (2, ""))
        else:
            answer = json.loads(out)
            self.assertEqual((code, answer.get("permissionDecision", answer.get("behavior"))), (0, "deny"))

    def test_without_agent(self):
        for agent, event in BY_STATUS + BY_OUTPUT:
            self.assert_denied(agent, event, self.hook(agent, event))
        code, out, err = self.hook("claude-code", "PostToolUse")
        self.assertEqual((code, out), (0, ""))
        self.assertRegex(err, "not running|did not answer in time")  # the second on a very busy machine

    def test_what_is_no_text(self):
        self.assert_denied("codex", "PreToolUse", self.hook("codex", "PreToolUse", b"\xff"))
        self.assert_denied("copilot", "preToolUse", self.hook("copilot", "preToolUse", b"x" * (1 << 20) + b"x"))

    def test_whoever_shares_the_account_does_not_answer_for_the_service(self):
        bridge = Bridge(FOLDER, r"\\.\pipe\cordon-hook-test")
        try:
            self.assert_denied("codex", "PreToolUse", self.hook("codex", "PreToolUse", CORDON_PIPE=r"\\.\pipe\cordon-hook-test"))
        finally:
            bridge.close()

    def test_an_input_that_never_ends(self):
        for agent, event in (BY_STATUS[0], BY_OUTPUT[0]):
            self.assert_denied(agent, event, self.hook(agent, event, None))
