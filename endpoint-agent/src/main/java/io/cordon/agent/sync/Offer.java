package io.cordon.agent.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The server's hint that something is published. It is not believed: it makes the endpoint look, and its hash is echoed so that
 * the server knows which hint the report answers.
 *
 * @param hash lower-case hexadecimal, as the server gave it
 */
public record Offer(String hash, long targetsVersion, long snapshotVersion) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{2,128}");

    public Offer {
        if (!HEX.matcher(hash).matches()) {
            throw new IllegalArgumentException("hash: " + hash + " (expected: 2 to 128 hexadecimal digits)");
        }
    }

    /** Reads {@code {"targetsVersion":N,"snapshotVersion":N}}; empty for anything else, which is no hint. */
    static Optional<Offer> read(String hash, byte[] config) {
        try {
            JsonNode node = JSON.readTree(config);
            if (node == null
                    || !node.path("targetsVersion").canConvertToLong()
                    || !HEX.matcher(hash).matches()) {
                return Optional.empty();
            }
            return Optional.of(new Offer(
                    hash,
                    node.path("targetsVersion").asLong(),
                    node.path("snapshotVersion").asLong()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
