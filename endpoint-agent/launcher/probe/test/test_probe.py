"""cordon-probe against real sockets: what it says of doors that are open, closed, forbidden or not there.

Usage: test_probe.py [--wine] PROGRAM    as root, since forbidden routes live in a network namespace of their own
"""

import json
import socket
import subprocess
import sys
import threading
import unittest

WINE = "--wine" in sys.argv
PROGRAM = sys.argv[-1]
MARK = "0123456789abcdef"


def run(*arguments, prefix=()):
    command = [*prefix, *(["wine"] if WINE else []), PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def outcomes(*arguments, prefix=()):
    done = run(MARK, *arguments, prefix=prefix)
    if done.returncode != 0:
        raise AssertionError(f"status {done.returncode}: {done.stderr}")
    said = json.loads(done.stdout)
    if said["probe"] != 1 or done.stdout.count("\n") != 1:
        raise AssertionError(done.stdout)
    return said["outcomes"]


class Listener:
    """A TCP or UDP socket that keeps what it hears."""

    def __init__(self, kind, family=socket.AF_INET, address="127.0.0.1"):
        self.socket = socket.socket(family, kind)
        self.socket.settimeout(120)
        self.socket.bind((address, 0))
        self.port = self.socket.getsockname()[1]
        self.heard = b""
        if kind == socket.SOCK_STREAM:
            self.socket.listen(5)
        self.thread = threading.Thread(target=self.accept if kind == socket.SOCK_STREAM else self.receive)
        self.thread.start()

    def accept(self):
        connection, _ = self.socket.accept()
        with connection:
            connection.settimeout(120)
            while part := connection.recv(4096):
                self.heard += part

    def receive(self):
        self.heard = self.socket.recv(4096)

    def close(self):
        self.thread.join()
        self.socket.close()
        return self.heard.decode()


class Doors(unittest.TestCase):
    def test_an_open_door_is_reached_and_the_mark_arrives(self):
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            listener = Listener(socket.SOCK_STREAM, family, address)
            argument = f"tcp/{address}/{listener.port}"
            self.assertEqual({argument: "reached"}, outcomes(argument))
            self.assertEqual(f"{MARK} {argument}\n", listener.close())

    def test_a_mapped_address_goes_through_a_dual_stack_socket(self):
        listener = Listener(socket.SOCK_STREAM)
        argument = f"tcp/::ffff:7f00:1/{listener.port}"
        self.assertEqual({argument: "reached"}, outcomes(argument))
        self.assertEqual(f"{MARK} {argument}\n", listener.close())

    def test_a_datagram_is_sent_and_the_mark_arrives(self):
        listener = Listener(socket.SOCK_DGRAM)
        argument = f"udp/127.0.0.1/{listener.port}"
        self.assertEqual({argument: "sent"}, outcomes(argument))
        self.assertEqual(f"{MARK} {argument}\n", listener.close())

    def test_a_door_with_nobody_behind_is_refused(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            argument = f"tcp/127.0.0.1/{unused.getsockname()[1]}"
            self.assertEqual({argument: "refused"}, outcomes(argument))

    def test_listening_works_where_nothing_forbids_it(self):
        self.assertEqual({"listen/127.0.0.1/0": "listening"}, outcomes("listen/127.0.0.1/0"))

    def test_several_attempts_come_in_one_line(self):
        said = outcomes("listen/127.0.0.1/0", "listen/::1/0", "what/127.0.0.1/1")
        self.assertEqual({"listen/127.0.0.1/0", "listen/::1/0", "what/127.0.0.1/1"}, set(said))
        self.assertEqual("error", said["what/127.0.0.1/1"])

    def test_malformed_arguments_are_refused(self):
        for bad in ("tcp/localhost/80", "tcp/127.0.0.1", "tcp/127.0.0.1/70000", 'tcp"/127.0.0.1/1', "tcp/1.2.3/4", "TCP/::1/1"):
            self.assertEqual(2, run(MARK, bad).returncode, bad)
        self.assertEqual(2, run().returncode)
        self.assertEqual(2, run('m"rk', "tcp/::1/1").returncode)


class Forbidden(unittest.TestCase):
    """In a network namespace: a route that prohibits answers with the error that a fence gives. Not under Wine, whose server
    stays outside; the program's sockets are the same source."""

    PREFIX = (
        "unshare", "-n", "sh", "-ec",
        'ip link set lo up; ip route add prohibit 192.0.2.0/24; ip -6 route add prohibit 2001:db8::/32; '
        'ip route add blackhole 198.51.100.0/24; exec "$@"', "sh",
    )  # fmt: skip

    def test_what_the_system_forbids_is_denied(self):
        attempts = ("tcp/192.0.2.1/80", "udp/192.0.2.1/53", "tcp/2001:db8::1/80", "tcp/::ffff:192.0.2.1/80")
        self.assertEqual(dict.fromkeys(attempts, "denied"), outcomes(*attempts, prefix=self.PREFIX))

    def test_where_no_route_leads_is_unavailable(self):
        attempts = ("tcp/203.0.113.1/80", "udp/203.0.113.1/53", "listen/203.0.113.1/0")
        self.assertEqual(dict.fromkeys(attempts, "unavailable"), outcomes(*attempts, prefix=self.PREFIX))

    def test_there_is_no_account_to_get_rid_of(self):
        kinds = ("stripped", "stripped-child", "anonymous", "identified", "lowered")
        attempts = [f"{kind}/127.0.0.1/1" for kind in kinds]
        self.assertEqual(dict.fromkeys(attempts, "impossible"), outcomes(*attempts, prefix=self.PREFIX))


class Shedding(unittest.TestCase):
    """That a weaker token is made and used; whether a fence still knows the socket only Windows can show."""

    def test_a_thread_with_a_token_of_its_own_making_tries_its_connection(self):
        for kind in ("stripped", "identified", "lowered"):
            listener = Listener(socket.SOCK_STREAM)
            argument = f"{kind}/127.0.0.1/{listener.port}"
            self.assertEqual({argument: "reached"}, outcomes(argument))
            self.assertEqual(f"{MARK} {argument}\n", listener.close())

    def test_the_attempts_after_it_are_the_process_s_own_again(self):
        listener = Listener(socket.SOCK_STREAM)
        argument = f"tcp/127.0.0.1/{listener.port}"
        said = outcomes("identified/127.0.0.1/1", "lowered/127.0.0.1/1", "stripped/127.0.0.1/1", argument)
        self.assertEqual("reached", said[argument])
        self.assertEqual(f"{MARK} {argument}\n", listener.close())

    def test_a_stripped_child_tries_its_connection(self):
        listener = Listener(socket.SOCK_STREAM)
        argument = f"stripped-child/127.0.0.1/{listener.port}"
        self.assertEqual({argument: "reached"}, outcomes(argument))
        self.assertEqual(f"{MARK} {argument}\n", listener.close())


if __name__ == "__main__":
    suite = unittest.TestSuite()
    for case in (Doors, Shedding) if WINE else (Doors, Forbidden):
        suite.addTest(unittest.defaultTestLoader.loadTestsFromTestCase(case))
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    bad = len(result.failures) + len(result.errors) + len(result.skipped)  # a skipped test shows nothing
    print("probe: %d passed, %d failed" % (result.testsRun - bad, bad))
    sys.exit(1 if bad or not result.testsRun else 0)
