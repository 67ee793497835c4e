"""The signing step, with a certificate made for the test."""

import os
import shutil
import subprocess
import unittest

import packages

SIGN = os.path.join(packages.HERE, "../sign")


class Signing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = os.path.join(packages.WORK, "sign")
        os.makedirs(cls.folder)
        cls.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
                    "-subj", "/CN=Test CA", "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
        cls.openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "code.key", "-out", "code.csr", "-subj", "/CN=Test Publisher")
        with open(os.path.join(cls.folder, "ext"), "w") as f:
            f.write("extendedKeyUsage=codeSigning\nkeyUsage=digitalSignature\n")
        cls.openssl("x509", "-req", "-in", "code.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1", "-extfile", "ext", "-out", "code.pem")
        with open(os.path.join(cls.folder, "password"), "w") as f:
            f.write("secret")
        cls.openssl("pkcs12", "-export", "-inkey", "code.key", "-in", "code.pem", "-certfile", "ca.pem", "-passout", "file:password", "-out", "code.pfx")

    @classmethod
    def openssl(cls, *words):
        subprocess.run(["openssl", *words], check=True, cwd=cls.folder, capture_output=True)

    def file(self, name):
        return os.path.join(self.folder, name)

    def copy(self, source):
        return shutil.copy(source, self.file(self.id().rsplit(".", 1)[1] + os.path.splitext(source)[1]))

    def sign(self, file, *words):
        return subprocess.run([SIGN, file, *words], capture_output=True, text=True)

    def verify(self, file):
        return subprocess.run(["osslsigncode", "verify", "-CAfile", self.file("ca.pem"), "-in", file], capture_output=True, text=True)

    def test_program_with_pem(self):
        exe = self.copy(os.path.join(packages.TARGET, "launcher/windows/cordon.exe"))
        p = self.sign(exe, "--cert", self.file("code.pem"), "--key", self.file("code.key"), "--ca", self.file("ca.pem"))
        self.assertEqual(p.returncode, 0, p.stderr)
        self.assertIn("Test Publisher", self.verify(exe).stdout)

    def test_package_with_pfx(self):
        msi = self.copy(packages.real())
        p = self.sign(msi, "--pfx", self.file("code.pfx"), "--password-file", self.file("password"), "--ca", self.file("ca.pem"))
        self.assertEqual(p.returncode, 0, p.stderr)
        self.assertEqual(self.verify(msi).returncode, 0)
        self.assertEqual(packages.properties(msi), packages.properties(packages.real()))

    def test_everything_built_here_is_signed_inside_the_package(self):
        """Application control refuses programs and libraries without, those that the package runs itself among them."""
        words = "--cert %s --key %s --ca %s" % tuple(self.file(n) for n in ("code.pem", "code.key", "ca.pem"))
        msi, inside = packages.build("signed.msi", "--sign", words), self.file("inside")
        subprocess.run(["msiextract", "-C", inside, msi], check=True, stdout=subprocess.DEVNULL)
        with open(self.file("enrollment.dll"), "wb") as f:
            subprocess.run(["msiinfo", "extract", msi, "Binary.Enrollment"], check=True, stdout=f)
        folder = next(path for path, _, names in os.walk(inside) if "cordon.exe" in names)
        ours = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith((".exe", ".dll"))]
        self.assertEqual(len(ours), 4)
        for file in [*ours, self.file("enrollment.dll")]:
            self.assertIn("Test Publisher", self.verify(file).stdout, file)

    def test_a_changed_package_does_not_verify(self):
        msi = self.copy(packages.real())
        self.sign(msi, "--pfx", self.file("code.pfx"), "--password-file", self.file("password"), "--ca", self.file("ca.pem"))
        subprocess.run(["msibuild", msi, "-q", "UPDATE `Property` SET `Value`='Other' WHERE `Property`='ProductName'"], check=True)
        self.assertNotEqual(self.verify(msi).returncode, 0)

    def test_a_signature_that_is_not_trusted_leaves_the_file_alone(self):
        exe = self.copy(os.path.join(packages.TARGET, "launcher/windows/cordon.exe"))
        with open(exe, "rb") as f:
            before = f.read()
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "o.key", "-out", "other.pem", "-days", "1", "-subj", "/CN=Other")
        p = self.sign(exe, "--cert", self.file("code.pem"), "--key", self.file("code.key"), "--ca", self.file("other.pem"))
        self.assertEqual(p.returncode, 2)
        with open(exe, "rb") as f:
            self.assertEqual(f.read(), before)
