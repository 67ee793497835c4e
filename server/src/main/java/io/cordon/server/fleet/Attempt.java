package io.cordon.server.fleet;

import java.time.Instant;
import java.util.Arrays;

/**
 * What became of one offer.
 *
 * @param reason the endpoint's typed reason, empty unless it failed
 * @param hash the offer's hash
 */
public record Attempt(Instant at, Status status, String reason, byte[] hash) {

    /** As in OpAMP's RemoteConfigStatuses. */
    public enum Status {
        APPLIED,
        APPLYING,
        FAILED
    }

    boolean sameOutcome(Attempt other) {
        return status == other.status && reason.equals(other.reason) && Arrays.equals(hash, other.hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attempt attempt && at.equals(attempt.at) && sameOutcome(attempt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash) + at.hashCode();
    }
}
