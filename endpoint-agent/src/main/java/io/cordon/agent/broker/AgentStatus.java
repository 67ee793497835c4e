package io.cordon.agent.broker;

import io.cordon.agent.adapters.SettingsReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rest of the agent knows about itself, for {@code cordon status}.
 *
 * @param endpointId null before enrollment
 * @param state one word: "enrolled", "not-enrolled", "disabled", …
 * @param lastSync when the server last answered
 * @param staleSince since when the policy in force could not be confirmed as current; null when it is
 * @param settings how the settings of the managed coding agents stand
 * @param problem one line about what is wrong now, and what to do
 */
public record AgentStatus(
        @Nullable String endpointId,
        @Nullable String server,
        String state,
        @Nullable Instant lastSync,
        @Nullable Instant staleSince,
        List<SettingsReport> settings,
        @Nullable String problem) {
    public AgentStatus {
        settings = List.copyOf(settings);
    }

    /** The same with these settings. */
    public AgentStatus withSettings(List<SettingsReport> fresh) {
        return new AgentStatus(endpointId, server, state, lastSync, staleSince, fresh, problem);
    }
}
