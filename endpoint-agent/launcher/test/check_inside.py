"""cordon inside a boundary of Cordon's: how it knows, what a hook answers there, and that cordon run starts the command."""

import json
import os
import subprocess

from harness import SECONDS, SpawnerTest, become_user

SHELLS = {"codex": ("Bash", "-lc"), "claude-code": ("Bash", "-c"), "gemini": ("run_shell_command", "-c"), "copilot": ("bash", "-c")}
BEFORE = {"codex": "PreToolUse", "claude-code": "PreToolUse", "gemini": "BeforeTool", "copilot": "preToolUse"}
MARK = "/run/cordon"


class Inside(SpawnerTest):
    def inside(self, *command, given=b"", masked=True, **more):
        """Exit status, output and errors of a command within a boundary, covered at /run/cordon as the service has it."""
        mounts = [{"op": "ro-bind", "src": "/", "dst": "/"}, {"op": "dev", "dst": "/dev"}, {"op": "proc", "dst": "/proc"}, {"op": "tmpfs", "dst": "/run"},
                  {"op": "bind", "src": self.work, "dst": self.work}, {"op": "mask-dir", "dst": self.data}, {"op": "mask-dir", "dst": self.runtime}]
        if masked:
            mounts.append({"op": "mask-dir", "dst": MARK})
        p = self.start("run", "--", *command, stdin=subprocess.PIPE, wish={"mounts": mounts, "cwd": self.work}, **more)
        out, err = p.communicate(given, timeout=SECONDS)
        return p.returncode, out.decode(), err.decode()

    def hook(self, agent, event, given, **more):
        text = given if isinstance(given, bytes) else json.dumps(given, ensure_ascii=False).encode()
        return self.inside(self.cordon, "hook", agent, event, given=text, **more)

    @staticmethod
    def call(agent, tool_input, tool=None):
        keys = ("toolName", "toolArgs") if agent == "copilot" else ("tool_name", "tool_input")
        return {"session_id": "s", "n": 1.5, keys[0]: tool or SHELLS[agent][0], keys[1]: tool_input}

    def changed(self, agent, result):
        """The changed input, in the vendor's own form and together with the word that lets it run."""
        code, out, err = result
        self.assertEqual((code, err), (0, ""))
        answer = json.loads(out)
        if agent == "copilot":
            self.assertEqual(answer["permissionDecision"], "allow")
            self.assertTrue(answer["permissionDecisionReason"])
            return answer["modifiedArgs"]
        specific = answer["hookSpecificOutput"]
        self.assertEqual(specific["hookEventName"], BEFORE[agent])
        if agent == "gemini":
            self.assertEqual(answer["decision"], "allow")
            return specific["tool_input"]
        self.assertEqual(specific["permissionDecision"], "allow")
        return specific["updatedInput"]

    def assert_left_alone(self, agent, event, given):
        self.assertEqual(self.hook(agent, event, given), (0, "", ""))

    # ---- the hook

    def test_a_command_becomes_cordon_run_and_everything_else_stays(self):
        for agent, (_, option) in SHELLS.items():
            with self.subTest(agent=agent):
                given = {"timeout": 1.50, "command": "ls -l", "description": "caf\u00e9 \u2028 \"", "deep": {"a": [1, -2.5e3, None, True]}}
                changed = self.changed(agent, self.hook(agent, BEFORE[agent], self.call(agent, given)))
                self.assertEqual(changed.pop("command"), "%s run -- /bin/bash %s 'ls -l'" % (self.cordon, option))
                given.pop("command")
                self.assertEqual(changed, given)

    def test_numbers_keep_their_text(self):
        given = b'{"tool_name":"Bash","tool_input":{"a":1.50,"b":123456789012345678901234567890,"c":-0,"d":1E+2,"command":"x"}}'
        out = self.hook("codex", "PreToolUse", given)[1]
        self.assertIn('"a":1.50,"b":123456789012345678901234567890,"c":-0,"d":1E+2,', out)

    def test_the_line_does_what_the_command_did(self):
        command = "printf '%s|' \"it's\" '\"$HOME\"' $(echo sub) caf\u00e9; echo >&2 \\\\err\nexit 7"
        line = self.changed("gemini", self.hook("gemini", "BeforeTool", self.call("gemini", {"command": command})))["command"]
        self.assertEqual(self.inside("bash", "-c", line), self.inside("bash", "-c", command))
        self.assertEqual(self.inside("bash", "-c", line)[0], 7)

    def test_a_list_stays_a_list(self):
        changed = self.changed("codex", self.hook("codex", "PreToolUse", self.call("codex", {"command": ["bash", "-lc", "a b"]}, "shell")))
        self.assertEqual(changed, {"command": [self.cordon, "run", "--", "bash", "-lc", "a b"]})

    def test_an_input_that_is_text(self):
        changed = self.changed("copilot", self.hook("copilot", "preToolUse", self.call("copilot", json.dumps({"command": "true", "n": 0.5}))))
        self.assertEqual(changed, {"command": self.cordon + " run -- /bin/bash -c true", "n": 0.5})

    def test_what_asks_for_permission_gets_it(self):
        for agent in ("codex", "claude-code"):
            code, out, _ = self.hook(agent, "PermissionRequest", self.call(agent, {"command": "x"}))
            self.assertEqual((code, json.loads(out)["hookSpecificOutput"]["decision"]), (0, {"behavior": "allow"}))
        code, out, _ = self.hook("copilot", "permissionRequest", self.call("copilot", {"command": "x"}))
        self.assertEqual((code, json.loads(out)), (0, {"behavior": "allow"}))

    def test_other_tools_and_events_are_left_alone(self):
        for agent in SHELLS:
            self.assert_left_alone(agent, BEFORE[agent], self.call(agent, {"command": "x"}, "write_file"))
        self.assert_left_alone("codex", "PermissionRequest", self.call("codex", {}, "apply_patch"))
        self.assert_left_alone("claude-code", "PostToolUse", self.call("claude-code", {"command": "x"}))

    def test_what_cannot_be_rewritten_is_left_alone(self):
        whole = self.call("codex", {"command": "x" * 131071})
        room = 131071 - len("%s run -- /bin/bash -lc " % self.cordon)
        self.assert_left_alone("codex", "PreToolUse", whole)
        self.assert_left_alone("codex", "PreToolUse", self.call("codex", {"command": "x" * (room + 1)}))
        self.changed("codex", self.hook("codex", "PreToolUse", self.call("codex", {"command": "x" * room})))
        for given in ({"command": 1}, {"command": []}, {"command": ["a", 1]}, {}, [], "x", None, {"cmd": "x"}):
            self.assert_left_alone("codex", "PreToolUse", self.call("codex", given))
        for given in (b"", b"{", b'{"tool_name":"Bash"}', b'{"tool_name":"Bash","tool_name":"Bash","tool_input":{"command":"x"}}',
                      b'{"tool_name":"Bash","tool_input":{"command":"x","command":"y"}}', b'{"tool_name":"Bash","tool_input":{"command":"a\\u0000b"}}',
                      b'{"tool_name":"Bash","tool_input":{"command":"\xff"}}', b'{"tool_name":"Bash","tool_input":{"n":01,"command":"x"}}',
                      b'{"tool_name":"Bash","x":"' + b"x" * (1 << 20) + b'","tool_input":{"command":"x"}}', b'{"tool_name":"Bash","x":' + b"[" * 5000):
            self.assert_left_alone("codex", "PreToolUse", given)

    def test_a_program_that_was_not_called_by_its_whole_path_rewrites_nothing(self):
        given = json.dumps(self.call("claude-code", {"command": "x"})).encode()
        self.assertEqual(self.inside("sh", "-c", "cd %s && ./cordon hook claude-code PreToolUse" % self.top, given=given), (0, "", ""))

    # ---- cordon run

    def test_run_starts_the_command_as_it_is(self):
        self.assertEqual(self.inside(self.cordon, "run", "--", "sh", "-c", "cat; echo err >&2; exit 7", given=b"in"), (7, "in", "err\n"))
        code, out, _ = self.inside("sh", "-c", "exec 7</etc/hostname; A='a b' %s run sh -c 'echo $PPID; echo $A; ls /proc/self/fd/7 /proc/self/cwd -d'; echo $$" % self.cordon)
        parent, variable, *rest, shell = out.split("\n")[:-1]
        self.assertEqual((code, variable, parent), (0, "a b", shell))
        self.assertEqual(len(rest), 2)

    def test_what_means_something_to_the_agent_means_nothing_here(self):
        self.assertEqual(self.inside(self.cordon, "run", "--asked", "--session", "s", "--tool-call=t", "--reason", "r", "--", "echo", "ran"), (0, "ran\n", ""))
        self.assertEqual(self.inside(self.cordon, "run", "--cwd", "/usr", "pwd"), (0, "/usr\n", ""))
        self.assertEqual(self.inside(self.cordon, "run", "--cwd", "/nonexistent", "pwd")[:2], (125, ""))
        self.assertEqual(self.inside(self.cordon, "run", "--unknown", "pwd")[:2], (2, ""))

    def test_exit_statuses_are_those_of_a_run(self):
        os.mkdir(self.work + "/folder")
        with open(self.work + "/plain", "w") as f:
            f.write("x")
        for words in (["nonexistent-program"], ["/nonexistent/program"], ["./plain"], ["./folder"], ["sh", "-c", "exit 3"], ["sh", "-c", "kill -9 $$"]):
            with self.subTest(words=words):
                code, _, err = self.inside(self.cordon, "run", "--", *words)
                self.assertEqual((code, err), (self.inside(*words)[0], self.inside(*words)[2]))
        self.assertEqual(self.inside(self.cordon, "run", "--", "nonexistent-program")[0], 127)
        self.assertEqual(self.inside(self.cordon, "run", "--", "./plain")[0], 126)

    def test_status_and_explain(self):
        code, out, _ = self.inside(self.cordon, "status")
        self.assertEqual(code, 0)
        self.assertIn("runs inside a boundary", out)
        self.assertEqual(self.inside(self.cordon, "status", "--json"), (0, '{"confined":true}\n', ""))
        self.assertEqual(self.inside(self.cordon, "explain", "path", "/")[:2], (125, ""))

    # ---- who is not inside

    def assert_outside(self, code, out, err):
        """It looks for the agent, finds none, and does not start the command."""
        self.assertEqual((code, out), (125, ""), err)
        self.assertIn("not running", err)

    def test_a_boundary_without_the_cover_is_not_known(self):
        self.assert_outside(*self.inside(self.cordon, "run", "echo", "ran", masked=False))
        code, out, _ = self.hook("claude-code", "PreToolUse", self.call("claude-code", {"command": "x"}), masked=False)
        self.assertEqual((code, out), (2, ""))

    def elsewhere(self, *options, user):
        """In a sandbox that somebody else made."""
        words = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/run", *options, "--", self.cordon, "run", "echo", "ran"]
        p = subprocess.run(words, env={**self.environment(None), "CORDON_SOCKET": "/run/none", "CORDON_CONFINED": "1"}, cwd=self.work,
                           capture_output=True, text=True, timeout=SECONDS, preexec_fn=become_user if user else None)
        return p.returncode, p.stdout, p.stderr

    def test_a_vendors_sandbox_that_hides_the_folder_is_not_taken_for_cordons(self):
        own = os.path.join(self.work, "mask", "dir")
        os.makedirs(own, mode=0o755)
        os.chown(own, 47111, 47111)
        os.chmod(own, 0)
        for user in (False, True):
            for options in ([], ["--perms", "000", "--tmpfs", MARK], ["--perms", "000", "--dir", MARK], ["--ro-bind", "/dev/null", MARK],
                            ["--perms", "000", "--tmpfs", MARK, "--remount-ro", MARK], ["--ro-bind", "/root", MARK]):
                with self.subTest(user=user, options=options):
                    self.assert_outside(*self.elsewhere(*options, user=user))
        self.assert_outside(*self.elsewhere("--ro-bind", own, MARK, user=True))

    def test_nothing_in_the_environment_makes_it_inside(self):
        code, out, err = self.inside("true", masked=False)
        self.assertEqual(code, 0, err)
        p = self.start("run", "echo", "ran", env={"CORDON_SOCKET": "/run/none", "CORDON_CONFINED": "1", "CORDON_RUN_ID": "x", "container": "cordon"})
        out, err = p.communicate(timeout=SECONDS)
        self.assert_outside(p.returncode, out.decode(), err.decode())
