"""cordon hook on Windows: whatever fails denies in the form that the vendor takes for a refusal."""

import json
import os
import subprocess
import unittest

from bridge import SECONDS, WINE, Bridge
from harness import CORDON, FOLDER

BY_STATUS = [("codex", "PreToolUse"), ("claude-code", "PermissionRequest"), ("gemini", "BeforeTool")]
BY_OUTPUT = [("copilot", "preToolUse"), ("copilot", "permissionRequest")]


class Hook(unittest.TestCase):
    def hook(self, agent, event, given=b"{}", **env):
        p = subprocess.run([WINE, CORDON, "hook", agent, event], input=given, env={**os.environ, **env}, capture_output=True, timeout=SECONDS)
        return p.returncode, p.stdout.decode(), p.stderr.decode()

    def assert_denied(self, agent, event, result):
        code, out, err = result
        self.assertTrue(err.strip(), result)
        if (agent, event) in BY_STATUS:
            self.assertEqual((code, out), (2, ""))
        else:
            answer = json.loads(out)
            self.assertEqual((code, answer.get("permissionDecision", answer.get("behavior"))), (0, "deny"))

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
            p = subprocess.Popen([WINE, CORDON, "hook", agent, event], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            try:
                p.wait(timeout=SECONDS)
                self.assert_denied(agent, event, (p.returncode, p.stdout.read().decode(), p.stderr.read().decode()))
            finally:
                for stream in (p.stdin, p.stdout, p.stderr):
                    stream.close()
