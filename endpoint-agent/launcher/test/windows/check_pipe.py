"""Requests, answers, runs, and who may hold the pipe."""

import json
import os
import re
import struct
import subprocess
import time
import unittest

from bridge import SECONDS, WINE, Bridge
from harness import CORDON, FOLDER, PipeTest

MEMBERS = ["op", "argv", "session", "toolCall", "reason", "traceparent", "env", "cwd", "handles", "args"]


class File(unittest.TestCase):
    """The program as a file."""

    @classmethod
    def setUpClass(cls):
        cls.headers = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", CORDON], check=True, capture_output=True, text=True).stdout
        with open(CORDON, "rb") as f:
            cls.bytes = f.read()

    def test_needs_only_dlls_of_the_system(self):
        self.assertEqual(set(re.findall(r"DLL Name: (\S+)", self.headers)), {"ADVAPI32.dll", "KERNEL32.dll", "msvcrt.dll"})

    def test_memory_is_randomised_and_not_executable(self):
        for flag in ("HIGH_ENTROPY_VA", "DYNAMIC_BASE", "NX_COMPAT"):
            self.assertIn(flag, self.headers)
        self.assertNotIn("RELOCS_STRIPPED", self.headers)

    def test_manifest_asks_for_nothing_and_allows_long_paths(self):
        self.assertEqual(self.bytes.count(b'level="asInvoker"'), 1)
        self.assertIn(b"longPathAware", self.bytes)

    def test_tells_one_version_everywhere(self):
        version = subprocess.run([WINE, CORDON, "--version"], check=True, capture_output=True, text=True).stdout
        self.assertEqual(version, "cordon 0.1.0\n")
        self.assertIn("ProductVersion".encode("utf-16-le") + b"\0\0" + "0.1.0".encode("utf-16-le"), self.bytes)
        self.assertIn(struct.pack("<IIHHHH", 0xFEEF04BD, 0x10000, 1, 0, 0, 0), self.bytes)

    def test_carries_no_time_of_its_building(self):
        self.assertIn("Thu Jan  1 00:00:00 1970", self.headers)


