package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * One signed target.
 *
 * @param length in bytes, exact
 * @param hashes lower case hexadecimal by algorithm; holds {@code sha256} or {@code sha512}, or both
 * @param custom the publisher's signed metadata, empty when there is none; not to be modified
 */
public record TargetFile(long length, Map<String, String> hashes, ObjectNode custom) {
    public TargetFile {
        hashes = Map.copyOf(hashes);
    }

    /** The hash that names the target in the repository and in the cache: SHA-256 if it is listed. */
    String hash() {
        String sha256 = hashes.get("sha256");
        return sha256 != null ? sha256 : hashes.values().iterator().next();
    }
}
