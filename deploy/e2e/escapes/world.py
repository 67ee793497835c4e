"""Where the attempts happen: an ordinary user with a home and a Git workspace, processes to attack, another host, and
what can be seen of it all from outside."""

import hashlib
import os
import pty
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SECRET = "escape-secret-5afe"
STARTED = "attempt-started"
PATIENCE = 60  # seconds until something that has to happen counts as not happening; a busy machine needs some of them
PEER, NEAR, NETNS, LINK = "198.18.53.2", "198.18.53.1", "cordon-escape", "cordonesc0"
PEER_PROGRAM = """
import select, socket, sys
t = socket.create_server(("0.0.0.0", 7777)); u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.bind(("0.0.0.0", 53))
print("up", flush=True)
while True:
    for s in select.select([t, u], [], [])[0]:
        if s is t: s.accept()[0].close()
        else: s.recvfrom(2000)
        print("tcp" if s is t else "udp", flush=True)
"""


class Result:
    def __init__(self, code, output):
        self.code, self.output = code, output
        self.started = STARTED in output


class World:
    def __init__(self, launcher, cordon, data, agent_socket):
        self.launcher, self.data, self.socket = launcher, data, agent_socket
        self.name = "cordonescape"
        self._remove_user()
        subprocess.run(["useradd", "--create-home", "--shell", "/bin/sh", self.name], check=True)
        account = pwd.getpwnam(self.name)
        self.uid, self.gid, self.home = account.pw_uid, account.pw_gid, account.pw_dir
        self.work = self.home + "/work"
        self.attempts = self.home + "/bin/attempts"
        os.mkdir(self.home + "/bin")
        subprocess.run(["gcc", "-O2", "-o", self.attempts, HERE + "/attempts.c"], check=True)
        self.own_launcher = self.home + "/bin/own-cordon"
        shutil.copy(shutil.which(cordon) or cordon, self.own_launcher)
        os.chmod(self.own_launcher, 0o755)
        self.setuid_program = self.home + "/bin/become-root"
        shutil.copy(self.attempts, self.setuid_program)
        os.chmod(self.setuid_program, 0o4755)
        self.victim = None
        self.confined = False  # whether the attempt under way is
        self._start_peer()
        self._listen()
        self.outside = tempfile.mkdtemp(prefix="cordon-escape-")
        os.chmod(self.outside, 0o777)

    # ---- set-up and tidying

    def _remove_user(self):
        subprocess.run(["pkill", "-KILL", "-U", self.name], stderr=subprocess.DEVNULL)
        subprocess.run(["userdel", "--force", "--remove", self.name], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def _ip(self, *words):
        subprocess.run(["ip", *words], check=True)

    def _start_peer(self):
        self._remove_peer()
        self._ip("netns", "add", NETNS)
        self._ip("link", "add", LINK, "type", "veth", "peer", "name", "eth0", "netns", NETNS)
        self._ip("addr", "add", NEAR + "/30", "dev", LINK)
        self._ip("link", "set", LINK, "up")
        self._ip("-n", NETNS, "addr", "add", PEER + "/30", "dev", "eth0")
        self._ip("-n", NETNS, "link", "set", "eth0", "up")
        self.peer = subprocess.Popen(["ip", "netns", "exec", NETNS, "python3", "-c", PEER_PROGRAM], stdout=subprocess.PIPE, text=True)
        self.peer.stdout.readline()
        self.heard = _Lines(self.peer.stdout)

    def _remove_peer(self):
        subprocess.run(["ip", "netns", "del", NETNS], stderr=subprocess.DEVNULL)
        subprocess.run(["ip", "link", "del", LINK], stderr=subprocess.DEVNULL)

    def pings(self):
        text = subprocess.run(["ip", "netns", "exec", NETNS, "cat", "/proc/net/snmp"], capture_output=True, text=True, check=True).stdout
        names, values = [line.split() for line in text.splitlines() if line.startswith("Icmp:")]
        return int(values[names.index("InEchos")])

    def _listen(self):
        """Services on the host's loopback, on an address of its own and on an abstract socket; they count who connects."""
        self.connections = 0
        self.loopback = socket.create_server(("127.0.0.1", 0))
        self.abstract = socket.socket(socket.AF_UNIX)
        self.abstract.bind("\0cordon-escape-%d" % os.getpid())
        self.abstract.listen()
        self.near = socket.create_server((NEAR, 0))
        for server in (self.loopback, self.near, self.abstract):
            threading.Thread(target=self._count, args=(server,), daemon=True).start()

    def _count(self, server):
        while True:
            server.accept()[0].close()
            self.connections += 1

    def reset(self):
        """A fresh workspace, fresh secrets, a fresh victim."""
        shutil.rmtree(self.work, ignore_errors=True)
        for folder in (self.work, self.work + "/src", self.home + "/.ssh", self.home + "/.aws"):
            os.makedirs(folder, exist_ok=True)
        subprocess.run(["git", "init", "-q", self.work], check=True)
        for path, text in (("/.ssh/id_escape", SECRET), ("/.aws/credentials", SECRET), ("/.profile", "# as it was\n"), ("/work/src/a.txt", "a\n")):
            with open(self.home + path, "w") as f:
                f.write(text)
        for top in (self.work, self.home + "/.ssh", self.home + "/.aws", self.home + "/.profile"):
            subprocess.run(["chown", "-R", "%d:%d" % (self.uid, self.gid), top], check=True)
        self.connections = 0
        self.heard.clear()
        self.pings_before = self.pings()
        self.before = self.fingerprint()
        if self.victim and self._victim_value() is None:
            self.victim.wait()
            self.victim = None
        if not self.victim:
            self.victim = subprocess.Popen([self.attempts, "victim"], stdout=subprocess.PIPE, text=True, preexec_fn=self.become_user)
            self.address = self.victim.stdout.readline().strip()
        self._write_victim(0x5afe)

    def close(self):
        self.peer.kill()
        self._remove_peer()
        self._remove_user()
        shutil.rmtree(self.outside, ignore_errors=True)

    # ---- what can be seen from outside

    def fingerprint(self):
        """Of what the policy protects: names, types and contents."""
        digest = hashlib.sha256()
        for top in ("/work/.git/hooks", "/work/.git/config", "/work/.codex", "/work/.claude", "/.profile", "/.ssh", "/.aws"):
            path = self.home + top
            digest.update(("%s %s\n" % (top, os.path.islink(path))).encode())
            for folder, folders, files in os.walk(path):
                for name in sorted(folders + files):
                    digest.update((os.path.join(folder, name) + "\n").encode())
                    if name in files:
                        digest.update(self._read(os.path.join(folder, name)))
            if os.path.isfile(path):
                digest.update(self._read(path))
        return digest.hexdigest()

    @staticmethod
    def _read(path):
        try:
            with open(path, "rb") as f:
                return f.read()
        except OSError as e:
            return str(e).encode()

    def changed(self):
        """Whether what is protected has changed for good; what a run itself puts there goes away soon after it."""
        return not self.within(PATIENCE if self.confined else 0, lambda: self.fingerprint() == self.before)

    def shows(self, seconds, condition):
        """Whether an effect shows: within that time after what must have none, and whenever it comes after a control."""
        return self.within(seconds if self.confined else PATIENCE, condition)

    def leaked(self, result):
        if SECRET in result.output:
            return True
        return any(SECRET.encode() in self._read(os.path.join(d, f)) for d, _, files in os.walk(self.work) for f in files)

    def victim_changed(self):
        return self._victim_value() != 0x5afe

    def _victim_value(self):
        """What the victim holds; None when it is gone. A process on its way out has no memory before it can be waited for."""
        if self.victim.poll() is not None:
            return None
        try:
            with open("/proc/%d/mem" % self.victim.pid, "rb") as memory:
                memory.seek(int(self.address, 16))
                value = memory.read(8)
        except (ProcessLookupError, FileNotFoundError):
            return None
        return int.from_bytes(value, "little") if len(value) == 8 else None

    def _write_victim(self, value):
        with open("/proc/%d/mem" % self.victim.pid, "wb") as memory:
            memory.seek(int(self.address, 16))
            memory.write(value.to_bytes(8, "little"))

    @staticmethod
    def within(seconds, condition):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
        return True

    # ---- running

    def become_user(self):
        os.setgroups([])
        os.setresgid(self.gid, self.gid, self.gid)
        os.setresuid(self.uid, self.uid, self.uid)

    def run(self, argv, confined, as_root=False, stdin=None, given=None, terminal=False):
        """Runs the attempt; `given` is opened for writing as descriptor 9, `stdin` for reading."""
        wrapped = ["sh", "-c", "echo %s >&2; \"$@\"" % STARTED, "sh", *argv]
        if confined:
            wrapped = [*self.launcher, *wrapped]
        elif as_root:  # what a control mounts must not stay
            wrapped = ["unshare", "--mount", "--propagation", "private", *wrapped]
        env = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": self.home, "LANG": "C.UTF-8", "TERM": "dumb", "CORDON_SOCKET": self.socket}
        source = open(stdin) if stdin else subprocess.DEVNULL
        master = slave = None
        if terminal:
            master, slave = pty.openpty()
            source = slave

        def prepare():
            if terminal:
                import fcntl
                import termios
                os.setsid()
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            if given:
                os.dup2(os.open(given, os.O_WRONLY | os.O_APPEND), 9)
            if not as_root:
                self.become_user()

        process = subprocess.Popen(wrapped, cwd=self.work, env=env, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   preexec_fn=prepare, close_fds=False)
        try:
            output, _ = process.communicate(timeout=2 * PATIENCE)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            output, _ = process.communicate()
        for fd in (master, slave):
            if fd is not None:
                os.close(fd)
        return Result(process.returncode, output.decode(errors="replace"))


class _Lines:
    """The lines that a process prints, collected as they come."""

    def __init__(self, stream):
        self.lines = []
        threading.Thread(target=lambda: [self.lines.append(line.strip()) for line in stream], daemon=True).start()

    def clear(self):
        self.lines.clear()

    def __contains__(self, word):
        return word in self.lines
