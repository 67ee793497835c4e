package io.cordon.server.fleet;

import org.jspecify.annotations.Nullable;

/** What one message of an endpoint tells anew; null for what it leaves as it was. */
public record Report(
        @Nullable String hostname,
        @Nullable String osVersion,
        @Nullable String agentVersion,
        @Nullable Health health,
        @Nullable EffectivePolicy effectivePolicy,
        @Nullable Attempt attempt,
        @Nullable Inventory inventory) {

    boolean isEmpty() {
        return hostname == null
                && osVersion == null
                && agentVersion == null
                && health == null
                && effectivePolicy == null
                && attempt == null
                && inventory == null;
    }
}
