"""Settings of root's inside a boundary: they are seen as root's, and nobody inside or outside gets anything of root's by it."""

import ctypes
import os
import shutil
import signal
import subprocess

from fake_agent import FakeAgent
from harness import SpawnerTest, UID, alive, await_true, become_user

FOLDER = "/etc/cordon-check"
TWICE = (FOLDER, "/.cordon" + FOLDER)
WISH = {"addMounts": [{"op": "root-settings", "dst": FOLDER}]}
NEW_MOUNTS = 0x20000

LIST = r"""
for path in / /.cordon /.cordon/etc /etc /usr; do stat -c '%u %a %n' $path; done
cd $1 && find . ! -type d -exec stat -c '%u %g %a %n' {} + | sort && find . -type d -exec stat -c '%u %a %n' {} + | sort && cat settings.json rules/one
"""

# What a process of the run tries; one line for each, the same in every run.
ATTEMPTS = r"""
import ctypes, errno, os, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)
def attempt(name, call):
    try: result = call()
    except OSError as e: result = 'EPERM' if e.errno == errno.EINVAL else errno.errorcode[e.errno]  # EINVAL: a number that is not mapped
    print(name, result)
def sys_call(number, *args):
    if libc.syscall(number, *args) < 0: raise OSError(ctypes.get_errno(), '')
    return 'ok'
for name in ('setuid', 'seteuid', 'setgid', 'setegid'): attempt(name, lambda: getattr(os, name)(0))
attempt('setresuid', lambda: os.setresuid(0, 0, 0))
attempt('setgroups', lambda: os.setgroups([0]))
attempt('ids', lambda: (os.getresuid(), os.getresgid()))
open('own', 'w').close()
attempt('chown', lambda: os.chown('own', 0, -1))
attempt('setuid program', lambda: subprocess.run([os.environ['SUID'], '-c', 'import os; print(os.getresuid())'], capture_output=True, text=True).stdout)
for path in ('/etc/passwd', '/usr/bin/env', '/proc/sys/kernel/core_pattern', '/proc/sys/user/max_user_namespaces', '/proc/self/uid_map'):
    attempt('write ' + path, lambda: os.close(os.open(path, os.O_WRONLY)))
    attempt('chmod ' + path, lambda: os.chmod(path, 0o777))
attempt('shadow', lambda: os.close(os.open('/etc/shadow', os.O_RDONLY)))
attempt('in /', lambda: os.mkdir('/made'))
attempt('in /etc', lambda: os.mkdir('/etc/made'))
for flag in (0x10000000, 0x10020000, 0x20000): attempt('unshare', lambda: sys_call(272, flag))
attempt('mount', lambda: sys_call(165, b'none', b'/tmp', b'tmpfs', 0, 0))
attempt('ptrace', lambda: sys_call(101, 0x4206, 1, 0, 0))
attempt('memory of the first', lambda: os.close(os.open('/proc/1/mem', os.O_RDWR)))
attempt('namespace of the first', lambda: os.close(os.open('/proc/1/ns/user', os.O_RDONLY)))
attempt('status', lambda: [l.split() for l in open('/proc/self/status') if l.startswith(('Cap', 'NoNewPrivs', 'Seccomp:', 'Uid', 'Gid'))])
attempt('first', lambda: [l.split() for l in open('/proc/1/status') if l.startswith(('CapEff', 'CapPrm', 'NoNewPrivs', 'Uid', 'Gid'))])
attempt('open', lambda: sorted(os.listdir('/proc/self/fd')))
"""

# And with the settings themselves.
TAMPERING = r"""
import ctypes, errno, os, sys
libc = ctypes.CDLL(None, use_errno=True)
top = sys.argv[1]
file = top + '/settings.json'
def mount():
    if libc.mount(b'none', top.encode(), None, 32 | 4096, None) != 0: raise OSError(ctypes.get_errno(), '')
for call in (lambda: open(file, 'w'), lambda: os.chmod(file, 0o666), lambda: os.chown(file, os.getuid(), -1), lambda: os.unlink(file),
             lambda: os.rename(file, top + '/x'), lambda: os.rename('own', file), lambda: open(top + '/more', 'w'), lambda: os.mkdir(top + '/more'),
             lambda: os.rmdir(top), lambda: os.rename(top, top + '2'), lambda: os.utime(file), lambda: os.setxattr(file, 'user.x', b''), mount):
    try: call(); print('done')
    except OSError as e: print(errno.errorcode[e.errno])
"""


