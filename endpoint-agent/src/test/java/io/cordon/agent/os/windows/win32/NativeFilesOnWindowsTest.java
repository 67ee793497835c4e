package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.access.Sddl;
import io.cordon.agent.os.windows.access.SecuredFiles;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import io.cordon.agent.os.windows.access.SecurityDescriptor;
import io.cordon.agent.os.windows.access.WindowsProbe;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Files by handle, over a real Win32. */
@Tag("wine")
class NativeFilesOnWindowsTest {
    private final NativeSecuredFiles files = new NativeSecuredFiles();
    private final NativeFileProbe probe = new NativeFileProbe();
    private String top = "";

    /** Not a @TempDir: its random name takes a network function that Wine lacks. */
    @BeforeEach
    void make(TestInfo test) throws IOException {
        String name = "cordon-" + test.getTestMethod().orElseThrow().getName();
        Path folder = Path.of(String.valueOf(System.getenv("TEMP")), name);
        remove(folder);
        top = Files.createDirectories(folder).toRealPath().toString();
        Files.createDirectories(Path.of(top, "Folder", "inner"));
        Files.writeString(Path.of(top, "Folder", "file.txt"), "first\nsecond");
    }

    @AfterEach
    void remove() throws IOException {
        remove(Path.of(top));
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private SecuredFile open(String path) throws IOException {
        return files.open(path).orElseThrow(() -> new AssertionError(path + " is missing"));
    }

    @Test
    void opensByPathByNameAndById() throws IOException {
        try (SecuredFile folder = open(top + "\\folder");
                SecuredFile file = open(top + "\\Folder\\file.txt");
                SecuredFile child = folder.child("FILE.TXT").orElseThrow();
                SecuredFile again = files.openById(file.id(), top).orElseThrow();
                SecuredFile hinted =
                        files.openById(file.id(), top + "\\Folder\\file.txt").orElseThrow()) {
            assertTrue(folder.directory() && !file.directory() && !folder.reparsePoint());
            assertEquals(file.id(), child.id());
            assertEquals(file.id(), again.id());
            assertEquals(file.id(), hinted.id());
            assertEquals(1, file.links());
            assertTrue(folder.finalPath().endsWith("\\Folder"), folder.finalPath());
            assertEquals(
                    List.of("file.txt", "inner"),
                    folder.names().stream().sorted().toList());
        }
        assertTrue(files.open(top + "\\none").isEmpty());
        assertTrue(files.open(top + "\\Folder\\file.txt\\below").isEmpty());
    }

    @Test
    void listsFoldersOfAnySize() throws IOException {
        List<String> names = IntStream.range(0, 1500)
                .mapToObj(i -> "a-rather-long-name-so-that-one-buffer-does-not-do-" + i)
                .sorted()
                .toList();
        for (String name : names) {
            Files.createFile(Path.of(top, "Folder", "inner", name));
        }
        try (SecuredFile inner = open(top + "\\Folder\\inner")) {
            assertEquals(names, inner.names().stream().sorted().toList());
        }
    }

    @Test
    void countsNames() throws IOException {
        Files.createLink(Path.of(top, "second"), Path.of(top, "Folder", "file.txt"));
        try (SecuredFile file = open(top + "\\second")) {
            assertEquals(2, file.links());
        }
    }

    @Test
    void readsADescriptorAsJavaDoes() throws IOException {
        try (SecuredFile file = open(top + "\\Folder\\file.txt")) {
            SecurityDescriptor descriptor = file.descriptor();
            assertNotNull(descriptor.owner());
            assertNotNull(descriptor.dacl());
            assertEquals(descriptor, SecurityDescriptor.read(descriptor.bytes()));
            assertEquals(descriptor.owner(), probe.owner(top + "\\Folder\\file.txt"));
        }
    }

    @Test
    void setsAListByHandle() throws IOException {
        try (SecuredFile file = open(top + "\\Folder\\file.txt")) {
            SecurityDescriptor before = file.descriptor();
            SecurityDescriptor wanted =
                    Sddl.parse("D:P(A;;FA;;;" + Objects.requireNonNull(before.owner()) + ")(A;;FR;;;WD)");
            file.setDacl(Objects.requireNonNull(wanted.dacl()), true);
            assertNotNull(file.descriptor().dacl());
        }
    }

    @Test
    void makesAndRemovesWhatIsEmpty() throws IOException {
        try (SecuredFile folder = open(top + "\\Folder")) {
            SecurityDescriptor descriptor = Sddl.parse("D:(A;OICI;FA;;;WD)");
            folder.create("made", true, descriptor).close();
            folder.create("made.txt", false, descriptor).close();
            assertThrows(IOException.class, () -> folder.create("made", true, descriptor));
        }
        assertTrue(Files.isDirectory(Path.of(top, "Folder", "made")));
        assertTrue(Files.isRegularFile(Path.of(top, "Folder", "made.txt")));
        for (String name : List.of("made", "made.txt")) {
            try (SecuredFile made = open(top + "\\Folder\\" + name)) {
                assertTrue(made.deleteIfEmpty());
            }
            assertEquals(WindowsProbe.Kind.MISSING, probe.kind(top + "\\Folder\\" + name));
        }
        for (String name : List.of("Folder", "Folder\\file.txt")) {
            try (SecuredFile full = open(top + "\\" + name)) {
                assertFalse(full.deleteIfEmpty());
            }
        }
    }

    @Test
    void removesATreeWithWhatIsReadOnlyInIt() throws IOException {
        for (String name : List.of("Folder\\inner\\object", "Folder\\inner")) {
            Path path = Path.of(top, name);
            if (!Files.exists(path)) {
                Files.writeString(path, "as Git's objects are");
            }
            Files.setAttribute(path, "dos:readonly", true);
        }
        files.removeTree(top + "\\Folder");
        assertEquals(WindowsProbe.Kind.MISSING, probe.kind(top + "\\Folder"));
        files.removeTree(top + "\\Folder");
    }

    @Test
    void removesFoldersThatAreNestedDeeply() throws IOException {
        try (SecuredFile folder = open(top + "\\Folder")) {
            nest(folder, 300);
        }
        files.removeTree(top + "\\Folder");
        assertEquals(WindowsProbe.Kind.MISSING, probe.kind(top + "\\Folder"));
    }

    private static void nest(SecuredFile folder, int depth) throws IOException {
        try (SecuredFile made = folder.create("d", true, Sddl.parse("D:(A;OICI;FA;;;WD)"))) {
            if (depth > 1) {
                nest(made, depth - 1);
            }
        }
    }

    @Test
    void anIdThatIsGoneIsMissing() throws IOException {
        SecuredFiles.FileId id;
        try (SecuredFile file = open(top + "\\Folder\\file.txt")) {
            id = file.id();
        }
        Files.delete(Path.of(top, "Folder", "file.txt"));
        assertTrue(files.openById(id, top).isEmpty());
    }

    @Test
    void aVolumeIsThereForWhatIsGoneAndNotForAnother() throws IOException {
        long volume;
        try (SecuredFile file = open(top + "\\Folder\\file.txt")) {
            volume = file.id().volume();
        }
        assertTrue(files.isThere(volume, top + "\\Folder\\file.txt"));
        assertTrue(files.isThere(volume, top + "\\gone\\below\\it"));
        assertTrue(files.isThere(volume, top.substring(0, 3)));
        assertFalse(files.isThere(volume + 1, top + "\\Folder\\file.txt"));
        assertFalse(files.isThere(volume, "Q:\\Folder\\file.txt"));
    }

    @Test
    void aPathThatIsTooLongIsNotTakenForItsBeginning() {
        // Of its length 16 bits are left, which are those of the folder's.
        String path = top + "\\" + "x".repeat(0x10000 / 2 - 1);
        assertThrows(IOException.class, () -> files.open(path));
    }

    @Test
    void theProbeSeesWhatIsThere() {
        assertEquals(WindowsProbe.Kind.DIRECTORY, probe.kind(top + "\\folder"));
        assertEquals(WindowsProbe.Kind.FILE, probe.kind(top + "\\Folder\\file.txt"));
        assertEquals(top + "\\Folder\\file.txt", probe.canonical(top + "\\FOLDER\\FILE.TXT"));
        assertNull(probe.canonical(top + "\\none"));
        assertEquals("first", probe.firstLine(top + "\\Folder\\file.txt"));
        assertEquals("", probe.firstLine(top + "\\Folder"));
        assertEquals(List.of("file.txt", "inner"), probe.names(top + "\\Folder", 2));
        assertNull(probe.names(top + "\\Folder", 1));
        WindowsProbe.Volume volume = probe.volume(top);
        assertTrue(volume.local() && !volume.substituted(), volume.toString());
    }

    @Test
    void privilegesAreThereForAnAdministrator() throws IOException {
        FilePrivileges.enable();
    }

    @NotShownUnderWine("Wine keeps three permissions for each file, not its entries")
    void aListComesBackAsItWasSet() throws IOException {
        try (SecuredFile file = open(top + "\\Folder\\file.txt")) {
            SecurityDescriptor wanted =
                    Sddl.parse("D:P(D;;0xd0156;;;S-1-5-21-1-2-3-4)(A;;FA;;;BA)(A;;0x1301bf;;;S-1-5-21-1-2-3-4)");
            file.setDacl(Objects.requireNonNull(wanted.dacl()), true);
            assertEquals(wanted.dacl(), file.descriptor().dacl());
        }
    }

    @NotShownUnderWine("Wine's files belong to the user that it runs as")
    void aNewFileHasTheOwnerItWasMadeWith() throws IOException {
        FilePrivileges.enable();
        try (SecuredFile folder = open(top + "\\Folder");
                SecuredFile made = folder.create("owned", false, Sddl.parse("O:SYD:P(A;;FA;;;SY)(A;;FA;;;BA)"))) {
            assertEquals("S-1-5-18", String.valueOf(made.descriptor().owner()));
        }
    }
}
