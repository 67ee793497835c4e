package io.cordon.agent.os.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.SecretStore;
import io.cordon.agent.os.SecretStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSecretStoreTest extends SecretStoreContract {
    @TempDir
    Path dir;

    @Override
    protected SecretStore secrets() {
        return new FileSecretStore(dir);
    }

    @Test
    void theFileIsItsOwnersAloneAndNothingIsLeftBeside() throws IOException {
        secrets().write("key", new byte[] {1});
        secrets().write("key", new byte[] {2});
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("key"))));
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(List.of(dir.resolve("key")), files.toList());
        }
    }

    @Test
    void aSecretThatOthersMayHaveReadIsNotTrusted() throws IOException {
        secrets().write("key", new byte[] {1});
        Files.setPosixFilePermissions(dir.resolve("key"), PosixFilePermissions.fromString("rw-r-----"));
        IOException refused = assertThrows(IOException.class, () -> secrets().read("key"));
        assertTrue(refused.getMessage().contains("expected: a file of mode 0600"), refused.getMessage());
    }

    @Test
    void aLinkIsNoSecret() throws IOException {
        Path elsewhere = Files.write(dir.resolve("elsewhere"), new byte[] {1});
        Files.createSymbolicLink(dir.resolve("key"), elsewhere);
        assertThrows(IOException.class, () -> secrets().read("key"));
    }

    @Test
    void aFailedWriteLeavesTheOldSecretAndNoRest() throws IOException {
        Files.createDirectory(dir.resolve("key"));
        Files.createFile(dir.resolve("key/inside"));
        assertThrows(IOException.class, () -> secrets().write("key", new byte[] {1}));
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(List.of(dir.resolve("key")), files.toList());
        }
    }
}
