package io.cordon.agent.os.windows.fence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Fixed keys: the same filter has the same key on every machine and in every version, so that each finds its predecessor's. */
final class FilterKeys {
    /** Chosen once at random. */
    private static final UUID NAMESPACE = UUID.fromString("0d3a5c1e-6a44-4c0e-9e0f-2f0c9b7f5b61");

    static final UUID PROVIDER = of("provider");
    static final UUID SUBLAYER = of("sublayer");

    private FilterKeys() {}

    /** Name-based, version 5 (RFC 9562 section 5.5). */
    static UUID of(String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .array());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            long most = hash.getLong() & ~0xf000L | 0x5000L;
            long least = hash.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
            return new UUID(most, least);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is part of every Java", e);
        }
    }
}
