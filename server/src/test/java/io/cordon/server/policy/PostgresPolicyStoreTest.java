package io.cordon.server.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Every test is rolled back: its documents would be published with the next real one. */
@QuarkusTest
@TestTransaction
class PostgresPolicyStoreTest extends PolicyStoreContract {
    @Inject
    PostgresPolicyStore store;

    @Inject
    DataSource database;

    @Override
    PolicyStore store() {
        return store;
    }

    @Override
    <T> T inTransaction(Supplier<T> work) {
        return work.get();
    }

    @Test
    void aPublishedRevisionCannotBeAltered() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            SQLException refusal = assertThrows(
                    SQLException.class, () -> statement.execute("UPDATE policy_revision SET source = 'forged'"));
            assertTrue(String.valueOf(refusal.getMessage()).contains("published revisions are final"));
            assertEquals("P0001", refusal.getSQLState());
        }
    }
}
