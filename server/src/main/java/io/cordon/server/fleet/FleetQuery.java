package io.cordon.server.fleet;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints to list, by host name and then id.
 *
 * @param text part of the host name, the group or the id, in any case; null for all
 * @param after the last endpoint of the page before
 * @param publishedTargets and {@code now}: what states are judged by
 */
public record FleetQuery(
        @Nullable EndpointState state,
        @Nullable String text,
        @Nullable Position after,
        int limit,
        long publishedTargets,
        Instant now) {

    /** A place in the list. */
    public record Position(String hostname, UUID id) {}
}
