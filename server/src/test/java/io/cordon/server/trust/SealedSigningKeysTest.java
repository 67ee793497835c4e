package io.cordon.server.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.trust.Role;
import io.cordon.server.platform.MasterKey;
import io.cordon.server.platform.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SealedSigningKeysTest extends SigningKeysContract {
    @Inject
    SealedSigningKeys keys;

    @Inject
    DataSource database;

    @Override
    SigningKeys keys() {
        return keys;
    }

    @Test
    void aCopyOfTheDatabaseHoldsNoPrivateKey() throws SQLException {
        byte[] privateKey = keys.of(Role.TARGETS).pkcs8();
        byte[] stored = stored(SealedSigningKeys.name(Role.TARGETS));
        assertTrue(stored.length > privateKey.length);
        assertFalse(new String(stored, StandardCharsets.ISO_8859_1)
                .contains(new String(privateKey, privateKey.length - 16, 16, StandardCharsets.ISO_8859_1)));
    }

    @Test
    void anotherMasterKeyOpensNothing() {
        keys.of(Role.ROOT);
        SealedSigningKeys stolen =
                new SealedSigningKeys(new Secrets(database, new MasterKey(new byte[MasterKey.LENGTH])));
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> stolen.of(Role.ROOT));
        assertEquals("the secret trust.root does not open with this master key", refusal.getMessage());
    }

    private byte[] stored(String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT sealed FROM secrets WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                assertTrue(row.next(), name);
                return row.getBytes(1);
            }
        }
    }
}
