package io.cordon.server.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What happened, before it has a place in the chain.
 *
 * @param at time of the server, cut to microseconds (what the database keeps)
 * @param actor who: a user name, {@code endpoint:<id>}, {@code token:<id>} or {@code system}
 * @param action what, {@code domain.verb-noun}, for example {@code policy.publish}
 * @param subject on what, for example a policy's name
 * @param reason why, in the actor's words; never blank
 */
public record AuditEvent(Instant at, String actor, String action, String subject, String reason) {

    public AuditEvent {
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (actor.isBlank() || action.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("audit event: actor, action and reason must not be blank");
        }
    }
}
