"""What holds inside: files, network, system calls, limits, and the record of processes."""

import os
import shutil
import signal
import socket
import subprocess
import threading

from harness import SECONDS, UID, SpawnerTest, await_true, become_user


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
        out, _ = long.communicate(b"\n", timeout=SECONDS)
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
            client = "import socket\nsocket.create_connection(('127.0.0.1',%d),%d)\nprint('tcp')\nsocket.socket(socket.AF_UNIX).connect('\\0cordon-check-%d')" % (tcp.getsockname()[1], SECONDS, os.getpid())
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
                    ends = ["0100007F:%04X" % p for p in (peer[1], port)]
                    seen.extend(l.split()[7] for l in f if l.split()[1:3] == ends)
                data = b""
                while part := c.recv(65536):
                    data += part
                c.sendall(data[::-1])
                c.close()
            threading.Thread(target=serve, daemon=True).start()
            client = "import socket,sys\ns=socket.create_connection(('127.0.0.1',%d),%d)\ns.sendall(b'ab'*500000)\ns.shutdown(1)\nn=b''\nwhile True:\n p=s.recv(65536)\n if not p: break\n n+=p\nprint(len(n),n[:4])" % (port, SECONDS)
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
        code, _, _ = self.run_in("sleep", "600", wish={"limits": {"wallClockSeconds": 1}})
        self.assertEqual((code, self.message("exited")["limitsHit"]), (143, ["wallClock"]))

    def test_open_files(self):
        self.assertEqual(self.sh("ulimit -n; ulimit -Hn", wish={"limits": {"openFiles": 77}})[1], "77\n77\n")


class Tree(SpawnerTest):
    def test_process_tree_comes_from_the_kernel(self):
        if not self.ready["features"]["procEvents"]:
            self.skipTest("this kernel or namespace has no process connector")
        events = self.events("/bin/sh", "-c", "/bin/cat; (exit 5)")
        command = self.message("started")["pid"]
        child = next(e["pid"] for e in events if self.is_cat(e))
        self.assertTrue(any(e["kind"] == "fork" and e["pid"] == child and e["ppid"] == command for e in events), events)
        self.assertTrue(any(e["kind"] == "exit" and e["exitCode"] == 5 for e in events), events)
        self.assertTrue(any(e["kind"] == "exit" and e["pid"] == command for e in events), events)

    @staticmethod
    def is_cat(event):
        return event["kind"] == "exec" and event.get("exe", "").endswith("/cat")

    def events(self, *command):
        """Of a command that starts cat, whose input ends when everything up to there was looked at."""
        self.assertTrue(self.ready["features"]["procEvents"], "this kernel or namespace has no process connector")
        p = self.start("run", "--", *command, stdin=subprocess.PIPE)
        number = self.message("request")["id"]
        self.agent.wait(lambda m: m["t"] == "process" and m["id"] == number and self.is_cat(m))
        p.communicate(timeout=SECONDS)
        self.message("exited")
        return [m for m in self.agent.messages if m["t"] == "process" and m["id"] == number]

    def executions(self, *command):
        return [m for m in self.events(*command) if m["kind"] == "exec"]

    def test_exec_says_what_was_asked_for(self):
        args = [m.get("args") for m in self.executions("/bin/sh", "-c", "/bin/cat; :", "gr\xfcn", "\udce9", "")]
        self.assertIn(["/bin/sh", "-c", "/bin/cat; :", "gr\xfcn", "\udce9", ""], args)
        self.assertIn(["/bin/cat"], args)

    def test_a_reader_of_arguments_that_hangs_holds_up_nobody(self):
        command = ("/bin/sh", "-c", "cat; :")
        self.assertEqual(self.executions(*command)[0]["args"], list(command))
        children = "/proc/%d/task/%d/children" % ((self.agent.process.pid,) * 2)
        await_true(lambda: len(open(children).read().split()) == 1, what="the reader to be the only child")
        os.kill(int(open(children).read()), signal.SIGSTOP)
        self.assertNotIn("args", self.executions(*command)[0])
        self.assertEqual(self.executions(*command)[0]["args"], list(command))

    def test_long_arguments_are_cut(self):
        event = next(m for m in self.executions("/bin/sh", "-c", "cat; :", *["0" * 9] * 300) if m["args"][0] == "/bin/sh")
        self.assertTrue(event["argsTruncated"])
        self.assertEqual(sum(len(a) + 1 for a in event["args"]), 2048)

    def test_accounts(self):
        self.run_in("/usr/bin/python3", "-c", "x=bytearray(50<<20); sum(range(10**6))")
        exited = self.message("exited")
        self.assertGreater(exited["maxRssKiB"], 50 << 10)
        self.assertGreater(exited["cpuMicros"], 1000)
