package io.cordon.server.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the session list, kept up to date by every batch so that the list never reads spans.
 *
 * @param userAttested whether the endpoint's service itself saw this user; such a name replaces a self-reported one
 * @param agent the program that reported the session itself; absent when only attested runs are known
 * @param runs attested runs
 * @param denied runs whose decision was deny
 * @param failed runs let through that ended with another status than 0
 */
public record SessionSummary(
        SessionRef session,
        UUID endpointId,
        @Nullable String hostname,
        @Nullable String user,
        boolean userAttested,
        @Nullable String agent,
        Instant startedAt,
        Instant lastAt,
        long runs,
        long denied,
        long prompted,
        long failed) {}
