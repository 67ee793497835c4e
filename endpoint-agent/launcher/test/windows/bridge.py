"""The pipe's other end, in this process: pipe-bridge.exe carries the bytes."""

import json
import os
import struct
import subprocess
import threading

WINE = os.environ.get("WINE", "wine")
SECONDS = 180


class Bridge:
    """One pipe; `events` holds (letter, content) of everything that the bridge told, in order."""

    def __init__(self, folder, name):
        self.events = []
        self.changed = threading.Condition()
        self.process = subprocess.Popen([WINE, os.path.join(folder, "pipe-bridge.exe"), name], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, bufsize=0)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.wait("R")

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
            header = self._exactly(5)
            content = header and self._exactly(struct.unpack("<I", header[1:])[0])
            with self.changed:
                if content is not None:
                    self.events.append((header[:1].decode(), content))
                self.changed.notify_all()
            if content is None:
                return

    def until(self, letter):
        """Removes and returns everything up to the first event of this kind, which is the last."""
        with self.changed:
            def find():
                return next((i for i, e in enumerate(self.events) if e[0] == letter), None)
            if not self.changed.wait_for(lambda: find() is not None, SECONDS):
                raise AssertionError("no %s within %d s; there are: %r" % (letter, SECONDS, self.events))
            at = find() + 1
            events, self.events[:at] = self.events[:at], []
            return events

    def wait(self, letter):
        """The content of the first event of this kind; what came before it is gone as well."""
        return self.until(letter)[-1][1]

    def collect(self, letter, enough):
        """The joined content of the events of one kind until `enough` of it is true."""
        joined = b""
        while not enough(joined):
            joined += self.wait(letter)
        return joined

    def frame(self):
        """The next frame of the client, as its bytes without the header; the header must be right."""
        joined = self.collect("D", lambda b: len(b) >= 4 and len(b) >= 4 + struct.unpack("<I", b[:4])[0])
        size = struct.unpack("<I", joined[:4])[0]
        with self.changed:  # what came together stays for the next
            if joined[4 + size:]:
                self.events.insert(0, ("D", joined[4 + size:]))
        return joined[4:4 + size]

    def client(self):
        return int(self.wait("N"))

    def do(self, letter, content=b""):
        self.process.stdin.write(letter.encode() + struct.pack("<I", len(content)) + content)

    def send(self, message):
        body = json.dumps(message).encode()
        self.do("S", struct.pack("<I", len(body)) + body)

    def started(self):
        """Tells the client of the start, and returns when it has read it."""
        self.send({"t": "started"})
        self.do("F")
        self.wait("F")

    def reply(self, exit_code=0, out="", err=""):
        self.send({"t": "reply", "exit": exit_code, "stdout": out, "stderr": err})

    def close(self):
        self.process.stdin.close()
        self.process.wait(SECONDS)
        self.process.stdout.close()
        self.reader.join(SECONDS)
