package io.cordon.agent.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link SecretStore} promises. */
public abstract class SecretStoreContract {
    protected abstract SecretStore secrets();

    private static byte[] bytes(SecretStore secrets, String name) throws IOException {
        return secrets.read(name).orElseThrow();
    }

    @Test
    void whatIsWrittenIsReadUntilItIsDeleted() throws IOException {
        SecretStore secrets = secrets();
        assertEquals(Optional.empty(), secrets.read("key.pem"));
        secrets.write("key.pem", new byte[] {1, 2});
        secrets.write("other", new byte[0]);
        assertArrayEquals(new byte[] {1, 2}, bytes(secrets, "key.pem"));
        assertArrayEquals(new byte[0], bytes(secrets, "other"));
        secrets.delete("key.pem");
        assertEquals(Optional.empty(), secrets.read("key.pem"));
        secrets.delete("key.pem");
        assertArrayEquals(new byte[0], bytes(secrets, "other"));
    }

    @Test
    void theLastWriteCounts() throws IOException {
        SecretStore secrets = secrets();
        secrets.write("key", new byte[100]);
        secrets.write("key", new byte[] {7});
        assertArrayEquals(new byte[] {7}, bytes(secrets, "key"));
    }

    @Test
    void whatTheCallerDoesToTheArrayDoesNotChangeTheSecret() throws IOException {
        SecretStore secrets = secrets();
        byte[] value = {1};
        secrets.write("key", value);
        value[0] = 2;
        bytes(secrets, "key")[0] = 3;
        assertArrayEquals(new byte[] {1}, bytes(secrets, "key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../key", "a/b", "Key", ".hidden", "a b", "-x", "a\0b"})
    void namesThatCouldLeadElsewhereAreRefused(String name) {
        SecretStore secrets = secrets();
        assertThrows(IllegalArgumentException.class, () -> secrets.read(name));
        assertThrows(IllegalArgumentException.class, () -> secrets.write(name, new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> secrets.delete(name));
    }

    @Test
    void longSecretsAreRefused() throws IOException {
        SecretStore secrets = secrets();
        secrets.write("key", new byte[SecretStore.MAX_LENGTH]);
        assertThrows(IllegalArgumentException.class, () -> secrets.write("key", new byte[SecretStore.MAX_LENGTH + 1]));
        assertEquals(SecretStore.MAX_LENGTH, bytes(secrets, "key").length);
    }
}
