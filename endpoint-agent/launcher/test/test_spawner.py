"""The launcher and the spawner together, over the real bubblewrap, with a stand-in for the Java service. Needs root.

    python3 test/test_spawner.py FOLDER-OF-THE-BINARIES [Class | Class.test ...]
"""

import os
import signal
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from check_boundary import Boundary, Limits, Tree  # noqa: E402, F401
from check_hook import Hook  # noqa: E402, F401
from check_inside import Inside  # noqa: E402, F401
from check_lifetime import Lifetime  # noqa: E402, F401
from check_root_settings import RootSettings  # noqa: E402, F401
from check_running import Answers, PlanCheck, Running  # noqa: E402, F401
from check_terminal import Terminal  # noqa: E402, F401

if __name__ == "__main__":
    if os.geteuid() != 0:
        sys.exit("needs root: the spawner changes identities")
    # A background job of a script starts with SIGINT ignored, and so would everything that is started here.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    outcome = unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=1, exit=False).result
    bad = len(outcome.failures) + len(outcome.errors) + len(outcome.skipped)  # a skipped test shows nothing
    print("launcher: %d passed, %d failed" % (outcome.testsRun - bad, bad))
    sys.exit(1 if bad or not outcome.testsRun else 0)
