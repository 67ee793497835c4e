"""Running a command, and what the launcher says instead."""

import json
import os
import socket
import subprocess
import sys

from harness import SECONDS, UID, SpawnerTest, become_user


class Running(SpawnerTest):
    def test_exit_status_is_the_commands(self):
        for code in (0, 1, 7, 125, 143, 255):
            self.assertEqual(self.sh("exit %d" % code)[0], code)

    def test_signal_of_the_command_becomes_128_plus_n_and_is_told_apart(self):
        self.assertEqual(self.sh("kill -TERM $$")[0], 143)
        self.assertEqual((self.message("exited")["exitCode"], self.message("exited")["signal"]), (143, 15))
        self.sh("exit 143")
        self.assertEqual((self.message("exited")["exitCode"], self.message("exited")["signal"]), (143, 0))

    def test_unknown_command_is_127_and_not_executable_126(self):
        self.assertEqual(self.run_in("no-such-command"), (127, "", "cordon: no-such-command: command not found\n"))
        self.assertEqual(self.run_in("/etc/passwd")[0], 126)

    def test_arguments_and_environment_survive_byte_for_byte(self):
        odd = b"caf\xe9 \xff \xe2\x82 \x01 '\"\\ \xf0\x9f\x90\xa7"
        code, _, _ = self.run_in("true")
        p = self.start("run", "--", "sh", "-c", 'printf %s "$1$ODD"', "x", odd, env={b"ODD": odd})
        self.assertEqual(p.communicate()[0], odd + odd)
        self.assertEqual(self.message("request")["argv"][4].encode("utf-8", "surrogateescape"), odd)

    def test_environment_is_the_plans_and_nothing_else(self):
        code, out, _ = self.run_in("env", wish={"env": {"ONLY": "this", "PATH": "/usr/bin:/bin"}}, env={"SECRET_TOKEN": "x"})
        self.assertIn("ONLY=this", out)
        code, out, _ = self.run_in("tr", "\\0", "\\n", stdin=open("/dev/null"))
        self.assertEqual(code, 0)

    def test_ten_megabytes_through_the_pipes(self):
        data = os.urandom(10 << 20)
        p = self.start("run", "--", "cat", stdin=subprocess.PIPE)
        self.assertTrue(p.communicate(data, timeout=SECONDS)[0] == data)

    def test_closed_standard_handles_do_not_shift(self):
        def close_and_become():
            os.close(0)
            become_user()
        p = self.start("run", "--", "sh", "-c", "cat; echo done", preexec_fn=close_and_become)
        self.assertEqual(p.communicate(timeout=SECONDS)[0], b"done\n")

    def test_no_other_descriptor_reaches_the_command(self):
        self.assertEqual(self.sh("ls /proc/self/fd | tr '\\n' ' '")[1], "0 1 2 3 ")  # 3 is ls's own

    def test_umask_and_directory_are_the_callers(self):
        os.makedirs(self.work + "/sub", exist_ok=True)
        p = self.start("run", "--cwd", "sub", "sh", "-c", "umask; pwd", preexec_fn=lambda: (become_user(), os.umask(0o077)))
        self.assertEqual(p.communicate()[0].decode(), "0077\n%s/sub\n" % self.work)

    def test_priority_is_the_callers(self):
        for nice in (0, 7):
            p = self.start("run", "nice", preexec_fn=lambda: (os.setpriority(os.PRIO_PROCESS, 0, nice), become_user()))
            self.assertEqual(p.communicate()[0].decode(), "%d\n" % nice)

    def test_identity_comes_from_the_kernel(self):
        self.run_in("true")
        caller = self.message("request")["caller"]
        self.assertEqual((caller["uid"], caller["gid"], caller["groups"], caller["exe"]), (UID, UID, [], self.cordon))
        self.assertGreater(caller["startTime"], 0)

    def test_options_reach_the_service(self):
        p = self.start("run", "--session", "s1", "--tool-call=t1", "--reason", "because", "true", env={"TRACEPARENT": "00-aa-bb-01"})
        p.communicate()
        r = self.message("request")
        self.assertEqual((r["session"], r["toolCall"], r["reason"], r["traceparent"], r["tty"]), ("s1", "t1", "because", "00-aa-bb-01", [False] * 3))

    def test_no_capability_no_new_privileges_and_a_filter(self):
        status = self.run_in("cat", "/proc/self/status")[1]
        for line in ("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"):
            self.assertIn(line, status)


