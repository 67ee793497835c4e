"""Installation, upgrade and removal under Wine, with a stand-in for the agent (see standin)."""

import os
import shutil
import subprocess
import time
import unittest

import packages
from wine import SECONDS, drive, run

SERVER = "https://cordon.example.com:8443"
TOKEN = "cet1.abcdefghijklmnop." + "A" * 43 + "." + "b" * 43
DATA = ("ProgramData", "Cordon")
PROGRAM = ("Program Files", "Cordon")


def msiexec(*words):
    return run("wine", "msiexec", *words, "/qn").returncode


def service(word="query"):
    p = run("wine", "sc", word, "CordonAgent")
    return p.stdout.decode() if p.returncode == 0 else ""


def registry(key, name):
    return run("wine", "reg", "query", key, "/v", name).stdout.decode(errors="replace")


class Installation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Wine ends its services with the last other program; this one stays.
        cls.awake = subprocess.Popen(["wine", "cmd", "/c", "echo up& set /p x="], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        cls.awake.stdout.readline()

    @classmethod
    def tearDownClass(cls):
        cls.awake.stdin.close()
        cls.awake.wait(timeout=SECONDS)
        cls.awake.stdout.close()

    def tearDown(self):
        for version in ("0.2.0", "0.1.0"):
            run("wine", "msiexec", "/x", packages.standin(version), "/qn")
        shutil.rmtree(drive(*DATA), ignore_errors=True)

    def assert_running(self):
        """It may report so a moment after its installation."""
        end = time.monotonic() + SECONDS
        while "START_PENDING" in (shown := service()):
            self.assertLess(time.monotonic(), end, shown)
        self.assertIn("RUNNING", shown)

    def assert_nothing_left(self):
        self.assertEqual(service(), "")
        self.assertFalse(os.path.exists(drive(*PROGRAM)))
        self.assertFalse(os.path.exists(drive(*DATA)))
        self.assertNotIn("Cordon", registry(r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment", "PATH"))
        self.assertNotIn("Cordon", registry(r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\%s" % packages.properties(packages.standin("0.1.0"))["ProductCode"], "DisplayName"))

    def test_installs_silently_and_leaves_nothing_when_removed(self):
        self.assertEqual(msiexec("/i", packages.standin("0.1.0"), "CORDON_SERVER=" + SERVER, "CORDON_TOKEN=" + TOKEN), 0)
        with open(drive(*DATA, "enroll.json"), encoding="ascii") as f:
            self.assertEqual(f.read(), '{"server":"%s","token":"%s"}\n' % (SERVER, TOKEN))
        self.assertEqual(os.listdir(drive(*DATA)), ["enroll.json"])
        self.assert_running()
        image = registry(r"HKLM\SYSTEM\CurrentControlSet\Services\CordonAgent", "ImagePath")
        self.assertRegex(image, r'"?C:\\Program Files\\Cordon\\runtime\\bin\\java\.exe"? -XX:')
        self.assertIn('"-Dcordon.home=C:\\Program Files\\Cordon\\." -cp "C:\\Program Files\\Cordon\\lib\\*" io.cordon.agent.main.CordonAgent run', image)
        self.assertIn("C:\\Program Files\\Cordon\\bin\\", registry(r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment", "PATH"))
        version = run("wine", drive(*PROGRAM, "bin", "cordon.exe"), "--version")
        self.assertEqual(version.stdout, b"cordon 0.1.0\n")
        self.assertEqual(msiexec("/x", packages.standin("0.1.0")), 0)
        self.assert_nothing_left()

    def test_installs_without_a_token(self):
        self.assertEqual(msiexec("/i", packages.standin("0.1.0")), 0)
        self.assert_running()
        self.assertFalse(os.path.exists(drive(*DATA, "enroll.json")))
        os.mkdir(drive(*DATA))  # as the agent does at its first start
        self.assertEqual(msiexec("/x", packages.standin("0.1.0")), 0)
        self.assert_nothing_left()

    def test_a_server_from_group_policy_needs_only_the_token(self):
        self.assertEqual(msiexec("/i", packages.standin("0.1.0"), "CORDON_TOKEN=" + TOKEN), 0)
        with open(drive(*DATA, "enroll.json"), encoding="ascii") as f:
            self.assertEqual(f.read(), '{"token":"%s"}\n' % TOKEN)

    def test_wrong_parameters_install_nothing(self):
        for words in (["CORDON_SERVER=http://cordon.example.com", "CORDON_TOKEN=" + TOKEN], ["CORDON_SERVER=" + SERVER, "CORDON_TOKEN=secret"],
                      ["CORDON_SERVER=" + SERVER + "\\x", "CORDON_TOKEN=" + TOKEN], ["CORDON_SERVER=" + SERVER, "CORDON_TOKEN=cet1.x\\y"]):
            self.assertNotEqual(msiexec("/i", packages.standin("0.1.0"), *words), 0, words)
            self.assert_nothing_left()

    def test_an_older_windows_is_refused(self):
        key = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
        build = registry(key, "CurrentBuildNumber").split()[-1]
        try:
            for older in ("9600", "17134"):  # 8.1 and 1803, both of which call themselves 603 to a package
                run("wine", "reg", "add", key, "/v", "CurrentBuildNumber", "/d", older, "/f", check=True)
                self.assertNotEqual(msiexec("/i", packages.standin("0.1.0")), 0, older)
                self.assert_nothing_left()
        finally:
            run("wine", "reg", "add", key, "/v", "CurrentBuildNumber", "/d", build, "/f", check=True)

    def test_the_command_line_takes_no_java_options_from_its_user(self):
        self.assertEqual(msiexec("/i", packages.standin("0.1.0")), 0)
        options = {name: "-Dgiven=1" for name in ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")}
        p = run("wine", "cmd", "/c", "C:\\Program Files\\Cordon\\bin\\cordon-agent.cmd", "what", env={**os.environ, **options})
        self.assertEqual(p.returncode, 64, p.stderr)  # the stand-in ran and does not know the word
        self.assertNotIn(b"icked up", p.stdout + p.stderr)

    def test_upgrade_keeps_the_data(self):
        """In the two steps that Windows makes of it: Wine leaves out UPGRADINGPRODUCTCODE, by which a package knows the first."""
        new = packages.properties(packages.standin("0.2.0"))["ProductCode"]
        self.assertEqual(msiexec("/i", packages.standin("0.1.0"), "CORDON_SERVER=" + SERVER, "CORDON_TOKEN=" + TOKEN), 0)
        os.mkdir(drive(*DATA, "identity"))
        with open(drive(*DATA, "identity", "endpoint.json"), "w") as f:
            f.write("{}")
        self.assertEqual(msiexec("/x", packages.standin("0.1.0"), "UPGRADINGPRODUCTCODE=" + new), 0)
        self.assertEqual((service(), os.path.exists(drive(*PROGRAM))), ("", False))
        self.assertEqual(msiexec("/i", packages.standin("0.2.0")), 0)
        self.assertEqual(sorted(os.listdir(drive(*DATA))), ["enroll.json", "identity"])
        self.assert_running()
        self.assertNotEqual(msiexec("/i", packages.standin("0.1.0")), 0)  # no way back to an older one
        self.assertEqual(msiexec("/x", packages.standin("0.2.0")), 0)
        self.assert_nothing_left()
