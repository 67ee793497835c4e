package io.cordon.server.audit;

import java.util.function.Supplier;

class InMemoryAuditLogTest extends AuditLogContract {

    private final InMemoryAuditLog log = new InMemoryAuditLog();

    @Override
    AuditLog log() {
        return log;
    }

    @Override
    <T> T inTransaction(Supplier<T> work) {
        return work.get();
    }
}
