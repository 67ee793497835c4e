package io.cordon.server.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A machine that is enrolled, and the last that was heard of it.
 *
 * @param group and {@code tags}: given by the enrollment token and bound in the certificate; policy selects by them
 * @param certificate the one that was issued last
 */
public record Endpoint(
        UUID id,
        String machineId,
        Facts facts,
        String group,
        Map<String, String> tags,
        Instant enrolledAt,
        @Nullable Instant disabledAt,
        @Nullable Instant lastContactAt,
        @Nullable Health health,
        @Nullable EffectivePolicy effectivePolicy,
        @Nullable Attempt lastAttempt,
        @Nullable DeviceCertificate certificate) {

    public Endpoint {
        tags = Map.copyOf(tags);
    }
}
