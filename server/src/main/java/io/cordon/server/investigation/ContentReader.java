package io.cordon.server.investigation;

import io.cordon.server.access.Access;
import io.cordon.server.access.Permission;
import io.cordon.server.audit.AuditEvent;
import io.cordon.server.audit.AuditLog;
import io.cordon.server.telemetry.TelemetryStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;

/** The only way to content: asks for the permission and writes down the reading before anything is given out. */
@ApplicationScoped
class ContentReader {
    private final TelemetryStore store;
    private final Access access;
    private final AuditLog audit;
    private final InstantSource clock;

    ContentReader(TelemetryStore store, Access access, AuditLog audit, InstantSource clock) {
        this.store = store;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /** True when whoever asks may read content. */
    boolean permitted() {
        return access.may(Permission.CONTENT_READ);
    }

    /**
     * Content by hash; empty without the permission.
     *
     * @param subject what is being looked at, for the audit log, for example {@code trace 4bf9…}
     */
    @Transactional
    Map<String, byte[]> read(Collection<String> hashes, String subject) {
        if (!permitted() || hashes.isEmpty()) {
            return Map.of();
        }
        Map<String, byte[]> contents = store.contents(hashes);
        if (!contents.isEmpty()) {
            audit.append(new AuditEvent(
                    clock.instant(),
                    access.actor().name(),
                    "content.read",
                    subject,
                    "Read through the admin API (" + contents.size() + " values)."));
        }
        return contents;
    }
}