class Requests(PipeTest):
    def test_run_byte_by_byte(self):
        p = self.start("run", "--session", "s-1", "--tool-call=t-1", "--reason", "why?", "--", "prog", "a b", "*", "", 'q"uo\\te', "gr\u00fc\u00df \U0001f427",
                       env={"TRACEPARENT": "00-aa-bb-01", "ODD": "v\u20ac=\u00fc", "EMPTY": ""})
        self.bridge.client()
        body = self.bridge.frame()
        request = json.loads(body)
        self.assertEqual(body.decode(), json.dumps(request, separators=(",", ":"), ensure_ascii=False))
        self.assertEqual(list(request), MEMBERS)  # "console" is absent: there is none
        self.assertEqual(request["op"], "run")
        self.assertEqual(request["argv"], ["prog", "a b", "*", "", 'q"uo\\te', "gr\u00fc\u00df \U0001f427"])
        self.assertEqual((request["session"], request["toolCall"], request["reason"], request["traceparent"]), ("s-1", "t-1", "why?", "00-aa-bb-01"))
        self.assertEqual(request["env"]["ODD"], "v\u20ac=\u00fc")
        self.assertEqual([name for name in request["env"] if not name or name.startswith("=")], [])
        self.assertRegex(request["cwd"], r"^[A-Z]:\\")
        self.assertEqual(request["args"], {})
        self.bridge.reply()
        self.finish(p, 0)

    def test_absent_options_are_null(self):
        p = self.start("run", "x")
        request = self.request()
        self.assertEqual([request[k] for k in ("session", "toolCall", "reason", "traceparent")], [None] * 4)
        self.bridge.reply()
        self.finish(p, 0)

    def test_status_and_explain(self):
        for words, op, argv, args in (
            (["status"], "status", [], {"json": False}),
            (["status", "--json"], "status", [], {"json": True}),
            (["explain", "path", "--write", r"C:\x y"], "explain", [r"C:\x y"], {"kind": "path", "json": False, "access": "write"}),
            (["explain", "--json", "host", "h.example:80"], "explain", ["h.example:80"], {"kind": "host", "json": True, "host": "h.example", "port": 80}),
            (["explain", "command", "--", "git", "push"], "explain", ["git", "push"], {"kind": "command", "json": False}),
        ):
            p = self.start(*words)
            request = self.request()
            self.assertEqual((request["op"], request["argv"], request["args"]), (op, argv, args))
            self.bridge.reply(out="fine")
            self.assertEqual(self.finish(p, 0), ("fine\n", ""))

    def test_cwd_is_the_one_asked_for(self):
        p = self.start("run", "--cwd", r"C:\windows", "--", "x")
        self.assertEqual(self.request()["cwd"].lower(), r"c:\windows")
        self.bridge.reply()
        self.finish(p, 0)

    def test_cwd_that_does_not_exist_asks_nobody(self):
        out, err = self.finish(self.start("run", "--cwd", r"C:\nowhere", "--", "x"), 125)
        self.assertEqual((out, err), ("", "cordon: --cwd: C:\\nowhere: No such directory\n"))

    def test_lone_surrogates_and_wildcards_arrive_as_they_are(self):
        p = self.start("surrogates", CORDON, program=os.path.join(FOLDER, "odd-caller.exe"))
        self.bridge.client()
        body = self.bridge.frame()
        self.assertIn(rb'"argv":["a\ud800b","\udc27\ud83d","' + "\U0001f427".encode() + rb'","*.c","q\"uote"]', body)
        self.assertIn(b'"ODD\xc3\xa9":"x\\udc80y"', body)
        self.bridge.send({"t": "reply", "exit": 0, "stdout": "", "stderr": "cordon: \ud800 is denied"})
        out, err = p.communicate(timeout=SECONDS)
        self.assertEqual((p.returncode, err), (0, b"cordon: \xed\xa0\x80 is denied\n"))

    def test_handles_are_those_of_the_caller(self):
        p = self.start("run", "x", stdin=subprocess.PIPE)
        handles = self.request()["handles"]
        self.assertEqual(list(handles), ["stdin", "stdout", "stderr"])
        self.assertEqual(len({h for h in handles.values() if h > 0}), 3)
        self.bridge.do("H", b"%d to the output" % handles["stdout"])
        self.bridge.do("H", b"%d to the errors" % handles["stderr"])
        self.bridge.reply()
        self.assertEqual(self.finish(p, 0), ("to the output", "to the errors"))

    def test_missing_handles_are_zero(self):
        p = self.start("detached", CORDON, program=os.path.join(FOLDER, "odd-caller.exe"))
        request = self.request()
        self.assertEqual(request["handles"], {"stdin": 0, "stdout": 0, "stderr": 0})
        self.assertNotIn("console", request)
        self.bridge.reply(7, "lost", "lost")
        self.finish(p, 7)

    def test_too_large_is_not_sent(self):
        big = {"BIG%d" % i: "x" * 100000 for i in range(11)}
        out, err = self.finish(self.start("run", "x", env=big), 125)
        self.assertEqual(err, "cordon: arguments and environment are too large (more than 1 MiB); nothing was run\n")

    def test_large_request_arrives_whole(self):
        p = self.start("run", "x", env={"BIG%d" % i: "y" * 100000 for i in range(9)})
        self.assertEqual([len(v) for k, v in self.request()["env"].items() if k.startswith("BIG")], [100000] * 9)
        self.bridge.reply()
        self.finish(p, 0)

    def test_wrong_usage_asks_nobody(self):
        for words, said in ((["run"], "run: missing command"), (["nonsense"], "unknown command: nonsense"), (["status", "x"], "status: unexpected argument: x")):
            out, err = self.finish(self.start(*words), 2)
            self.assertEqual((out, err), ("", "cordon: %s (cordon --help says more)\n" % said))
        self.assertIn("CORDON_PIPE", self.finish(self.start("--help"), 0)[0])


