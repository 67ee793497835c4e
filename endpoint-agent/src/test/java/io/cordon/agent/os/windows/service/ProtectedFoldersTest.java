package io.cordon.agent.os.windows.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtectedFoldersTest {
    private static final Sid USER = Sid.parse("S-1-5-21-1-2-3-1001");

    @TempDir
    Path dir;

    private final MemoryFiles files = new MemoryFiles();
    private final ProtectedFolders folders = new ProtectedFolders(files);

    private List<Path> both() {
        return List.of(dir.resolve("Cordon"), dir.resolve("Cordon/identity"));
    }

    @Test
    void foldersAreMadeWithTheirDescriptorAndASecondRunChangesNothing() throws IOException {
        folders.prepare(both());
        assertEquals(List.of("create Cordon", "create identity"), files.changes());
        folders.prepare(both());
        assertEquals(2, files.changes().size());
    }

    @Test
    void theDescriptorIsProtectedAndNamesNobodyElse() {
        assertTrue(ProtectedFolders.SDDL.contains("D:P"));
        assertEquals(
                "(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)",
                ProtectedFolders.SDDL.substring(ProtectedFolders.SDDL.indexOf("(A")));
    }

    @Test
    void whatSomebodyLoosenedIsRepaired() throws IOException {
        folders.prepare(both());
        files.set(
                both().get(1),
                new FileSecurity.Found.There(true, Sid.LOCAL_SYSTEM, Set.of(Sid.EVERYONE), "D:(A;;FA;;;WD)"));
        folders.prepare(both());
        assertEquals("secure identity", files.changes().get(files.changes().size() - 1));
    }

    @Test
    void aFolderThatAUserMadeBeforehandIsNotTakenOver() throws IOException {
        Path planted = Files.createDirectory(both().get(0));
        files.set(planted, new FileSecurity.Found.There(true, USER, Set.of(USER), "D:P(A;OICI;FA;;;SY)"));
        IOException refused = assertThrows(IOException.class, () -> folders.prepare(both()));
        assertTrue(refused.getMessage().contains("belongs to " + USER), refused.getMessage());
        assertTrue(refused.getMessage().contains("remove it, and start again"), refused.getMessage());
        assertEquals(List.of(), files.changes());
    }

    @Test
    void aJunctionInItsPlaceIsRefused() throws IOException {
        Files.createSymbolicLink(both().get(0), Files.createDirectory(dir.resolve("elsewhere")));
        IOException refused = assertThrows(IOException.class, () -> folders.prepare(both()));
        assertTrue(refused.getMessage().contains("a link"), refused.getMessage());
        assertFalse(Files.exists(dir.resolve("elsewhere/identity")));
    }

    @Test
    void aFileInItsPlaceIsRefused() throws IOException {
        Files.createFile(both().get(0));
        assertThrows(IOException.class, () -> folders.prepare(both()));
    }
}
