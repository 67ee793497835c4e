package io.cordon.server.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} does. The log may hold entries of others already. */
abstract class AuditLogContract {

    abstract AuditLog log();

    abstract <T> T inTransaction(Supplier<T> work);

    private AuditEntry append(String action) {
        return inTransaction(() -> log().append(new AuditEvent(
                Instant.parse("2026-11-23T10:00:00.123456789Z"), "alice", action, "ünïcode", "because \"why\" not")));
    }

    @Test
    void chainsEachEntryToItsPredecessor() {
        AuditEntry first = append("contract.first");
        AuditEntry second = append("contract.second");
        assertEquals(first.sequence() + 1, second.sequence());
        assertArrayEquals(first.hash(), second.previousHash());
        assertTrue(second.follows(first.sequence(), first.hash()));
        assertEquals(second.sequence(), log().head().sequence());
        assertArrayEquals(second.hash(), log().head().hash());
    }

    @Test
    void readsBackExactlyWhatWasAppended() {
        AuditEntry entry = append("contract.read");
        AuditEntry read = log().from(entry.sequence(), 1).get(0);
        assertEquals(entry.event(), read.event());
        assertArrayEquals(entry.hash(), read.hash());
    }

    @Test
    void pagesNewestFirst() {
        AuditEntry first = append("contract.page");
        AuditEntry second = append("contract.page");
        List<AuditEntry> newest = log().before(Long.MAX_VALUE, 2);
        assertEquals(List.of(second, first), newest);
        assertEquals(List.of(first), log().before(second.sequence(), 1));
    }

    @Test
    void verifiesAnUntouchedChain() {
        AuditEntry last = append("contract.verify");
        AuditLog.Verification verification = log().verify();
        assertTrue(verification.intact());
        assertEquals(last.sequence(), verification.checked());
    }
}
