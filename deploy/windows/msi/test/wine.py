"""A Windows to install on: the prefix of the environment, or one of our own that is thrown away."""

import contextlib
import os
import shutil
import subprocess
import tempfile

SECONDS = 300
NOT_SHOWN = [
    "the token kept out of the log (Wine's installer does not know MsiHiddenProperties)",
    "access lists of installed files (Wine maps them to Unix permissions)",
    "an upgrade in one go (Wine's RemoveExistingProducts does not set UPGRADINGPRODUCTCODE; its two steps are tested)",
    "quotes around the service's program (Wine's InstallServices writes none; the agent sets the quoted line at its first start)",
    "what the agent undoes when a first installation is rolled back (Wine removes the files before that)",
    "repair and advertised installation; Restart Manager; User Account Control",
    "a signature's check by Windows, SmartScreen and application control",
]


def run(*words, **more):
    """Output through files: what Wine starts on the side would keep a pipe open."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        p = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=out, stderr=err, timeout=SECONDS, **more)
        out.seek(0)
        err.seek(0)
        p.stdout, p.stderr = out.read(), err.read()
        return p


@contextlib.contextmanager
def prepare():
    os.environ.setdefault("WINEDEBUG", "-all")
    os.environ.setdefault("WINEARCH", "win64")
    own = None
    if "WINEPREFIX" not in os.environ:
        own = os.environ["WINEPREFIX"] = tempfile.mkdtemp(prefix="cordon-wine-")
    try:
        run("wineboot", "-i", check=True)
        run("wine", "winecfg", "-v", "win10", check=True)
        # A Java runtime on a busy machine needs more than the 10 s that Wine gives a service (Windows: 30 s; there a number).
        run("wine", "reg", "add", r"HKLM\SYSTEM\CurrentControlSet\Control", "/v", "ServicesPipeTimeout", "/t", "REG_SZ", "/d", "120000", "/f", check=True)
        run("wineserver", "-k")
        run("wineserver", "-w")
        yield
    finally:
        if own:
            run("wineserver", "-k")
            run("wineserver", "-w")
            shutil.rmtree(own)


def drive(*parts):
    return os.path.join(os.environ["WINEPREFIX"], "drive_c", *parts)