class Answers(SpawnerTest):
    def test_denial_is_one_line_and_126(self):
        code, out, err = self.run_in("true", wish={"deny": "no-true"})
        self.assertEqual((code, out, err), (126, "", "cordon: denied by rule no-true (policy test v1): no. Ask you.\n"))

    def test_agent_not_running_is_125_and_runs_nothing(self):
        marker = self.work + "/ran"
        p = self.start("run", "touch", marker, env={"CORDON_SOCKET": self.top + "/nowhere.sock"})
        _, err = p.communicate()
        self.assertEqual(p.returncode, 125)
        self.assertIn(b"not running", err)
        self.assertFalse(os.path.exists(marker))
        p = self.start("status", "--json", env={"CORDON_SOCKET": self.top + "/nowhere.sock"})
        self.assertEqual((p.communicate()[0], p.returncode), (b'{"running":false}\n', 125))

    def test_a_socket_of_another_user_is_not_believed(self):
        path = self.work + "/fake.sock"
        with socket.socket(socket.AF_UNIX) as s:
            s.bind(path)
            os.chmod(path, 0o777)
            server = subprocess.Popen([sys.executable, "-c", "import socket,sys,os\nos.setuid(%d)\ns=socket.socket(fileno=%d)\ns.listen()\nprint('up',flush=True)\nc,_=s.accept()\nprint(len(c.recv(100)),flush=True)" % (UID + 1, s.fileno())],
                                      pass_fds=[s.fileno()], stdout=subprocess.PIPE)
            server.stdout.readline()
            p = self.start("run", "true", env={"CORDON_SOCKET": path})
            _, err = p.communicate(timeout=SECONDS)
            self.assertEqual(p.returncode, 125)
            self.assertIn(b"not held by root", err)
            self.assertEqual(server.communicate(timeout=SECONDS)[0], b"0\n")
        os.unlink(path)

    def test_explain_sends_what_was_asked(self):
        cases = {
            ("command", "--", "git", "push"): (["git", "push"], {"kind": "command", "json": False}),
            ("--json", "command", "git"): (["git"], {"kind": "command", "json": True}),
            ("path", "--write", "a b"): (["a b"], {"kind": "path", "json": False, "access": "write"}),
            ("path", "/x"): (["/x"], {"kind": "path", "json": False, "access": "read"}),
            ("host", "example.org:8080"): (["example.org:8080"], {"kind": "host", "json": False, "host": "example.org", "port": 8080}),
            ("host", "example.org"): (["example.org"], {"kind": "host", "json": False, "host": "example.org", "port": 443}),
            ("host", "[::1]:80"): (["[::1]:80"], {"kind": "host", "json": False, "host": "::1", "port": 80}),
            ("host", "::1"): (["::1"], {"kind": "host", "json": False, "host": "::1", "port": 443}),
        }
        for argv, asked in cases.items():
            out, _ = self.start("explain", *argv).communicate()
            answer = json.loads(out)
            self.assertEqual((answer["argv"], answer["args"]), asked)

    def test_wrong_usage_is_2(self):
        for argv in ([], ["run"], ["run", "--nonsense", "x"], ["run", "--cwd"], ["explain"], ["explain", "host", "a:b"], ["explain", "path"], ["hook"], ["status", "x"]):
            p = self.start(*argv)
            _, err = p.communicate()
            self.assertEqual((p.returncode, bool(err)), (2, True), argv)

    def test_too_much_is_refused_by_name(self):
        p = self.start("run", "--", "true", *["x" * 100000] * 11)
        _, err = p.communicate()
        self.assertEqual(p.returncode, 125)
        self.assertIn(b"too large", err)

    def test_a_client_that_talks_nonsense_is_shut_out(self):
        for raw in (b"\xff\xff\xff\xff", b"\x02\0\0\0{]", b"\x02\0\0\0{}", b'\x0c\0\0\0{"op":"run"}'):
            with socket.socket(socket.AF_UNIX) as s:
                s.settimeout(SECONDS)
                s.connect(self.agent.socket)
                s.sendall(raw)
                self.assertIn(b'"failed"', s.recv(1000))
        fds = [os.open("/dev/null", os.O_RDONLY) for _ in range(6)]
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(SECONDS)
            s.connect(self.agent.socket)
            socket.send_fds(s, [b"\x02\0\0\0{}"], fds)
            self.assertEqual(s.recv(1000), b"")
        for fd in fds:
            os.close(fd)
        self.assertEqual(self.run_in("true")[0], 0)


class PlanCheck(SpawnerTest):
    def refused(self, wish):
        marker = self.work + "/ran"
        code, _, err = self.run_in("touch", marker, wish=wish)
        self.assertEqual((code, os.path.exists(marker)), (125, False), wish)
        return self.message("failed")["stage"]

    def test_refuses_what_the_caller_is_not_or_did_not_ask(self):
        for wish in ({"uid": 0}, {"gid": 0}, {"groups": [0]}, {"argv": ["sh"]}, {"cwd": "/"}, {"network": {"mode": "proxy"}}, {"limits": {"processes": -1}}):
            self.assertEqual(self.refused(wish), "plan-check")

    def test_refuses_plans_that_show_the_service(self):
        bind = {"op": "bind", "src": self.top, "dst": self.top}
        for wish in ({"mounts": [{"op": "ro-bind", "src": "/", "dst": "/"}]}, {"addMounts": [bind]},
                     {"addMounts": [{"op": "ro-bind", "src": self.data, "dst": "/mnt"}]}):
            self.assertEqual(self.refused(wish), "plan-check")

    def test_refuses_a_source_behind_a_symbolic_link(self):
        link = self.work + "/link"
        os.symlink(self.data, link)
        self.assertEqual(self.refused({"addMounts": [{"op": "bind", "src": link, "dst": self.work + "/x"}]}), "mounts")
        os.unlink(link)

    def test_a_failing_bubblewrap_is_a_failure_of_cordon(self):
        self.assertEqual(self.refused({"addMounts": [{"op": "mask-file", "dst": "/proc/nonexistent/x"}]}), "confinement")
