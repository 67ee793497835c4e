package io.cordon.server.audit;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port of the chain. {@link InMemoryAuditLog} is the reference, {@link PostgresAuditLog} what a server runs on. */
public interface AuditLog {

    /**
     * Adds an event at the end, inside the caller's transaction: it stays exactly when the change stays.
     *
     * @throws IllegalStateException outside a transaction
     */
    AuditEntry append(AuditEvent event);

    /** Entries below that sequence, newest first; {@link Long#MAX_VALUE} for the newest. */
    List<AuditEntry> before(long sequence, int limit);

    /** Entries from that sequence on, oldest first. */
    List<AuditEntry> from(long sequence, int limit);

    /** Walks the whole chain from its beginning to the head as it stood when the walk began. */
    default Verification verify() {
        Head head = head();
        long sequence = 0;
        byte[] hash = AuditEntry.genesis();
        while (sequence < head.sequence()) {
            List<AuditEntry> batch = from(sequence + 1, 1000);
            if (batch.isEmpty()) {
                return new Verification(false, sequence, sequence + 1);
            }
            for (AuditEntry entry : batch) {
                if (sequence == head.sequence()) {
                    break;
                }
                if (!entry.follows(sequence, hash)) {
                    return new Verification(false, sequence, sequence + 1);
                }
                sequence = entry.sequence();
                hash = entry.hash();
            }
        }
        boolean intact = Arrays.equals(head.hash(), hash);
        return new Verification(intact, sequence, intact ? null : sequence);
    }

    /** Where the chain ends. */
    Head head();

    /** Sequence and hash of the last entry; 0 and the genesis hash when there is none. */
    @SuppressWarnings("ArrayRecordComponent")
    record Head(long sequence, byte[] hash) {}

    /**
     * What a walk found.
     *
     * @param checked entries that are intact, counted from the first
     * @param firstBroken sequence of the first entry that is altered, missing or out of place; null when intact
     */
    record Verification(
            boolean intact, long checked, @Nullable Long firstBroken) {}
}
