package io.cordon.server.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The reference: a list. Has no transactions, so everything appended stays. */
public final class InMemoryAuditLog implements AuditLog {

    private final List<AuditEntry> entries = new ArrayList<>();

    @Override
    public synchronized AuditEntry append(AuditEvent event) {
        Head head = head();
        AuditEntry entry = AuditEntry.after(head.sequence(), head.hash(), event);
        entries.add(entry);
        return entry;
    }

    @Override
    public synchronized List<AuditEntry> before(long sequence, int limit) {
        List<AuditEntry> reversed = new ArrayList<>(entries);
        Collections.reverse(reversed);
        return reversed.stream()
                .filter(entry -> entry.sequence() < sequence)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<AuditEntry> from(long sequence, int limit) {
        return entries.stream()
                .filter(entry -> entry.sequence() >= sequence)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Head head() {
        if (entries.isEmpty()) {
            return new Head(0, AuditEntry.genesis());
        }
        AuditEntry last = entries.get(entries.size() - 1);
        return new Head(last.sequence(), last.hash());
    }
}
