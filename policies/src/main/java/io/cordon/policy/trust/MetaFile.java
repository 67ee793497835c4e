package io.cordon.policy.trust;

import java.util.Map;

/**
 * What timestamp says of snapshot, or snapshot of targets (specification 4.4): its version, and if listed its length and
 * hashes.
 *
 * @param maxLength the listed length, {@link Long#MAX_VALUE} when none is listed
 * @param hashes empty when none is listed
 */
record MetaFile(long version, long maxLength, Map<String, String> hashes) {
    static MetaFile parse(Fields fields) throws RejectedException {
        long length = fields.object().has("length") ? fields.integer("length", 1) : Long.MAX_VALUE;
        Map<String, String> hashes = fields.object().has("hashes") ? fields.hashes() : Map.of();
        return new MetaFile(fields.integer("version", 1), length, hashes);
    }

    /** Whether these bytes may be the listed file, as far as length and hashes are listed. */
    boolean matches(byte[] bytes) {
        return bytes.length <= maxLength && Hashes.match(bytes, hashes);
    }
}
