package io.cordon.server.fleet;

import com.fasterxml.jackson.annotation.JsonValue;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How an endpoint stands, seen from the server. One value, the first that applies in this order. */
public enum EndpointState {
    /** An administrator has shut it out. */
    DISABLED,
    /** Enrolled, but has never reported a policy. */
    NEVER_SYNCED,
    /** Not heard of for longer than {@link #SILENCE}. */
    SILENT,
    /** Has refused what is published and enforces what it held before. */
    REFUSED,
    /** Enforces metadata that has expired. */
    STALE,
    /** Enforces what is published. */
    IN_FORCE,
    /** Heard of, but has not yet applied what is published. */
    PENDING;

    /** Held replies end within 20 s, so an endpoint that lives is heard of several times in this. */
    public static final Duration SILENCE = Duration.ofSeconds(90);

    /** For example {@code in-force}. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads a query parameter; {@code platform.invalid} for what is no state. */
    public static EndpointState of(String text) {
        for (EndpointState state : values()) {
            if (state.wire().equals(text)) {
                return state;
            }
        }
        throw Problem.of(
                ProblemCode.PLATFORM_INVALID,
                "state: " + text + " (expected: disabled, never-synced, silent, refused, stale, in-force or pending)");
    }

    /** The reference; {@link PostgresFleetStore} says the same in SQL. */
    static EndpointState of(Endpoint endpoint, long publishedTargets, Instant now) {
        EffectivePolicy policy = endpoint.effectivePolicy();
        Instant contact = endpoint.lastContactAt();
        if (endpoint.disabledAt() != null) {
            return DISABLED;
        }
        if (policy == null || contact == null) {
            return NEVER_SYNCED;
        }
        if (contact.isBefore(now.minus(SILENCE))) {
            return SILENT;
        }
        Attempt attempt = endpoint.lastAttempt();
        if (attempt != null && attempt.status() == Attempt.Status.FAILED) {
            return REFUSED;
        }
        if (policy.staleSince() != null) {
            return STALE;
        }
        return policy.targetsVersion() == publishedTargets ? IN_FORCE : PENDING;
    }
}
