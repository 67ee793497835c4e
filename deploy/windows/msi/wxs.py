"""The package's description for wixl, from a template and the list of files."""

import string
import uuid
from xml.sax.saxutils import quoteattr

# Never change these: they tell Windows Installer that a newer package is the same product, and the same file the same component.
UPGRADE_CODE = "7C1B5E52-1B7D-4C0B-9C43-5E6A0C2F3D11"
NAMESPACE = uuid.UUID("2f6f2bd6-52a3-4e4c-8f39-0a4a7fd4c0d5")

# What starts the agent on every system, see bin/cordon-agent of the Linux distribution.
JAVA_OPTIONS = ("-XX:+UseSerialGC -Xms16m -Xmx96m -Xss512k -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -XX:+UseCompactObjectHeaders"
                " --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -Dslf4j.internal.verbosity=ERROR")
MAIN = "io.cordon.agent.main.CordonAgent"


def guid(*of):
    """The same for the same words, on every machine and in every version."""
    return str(uuid.uuid5(NAMESPACE, "/".join(of))).upper()


def identifier(prefix, path):
    return prefix + uuid.uuid5(NAMESPACE, path.lower()).hex


def java_line(command):
    # A folder that ends in a backslash would take the quote behind it: [CordonFolder]. ends in a dot.
    return '%s -Djna.nosys=true -Djna.nounpack=true "-Djna.boot.library.path=[BinFolder]." "-Dcordon.home=[CordonFolder]." -cp "[LibFolder]*" %s %s' % (JAVA_OPTIONS, MAIN, command)


class Tree:
    """Folders, each file a component of its own, so that its GUID depends on its path alone."""

    def __init__(self, extra):
        self.root = {}
        self.extra = extra  # path -> further elements of its component
        self.components = []

    def add(self, path, source):
        parts = path.split("/")
        folder = self.root
        for part in parts[:-1]:
            folder = folder.setdefault(part, {})
        folder[parts[-1]] = source

    def render(self, folder=None, path="", depth=4):
        out, pad = [], "  " * depth
        for name, value in sorted((self.root if folder is None else folder).items()):
            inner = path + "/" + name if path else name
            if isinstance(value, dict):
                known = {"lib": "LibFolder", "bin": "BinFolder"}.get(inner)
                out.append("%s<Directory Id=%s Name=%s>" % (pad, quoteattr(known or identifier("d", inner)), quoteattr(name)))
                out += self.render(value, inner, depth + 1)
                out.append("%s</Directory>" % pad)
                continue
            component, file = identifier("c", inner), file_id(inner)
            self.components.append(component)
            out.append("%s<Component Id='%s' Guid='%s' Win64='yes'>" % (pad, component, guid("component", inner)))
            out.append("%s  <File Id='%s' Name=%s Source=%s KeyPath='yes'/>" % (pad, file, quoteattr(name), quoteattr(value)))
            out += [pad + "  " + line for line in self.extra.get(inner, [])]
            out.append("%s</Component>" % pad)
        return out


def file_id(path):
    return {"runtime/bin/java.exe": "JavaExe", "runtime/bin/javaw.exe": "JavawExe", "bin/cordon.exe": "CordonExe"}.get(path) or identifier("f", path)


SERVICE = [
    "<ServiceInstall Id='CordonAgent' Name='CordonAgent' DisplayName='Cordon Agent' Type='ownProcess' Start='auto' ErrorControl='normal'"
    " Account='LocalSystem' Description='Confines what coding agents run on this computer by the policies of your organisation.'"
    " Arguments=%s/>" % quoteattr(java_line("run")),
    "<ServiceControl Id='CordonAgent' Name='CordonAgent' Start='install' Stop='both' Remove='uninstall' Wait='yes'/>",
]


def describe(template, files, version, library):
    """files: path in the installation -> source. Returns the document."""
    tree = Tree({"runtime/bin/java.exe": SERVICE})
    for path, source in files.items():
        tree.add(path, source)
    folders = "\n".join(tree.render())
    refs = "\n".join("      <ComponentRef Id='%s'/>" % c for c in tree.components)
    with open(template, encoding="utf-8") as f:
        return string.Template(f.read()).substitute(
            version=version, product=guid("product", version), upgrade=UPGRADE_CODE, folders=folders, components=refs,
            library=quoteattr(library), uninstall=quoteattr(java_line("uninstall")))
