"""The launcher and the spawner together, over the real bubblewrap, with a stand-in for the Java service. Needs root.

    python3 test/test_spawner.py FOLDER-OF-THE-BINARIES
"""

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
from fake_agent import FakeAgent  # noqa: E402

UID = 47111  # an ordinary user that no system knows
OUT = "/nonexistent"


def alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as f:
            return f.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def await_true(condition, seconds=10, what="condition"):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("not within %s s: %s" % (seconds, what))
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
        out, err = p.communicate(timeout=40)
        return p.returncode, out.decode(errors="replace"), err.decode(errors="replace")

    def sh(self, script, **more):
        return self.run_in("sh", "-c", script, **more)

    def message(self, kind):
        """Of the run started last; an earlier one's may still be on their way."""
        request = self.agent.wait(lambda m: m["t"] == "request" and m["caller"]["pid"] == self.pid)
        return request if kind == "request" else self.agent.wait(lambda m: m["t"] == kind and m["id"] == request["id"])


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
        self.assertTrue(p.communicate(data, timeout=60)[0] == data)

    def test_closed_standard_handles_do_not_shift(self):
        def close_and_become():
            os.close(0)
            become_user()
        p = self.start("run", "--", "sh", "-c", "cat; echo done", preexec_fn=close_and_become)
        self.assertEqual(p.communicate(timeout=20)[0], b"done\n")

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
            _, err = p.communicate(timeout=10)
            self.assertEqual(p.returncode, 125)
            self.assertIn(b"not held by root", err)
            self.assertEqual(server.communicate(timeout=10)[0], b"0\n")
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
                s.settimeout(10)
                s.connect(self.agent.socket)
                s.sendall(raw)
                self.assertIn(b'"failed"', s.recv(1000))
        fds = [os.open("/dev/null", os.O_RDONLY) for _ in range(6)]
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(10)
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


