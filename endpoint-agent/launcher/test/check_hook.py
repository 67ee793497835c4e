"""cordon hook: what reaches the agent, and that whatever fails denies in the form that the vendor takes for a refusal."""

import json
import os
import socket
import subprocess
import threading

from harness import SECONDS, UID, SpawnerTest

BY_STATUS = [("codex", "PreToolUse"), ("codex", "PermissionRequest"), ("claude-code", "PreToolUse"),
             ("claude-code", "PermissionRequest"), ("gemini", "BeforeTool")]
BY_OUTPUT = [("copilot", "preToolUse"), ("copilot", "permissionRequest")]
TELLING = [("codex", "PostToolUse"), ("claude-code", "UserPromptSubmit"), ("gemini", "AfterTool"), ("copilot", "postToolUse"), ("codex", "New")]


class Hook(SpawnerTest):
    def hook(self, agent, event, given=b"{}", env=None, **more):
        p = self.start("hook", agent, event, stdin=subprocess.PIPE, env=env, **more)
        out, err = p.communicate(given, timeout=SECONDS)
        return p.returncode, out.decode(), err.decode()

    def assert_denied(self, agent, event, result):
        code, out, err = result
        if (agent, event) in BY_STATUS:
            self.assertEqual((code, out), (2, ""), result)
            self.assertTrue(err.strip(), result)
        else:
            self.assertEqual(code, 0, result)
            answer = json.loads(out)
            self.assertEqual(answer.get("permissionDecision", answer.get("behavior")), "deny")
            self.assertTrue(answer.get("permissionDecisionReason", answer.get("message")))

    def assert_fails(self, given=b"{}", env=None, **more):
        for agent, event in BY_STATUS + BY_OUTPUT:
            with self.subTest(agent=agent, event=event):
                self.assert_denied(agent, event, self.hook(agent, event, given, env, **more))
        for agent, event in TELLING:
            with self.subTest(agent=agent, event=event):
                code, out, err = self.hook(agent, event, given, env, **more)
                self.assertEqual((code, out), (0, ""))
                self.assertTrue(err)

    def answering(self, frames, uid=None):
        """A socket whose holder sends these bytes to whoever comes and then says nothing more. Its path."""
        path = os.path.join(self.work, "other.sock")
        if os.path.exists(path):
            os.unlink(path)
        if uid is not None:
            os.seteuid(uid)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen(16)
        os.seteuid(0)
        os.chmod(path, 0o777)
        kept = []

        def serve():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                kept.append(connection)
                try:
                    connection.sendall(frames)
                except OSError:
                    pass  # it did not like who answers, and went

        threading.Thread(target=serve, daemon=True).start()
        self.addCleanup(listener.close)
        return path

    def test_what_was_given_reaches_the_agent_without_the_environment(self):
        given = json.dumps({"tool": "caf\u00e9 \u2028 \" \\ \U0001f427", "n": 1.5}, ensure_ascii=False).encode()
        code, out, _ = self.hook("claude-code", "PreToolUse", given, env={"SECRET": "x"})
        self.assertEqual(code, 0)
        request = json.loads(out)
        self.assertEqual(request["op"], "hook")
        self.assertEqual(request["env"], {})
        self.assertEqual(request["cwd"], self.work)
        self.assertEqual(request["caller"]["uid"], UID)
        self.assertEqual(request["args"], {"agent": "claude-code", "event": "PreToolUse", "input": given.decode()})

    def test_no_agent(self):
        self.assert_fails(env={"CORDON_SOCKET": "/nonexistent/agent.sock"})

    def test_too_large_before_and_after_escapes(self):
        self.assert_fails(b"x" * (1 << 20) + b"x")
        self.assert_fails(b'"' * (600 << 10))

    def test_not_utf8_and_nul(self):
        for given in (b"\xff", b"a\0b", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xe2\x82"):
            self.assert_denied("codex", "PreToolUse", self.hook("codex", "PreToolUse", given))
            self.assert_denied("copilot", "preToolUse", self.hook("copilot", "preToolUse", given))

    def test_a_socket_that_never_answers(self):
        silent = self.answering(b"")
        running = [(a, e, self.start("hook", a, e, stdin=subprocess.PIPE, env={"CORDON_SOCKET": silent})) for a, e in BY_STATUS + BY_OUTPUT]
        for agent, event, p in running:
            out, err = p.communicate(b"{}", timeout=SECONDS)
            self.assert_denied(agent, event, (p.returncode, out.decode(), err.decode()))

    def test_an_input_that_never_ends(self):
        p = self.start("hook", "codex", "PreToolUse", stdin=subprocess.PIPE)
        self.addCleanup(p.stdin.close)
        self.assertEqual(p.wait(SECONDS), 2)

    def test_an_answer_that_is_none(self):
        for frames in (b"\x02\0\0\0{}", b"\xff\xff\xff\xff", b"\x01\0\0\0x"):
            self.assert_denied("codex", "PreToolUse", self.hook("codex", "PreToolUse", env={"CORDON_SOCKET": self.answering(frames)}))

    def test_an_agent_that_failed_denies(self):
        body = b'{"t":"reply","exit":125,"stdout":"","stderr":"cordon: busy\\n"}'
        path = self.answering(len(body).to_bytes(4, "little") + body)
        self.assert_fails(env={"CORDON_SOCKET": path})

    def test_whoever_shares_the_account_does_not_answer_for_the_service(self):
        body = b'{"t":"reply","exit":0,"stdout":"{\\"permissionDecision\\":\\"allow\\"}","stderr":""}'
        path = self.answering(len(body).to_bytes(4, "little") + body, uid=UID)
        self.assert_denied("copilot", "preToolUse", self.hook("copilot", "preToolUse", env={"CORDON_SOCKET": path}))

    def test_wrong_usage_is_no_permission(self):
        for argv in ((), ("codex",), ("cursor", "PreToolUse"), ("codex", "PreToolUse", "x")):
            p = self.start("hook", *argv)
            out, err = p.communicate(timeout=SECONDS)
            self.assertEqual((p.returncode, out), (2, b""))
            self.assertTrue(err)
