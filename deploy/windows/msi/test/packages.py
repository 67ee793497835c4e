"""Packages to test, each built once."""

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.join(HERE, "../build")
TARGET = os.path.join(HERE, "../../../../endpoint-agent/target")
LIB = os.path.join(TARGET, "dist/lib")

WORK = tempfile.mkdtemp(prefix="cordon-msi-check-")
atexit.register(shutil.rmtree, WORK)


def build(name, *options):
    output = os.path.join(WORK, name)
    subprocess.run([sys.executable, BUILD, "--output", output, *options], check=True, stdout=subprocess.DEVNULL)
    return output


@functools.lru_cache(None)
def real():
    return build("real.msi")


@functools.lru_cache(None)
def newer():
    return build("newer.msi", "--version", "0.2.0")


@functools.lru_cache(None)
def standin_lib():
    """The agent's jars, with a stand-in for the agent itself."""
    lib, classes = os.path.join(WORK, "lib"), os.path.join(WORK, "classes")
    jna = [n for n in os.listdir(LIB) if n.startswith("jna")]
    os.makedirs(lib)
    for name in jna:
        shutil.copy(os.path.join(LIB, name), lib)
    source = os.path.join(HERE, "../standin/io/cordon/agent/main/CordonAgent.java")
    subprocess.run(["javac", "--release", "17", "-cp", ":".join(os.path.join(lib, n) for n in jna), "-d", classes, source], check=True)
    subprocess.run(["jar", "--create", "--file", os.path.join(lib, "standin.jar"), "-C", classes, "."], check=True)
    return lib


@functools.lru_cache(None)
def standin(version):
    return build("standin-%s.msi" % version, "--version", version, "--lib", standin_lib())


def table(msi, name):
    """Rows as dictionaries."""
    text = subprocess.run(["msiinfo", "export", msi, name], check=True, capture_output=True, text=True).stdout
    lines = [line.rstrip("\r\n").split("\t") for line in text.splitlines()]
    return [dict(zip(lines[0], row)) for row in lines[3:]]


def properties(msi):
    return {r["Property"]: r["Value"] for r in table(msi, "Property")}