class Boundary(SpawnerTest):
    def test_masks_hide_and_stay(self):
        code, out, err = self.sh("cat %s/ledger; ls %s; chmod 755 %s; umount %s; rmdir %s; mv %s x; echo end" % ((self.data,) * 6))
        self.assertEqual(out, "end\n")
        self.assertEqual(open(self.data + "/ledger").read(), "secret")
        secret = self.work + "/secret"
        with open(secret, "w") as f:
            f.write("hidden")
        wish = {"addMounts": [{"op": "mask-file", "dst": secret}]}
        code, out, err = self.sh("cat secret; rm -f secret; mv secret s2; echo x > secret; chmod 777 secret", wish=wish)
        self.assertEqual((out, open(secret).read()), ("", "hidden"))
        os.unlink(secret)

    def test_placeholders_are_made_protected_and_removed(self):
        wish = {"placeholders": [{"path": self.work + "/.codex", "dir": True}, {"path": self.work + "/.rc", "dir": False}],
                "addMounts": [{"op": "ro-bind", "src": self.work + p, "dst": self.work + p} for p in ("/.codex", "/.rc")]}
        code, out, err = self.sh("ls -d .codex .rc; touch .codex/x; echo x > .rc; rmdir .codex; mv .codex y; rm -f .rc; ln -sf /etc .codex; exit 3", wish=wish)
        self.assertEqual((code, out), (3, ".codex\n.rc\n"))
        await_true(lambda: not os.path.exists(self.work + "/.codex") and not os.path.exists(self.work + "/.rc"), what="placeholders removed")

    def test_a_placeholder_stays_while_another_run_needs_it(self):
        path = self.work + "/.shared"
        wish = {"placeholders": [{"path": path, "dir": True}], "addMounts": [{"op": "ro-bind", "src": path, "dst": path}]}
        long = self.start("run", "sh", "-c", "echo up; read x; touch .shared/y; mkdir .shared; test -w .shared && echo writable", wish=wish, stdin=subprocess.PIPE)
        self.assertEqual(long.stdout.readline(), b"up\n")
        self.assertEqual(self.run_in("true", wish=wish)[0], 0)
        self.message("exited")
        self.assertEqual(self.run_in("true", wish=wish)[0], 0)  # a removal, if one were under way, would be over
        self.assertTrue(os.path.isdir(path))
        out, _ = long.communicate(b"\n", timeout=10)
        self.assertEqual(out, b"")
        await_true(lambda: not os.path.exists(path), what="placeholder removed after the last run")

    def test_a_placeholder_that_goes_while_a_plan_is_made_is_made_again(self):
        path = self.work + "/.going"
        mount = [{"op": "ro-bind", "src": path, "dst": path}]
        for _ in range(5):
            self.assertEqual(self.run_in("true", wish={"placeholders": [{"path": path, "dir": True}], "addMounts": mount})[0], 0)
            # The plan of one who still saw it: it mounts, but does not ask.
            code, out, err = self.sh("ls -d .going; touch .going/x", wish={"addMounts": mount})
            self.assertEqual((code, out), (1, ".going\n"), err)
        await_true(lambda: not os.path.exists(path), what="placeholder removed")

    def test_a_placeholder_through_a_symbolic_link_is_refused(self):
        os.symlink("/var", self.work + "/out")
        code, _, _ = self.run_in("true", wish={"placeholders": [{"path": self.work + "/out/evil", "dir": True}]})
        self.assertEqual((code, self.message("failed")["stage"], os.path.exists("/var/evil")), (125, "placeholders", False))
        os.unlink(self.work + "/out")

    def test_a_pinned_parent_cannot_be_renamed(self):
        os.makedirs(self.work + "/.git/hooks", exist_ok=True)
        os.chown(self.work + "/.git", UID, UID)
        git = self.work + "/.git"
        wish = {"addMounts": [{"op": "bind", "src": git, "dst": git}, {"op": "ro-bind", "src": git + "/hooks", "dst": git + "/hooks"}]}
        code, _, _ = self.sh("mv .git .git2 && mkdir -p .git/hooks && touch .git/hooks/pre-commit", wish=wish)
        self.assertNotEqual(code, 0)
        self.assertEqual(os.listdir(git), ["hooks"])
        shutil.rmtree(git)

    def test_root_owns_nothing_that_it_can_change(self):
        as_root = {"preexec_fn": lambda: None}
        probe = "import os\nfor p in ('/proc/sys/kernel/core_pattern','/proc/sys/vm/drop_caches','/proc/irq/default_smp_affinity','/etc/passwd','/sys/kernel/mm/transparent_hugepage/enabled','/dev/kmsg'):\n  try: os.open(p, os.O_WRONLY); print('open', p)\n  except OSError as e: pass\nprint('end')"
        code, out, err = self.run_in("/usr/bin/python3", "-c", probe, **as_root)
        self.assertEqual((code, out), (0, "end\n"), err)
        code, out, _ = self.sh("ls %s; chmod 755 %s; grep CapEff /proc/self/status" % (self.data, self.data), **as_root)
        self.assertEqual(out, "CapEff:\t0000000000000000\n")

    def test_online_shares_the_network_but_not_the_abstract_sockets(self):
        online = {"network": {"mode": "online"}}
        with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as abstract:
            abstract.bind("\0cordon-check-%d" % os.getpid())
            abstract.listen()
            client = "import socket\nsocket.create_connection(('127.0.0.1',%d),5)\nprint('tcp')\nsocket.socket(socket.AF_UNIX).connect('\\0cordon-check-%d')" % (tcp.getsockname()[1], os.getpid())
            code, out, err = self.run_in("/usr/bin/python3", "-c", client, wish=online)
            self.assertEqual(out, "tcp\n")
            if self.ready["features"]["landlock"] >= 6:
                self.assertIn("PermissionError", err)
            self.assertEqual(subprocess.run(["/usr/bin/python3", "-c", client]).returncode, 0)

    def test_a_handle_opened_for_reading_cannot_be_reopened_for_writing(self):
        path = self.top + "/given"
        with open(path, "w") as f:
            f.write("0123456789")
        os.chown(path, UID, UID)
        with open(path) as given:
            given.seek(3)
            os.lseek(given.fileno(), 3, os.SEEK_SET)
            code, out, err = self.sh("cat; echo x > /proc/self/fd/0; exec 3<>/proc/self/fd/0; echo y >&3", stdin=given)
        self.assertEqual((out, open(path).read()), ("3456789", "0123456789"), err)
        with open(path) as given:
            self.assertEqual(subprocess.run(["sh", "-c", "echo x > /proc/self/fd/0"], stdin=given, preexec_fn=become_user).returncode, 0)
        self.assertEqual(open(path).read(), "x\n")  # the control: outside it can

    def test_a_folder_is_no_standard_handle(self):
        folder = os.open(self.work, os.O_RDONLY)
        code, _, err = self.run_in("true", stdin=folder)
        os.close(folder)
        self.assertEqual((code, self.message("failed")["stage"]), (125, "stdio"))

    def test_offline_has_loopback_and_nothing_else(self):
        code, out, _ = self.run_in("cat", "/proc/net/dev")
        self.assertEqual([l.split(":")[0].strip() for l in out.splitlines()[2:]], ["lo"])

    def test_loopback_port_is_relayed_as_the_caller(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            seen = []

            def serve():
                c, peer = server.accept()
                with open("/proc/net/tcp") as f:
                    local = "0100007F:%04X" % peer[1]
                    seen.extend(l.split()[7] for l in f if l.split()[1] == local)
                data = b""
                while part := c.recv(65536):
                    data += part
                c.sendall(data[::-1])
                c.close()
            threading.Thread(target=serve, daemon=True).start()
            client = "import socket,sys\ns=socket.create_connection(('127.0.0.1',%d),5)\ns.sendall(b'ab'*500000)\ns.shutdown(1)\nn=b''\nwhile True:\n p=s.recv(65536)\n if not p: break\n n+=p\nprint(len(n),n[:4])" % port
            code, out, err = self.run_in("/usr/bin/python3", "-c", client, wish={"network": {"loopbackPorts": [port]}})
            self.assertEqual((code, out), (0, "1000000 b'baba'\n"), err)
            self.assertEqual(seen, [str(UID)])
            code, _, _ = self.run_in("/usr/bin/python3", "-c", client)
            self.assertNotEqual(code, 0)

    def test_filter_refuses_and_lets_tools_work(self):
        calls = ("import ctypes,os,errno\nl=ctypes.CDLL(None,use_errno=True)\n"
                 "def c(*a):\n  r=l.syscall(*a); return 'ok' if r>=0 else errno.errorcode[ctypes.get_errno()]\n"
                 "print(c(272,0x10000000),c(165,0,0,0,0,0),c(250,0,0,0,0,0),c(321,0,0,0),c(425,1,0),c(435,0,0),c(101,0,0,0,0),c(41,40,1,0),c(41,17,3,0),c(41,1,1,0),c(135,0xffffffff),c(135,0x40000))")
        if os.uname().machine != "x86_64":
            self.skipTest("numbers of x86-64")
        code, out, err = self.run_in("/usr/bin/python3", "-c", calls)
        self.assertEqual(out, "EPERM EPERM EPERM EPERM EPERM ENOSYS EPERM EAFNOSUPPORT EAFNOSUPPORT ok ok EPERM\n", err)


class Limits(SpawnerTest):
    def test_fork_bomb_meets_its_limit(self):
        code, _, _ = self.run_in("/usr/bin/python3", "-c", "import os,time\nn=0\ntry:\n  while n<500:\n    if os.fork()==0: time.sleep(60); os._exit(0)\n    n+=1\nexcept OSError: print(n)",
                                 wish={"limits": {"processes": 32}})
        self.assertEqual(self.message("exited")["limitsHit"], ["processes"])

    def test_memory_limit_kills(self):
        code, _, _ = self.run_in("/usr/bin/python3", "-c", "x=bytearray(400<<20); print(len(x))", wish={"limits": {"memoryMiB": 100}})
        self.assertEqual((code, self.message("exited")["limitsHit"]), (137, ["memory"]))

    def test_wall_clock_ends_the_run(self):
        began = time.monotonic()
        code, _, _ = self.run_in("sleep", "30", wish={"limits": {"wallClockSeconds": 1}})
        self.assertEqual((code, self.message("exited")["limitsHit"]), (143, ["wallClock"]))
        self.assertLess(time.monotonic() - began, 10)

    def test_open_files(self):
        self.assertEqual(self.sh("ulimit -n; ulimit -Hn", wish={"limits": {"openFiles": 77}})[1], "77\n77\n")


class Lifetime(SpawnerTest):
    def sandboxed_sleep(self):
        p = self.start("run", "sh", "-c", "echo up; setsid sleep 987 & exec sleep 987")
        self.assertEqual(p.stdout.readline(), b"up\n")
        pid = self.message("started")["pid"]
        await_true(lambda: len(self.sleepers()) == 2, what="both sleep")
        return p, pid

    @staticmethod
    def sleepers():
        found = []
        for d in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/cmdline" % d, "rb") as f:
                    if f.read() == b"sleep\x00987\x00" and alive(int(d)):
                        found.append(int(d))
            except OSError:
                pass
        return found

    def all_gone(self):
        await_true(lambda: not self.sleepers(), what="nothing of the run is left")

    def test_daemons_die_with_the_command(self):
        code, _, _ = self.sh("(setsid sleep 987 >/dev/null 2>&1 &) ; sleep 0.1; echo up")
        self.assertEqual(code, 0)
        self.all_gone()

    def test_signals_reach_the_command(self):
        p = self.start("run", "sh", "-c", "trap 'echo got; exit 9' TERM; echo up; while :; do sleep 0.05; done")
        p.stdout.readline()
        p.send_signal(signal.SIGTERM)
        self.assertEqual((p.communicate(timeout=10)[0], p.returncode), (b"got\n", 9))

    def test_the_launcher_s_death_ends_the_run(self):
        p, _ = self.sandboxed_sleep()
        p.kill()
        self.all_gone()
        self.assertEqual(self.message("exited")["signal"], signal.SIGKILL)
        p.communicate()

    def test_the_service_can_kill(self):
        p, _ = self.sandboxed_sleep()
        self.agent.send({"t": "kill", "id": self.message("request")["id"], "reason": "test"})
        p.communicate(timeout=10)
        self.assertEqual(p.returncode, 137)
        self.all_gone()

    def test_a_caller_that_gives_up_is_reported(self):
        p = self.start("run", "true", wish={"silent": True})
        self.message("request")
        p.send_signal(signal.SIGINT)
        p.communicate(timeout=10)
        self.assertEqual((p.returncode, self.message("failed")["stage"]), (130, "client"))

    def test_the_keeper_s_death_ends_the_run(self):
        p, pid = self.sandboxed_sleep()
        keeper = pid
        while open("/proc/%d/comm" % keeper).read() != "cordon-keeper\n":
            keeper = int(open("/proc/%d/stat" % keeper).read().rsplit(")", 1)[1].split()[1])
        os.kill(keeper, signal.SIGKILL)
        _, err = p.communicate(timeout=10)
        self.assertEqual((p.returncode, self.message("failed")["stage"]), (125, "keeper"))
        self.all_gone()

    def test_the_spawner_s_death_ends_everything(self):
        p, _ = self.sandboxed_sleep()
        self.agent.process.kill()
        p.communicate(timeout=10)
        self.assertEqual(p.returncode, 125)
        self.all_gone()
        self.agent.process.wait()
        self.start_agent()
        self.assertEqual(self.run_in("true")[0], 0)

    def test_the_service_s_death_ends_everything(self):
        p, _ = self.sandboxed_sleep()
        self.agent.process.stdin.close()
        p.communicate(timeout=10)
        self.all_gone()
        self.assertEqual(self.agent.process.wait(10), 0)
        self.assertFalse(os.path.exists(self.agent.socket))
        self.start_agent()

    def test_the_status_is_told_when_the_run_is_recorded_or_after_a_while(self):
        self.agent.hold = True
        self.addCleanup(setattr, self.agent, "hold", False)
        p = self.start("run", "sh", "-c", "exit 5")
        self.message("exited")
        self.assertIsNone(p.poll())
        self.agent.send({"t": "recorded", "id": self.message("request")["id"]})
        self.assertEqual(p.wait(2), 5)
        p.communicate()
        self.assertEqual(self.sh("exit 6")[0], 6)

    def test_no_group_is_left_behind(self):
        self.run_in("true")
        pid = self.agent.process.pid
        groups = lambda: [g for root, dirs, _ in os.walk("/sys/fs/cgroup") for g in dirs if g.startswith("run-%d-" % pid)]
        await_true(lambda: not groups(), what="groups removed")

    def test_second_spawner_on_the_same_socket_gives_up(self):
        p = subprocess.run([self.top + "/cordon-spawner", "--socket", self.agent.socket], stdin=subprocess.PIPE, capture_output=True, timeout=10)
        self.assertEqual(p.returncode, 2)
        self.assertIn(b"another agent is running", p.stderr)
        self.assertEqual(self.run_in("true")[0], 0)


class Tree(SpawnerTest):
    def test_process_tree_comes_from_the_kernel(self):
        if not self.ready["features"]["procEvents"]:
            self.skipTest("this kernel or namespace has no process connector")
        self.sh("/bin/sleep 0.5; (exit 5)")  # long enough for its executable to be looked at
        command = self.message("started")["pid"]
        self.message("exited")
        events = [m for m in self.agent.messages if m["t"] == "process" and m["id"] == self.message("exited")["id"]]
        child = next(e["pid"] for e in events if e["kind"] == "exec" and (e.get("exe") or "").endswith("/sleep"))
        self.assertTrue(any(e["kind"] == "fork" and e["pid"] == child and e["ppid"] == command for e in events), events)
        self.assertTrue(any(e["kind"] == "exit" and e["exitCode"] == 5 for e in events), events)
        self.assertTrue(any(e["kind"] == "exit" and e["pid"] == command for e in events), events)

    def test_accounts(self):
        self.run_in("/usr/bin/python3", "-c", "x=bytearray(50<<20); sum(range(10**6))")
        exited = self.message("exited")
        self.assertGreater(exited["maxRssKiB"], 50 << 10)
        self.assertGreater(exited["cpuMicros"], 1000)


class Terminal(SpawnerTest):
    def open(self, *argv, wish=None, stdout=None):
        self.master, slave = pty.openpty()
        self.addCleanup(os.close, self.master)
        subprocess.run(["stty", "rows", "33", "cols", "99"], stdin=slave, check=True)
        self.slave = slave
        self.addCleanup(os.close, slave)
        self.cooked = self.modes()

        def control():
            os.setsid()
            import fcntl
            import termios
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            become_user()
        p = self.start(*argv, wish=wish, stdin=slave, stdout=stdout or slave, stderr=slave, preexec_fn=control)
        return p

    def until(self, text, seconds=10):
        seen, end = b"", time.monotonic() + seconds
        while text not in seen:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise AssertionError("%r not seen in %r" % (text, seen))
            seen += os.read(self.master, 65536)
        return seen

    def modes(self):
        return subprocess.run(["stty", "-g"], stdin=self.slave, capture_output=True, check=True).stdout

    def test_a_terminal_of_its_own_with_the_size(self):
        p = self.open("run", "sh", "-c", "stty size; tty -s && echo yes; ps -o tty= $$; : >/dev/tty && echo controls")
        seen = self.until(b"controls")
        self.assertIn(b"33 99\r\nyes\r\n", seen)
        p.wait(10)
        self.assertEqual(self.message("request")["tty"], [True] * 3)

    def test_resize(self):
        p = self.open("run", "sh", "-c", "trap 'stty size; exit' WINCH; echo up; while :; do sleep 0.05; done")
        self.until(b"up")
        subprocess.run(["stty", "rows", "12", "cols", "34"], stdin=self.slave, check=True)
        p.send_signal(signal.SIGWINCH)
        self.until(b"12 34")
        p.wait(10)

    def test_control_c_reaches_the_job_only(self):
        p = self.open("run", "sh", "-c", "trap 'echo caught; exit 4' INT; echo up; while :; do sleep 0.05; done")
        self.until(b"up")
        os.write(self.master, b"\x03")
        self.until(b"caught")
        self.assertEqual(p.wait(10), 4)

    def test_job_control_of_a_shell_inside(self):
        p = self.open("run", "bash", "--norc", "-i")
        self.until(b"$ ")
        os.write(self.master, b"sleep 300\r")
        self.until(b"sleep 300")
        time.sleep(0.3)  # until the shell has made it the foreground job, which nothing announces
        os.write(self.master, b"\x1a")
        self.until(b"Stopped")
        os.write(self.master, b"exit 6\r")
        self.until(b"There are stopped jobs")
        os.write(self.master, b"exit 6\r")
        self.assertEqual(p.wait(10), 6)

    def test_modes_are_restored(self):
        for ending in ("the command's", "a signal's"):
            p = self.open("run", "sh", "-c", "read go; echo up; read x")
            os.write(self.master, b"\r")
            self.until(b"up")
            self.assertNotEqual(self.modes(), self.cooked)
            if ending == "a signal's":
                p.send_signal(signal.SIGTERM)
            else:
                os.write(self.master, b"\r")
            p.wait(10)
            self.assertEqual(self.modes(), self.cooked, ending)

    def test_suspend_and_resume(self):
        p = self.open("run", "cat")
        self.message("started")
        os.write(self.master, b"one\r")
        self.until(b"one\r\none")
        os.write(self.master, b"\x1a")
        await_true(lambda: open("/proc/%d/stat" % p.pid).read().rsplit(")", 1)[1].split()[0] == "T", what="the launcher stopped")
        p.send_signal(signal.SIGCONT)
        os.write(self.master, b"two\r")
        self.until(b"two\r\ntwo")
        os.write(self.master, b"\x04")
        self.assertEqual(p.wait(10), 0)

    def test_pipeline_with_a_terminal_on_one_side(self):
        p = self.open("run", "cat", stdout=subprocess.PIPE)
        self.message("started")
        os.write(self.master, b"line\r")
        self.assertEqual(p.stdout.readline(), b"line\n")
        os.write(self.master, b"\x04")
        self.assertEqual(p.wait(10), 0)


if __name__ == "__main__":
    OUT = sys.argv.pop(1)
    if os.geteuid() != 0:
        sys.exit("needs root: the spawner changes identities")
    outcome = unittest.main(verbosity=1, exit=False).result
    bad = len(outcome.failures) + len(outcome.errors) + len(outcome.skipped)  # a skipped test shows nothing
    print("launcher: %d passed, %d failed" % (outcome.testsRun - bad, bad))
    sys.exit(1 if bad or not outcome.testsRun else 0)
