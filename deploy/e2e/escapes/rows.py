"""The table. A row is an attempt, and what shows from outside that it had an effect. Each has a control: the same attempt
outside the sandbox, as the same user ("user"), or as root where an ordinary user could not do it anyway ("root"); there it must
have its effect, or the check could not fail."""

import os

from world import NEAR, PEER


class Row:
    def __init__(self, name, argv, effect=None, control="user", **how):
        self.name, self.argv, self.control, self.how = name, argv, control, how
        self.effect = effect or allowed


def allowed(w, r):
    """The kernel let it happen; for what leaves no trace to look at."""
    return r.code == 0


def changed(w, r):
    return w.changed()


def leaked(w, r):
    return w.leaked(r)


def exists(path, seconds=0.1):
    return lambda w, r: w.shows(seconds, lambda: os.path.lexists(path(w)))


def gone(path):
    return lambda w, r: not os.path.lexists(path(w))


def sh(script):
    return lambda w: ["sh", "-c", script.format(w=w)]


def attempt(*words):
    return lambda w: [w.attempts, *(str(word(w)) if callable(word) else word for word in words)]


def victim_changed(w, r):
    return w.shows(1, w.victim_changed)


def connected(w, r):
    return w.shows(0.5, lambda: w.connections > 0)


def heard(word):
    return lambda w, r: w.shows(0.7, lambda: word in w.heard)


def pinged(w, r):
    return w.shows(0.7, lambda: w.pings() > w.pings_before)


def pid(w):
    return w.victim.pid


def address(w):
    return w.address


def own(path):
    return lambda w: path.format(w=w)


FILES = [
    Row("write a Git hook", sh("echo evil > .git/hooks/pre-commit"), changed),
    Row("write a Git hook through a symbolic link", sh("ln -s .git/hooks h; echo evil > h/pre-commit"), changed),
    Row("write the Git configuration through a hard link", sh("ln .git/config c && echo evil >> c"), changed),
    Row("move a file over the Git configuration", sh("cp .git/config c; echo evil >> c; mv -f c .git/config"), changed),
    Row("rename the folder that holds the hooks", sh("mv .git old; mkdir -p .git/hooks; echo evil > .git/hooks/pre-commit"), changed),
    Row("rename the workspace itself", sh("mv ../work ../work2; mkdir -p ../work/.git/hooks; echo evil > ../work/.git/hooks/x"), changed),
    Row("move the hooks away", sh("mv .git/hooks elsewhere"), changed),
    Row("delete the hooks", sh("rm -rf .git/hooks"), changed),
    Row("create a protected folder that does not exist yet", sh("mkdir -p .codex; echo evil > .codex/config.toml"), changed),
    Row("put a link where a protected folder would be", sh("rmdir .codex; mv .codex o; ln -s src .codex"), changed),
    Row("put a file where a protected folder would be", sh("rmdir .claude; echo evil > .claude"), changed),
    Row("make a protected path writable", sh("chmod -R u+w .git/hooks; umount .git/hooks; mount -o remount,rw .git/hooks; echo evil > .git/hooks/x"), changed),
    Row("remount what the sandbox mounted", attempt("remount", "/proc"), control="root"),
    Row("unmount what the sandbox mounted", attempt("unmount", "/proc"), control="root"),
    Row("write to the home folder", sh("echo evil >> {w.home}/.profile"), changed),
    Row("write to the home folder by /proc/self/root", sh("echo evil >> /proc/self/root{w.home}/.profile"), changed),
    Row("write to the home folder by another process's root", sh("for p in /proc/[0-9]*; do echo evil >> $p/root{w.home}/.profile; done"), changed),
    Row("write to the home folder by another process's directory", sh("for p in /proc/[0-9]*; do echo evil >> $p/cwd/../.profile; done"), changed),
    Row("write outside by a symbolic link", sh("ln -s {w.outside} o; touch o/marker"), exists(own("{w.outside}/marker"))),
    Row("write into a folder that everybody may write", sh("touch {w.outside}/marker"), exists(own("{w.outside}/marker"))),
    Row("write by way of an inherited descriptor", attempt("write-descriptor", "9"), changed, given=own("{w.work}/.git/config")),
    Row("reopen a descriptor that was given for reading", attempt("reopen-stdin"), changed, stdin=own("{w.work}/.git/config")),
    Row("read a denied file", sh("cat {w.home}/.ssh/id_escape {w.home}/.aws/credentials"), leaked),
    Row("read a denied file through a symbolic link", sh("ln -s {w.home}/.ssh s; cat s/id_escape; cp s/id_escape copy"), leaked),
    Row("read a denied file through a hard link", sh("ln {w.home}/.aws/credentials c && cat c"), leaked),
    Row("read a denied file by /proc/*/root", sh("cat /proc/[0-9]*/root{w.home}/.ssh/id_escape"), leaked),
    Row("read a denied file by /proc/*/cwd", sh("cat /proc/[0-9]*/cwd/../.ssh/id_escape"), leaked),
    Row("move a denied folder to where it may be read", sh("mv {w.home}/.ssh {w.work}/s; cat s/id_escape"), leaked),
    Row("uncover a denied folder", sh("umount {w.home}/.ssh; rmdir {w.home}/.ssh; chmod 700 {w.home}/.ssh; cat {w.home}/.ssh/id_escape"), leaked),
]