class Answers(PipeTest):
    def answered(self, answer, code, started=False):
        p = self.start("run", "x")
        self.request()
        if started:
            self.bridge.started()
        answer()
        return self.finish(p, code)

    def test_denial_exits_126_with_its_text(self):
        line = "cordon: denied by rule r1 (policy p v1): no."
        self.assertEqual(self.answered(lambda: self.bridge.reply(126, "", line), 126), ("", line + "\n"))

    def test_failure_exits_125(self):
        self.assertEqual(self.answered(lambda: self.bridge.send({"t": "failed", "message": "no logon"}), 125), ("", "cordon: no logon\n"))

    def test_unknown_answers_are_failures(self):
        for content in (b"\x02\0\0\0{}", b"\x03\0\0\0{x}", b"\x11\0\0\0" + b'{"t":"surprise!"}'):
            self.assertEqual(self.answered(lambda c=content: self.bridge.do("S", c), 125), ("", "cordon: the agent answered with something unknown\n"))

    def test_oversized_answer_is_a_failure(self):
        self.assertEqual(self.answered(lambda: self.bridge.do("S", struct.pack("<I", (1 << 20) + 1)), 125), ("", "cordon: the agent answered with too much\n"))

    def test_hang_up_before_the_start(self):
        self.assertEqual(self.answered(lambda: self.bridge.do("C"), 125), ("", "cordon: the Cordon agent went away before it answered; nothing that it began still runs\n"))

    def test_hang_up_in_the_middle(self):
        self.assertEqual(self.answered(lambda: self.bridge.do("C"), 125, started=True), ("", "cordon: the Cordon agent went away; what it ran was ended\n"))

    def test_answer_in_single_bytes(self):
        body = json.dumps({"t": "exited", "code": 9}).encode()

        def trickle():
            for byte in struct.pack("<I", len(body)) + body:
                self.bridge.do("S", bytes([byte]))

        self.answered(trickle, 9)

    def test_no_answer_is_waited_for_without_work(self):
        p = self.start("run", "x")
        self.request()
        self.bridge.started()
        pid = self.unix_pid(p)
        before = self.cpu(pid)
        with self.assertRaises(subprocess.TimeoutExpired):
            p.wait(2)  # the time over which processor time is measured
        self.assertLessEqual(self.cpu(pid) - before, 10)  # of 200 ticks
        self.bridge.send({"t": "exited", "code": 0})
        self.finish(p, 0)

    @staticmethod
    def unix_pid(p):
        """Wine executes the program in the process that was started, or in a child of it."""
        with open("/proc/%d/task/%d/children" % (p.pid, p.pid)) as f:
            children = f.read().split()
        return int(children[0]) if children else p.pid

    @staticmethod
    def cpu(pid):
        with open("/proc/%d/stat" % pid) as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])


class Runs(PipeTest):
    def test_exit_status_is_passed_on(self):
        for code in (0, 1, 255, 0xC0000005, 0xFFFFFFFF):
            p = self.start("run", "x")
            self.request()
            self.bridge.started()
            self.bridge.send({"t": "exited", "code": code})
            self.finish(p, code)

    def test_the_caller_being_killed_closes_the_pipe(self):
        p = self.start("run", "x")
        self.request()
        self.bridge.started()
        p.kill()
        self.bridge.wait("X")

    def test_pipes_of_a_console_that_is_no_pipe_are_refused(self):
        p = self.start("run", "x")
        self.request()
        self.bridge.send({"t": "pty", "in": 1, "out": 99999})
        self.assertEqual(self.finish(p, 125)[1], "cordon: the command's console cannot be relayed\n")


