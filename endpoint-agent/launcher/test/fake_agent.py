"""A stand-in for the Java service: starts the spawner and answers its requests with plans.

The plan of a run is the default below, changed by the JSON in the request's variable CORDON_TEST (merged over the plan; a key
"reply" answers instead, "deny" denies, "silent" never answers). Everything the spawner sends is kept in `messages`.
"""

import json
import os
import struct
import subprocess
import threading

SECONDS = 60  # what waits fails only after this: a busy machine may keep any process from running for long


class FakeAgent:
    def __init__(self, spawner, runtime, data, workspace, extra=()):
        self.socket = os.path.join(runtime, "agent.sock")
        self.data, self.runtime, self.workspace = data, runtime, workspace
        self.messages = []
        self.hold = False  # True: never says that a run is recorded
        self.changed = threading.Condition()
        self.process = subprocess.Popen(
            [spawner, "--socket", self.socket, "--protect", data, "--protect", runtime, *extra],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        threading.Thread(target=self._read, daemon=True).start()

    def _exactly(self, n):
        parts = b""
        while len(parts) < n:
            part = self.process.stdout.read(n - len(parts))
            if not part:
                return None
            parts += part
        return parts

    def _read(self):
        while True:
            header = self._exactly(4)
            body = header and self._exactly(struct.unpack("<I", header)[0])
            with self.changed:
                if not body:
                    self.messages.append({"t": "eof"})
                    self.changed.notify_all()
                    return
                message = json.loads(body)
                self.messages.append(message)
                self.changed.notify_all()
            if message["t"] == "request":
                self._answer(message)
            elif message["t"] == "exited" and not self.hold:
                self.send({"t": "recorded", "id": message["id"]})

    def send(self, message):
        body = json.dumps(message).encode()
        try:
            self.process.stdin.write(struct.pack("<I", len(body)) + body)
        except OSError:
            pass

    def plan(self, request):
        c = request["caller"]
        return {
            "uid": c["uid"], "gid": c["gid"], "groups": c["groups"], "cwd": request["cwd"], "argv": request["argv"],
            "env": {k: v for k, v in request["env"].items() if k != "CORDON_TEST"},
            "mounts": [
                {"op": "ro-bind", "src": "/", "dst": "/"},
                {"op": "dev", "dst": "/dev"},
                {"op": "proc", "dst": "/proc"},
                {"op": "tmpfs", "dst": "/var/tmp"},
                {"op": "bind", "src": self.workspace, "dst": self.workspace},
                {"op": "mask-dir", "dst": self.data},
                {"op": "mask-dir", "dst": self.runtime},
            ],
            "placeholders": [], "network": {"mode": "offline", "loopbackPorts": []}, "seccomp": {"debugging": False},
            "limits": {"processes": 256, "memoryMiB": 2048, "wallClockSeconds": 60, "openFiles": 1024}, "hostname": "cordon",
        }

    def _answer(self, request):
        if request["op"] != "run":
            return self.send({"t": "reply", "id": request["id"], "exit": 0, "stdout": json.dumps(request) + "\n", "stderr": ""})
        wish = json.loads(request["env"].get("CORDON_TEST", "{}"))
        if "silent" in wish:
            return None
        if "deny" in wish:
            return self.send({"t": "reply", "id": request["id"], "exit": 126, "stdout": "",
                              "stderr": "cordon: denied by rule %s (policy test v1): no. Ask you.\n" % wish["deny"]})
        plan = self.plan(request)
        plan["mounts"] += wish.pop("addMounts", [])
        for key, value in wish.items():
            if isinstance(value, dict) and isinstance(plan.get(key), dict):
                plan[key].update(value)
            else:
                plan[key] = value
        return self.send({"t": "plan", "id": request["id"], "plan": plan})

    def wait(self, matches, start=0):
        """The first message from index `start` on that matches; fails after SECONDS."""
        with self.changed:
            found = []

            def look():
                found[:] = [m for m in self.messages[start:] if matches(m)]
                return found

            if not self.changed.wait_for(look, SECONDS):
                raise AssertionError("no such message within %s s; the last: %s" % (SECONDS, self.messages[-5:]))
            return found[0]

    def close(self):
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(SECONDS)


if __name__ == "__main__":
    import sys
    agent = FakeAgent(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4])
    agent.wait(lambda m: m["t"] == "ready")
    print("ready", agent.messages, flush=True)
    agent.process.wait()