class RootSettings(SpawnerTest):
    @classmethod
    def setUpClass(cls):
        """In a mount namespace of its own, whose /etc is a copy."""
        cls.outside = os.open("/proc/self/ns/mnt", os.O_RDONLY)
        cls.libc = ctypes.CDLL(None, use_errno=True)
        if cls.libc.unshare(NEW_MOUNTS) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        subprocess.run("mount --make-rprivate / && mount -t tmpfs -o mode=755 tmpfs /mnt && cp -a /etc /mnt/etc && mount --bind /mnt/etc /etc", shell=True, check=True)
        os.makedirs(FOLDER + "/rules/deeper")
        for name, mode, owner in (("settings.json", 0o644, 0), ("rules/one", 0o755, 0), ("rules/deeper/two", 0o644, 0), ("secret", 0o600, 0),
                                  ("shared", 0o664, 0), ("foreign", 0o644, UID)):
            with open(FOLDER + "/" + name, "w") as f:
                f.write(name + "\n")
            os.chmod(FOLDER + "/" + name, mode)
            os.chown(FOLDER + "/" + name, owner, owner)
        os.symlink("/etc/shadow", FOLDER + "/link")
        os.mkfifo(FOLDER + "/pipe")
        super().setUpClass()
        cls.suid = cls.top + "/suid"
        shutil.copy(os.path.realpath("/usr/bin/python3"), cls.suid)
        os.chmod(cls.suid, 0o4755)

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        if cls.libc.setns(cls.outside, NEW_MOUNTS) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        os.close(cls.outside)

    def python(self, script, *arguments, **more):
        return self.run_in("/usr/bin/python3", "-c", script, *arguments, env={"SUID": self.suid}, **more)

    def test_root_s_settings_are_root_s(self):
        self.assertTrue(self.ready["features"]["rootSettings"])
        for place in TWICE:
            code, out, err = self.run_in("sh", "-c", LIST, "sh", place, wish=WISH)
            self.assertEqual((code, err), (0, ""))
            self.assertEqual(out.split("\n"), [
                "0 755 /", "0 755 /.cordon", "0 755 /.cordon/etc", "65534 755 /etc", "65534 755 /usr",
                "0 65534 444 ./rules/one", "0 65534 444 ./settings.json", "0 755 .", "0 755 ./rules", "settings.json", "rules/one", ""])

    def test_everything_else_is_as_it_was(self):
        look = "ls -A / | grep -vx .cordon; ls -n /usr /home; cd /; stat -c '%A %u %n %N' *; cd -; readlink /bin /sbin; cat /etc/passwd; id; pwd; touch it && stat -c '%u %g' it; touch /var/tmp/it; ls -n /dev/pts"
        self.assertEqual(self.sh(look, wish=WISH), self.sh(look))

    def test_nothing_can_be_done_that_could_not_be_done_without(self):
        for debugging in (False, True):
            wish = {"seccomp": {"debugging": debugging}}
            usual, special = self.python(ATTEMPTS, wish=wish), self.python(ATTEMPTS, wish={**wish, **WISH})
            self.assertEqual((usual[0], usual[2]), (0, ""))
            self.assertEqual(special, usual)
            lines = special[1].splitlines()
            for told in ("setuid EPERM", "setresuid EPERM", "setgid EPERM", "chown EPERM", "shadow EACCES", "unshare EPERM", "mount EPERM",
                         "ids ((%d, %d, %d), (%d, %d, %d))" % ((UID,) * 6), "setuid program (%d, %d, %d)" % ((UID,) * 3)):
                self.assertIn(told, lines)
            self.assertFalse([line for line in lines if line.endswith(" ok") and not line.startswith("ptrace")], lines)
            self.assertIn("['CapBnd:', '0000000000000000']", special[1])

    def test_the_control_a_setuid_program_of_root_works_outside(self):
        ran = subprocess.run([self.suid, "-c", "import os; print(os.getresuid())"], capture_output=True, text=True, preexec_fn=become_user)
        self.assertEqual(ran.stdout, "(%d, 0, 0)\n" % UID)

    def test_settings_cannot_be_changed(self):
        for place in TWICE:
            code, out, err = self.python(TAMPERING, place, wish=WISH)
            self.assertEqual((code, err), (0, ""))
            self.assertEqual(len(out.split()), 13)
            self.assertLessEqual(set(out.split()), {"EROFS", "EPERM", "EXDEV", "EBUSY", "ENOENT", "EACCES", "ENOTSUP"}, out)

    def enters(self, pid):
        """Which namespaces of a process another one of the caller's, outside, gets into."""
        return [kind for kind, options in (("user", ["--user"]), ("mount", ["--user", "--mount"]))
                if subprocess.run(["nsenter", "--target", str(pid), "--preserve-credentials", *options, "true"], capture_output=True, preexec_fn=become_user).returncode == 0]

    def test_no_process_of_the_caller_enters_from_outside(self):
        """Who could, would be the owner of the settings that others see."""
        for wish, entered in ((None, ["user"]), (WISH, [])):  # the first is the control
            p = self.start("run", "sh", "-c", "echo up; exec sleep 600", wish=wish)
            self.assertEqual(p.stdout.readline(), b"up\n")
            pid = self.message("started")["pid"]
            self.assertEqual(self.enters(pid), entered)
            for _ in range(3):  # the command, the first process of the sandbox, bubblewrap
                with open("/proc/%d/status" % pid) as f:
                    status = dict(line.rstrip("\n").split(":\t", 1) for line in f)
                self.assertEqual((status["Uid"].split()[0], status["CapEff"], status["CapPrm"]), (str(UID), "0" * 16, "0" * 16))
                if wish:
                    self.assertEqual(self.enters(pid), [])
                pid = int(status["PPid"])
            p.kill()
            p.communicate()

    def test_the_maps_are_the_caller_s_and_one_that_is_nobody_s(self):
        code, out, err = self.sh("cat /proc/self/uid_map; echo; cat /proc/self/gid_map /proc/self/setgroups", wish=WISH)
        self.assertEqual([line.split() for line in out.splitlines()],
                         [["0", "0", "1"], [str(UID), str(UID), "1"], [], [str(UID), str(UID), "1"], ["deny"]], err)
        p = self.start("run", "sh", "-c", "echo up; exec sleep 600", wish=WISH)
        p.stdout.readline()
        with open("/proc/%d/uid_map" % self.message("started")["pid"]) as f:
            seen = [line.split() for line in f]  # from here
        self.assertEqual(seen, [["0", "1900000000", "1"], [str(UID), str(UID), "1"]])
        p.kill()
        p.communicate()

    def test_it_ends_with_its_keeper(self):
        p = self.start("run", "sh", "-c", "echo up; exec sleep 600", wish=WISH)
        p.stdout.readline()
        pid = command = self.message("started")["pid"]
        while open("/proc/%d/comm" % pid).read() != "cordon-keeper\n":
            with open("/proc/%d/stat" % pid) as f:
                pid = int(f.read().rsplit(")", 1)[1].split()[1])
        os.kill(pid, signal.SIGKILL)
        await_true(lambda: not alive(command), what="the command ends")
        p.communicate()

    def test_nothing_stays_behind(self):
        before = open("/proc/self/mountinfo").read()
        self.assertEqual(self.run_in("true", wish=WISH)[0], 0)
        self.assertEqual((open("/proc/self/mountinfo").read(), os.listdir(self.runtime + "/mask/root")), (before, []))

    def test_only_folders_of_etc_and_not_for_root(self):
        for dst in ("/etc", "/usr/lib", "/etc/ssl/private", "/etc/../root", "/var/lib"):
            self.assertEqual(self.run_in("true", wish={"addMounts": [{"op": "root-settings", "dst": dst}]})[0], 125)
            self.assertEqual(self.message("failed")["stage"], "plan-check")
        self.assertEqual(self.run_in("true", wish=WISH, preexec_fn=lambda: None)[0], 125)
        self.assertEqual(self.message("failed")["stage"], "plan-check")

    def test_what_is_not_there_or_not_root_s_is_not_shown(self):
        self.assertEqual(self.run_in("true", wish={"addMounts": [{"op": "root-settings", "dst": FOLDER + "-missing"}]})[0], 125)
        self.assertEqual(self.message("failed")["stage"], "settings")
        os.chmod(FOLDER, 0o777)
        self.assertEqual(self.run_in("ls", "-A", *TWICE, wish=WISH)[1], "/.cordon%s:\n\n%s:\n" % (FOLDER, FOLDER))
        os.chmod(FOLDER, 0o755)

    def test_more_than_its_bounds_is_refused(self):
        with open(FOLDER + "/large", "w") as f:
            f.truncate((1 << 20) + 1)
        self.assertEqual(self.run_in("true", wish=WISH)[0], 125)
        os.unlink(FOLDER + "/large")
        for i in range(256):
            open("%s/rules/deeper/%d" % (FOLDER, i), "w").close()
        self.assertEqual(self.run_in("true", wish=WISH)[0], 0)  # too deep to be looked at
        os.rename(FOLDER + "/rules/deeper", FOLDER + "/many")
        self.assertEqual(self.run_in("true", wish=WISH)[0], 125)
        os.rename(FOLDER + "/many", FOLDER + "/rules/deeper")
        for i in range(256):
            os.unlink("%s/rules/deeper/%d" % (FOLDER, i))

    def test_where_bubblewrap_cannot_they_are_hidden(self):
        old = self.top + "/old-bwrap"
        with open(old, "w") as f:
            f.write('#!/bin/sh\n[ "$1" != --help ] || { /usr/bin/bwrap --help | grep -v -e --userns; exit; }\nexec /usr/bin/bwrap "$@"\n')
        os.chmod(old, 0o755)
        runtime = self.top + "/run-old"
        os.mkdir(runtime)
        usual, type(self).agent = self.agent, FakeAgent(self.top + "/cordon-spawner", runtime, self.data, self.work, ("--bwrap", old, "--protect", self.runtime))
        try:
            self.assertFalse(self.agent.wait(lambda m: m["t"] == "ready")["features"]["rootSettings"])
            wish = {"addMounts": WISH["addMounts"] + [{"op": "mask-dir", "dst": self.runtime}]}
            self.assertEqual(self.sh("ls -A %s; ls -d /.cordon" % FOLDER, wish=wish)[1], "")
        finally:
            self.agent.close()
            type(self).agent = usual
