"""cordon.exe under Wine, with this process as the service at the other end of the pipe.

    WINEPREFIX=/a/prefix python3 test/windows/test_cordon_exe.py FOLDER-OF-THE-PROGRAMS [Class | Class.test ...]
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from check_console import Console  # noqa: E402, F401
from check_hook import Hook  # noqa: E402, F401
from check_pipe import Answers, File, Holder, Requests, Runs  # noqa: E402, F401
from bridge import WINE  # noqa: E402


NOT_SHOWN = [
    "a window that changes its size (Wine 8 hears nothing of it on a Unix terminal)",
    "key sequences, and Ctrl-C as a key of the pseudo console (Wine 8 has no ENABLE_VIRTUAL_TERMINAL_INPUT)",
    "CTRL_BREAK, CTRL_CLOSE, CTRL_LOGOFF, CTRL_SHUTDOWN (Wine 8 sends only Ctrl-C from a Unix terminal)",
    "a real pseudo console behind the relay",
]


def once_more(outcome):
    """Runs the tests to which no client ever came, Wine having started none. How many they were, and how many of them failed again."""
    tests = [test for test, trace in outcome.failures if "AssertionError: no N within" in trace]
    if not tests:
        return 0, 0
    print("once more, since Wine started no program: " + ", ".join(str(test) for test in tests))
    again = unittest.TextTestRunner().run(unittest.TestSuite(type(test)(test._testMethodName) for test in tests))
    return len(tests), len(again.failures) + len(again.errors)


def own_prefix():
    prefix = tempfile.mkdtemp(prefix="cordon-wine-")
    os.environ["WINEPREFIX"] = prefix

    def remove():
        subprocess.run(["wineserver", "-k"], check=False)
        subprocess.run(["wineserver", "-w"], check=False)
        shutil.rmtree(prefix)

    atexit.register(remove)


if __name__ == "__main__":
    os.environ.setdefault("WINEDEBUG", "-all")
    os.environ.setdefault("WINEARCH", "win64")
    if "WINEPREFIX" not in os.environ:
        own_prefix()
    subprocess.run([WINE + "boot" if WINE == "wine" else WINE, "-i"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # A busy machine needs more than the ten seconds that Wine gives a service.
    subprocess.run([WINE, "reg", "add", r"HKLM\SYSTEM\CurrentControlSet\Control", "/v", "ServicesPipeTimeout", "/t", "REG_SZ", "/d", "60000", "/f"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run(["wineserver", "-w"], check=True, timeout=300)
    # Wine ends its service manager with the last other program, and what that was told meanwhile is lost; this one stays.
    awake = subprocess.Popen([WINE, "cmd", "/c", "echo up& set /p x="], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    # Until it is up, Wine's services would be started by, and keep the streams of, the first program of a test.
    awake.stdout.readline()
    try:
        outcome = unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=1, exit=False).result
        repeated, failed_again = once_more(outcome)
    finally:
        awake.stdin.close()
        awake.wait(timeout=60)
        awake.stdout.close()
    # A skipped test shows nothing.
    bad = len(outcome.failures) + len(outcome.errors) + len(outcome.skipped) - repeated + failed_again
    for line in NOT_SHOWN:
        print("not shown under Wine: cordon.exe: " + line)
    print("launcher-windows: %d passed, %d failed" % (outcome.testsRun - bad, bad))
    sys.exit(1 if bad or not outcome.testsRun else 0)
