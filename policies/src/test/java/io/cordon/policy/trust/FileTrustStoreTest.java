package io.cordon.policy.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The directory keeps the contract, between processes too. */
class FileTrustStoreTest extends TrustStoreContract {
    @TempDir
    Path directory;

    @Override
    TrustStore store() throws IOException {
        return new FileTrustStore(directory.resolve("trust"));
    }

    @Test
    void metadataFilesHaveTheirOwnNamesAndBytes() throws IOException {
        store().write(StoredFile.TIMESTAMP, "{} ".getBytes(StandardCharsets.UTF_8));

        assertEquals("{} ", Files.readString(directory.resolve("trust/timestamp.json")));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions; the agent's folder has an ACL there")
    void directoryIsTheOwnersAlone() throws IOException {
        store();

        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("trust"))));
    }

    @Test
    void leftOverOfAnInterruptedWriteIsNeitherReadNorInTheWay() throws IOException {
        store().write(StoredFile.ROOT, new byte[] {1});
        Files.write(directory.resolve("trust/root.json.new"), new byte[] {9, 9, 9, 9});

        assertArrayEquals(new byte[] {1}, store().read(StoredFile.ROOT).orElseThrow());
        store().write(StoredFile.ROOT, new byte[] {2});
        assertArrayEquals(new byte[] {2}, store().read(StoredFile.ROOT).orElseThrow());
        assertTrue(Files.notExists(directory.resolve("trust/root.json.new")));
    }

    @Test
    void directoryThatIsAFileFails() throws IOException {
        Files.write(directory.resolve("trust"), new byte[] {1});

        assertThrows(IOException.class, this::store);
    }

    @Test
    void anotherProcessWaitsForTheLock() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        directory.resolve("trust").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("held", said.readLine());
            CompletableFuture<Boolean> here = CompletableFuture.supplyAsync(() -> {
                try (TrustStore.Lock held = store().lock()) {
                    return true;
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThrows(TimeoutException.class, () -> here.get(200, TimeUnit.MILLISECONDS));

            other.getOutputStream().close();

            assertTrue(here.get(60, TimeUnit.SECONDS));
            assertTrue(other.waitFor(60, TimeUnit.SECONDS));
        } finally {
            other.destroyForcibly();
        }
    }

    /** The other process: holds the lock until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            try (TrustStore.Lock held = new FileTrustStore(Path.of(args[0])).lock()) {
                System.out.println("held");
                while (System.in.read() >= 0) {
                    // Until the end of input.
                }
            }
        }
    }
}
