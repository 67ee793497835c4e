package io.cordon.server.fleet;

import java.util.Arrays;
import java.util.HexFormat;

/** A moment's {@link io.cordon.server.trust.RepositoryHead}, kept so that a held reply costs no query. */
record PublishedHead(byte[] hash, long targetsVersion, long snapshotVersion) {

    static PublishedHead none() {
        return new PublishedHead(new byte[0], 0, 0);
    }

    boolean isNone() {
        return hash.length == 0;
    }

    boolean hasHash(byte[] other) {
        return Arrays.equals(hash, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublishedHead head && Arrays.equals(hash, head.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return "targets " + targetsVersion + " (" + HexFormat.of().formatHex(hash) + ")";
    }
}
