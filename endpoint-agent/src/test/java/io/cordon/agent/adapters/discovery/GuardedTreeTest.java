package io.cordon.agent.adapters.discovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedTreeTest {
    private static final int MOST = 1000;

    @TempDir
    Path dir;

    private TestHome home;
    private Path secret;

    @BeforeEach
    void fill() throws IOException {
        home = new TestHome(dir.resolve("home"));
        secret = Files.writeString(dir.resolve("shadow"), "root:$6$");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }

    private List<FileTree> trees() throws IOException {
        return List.of(GuardedTree.of(home.path), GuardedTree.checked(home.path));
    }

    private static String text(Optional<byte[]> bytes) {
        return new String(bytes.orElseThrow(), StandardCharsets.UTF_8);
    }

    private static void assertRefused(FileTree tree, String path, String why) {
        IOException refused = assertThrows(IOException.class, () -> tree.read(path, MOST));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
    }

    @Test
    void readsWhatIsThere() throws IOException {
        home.file("a/b/settings.json", "{}");
        for (FileTree tree : trees()) {
            assertEquals("{}", text(tree.read("a/b/settings.json", MOST)));
            assertEquals(List.of("settings.json"), tree.names("a/b", 10));
            assertEquals(FileTree.Kind.FOLDER, tree.look("a").orElseThrow().kind());
            assertEquals("nobody", tree.owner());
        }
    }

    @Test
    void findsNothingWhereNothingIs() throws IOException {
        home.file("plain", "x");
        for (FileTree tree : trees()) {
            assertTrue(tree.read("none", MOST).isEmpty());
            assertTrue(tree.read("none/of/that", MOST).isEmpty());
            assertTrue(tree.read("plain/below", MOST).isEmpty());
            assertTrue(tree.names("none", 10).isEmpty());
            assertTrue(tree.names("plain", 10).isEmpty());
            assertTrue(tree.look("none").isEmpty());
        }
    }

    @Test
    void doesNotFollowALinkInPlaceOfTheFile() throws IOException {
        home.link(".claude.json", secret.toString());
        for (FileTree tree : trees()) {
            assertRefused(tree, ".claude.json", "a link");
            assertEquals(
                    FileTree.Kind.LINK, tree.look(".claude.json").orElseThrow().kind());
            assertEquals(Optional.of(secret.toString()), tree.link(".claude.json"));
        }
    }

    @Test
    void doesNotFollowALinkOnTheWay() throws IOException {
        Path roots = Files.createDirectory(dir.resolve("roots"));
        Files.writeString(roots.resolve("config.toml"), "x");
        home.link(".codex", roots.toString());
        for (FileTree tree : trees()) {
            assertTrue(tree.read(".codex/config.toml", MOST).isEmpty());
            assertTrue(tree.names(".codex", 10).isEmpty());
            assertTrue(tree.look(".codex/config.toml").isEmpty());
            assertTrue(tree.link(".codex/config.toml").isEmpty());
        }
    }

    @Test
    void doesNotReadWhatItsOwnerCouldNot() throws IOException {
        // as a hard link would be, where the system lets users make one
        Files.createLink(home.path.resolve(".claude.json"), secret);
        assertRefused(home.tree(), ".claude.json", "not nobody's to read");
        Path closed = Files.createDirectory(home.path.resolve("closed"));
        Files.writeString(closed.resolve("f"), "x");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        assertTrue(home.tree().read("closed/f", MOST).isEmpty());
        assertTrue(home.tree().names("closed", 10).isEmpty());
    }

    @Test
    void readsWhatEverybodyMay() throws IOException {
        Files.writeString(home.path.resolve("shared"), "x");
        Files.setPosixFilePermissions(home.path.resolve("shared"), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals("x", text(home.tree().read("shared", MOST)));
    }

    @Test
    void doesNotWaitForAPipe() throws Exception {
        Path pipe = home.path.resolve(".claude.json");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        for (FileTree tree : trees()) {
            assertRefused(tree, ".claude.json", "not a regular file");
            assertTrue(tree.read(".claude.json/x", MOST).isEmpty());
            assertTrue(tree.names(".claude.json", 10).isEmpty());
        }
    }

    @Test
    void refusesWhatIsLong() throws IOException {
        home.file("long", "x".repeat(MOST + 1));
        home.file("just", "x".repeat(MOST));
        for (FileTree tree : trees()) {
            assertRefused(tree, "long", "longer than 1000 bytes");
            assertEquals(MOST, tree.read("just", MOST).orElseThrow().length);
        }
    }

    @Test
    void listsNoMoreThanItIsAsked() throws IOException {
        for (int i = 0; i < 20; i++) {
            home.file("many/f" + i, "");
        }
        for (FileTree tree : trees()) {
            assertEquals(7, tree.names("many", 7).size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../shadow", "a/../../shadow", "/etc/passwd", "a//b", ".", "a/./b", "C:", "a\\b"})
    void staysBelowItsRoot(String path) throws IOException {
        for (FileTree tree : trees()) {
            assertThrows(IOException.class, () -> tree.read(path, MOST));
        }
    }

    @Test
    void isOfAFolderOnly() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("link"), home.path);
        assertThrows(IOException.class, () -> GuardedTree.of(link));
        assertThrows(IOException.class, () -> GuardedTree.of(secret));
        assertArrayEquals(new String[0], home.tree().names("", 10).toArray());
    }
}
