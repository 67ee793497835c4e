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

    /** True from {@code metadata.created} to {@code until}, the latter exclusive: at most 90 days, whatever is written. */
    public boolean inForceAt(Instant now) {
        return !isBefore(now) && now.isBefore(until);
    }

    /** True when the exception has not begun at that time. */
    public boolean isBefore(Instant now) {
        Instant created = metadata.created();
        return created == null || now.isBefore(created);
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.EXCEPTION;
    }
}
