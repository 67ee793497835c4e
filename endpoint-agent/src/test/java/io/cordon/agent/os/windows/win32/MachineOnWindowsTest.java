package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.AppendFile;
import io.cordon.agent.os.RecordLog;
import io.cordon.agent.os.windows.RegistryValue;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.service.EventKind;
import io.cordon.agent.os.windows.service.EventSource;
import io.cordon.agent.os.windows.service.FileSecurity;
import io.cordon.agent.os.windows.service.ProtectedFolders;
import io.cordon.agent.os.windows.service.WindowsVersion;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registry, event log, DPAPI, folders and this process, each as Windows has it. */
@Tag("wine")
class MachineOnWindowsTest {
    private static final String KEY = "SOFTWARE\\CordonTest";
    private static final byte[] PURPOSE = "cordon:key".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path dir;

    private final NativeRegistry registry = new NativeRegistry();
    private final NativeFileSecurity files = new NativeFileSecurity();

    @AfterEach
    void clean() throws IOException {
        registry.deleteKey(KEY + "\\sub");
        registry.deleteKey(KEY);
        EventSource.remove(registry);
    }

    @Test
    void registryValuesKeepTheirTypes() throws IOException {
        assertEquals(Optional.empty(), registry.read(KEY, "a"));
        assertFalse(registry.exists(KEY));
        List<RegistryValue> values = List.of(
                new RegistryValue.Text("ü and more"),
                new RegistryValue.Expandable("%SystemRoot%\\x"),
                new RegistryValue.Number(-1));
        for (RegistryValue each : values) {
            registry.write(KEY, "a", each);
            assertEquals(Optional.of(each), registry.read(KEY, "a"));
        }
        registry.write(KEY + "\\sub", "b", new RegistryValue.Number(0));
        assertEquals(List.of("sub"), registry.keys(KEY));
        registry.deleteKeyIfEmpty(KEY + "\\sub");
        assertTrue(registry.exists(KEY + "\\sub"));
        registry.deleteValue(KEY + "\\sub", "b");
        registry.deleteValue(KEY + "\\sub", "b");
        registry.deleteKeyIfEmpty(KEY + "\\sub");
        assertEquals(List.of(), registry.keys(KEY));
    }

    @Test
    void theEventSourceIsRegisteredOnceAndTakesEntries() throws IOException {
        assertTrue(EventSource.converge(registry));
        assertFalse(EventSource.converge(registry));
        PrintStream err = System.err;
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
        try {
            new NativeEventLog().event(EventKind.WARNING, "a warning of the test");
        } finally {
            System.setErr(err);
        }
        String said = complaints.toString(StandardCharsets.UTF_8);
        assertFalse(said.contains("event log"), said);
    }

    @Test
    void sealedBytesOpenForTheirPurposeOnly() throws IOException {
        NativeDataProtection protection = new NativeDataProtection(true);
        for (byte[] plain : List.of(new byte[0], new byte[] {1, 2, 3}, new byte[64 * 1024])) {
            byte[] sealed = protection.seal(plain, PURPOSE);
            assertArrayEquals(plain, protection.open(sealed, PURPOSE));
            assertThrows(IOException.class, () -> protection.open(sealed, new byte[] {9}));
        }
        assertThrows(IOException.class, () -> protection.open(new byte[] {1, 2, 3}, PURPOSE));
    }

    @Test
    void thisProcessIsAnAdministratorsAndNotTheServices() throws IOException {
        NativeSystem process = new NativeSystem();
        assertTrue(process.administrator());
        assertFalse(process.user().equals(Sid.LOCAL_SYSTEM));
        assertTrue(process.programData().isAbsolute());
        assertTrue(WindowsVersion.read(registry).build() > 0);
        assertFalse(WindowsVersion.computerName(registry).isBlank());
        assertTrue(WindowsVersion.machineGuid(registry).isPresent());
    }

    @Test
    void foldersAreMadeOnceAndLookedAtWithoutFollowing() throws IOException {
        Path folder = dir.resolve("made");
        assertInstanceOf(FileSecurity.Found.Missing.class, files.look(folder));
        files.createFolder(folder, ProtectedFolders.SDDL);
        assertThrows(FileAlreadyExistsException.class, () -> files.createFolder(folder, ProtectedFolders.SDDL));
        FileSecurity.Found.There there = assertInstanceOf(FileSecurity.Found.There.class, files.look(folder));
        assertTrue(there.folder());
        Path file = Files.writeString(folder.resolve("f"), "x");
        files.flush(file);
        assertFalse(assertInstanceOf(FileSecurity.Found.There.class, files.look(file))
                .folder());
    }

    @NotShownUnderWine(
            "Wine keeps three bits of mode for an access list, so owner and entries are not those that were set")
    void aFolderHasItsDescriptorFromTheFirstMoment() throws IOException {
        Path folder = dir.resolve("made");
        files.createFolder(folder, ProtectedFolders.SDDL);
        FileSecurity.Found.There there = assertInstanceOf(FileSecurity.Found.There.class, files.look(folder));
        assertEquals(Sid.ADMINISTRATORS, there.owner());
        assertEquals(Set.of(Sid.LOCAL_SYSTEM, Sid.ADMINISTRATORS), there.trustees());
        assertEquals(files.canonicalAccess(ProtectedFolders.SDDL), there.access());
    }

    @Test
    void aLogIsReplacedWhileItIsInUse() throws IOException {
        Path file = dir.resolve("a.log");
        try (RecordLog log = RecordLog.open(file, AppendFile::onDisk)) {
            log.append(new byte[] {1});
            log.rewrite(List.of(new byte[] {2}));
            log.append(new byte[] {3});
        }
        try (RecordLog log = RecordLog.open(file)) {
            List<byte[]> found = log.takeFound();
            assertEquals(2, found.size());
            assertArrayEquals(new byte[] {2}, found.get(0));
        }
    }
}