class Holder(unittest.TestCase):
    """Who may hold the pipe."""

    def cordon(self, *words, **env):
        p = subprocess.run([WINE, CORDON, *words], env={**os.environ, **env}, capture_output=True, timeout=SECONDS)
        return p.returncode, p.stdout.decode(), p.stderr.decode()

    def test_without_agent_nothing_runs_and_it_is_said_how_to_start_it(self):
        code, out, err = self.cordon("run", "x")
        self.assertEqual((code, out), (125, ""))
        self.assertRegex(err, r"^cordon: the Cordon agent is not running \(\\\\\.\\pipe\\cordon: .+\); nothing was run\. Start it with: sc start CordonAgent\n$")
        self.assertEqual(self.cordon("status", "--json")[:2], (125, '{"running":false}\n'))

    def test_the_default_pipe_held_by_another_program_gets_nothing(self):
        bridge = Bridge(FOLDER, r"\\.\pipe\cordon")
        try:
            self.assertEqual(self.cordon("run", "x"), (125, "", "cordon: \\\\.\\pipe\\cordon is not held by the service CordonAgent; nothing was run\n"))
            self.assertEqual([letter for letter, _ in bridge.until("X")], ["N", "X"])
        finally:
            bridge.close()

    def test_the_service_is_recognised_by_its_process(self):
        path = "Z:" + os.path.join(FOLDER, "pipe-bridge.exe").replace("/", "\\")
        def sc(*words):
            return subprocess.run([WINE, "sc", *words], capture_output=True, timeout=SECONDS)
        def hook():
            p = subprocess.run([WINE, CORDON, "hook", "codex", "PreToolUse"], input=b"{}", capture_output=True, timeout=SECONDS)
            return p.returncode, p.stdout, p.stderr
        try:
            self.assertEqual(sc("create", "CordonAgent", "binPath=", '"%s" service' % path).returncode, 0)
            sc("start", "CordonAgent")
            self.until(lambda: sc("query", "CordonAgent").stdout, lambda shown: b"RUNNING" in shown)
            self.assertEqual(self.cordon("run", "x"), (0, "from the service\n", ""))
            self.assertEqual(self.cordon("status"), (0, "from the service\n", ""))
            # A machine may be too busy for the few seconds that a hook has.
            answered = self.until(hook, lambda told: b"did not answer in time" not in told[2])
            self.assertEqual(answered[:2], (0, b"from the service\n"))
        finally:
            sc("stop", "CordonAgent")
            sc("delete", "CordonAgent")
            # It has said that it is stopped before its process, and with that its pipe, is gone.
            self.until(lambda: self.cordon("status")[2], lambda said: "is not running" in said)

    def until(self, ask, enough):
        """The first answer that is enough."""
        end = time.monotonic() + SECONDS
        while not enough(answer := ask()):
            self.assertLess(time.monotonic(), end, answer)
        return answer

    def test_another_name_is_only_a_local_pipe(self):
        for name in (r"\\server\pipe\cordon", r"C:\cordon", "cordon", r"\\.\PHYSICALDRIVE0"):
            self.assertEqual(self.cordon("run", "x", CORDON_PIPE=name),
                             (125, "", "cordon: CORDON_PIPE: not a local pipe (expected: \\\\.\\pipe\\NAME); nothing was run\n"))

    def test_a_busy_pipe_is_waited_for(self):
        name = r"\\.\pipe\cordon-test-%d-busy" % os.getpid()
        bridge = Bridge(FOLDER, name)
        try:
            environment = {**os.environ, "CORDON_PIPE": name}
            first = subprocess.Popen([WINE, CORDON, "run", "first"], env=environment)
            bridge.client()
            self.assertEqual(json.loads(bridge.frame())["argv"], ["first"])
            second = subprocess.Popen([WINE, CORDON, "run", "second"], env=environment, stderr=subprocess.PIPE)
            with self.assertRaises(subprocess.TimeoutExpired):
                second.wait(1)  # the bound of the waiting is 10 s
            bridge.reply(3)
            self.assertEqual(first.wait(SECONDS), 3)
            bridge.client()
            self.assertEqual(json.loads(bridge.frame())["argv"], ["second"])
            bridge.reply(4)
            self.assertEqual(second.wait(SECONDS), 4)
            second.stderr.close()
        finally:
            bridge.close()

    def test_a_pipe_that_stays_busy_is_given_up(self):
        name = r"\\.\pipe\cordon-test-%d-full" % os.getpid()
        bridge = Bridge(FOLDER, name)
        try:
            environment = {**os.environ, "CORDON_PIPE": name}
            first = subprocess.Popen([WINE, CORDON, "run", "first"], env=environment)
            bridge.client()
            self.assertEqual(self.cordon("run", "second", CORDON_PIPE=name),
                             (125, "", "cordon: %s: the Cordon agent is too busy to answer (waited 10 s); nothing was run. Try again\n" % name))
            bridge.reply(0)
            first.wait(SECONDS)
        finally:
            bridge.close()
