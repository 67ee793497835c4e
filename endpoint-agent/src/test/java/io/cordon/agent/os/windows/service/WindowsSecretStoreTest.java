package io.cordon.agent.os.windows.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.SecretStore;
import io.cordon.agent.os.SecretStoreContract;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsSecretStoreTest extends SecretStoreContract {
    @TempDir
    Path dir;

    private final MemoryFiles files = new MemoryFiles();

    /** Turns bytes around behind the purpose: enough to see what is sealed, and for what. */
    private record Turned(boolean asService, boolean opens) implements DataProtection {
        @Override
        public byte[] seal(byte[] plain, byte[] purpose) {
            byte[] sealed = Arrays.copyOf(purpose, purpose.length + plain.length);
            for (int i = 0; i < plain.length; i++) {
                sealed[sealed.length - 1 - i] = (byte) ~plain[i];
            }
            return sealed;
        }

        @Override
        public byte[] open(byte[] sealed, byte[] purpose) throws IOException {
            if (!opens
                    || sealed.length < purpose.length
                    || !Arrays.equals(purpose, Arrays.copyOf(sealed, purpose.length))) {
                throw new IOException("CryptUnprotectData: error -2146893813");
            }
            byte[] plain = new byte[sealed.length - purpose.length];
            for (int i = 0; i < plain.length; i++) {
                plain[i] = (byte) ~sealed[sealed.length - 1 - i];
            }
            return plain;
        }
    }

    private SecretStore as(boolean service) {
        return new WindowsSecretStore(dir, files, new Turned(service, service));
    }

    @Override
    protected SecretStore secrets() {
        return as(true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private boolean onDisk(String name, String text) throws IOException {
        return new String(Files.readAllBytes(dir.resolve(name)), StandardCharsets.ISO_8859_1).contains(text);
    }

    @Test
    void theServicesSecretsAreSealedAndNothingIsLeftBeside() throws IOException {
        secrets().write("key", bytes("very secret"));
        assertFalse(onDisk("key", "very secret"));
        try (Stream<Path> all = Files.list(dir)) {
            assertEquals(List.of(dir.resolve("key")), all.toList());
        }
    }

    @Test
    void whatAnAdministratorWroteIsSealedWhenTheServiceReadsItFirst() throws IOException {
        as(false).write("key", bytes("very secret"));
        assertArrayEquals(bytes("very secret"), as(false).read("key").orElseThrow());
        assertTrue(onDisk("key", "very secret"));
        assertArrayEquals(bytes("very secret"), as(true).read("key").orElseThrow());
        assertFalse(onDisk("key", "very secret"));
        assertArrayEquals(bytes("very secret"), as(true).read("key").orElseThrow());
    }

    @Test
    void anAdministratorIsToldWhoCanOpenASealedOne() throws IOException {
        secrets().write("key", bytes("very secret"));
        IOException refused = assertThrows(IOException.class, () -> as(false).read("key"));
        assertTrue(refused.getMessage().contains("run this command as SYSTEM"), refused.getMessage());
    }

    @Test
    void oneSecretCannotTakeThePlaceOfAnother() throws IOException {
        secrets().write("old-key", bytes("1"));
        Files.copy(dir.resolve("old-key"), dir.resolve("key"));
        assertThrows(IOException.class, () -> secrets().read("key"));
    }

    @Test
    void aSecretThatOthersMayHaveReadIsNotTrusted() throws IOException {
        secrets().write("key", bytes("1"));
        files.set(
                dir.resolve("key"),
                new FileSecurity.Found.There(
                        false, Sid.ADMINISTRATORS, Set.of(Sid.LOCAL_SYSTEM, Sid.USERS), "D:(A;;FR;;;BU)"));
        IOException refused = assertThrows(IOException.class, () -> secrets().read("key"));
        assertTrue(refused.getMessage().contains("others may have read it"), refused.getMessage());
    }

    @Test
    void aSecretOfAnotherOwnerIsNotTrusted() throws IOException {
        secrets().write("key", bytes("1"));
        files.set(
                dir.resolve("key"),
                new FileSecurity.Found.There(
                        false, Sid.parse("S-1-5-21-1-2-3-1001"), Set.of(Sid.LOCAL_SYSTEM), "D:(A;;FA;;;SY)"));
        assertThrows(IOException.class, () -> secrets().read("key"));
    }

    @Test
    void aLinkIsNoSecret() throws IOException {
        Files.write(dir.resolve("elsewhere"), new byte[] {0, 1});
        Files.createSymbolicLink(dir.resolve("key"), dir.resolve("elsewhere"));
        assertThrows(IOException.class, () -> secrets().read("key"));
    }

    @Test
    void aDamagedFileIsSaid() throws IOException {
        for (byte[] content : List.of(new byte[0], new byte[] {9, 1}, new byte[] {1, 2, 3})) {
            Files.write(dir.resolve("key"), content);
            assertThrows(IOException.class, () -> secrets().read("key"));
        }
    }

    @Test
    void aFailedWriteLeavesTheOldSecretAndNoRest() throws IOException {
        Files.createDirectory(dir.resolve("key"));
        Files.createFile(dir.resolve("key/inside"));
        assertThrows(IOException.class, () -> secrets().write("key", bytes("1")));
        try (Stream<Path> all = Files.list(dir)) {
            assertEquals(List.of(dir.resolve("key")), all.toList());
        }
    }
}
