package io.cordon.policy.model;

import java.time.Instant;
import java.util.Set;

/**
 * A widening of the base for named endpoints and a limited time (SPEC 3.3); it never widens what a tightening narrowed.
 * ({@code Exception} in documents; named apart from {@link java.lang.Exception} here.)
 *
 * @param owner who answers for it
 * @param reason why it is needed
 * @param until when it ends, at most 90 days after {@code metadata.created}
 * @param endpoints ids of the endpoints it holds for
 */
public record PolicyException(
        Metadata metadata,
        Source source,
        String owner,
        String reason,
        Instant until,
        Set<String> endpoints,
        Widening widen)
        implements PolicyDocument {

    public PolicyException {
        endpoints = Set.copyOf(endpoints);
    }

    /** True while the exception is in force at that time; its end is exclusive. */
    public boolean inForceAt(Instant now) {
        return now.isBefore(until);
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.EXCEPTION;
    }
}
