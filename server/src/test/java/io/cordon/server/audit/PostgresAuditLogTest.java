package io.cordon.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.server.main.RunningServer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RunningServer.class)
class PostgresAuditLogTest extends AuditLogContract {

    @Inject
    PostgresAuditLog log;

    @Inject
    DataSource database;

    @Override
    AuditLog log() {
        return log;
    }

    @Override
    <T> T inTransaction(Supplier<T> work) {
        return QuarkusTransaction.requiringNew().call(work::get);
    }

    private AuditEntry append() {
        return inTransaction(() ->
                log.append(new AuditEvent(Instant.parse("2026-11-23T10:00:00Z"), "bob", "test.change", "it", "why")));
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void refusesToAppendOutsideATransaction() {
        assertThrows(
                TransactionalException.class,
                () -> log.append(new AuditEvent(Instant.EPOCH, "bob", "test.change", "it", "why")));
    }

    @Test
    void leavesNothingWhenTheChangeIsRolledBack() {
        long before = log.head().sequence();
        assertThrows(
                IllegalStateException.class,
                () -> inTransaction(() -> {
                    log.append(new AuditEvent(Instant.EPOCH, "bob", "test.change", "it", "why"));
                    throw new IllegalStateException("the change fails");
                }));
        assertEquals(before, log.head().sequence());
    }

    @Test
    void refusesToChangeAnEntry() {
        append();
        SQLException refusal =
                assertThrows(SQLException.class, () -> execute("update audit_entries set actor = 'mallory'"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("final"));
    }

    @Test
    void i9_detectsAnEntryAlteredByTheDatabasesOwner() throws SQLException {
        AuditEntry entry = append();
        append();
        String guard = "alter table audit_entries %s trigger audit_entries_are_final";
        execute(
                guard.formatted("disable"),
                "update audit_entries set actor = 'mallory' where sequence = " + entry.sequence());
        try {
            AuditLog.Verification verification = log.verify();
            assertFalse(verification.intact());
            assertEquals(entry.sequence(), verification.firstBroken());
            assertEquals(entry.sequence() - 1, verification.checked());
        } finally {
            execute(
                    "update audit_entries set actor = 'bob' where sequence = " + entry.sequence(),
                    guard.formatted("enable"));
        }
        assertTrue(log.verify().intact());
    }
}
