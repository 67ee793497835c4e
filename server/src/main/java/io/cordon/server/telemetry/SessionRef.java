package io.cordon.server.telemetry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The session a row belongs to. Programs choose their session ids, so one is only meaningful within its endpoint: the key is
 * a hash of both, and what links and pages use.
 *
 * @param reported the id as it was reported
 */
public record SessionRef(UUID key, String reported) {

    /** The session that this endpoint calls {@code reported}. */
    public static SessionRef of(UUID endpointId, String reported) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((endpointId + "\n" + reported).getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.wrap(sha256.digest());
            return new SessionRef(new UUID(bytes.getLong(), bytes.getLong()), reported);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