def hooked(event):
    """A call of a hook for a harmless command, by a launcher of the attempt's own."""
    given = '{{"session_id":"forged","tool_use_id":"forged","tool_name":"Bash","tool_input":{{"command":"true"}}}}'
    return sh("printf %%s '%s' | CORDON_SOCKET={w.socket} {w.own_launcher} hook claude-code %s" % (given, event))


def answered(w, r):
    """Not what a hook says by itself inside a sandbox, but what only the agent can."""
    return "--session forged" in r.output


CORDON = [
    Row("have the agent answer a hook", hooked("PreToolUse"), answered),
    Row("connect to the agent's socket", attempt("connect-unix", own("{w.socket}"))),
    Row("remove the agent's socket", sh("rm -f {w.decoy}/agent.sock {w.socket}"), gone(own("{w.decoy}/agent.sock")), decoy="socket"),
    Row("list the agent's data", sh("ls {w.data}/* >/dev/null"), control="root"),
    Row("write the agent's data", sh("touch {w.data}/marker"), exists(own("{w.data}/marker")), decoy="data"),
    Row("write the ledger", sh("for f in {w.data}/ledger {w.data}/ledger/*; do echo evil >> $f; done; touch {w.data}/ledger/marker"), exists(own("{w.data}/ledger/marker")), decoy="data"),
    Row("write the spool", sh("touch {w.data}/spool/marker"), exists(own("{w.data}/spool/marker")), decoy="data"),
    Row("leave a control group", sh("for f in /sys/fs/cgroup/*/cgroup.procs /sys/fs/cgroup/cgroup.procs /sys/fs/cgroup/unified/cgroup.procs; do echo $$ > $f && exit 0; done; exit 1"), control="root"),
    Row("have the agent start a run from inside a run", sh("outer=$CORDON_RUN_ID; inner=$(CORDON_SOCKET={w.socket} {w.own_launcher} run -- sh -c 'echo $CORDON_RUN_ID'); test \"$inner\" && test \"$inner\" != \"$outer\"")),
    Row("write to the home folder by cordon run inside", sh("run=; {w.own_launcher} status 2>/dev/null | grep -q 'runs inside a boundary' && run='{w.own_launcher} run --asked --'; $run sh -c 'echo evil >> {w.home}/.profile'"), changed),
    Row("uncover the folder of the agent's socket", sh("umount {w.decoy}; chmod 755 {w.decoy}; touch {w.decoy}/marker"), exists(own("{w.decoy}/marker")), decoy="socket"),
]

