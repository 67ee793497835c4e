package io.cordon.server.fleet;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which coding agents, by user, host name, endpoint and their order on it.
 *
 * @param text part of user, host name, agent or path, in any case
 * @param user exactly
 * @param refusal denied, unlisted, too-old or version-unknown; {@code any} for whatever policy does not let run
 * @param after the last of the page before
 */
public record AgentQuery(
        @Nullable String text,
        @Nullable String user,
        @Nullable UUID endpointId,
        @Nullable String agent,
        @Nullable Standing standing,
        @Nullable String refusal,
        @Nullable String version,
        @Nullable Position after,
        int limit) {

    /** Where a page ends. @param number of the agent on its endpoint */
    public record Position(String user, String hostname, UUID endpointId, int number) {}
}
