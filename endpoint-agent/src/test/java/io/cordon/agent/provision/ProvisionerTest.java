package io.cordon.agent.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Change;
import io.cordon.agent.os.Ledger;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes owners of files, so it needs root, as the agent does. */
class ProvisionerTest {
    private static final int USER = 12_345;

    @TempDir
    Path dir;

    private AgentLayout layout;
    private Ledger ledger;
    private Provisioner provisioner;
    private Path project;

    @BeforeEach
    void prepare() throws IOException {
        layout = new AgentLayout(dir.resolve("data"), dir.resolve("run"));
        Provisioner.prepareData(layout);
        ledger = Ledger.open(layout.ledger());
        provisioner = new Provisioner(layout, ledger);
        project = users(Files.createDirectory(dir.resolve("project")));
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
    }

    private static Path users(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", USER);
        return path;
    }

    private Path placeholder(String name, boolean directory) throws IOException {
        Path path = project.resolve(name);
        ledger.intend(new Change(
                "placeholder",
                Map.of(
                        "path", path.toString(),
                        "directory", Boolean.toString(directory),
                        "uid", Integer.toString(USER))));
        return users(directory ? Files.createDirectory(path) : Files.createFile(path));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void dataIsTheAgentsAloneAndWhatWasLoosenedIsRepaired() throws IOException {
        Files.setPosixFilePermissions(layout.identity(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Provisioner.prepareData(layout);
        for (Path each : List.of(layout.data(), layout.identity(), layout.trust(), layout.spool(), layout.ledger())) {
            assertEquals("rwx------", mode(each), each.toString());
        }
    }

    @Test
    void aDataFolderOfSomebodyElseIsNotUsed() throws IOException {
        users(layout.trust());
        IOException refused = assertThrows(IOException.class, () -> Provisioner.prepareData(layout));
        assertTrue(refused.getMessage().contains("belongs to user id " + USER), refused.getMessage());
    }

    @Test
    void aLinkInThePlaceOfADataFolderIsNotFollowed() throws IOException {
        Files.delete(layout.trust());
        Files.createSymbolicLink(layout.trust(), Files.createDirectory(dir.resolve("elsewhere")));
        IOException refused = assertThrows(IOException.class, () -> Provisioner.prepareData(layout));
        assertTrue(refused.getMessage().contains("not a directory"), refused.getMessage());
    }

    @Test
    void everyUserMayReachTheSocketAndUninstallTakesItsFolderBack() throws IOException {
        provisioner.prepareRuntime();
        assertEquals("rwxr-xr-x", mode(layout.runtime()));
        Files.createFile(layout.socket());
        assertEquals(
                List.of(layout.runtime().toString()), provisioner.uninstall().undone());
        assertFalse(Files.exists(layout.runtime()));
        assertEquals(List.of(), ledger.open());
    }

    @Test
    void aRuntimeFolderThatWasThereBeforeStays() throws IOException {
        Files.createDirectory(layout.runtime());
        provisioner.prepareRuntime();
        assertEquals(List.of(), provisioner.uninstall().undone());
        assertTrue(Files.exists(layout.runtime()));
    }

    @Test
    void recoveryTakesBackWhatACrashLeftNewestFirst() throws IOException {
        Path outer = placeholder(".codex", true);
        Path inner = placeholder(".codex/rules", true);
        Path file = placeholder(".mcp.json", false);
        Provisioner.Report report = provisioner.recover();
        assertEquals(List.of(file.toString(), inner.toString(), outer.toString()), report.undone());
        assertFalse(Files.exists(outer) || Files.exists(file));
        assertEquals(List.of(), ledger.open());
        assertEquals(List.of(), provisioner.recover().undone());
    }

    @Test
    void whatSomebodyHasPutSomethingIntoIsKept() throws IOException {
        Path directory = placeholder(".codex", true);
        Files.createFile(directory.resolve("mine"));
        Path file = placeholder(".mcp.json", false);
        Files.writeString(file, "{}");
        assertEquals(2, provisioner.recover().kept().size());
        assertTrue(Files.exists(directory.resolve("mine")));
        assertEquals("{}", Files.readString(file));
        assertEquals(List.of(), ledger.open());
    }

    @Test
    void whatWasNeverMadeIsNoProblem() throws IOException {
        Path path = placeholder(".codex", true);
        Files.delete(path);
        assertEquals(List.of(path.toString()), provisioner.recover().undone());
    }

    @Test
    void aLinkSwappedInForThePlaceholderIsLeftAlone() throws IOException {
        Path target = users(Files.createDirectory(dir.resolve("target")));
        Path link = project.resolve(".codex");
        Files.createSymbolicLink(link, target);
        assertThrows(DirectoryNotEmptyException.class, () -> PlaceholderRemoval.remove(link, true, USER));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.exists(target));
    }

    @Test
    void aLinkSwappedInOnTheWayIsNotFollowed() throws IOException {
        Path victim = users(Files.createDirectory(dir.resolve("victim")));
        Path empty = users(Files.createDirectory(victim.resolve("rules")));
        Files.createSymbolicLink(project.resolve(".codex"), victim);
        assertThrows(
                NoSuchFileException.class,
                () -> PlaceholderRemoval.remove(project.resolve(".codex/rules"), true, USER));
        assertTrue(Files.exists(empty));
    }

    @Test
    void anEmptyThingOfAnotherUserIsNotThePlaceholder() throws IOException {
        Path roots = Files.createDirectory(project.resolve(".codex"));
        assertThrows(DirectoryNotEmptyException.class, () -> PlaceholderRemoval.remove(roots, true, USER));
        assertTrue(Files.exists(roots));
    }

    @Test
    void aFileIsNoDirectoryAndADirectoryNoFile() throws IOException {
        Path file = users(Files.createFile(project.resolve("f")));
        Path directory = users(Files.createDirectory(project.resolve("d")));
        assertThrows(DirectoryNotEmptyException.class, () -> PlaceholderRemoval.remove(file, true, USER));
        assertThrows(DirectoryNotEmptyException.class, () -> PlaceholderRemoval.remove(directory, false, USER));
        assertTrue(Files.exists(file) && Files.exists(directory));
    }
}
