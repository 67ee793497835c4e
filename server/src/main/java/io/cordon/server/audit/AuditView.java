package io.cordon.server.audit;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/** An entry as the admin API shows it; {@code hash} is hexadecimal. */
public record AuditView(
        @NotNull long sequence,
        @NotNull Instant at,
        @NotNull String actor,
        @NotNull String action,
        @NotNull String subject,
        @NotNull String reason,
        @NotNull String hash) {

    public static AuditView of(AuditEntry entry) {
        AuditEvent event = entry.event();
        return new AuditView(
                entry.sequence(),
                event.at(),
                event.actor(),
                event.action(),
                event.subject(),
                event.reason(),
                entry.hashText());
    }
}
