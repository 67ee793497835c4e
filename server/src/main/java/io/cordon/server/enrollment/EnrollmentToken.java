package io.cordon.server.enrollment;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A token as the server keeps it: without its secret. */
record EnrollmentToken(
        String id,
        byte[] secretHash,
        String group,
        Map<String, String> tags,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant usedAt,
        @Nullable UUID usedBy,
        byte @Nullable [] usedKey) {

    /** The first that applies. */
    TokenState state(Instant now) {
        if (usedBy != null) {
            return TokenState.USED;
        }
        if (revokedAt != null) {
            return TokenState.REVOKED;
        }
        return expiresAt.isAfter(now) ? TokenState.UNUSED : TokenState.EXPIRED;
    }
}