PROCESSES = [
    Row("kill a process outside", lambda w: ["kill", "-KILL", str(w.victim.pid)], victim_changed),
    Row("kill every process of the user", sh("kill -KILL -1"), victim_changed),
    Row("trace a process outside", attempt("poke", pid, address), victim_changed),
    Row("write another process's memory", attempt("write-memory", pid, address), victim_changed),
    Row("write another process's /proc/mem", attempt("write-proc-mem", pid, address), victim_changed),
    Row("enter another process's namespace", sh("for p in /proc/[0-9]*; do {w.attempts} setns $p/ns/mnt && exit 0; done; exit 1"), control="root"),
    Row("nsenter to the first process", sh("nsenter --target {w.victim.pid} --mount true || nsenter --target 1 --mount true"), control="root"),
    Row("leave a process behind", attempt("outlive", own("{w.work}/marker")), exists(own("{w.work}/marker"), 1.5)),
    Row("more processes than the limit", attempt("many-processes", "400")),
    Row("share memory with a process outside", attempt("attach-memory", "0x5afe5afe"), memory="0x5afe5afe"),
    Row("put a key into the user's keyring", attempt("add-key", "cordon-escape"), lambda w, r: w.run([w.attempts, "find-key", "cordon-escape"], False).code == 0),
    Row("type into the caller's terminal", attempt("type"), control="root", terminal=True),
]

PRIVILEGES = [
    Row("run a set-user-id program", lambda w: [w.setuid_program]),
    Row("set the user id to root", lambda w: ["setpriv", "--reuid", "0", "true"], control="root"),
    Row("new user namespace", attempt("new-user-namespace")),
    Row("child in a new user namespace", attempt("child-in-user-namespace")),
    Row("unshare", lambda w: ["unshare", "--user", "--map-root-user", "true"]),
    Row("mount", attempt("mount", own("{w.work}/src")), control="root"),
    Row("chroot", attempt("chroot", "."), control="root"),
    Row("make a block device", attempt("mknod", own("{w.work}/disk")), exists(own("{w.work}/disk")), control="root"),
    Row("load a BPF program", attempt("bpf"), control="root"),
    Row("open a performance event", attempt("perf-event"), control="root"),
    Row("io_uring", attempt("io-uring"), control="root"),
    Row("open /dev/kmsg", attempt("open-for-reading", "/dev/kmsg"), control="root"),
    Row("drop the kernel's caches", attempt("open-for-writing", "/proc/sys/vm/drop_caches"), control="root"),
    Row("write core_pattern", attempt("open-for-writing", "/proc/sys/kernel/core_pattern"), control="root"),
    Row("write a kernel setting", attempt("open-for-writing", "/proc/sys/net/ipv4/ip_forward"), control="root"),
    Row("write below /sys", sh("for f in /sys/kernel/mm/transparent_hugepage/enabled /sys/kernel/profiling /sys/power/state; do [ -e $f ] && {w.attempts} open-for-writing $f && exit 0; done; exit 1"), control="root"),
]

NETWORK = [
    Row("TCP to another host", attempt("connect-tcp", PEER, "7777"), heard("tcp")),
    Row("UDP to another host", attempt("send-udp", PEER, "7777"), lambda w, r: r.code == 0),
    Row("DNS to another host", attempt("send-udp", PEER, "53"), heard("udp")),
    Row("ICMP to another host", attempt("send-icmp", PEER), pinged, control="root"),
    Row("a service on the host's loopback", attempt("connect-tcp", "127.0.0.1", lambda w: w.loopback.getsockname()[1]), connected),
    Row("a service on the host's own address", attempt("connect-tcp", NEAR, lambda w: w.near.getsockname()[1]), connected),
    Row("a service on an abstract socket", attempt("connect-unix", lambda w: "@" + w.abstract.getsockname()[1:].decode()), connected),
    Row("a packet socket", attempt("packet-socket"), control="root"),
]

ROWS = FILES + CORDON + PROCESSES + PRIVILEGES + NETWORK
